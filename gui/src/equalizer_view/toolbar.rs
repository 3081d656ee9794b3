//! The toolbar: how the equalizer treats phase and how finely it resolves; what the analyzer shows.

mod analyzer;
mod plan;

use egui::{Align, Align2, Rect, Ui, vec2};
use runout_dsp_core::settings::{EqualizerParams, EqualizerPhase};

use self::analyzer::Analyzer;
use self::plan::Plan;
use super::accuracy::Accuracy;
use crate::desk::Desk;
use crate::preferences::Preferences;
use crate::spectrum_view::SpectrumView;
use crate::widgets::{Chooser, Entry, Segments, ValueField};
use crate::write::{self, Role};
use crate::{gesture, paint, setting};

const PHASES: [&str; 2] = ["Linear phase", "Zero latency"];

/// What the toolbar is about.
pub struct Subject<'a> {
    /// The equalizer as it is set.
    pub equalizer: &'a EqualizerParams,
    /// What its kernel comes to.
    pub accuracy: &'a Accuracy,
    /// Whether the output gain stands here.
    pub has_output: bool,
    /// What the user prefers of the analyzer.
    pub preferences: &'a Preferences,
}

/// Shows the toolbar on a plane.
pub fn show(ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, subject: &Subject<'_>, spectrum: &mut SpectrumView) {
    let plan = Plan::new(plane, subject.has_output);
    paint::plane(ui.painter(), plane, desk.look.palette.window);
    Segments::new(&PHASES).widths(&[98.0, 92.0]).show_parameter(ui, desk, plan.phase, "equalizer.phase");
    let words = subject.accuracy.words(subject.equalizer.phase);
    if subject.equalizer.phase == EqualizerPhase::Linear {
        resolution(ui, desk, plan.resolution, words.as_ref().map(|(words, _)| words.as_str()));
    }
    if let Some((words, is_current)) = words {
        let at = if subject.equalizer.phase == EqualizerPhase::Linear { plan.accuracy } else { Some(plan.no_latency) };
        let palette = desk.look.palette;
        let color = if is_current { palette.label_text } else { palette.scale_text };
        if let Some(at) = at {
            write::text(ui.painter(), color, at, Align2::LEFT_CENTER, Role::Label, &words);
        }
    }
    if let Some(rect) = plan.output {
        output(ui, desk, rect);
    }
    if let Some(at) = plan.analyzer {
        write::text(ui.painter(), desk.look.palette.label_text, at, Align2::LEFT_CENTER, Role::Label, "Analyzer");
    }
    Analyzer { preferences: subject.preferences, spectrum }.show(ui, desk, &plan);
}

/// The list of resolutions; the footer says what the present one comes to.
fn resolution(ui: &Ui, desk: &mut Desk<'_>, rect: Rect, accuracy: Option<&str>) {
    const ID: &str = "equalizer.resolution";
    let Some((parameter, value)) = setting::find(ID).zip(desk.parameters.value(ID)) else { return };
    let entry = |index: usize| Entry::new(setting::shown(parameter, index as f32));
    let entries: Vec<Entry> = (0..=parameter.kind.range().1 as usize).map(entry).collect();
    let comes_to = accuracy.map(|accuracy| format!(" Now {accuracy}.")).unwrap_or_default();
    let sentence = format!("{}{comes_to}", setting::sentence(parameter));
    let name = desk.name(parameter);
    let (response, asked) = Chooser::new(&name, &sentence, &entries).show(ui, desk, rect, Some(value as usize));
    if let Some(asked) = asked {
        gesture::once(ui, desk.parameters, response.id, ID, asked as f32);
    }
}

/// The output gain where no strip has it.
fn output(ui: &mut Ui, desk: &mut Desk<'_>, rect: Rect) {
    let color = desk.look.palette.label_text;
    let at = rect.left_center();
    let label = write::text(ui.painter(), color, at, Align2::LEFT_CENTER, Role::Label, "Output");
    let field = Rect::from_min_max(label.right_top(), rect.max).with_min_y(rect.top() + 2.0);
    let field = field.with_max_y(rect.bottom() - 2.0).translate(vec2(2.0, 0.0));
    ValueField::new("equalizer.output_gain_db", field).role(Role::BodyStrong).align(Align::Min).show(ui, desk);
}
