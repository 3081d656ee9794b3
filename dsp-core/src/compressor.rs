//! The multiband compressor.
//!
//! crossover -> each band: detector -> curve -> ballistics -> what its gain changes of it -> sum -> whole mix -> output gain
//!
//! The output is `(whole + mix * sum of (gain - 1) * band) * output gain`, where the whole is what the bands sum to: so at
//! rest it is the whole bit for bit, and a dry share needs no other path. With lookahead everything waits for 20 ms, and a
//! band's gains for as much less as its lookahead says.
//!
//! Work is done in runs that do not cross the stream's grid of 64 frames, and parameters act from the next slot of the grid
//! on, so the result does not depend on how the stream is cut.

mod apply;
mod ballistics;
mod band;
mod boxcar;
mod computer;
mod config;
mod course;
mod crest;
mod detector;
mod hold;
mod key;
mod listening;
mod lookahead;
mod makeup;
mod motion;
#[cfg(test)]
mod tests;
mod voice;

use crate::crossover::{Bands, Crossover, CrossoverPhase};
use crate::dispatch::Instructions;
use crate::planar::with_frames;
use crate::processor::{GRID_FRAMES, MASTERING_RATES_HZ, Processor, Spec, SpecError};
use crate::settings::{COMPRESSOR_BANDS, CompressorParams, CompressorPhase};
use crate::units::gain_from_db;
use apply::{Join, Listen};
use ballistics::{Follow, Lane, TOGETHER};
use band::{Band, Wanted};
use config::Setting;
use course::{Block, Course};
use detector::Stereo;
use listening::Listening;
use lookahead::BandDelay;

/// The most gains: two channels of two voices of each band.
const MOST_LANES: usize = 4 * COMPRESSOR_BANDS;

/// The numbers of channels that are mastered.
const CHANNELS: [usize; 2] = [1, 2];

/// Frames that are processed at once.
#[derive(Clone, Copy, Debug)]
struct Run {
    instructions: Instructions,
    /// How many, and where the first stands in the slot of the grid.
    frames: usize,
    place: usize,
}

/// The compressor. [`CompressorParams::enabled`] is not its business: the chain switches it. Phase and lookahead act from
/// the next [`prepare`](Processor::prepare) on, for they move the latency.
#[derive(Default)]
pub struct Compressor {
    /// Set where a caller wants other instructions than the machine's best.
    instructions: Option<Instructions>,
    params: CompressorParams,
    engine: Option<Box<Engine>>,
}

impl Compressor {
    /// A compressor that computes with these instructions, which must be available: to compare sets of instructions.
    pub fn on(instructions: Instructions) -> Self {
        Self { instructions: Some(instructions), ..Self::default() }
    }
}

impl Processor for Compressor {
    type Params = CompressorParams;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        spec.check(MASTERING_RATES_HZ, &CHANNELS)?;
        let instructions = self.instructions.unwrap_or_else(Instructions::current);
        let mut engine = Box::new(Engine::new(spec, &self.params, instructions)?);
        engine.reset(&self.params);
        self.engine = Some(engine);
        Ok(())
    }

    fn reset(&mut self) {
        if let Some(engine) = &mut self.engine {
            engine.reset(&self.params);
        }
    }

    fn latency(&self) -> usize {
        self.engine.as_ref().map_or(0, |engine| engine.crossover.latency() + engine.setting.lookahead_frames)
    }

    fn set_params(&mut self, params: &CompressorParams) {
        if *params == self.params {
            return;
        }
        self.params = *params;
        if let Some(engine) = &mut self.engine {
            engine.want(params);
        }
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        if let Some(engine) = &mut self.engine {
            engine.process(channels);
        }
    }
}

/// Everything that `prepare` makes.
struct Engine {
    setting: Setting,
    crossover: Crossover,
    /// What the crossover made of the run.
    divided: Bands,
    delay: BandDelay,
    bands: Vec<Band>,
    /// The gains of the run, octaves, and whose they are: band, voice and lane.
    gains: Box<[Block; MOST_LANES + 2]>,
    owners: [(usize, usize, usize); MOST_LANES],
    /// What is changed of the whole.
    changed: Stereo,
    mix: Course,
    output_gain: Course,
    listening: Listening,
    /// The stream's place on the grid.
    place: usize,
    /// Whether a frame has been processed since `prepare` or `reset`.
    running: bool,
}

fn wanted(params: &CompressorParams, band: usize) -> Wanted {
    Wanted { band: params.band[band], auto_makeup: params.auto_makeup, is_used: band < params.bands_in_use().len() }
}

/// All of something in every frame.
static ALL: Block = [1.0; GRID_FRAMES];

static SILENCE: Stereo = [[0.0; GRID_FRAMES]; 2];

/// A band of what was divided; one that is not there is silent.
fn divided(bands: &Bands, place: usize) -> &Stereo {
    if place < bands.count { &bands.band[place] } else { &SILENCE }
}

impl Engine {
    fn new(spec: &Spec, params: &CompressorParams, instructions: Instructions) -> Result<Self, SpecError> {
        let mut crossover = Crossover::on(instructions);
        let phase = match params.phase {
            CompressorPhase::Minimum | CompressorPhase::Dynamic => CrossoverPhase::Minimum,
            CompressorPhase::Linear => CrossoverPhase::Linear,
        };
        crossover.prepare(spec, phase)?;
        let lookahead_frames = if params.lookahead { lookahead::frames(spec.sample_rate) } else { 0 };
        let setting =
            Setting { instructions, sample_rate: spec.sample_rate, channels: spec.channels, lookahead_frames };
        let mut course = Course::new();
        course.prepare(spec.sample_rate);
        Ok(Self {
            setting,
            crossover,
            divided: Bands::default(),
            delay: BandDelay::new(&setting),
            bands: (0..COMPRESSOR_BANDS).map(|band| Band::new(setting, wanted(params, band))).collect(),
            gains: Box::new([[0.0; GRID_FRAMES]; MOST_LANES + 2]),
            owners: [(0, 0, 0); MOST_LANES],
            changed: SILENCE,
            mix: course.clone(),
            output_gain: course,
            listening: Listening::new(spec.sample_rate),
            place: 0,
            running: false,
        })
    }

    fn reset(&mut self, params: &CompressorParams) {
        self.place = 0;
        self.running = false;
        self.crossover.reset();
        self.delay.reset();
        self.want(params);
    }

    /// Takes parameters: at once before the first frame, later from the next slot on.
    fn want(&mut self, params: &CompressorParams) {
        let bands = params.bands_in_use().len();
        self.crossover.set(bands, &params.crossover_hz[..bands - 1]);
        for (place, band) in self.bands.iter_mut().enumerate() {
            band.want(wanted(params, place));
        }
        let output_gain = gain_from_db(f64::from(params.output_gain_db)) as f32;
        if self.running {
            self.mix.aim(params.mix);
            self.output_gain.aim(output_gain);
            self.listening.aim(params);
        } else {
            self.bands.iter_mut().for_each(Band::settle);
            self.mix.jump(params.mix);
            self.output_gain.jump(output_gain);
            self.listening.jump(params);
        }
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        self.running |= frames > 0;
        let mut start = 0;
        while start < frames {
            if self.place == 0 {
                self.on_grid();
            }
            let count = (GRID_FRAMES - self.place).min(frames - start);
            let run = Run { instructions: self.setting.instructions, frames: count, place: self.place };
            with_frames(channels, start..start + count, |part| self.process_run(&run, part));
            self.place = (self.place + count) % GRID_FRAMES;
            start += count;
        }
    }

    fn on_grid(&mut self) {
        self.bands.iter_mut().for_each(Band::on_grid);
        self.mix.advance();
        self.output_gain.advance();
        self.listening.advance();
    }

    fn process_run(&mut self, run: &Run, channels: &mut [&mut [f32]]) {
        self.crossover.split(channels, &mut self.divided);
        self.listen(run);
        self.delay.exchange(&mut self.divided, run.frames, run.place);
        self.act(run);
        self.join(run, channels);
    }

    /// The whole and what is changed of it, to the output.
    fn join(&self, run: &Run, channels: &mut [&mut [f32]]) {
        let is_plain = self.listening.is_off(self.divided.count);
        for ((output, whole), changed) in channels.iter_mut().zip(&self.divided.whole).zip(&self.changed) {
            if is_plain && !self.mix.is_moving() && !self.output_gain.is_moving() {
                let (mix, gain) = (self.mix.value(), self.output_gain.value());
                run.instructions.run(Join { whole, changed, mix, gain, output });
            } else {
                // Where someone listens, the mix is in what is heard of each band.
                let mix = if is_plain { self.mix.from(run.place) } else { &ALL };
                let gain = self.output_gain.from(run.place);
                run.instructions.run(Join { whole, changed, mix, gain, output });
            }
        }
    }

    /// Every voice listens, and gains follow what they want.
    fn listen(&mut self, run: &Run) {
        let mut lanes = 0;
        for (at, band) in self.bands.iter_mut().enumerate().filter(|(_, band)| !band.is_out()) {
            let input = divided(&self.divided, at);
            for voice in 0..2 {
                let Some(gains) = self.gains[lanes..].first_chunk_mut() else { continue };
                let added = band.listen(run, voice, input, gains, lanes);
                for lane in 0..added {
                    self.owners[lanes + lane] = (at, voice, lane);
                }
                lanes += added;
            }
        }
        for (owners, gains) in self.owners[..lanes].chunks(TOGETHER).zip(self.gains.as_chunks_mut::<TOGETHER>().0) {
            let mut together = [Lane::default(); TOGETHER];
            for (lane, (band, voice, at)) in together.iter_mut().zip(owners) {
                *lane = self.bands[*band].voice(*voice).lanes()[*at];
            }
            run.instructions.run(Follow { lanes: &mut together, gains, frames: run.frames });
            for (lane, (band, voice, at)) in together.iter().zip(owners) {
                self.bands[*band].voice(*voice).lanes()[*at] = *lane;
            }
        }
    }

    /// What the bands are changed by, together; what is heard of each, where someone listens.
    fn act(&mut self, run: &Run) {
        let is_plain = self.listening.is_off(self.divided.count);
        self.changed = SILENCE;
        for (place, band) in self.bands.iter_mut().enumerate() {
            let input = divided(&self.divided, place);
            if is_plain || place >= self.divided.count {
                if !band.is_out() {
                    band.act(run, &mut self.gains[..], input, &mut self.changed);
                }
                continue;
            }
            let mut own = SILENCE;
            band.act(run, &mut self.gains[..], input, &mut own);
            let (heard, delta) = self.listening.shares(place, run.place);
            let mix = self.mix.from(run.place);
            for ((own, band), changed) in own.iter_mut().zip(input).zip(&mut self.changed) {
                let own = &mut own[..run.frames];
                run.instructions.run(Listen { heard, delta, mix, band, changed: own });
                for (changed, own) in changed.iter_mut().zip(own) {
                    *changed += *own;
                }
            }
        }
    }
}
