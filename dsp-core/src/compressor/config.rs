//! What of a band cannot glide: where it changes, a second voice takes over from the first.

use super::hold::GROUPS;
use crate::dispatch::Instructions;
use crate::dynamics::GROUP_FRAMES;
use crate::settings::{CompressorBand, CompressorChannel, CompressorMode, Detector};
use crate::units::frames_from_ms;

/// How long a peak is held before the ballistics, ms: half a period of 50 Hz.
const PEAK_HOLD_MS: f64 = 10.0;

/// The longest hold and RMS window, ms.
const LONGEST_HOLD_MS: f64 = PEAK_HOLD_MS + 500.0;
const LONGEST_WINDOW_MS: f64 = 300.0;

/// What a compressor was prepared for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) instructions: Instructions,
    pub(super) sample_rate: f64,
    pub(super) channels: usize,
    /// Frames that the audio waits for gains; 0 without lookahead.
    pub(super) lookahead_frames: usize,
    /// Whether phase moves with gain: in the dynamic kind.
    pub(super) is_dynamic: bool,
}

impl Setting {
    /// The longest hold, groups.
    pub(super) fn longest_hold(&self) -> usize {
        groups(LONGEST_HOLD_MS, self.sample_rate) + GROUPS
    }

    /// The longest RMS window, frames.
    pub(super) fn longest_window(&self) -> usize {
        frames_from_ms(LONGEST_WINDOW_MS, self.sample_rate)
    }

    /// How many groups a band's level is held; none where a level over a window is not held.
    pub(super) fn hold(&self, band: &CompressorBand) -> Option<usize> {
        let hold = (f64::from(band.hold_ms) * 1e-3 * self.sample_rate / GROUP_FRAMES as f64).round() as usize;
        match band.detector {
            Detector::Peak => Some(groups(PEAK_HOLD_MS, self.sample_rate) + hold),
            // Shorter than a slot of the grid it is a slot.
            Detector::Rms if band.hold_ms > 0.0 => Some(hold.max(GROUPS)),
            Detector::Rms => None,
        }
    }
}

/// A time in groups of frames, rounded up.
fn groups(time_ms: f64, sample_rate: f64) -> usize {
    (time_ms * 1e-3 * sample_rate / GROUP_FRAMES as f64).ceil() as usize
}

/// The part of a frame that a band hears and acts on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// One channel: that of a mono signal.
    One,
    /// Both channels, each as it is.
    Both,
    /// (L + R) / 2.
    Mid,
    /// (L - R) / 2.
    Side,
}

/// What a voice is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Config {
    pub(super) part: Part,
    pub(super) mode: CompressorMode,
    /// Frames of the RMS window; `None` reads peaks.
    pub(super) window: Option<usize>,
    pub(super) is_holding: bool,
    /// Whether one gain is for all channels.
    pub(super) is_linked: bool,
    pub(super) auto_release: bool,
    /// Frames that gains wait.
    pub(super) delay: usize,
}

impl Config {
    /// That of a band; `None` while it has nothing to do.
    pub(super) fn of(band: &CompressorBand, setting: &Setting) -> Option<Self> {
        let part = match (setting.channels, band.channel) {
            (1, CompressorChannel::Side) => None,
            (1, CompressorChannel::Stereo | CompressorChannel::Mid) => Some(Part::One),
            (_, CompressorChannel::Stereo) => Some(Part::Both),
            (_, CompressorChannel::Mid) => Some(Part::Mid),
            (_, CompressorChannel::Side) => Some(Part::Side),
        };
        let ahead = frames_from_ms(f64::from(band.lookahead_ms), setting.sample_rate);
        let window = frames_from_ms(f64::from(band.rms_window_ms), setting.sample_rate);
        part.filter(|_| !band.is_neutral()).map(|part| Self {
            part,
            mode: band.mode,
            window: (band.detector == Detector::Rms).then_some(window),
            is_holding: setting.hold(band).is_some(),
            is_linked: part != Part::Both || band.link == 1.0,
            auto_release: band.auto_release,
            delay: setting.lookahead_frames.saturating_sub(ahead),
        })
    }

    /// How many gains there are.
    pub(super) fn lanes(&self) -> usize {
        if self.is_linked { 1 } else { 2 }
    }

    /// How many channels the detector hears.
    pub(super) fn heard(&self) -> usize {
        if self.part == Part::Both { 2 } else { 1 }
    }
}
