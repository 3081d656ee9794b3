//! How large an editor is: in points for the preferences, in the pixels of its system for the host.

use std::sync::{Arc, Mutex, PoisonError};

use nice_plug::editor::ResizeHint;
use nice_plug::editor::dpi::{LogicalSize, NativeSize};
use nice_plug_egui::baseview::WindowSize;
use runout_gui::preferences::{Preferences, SMALLEST_SIZE};

/// The size of one editor, with or without a window. Any thread but the audio thread.
pub struct Geometry {
    preferences: Arc<Preferences>,
    window: Mutex<Window>,
}

/// What is known of the window.
#[derive(Clone, Copy)]
struct Window {
    /// The system's pixels for each point, before the zoom; that of the last window where none is open.
    scale: f64,
    /// The open window's size.
    size: Option<NativeSize<u32>>,
}

impl Geometry {
    /// Of an editor that has not been open.
    pub fn new(preferences: Arc<Preferences>) -> Self {
        Self { preferences, window: Mutex::new(Window { scale: 1.0, size: None }) }
    }

    /// Width and height at 100 %, points.
    pub fn points(&self) -> [u32; 2] {
        self.preferences.size()
    }

    /// The zoom, 1 for 100 %.
    pub fn zoom(&self) -> f32 {
        self.preferences.zoom_percent() as f32 / 100.0
    }

    /// The size that a host is told: the window's, or that of the next one.
    pub fn native_size(&self) -> NativeSize<u32> {
        let window = self.window();
        window.size.unwrap_or_else(|| {
            let points = self.points().map(|side| side as f32 * self.zoom());
            NativeSize::from_size(LogicalSize { width: points[0], height: points[1] }.into(), window.scale)
        })
    }

    /// Free in both directions, down to the smallest layout at the present zoom.
    pub fn resize_hint(&self) -> ResizeHint {
        let [width, height] = SMALLEST_SIZE.map(|side| side as f32 * self.zoom());
        ResizeHint::resizable().with_min_logical_size(LogicalSize { width, height })
    }

    /// A window has this size, says the system: its scale is without the zoom.
    pub fn resized(&self, size: WindowSize) {
        self.keep(size, size.scale_factor);
    }

    /// What is drawn has this size, at this zoom: the points are the editor's, and remembered.
    pub fn drawn(&self, size: WindowSize, zoom: f32) {
        self.preferences.set_size([size.logical.width.round() as u32, size.logical.height.round() as u32]);
        self.keep(size, size.scale_factor / f64::from(zoom));
    }

    fn keep(&self, size: WindowSize, scale: f64) {
        let native = NativeSize::from_size(size.physical.into(), scale);
        *self.window.lock().unwrap_or_else(PoisonError::into_inner) = Window { scale, size: Some(native) };
    }

    /// The window has closed.
    pub fn closed(&self) {
        self.window.lock().unwrap_or_else(PoisonError::into_inner).size = None;
    }

    fn window(&self) -> Window {
        *self.window.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
