//! What the imager shows, in its own editor and in Master: the goniometer and what is read of it, the width over frequency,
//! the chosen band and what all of them share.

mod planes;

pub use planes::Planes;

use egui::Ui;

use crate::desk::Desk;
use crate::paint;
use crate::parameters::Parameters;

/// What is shown, and with what.
#[derive(Clone, Copy, Debug)]
pub struct Shown {
    /// Sample rate, Hz; 0 before the plugin was activated.
    pub sample_rate: f32,
    /// The channels of the signal.
    pub channels: usize,
    /// Whether the sound passes by: curves are grey.
    pub bypassed: bool,
}

/// The imager in an editor. Thread: the editor's.
#[derive(Debug, Default)]
pub struct ImagerView {}

impl ImagerView {
    /// Shows the parts on their planes.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, planes: &Planes, _shown: &Shown) {
        let palette = desk.look.palette;
        for plane in [planes.scope, planes.plot] {
            paint::plane(ui.painter(), plane, palette.plot);
        }
        for plane in [planes.readings, planes.panel] {
            paint::plane(ui.painter(), plane, palette.panel);
        }
    }
}

/// Whether the imager changes nothing as it is heard: switched out or bypassed.
pub fn is_bypassed(parameters: &dyn Parameters) -> bool {
    let is_on = |id: &str| parameters.value(id).is_some_and(|value| value >= 0.5);
    is_on("bypass") || !is_on("imager.enabled")
}
