//! A band that starts to work, and stops: no click beside the sound, in any kind.

use runout_dsp_core::settings::{CompressorBand, CompressorPhase};

use super::{PHASES, amplitudes, decibels, divided, played_mono};

const RATE: f64 = 48_000.0;
const TONE_HZ: f64 = 1000.0;

/// A tone that swells from -46 to -6 dBFS and back as a Gaussian does, so that it has no sound of its own beside it: of one
/// second, and with a deviation of 60 ms its spectrum is 2.7 Hz wide.
fn swelling() -> Vec<f32> {
    let at = |frame: usize| {
        let time = frame as f64 / RATE - 0.5;
        let swell = 0.005 + 0.495 * (-0.5 * (time / 0.06).powi(2)).exp();
        swell * (std::f64::consts::TAU * (frame as f64 * TONE_HZ / RATE).fract()).sin()
    };
    (0..RATE as usize).map(|frame| at(frame) as f32).collect()
}

/// The loudest more than 300 Hz from the tone, dB beside the tone's peak.
fn beside_db(output: &[f32]) -> f64 {
    // Four terms of Blackman and Harris: side lobes below -92 dB.
    let weight = |frame: usize| {
        let turn = std::f64::consts::TAU * frame as f64 / output.len() as f64;
        0.358_75 - 0.488_29 * turn.cos() + 0.141_28 * (2.0 * turn).cos() - 0.011_68 * (3.0 * turn).cos()
    };
    let weighed: Vec<f32> =
        output.iter().enumerate().map(|(frame, sample)| (f64::from(*sample) * weight(frame)) as f32).collect();
    let peak = f64::from(output.iter().fold(0f32, |peak, sample| peak.max(sample.abs())));
    let away = amplitudes(&weighed).into_iter().enumerate().filter(|(hz, _)| (*hz as f64 - TONE_HZ).abs() > 300.0);
    decibels(away.map(|(_, bin)| bin).fold(0.0, f64::max) / 0.358_75 / peak)
}

#[test]
fn a_band_that_starts_to_work_brings_no_click_in_any_kind() {
    let swelling = swelling();
    assert!(beside_db(&swelling) < -120.0, "{} dB", beside_db(&swelling));
    let band = |knee_db| CompressorBand { threshold_db: -20.0, ratio: 8.0, knee_db, ..CompressorBand::default() };
    for phase in PHASES {
        for crossovers_hz in [&[][..], &[1000.0], &[300.0, 900.0, 1100.0, 5000.0]] {
            for knee_db in [0.0, 12.0] {
                let output = played_mono(&divided(phase, crossovers_hz, band(knee_db)), RATE, &swelling);
                let peak = output.iter().fold(0f32, |peak, sample| peak.max(sample.abs()));
                assert!(peak < 0.45, "{phase:?}: it does not work, {peak}");
                let found_db = beside_db(&output);
                println!("{phase:?}, {crossovers_hz:?} Hz, knee {knee_db} dB: {found_db:.1} dB");
                assert!(found_db < -90.0, "{phase:?}, {crossovers_hz:?} Hz, knee {knee_db} dB: {found_db} dB");
            }
        }
    }
}

#[test]
fn one_band_of_many_that_starts_to_work_brings_no_click_either() {
    let swelling = swelling();
    for phase in [CompressorPhase::Minimum, CompressorPhase::Linear, CompressorPhase::Dynamic] {
        let at_rest = CompressorBand::default();
        let mut params = divided(phase, &[300.0, 900.0, 1100.0, 5000.0], at_rest);
        params.band[2] =
            CompressorBand { threshold_db: -30.0, ratio: 8.0, attack_ms: 5.0, release_ms: 50.0, ..at_rest };
        let found_db = beside_db(&played_mono(&params, RATE, &swelling));
        assert!(found_db < -90.0, "{phase:?}: {found_db} dB");
    }
}
