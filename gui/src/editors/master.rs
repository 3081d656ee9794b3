//! Master's editor: the chain as cards, the chosen module's controls under the limiter's lanes, and what is delivered at
//! the right.

mod cards;
mod input_controls;
mod layout;
mod strip;

use std::sync::Arc;

use egui::{Context, Ui};
use runout_dsp_core::settings::{self, Order};

use self::cards::Cards;
use self::layout::Layout;
use super::frame::{About, Frame, Inside};
use super::limiting::Limiting;
use super::planes::is_low;
use crate::compressor_view::{self, CompressorView};
use crate::desk::Desk;
use crate::editor::Editor;
use crate::equalizer_view::{self, EqualizerView, Planes, Shown, Thumbnail, is_bypassed};
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
    Equalizer,
    Compressor,
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
            _ => None,
        });
        let all = [Self::Input].into_iter().chain(movable).chain([Self::Limiter]);
        all.filter(|module| *module != Self::Compressor || parameters.value("compressor.enabled").is_some()).collect()
    }

    /// Its keys beside those of every editor.
    fn keys(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Equalizer => &equalizer_view::KEYS,
            Self::Compressor => &compressor_view::KEYS,
            Self::Input | Self::Limiter => &[],
        }
    }

    fn accent(self, palette: &Palette) -> Color {
        match self {
            Self::Input => palette.master,
            Self::Equalizer => palette.equalizer,
            Self::Compressor => palette.compressor,
            Self::Limiter => palette.limiter,
        }
    }
}

/// The editor of Runout Master.
pub struct MasterEditor {
    frame: Frame,
    limiting: Limiting,
    equalizer: EqualizerView,
    compressor: CompressorView,
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
            compressor: CompressorView::default(),
            curve: Thumbnail::default(),
            chosen: Module::default(),
        }
    }
}

impl Editor for MasterEditor {
    fn opened(&mut self, context: &Context) {
        self.limiting.view.start();
        self.frame.opened(context);
        let Self { frame, equalizer, compressor, .. } = self;
        listen(equalizer, compressor, frame.feed(), None, self.chosen);
    }

    fn show(&mut self, ui: &mut Ui, parameters: &dyn Parameters) {
        let Self { frame, limiting, equalizer, compressor, curve, chosen } = self;
        frame.set_keys(chosen.keys());
        frame.show(ui, parameters, |ui, desk, mut inside| {
            limiting.take(desk, &mut inside);
            let sample_rate = inside.feed.status.sample_rate();
            compressor.take(&mut inside.feed.compressor, sample_rate, inside.preferences, inside.now_s);
            let format = (inside.feed.status.sample_rate(), inside.feed.status.channels());
            let layout = Layout::new(ui.max_rect(), limiting.view.more && *chosen == Module::Limiter);
            let before = *chosen;
            let mut cards = Cards { flat: layout.has_flat_cards, live: &limiting.view.live, curve, compressor, format };
            cards.show(ui, desk, layout.cards, &Module::all(parameters), chosen);
            listen(equalizer, compressor, inside.feed, Some(before), *chosen);
            let look = desk.look;
            let module = &mut desk.with_look(look.with_accent(chosen.accent(look.palette)));
            let shown = limiter_view::shown(parameters, format.1);
            if matches!(chosen, Module::Input | Module::Limiter) {
                limiting.view.show_lanes(ui, module, layout.lanes, shown);
            }
            match chosen {
                Module::Input => input_controls::show(ui, module, layout.controls, format.1),
                Module::Equalizer => show_equalizer(ui, module, &layout, equalizer, &mut inside),
                Module::Compressor => show_compressor(ui, module, &layout, compressor, &inside),
                Module::Limiter => limiting.view.show_controls(ui, module, layout.controls, layout.room),
            }
            paint::plane(ui.painter(), layout.panel, look.palette.panel);
            paint::vertical(ui.painter(), layout.panel.left(), layout.panel.y_range(), look.palette.line);
            if let Some(strip) = layout.strip {
                strip::show(ui, &look, strip, &limiting.view.live, shown);
            }
            limiting.show_panel(ui, desk, &inside, layout.panel_content, layout.is_narrow);
            match chosen {
                Module::Equalizer => equalizer.obey_keys(ui, desk),
                Module::Compressor => compressor.obey_keys(ui, desk),
                Module::Input | Module::Limiter => {}
            }
            let is_moving = *chosen == Module::Equalizer && equalizer.is_moving();
            limiting.go_on(ui, is_moving || compressor.is_moving(), inside.now_s);
        });
    }

    fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        self.equalizer.close(&mut self.frame.feed().spectrum);
        self.compressor.close(&mut self.frame.feed().compressor);
        self.frame.closed(context, parameters);
    }
}

/// Has spectra gathered only while they are on show; the compressor's gains always, for its card.
fn listen(
    equalizer: &mut EqualizerView,
    compressor: &mut CompressorView,
    feed: &mut Feed,
    before: Option<Module>,
    now: Module,
) {
    if before == Some(now) {
        return;
    }
    if now == Module::Equalizer {
        equalizer.open(&mut feed.spectrum);
    } else if before == Some(Module::Equalizer) {
        equalizer.close(&mut feed.spectrum);
    }
    if now == Module::Compressor {
        compressor.open(&mut feed.compressor);
    } else if before.is_none_or(|before| before == Module::Compressor) {
        compressor.watch(&mut feed.compressor);
    }
}

fn show_compressor(
    ui: &mut Ui,
    desk: &mut Desk<'_>,
    layout: &Layout,
    compressor: &mut CompressorView,
    inside: &Inside<'_>,
) {
    let shown = compressor_view::Shown {
        sample_rate: inside.feed.status.sample_rate(),
        channels: inside.feed.status.channels(),
        bypassed: compressor_view::is_bypassed(desk.parameters),
        has_output: true,
        preferences: inside.preferences,
    };
    let planes = compressor_view::Planes::new(layout.module, is_low(ui.max_rect().height()), 0.0);
    compressor.show(ui, desk, &planes, &shown);
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
