//! What the limiter shows, in its own editor and in Master: the lanes of the last 10 s with their live bars, its controls,
//! and the learning of its input gain.

mod controls;
mod lanes;
mod learning;
mod live;

pub use controls::Room;
pub use lanes::Shown;
pub use live::{CHANNELS, Live};

use egui::{Rect, Ui};
use runout_dsp_core::loudness::{MeterControls, Readings};
use runout_dsp_core::targets::Lever;

use crate::desk::Desk;
use crate::feed::Feed;
use crate::learn::{Conditions, Learn};
use crate::loudness_panel::{LearnPress, LearnView};
use crate::parameters::Parameters;
use crate::preferences::Preferences;
use crate::timeline_view::Monitoring;

/// The limiter in an editor.
#[derive(Debug, Default)]
pub struct LimiterView {
    /// What moves by itself.
    pub live: Live,
    /// The learning of the input gain.
    pub learn: Learn,
    /// Whether the row that a low window folds is shown.
    pub more: bool,
}

impl LimiterView {
    /// Takes what has arrived since the last frame. `now_s` is egui's clock.
    pub fn take(
        &mut self,
        feed: &mut Feed,
        readings: &Readings,
        parameters: &dyn Parameters,
        preferences: &Preferences,
        now_s: f64,
    ) {
        let state = State::read(parameters);
        self.live.take(feed, readings, state.monitoring(), state.ceiling_dbtp(), now_s);
        let sample_rate = f64::from(feed.status.sample_rate());
        self.learn.look(readings, sample_rate, conditions(parameters, preferences), &feed.controls);
    }

    /// Shows the lanes on a plane.
    pub fn show_lanes(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, shown: Shown) {
        lanes::show(ui, desk, &mut self.live, plane, shown);
        if !State::read(desk.parameters).enabled {
            controls::show_off(ui, desk, lanes::Plan::new(plane).reduction);
        }
    }

    /// Shows the controls on a plane whose height is [`Room::height`].
    pub fn show_controls(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, plane: Rect, room: Room) {
        controls::show(ui, desk, plane, room, &mut self.more);
    }

    /// The learn block of the loudness panel.
    pub fn learn_view(&self) -> LearnView<'static> {
        learning::view(&self.learn)
    }

    /// Does what was pressed of the learn block.
    pub fn press(
        &mut self,
        press: LearnPress,
        ui: &Ui,
        desk: &Desk<'_>,
        preferences: &Preferences,
        controls: &MeterControls,
    ) {
        learning::act(press, &mut self.learn, ui, desk, preferences, controls);
    }

    /// Whether the next frame will look different without anything new.
    pub fn is_moving(&self) -> bool {
        self.live.is_moving()
    }

    /// Forgets what was heard: the window opens anew.
    pub fn start(&mut self) {
        *self = Self { more: self.more, ..Self::default() };
    }
}

/// What lanes and meters show beside the live state.
pub fn shown(parameters: &dyn Parameters, channels: usize) -> Shown {
    let state = State::read(parameters);
    Shown { ceiling_dbtp: state.ceiling_dbtp(), channels, bypassed: state.bypassed }
}

/// What the learned gain depends on, as it stands.
pub fn conditions(parameters: &dyn Parameters, preferences: &Preferences) -> Conditions {
    let state = State::read(parameters);
    Conditions {
        input_gain_db: state.input_gain_db,
        target_lufs: preferences.target().and_then(|target| target.integrated_lufs),
        listening: state.delta || state.unity_gain || state.bypassed || !state.enabled,
    }
}

/// What can be moved to meet a target: the limiter while it acts, else only what comes.
pub fn lever(parameters: &dyn Parameters) -> Lever {
    let state = State::read(parameters);
    match state.ceiling_dbtp() {
        Some(ceiling_dbtp) => {
            Lever::Limiter { input_gain_db: f64::from(state.input_gain_db), ceiling_dbtp: f64::from(ceiling_dbtp) }
        }
        None => Lever::Level,
    }
}

/// The limiter's parameters that decide how it is shown.
struct State {
    enabled: bool,
    bypassed: bool,
    delta: bool,
    unity_gain: bool,
    input_gain_db: f32,
    ceiling_dbtp: f32,
}

impl State {
    fn read(parameters: &dyn Parameters) -> Self {
        let is_on = |id: &str| parameters.value(id).is_some_and(|value| value >= 0.5);
        Self {
            enabled: is_on("limiter.enabled"),
            bypassed: is_on("bypass"),
            delta: is_on("listen.limiter.delta"),
            unity_gain: is_on("listen.limiter.unity_gain"),
            input_gain_db: parameters.value("limiter.input_gain_db").unwrap_or(0.0),
            ceiling_dbtp: parameters.value("limiter.ceiling_dbtp").unwrap_or(0.0),
        }
    }

    /// The ceiling while it is kept.
    fn ceiling_dbtp(&self) -> Option<f32> {
        (self.enabled && !self.bypassed).then_some(self.ceiling_dbtp)
    }

    /// What is heard in place of the output. The limiter turns down only what it has turned up.
    fn monitoring(&self) -> Monitoring {
        let acts = self.enabled && !self.bypassed;
        let turned_down_db = if acts && self.unity_gain { self.input_gain_db.max(0.0) } else { 0.0 };
        Monitoring { delta: acts && self.delta, turned_down_db }
    }
}
