//! The analyzer's switches: as many as there is room for, the others behind one button.

use egui::{Align2, Rect, Ui, pos2, vec2};

use super::plan::{Detail, Plan};
use crate::desk::Desk;
use crate::look::size;
use crate::numbers;
use crate::preferences::Preferences;
use crate::spectrum_view::SpectrumView;
use crate::widgets::{Button, Chooser, Entry, Segments, Toggle, popup};
use crate::write::{self, Role};

/// The slopes that the spectrum can be tilted by, dB per octave.
const SLOPES_DB_PER_OCT: [f32; 3] = [0.0, 3.0, 4.5];

/// Size of what opens behind the button; its segments begin there, points.
const FOLDED: egui::Vec2 = vec2(268.0, 92.0);
const SEGMENTS_X: f32 = 84.0;

/// The analyzer's switches.
pub struct Analyzer<'a> {
    /// What the user prefers.
    pub preferences: &'a Preferences,
    /// What stands still and is held.
    pub spectrum: &'a mut SpectrumView,
}

impl Analyzer<'_> {
    /// Shows the switches at their places.
    pub fn show(&mut self, ui: &Ui, desk: &mut Desk<'_>, plan: &Plan) {
        let [pre, post, freeze] = plan.toggles;
        let before = self.preferences.spectrum_before();
        if toggle(ui, desk, pre, "Pre", "Spectrum Before", "shows what comes, as a dashed line.", before) {
            self.preferences.set_spectrum_before(!before);
        }
        let after = self.preferences.spectrum_after();
        if toggle(ui, desk, post, "Post", "Spectrum After", "shows what leaves the equalizer, filled.", after) {
            self.preferences.set_spectrum_after(!after);
        }
        let frozen = self.spectrum.frozen;
        if toggle(ui, desk, freeze, "Freeze", "Freeze Spectrum", "lets the spectrum stand as it is now.", frozen) {
            self.spectrum.frozen = !frozen;
        }
        match plan.detail {
            Detail::Open { hold, smoothing, slope } => {
                self.hold(ui, desk, hold);
                self.smoothing(ui, desk, smoothing);
                self.slope_list(ui, desk, slope);
            }
            Detail::Folded(button) => self.folded(ui, desk, button),
        }
    }

    /// What has no room, behind a button.
    fn folded(&mut self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect) {
        let id = ui.scope_id().with("analyzer");
        let sentence = "Holds, smooths and tilts the spectrum.";
        if Button::new("More", sentence).named("Analyzer").show(ui, desk, rect).clicked() {
            popup::toggle(ui, id);
        }
        popup::show(ui, desk, id, rect, FOLDED, |ui, desk, rect| {
            let line = |index: f32| rect.top() + 12.0 + index * (size::CONTROL + 12.0);
            let place = |x: f32, index: f32, width: f32| {
                Rect::from_min_size(pos2(rect.left() + 12.0 + x, line(index)), vec2(width, size::CONTROL))
            };
            self.hold(ui, desk, place(0.0, 0.0, 60.0));
            self.smoothing(ui, desk, place(68.0, 0.0, 68.0));
            let at = pos2(rect.left() + 12.0, place(0.0, 1.0, 0.0).center().y);
            write::text(ui.painter(), desk.look.palette.label_text, at, Align2::LEFT_CENTER, Role::Label, "dB per oct");
            self.slope_segments(ui, desk, place(SEGMENTS_X - 12.0, 1.0, FOLDED.x - SEGMENTS_X - 12.0));
        });
    }

    fn hold(&mut self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect) {
        let is_on = self.spectrum.holds;
        if toggle(ui, desk, rect, "Hold", "Hold Spectrum", "keeps the highest level of each frequency.", is_on) {
            self.spectrum.holds = !is_on;
        }
    }

    fn smoothing(&self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect) {
        let is_on = self.preferences.spectrum_smoothing();
        let sentence = "averages the spectrum over a third of an octave.";
        if toggle(ui, desk, rect, "1/3 oct", "Smooth Spectrum", sentence, is_on) {
            self.preferences.set_spectrum_smoothing(!is_on);
        }
    }

    fn slope_list(&self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect) {
        let entries = SLOPES_DB_PER_OCT.map(|slope| Entry::new(format!("{} dB/oct", written(slope))));
        let (_, asked) = Chooser::new(SLOPE, SLOPE_HELP, &entries).show(ui, desk, rect, self.slope());
        self.tilt(asked);
    }

    fn slope_segments(&self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect) {
        let words = SLOPES_DB_PER_OCT.map(written);
        let words = [0, 1, 2].map(|index| words[index].as_str());
        let chosen = self.slope().unwrap_or(0);
        let (_, asked) = Segments::new(&words).show(ui, desk, rect, SLOPE, SLOPE_HELP, chosen, chosen);
        self.tilt(asked);
    }

    /// The place of the slope that the spectrum is tilted by.
    fn slope(&self) -> Option<usize> {
        let tilted = self.preferences.spectrum_slope_db_per_oct();
        SLOPES_DB_PER_OCT.iter().position(|slope| *slope == tilted)
    }

    fn tilt(&self, asked: Option<usize>) {
        if let Some(slope) = asked.and_then(|asked| SLOPES_DB_PER_OCT.get(asked)) {
            self.preferences.set_spectrum_slope_db_per_oct(*slope);
        }
    }
}

const SLOPE: &str = "Spectrum Slope";
const SLOPE_HELP: &str = "tilts the spectrum so that music of this slope lies level.";

/// A slope without its unit.
fn written(slope_db_per_oct: f32) -> String {
    numbers::needed(f64::from(slope_db_per_oct), 0, 1)
}

/// Shows a toggle; whether it was turned.
fn toggle(ui: &Ui, desk: &mut Desk<'_>, rect: Rect, label: &str, name: &str, sentence: &str, is_on: bool) -> bool {
    Toggle::new(label).show(ui, desk, rect, name, sentence, is_on).clicked()
}
