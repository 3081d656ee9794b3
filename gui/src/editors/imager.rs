//! The imager's editor: what is heard at the left, the width over frequency at the right, the controls below.

use std::sync::Arc;

use egui::{Context, Ui};

use super::frame::{About, Frame, go_on};
use super::planes::{body, is_low};
use crate::editor::Editor;
use crate::feed::Feed;
use crate::imager_view::{ImagerView, KEYS, Planes, Shown, is_bypassed};
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::presets::Presets;

const ABOUT: About = About {
    name: "Imager",
    accent: |palette| palette.imager,
    delta: Some("listen.imager.delta"),
    keys: &KEYS,
    full_names: false,
};

/// The editor of Runout Imager.
pub struct ImagerEditor {
    frame: Frame,
    view: ImagerView,
}

impl ImagerEditor {
    /// An editor on the reading ends of an imager.
    pub fn new(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Self {
        Self { frame: Frame::new(ABOUT, feed, preferences, presets), view: ImagerView::default() }
    }
}

impl Editor for ImagerEditor {
    fn opened(&mut self, context: &Context) {
        self.frame.opened(context);
        self.view.open(&mut self.frame.feed().imager);
    }

    fn show(&mut self, ui: &mut Ui, parameters: &dyn Parameters) {
        let Self { frame, view } = self;
        frame.show(ui, parameters, |ui, desk, inside| {
            let (feed, now_s) = (inside.feed, inside.now_s);
            let (sample_rate, channels) = (feed.status.sample_rate(), feed.status.channels());
            view.take(&mut feed.imager, sample_rate, feed.meter.readings().frames, now_s);
            let window = ui.max_rect();
            let planes = Planes::new(body(window), is_low(window.height()));
            view.show(ui, desk, &planes, &Shown { sample_rate, channels, bypassed: is_bypassed(parameters) });
            view.obey_keys(ui, desk);
            go_on(ui, view.is_moving(), None);
        });
    }

    fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        self.view.close(&mut self.frame.feed().imager);
        self.frame.closed(context, parameters);
    }
}
