//! Learn input gain: listens to a passage and says which input gain brings it to the target.
//!
//! Suggestion = the gain that was heard + target - integrated loudness. It is a step towards the answer where the limiter
//! works, since a limited programme gains less loudness than gain: after each change the passage is measured anew, and the
//! steps become small. It is settled by how little it moved over the last 10 s of sound.

use std::collections::VecDeque;

use runout_dsp_core::loudness::{MeterControls, Readings};

/// Sound over which a suggestion must have stood still, s.
const SETTLING_S: f64 = 10.0;

/// A suggestion that moved by this much over that time is not settled at all, dB.
const UNSETTLED_DB: f64 = 1.0;

/// Between two looks at the suggestion, s of sound.
const STEP_S: f64 = 0.25;

/// Below the absolute gate of BS.1770 there is no sound to learn from, LUFS.
const GATE_LUFS: f64 = -70.0;

/// Suggestions are whole tenths, as they are shown.
const STEPS_PER_DB: f64 = 10.0;

/// What the suggestion depends on beside the sound: where any of it moves, the passage is measured anew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conditions {
    /// The limiter's input gain as it is set, dB.
    pub input_gain_db: f32,
    /// The loudness that is wanted, LUFS; `None` where the target has none.
    pub target_lufs: Option<f64>,
    /// Whether a listening mode changes what is heard: nothing can be learned meanwhile.
    pub listening: bool,
}

/// How far learning has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Progress {
    /// Learn was not pressed.
    Idle,
    /// The target has no loudness to learn for.
    NoTarget,
    /// A listening mode is on: what is heard is not what is delivered.
    Listening,
    /// No sound yet.
    Waiting,
    /// There is a suggestion.
    Suggesting {
        /// The input gain that would bring this passage to the target, dB, in tenths.
        input_gain_db: f32,
        /// How settled it is, 0 to 1.
        settled: f32,
    },
}

/// Learns the input gain. Thread: the editor's.
#[derive(Clone, Debug, Default)]
pub struct Learn {
    /// What the passage is measured under; `None` while idle.
    conditions: Option<Conditions>,
    /// Frames of the programme at the last look.
    frames: u64,
    /// Sound since the last step was kept, s.
    since_step_s: f64,
    /// The suggestions of the last steps, dB, oldest first, before rounding.
    steps: VecDeque<f64>,
    suggestion_db: Option<f64>,
}

impl Learn {
    /// Whether Learn is on.
    pub fn is_on(&self) -> bool {
        self.conditions.is_some()
    }

    /// Starts to measure this passage: presses the meter's start.
    pub fn start(&mut self, conditions: Conditions, meter: &MeterControls) {
        *self = Self { conditions: Some(conditions), ..Self::default() };
        meter.start();
    }

    /// Ends learning; the meter goes on.
    pub fn stop(&mut self) {
        *self = Self::default();
    }

    /// Looks at the readings of one frame of the editor. `sample_rate` in Hz.
    pub fn look(&mut self, readings: &Readings, sample_rate: f64, conditions: Conditions, meter: &MeterControls) {
        let Some(before) = self.conditions else { return };
        if before != conditions {
            self.start(conditions, meter);
            return;
        }
        if readings.frames < self.frames {
            // Someone else pressed reset: the same passage from the start.
            *self = Self { conditions: self.conditions, ..Self::default() };
        }
        let heard_s = (readings.frames - self.frames) as f64 / sample_rate.max(1.0);
        self.frames = readings.frames;
        self.suggestion_db = conditions
            .target_lufs
            .filter(|_| !conditions.listening && readings.integrated_lufs.is_finite())
            .map(|target_lufs| f64::from(conditions.input_gain_db) + target_lufs - readings.integrated_lufs);
        if let Some(suggestion_db) = self.suggestion_db
            && readings.momentary_lufs > GATE_LUFS
        {
            self.keep(suggestion_db, heard_s);
        }
    }

    fn keep(&mut self, suggestion_db: f64, heard_s: f64) {
        self.since_step_s += heard_s;
        if self.since_step_s >= STEP_S {
            self.since_step_s %= STEP_S;
            if self.steps.len() >= STEPS {
                self.steps.pop_front();
            }
            self.steps.push_back(suggestion_db);
        }
    }

    /// How far learning has come.
    pub fn progress(&self) -> Progress {
        match (self.conditions, self.suggestion_db) {
            (None, _) => Progress::Idle,
            (Some(Conditions { target_lufs: None, .. }), _) => Progress::NoTarget,
            (Some(Conditions { listening: true, .. }), _) => Progress::Listening,
            (Some(_), None) => Progress::Waiting,
            (Some(_), Some(suggestion_db)) => Progress::Suggesting {
                input_gain_db: ((suggestion_db * STEPS_PER_DB).round() / STEPS_PER_DB) as f32,
                settled: self.settled() as f32,
            },
        }
    }

    /// The share of the settling time that was heard, less what the suggestion moved over it.
    fn settled(&self) -> f64 {
        let heard = self.steps.len() as f64 / STEPS as f64;
        let highest = self.steps.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let lowest = self.steps.iter().copied().fold(f64::INFINITY, f64::min);
        let moved = if self.steps.is_empty() { 1.0 } else { (highest - lowest) / UNSETTLED_DB };
        heard * (1.0 - moved.min(1.0))
    }
}

/// Steps of the settling time.
const STEPS: usize = (SETTLING_S / STEP_S) as usize;

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: f64 = 48_000.0;
    const CONDITIONS: Conditions = Conditions { input_gain_db: 3.0, target_lufs: Some(-14.0), listening: false };

    /// Readings after some seconds of programme.
    fn readings(seconds: f64, integrated_lufs: f64) -> Readings {
        let frames = (seconds * RATE) as u64;
        Readings { frames, integrated_lufs, momentary_lufs: integrated_lufs, ..Readings::silent(2) }
    }

    /// Sixty looks a second from one time to another, at a loudness that depends on it.
    fn listen(learn: &mut Learn, meter: &MeterControls, from_s: f64, to_s: f64, loudness: impl Fn(f64) -> f64) {
        for look in (from_s * 60.0) as u32..(to_s * 60.0) as u32 {
            let seconds = f64::from(look) / 60.0;
            learn.look(&readings(seconds, loudness(seconds)), RATE, CONDITIONS, meter);
        }
    }

    fn settled(learn: &Learn) -> f32 {
        match learn.progress() {
            Progress::Suggesting { settled, .. } => settled,
            other => panic!("no suggestion: {other:?}"),
        }
    }

    #[test]
    fn a_steady_passage_settles_on_what_is_missing() {
        let (mut learn, meter) = (Learn::default(), MeterControls::default());
        assert_eq!(learn.progress(), Progress::Idle);
        learn.start(CONDITIONS, &meter);
        assert_eq!(learn.progress(), Progress::Waiting);
        listen(&mut learn, &meter, 0.0, 5.0, |_| -19.24);
        // Half of the time was heard, to one step of 40.
        assert!((0.45..=0.5).contains(&settled(&learn)), "{}", settled(&learn));
        listen(&mut learn, &meter, 5.0, 11.0, |_| -19.24);
        // 3 dB are on; -14 - -19.24 = 5.24 dB are missing; in tenths.
        assert_eq!(learn.progress(), Progress::Suggesting { input_gain_db: 8.2, settled: 1.0 });
    }

    #[test]
    fn what_moves_is_not_settled_and_what_moved_long_ago_is_forgotten() {
        let (mut learn, meter) = (Learn::default(), MeterControls::default());
        learn.start(CONDITIONS, &meter);
        listen(&mut learn, &meter, 0.0, 20.0, |seconds| -20.0 + 0.2 * seconds);
        // 2 dB over the last 10 s.
        assert_eq!(settled(&learn), 0.0);
        listen(&mut learn, &meter, 20.0, 25.0, |_| -16.0);
        // The last 10 s, to a step: 5 s at 0.2 dB/s, and 5 s of rest.
        assert!(settled(&learn) < 0.06);
        listen(&mut learn, &meter, 25.0, 31.0, |_| -16.0);
        assert_eq!(settled(&learn), 1.0);
    }

    #[test]
    fn silence_settles_nothing() {
        let (mut learn, meter) = (Learn::default(), MeterControls::default());
        learn.start(CONDITIONS, &meter);
        listen(&mut learn, &meter, 0.0, 4.0, |_| -18.0);
        let before = settled(&learn);
        for look in 0..600 {
            let quiet = Readings { momentary_lufs: -90.0, ..readings(4.0 + f64::from(look) / 60.0, -18.0) };
            learn.look(&quiet, RATE, CONDITIONS, &meter);
        }
        assert_eq!(settled(&learn), before);
    }

    #[test]
    fn another_gain_or_target_or_listening_mode_starts_anew() {
        let changes = [
            Conditions { input_gain_db: 3.01, ..CONDITIONS },
            Conditions { target_lufs: Some(-16.0), ..CONDITIONS },
            Conditions { target_lufs: None, ..CONDITIONS },
            Conditions { listening: true, ..CONDITIONS },
        ];
        let awaited = [Progress::Waiting, Progress::Waiting, Progress::NoTarget, Progress::Listening];
        for (changed, awaited) in changes.into_iter().zip(awaited) {
            let (mut learn, meter) = (Learn::default(), MeterControls::default());
            meter.pause();
            learn.start(CONDITIONS, &meter);
            assert!(meter.is_running());
            listen(&mut learn, &meter, 0.0, 12.0, |_| -18.0);
            assert_eq!(settled(&learn), 1.0);
            meter.pause();
            learn.look(&readings(12.0, -18.0), RATE, changed, &meter);
            assert_eq!(learn.progress(), awaited);
            assert!(meter.is_running(), "the measurement starts anew");
        }
    }

    #[test]
    fn a_reset_by_someone_else_starts_the_passage_again() {
        let (mut learn, meter) = (Learn::default(), MeterControls::default());
        learn.start(CONDITIONS, &meter);
        listen(&mut learn, &meter, 0.0, 12.0, |_| -18.0);
        learn.look(&readings(0.0, f64::NEG_INFINITY), RATE, CONDITIONS, &meter);
        assert_eq!(learn.progress(), Progress::Waiting);
        listen(&mut learn, &meter, 0.0, 1.0, |_| -17.0);
        assert!(settled(&learn) < 0.11);
        learn.stop();
        assert!(!learn.is_on());
        assert_eq!(learn.progress(), Progress::Idle);
    }
}
