//! True peak against what is known between the samples.

use super::{assert_near, measured, play, prepared};
use runout_tests::random::Random;
use runout_tests::signals::in_channels;
use std::f64::consts::TAU;

/// Sines of random frequency up to 0.45 of the rate, level and phase, as one function of time in frames.
struct Chord(Vec<(f64, f64, f64)>);

impl Chord {
    fn new(seed: u64, voices: usize) -> Self {
        let mut random = Random::new(seed);
        let voice = |_| (random.between(0.001, 0.45), random.between(0.01, 1.0), random.share());
        Self((0..voices).map(voice).collect())
    }

    fn at(&self, frame: f64) -> f64 {
        self.0.iter().map(|(turns, amplitude, phase)| amplitude * (TAU * (turns * frame + phase)).sin()).sum()
    }
}

#[test]
fn content_below_045_of_the_rate_is_read_within_005_db() {
    let (mut lowest, mut highest) = (0.0f64, 0.0f64);
    for seed in 0..200 {
        let chord = Chord::new(seed, 1 + seed as usize % 5);
        let frames = 2_000;
        // Faded in and out over 400 frames: an abrupt end is not below 0.45 of the rate.
        let fade = |frame: f64| {
            let from_end = (frame.min(frames as f64 - 1.0 - frame) / 400.0).clamp(0.0, 1.0);
            0.5 - 0.5 * (std::f64::consts::PI * from_end).cos()
        };
        let signal: Vec<f32> = (0..frames).map(|frame| (fade(frame as f64) * chord.at(frame as f64)) as f32).collect();
        // The same function at 64 times the rate, without any interpolation.
        let exact =
            (0..frames * 64).map(|place| place as f64 / 64.0).map(|frame| (fade(frame) * chord.at(frame)).abs());
        let exact_dbtp = 20.0 * exact.fold(0.0, f64::max).log10();
        let error_db = measured(&[signal], 48_000.0).true_peak_max_dbtp() - exact_dbtp;
        (lowest, highest) = (lowest.min(error_db), highest.max(error_db));
        assert!(error_db.abs() <= 0.05, "chord of seed {seed}: {error_db} dB");
    }
    println!("errors from {lowest} to {highest} dB");
}

#[test]
fn a_peak_is_found_wherever_it_lies() {
    // A pair of samples of full scale, the standard's case of a peak between two, at every place of a hop and at the end.
    let mut first = None;
    for place in (5_000..5_130).chain([9_998]) {
        let mut signal = vec![0.0; 10_000];
        signal[place] = 1.0;
        signal[place + 1] = 1.0;
        let read = measured(&[signal], 48_000.0).true_peak_max_dbtp();
        // 4/pi between two equal samples of an ideal interpolator is 2.1 dB.
        assert_near("between two", read, 20.0 * (4.0 / std::f64::consts::PI).log10(), 0.1);
        assert_eq!(read, *first.get_or_insert(read), "place {place}");
    }
}

#[test]
fn every_channel_keeps_its_own_peak_and_none_is_below_the_samples() {
    for channels in [1, 2, 6, 12] {
        let signal: Vec<Vec<f32>> = (0..channels as u64)
            .map(|channel| runout_tests::signals::noise(400 + channel, 0.9f64.powi(channel as i32), 20_000))
            .collect();
        let read = measured(&signal, 48_000.0);
        for channel in 0..channels {
            let alone = measured(&signal[channel..=channel], 48_000.0);
            assert_eq!(read.true_peak_dbtp[channel], alone.true_peak_dbtp[0]);
            assert_eq!(read.sample_peak_dbfs[channel], alone.sample_peak_dbfs[0]);
            assert!(read.true_peak_dbtp[channel] >= read.sample_peak_dbfs[channel]);
        }
        assert!(read.true_peak_dbtp[channels..].iter().all(|peak| *peak == f64::NEG_INFINITY));
    }
}

#[test]
fn gating_hides_no_peak_of_any_tenth() {
    // Loud and soft tenths in turn: at the end of each, its peak is what a meter reads that hears this tenth alone.
    let rate = 48_000.0;
    let mut random = Random::new(500);
    let mut meter = prepared(rate, 1);
    for tenth in 0..60 {
        let level = 10f64.powf(-random.between(0.0, 60.0) / 20.0);
        // The tone stops 200 frames before the tenth ends, which is more than the interpolator's lag and ringing.
        let mut signal = runout_tests::signals::noise(600 + tenth, level, 4_600);
        signal.extend(vec![0.0; 200]);
        play(&mut meter, &in_channels(&signal, 1));
        let alone = measured(&[signal], rate).true_peak_dbtp[0];
        assert_eq!(meter.readings().true_peak_now_dbtp[0], alone, "tenth {tenth}");
    }
}
