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
mod traces;

use egui::{CursorIcon, EventFilter, Id, Painter, Rect, Response, Role as Kind, Sense, Ui, WidgetInfo, pos2};
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

/// The chooser of the range in the plot's upper left corner, points.
const CHOOSER: [f32; 2] = [78.0, 24.0];
const CHOOSER_LEFT: f32 = 8.0;
const CHOOSER_DOWN: f32 = 4.0;

const NAME: &str = "Equalizer curve";
const RANGE: &str = "Gain range";
const RANGE_HELP: &str = "How far the plot reaches above and below 0 dB. The wheel over the gains changes it too.";
const NODE_HELP: &str = "Alt-click to listen, double-click makes or removes a band.";
const KEYS_HELP: &str = "Arrows move, [ and ] change Q or slope, E enables, S listens, Del removes.";

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
        let mut hand =
            Hand { ui, desk, response: &response, axes, nodes: &seen, equalizer: &before, chosen: view.chosen };
        let by_wheel = hand.act(&mut self.held);
        let hovered = hand.hovered();
        let response = match hovered {
            Some(_) => response.on_hover_and_drag_cursor(CursorIcon::Move),
            None => response,
        };
        let equalizer = equalizer(ui, desk, *view.chosen);
        let subject = Subject { axes, sample_rate, channels: view.channels, bands: equalizer.bands };
        self.traces.update(&subject);
        let palette = desk.look.palette;
        paint::plane(ui.painter(), plane, palette.plot);
        scales::grid(ui.painter(), &desk.look, &axes, sample_rate);
        behind(&ui.painter_at(axes.plot), axes.plot);
        let chosen = view.chosen.filter(|slot| equalizer.bands.get(*slot).is_some_and(bands::is_in_use));
        let soloed = bands::soloed(desk.parameters);
        let lines = Lines {
            painter: ui.painter(),
            look: &desk.look,
            subject: &subject,
            traces: &self.traces,
            chosen,
            soloed,
            bypassed: view.bypassed,
        };
        lines.paint();
        scales::gains(ui.painter(), &desk.look, &axes);
        let shown = nodes::nodes(&axes, sample_rate, view.channels, &equalizer);
        self.attend(ui, desk, &response, &axes, &equalizer, hovered);
        for node in in_order(&shown, chosen) {
            let standing = Standing {
                is_chosen: chosen == Some(node.slot),
                is_hovered: hovered == Some(node.slot),
                is_soloed: soloed == Some(node.slot),
                is_focused: false,
            };
            self.show_node(ui, desk, node, &equalizer.bands[node.slot], standing, sample_rate, view.chosen);
        }
        self.show_range(ui, desk, plane, by_wheel);
    }

    /// Shows the pointer on the axes and the plot's focus, and explains the plot.
    fn attend(
        &self,
        ui: &Ui,
        desk: &mut Desk<'_>,
        response: &Response,
        axes: &Axes,
        equalizer: &EqualizerParams,
        hovered: Option<usize>,
    ) {
        let count = equalizer.bands.iter().filter(|band| bands::is_in_use(band)).count();
        let is_full = count == EQUALIZER_BANDS;
        let help =
            if is_full { "all bands are in use." } else { "double-click makes a band, N too; 1 to 9 choose one." };
        let shows_focus = response.has_focus() && crate::keys::lead(ui);
        if let Some(at) = response.hover_pos().filter(|_| hovered.is_none() && self.held.is_none()) {
            scales::pointer(ui.painter(), &desk.look, axes, at);
            match hand::is_on_scale(axes, at) {
                true => desk.hint.hovered(RANGE, RANGE_HELP),
                false => desk.hint.hovered(NAME, help),
            }
        } else if shows_focus {
            desk.hint.focused(NAME, help);
        }
        if shows_focus {
            let inside = axes.plot.shrink(size::FOCUS_OFFSET + size::STROKE);
            paint::ring(ui.painter(), inside, 0.0, 0.0, size::STROKE, desk.look.accent);
        }
        lock_arrows(ui, response);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Kind::Canvas, true, NAME);
            info.current_text_value = Some(format!("{count} bands, {} dB", self.range.end_db()));
            info
        });
    }

    /// Shows a node, its name and its focus.
    #[expect(clippy::too_many_arguments, reason = "each is one plain fact of the node")]
    fn show_node(
        &self,
        ui: &Ui,
        desk: &mut Desk<'_>,
        node: &Node,
        band: &EqualizerBand,
        standing: Standing,
        sample_rate: f32,
        chosen: &mut Option<usize>,
    ) {
        // The pointer is the plot's: it takes the nearest node, whichever is on top.
        let response = ui.interact(node.rect(), node_id(node.slot), Sense::focusable_noninteractive());
        if response.gained_focus() && crate::keys::lead(ui) {
            *chosen = Some(node.slot);
        }
        lock_arrows(ui, &response);
        nodes::paint(ui, desk, node, band, Standing { is_focused: response.has_focus(), ..standing });
        let label = format!("Band {}", node.slot + 1);
        let name = if desk.full_names { format!("Equalizer {label}") } else { label.clone() };
        let words = said(node.slot, band, sample_rate);
        if self.held.is_some_and(|held| held.slot == node.slot && held.has_moved) {
            desk.hint.told(&label, &words);
        } else if standing.is_hovered {
            desk.hint.hovered(&label, &format!("drag to move, {}{NODE_HELP}", wheel_help(band.shape)));
        } else if response.has_focus() && crate::keys::lead(ui) {
            desk.hint.focused(&label, &format!("{words}. {KEYS_HELP}"));
        }
        response.widget_info(|| {
            let mut info = WidgetInfo::selected(Kind::RadioButton, true, standing.is_chosen, &name);
            info.current_text_value = Some(words.clone());
            info
        });
    }

    fn show_range(&mut self, ui: &Ui, desk: &mut Desk<'_>, plane: Rect, by_wheel: i32) {
        let entry = |range: GainRange| Entry { name: format!("\u{b1}{} dB", range.end_db()), detail: String::new() };
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

/// The nodes with the chosen one last, on top.
fn in_order(nodes: &[Node], chosen: Option<usize>) -> impl Iterator<Item = &Node> {
    let is_chosen = move |node: &&Node| chosen == Some(node.slot);
    nodes.iter().filter(move |node| !is_chosen(node)).chain(nodes.iter().filter(is_chosen))
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

/// What the wheel does to a shape.
fn wheel_help(shape: BandShape) -> &'static str {
    match shape {
        BandShape::Tilt => "",
        shape if bands::has_slope(shape) => "wheel for slope, ",
        _ => "wheel for Q, ",
    }
}
