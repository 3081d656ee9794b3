//! What limiter and Master share: the limiter, and whether what it makes meets the target.

use egui::{Rect, Ui};

use super::frame::{Frame, Inside, go_on};
use crate::desk::Desk;
use crate::limiter_view::{self, LimiterView};
use crate::loudness_panel::{LoudnessPanel, PanelView, Reading};

/// The rows of the panel, the most important first.
const ROWS: [Reading; 5] =
    [Reading::TruePeakMax, Reading::ShortTerm, Reading::MomentaryMax, Reading::Range, Reading::PeakToLoudness];

/// How many of them a narrow panel shows.
const NARROW_ROWS: usize = 1;

/// The limiter with the loudness panel beside it.
pub struct Limiting {
    /// The limiter.
    pub view: LimiterView,
    panel: LoudnessPanel,
}

impl Limiting {
    /// A limiter that has heard nothing.
    pub fn new(frame: &Frame) -> Self {
        let preferences = std::sync::Arc::clone(frame.preferences());
        Self { view: LimiterView::default(), panel: LoudnessPanel::new(preferences) }
    }

    /// Takes what has arrived since the last frame.
    pub fn take(&mut self, desk: &Desk<'_>, inside: &mut Inside<'_>) {
        let readings = inside.feed.meter.readings();
        self.panel.update(&readings, limiter_view::lever(desk.parameters), inside.now_s);
        self.view.take(inside.feed, &readings, desk.parameters, inside.preferences, inside.now_s);
    }

    /// Shows the loudness panel between its padding; it is the limiter's, whatever module is on show.
    pub fn show_panel(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, inside: &Inside<'_>, place: Rect, is_narrow: bool) {
        let rows = if is_narrow { &ROWS[..NARROW_ROWS] } else { &ROWS[..] };
        let view = PanelView { place, rows, learn: Some(self.view.learn_view()) };
        let mut desk = desk.with_look(desk.look.with_accent(desk.look.palette.limiter));
        if let Some(press) = self.panel.show(ui, &mut desk, &inside.feed.controls, &view) {
            self.view.press(press, ui, &desk, inside.preferences, &inside.feed.controls);
        }
    }

    /// Asks for the next frame while anything moves, `also` included.
    pub fn go_on(&self, ui: &Ui, also: bool, now_s: f64) {
        go_on(ui, also || self.view.is_moving(), self.panel.readings().due_in_s(now_s));
    }
}
