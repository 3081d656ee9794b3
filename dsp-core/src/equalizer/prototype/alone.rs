//! What is heard of a band alone: the region that it acts on, with its real slope, however little it does there.
//!
//! In linear phase that is the magnitude's difference from 1: to the full sound what the band adds to its input or takes
//! from it. The difference keeps its sign: without it there would be a kink where a tilt or a resonant shelf changes from
//! more to less, and a kink needs a longer kernel than the band itself. Without latency it is the response of H - 1, which
//! for the Cookbook's shapes is a section of second order itself; of a steep cut, though, H - 1 is almost everything, for
//! its phase turns far beyond the corner: there the cut's mirror is heard, that passes what the cut takes away, as steep.
//!
//! Bells, shelves and tilts are normalized to 1 where they change the most, through 0 dB: a band at rest is heard as the
//! region that it is going to act on. A band-pass is heard as what it keeps.

use super::{Prototype, Section, corner_hz, single};
use crate::settings::{BandShape, EqualizerBand, EqualizerParams};

/// The gain by which a band at 0 dB is heard, dB: the least that can be set.
const LEAST_GAIN_DB: f32 = 0.01;

/// The band that is listened to alone, as if it was enabled, and its slot; `None` while everything is heard.
pub(in super::super) fn soloed(params: &EqualizerParams) -> Option<(usize, EqualizerBand)> {
    let slot = (params.solo as usize).checked_sub(1)?;
    params.bands.get(slot).map(|band| (slot, EqualizerBand { enabled: true, ..*band }))
}

/// What a band changes of a magnitude.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The band's own response.
    pub prototype: Prototype,
    /// The magnitude that is no change.
    rest: f64,
    /// 1 over the largest change, with the sign of the gain.
    scale: f64,
}

impl Change {
    /// Of a band at a sample rate in Hz; whether it is enabled is not its business.
    pub fn new(band: &EqualizerBand, sample_rate: f64) -> Self {
        let is_at_rest = has_gain(band.shape) && band.gain_db == 0.0;
        let band = if is_at_rest { EqualizerBand { gain_db: LEAST_GAIN_DB, ..*band } } else { *band };
        let prototype = Prototype::new(&band, sample_rate);
        let (rest, scale) = match band.shape {
            BandShape::BandPass => (0.0, 1.0),
            shape if has_gain(shape) => {
                let largest =
                    extremes(&prototype.sections[0]).fold(0.0, |most: f64, power| most.max((power.sqrt() - 1.0).abs()));
                (1.0, f64::from(band.gain_db).signum() / largest)
            }
            _ => (1.0, -1.0),
        };
        Self { prototype, rest, scale }
    }

    /// What is heard where the band's magnitude is this; at most 1, but for resonant cuts.
    pub fn of(&self, magnitude: f64) -> f64 {
        self.scale * (magnitude - self.rest)
    }
}

impl Prototype {
    /// The response that is heard of a band alone without latency, at a sample rate in Hz.
    pub fn alone(band: &EqualizerBand, sample_rate: f64) -> Self {
        let shaped = |shape| Self::new(&EqualizerBand { shape, ..*band }, sample_rate);
        match band.shape {
            BandShape::LowCut => shaped(BandShape::HighCut),
            BandShape::HighCut => shaped(BandShape::LowCut),
            // What a notch takes away is what the band-pass keeps.
            BandShape::Notch | BandShape::BandPass => shaped(BandShape::BandPass),
            _ => {
                let mut prototype = shaped(BandShape::BandPass);
                prototype.frequency_hz = corner_hz(band, sample_rate);
                prototype.sections[0] = normalized(difference(band));
                prototype
            }
        }
    }
}

/// Whether a shape has a gain.
fn has_gain(shape: BandShape) -> bool {
    matches!(shape, BandShape::Bell | BandShape::LowShelf | BandShape::HighShelf | BandShape::Tilt)
}

/// (H - 1) / (g - 1) of a shape that has a gain, g being the gain: no longer a fraction, and so right at 0 dB too.
fn difference(band: &EqualizerBand) -> Section {
    let root = 10f64.powf(f64::from(band.gain_db) / 40.0);
    let whole = root * root;
    let below = single(band).below;
    let slope = root / (f64::from(band.q) * (root + 1.0)).powi(2);
    let above = match band.shape {
        // s / (A Q), and the bell's own poles.
        BandShape::Bell => [0.0, below[1] + 2.0, 0.0],
        // 1 + s sqrt(A) / (Q (A + 1))
        BandShape::LowShelf => [1.0, slope, 0.0],
        BandShape::HighShelf => [0.0, slope, 1.0],
        // s - 1, as s + 1 is of minimum phase; less than 1 / g - 1 there is where the gain is below 0 dB.
        _ => [1.0, 1.0, 0.0].map(|part| part * whole.min(1.0).powi(2)),
    };
    Section { above, below }
}

/// The section, no louder than 1: a resonant shelf changes more beside its corner than at its gain.
fn normalized(section: Section) -> Section {
    let highest = extremes(&section).fold(1.0, f64::max);
    Section { above: section.above.map(|part| part / highest), below: section.below }
}

/// The power at 0 Hz, at the highest frequencies and wherever it is level between them.
fn extremes(Section { above, below }: &Section) -> impl Iterator<Item = f64> {
    let at_zero = above[0] / below[0];
    let at_infinity = if below[2] == 0.0 { above[1] / below[1] } else { above[2] / below[2] };
    // Where the derivative of the fraction is zero.
    let constant = above[1] * below[0] - above[0] * below[1];
    let linear = 2.0 * (above[2] * below[0] - above[0] * below[2]);
    let square = above[2] * below[1] - above[1] * below[2];
    let larger = -0.5 * (linear + (linear * linear - 4.0 * constant * square).sqrt().copysign(linear));
    let section = Section { above: *above, below: *below };
    let level = [constant / larger, larger / square].into_iter().filter(|x| x.is_finite() && *x > 0.0);
    [at_zero, at_infinity].into_iter().chain(level.map(move |x| section.power(x)))
}

#[cfg(test)]
#[expect(clippy::approx_constant, reason = "four digits are the step of Q")]
mod tests {
    use super::*;
    use rustfft::num_complex::Complex;

    const WITH_GAIN: [BandShape; 4] = [BandShape::Bell, BandShape::LowShelf, BandShape::HighShelf, BandShape::Tilt];

    fn band(shape: BandShape, gain_db: f32, q: f32) -> EqualizerBand {
        EqualizerBand { shape, gain_db, q, frequency_hz: 1000.0, ..EqualizerBand::default() }
    }

    /// H(s) as the Cookbook has it.
    fn cookbook(band: &EqualizerBand, frequency_hz: f64) -> Complex<f64> {
        let s = Complex::new(0.0, frequency_hz / f64::from(band.frequency_hz));
        let (a, q) = (10f64.powf(f64::from(band.gain_db) / 40.0), f64::from(band.q));
        match band.shape {
            BandShape::Bell => (s * s + s * (a / q) + 1.0) / (s * s + s / (a * q) + 1.0),
            BandShape::LowShelf => (s * s + s * (a.sqrt() / q) + a) * a / (s * s * a + s * (a.sqrt() / q) + 1.0),
            BandShape::HighShelf => (s * s * a + s * (a.sqrt() / q) + 1.0) * a / (s * s + s * (a.sqrt() / q) + a),
            _ => (s * (a * a) + 1.0) / (s + a * a),
        }
    }

    #[test]
    fn without_latency_it_is_what_h_of_s_changes() {
        for shape in WITH_GAIN {
            for (gain_db, q) in [(12.0, 0.7071), (-12.0, 0.7071), (0.01, 0.5), (-30.0, 0.3), (30.0, 4.0)] {
                let band = band(shape, gain_db, q);
                let alone = Prototype::alone(&band, 48_000.0);
                let change = |hz| (cookbook(&band, hz) - 1.0).norm();
                for frequency_hz in [20.0, 700.0, 1000.0, 1900.0, 20_000.0] {
                    // But for one factor, which the largest decides.
                    let expected = change(frequency_hz) / change(800.0);
                    let found = (alone.power(frequency_hz) / alone.power(800.0)).sqrt();
                    // A difference of 0.1 % keeps 13 of 16 digits.
                    assert!(
                        (found / expected - 1.0).abs() < 1e-9,
                        "{shape:?} {gain_db} dB at {frequency_hz} Hz: {found}"
                    );
                }
            }
        }
    }

    #[test]
    fn in_linear_phase_it_is_the_difference_of_the_magnitude() {
        for shape in WITH_GAIN {
            for gain_db in [12.0f32, -12.0, 0.01] {
                let band = band(shape, gain_db, 0.7071);
                let change = Change::new(&band, 48_000.0);
                let gain = 10f64.powf(f64::from(gain_db) / 20.0);
                let largest = if shape == BandShape::Tilt { gain.max(1.0 / gain) - 1.0 } else { (gain - 1.0).abs() };
                for frequency_hz in [20.0, 700.0, 1000.0, 1900.0, 20_000.0] {
                    let magnitude = cookbook(&band, frequency_hz).norm();
                    let expected = (magnitude - 1.0) / largest * f64::from(gain_db.signum());
                    let found = change.of(change.prototype.power(frequency_hz).sqrt());
                    assert!((found - expected).abs() < 1e-9, "{shape:?} {gain_db} dB at {frequency_hz} Hz: {found}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_heard_louder_than_it_is_nor_jumps_at_0_db() {
        for shape in WITH_GAIN {
            for q in [0.025, 0.7071, 5.0, 40.0] {
                let heard = |gain_db: f32| -> Vec<[f64; 2]> {
                    let band = band(shape, gain_db, q);
                    let (change, alone) = (Change::new(&band, 48_000.0), Prototype::alone(&band, 48_000.0));
                    let at = |step: i32| 1000.0 * 1.01f64.powi(step);
                    let both = |hz| [change.of(change.prototype.power(hz).sqrt()), alone.power(hz).sqrt()];
                    (-400..=400).map(|step| both(at(step))).collect()
                };
                for gain_db in [30.0, 3.0, 0.0, -3.0, -30.0] {
                    let highest =
                        heard(gain_db).as_flattened().iter().fold(0.0, |most: f64, gain| most.max(gain.abs()));
                    // Five octaves either way, in steps of 1 %: what is neither wider nor narrower is met.
                    assert!(
                        highest < 1.0 + 1e-9 && (highest > 0.8 || q != 0.7071),
                        "{shape:?} {gain_db} dB {q}: {highest}"
                    );
                }
                let (above, rest, below) = (heard(0.01), heard(0.0), heard(-0.01));
                for (other, rest) in above.iter().chain(&below).zip(rest.iter().chain(&rest)) {
                    // 0.01 dB are 0.12 %, times Q 40 of what moves by as much.
                    assert!((other[0] - rest[0]).abs() < 0.05 && (other[1] - rest[1]).abs() < 0.05, "{shape:?} {q}");
                }
            }
        }
    }

    #[test]
    fn of_cuts_and_a_notch_what_they_take_is_heard_and_of_a_band_pass_what_it_keeps() {
        let at = |shape, hz: f64| {
            let band = band(shape, 0.0, 0.7071);
            let change = Change::new(&band, 48_000.0);
            let magnitude = change.prototype.power(hz).sqrt();
            (magnitude, change.of(magnitude), Prototype::alone(&band, 48_000.0).power(hz).sqrt())
        };
        for (shape, hz) in [(BandShape::LowCut, 300.0), (BandShape::HighCut, 3000.0), (BandShape::Notch, 1500.0)] {
            let (magnitude, linear, alone) = at(shape, hz);
            assert!((linear - (1.0 - magnitude)).abs() < 1e-12);
            // A Butterworth cut's mirror, and what a notch takes, have the power that is missing.
            assert!((alone * alone - (1.0 - magnitude * magnitude)).abs() < 1e-9, "{shape:?}");
        }
        let (magnitude, linear, alone) = at(BandShape::BandPass, 1500.0);
        assert!(linear == magnitude && (alone - magnitude).abs() < 1e-12);
    }
}
