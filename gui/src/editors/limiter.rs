//! The limiter's editor: reduction over the output it made, the controls below, pass or fail at the right.

mod layout;

use std::sync::Arc;

use egui::{Context, Ui};

use self::layout::Layout;
use super::frame::{About, Frame};
use super::limiting::Limiting;
use crate::editor::Editor;
use crate::feed::Feed;
use crate::limiter_view;
use crate::paint;
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::presets::Presets;

const ABOUT: About = About {
    name: "Limiter",
    accent: |palette| palette.limiter,
    delta: Some("listen.limiter.delta"),
    keys: &[],
    full_names: false,
};

/// The editor of Runout Limiter.
pub struct LimiterEditor {
    frame: Frame,
    limiting: Limiting,
}

impl LimiterEditor {
    /// An editor on the reading ends of a limiter.
    pub fn new(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Self {
        let frame = Frame::new(ABOUT, feed, preferences, presets);
        Self { limiting: Limiting::new(&frame), frame }
    }
}

impl Editor for LimiterEditor {
    fn opened(&mut self, context: &Context) {
        self.limiting.view.start();
        self.frame.opened(context);
    }

    fn show(&mut self, ui: &mut Ui, parameters: &dyn Parameters) {
        let Self { frame, limiting } = self;
        frame.show(ui, parameters, |ui, desk, mut inside| {
            limiting.take(desk, &mut inside);
            let layout = Layout::new(ui.max_rect(), limiting.view.more);
            let shown = limiter_view::shown(parameters, inside.feed.status.channels());
            limiting.view.show_lanes(ui, desk, layout.lanes, shown);
            limiting.view.show_controls(ui, desk, layout.controls, layout.room);
            paint::plane(ui.painter(), layout.panel, desk.look.palette.panel);
            limiting.show_panel(ui, desk, &inside, layout.panel_content, layout.is_narrow);
            limiting.go_on(ui, false, inside.now_s);
        });
    }

    fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        self.frame.closed(context, parameters);
    }
}
