//! Two spectra held against each other, octave by octave.
//!
//! A third of an octave holds a note or two, and changes with the key of a song: it is compared together with the bands on
//! both sides of it. What two spectra differ by in the middle of their bands is their level, and is taken away: a track
//! with more treble does not have less of everything else.

use runout_dsp_core::units::db_from_power;

use super::median;
use crate::album::profile::NOMINAL_HZ;

/// So far below a track's own mean, dB, an octave is covered by the rest: less is not told apart.
const FAINTEST_DB: f64 = -45.0;

/// The bands in which every system plays and every song has something: 50 Hz to 10 kHz.
const CORE: std::ops::RangeInclusive<usize> = 4..=27;

/// How much further the bands below and above may be off: songs without the lowest octave or without air are many, and few
/// systems play it.
const OUTSIDE_CORE: f64 = 2.0;

/// Where the names of regions end, Hz.
const REGIONS: [(f64, &str); 7] = [
    (50.0, "sub-bass"),
    (140.0, "bass"),
    (450.0, "low middle"),
    (1800.0, "middle"),
    (5600.0, "upper middle"),
    (14_000.0, "treble"),
    (f64::INFINITY, "air"),
];

/// The tone of a track: the power of each band as a share of the track's own mean.
pub(super) struct Tone {
    shares: Vec<f64>,
    /// The level of the octave around each band, dB.
    octaves_db: Vec<f64>,
}

/// The tone of one track held against another.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// By how much it is above in the octave around each band, dB, from 20 Hz on.
    pub octaves_db: Vec<f64>,
    /// Adjacent bands that are off together.
    pub groups: Vec<Group>,
}

/// Adjacent bands that are off to one side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// The first and the last of the bands.
    pub bands: [usize; 2],
    /// By how much their sum is above, dB.
    pub above_db: f64,
}

impl Tone {
    pub fn of(shares: &[f64]) -> Self {
        let octave = |band: usize| level_db(&shares[band.saturating_sub(1)..(band + 2).min(shares.len())]);
        Self { shares: shares.to_vec(), octaves_db: (0..shares.len()).map(octave).collect() }
    }

    /// The middle of some tones, band by band, in what all of them hold.
    pub fn median(tones: &[&Self]) -> Option<Self> {
        let held = tones.iter().map(|tone| tone.shares.len()).min()?;
        let middle = |of: &dyn Fn(&Self) -> f64| median(tones.iter().map(|tone| of(tone)).collect()).unwrap_or(0.0);
        Some(Self {
            shares: (0..held).map(|band| middle(&|tone| tone.shares[band])).collect(),
            octaves_db: (0..held).map(|band| middle(&|tone| tone.octaves_db[band])).collect(),
        })
    }

    /// By how much this is above another. What is further off than `limit_db` is grouped.
    pub fn above(&self, other: &Self, limit_db: f64) -> Difference {
        let mut octaves_db: Vec<f64> =
            self.octaves_db.iter().zip(&other.octaves_db).map(|(own, other)| own - other).collect();
        let core = octaves_db.iter().enumerate().filter(|(band, _)| CORE.contains(band));
        let level_db = median(core.map(|(_, above_db)| *above_db).collect()).unwrap_or(0.0);
        octaves_db.iter_mut().for_each(|above_db| *above_db -= level_db);
        // An octave may be off by what lies beside the band in its middle: what is told is off by itself.
        let groups = groups(&octaves_db, limit_db)
            .into_iter()
            .map(|bands| Group { bands, above_db: self.sum_db(bands) - other.sum_db(bands) - level_db })
            .filter(|group| group.above_db.abs() > limit_db)
            .collect();
        Difference { octaves_db, groups }
    }

    fn sum_db(&self, [first, last]: [usize; 2]) -> f64 {
        level_db(&self.shares[first..=last])
    }
}

fn level_db(shares: &[f64]) -> f64 {
    db_from_power(shares.iter().sum()).max(FAINTEST_DB)
}

/// The first and last of adjacent bands that are off to one side.
fn groups(octaves_db: &[f64], limit_db: f64) -> Vec<[usize; 2]> {
    let mut groups: Vec<([usize; 2], bool)> = Vec::new();
    for (band, above_db) in octaves_db.iter().enumerate() {
        let limit_db = if CORE.contains(&band) { limit_db } else { OUTSIDE_CORE * limit_db };
        if above_db.abs() <= limit_db {
            continue;
        }
        let is_above = *above_db > 0.0;
        match groups.last_mut() {
            Some(([_, last], side)) if *last + 1 == band && *side == is_above => *last = band,
            _ => groups.push(([band; 2], is_above)),
        }
    }
    groups.into_iter().map(|(bands, _)| bands).collect()
}

impl Group {
    /// `bass (63 to 125 Hz)`
    pub fn name(&self) -> String {
        let [first, last] = self.bands.map(|band| NOMINAL_HZ[band]);
        let region = |hz: f64| REGIONS.iter().find(|(end, _)| hz < *end).map_or("air", |(_, name)| name);
        // Where the end of a group reaches into a region by one band only, it is the middle that names it.
        let names = if last / first <= 4.0 { [region((first * last).sqrt()); 2] } else { [first, last].map(region) };
        let name = if names[0] == names[1] { names[0].to_owned() } else { format!("{} to {}", names[0], names[1]) };
        if first == last {
            format!("{name} (around {})", hertz(first))
        } else {
            format!("{name} ({})", range(first, last))
        }
    }
}

/// `63 to 125 Hz`, `800 Hz to 2 kHz`, `2 to 5 kHz`
fn range(first_hz: f64, last_hz: f64) -> String {
    match (first_hz < 1000.0, last_hz < 1000.0) {
        (true, true) => format!("{first_hz} to {last_hz} Hz"),
        (true, false) => format!("{first_hz} Hz to {} kHz", last_hz / 1000.0),
        _ => format!("{} to {} kHz", first_hz / 1000.0, last_hz / 1000.0),
    }
}

fn hertz(hz: f64) -> String {
    if hz < 1000.0 { format!("{hz} Hz") } else { format!("{} kHz", hz / 1000.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bands of pink noise, these raised by a gain in dB.
    fn raised(bands: std::ops::RangeInclusive<usize>, gain_db: f64) -> Tone {
        let share = |band: usize| 0.05 * if bands.contains(&band) { 10f64.powf(gain_db / 10.0) } else { 1.0 };
        Tone::of(&(0..31).map(share).collect::<Vec<_>>())
    }

    #[test]
    fn what_was_raised_is_named_with_its_range_and_gain_and_nothing_else_is() {
        let flat = raised(0..=0, 0.0);
        for (bands, gain_db, found_bands, name) in [
            (5..=8, 6.0, [5, 8], "bass (63 to 125 Hz)"),
            // The octaves at the ends of a cut hold a band that was not cut, which covers the others.
            (20..=24, -9.0, [21, 23], "upper middle (2.5 to 4 kHz)"),
            (14..=20, 7.0, [14, 20], "middle (500 Hz to 2 kHz)"),
            (10..=24, 5.0, [10, 24], "low middle to upper middle (200 Hz to 5 kHz)"),
        ] {
            let found = raised(bands.clone(), gain_db).above(&flat, 4.0);
            if bands.clone().count() > 12 {
                // More than half of the core: the rest is what is off.
                assert!(found.groups.iter().all(|group| group.above_db < -4.0), "{found:?}");
                continue;
            }
            assert_eq!(found.groups.len(), 1, "{found:?}");
            let group = found.groups[0];
            assert_eq!((group.bands, group.name().as_str()), (found_bands, name));
            // 1e-9: a few roundings.
            assert!((group.above_db - gain_db).abs() < 1e-9);
        }
    }

    #[test]
    fn a_level_is_no_tone_and_the_ends_of_the_spectrum_may_be_further_off() {
        let flat = raised(0..=0, 0.0);
        assert!(raised(0..=30, 12.0).above(&flat, 4.0).groups.is_empty());
        assert!(raised(29..=30, 7.0).above(&flat, 4.0).groups.is_empty());
        assert_eq!(raised(29..=30, 9.0).above(&flat, 4.0).groups.len(), 1);
        // Nothing at all is as faint as what is covered, not 300 dB below: -45 dB of -8 is 37 dB.
        let deaf = raised(29..=30, -300.0).above(&flat, 4.0);
        assert!(deaf.octaves_db[30] > -40.0 && deaf.groups[0].above_db > -40.0, "{deaf:?}");
    }

    #[test]
    fn groups_are_runs_of_one_side() {
        let mut octaves_db = vec![0.0; 31];
        octaves_db[8..12].copy_from_slice(&[5.0, 5.0, -5.0, -5.0]);
        octaves_db[15] = 4.1;
        assert_eq!(groups(&octaves_db, 4.0), [[8, 9], [10, 11], [15, 15]]);
    }
}
