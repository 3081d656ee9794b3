//! What an editor is told of the bands.

use super::{amplitude, measured, play, played, ready, sine, tone_and_rest};
use crate::compressor::computer::exact_db;
use crate::compressor::{BandHop, BandHops};
use crate::processor::{GRID_FRAMES, Processor};
use crate::settings::{CompressorBand, CompressorChannel, CompressorMode, CompressorParams, Detector};
use crate::telemetry::HistoryReader;

const RATE: f64 = 48_000.0;

/// 4:1 above -40 dBFS, hard; make-up and mix, which are not told.
fn working() -> CompressorBand {
    CompressorBand {
        threshold_db: -40.0,
        ratio: 4.0,
        knee_db: 0.0,
        makeup_db: 3.0,
        mix: 0.5,
        ..CompressorBand::default()
    }
}

fn take_all(reader: &mut HistoryReader<BandHops>) -> Vec<BandHops> {
    std::iter::from_fn(|| reader.next_frame()).collect()
}

/// What is heard and told of a signal in blocks of a size.
fn watched(params: &CompressorParams, signal: &[Vec<f32>], block: usize) -> (Vec<Vec<f32>>, Vec<BandHops>) {
    let mut compressor = ready(params, RATE, signal.len());
    let mut reader = compressor.take_bands().unwrap();
    reader.open();
    let mut output = signal.to_vec();
    play(&mut compressor, &mut output, block);
    (output, take_all(&mut reader))
}

/// The last of what is told after half a second.
fn settled(params: &CompressorParams, signal: &[Vec<f32>]) -> BandHops {
    *watched(params, signal, 512).1.last().unwrap()
}

fn near(hop: BandHop, level_dbfs: f64, gain_db: f64) {
    // The samples nearest to a peak of 997 Hz miss it by less than 0.02 dB.
    assert!((f64::from(hop.level_dbfs) - level_dbfs).abs() < 0.1, "{hop:?} for {level_dbfs} dBFS");
    assert!((f64::from(hop.gain_db) - gain_db).abs() < 0.05, "{hop:?} for a gain of {gain_db} dB");
}

#[test]
fn a_steady_tone_is_told_at_its_level_with_the_static_gain() {
    let tone = |level_db: f64| sine(997.0, amplitude(level_db), RATE, 24_000);
    for mode in CompressorMode::ALL {
        for level_db in [-55.0, -30.0, -10.0] {
            let band = CompressorBand { mode: *mode, range_db: 24.0, ..working() };
            let expected_db = exact_db(&band, level_db);
            near(settled(&measured(band), &[tone(level_db)])[0], level_db, expected_db);
            // In stereo the louder channel, whether they are linked or not.
            for link in [0.0, 0.5, 1.0] {
                let band = CompressorBand { link, ..band };
                let gains_db = [level_db - 6.0 * (1.0 - f64::from(link)), level_db].map(|level| exact_db(&band, level));
                let farthest_db = if gains_db[0].abs() > gains_db[1].abs() { gains_db[0] } else { gains_db[1] };
                near(settled(&measured(band), &[tone(level_db - 6.0), tone(level_db)])[0], level_db, farthest_db);
            }
        }
    }
    let rms = CompressorBand { detector: Detector::Rms, rms_window_ms: 100.0, ..working() };
    near(settled(&measured(rms), &[tone(-10.0)])[0], -13.01, exact_db(&rms, -13.01));
    let side = CompressorBand { channel: CompressorChannel::Side, ..working() };
    let signal = [tone(-10.0), tone(-10.0).iter().map(|sample| -0.5 * sample).collect()];
    // Of 1 and -0.5 the side is 0.75.
    near(settled(&measured(side), &signal)[0], -12.5, exact_db(&side, -12.5));
}

#[test]
fn every_band_tells_of_itself_and_one_that_does_nothing_of_nothing() {
    let mut params = CompressorParams { bands: 3, ..CompressorParams::default() };
    params.crossover_hz[..2].copy_from_slice(&[250.0, 3000.0]);
    params.band = [CompressorBand { threshold_db: -30.0, ratio: 2.0, knee_db: 0.0, ..working() }; 6];
    params.band[2].enabled = false;
    let tones = [sine(50.0, 0.5, RATE, 24_000), sine(900.0, 0.1, RATE, 24_000)];
    let signal: Vec<f32> = tones[0].iter().zip(&tones[1]).map(|(low, middle)| low + middle).collect();
    let hops = settled(&params, &[signal]);
    // Within what the slopes leave of the other tone.
    assert!((hops[0].level_dbfs + 6.02).abs() < 0.3 && (hops[0].gain_db + 11.99).abs() < 0.15, "{:?}", hops[0]);
    assert!((hops[1].level_dbfs + 20.0).abs() < 0.3 && (hops[1].gain_db + 5.0).abs() < 0.15, "{:?}", hops[1]);
    assert!(hops[2..].iter().all(|hop| *hop == BandHop::default()), "{hops:?}");
    let silent = settled(&params, &[vec![0.0; 24_000]]);
    assert_eq!(silent, BandHops::default());
}

#[test]
fn each_slot_is_told_with_the_gain_that_acts_in_it() {
    // A constant that leaps: output over input is the gain, frame by frame.
    let leaps = [0.001, 0.3, 0.01, 0.1];
    let input: Vec<f32> = (0..19_200).map(|frame| leaps[frame / 4800]).collect();
    for (lookahead, lookahead_ms) in [(false, 0.0), (true, 0.0), (true, 5.0)] {
        let mut params = measured(CompressorBand { makeup_db: 0.0, mix: 1.0, lookahead_ms, ..working() });
        params.lookahead = lookahead;
        let latency = ready(&params, RATE, 1).latency();
        let (output, hops) = watched(&params, std::slice::from_ref(&input), 512);
        assert_eq!(hops.len(), 19_200 / GRID_FRAMES);
        for (slot, hop) in hops.iter().enumerate().skip(latency / GRID_FRAMES) {
            let frames = slot * GRID_FRAMES..(slot + 1) * GRID_FRAMES;
            let gains = frames.map(|frame| 20.0 * (output[0][frame] / input[frame - latency]).log10());
            let farthest_db = gains.fold(0.0, |most: f32, gain| if gain.abs() > most.abs() { gain } else { most });
            let told_db = hop[0].gain_db;
            // Gains and samples are rounded to f32.
            assert!((told_db - farthest_db).abs() < 1e-4, "slot {slot}: {told_db} for {farthest_db} dB");
        }
    }
}

#[test]
fn watching_changes_no_bit_and_the_cut_changes_nothing_that_is_told() {
    let mut params = CompressorParams { bands: 4, ..CompressorParams::default() };
    params.band = [CompressorBand { link: 0.3, ..working() }; 6];
    let signal = [sine(113.0, 0.5, RATE, 10_000), sine(2500.0, 0.3, RATE, 10_000)];
    let told = watched(&params, &signal, 512).1;
    assert_eq!(told.len(), 10_000 / GRID_FRAMES, "a slot that has not ended is not told");
    for block in [1, 77, 512] {
        let mut plain = signal.clone();
        play(&mut ready(&params, RATE, 2), &mut plain, block);
        let (heard, hops) = watched(&params, &signal, block);
        assert!(heard == plain, "blocks of {block}: the sound is another");
        assert_eq!(hops, told, "blocks of {block}");
    }
}

#[test]
fn only_who_listens_is_told_from_the_next_slot_on() {
    let mut compressor = ready(&measured(working()), RATE, 1);
    let mut reader = compressor.take_bands().unwrap();
    assert!(compressor.take_bands().is_none());
    let mut signal = [vec![0.5; 100 * GRID_FRAMES + 10]];
    play(&mut compressor, &mut signal, 128);
    assert_eq!(reader.next_frame(), None);
    reader.open();
    play(&mut compressor, &mut [vec![0.5; 54]], 54);
    assert_eq!(reader.next_frame(), None, "of the slot in which it opened a part is not known");
    play(&mut compressor, &mut [vec![0.5; 130]], 130);
    assert_eq!(take_all(&mut reader).len(), 2);
    // Someone who watches a compressor that takes another's place goes on there.
    let mut other = ready(&measured(CompressorBand { ratio: 2.0, ..working() }), RATE, 1);
    play(&mut other, &mut [vec![0.5; 9600]], 512);
    compressor.swap_watchers(&mut other);
    play(&mut compressor, &mut [vec![0.5; 640]], 64);
    assert_eq!(reader.next_frame(), None);
    play(&mut other, &mut [vec![0.5; 640]], 64);
    let hops = take_all(&mut reader);
    assert_eq!(hops.len(), 10);
    near(hops[9][0], -6.02, -16.99);
    reader.close();
    play(&mut other, &mut [vec![0.5; 640]], 64);
    assert_eq!(reader.next_frame(), None);
}

#[test]
fn after_a_takeover_the_voice_that_is_heard_tells() {
    let raising = CompressorBand { mode: CompressorMode::Upward, threshold_db: -20.0, ..working() };
    let mut compressor = ready(&measured(working()), RATE, 1);
    let mut reader = compressor.take_bands().unwrap();
    reader.open();
    let tone = sine(997.0, amplitude(-30.0), RATE, 24_000);
    play(&mut compressor, &mut [tone.clone()], 512);
    near(take_all(&mut reader).last().unwrap()[0], -30.0, -7.5);
    compressor.set_params(&measured(raising));
    play(&mut compressor, &mut [tone.clone()], 512);
    near(take_all(&mut reader).last().unwrap()[0], -30.0, 7.5);
    // What is told is what is heard: half of the gain and make-up of 10.5 dB.
    let (heard, _) = tone_and_rest(&played(&measured(raising), RATE, &tone)[12_000..], 997.0, RATE);
    assert!((heard / amplitude(-30.0) - 0.5 * (1.0 + amplitude(10.5))).abs() < 0.01, "{heard}");
}
