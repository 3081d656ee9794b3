//! The two lanes with the live bars that continue them: gain reduction above, the output's level below.

use egui::{Align2, Id, Painter, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use super::Live;
use crate::desk::Desk;
use crate::look::Look;
use crate::numbers;
use crate::paint;
use crate::plots::lane::Lane;
use crate::plots::{level_lane, reduction_lane};
use crate::widgets::scale::Scale;
use crate::write::{self, Role};

/// From the left and right edges to the history, and to where the grid ends, points.
const LEFT: f32 = 44.0;
const RIGHT: f32 = 100.0;
const GRID_RIGHT: f32 = 16.0;

/// From the top to the first lane, between the lanes, and from the second to the bottom, points.
const TOP: f32 = 32.0;
const BETWEEN: f32 = 30.0;
const BOTTOM: f32 = 24.0;

/// The reduction's share of the height of both lanes.
const REDUCTION_SHARE: f32 = 120.0 / 286.0;

/// The live bars: from the right edge to their left, the width of all, and the gap between channels, points.
const BARS_RIGHT: f32 = 80.0;
const BARS_WIDTH: f32 = 48.0;
const BARS_GAP: f32 = 4.0;

/// The middle of a lane's title above its plot, points.
const TITLE: f32 = 15.5;

/// Where everything stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// The history of the gain reduction.
    pub reduction: Rect,
    /// The history of the output.
    pub level: Rect,
    /// The live bar of the reduction.
    pub reduction_bar: Rect,
    /// The live bars of all channels.
    pub level_bars: Rect,
    grid_right: f32,
}

impl Plan {
    /// The plan of a plane, points.
    pub fn new(plane: Rect) -> Self {
        let lanes = (plane.height() - TOP - BETWEEN - BOTTOM).max(0.0);
        let x = plane.left() + LEFT..=(plane.right() - RIGHT).max(plane.left() + LEFT + 1.0);
        let bars = plane.right() - BARS_RIGHT..=plane.right() - BARS_RIGHT + BARS_WIDTH;
        let top = plane.top() + TOP;
        let middle = (top + lanes * REDUCTION_SHARE).round();
        let reduction = top..=middle;
        let level = middle + BETWEEN..=plane.bottom() - BOTTOM;
        Self {
            reduction: Rect::from_x_y_ranges(x.clone(), reduction.clone()),
            level: Rect::from_x_y_ranges(x, level.clone()),
            reduction_bar: Rect::from_x_y_ranges(bars.clone(), reduction),
            level_bars: Rect::from_x_y_ranges(bars, level),
            grid_right: plane.right() - GRID_RIGHT,
        }
    }

    /// The live bar of one of several channels.
    fn level_bar(&self, channel: usize, channels: usize) -> Rect {
        let count = channels.max(1) as f32;
        let width = (self.level_bars.width() - BARS_GAP * (count - 1.0)) / count;
        let left = self.level_bars.left() + channel as f32 * (width + BARS_GAP);
        Rect::from_x_y_ranges(left..=left + width, self.level_bars.y_range())
    }
}

/// What the lanes show beside the live state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown {
    /// The limiter's ceiling, dBTP; `None` while it is off.
    pub ceiling_dbtp: Option<f32>,
    /// How many channels the plugin has.
    pub channels: usize,
    /// Whether the plugin is bypassed.
    pub bypassed: bool,
}

/// Shows the lanes on a plane. A click on the bars clears what is latched.
pub fn show(ui: &mut Ui, desk: &mut Desk, live: &mut Live, plane: Rect, shown: Shown) {
    let plan = Plan::new(plane);
    let painter = ui.painter().with_clip_rect(plane);
    let look = desk.look;
    paint::plane(&painter, plane, look.palette.plot);
    let scale = Scale::for_reduction(live.timeline.deepest_db().min(live.reduction_bar().hold_db));
    let lane = |plot| Lane {
        painter: &painter,
        look: &look,
        plot,
        grid_right: plan.grid_right,
        view: &live.timeline,
        bypassed: shown.bypassed,
    };
    reduction_lane::paint(&lane(plan.reduction), &scale);
    let levels = lane(plan.level);
    level_lane::paint(&levels, &Scale::LEVELS, shown.ceiling_dbtp);
    levels.time_axis(plan.level.bottom() + 12.0);
    titles(&painter, &look, &plan);
    reduction_bar(&painter, &look, &plan, live, &scale, shown.bypassed);
    level_bars(&painter, &look, &plan, live, shown);
    clear_on_click(ui, desk, live, &plan);
}

/// The names of the lanes and of what their colors mean.
fn titles(painter: &Painter, look: &Look, plan: &Plan) {
    let palette = look.palette;
    let label = |x: f32, y: f32, align, text: &str| {
        write::text(painter, palette.label_text, pos2(x, y), align, Role::Label, text)
    };
    let (left, right) = (plan.reduction.left(), plan.reduction.right());
    label(left, plan.reduction.top() - TITLE, Align2::LEFT_CENTER, "Gain reduction");
    let y = plan.level.top() - TITLE;
    let output = label(left, y, Align2::LEFT_CENTER, "Output");
    let swatch = Rect::from_min_size(pos2(output.right() + 12.0, y - 4.0), vec2(8.0, 8.0));
    paint::rounded(painter, swatch, 1.0, palette.plot.mixed(palette.limiter, 0.55));
    let taken = label(swatch.right() + 5.0, y, Align2::LEFT_CENTER, "Taken away");
    let maximum = "True peak, max";
    if right - 2.0 - write::width(painter, Role::Label, maximum) > taken.right() + 12.0 {
        label(right - 2.0, y, Align2::RIGHT_CENTER, maximum);
    }
}

/// The live bar of the reduction, the reduction now above it, the deepest at its place beside it.
fn reduction_bar(painter: &Painter, look: &Look, plan: &Plan, live: &Live, scale: &Scale, bypassed: bool) {
    let palette = look.palette;
    let rect = plan.reduction_bar;
    let color = if bypassed { palette.scale_text } else { palette.limiter };
    live.reduction_bar().paint(painter, look, rect, scale, color);
    let now = numbers::plain(f64::from(live.reduction_db()), 1);
    let place = pos2(rect.center().x, rect.top() - 16.0);
    write::text(painter, palette.value_text, place, Align2::CENTER_CENTER, Role::Readout, &now);
    let deepest_db = live.deepest_db();
    if deepest_db < -0.05 {
        let y = scale.y(rect.y_range(), deepest_db);
        let notch = Rect::from_x_y_ranges(rect.right() - 5.0..=rect.right(), y - 1.0..=y + 1.0);
        paint::plane(painter, notch, palette.value_text);
        let text = numbers::plain(f64::from(deepest_db), 1);
        // Two figures before the point have less room.
        let (gap, role) = if text.chars().count() > 4 { (2.0, Role::ScaleStrong) } else { (3.0, Role::LabelStrong) };
        write::text(painter, palette.value_text, pos2(rect.right() + gap, y), Align2::LEFT_CENTER, role, &text);
    }
}

/// The live bars of the channels, with the highest true peak above and the channels' names below.
fn level_bars(painter: &Painter, look: &Look, plan: &Plan, live: &Live, shown: Shown) {
    let palette = look.palette;
    let channels = shown.channels.clamp(1, super::CHANNELS);
    for channel in 0..channels {
        let rect = plan.level_bar(channel, channels);
        live.level_bar(channel, shown.ceiling_dbtp).paint(painter, look, rect, &Scale::LEVELS);
        let name = if channels == 1 { "Mono" } else { ["L", "R"][channel] };
        let place = pos2(rect.center().x, rect.bottom() + 12.0);
        write::text(painter, palette.scale_text, place, Align2::CENTER_CENTER, Role::Scale, name);
    }
    let maximum_dbtp = live.true_peak_max_dbtp();
    let is_over = shown.ceiling_dbtp.is_some_and(|ceiling_dbtp| {
        maximum_dbtp > f64::from(ceiling_dbtp) + runout_dsp_core::targets::TRUE_PEAK_TOLERANCE_DB
    });
    let color = if is_over { palette.over } else { palette.value_text };
    let place = pos2(plan.level_bars.center().x, plan.level_bars.top() - TITLE);
    let text = if maximum_dbtp.is_finite() { numbers::plain(maximum_dbtp, 2) } else { numbers::NONE.to_owned() };
    write::text(painter, color, place, Align2::CENTER_CENTER, Role::Value, &text);
}

/// The bars as a button: a click forgets the overs and the deepest reduction.
fn clear_on_click(ui: &Ui, desk: &mut Desk, live: &mut Live, plan: &Plan) {
    let rect = plan.reduction_bar.union(plan.level_bars);
    let response = ui.interact(rect, Id::unique("limiter bars"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, "Clear peaks"));
    if response.hovered() {
        desk.hint.hovered("Clear peaks", "Forgets the deepest reduction and how often the ceiling was exceeded.");
    }
    if response.clicked() {
        live.clear();
    }
}
