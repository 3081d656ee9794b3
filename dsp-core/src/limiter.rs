//! The true-peak limiter.
//!
//! input gain -> true peak of each channel (`true_peak`, and the `ebur128` crate's interpolator) -> need in octaves ->
//! link -> hold and release -> two moving averages -> gain on the delayed input
//!
//! One stage: the gain is flat over every detected peak and for the extension on both sides of it, so that an interpolator
//! finds no new peak. Below the ceiling the output is the input, delayed, bit for bit: needs and averages are exact
//! integers, and a gain that has returned is exactly 1.
//!
//! Work is done in hops of 64 frames of stream position and control in groups of 8, so the result does not depend on how
//! the stream is cut. Parameters act on the next hop that completes: the ceiling moves over 10 ms, the input gain over 20,
//! and they belong to the samples they met; a new lookahead or style is cross-faded in octaves (see `shaping`).

mod apply;
mod glide;
mod lane;
mod motion;
mod shaping;
mod style;
mod timing;

use crate::dispatch::Instructions;
use crate::dynamics::{DB_PER_OCTAVE, ONE_OCTAVE};
use crate::processor::{MASTERING_RATES_HZ, MAX_CHANNELS, Processor, Spec, SpecError};
use crate::settings::LimiterParams;
use crate::true_peak::{GROUPS_PER_HOP, HOP_FRAMES, LAG_FRAMES, TruePeak};
use apply::{Attenuate, Gain, GainIn, Hop, Listen};
use lane::Needs;
use motion::{FULL_LINK, Listening, Mark, Motion};
use shaping::{HopOctaves, Shaping};
use timing::Timing;

/// The numbers of channels that are mastered.
const CHANNELS: [usize; 2] = [1, 2];

/// The needs of one hop, one array a channel.
type HopNeeds = [[i64; GROUPS_PER_HOP]; MAX_CHANNELS];

/// What a limiter did to some frames.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Activity {
    /// The deepest gain reduction, dB, 0 or below.
    pub gain_reduction_db: f32,
    /// The largest sample of all channels after the input gain and before the reduction, linear; 0 where nobody follows.
    pub limiter_input_peak: f32,
}

impl Activity {
    /// Adds what was done to other frames.
    pub fn gather(&mut self, other: Self) {
        self.gain_reduction_db = self.gain_reduction_db.min(other.gain_reduction_db);
        self.limiter_input_peak = self.limiter_input_peak.max(other.limiter_input_peak);
    }
}

/// The limiter. [`LimiterParams::enabled`] is not its business: the chain switches it.
#[derive(Clone, Default)]
pub struct Limiter {
    /// Set where a caller wants other instructions than the machine's best.
    instructions: Option<Instructions>,
    params: LimiterParams,
    engine: Option<Box<Engine>>,
}

impl Limiter {
    /// A limiter that computes with these instructions, which must be available: to compare sets of instructions.
    pub fn on(instructions: Instructions) -> Self {
        Self { instructions: Some(instructions), ..Self::default() }
    }

    /// What was done to the frames that left since this was last asked, each with all of its hop of 64. Thread: that of
    /// `process`.
    pub fn take_activity(&mut self) -> Activity {
        self.engine.as_mut().map_or(Activity::default(), |engine| std::mem::take(&mut engine.activity))
    }

    /// Sets whether [`Activity::limiter_input_peak`] is wanted of the hops that are made from now on.
    pub fn follow(&mut self, followed: bool) {
        if let Some(engine) = &mut self.engine {
            engine.followed = followed;
        }
    }
}

impl Processor for Limiter {
    type Params = LimiterParams;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        spec.check(MASTERING_RATES_HZ, &CHANNELS)?;
        let instructions = self.instructions.unwrap_or_else(Instructions::current);
        let mut engine = Box::new(Engine::new(spec.channels, spec.sample_rate, instructions));
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
        self.engine.as_ref().map_or(0, |engine| engine.timing.latency_frames)
    }

    fn set_params(&mut self, params: &LimiterParams) {
        if *params == self.params {
            return;
        }
        self.params = *params;
        if let Some(engine) = &mut self.engine {
            engine.params_changed = true;
            if !engine.running {
                engine.stand_at(params);
            }
        }
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        if let Some(engine) = &mut self.engine {
            engine.process(&self.params, channels);
        }
    }
}

/// Everything that `prepare` makes.
#[derive(Clone)]
struct Engine {
    instructions: Instructions,
    timing: Timing,
    detectors: Vec<TruePeak>,
    motion: Motion,
    needs: Needs,
    shaping: Shaping,
    /// The input times its gain, the last hops of each channel in a ring as long as the latency.
    delayed: Vec<Box<[Hop]>>,
    /// What those hops met at the entrance.
    marks: Box<[Mark]>,
    /// The hop that is being collected, and the one that leaves meanwhile.
    collected: Vec<Hop>,
    leaving: Vec<Hop>,
    /// Frames of them that have passed.
    filled: usize,
    octaves: Box<[HopOctaves; MAX_CHANNELS]>,
    /// Of the frames that have left since it was last taken, and of the hop that leaves.
    activity: Activity,
    leaving_activity: Activity,
    /// Whether someone wants the peak of the input.
    followed: bool,
    hops: u64,
    params_changed: bool,
    /// Whether a frame has been processed since `prepare` or `reset`.
    running: bool,
}

impl Engine {
    fn new(channels: usize, sample_rate: f64, instructions: Instructions) -> Self {
        let timing = Timing::new(sample_rate);
        let motion = Motion::new(sample_rate);
        let ring_hops = timing.latency_frames / HOP_FRAMES;
        Self {
            instructions,
            timing,
            detectors: vec![TruePeak::with_ebur128(instructions, sample_rate); channels],
            needs: Needs::new(channels, timing.longest_delay_groups()),
            shaping: Shaping::new(channels, &timing),
            delayed: vec![vec![[0.0; HOP_FRAMES]; ring_hops].into_boxed_slice(); channels],
            marks: vec![motion.mark(); ring_hops].into_boxed_slice(),
            motion,
            collected: vec![[0.0; HOP_FRAMES]; channels],
            leaving: vec![[0.0; HOP_FRAMES]; channels],
            filled: 0,
            octaves: Box::new([[0.0; HOP_FRAMES]; MAX_CHANNELS]),
            activity: Activity::default(),
            leaving_activity: Activity::default(),
            followed: false,
            hops: 0,
            params_changed: false,
            running: false,
        }
    }

    fn reset(&mut self, params: &LimiterParams) {
        self.detectors.iter_mut().for_each(TruePeak::reset);
        self.needs.reset();
        self.delayed
            .iter_mut()
            .flatten()
            .chain(&mut self.collected)
            .chain(&mut self.leaving)
            .for_each(|hop| hop.fill(0.0));
        self.filled = 0;
        self.activity = Activity::default();
        self.leaving_activity = Activity::default();
        self.hops = 0;
        self.running = false;
        self.stand_at(params);
    }

    /// Stands at the parameters, as only before the first frame.
    fn stand_at(&mut self, params: &LimiterParams) {
        self.motion.jump(params);
        self.shaping.reset(params);
        self.marks.fill(self.motion.mark());
        self.params_changed = false;
    }

    fn process(&mut self, params: &LimiterParams, channels: &mut [&mut [f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        self.running |= frames > 0;
        let mut start = 0;
        while start < frames {
            let count = (HOP_FRAMES - self.filled).min(frames - start);
            let place = self.filled..self.filled + count;
            self.activity.gather(self.leaving_activity);
            for ((channel, collected), leaving) in channels.iter_mut().zip(&mut self.collected).zip(&self.leaving) {
                let part = &mut channel[start..start + count];
                collected[place.clone()].copy_from_slice(part);
                part.copy_from_slice(&leaving[place.clone()]);
            }
            start += count;
            self.filled += count;
            if self.filled == HOP_FRAMES {
                self.filled = 0;
                self.process_hop(params);
            }
        }
    }

    /// Takes the hop that was collected and makes the one that leaves next.
    fn process_hop(&mut self, params: &LimiterParams) {
        if std::mem::take(&mut self.params_changed) {
            self.motion.aim(params);
        }
        self.shaping.aim(params);
        let newest = (self.hops % self.marks.len() as u64) as usize;
        self.hops += 1;
        self.marks[newest] = self.motion.next_mark(params);
        self.detect(newest);
        let linked = self.link();
        let curves = self.shaping.shape(self.instructions, &self.needs, linked, &mut self.octaves);
        let listening = self.motion.next_listening();
        self.leave((newest + 1) % self.marks.len(), curves, listening.as_ref());
    }

    /// input gain -> delay and detector
    fn detect(&mut self, newest: usize) {
        let mark = &self.marks[newest];
        for (delayed, collected) in self.delayed.iter_mut().zip(&self.collected) {
            let output = &mut delayed[newest];
            self.instructions.run(GainIn { mark, input: collected, output });
        }
        // Apart, so that most of it has reached the cache before it is read across what was written.
        for (delayed, detector) in self.delayed.iter().zip(&mut self.detectors) {
            detector.push(&delayed[newest]);
        }
    }

    /// The needs of the groups that the detectors' window holds, linked; returns whether all channels need the same.
    fn link(&mut self) -> bool {
        let mut ceilings = [(0.0, 0); GROUPS_PER_HOP];
        let hops = self.marks.len();
        for (group, ceiling) in ceilings.iter_mut().enumerate() {
            // The window starts LAG_FRAMES before the newest hop.
            let groups_back = LAG_FRAMES / 8 - group;
            let hop = (self.hops as usize - 1 + hops - groups_back.div_ceil(GROUPS_PER_HOP)) % hops;
            let place = (GROUPS_PER_HOP - groups_back % GROUPS_PER_HOP) % GROUPS_PER_HOP;
            *ceiling = (self.marks[hop].ceiling[place], self.marks[hop].ceiling_octaves[place]);
        }
        let floor = ceilings.iter().fold(1.0, |lowest, ceiling| ceiling.0.min(lowest));
        let mut peaks = [[0.0; GROUPS_PER_HOP]; MAX_CHANNELS];
        let mut needs: HopNeeds = [[0; GROUPS_PER_HOP]; MAX_CHANNELS];
        let channels = self.detectors.len();
        for (detector, peaks) in self.detectors.iter_mut().zip(&mut peaks) {
            *peaks = detector.peaks_above(floor);
        }
        let shares = self.motion.next_link();
        for group in 0..GROUPS_PER_HOP {
            let highest = peaks[..channels].iter().fold(0.0, |highest, peaks| peaks[group].max(highest));
            let most = need(highest, ceilings[group]);
            if most == 0 {
                continue;
            }
            for channel in 0..channels {
                needs[channel][group] = if shares[group] == FULL_LINK {
                    most
                } else {
                    let own = need(peaks[channel][group], ceilings[group]);
                    own + ((most - own) * shares[group] + FULL_LINK - 1) / FULL_LINK
                };
            }
        }
        self.needs.push(&needs[..channels]);
        channels == 1 || shares == [FULL_LINK; GROUPS_PER_HOP]
    }

    /// gain -> the hop that leaves next
    fn leave(&mut self, oldest: usize, curves: usize, listening: Option<&Listening>) {
        let mark = &self.marks[oldest];
        let mut gain = [1.0; HOP_FRAMES];
        let mut deepest = 0.0f32;
        for (channel, output) in self.leaving.iter_mut().enumerate() {
            let input = &self.delayed[channel][oldest];
            if channel < curves {
                let octaves = &self.octaves[channel];
                deepest =
                    octaves.iter().fold(deepest, |deepest, &octaves| if octaves > deepest { octaves } else { deepest });
                self.instructions.run(Gain { octaves, gain: &mut gain });
            }
            if curves == 0 {
                *output = *input;
            } else {
                self.instructions.run(Attenuate { mark, gain: &gain, input, output });
            }
            if let Some(listening) = listening {
                self.instructions.run(Listen { listening, mark, input, output });
            }
        }
        self.leaving_activity = Activity {
            // The difference is never a negative zero.
            gain_reduction_db: 0.0 - deepest * DB_PER_OCTAVE as f32,
            limiter_input_peak: if self.followed { self.input_peak(oldest) } else { 0.0 },
        };
    }

    /// The largest sample of a hop of all channels, after the input gain.
    fn input_peak(&self, hop: usize) -> f32 {
        let samples = self.delayed.iter().flat_map(|delayed| &delayed[hop]);
        samples.fold(0.0, |peak, sample| if sample.abs() > peak { sample.abs() } else { peak })
    }
}

/// What a peak above the ceiling is turned down further, in octaves: 0.01 dB for what other interpolators read beyond this
/// one. A peak at the ceiling is left alone.
const MARGIN: i64 = ONE_OCTAVE / 600;

/// How far a peak must be turned down to meet a ceiling (linear, and in octaves), rounded up.
fn need(peak: f32, (ceiling, ceiling_octaves): (f32, i64)) -> i64 {
    if peak > ceiling {
        (f64::from(peak).log2() * ONE_OCTAVE as f64).ceil() as i64 + MARGIN - ceiling_octaves
    } else {
        0
    }
}
