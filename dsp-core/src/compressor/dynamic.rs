//! The dynamic kind: bands that are divided by nothing but what their gains differ in.
//!
//! The signal goes through one shelf for each crossover, whose gain is the ratio of the gains of the two bands that meet
//! there; the lowest band's gain is that of all. So phase moves only where gain does, at rest every bit stays, and there is
//! no latency. Detectors hear the bands of a minimum-phase crossover.
//!
//! A shelf is two equal sections with the poles of a Butterworth filter and zeros that lie where the ratio has them. With
//! the high-pass h and the band-pass b of such a filter (x = l + sqrt 2 b + h), a section with the ratio q at high
//! frequencies is x + (q - 1) h + sqrt 2 (sqrt q - 1) b: of magnitude sqrt((1 + q^2 f^4) / (1 + f^4)), f being relative to
//! the crossover. Two of them with q = sqrt(ratio) have (1 + ratio f^4) / (1 + f^4): just that of Linkwitz and Riley's two
//! bands with these gains. What recurs stays as it is while gain moves, so a gain, however fast, is heard as itself alone.

use std::f64::consts::{PI, SQRT_2};

use super::Run;
use super::config::Part;
use super::course::{Block, Course};
use super::detector::Stereo;
use crate::crossover::{Corners, MOST_BANDS};
use crate::delay::Delay;
use crate::dispatch::{Kernel, Vector, multiply_add};
use crate::entrance::flushed;
use crate::processor::GRID_FRAMES;

const SPLITS: usize = MOST_BANDS - 1;

/// Left, right, mid and side.
const LANES: usize = 4;

/// Frames between two designs of a crossover that moves.
const STEP_FRAMES: usize = 8;

/// Gains of less (-120 dB) count as this much, so that ratios are numbers.
const LEAST_GAIN: f32 = 1e-6;

/// Below this a state is set to zero, long before it could become subnormal.
const FLUSH_BELOW: f64 = 1e-20;

/// A Butterworth filter of a corner, by Simper's equations.
#[derive(Clone, Copy, Debug, Default)]
struct Design {
    /// The corner, octaves over 1 Hz.
    octaves: f32,
    a1: f64,
    a2: f64,
    a3: f64,
}

impl Design {
    fn of(octaves: f32, sample_rate: f64) -> Self {
        let g = (PI * f64::from(octaves).exp2() / sample_rate).tan();
        let a1 = 1.0 / (1.0 + g * (g + SQRT_2));
        Self { octaves, a1, a2: g * a1, a3: g * g * a1 }
    }
}

/// The shelves of one lane.
#[derive(Clone, Debug, Default)]
struct Lane {
    /// Whether a band acts on this lane.
    is_used: bool,
    designs: [Design; SPLITS],
    /// Of two sections each.
    states: [[[f64; 2]; 2]; SPLITS],
}

/// The shelves, and the gains that bands have asked for.
#[derive(Clone, Debug)]
pub(super) struct Dynamic {
    sample_rate: f64,
    /// The corners in octaves over 1 Hz, and how much each of them divides: 1, or 0 where there are fewer bands.
    corners: [Course; SPLITS],
    weights: [Course; SPLITS],
    lanes: [Lane; LANES],
    /// What each band changes of each lane in the run, 0 for nothing.
    changes: Box<[[Block; MOST_BANDS]; LANES]>,
    /// The input, delayed as the bands are.
    delay: Delay,
    input: Stereo,
}

impl Dynamic {
    /// For a rate in Hz, and a delay of some frames; allocates.
    pub(super) fn new(sample_rate: f64, delay_frames: usize, channels: usize) -> Self {
        let mut course = Course::new();
        course.prepare(sample_rate);
        let mut delay = Delay::default();
        delay.prepare(delay_frames, channels);
        Self {
            sample_rate,
            corners: std::array::from_fn(|_| course.clone()),
            weights: std::array::from_fn(|_| course.clone()),
            lanes: Default::default(),
            changes: Box::new([[[0.0; GRID_FRAMES]; MOST_BANDS]; LANES]),
            delay,
            input: [[0.0; GRID_FRAMES]; 2],
        }
    }

    /// Forgets the signal and stands at some crossovers.
    pub(super) fn reset(&mut self, bands: usize, crossover_hz: &[f32]) {
        self.delay.reset();
        self.lanes = Default::default();
        self.each_target(bands, crossover_hz, Course::jump);
    }

    /// Moves to some crossovers.
    pub(super) fn aim(&mut self, bands: usize, crossover_hz: &[f32]) {
        self.each_target(bands, crossover_hz, Course::aim);
    }

    fn each_target(&mut self, bands: usize, crossover_hz: &[f32], take: fn(&mut Course, f32)) {
        let corners = Corners::new(bands, crossover_hz, self.sample_rate);
        for (split, (corner, weight)) in self.corners.iter_mut().zip(&mut self.weights).enumerate() {
            take(corner, corners.hz[split].log2() as f32);
            take(weight, if split + 1 < corners.bands { 1.0 } else { 0.0 });
        }
    }

    /// Goes on to the next slot, in which bands act on these parts.
    pub(super) fn advance(&mut self, parts: impl Iterator<Item = Part>) {
        self.corners.iter_mut().chain(&mut self.weights).for_each(Course::advance);
        let mut is_used = [false; LANES];
        for part in parts {
            lanes_of(part).iter().for_each(|lane| is_used[*lane] = true);
        }
        for (lane, is_used) in self.lanes.iter_mut().zip(is_used) {
            if !is_used {
                lane.states = Default::default();
            }
            lane.is_used = is_used;
            for state in lane.states.as_flattened_mut().as_flattened_mut() {
                *state = if state.abs() < FLUSH_BELOW { 0.0 } else { *state };
            }
        }
    }

    /// Takes the input of a run. Nothing is changed of it yet.
    pub(super) fn hear(&mut self, channels: &[&mut [f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        for (input, channel) in self.input.iter_mut().zip(channels) {
            for (input, sample) in input.iter_mut().zip(channel.iter()) {
                *input = flushed(*sample);
            }
        }
        let [left, right] = &mut self.input;
        let mut both = [&mut left[..frames], &mut right[..frames]];
        self.delay.process(&mut both[..channels.len()]);
        for (lane, changes) in self.lanes.iter().zip(self.changes.iter_mut()) {
            if lane.is_used {
                changes.as_flattened_mut().fill(0.0);
            }
        }
    }

    /// Takes what a voice of a band changes of a part: of the left channel and the right, or twice the same.
    pub(super) fn gather(&mut self, band: usize, part: Part, changes: [&Block; 2], frames: usize) {
        for (lane, changes) in lanes_of(part).iter().zip(changes) {
            let sum = &mut self.changes[*lane][band];
            for (sum, change) in sum[..frames].iter_mut().zip(changes) {
                *sum += change;
            }
        }
    }

    /// The input, delayed.
    pub(super) fn input(&self) -> &Stereo {
        &self.input
    }

    /// Writes what is changed of the input.
    pub(super) fn act(&mut self, run: &Run, changed: &mut Stereo) {
        let mut signal = [[0.0; GRID_FRAMES]; 2];
        for (signal, input) in signal.iter_mut().zip(&self.input) {
            for (signal, input) in signal.iter_mut().zip(&input[..run.frames]) {
                *signal = f64::from(*input);
            }
        }
        for at in 0..LANES {
            if !self.lanes[at].is_used {
                continue;
            }
            let [left, right] = &mut signal;
            if at < 2 {
                let own = if at == 0 { left } else { right };
                self.shelve(run, at, &mut own[..run.frames]);
                continue;
            }
            let sign = if at == 3 { -1.0 } else { 1.0 };
            let mut middle = [0.0; GRID_FRAMES];
            for ((middle, left), right) in middle.iter_mut().zip(&*left).zip(&*right) {
                *middle = 0.5 * (left + sign * right);
            }
            let before = middle;
            self.shelve(run, at, &mut middle[..run.frames]);
            for (frame, (left, right)) in left.iter_mut().zip(right).enumerate() {
                let change = middle[frame] - before[frame];
                *left += change;
                *right += sign * change;
            }
        }
        for ((changed, signal), input) in changed.iter_mut().zip(&signal).zip(&self.input) {
            for ((changed, signal), input) in changed.iter_mut().zip(signal).zip(&input[..run.frames]) {
                *changed = flushed((signal - f64::from(*input)) as f32);
            }
        }
    }

    /// One lane through its shelves.
    fn shelve(&mut self, run: &Run, at: usize, signal: &mut [f64]) {
        let (lane, changes) = (&mut self.lanes[at], &self.changes[at]);
        for (signal, change) in signal.iter_mut().zip(&changes[0]) {
            *signal *= 1.0 + f64::from(*change);
        }
        for split in 0..SPLITS {
            let (corner, weight) = (&self.corners[split], &self.weights[split]);
            if weight.rests_at(0.0) {
                continue;
            }
            run.instructions.run(Shelve {
                corner,
                weight: weight.from(run.place),
                below: &changes[split],
                above: &changes[split + 1],
                design: &mut lane.designs[split],
                states: &mut lane.states[split],
                signal: &mut *signal,
                place: run.place,
                sample_rate: self.sample_rate,
            });
        }
    }
}

/// The lanes of a part.
fn lanes_of(part: Part) -> &'static [usize] {
    match part {
        Part::One => &[0],
        Part::Both => &[0, 1],
        Part::Mid => &[2],
        Part::Side => &[3],
    }
}

/// One shelf over a lane, in place.
struct Shelve<'a> {
    corner: &'a Course,
    weight: &'a [f32],
    /// What the bands on both sides change.
    below: &'a Block,
    above: &'a Block,
    design: &'a mut Design,
    states: &'a mut [[f64; 2]; 2],
    signal: &'a mut [f64],
    place: usize,
    sample_rate: f64,
}

impl Kernel for Shelve<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let frames = self.signal.len();
        let (mut highs, mut bands) = ([0.0; GRID_FRAMES], [0.0; GRID_FRAMES]);
        for frame in 0..frames {
            let (below, above) = (1.0 + self.below[frame], 1.0 + self.above[frame]);
            let below = if below > LEAST_GAIN { below } else { LEAST_GAIN };
            let above = if above > LEAST_GAIN { above } else { LEAST_GAIN };
            let ratio = (above / below).sqrt();
            highs[frame] = self.weight[frame] * (ratio - 1.0);
            bands[frame] = self.weight[frame] * std::f32::consts::SQRT_2 * (ratio.sqrt() - 1.0);
        }
        let mut start = 0;
        while start < frames {
            let place = self.place + start;
            let (at, step) = if self.corner.is_moving() {
                (place / STEP_FRAMES * STEP_FRAMES, STEP_FRAMES - place % STEP_FRAMES)
            } else {
                (place, GRID_FRAMES)
            };
            let octaves = self.corner.from(at)[0];
            if octaves != self.design.octaves {
                *self.design = Design::of(octaves, self.sample_rate);
            }
            let end = frames.min(start + step);
            for states in self.states.iter_mut() {
                let signal = &mut self.signal[start..end];
                section::<V>(self.design, states, &highs[start..end], &bands[start..end], signal);
            }
            start = end;
        }
    }
}

#[inline(always)]
fn section<V: Vector>(design: &Design, states: &mut [f64; 2], highs: &[f32], bands: &[f32], signal: &mut [f64]) {
    let Design { a1, a2, a3, .. } = *design;
    let [mut one, mut two] = *states;
    for ((signal, high), band) in signal.iter_mut().zip(highs).zip(bands) {
        let input = *signal;
        let rest = input - two;
        let first = multiply_add::<V>(a1, one, a2 * rest);
        let second = two + multiply_add::<V>(a2, one, a3 * rest);
        one = 2.0 * first - one;
        two = 2.0 * second - two;
        let high_passed = input - SQRT_2 * first - second;
        *signal = input + (f64::from(*high) * high_passed + f64::from(*band) * first);
    }
    *states = [one, two];
}
