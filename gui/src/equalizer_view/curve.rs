//! The equalizer's plot: each band's curve and their sum, and the nodes that bands are moved by.

mod adjust;
mod axes;
mod creation;
mod hand;
mod keys;
mod lines;
mod nodes;
mod path;
mod runs;
mod scales;
mod thumbnail;
mod traces;

use egui::{CursorIcon, EventFilter, Id, Painter, Pos2, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, pos2};
use runout_dsp_core::equalizer::prototype::corner_hz;
use runout_dsp_core::settings::{BandShape, EQUALIZER_BANDS, EqualizerBand, EqualizerParams};

use self::adjust::Adjuster;
use self::axes::{Axes, GainRange};
use self::hand::{Hand, Held};
use self::lines::Lines;
use self::nodes::{Node, Standing};
use self::traces::{Subject, Traces};
use super::bands;
use crate::desk::Desk;
use crate::look::size;
use crate::widgets::{Chooser, Entry};
use crate::{paint, setting};

pub use self::keys::obey as keys;
pub use self::thumbnail::Thumbnail;

/// The chooser of the range in the plot's upper left corner, points.
const CHOOSER: [f32; 2] = [78.0, 24.0];
const CHOOSER_LEFT: f32 = 8.0;
const CHOOSER_DOWN: f32 = 4.0;

const NAME: &str = "Equalizer curve";
const RANGE: &str = "Gain range";
const RANGE_HELP: &str = "How far the plot reaches above and below 0 dB. The wheel over the gains changes it too.";
const NODE_HELP: &str = "Alt-click to listen, double-click makes or removes a band.";
const KEYS_HELP: &str = "arrows move, [ and ] change Q or slope, E enables, S listens, Del removes.";

/// What the plot is shown with.
pub struct CurveView<'a> {
    /// Sample rate, Hz.
    pub sample_rate: f32,
    /// The channels of the signal, 1 or 2.
    pub channels: usize,
    /// Whether the equalizer is bypassed: curves lose their color.
    pub bypassed: bool,
    /// The slot of the chosen band, from 0.
    pub chosen: &'a mut Option<usize>,
}

/// What the plot keeps from frame to frame. There is one in a window.
#[derive(Debug, Default)]
pub struct Curve {
    traces: Traces,
    range: GainRange,
    held: Option<Held>,
}

impl Curve {
    /// The plot within a plane that also holds the numbers of the frequencies.
    pub fn plot(&self, plane: Rect) -> Rect {
        Axes::new(plane, self.range).plot
    }

    /// Where the chooser of the range stands in a plane.
    pub fn range_place(&self, plane: Rect) -> Rect {
        let plot = self.plot(plane);
        let corner = pos2(plot.left() + CHOOSER_LEFT, plot.top() + CHOOSER_DOWN);
        Rect::from_min_size(corner, CHOOSER.into())
    }

    /// Shows the plot over the whole plane and lets bands be moved; `behind` paints between the grid and the curves and is
    /// handed the plot, whose width the [`FrequencyAxis`](crate::plots::frequency_axis::FrequencyAxis) spans.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        plane: Rect,
        view: CurveView<'_>,
        behind: impl FnOnce(&Painter, Rect),
    ) {
        // A host that has not said yet how it plays.
        let sample_rate = if view.sample_rate > 0.0 { view.sample_rate } else { 48_000.0 };
        let axes = Axes::new(plane, self.range);
        let response = ui.interact(axes.plot, id(), Sense::click_and_drag());
        let before = equalizer(ui, desk, *view.chosen);
        let seen = nodes::nodes(&axes, sample_rate, view.channels, &before);
        let chosen = view.chosen;
        let mut hand = Hand { ui, desk, response: &response, axes, nodes: &seen, equalizer: &before, chosen };
        let by_wheel = hand.act(&mut self.held);
        let hovered = hand.hovered();
        let equalizer = equalizer(ui, desk, *chosen);
        let subject = Subject { axes, sample_rate, channels: view.channels, bands: equalizer.bands };
        self.traces.update(&subject);
        let pointer = response.hover_pos().filter(|_| hovered.is_none() && self.held.is_none());
        paint::plane(ui.painter(), plane, desk.look.palette.plot);
        scales::grid(ui.painter(), &desk.look, &axes, sample_rate, pointer);
        behind(&ui.painter_at(axes.plot), axes.plot);
        let nodes = nodes::nodes(&axes, sample_rate, view.channels, &equalizer);
        let lines = Lines {
            painter: ui.painter(),
            look: &desk.look,
            subject: &subject,
            traces: &self.traces,
            chosen: chosen.filter(|slot| equalizer.bands.get(*slot).is_some_and(bands::is_in_use)),
            soloed: bands::soloed(desk.parameters),
            bypassed: view.bypassed,
        };
        lines.paint(&nodes);
        scales::gains(ui.painter(), &desk.look, &axes, pointer);
        let response = match hovered {
            Some(_) => response.on_hover_and_drag_cursor(CursorIcon::Move),
            None => response,
        };
        self.attend(ui, desk, &response, &subject, pointer);
        let focused = self.attend_nodes(ui, desk, &nodes, &subject, hovered, chosen);
        self.paint_nodes(ui, desk, &nodes, &subject, [*chosen, hovered, focused]);
        self.show_range(ui, desk, plane, by_wheel);
    }

    /// Shows the plot's focus, and explains the plot.
    fn attend(&self, ui: &Ui, desk: &mut Desk<'_>, response: &Response, subject: &Subject, pointer: Option<Pos2>) {
        let count = subject.bands.iter().filter(|band| bands::is_in_use(band)).count();
        let is_full = count == EQUALIZER_BANDS;
        let help =
            if is_full { "all bands are in use." } else { "double-click makes a band, N too; 1 to 9 choose one." };
        let shows_focus = response.has_focus() && crate::keys::lead(ui);
        match pointer {
            Some(at) if hand::is_on_scale(&subject.axes, at) => desk.hint.hovered(RANGE, RANGE_HELP),
            Some(_) => desk.hint.hovered(NAME, help),
            None if shows_focus => desk.hint.focused(NAME, help),
            None => {}
        }
        if shows_focus {
            let inside = subject.axes.plot.shrink(size::FOCUS_OFFSET + size::STROKE);
            paint::ring(ui.painter(), inside, 0.0, 0.0, size::STROKE, desk.look.accent);
        }
        lock_arrows(ui, response);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Kind::Canvas, true, NAME);
            info.current_text_value = Some(format!("{count} bands, {}", range_words(self.range)));
            info
        });
    }

    /// Names the nodes in the order of their slots, lets the keyboard's focus choose them, and explains the one that is
    /// meant. Gives the slot of the one with the focus.
    fn attend_nodes(
        &self,
        ui: &Ui,
        desk: &mut Desk<'_>,
        nodes: &[Node],
        subject: &Subject,
        hovered: Option<usize>,
        chosen: &mut Option<usize>,
    ) -> Option<usize> {
        let mut focused = None;
        for node in nodes {
            // The pointer is the plot's: it takes the nearest node, whichever is on top.
            let response = ui.interact(node.rect(), node_id(node.slot), Sense::focusable_noninteractive());
            let shows_focus = response.has_focus() && crate::keys::lead(ui);
            if response.gained_focus() && shows_focus {
                *chosen = Some(node.slot);
            }
            if shows_focus {
                focused = Some(node.slot);
            }
            lock_arrows(ui, &response);
            let band = &subject.bands[node.slot];
            let (label, words) = (format!("Band {}", node.slot + 1), said(node.slot, band, subject.sample_rate));
            if self.held.is_some_and(|held| held.slot == node.slot && held.has_moved) {
                desk.hint.told(&label, &words);
            } else if hovered == Some(node.slot) {
                desk.hint.hovered(&label, &format!("drag to move, {}{NODE_HELP}", wheel_help(band.shape)));
            } else if shows_focus {
                desk.hint.focused(&label, KEYS_HELP);
            }
            let name = if desk.full_names { format!("Equalizer {label}") } else { label };
            let is_chosen = *chosen == Some(node.slot);
            response.widget_info(|| {
                let mut info = WidgetInfo::selected(Kind::RadioButton, true, is_chosen, &name);
                info.current_text_value = Some(words.clone());
                info
            });
        }
        focused
    }

    /// Paints the nodes, the chosen one on top; `standing` are the slots of the chosen, the hovered and the focused one.
    fn paint_nodes(
        &self,
        ui: &Ui,
        desk: &Desk<'_>,
        nodes: &[Node],
        subject: &Subject,
        [chosen, hovered, focused]: [Option<usize>; 3],
    ) {
        let soloed = bands::soloed(desk.parameters);
        let is_chosen = |node: &&Node| chosen == Some(node.slot);
        for node in nodes.iter().filter(|node| !is_chosen(node)).chain(nodes.iter().filter(is_chosen)) {
            let slot = Some(node.slot);
            let standing = Standing {
                is_chosen: slot == chosen,
                is_hovered: slot == hovered,
                is_soloed: slot == soloed,
                is_focused: slot == focused,
            };
            nodes::paint(ui.painter(), &desk.look, node, &subject.bands[node.slot], standing);
        }
    }

    fn show_range(&mut self, ui: &Ui, desk: &mut Desk<'_>, plane: Rect, by_wheel: i32) {
        let entry = |range: GainRange| Entry::new(range_words(range));
        let entries = GainRange::ALL.map(entry);
        let chooser = Chooser::new(RANGE, RANGE_HELP, &entries);
        let (_, asked) = chooser.show(ui, desk, self.range_place(plane), Some(self.range.index()));
        self.range = asked.and_then(|asked| GainRange::ALL.get(asked).copied()).unwrap_or(self.range.stepped(by_wheel));
    }
}

/// The plot, as the keyboard's focus knows it.
fn id() -> Id {
    Id::unique("runout equalizer curve")
}

/// The node of a slot, as the keyboard's focus knows it.
fn node_id(slot: usize) -> Id {
    id().with(slot)
}

/// Whether the plot or one of its nodes has this id.
fn is_ours(focused: Id) -> bool {
    focused == id() || (0..EQUALIZER_BANDS).any(|slot| focused == node_id(slot))
}

/// The equalizer as it is set, with what has just been sent of the chosen band, whose gestures go on.
fn equalizer(ui: &Ui, desk: &Desk<'_>, chosen: Option<usize>) -> EqualizerParams {
    let mut equalizer = bands::read(desk.parameters);
    if let Some((slot, band)) = chosen.and_then(|slot| Some((slot, equalizer.bands.get_mut(slot)?))) {
        Adjuster { context: ui, parameters: desk.parameters, slot }.keep(band);
    }
    equalizer
}

/// Keeps the arrows for the bands while this has the focus.
fn lock_arrows(ui: &Ui, response: &Response) {
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
}

/// A band in words, with the frequency that it is kept at where that is another.
fn said(slot: usize, band: &EqualizerBand, sample_rate: f32) -> String {
    let words = bands::words(slot, band);
    let used_hz = corner_hz(band, f64::from(sample_rate)) as f32;
    match setting::find(&bands::id(slot, "frequency_hz")) {
        Some(known) if used_hz < band.frequency_hz => {
            format!("{words}, kept at {} by the sample rate", setting::shown(known, used_hz))
        }
        _ => words,
    }
}

/// A range in words: `\u{b1}6 dB`.
fn range_words(range: GainRange) -> String {
    format!("\u{b1}{} dB", range.end_db())
}

/// What the wheel does to a shape.
fn wheel_help(shape: BandShape) -> &'static str {
    match shape {
        BandShape::Tilt => "",
        shape if bands::has_slope(shape) => "wheel for slope, ",
        _ => "wheel for Q, ",
    }
}
