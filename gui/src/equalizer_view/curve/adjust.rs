//! What pointer and keys move of a band, as gestures to the host.

use egui::{Context, Id};
use runout_dsp_core::settings::{BandShape, CutSlope, EqualizerBand, Parameter};

use crate::equalizer_view::bands;
use crate::parameters::Parameters;
use crate::{gesture, setting};

/// What one step of the wheel or a key moves Q by, as a share of its travel: by a ninth; a fine one by a hundredth.
const Q_STEP: f64 = 1.0 / 64.0;
const FINE_Q_STEP: f64 = 1.0 / 640.0;

/// A value of a band that the curve moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Hz.
    Frequency,
    /// dB.
    Gain,
    /// Quality factor.
    Q,
    /// The place of a cut's slope among all.
    Slope,
}

impl Field {
    const ALL: [Self; 4] = [Self::Frequency, Self::Gain, Self::Q, Self::Slope];

    fn key(self) -> &'static str {
        match self {
            Self::Frequency => "frequency_hz",
            Self::Gain => "gain_db",
            Self::Q => "q",
            Self::Slope => "slope_db_per_oct",
        }
    }

    fn get(self, band: &EqualizerBand) -> f32 {
        match self {
            Self::Frequency => band.frequency_hz,
            Self::Gain => band.gain_db,
            Self::Q => band.q,
            Self::Slope => band.slope_db_per_oct.index(),
        }
    }

    fn set(self, band: &mut EqualizerBand, value: f32) {
        match self {
            Self::Frequency => band.frequency_hz = value,
            Self::Gain => band.gain_db = value,
            Self::Q => band.q = value,
            Self::Slope => band.slope_db_per_oct = CutSlope::from_index(value),
        }
    }
}

/// Moves the band of one slot.
#[derive(Clone, Copy)]
pub struct Adjuster<'a> {
    /// The window.
    pub context: &'a Context,
    /// The plugin's parameters.
    pub parameters: &'a dyn Parameters,
    /// The slot, from 0.
    pub slot: usize,
}

impl Adjuster<'_> {
    /// Says that the band is still there, so that its gestures go on, and gives it the values last sent.
    pub fn keep(&self, band: &mut EqualizerBand) {
        for field in Field::ALL {
            if let Some(sent) = gesture::keep(self.context, self.owner(field)) {
                field.set(band, sent);
            }
        }
    }

    /// Begins a drag of a value.
    pub fn begin(&self, field: Field, band: &EqualizerBand) {
        if let Some(parameter) = self.parameter(field) {
            let position = f64::from(setting::position(parameter, field.get(band)));
            gesture::begin(self.context, self.parameters, self.owner(field), &parameter.id, position);
        }
    }

    /// Drags a value by a share of its travel, within limits of that travel; one that lies beyond them may come back.
    pub fn drag(&self, field: Field, by: f64, limits: [f64; 2], is_fine: bool) {
        let owner = self.owner(field);
        let (Some(parameter), Some(from)) = (self.parameter(field), gesture::moved(self.context, owner, 0.0)) else {
            return;
        };
        let to = (from + by).clamp(limits[0].min(from), limits[1].max(from));
        if to == from {
            return;
        }
        if let Some(position) = gesture::moved(self.context, owner, to - from) {
            let value = setting::gridded(parameter, position, is_fine);
            gesture::set(self.context, self.parameters, owner, value);
        }
    }

    /// Moves a value by steps, up where they are positive.
    pub fn step(&self, field: Field, band: &mut EqualizerBand, steps: i32, is_fine: bool) {
        let Some(parameter) = self.parameter(field) else { return };
        let value = match field {
            Field::Q => stepped_q(parameter, band.q, steps, is_fine),
            _ => setting::stepped(parameter, field.get(band), steps, is_fine),
        };
        field.set(band, value);
        gesture::step(self.context, self.parameters, self.owner(field), &parameter.id, value);
    }

    /// Makes the band narrower, or a cut steeper, by steps; a tilt is neither.
    pub fn narrow(&self, band: &mut EqualizerBand, steps: i32, is_fine: bool) {
        match band.shape {
            BandShape::Tilt => {}
            shape if bands::has_slope(shape) => self.step(Field::Slope, band, steps, is_fine),
            _ => self.step(Field::Q, band, steps, is_fine),
        }
    }

    fn parameter(&self, field: Field) -> Option<&'static Parameter> {
        setting::find(&bands::id(self.slot, field.key()))
    }

    fn owner(&self, field: Field) -> Id {
        Id::unique("runout equalizer curve").with((self.slot, field.key()))
    }
}

/// Q some steps of equal ratio on, in round numbers.
fn stepped_q(parameter: &Parameter, q: f32, steps: i32, is_fine: bool) -> f32 {
    let by = if is_fine { FINE_Q_STEP } else { Q_STEP } * f64::from(steps);
    let position = f64::from(setting::position(parameter, q)) + by;
    setting::gridded(parameter, position.clamp(0.0, 1.0), is_fine)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_q_are_round_and_never_stuck() {
        let parameter = setting::find("equalizer.band.1.q").unwrap();
        let (lowest, highest) = parameter.kind.range();
        for (is_fine, most) in [(false, 80), (true, 800)] {
            for (from, to, direction) in [(lowest, highest, 1), (highest, lowest, -1)] {
                let (mut q, mut steps) = (from, 0);
                while q != to {
                    let next = stepped_q(parameter, q, direction, is_fine);
                    assert!((next - q) * direction as f32 > 0.0, "stuck at {q}");
                    (q, steps) = (next, steps + 1);
                }
                assert!(steps <= most, "{steps} steps");
            }
        }
        assert_eq!(stepped_q(parameter, 1.2, 1, false), 1.3);
        assert_eq!(stepped_q(parameter, 1.2, 1, true), 1.21);
    }
}
