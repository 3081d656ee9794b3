//! The delay is one fixed number, and the impulse's middle lies there.

use runout_dsp_core::processor::{GRID_FRAMES, Processor};
use runout_dsp_core::settings::{BandShape, EqualizerParams, EqualizerPhase, Resolution};
use runout_tests::random::Random;

use super::{band, played, prepared, with};

#[test]
fn the_middle_of_the_impulse_lies_at_the_latency_whatever_the_blocks() {
    let bell = band(BandShape::Bell, 3000.0, 9.0, 1.0);
    for sample_rate in [22_050.0, 44_100.0, 48_000.0, 96_000.0, 384_000.0] {
        for resolution in Resolution::ALL {
            let params = EqualizerParams { resolution: *resolution, ..with(EqualizerPhase::Linear, &[bell]) };
            let latency = prepared(&params, sample_rate, 1).latency();
            assert!(latency > 0 && latency.is_multiple_of(GRID_FRAMES));
            let mut input = vec![vec![0.0; 2 * latency]];
            input[0][0] = 1.0;
            for block_frames in [64, 511] {
                let mut equalizer = prepared(&params, sample_rate, 1);
                let output = played(&mut equalizer, &input, block_frames, &[]).remove(0);
                let loudest = (0..output.len()).max_by(|a, b| output[*a].abs().total_cmp(&output[*b].abs()));
                assert_eq!(loudest, Some(latency), "{resolution:?} at {sample_rate} Hz, blocks of {block_frames}");
                // The rounding of f32 beside a middle of 1 to 3.
                let uneven = (1..latency).map(|away| (output[latency - away] - output[latency + away]).abs());
                assert!(uneven.fold(0.0, f32::max) < 2e-6, "{resolution:?} at {sample_rate} Hz is not symmetric");
                assert_eq!(equalizer.latency(), latency);
            }
            println!("{resolution:?} at {sample_rate} Hz: {:.1} ms", 1e3 * latency as f64 / sample_rate);
        }
    }
}

#[test]
fn without_latency_there_is_none() {
    let params = with(EqualizerPhase::Minimum, &[band(BandShape::Bell, 3000.0, 9.0, 1.0)]);
    let mut equalizer = prepared(&params, 48_000.0, 1);
    assert_eq!(equalizer.latency(), 0);
    let mut input = vec![vec![0.0; 512]];
    input[0][0] = 1.0;
    let output = played(&mut equalizer, &input, 64, &[]);
    assert!(output[0][0].abs() > 1.0, "the first frame answers at once");
}

#[test]
fn a_control_is_heard_within_60_ms_a_block_and_the_latency() {
    const BLOCK_FRAMES: usize = 64;
    for phase in super::PHASES {
        for sample_rate in [22_050.0, 44_100.0, 48_000.0, 96_000.0, 192_000.0] {
            let resolutions = if phase == EqualizerPhase::Linear { Resolution::ALL } else { &[Resolution::Medium] };
            for resolution in resolutions {
                let quiet = EqualizerParams {
                    resolution: *resolution,
                    ..with(phase, &[band(BandShape::HighShelf, 10.0, -6.0, 0.7071)])
                };
                let mut loud = quiet;
                loud.bands[0].gain_db = 6.0;
                let latency = prepared(&quiet, sample_rate, 1).latency();
                let allowed = (0.06 * sample_rate) as usize + BLOCK_FRAMES + latency;
                let mut random = Random::new(35);
                let mut slowest = 0;
                for _ in 0..6 {
                    // Anywhere among the positions of kernels; a constant would be below the shelf, so a tone.
                    let moved = latency + random.below((0.2 * sample_rate) as usize) / BLOCK_FRAMES * BLOCK_FRAMES;
                    let frames = moved + allowed + 4096;
                    let tone = runout_tests::signals::sine(sample_rate / 16.0, 0.5, 0.0, sample_rate, frames);
                    let changes = |params| [(0, quiet), (moved, params)];
                    let play = |changes: &[_]| {
                        let mut equalizer = prepared(&quiet, sample_rate, 1);
                        played(&mut equalizer, std::slice::from_ref(&tone), BLOCK_FRAMES, changes).remove(0)
                    };
                    let (still, heard) = (play(&changes(quiet)), play(&changes(loud)));
                    assert_eq!(still[..moved], heard[..moved]);
                    // 0.1 dB of a tone of 0.25.
                    let begins = still.iter().zip(&heard).position(|(still, heard)| (heard - still).abs() > 0.003);
                    slowest = slowest.max(begins.expect("the control is heard") - moved);
                }
                let beyond_ms = (slowest as f64 - latency as f64) * 1e3 / sample_rate;
                println!("{phase:?} {resolution:?} at {sample_rate} Hz: latency and {beyond_ms:.1} ms");
                assert!(slowest <= allowed, "{phase:?} {resolution:?} at {sample_rate} Hz: {slowest} frames");
            }
        }
    }
}
