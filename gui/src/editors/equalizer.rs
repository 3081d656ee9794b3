//! The equalizer's editor: the curve over the spectrum, the bands below, the output at the right.

use std::sync::Arc;

use egui::{Context, Ui};

use super::frame::{About, Frame, go_on};
use super::live::Live;
use super::output_strip::{self, Strip};
use super::planes::{body, is_low};
use crate::editor::Editor;
use crate::equalizer_view::{EqualizerView, KEYS, Planes, Shown, is_bypassed};
use crate::feed::Feed;
use crate::loudness_panel::SteadyReadings;
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::presets::Presets;

const ABOUT: About =
    About { name: "Equalizer", accent: |palette| palette.equalizer, delta: None, keys: &KEYS, full_names: false };

/// What the strip has of the whole.
const STRIP: [(&str, &str); 1] = [("equalizer.output_gain_db", "Output")];

/// The editor of Runout Equalizer.
pub struct EqualizerEditor {
    frame: Frame,
    view: EqualizerView,
    live: Live,
    readings: SteadyReadings,
}

impl EqualizerEditor {
    /// An editor on the reading ends of an equalizer.
    pub fn new(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Self {
        Self {
            frame: Frame::new(ABOUT, feed, preferences, presets),
            view: EqualizerView::default(),
            live: Live::default(),
            readings: SteadyReadings::new(),
        }
    }
}

impl Editor for EqualizerEditor {
    fn opened(&mut self, context: &Context) {
        self.frame.opened(context);
        self.view.open(&mut self.frame.feed().spectrum);
    }

    fn show(&mut self, ui: &mut Ui, parameters: &dyn Parameters) {
        let Self { frame, view, live, readings } = self;
        frame.show(ui, parameters, |ui, desk, inside| {
            let (feed, now_s) = (inside.feed, inside.now_s);
            let (sample_rate, channels) = (feed.status.sample_rate(), feed.status.channels());
            let latest = feed.meter.readings();
            readings.update(&latest, now_s);
            live.take(feed, &latest, Some(output_strip::CEILING_DBTP), now_s);
            view.take(&mut feed.spectrum, sample_rate, inside.preferences, now_s);
            let window = ui.max_rect();
            let planes = Planes::new(body(window), is_low(window.height()), output_strip::WIDTH);
            let shown = Shown {
                sample_rate,
                channels,
                bypassed: is_bypassed(parameters),
                has_output: false,
                preferences: inside.preferences,
            };
            view.show(ui, desk, &planes, &shown, now_s);
            let strip = Strip { values: &STRIP, deepest_db: None, bypassed: shown.bypassed };
            if strip.show(ui, desk, planes.strip, live, readings.shown()) {
                feed.controls.reset();
                live.clear_overs();
            }
            view.obey_keys(ui, desk);
            go_on(ui, live.is_moving() || view.is_moving(), readings.due_in_s(now_s));
        });
    }

    fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        self.view.close(&mut self.frame.feed().spectrum);
        self.frame.closed(context, parameters);
    }
}
