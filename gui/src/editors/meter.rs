//! The meter's editor: pass or fail at the left, where loudness strayed in the middle, what is heard now at the right.

mod history;
mod layout;
mod pointer;
mod strip;

use std::sync::Arc;

use egui::{Context, Ui};
use runout_dsp_core::targets::Lever;

use self::history::{History, Seen};
use self::layout::{Layout, Wanted};
use self::strip::Strip;
use super::frame::{About, Frame, go_on};
use super::live::Live;
use crate::editor::Editor;
use crate::feed::Feed;
use crate::loudness_panel::{LoudnessPanel, PanelView, Reading};
use crate::paint;
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::presets::Presets;

const ABOUT: About =
    About { name: "Meter", accent: |palette| palette.meter, delta: None, keys: &[], full_names: false };

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
    frame: Frame,
    panel: LoudnessPanel,
    live: Live,
    history: History,
    strip: Strip,
}

impl MeterEditor {
    /// An editor on the reading ends of a meter.
    pub fn new(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Self {
        Self {
            panel: LoudnessPanel::new(Arc::clone(&preferences)),
            frame: Frame::new(ABOUT, feed, preferences, presets),
            live: Live::default(),
            history: History::default(),
            strip: Strip::default(),
        }
    }
}

impl Editor for MeterEditor {
    fn opened(&mut self, context: &Context) {
        self.frame.opened(context);
    }

    fn show(&mut self, ui: &mut Ui, parameters: &dyn Parameters) {
        let Self { frame, panel, live, history, strip } = self;
        frame.show(ui, parameters, |ui, desk, inside| {
            let (feed, look) = (inside.feed, desk.look);
            let latest = feed.meter.readings();
            panel.update(&latest, Lever::Level, inside.now_s);
            live.take(feed, &latest, panel.judgement().over_dbtp(), inside.now_s);
            let readings = panel.readings().shown();
            let wanted = Wanted { channels: readings.channels, true_peak: history.shows_true_peak() };
            let layout = Layout::new(ui.max_rect(), wanted);
            paint::plane(ui.painter(), layout.panel, look.palette.panel);
            paint::plane(ui.painter(), layout.plots, look.palette.plot);
            let seen = Seen {
                readings,
                latest: &latest,
                log: feed.log.read(),
                target: inside.preferences.target(),
                judgement: panel.judgement(),
                correlation: live.correlation(readings),
            };
            // What is bypassed loses its color; the meters go on.
            let is_bypassed = parameters.value("bypass").is_some_and(|value| value >= 0.5);
            let curves = if is_bypassed { look.with_accent(look.palette.scale_text) } else { look };
            history.show(ui, &mut desk.with_look(curves), &layout, &seen);
            strip.show(ui, desk, &layout, live, &seen);
            let rows = if layout.is_narrow { &ROWS[..NARROW_ROWS] } else { &ROWS };
            let view = PanelView { place: layout.panel_content, rows, learn: None };
            panel.show(ui, desk, &feed.controls, &view);
            go_on(ui, live.is_moving(), panel.readings().due_in_s(inside.now_s));
        });
    }

    fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        self.frame.closed(context, parameters);
    }
}
