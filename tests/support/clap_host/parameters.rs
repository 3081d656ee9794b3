//! Parameters as a host sees them: by a number that stands for their id, in the host's own range.

use std::ffi::CString;

use clack_extensions::params::{ParamInfoBuffer, ParamInfoFlags, PluginParams};
use clack_extensions::remote_controls::{PluginRemoteControls, RemoteControlsPageBuffer};
use clack_host::events::Pckn;
use clack_host::events::event_types::ParamValueEvent;
use clack_host::events::io::EventBuffer;
use clack_host::prelude::*;

use super::ClapHost;

/// One parameter as the host is told of it.
#[derive(Clone, Debug)]
pub struct HostedParameter {
    /// The number that projects remember: the framework's hash of the parameter's id.
    pub id: ClapId,
    /// The name shown.
    pub name: String,
    /// The group that it is shown in, empty for none.
    pub group: String,
    /// The least value in the host's range.
    pub lowest: f64,
    /// The greatest value in the host's range.
    pub highest: f64,
    /// The value of a new instance.
    pub default: f64,
    /// Whether a host may automate it.
    pub is_automatable: bool,
    /// Whether it takes whole values only.
    pub is_stepped: bool,
    /// Whether it is the host's bypass.
    pub is_bypass: bool,
}

/// A page that a hardware controller turns.
#[derive(Clone, Debug)]
pub struct ControllerPage {
    /// What it is listed under.
    pub section: String,
    /// Its name there.
    pub name: String,
    /// The parameter on each of the eight places.
    pub parameters: [Option<ClapId>; 8],
}

impl HostedParameter {
    /// The value at a share of the range, 0 to 1; whole where it is stepped.
    pub fn at(&self, share: f64) -> f64 {
        let value = self.lowest + share * (self.highest - self.lowest);
        if self.is_stepped { value.round() } else { value }
    }
}

impl ClapHost {
    fn with_params<T>(&mut self, ask: impl FnOnce(&PluginParams, &PluginMainThreadHandle) -> T) -> T {
        let plugin = self.instance.plugin_handle();
        let params: PluginParams = plugin.get_extension().expect("the parameters extension");
        ask(&params, &plugin)
    }

    /// Every page for a hardware controller, in the plugin's order.
    pub fn controller_pages(&mut self) -> Vec<ControllerPage> {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let plugin = self.instance.plugin_handle();
        let controls: PluginRemoteControls = plugin.get_extension().expect("the remote controls extension");
        let page = |index| {
            let mut buffer = RemoteControlsPageBuffer::new();
            let page = controls.get(&plugin, index, &mut buffer).expect("a page");
            ControllerPage { section: text(page.section_name), name: text(page.page_name), parameters: page.param_ids }
        };
        (0..controls.count(&plugin)).map(page).collect()
    }

    /// Every parameter, in the plugin's order.
    pub fn parameters(&mut self) -> Vec<HostedParameter> {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        self.with_params(|params, plugin| {
            let parameter = |index| {
                let mut buffer = ParamInfoBuffer::new();
                let info = params.get_info(plugin, index, &mut buffer).expect("a parameter");
                HostedParameter {
                    id: info.id,
                    name: text(info.name),
                    group: text(info.module),
                    lowest: info.min_value,
                    highest: info.max_value,
                    default: info.default_value,
                    is_automatable: info.flags.contains(ParamInfoFlags::IS_AUTOMATABLE),
                    is_stepped: info.flags.contains(ParamInfoFlags::IS_STEPPED),
                    is_bypass: info.flags.contains(ParamInfoFlags::IS_BYPASS),
                }
            };
            (0..params.count(plugin)).map(parameter).collect()
        })
    }

    /// The parameter of this name.
    pub fn parameter(&mut self, name: &str) -> HostedParameter {
        let found = self.parameters().into_iter().find(|parameter| parameter.name == name);
        found.unwrap_or_else(|| panic!("no parameter is named {name}"))
    }

    /// How a value is shown.
    pub fn text_of(&mut self, id: ClapId, value: f64) -> String {
        self.with_params(|params, plugin| {
            let mut buffer = [0; 256];
            let text = params.value_to_text(plugin, id, value, &mut buffer).expect("a text");
            String::from_utf8(text.to_vec()).expect("UTF-8")
        })
    }

    /// The value that a text stands for.
    pub fn value_of(&mut self, id: ClapId, text: &str) -> Option<f64> {
        let text = CString::new(text).expect("a text");
        self.with_params(|params, plugin| params.text_to_value(plugin, id, &text))
    }

    /// The value that the plugin has now.
    pub fn value(&mut self, id: ClapId) -> f64 {
        self.with_params(|params, plugin| params.get_value(plugin, id)).expect("a value")
    }

    /// Sets values on an inactive plugin, as hosts do before they activate it.
    pub fn set_inactive(&mut self, values: &[(ClapId, f64)]) {
        let events: Vec<ParamValueEvent> =
            values.iter().map(|(id, value)| ParamValueEvent::new(0, *id, Pckn::match_all(), *value)).collect();
        let mut answers = EventBuffer::new();
        let mut plugin = self.instance.inactive_plugin_handle().expect("the plugin is not active");
        let params: PluginParams = plugin.get_extension().expect("the parameters extension");
        params.flush(&mut plugin, &InputEvents::from_buffer(&events), &mut answers.as_output());
    }
}
