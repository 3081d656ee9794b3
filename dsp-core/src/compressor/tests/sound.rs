//! Rest, sums, and what bands of mid and side leave alone.

use super::{amplitude, measured, play, ready, sine};
use crate::processor::Processor;
use crate::settings::{CompressorBand, CompressorChannel, CompressorParams};

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
