//! Master's editor: the chain as cards, the chosen module's controls under the limiter's lanes, and what is delivered at
//! the right.

mod cards;
mod input_controls;
mod layout;
mod strip;

use std::sync::Arc;

use egui::{Context, Ui};

use self::cards::Cards;
use self::layout::Layout;
use super::frame::{About, Frame, Inside};
use super::limiting::Limiting;
use super::planes::is_low;
use crate::desk::Desk;
use crate::editor::Editor;
use crate::equalizer_view::{EqualizerView, KEYS, Planes, Shown, Thumbnail, is_bypassed};
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
    keys: &KEYS,
    full_names: true,
};

/// A module that has a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Module {
    Input,
    Equalizer,
    #[default]
    Limiter,
}

impl Module {
    /// Every module, in the order of the chain.
    const ALL: [Self; 3] = [Self::Input, Self::Equalizer, Self::Limiter];

    fn accent(self, palette: &Palette) -> Color {
        match self {
            Self::Input => palette.master,
            Self::Equalizer => palette.equalizer,
            Self::Limiter => palette.limiter,
        }
    }
}

/// The editor of Runout Master.
pub struct MasterEditor {
    frame: Frame,
    limiting: Limiting,
    equalizer: EqualizerView,
    curve: Thumbnail,
    chosen: Module,
}

impl MasterEditor {
    /// An editor on the reading ends of a chain.
    pub fn new(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Self {
        let frame = Frame::new(ABOUT, feed, preferences, presets);
        Self {
            limiting: Limiting::new(&frame),
            frame,
            equalizer: EqualizerView::default(),
            curve: Thumbnail::default(),
            chosen: Module::default(),
        }
    }
}

impl Editor for MasterEditor {
    fn opened(&mut self, context: &Context) {
        self.limiting.view.start();
        self.frame.opened(context);
        if self.chosen == Module::Equalizer {
            self.equalizer.open(&mut self.frame.feed().spectrum);
        }
    }

    fn show(&mut self, ui: &mut Ui, parameters: &dyn Parameters) {
        let Self { frame, limiting, equalizer, curve, chosen } = self;
        frame.show(ui, parameters, |ui, desk, mut inside| {
            limiting.take(desk, &mut inside);
            let format = (inside.feed.status.sample_rate(), inside.feed.status.channels());
            let layout = Layout::new(ui.max_rect(), limiting.view.more && *chosen == Module::Limiter);
            let before = *chosen;
            let mut cards = Cards { flat: layout.has_flat_cards, live: &limiting.view.live, curve, format };
            cards.show(ui, desk, layout.cards, chosen);
            listen(equalizer, inside.feed, before, *chosen);
            let look = desk.look;
            let module = &mut desk.with_look(look.with_accent(chosen.accent(look.palette)));
            let shown = limiter_view::shown(parameters, format.1);
            if *chosen != Module::Equalizer {
                limiting.view.show_lanes(ui, module, layout.lanes, shown);
            }
            match chosen {
                Module::Input => input_controls::show(ui, module, layout.controls, format.1),
                Module::Equalizer => show_equalizer(ui, module, &layout, equalizer, &mut inside),
                Module::Limiter => limiting.view.show_controls(ui, module, layout.controls, layout.room),
            }
            paint::plane(ui.painter(), layout.panel, look.palette.panel);
            paint::vertical(ui.painter(), layout.panel.left(), layout.panel.y_range(), look.palette.line);
            if let Some(strip) = layout.strip {
                strip::show(ui, &look, strip, &limiting.view.live, shown);
            }
            limiting.show_panel(ui, desk, &inside, layout.panel_content, layout.is_narrow);
            if *chosen == Module::Equalizer {
                equalizer.obey_keys(ui, desk);
            }
            limiting.go_on(ui, *chosen == Module::Equalizer && equalizer.is_moving(), inside.now_s);
        });
    }

    fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        self.equalizer.close(&mut self.frame.feed().spectrum);
        self.frame.closed(context, parameters);
    }
}

/// Has the spectrum gathered only while it is on show.
fn listen(equalizer: &mut EqualizerView, feed: &mut Feed, before: Module, now: Module) {
    match (before == Module::Equalizer, now == Module::Equalizer) {
        (false, true) => equalizer.open(&mut feed.spectrum),
        (true, false) => equalizer.close(&mut feed.spectrum),
        _ => {}
    }
}

fn show_equalizer(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    layout: &Layout,
    equalizer: &mut EqualizerView,
    inside: &mut Inside<'_>,
) {
    let sample_rate = inside.feed.status.sample_rate();
    equalizer.take(&mut inside.feed.spectrum, sample_rate, inside.preferences, inside.now_s);
    let shown = Shown {
        sample_rate,
        channels: inside.feed.status.channels(),
        bypassed: is_bypassed(desk.parameters),
        has_output: true,
        preferences: inside.preferences,
    };
    let planes = Planes::new(layout.module, is_low(ui.max_rect().height()), 0.0);
    equalizer.show(ui, desk, &planes, &shown, inside.now_s);
}
