//! The power of middle and side in thirds of an octave, over all of a programme that is not silent.

use runout_dsp_core::units::db_from_power;

use super::third_octaves::{BANDS, edges_hz, held_by, k_weights, middle_hz};
use super::transform::Powers;

/// A side below this share of the middle (-100 dB) is the rounding of the transform: the signal is mono.
const NO_SIDE: f64 = 1e-10;

/// The middles of the bands through which the tilt is drawn, Hz: below and above there is too little in many songs, and too
/// much chance.
const TILT_HZ: [f64; 2] = [60.0, 11_000.0];

/// Energies of middle and side; the sum is the mean of both channels'.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Energy {
    middle: f64,
    side: f64,
}

impl Energy {
    fn add(&mut self, other: Self) {
        self.middle += other.middle;
        self.side += other.side;
    }

    fn sum(self) -> f64 {
        self.middle + self.side
    }
}

/// What was gathered of a spectrum; those of several tracks can be merged into that of all, in power, whatever their rates.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectrum {
    /// Energy in each band, mean square times s.
    bands: [Energy; BANDS],
    /// The same of everything but DC.
    whole: Energy,
    /// Bands that the sample rate holds.
    held: usize,
    /// What was not silent, s.
    heard_s: f64,
}

/// A range of frequencies in which width is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// What it is called.
    pub name: &'static str,
    /// From the first to the last of its bands.
    pub bands: [usize; 2],
}

/// Where width is told: where a mix is usually narrow, where voices are, where rooms and cymbals are.
pub const REGIONS: [Region; 3] = [
    Region { name: "low", bands: [0, 9] },
    Region { name: "middle", bands: [10, 20] },
    Region { name: "high", bands: [21, 30] },
];

impl Spectrum {
    /// Of nothing yet, at a sample rate in Hz.
    pub(super) fn new(sample_rate: f64) -> Self {
        Self { bands: [Energy::default(); BANDS], whole: Energy::default(), held: held_by(sample_rate), heard_s: 0.0 }
    }

    /// Adds a window whose bins lie `bin_hz` apart, at a sample rate in Hz. A bin stands for what lies up to half-way to its
    /// neighbors.
    pub(super) fn add(&mut self, powers: &Powers, bin_hz: f64, sample_rate: f64) {
        let scale = powers.scale / sample_rate;
        for (band, energy) in self.bands.iter_mut().enumerate().take(self.held) {
            let edges = edges_hz(band).map(|edge| edge / bin_hz);
            energy.add(Energy {
                middle: scale * sum_between(powers.middle, edges),
                side: scale * sum_between(powers.side, edges),
            });
        }
        let middle = scale * sum(powers.middle);
        self.whole.add(Energy { middle, side: scale * sum(powers.side) });
        self.heard_s += powers.frames / sample_rate;
    }

    /// Adds another programme, as if both were one.
    pub fn merge(&mut self, other: &Self) {
        for (band, added) in self.bands.iter_mut().zip(&other.bands) {
            band.add(*added);
        }
        self.whole.add(other.whole);
        self.held = self.held.max(other.held);
        self.heard_s += other.heard_s;
    }

    /// How many bands are held: those of [`NOMINAL_HZ`](super::NOMINAL_HZ) from 20 Hz on.
    pub fn held(&self) -> usize {
        self.held
    }

    /// What was not silent, s.
    pub fn heard_s(&self) -> f64 {
        self.heard_s
    }

    /// Level of the whole, dBFS: a sine of full scale in both channels is 0; negative infinity for silence.
    pub fn level_dbfs(&self) -> f64 {
        self.dbfs(self.whole.sum())
    }

    /// Mean square of the whole, linear; the mean of both channels.
    pub fn mean_square(&self) -> f64 {
        if self.heard_s > 0.0 { self.whole.sum() / self.heard_s } else { 0.0 }
    }

    /// Level in each band held, dBFS: a sine of full scale in both channels is 0 in its band. White noise rises by 1 dB a
    /// band, pink noise is level.
    pub fn levels_dbfs(&self) -> Vec<f64> {
        self.bands[..self.held].iter().map(|band| self.dbfs(band.sum())).collect()
    }

    /// Power in each band held as a share of the programme's own mean, which is K-weighted: two programmes are compared as
    /// if they were equally loud, so that more bass does not read as less of all the rest. `None` for silence.
    pub fn shares(&self) -> Option<Vec<f64>> {
        let weighted: f64 = self.bands.iter().zip(k_weights()).map(|(band, weight)| weight * band.sum()).sum();
        (weighted > 0.0).then(|| self.bands[..self.held].iter().map(|band| band.sum() / weighted).collect())
    }

    /// How steeply the spectrum rises, dB an octave (it falls in music): the straight line through the bands' levels from
    /// 63 Hz to 10 kHz. `None` where one of them is silent.
    pub fn tilt_db_per_oct(&self) -> Option<f64> {
        let places = (0..self.held).filter(|band| (TILT_HZ[0]..TILT_HZ[1]).contains(&middle_hz(*band)));
        let points: Vec<[f64; 2]> =
            places.map(|band| [middle_hz(band).log2(), db_from_power(self.bands[band].sum())]).collect();
        slope(&points).filter(|slope| slope.is_finite())
    }

    /// By how much the side is above the middle, dB; negative infinity for mono, `None` for silence.
    pub fn width_db(&self) -> Option<f64> {
        width_db(self.whole)
    }

    /// The same of some bands, from the first to the last.
    pub fn width_db_between(&self, [first, last]: [usize; 2]) -> Option<f64> {
        let mut energy = Energy::default();
        self.bands[first..=last].iter().for_each(|band| energy.add(*band));
        width_db(energy)
    }

    fn dbfs(&self, energy: f64) -> f64 {
        // A sine's mean square is half its amplitude's.
        if self.heard_s > 0.0 { db_from_power(2.0 * energy / self.heard_s) } else { f64::NEG_INFINITY }
    }
}

fn width_db(energy: Energy) -> Option<f64> {
    let Energy { middle, side } = energy;
    let shown = |part: f64, other: f64| if part > NO_SIDE * other { part } else { 0.0 };
    (middle + side > 0.0).then(|| db_from_power(shown(side, middle) / shown(middle, side)))
}

/// The slope of the line through points that is nearest in squares; `None` of fewer than two.
fn slope(points: &[[f64; 2]]) -> Option<f64> {
    let count = points.len() as f64;
    let mean = |axis: usize| points.iter().map(|point| point[axis]).sum::<f64>() / count;
    let [x, y] = [mean(0), mean(1)];
    let spread: f64 = points.iter().map(|point| (point[0] - x).powi(2)).sum();
    let shared: f64 = points.iter().map(|point| (point[0] - x) * (point[1] - y)).sum();
    (spread > 0.0).then(|| shared / spread)
}

/// The sum of powers in lanes that fill vectors.
fn sum(powers: &[f32]) -> f64 {
    const LANES: usize = 8;
    let (parts, rest) = powers.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for part in parts {
        for (sum, power) in sums.iter_mut().zip(part) {
            *sum += f64::from(*power);
        }
    }
    sums.iter().sum::<f64>() + rest.iter().map(|power| f64::from(*power)).sum::<f64>()
}

/// The powers between two places in bins; of a bin that an edge cuts, its share.
fn sum_between(powers: &[f32], [from, to]: [f64; 2]) -> f64 {
    let place = |edge: f64| ((edge + 0.5) as usize).min(powers.len());
    let (first, last) = (place(from), place(to));
    let power = |bin: usize| powers.get(bin).map_or(0.0, |power| f64::from(*power));
    // Up to the last bin's beginning, less what lies before the first edge, and what lies before the last.
    let cut = |bin: usize, edge: f64| power(bin) * (edge + 0.5 - bin as f64).clamp(0.0, 1.0);
    sum(&powers[first.min(last)..last]) - cut(first, from) + cut(last, to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edge_cuts_its_bin_in_proportion() {
        let powers: Vec<f32> = (0..20).map(|bin| bin as f32).collect();
        // 1e-12: a few roundings of numbers below 200.
        let close = |edges: [f64; 2], expected: f64| (sum_between(&powers, edges) - expected).abs() < 1e-12;
        assert!(close([2.5, 5.5], 3.0 + 4.0 + 5.0));
        assert!(close([2.75, 5.25], 0.75 * 3.0 + 4.0 + 0.75 * 5.0));
        assert!(close([3.0, 3.25], 0.25 * 3.0));
        assert!(close([10.0, 90.0], 0.5 * 10.0 + (11..20).sum::<i32>() as f64));
        assert!(close([40.0, 90.0], 0.0));
    }

    #[test]
    fn a_line_has_its_slope() {
        // 1e-12: a few roundings.
        assert!((slope(&[[1.0, 5.0], [2.0, 2.0], [3.0, -1.0]]).unwrap() + 3.0).abs() < 1e-12);
        assert_eq!(slope(&[[1.0, 5.0]]), None);
    }
}
