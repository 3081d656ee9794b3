//! An editor's view of the parameters, over the host.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use nice_plug::context::gui::GuiContext;
use runout_gui::parameters::Parameters;

use crate::parameters::HostParameters;

/// How long a value that was asked for is shown although the host has not brought it yet. Hosts that process bring it
/// with the next block, others when they flush; one that never does has refused it.
const PATIENCE: Duration = Duration::from_millis(500);

/// A value that was asked for and has not come.
struct Asked {
    value: f32,
    /// What the parameter was then.
    before: f32,
    until: Instant,
}

/// The parameters of one plugin while its window is open. The window's thread.
pub struct Bridge {
    parameters: Arc<HostParameters>,
    host: GuiContext,
    /// Gone with the plugin: a host may destroy it with its window open, and is not to be called then.
    plugin: Weak<()>,
    asked: RefCell<BTreeMap<String, Asked>>,
    patience: Duration,
}

impl Bridge {
    /// A bridge to the host for as long as the plugin lives.
    pub fn new(parameters: Arc<HostParameters>, host: GuiContext, plugin: Weak<()>) -> Self {
        Self { parameters, host, plugin, asked: RefCell::default(), patience: PATIENCE }
    }

    fn is_alive(&self) -> bool {
        self.plugin.strong_count() > 0
    }
}

impl Parameters for Bridge {
    fn value(&self, id: &str) -> Option<f32> {
        let now = self.parameters.value(id)?;
        let mut asked = self.asked.borrow_mut();
        match asked.get(id) {
            Some(waiting) if waiting.before == now && Instant::now() < waiting.until => Some(waiting.value),
            Some(_) => {
                asked.remove(id);
                Some(now)
            }
            None => Some(now),
        }
    }

    fn default_value(&self, id: &str) -> Option<f32> {
        self.parameters.default_value(id)
    }

    fn text(&self, id: &str, value: f32) -> Option<String> {
        self.parameters.text(id, value)
    }

    fn begin(&self, id: &str) {
        if self.is_alive() {
            self.parameters.begin(id, &self.host);
        }
    }

    fn set(&self, id: &str, value: f32) {
        let Some((before, value)) = self.parameters.value(id).zip(self.parameters.rounded(id, value)) else { return };
        if self.is_alive() {
            self.parameters.set(id, value, &self.host);
            let asked = Asked { value, before, until: Instant::now() + self.patience };
            self.asked.borrow_mut().insert(id.to_owned(), asked);
        }
    }

    fn end(&self, id: &str) {
        if self.is_alive() {
            self.parameters.end(id, &self.host);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use nice_plug::context::PluginApi;
    use nice_plug::context::gui::GuiContextInner;
    use nice_plug::prelude::{ParamPtr, Params, PluginState};
    use runout_dsp_core::settings::Module;
    use runout_gui::preferences::Preferences;

    use super::*;

    /// A host that notes what it is told and brings no value by itself.
    #[derive(Default)]
    struct Host(Mutex<Vec<(&'static str, ParamPtr, f32)>>);

    #[expect(unsafe_code, reason = "the framework's trait says so; nothing here follows a pointer")]
    impl GuiContextInner for Host {
        fn plugin_api(&self) -> PluginApi {
            PluginApi::Clap
        }
        unsafe fn raw_begin_set_parameter(&self, param: ParamPtr) {
            self.0.lock().unwrap().push(("begin", param, 0.0));
        }
        unsafe fn raw_set_parameter_normalized(&self, param: ParamPtr, normalized: f32) {
            self.0.lock().unwrap().push(("set", param, normalized));
        }
        unsafe fn raw_end_set_parameter(&self, param: ParamPtr) {
            self.0.lock().unwrap().push(("end", param, 0.0));
        }
        fn get_state(&self) -> PluginState {
            PluginState { version: String::new(), params: BTreeMap::new(), fields: BTreeMap::new() }
        }
        fn set_state(&self, _state: PluginState) {}
        fn request_restart(&self) {}
    }

    fn bridge() -> (Arc<()>, Arc<Host>, Arc<HostParameters>, Bridge) {
        let (plugin, host) = (Arc::new(()), Arc::<Host>::default());
        let preferences = Arc::new(Preferences::new([1000, 620]));
        let parameters = Arc::new(HostParameters::new(&[Module::Limiter], false, preferences));
        let context = GuiContext::new(Arc::clone(&host) as Arc<dyn GuiContextInner>);
        let mut bridge = Bridge::new(Arc::clone(&parameters), context, Arc::downgrade(&plugin));
        // However slow the machine is, a test does not wait that long.
        bridge.patience = Duration::from_secs(3600);
        (plugin, host, parameters, bridge)
    }

    #[test]
    fn a_gesture_reaches_the_host_rounded_and_is_shown_before_it_comes_back() {
        let (_plugin, host, parameters, mut bridge) = bridge();
        let ceiling = parameters.param_map().into_iter().find(|(id, ..)| id == "limiter.ceiling_dbtp").unwrap().1;
        bridge.begin("limiter.ceiling_dbtp");
        bridge.set("limiter.ceiling_dbtp", -3.004);
        bridge.end("limiter.ceiling_dbtp");
        let told = host.0.lock().unwrap().clone();
        // -3.00 dBTP on -20 to 0 is 0.85; to a rounding of f32.
        assert_eq!(told.iter().map(|(what, ..)| *what).collect::<Vec<_>>(), ["begin", "set", "end"]);
        assert!(told.iter().all(|(_, pointer, _)| *pointer == ceiling) && (told[1].2 - 0.85).abs() < 1e-6);
        assert_eq!(bridge.value("limiter.ceiling_dbtp"), Some(-3.0));
        assert_eq!(parameters.value("limiter.ceiling_dbtp"), Some(-1.0), "the host has not brought it");
        bridge.patience = Duration::ZERO;
        bridge.set("limiter.ceiling_dbtp", -3.0);
        assert_eq!(bridge.value("limiter.ceiling_dbtp"), Some(-1.0), "it has refused it");
    }

    #[test]
    fn unknown_parameters_and_a_plugin_that_is_gone_leave_the_host_alone() {
        let (plugin, host, _parameters, bridge) = bridge();
        for id in ["input.gain_db", ""] {
            bridge.begin(id);
            bridge.set(id, 1.0);
            bridge.end(id);
            assert_eq!((bridge.value(id), bridge.text(id, 1.0)), (None, None));
        }
        drop(plugin);
        bridge.begin("limiter.link");
        bridge.set("limiter.link", 0.5);
        bridge.end("limiter.link");
        assert_eq!(bridge.value("limiter.link"), Some(1.0));
        assert!(host.0.lock().unwrap().is_empty());
    }
}
