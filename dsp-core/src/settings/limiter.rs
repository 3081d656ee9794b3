//! The true-peak limiter's parameters.

use super::field::{
    Field, Kind, Step, Unit, choice, choice_of, decibels, field, linear, logarithmic, share, stored_choice,
};

choice! {
    /// How the limiter behaves over time.
    LimiterStyle {
        /// Clean first: the reduction is held over low frequencies and let go slowly where it was needed throughout.
        #[default]
        Transparent = "transparent",
        /// Lets go quickly after a transient, so that what follows keeps its weight.
        Punchy = "punchy",
        /// The most level.
        Loud = "loud",
        /// The slowest and smoothest: for premasters and quiet material.
        Safe = "safe",
    }
}
stored_choice!(LimiterStyle);

/// What the true-peak limiter does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LimiterParams {
    /// Whether the limiter acts; its delay stays either way.
    pub enabled: bool,
    /// How it behaves over time.
    pub style: LimiterStyle,
    /// Gain into the limiter, -36 to 36 dB.
    pub input_gain_db: f32,
    /// What the true peak of the output is kept under, -20 to 0 dBTP.
    pub ceiling_dbtp: f32,
    /// Time over which the gain falls ahead of a peak, 0.1 to 10 ms; settings below 2.7 ms (128 frames, if that is longer) act
    /// alike, for a gain that falls faster makes new peaks.
    pub lookahead_ms: f32,
    /// Time constant of the return of the gain, 1 to 1000 ms.
    pub release_ms: f32,
    /// Lets the programme choose the release: quick after a lone peak, slow where reduction is sustained, held on low
    /// frequencies.
    pub auto_release: bool,
    /// How far all channels follow the one that needs most reduction, 0 to 1.
    pub link: f32,
    /// Listening: only what the limiter takes away.
    pub delta: bool,
    /// Listening: the output turned down by the input gain, so that louder does not fool the ear.
    pub unity_gain: bool,
}

impl Default for LimiterParams {
    fn default() -> Self {
        Self {
            enabled: true,
            style: LimiterStyle::Transparent,
            input_gain_db: 0.0,
            ceiling_dbtp: -1.0,
            lookahead_ms: 4.0,
            release_ms: 80.0,
            auto_release: true,
            link: 1.0,
            delta: false,
            unity_gain: false,
        }
    }
}

/// The fields of [`LimiterParams`].
pub static LIMITER: &[Field<LimiterParams>] = &[
    field!(enabled, "Enabled", Kind::Switch, "Takes the limiter's processing out and leaves its delay"),
    field!(style, "Style", choice_of!(LimiterStyle), "How the limiter behaves over time"),
    field!(input_gain_db, "Input Gain", decibels(-36.0, 36.0), "Gain into the limiter"),
    field!(
        ceiling_dbtp,
        "Ceiling",
        linear(-20.0, 0.0, Step::Hundredth, Unit::Dbtp),
        "What the true peak of the output is kept under"
    ),
    field!(
        lookahead_ms,
        "Lookahead",
        logarithmic(0.1, 10.0, Step::Hundredth, Unit::Ms),
        "Time over which the gain falls ahead of a peak, never under 2.7 ms; the latency stays"
    ),
    field!(
        release_ms,
        "Release",
        logarithmic(1.0, 1000.0, Step::Hundredth, Unit::Ms),
        "Time constant of the return of the gain"
    ),
    field!(auto_release, "Auto Release", Kind::Switch, "Lets the programme choose the release around the time set"),
    field!(link, "Link", share(0.0, 1.0), "How far all channels follow the one that needs most reduction"),
    field!(delta, "Delta", Kind::Switch, "Plays only what the limiter takes away", Listening),
    field!(unity_gain, "Unity Gain", Kind::Switch, "Turns the output down by the input gain", Listening),
];
