//! One setting in the form that the framework keeps.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use nice_plug::context::gui::ParamSetter;
use nice_plug::plugin::ParamValue;
use nice_plug::prelude::{BoolParam, FloatParam, FloatRange, IntParam, IntRange, Param, ParamPtr, RemoteControlsPage};
use runout_dsp_core::settings::{Kind, Scale, Step};

/// A host's parameter, with the values of a [`Kind`].
pub(super) struct Hosted {
    kind: Kind,
    default: f32,
    param: Kept,
}

/// The framework's parameter.
enum Kept {
    Number(FloatParam),
    Whole(IntParam),
    Switch(BoolParam),
}

impl Hosted {
    /// A parameter of this name; every change of its value sets `changed`.
    pub fn new(name: impl Into<String>, kind: Kind, default: f32, changed: &Arc<AtomicBool>) -> Self {
        let marked = Arc::clone(changed);
        let param = match kind {
            Kind::Number { step: Step::Whole, .. } | Kind::Choice(_) => {
                let (lowest, highest) = kind.range();
                let range = IntRange::Linear { min: lowest as i32, max: highest as i32 };
                let param = IntParam::new(name, default as i32, range)
                    .with_callback(Arc::new(move |_| marked.store(true, Ordering::Release)))
                    .with_value_to_string(Arc::new(move |value| kind.shown(value as f32)))
                    .with_string_to_value(Arc::new(move |text| kind.parsed(text).ok().map(|value| value as i32)));
                Kept::Whole(param)
            }
            Kind::Number { lowest, highest, scale, .. } => {
                let param = FloatParam::new(name, default, travel(lowest, highest, scale))
                    .with_callback(Arc::new(move |_| marked.store(true, Ordering::Release)))
                    .with_value_to_string(Arc::new(move |value| kind.shown(kind.rounded(f64::from(value)))))
                    .with_string_to_value(Arc::new(move |text| kind.parsed(text).ok()));
                Kept::Number(param)
            }
            Kind::Switch => {
                let param = BoolParam::new(name, default >= 0.5)
                    .with_callback(Arc::new(move |_| marked.store(true, Ordering::Release)))
                    .with_value_to_string(Arc::new(move |on| kind.shown(f32::from(u8::from(on)))))
                    .with_string_to_value(Arc::new(move |text| kind.parsed(text).ok().map(|value| value >= 0.5)));
                Kept::Switch(param)
            }
        };
        Self { kind, default, param }
    }

    /// The same, which a host may not automate.
    pub fn non_automatable(self) -> Self {
        let param = match self.param {
            Kept::Number(param) => Kept::Number(param.non_automatable()),
            Kept::Whole(param) => Kept::Whole(param.non_automatable()),
            Kept::Switch(param) => Kept::Switch(param.non_automatable()),
        };
        Self { param, ..self }
    }

    /// The host's own bypass, in the framework's words.
    pub fn bypass(changed: &Arc<AtomicBool>) -> Self {
        let marked = Arc::clone(changed);
        let param = BoolParam::new("Bypass", false)
            .with_callback(Arc::new(move |_| marked.store(true, Ordering::Release)))
            .make_bypass();
        Self { kind: Kind::Switch, default: 0.0, param: Kept::Switch(param) }
    }

    /// The value that sounds, with the host's modulation; not rounded. Any thread.
    pub fn sounding_value(&self) -> f64 {
        match &self.param {
            Kept::Number(param) => f64::from(param.value()),
            Kept::Whole(param) => f64::from(param.value()),
            Kept::Switch(param) => f64::from(u8::from(param.value())),
        }
    }

    /// The value that is set, without modulation, rounded to its step. Any thread.
    pub fn set_value(&self) -> f32 {
        let value = match &self.param {
            Kept::Number(param) => f64::from(param.unmodulated_plain_value()),
            Kept::Whole(param) => f64::from(param.unmodulated_plain_value()),
            Kept::Switch(param) => f64::from(u8::from(param.unmodulated_plain_value())),
        };
        self.kind.rounded(value)
    }

    /// The default.
    pub fn default_value(&self) -> f32 {
        self.default
    }

    /// The values it takes.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The framework's pointer.
    pub fn pointer(&self) -> ParamPtr {
        match &self.param {
            Kept::Number(param) => param.as_ptr(),
            Kept::Whole(param) => param.as_ptr(),
            Kept::Switch(param) => param.as_ptr(),
        }
    }

    /// Adds it to a page of a controller's.
    pub fn add_to_page(&self, page: &mut impl RemoteControlsPage) {
        match &self.param {
            Kept::Number(param) => page.add_param(param),
            Kept::Whole(param) => page.add_param(param),
            Kept::Switch(param) => page.add_param(param),
        }
    }

    /// Tells the host that a gesture begins. The window's thread.
    pub fn begin(&self, setter: &ParamSetter) {
        match &self.param {
            Kept::Number(param) => setter.begin_set_parameter(param),
            Kept::Whole(param) => setter.begin_set_parameter(param),
            Kept::Switch(param) => setter.begin_set_parameter(param),
        }
    }

    /// Asks the host for a value that is on its step. The window's thread.
    pub fn set(&self, setter: &ParamSetter, value: f32) {
        match &self.param {
            Kept::Number(param) => setter.set_parameter(param, value),
            Kept::Whole(param) => setter.set_parameter(param, value as i32),
            Kept::Switch(param) => setter.set_parameter(param, value >= 0.5),
        }
    }

    /// Tells the host that a gesture ends. The window's thread.
    pub fn end(&self, setter: &ParamSetter) {
        match &self.param {
            Kept::Number(param) => setter.end_set_parameter(param),
            Kept::Whole(param) => setter.end_set_parameter(param),
            Kept::Switch(param) => setter.end_set_parameter(param),
        }
    }
}

/// A value as a host's state keeps it, for a parameter that holds values of this kind.
pub(super) fn stored(kind: Kind, value: f32) -> ParamValue {
    match kind {
        Kind::Number { step: Step::Whole, .. } | Kind::Choice(_) => ParamValue::I32(value as i32),
        Kind::Number { .. } => ParamValue::F32(value),
        Kind::Switch => ParamValue::Bool(value >= 0.5),
    }
}

/// A range whose middle is the geometric mean of its ends for a logarithmic travel; one that starts at 0 counts from a
/// thousandth of its highest value.
fn travel(lowest: f32, highest: f32, scale: Scale) -> FloatRange {
    match scale {
        Scale::Linear => FloatRange::Linear { min: lowest, max: highest },
        Scale::Logarithmic => {
            let middle = (lowest.max(highest / 1000.0) * highest).sqrt();
            let factor = 0.5f32.ln() / ((middle - lowest) / (highest - lowest)).ln();
            FloatRange::Skewed { min: lowest, max: highest, factor }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use runout_dsp_core::settings::parameters;

    #[test]
    fn every_step_survives_the_hosts_float() {
        let mut numbers = 0;
        for setting in parameters() {
            let kind = setting.kind;
            let hosted = Hosted::new(setting.name.clone(), kind, setting.default_value(), &Arc::default());
            let Kept::Number(param) = hosted.param else { continue };
            numbers += 1;
            let (lowest, highest) = kind.range();
            for position in 0..=2000 {
                let exact = f64::from(lowest) + f64::from(highest - lowest) * f64::from(position) / 2000.0;
                let value = kind.rounded(exact);
                let back = param.preview_plain(param.preview_normalized(value));
                assert_eq!(kind.rounded(f64::from(back)), value, "{}", setting.id);
            }
        }
        assert!(numbers > 100, "only {numbers} parameters are numbers");
    }
}
