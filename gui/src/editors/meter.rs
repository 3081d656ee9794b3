//! The meter's editor: pass or fail at the left, where loudness strayed in the middle, what is heard now at the right.

mod history;
mod layout;
mod live;
mod pointer;
mod strip;

use std::sync::Arc;
use std::time::Duration;

use egui::{Context, Ui};
use runout_dsp_core::loudness::Readings;
use runout_dsp_core::targets::Lever;

use self::history::{History, Seen};
use self::layout::{Layout, Wanted};
use self::live::Live;
use self::strip::Strip;
use crate::desk::{Desk, Hint};
use crate::editor::Editor;
use crate::feed::Feed;
use crate::header::{Content, Header};
use crate::look::Look;
use crate::loudness_panel::{LoudnessPanel, PanelView, Reading};
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::presets::Presets;
use crate::{fonts, footer, gesture, paint};

/// The rows of the panel, the most important first.
const ROWS: [Reading; 8] = [
    Reading::TruePeakMax,
    Reading::ShortTerm,
    Reading::ShortTermMax,
    Reading::Momentary,
    Reading::MomentaryMax,
    Reading::Range,
    Reading::PeakToLoudness,
    Reading::PeakToShortTermMin,
];

/// How many of them a narrow window shows.
const NARROW_ROWS: usize = 1;

/// The editor of Runout Meter.
pub struct MeterEditor {
    feed: Feed,
    preferences: Arc<Preferences>,
    presets: Presets,
    header: Header,
    hint: Hint,
    panel: LoudnessPanel,
    live: Live,
    history: History,
    strip: Strip,
}

impl MeterEditor {
    /// An editor on the reading ends of a meter.
    pub fn new(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Self {
        Self {
            feed,
            panel: LoudnessPanel::new(Arc::clone(&preferences)),
            preferences,
            presets,
            header: Header::default(),
            hint: Hint::default(),
            live: Live::default(),
            history: History::default(),
            strip: Strip::default(),
        }
    }

    /// Takes what has arrived since the last frame.
    fn listen(&mut self, now_s: f64) -> Readings {
        let readings = self.feed.meter.readings();
        self.panel.update(&readings, Lever::Level, now_s);
        let over_dbtp = self.panel.judgement().over_dbtp();
        self.live.take(&mut self.feed, &readings, over_dbtp, now_s);
        readings
    }

    /// Asks for the next frame while anything moves, and for another when a number is due that has stood still.
    fn go_on(&self, context: &Context, now_s: f64) {
        if self.live.is_moving() {
            context.request_repaint();
        } else if let Some(due_s) = self.panel.readings().due_in_s(now_s) {
            context.request_repaint_after(Duration::from_secs_f64(due_s));
        }
    }
}

impl Editor for MeterEditor {
    fn opened(&mut self, context: &Context) {
        fonts::install(context);
        self.feed.timeline.open();
    }

    fn show(&mut self, ui: &mut Ui, parameters: &dyn Parameters) {
        let now_s = ui.input(|input| input.time);
        let latest = self.listen(now_s);
        self.hint.clear();
        let look = Look::new(self.preferences.theme(), |palette| palette.meter);
        let mut desk = Desk::new(look, parameters, &mut self.hint);
        let content = &mut Content {
            name: "Meter",
            presets: &mut self.presets,
            preferences: &self.preferences,
            delta: None,
            can_reset: true,
        };
        if self.header.show(ui, &mut desk, content) {
            self.feed.controls.reset();
        }
        let readings = self.panel.readings().shown();
        let wanted = Wanted { channels: readings.channels, true_peak: self.history.shows_true_peak() };
        let layout = Layout::new(ui.max_rect(), wanted);
        paint::plane(ui.painter(), layout.panel, look.palette.panel);
        paint::plane(ui.painter(), layout.plots, look.palette.plot);
        let seen = Seen {
            readings,
            latest: &latest,
            log: self.feed.log.read(),
            target: self.preferences.target(),
            judgement: self.panel.judgement(),
            correlation: self.live.correlation(readings),
        };
        // What is bypassed loses its color; the meters go on.
        let is_bypassed = parameters.value("bypass").is_some_and(|value| value >= 0.5);
        let curves = if is_bypassed { look.with_accent(look.palette.scale_text) } else { look };
        self.history.show(ui, &mut desk.with_look(curves), &layout, &seen);
        self.strip.show(ui, &mut desk, &layout, &mut self.live, &seen);
        let rows = if layout.is_narrow { &ROWS[..NARROW_ROWS] } else { &ROWS };
        let view = PanelView { place: layout.panel_content, rows, learn: None };
        self.panel.show(ui, &mut desk, &self.feed.controls, &view);
        footer::show(ui, &mut desk, &self.feed.status);
        self.go_on(ui.ctx(), now_s);
    }

    fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        gesture::close(context, parameters);
        self.feed.timeline.close();
    }
}
