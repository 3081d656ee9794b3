//! Loudness values by the hundred-thousand in constant memory: counts and energies in bins of 0.01 LU.
//!
//! A bin holds how many values fell into it and the sum of their energies, so that every sum over bins is exact and only
//! the one bin that a gate cuts through is quantized. Groups of 1 LU hold the sums of their bins: a reading looks at some
//! three hundred numbers, however long the programme.

use super::{loudness_from_power, power_from_loudness};

/// The absolute gate of BS.1770 and Tech 3342, LUFS: nothing at or below it is kept.
pub const ABSOLUTE_GATE_LUFS: f64 = -70.0;

/// 0.01 LU, a tenth of what a loudness meter shows.
const BINS_PER_GROUP: usize = 100;

/// 210 LU above the gate: 12 channels at +120 dBFS reach +136 LUFS.
const GROUPS: usize = 210;

#[derive(Clone, Copy, Default)]
struct Bin {
    count: u64,
    /// Sum of the mean squares.
    energy: f64,
}

impl Bin {
    fn add(&mut self, other: Self) {
        self.count += other.count;
        self.energy += other.energy;
    }

    fn mean(self) -> f64 {
        self.energy / self.count as f64
    }
}

/// Counts and energies of loudness values above the absolute gate.
#[derive(Clone)]
pub struct Histogram {
    bins: Vec<Bin>,
    groups: Vec<Bin>,
    total: Bin,
    /// Mean square at the absolute gate.
    absolute_gate: f64,
}

impl Histogram {
    /// An empty histogram. Allocates all that it will ever need: 340 kB.
    pub fn new() -> Self {
        Self {
            bins: vec![Bin::default(); GROUPS * BINS_PER_GROUP],
            groups: vec![Bin::default(); GROUPS],
            total: Bin::default(),
            absolute_gate: power_from_loudness(ABSOLUTE_GATE_LUFS),
        }
    }

    /// Forgets everything; touches only the groups that hold something.
    pub fn clear(&mut self) {
        for (group, bins) in self.groups.iter_mut().zip(self.bins.chunks_exact_mut(BINS_PER_GROUP)) {
            if group.count > 0 {
                *group = Bin::default();
                bins.fill(Bin::default());
            }
        }
        self.total = Bin::default();
    }

    /// Adds the value of a window with this weighted mean square; at or below the absolute gate it is dropped.
    pub fn add(&mut self, mean_square: f64) {
        if mean_square <= self.absolute_gate {
            return;
        }
        let bin = bin_of(mean_square);
        let value = Bin { count: 1, energy: mean_square };
        self.bins[bin].add(value);
        self.groups[bin / BINS_PER_GROUP].add(value);
        self.total.add(value);
    }

    /// Adds all that `other` holds.
    pub fn merge(&mut self, other: &Self) {
        for (bin, added) in self.bins.iter_mut().zip(&other.bins) {
            bin.add(*added);
        }
        for (group, added) in self.groups.iter_mut().zip(&other.groups) {
            group.add(*added);
        }
        self.total.add(other.total);
    }

    /// Mean square of the values that pass a gate `below_mean_lu` under the mean of all; 0 of nothing.
    pub fn gated_mean(&self, below_mean_lu: f64) -> f64 {
        if self.total.count == 0 {
            return 0.0;
        }
        let first = self.first_bin_above_gate(below_mean_lu);
        let group = first.div_ceil(BINS_PER_GROUP);
        let mut passed = Bin::default();
        for bin in &self.bins[first..group * BINS_PER_GROUP] {
            passed.add(*bin);
        }
        for group in &self.groups[group..] {
            passed.add(*group);
        }
        passed.mean()
    }

    /// Mean squares at the given percentiles (whole percents) of the values that pass a gate `below_mean_lu` under the
    /// mean of all; `None` of nothing. The rank is rounded as in the listing of EBU Tech 3342.
    pub fn gated_percentiles<const N: usize>(&self, below_mean_lu: f64, percents: [u64; N]) -> Option<[f64; N]> {
        if self.total.count == 0 {
            return None;
        }
        let first = self.first_bin_above_gate(below_mean_lu);
        let dropped = self.count_below(first);
        let last_rank = self.total.count - dropped - 1;
        Some(percents.map(|percent| self.value_at(dropped + (last_rank * percent + 50) / 100)))
    }

    /// The first bin whose values pass the relative gate. The bin that the gate cuts passes as a whole if its mean does.
    fn first_bin_above_gate(&self, below_mean_lu: f64) -> usize {
        let gate = power_from_loudness(loudness_from_power(self.total.mean()) - below_mean_lu);
        if gate <= self.absolute_gate {
            return 0;
        }
        let bin = bin_of(gate);
        let held = self.bins[bin];
        if held.count == 0 || held.mean() >= gate { bin } else { bin + 1 }
    }

    /// How many values lie in the bins before `bin`.
    fn count_below(&self, bin: usize) -> u64 {
        let group = bin / BINS_PER_GROUP;
        let groups: u64 = self.groups[..group].iter().map(|group| group.count).sum();
        groups + self.bins[group * BINS_PER_GROUP..bin].iter().map(|bin| bin.count).sum::<u64>()
    }

    /// Mean of the bin that holds the value of this rank, counted from 0 at the quietest.
    fn value_at(&self, rank: u64) -> f64 {
        let mut passed = 0;
        for (index, group) in self.groups.iter().enumerate() {
            if passed + group.count <= rank {
                passed += group.count;
                continue;
            }
            for bin in &self.bins[index * BINS_PER_GROUP..(index + 1) * BINS_PER_GROUP] {
                passed += bin.count;
                if passed > rank {
                    return bin.mean();
                }
            }
        }
        0.0
    }
}

impl Default for Histogram {
    fn default() -> Self {
        Self::new()
    }
}

/// The bin of a mean square above the absolute gate.
fn bin_of(mean_square: f64) -> usize {
    let above_gate_lu = loudness_from_power(mean_square) - ABSOLUTE_GATE_LUFS;
    ((above_gate_lu * BINS_PER_GROUP as f64) as usize).min(GROUPS * BINS_PER_GROUP - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_sorted_list() {
        let mut histogram = Histogram::new();
        let mut levels_lufs: Vec<f64> = (0..=300).map(|step| -30.0 + f64::from(step * 7 % 301) * 0.05).collect();
        levels_lufs.iter().for_each(|level| histogram.add(power_from_loudness(*level)));
        levels_lufs.sort_by(f64::total_cmp);
        let found = histogram.gated_percentiles(20.0, [10, 95]).unwrap();
        // 1e-9 LU: values lie 0.05 LU apart, each alone in its bin, so only the rounding of the logarithms is left.
        assert!((loudness_from_power(found[0]) - levels_lufs[30]).abs() < 1e-9);
        assert!((loudness_from_power(found[1]) - levels_lufs[285]).abs() < 1e-9);
    }

    #[test]
    fn the_gate_cuts_where_the_standard_says() {
        let mut histogram = Histogram::new();
        for level_lufs in [-69.999, -70.001, -30.0, -20.0] {
            histogram.add(power_from_loudness(level_lufs));
        }
        assert_eq!(histogram.total.count, 3);
        // The mean of the three that passed is -24.4 LUFS: -69.999 lies below the relative gate, -30 above.
        let expected = (power_from_loudness(-30.0) + power_from_loudness(-20.0)) / 2.0;
        assert!((histogram.gated_mean(10.0) / expected - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_loudest_input_has_a_bin() {
        let mut histogram = Histogram::new();
        let loudest = 12.0 * 1.41 * 1e12 * 2.6;
        histogram.add(loudest);
        assert!(bin_of(loudest) < GROUPS * BINS_PER_GROUP - 1);
        assert_eq!(histogram.gated_mean(10.0), loudest);
    }

    #[test]
    fn clearing_leaves_nothing_and_merging_adds() {
        let mut first = Histogram::new();
        let mut second = Histogram::new();
        first.add(power_from_loudness(-20.0));
        second.add(power_from_loudness(-25.0));
        second.merge(&first);
        assert_eq!(second.total.count, 2);
        second.clear();
        assert!(second.bins.iter().chain(&second.groups).all(|bin| bin.count == 0 && bin.energy == 0.0));
        assert_eq!(second.gated_mean(10.0), 0.0);
    }
}
