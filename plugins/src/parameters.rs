//! The settings of dsp-core as a host's parameters, and back; beside them in the host's state, what the user prefers.
//!
//! The framework's derive cannot make dotted, numbered ids; this is the one hand-written implementation of its trait.
//! Every value a host sets is rounded to the parameter's step on its way into [`ChainSettings`], so that it is the same
//! number as in a chain file.

mod hosted;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use nice_plug::context::gui::GuiContext;
use nice_plug::plugin::ParamValue;
use nice_plug::prelude::{ParamPtr, Params, PluginState, RemoteControlsPage};
use runout_dsp_core::settings::{ChainSettings, Module, Parameter, Purpose, parameters};
use runout_gui::preferences::Preferences;

use hosted::{Hosted, stored};

/// The id of the host's own bypass.
const BYPASS: &str = "bypass";

/// The name of the preferences in the host's state, frozen: sessions in the world hold it.
const PREFERENCES: &str = "editor";

/// The settings that plugins of these modules show, in their order.
fn shown(modules: &[Module]) -> impl Iterator<Item = Parameter> {
    parameters().into_iter().filter(|setting| setting.is_of(modules))
}

/// Adds to a state what it does not say of the parameters of these modules, at their defaults: an older version knew fewer
/// of them, and what the instance held before must not stay. Whole numbers beyond the ends come to the nearest, for the
/// framework computes with them as they are. Allocates.
pub fn complete(state: &mut PluginState, modules: &[Module]) {
    for setting in shown(modules) {
        let (lowest, highest) = setting.kind.range();
        let default = stored(setting.kind, setting.default_value());
        let value = state.params.entry(setting.id).or_insert(default);
        if let ParamValue::I32(value) = value {
            *value = (*value).clamp(lowest as i32, highest as i32);
        }
    }
    state.params.entry(BYPASS.to_owned()).or_insert(ParamValue::Bool(false));
}

/// One parameter as a host has it.
struct Entry {
    id: String,
    hosted: Hosted,
    /// Its place in the settings; the host's bypass has none.
    setting: Option<Parameter>,
    /// The group that a host may show it in; empty where there is none.
    group: &'static str,
}

/// All parameters of one plugin.
pub struct HostParameters {
    /// The settings in their order, the host's bypass last.
    entries: Vec<Entry>,
    /// The place of each entry, by id.
    places: HashMap<String, usize>,
    /// Set by every change of a value, taken by the audio thread.
    changed: Arc<AtomicBool>,
    preferences: Arc<Preferences>,
}

impl HostParameters {
    /// The parameters of these modules, with the modules' names in theirs (`Limiter Ceiling`) and as groups if
    /// `full_names`, and the preferences that the host's state keeps.
    pub fn new(modules: &[Module], full_names: bool, preferences: Arc<Preferences>) -> Self {
        let changed = Arc::new(AtomicBool::new(true));
        let settings = shown(modules).map(|setting| {
            let name = if full_names { setting.full_name() } else { setting.name.clone() };
            let group = setting.module.filter(|_| full_names).map_or("", Module::name);
            let hosted = Hosted::new(name, setting.kind, setting.default_value(), &changed);
            // What moves the latency cannot be automated.
            let hosted = if setting.purpose == Purpose::Latency { hosted.non_automatable() } else { hosted };
            Entry { id: setting.id.clone(), hosted, setting: Some(setting), group }
        });
        let bypass = Entry { id: BYPASS.to_owned(), hosted: Hosted::bypass(&changed), setting: None, group: "" };
        let entries: Vec<Entry> = settings.chain([bypass]).collect();
        let places = entries.iter().enumerate().map(|(place, entry)| (entry.id.clone(), place)).collect();
        Self { entries, places, changed, preferences }
    }

    /// Whether any value has changed since this was last asked. Audio thread.
    pub fn take_changed(&self) -> bool {
        self.changed.swap(false, Ordering::AcqRel)
    }

    /// Writes every value, rounded to its step, into `settings`. Never allocates. Audio thread.
    pub fn collect(&self, settings: &mut ChainSettings) {
        for entry in &self.entries {
            if let Some(setting) = &entry.setting {
                setting.set(settings, entry.hosted.sounding_value());
            }
        }
    }

    /// Whether the host bypasses the plugin.
    pub fn is_bypassed(&self) -> bool {
        self.entries.last().is_some_and(|bypass| bypass.hosted.sounding_value() >= 0.5)
    }

    /// Adds a parameter to a page of a controller's; one that this plugin has not leaves its place empty.
    pub fn add_to_page(&self, id: &str, page: &mut impl RemoteControlsPage) {
        match self.places.get(id) {
            Some(place) => self.entries[*place].hosted.add_to_page(page),
            None => page.add_spacer(),
        }
    }

    /// What the user prefers.
    pub fn preferences(&self) -> &Arc<Preferences> {
        &self.preferences
    }

    /// The value of a parameter as it is set, rounded to its step. Any thread.
    pub fn value(&self, id: &str) -> Option<f32> {
        self.hosted(id).map(Hosted::set_value)
    }

    /// The default of a parameter.
    pub fn default_value(&self, id: &str) -> Option<f32> {
        self.hosted(id).map(Hosted::default_value)
    }

    /// The text of a value of a parameter, with its unit.
    pub fn text(&self, id: &str, value: f32) -> Option<String> {
        self.hosted(id).map(|hosted| hosted.kind().shown(value))
    }

    /// A value rounded to the step of a parameter.
    pub fn rounded(&self, id: &str, value: f32) -> Option<f32> {
        self.hosted(id).map(|hosted| hosted.kind().rounded(f64::from(value)))
    }

    /// Tells the host that a gesture begins. The window's thread; an unknown id does nothing.
    pub fn begin(&self, id: &str, host: &GuiContext) {
        if let Some(hosted) = self.hosted(id) {
            hosted.begin(&host.param_setter());
        }
    }

    /// Asks the host for a value, rounded. The window's thread; an unknown id does nothing.
    pub fn set(&self, id: &str, value: f32, host: &GuiContext) {
        if let Some(hosted) = self.hosted(id) {
            hosted.set(&host.param_setter(), hosted.kind().rounded(f64::from(value)));
        }
    }

    /// Tells the host that a gesture ends. The window's thread; an unknown id does nothing.
    pub fn end(&self, id: &str, host: &GuiContext) {
        if let Some(hosted) = self.hosted(id) {
            hosted.end(&host.param_setter());
        }
    }

    fn hosted(&self, id: &str) -> Option<&Hosted> {
        self.places.get(id).map(|place| &self.entries[*place].hosted)
    }
}

#[expect(unsafe_code, reason = "the framework's trait is unsafe: its pointers must live as long as the object")]
// SAFETY: the pointers go to parameters inside `entries`, which is never moved or changed in number after `new`; the
// object lives in an `Arc` that the wrapper holds for as long as it uses them.
unsafe impl Params for HostParameters {
    fn param_map(&self) -> Vec<(String, ParamPtr, String)> {
        let entry = |entry: &Entry| (entry.id.clone(), entry.hosted.pointer(), entry.group.to_owned());
        self.entries.iter().map(entry).collect()
    }

    fn serialize_fields(&self) -> BTreeMap<String, String> {
        BTreeMap::from([(PREFERENCES.to_owned(), self.preferences.text())])
    }

    /// Stores atomics only: nothing waits for it or is woken by it.
    fn deserialize_fields(&self, serialized: &BTreeMap<String, String>) {
        if let Some(text) = serialized.get(PREFERENCES) {
            self.preferences.take_text(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limiter() -> HostParameters {
        HostParameters::new(&[Module::Limiter], false, Arc::new(Preferences::new([1000, 620])))
    }

    #[test]
    fn values_reach_the_settings_rounded() {
        let parameters = limiter();
        assert!(parameters.take_changed() && !parameters.take_changed());
        let mut settings = ChainSettings::default();
        settings.limiter.ceiling_dbtp = -7.0;
        parameters.collect(&mut settings);
        assert_eq!(settings, ChainSettings::default());
        assert!(!parameters.is_bypassed());
        assert_eq!(parameters.param_map().len(), 11);
    }

    #[test]
    fn an_editor_finds_every_parameter_by_its_id() {
        let parameters = limiter();
        assert_eq!(parameters.value("limiter.ceiling_dbtp"), Some(-1.0));
        assert_eq!(parameters.text("limiter.ceiling_dbtp", -0.5).as_deref(), Some("-0.5 dBTP"));
        assert_eq!(parameters.rounded("limiter.ceiling_dbtp", -0.123), Some(-0.12));
        assert_eq!(parameters.default_value("bypass"), Some(0.0));
        assert_eq!(parameters.text("bypass", 1.0).as_deref(), Some("on"));
        assert_eq!(parameters.value("input.gain_db"), None);
    }

    #[test]
    fn a_state_is_completed_and_what_it_says_stays() {
        let said = BTreeMap::from([("limiter.ceiling_dbtp".to_owned(), ParamValue::F32(-3.0))]);
        let mut state = PluginState { version: String::new(), params: said, fields: BTreeMap::new() };
        complete(&mut state, &[Module::Limiter]);
        let mut ids: Vec<String> = limiter().param_map().into_iter().map(|(id, ..)| id).collect();
        ids.sort();
        assert_eq!(state.params.keys().cloned().collect::<Vec<_>>(), ids);
        assert!(matches!(state.params["limiter.ceiling_dbtp"], ParamValue::F32(-3.0)));
        assert!(matches!(state.params["limiter.release_ms"], ParamValue::F32(80.0)));
        assert!(matches!(state.params["limiter.style"], ParamValue::I32(0)));
        assert!(matches!(state.params["limiter.enabled"], ParamValue::Bool(true)));
        assert!(matches!(state.params["bypass"], ParamValue::Bool(false)));
    }

    #[test]
    fn a_whole_number_out_of_range_comes_to_the_nearest_end() {
        for (wild, kept) in [(i32::MIN, 1), (0, 1), (4, 4), (7, 6), (i32::MAX, 6)] {
            let said = BTreeMap::from([("compressor.bands".to_owned(), ParamValue::I32(wild))]);
            let mut state = PluginState { version: String::new(), params: said, fields: BTreeMap::new() };
            complete(&mut state, &[Module::Compressor]);
            assert!(matches!(state.params["compressor.bands"], ParamValue::I32(found) if found == kept), "{wild}");
        }
    }

    #[test]
    fn preferences_travel_with_the_state() {
        let (here, there) = (limiter(), limiter());
        here.preferences().set_zoom_percent(150);
        here.preferences().set_reset_on_play(true);
        there.deserialize_fields(&here.serialize_fields());
        assert_eq!(there.preferences().text(), here.preferences().text());
        assert!(there.preferences().resets_on_play());
    }
}
