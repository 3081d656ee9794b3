//! What runs: the crossover, what is changed of middle and side, and what joins them again.

use super::decorrelator::Decorrelator;
use super::high_pass::{HighPass, Wanted};
use super::motion::{BandMotion, Motion};
use super::shape::{AddMiddle, AddSide, Gain, Join, Normal, Turn, Widen, side_of, take_away};
use crate::course::{Block, Course};
use crate::crossover::{Bands, Crossover, CrossoverPhase, MOST_BANDS, Sides};
use crate::dispatch::Instructions;
use crate::entrance::flushed;
use crate::mix::AddShare;
use crate::planar::with_frames;
use crate::processor::{GRID_FRAMES, Spec, SpecError};
use crate::settings::{ImagerParams, ImagerPhase};

/// Poles of the side's own high-pass: 12 dB per octave.
const SIDE_ORDER: usize = 2;

/// Everything that `prepare` makes.
pub(super) struct Engine {
    instructions: Instructions,
    sample_rate: f64,
    crossover: Crossover,
    /// What the crossover made of the run.
    divided: Bands,
    motion: Motion,
    decorrelator: Decorrelator,
    /// Mono bass, and the side's high-pass.
    high_passes: [HighPass; 2],
    /// The stream's place on the grid.
    place: usize,
    /// Whether, in this slot, of the bands only a sum of their sides is needed, with shares that stand still.
    is_weighed: bool,
    /// Whether a frame has been processed since `prepare` or `reset`.
    running: bool,
}

impl Engine {
    /// Allocates; [`reset`](Self::reset) before use.
    ///
    /// # Errors
    /// Those of the crossover.
    pub(super) fn new(spec: &Spec, params: &ImagerParams, instructions: Instructions) -> Result<Self, SpecError> {
        let mut crossover = Crossover::on(instructions);
        let phase = match params.phase {
            ImagerPhase::Minimum => CrossoverPhase::Minimum,
            ImagerPhase::Linear => CrossoverPhase::Linear,
        };
        crossover.prepare(spec, phase)?;
        Ok(Self {
            instructions,
            sample_rate: spec.sample_rate,
            crossover,
            divided: Bands::default(),
            motion: Motion::new(spec.sample_rate),
            decorrelator: Decorrelator::new(spec.sample_rate, instructions),
            high_passes: [HighPass::new(spec.sample_rate), HighPass::new(spec.sample_rate)],
            place: 0,
            is_weighed: false,
            running: false,
        })
    }

    /// Forgets the signal.
    pub(super) fn reset(&mut self, params: &ImagerParams) {
        (self.place, self.running) = (0, false);
        self.crossover.reset();
        self.decorrelator.reset();
        self.want(params);
    }

    /// The delay in frames.
    pub(super) fn latency(&self) -> usize {
        self.crossover.latency()
    }

    /// Takes parameters: at once before the first frame, later from the next slot on.
    pub(super) fn want(&mut self, params: &ImagerParams) {
        let bands = (params.bands as usize).clamp(1, params.band.len());
        self.crossover.set(bands, &params.crossover_hz[..bands - 1]);
        self.motion.take(params, !self.running);
        let wanted = [
            Wanted::new(params.mono_slope_db_per_oct as usize + 1, params.mono_below_hz, self.sample_rate),
            Wanted::new(SIDE_ORDER, params.side_high_pass_hz, self.sample_rate),
        ];
        for (high_pass, wanted) in self.high_passes.iter_mut().zip(wanted) {
            if self.running { high_pass.aim(wanted) } else { high_pass.reset(wanted) }
        }
    }

    /// See [`Processor::process`](crate::processor::Processor::process).
    pub(super) fn process(&mut self, channels: &mut [&mut [f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        self.running |= frames > 0;
        if self.is_one() {
            self.process_one(channels);
            self.crossover.pass(frames);
            self.place = (self.place + frames) % GRID_FRAMES;
            return;
        }
        let mut start = 0;
        while start < frames {
            if self.place == 0 {
                self.on_grid();
            }
            let count = (GRID_FRAMES - self.place).min(frames - start);
            with_frames(channels, start..start + count, |part| self.process_run(part, count));
            self.place = (self.place + count) % GRID_FRAMES;
            start += count;
        }
    }

    /// Whether what comes next is one band that needs nothing of what was before, and nothing moves.
    fn is_one(&self) -> bool {
        let one = &self.motion.bands[0];
        self.motion.is_still()
            && self.crossover.is_one()
            && (one.is_correlated() && one.is_heard() && self.motion.is_whole())
            && self.decorrelator.is_silent()
            && self.high_passes.iter().all(HighPass::is_off)
    }

    /// Such a band, in place and without the grid: what the other way makes of it, sample by sample.
    fn process_one(&self, channels: &mut [&mut [f32]]) {
        let Self { instructions, motion, .. } = self;
        let [widening, mid, side] = [&motion.bands[0].widening, &motion.mid, &motion.side].map(Course::value);
        match channels {
            [left, right] => {
                if [widening, mid, side] == [0.0; 3] {
                    instructions.run(Normal(left));
                    instructions.run(Normal(right));
                } else {
                    instructions.run(Widen { widening, mid, side, left, right });
                }
                if !motion.is_upright() {
                    let shares = motion.turn.each_ref().map(Course::value);
                    instructions.run(Turn { shares, left, right });
                }
            }
            [channel] => {
                instructions.run(Normal(channel));
                instructions.run(Gain { mid, channel });
            }
            _ => {}
        }
    }

    fn on_grid(&mut self) {
        self.motion.on_grid();
        self.high_passes.iter_mut().for_each(HighPass::on_grid);
        let is_fed = self.motion.bands.iter().any(|band| !band.is_correlated());
        self.decorrelator.on_grid(is_fed);
        let is_heard = self.motion.bands.iter().all(BandMotion::is_heard);
        self.is_weighed = self.motion.is_still() && is_heard && !is_fed && self.crossover.is_steady();
    }

    fn process_run(&mut self, channels: &mut [&mut [f32]], frames: usize) {
        let sides = self.divide(channels, frames);
        match channels {
            [left, right] => {
                let change = self.change(sides, frames);
                self.join(change.as_ref(), left, right);
            }
            [channel] => self.join_mono(channel),
            _ => {}
        }
        if !self.motion.is_whole() {
            let share = self.motion.delta.from(self.place);
            for (channel, whole) in channels.iter_mut().zip(&self.divided.whole) {
                self.instructions.run(AddShare { of: whole, share, to: channel });
            }
        }
    }

    /// Divides; what the widths add of the bands' sides, where that has been gathered already.
    fn divide(&mut self, channels: &[&mut [f32]], frames: usize) -> Option<Block> {
        if !self.is_weighed {
            self.crossover.split(channels, &mut self.divided);
            self.listen(frames);
            return None;
        }
        let mut shares = [0.0; MOST_BANDS];
        for (share, band) in shares.iter_mut().zip(&self.motion.bands) {
            *share = band.widening.value();
        }
        let mut sides = [0.0; GRID_FRAMES];
        let whole = &mut self.divided.whole;
        self.crossover.split_sides(channels, Sides { shares: &shares, whole, sides: &mut sides });
        Some(sides)
    }

    /// Leaves out of the whole, and of the bands, what is not heard while someone listens to others.
    fn listen(&mut self, frames: usize) {
        let Self { divided: Bands { whole, band: bands, count }, motion, instructions, place, .. } = self;
        for (band, motion) in bands[..*count].iter_mut().zip(&motion.bands).filter(|(_, motion)| !motion.is_heard()) {
            let share = motion.hearing.from(*place);
            for (band, whole) in band.iter_mut().zip(whole.iter_mut()) {
                let kept = *band;
                instructions.run(AddShare { of: &kept, share, to: &mut whole[..frames] });
                instructions.run(AddShare { of: &kept, share, to: &mut band[..frames] });
            }
        }
    }

    /// What the side gets, of what the widths add where that has been gathered; `None` where everything that could change
    /// it rests.
    fn change(&mut self, sides: Option<Block>, frames: usize) -> Option<Block> {
        let is_filtered = self.high_passes.iter().any(|high_pass| !high_pass.is_off());
        let is_plain = self.motion.bands.iter().all(BandMotion::is_plain);
        if is_plain && !is_filtered && self.decorrelator.is_silent() {
            return None;
        }
        let mut change = sides.unwrap_or_else(|| self.gathered(frames));
        if !self.decorrelator.is_silent() {
            self.decorrelate(&mut change[..frames]);
        }
        if is_filtered {
            let before = side_of(&self.divided.whole, &change);
            let mut side = before;
            self.high_passes.iter_mut().for_each(|high_pass| high_pass.run(&mut side[..frames], self.place));
            take_away(&before[..frames], &side, &mut change);
        }
        Some(change)
    }

    /// What the widths add of the bands' sides.
    fn gathered(&self, frames: usize) -> Block {
        let mut change = [0.0; GRID_FRAMES];
        let bands = self.divided.band[..self.divided.count].iter().zip(&self.motion.bands);
        for (band, motion) in bands.filter(|(_, motion)| !motion.is_plain()) {
            let (sum, widening) = (&mut change[..frames], &motion.widening);
            if widening.is_moving() {
                self.instructions.run(AddSide { band, share: widening.from(self.place), sum });
            } else {
                self.instructions.run(AddSide { band, share: widening.value(), sum });
            }
        }
        change
    }

    /// Adds what the decorrelator makes of the bands' middles.
    fn decorrelate(&mut self, change: &mut [f32]) {
        let mut middles = [0.0; GRID_FRAMES];
        let middles = &mut middles[..change.len()];
        let bands = self.divided.band[..self.divided.count].iter().zip(&self.motion.bands);
        for (band, motion) in bands.filter(|(_, motion)| !motion.is_correlated()) {
            let share = motion.decorrelation.from(self.place);
            self.instructions.run(AddMiddle { band, share, sum: middles });
        }
        self.decorrelator.run(middles);
        for (change, side) in change.iter_mut().zip(middles) {
            *change = flushed(*change + flushed(*side as f32));
        }
    }

    /// The whole and what is changed of it, to the output.
    fn join(&self, change: Option<&Block>, left: &mut [f32], right: &mut [f32]) {
        let Self { instructions, motion, place, divided, .. } = self;
        left.copy_from_slice(&divided.whole[0][..left.len()]);
        right.copy_from_slice(&divided.whole[1][..right.len()]);
        let (mid, side) = (&motion.mid, &motion.side);
        let is_whole = change.is_none() && mid.rests_at(0.0) && side.rests_at(0.0);
        let change = change.unwrap_or(&[0.0; GRID_FRAMES]);
        if mid.is_moving() || side.is_moving() {
            let (mid, side) = (mid.from(*place), side.from(*place));
            instructions.run(Join { change, mid, side, left, right });
        } else if !is_whole {
            instructions.run(Join { change, mid: mid.value(), side: side.value(), left, right });
        }
        if !motion.is_upright() {
            let shares = motion.turn.each_ref().map(|course| course.from(*place));
            instructions.run(Turn { shares, left, right });
        }
    }

    fn join_mono(&mut self, channel: &mut [f32]) {
        channel.copy_from_slice(&self.divided.whole[0][..channel.len()]);
        let mid = &self.motion.mid;
        if mid.is_moving() {
            self.instructions.run(Gain { mid: mid.from(self.place), channel });
        } else {
            self.instructions.run(Gain { mid: mid.value(), channel });
        }
    }
}
