//! A product's editor in a host's window.
//!
//! The editor lives as long as the plugin, its window comes and goes. The framework's own editor is made anew for each
//! window, so that size and zoom are those of the preferences, which a host's state may have brought meanwhile.

mod app;
mod geometry;

use std::error::Error;
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use nice_plug::context::gui::GuiContext;
use nice_plug::editor::dpi::{LogicalSize, NativeSize};
use nice_plug::editor::{
    Editor, EditorHandle, HostMethods, Modifiers, ParentWindowHandle, ResizeHint, SpawnedEditor, VirtualKeyCode,
};
use nice_plug_egui::{
    EguiEditorHandle, EguiEditorState, EguiNiceSettings, RepaintNotifier, baseview, create_egui_editor,
};

use crate::parameters::HostParameters;
use crate::wake::Wake;
use app::{App, SharedEditor};
use geometry::Geometry;

/// Longer than any window is open.
const NEVER: Duration = Duration::from_secs(365 * 24 * 3600);

/// The editor of one insert, in a window or not.
pub struct InsertEditor {
    title: &'static str,
    editor: SharedEditor,
    parameters: Arc<HostParameters>,
    geometry: Arc<Geometry>,
    wake: Wake,
    plugin: Weak<()>,
}

impl InsertEditor {
    /// An editor of a plugin that lives as long as `plugin`; whoever asks `wake` has its window painted.
    pub fn new(
        title: &'static str,
        editor: Box<dyn runout_gui::editor::Editor>,
        parameters: Arc<HostParameters>,
        wake: Wake,
        plugin: Weak<()>,
    ) -> Self {
        let geometry = Arc::new(Geometry::new(Arc::clone(parameters.preferences())));
        Self { title, editor: Arc::new(Mutex::new(editor)), parameters, geometry, wake, plugin }
    }
}

impl Editor for InsertEditor {
    type Handle = InsertEditorHandle;

    fn spawn(
        &self,
        parent: Option<ParentWindowHandle>,
        wait_for_parent: bool,
        fallback_scale_factor: Option<f64>,
        host: GuiContext,
        methods: Option<HostMethods>,
    ) -> Result<SpawnedEditor<Self::Handle>, Box<dyn Error>> {
        let [width, height] = self.geometry.points();
        let size = LogicalSize { width: width as f32, height: height as f32 };
        let state = EguiEditorState::from_size(size, self.geometry.zoom());
        // The framework's notifier is never looked at: see `wake`.
        let settings = EguiNiceSettings::new()
            .with_tile(self.title)
            .with_resize_hint(self.resize_hint())
            .with_repaint_poll_interval(NEVER);
        self.wake.set_shown(false);
        let app = App::new(
            Arc::clone(&self.editor),
            Arc::clone(&self.parameters),
            Arc::clone(&self.geometry),
            self.wake.clone(),
            Weak::clone(&self.plugin),
        );
        let editor = create_egui_editor(state, RepaintNotifier::new(), settings, app)
            .ok_or("the framework makes no editor of an application")?;
        let spawned = editor.spawn(parent, wait_for_parent, fallback_scale_factor, host, methods)?;
        // A window that is closed before its thread has come to its loop never ends, on X11: this waits until it answers.
        spawned.window.suggest_fallback_scale_factor(fallback_scale_factor.unwrap_or(1.0))?;
        self.geometry.resized(spawned.window.size());
        let geometry = Arc::clone(&self.geometry);
        let handle = InsertEditorHandle { inner: spawned.handle, geometry, wake: self.wake.clone() };
        Ok(SpawnedEditor { handle, window: spawned.window })
    }

    fn size(&self) -> NativeSize<u32> {
        self.geometry.native_size()
    }

    fn resize_hint(&self) -> ResizeHint {
        self.geometry.resize_hint()
    }
}

/// An open window. The window itself is closed when it is dropped, after this: the editor hears of it last, in the
/// window's own thread.
pub struct InsertEditorHandle {
    inner: EguiEditorHandle,
    geometry: Arc<Geometry>,
    wake: Wake,
}

impl EditorHandle for InsertEditorHandle {
    type Window = baseview::Window;
    type Error = baseview::Error;

    fn run_until_closed(window: Self::Window) -> Result<(), Self::Error> {
        EguiEditorHandle::run_until_closed(window)
    }

    fn set_parent(&self, parent: ParentWindowHandle, window: &Self::Window) -> Result<(), Self::Error> {
        self.inner.set_parent(parent, window)
    }

    fn show(&self, window: &Self::Window) -> Result<(), Self::Error> {
        self.inner.show(window)?;
        self.wake.set_shown(true);
        Ok(())
    }

    fn hide(&self, window: &Self::Window) -> Result<(), Self::Error> {
        self.wake.set_shown(false);
        self.inner.hide(window)
    }

    fn set_size(&self, new_size: NativeSize<u32>, window: &Self::Window) -> Result<(), Self::Error> {
        self.inner.set_size(new_size, window)?;
        self.geometry.resized(window.size());
        Ok(())
    }

    fn host_main_thread_callback(&self, window: &Self::Window) {
        self.inner.host_main_thread_callback(window);
    }

    fn adjust_size(&self, new_size: NativeSize<u32>, window: &Self::Window) -> Option<NativeSize<u32>> {
        let size = window.size();
        let now = NativeSize::from_logical_or_physical(size.logical, size.physical);
        Some(self.geometry.resize_hint().adjust_size(new_size, now, size.scale_factor))
    }

    fn set_fallback_scale_factor(&self, scale_factor: f64, window: &Self::Window) -> Result<(), Self::Error> {
        self.inner.set_fallback_scale_factor(scale_factor, window)?;
        self.geometry.resized(window.size());
        Ok(())
    }

    fn on_virtual_key_from_host(&self, key_code: VirtualKeyCode, is_down: bool, modifiers: Modifiers) -> bool {
        self.inner.on_virtual_key_from_host(key_code, is_down, modifiers)
    }

    fn state_changed(&self) {
        self.wake.ask();
    }

    fn param_value_changed(&self, _id: &str, _normalized_value: f32) {
        self.wake.ask();
    }

    fn param_modulation_changed(&self, _id: &str, _modulation_offset: f32) {
        self.wake.ask();
    }
}

impl Drop for InsertEditorHandle {
    fn drop(&mut self) {
        self.wake.set_shown(false);
        self.geometry.closed();
    }
}
