//! Kernel swaps under load: the same bits whoever designs, no click however the controls move, and the right end.

use std::thread::sleep;
use std::time::Duration;

use runout_dsp_core::equalizer::Equalizer;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{
    BandChannel, BandShape, CutSlope, EQUALIZER_BANDS, EqualizerBand, EqualizerParams, EqualizerPhase, Resolution,
};
use runout_tests::filter::low_passed;
use runout_tests::random::Random;
use runout_tests::signals::{noise, sine};

use super::{band, decibels, played, prepared, with};

const RATE: f64 = 48_000.0;

/// All bands in motion, another way each time.
fn restless(random: &mut Random, resolution: Resolution) -> EqualizerParams {
    let mut params = EqualizerParams { resolution, ..with(EqualizerPhase::Linear, &[]) };
    for slot in &mut params.bands {
        *slot = EqualizerBand {
            enabled: random.chance(0.7),
            channel: BandChannel::ALL[random.below(5)],
            slope_db_per_oct: CutSlope::ALL[random.below(8)],
            ..band(
                [BandShape::Bell, BandShape::LowShelf, BandShape::HighShelf, BandShape::LowCut][random.below(4)],
                random.between(20.0, 20_000.0) as f32,
                random.between(-3.0, 3.0) as f32,
                random.between(0.3, 4.0) as f32,
            )
        };
    }
    params.solo = if random.chance(0.1) { random.below(EQUALIZER_BANDS + 1) as u32 } else { 0 };
    params
}

/// How much time a worker has.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Worker {
    /// There is none.
    Absent,
    /// The stream runs as fast as it can: nearly every design comes too late.
    Starved,
    /// The stream waits after each block until the worker is done.
    Fast,
}

#[test]
fn whoever_designs_the_kernels_the_bits_are_the_same() {
    for (resolution, frames) in [(Resolution::Low, 48_000), (Resolution::VeryHigh, 64_000)] {
        let input = vec![noise(61, 0.5, frames), noise(62, 0.5, frames)];
        let mut random = Random::new(63);
        let changes: Vec<(usize, EqualizerParams)> =
            (0..frames / 512).map(|block| (512 * block, restless(&mut random, resolution))).collect();
        let play = |worker: Worker| {
            let mut equalizer = Equalizer::default();
            if worker != Worker::Absent {
                equalizer.use_worker();
            }
            equalizer.set_params(&changes[0].1);
            equalizer.prepare(&Spec { sample_rate: RATE, max_block: 512, channels: 2 }).unwrap();
            let mut output = input.clone();
            for (start, params) in &changes {
                equalizer.set_params(params);
                let end = frames.min(start + 512);
                let mut block: Vec<&mut [f32]> = output.iter_mut().map(|channel| &mut channel[*start..end]).collect();
                equalizer.process(&mut block);
                if worker == Worker::Fast {
                    // Longer than a design of this length takes.
                    sleep(Duration::from_millis(if resolution == Resolution::Low { 3 } else { 12 }));
                }
            }
            output
        };
        let expected = play(Worker::Absent);
        assert!(expected[1].iter().any(|sample| sample.abs() > 0.3));
        for worker in [Worker::Starved, Worker::Fast] {
            assert!(play(worker) == expected, "{resolution:?}: other bits with a worker that is {worker:?}");
        }
    }
}

#[test]
fn controls_that_move_each_block_for_seconds_never_click_and_end_where_they_should() {
    const SECONDS: usize = 4;
    let frames = (SECONDS + 1) * 48_000;
    let tone = vec![sine(100.0, 0.25, 0.0, RATE, frames), sine(100.0, 0.25, 90.0, RATE, frames)];
    for resolution in [Resolution::Low, Resolution::High] {
        let mut random = Random::new(64);
        let mut changes: Vec<(usize, EqualizerParams)> = (0..SECONDS * 48_000 / 64)
            .map(|block| (64 * block, EqualizerParams { solo: 0, ..restless(&mut random, resolution) }))
            .collect();
        // Bands that jump each block are cut at low frequencies by chance: the tone stays to be heard.
        changes.iter_mut().flat_map(|(_, params)| &mut params.bands).for_each(|band| {
            if band.shape == BandShape::LowCut {
                band.frequency_hz = 20.0;
            }
        });
        let last = changes[changes.len() - 1].1;
        let mut equalizer = Equalizer::default();
        equalizer.use_worker();
        equalizer.set_params(&changes[0].1);
        equalizer.prepare(&Spec { sample_rate: RATE, max_block: 64, channels: 2 }).unwrap();
        let moved = played(&mut equalizer, &tone, 64, &changes);
        let fresh = played(&mut prepared(&last, RATE, 2), &tone, 64, &[]);
        let settled = SECONDS * 48_000 + 24_000;
        assert!(moved.iter().zip(&fresh).all(|(moved, fresh)| moved[settled..] == fresh[settled..]), "{resolution:?}");
        for (channel, moved) in moved.iter().enumerate() {
            let begin = equalizer.latency() + 12_000;
            let heard = vec![moved[begin..].to_vec()];
            let low = low_passed(&heard, 6000.0, RATE);
            let (count, peak) =
                (heard[0].len() - 4000, heard[0].iter().fold(0f32, |most, sample| sample.abs().max(most)));
            let clicks = heard[0].iter().zip(&low[0]).skip(2000).take(count).map(|(heard, low)| (heard - low).abs());
            let click_db = decibels(f64::from(clicks.fold(0.0, f32::max) / peak));
            println!("{resolution:?}, channel {channel}: {click_db:.1} dB beside a peak of {peak:.2}");
            assert!(click_db < -80.0, "{resolution:?}, channel {channel}: {click_db} dB");
        }
    }
}
