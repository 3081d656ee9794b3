//! Segments: a choice of up to six, all to be seen.

use egui::{Align2, EventFilter, Key, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};

use super::button::attend;
use super::control::wheel_steps;
use crate::desk::Desk;
use crate::look::size;
use crate::palette::Color;
use crate::write::{self, Role};
use crate::{gesture, keys, paint, setting};

/// A choice of words.
#[derive(Clone, Copy, Debug)]
pub struct Segments<'a> {
    words: &'a [&'a str],
    widths: Option<&'a [f32]>,
    meaning: Option<Color>,
}

/// What a key or the wheel asks.
#[derive(Clone, Copy)]
enum Asked {
    By(i32),
    First,
    Last,
    Default,
}

impl<'a> Segments<'a> {
    /// The words as they are shown, all of one width.
    pub fn new(words: &'a [&'a str]) -> Self {
        Self { words, widths: None, meaning: None }
    }

    /// Gives each word its width in points, in proportion to the whole.
    pub fn widths(self, widths: &'a [f32]) -> Self {
        Self { widths: Some(widths), ..self }
    }

    /// The color of the chosen one, where that is not the accent.
    pub fn meaning(self, color: Color) -> Self {
        Self { meaning: Some(color), ..self }
    }

    /// Shows a choice of the plugin and lets it be made; its accessible name is the parameter's, that of each segment its
    /// word. `None` where the plugin has no such parameter.
    pub fn show_parameter(self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect, id: &str) -> Option<Response> {
        let parameter = setting::find(id)?;
        let chosen = desk.parameters.value(id)? as usize;
        let default = parameter.default_value() as usize;
        let name = desk.name(parameter);
        let (response, asked) = self.show(ui, desk, rect, &name, &setting::sentence(parameter), chosen, default);
        if let Some(asked) = asked {
            gesture::once(ui, desk.parameters, response.id, id, asked as f32);
        }
        Some(response)
    }

    /// Shows the words with the chosen one, an accessible name and what the footer says. Gives the response of the whole
    /// and the word that was asked for, by click, wheel or key; Delete and double-click ask for `default`.
    #[expect(clippy::too_many_arguments, reason = "each is one plain fact of what is shown")]
    pub fn show(
        self,
        ui: &Ui,
        desk: &mut Desk<'_>,
        rect: Rect,
        name: &str,
        sentence: &str,
        chosen: usize,
        default: usize,
    ) -> (Response, Option<usize>) {
        let owner = ui.scope_id().with(("segments", name));
        let whole = ui.interact(rect, owner, Sense::focusable_noninteractive());
        let places = self.places(rect);
        let words: Vec<Response> = places
            .iter()
            .enumerate()
            .map(|(index, place)| ui.interact(*place, owner.with(index), Sense::CLICK))
            .collect();
        self.paint(ui, desk, rect, &places, &words, chosen);
        let hovered = words.iter().any(Response::hovered);
        let mut asked = words.iter().position(Response::clicked);
        if asked.is_some() {
            whole.request_focus();
        }
        if words.iter().any(Response::double_clicked) {
            asked = Some(default);
        }
        if hovered {
            desk.hint.hovered(&setting::label(name), sentence);
            let (steps, _) = wheel_steps(ui, owner);
            asked = asked.or((steps != 0).then(|| self.after(chosen, default, Asked::By(-steps))));
        }
        asked = asked.or_else(|| self.asked_by_key(ui, &whole, chosen, default));
        attend(ui, desk, &whole, rect, &setting::label(name), sentence);
        whole.widget_info(|| {
            let mut info = WidgetInfo::labeled(Kind::RadioGroup, true, name);
            info.current_text_value = self.words.get(chosen).map(|word| (*word).to_owned());
            info
        });
        for (index, (word, response)) in self.words.iter().zip(&words).enumerate() {
            response.widget_info(|| WidgetInfo::selected(Kind::RadioButton, true, index == chosen, *word));
        }
        (whole, asked.filter(|asked| *asked != chosen))
    }

    /// The place of each word.
    fn places(&self, rect: Rect) -> Vec<Rect> {
        let equal = vec![1.0; self.words.len()];
        let shares = self.widths.filter(|widths| widths.len() == self.words.len()).unwrap_or(&equal);
        let points = rect.width() / shares.iter().sum::<f32>();
        let mut left = rect.left();
        let place = |share: &f32| {
            let width = share * points;
            let place = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
            left += width;
            place
        };
        shares.iter().map(place).collect()
    }

    fn asked_by_key(&self, ui: &Ui, whole: &Response, chosen: usize, default: usize) -> Option<usize> {
        if !whole.has_focus() {
            return None;
        }
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(whole.id, filter));
        let asked = keys::take(ui, |key, modifiers| {
            if modifiers.any() {
                return None;
            }
            match key {
                Key::ArrowRight | Key::ArrowDown => Some(Asked::By(1)),
                Key::ArrowLeft | Key::ArrowUp => Some(Asked::By(-1)),
                Key::Home => Some(Asked::First),
                Key::End => Some(Asked::Last),
                Key::Delete | Key::Backspace => Some(Asked::Default),
                _ => None,
            }
        });
        let end = asked.iter().fold(chosen, |from, asked| self.after(from, default, *asked));
        (!asked.is_empty()).then_some(end)
    }

    /// The word that is asked for from a chosen one.
    fn after(&self, chosen: usize, default: usize, asked: Asked) -> usize {
        let last = self.words.len().saturating_sub(1);
        match asked {
            Asked::By(steps) => chosen.saturating_add_signed(steps as isize).min(last),
            Asked::First => 0,
            Asked::Last => last,
            Asked::Default => default,
        }
    }

    fn paint(&self, ui: &Ui, desk: &Desk<'_>, rect: Rect, places: &[Rect], words: &[Response], chosen: usize) {
        let (painter, look, palette) = (ui.painter(), desk.look, desk.look.palette);
        let color = self.meaning.unwrap_or(look.accent);
        paint::rounded(painter, rect, size::RADIUS, palette.control);
        for (index, (place, word)) in places.iter().zip(self.words).enumerate() {
            let is_chosen = index == chosen;
            if is_chosen {
                paint::rounded(painter, *place, size::RADIUS, look.chosen_fill(color));
                let bar = Rect::from_x_y_ranges(
                    place.left() + 6.0..=place.right() - 6.0,
                    place.bottom() - size::STROKE_STRONG..=place.bottom(),
                );
                paint::plane(painter, bar, color);
            } else if words.get(index).is_some_and(Response::hovered) {
                paint::rounded(painter, *place, size::RADIUS, palette.hover);
            } else if index > 0 && index - 1 != chosen {
                paint::vertical(painter, place.left(), place.top() + 7.0..=place.bottom() - 7.0, palette.hover);
            }
            let role = if is_chosen { Role::BodyStrong } else { Role::Body };
            let text = if is_chosen { palette.value_text } else { palette.label_text };
            write::text(painter, text, place.center(), Align2::CENTER_CENTER, role, word);
        }
    }
}
