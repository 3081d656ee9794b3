//! The toolbar: how the bands are divided and how many there are, what the chosen one listens to, and what the compressor
//! does as a whole.

mod detector;
mod plan;

use egui::{Align, Align2, Rect, Ui, pos2, vec2};
use runout_dsp_core::settings::CompressorParams;

use self::plan::Plan;
use super::bands;
use crate::desk::Desk;
use crate::look::size;
use crate::paint;
use crate::setting;
use crate::widgets::{Button, Segments, Toggle, ValueField, popup};
use crate::write::{self, Role};

const PHASES: [&str; 3] = ["Minimum", "Linear", "Dynamic"];
const FULL_PHASES: [&str; 3] = ["Minimum phase", "Linear", "Dynamic"];
const COUNTS: [&str; 6] = ["1", "2", "3", "4", "5", "6"];
const CHANNELS: [&str; 3] = ["Stereo", "Mid", "Side"];

/// Their widths in proportion.
const PHASE_WIDTHS: [f32; 3] = [68.0, 54.0, 64.0];
const FULL_PHASE_WIDTHS: [f32; 3] = [112.0, 60.0, 72.0];
const CHANNEL_WIDTHS: [f32; 3] = [54.0, 38.0, 42.0];

/// Width and padding of what opens behind the button, and the height of one of its lines, points.
const FOLDED: f32 = 230.0;
const PADDING: f32 = 12.0;
const LINE: f32 = size::CONTROL + size::CONTROL_GAP;

/// What the toolbar is about.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The compressor as it is set.
    pub params: &'a CompressorParams,
    /// The chosen band's slot.
    pub chosen: usize,
    /// The channels of the signal.
    pub channels: usize,
    /// Whether mix and output gain stand here.
    pub has_output: bool,
}

/// Shows the toolbar on a plane.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, subject: Subject<'_>) {
    let has_channel = subject.channels > 1;
    let plan = Plan::new(plane, has_channel, subject.has_output);
    paint::plane(ui.painter(), plane, desk.look.palette.window);
    if let Some(rect) = plan.phase {
        let (words, widths) = if plan.is_roomy { (&FULL_PHASES, &FULL_PHASE_WIDTHS) } else { (&PHASES, &PHASE_WIDTHS) };
        Segments::new(words).widths(widths).show_parameter(ui, desk, rect, "compressor.phase");
    }
    if let Some(rect) = plan.detector {
        detector::show(ui, desk, rect, &subject, plan.measure.is_none());
    }
    if let Some(rect) = plan.measure {
        detector::measure(ui, desk, rect, subject.chosen);
    }
    if let Some(at) = plan.word {
        write::text(ui.painter(), desk.look.palette.label_text, at, Align2::LEFT_CENTER, Role::Label, "Bands");
    }
    if let Some(rect) = plan.count {
        count(ui, desk, rect, subject.params.bands_in_use().len());
    }
    whole(ui, desk, &plan, subject.chosen);
    if let Some(rect) = plan.more {
        more(ui, desk, rect, &plan, &subject);
    }
}

/// The number of bands.
fn count(ui: &Ui, desk: &mut Desk<'_>, rect: Rect, used: usize) {
    let Some(parameter) = setting::find(bands::COUNT) else { return };
    let name = desk.name(parameter);
    let sentence =
        "how many bands there are. A double-click above the plot divides one, Del joins one to its neighbor.";
    let default = parameter.default_value() as usize - 1;
    let (_, asked) = Segments::new(&COUNTS).show(ui, desk, rect, &name, sentence, used - 1, default);
    if let Some(asked) = asked {
        bands::set_count(ui, desk.parameters, asked + 1);
    }
}

/// Channel, make-up and lookahead at their places.
fn whole(ui: &Ui, desk: &mut Desk<'_>, plan: &Plan, chosen: usize) {
    if let Some(rect) = plan.channel {
        let segments = Segments::new(&CHANNELS).widths(&CHANNEL_WIDTHS);
        segments.show_parameter(ui, desk, rect, &bands::id(chosen, "channel"));
    }
    if let Some(rect) = plan.makeup {
        Toggle::new("Auto make-up").show_parameter(ui, desk, rect, "compressor.auto_makeup");
    }
    if let Some(rect) = plan.lookahead {
        Toggle::new("Lookahead").show_parameter(ui, desk, rect, "compressor.lookahead");
    }
}

/// What has no room, behind a button.
fn more(ui: &Ui, desk: &mut Desk<'_>, rect: Rect, plan: &Plan, subject: &Subject<'_>) {
    let id = ui.scope_id().with("compressor more");
    let sentence = "What has no room here: channel, make-up, lookahead, mix, output.";
    let name = if desk.full_names { "Compressor more" } else { "More in the toolbar" };
    if Button::new("More", sentence).named(name).show(ui, desk, rect).clicked() {
        popup::toggle(ui, id);
    }
    let has_channel = plan.channel.is_none() && subject.channels > 1;
    let has_whole = plan.makeup.is_none();
    let lines = [has_channel, has_whole, subject.has_output].into_iter().filter(|has| *has).count();
    let extent = vec2(FOLDED, 2.0 * PADDING + LINE * lines as f32 - size::CONTROL_GAP);
    popup::show(ui, desk, id, rect, extent, |ui, desk, rect| {
        let mut top = rect.top() + PADDING;
        let mut line = |is_there: bool| {
            is_there.then(|| {
                let y = top..=top + size::CONTROL;
                top += LINE;
                Rect::from_x_y_ranges(rect.left() + PADDING..=rect.right() - PADDING, y)
            })
        };
        let channel = line(has_channel);
        let halves = line(has_whole).map(|line| line.split_left_right_at_fraction(0.55));
        let folded = Plan {
            channel,
            makeup: halves.map(|(left, _)| left.with_max_x(left.right() - size::GAP)),
            lookahead: halves.map(|(_, right)| right.with_min_x(right.left() + size::GAP)),
            ..Plan::default()
        };
        whole(ui, desk, &folded, subject.chosen);
        if let Some(line) = line(subject.has_output) {
            let (left, right) = line.split_left_right_at_fraction(0.45);
            field(ui, desk, left, "compressor.mix", "Mix");
            field(ui, desk, right, "compressor.output_gain_db", "Output");
        }
    });
}

/// A value of the whole with its label before it.
fn field(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect, id: &str, label: &str) {
    let color = desk.look.palette.label_text;
    let written = write::text(ui.painter(), color, rect.left_center(), Align2::LEFT_CENTER, Role::Label, label);
    let place = Rect::from_min_max(pos2(written.right() + 2.0, rect.top() + 2.0), rect.max - vec2(0.0, 2.0));
    ValueField::new(id, place).role(Role::BodyStrong).align(Align::Min).show(ui, desk);
}
