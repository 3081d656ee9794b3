//! What every editor has: what feeds it, its presets, header and footer. An editor says only what stands between them.

use std::sync::Arc;
use std::time::Duration;

use egui::{Context, Ui};

use crate::desk::{Desk, Hint};
use crate::feed::Feed;
use crate::header::{Content, Header};
use crate::look::Look;
use crate::palette::{Color, Palette};
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::presets::Presets;
use crate::{fonts, footer, gesture};

/// What an editor's frame is about.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// The product without the family's name: `Limiter`.
    pub name: &'static str,
    /// The product's accent.
    pub accent: fn(&Palette) -> Color,
    /// The parameter that D turns, if there is one.
    pub delta: Option<&'static str>,
    /// The keys beside those of every editor, and what they do.
    pub keys: &'static [(&'static str, &'static str)],
    /// Whether names bear their module's.
    pub full_names: bool,
}

/// The frame of an editor, and what it is fed with.
pub struct Frame {
    about: About,
    feed: Feed,
    preferences: Arc<Preferences>,
    presets: Presets,
    header: Header,
    hint: Hint,
}

/// What a frame lends to what stands in it.
pub struct Inside<'a> {
    /// What feeds the editor.
    pub feed: &'a mut Feed,
    /// What the user prefers.
    pub preferences: &'a Preferences,
    /// egui's clock, s.
    pub now_s: f64,
}

impl Frame {
    /// A frame around the reading ends of an insert.
    pub fn new(about: About, feed: Feed, preferences: Arc<Preferences>, presets: Presets) -> Self {
        Self { about, feed, preferences, presets, header: Header::default(), hint: Hint::default() }
    }

    /// What feeds the editor.
    pub fn feed(&mut self) -> &mut Feed {
        &mut self.feed
    }

    /// What the user prefers, to be held by a part of the editor.
    pub fn preferences(&self) -> &Arc<Preferences> {
        &self.preferences
    }

    /// Lists other keys than before beside those of every editor.
    pub fn set_keys(&mut self, keys: &'static [(&'static str, &'static str)]) {
        self.about.keys = keys;
    }

    /// The window has opened: sets the context up and starts to listen.
    pub fn opened(&mut self, context: &Context) {
        fonts::install(context);
        self.feed.timeline.open();
    }

    /// Shows header, `contents` and footer. The header's reset is the meter's.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        parameters: &dyn Parameters,
        contents: impl FnOnce(&mut Ui, &mut Desk<'_>, Inside<'_>),
    ) {
        self.hint.clear();
        let look = Look::new(self.preferences.theme(), self.about.accent);
        let mut desk = Desk { full_names: self.about.full_names, ..Desk::new(look, parameters, &mut self.hint) };
        let header = &mut Content {
            name: self.about.name,
            presets: &mut self.presets,
            preferences: &self.preferences,
            delta: self.about.delta,
            keys: self.about.keys,
            can_reset: true,
        };
        if self.header.show(ui, &mut desk, header) {
            self.feed.controls.reset();
        }
        let now_s = ui.input(|input| input.time);
        contents(ui, &mut desk, Inside { feed: &mut self.feed, preferences: &self.preferences, now_s });
        footer::show(ui, &mut desk, &self.feed.status);
    }

    /// The window has closed: ends what the user held, and stops listening.
    pub fn closed(&mut self, context: &Context, parameters: &dyn Parameters) {
        gesture::close(context, parameters);
        self.feed.timeline.close();
    }
}

/// Asks for the next frame while anything moves, and for another when a number is due, in s, that has stood still.
pub fn go_on(context: &Context, is_moving: bool, due_s: Option<f64>) {
    if is_moving {
        context.request_repaint();
    } else if let Some(due_s) = due_s {
        context.request_repaint_after(Duration::from_secs_f64(due_s));
    }
}
