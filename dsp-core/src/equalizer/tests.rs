#![expect(clippy::approx_constant, reason = "four digits are the step of Q")]

use super::*;
use crate::equalizer::prototype::Prototype;
use crate::settings::{BandChannel, BandShape, CutSlope, EQUALIZER_BANDS, EqualizerBand, Resolution};
use crate::units::db_from_power;
use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

const RATE: f64 = 48_000.0;

fn band(shape: BandShape, frequency_hz: f32, gain_db: f32, q: f32) -> EqualizerBand {
    EqualizerBand { enabled: true, shape, frequency_hz, gain_db, q, ..EqualizerBand::default() }
}

fn with(bands: &[EqualizerBand]) -> EqualizerParams {
    let mut params = EqualizerParams::default();
    params.bands[..bands.len()].copy_from_slice(bands);
    params
}

fn prepared(params: &EqualizerParams, sample_rate: f64, channels: usize) -> Equalizer {
    let mut equalizer = Equalizer::default();
    equalizer.set_params(params);
    equalizer.prepare(&Spec { sample_rate, max_block: 1 << 20, channels }).unwrap();
    equalizer
}

/// The answer of both channels to an impulse in one of them.
fn impulse(params: &EqualizerParams, sample_rate: f64, into: usize) -> [Vec<f32>; 2] {
    let mut equalizer = prepared(params, sample_rate, 2);
    let frames = 2 * equalizer.latency();
    let mut signal = [vec![0.0; frames], vec![0.0; frames]];
    signal[into][0] = 1.0;
    let [left, right] = &mut signal;
    equalizer.process(&mut [left, right]);
    signal
}

/// The spectrum of an answer, its delay taken out, over eight times as many points.
fn spectrum(answer: &[f32]) -> Vec<Complex<f64>> {
    let (frames, latency) = (answer.len(), answer.len() / 2);
    let points = (8 * frames).next_power_of_two();
    let mut bins = vec![Complex::default(); points];
    for (frame, sample) in answer.iter().enumerate() {
        bins[(points + frame - latency) % points] = Complex::new(f64::from(*sample), 0.0);
    }
    FftPlanner::new().plan_fft_forward(points).process(&mut bins);
    bins
}

#[test]
fn the_kernel_answers_as_the_prototypes_do() {
    let lowest = [226.0, 113.0, 57.0, 28.0, 14.0];
    for (resolution, lowest_hz) in Resolution::ALL.iter().zip(lowest) {
        for (shape, gain_db, q, octaves) in [
            (BandShape::Bell, 12.0, 4.0, 0.0),
            (BandShape::Bell, -12.0, 4.0, 1.0),
            (BandShape::Bell, 12.0, 0.7071, 0.0),
            (BandShape::LowShelf, 12.0, 0.7071, 0.0),
            (BandShape::HighShelf, -12.0, 2.0, 0.0),
            (BandShape::HighShelf, 12.0, 0.7071, 6.0),
        ] {
            let frequency_hz = (lowest_hz * q * 2f32.powf(octaves)).min(20_000.0);
            let bell = band(shape, frequency_hz, gain_db, q);
            let params = EqualizerParams { resolution: *resolution, ..with(&[bell]) };
            let prototype = Prototype::new(&bell, RATE);
            let bins = spectrum(&impulse(&params, RATE, 0)[0]);
            let (mut worst_db, mut turned) = (0f64, 0f64);
            for (bin, value) in bins.iter().enumerate().take(bins.len() / 2) {
                let wanted = prototype.power(bin as f64 * RATE / bins.len() as f64);
                if wanted > 1e-4 {
                    worst_db = worst_db.max((db_from_power(value.norm_sqr() / wanted)).abs());
                    turned = turned.max(value.arg().abs());
                }
            }
            println!(
                "{resolution:?} {shape:?} {frequency_hz} Hz {gain_db} dB Q {q}: {worst_db:.5} dB, {turned:.2e} rad"
            );
            assert!(worst_db < 0.01 && turned < 0.001);
            let own = kernel::accuracy(&params, RATE);
            assert!((own.worst_error_db - worst_db).abs() < 0.001, "{own:?}");
        }
    }
}

#[test]
fn the_accuracy_is_that_of_the_worst_channel() {
    let bell = |channel, frequency_hz| EqualizerBand { channel, ..band(BandShape::Bell, frequency_hz, 12.0, 2.0) };
    let of = |bands: &[EqualizerBand]| kernel::accuracy(&with(bands), RATE);
    let (calm, hard) = (bell(BandChannel::Stereo, 8000.0), bell(BandChannel::Stereo, 40.0));
    let worst = of(&[hard]);
    println!("{worst:?}");
    assert!(worst.worst_error_db > 0.1 && worst.accurate_from_hz > 10.0);
    assert!(of(&[calm]).worst_error_db < 1e-3 && of(&[calm]).accurate_from_hz == 0.0);
    for channel in BandChannel::ALL {
        // The channel that the band acts on has its error; what stands on others, or does nothing, has none.
        let other = if *channel == BandChannel::Side { BandChannel::Mid } else { BandChannel::Side };
        let own = EqualizerBand { channel: *channel, ..hard };
        let found = of(&[own, bell(other, 8000.0), EqualizerBand { enabled: false, ..hard }]);
        if matches!(channel, BandChannel::Mid | BandChannel::Side) {
            // But for what the other's own kernel leaves there, which is below 0.001 dB.
            assert!((found.worst_error_db - worst.worst_error_db).abs() < 1e-3, "{channel:?}: {found:?}");
            assert!((found.accurate_from_hz - worst.accurate_from_hz).abs() < 2.0, "{channel:?}: {found:?}");
        } else {
            assert!(found.worst_error_db > 0.5 * worst.worst_error_db, "{channel:?}: {found:?}");
        }
    }
}

#[test]
fn a_flat_kernel_is_a_delay_and_one_forced_through_the_convolver_nearly() {
    let noise: Vec<f32> =
        (0..20_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 8) as f32 / 8_388_608.0 - 1.0).collect();
    let through = |params: &EqualizerParams| {
        let mut equalizer = prepared(params, RATE, 2);
        let (mut left, mut right) = (noise.clone(), noise.iter().map(|sample| -0.5 * sample).collect::<Vec<_>>());
        equalizer.process(&mut [&mut left, &mut right]);
        (left, right, equalizer.latency())
    };
    let (left, right, latency) = through(&EqualizerParams::default());
    assert_eq!(left[latency..], noise[..20_000 - latency]);
    // A bell of a hundredth of a dB up and one down: flat but for rounding, and yet convolved.
    let up = band(BandShape::Bell, 1000.0, 0.01, 1.0);
    let forced = through(&with(&[up, EqualizerBand { gain_db: -0.01, ..up }]));
    let error = |ours: &[f32], exact: &[f32]| {
        let sum: f64 = ours.iter().zip(exact).map(|(a, b)| f64::from(a - b).powi(2)).sum();
        db_from_power(sum / ours.len() as f64)
    };
    let null_dbfs = error(&forced.0, &left).max(error(&forced.1, &right));
    println!("null {null_dbfs:.1} dBFS");
    assert!(null_dbfs < -130.0);
}

#[test]
fn bands_act_on_their_part_in_the_order_of_the_slots() {
    let at = |channel, gain_db| EqualizerBand { channel, ..band(BandShape::LowShelf, 20_000.0, gain_db, 0.7071) };
    // Below its corner each shelf is a plain gain: the matrices can be multiplied by hand.
    let params = with(&[at(BandChannel::Mid, 6.0), at(BandChannel::Left, -6.0), at(BandChannel::Side, 12.0)]);
    let gain = |db: f64| 10f64.powf(db / 20.0);
    let by_hand = |mut z: [f64; 2]| {
        for (channel, db) in [(BandChannel::Mid, 6.0), (BandChannel::Left, -6.0), (BandChannel::Side, 12.0)] {
            let (mid, side) = ((z[0] + z[1]) / 2.0, (z[0] - z[1]) / 2.0);
            z = match channel {
                BandChannel::Mid => [gain(db) * mid + side, gain(db) * mid - side],
                BandChannel::Side => [mid + gain(db) * side, mid - gain(db) * side],
                _ => [gain(db) * z[0], z[1]],
            };
        }
        z
    };
    for into in [0, 1] {
        let answers = impulse(&params, RATE, into);
        let expected = by_hand(if into == 0 { [1.0, 0.0] } else { [0.0, 1.0] });
        for (answer, expected) in answers.iter().zip(expected) {
            let low = spectrum(answer)[4].re;
            assert!((low - expected).abs() < 2e-3, "{low} for {expected}");
        }
    }
}

#[test]
fn any_cut_into_blocks_and_a_worker_give_the_same_bits() {
    let frames = 96_000;
    let signal = |frame: usize| (frame as f32 * 0.05).sin() * 0.5 + (frame as f32 * 0.931).cos() * 0.2;
    let changes: Vec<(usize, EqualizerParams)> = (0..60)
        .map(|step| {
            let swept = band(BandShape::Bell, 200.0 * 1.06f32.powi(step), (step % 13) as f32 - 6.0, 1.0);
            let side = EqualizerBand { channel: BandChannel::Side, ..band(BandShape::HighShelf, 8000.0, 3.0, 0.7) };
            (1500 * step as usize, with(&[swept, if step > 30 { side } else { EqualizerBand::default() }]))
        })
        .collect();
    let play = |block: usize, threaded: bool| {
        let mut equalizer = Equalizer::default();
        if threaded {
            equalizer.use_worker();
        }
        equalizer.prepare(&Spec { sample_rate: RATE, max_block: 4096, channels: 2 }).unwrap();
        let mut left: Vec<f32> = (0..frames).map(signal).collect();
        let mut right: Vec<f32> = (0..frames).map(|frame| signal(frame + 1000)).collect();
        let ends = changes[1..].iter().map(|(frame, _)| *frame).chain([frames]);
        for ((start, params), end) in changes.iter().zip(ends) {
            equalizer.set_params(params);
            for (left, right) in left[*start..end].chunks_mut(block).zip(right[*start..end].chunks_mut(block)) {
                equalizer.process(&mut [left, right]);
            }
        }
        (left, right)
    };
    let expected = play(4096, false);
    assert!(expected.0.iter().any(|sample| sample.abs() > 0.3));
    for (block, threaded) in [(1, false), (7, false), (64, true), (511, true), (4096, true)] {
        assert!(play(block, threaded) == expected, "blocks of {block}, worker {threaded}");
    }
}

#[test]
fn every_slot_and_steep_cuts_give_finite_sound() {
    let cut = EqualizerBand { slope_db_per_oct: CutSlope::NinetySix, ..band(BandShape::LowCut, 30_000.0, 0.0, 40.0) };
    let bells = [band(BandShape::Bell, 30_000.0, 30.0, 40.0); EQUALIZER_BANDS - 1];
    for rate in [22_050.0, 384_000.0] {
        let mut params = with(&bells);
        params.bands[EQUALIZER_BANDS - 1] = cut;
        let answers = impulse(&params, rate, 0);
        assert!(answers[0].iter().all(|sample| sample.is_finite()));
    }
}

/// The loudest part more than 300 Hz from a tone of 1 kHz, dB beside it, of a second around changes of parameters.
fn beside_the_tone_db(changes: &[(usize, EqualizerParams)]) -> f64 {
    const FRAMES: usize = 1 << 16;
    let mut equalizer = prepared(&changes[0].1, RATE, 1);
    let settled = equalizer.latency() + 4096;
    let mut signal: Vec<f32> = (0..settled + FRAMES)
        .map(|frame| (frame as f64 * std::f64::consts::TAU * 1000.0 / RATE).sin() as f32)
        .collect();
    let ends = changes[1..].iter().map(|(frame, _)| settled + frame).chain([settled + FRAMES]);
    let mut start = 0;
    for ((_, params), end) in changes.iter().zip(ends) {
        equalizer.set_params(params);
        for block in signal[start..end].chunks_mut(64) {
            equalizer.process(&mut [block]);
        }
        start = end;
    }
    // Blackman and Harris's window of four terms: its side lobes lie below -92 dB.
    let window = |frame: usize| {
        let angle = std::f64::consts::TAU * frame as f64 / FRAMES as f64;
        0.358_75 - 0.488_29 * angle.cos() + 0.141_28 * (2.0 * angle).cos() - 0.011_68 * (3.0 * angle).cos()
    };
    let heard = signal[settled..].iter().enumerate();
    let mut bins: Vec<Complex<f64>> =
        heard.map(|(frame, sample)| Complex::new(f64::from(*sample) * window(frame), 0.0)).collect();
    FftPlanner::new().plan_fft_forward(FRAMES).process(&mut bins);
    let loudest = |near: bool| {
        let chosen = bins[..FRAMES / 2]
            .iter()
            .enumerate()
            .filter(|(bin, _)| ((*bin as f64 * RATE / FRAMES as f64 - 1000.0).abs() <= 300.0) == near);
        chosen.map(|(_, value)| value.norm_sqr()).fold(0.0, f64::max)
    };
    db_from_power(loudest(false) / loudest(true))
}

#[test]
fn nothing_is_heard_beside_a_tone_while_parameters_move() {
    let bell = |frequency_hz, gain_db, q| with(&[band(BandShape::Bell, frequency_hz, gain_db, q)]);
    let shaped = |shape| with(&[band(shape, 800.0, 12.0, 0.7071)]);
    let louder = |output_gain_db| EqualizerParams { output_gain_db, ..bell(1000.0, 6.0, 1.0) };
    let jumps = [
        ("gain", bell(1000.0, -30.0, 1.0), bell(1000.0, 30.0, 1.0)),
        ("from rest", EqualizerParams::default(), bell(1000.0, 12.0, 1.0)),
        ("frequency", bell(900.0, 12.0, 4.0), bell(4000.0, 12.0, 4.0)),
        ("Q", bell(800.0, 12.0, 0.1), bell(800.0, 12.0, 20.0)),
        ("shape", shaped(BandShape::LowShelf), shaped(BandShape::HighCut)),
        ("output gain", louder(-24.0), louder(24.0)),
    ];
    for (name, from, to) in jumps {
        let beside_db = beside_the_tone_db(&[(0, from), (24_000, to), (40_000, from)]);
        println!("{name} jumps: {beside_db:.1} dB");
        assert!(beside_db < -80.0, "{name}");
    }
    // A sweep over four octaves and up by 24 dB in a second, a step each block of 64.
    let sweep: Vec<(usize, EqualizerParams)> = (0..1000)
        .map(|step| {
            let way = step as f32 / 1000.0;
            (64 * step, bell(250.0 * 16f32.powf(way), -12.0 + 24.0 * way, 1.0))
        })
        .collect();
    let beside_db = beside_the_tone_db(&sweep);
    println!("sweep: {beside_db:.1} dB");
    assert!(beside_db < -80.0);
}
