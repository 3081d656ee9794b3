//! A division in time: its crossovers glide from one place to another.
//!
//! Crossovers move on the smoothing of `smooth`, in octaves, and the filters are designed anew every [`STEP_FRAMES`]
//! frames of the stream while they do; between two designs the coefficients move in straight lines. As every crossover
//! moves by the same law, they stay in order.

use super::division::{Divide, Frame, MOST_PAIRS, Narrow, NarrowSides, Plan, Wide};
use super::filter::{Coefficients, Pair};
use crate::crossover::Bands;
use crate::crossover::bands::Sides;
use crate::crossover::corners::{Corners, MOST_CROSSOVERS, SLOWER};
use crate::dispatch::Instructions;
use crate::processor::GRID_FRAMES;
use crate::smooth::Smoothed;

/// Frames between two designs of crossovers that move; a part of the grid.
const STEP_FRAMES: usize = 32;

/// The division for one number of bands.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    sample_rate: f64,
    corners: Corners,
    plan: Plan,
    /// Octaves over 1 Hz.
    octaves: [Smoothed; MOST_CROSSOVERS],
    /// As they stand where the next step begins.
    coefficients: [Coefficients; MOST_CROSSOVERS],
    pairs: [Pair; MOST_PAIRS],
    is_moving: bool,
}

impl Tree {
    /// Without signal, at these corners; rate in Hz.
    pub fn new(corners: Corners, sample_rate: f64) -> Self {
        let mut tree = Self {
            sample_rate,
            corners,
            plan: Plan::new(corners.bands),
            octaves: [Smoothed::new(0.0); MOST_CROSSOVERS],
            coefficients: [Coefficients::default(); MOST_CROSSOVERS],
            pairs: [Pair::default(); MOST_PAIRS],
            is_moving: false,
        };
        for octaves in &mut tree.octaves {
            octaves.prepare(SLOWER * sample_rate / STEP_FRAMES as f64);
        }
        tree.restart(corners);
        tree
    }

    /// Forgets the signal, and stands at these corners.
    pub fn restart(&mut self, corners: Corners) {
        self.corners = corners;
        self.plan = Plan::new(corners.bands);
        for (octaves, hz) in self.octaves.iter_mut().zip(corners.hz) {
            octaves.jump(hz.log2());
        }
        self.pairs.iter_mut().for_each(Pair::reset);
        self.arrive();
    }

    /// The number of bands.
    pub fn bands(&self) -> usize {
        self.corners.bands
    }

    /// At a grid position of the stream: where its crossovers shall be from now on, of as many bands.
    pub fn on_grid(&mut self, corners: &Corners) {
        self.pairs.iter_mut().for_each(Pair::flush);
        if self.is_moving && self.octaves.iter().all(Smoothed::is_at_rest) {
            self.arrive();
        }
        if self.corners != *corners && self.corners.bands == corners.bands {
            self.corners = *corners;
            for (octaves, hz) in self.octaves.iter_mut().zip(corners.hz) {
                octaves.aim(hz.log2());
            }
            self.is_moving = true;
        }
    }

    /// Divides frames from a place on the grid on, not beyond the next position.
    pub fn run(
        &mut self,
        instructions: Instructions,
        frames: &[Frame],
        place: usize,
        wide: &mut Wide,
        bands: &mut Bands,
    ) {
        self.divide(instructions, frames, place, wide);
        let (plan, count) = (self.plan, frames.len());
        instructions.run(Narrow { plan, wide, count, bands });
    }

    /// The same, with a sum of the bands' sides instead of the bands.
    pub fn run_sides(
        &mut self,
        instructions: Instructions,
        frames: &[Frame],
        place: usize,
        wide: &mut Wide,
        sum: Sides<'_>,
    ) {
        self.divide(instructions, frames, place, wide);
        let (plan, count, Sides { shares, whole, sides }) = (self.plan, frames.len(), sum);
        instructions.run(NarrowSides { plan, wide, count, shares, whole, sides });
    }

    fn divide(&mut self, instructions: Instructions, frames: &[Frame], place: usize, wide: &mut Wide) {
        let mut start = 0;
        while start < frames.len() {
            let place = place + start;
            let mut run = frames.len() - start;
            if self.is_moving {
                if place.is_multiple_of(STEP_FRAMES) {
                    self.step();
                }
                run = run.min(STEP_FRAMES - place % STEP_FRAMES);
            }
            let frames = &frames[start..start + run];
            let (plan, is_moving, pairs) = (self.plan, self.is_moving, &mut self.pairs);
            instructions.run(Divide { plan, is_moving, pairs, frames, start, wide });
            start += run;
        }
    }

    /// Goes on to the next design.
    fn step(&mut self) {
        let before = self.coefficients;
        for (octaves, coefficients) in self.octaves.iter_mut().zip(&mut self.coefficients) {
            *coefficients = Coefficients::new(octaves.next_value().exp2(), self.sample_rate);
        }
        let (crossovers, count) = self.plan.crossovers();
        for (pair, crossovers) in self.pairs[..count].iter_mut().zip(crossovers) {
            let [from, to] = [&before, &self.coefficients].map(|of| both(of, crossovers));
            pair.lead(from, to, STEP_FRAMES);
        }
    }

    /// Stands where the crossovers are.
    fn arrive(&mut self) {
        for (octaves, coefficients) in self.octaves.iter().zip(&mut self.coefficients) {
            *coefficients = Coefficients::new(octaves.value().exp2(), self.sample_rate);
        }
        let (crossovers, count) = self.plan.crossovers();
        for (pair, crossovers) in self.pairs[..count].iter_mut().zip(crossovers) {
            pair.stand(both(&self.coefficients, crossovers));
        }
        self.is_moving = false;
    }
}

/// The coefficients of a pair; without a crossover nothing passes.
fn both(of: &[Coefficients; MOST_CROSSOVERS], crossovers: [Option<usize>; 2]) -> [Coefficients; 2] {
    crossovers.map(|crossover| crossover.map_or_else(Coefficients::default, |crossover| of[crossover]))
}

/// A part of the grid holds whole steps.
const _: () = assert!(GRID_FRAMES.is_multiple_of(STEP_FRAMES));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_rings_is_flushed_long_before_it_is_subnormal() {
        for bands in 2..=6 {
            let corners = Corners::new(bands, &[1000.0, 2000.0, 4000.0, 8000.0, 12_000.0], 48_000.0);
            let mut tree = Tree::new(corners, 48_000.0);
            let silent = tree.pairs;
            let (mut wide, mut made) = (Wide::default(), Bands::default());
            let mut frames = [[1.0; 2]; GRID_FRAMES];
            // 1e-20 of a crossover at 1 kHz: 500 frames; the smallest normal f64: 8000.
            for _ in 0..20 {
                tree.on_grid(&corners);
                tree.run(Instructions::current(), &frames, 0, &mut wide, &mut made);
                frames = [[0.0; 2]; GRID_FRAMES];
            }
            assert!(tree.pairs == silent, "{bands} bands");
        }
    }
}
