//! What a plugin asks of its host, kept for whoever wants to know.

use std::sync::{Arc, Mutex, PoisonError};

use clack_extensions::audio_ports::{AudioPortRescanFlags, HostAudioPorts, HostAudioPortsImpl};
use clack_extensions::gui::{GuiSize, HostGui, HostGuiImpl};
use clack_extensions::latency::{HostLatency, HostLatencyImpl};
use clack_extensions::params::{
    HostParams, HostParamsImplMainThread, HostParamsImplShared, ParamClearFlags, ParamRescanFlags,
};
use clack_extensions::state::{HostState, HostStateImpl};
use clack_extensions::tail::{HostTail, HostTailImpl};
use clack_host::prelude::*;

/// One call from the plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// It wants to be deactivated and activated again.
    RestartRequested,
    /// It wants to be processed.
    ProcessRequested,
    /// It wants to be called on the main thread: [`super::ClapHost::idle`].
    CallbackRequested,
    /// Its latency is another.
    LatencyChanged,
    /// Its tail is another.
    TailChanged,
    /// Its parameters are to be read anew.
    ParametersChanged(ParamRescanFlags),
    /// A parameter's automation is to be forgotten.
    ParameterCleared(ClapId),
    /// It has values for the host and is not being processed.
    FlushRequested,
    /// Its ports are to be read anew.
    PortsChanged,
    /// Its state is another than the one saved.
    StateDirty,
    /// Its editor wants this size, in pixels; the host agrees, and resizes it when it comes to it.
    ResizeRequested(u32, u32),
    /// Its editor's sizes are other ones.
    ResizeHintsChanged,
    /// Its editor wants to be seen, or not.
    ShowRequested(bool),
    /// Its editor's window is gone.
    EditorClosed,
}

/// The calls so far, from any thread.
#[derive(Default)]
pub struct Notes(Mutex<Vec<Note>>);

impl Notes {
    fn add(&self, note: Note) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(note);
    }

    /// The calls since this was last asked.
    pub fn take(&self) -> Vec<Note> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The host as the plugin sees it, on each of its threads.
pub struct Callbacks(pub Arc<Notes>);

/// Names the sides of this host to clack.
pub struct Handlers;

impl HostHandlers for Handlers {
    type Shared<'a> = Callbacks;
    type MainThread<'a> = Callbacks;
    type AudioProcessor<'a> = Callbacks;

    fn declare_extensions(builder: &mut HostExtensions<Self>, _shared: &Self::Shared<'_>) {
        builder
            .register::<HostLatency>()
            .register::<HostParams>()
            .register::<HostState>()
            .register::<HostTail>()
            .register::<HostAudioPorts>()
            .register::<HostGui>();
    }
}

impl SharedHandler<'_> for Callbacks {
    fn request_restart(&self) {
        self.0.add(Note::RestartRequested);
    }
    fn request_process(&self) {
        self.0.add(Note::ProcessRequested);
    }
    fn request_callback(&self) {
        self.0.add(Note::CallbackRequested);
    }
}

impl MainThreadHandler<'_> for Callbacks {}
impl AudioProcessorHandler<'_> for Callbacks {}

impl HostLatencyImpl for Callbacks {
    fn changed(&self) {
        self.0.add(Note::LatencyChanged);
    }
}

impl HostTailImpl for Callbacks {
    fn changed(&mut self) {
        self.0.add(Note::TailChanged);
    }
}

impl HostParamsImplShared for Callbacks {
    fn request_flush(&self) {
        self.0.add(Note::FlushRequested);
    }
}

impl HostParamsImplMainThread for Callbacks {
    fn rescan(&self, flags: ParamRescanFlags) {
        self.0.add(Note::ParametersChanged(flags));
    }
    fn clear(&self, id: ClapId, _flags: ParamClearFlags) {
        self.0.add(Note::ParameterCleared(id));
    }
}

impl HostStateImpl for Callbacks {
    fn mark_dirty(&self) {
        self.0.add(Note::StateDirty);
    }
}

impl HostAudioPortsImpl for Callbacks {
    fn is_rescan_flag_supported(&self, _flag: AudioPortRescanFlags) -> bool {
        false
    }
    fn rescan(&self, _flags: AudioPortRescanFlags) {
        self.0.add(Note::PortsChanged);
    }
}

impl HostGuiImpl for Callbacks {
    fn resize_hints_changed(&self) {
        self.0.add(Note::ResizeHintsChanged);
    }
    fn request_resize(&self, size: GuiSize) -> Result<(), HostError> {
        self.0.add(Note::ResizeRequested(size.width, size.height));
        Ok(())
    }
    fn request_show(&self) -> Result<(), HostError> {
        self.0.add(Note::ShowRequested(true));
        Ok(())
    }
    fn request_hide(&self) -> Result<(), HostError> {
        self.0.add(Note::ShowRequested(false));
        Ok(())
    }
    fn closed(&self, _was_destroyed: bool) {
        self.0.add(Note::EditorClosed);
    }
}
