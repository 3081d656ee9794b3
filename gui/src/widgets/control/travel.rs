//! Which way and how far a pointer moves a control.

use runout_dsp_core::settings::Parameter;

use crate::setting;

/// Which way a pointer moves a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axis {
    /// To the right is more.
    Across,
    /// Up is more.
    Up,
}

/// How a pointer moves a control.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Travel {
    pub axis: Axis,
    /// A drag over this many points is the whole travel.
    pub points: f32,
    /// The part of the travel, 0 to 1, that is free.
    pub limits: [f64; 2],
}

impl Travel {
    /// That of knobs and fields.
    pub const KNOB: Self = Self { axis: Axis::Up, points: 200.0, limits: [0.0, 1.0] };

    /// The share of the travel that a movement of the pointer is.
    pub(super) fn share(&self, by: egui::Vec2) -> f64 {
        let points = match self.axis {
            Axis::Across => by.x,
            Axis::Up => -by.y,
        };
        f64::from(points / self.points)
    }

    /// A value kept within the limits.
    pub fn kept(&self, parameter: &Parameter, value: f32) -> f32 {
        if self.limits == Self::KNOB.limits {
            return value;
        }
        let [lowest, highest] = self.limits.map(|position| setting::value_at(parameter, position as f32));
        value.clamp(lowest, highest.max(lowest))
    }
}
