//! A cheap, provable upper bound of what the interpolator can read, so that quiet runs need not be interpolated.
//!
//! An interpolated value between the frames `n` and `n + 1` is their straight line plus what a filter `r` adds. `r` has
//! no response to a constant nor to a slope (what rounding and design leave of these is added apart, as is a trend of its
//! taps that three samples make up for), so it is a filter `g` of the second difference:
//! `value <= max(|x[n]|, |x[n + 1]|) + sum |g[k]| |x''[n + k + 1]|`. The sum is taken over blocks of frames, each with
//! the largest |x''| in it. The parabola adds at most an eighth of the second difference of the fine grid, which is
//! bounded the same way. Bass, the loudest part of music, has hardly any second difference: so the bound lies within a
//! fraction of a dB of the samples, where weighting |x| itself would be three times as much.

use super::GROUP_FRAMES;
use super::design::Filters;
use crate::dispatch::Vector;

/// Blocks on each side of a group that the interpolator's 136 frames reach.
pub(super) const REACH_BLOCKS: usize = 9;

/// Groups that are bounded at once.
pub(super) const GROUPS: usize = 8;

/// Blocks that the bounds of one window read.
pub(super) const BLOCKS: usize = GROUPS + 2 * REACH_BLOCKS;

/// Weights of one group's bound: of its own blocks and those around it.
pub(super) const WEIGHTS: usize = 2 * REACH_BLOCKS + 1;

/// Frames on each side that responses are tabulated for.
pub(super) const REACH_FRAMES: i32 = 72;

/// Rounding in the interpolator as a share of the largest sample it sees: sums of 66 products in each half of the first
/// stage (66 * 2^-24 * 3.4), raised by the later stages (1.7 * 1.4) and the parabola (1.5), and as much again to spare.
pub(super) const ROUNDING: f32 = 1e-4;

/// Half the width of the trend that is taken out of a filter.
const TREND_FRAMES: f64 = 64.0;

/// How many times as large as the second difference the samples are where it matters: in music.
const SAMPLE_OVER_BEND: f64 = 50.0;

/// The weights of the bound.
#[derive(Clone)]
pub(super) struct Bound {
    /// Of the second difference, by block: `REACH_BLOCKS` is the group's own.
    pub(super) weights: [f32; WEIGHTS],
    /// The same weights of each of the hop's own blocks, for each group.
    weights_of_new: [[f32; GROUPS]; GROUPS],
    /// Of the samples of the group: 1 and what the filters add to a constant and a slope.
    local: f32,
    /// Of the largest sample of all blocks: rounding, and trends of the filters.
    largest: f32,
}

/// A response: `taps[REACH_FRAMES + k]` weighs frame `n + k`.
pub(super) type Response = [f64; 2 * REACH_FRAMES as usize + 1];

/// A response as a filter of the second difference, and the rest as weights of samples: of those at `n` and `n + 1`, and
/// of the largest of all that the response reaches.
pub(super) struct Curvature {
    pub(super) of_second_difference: Response,
    pub(super) of_samples: f64,
    pub(super) of_largest: f64,
}

impl Curvature {
    pub(super) fn of(response: Response) -> Self {
        let Parts { constant, slope, height, bends } = Parts::of(response);
        Self {
            of_second_difference: bends.map(f64::abs),
            of_samples: constant.abs() + 2.0 * slope.abs(),
            of_largest: 4.0 * height.abs() / TREND_FRAMES,
        }
    }
}

/// A response in parts: `(constant - slope) x[n] + slope x[n + 1]`, the triangle's three samples, and a filter of the
/// second difference.
struct Parts {
    constant: f64,
    slope: f64,
    /// Of the triangle.
    height: f64,
    bends: Response,
}

impl Parts {
    fn of(mut response: Response) -> Self {
        let middle = REACH_FRAMES as usize;
        let constant: f64 = response.iter().sum();
        let slope: f64 = response.iter().enumerate().map(|(index, tap)| (index as f64 - middle as f64) * tap).sum();
        response[middle] -= constant - slope;
        response[middle + 1] -= slope;
        for _ in 0..2 {
            let mut sum = 0.0;
            for tap in &mut response {
                sum += *tap;
                *tap = sum;
            }
        }
        let height = trend(&response);
        let bends = std::array::from_fn(|index| response[index] - height * triangle(index));
        Self { constant, slope, height, bends }
    }
}

/// A triangle of height 1 around the middle. As a filter of the second difference it is one of three samples: 1, -2 and 1
/// over its width. So it is cheap to take the trend out of a filter that has one.
fn triangle(index: usize) -> f64 {
    (1.0 - (index as f64 - f64::from(REACH_FRAMES) + 1.0).abs() / TREND_FRAMES).max(0.0)
}

/// The height of the triangle that is best taken out of a filter of the second difference: that makes least of the sum
/// of its taps and what the triangle weighs in samples, a sample [`SAMPLE_OVER_BEND`] times as much.
fn trend(filter: &Response) -> f64 {
    let cost = |height: f64| {
        let taps: f64 = filter.iter().enumerate().map(|(index, tap)| (tap - height * triangle(index)).abs()).sum();
        taps + SAMPLE_OVER_BEND * 4.0 * height.abs() / TREND_FRAMES
    };
    // The cost is convex: thirds of the range are left out until the rest is of no account.
    let (mut low, mut high) = (-0.1, 0.1);
    for _ in 0..40 {
        let third = (high - low) / 3.0;
        if cost(low + third) < cost(high - third) { high -= third } else { low += third }
    }
    (low + high) / 2.0
}

impl Bound {
    /// The bound of the interpolator, and of `companions`: further values that are read, each at a place (0 to 1)
    /// between two frames, with its taps from a frame (relative to the first of the two) on.
    pub(super) fn new(filters: &Filters, companions: &[(f64, i32, Vec<f64>)]) -> Self {
        let grid: Vec<Response> = (-1..9).map(|eighth| response(filters, eighth)).collect();
        let mut largest = [0.0f64; 2 * REACH_FRAMES as usize + 1];
        let (mut of_samples, mut of_largest) = (0.0f64, 0.0f64);
        let mut include = |line: Curvature, bend: Option<Curvature>| {
            let mut samples = line.of_samples;
            let mut anywhere = line.of_largest;
            let mut curvature = line.of_second_difference;
            if let Some(bend) = bend {
                samples += bend.of_samples / 8.0;
                anywhere += bend.of_largest / 8.0;
                curvature.iter_mut().zip(bend.of_second_difference).for_each(|(sum, tap)| *sum += tap / 8.0);
            }
            of_samples = of_samples.max(samples);
            of_largest = of_largest.max(anywhere);
            largest.iter_mut().zip(curvature).for_each(|(largest, tap)| *largest = largest.max(tap));
        };
        for eighth in 0..8 {
            let [left, middle, right] = [0, 1, 2].map(|side| grid[eighth + side]);
            let bend = std::array::from_fn(|index| left[index] - 2.0 * middle[index] + right[index]);
            include(Curvature::of(less_line(middle, eighth as f64 / 8.0)), Some(Curvature::of(bend)));
        }
        for (place, first, taps) in companions {
            let mut response = [0.0; 2 * REACH_FRAMES as usize + 1];
            for (index, tap) in taps.iter().enumerate() {
                response[(REACH_FRAMES + first) as usize + index] = *tap;
            }
            include(Curvature::of(less_line(response, *place)), None);
        }
        // A little for the rounding of the bound itself.
        const SPARE: f64 = 1.0 + 1e-5;
        let weights = block_weights(&largest).map(|weight| (weight * SPARE) as f32);
        let weights_of_new = std::array::from_fn(|block| {
            std::array::from_fn(|group| weights.get(BLOCKS - GROUPS + block - group).copied().unwrap_or(0.0))
        });
        let largest = ROUNDING + (of_largest * SPARE) as f32;
        Self { weights, weights_of_new, local: ((1.0 + of_samples) * SPARE) as f32, largest }
    }
}

/// `response` less the straight line from `n` to `n + 1` at `place` of the way.
pub(super) fn less_line(mut response: Response, place: f64) -> Response {
    response[REACH_FRAMES as usize] -= 1.0 - place;
    response[REACH_FRAMES as usize + 1] -= place;
    response
}

/// The weight of each block: the most that any frame of the group gives it.
fn block_weights(curvature: &Response) -> [f64; WEIGHTS] {
    let mut weights = [0.0f64; WEIGHTS];
    for frame in 0..GROUP_FRAMES as i32 {
        let mut sums = [0.0; WEIGHTS];
        for (index, tap) in curvature.iter().enumerate().filter(|(_, tap)| **tap > 1e-12) {
            // The tap `k` weighs the second difference at `n + k + 1`; block `b` holds those at 8 b - 1 to 8 b + 6.
            let place = frame + (index as i32 - REACH_FRAMES) + 2;
            let block = place.div_euclid(GROUP_FRAMES as i32) + REACH_BLOCKS as i32;
            sums[block as usize] += tap;
        }
        weights.iter_mut().zip(sums).for_each(|(weight, sum)| *weight = weight.max(sum));
    }
    weights
}

/// The whole interpolator's response at `eighth` eighths between two frames.
fn response(filters: &Filters, eighth: i32) -> Response {
    // The even phase's last tap is 0 and left out: the first stage is symmetric.
    let first: Vec<f64> =
        filters.odd.iter().zip(&filters.even).flat_map(|(&odd, &even)| [odd, even]).map(f64::from).collect();
    let first = &first[..first.len() - 1];
    let fourfold = convolved(&spread(first), &half_band(&filters.second));
    let eightfold = convolved(&spread(&fourfold), &half_band(&filters.third));
    polyphase(&eightfold, 8, eighth)
}

/// The later stages' response at `quarter` quarters between two values of the first stage.
pub(super) fn later_response(filters: &Filters, quarter: i32) -> Response {
    polyphase(&convolved(&spread(&half_band(&filters.second)), &half_band(&filters.third)), 4, quarter)
}

/// What a symmetric filter on a grid `factor` times as fine takes of the frames for the place `fine` after a frame.
fn polyphase(filter: &[f64], factor: i32, fine: i32) -> Response {
    let middle = (filter.len() / 2) as i32;
    std::array::from_fn(|index| {
        let place = middle + fine - factor * (index as i32 - REACH_FRAMES);
        usize::try_from(place).ok().and_then(|place| filter.get(place)).copied().unwrap_or(0.0)
    })
}

/// A half-band interpolator's whole response from its distinct taps.
fn half_band(taps: &[f32]) -> Vec<f64> {
    let middle = 2 * taps.len() - 1;
    let mut filter = vec![0.0; 2 * middle + 1];
    filter[middle] = 1.0;
    for (index, tap) in taps.iter().enumerate() {
        filter[middle + 1 + 2 * index] = f64::from(*tap);
        filter[middle - 1 - 2 * index] = f64::from(*tap);
    }
    filter
}

fn spread(filter: &[f64]) -> Vec<f64> {
    let mut spread = vec![0.0; 2 * filter.len() - 1];
    spread.iter_mut().step_by(2).zip(filter).for_each(|(place, tap)| *place = *tap);
    spread
}

fn convolved(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut product = vec![0.0; a.len() + b.len() - 1];
    for (index, x) in a.iter().enumerate() {
        product[index..].iter_mut().zip(b).for_each(|(sum, y)| *sum += x * y);
    }
    product
}

impl Bound {
    /// The bounds of the eight groups of the window: `old` are the blocks of second differences, 0 where the `new` ones
    /// belong, `local` the largest samples of each group, `largest` that of all blocks.
    #[inline(always)]
    pub(super) fn of<V: Vector>(
        &self,
        old: &[f32; BLOCKS],
        new: &[f32; GROUPS],
        local: &[f32; GROUPS],
        largest: f32,
    ) -> [f32; GROUPS] {
        let mut bounds = [0.0; GROUPS];
        for group in (0..GROUPS).step_by(V::WIDTH) {
            let mut sums = [V::splat(0.0); 4];
            sums[3] = V::splat(self.local).multiply_add(V::load(local, group), V::splat(self.largest * largest));
            for block in 0..WEIGHTS {
                let curvature = V::load(old, block + group);
                sums[block % 4] = V::splat(self.weights[block]).multiply_add(curvature, sums[block % 4]);
            }
            for block in 0..GROUPS {
                let weights = V::load(&self.weights_of_new[block], group);
                sums[block % 4] = V::splat(new[block]).multiply_add(weights, sums[block % 4]);
            }
            sums[0].add(sums[1]).add(sums[2].add(sums[3])).store(&mut bounds, group);
        }
        bounds
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_are_the_response() {
        let filters = Filters::new();
        for eighth in -1..9 {
            let whole = response(&filters, eighth);
            let Parts { constant, slope, height, bends } = Parts::of(whole);
            let mut sum = [0.0; 2 * REACH_FRAMES as usize + 1];
            let middle = REACH_FRAMES as usize;
            sum[middle] += constant - slope;
            sum[middle + 1] += slope;
            for (place, weight) in [(middle - 64, 1.0), (middle, -2.0), (middle + 64, 1.0)] {
                sum[place] += weight * height / 64.0;
            }
            // The tap at `k` weighs x[k] - 2 x[k + 1] + x[k + 2].
            for (index, bend) in bends.into_iter().enumerate() {
                for (place, weight) in [(index, 1.0), (index + 1, -2.0), (index + 2, 1.0)] {
                    match sum.get_mut(place) {
                        Some(sum) => *sum += weight * bend,
                        None => assert!(bend.abs() < 1e-12, "a tap beyond the reach: {bend}"),
                    }
                }
            }
            for (index, (sum, tap)) in sum.iter().zip(whole).enumerate() {
                // Rounding of f64 in two running sums of 145 numbers below 1.
                assert!((sum - tap).abs() < 1e-12, "{eighth} eighths, tap {index}: {sum} for {tap}");
            }
        }
    }
}
