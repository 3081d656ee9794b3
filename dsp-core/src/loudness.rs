//! Loudness after ITU-R BS.1770-5 and EBU Tech 3341 and 3342.
//!
//! [`Meter`] is the processor. Its [`Readings`] are one frame of numbers that agree with each other; [`MeterControls`] are
//! its buttons and [`MeterMonitor`] its face, both for other threads; a [`Programme`] is what it has gathered, so that
//! several files can be read as one.

mod controls;
mod correlation;
mod gathering;
mod histogram;
mod k_weighting;
mod kernels;
mod log;
mod meter;
mod peaks;
mod programme;
mod readings;
mod windows;

pub use controls::{MeterControls, MeterMonitor};
pub(crate) use correlation::Moments;
pub use k_weighting::{KWeighting, Section};
pub use log::{
    DISTRIBUTION_BIN_LU, DISTRIBUTION_BINS, DISTRIBUTION_FROM_LUFS, LOG_ROWS, LogReader, LogRow, ProgrammeLog,
};
pub use meter::Meter;
pub use programme::Programme;
pub use readings::{LoudnessRange, Readings};

use crate::processor::MAX_CHANNELS;
use crate::units::{db_from_power, power_from_db};

/// Loudness of a weighted mean square of 1: it makes a 997 Hz sine of 0 dBFS in one channel read -3.01 LKFS.
const LOUDNESS_OFFSET_LU: f64 = -0.691;

/// Weight of a surround channel at the side, about +1.5 dB.
const SIDE_WEIGHT: f64 = 1.41;

/// Loudness of a weighted mean square, LUFS.
fn loudness_from_power(mean_square: f64) -> f64 {
    LOUDNESS_OFFSET_LU + db_from_power(mean_square)
}

/// Weighted mean square of a loudness in LUFS.
fn power_from_loudness(loudness_lufs: f64) -> f64 {
    power_from_db(loudness_lufs - LOUDNESS_OFFSET_LU)
}

/// The factor of each channel's energy in loudness, BS.1770-5 tables 3 to 5: 1.41 for surrounds at 60 to 120 degrees below
/// 30 degrees of elevation, 0 for the low-frequency effects. 6 channels are L R C LFE Ls Rs, 12 are FL FR FC LFE BL BR SL
/// SR TFL TFR TBL TBR.
fn channel_weights(channels: usize) -> [f64; MAX_CHANNELS] {
    let mut weights = [1.0; MAX_CHANNELS];
    let (low_frequency, sides): (Option<usize>, &[usize]) = match channels {
        6 => (Some(3), &[4, 5]),
        12 => (Some(3), &[6, 7]),
        _ => (None, &[]),
    };
    if let Some(channel) = low_frequency {
        weights[channel] = 0.0;
    }
    for channel in sides {
        weights[*channel] = SIDE_WEIGHT;
    }
    weights
}
