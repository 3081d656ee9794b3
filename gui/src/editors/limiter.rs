//! The limiter's editor: reduction over the output it made, the controls below, pass or fail at the right.

mod layout;

use std::sync::Arc;
use std::time::Duration;

use egui::{Context, Ui};

pub(super) use self::layout::panel_width;

use self::layout::Layout;
use crate::desk::{Desk, Hint};
use crate::editor::Editor;
use crate::feed::Feed;
use crate::header::{Content, Header};
use crate::limiter_view::{self, LimiterView};
use crate::look::Look;
use crate::loudness_panel::{LoudnessPanel, PanelView, Reading};
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::presets::Presets;
use crate::{fonts, footer, gesture, paint};

/// The rows of the panel, the most important first.
pub(super) const ROWS: [Reading; 5] =
    [Reading::TruePeakMax, Reading::ShortTerm, Reading::MomentaryMax, Reading::Range, Reading::PeakToLoudness];

/// How many of them a narrow panel shows.
pub(super) const NARROW_ROWS: usize = 1;

/// The editor of Runout Limiter.
pub struct LimiterEditor {
    feed: Feed,
    preferences: Arc<Preferences>,
    presets: Presets,
    header: Header,
    hint: Hint,
    panel: LoudnessPanel,
    view: LimiterView,
}

impl LimiterEditor {
    /// An editor on the reading ends of a limiter.
    pub fn new(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Self {
        Self {
            feed,
            panel: LoudnessPanel::new(Arc::clone(&preferences)),
            preferences,
            presets,
            header: Header::default(),
            hint: Hint::default(),
            view: LimiterView::default(),
        }
    }
}

impl Editor for LimiterEditor {
    fn opened(&mut self, context: &Context) {
        fonts::install(context);
        self.view.start();
        self.feed.timeline.open();
    }

    fn show(&mut self, ui: &mut Ui, parameters: &dyn Parameters) {
        let now_s = ui.input(|input| input.time);
        let readings = self.feed.meter.readings();
        self.panel.update(&readings, limiter_view::lever(parameters), now_s);
        self.view.take(&mut self.feed, &readings, parameters, &self.preferences, now_s);
        self.hint.clear();
        let look = Look::new(self.preferences.theme(), |palette| palette.limiter);
        let mut desk = Desk::new(look, parameters, &mut self.hint);
        let content = &mut Content {
            name: "Limiter",
            presets: &mut self.presets,
            preferences: &self.preferences,
            delta: Some("listen.limiter.delta"),
            can_reset: true,
        };
        if self.header.show(ui, &mut desk, content) {
            self.feed.controls.reset();
        }
        let layout = Layout::new(ui.max_rect(), self.view.more);
        let shown = limiter_view::shown(parameters, self.feed.status.channels());
        self.view.show_lanes(ui, &mut desk, layout.lanes, shown);
        self.view.show_controls(ui, &mut desk, layout.controls, layout.room);
        paint::plane(ui.painter(), layout.panel, look.palette.panel);
        let rows = if layout.is_narrow { &ROWS[..NARROW_ROWS] } else { &ROWS[..] };
        let learn = Some(self.view.learn_view());
        let view = PanelView { place: layout.panel_content, rows, learn };
        if let Some(press) = self.panel.show(ui, &mut desk, &self.feed.controls, &view) {
            self.view.press(press, ui, &desk, &self.preferences, &self.feed.controls);
        }
        footer::show(ui, &mut desk, &self.feed.status);
        go_on(ui, &self.view, &self.panel, now_s);
    }

    fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        gesture::close(context, parameters);
        self.feed.timeline.close();
    }
}

/// Asks for the next frame while anything moves, and for another when a number is due that has stood still.
pub(super) fn go_on(ui: &Ui, view: &LimiterView, panel: &LoudnessPanel, now_s: f64) {
    if view.is_moving() {
        ui.request_repaint();
    } else if let Some(due_s) = panel.readings().due_in_s(now_s) {
        ui.request_repaint_after(Duration::from_secs_f64(due_s));
    }
}
