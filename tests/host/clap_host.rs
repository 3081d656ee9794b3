//! A CLAP host of the least size: loads the plugin library, sets parameters, feeds blocks.

use std::ffi::{CStr, CString};
use std::path::PathBuf;

use clack_extensions::latency::PluginLatency;
use clack_extensions::params::{ParamInfoBuffer, PluginParams};
use clack_extensions::state::PluginState;
use clack_host::events::Pckn;
use clack_host::events::event_types::ParamValueEvent;
use clack_host::prelude::*;

/// What the plugin may ask of this host; the tests' plugins have nothing to ask.
pub struct Callbacks;

impl SharedHandler<'_> for Callbacks {
    fn request_restart(&self) {}
    fn request_process(&self) {}
    fn request_callback(&self) {}
}

struct Handlers;

impl HostHandlers for Handlers {
    type Shared<'a> = Callbacks;
    type MainThread<'a> = ();
    type AudioProcessor<'a> = ();
}

/// One parameter as the host is told of it.
#[derive(Clone, Debug)]
pub struct HostedParameter {
    pub id: ClapId,
    pub name: String,
    pub group: String,
    pub lowest: f64,
    pub highest: f64,
    pub default: f64,
}

/// A value set at a frame of the stream.
#[derive(Clone, Copy)]
pub struct Automation {
    pub frame: usize,
    pub id: ClapId,
    pub value: f64,
}

/// A plugin in the host.
pub struct ClapHost {
    instance: PluginInstance<Handlers>,
    processor: Option<StartedPluginAudioProcessor<Handlers>>,
}

/// The plugin library that was built with these tests.
fn library() -> PathBuf {
    let test = std::env::current_exe().expect("a test has a path");
    let folder = test.parent().expect("a test lies in a folder");
    let path = folder.join(format!("{}runout_plugins{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX));
    assert!(path.exists(), "{} is missing: cargo builds it with the tests", path.display());
    path
}

#[expect(unsafe_code, reason = "a host loads a library and runs its code")]
fn entry() -> PluginEntry {
    // SAFETY: the library is the one built from this workspace; it does nothing outside CLAP's entry points.
    unsafe { PluginEntry::load(library()) }.expect("the library is a CLAP plugin")
}

/// Id and name of every plugin in the library.
pub fn plugins() -> Vec<(String, String)> {
    let entry = entry();
    let factory = entry.get_plugin_factory().expect("a factory");
    let text = |text: Option<&CStr>| text.expect("a text").to_str().expect("UTF-8").to_owned();
    factory.plugin_descriptors().map(|plugin| (text(plugin.id()), text(plugin.name()))).collect()
}

impl ClapHost {
    /// Loads the plugin of this id.
    pub fn load(id: &str) -> Self {
        let host = HostInfo::new("Runout tests", "Runout", "", "1").expect("host information");
        let id = CString::new(id).expect("an id");
        let instance = PluginInstance::new(|_| Callbacks, |_| (), &entry(), &id, &host).expect("the plugin loads");
        Self { instance, processor: None }
    }

    pub fn parameters(&mut self) -> Vec<HostedParameter> {
        let plugin = self.instance.plugin_handle();
        let params: PluginParams = plugin.get_extension().expect("the parameters extension");
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("UTF-8");
        (0..params.count(&plugin))
            .map(|index| {
                let mut buffer = ParamInfoBuffer::new();
                let info = params.get_info(&plugin, index, &mut buffer).expect("a parameter");
                HostedParameter {
                    id: info.id,
                    name: text(info.name),
                    group: text(info.module),
                    lowest: info.min_value,
                    highest: info.max_value,
                    default: info.default_value,
                }
            })
            .collect()
    }

    /// The parameter of this name.
    pub fn parameter(&mut self, name: &str) -> HostedParameter {
        let found = self.parameters().into_iter().find(|parameter| parameter.name == name);
        found.unwrap_or_else(|| panic!("no parameter is named {name}"))
    }

    pub fn text_of(&mut self, id: ClapId, value: f64) -> String {
        let plugin = self.instance.plugin_handle();
        let params: PluginParams = plugin.get_extension().expect("the parameters extension");
        let mut buffer = [0; 256];
        let text = params.value_to_text(&plugin, id, value, &mut buffer).expect("a text");
        String::from_utf8(text.to_vec()).expect("UTF-8")
    }

    pub fn value_of(&mut self, id: ClapId, text: &str) -> Option<f64> {
        let plugin = self.instance.plugin_handle();
        let params: PluginParams = plugin.get_extension().expect("the parameters extension");
        params.text_to_value(&plugin, id, &CString::new(text).expect("a text"))
    }

    pub fn value(&mut self, id: ClapId) -> f64 {
        let plugin = self.instance.plugin_handle();
        let params: PluginParams = plugin.get_extension().expect("the parameters extension");
        params.get_value(&plugin, id).expect("a value")
    }

    pub fn save(&mut self) -> Vec<u8> {
        let plugin = self.instance.plugin_handle();
        let state: PluginState = plugin.get_extension().expect("the state extension");
        let mut bytes = Vec::new();
        state.save(&plugin, &mut bytes).expect("the state is saved");
        bytes
    }

    pub fn restore(&mut self, bytes: &[u8]) {
        let plugin = self.instance.plugin_handle();
        let state: PluginState = plugin.get_extension().expect("the state extension");
        state.load(&plugin, &mut &*bytes).expect("the state is loaded");
    }

    pub fn latency(&mut self) -> usize {
        let plugin = self.instance.plugin_handle();
        let latency: PluginLatency = plugin.get_extension().expect("the latency extension");
        latency.get(&plugin) as usize
    }

    /// Activates for stereo and starts processing.
    pub fn activate(&mut self, sample_rate: f64, max_block: usize) {
        let configuration =
            PluginAudioConfiguration { sample_rate, min_frames_count: 1, max_frames_count: max_block as u32 };
        let stopped = self.instance.activate(|_, _| (), configuration).expect("the plugin activates");
        self.processor = Some(stopped.start_processing().expect("processing starts"));
    }

    /// Forgets the signal, as hosts do when the transport jumps.
    pub fn reset(&mut self) {
        self.processor.as_mut().expect("activated").reset();
    }

    /// Processes a planar stereo signal in place, in blocks, with values set at their frames.
    pub fn process(&mut self, signal: &mut [Vec<f32>], block: usize, automation: &[Automation]) {
        let length = signal[0].len();
        let mut start = 0;
        while start < length {
            let end = length.min(start + block);
            let events: Vec<ParamValueEvent> = automation
                .iter()
                .filter(|set| (start..end).contains(&set.frame))
                .map(|set| ParamValueEvent::new((set.frame - start) as u32, set.id, Pckn::match_all(), set.value))
                .collect();
            self.process_block(signal, start..end, &events);
            start = end;
        }
    }

    fn process_block(&mut self, signal: &mut [Vec<f32>], range: std::ops::Range<usize>, events: &[ParamValueEvent]) {
        let mut input: Vec<Vec<f32>> = signal.iter().map(|channel| channel[range.clone()].to_vec()).collect();
        let mut in_ports = AudioPorts::with_capacity(2, 1);
        let mut out_ports = AudioPorts::with_capacity(2, 1);
        let in_audio = in_ports.with_input_buffers([AudioPortBuffer {
            latency: 0,
            channels: AudioPortBufferType::f32_input_only(input.iter_mut().map(InputChannel::variable)),
        }]);
        let mut out_audio = out_ports.with_output_buffers([AudioPortBuffer {
            latency: 0,
            channels: AudioPortBufferType::f32_output_only(
                signal.iter_mut().map(|channel| &mut channel[range.clone()]),
            ),
        }]);
        let mut answers = EventBuffer::new();
        let processor = self.processor.as_mut().expect("activated");
        processor
            .process(
                &in_audio,
                &mut out_audio,
                &InputEvents::from_buffer(&events),
                &mut OutputEvents::from_buffer(&mut answers),
                None,
                None,
            )
            .expect("the plugin processes");
    }

    pub fn deactivate(&mut self) {
        if let Some(processor) = self.processor.take() {
            self.instance.deactivate(processor.stop_processing());
        }
    }
}

impl Drop for ClapHost {
    fn drop(&mut self) {
        self.deactivate();
    }
}
