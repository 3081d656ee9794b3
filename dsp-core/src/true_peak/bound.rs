//! A cheap, provable upper bound of what the interpolator can read, so that quiet runs need not be interpolated.
//!
//! An interpolated value between the frames `n` and `n + 1` is their straight line plus what a filter `r` adds. `r` has
//! no response to a constant nor to a slope (what rounding and design leave of these is added apart), so it is a filter
//! `g` of the second difference: `value <= max(|x[n]|, |x[n + 1]|) + sum |g[k]| |x''[n + k + 1]|`. The sum is taken over
//! blocks of frames, each with the largest |x''| in it. The parabola adds at most an eighth of the second difference
//! of the fine grid, which is bounded the same way. Bass, the loudest part of music, has hardly any second difference: so
//! the bound lies within a fraction of a dB of the samples, where weighting |x| itself would be three times as much.

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
const REACH_FRAMES: i32 = 72;

/// Rounding in the interpolator as a share of the largest sample it sees: sums of 66 products in each half of the first
/// stage (66 * 2^-24 * 3.4), raised by the later stages (1.7 * 1.4) and the parabola (1.5), and as much again to spare.
const ROUNDING: f32 = 1e-4;

/// The weights of the bound.
#[derive(Clone)]
pub(super) struct Bound {
    /// Of the second difference, by block: `REACH_BLOCKS` is the group's own.
    pub(super) weights: [f32; WEIGHTS],
    /// The same weights of each of the hop's own blocks, for each group.
    weights_of_new: [[f32; GROUPS]; GROUPS],
    /// Of the samples of the group: 1 and what the filters add to a constant and a slope.
    local: f32,
}

/// A response: `taps[REACH_FRAMES + k]` weighs frame `n + k`.
type Response = [f64; 2 * REACH_FRAMES as usize + 1];

/// A response as a filter of the second difference, and the rest as a weight of the samples at `n` and `n + 1`.
struct Curvature {
    of_second_difference: Response,
    of_samples: f64,
}

impl Curvature {
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
        Self { of_second_difference: response.map(f64::abs), of_samples: constant.abs() + 2.0 * slope.abs() }
    }
}

impl Bound {
    /// The bound of the interpolator, and of `companions`: further values that are read, each at a place (0 to 1)
    /// between two frames, with its taps from a frame (relative to the first of the two) on.
    pub(super) fn new(filters: &Filters, companions: &[(f64, i32, Vec<f64>)]) -> Self {
        let grid: Vec<Response> = (-1..9).map(|eighth| response(filters, eighth)).collect();
        let mut largest = [0.0f64; 2 * REACH_FRAMES as usize + 1];
        let mut of_samples = 0.0f64;
        let mut include = |line: Curvature, bend: Option<Curvature>| {
            let mut samples = line.of_samples;
            let mut curvature = line.of_second_difference;
            if let Some(bend) = bend {
                samples += bend.of_samples / 8.0;
                curvature.iter_mut().zip(bend.of_second_difference).for_each(|(sum, tap)| *sum += tap / 8.0);
            }
            of_samples = of_samples.max(samples);
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
        Self { weights, weights_of_new, local: ((1.0 + of_samples) * SPARE) as f32 }
    }
}

/// `response` less the straight line from `n` to `n + 1` at `place` of the way.
fn less_line(mut response: Response, place: f64) -> Response {
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
    let middle = (eightfold.len() / 2) as i32;
    std::array::from_fn(|index| {
        let place = middle + eighth - 8 * (index as i32 - REACH_FRAMES);
        usize::try_from(place).ok().and_then(|place| eightfold.get(place)).copied().unwrap_or(0.0)
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
    /// belong, `local` the largest samples of each group and `largest` that of all blocks.
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
            sums[3] = V::splat(self.local).multiply_add(V::load(local, group), V::splat(ROUNDING * largest));
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
