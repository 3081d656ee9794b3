//! Readings depend neither on how the stream was cut nor, beyond rounding, on the instructions of the machine.

use super::{assert_near, play_in_blocks, prepared};
use runout_dsp_core::dispatch::Instructions;
use runout_dsp_core::loudness::{Meter, Readings};
use runout_dsp_core::processor::{Processor, Spec};
use runout_tests::music::music;
use runout_tests::random::Random;
use runout_tests::signals::noise;

/// Something with every kind of reading: noise of three levels, never the same in two channels.
fn programme(rate: f64, channels: usize) -> Vec<Vec<f32>> {
    let frames = (4.3 * rate) as usize + 29;
    (0..channels as u64)
        .map(|channel| {
            let mut signal = noise(50 + channel, 0.5, frames);
            signal[frames / 3..frames / 2].iter_mut().for_each(|sample| *sample *= 0.03);
            signal
        })
        .collect()
}

#[test]
fn every_cut_gives_the_same_bits() {
    let cases =
        [(8_000.0, 1), (11_025.0, 2), (44_100.0, 2), (48_000.0, 6), (96_000.0, 12), (192_000.0, 2), (384_000.0, 1)];
    for (rate, channels) in cases {
        let signal = programme(rate, channels);
        let read = |blocks: &mut dyn Iterator<Item = usize>| {
            let mut meter = prepared(rate, channels);
            play_in_blocks(&mut meter, &signal, blocks);
            let before_the_end = meter.readings();
            meter.finish();
            (before_the_end, meter.readings())
        };
        let whole = read(&mut std::iter::once(usize::MAX));
        assert!(whole.1.short_term_lufs.is_finite() && whole.1.psr_min_lu.is_some());
        for block in [7, 64, 511, 4096] {
            assert_eq!(read(&mut std::iter::repeat(block)), whole, "{rate} Hz in blocks of {block}");
        }
        if rate < 20_000.0 {
            assert_eq!(read(&mut std::iter::repeat(1)), whole, "{rate} Hz, frame by frame");
        }
        let seed = rate as u64;
        let mut random = Random::new(seed);
        let mut cuts = std::iter::from_fn(|| Some(random.below(1_000)));
        assert_eq!(read(&mut cuts), whole, "{rate} Hz in blocks of seed {seed}, empty ones too");
    }
}

#[test]
fn readings_agree_at_every_moment() {
    // After each block, cut in whatever way, the readings are those of a meter that heard the same frames at once.
    let rate = 44_100.0;
    let signal = music(61, rate, 5.0, 2);
    let mut meter = prepared(rate, 2);
    let mut position = 0;
    for block in [1, 63, 64, 65, 4410, 441, 17, 20_000, 100_000] {
        let part: Vec<Vec<f32>> = signal.iter().map(|channel| channel[position..position + block].to_vec()).collect();
        super::play(&mut meter, &part);
        position += block;
        let mut other = prepared(rate, 2);
        let start: Vec<Vec<f32>> = signal.iter().map(|channel| channel[..position].to_vec()).collect();
        super::play(&mut other, &start);
        assert_eq!(meter.readings(), other.readings(), "after {position} frames");
        assert_eq!(meter.readings().frames, position as u64);
    }
}

#[test]
fn instructions_differ_by_rounding_only() {
    for (seed, rate) in [(62, 44_100.0), (63, 96_000.0)] {
        let signal = music(seed, rate, 8.0, 2);
        let read: Vec<Readings> = Instructions::available()
            .map(|set| {
                let mut meter = Meter::on(set);
                meter.prepare(&Spec { sample_rate: rate, max_block: 512, channels: 2 }).unwrap();
                play_in_blocks(&mut meter, &signal, std::iter::repeat(512));
                meter.finish();
                meter.readings()
            })
            .collect();
        for other in &read[1..] {
            // 1e-5 dB: f32 sums of the interpolator, -120 dBFS of a full-scale peak. 1e-9 LU: sums of f64.
            let (a, b) = (&read[0], other);
            assert_near("true peak", a.true_peak_dbtp[0], b.true_peak_dbtp[0], 1e-5);
            assert_near("true peak", a.true_peak_dbtp[1], b.true_peak_dbtp[1], 1e-5);
            assert_near("I", a.integrated_lufs, b.integrated_lufs, 1e-9);
            assert_near("S", a.short_term_max_lufs, b.short_term_max_lufs, 1e-9);
            assert_near("M", a.momentary_max_lufs, b.momentary_max_lufs, 1e-9);
            assert_near("LRA", a.loudness_range.range_lu, b.loudness_range.range_lu, 1e-9);
            assert_near("correlation", a.correlation.unwrap(), b.correlation.unwrap(), 1e-12);
            assert_near("PSR", a.psr_min_lu.unwrap(), b.psr_min_lu.unwrap(), 1e-5);
            assert_eq!(a.sample_peak_dbfs, b.sample_peak_dbfs);
        }
    }
}
