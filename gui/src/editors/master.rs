//! Master's editor: the chain as cards, the chosen module's controls under the limiter's lanes, and what is delivered at
//! the right.

mod cards;
mod input_controls;
mod layout;
mod module;
mod output_card;
mod output_controls;
mod places;
mod reorder;
mod strip;
mod views;

use std::sync::Arc;

use egui::{Context, Ui};

use self::cards::Cards;
use self::layout::Layout;
use self::module::Module;
use self::reorder::Reorder;
use self::views::Views;
use super::frame::{About, Frame};
use super::limiting::Limiting;
use crate::editor::Editor;
use crate::equalizer_view::Thumbnail;
use crate::feed::Feed;
use crate::limiter_view;
use crate::paint;
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

/// The editor of Runout Master.
pub struct MasterEditor {
    frame: Frame,
    limiting: Limiting,
    views: Views,
    curve: Thumbnail,
    reorder: Reorder,
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
            reorder: Reorder::default(),
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
        let Self { frame, limiting, views, curve, reorder, chosen } = self;
        frame.set_keys(chosen.keys());
        frame.show(ui, parameters, |ui, desk, mut inside| {
            limiting.take(desk, &mut inside);
            views.take(&mut inside);
            let format = (inside.feed.status.sample_rate(), inside.feed.status.channels());
            let layout = Layout::new(ui.max_rect(), limiting.view.more && *chosen == Module::Limiter);
            let before = *chosen;
            let flat = layout.has_flat_cards;
            let mut cards = Cards { flat, live: &limiting.view.live, curve, views, reorder, format };
            cards.show(ui, desk, layout.cards, &Module::all(parameters), chosen);
            views.listen(inside.feed, Some(before), *chosen);
            let look = desk.look;
            let module = &mut desk.with_look(look.with_accent(chosen.accent(look.palette)));
            let shown = limiter_view::shown(parameters, format.1);
            if matches!(chosen, Module::Input | Module::Limiter | Module::Output) {
                limiting.view.show_lanes(ui, module, layout.lanes, shown);
            }
            match chosen {
                Module::Input => input_controls::show(ui, module, layout.controls, format.1),
                Module::Output => output_controls::show(ui, module, layout.controls),
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
