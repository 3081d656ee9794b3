//! Responses beside the analog ones, over shapes, rates and the ends of every range.

use runout_dsp_core::equalizer::kernel::{AccuracyMeter, KernelSize};
use runout_dsp_core::settings::{
    BandShape, CutSlope, EqualizerBand, EqualizerParams, EqualizerPhase, Kind, Module, Parameter, Resolution,
    parameters,
};
use runout_tests::random::Random;
use rustfft::num_complex::Complex;

use super::analog::analog;
use super::{band, decibels, response, with};

const RATES_HZ: [f64; 7] = [22_050.0, 44_100.0, 48_000.0, 88_200.0, 96_000.0, 192_000.0, 384_000.0];

/// f0 / Q from which a resolution is accurate, Hz, as promised.
const LOWEST_HZ: [f64; 5] = [226.0, 113.0, 57.0, 28.0, 14.0];

/// What of the spectrum is asked: relative to the rate.
const WHOLE: f64 = 0.5;

/// The largest error, dB, and the largest phase, rad, of a measured response where the analog one is above -40 dB.
struct Worst {
    error_db: f64,
    phase_rad: f64,
    at_hz: f64,
}

fn worst(band: &EqualizerBand, bins: &[Complex<f64>], sample_rate: f64, highest: f64) -> Worst {
    let mut worst = Worst { error_db: 0.0, phase_rad: 0.0, at_hz: 0.0 };
    for (bin, value) in bins.iter().enumerate().take((highest * bins.len() as f64) as usize + 1) {
        let frequency_hz = bin as f64 * sample_rate / bins.len() as f64;
        let wanted = analog(band, frequency_hz, sample_rate).norm();
        if wanted > 0.01 {
            let error_db = decibels(value.norm() / wanted).abs();
            if error_db > worst.error_db || error_db.is_nan() {
                worst = Worst { error_db, at_hz: frequency_hz, ..worst };
            }
            worst.phase_rad = worst.phase_rad.max(value.arg().abs());
        }
    }
    worst
}

fn linear(resolution: Resolution, band: EqualizerBand) -> EqualizerParams {
    EqualizerParams { resolution, ..with(EqualizerPhase::Linear, &[band]) }
}

/// A resolution's points of measure: eight times the kernel, as far as time allows.
fn points(resolution: Resolution, sample_rate: f64) -> usize {
    let taps = 2048 << resolution as usize;
    4 * (taps as f64 * (sample_rate / 48_000.0).max(0.5)) as usize
}

#[test]
fn linear_phase_is_within_a_hundredth_of_a_db() {
    let mut random = Random::new(31);
    for sample_rate in RATES_HZ {
        for (resolution, lowest_hz) in Resolution::ALL.iter().zip(LOWEST_HZ) {
            // Kernels of a quarter of a million taps take seconds and show nothing new.
            if sample_rate > 96_000.0 && KernelSize::new(*resolution, sample_rate).taps > 32_768 {
                continue;
            }
            let (mut error_db, mut phase_rad) = (0f64, 0f64);
            for round in 0..12 {
                let shape = [BandShape::Bell, BandShape::LowShelf, BandShape::HighShelf][round % 3];
                let q = [0.7, 4.0, random.between(0.7, 4.0)][round / 3 % 3];
                let lowest_hz = lowest_hz * q;
                let share = if round < 3 { 0.0 } else { random.share() };
                let frequency_hz = lowest_hz * (20_000f64.min(0.45 * sample_rate) / lowest_hz).powf(share);
                let gain_db = [12.0, -12.0][round % 2];
                // Rounded up: never below the promise.
                let band = band(shape, (frequency_hz * 1.000_001) as f32, gain_db, q as f32);
                let points = points(*resolution, sample_rate).next_power_of_two();
                let bins = response(&linear(*resolution, band), sample_rate, points);
                let found = worst(&band, &bins, sample_rate, WHOLE);
                let Worst { at_hz, .. } = found;
                assert!(
                    found.error_db < 0.01 && found.phase_rad < 0.001,
                    "{resolution:?} at a rate of {sample_rate} Hz: {} dB, {} rad, at {at_hz} Hz: {band:?}",
                    found.error_db,
                    found.phase_rad
                );
                (error_db, phase_rad) = (error_db.max(found.error_db), phase_rad.max(found.phase_rad));
            }
            println!("{resolution:?} at {sample_rate} Hz: {error_db:.5} dB, {phase_rad:.1e} rad");
        }
    }
}

/// A band drawn over the whole of every range, as often at an end as in between.
fn drawn(random: &mut Random, slot: &[Parameter], settings: &mut runout_dsp_core::settings::ChainSettings) {
    for parameter in slot {
        let (lowest, highest) = parameter.kind.range();
        let (lowest, highest) = (f64::from(lowest), f64::from(highest));
        let share = (2.0 * random.share() - 0.5).clamp(0.0, 1.0);
        let value = match parameter.kind {
            Kind::Number { .. } if lowest > 0.0 => lowest * (highest / lowest).powf(share),
            Kind::Number { .. } => lowest + (highest - lowest) * share,
            _ => lowest + random.below((highest - lowest) as usize + 1) as f64,
        };
        parameter.set(settings, value);
    }
}

/// Everything that a band can be set to, on stereo.
fn anything(random: &mut Random) -> EqualizerBand {
    let mut settings = Default::default();
    let slot: Vec<Parameter> = parameters()
        .into_iter()
        .filter(|parameter| parameter.module == Some(Module::Equalizer) && parameter.id.contains(".band.1."))
        .filter(|parameter| !parameter.id.ends_with("channel"))
        .collect();
    drawn(random, &slot, &mut settings);
    EqualizerBand { enabled: true, ..settings.equalizer.bands[0] }
}

#[test]
fn the_accuracy_that_is_shown_is_the_one_that_is_heard() {
    let mut random = Random::new(32);
    let mut meter = AccuracyMeter::default();
    let mut accurate = 0;
    for round in 0..160 {
        let sample_rate = RATES_HZ[round % 5];
        let resolution = Resolution::ALL[round % 3];
        let band = anything(&mut random);
        let params = linear(resolution, band);
        let shown = meter.measure(&params, sample_rate);
        let bins = response(&params, sample_rate, points(resolution, sample_rate).next_power_of_two());
        let found = worst(&band, &bins, sample_rate, WHOLE);
        let at = format!("{resolution:?} at {sample_rate} Hz: {band:?}: {} dB, {shown:?}", found.error_db);
        assert!(found.error_db.is_finite(), "{at}");
        // A tenth between the points of two measures (more where a notch falls or a resonance stands between them), and the
        // rounding of f32 in an answer that rises by 60 dB.
        let is_wide = band.q < 10.0 && band.shape != BandShape::Notch;
        let close = (found.error_db - shown.worst_error_db).abs() < 0.15 * shown.worst_error_db + 0.005;
        assert!(close || !is_wide || shown.worst_error_db > 3.0, "{at}");
        if shown.worst_error_db < 0.1 {
            accurate += 1;
            assert!(shown.accurate_from_hz == 0.0 && found.error_db < 0.15, "{at}");
        }
    }
    println!("{accurate} of 160 within 0.1 dB");
    assert!(accurate > 40);
}

/// How long a band rings until it is 110 dB down, frames; `None` where that is more than a quarter of a million.
fn ring_frames(band: &EqualizerBand, sample_rate: f64) -> Option<usize> {
    let root = 10f64.powf(f64::from(band.gain_db).abs() / 40.0);
    let q = f64::from(band.q) * root;
    let lowest_hz = f64::from(band.frequency_hz) / root * f64::from(band.q).min(1.0);
    let seconds = 12.7 * (12.0 * q + 1.0) / (std::f64::consts::PI * lowest_hz);
    (seconds * sample_rate < 262_144.0).then(|| ((seconds * sample_rate) as usize).next_power_of_two().max(8192))
}

/// Asks of as many bands that do not ring too long.
fn ask_zero_latency(sample_rate: f64, count: usize, most_db: f64, mut draw: impl FnMut() -> EqualizerBand) {
    let (mut asked, mut highest) = (0, (0.0, String::new()));
    while asked < count {
        let band = draw();
        let Some(points) = ring_frames(&band, sample_rate) else { continue };
        asked += 1;
        let bins = response(&with(EqualizerPhase::Minimum, &[band]), sample_rate, points);
        let found = worst(&band, &bins, sample_rate, 0.45);
        let EqualizerBand { shape, frequency_hz, gain_db, q, slope_db_per_oct, .. } = band;
        let what =
            format!("{shape:?} {frequency_hz} Hz {gain_db} dB Q {q} {slope_db_per_oct:?}, at {} Hz", found.at_hz);
        assert!(found.error_db <= most_db, "{} dB at a rate of {sample_rate} Hz: {what}", found.error_db);
        if found.error_db > highest.0 {
            highest = (found.error_db, what);
        }
    }
    println!("{sample_rate} Hz, {asked} bands: at most {:.4} dB: {}", highest.0, highest.1);
}

#[test]
fn without_latency_bells_and_shelves_are_within_a_tenth_of_a_db() {
    let mut random = Random::new(33);
    for sample_rate in RATES_HZ {
        // Up to 10 kHz at 44.1 kHz; at other rates as far up, relative to the rate, and never above.
        let highest_hz = 10_000.0 * (sample_rate / 44_100.0).min(1.0);
        ask_zero_latency(sample_rate, 60, 0.1, || {
            let shape = [BandShape::Bell, BandShape::LowShelf, BandShape::HighShelf][random.below(3)];
            let frequency_hz = highest_hz * 0.005f64.powf((1.2 * random.share() - 0.2).max(0.0));
            let gain_db = random.between(-15.0, 15.0).clamp(-12.0, 12.0);
            band(shape, frequency_hz as f32, gain_db as f32, (0.3 * (10.0 / 0.3f64).powf(random.share())) as f32)
        });
    }
}

#[test]
fn without_latency_everything_is_within_three_tenths_of_a_db() {
    let mut random = Random::new(34);
    for sample_rate in RATES_HZ {
        ask_zero_latency(sample_rate, 80, 0.3, || anything(&mut random));
    }
}

#[test]
fn every_slope_of_a_cut_is_butterworths() {
    for sample_rate in [44_100.0, 96_000.0] {
        for slope in CutSlope::ALL {
            for shape in [BandShape::LowCut, BandShape::HighCut] {
                let cut = EqualizerBand { slope_db_per_oct: *slope, ..band(shape, 2000.0, 0.0, 0.7071) };
                let bins = response(&linear(Resolution::High, cut), sample_rate, 65_536);
                let found = worst(&cut, &bins, sample_rate, WHOLE);
                println!("{shape:?} {slope:?} at {sample_rate} Hz: {:.5} dB", found.error_db);
                // A cut of odd order has a kink at 0 Hz, which a kernel of 171 ms rounds off: near -40 dB it is seen.
                let is_kinked = shape == BandShape::LowCut && matches!(slope, CutSlope::Six | CutSlope::Eighteen);
                let most_db = if is_kinked { 0.1 } else { 0.01 };
                assert!(found.error_db < most_db && found.phase_rad < 0.001, "{cut:?} at {sample_rate} Hz");
            }
        }
    }
}
