//! Rest, sums, distortion and folding.

use super::{amplitude, measured, play, played, ready, sine, tone_and_rest};
use crate::processor::Processor;
use crate::settings::{CompressorBand, CompressorChannel, CompressorParams, Detector};

fn noise(frames: usize) -> Vec<f32> {
    let mut state = 7u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 24) as f32 - 0.5
    };
    (0..frames).map(|_| next()).collect()
}

#[test]
fn a_band_at_rest_leaves_every_bit_even_after_it_worked() {
    let mut params = measured(CompressorBand { ratio: 4.0, threshold_db: -20.0, ..CompressorBand::default() });
    for lookahead in [false, true] {
        params.lookahead = lookahead;
        let mut compressor = ready(&params, 48_000.0, 2);
        let mut signal = [noise(96_000), noise(96_000)];
        // Loud for half a second, then 20 dB below the threshold.
        signal.iter_mut().for_each(|channel| channel[24_000..].iter_mut().for_each(|sample| *sample *= 0.02));
        let input = signal.clone();
        play(&mut compressor, &mut signal, 512);
        let latency = compressor.latency();
        assert!(signal[0][latency..24_000].iter().zip(&input[0]).any(|(output, input)| output != input));
        for (output, input) in signal.iter().zip(&input) {
            assert!(output[90_000..] == input[90_000 - latency..96_000 - latency], "not every bit");
        }
    }
}

#[test]
fn with_one_gain_for_all_bands_the_sum_is_the_dry_sound_at_that_gain() {
    // Six bands whose make-up is the same change level and nothing else: the all-pass at that gain.
    let mut params = CompressorParams { bands: 6, ..CompressorParams::default() };
    let mut dry = [noise(20_000)];
    play(&mut ready(&params, 48_000.0, 1), &mut dry, 64);
    params.band.iter_mut().for_each(|band| band.makeup_db = -6.0);
    let mut wet = [noise(20_000)];
    play(&mut ready(&params, 48_000.0, 1), &mut wet, 64);
    let gain = amplitude(-6.0) as f32;
    for (wet, dry) in wet[0].iter().zip(&dry[0]) {
        // Seven samples rounded to f32, each below 1.
        assert!((wet - gain * dry).abs() < 7.0 * 6e-8, "{wet} for {}", gain * dry);
    }
}

#[test]
fn mid_and_side_bands_leave_the_other_alone() {
    for (channel, sign) in [(CompressorChannel::Mid, 1.0), (CompressorChannel::Side, -1.0)] {
        let band = CompressorBand { channel, threshold_db: -60.0, ratio: 8.0, ..CompressorBand::default() };
        let mut compressor = ready(&measured(band), 48_000.0, 2);
        let (left, right) = (noise(9600), sine(333.0, 0.3, 48_000.0, 9600));
        let mut signal = [left.clone(), right.clone()];
        play(&mut compressor, &mut signal, 512);
        let (mut kept, mut taken) = (0f32, 0f32);
        for frame in 4800..9600 {
            // What it does not act on: of a mid band the side.
            let other = |l: f32, r: f32| l - sign * r;
            kept = kept.max((other(signal[0][frame], signal[1][frame]) - other(left[frame], right[frame])).abs());
            taken =
                taken.max(((signal[0][frame] + sign * signal[1][frame]) - (left[frame] + sign * right[frame])).abs());
        }
        // A few roundings of samples below 1.
        assert!(kept < 3e-7 && taken > 0.1, "{channel:?}: {kept} kept, {taken} taken");
    }
}

#[test]
fn dry_and_wet_do_not_comb() {
    // At every mix the gain of a steady tone is between those of dry and wet, and adds up exactly.
    for (bands, lookahead) in [(1, false), (4, false), (4, true)] {
        let mut params = measured(CompressorBand { threshold_db: -40.0, ratio: 4.0, ..CompressorBand::default() });
        (params.bands, params.lookahead) = (bands, lookahead);
        params.band = [params.band[0]; 6];
        for frequency_hz in [120.0, 500.0, 700.0, 2000.0] {
            let tone = |mix: f32| {
                let input = sine(frequency_hz, 0.5, 48_000.0, 48_000);
                let mut mixed = params;
                mixed.mix = mix;
                let output = played(&mixed, 48_000.0, &input);
                tone_and_rest(&output[24_000..], frequency_hz, 48_000.0).0
            };
            let (dry, half, wet) = (tone(0.0), tone(0.5), tone(1.0));
            // The level of the dry tone within 0.001 dB, and halves that add up as far as phases agree: 0.01 dB.
            assert!((dry / 0.5 - 1.0).abs() < 1e-4, "{frequency_hz} Hz: dry {dry}");
            let error_db = 20.0 * (half / (0.5 * (dry + wet))).log10();
            assert!(error_db.abs() < 0.01, "{frequency_hz} Hz of {bands} bands: {error_db} dB");
        }
    }
}

/// A band that takes 6 dB from a tone of this level, dBFS: 2:1 from 12 dB below.
fn six_db(level_db: f32, detector: Detector) -> CompressorParams {
    let ratio = 2.0;
    measured(CompressorBand {
        threshold_db: level_db - 12.0,
        ratio,
        knee_db: 0.0,
        detector,
        ..CompressorBand::default()
    })
}

#[test]
fn a_low_tone_in_the_rms_detector_stays_clean() {
    let input = sine(50.0, amplitude(-6.0), 48_000.0, 96_000);
    for (rms_window_ms, most_db) in [(20.0, -60.0), (50.0, -60.0), (300.0, -60.0)] {
        let mut params = six_db(-9.01, Detector::Rms);
        params.band[0].rms_window_ms = rms_window_ms;
        let output = played(&params, 48_000.0, &input);
        let (tone, rest) = tone_and_rest(&output[48_000..], 50.0, 48_000.0);
        let thd_db = 20.0 * (rest * 2f64.sqrt() / tone).log10();
        println!(
            "50 Hz, window {rms_window_ms} ms: gain {:.2} dB, THD+N {thd_db:.1} dB",
            20.0 * (tone / amplitude(-6.0)).log10()
        );
        assert!((20.0 * (tone / amplitude(-6.0)).log10() + 6.0).abs() < 0.05);
        assert!(thd_db < most_db, "{thd_db} dB");
    }
}

#[test]
fn two_tones_fold_nothing_back() {
    for detector in [Detector::Peak, Detector::Rms] {
        let low = sine(1000.0, 0.25, 48_000.0, 96_000);
        let high = sine(19_000.0, 0.25, 48_000.0, 96_000);
        let input: Vec<f32> = low.iter().zip(&high).map(|(low, high)| low + high).collect();
        let level_db = if detector == Detector::Peak { -6.02 } else { -12.04 };
        let output = played(&six_db(level_db, detector), 48_000.0, &input);
        let half = &output[48_000..];
        // Bins of 1 Hz are orthogonal: what is left beside the two tones is all that folded.
        let (first, _) = tone_and_rest(half, 1000.0, 48_000.0);
        let (mut loudest, mut at) = (0.0, 0);
        for frequency_hz in (500..24_000).step_by(500).filter(|hz| *hz != 1000 && *hz != 19_000) {
            let (tone, _) = tone_and_rest(half, f64::from(frequency_hz), 48_000.0);
            if tone > loudest {
                (loudest, at) = (tone, frequency_hz);
            }
        }
        let (gain_db, folded_db) = (20.0 * (first / 0.25).log10(), 20.0 * loudest.log10());
        println!("{detector:?}: gain {gain_db:.2} dB, loudest other {folded_db:.1} dBFS at {at} Hz");
        assert!((-7.0..-5.0).contains(&gain_db) && folded_db < -100.0, "{detector:?}: {folded_db} dBFS at {at} Hz");
    }
}

#[test]
fn auto_makeup_brings_18_dbfs_back() {
    let mut params = measured(CompressorBand { threshold_db: -26.0, ratio: 3.0, ..CompressorBand::default() });
    params.auto_makeup = true;
    let output = played(&params, 48_000.0, &sine(500.0, amplitude(-18.0), 48_000.0, 48_000));
    let (tone, _) = tone_and_rest(&output[24_000..], 500.0, 48_000.0);
    assert!((20.0 * tone.log10() + 18.0).abs() < 0.02, "{}", 20.0 * tone.log10());
}
