//! The dynamic kind: bands that are divided by nothing but what their gains differ in.
//!
//! The signal goes through one shelf for each crossover, whose gain is the ratio of the gains of the two bands that meet
//! there; the lowest band's gain is that of all, behind them. So phase moves only where gain does, at rest every bit stays, and there is
//! no latency. Detectors hear the bands of a minimum-phase crossover.
//!
//! A shelf is two equal sections with the poles of a Butterworth filter and zeros that lie where the ratio has them. With
//! the high-pass h and the band-pass b of such a filter (x = l + sqrt 2 b + h), a section with the ratio q at high
//! frequencies is x + (q - 1) h + sqrt 2 (sqrt q - 1) b: of magnitude sqrt((1 + q^2 f^4) / (1 + f^4)), f being relative to
//! the crossover. Two of them with q = sqrt(ratio) have (1 + ratio f^4) / (1 + f^4): just that of Linkwitz and Riley's two
//! bands with these gains. What recurs stays as it is while gain moves, so a gain, however fast, is heard as itself alone.

mod shelf;

use super::Run;
use super::config::Part;
use super::course::{Block, Course};
use super::detector::Stereo;
use crate::crossover::{Corners, MOST_BANDS, SLOWER};
use crate::delay::Delay;
use crate::entrance::flushed;
use crate::processor::GRID_FRAMES;
use shelf::{Frame, Shelf, Shelve};

const SPLITS: usize = MOST_BANDS - 1;

/// Two channels that are shelved together: left and right, or mid and side.
#[derive(Clone, Debug)]
struct Pair {
    /// Whether a band acts on one of them.
    is_used: bool,
    shelves: [Shelf; SPLITS],
    /// What each band changes of each of them in the run, 0 for nothing.
    changes: Box<[[Block; 2]; MOST_BANDS]>,
}

impl Pair {
    fn new() -> Self {
        let changes = Box::new([[[0.0; GRID_FRAMES]; 2]; MOST_BANDS]);
        Self { is_used: false, shelves: Default::default(), changes }
    }
}

/// The shelves, and the gains that bands have asked for.
#[derive(Clone, Debug)]
pub(super) struct Dynamic {
    sample_rate: f64,
    /// The corners in octaves over 1 Hz, and how much each of them divides: 1, or 0 where there are fewer bands.
    corners: [Course; SPLITS],
    weights: [Course; SPLITS],
    /// Left and right, and mid and side.
    pairs: [Pair; 2],
    /// The input, delayed as the bands are.
    delay: Delay,
    input: Stereo,
}

impl Dynamic {
    /// For a rate in Hz, and a delay of some frames; allocates.
    pub(super) fn new(sample_rate: f64, delay_frames: usize, channels: usize) -> Self {
        let mut course = Course::new();
        course.prepare(SLOWER * sample_rate);
        let mut delay = Delay::default();
        delay.prepare(delay_frames, channels);
        Self {
            sample_rate,
            corners: std::array::from_fn(|_| course.clone()),
            weights: std::array::from_fn(|_| course.clone()),
            pairs: [Pair::new(), Pair::new()],
            delay,
            input: [[0.0; GRID_FRAMES]; 2],
        }
    }

    /// Forgets the signal and stands at some crossovers.
    pub(super) fn reset(&mut self, bands: usize, crossover_hz: &[f32]) {
        self.delay.reset();
        self.pairs.iter_mut().flat_map(|pair| &mut pair.shelves).for_each(Shelf::forget);
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
        let mut are_used = [false; 2];
        for part in parts {
            are_used[place_of(part).0] = true;
        }
        for (pair, is_used) in self.pairs.iter_mut().zip(are_used) {
            pair.is_used = is_used;
            pair.shelves.iter_mut().for_each(if is_used { Shelf::flush } else { Shelf::forget });
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
        for pair in self.pairs.iter_mut().filter(|pair| pair.is_used) {
            for changes in pair.changes.as_flattened_mut() {
                changes[..frames].fill(0.0);
            }
        }
    }

    /// Takes what a voice of a band changes of a part: of the left channel and the right, or twice the same.
    pub(super) fn gather(&mut self, band: usize, part: Part, changes: [&Block; 2], frames: usize) {
        let (pair, channels) = place_of(part);
        for (channel, changes) in channels.iter().zip(changes) {
            let sum = &mut self.pairs[pair].changes[band][*channel];
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
        let mut signal = [[0.0; 2]; GRID_FRAMES];
        let signal = &mut signal[..run.frames];
        for ((signal, left), right) in signal.iter_mut().zip(&self.input[0]).zip(&self.input[1]) {
            *signal = [f64::from(*left), f64::from(*right)];
        }
        if self.pairs[0].is_used {
            self.shelve(run, 0, signal);
        }
        if self.pairs[1].is_used {
            let mut middles = [[0.0; 2]; GRID_FRAMES];
            let middles = &mut middles[..run.frames];
            for (middle, [left, right]) in middles.iter_mut().zip(&*signal) {
                *middle = [0.5 * (left + right), 0.5 * (left - right)];
            }
            let mut before = [[0.0; 2]; GRID_FRAMES];
            before[..run.frames].copy_from_slice(middles);
            self.shelve(run, 1, middles);
            for ((signal, after), before) in signal.iter_mut().zip(&*middles).zip(&before) {
                let (middle, side) = (after[0] - before[0], after[1] - before[1]);
                *signal = [signal[0] + (middle + side), signal[1] + (middle - side)];
            }
        }
        for (channel, (changed, input)) in changed.iter_mut().zip(&self.input).enumerate() {
            for ((changed, signal), input) in changed.iter_mut().zip(&*signal).zip(input) {
                *changed = flushed((signal[channel] - f64::from(*input)) as f32);
            }
        }
    }

    /// A pair of channels through its shelves.
    fn shelve(&mut self, run: &Run, pair: usize, frames: &mut [Frame]) {
        let Pair { shelves, changes, .. } = &mut self.pairs[pair];
        for (split, shelf) in shelves.iter_mut().enumerate() {
            let (corner, weight) = (&self.corners[split], &self.weights[split]);
            if weight.rests_at(0.0) {
                continue;
            }
            run.instructions.run(Shelve {
                shelf,
                corner,
                weight: weight.from(run.place),
                below: &changes[split],
                above: &changes[split + 1],
                frames: &mut *frames,
                place: run.place,
                sample_rate: self.sample_rate,
            });
        }
        // Last of all, so that no shelf has to make up for what it remembers of it.
        let [left, right] = &changes[0];
        for ((frame, left), right) in frames.iter_mut().zip(left).zip(right) {
            *frame = [frame[0] * (1.0 + f64::from(*left)), frame[1] * (1.0 + f64::from(*right))];
        }
    }
}

/// The pair of a part, and which of its channels.
fn place_of(part: Part) -> (usize, &'static [usize]) {
    match part {
        Part::One => (0, &[0]),
        Part::Both => (0, &[0, 1]),
        Part::Mid => (1, &[0]),
        Part::Side => (1, &[1]),
    }
}
