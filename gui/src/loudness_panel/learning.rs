//! The learn block: how settled the input gain is that would meet the target, what it is, and to take it.

use egui::{Align2, Rangef, Rect, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};

use super::block;
use crate::desk::Desk;
use crate::look::size;
use crate::widgets::{Button, Toggle};
use crate::write::{self, Role};
use crate::{numbers, paint};

/// From the block's separator to the upper edge of its buttons, points.
const BUTTONS: f32 = 67.0;

/// Height of the bar, points.
const BAR: f32 = 4.0;

/// Learning as it is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LearnView<'a> {
    /// Whether it listens.
    pub learning: bool,
    /// How settled the suggestion is, 0 to 1.
    pub settled: f32,
    /// The input gain that would meet the target, dB.
    pub suggestion_db: Option<f32>,
    /// What stands where there is no suggestion: why, or what to do.
    pub sentence: &'a str,
}

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LearnPress {
    /// Learn: to start, or to stop.
    Learn,
    /// Apply the suggestion.
    Apply,
}

impl LearnView<'_> {
    /// Shows the block under a separator at `y`.
    pub(super) fn show(&self, ui: &Ui, desk: &mut Desk<'_>, x: Rangef, y: f32) -> Option<LearnPress> {
        let palette = desk.look.palette;
        let text = |x: f32, y: f32, align: Align2, role: Role, text: &str| {
            write::text(ui.painter(), palette.label_text, pos2(x, y), align, role, text);
        };
        let label_y = block(ui, desk, x, y);
        text(x.min, label_y, Align2::LEFT_CENTER, Role::Body, "Learn input gain");
        if self.learning {
            let settled = format!("{} % settled", numbers::plain(f64::from(self.settled * 100.0), 0));
            text(x.max, label_y, Align2::RIGHT_CENTER, Role::Label, &settled);
        }
        let bar = Rect::from_x_y_ranges(x, label_y + 12.0..=label_y + 12.0 + BAR);
        paint::rounded(ui.painter(), bar, BAR / 2.0, palette.control);
        if self.learning && self.settled > 0.0 {
            let filled = bar.with_max_x(x.min + self.settled.min(1.0) * x.span());
            paint::rounded(ui.painter(), filled, BAR / 2.0, desk.look.accent);
        }
        let suggestion = self.suggestion_db.map(|gain_db| numbers::signed(f64::from(gain_db), 1));
        let sentence = match &suggestion {
            Some(gain_db) => format!("Suggests {gain_db} dB for this passage."),
            None => self.sentence.to_owned(),
        };
        let short = suggestion.map(|gain_db| format!("Suggests {gain_db} dB."));
        let fits = write::width(ui.painter(), Role::Label, &sentence) <= x.span();
        let sentence = short.filter(|_| !fits).unwrap_or(sentence);
        let at = pos2(x.min, label_y + 34.0);
        write::elided(ui.painter(), palette.label_text, at, Align2::LEFT_CENTER, Role::Label, &sentence, x.span());
        self.show_buttons(ui, desk, x, y + BUTTONS)
    }

    fn show_buttons(&self, ui: &Ui, desk: &mut Desk<'_>, x: Rangef, top: f32) -> Option<LearnPress> {
        let extent = vec2((x.span() - size::CONTROL_GAP) / 2.0, size::CONTROL_TALL);
        let learn = Rect::from_min_size(pos2(x.min, top), extent);
        let apply = Rect::from_min_size(pos2(x.max - extent.x, top), extent);
        let help =
            "listens to what is played and finds the input gain that meets the target. Play the loudest passage.";
        let mut pressed = None;
        if Toggle::new("Learn").show(ui, desk, learn, "Learn", help, self.learning).clicked() {
            pressed = Some(LearnPress::Learn);
        }
        if self.suggestion_db.is_some() {
            let button = Button::new("Apply", "sets the input gain that is suggested.");
            if button.show(ui, desk, apply).clicked() {
                pressed = Some(LearnPress::Apply);
            }
        } else {
            paint::rounded(ui.painter(), apply, size::RADIUS, desk.look.palette.control);
            let color = desk.look.palette.scale_text;
            write::text(ui.painter(), color, apply.center(), Align2::CENTER_CENTER, Role::Body, "Apply");
            let response = ui.interact(apply, ui.scope_id().with("no suggestion"), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Kind::Button, false, "Apply"));
        }
        pressed
    }
}
