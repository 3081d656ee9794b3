//! The goniometer: a diamond with the middle upwards and left at the left, and the newest points, the later the brighter.

use egui::{Align2, Painter, Pos2, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::live::Live;
use crate::desk::Desk;
use crate::look::Look;
use crate::paint;
use crate::write::{self, Role};

/// From the plane's corner to the title, and from its edges to the diamond: at the sides, above and below, points.
const TITLE: egui::Vec2 = vec2(16.0, 18.0);
const BESIDE: f32 = 22.0;
const ABOVE: f32 = 42.0;
const BELOW: f32 = 26.0;

/// Diameter of a point, points; and the opacities of three ages.
const DOT: f32 = 1.6;
const AGES: [f32; 3] = [0.25, 0.5, 0.95];

/// The farthest point that is not too large, of the diamond.
const FULL: f32 = 0.95;

/// What is so soft is not enlarged further: 36 dB.
const MOST_DOUBLINGS: u8 = 6;

/// For how long a larger picture would have fitted before it is taken, s.
const WAIT_S: f64 = 1.5;

/// How much what is soft is enlarged, in doublings.
#[derive(Clone, Copy, Debug, Default)]
pub struct Zoom {
    doublings: u8,
    /// egui's clock when the next one did not fit last, s.
    tight_s: f64,
}

impl Zoom {
    /// Takes the farthest point, of the diamond, at a time of egui's clock, s: smaller at once, larger after a while.
    fn take(&mut self, farthest: f32, now_s: f64) {
        let fits = |doublings: u8| farthest * Self { doublings, tight_s: 0.0 }.factor() <= FULL;
        while self.doublings > 0 && !fits(self.doublings) {
            self.doublings -= 1;
        }
        if farthest <= 0.0 || self.doublings == MOST_DOUBLINGS || !fits(self.doublings + 1) {
            self.tight_s = now_s;
        } else if now_s - self.tight_s > WAIT_S {
            (self.doublings, self.tight_s) = (self.doublings + 1, now_s);
        }
    }

    fn factor(self) -> f32 {
        f32::from(1u8 << self.doublings.min(MOST_DOUBLINGS))
    }

    /// What is added, dB.
    fn gain_db(self) -> u8 {
        6 * self.doublings
    }
}

/// Shows the goniometer on a plane.
pub fn show(ui: &Ui, desk: &mut Desk<'_>, plane: Rect, live: &Live, zoom: &mut Zoom, bypassed: bool) {
    let (painter, look) = (ui.painter(), desk.look);
    let palette = look.palette;
    paint::plane(painter, plane, palette.plot);
    let title = plane.min + TITLE;
    write::text(painter, palette.value_text, title, Align2::LEFT_CENTER, Role::BodyStrong, "Goniometer");
    let radius = (plane.width() / 2.0 - BESIDE).min((plane.height() - ABOVE - BELOW) / 2.0).max(10.0);
    let center = pos2(plane.center().x, plane.top() + (plane.height() + ABOVE - BELOW) / 2.0);
    frame(painter, &look, center, radius);
    let farthest = live.points().map(|[across, up]| across.abs() + up.abs()).fold(0.0, f32::max);
    zoom.take(farthest, ui.input(|input| input.time));
    let color = if bypassed { palette.scale_text } else { look.accent };
    let scale = radius * zoom.factor();
    let count = live.points().len();
    let mut dots = paint::Dots::new(painter, DOT, count);
    for (place, [across, up]) in live.points().enumerate() {
        dots.add(center + vec2(across, -up) * scale, color.faded(AGES[place * AGES.len() / count.max(1)]));
    }
    dots.paint(&painter.with_clip_rect(plane.intersect(painter.clip_rect())));
    if zoom.doublings > 0 && count > 0 {
        let at = pos2(plane.right() - TITLE.x, title.y);
        let text = format!("+{} dB", zoom.gain_db());
        write::text(painter, palette.scale_text, at, Align2::RIGHT_CENTER, Role::Scale, &text);
    }
    let response = ui.interact(plane, ui.scope_id().with("goniometer"), Sense::hover());
    if response.hovered() {
        let help = "the last third of a second after the imager: upright is mono, flat is only side, a slant is off \
                    center. What is soft is enlarged, by the gain at the right.";
        desk.hint.hovered("Goniometer", help);
    }
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, "Goniometer"));
}

/// The diamond with its axes and their letters.
fn frame(painter: &Painter, look: &Look, center: Pos2, radius: f32) {
    let palette = look.palette;
    let at = |across: f32, up: f32| center + vec2(across, -up) * radius;
    for (share, color) in [(0.5, palette.grid), (1.0, palette.line)] {
        let corners = [at(0.0, share), at(share, 0.0), at(0.0, -share), at(-share, 0.0), at(0.0, share)];
        paint::curve(painter, corners.to_vec(), 1.0, color);
    }
    paint::vertical(painter, center.x, center.y - radius..=center.y + radius, palette.grid);
    paint::horizontal(painter, center.x - radius..=center.x + radius, center.y, palette.grid);
    for side in [-0.5, 0.5] {
        paint::curve(painter, vec![at(side, 0.5), at(-side, -0.5)], 1.0, palette.grid);
    }
    let (middle, half) = (center.y - radius, center.y - radius / 2.0);
    for (letter, x, y) in [
        ("M", center.x, middle - 9.0),
        ("L", center.x - radius / 2.0 - 10.0, half - 8.0),
        ("R", center.x + radius / 2.0 + 10.0, half - 8.0),
        ("S", center.x + radius + 10.0, center.y),
    ] {
        write::text(painter, palette.scale_text, pos2(x, y), Align2::CENTER_CENTER, Role::Label, letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_soft_is_enlarged_after_a_while_and_what_is_loud_shrinks_at_once() {
        let mut zoom = Zoom::default();
        (0..600u16).for_each(|frame| zoom.take(0.1, 100.0 + f64::from(frame) / 60.0));
        // 0.1 fits 8 times into the diamond, not 16 times.
        assert_eq!((zoom.factor(), zoom.gain_db()), (8.0, 18));
        zoom.take(0.3, 110.0);
        assert_eq!(zoom.factor(), 2.0);
        zoom.take(0.3, 111.0);
        assert_eq!(zoom.factor(), 2.0);
        (0..600u16).for_each(|frame| zoom.take(0.0, 120.0 + f64::from(frame) / 60.0));
        assert_eq!(zoom.factor(), 2.0, "silence is not enlarged");
    }
}
