//! The settings of dsp-core as a host's parameters, and back.
//!
//! The framework's derive cannot make dotted, numbered ids; this is the one hand-written implementation of its trait.
//! Every value a host sets is rounded to the parameter's step on its way into [`ChainSettings`], so that it is the same
//! number as in a chain file.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use nice_plug::prelude::{BoolParam, FloatParam, FloatRange, IntParam, IntRange, Param, ParamPtr, Params};
use runout_dsp_core::settings::{ChainSettings, Kind, Module, Parameter, Purpose, Scale, Step, parameters};

/// A parameter in the form that the framework keeps.
enum Hosted {
    Number(FloatParam),
    Whole(IntParam),
    Switch(BoolParam),
}

/// One setting and its host parameter.
struct Entry {
    setting: Parameter,
    hosted: Hosted,
    /// The group that a host may show it in; empty where there is none.
    group: &'static str,
}

/// All parameters of one plugin.
pub struct HostParameters {
    entries: Vec<Entry>,
    /// The host's own bypass.
    bypass: BoolParam,
    /// Set by every change of a value, taken by the audio thread.
    changed: Arc<AtomicBool>,
}

impl HostParameters {
    /// The parameters of these modules, with the modules' names in theirs (`Limiter Ceiling`) and as groups if
    /// `full_names`.
    pub fn new(modules: &[Module], full_names: bool) -> Self {
        let changed = Arc::new(AtomicBool::new(true));
        let chosen = parameters().into_iter().filter(|setting| setting.module.is_some_and(|of| modules.contains(&of)));
        let entries = chosen
            .map(|setting| {
                let name = if full_names { setting.full_name() } else { setting.name.clone() };
                let group = setting.module.filter(|_| full_names).map_or("", Module::name);
                Entry { hosted: hosted(&setting, name, &changed), setting, group }
            })
            .collect();
        let marked = Arc::clone(&changed);
        let bypass = BoolParam::new("Bypass", false)
            .with_callback(Arc::new(move |_| marked.store(true, Ordering::Release)))
            .make_bypass();
        Self { entries, bypass, changed }
    }

    /// Whether any value has changed since this was last asked. Audio thread.
    pub fn take_changed(&self) -> bool {
        self.changed.swap(false, Ordering::AcqRel)
    }

    /// Writes every value, rounded to its step, into `settings`. Never allocates. Audio thread.
    pub fn collect(&self, settings: &mut ChainSettings) {
        for entry in &self.entries {
            let value = match &entry.hosted {
                Hosted::Number(param) => f64::from(param.value()),
                Hosted::Whole(param) => f64::from(param.value()),
                Hosted::Switch(param) => f64::from(u8::from(param.value())),
            };
            entry.setting.set(settings, value);
        }
    }

    /// Whether the host bypasses the plugin.
    pub fn is_bypassed(&self) -> bool {
        self.bypass.value()
    }
}

#[expect(unsafe_code, reason = "the framework's trait is unsafe: its pointers must live as long as the object")]
// SAFETY: the pointers go to parameters inside `entries` and `bypass`, which are never moved or changed in number after
// `new`; the object lives in an `Arc` that the wrapper holds for as long as it uses them.
unsafe impl Params for HostParameters {
    fn param_map(&self) -> Vec<(String, ParamPtr, String)> {
        let settings = self.entries.iter().map(|entry| {
            let pointer = match &entry.hosted {
                Hosted::Number(param) => param.as_ptr(),
                Hosted::Whole(param) => param.as_ptr(),
                Hosted::Switch(param) => param.as_ptr(),
            };
            (entry.setting.id.clone(), pointer, entry.group.to_owned())
        });
        settings.chain([("bypass".to_owned(), self.bypass.as_ptr(), String::new())]).collect()
    }
}

/// The framework's parameter for a setting.
fn hosted(setting: &Parameter, name: String, changed: &Arc<AtomicBool>) -> Hosted {
    let kind = setting.kind;
    let default = setting.default_value();
    let marked = Arc::clone(changed);
    // What moves the latency cannot be automated.
    let fixed = setting.purpose == Purpose::Latency;
    match kind {
        Kind::Number { step: Step::Whole, .. } | Kind::Choice(_) => {
            let (lowest, highest) = kind.range();
            let range = IntRange::Linear { min: lowest as i32, max: highest as i32 };
            let param = IntParam::new(name, default as i32, range)
                .with_callback(Arc::new(move |_| marked.store(true, Ordering::Release)))
                .with_value_to_string(Arc::new(move |value| kind.shown(value as f32)))
                .with_string_to_value(Arc::new(move |text| kind.parsed(text).ok().map(|value| value as i32)));
            Hosted::Whole(if fixed { param.non_automatable() } else { param })
        }
        Kind::Number { lowest, highest, scale, .. } => {
            let param = FloatParam::new(name, default, travel(lowest, highest, scale))
                .with_callback(Arc::new(move |_| marked.store(true, Ordering::Release)))
                .with_value_to_string(Arc::new(move |value| kind.shown(kind.rounded(f64::from(value)))))
                .with_string_to_value(Arc::new(move |text| kind.parsed(text).ok()));
            Hosted::Number(if fixed { param.non_automatable() } else { param })
        }
        Kind::Switch => {
            let param = BoolParam::new(name, default >= 0.5)
                .with_callback(Arc::new(move |_| marked.store(true, Ordering::Release)))
                .with_value_to_string(Arc::new(move |on| kind.shown(f32::from(u8::from(on)))))
                .with_string_to_value(Arc::new(move |text| kind.parsed(text).ok().map(|value| value >= 0.5)));
            Hosted::Switch(if fixed { param.non_automatable() } else { param })
        }
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
    use nice_plug::prelude::Param;

    #[test]
    fn every_step_survives_the_hosts_float() {
        for setting in parameters() {
            let kind = setting.kind;
            let Hosted::Number(param) = hosted(&setting, setting.name.clone(), &Arc::default()) else { continue };
            let (lowest, highest) = kind.range();
            for position in 0..=2000 {
                let exact = f64::from(lowest) + f64::from(highest - lowest) * f64::from(position) / 2000.0;
                let value = kind.rounded(exact);
                let back = param.preview_plain(param.preview_normalized(value));
                assert_eq!(kind.rounded(f64::from(back)), value, "{}", setting.id);
            }
        }
    }

    #[test]
    fn values_reach_the_settings_rounded() {
        let parameters = HostParameters::new(&[Module::Limiter], false);
        assert!(parameters.take_changed() && !parameters.take_changed());
        let mut settings = ChainSettings::default();
        settings.limiter.ceiling_dbtp = -7.0;
        parameters.collect(&mut settings);
        assert_eq!(settings, ChainSettings::default());
        assert!(!parameters.is_bypassed());
        assert_eq!(parameters.param_map().len(), 11);
    }
}
