//! A CLAP host in the process: loads a bundle, asks it what it is, sets parameters, feeds it blocks, and keeps what it
//! says back.
//!
//! [`ClapHost`] is the main thread's side: instance, parameters, ports, state. While a plugin is active it has an
//! [`Audio`] side too, which may be taken to another thread. What is wrong with a bundle is said in one line by
//! [`ClapHost::open`]; every other misuse panics, as tests speak.

mod audio;
mod editor;
mod notes;
mod parameters;
mod ports;
mod state;

use std::ffi::{CStr, CString};
use std::path::Path;
use std::sync::Arc;

use clack_extensions::latency::PluginLatency;
use clack_extensions::render::{PluginRender, RenderMode};
use clack_host::prelude::*;

pub use audio::{Answer, Audio, Automation, Transport};
pub use clack_host::prelude::ClapId;
pub use notes::Note;
pub use parameters::{ControllerPage, HostedParameter};
pub use ports::Layout;

use crate::bundle::{checked_clap, library_in};
use notes::{Callbacks, Handlers, Notes};

/// A plugin in the host.
pub struct ClapHost {
    instance: PluginInstance<Handlers>,
    /// While the plugin is active and its audio side is not elsewhere.
    audio: Option<Audio>,
    notes: Arc<Notes>,
}

/// A bundle whose library is loaded.
pub struct ClapBundle(PluginEntry);

impl ClapBundle {
    /// Loads a bundle.
    ///
    /// # Errors
    /// What is wrong with it, in one line.
    #[expect(unsafe_code, reason = "a host loads a library and runs its code")]
    pub fn open(path: &Path) -> Result<Self, String> {
        // SAFETY: the library is one built from this workspace; it does nothing outside CLAP's entry points.
        let entry = unsafe { PluginEntry::load(library_in(path)) };
        entry.map(Self).map_err(|error| format!("{}: {error}", path.display()))
    }

    /// The bundle built with the tests.
    pub fn checked() -> Self {
        Self::open(checked_clap()).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Id and name of every plugin in the bundle.
    pub fn plugins(&self) -> Vec<(String, String)> {
        let factory = self.0.get_plugin_factory().expect("a factory");
        let text = |text: Option<&CStr>| text.expect("a text").to_str().expect("UTF-8").to_owned();
        factory.plugin_descriptors().map(|plugin| (text(plugin.id()), text(plugin.name()))).collect()
    }
}

impl ClapHost {
    /// Makes an instance of the plugin of this id.
    ///
    /// # Errors
    /// Why there is none, in one line.
    pub fn open(bundle: &ClapBundle, id: &str) -> Result<Self, String> {
        let in_words = |error: &dyn std::fmt::Display| format!("plugin {id}: {error}");
        let host = HostInfo::new("Runout tests", "Runout", "", "1").map_err(|error| in_words(&error))?;
        let plugin = CString::new(id).map_err(|error| in_words(&error))?;
        let notes = Arc::<Notes>::default();
        let (shared, main) = (Callbacks(Arc::clone(&notes)), Callbacks(Arc::clone(&notes)));
        let instance = PluginInstance::new(|_| shared, |_| main, &bundle.0, &plugin, &host);
        Ok(Self { instance: instance.map_err(|error| in_words(&error))?, audio: None, notes })
    }

    /// Makes an instance of a plugin of the tests' own bundle.
    pub fn load(id: &str) -> Self {
        Self::open(&ClapBundle::checked(), id).unwrap_or_else(|error| panic!("{error}"))
    }

    /// Activates in the layout selected and starts processing. Hz, frames.
    ///
    /// # Errors
    /// The plugin refuses.
    pub fn try_activate(&mut self, sample_rate: f64, max_block: usize) -> Result<(), String> {
        let configuration =
            PluginAudioConfiguration { sample_rate, min_frames_count: 1, max_frames_count: max_block as u32 };
        let notes = Arc::clone(&self.notes);
        let stopped = self.instance.activate(|_, _| Callbacks(notes), configuration);
        let stopped = stopped.map_err(|error| format!("at {sample_rate} Hz: {error}"))?;
        let started = stopped.start_processing().map_err(|error| format!("at {sample_rate} Hz: {error}"))?;
        self.audio = Some(Audio::new(started, sample_rate));
        Ok(())
    }

    /// As [`Self::try_activate`], for a plugin that must not refuse.
    pub fn activate(&mut self, sample_rate: f64, max_block: usize) {
        self.try_activate(sample_rate, max_block).unwrap_or_else(|error| panic!("{error}"));
    }

    /// Stops processing and deactivates, if active.
    pub fn deactivate(&mut self) {
        if let Some(audio) = self.audio.take() {
            self.instance.deactivate(audio.stopped());
        }
    }

    /// The audio side, while active.
    pub fn audio(&mut self) -> &mut Audio {
        self.audio.as_mut().expect("activated")
    }

    /// Hands the audio side out, for another thread; [`Self::give_audio`] brings it back before the plugin goes.
    pub fn take_audio(&mut self) -> Audio {
        self.audio.take().expect("activated")
    }

    /// Takes the audio side back.
    pub fn give_audio(&mut self, audio: Audio) {
        self.audio = Some(audio);
    }

    /// Processes a planar signal in place, in blocks of so many frames, with values set at their frames.
    pub fn process(&mut self, signal: &mut [Vec<f32>], block: usize, automation: &[Automation]) {
        self.audio().process(signal, std::iter::repeat(block), automation);
    }

    /// Forgets the signal, as hosts do when the transport jumps.
    pub fn reset(&mut self) {
        self.audio().reset();
    }

    /// The latency that the plugin reports, in frames.
    pub fn latency(&mut self) -> usize {
        let plugin = self.instance.plugin_handle();
        let latency: PluginLatency = plugin.get_extension().expect("the latency extension");
        latency.get(&plugin) as usize
    }

    /// Says whether the host renders offline or in real time.
    pub fn render_offline(&mut self, offline: bool) {
        let plugin = self.instance.plugin_handle();
        let render: PluginRender = plugin.get_extension().expect("the render extension");
        let mode = if offline { RenderMode::Offline } else { RenderMode::Realtime };
        render.set(&plugin, mode).expect("a plugin renders in either mode");
    }

    /// What the plugin asked of the host since this was last called, oldest first.
    pub fn take_notes(&mut self) -> Vec<Note> {
        self.notes.take()
    }

    /// Lets the plugin do what it asked to do on the main thread, as a host does between events.
    pub fn idle(&mut self) {
        self.instance.call_on_main_thread_callback();
    }
}

impl Drop for ClapHost {
    fn drop(&mut self) {
        self.deactivate();
    }
}
