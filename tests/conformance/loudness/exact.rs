//! Integrated loudness and loudness range against the plain two-pass computation.

use super::two_pass::Energies;
use super::{assert_near, measured, play, prepared};
use runout_tests::music::music;
use runout_tests::random::Random;
use runout_tests::signals::{driven, noise, scaled};

/// 0.01 LU is what is asked of integrated loudness: only the gate's edge is quantized.
const INTEGRATED_LU: f64 = 0.01;

/// The bounds of the range are means of bins of 0.01 LU.
const RANGE_BOUND_LU: f64 = 0.01;

#[track_caller]
fn agrees(name: &str, signal: &[Vec<f32>], rate: f64) {
    let exact = Energies::of(signal, rate);
    let read = measured(signal, rate);
    assert_near(name, read.integrated_lufs, exact.integrated_lufs(), INTEGRATED_LU);
    let (low_lufs, high_lufs) = exact.range_lufs();
    assert_near(name, read.loudness_range.low_lufs, low_lufs, RANGE_BOUND_LU);
    assert_near(name, read.loudness_range.high_lufs, high_lufs, RANGE_BOUND_LU);
    assert_eq!(read.loudness_range.range_lu, read.loudness_range.high_lufs - read.loudness_range.low_lufs);
}

#[test]
fn music_is_exact() {
    for (seed, rate) in [(101, 44_100.0), (102, 48_000.0), (103, 96_000.0), (104, 22_050.0)] {
        agrees(&format!("music of seed {seed} at {rate} Hz"), &music(seed, rate, 25.0, 2), rate);
    }
}

/// Noise whose level is drawn anew each time: pauses, whispers and shouts, so that both gates cut.
fn speech(seed: u64, rate: f64, seconds: f64) -> Vec<Vec<f32>> {
    let frames = (seconds * rate) as usize;
    let mut random = Random::new(seed);
    let mut signal = noise(seed, 1.0, frames);
    let mut position = 0;
    while position < frames {
        let end = (position + (random.between(0.1, 2.0) * rate) as usize).min(frames);
        let gain = 10f64.powf(random.between(-90.0, 0.0) / 20.0) as f32;
        signal[position..end].iter_mut().for_each(|sample| *sample *= gain);
        position = end;
    }
    vec![signal]
}

#[test]
fn programmes_on_which_the_gates_act_are_exact() {
    for seed in 0..24 {
        let rate = [8_000.0, 11_025.0, 16_000.0, 32_000.0][seed as usize % 4];
        agrees(&format!("speech of seed {seed} at {rate} Hz"), &speech(seed, rate, 90.0), rate);
    }
}

#[test]
fn a_fade_over_eighty_db_is_exact() {
    let rate = 16_000.0;
    let mut signal = noise(7, 1.0, (120.0 * rate) as usize);
    let frames = signal.len() as f64;
    for (frame, sample) in signal.iter_mut().enumerate() {
        *sample *= 10f64.powf(-4.0 * frame as f64 / frames) as f32;
    }
    agrees("a fade", &[signal], rate);
}

#[test]
fn the_loudest_and_the_quietest_are_exact() {
    let rate = 8_000.0;
    let loud = noise(8, 1e6, (20.0 * rate) as usize);
    agrees("+120 dBFS", &[loud], rate);
    let quiet = noise(9, 10f64.powf(-64.0 / 20.0), (20.0 * rate) as usize);
    agrees("just above the absolute gate", &[quiet], rate);
    let below = measured(&[noise(9, 10f64.powf(-72.0 / 20.0), (20.0 * rate) as usize)], rate);
    assert_eq!(below.integrated_lufs, f64::NEG_INFINITY);
    assert_eq!(below.loudness_range.range_lu, 0.0);
    assert_eq!(below.loudness_range.low_lufs, f64::NEG_INFINITY);
}

#[test]
fn merged_programmes_are_one() {
    let rate = 44_100.0;
    let files =
        [music(1, rate, 20.0, 2), driven(&music(2, rate, 15.0, 2), -18.0), driven(&music(3, rate, 9.0, 2), -3.0)];
    let energies: Vec<Energies> = files.iter().map(|file| Energies::of(file, rate)).collect();
    let meters: Vec<_> = files
        .iter()
        .map(|file| {
            let mut meter = prepared(rate, 2);
            play(&mut meter, file);
            meter.finish();
            meter
        })
        .collect();
    let mut album = meters[0].programme().clone();
    for meter in &meters[1..] {
        album.merge(meter.programme());
    }
    assert_near("album", album.integrated_lufs(), Energies::integrated_of(&energies), INTEGRATED_LU);
    let (low_lufs, high_lufs) = Energies::range_of(&energies);
    assert_near("album", album.loudness_range().low_lufs, low_lufs, RANGE_BOUND_LU);
    assert_near("album", album.loudness_range().high_lufs, high_lufs, RANGE_BOUND_LU);
    let read = album.readings();
    let each: Vec<_> = meters.iter().map(|meter| meter.readings()).collect();
    assert_eq!(read.frames, 44 * 44_100);
    assert_eq!(read.channels, 2);
    for channel in 0..2 {
        assert_eq!(read.true_peak_dbtp[channel], each.iter().map(|r| r.true_peak_dbtp[channel]).fold(-999.0, f64::max));
        let sum: f64 = files.iter().flat_map(|file| &file[channel]).map(|sample| f64::from(*sample)).sum();
        // 1e-12 of full scale: the order of the sum.
        assert_near("dc", read.dc_offset[channel], sum / read.frames as f64, 1e-12);
    }
    assert_eq!(read.momentary_max_lufs, each.iter().map(|r| r.momentary_max_lufs).fold(-999.0, f64::max));
    assert_eq!(read.short_term_max_lufs, each.iter().map(|r| r.short_term_max_lufs).fold(-999.0, f64::max));
    assert_eq!(read.psr_min_lu, each.iter().filter_map(|r| r.psr_min_lu).min_by(f64::total_cmp));
    assert_near("PLR", read.plr_lu.unwrap(), read.true_peak_max_dbtp() - read.integrated_lufs, 1e-12);
    assert!(!read.loudness_range.settled, "44 s are no 60 s");
}

#[test]
fn a_programme_repeated_whole_has_the_same_range() {
    let rate = 24_000.0;
    let quiet_then_loud = |once: Vec<Vec<f32>>| {
        let quiet = scaled(&once, 0.2);
        once.iter().zip(quiet).map(|(loud, quiet)| [quiet, loud.clone()].concat()).collect::<Vec<_>>()
    };
    let once = quiet_then_loud(music(5, rate, 45.0, 2));
    let twice: Vec<Vec<f32>> = once.iter().map(|channel| channel.repeat(2)).collect();
    let (once, twice) = (measured(&once, rate), measured(&twice, rate));
    // 0.5 LU, half the tolerance of Tech 3342: at the joint 29 of 1771 windows hold both ends, which moves each percentile
    // by up to 29 places in a list that is steep at its ends (the intro of this music).
    assert_near("LRA", twice.loudness_range.range_lu, once.loudness_range.range_lu, 0.5);
    assert!(once.loudness_range.range_lu > 5.0);
    assert!(once.loudness_range.settled && twice.loudness_range.settled);
}
