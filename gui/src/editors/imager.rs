//! The imager's editor: what is heard at the left, the width over frequency at the right, the controls below.

use std::sync::Arc;

use egui::{Context, Ui};

use super::frame::{About, Frame};
use super::planes::body;
use crate::editor::Editor;
use crate::feed::Feed;
use crate::imager_view::{ImagerView, Planes, Shown, is_bypassed};
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::presets::Presets;

const ABOUT: About = About {
    name: "Imager",
    accent: |palette| palette.imager,
    delta: Some("listen.imager.delta"),
    keys: &[],
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
    }

    fn show(&mut self, ui: &mut Ui, parameters: &dyn Parameters) {
        let Self { frame, view } = self;
        frame.show(ui, parameters, |ui, desk, inside| {
            let status = &inside.feed.status;
            let (sample_rate, channels) = (status.sample_rate(), status.channels());
            let shown = Shown { sample_rate, channels, bypassed: is_bypassed(parameters) };
            view.show(ui, desk, &Planes::new(body(ui.max_rect())), &shown);
        });
    }

    fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        self.frame.closed(context, parameters);
    }
}
