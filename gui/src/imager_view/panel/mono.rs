//! What is left of the imager for a signal of one channel: the gain of the middle, which is all there is.

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::DELTA;
use crate::desk::Desk;
use crate::look::size;
use crate::paint;
use crate::widgets::{Knob, Toggle};
use crate::write::{self, Role};

/// Between the two lines of words, points.
const LINES: f32 = 24.0;

/// Shows it over the planes of the plots and of the controls.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, whole: Rect, controls: f32) {
    let palette = desk.look.palette;
    let (plot, panel) = whole.split_top_bottom_at_y(whole.bottom() - controls);
    let painter = ui.painter();
    paint::plane(painter, plot, palette.plot);
    paint::plane(painter, panel, palette.panel);
    paint::horizontal(painter, panel.x_range(), panel.top(), palette.line);
    let at = plot.center() - vec2(0.0, LINES / 2.0);
    let title = "A mono signal has only a middle";
    write::text(painter, palette.value_text, at, Align2::CENTER_CENTER, Role::Section, title);
    let at = plot.center() + vec2(0.0, LINES / 2.0);
    let rest = "There is no side to widen or to narrow. The gain of the middle acts, everything else rests.";
    write::elided(
        painter,
        palette.label_text,
        at,
        Align2::CENTER_CENTER,
        Role::Body,
        rest,
        plot.width() - 2.0 * size::MARGIN,
    );
    let middle = panel.center();
    let knob = Knob::new("imager.mid_gain_db", pos2(middle.x - 60.0, middle.y), 30.0).label("Mid gain").beside();
    knob.show(ui, desk);
    let delta = Rect::from_center_size(pos2(middle.x + 94.0, middle.y), vec2(56.0, size::CONTROL));
    Toggle::new("Delta").show_parameter(ui, desk, delta, DELTA);
}
