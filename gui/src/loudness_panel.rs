//! The loudness panel of limiter, meter and master: the target, the integrated loudness against it, pass or fail with
//! what to do about it, and rows of readings.

mod judgement;
mod layout;
mod learning;
mod lines;
mod reading;
mod steady;

pub use judgement::{Judgement, Line};
pub use learning::{LearnPress, LearnView};
pub use reading::Reading;
pub use steady::SteadyReadings;

use std::sync::Arc;

use egui::{Align2, Rangef, Rect, Role as Kind, Sense, Ui, WidgetInfo, pos2};
use runout_dsp_core::loudness::{MeterControls, Readings};
use runout_dsp_core::targets::{Lever, TARGETS, Target};

use self::layout::{Contents, Layout};
use crate::desk::Desk;
use crate::look::size;
use crate::preferences::Preferences;
use crate::widgets::hero::Hero;
use crate::widgets::reading_row::ReadingRow;
use crate::widgets::verdict::{self, Standing};
use crate::widgets::{Button, Chooser, Entry, Toggle, deviation};
use crate::write::{self, Role};
use crate::{numbers, paint};

/// Narrower, and labels are short.
const SHORT_LABELS: f32 = 176.0;

/// What an editor wants of its panel.
pub struct PanelView<'a> {
    /// The panel's height between its left and right padding.
    pub place: Rect,
    /// The rows, the most important first: what has no room is left out from the end.
    pub rows: &'a [Reading],
    /// Learning the input gain, where there is one.
    pub learn: Option<LearnView<'a>>,
}

/// A loudness panel. Thread: the editor's.
pub struct LoudnessPanel {
    preferences: Arc<Preferences>,
    steady: SteadyReadings,
    judgement: Judgement,
    targets: Vec<Entry>,
}

impl LoudnessPanel {
    /// A panel that has heard nothing.
    pub fn new(preferences: Arc<Preferences>) -> Self {
        Self { preferences, steady: SteadyReadings::new(), judgement: Judgement::default(), targets: entries() }
    }

    /// Takes the latest readings, and what the user can turn to meet the target; `now_s` is egui's clock. To be called once a frame, before [`show`](Self::show).
    pub fn update(&mut self, latest: &Readings, lever: Lever, now_s: f64) {
        self.steady.update(latest, now_s);
        self.judgement = Judgement::new(self.preferences.target(), self.steady.shown(), lever);
    }

    /// The readings as they are shown: five times a second, maxima at once.
    pub fn readings(&self) -> &SteadyReadings {
        &self.steady
    }

    /// The verdicts on what is shown.
    pub fn judgement(&self) -> &Judgement {
        &self.judgement
    }

    /// Shows the panel over its plane. Reset, pause, reset on play and the target act by themselves; what was pressed of
    /// the learn block is given back.
    pub fn show(
        &self,
        ui: &mut Ui,
        desk: &mut Desk<'_>,
        controls: &MeterControls,
        view: &PanelView<'_>,
    ) -> Option<LearnPress> {
        let contents = Contents {
            loudness: self.judgement.loudness.is_some(),
            ceiling: self.judgement.ceiling.is_some(),
            rows: view.rows.len(),
            learn: view.learn.is_some(),
        };
        let layout = Layout::new(view.place, contents);
        self.show_hero(ui, desk, &layout);
        self.show_verdicts(ui, desk, &layout);
        for y in layout.lines_y.into_iter().flatten() {
            paint::horizontal(ui.painter(), layout.x, y, desk.look.palette.line);
        }
        for (index, reading) in view.rows.iter().take(layout.rows).enumerate() {
            self.show_row(ui, desk, &layout, layout.first_row_y + layout.row_pitch * index as f32, *reading);
        }
        let place = layout.learn_y.map(|y| (layout.x, y));
        let pressed = place.zip(view.learn.as_ref()).and_then(|((x, y), learn)| learn.show(ui, desk, x, y));
        self.show_foot(ui, desk, controls, &layout);
        // Last, so that its list opens over everything.
        self.show_targets(ui, desk, layout.chooser);
        pressed
    }

    fn show_targets(&self, ui: &Ui, desk: &mut Desk<'_>, rect: Rect) {
        let target = self.preferences.target();
        let chosen = target.and_then(place_of).unwrap_or(TARGETS.len());
        let sentence = match target {
            Some(target) if target.note.is_empty() => format!("{}, {}.", target.source, target.date),
            Some(target) => numbers::typeset(&format!("{}. {}, {}.", target.note, target.source, target.date)),
            None => "what loudness and peaks are held against.".to_owned(),
        };
        let chooser = Chooser::new("Target", &sentence, &self.targets);
        if let (_, Some(asked)) = chooser.show(ui, desk, rect, Some(chosen)) {
            self.preferences.set_target(TARGETS.get(asked));
        }
    }

    fn show_hero(&self, ui: &Ui, desk: &mut Desk<'_>, layout: &Layout) {
        let palette = desk.look.palette;
        let integrated_lufs = self.steady.shown().integrated_lufs;
        let number = text(integrated_lufs.is_finite().then_some(integrated_lufs), 1);
        let target = self.preferences.target();
        let note = match target.map(|target| target.integrated_lufs) {
            Some(Some(target_lufs)) => format!("target {}", numbers::plain(target_lufs, 1)),
            Some(None) => "no loudness rule".to_owned(),
            None => String::new(),
        };
        let standing = self.judgement.loudness_standing();
        let color = if standing == Standing::Over { palette.over } else { palette.value_text };
        let hero = Hero { label: "Integrated", note: &note, number: &number, unit: "LUFS", color };
        hero.paint(ui.painter(), &desk.look, layout.x, layout.hero_y);
        let place = Rect::from_x_y_ranges(layout.x, layout.hero_y - 8.0..=layout.hero_y + 62.0);
        let help = "loudness of the whole programme since the last reset, gated (ITU-R BS.1770).";
        say(ui, desk, place, "Integrated", help, &format!("Integrated {number} LUFS"));
        if let (Some(top), Some(target)) = (layout.deviation_top, target) {
            let deviation_lu = self.judgement.deviation_lu.map(|deviation_lu| deviation_lu as f32);
            let (tolerance_lu, meaning) = (target.tolerance_lu as f32, standing.color(palette));
            deviation::paint(ui.painter(), &desk.look, layout.x, top, tolerance_lu, deviation_lu, meaning);
        }
    }

    fn show_verdicts(&self, ui: &Ui, desk: &mut Desk<'_>, layout: &Layout) {
        let lines = [
            (layout.loudness_y, &self.judgement.loudness, "Loudness"),
            (layout.ceiling_y, &self.judgement.ceiling, "True peak"),
        ];
        for (y, line, name) in lines {
            let (Some(y), Some(line)) = (y, line) else { continue };
            verdict::paint(ui.painter(), &desk.look, layout.x, y, line.standing, line.words, &line.distance);
            let place = Rect::from_x_y_ranges(layout.x, y - 12.0..=y + 12.0);
            let help = if line.advice.is_empty() { self.rule() } else { line.advice.clone() };
            let spoken = [line.words, &line.distance, &line.advice].join(" ");
            say(ui, desk, place, name, &help, spoken.trim_end());
        }
        let (painter, color) = (ui.painter(), desk.look.palette.value_text);
        let lines =
            lines::in_two(&self.judgement.advice(), layout.x.span(), |text| write::width(painter, Role::Label, text));
        for (y, line) in layout.advice_y.into_iter().zip(lines) {
            let at = pos2(layout.x.min, y);
            write::elided(painter, color, at, Align2::LEFT_CENTER, Role::Label, &line, layout.x.span());
        }
    }

    /// What passes, in words.
    fn rule(&self) -> String {
        let ceiling = self.judgement.ceiling_dbtp.map(|ceiling| format!("at most {} dBTP", numbers::plain(ceiling, 1)));
        let loudness = self.preferences.target().and_then(|target| {
            let wanted = numbers::plain(target.integrated_lufs?, 1);
            Some(format!("{wanted} LUFS within {} LU", numbers::plain(target.tolerance_lu, 1)))
        });
        [loudness, ceiling].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn show_row(&self, ui: &Ui, desk: &mut Desk<'_>, layout: &Layout, y: f32, reading: Reading) {
        let readings = self.steady.shown();
        let palette = desk.look.palette;
        let is_over = reading == Reading::TruePeakMax
            && self.judgement.ceiling.as_ref().is_some_and(|line| line.standing == Standing::Over);
        let color = match () {
            () if is_over => palette.over,
            () if !reading.is_settled(readings) || reading.value(readings).is_none() => palette.label_text,
            () => palette.value_text,
        };
        let number = text(reading.value(readings), reading.decimals());
        let label = if layout.x.span() < SHORT_LABELS { reading.short_label() } else { reading.label() };
        let row = ReadingRow { label, number: &number, unit: reading.unit(), color };
        row.paint(ui.painter(), &desk.look, layout.x, y);
        let place = Rect::from_x_y_ranges(layout.x, y - layout.row_pitch / 2.0..=y + layout.row_pitch / 2.0);
        let spoken = format!("{} {number} {}", reading.label(), reading.unit());
        say(ui, desk, place, reading.label(), reading.help(), &spoken);
    }

    fn show_foot(&self, ui: &Ui, desk: &mut Desk<'_>, controls: &MeterControls, layout: &Layout) {
        let reset = Button::new("Reset", "starts a new measurement of loudness, peaks and their histories. Key R.");
        if reset.show(ui, desk, layout.reset).clicked() {
            controls.reset();
        }
        let is_paused = !controls.is_running();
        let help = "the readings stand; what comes meanwhile is left out.";
        let near = desk.look.palette.near;
        if Toggle::new("Pause").meaning(near).show(ui, desk, layout.pause, "Pause", help, is_paused).clicked() {
            if is_paused { controls.resume() } else { controls.pause() }
        }
        let is_on = self.preferences.resets_on_play();
        let help = "starts a new measurement whenever the host starts to play.";
        let toggle = Toggle::new("Reset on play");
        let toggle = if layout.reset_on_play.width() < 110.0 { toggle.small() } else { toggle };
        if toggle.show(ui, desk, layout.reset_on_play, "Reset on play", help, is_on).clicked() {
            self.preferences.set_reset_on_play(!is_on);
        }
    }
}

/// The targets as the chooser lists them, and last that there is none.
fn entries() -> Vec<Entry> {
    let detail = |target: &Target| match target.integrated_lufs {
        Some(target_lufs) => format!("{} LUFS", numbers::plain(target_lufs, 0)),
        None => format!("{} dBTP", numbers::plain(target.ceiling_dbtp, 1)),
    };
    let entry = |target: &Target| Entry { detail: detail(target), ..Entry::new(target.label) };
    let none = Entry::new("No target");
    TARGETS.iter().map(entry).chain([none]).collect()
}

/// The place of a target in the list.
fn place_of(target: &'static Target) -> Option<usize> {
    TARGETS.iter().position(|listed| listed.name == target.name)
}

/// A reading as it is written: a dash while nothing is known.
fn text(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(|| numbers::NONE.to_owned(), |value| numbers::plain(value, decimals))
}

/// Explains what is painted in a place to the footer, and speaks it to those who do not see it.
fn say(ui: &Ui, desk: &mut Desk<'_>, place: Rect, name: &str, help: &str, spoken: &str) {
    let response = ui.interact(place, ui.scope_id().with(("reading", name)), Sense::hover());
    if response.hovered() {
        desk.hint.hovered(name, help);
    }
    response.widget_info(|| WidgetInfo::labeled(Kind::Label, true, spoken));
}

/// A separator and the space below it, where a block of a panel begins.
fn block(ui: &Ui, desk: &Desk<'_>, x: Rangef, y: f32) -> f32 {
    paint::horizontal(ui.painter(), x, y, desk.look.palette.line);
    y + size::MARGIN
}
