//! What an editor draws of the compressor: the static curve, and what the bands' gains come to over frequency.

use super::computer::Shape;
use crate::crossover::Corners;
use crate::dynamics::DB_PER_OCTAVE;
use crate::settings::{COMPRESSOR_BANDS, CompressorBand, CompressorParams};
use crate::units::{db_from_gain, gain_from_db};

/// The gain of a band's static curve at a level of its key, both dB; before make-up and mix. Silence is negative infinity.
/// The band's ratio alone decides: one that is off has its curve too.
pub fn static_gain_db(band: &CompressorBand, level_dbfs: f64) -> f64 {
    let octaves = (level_dbfs.max(-400.0) / DB_PER_OCTAVE) as f32;
    f64::from(Shape::of(band).gain_at(band.mode, octaves)) * DB_PER_OCTAVE
}

/// Where the bands in use meet, as they are used at a sample rate in Hz: ascending, Hz, kept between 10 Hz and 0.49 of the
/// rate. One fewer than bands are in use.
pub fn corners_hz(params: &CompressorParams, sample_rate: f64) -> Vec<f64> {
    let corners = Corners::new(params.bands_in_use().len(), &params.crossover_hz, sample_rate);
    corners.hz[..corners.bands - 1].to_vec()
}

/// The share that each band has of a frequency in Hz, between corners in Hz that ascend: that of the linear kind, whose
/// low-passes have the magnitude 1 / (1 + (f / corner)^4). The shares sum to 1; bands that are not in use have none.
pub fn shares_at(corners_hz: &[f64], frequency_hz: f64) -> [f64; COMPRESSOR_BANDS] {
    let mut shares = [0.0; COMPRESSOR_BANDS];
    let mut below = 0.0;
    let low_passes = corners_hz.iter().map(|corner_hz| 1.0 / (1.0 + (frequency_hz / corner_hz).powi(4)));
    for (share, low_pass) in shares.iter_mut().zip(low_passes.chain([1.0])) {
        *share = low_pass - below;
        below = low_pass;
    }
    shares
}

/// What the bands' gains in dB come to where they have these shares, dB.
pub fn mixed_gain_db(shares: &[f64; COMPRESSOR_BANDS], gains_db: &[f64; COMPRESSOR_BANDS]) -> f64 {
    let parts = shares.iter().zip(gains_db).filter(|(share, _)| **share > 0.0);
    db_from_gain(parts.map(|(share, gain_db)| share * gain_from_db(*gain_db)).sum())
}

#[cfg(test)]
mod tests;
