//! The middle of the meter's editor: loudness and true peak over the programme, its distribution, correlation; and how
//! the pointer and the keys move in time.

use egui::{Align2, EventFilter, Key, Rangef, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, pos2, vec2};
use runout_dsp_core::loudness::{ProgrammeLog, Readings};
use runout_dsp_core::targets::Target;

use super::layout::Layout;
use super::pointer;
use crate::desk::Desk;
use crate::loudness_panel::{Judgement, Reading};
use crate::palette::Color;
use crate::plots::columns::programme_s;
use crate::plots::distribution::Distribution;
use crate::plots::loudness_axis::{LoudnessAxis, LoudnessContent};
use crate::plots::loudness_history::{LoudnessHistory, TargetBand};
use crate::plots::programme::ProgrammePlot;
use crate::plots::time_span::TimeView;
use crate::plots::true_peak_lane::{TruePeakLane, top_dbtp};
use crate::widgets::correlation_bar::CorrelationBar;
use crate::widgets::{Toggle, attend};
use crate::write::{self, Role};
use crate::{keys, numbers, paint};

const NAME: &str = "Loudness history";
const HELP: &str = "the whole programme since the last reset. Drag to zoom, double-click to fit; arrows move and zoom.";

/// What a wheel's point zooms by: a step of 50 points by about a fifth.
const ZOOM_PER_POINT: f32 = 0.0045;

/// How far a key moves a span, of its length, and what it zooms by.
const KEY_SHIFT: f64 = 0.1;
const KEY_ZOOM: f64 = 0.8;

/// A drag that is shorter chooses nothing, points.
const LEAST_DRAG: f32 = 4.0;

/// What there is to be seen.
pub struct Seen<'a> {
    /// The readings as they are shown.
    pub readings: &'a Readings,
    /// The readings of this very moment, for what moves.
    pub latest: &'a Readings,
    /// The programme.
    pub log: &'a ProgrammeLog,
    /// The target.
    pub target: Option<&'static Target>,
    /// The verdicts.
    pub judgement: &'a Judgement,
    /// The correlation bar.
    pub correlation: CorrelationBar,
}

impl Seen<'_> {
    /// The loudness that is wanted, LUFS.
    pub fn target_lufs(&self) -> Option<f32> {
        self.target.and_then(|target| target.integrated_lufs).map(|target_lufs| target_lufs as f32)
    }
}

/// What the histories keep from frame to frame.
#[derive(Debug, Default)]
pub struct History {
    view: TimeView,
    /// Where a drag that chooses a span began.
    dragged_from: Option<f32>,
    /// Whether the true peaks are shown in a low window.
    shows_true_peak: bool,
}

impl History {
    /// Whether the true peaks are to be shown in a low window.
    pub fn shows_true_peak(&self) -> bool {
        self.shows_true_peak
    }

    /// Shows the plots.
    pub fn show(&mut self, ui: &Ui, desk: &mut Desk<'_>, layout: &Layout, seen: &Seen<'_>) {
        let programme_s = programme_s(seen.log);
        if seen.log.rows.is_empty() {
            self.view.fit();
        }
        let lanes = Rangef::new(layout.history.min, layout.peaks.map_or(layout.history.max, |peaks| peaks.max));
        let response = self.attend(ui, desk, Rect::from_x_y_ranges(layout.x, lanes), programme_s);
        let look = desk.look;
        let plot = ProgrammePlot {
            painter: ui.painter(),
            look: &look,
            log: seen.log,
            span: self.view.span(programme_s),
            x: layout.x,
        };
        self.paint_titles(ui, desk, layout, seen);
        paint_plots(&plot, layout, seen);
        seen.correlation.paint(ui.painter(), &look, layout.x, layout.correlation_y);
        say_correlation(ui, desk, layout, &seen.correlation);
        if let Some(rect) = layout.more {
            let help = "the highest true peak of each second, below the loudness.";
            let toggle = Toggle::new("True peak").small();
            if toggle.show(ui, desk, rect, "True peak lane", help, self.shows_true_peak).clicked() {
                self.shows_true_peak = !self.shows_true_peak;
            }
        }
        self.paint_drag(ui, desk, lanes, &response);
        if let (None, Some(at)) = (self.dragged_from, response.hover_pos()) {
            pointer::paint(&plot, lanes, at.x.clamp(layout.x.min, layout.x.max));
        }
    }

    /// Obeys pointer, wheel and keys.
    fn attend(&mut self, ui: &Ui, desk: &mut Desk<'_>, area: Rect, programme_s: f64) -> Response {
        let response = ui.interact(area, ui.scope_id().with(NAME), Sense::click_and_drag());
        let span = self.view.span(programme_s);
        let time_at = |x: f32| span.time_at(f64::from((x - area.left()) / area.width()));
        if response.double_clicked() {
            self.view.fit();
        }
        if response.drag_started() {
            self.dragged_from = ui.input(|input| input.pointer.press_origin()).map(|origin| origin.x);
        }
        if response.drag_stopped()
            && let Some(from) = self.dragged_from.take()
        {
            let to = response.interact_pointer_pos().map_or(from, |at| at.x);
            if (to - from).abs() >= LEAST_DRAG {
                self.view.choose(time_at(from), time_at(to.clamp(area.left(), area.right())), programme_s);
            }
        }
        if let Some(at) = response.hover_pos() {
            let points = ui.input(|input| input.smooth_scroll_delta());
            if points.y != 0.0 {
                let factor = f64::from((-points.y * ZOOM_PER_POINT).exp());
                self.view.scale(time_at(at.x), factor, programme_s);
            }
            self.view.shift(f64::from(-points.x / area.width()), programme_s);
        }
        if response.has_focus() {
            self.obey_keys(ui, &response, programme_s);
        }
        attend(ui, desk, &response, area, NAME, HELP);
        let shown = self.words(programme_s);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Kind::Canvas, true, NAME);
            info.current_text_value = Some(shown.clone());
            info
        });
        response
    }

    /// The span on show in words.
    fn words(&self, programme_s: f64) -> String {
        let span = self.view.span(programme_s);
        format!("{} to {}", numbers::clock(span.from_s), numbers::clock(span.to_s))
    }

    fn obey_keys(&mut self, ui: &Ui, response: &Response, programme_s: f64) {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let is_ours = |key| matches!(key, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown | Key::Home);
        for key in keys::take(ui, |key, modifiers| (is_ours(key) && modifiers.is_none()).then_some(key)) {
            let span = self.view.span(programme_s);
            match key {
                Key::ArrowLeft => self.view.shift(-KEY_SHIFT, programme_s),
                Key::ArrowRight => self.view.shift(KEY_SHIFT, programme_s),
                Key::ArrowUp => self.view.scale(span.time_at(0.5), KEY_ZOOM, programme_s),
                Key::ArrowDown => self.view.scale(span.time_at(0.5), 1.0 / KEY_ZOOM, programme_s),
                _ => self.view.fit(),
            }
        }
    }

    /// The span that is being chosen.
    fn paint_drag(&self, ui: &Ui, desk: &Desk<'_>, lanes: Rangef, response: &Response) {
        let (Some(from), Some(to)) = (self.dragged_from, response.interact_pointer_pos()) else { return };
        let inside = |x: f32| x.clamp(response.rect.left(), response.rect.right());
        let x = Rangef::new(inside(from.min(to.x)), inside(from.max(to.x)));
        paint::plane(ui.painter(), Rect::from_x_y_ranges(x, lanes), desk.look.accent.faded(0.14));
        for edge in [x.min, x.max] {
            paint::vertical(ui.painter(), edge, lanes, desk.look.accent);
        }
    }

    /// The title with the curves' names, as far as they have room, and the range's.
    fn paint_titles(&self, ui: &Ui, desk: &Desk<'_>, layout: &Layout, seen: &Seen<'_>) {
        let (painter, palette) = (ui.painter(), desk.look.palette);
        let at = |x: f32| pos2(x, layout.title_y);
        let right = layout.more.map_or(layout.x.max, |more| more.left() - 8.0);
        let title = write::text(
            painter,
            palette.value_text,
            at(layout.x.min),
            Align2::LEFT_CENTER,
            Role::BodyStrong,
            "Loudness",
        );
        let mut x = title.right() + 22.0;
        let names: [(&str, Color); 3] =
            [("Short-term", desk.look.accent), ("Momentary", palette.wave), ("Integrated", palette.value_text)];
        for (name, color) in names {
            if x + 20.0 + write::width(painter, Role::Label, name) > right {
                break;
            }
            let line = Rect::from_min_size(pos2(x, layout.title_y - 1.0), vec2(14.0, 2.0));
            paint::plane(painter, line, color);
            let name = write::text(painter, palette.label_text, at(x + 20.0), Align2::LEFT_CENTER, Role::Label, name);
            x = name.right() + 22.0;
        }
        if self.view.is_zoomed() && layout.more.is_none() {
            let text = self.words(programme_s(seen.log));
            if x + write::width(painter, Role::Label, &text) <= right {
                write::text(painter, palette.value_text, at(right), Align2::RIGHT_CENTER, Role::Label, &text);
            }
        }
        if let Some(left) = layout.distribution {
            write::text(painter, palette.label_text, at(left), Align2::LEFT_CENTER, Role::Label, "Range");
            let range_lu = Reading::Range.value(seen.readings);
            let number = range_lu.map_or_else(|| numbers::NONE.to_owned(), |range_lu| numbers::plain(range_lu, 1));
            let below = pos2(left, layout.title_y + 16.0);
            let text = format!("{number} LU");
            write::text(painter, palette.value_text, below, Align2::LEFT_CENTER, Role::BodyStrong, &text);
        }
    }
}

/// History, distribution, true peaks and times.
fn paint_plots(plot: &ProgrammePlot<'_>, layout: &Layout, seen: &Seen<'_>) {
    let readings = seen.readings;
    let content = LoudnessContent {
        highest_lufs: readings.momentary_max_lufs as f32,
        quiet_lufs: readings.loudness_range.low_lufs as f32,
    };
    let axis = LoudnessAxis::new(seen.target_lufs(), content);
    let target = seen.target.and_then(|target| {
        Some(TargetBand { target_lufs: target.integrated_lufs? as f32, tolerance_lu: target.tolerance_lu as f32 })
    });
    LoudnessHistory { plot: *plot, heights: layout.history, axis, target }.paint();
    plot.time_labels(layout.times_y);
    if let Some(left) = layout.distribution {
        let range = readings.loudness_range;
        let range_lufs = range.low_lufs.is_finite().then_some([range.low_lufs as f32, range.high_lufs as f32]);
        let distribution = Distribution { counts: &seen.log.distribution, range_lufs, axis };
        distribution.paint(plot.painter, plot.look, left, layout.history);
    }
    let Some(heights) = layout.peaks else { return };
    let judgement = seen.judgement;
    let lane = TruePeakLane {
        plot: *plot,
        heights,
        ceiling_dbtp: judgement.ceiling_dbtp.map(|ceiling_dbtp| ceiling_dbtp as f32),
        over_dbtp: judgement.over_dbtp().map_or(f32::INFINITY, |over_dbtp| over_dbtp as f32),
        top_dbtp: top_dbtp(readings.true_peak_max_dbtp() as f32),
    };
    lane.paint();
    let palette = plot.look.palette;
    let at = |x: f32| pos2(x, layout.peaks_title_y);
    let (left, right) = (Align2::LEFT_CENTER, Align2::RIGHT_CENTER);
    let title = write::text(plot.painter, palette.value_text, at(plot.x.min), left, Role::BodyStrong, "True peak");
    let mut end = plot.x.max;
    if let Some(ceiling_dbtp) = judgement.ceiling_dbtp {
        let text = format!("ceiling {} dBTP", numbers::plain(ceiling_dbtp, 1));
        end = write::text(plot.painter, palette.label_text, at(end), right, Role::Label, &text).left();
    }
    let words = lane.words();
    let from = title.right() + 16.0;
    if from + write::width(plot.painter, Role::Label, &words) + 16.0 <= end {
        write::text(plot.painter, palette.label_text, at(from), left, Role::Label, &words);
    }
}

fn say_correlation(ui: &Ui, desk: &mut Desk<'_>, layout: &Layout, bar: &CorrelationBar) {
    let heights = Rangef::new(layout.correlation_y - 8.0, layout.correlation_y + 26.0);
    let place = Rect::from_x_y_ranges(layout.x, heights);
    let response = ui.interact(place, ui.scope_id().with("correlation"), Sense::hover());
    if response.hovered() {
        let help = "of the left and the right channel over 400 ms: +1 is mono, below 0 is lost in mono.";
        desk.hint.hovered("Correlation", help);
    }
    response.widget_info(|| WidgetInfo::labeled(Kind::Label, true, bar.spoken()));
}
