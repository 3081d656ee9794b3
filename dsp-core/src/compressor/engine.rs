//! What runs: the crossover, the bands, and what joins them again.

use super::Run;
use super::apply::{Act, Aside, Join, Listen};
use super::ballistics::{Follow, Lane, TOGETHER};
use super::band::{Band, Wanted};
use super::config::Setting;
use super::course::{Block, Course};
use super::detector::Stereo;
use super::dynamic::Dynamic;
use super::hop::BandHops;
use super::listening::Listening;
use super::lookahead::{self, BandDelay};
use crate::crossover::{Bands, Crossover, CrossoverPhase};
use crate::dispatch::Instructions;
use crate::planar::with_frames;
use crate::processor::{GRID_FRAMES, Spec, SpecError};
use crate::settings::{COMPRESSOR_BANDS, CompressorParams, CompressorPhase};
use crate::telemetry::HistoryWriter;
use crate::units::gain_from_db;

/// The most gains: two channels of two voices of each band.
const MOST_LANES: usize = 4 * COMPRESSOR_BANDS;

/// Everything that `prepare` makes.
pub(super) struct Engine {
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
    /// Of the dynamic kind.
    dynamic: Option<Dynamic>,
    mix: Course,
    output_gain: Course,
    listening: Listening,
    /// The stream's place on the grid.
    place: usize,
    /// Whether someone has watched from the slot's beginning on.
    is_watched: bool,
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
fn band_of(bands: &Bands, place: usize) -> &Stereo {
    if place < bands.count { &bands.band[place] } else { &SILENCE }
}

impl Engine {
    /// Allocates; [`reset`](Self::reset) before use.
    ///
    /// # Errors
    /// Those of the crossover.
    pub(super) fn new(spec: &Spec, params: &CompressorParams, instructions: Instructions) -> Result<Self, SpecError> {
        let mut crossover = Crossover::on(instructions);
        let phase = match params.phase {
            CompressorPhase::Minimum | CompressorPhase::Dynamic => CrossoverPhase::Minimum,
            CompressorPhase::Linear => CrossoverPhase::Linear,
        };
        crossover.prepare(spec, phase)?;
        let lookahead_frames = if params.lookahead { lookahead::frames(spec.sample_rate) } else { 0 };
        let (sample_rate, channels) = (spec.sample_rate, spec.channels);
        let is_dynamic = params.phase == CompressorPhase::Dynamic;
        let setting = Setting { instructions, sample_rate, channels, lookahead_frames, is_dynamic };
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
            dynamic: is_dynamic.then(|| Dynamic::new(sample_rate, lookahead_frames, channels)),
            mix: course.clone(),
            output_gain: course,
            listening: Listening::new(spec.sample_rate),
            place: 0,
            is_watched: false,
            running: false,
        })
    }

    /// Forgets the signal.
    pub(super) fn reset(&mut self, params: &CompressorParams) {
        self.place = 0;
        self.running = false;
        self.crossover.reset();
        self.delay.reset();
        self.want(params);
    }

    /// The delay in frames.
    pub(super) fn latency(&self) -> usize {
        self.crossover.latency() + self.setting.lookahead_frames
    }

    /// Takes parameters: at once before the first frame, later from the next slot on.
    pub(super) fn want(&mut self, params: &CompressorParams) {
        let bands = params.bands_in_use().len();
        let crossover_hz = &params.crossover_hz[..bands - 1];
        self.crossover.set(bands, crossover_hz);
        if let Some(dynamic) = &mut self.dynamic {
            if self.running { dynamic.aim(bands, crossover_hz) } else { dynamic.reset(bands, crossover_hz) }
        }
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

    /// See [`Processor::process`](crate::processor::Processor::process). Tells of every slot that ends, if someone watches.
    pub(super) fn process(&mut self, channels: &mut [&mut [f32]], watchers: &mut HistoryWriter<BandHops>) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        self.running |= frames > 0;
        let mut start = 0;
        while start < frames {
            if self.place == 0 {
                self.is_watched = watchers.is_open();
                self.on_grid();
            }
            let count = (GRID_FRAMES - self.place).min(frames - start);
            let Self { setting: Setting { instructions, .. }, place, is_watched, .. } = *self;
            let run = Run { instructions, frames: count, place, is_watched };
            with_frames(channels, start..start + count, |part| self.process_run(&run, part));
            self.place = (self.place + count) % GRID_FRAMES;
            start += count;
            if is_watched && self.place == 0 {
                watchers.send(std::array::from_fn(|band| self.bands[band].hop()));
            }
        }
    }

    fn on_grid(&mut self) {
        self.bands.iter_mut().for_each(Band::on_grid);
        self.mix.advance();
        self.output_gain.advance();
        self.listening.advance();
        if let Some(dynamic) = &mut self.dynamic {
            dynamic.advance(self.bands.iter().flat_map(Band::parts));
        }
    }

    fn process_run(&mut self, run: &Run, channels: &mut [&mut [f32]]) {
        if let Some(dynamic) = &mut self.dynamic {
            dynamic.hear(channels);
        }
        self.crossover.split(channels, &mut self.divided);
        self.listen(run);
        self.delay.exchange(&mut self.divided, run.frames, run.place);
        self.act(run);
        self.join(run, channels);
    }

    /// The whole and what is changed of it, to the output.
    fn join(&self, run: &Run, channels: &mut [&mut [f32]]) {
        let is_plain = self.listening.is_off();
        let whole = self.dynamic.as_ref().map_or(&self.divided.whole, Dynamic::input);
        for ((output, whole), changed) in channels.iter_mut().zip(whole).zip(&self.changed) {
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
            let input = band_of(&self.divided, at);
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

    /// What is changed of the whole.
    fn act(&mut self, run: &Run) {
        if self.listening.is_off() {
            self.act_plainly(run);
        } else {
            self.act_aside(run);
        }
    }

    /// What the bands are changed by, together.
    fn act_plainly(&mut self, run: &Run) {
        let Self { bands, gains, divided, changed, dynamic, .. } = self;
        *changed = SILENCE;
        for (place, band) in bands.iter_mut().enumerate().filter(|(_, band)| !band.is_out()) {
            let input = band_of(divided, place);
            band.changes(run, &mut gains[..], |part, changes| match dynamic {
                Some(dynamic) => dynamic.gather(place, part, changes, run.frames),
                None => run.instructions.run(Act { part, changes, band: input, changed, frames: run.frames }),
            });
        }
        if let Some(dynamic) = dynamic {
            dynamic.act(run, changed);
        }
    }

    /// What is heard of each band where someone listens, less the whole. Of the dynamic kind these are the bands of the
    /// minimum-phase crossover, and the way there and back is a fade.
    fn act_aside(&mut self, run: &Run) {
        let Self { bands, gains, divided, changed, dynamic, listening, .. } = self;
        let mix = self.mix.from(run.place);
        let mut aside = SILENCE;
        for (place, band) in
            bands.iter_mut().enumerate().filter(|(place, band)| *place < divided.count || !band.is_out())
        {
            let (input, mut own) = (band_of(divided, place), SILENCE);
            band.changes(run, &mut gains[..], |part, changes| {
                run.instructions.run(Act { part, changes, band: input, changed: &mut own, frames: run.frames });
                if let Some(dynamic) = dynamic {
                    dynamic.gather(place, part, changes, run.frames);
                }
            });
            let (heard, delta) = listening.shares(place, run.place);
            for ((own, band), aside) in own.iter().zip(input).zip(&mut aside) {
                run.instructions.run(Listen { heard, delta, mix, band, changed: &own[..run.frames], aside });
            }
        }
        *changed = aside;
        if let Some(dynamic) = dynamic {
            dynamic.act(run, changed);
            let share = listening.share(run.place);
            for (channel, changed) in changed.iter_mut().enumerate() {
                let (whole, input) = (&divided.whole[channel], &dynamic.input()[channel]);
                let changed = &mut changed[..run.frames];
                run.instructions.run(Aside { whole, input, aside: &aside[channel], share, mix, changed });
            }
        }
    }
}
