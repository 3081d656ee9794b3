//! The ceilings of an album once its tracks are on the timeline: of each track its own, at the rate of what is delivered.

use std::ops::Range;
use std::path::Path;

use runout_dsp_core::settings::{ChainSettings, LimiterParams};

use crate::audio_source::AudioSource;
use crate::failure::Failure;
use crate::finish::Finished;

/// How long before a lower ceiling is needed it holds, and how long after, s: the limiter's longest lookahead and the
/// course of a moving ceiling are well within.
const MARGIN_S: f64 = 0.1;

/// From a frame of the stream on, a limiter.
pub type Change = (u64, LimiterParams);

/// The limiter of each stretch of the stream: that of the track which sounds, the lower ceiling where two are near. A track
/// whose chain has no limiter is not held down, and its neighbors' edges are.
pub fn ceilings(chains: &[ChainSettings], parts: &[Range<u64>], sample_rate_hz: u32) -> Vec<Change> {
    let margin = (MARGIN_S * f64::from(sample_rate_hz)) as u64;
    let mut changes: Vec<Change> = Vec::with_capacity(chains.len());
    for (chain, part) in chains.iter().zip(parts) {
        let limiter = LimiterParams { input_gain_db: 0.0, ..chain.limiter };
        let Some((_, before)) = changes.last() else {
            changes.push((0, limiter));
            continue;
        };
        if *before == limiter {
            continue;
        }
        let is_lower = limiter.enabled && (!before.enabled || limiter.ceiling_dbtp < before.ceiling_dbtp);
        let place = if is_lower { part.start.saturating_sub(margin) } else { part.start + margin };
        // Of tracks shorter than the margin the order stays.
        let place = place.max(changes.last().map_or(0, |(place, _)| *place));
        changes.push((place, limiter));
    }
    changes
}

/// A source under its ceilings; as it is where no chain has a limiter.
///
/// # Errors
/// The chain does not take the rate or the channels.
pub fn guard<'a>(
    path: &Path,
    source: Box<dyn AudioSource + 'a>,
    changes: &[Change],
) -> Result<Box<dyn AudioSource + 'a>, Failure> {
    if changes.iter().all(|(_, limiter)| !limiter.enabled) {
        return Ok(source);
    }
    Ok(Box::new(Finished::under(path, source, changes)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(enabled: bool, ceiling_dbtp: f32) -> ChainSettings {
        let mut chain = ChainSettings::default();
        (chain.limiter.enabled, chain.limiter.ceiling_dbtp, chain.limiter.input_gain_db) = (enabled, ceiling_dbtp, 7.0);
        chain
    }

    fn places(chains: &[ChainSettings]) -> Vec<(u64, bool, f32)> {
        let parts: Vec<Range<u64>> =
            (0..chains.len() as u64).map(|index| index * 48_000..(index + 1) * 48_000).collect();
        let changes = ceilings(chains, &parts, 48_000);
        assert!(changes.iter().all(|(_, limiter)| limiter.input_gain_db == 0.0), "the gain was applied before");
        changes.into_iter().map(|(place, limiter)| (place, limiter.enabled, limiter.ceiling_dbtp)).collect()
    }

    #[test]
    fn one_ceiling_is_one_limiter() {
        assert_eq!(places(&[chain(true, -1.0); 3]), [(0, true, -1.0)]);
    }

    #[test]
    fn a_lower_ceiling_begins_before_its_track_and_a_higher_one_after() {
        let chains = [chain(true, -1.0), chain(true, -2.0), chain(true, -0.5)];
        assert_eq!(places(&chains), [(0, true, -1.0), (43_200, true, -2.0), (100_800, true, -0.5)]);
        let chains = [chain(false, -1.0), chain(true, -1.0), chain(false, -1.0)];
        assert_eq!(places(&chains), [(0, false, -1.0), (43_200, true, -1.0), (100_800, false, -1.0)]);
    }
}
