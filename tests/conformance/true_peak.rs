//! The true-peak kernel against interpolators in f64 that share no filter with it.

use runout_dsp_core::dispatch::Instructions;
use runout_dsp_core::true_peak::{GROUP_FRAMES, HOP_FRAMES, LAG_FRAMES, TruePeak};
use runout_dsp_core::units::{db_from_gain, gain_from_db};
use runout_tests::filter::low_passed;
use runout_tests::music::music;
use runout_tests::random::Random;
use runout_tests::reference_meter::{fine_meter, reference_meter};
use runout_tests::signals::noise;

/// The peak of each group of 8 frames of a signal, linear, without a gate.
fn groups(set: Instructions, signal: &[f32]) -> Vec<f32> {
    let mut padded = signal.to_vec();
    padded.resize((signal.len() + LAG_FRAMES + 2 * HOP_FRAMES) / HOP_FRAMES * HOP_FRAMES, 0.0);
    let mut detector = TruePeak::new(set);
    let mut groups = Vec::new();
    for hop in padded.as_chunks().0 {
        detector.push(hop);
        groups.extend(detector.peaks_above(0.0));
    }
    groups[LAG_FRAMES / GROUP_FRAMES..].to_vec()
}

/// The highest peak of a signal as the meter takes it, linear.
fn highest(signal: &[f32]) -> f64 {
    let mut padded = signal.to_vec();
    padded.resize((signal.len() + LAG_FRAMES + 2 * HOP_FRAMES) / HOP_FRAMES * HOP_FRAMES, 0.0);
    let mut detector = TruePeak::new(Instructions::current());
    let highest = padded.as_chunks().0.iter().fold(0.0, |highest, hop| {
        detector.push(hop);
        detector.highest_above(highest)
    });
    f64::from(highest)
}

#[test]
fn content_up_to_0_45_of_the_rate_is_read_within_0_05_db_of_64_times_interpolation() {
    let fine = fine_meter();
    let mut random = Random::new(41);
    let mut worst = 0f64;
    for tone in 0..120 {
        let share = 0.45 * f64::from(tone + 1) / 120.0;
        let phase = random.share();
        // Faded in and out over 1024 frames: a tone that starts at once has content up to Nyquist.
        let signal: Vec<f32> = (0..4096)
            .map(|frame| {
                let fade = (f64::from(frame.min(4095 - frame)) / 1024.0).min(1.0);
                let envelope = (fade * std::f64::consts::FRAC_PI_2).sin().powi(4);
                (envelope * (std::f64::consts::TAU * (f64::from(frame) * share + phase)).sin()) as f32
            })
            .collect();
        worst = worst.max(db_from_gain(highest(&signal) / fine.peak(&signal)).abs());
    }
    for seed in 0..8 {
        for rate in [44_100.0, 96_000.0] {
            let signal = low_passed(&[noise(seed, 0.5, 16_384)], 0.45 * rate, rate).remove(0);
            worst = worst.max(db_from_gain(highest(&signal) / fine.peak(&signal)).abs());
        }
    }
    println!("worst difference from 64x f64 interpolation: {worst:.4} dB");
    assert!(worst <= 0.05, "{worst} dB");
}

#[test]
fn music_is_read_within_0_02_db_of_the_reference_meter() {
    let reference = reference_meter();
    let mut worst = 0f64;
    for (seed, rate) in [(3, 44_100.0), (5, 48_000.0), (7, 96_000.0)] {
        let programme = music(seed, rate, 6.0, 2);
        for channel in &programme {
            worst = worst.max(db_from_gain(highest(channel) / reference.peak(channel)).abs());
            // Second by second too: nothing hides behind the loudest moment.
            let frames = rate as usize / HOP_FRAMES * HOP_FRAMES;
            let profile = reference.profile(channel, frames);
            let groups = groups(Instructions::current(), channel);
            for (second, expected) in profile.iter().enumerate().take(channel.len() / frames) {
                let range = second * frames / GROUP_FRAMES..(second + 1) * frames / GROUP_FRAMES;
                let read = groups[range].iter().fold(0f32, |highest, peak| highest.max(*peak));
                let difference_db = db_from_gain(f64::from(read) / expected);
                assert!(difference_db.abs() <= 0.02, "seed {seed}, {rate} Hz, second {second}: {difference_db} dB");
                worst = worst.max(difference_db.abs());
            }
        }
    }
    println!("worst difference from the reference meter on music: {worst:.4} dB");
    assert!(worst <= 0.02, "{worst} dB");
}

#[test]
fn instruction_sets_agree_below_minus_120_dbfs() {
    // Its true peaks are about full scale.
    let signal = noise(17, 0.4, 40_000);
    let expected = groups(Instructions::Baseline, &signal);
    for set in Instructions::available() {
        let largest = groups(set, &signal)
            .iter()
            .zip(&expected)
            .map(|(read, expected)| f64::from((read - expected).abs()))
            .fold(0.0, f64::max);
        println!("{set:?} differs from the baseline by at most {:.1} dBFS", db_from_gain(largest));
        assert!(largest <= gain_from_db(-120.0), "{set:?}: {largest}");
    }
}
