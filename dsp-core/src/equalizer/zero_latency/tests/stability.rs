//! Every design is stable and of minimum phase: what the derivation promises of the warp, asked of all that there is.

use super::band;
use crate::dispatch::Instructions;
use crate::equalizer::prototype::Prototype;
use crate::equalizer::zero_latency::factor::{Branches, Coefficients, factor};
use crate::equalizer::zero_latency::warp::{Fit, squared_frequency};
use crate::settings::{BandShape, CutSlope, EqualizerBand};

/// Whether the roots of `of[0] + of[1] / z + of[2] / z^2` lie inside the unit circle, or on it within rounding.
fn is_inside(of: [f64; 3], rounding: f64) -> bool {
    let most = of[0].abs() * (1.0 + rounding);
    of[2].abs() <= most && of[1].abs() <= (of[0] + of[2]).abs() + rounding * of[0].abs()
}

fn numerator(section: &Coefficients) -> [f64; 3] {
    let Coefficients { direct, feed, back } = *section;
    [1.0 + direct, feed[0] + back[0] * (1.0 + direct), feed[1] + back[1] * (1.0 + direct)]
}

fn ask(band: &EqualizerBand, prototype: Prototype, sample_rate: f64) {
    let squared = squared_frequency(&prototype, sample_rate);
    let warp = Instructions::current().run(Fit { prototype: &prototype, squared });
    for analog in prototype.sections() {
        for section in factor(analog, &warp, squared, &mut Branches::default()) {
            let [a1, a2] = section.back;
            // Strictly inside: the states of what is heard fade.
            assert!(a2.abs() < 1.0 && a1.abs() < 1.0 + a2, "poles at {sample_rate} Hz of {band:?}: {a1} {a2}");
            // Zeros of cuts and notches lie on the circle; where the gain is low, rounding is relative to the poles' 1.
            let numerator = numerator(&section);
            let rounding = 1e-12 / numerator[0].abs();
            assert!(is_inside(numerator, rounding), "zeros at {sample_rate} Hz of {band:?}: {numerator:?}");
        }
    }
}

#[test]
fn every_design_is_stable_and_of_minimum_phase() {
    let frequencies = (0..60).map(|step| 10.0 * 3000f32.powf(step as f32 / 59.0));
    for sample_rate in [22_050.0, 44_100.0, 384_000.0] {
        for frequency_hz in frequencies.clone() {
            for shape in BandShape::ALL {
                let is_cut = matches!(shape, BandShape::LowCut | BandShape::HighCut);
                let slopes: &[CutSlope] = if is_cut { CutSlope::ALL } else { &[CutSlope::Twelve] };
                for gain_db in [-30.0, -3.0, 0.01, 12.0, 30.0] {
                    for q in [0.025, 0.3, 0.5, 0.7, 1.3, 2.0, 10.0, 40.0] {
                        for slope in slopes {
                            let band = band(*shape, frequency_hz, gain_db, q);
                            let band = EqualizerBand { slope_db_per_oct: *slope, ..band };
                            for prototype in [Prototype::new, Prototype::alone] {
                                ask(&band, prototype(&band, sample_rate), sample_rate);
                            }
                        }
                    }
                }
            }
        }
    }
}
