//! Master's editor: the chain as cards, the chosen module's controls under the limiter's lanes, and what is delivered at
//! the right.

mod cards;
mod input_controls;
mod layout;
mod strip;

use std::sync::Arc;

use egui::{Context, Ui};

use self::layout::Layout;
use super::frame::{About, Frame};
use super::limiting::Limiting;
use crate::editor::Editor;
use crate::feed::Feed;
use crate::limiter_view;
use crate::paint;
use crate::palette::{Color, Palette};
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::presets::Presets;

const ABOUT: About = About {
    name: "Master",
    accent: |palette| palette.master,
    delta: Some("listen.limiter.delta"),
    keys: &[],
    full_names: true,
};

/// A module that has a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Module {
    Input,
    #[default]
    Limiter,
}

impl Module {
    /// Every module, in the order of the chain.
    const ALL: [Self; 2] = [Self::Input, Self::Limiter];

    fn accent(self, palette: &Palette) -> Color {
        match self {
            Self::Input => palette.master,
            Self::Limiter => palette.limiter,
        }
    }
}

/// The editor of Runout Master.
pub struct MasterEditor {
    frame: Frame,
    limiting: Limiting,
    chosen: Module,
}

impl MasterEditor {
    /// An editor on the reading ends of a chain.
    pub fn new(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Self {
        let frame = Frame::new(ABOUT, feed, preferences, presets);
        Self { limiting: Limiting::new(&frame), frame, chosen: Module::default() }
    }
}

impl Editor for MasterEditor {
    fn opened(&mut self, context: &Context) {
        self.limiting.view.start();
        self.frame.opened(context);
    }

    fn show(&mut self, ui: &mut Ui, parameters: &dyn Parameters) {
        let Self { frame, limiting, chosen } = self;
        frame.show(ui, parameters, |ui, desk, mut inside| {
            limiting.take(desk, &mut inside);
            let (look, channels) = (desk.look, inside.feed.status.channels());
            let shown = limiter_view::shown(parameters, channels);
            let layout = Layout::new(ui.max_rect(), limiting.view.more && *chosen == Module::Limiter);
            cards::show(ui, desk, layout.cards, layout.has_flat_cards, &limiting.view.live, chosen);
            let of_module = &mut desk.with_look(look.with_accent(chosen.accent(look.palette)));
            limiting.view.show_lanes(ui, of_module, layout.lanes, shown);
            match chosen {
                Module::Input => input_controls::show(ui, of_module, layout.controls, channels),
                Module::Limiter => limiting.view.show_controls(ui, of_module, layout.controls, layout.room),
            }
            paint::plane(ui.painter(), layout.panel, look.palette.panel);
            paint::vertical(ui.painter(), layout.panel.left(), layout.panel.y_range(), look.palette.line);
            if let Some(strip) = layout.strip {
                strip::show(ui, &look, strip, &limiting.view.live, shown);
            }
            limiting.show_panel(ui, desk, &inside, layout.panel_content, layout.is_narrow);
            limiting.go_on(ui, false, inside.now_s);
        });
    }

    fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        self.frame.closed(context, parameters);
    }
}
