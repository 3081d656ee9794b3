//! The analog responses that a band promises: bell, shelves, notch and band-pass of the Audio EQ Cookbook (H(s), "Q" form),
//! Butterworth cuts, and a first-order tilt.
//!
//! Every response is a product of sections whose power is a ratio of two quadratics in x = (f / f0)^2, so one form
//! serves the linear-phase kernel, the zero-latency fit and the editor's curve.
//!
//! Source: R. Bristow-Johnson, "Cookbook formulae for audio equalizer biquad filter coefficients", W3C Note 2021.

mod alone;

use std::f64::consts::PI;

pub use alone::Change;
pub(super) use alone::soloed;

use crate::settings::{BandShape, CutSlope, EqualizerBand};

/// The most sections of one band: a cut of 96 dB per octave has 16 poles.
pub const MOST_SECTIONS: usize = 8;

/// The highest corner, relative to the sample rate.
const HIGHEST_CORNER: f64 = 0.499;

/// A section's power over x = (f / f0)^2: `(above[0] + above[1] x + above[2] x^2) / (below[0] + ...)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Section {
    /// The numerator, ascending powers of x.
    pub above: [f64; 3],
    /// The denominator, ascending powers of x.
    pub below: [f64; 3],
}

impl Section {
    /// Passes everything.
    const FLAT: Self = Self { above: [1.0, 0.0, 0.0], below: [1.0, 0.0, 0.0] };

    /// The power at x.
    pub fn power(&self, x: f64) -> f64 {
        let value = |of: &[f64; 3]| of[0] + x * (of[1] + x * of[2]);
        value(&self.above) / value(&self.below)
    }
}

/// The corner of a band as it is used at a sample rate, Hz; below 0.499 of the rate it is the one that was set.
pub fn corner_hz(band: &EqualizerBand, sample_rate: f64) -> f64 {
    f64::from(band.frequency_hz).min(HIGHEST_CORNER * sample_rate)
}

/// The response of one band.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prototype {
    /// Center or corner, Hz, as used: kept below 0.499 of the sample rate.
    pub frequency_hz: f64,
    sections: [Section; MOST_SECTIONS],
    count: usize,
}

impl Prototype {
    /// The response of a band at a sample rate in Hz; whether the band is enabled is not its business.
    pub fn new(band: &EqualizerBand, sample_rate: f64) -> Self {
        let frequency_hz = corner_hz(band, sample_rate);
        let mut prototype = Self { frequency_hz, sections: [Section::FLAT; MOST_SECTIONS], count: 0 };
        match band.shape {
            BandShape::LowCut => prototype.cut(band, true),
            BandShape::HighCut => prototype.cut(band, false),
            _ => prototype.push(single(band)),
        }
        prototype
    }

    /// The sections, each a ratio of quadratics in (f / f0)^2.
    pub fn sections(&self) -> &[Section] {
        &self.sections[..self.count]
    }

    /// The power of the response (the squared magnitude) at a frequency in Hz.
    pub fn power(&self, frequency_hz: f64) -> f64 {
        let x = (frequency_hz / self.frequency_hz).powi(2);
        self.sections().iter().map(|section| section.power(x)).product()
    }

    fn push(&mut self, section: Section) {
        self.sections[self.count] = section;
        self.count += 1;
    }

    /// A Butterworth cut: pairs of poles, and one alone where their number is odd. Q scales the most resonant pair.
    fn cut(&mut self, band: &EqualizerBand, low: bool) {
        let order = cut_order(band.slope_db_per_oct);
        let turned = |section: Section| if low { section.turned() } else { section };
        if order % 2 == 1 {
            self.push(turned(Section { above: [1.0, 0.0, 0.0], below: [1.0, 1.0, 0.0] }));
        }
        for pair in 0..order / 2 {
            let angle = PI * (2 * pair + 1) as f64 / (2 * order) as f64;
            // The pair nearest to the imaginary axis comes first: its damping, 2 sin(angle), is the least.
            let mut q = 0.5 / angle.sin();
            if pair == 0 {
                q *= f64::from(band.q) / f64::from(BUTTERWORTH_Q);
            }
            self.push(turned(Section { above: [1.0, 0.0, 0.0], below: [1.0, 1.0 / (q * q) - 2.0, 1.0] }));
        }
    }
}

impl Section {
    /// The same with low and high changed over: x becomes 1 / x.
    fn turned(self) -> Self {
        let degree = if self.below[2] == 0.0 { 1 } else { 2 };
        let turn = |of: [f64; 3]| if degree == 2 { [of[2], of[1], of[0]] } else { [of[1], of[0], 0.0] };
        Self { above: turn(self.above), below: turn(self.below) }
    }
}

/// The setting of Q that leaves a cut Butterworth: the nearest that the parameter's step allows.
#[expect(clippy::approx_constant, reason = "four digits are the step of Q")]
const BUTTERWORTH_Q: f32 = 0.7071;

/// The number of poles of a cut.
pub fn cut_order(slope: CutSlope) -> usize {
    match slope {
        CutSlope::Six => 1,
        CutSlope::Twelve => 2,
        CutSlope::Eighteen => 3,
        CutSlope::TwentyFour => 4,
        CutSlope::ThirtySix => 6,
        CutSlope::FortyEight => 8,
        CutSlope::SeventyTwo => 12,
        CutSlope::NinetySix => 16,
    }
}

/// The shapes that are one section.
fn single(band: &EqualizerBand) -> Section {
    // The square root of the gain, as in the Cookbook.
    let root = 10f64.powf(f64::from(band.gain_db) / 40.0);
    let square = root * root;
    let damping = 1.0 / (f64::from(band.q) * f64::from(band.q));
    let resonance = |at: f64| [1.0, at * damping - 2.0, 1.0];
    let low_side = [square, root * damping - 2.0 * root, 1.0];
    let high_side = [1.0, root * damping - 2.0 * root, square];
    let times = |of: [f64; 3]| of.map(|part| part * square);
    match band.shape {
        BandShape::Bell => Section { above: resonance(square), below: resonance(1.0 / square) },
        BandShape::LowShelf => Section { above: times(low_side), below: high_side },
        BandShape::HighShelf => Section { above: times(high_side), below: low_side },
        BandShape::Notch => Section { above: [1.0, -2.0, 1.0], below: resonance(1.0) },
        BandShape::BandPass => Section { above: [0.0, damping, 0.0], below: resonance(1.0) },
        BandShape::Tilt => {
            let whole = square * square;
            Section { above: [1.0, whole, 0.0], below: [whole, 1.0, 0.0] }
        }
        BandShape::LowCut | BandShape::HighCut => Section::FLAT,
    }
}

#[cfg(test)]
#[expect(clippy::approx_constant, reason = "four digits are the step of Q")]
mod tests {
    use super::*;
    use rustfft::num_complex::Complex;

    fn band(shape: BandShape, gain_db: f32, q: f32) -> EqualizerBand {
        EqualizerBand { enabled: true, shape, gain_db, q, frequency_hz: 1000.0, ..EqualizerBand::default() }
    }

    /// The Cookbook's H(s), evaluated as written there.
    fn cookbook(band: &EqualizerBand, frequency_hz: f64) -> f64 {
        let s = Complex::new(0.0, frequency_hz / f64::from(band.frequency_hz));
        let (a, q) = (10f64.powf(f64::from(band.gain_db) / 40.0), f64::from(band.q));
        let ratio = match band.shape {
            BandShape::Bell => (s * s + s * (a / q) + 1.0) / (s * s + s / (a * q) + 1.0),
            BandShape::LowShelf => (s * s + s * (a.sqrt() / q) + a) * a / (s * s * a + s * (a.sqrt() / q) + 1.0),
            BandShape::HighShelf => (s * s * a + s * (a.sqrt() / q) + 1.0) * a / (s * s + s * (a.sqrt() / q) + a),
            BandShape::Notch => (s * s + 1.0) / (s * s + s / q + 1.0),
            BandShape::BandPass => (s / q) / (s * s + s / q + 1.0),
            _ => Complex::new(f64::NAN, f64::NAN),
        };
        ratio.norm_sqr()
    }

    #[test]
    fn the_power_is_that_of_the_cookbooks_formulas() {
        let shapes =
            [BandShape::Bell, BandShape::LowShelf, BandShape::HighShelf, BandShape::Notch, BandShape::BandPass];
        for shape in shapes {
            for (gain_db, q) in [(6.0, 0.7071), (-12.0, 3.0), (30.0, 0.025), (-30.0, 40.0)] {
                let band = band(shape, gain_db, q);
                let prototype = Prototype::new(&band, 48_000.0);
                for frequency_hz in [10.0, 500.0, 999.0, 1001.0, 1700.0, 23_000.0] {
                    let (power, expected) = (prototype.power(frequency_hz), cookbook(&band, frequency_hz));
                    assert!((power / expected - 1.0).abs() < 1e-9, "{shape:?} {gain_db} dB {q} at {frequency_hz} Hz");
                }
            }
        }
    }

    #[test]
    fn cuts_are_butterworth_at_every_slope() {
        for slope in CutSlope::ALL {
            let n = cut_order(*slope) as i32;
            for (shape, turn) in [(BandShape::HighCut, 1), (BandShape::LowCut, -1)] {
                let cut = EqualizerBand { slope_db_per_oct: *slope, ..band(shape, 0.0, 0.7071) };
                let prototype = Prototype::new(&cut, 48_000.0);
                for frequency_hz in [100.0f64, 900.0, 1000.0, 1100.0, 4000.0] {
                    let expected = 1.0 / (1.0 + (frequency_hz / 1000.0).powi(2 * n * turn));
                    let power = prototype.power(frequency_hz);
                    assert!((power / expected - 1.0).abs() < 1e-9, "{slope:?} at {frequency_hz} Hz: {power}");
                }
            }
        }
    }

    #[test]
    fn q_scales_the_most_resonant_pair_of_a_cut() {
        let cut = EqualizerBand { slope_db_per_oct: CutSlope::TwentyFour, ..band(BandShape::LowCut, 0.0, 1.4142) };
        let plain = EqualizerBand { q: 0.7071, ..cut };
        let ratio = Prototype::new(&cut, 48_000.0).power(1000.0) / Prototype::new(&plain, 48_000.0).power(1000.0);
        // At the corner a pair has its Q as gain: twice the Q, four times the power.
        assert!((ratio - 4.0).abs() < 1e-6, "{ratio}");
    }

    #[test]
    fn a_tilt_turns_around_its_frequency() {
        let prototype = Prototype::new(&band(BandShape::Tilt, 6.0, 0.7071), 48_000.0);
        let db = |frequency_hz: f64| 10.0 * prototype.power(frequency_hz).log10();
        assert!((db(1e-3) + 6.0).abs() < 1e-6 && (db(1e9) - 6.0).abs() < 1e-6 && db(1000.0).abs() < 1e-9);
    }

    #[test]
    fn a_corner_above_the_rates_half_is_kept_below_it() {
        let high = EqualizerBand { frequency_hz: 30_000.0, ..EqualizerBand::default() };
        assert!((Prototype::new(&high, 44_100.0).frequency_hz - 22_005.9).abs() < 0.01);
    }
}
