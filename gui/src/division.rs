//! How the bands of a module divide the spectrum: what they are called, where they meet, how they are divided and joined.

use runout_dsp_core::crossover::MOST_BANDS;
use runout_dsp_core::settings::CROSSOVER_KIND;

use crate::numbers::needed;

/// Two crossovers that are moved by hand stay this far apart: a sixth of an octave.
pub const APART: f32 = 1.122;

/// What the bands are called, by how many there are.
const NAMES: [&[&str]; MOST_BANDS] = [
    &["Full range"],
    &["Low", "High"],
    &["Low", "Mid", "High"],
    &["Low", "Low mid", "High mid", "High"],
    &["Low", "Low mid", "Mid", "High mid", "High"],
    &["Sub", "Low", "Low mid", "High mid", "High", "Air"],
];

/// What the band of a slot is called among as many as are in use.
pub fn name(slot: usize, count: usize) -> &'static str {
    NAMES.get(count.saturating_sub(1)).and_then(|names| names.get(slot)).copied().unwrap_or("Band")
}

/// Which frequencies a band has, between corners in Hz that ascend: `120 to 1000 Hz`, `above 6 kHz`.
pub fn range_words(slot: usize, corners_hz: &[f64]) -> String {
    let below = slot.checked_sub(1).and_then(|below| corners_hz.get(below)).copied();
    let above = corners_hz.get(slot).copied();
    let hz = |hz: f64| needed(hz, 0, if hz < 99.95 { 1 } else { 0 });
    let khz = |hz: f64| needed(hz / 1000.0, 0, if hz < 9995.0 { 2 } else { 1 });
    let one = |at: f64| if at < 999.5 { format!("{} Hz", hz(at)) } else { format!("{} kHz", khz(at)) };
    match (below, above) {
        (None, None) => "all frequencies".to_owned(),
        (None, Some(above)) => format!("below {}", one(above)),
        (Some(below), None) => format!("above {}", one(below)),
        (Some(below), Some(above)) if above < 1000.5 => format!("{} to {} Hz", hz(below), hz(above)),
        (Some(below), Some(above)) if below >= 999.5 => format!("{} to {} kHz", khz(below), khz(above)),
        (Some(below), Some(above)) => format!("{} to {}", one(below), one(above)),
    }
}

/// How far the crossover of a slot, of those in use, may be moved by hand, Hz: to its neighbors, with a little space; never
/// less than where it is.
pub fn limits_hz(crossovers_hz: &[f32], slot: usize) -> [f32; 2] {
    let (lowest, highest) = CROSSOVER_KIND.range();
    let Some(own) = crossovers_hz.get(slot).copied() else { return [lowest, highest] };
    let others = crossovers_hz.iter().enumerate().filter(|(other, _)| *other != slot);
    let mut limits = [lowest, highest];
    for (other, hz) in others {
        // Of two that are equal the later one is the higher.
        if (*hz, other) > (own, slot) {
            limits[1] = limits[1].min(hz / APART);
        } else {
            limits[0] = limits[0].max(hz * APART);
        }
    }
    [limits[0].min(own), limits[1].max(own)]
}

/// The middle on the axis of frequencies of the band of a slot, between crossovers in use, Hz.
pub fn middle_hz(crossovers_hz: &[f32], slot: usize) -> f32 {
    let (lowest_hz, highest_hz) = CROSSOVER_KIND.range();
    let mut corners_hz = crossovers_hz.to_vec();
    corners_hz.sort_by(f32::total_cmp);
    let below = slot.checked_sub(1).and_then(|below| corners_hz.get(below)).copied().unwrap_or(lowest_hz);
    let above = corners_hz.get(slot).copied().unwrap_or(highest_hz);
    (below * above).sqrt()
}

/// The bands of a module as its settings have them, to be divided, joined and counted.
#[derive(Debug)]
pub struct Division<'a, B> {
    /// How many are in use.
    pub count: &'a mut u32,
    /// Every crossover, Hz: one fewer than there can be bands.
    pub crossover_hz: &'a mut [f32],
    /// Every band.
    pub band: &'a mut [B],
}

impl<B: Copy + Default> Division<'_, B> {
    fn used(&self) -> usize {
        (*self.count as usize).clamp(1, self.band.len())
    }

    /// Puts the crossovers in use in order, as they are heard.
    fn sort(&mut self) {
        let used = self.used();
        self.crossover_hz[..used - 1].sort_by(f32::total_cmp);
    }

    /// Uses as many bands as asked for. A crossover that comes into use above the others halves what is left there, unless
    /// it is there already.
    pub fn set_count(&mut self, count: usize) {
        let (lowest, highest) = CROSSOVER_KIND.range();
        let count = count.clamp(1, self.band.len());
        for slot in self.used() - 1..count - 1 {
            let below = self.crossover_hz[..slot].iter().copied().fold(lowest, f32::max);
            if self.crossover_hz[slot] < below * APART {
                self.crossover_hz[slot] = CROSSOVER_KIND.rounded(f64::from(below * highest).sqrt());
            }
        }
        *self.count = count as u32;
    }

    /// Divides the band that a frequency in Hz lies in: both parts are set as it was, and those above it move up. Gives the
    /// slot of the upper part; `None` where there are as many as can be, or no room.
    pub fn split(&mut self, frequency_hz: f32) -> Option<usize> {
        self.sort();
        let used = self.used();
        let frequency_hz = CROSSOVER_KIND.rounded(f64::from(frequency_hz));
        let is_close = |hz: &f32| (1.0 / APART..APART).contains(&(frequency_hz / hz));
        if used == self.band.len() || self.crossover_hz[..used - 1].iter().any(is_close) {
            return None;
        }
        let slot = self.crossover_hz[..used - 1].iter().filter(|hz| **hz < frequency_hz).count();
        self.crossover_hz[slot..used].rotate_right(1);
        self.crossover_hz[slot] = frequency_hz;
        self.band.copy_within(slot..used, slot + 1);
        *self.count += 1;
        Some(slot + 1)
    }

    /// Takes a band away: the one below it, or for the lowest the one above, has its frequencies too, and those above it
    /// move down. The crossover that is no longer used stands where it does by `defaults_hz`. Gives the slot that has them
    /// now; `None` where there is only one.
    pub fn merge(&mut self, slot: usize, defaults_hz: &[f32]) -> Option<usize> {
        self.sort();
        let used = self.used();
        if used == 1 || slot >= used {
            return None;
        }
        let corner = slot.saturating_sub(1);
        self.crossover_hz[corner..used - 1].rotate_left(1);
        self.crossover_hz[used - 2] = defaults_hz.get(used - 2).copied().unwrap_or(CROSSOVER_KIND.range().1);
        self.band.copy_within(slot + 1..used, slot);
        self.band[used - 1] = B::default();
        *self.count -= 1;
        Some(corner)
    }
}
