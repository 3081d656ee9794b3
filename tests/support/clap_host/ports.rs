//! The channel layouts that a plugin offers, and which of them it works in.

use clack_extensions::audio_ports::{AudioPortInfoBuffer, PluginAudioPorts};
use clack_extensions::audio_ports_config::{AudioPortsConfigBuffer, PluginAudioPortsConfig};
use clack_host::prelude::*;

use super::ClapHost;

/// One choice of channels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The number that selects it.
    pub id: ClapId,
    /// Its name.
    pub name: String,
    /// Channels of the one input.
    pub inputs: u32,
    /// Channels of the one output.
    pub outputs: u32,
}

impl ClapHost {
    /// Every layout that the plugin offers, its default first.
    pub fn layouts(&mut self) -> Vec<Layout> {
        let plugin = self.instance.plugin_handle();
        let configurations: PluginAudioPortsConfig = plugin.get_extension().expect("the port configurations extension");
        let layout = |index| {
            let mut buffer = AudioPortsConfigBuffer::new();
            let found = configurations.get(&plugin, index, &mut buffer).expect("a layout");
            assert_eq!((found.input_port_count, found.output_port_count), (1, 1), "one port in, one out");
            Layout {
                id: found.id,
                name: String::from_utf8(found.name.to_vec()).expect("UTF-8"),
                inputs: found.main_input.expect("an input").channel_count,
                outputs: found.main_output.expect("an output").channel_count,
            }
        };
        (0..configurations.count(&plugin)).map(layout).collect()
    }

    /// Selects the layout of so many channels; the plugin is not active.
    pub fn select_channels(&mut self, channels: usize) {
        let layouts = self.layouts();
        let layout = layouts.iter().find(|layout| layout.inputs as usize == channels);
        let layout = layout.unwrap_or_else(|| panic!("no layout has {channels} channels: {layouts:?}"));
        let plugin = self.instance.plugin_handle();
        let configurations: PluginAudioPortsConfig = plugin.get_extension().expect("the port configurations extension");
        configurations.select(&plugin, layout.id).expect("a layout that is offered can be had");
    }

    /// Channels of the input and of the output in the layout that is selected.
    pub fn channels(&mut self) -> (u32, u32) {
        let plugin = self.instance.plugin_handle();
        let ports: PluginAudioPorts = plugin.get_extension().expect("the ports extension");
        let of = |is_input| {
            assert_eq!(ports.count(&plugin, is_input), 1, "one port in, one out");
            let mut buffer = AudioPortInfoBuffer::new();
            ports.get(&plugin, 0, is_input, &mut buffer).expect("a port").channel_count
        };
        (of(true), of(false))
    }
}
