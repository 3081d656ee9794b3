//! The loudness meter against the standards' numbers, against plain computation and against other meters.

mod controls;
mod day;
mod exact;
mod gathering;
mod invariance;
mod log;
mod oracles;
mod reference;
mod standards;
mod true_peak;
mod two_pass;
mod weighting;

use runout_dsp_core::loudness::{Meter, Readings};
use runout_dsp_core::processor::{Processor, Spec};

/// Frames a call brings in most of these tests.
const BLOCK_FRAMES: usize = 4096;

/// A meter that is ready to hear.
fn prepared(sample_rate: f64, channels: usize) -> Meter {
    let mut meter = Meter::new();
    meter.prepare(&Spec { sample_rate, max_block: BLOCK_FRAMES, channels }).unwrap();
    meter
}

/// Plays a signal, a vector a channel, to a meter.
fn play(meter: &mut Meter, signal: &[Vec<f32>]) {
    play_in_blocks(meter, signal, std::iter::repeat(BLOCK_FRAMES));
}

/// Plays a signal in blocks of the given numbers of frames, over and over.
fn play_in_blocks(meter: &mut Meter, signal: &[Vec<f32>], blocks: impl IntoIterator<Item = usize>) {
    let frames = signal.first().map_or(0, Vec::len);
    let mut position = 0;
    for block in blocks {
        if position == frames {
            return;
        }
        let end = (position + block).min(frames);
        let mut planes: Vec<Vec<f32>> = signal.iter().map(|channel| channel[position..end].to_vec()).collect();
        let mut slices: Vec<&mut [f32]> = planes.iter_mut().map(Vec::as_mut_slice).collect();
        meter.process(&mut slices);
        assert!(planes.iter().zip(signal).all(|(plane, channel)| plane[..] == channel[position..end]), "audio passes");
        position = end;
    }
}

/// All readings of a whole programme.
fn measured(signal: &[Vec<f32>], sample_rate: f64) -> Readings {
    let mut meter = prepared(sample_rate, signal.len());
    play(&mut meter, signal);
    meter.finish();
    meter.readings()
}

/// Asserts that a reading is as expected within a tolerance, all in the same unit.
#[track_caller]
fn assert_near(what: &str, read: f64, expected: f64, tolerance: f64) {
    assert!((read - expected).abs() <= tolerance, "{what}: {read} read, {expected} expected, within {tolerance}");
}
