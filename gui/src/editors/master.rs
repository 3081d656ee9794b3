//! Master's editor: the chain as cards, the chosen module's controls under the limiter's lanes, and what is delivered at
//! the right.

mod cards;
mod input_controls;
mod layout;
mod strip;

use std::sync::Arc;

use egui::{Context, Ui};

use self::layout::Layout;
use super::limiter::{NARROW_ROWS, ROWS, go_on};
use crate::desk::{Desk, Hint};
use crate::editor::Editor;
use crate::feed::Feed;
use crate::header::{Content, Header};
use crate::limiter_view::{self, LimiterView};
use crate::look::Look;
use crate::loudness_panel::{LoudnessPanel, PanelView};
use crate::palette::{Color, Palette};
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::presets::Presets;
use crate::{fonts, footer, gesture, paint};

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
    feed: Feed,
    preferences: Arc<Preferences>,
    presets: Presets,
    header: Header,
    hint: Hint,
    panel: LoudnessPanel,
    view: LimiterView,
    chosen: Module,
}

impl MasterEditor {
    /// An editor on the reading ends of a chain.
    pub fn new(feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Self {
        Self {
            feed,
            panel: LoudnessPanel::new(Arc::clone(&preferences)),
            preferences,
            presets,
            header: Header::default(),
            hint: Hint::default(),
            view: LimiterView::default(),
            chosen: Module::default(),
        }
    }

    /// The chosen module's controls.
    fn show_module(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, layout: &Layout) {
        match self.chosen {
            Module::Input => input_controls::show(ui, desk, layout.controls, self.feed.status.channels()),
            Module::Limiter => self.view.show_controls(ui, desk, layout.controls, layout.room),
        }
    }
}

impl Editor for MasterEditor {
    fn opened(&mut self, context: &Context) {
        fonts::install(context);
        self.view.start();
        self.feed.timeline.open();
    }

    fn show(&mut self, ui: &mut Ui, parameters: &dyn Parameters) {
        let now_s = ui.input(|input| input.time);
        let readings = self.feed.meter.readings();
        self.panel.update(&readings, limiter_view::lever(parameters), now_s);
        self.view.take(&mut self.feed, &readings, parameters, &self.preferences, now_s);
        let mut hint = std::mem::take(&mut self.hint);
        hint.clear();
        let look = Look::new(self.preferences.theme(), |palette| palette.master);
        let mut desk = Desk::new(look, parameters, &mut hint).with_full_names();
        let content = &mut Content {
            name: "Master",
            presets: &mut self.presets,
            preferences: &self.preferences,
            delta: Some("listen.limiter.delta"),
            can_reset: true,
        };
        if self.header.show(ui, &mut desk, content) {
            self.feed.controls.reset();
        }
        let shown = limiter_view::shown(parameters, self.feed.status.channels());
        let layout = Layout::new(ui.max_rect(), self.view.more && self.chosen == Module::Limiter);
        cards::show(ui, &mut desk, layout.cards, layout.has_flat_cards, &self.view.live, &mut self.chosen);
        let of_module = look.with_accent(self.chosen.accent(look.palette));
        let mut module_desk = desk.with_look(of_module);
        self.view.show_lanes(ui, &mut module_desk, layout.lanes, shown);
        self.show_module(ui, &mut module_desk, &layout);
        paint::plane(ui.painter(), layout.panel, look.palette.panel);
        paint::vertical(ui.painter(), layout.panel.left(), layout.panel.y_range(), look.palette.line);
        if let Some(strip) = layout.strip {
            strip::show(ui, &look, strip, &self.view.live, shown);
        }
        let rows = if layout.is_narrow { &ROWS[..NARROW_ROWS] } else { &ROWS[..] };
        let learn = Some(self.view.learn_view());
        let view = PanelView { place: layout.panel_content, rows, learn };
        let mut limiter_desk = desk.with_look(look.with_accent(look.palette.limiter));
        if let Some(press) = self.panel.show(ui, &mut limiter_desk, &self.feed.controls, &view) {
            self.view.press(press, ui, &limiter_desk, &self.preferences, &self.feed.controls);
        }
        footer::show(ui, &mut desk, &self.feed.status);
        go_on(ui, &self.view, &self.panel, now_s);
        self.hint = hint;
    }

    fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        gesture::close(context, parameters);
        self.feed.timeline.close();
    }
}
