//! One section of a high-pass: trapezoidal filters of first and second order, which stay calm while their corner moves.
//!
//! (After V. Zavalishin, "The Art of VA Filter Design".)

use std::f64::consts::PI;

use crate::biquad::integrators;
use crate::entrance::flush_states;

/// What a section is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Kind {
    /// 6 dB per octave.
    #[default]
    First,
    /// 12 dB per octave, with 1/Q.
    Second {
        /// 1/Q.
        damping: f64,
    },
}

/// A section and its state.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Section {
    kind: Kind,
    coefficients: [f64; 3],
    /// What is added to the coefficients before every frame while the corner moves.
    steps: [f64; 3],
    states: [f64; 2],
}

impl Section {
    /// A section at rest; [`stand`](Self::stand) before use.
    pub(super) fn new(kind: Kind) -> Self {
        Self { kind, ..Self::default() }
    }

    fn designed(&self, corner_hz: f64, sample_rate: f64) -> [f64; 3] {
        let g = (PI * corner_hz / sample_rate).tan();
        match self.kind {
            Kind::First => [g / (1.0 + g), 0.0, 0.0],
            Kind::Second { damping } => integrators(g, damping),
        }
    }

    /// Stands at a corner, Hz, below half the rate.
    pub(super) fn stand(&mut self, corner_hz: f64, sample_rate: f64) {
        self.coefficients = self.designed(corner_hz, sample_rate);
        self.steps = [0.0; 3];
    }

    /// Moves to a corner, Hz, in as many frames.
    pub(super) fn lead(&mut self, corner_hz: f64, sample_rate: f64, frames: usize) {
        let wanted = self.designed(corner_hz, sample_rate);
        for ((step, from), to) in self.steps.iter_mut().zip(self.coefficients).zip(wanted) {
            *step = (to - from) / frames as f64;
        }
    }

    /// Sets to zero what is about to become subnormal.
    pub(super) fn flush(&mut self) {
        flush_states(&mut self.states);
    }

    /// Filters frames in place.
    pub(super) fn run(&mut self, frames: &mut [f64]) {
        match self.kind {
            Kind::First => self.run_first(frames),
            Kind::Second { damping } => self.run_second(frames, damping),
        }
    }

    fn run_first(&mut self, frames: &mut [f64]) {
        let ([mut share, ..], [step, ..], [mut state, _]) = (self.coefficients, self.steps, self.states);
        for frame in frames {
            share += step;
            let way = (*frame - state) * share;
            let low = way + state;
            state = low + way;
            *frame -= low;
        }
        (self.coefficients[0], self.states[0]) = (share, state);
    }

    fn run_second(&mut self, frames: &mut [f64], damping: f64) {
        let ([mut a, mut b, mut c], [da, db, dc], [mut one, mut two]) = (self.coefficients, self.steps, self.states);
        for frame in frames {
            (a, b, c) = (a + da, b + db, c + dc);
            let above = *frame - two;
            let band = a * one + b * above;
            let low = two + (b * one + c * above);
            one = 2.0 * band - one;
            two = 2.0 * low - two;
            *frame -= damping * band + low;
        }
        (self.coefficients, self.states) = ([a, b, c], [one, two]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The level of a tone after a section, dB.
    fn level_db(kind: Kind, corner_hz: f64, tone_hz: f64) -> f64 {
        let mut section = Section::new(kind);
        section.stand(corner_hz, 48_000.0);
        let mut frames: Vec<f64> =
            (0..96_000).map(|frame| (2.0 * PI * tone_hz * f64::from(frame) / 48_000.0).sin()).collect();
        section.run(&mut frames);
        let power: f64 = frames[48_000..].iter().map(|sample| sample * sample).sum::<f64>() / 48_000.0;
        10.0 * (2.0 * power).log10()
    }

    #[test]
    fn sections_are_butterworths_high_passes() {
        for octaves in [-3.0, -1.0, 0.0, 1.0, 3.0] {
            let ratio = 2f64.powf(octaves);
            // The analog response; at these frequencies the bilinear transform is off by less than 0.001 dB.
            let first = -10.0 * (1.0 + ratio.powi(-2)).log10();
            let second = -10.0 * (1.0 + ratio.powi(-4)).log10();
            let damping = std::f64::consts::SQRT_2;
            assert!((level_db(Kind::First, 80.0, 80.0 * ratio) - first).abs() < 0.002, "first, {octaves}");
            assert!(
                (level_db(Kind::Second { damping }, 80.0, 80.0 * ratio) - second).abs() < 0.002,
                "second, {octaves}"
            );
        }
    }

    #[test]
    fn what_rings_is_flushed_long_before_it_is_subnormal() {
        for kind in [Kind::First, Kind::Second { damping: 1.0 }] {
            let mut section = Section::new(kind);
            section.stand(20.0, 48_000.0);
            section.run(&mut [1.0; 64]);
            for _ in 0..20_000 {
                section.run(&mut [0.0; 64]);
                section.flush();
            }
            assert_eq!(section.states, [0.0; 2], "{kind:?}");
        }
    }
}
