//! What the four styles do, as ballistics.
//!
//! - transparent holds for 8 ms, so that any tone above 48 Hz meets a constant gain, and lets go slowly where reduction was
//!   needed without a gap, so that lower tones do too after a while; a lone transient is let go quickly.
//! - punchy hardly holds and lets go of most of a reduction at once; the rest, which an average of the reduction decides,
//!   follows slowly: transients stand out, loud passages do not pump.
//! - loud holds half as long as transparent, falls faster and has no floor: the most level.
//! - safe holds longer than the lowest note's half-wave, lets go slowly, and keeps what was needed for 40 ms.
//!
//! The release time scales how fast a reduction is let go. Without auto release there is no floor and hardly a hold: the
//! reduction falls with the time constant as set, whatever the programme.

use crate::dynamics::{Ballistics, GROUP_FRAMES};
use crate::settings::{LimiterParams, LimiterStyle};

/// Times of one style in ms, and shares. Times marked with x are multiples of the release time.
struct Times {
    hold_ms: f64,
    fall_x: f64,
    sustained_hold_ms: f64,
    valley_ms: f64,
    floor_rise_ms: f64,
    floor_fall_x: f64,
    floor_share: f64,
    /// The hold without auto release.
    plain_hold_ms: f64,
}

/// The longest hold of any style, ms.
pub(super) const LONGEST_HOLD_MS: f64 = 25.0;

/// The longest valley of any style, ms.
pub(super) const LONGEST_VALLEY_MS: f64 = 80.0;

const TRANSPARENT: Times = Times {
    hold_ms: 8.0,
    fall_x: 0.25,
    sustained_hold_ms: 15.0,
    valley_ms: 80.0,
    floor_rise_ms: 50.0,
    floor_fall_x: 2.5,
    floor_share: 1.0,
    plain_hold_ms: 2.0,
};

const PUNCHY: Times = Times {
    hold_ms: 3.0,
    fall_x: 0.075,
    sustained_hold_ms: 6.0,
    valley_ms: 2.0,
    floor_rise_ms: 150.0,
    floor_fall_x: 1.5,
    floor_share: 0.6,
    plain_hold_ms: 0.0,
};

const LOUD: Times = Times {
    hold_ms: 4.0,
    fall_x: 0.15,
    sustained_hold_ms: 4.0,
    valley_ms: 1.0,
    floor_rise_ms: 50.0,
    floor_fall_x: 1.0,
    floor_share: 0.0,
    plain_hold_ms: 1.0,
};

const SAFE: Times = Times {
    hold_ms: 20.0,
    fall_x: 0.75,
    sustained_hold_ms: 25.0,
    valley_ms: 40.0,
    floor_rise_ms: 50.0,
    floor_fall_x: 3.75,
    floor_share: 1.0,
    plain_hold_ms: 8.0,
};

/// What is left of a one-pole movement after one group.
fn left_after_group(time_constant_ms: f64, sample_rate: f64) -> f64 {
    (-(GROUP_FRAMES as f64) * 1e3 / (time_constant_ms * sample_rate)).exp()
}

fn groups(time_ms: f64, sample_rate: f64) -> usize {
    (time_ms * 1e-3 * sample_rate / GROUP_FRAMES as f64).ceil() as usize
}

/// The longest hold and valley in groups.
pub(super) fn longest_groups(sample_rate: f64) -> (usize, usize) {
    (groups(LONGEST_HOLD_MS, sample_rate), groups(LONGEST_VALLEY_MS, sample_rate))
}

/// The ballistics that the parameters ask for.
pub(super) fn ballistics(params: &LimiterParams, sample_rate: f64) -> Ballistics {
    let times = match params.style {
        LimiterStyle::Transparent => TRANSPARENT,
        LimiterStyle::Punchy => PUNCHY,
        LimiterStyle::Loud => LOUD,
        LimiterStyle::Safe => SAFE,
    };
    let release_ms = f64::from(params.release_ms);
    let (hold_ms, fall_ms, floor_share) = if params.auto_release {
        (times.hold_ms, times.fall_x * release_ms, times.floor_share)
    } else {
        (times.plain_hold_ms, release_ms, 0.0)
    };
    Ballistics {
        hold: groups(hold_ms, sample_rate),
        fall: left_after_group(fall_ms, sample_rate),
        sustained_hold: groups(times.sustained_hold_ms, sample_rate),
        valley: groups(times.valley_ms, sample_rate),
        floor_rise: left_after_group(times.floor_rise_ms, sample_rate),
        floor_fall: left_after_group(times.floor_fall_x * release_ms, sample_rate),
        floor_share,
    }
}
