//! Learning as the loudness panel shows it, and what its buttons do.

use egui::Ui;
use runout_dsp_core::loudness::MeterControls;

use super::conditions;
use crate::desk::Desk;
use crate::gesture;
use crate::learn::{Learn, Progress};
use crate::loudness_panel::{LearnPress, LearnView};
use crate::preferences::Preferences;
use crate::setting;

/// The parameter that is learned.
const INPUT_GAIN: &str = "limiter.input_gain_db";

/// What the panel shows.
pub fn view(learn: &Learn) -> LearnView<'static> {
    let (suggestion_db, settled, sentence) = match learn.progress() {
        Progress::Idle => (None, 0.0, "Play the loudest passage."),
        Progress::NoTarget => (None, 0.0, "The target has no loudness."),
        Progress::Listening => (None, 0.0, "Waits for the plain output."),
        Progress::Waiting => (None, 0.0, "Waits for sound."),
        Progress::Suggesting { input_gain_db, settled } => (Some(in_range(input_gain_db)), settled, ""),
    };
    LearnView { learning: learn.is_on(), settled, suggestion_db, sentence }
}

/// Does what was pressed.
pub fn act(
    press: LearnPress,
    learn: &mut Learn,
    ui: &Ui,
    desk: &Desk<'_>,
    preferences: &Preferences,
    controls: &MeterControls,
) {
    match press {
        LearnPress::Learn if learn.is_on() => learn.stop(),
        LearnPress::Learn => learn.start(conditions(desk.parameters, preferences), controls),
        LearnPress::Apply => {
            if let Some(gain_db) = view(learn).suggestion_db {
                gesture::once(ui, desk.parameters, ui.scope_id().with("learned"), INPUT_GAIN, gain_db);
            }
        }
    }
    ui.request_repaint();
}

/// The nearest gain that the limiter has.
fn in_range(gain_db: f32) -> f32 {
    setting::find(INPUT_GAIN).map_or(gain_db, |parameter| parameter.kind.rounded(f64::from(gain_db)))
}
