//! What runs in the window.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use nice_plug::context::gui::GuiContext;
use nice_plug_egui::baseview::{HandlerError, WindowSize};
use nice_plug_egui::{Frame, NiceEguiApp};
use runout_gui::editor::Editor;
use runout_gui::egui;

use super::geometry::Geometry;
use crate::bridge::Bridge;
use crate::parameters::HostParameters;
use crate::wake::{Painter, Wake};

/// An editor that outlives its windows. At most one window holds it at a time: the framework drops one before it opens
/// the next.
pub type SharedEditor = Arc<Mutex<Box<dyn Editor>>>;

/// One window's share of an editor. It is dropped in the window's thread when the window is gone, and closes the editor
/// then: nothing is drawn afterwards, and the host still listens.
pub struct App {
    editor: SharedEditor,
    parameters: Arc<HostParameters>,
    geometry: Arc<Geometry>,
    wake: Wake,
    plugin: Weak<()>,
    open: Option<Open>,
}

/// What there is while the window is open.
struct Open {
    context: egui::Context,
    bridge: Bridge,
    /// Ends with the window.
    _painter: Painter,
}

impl App {
    pub fn new(
        editor: SharedEditor,
        parameters: Arc<HostParameters>,
        geometry: Arc<Geometry>,
        wake: Wake,
        plugin: Weak<()>,
    ) -> Self {
        Self { editor, parameters, geometry, wake, plugin, open: None }
    }

    fn editor(&self) -> MutexGuard<'_, Box<dyn Editor>> {
        // An editor that has panicked once is shown again: what it holds is only looks.
        self.editor.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl NiceEguiApp for App {
    fn build(&mut self, context: egui::Context, host: GuiContext, _frame: &mut Frame) -> Result<(), HandlerError> {
        // Zoom is the preferences', and plus and minus are keys of the host.
        context.options_mut(|options| options.zoom_with_keyboard = false);
        let bridge = Bridge::new(Arc::clone(&self.parameters), host, Weak::clone(&self.plugin));
        let painted = context.clone();
        let painter = Painter::start(self.wake.clone(), move || painted.request_repaint())?;
        self.editor().opened(&context);
        self.open = Some(Open { context, bridge, _painter: painter });
        Ok(())
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut Frame) {
        let Some(Open { context, bridge, .. }) = &self.open else { return };
        self.editor().show(ui, bridge);
        // The window follows: it keeps its size in points, and asks the host for that many pixels more.
        let zoom = self.geometry.zoom();
        if context.zoom_factor() != zoom {
            context.set_zoom_factor(zoom);
        }
    }

    fn resized(&mut self, new_size: WindowSize) {
        if let Some(Open { context, .. }) = &self.open {
            self.geometry.drawn(new_size, context.zoom_factor());
        }
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if let Some(Open { context, bridge, .. }) = self.open.take() {
            self.editor().closed(&context, &bridge);
        }
    }
}
