//! Master's editor: the chain as cards, the chosen module's controls under the limiter's lanes, and what is delivered at
//! the right.

mod cards;
mod input_controls;
mod layout;
mod strip;
mod views;

use std::sync::Arc;

use egui::{Context, Ui};
use runout_dsp_core::settings::{self, Order};

use self::cards::Cards;
use self::layout::Layout;
use self::views::Views;
use super::frame::{About, Frame};
use super::limiting::Limiting;
use crate::compressor_view;
use crate::editor::Editor;
use crate::equalizer_view::{self, Thumbnail};
use crate::feed::Feed;
use crate::imager_view;
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
    Equalizer,
    Compressor,
    Imager,
    #[default]
    Limiter,
}

impl Module {
    /// The modules that the plugin has, in the order of its chain.
    fn all(parameters: &dyn Parameters) -> Vec<Self> {
        let order = Order::from_index(parameters.value("order").unwrap_or(0.0));
        let movable = order.modules().into_iter().filter_map(|module| match module {
            settings::Module::Equalizer => Some(Self::Equalizer),
            settings::Module::Compressor => Some(Self::Compressor),
            settings::Module::Imager => Some(Self::Imager),
            _ => None,
        });
        let all = [Self::Input].into_iter().chain(movable).chain([Self::Limiter]);
        all.filter(|module| module.switch().is_none_or(|id| parameters.value(id).is_some())).collect()
    }

    /// The parameter that turns it, where the plugin may not have the module.
    fn switch(self) -> Option<&'static str> {
        match self {
            Self::Compressor => Some("compressor.enabled"),
            Self::Imager => Some("imager.enabled"),
            Self::Input | Self::Equalizer | Self::Limiter => None,
        }
    }

    /// Its keys beside those of every editor.
    fn keys(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Equalizer => &equalizer_view::KEYS,
            Self::Compressor => &compressor_view::KEYS,
            Self::Imager => &imager_view::KEYS,
            Self::Input | Self::Limiter => &[],
        }
    }

    fn accent(self, palette: &Palette) -> Color {
        match self {
            Self::Input => palette.master,
            Self::Equalizer => palette.equalizer,
            Self::Compressor => palette.compressor,
            Self::Imager => palette.imager,
            Self::Limiter => palette.limiter,
        }
    }
}

/// The editor of Runout Master.
pub struct MasterEditor {
    frame: Frame,
    limiting: Limiting,
    views: Views,
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
            views: Views::default(),
            curve: Thumbnail::default(),
            chosen: Module::default(),
        }
    }
}

impl Editor for MasterEditor {
    fn opened(&mut self, context: &Context) {
        self.limiting.view.start();
        self.frame.opened(context);
        self.views.listen(self.frame.feed(), None, self.chosen);
    }

    fn show(&mut self, ui: &mut Ui, parameters: &dyn Parameters) {
        let Self { frame, limiting, views, curve, chosen } = self;
        frame.set_keys(chosen.keys());
        frame.show(ui, parameters, |ui, desk, mut inside| {
            limiting.take(desk, &mut inside);
            views.take(&mut inside);
            let format = (inside.feed.status.sample_rate(), inside.feed.status.channels());
            let layout = Layout::new(ui.max_rect(), limiting.view.more && *chosen == Module::Limiter);
            let before = *chosen;
            let mut cards = Cards { flat: layout.has_flat_cards, live: &limiting.view.live, curve, views, format };
            cards.show(ui, desk, layout.cards, &Module::all(parameters), chosen);
            views.listen(inside.feed, Some(before), *chosen);
            let look = desk.look;
            let module = &mut desk.with_look(look.with_accent(chosen.accent(look.palette)));
            let shown = limiter_view::shown(parameters, format.1);
            if matches!(chosen, Module::Input | Module::Limiter) {
                limiting.view.show_lanes(ui, module, layout.lanes, shown);
            }
            match chosen {
                Module::Input => input_controls::show(ui, module, layout.controls, format.1),
                Module::Limiter => limiting.view.show_controls(ui, module, layout.controls, layout.room),
                _ => views.show(ui, module, &layout, &mut inside, *chosen),
            }
            paint::plane(ui.painter(), layout.panel, look.palette.panel);
            paint::vertical(ui.painter(), layout.panel.left(), layout.panel.y_range(), look.palette.line);
            if let Some(strip) = layout.strip {
                strip::show(ui, &look, strip, &limiting.view.live, shown);
            }
            limiting.show_panel(ui, desk, &inside, layout.panel_content, layout.is_narrow);
            views.obey_keys(ui, desk, *chosen);
            limiting.go_on(ui, views.is_moving(*chosen), inside.now_s);
        });
    }

    fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        self.views.close(self.frame.feed());
        self.frame.closed(context, parameters);
    }
}
