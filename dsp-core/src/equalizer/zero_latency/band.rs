//! One band in time: its values glide, and whatever cannot glide is cross-faded.
//!
//! Frequency, gain and Q move on the smoothing of `smooth`, slower, in octaves and dB, and the band is designed anew every
//! [`STEP_FRAMES`] frames of the stream while they do; between two designs the coefficients move in straight lines. What a
//! band is (its shape, slope and part of the signal, and whether it does anything) changes at grid positions, by a fade
//! from the sections as they were to new ones, once these have run for a while. A change that comes meanwhile waits.

use super::chain::{Chain, Workshop};
use super::section::{Frame, Part};
use crate::dispatch::Instructions;
use crate::equalizer::kernel::acting_on;
use crate::equalizer::prototype::Prototype;
use crate::processor::GRID_FRAMES;
use crate::settings::{BandChannel, BandShape, CutSlope, EqualizerBand};
use crate::smooth::{Fade, Smoothed};
use crate::units::frames_from_ms;

/// Frames between two designs of a band that moves.
const STEP_FRAMES: usize = 32;

/// How much slower than other smoothed values frequencies glide, and gain and Q: a bell that leaps over a tone in less
/// time than 40 ms, or away from it to the lowest frequencies, is heard as a click beside it.
const SLOWER: [f64; 3] = [3.0, 2.0, 2.0];

/// How far ahead a frequency is led, octaves: one that leaps farther glides at 74 octaves a second at most. A bell that
/// passes over a tone faster spreads it by more than 300 Hz; and to be faded in far below, it would have to be started there,
/// where what starts is heard for long.
const FARTHEST_AHEAD: f64 = 2.0;

/// How long new sections run before they are heard, ms: steep ones ring at their corner when they start.
pub const WARM_UP_MS: f64 = 15.0;

/// What cannot glide.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Kind {
    shape: BandShape,
    slope: CutSlope,
    channel: BandChannel,
}

/// What glides: octaves over 1 Hz, dB, octaves over 1.
#[derive(Clone, Copy, Debug)]
struct Values {
    frequency: Smoothed,
    gain_db: Smoothed,
    q: Smoothed,
}

impl Values {
    fn each(&mut self) -> [&mut Smoothed; 3] {
        [&mut self.frequency, &mut self.gain_db, &mut self.q]
    }

    fn are_at_rest(&self) -> bool {
        self.frequency.is_at_rest() && self.gain_db.is_at_rest() && self.q.is_at_rest()
    }
}

/// One slot of the equalizer.
#[derive(Clone, Debug)]
pub struct Band {
    wanted: EqualizerBand,
    workshop: Workshop,
    is_mono: bool,
    /// Whether only what the band changes is heard, and not what it leaves.
    is_alone: bool,
    values: Values,
    /// Where the values come to rest.
    aimed: EqualizerBand,
    /// What the sections are; none while the band does nothing.
    kind: Option<Kind>,
    chain: Chain,
    /// What is faded out.
    outgoing: Chain,
    fade: Fade,
    /// Frames before a fade starts, and how many of them are left.
    warm_up_frames: usize,
    warm_up_left: usize,
    is_fading: bool,
    is_moving: bool,
    /// Whether something else is wanted than what the band is.
    is_asked: bool,
}

impl Default for Band {
    fn default() -> Self {
        let still = Smoothed::new(0.0);
        Self {
            wanted: EqualizerBand::default(),
            workshop: Workshop { sample_rate: 48_000.0, instructions: Instructions::Baseline },
            is_mono: false,
            is_alone: false,
            values: Values { frequency: still, gain_db: still, q: still },
            aimed: EqualizerBand::default(),
            kind: None,
            chain: Chain::default(),
            outgoing: Chain::default(),
            fade: Fade::new(true),
            warm_up_frames: 0,
            warm_up_left: 0,
            is_fading: false,
            is_moving: false,
            is_asked: false,
        }
    }
}

impl Band {
    /// A band of which only what it changes is heard, enabled or not.
    pub fn alone() -> Self {
        Self { is_alone: true, ..Self::default() }
    }

    /// Sets the sample rate, Hz, and what computes; [`settle`](Self::settle) afterwards.
    pub fn prepare(&mut self, sample_rate: f64, instructions: Instructions, is_mono: bool) {
        self.workshop = Workshop { sample_rate, instructions };
        self.is_mono = is_mono;
        self.fade.prepare(sample_rate);
        self.warm_up_frames = frames_from_ms(WARM_UP_MS, sample_rate);
        for (value, slower) in self.values.each().into_iter().zip(SLOWER) {
            value.prepare(slower * sample_rate / STEP_FRAMES as f64);
        }
    }

    /// Takes what is wanted, from the next grid position on.
    pub fn want(&mut self, wanted: &EqualizerBand) {
        self.is_asked |= *wanted != self.wanted;
        self.wanted = *wanted;
    }

    /// Is at once what is wanted, and forgets the signal.
    pub fn settle(&mut self) {
        self.become_kind(self.wanted_kind());
        self.outgoing = Chain::default();
        self.fade.jump(true);
        self.is_fading = false;
        self.is_asked = false;
    }

    /// Whether the band leaves its input as it is.
    pub fn is_out(&self) -> bool {
        self.kind.is_none() && !self.is_fading
    }

    /// Whether nothing fades or moves: then [`Self::chain`] alone is the band.
    pub fn is_settled(&self) -> bool {
        !self.is_fading && !self.is_moving
    }

    /// The sections.
    pub fn chain(&mut self) -> &mut Chain {
        &mut self.chain
    }

    /// At a grid position of the stream: ends what has arrived, starts what is wanted.
    pub fn on_grid(&mut self) {
        if self.is_settled() && !self.is_asked {
            self.chain.flush();
            return;
        }
        if self.is_fading && self.fade.is_at_second() {
            self.is_fading = false;
        }
        if self.is_moving {
            self.chain.arrive();
            if self.values.are_at_rest() {
                self.is_moving = false;
                self.untangle();
            }
        }
        let wanted = self.wanted_kind();
        if wanted == self.kind {
            self.aim();
        } else if !self.is_fading {
            self.fade_to(wanted);
        }
        self.is_asked = self.kind != wanted;
        self.chain.tidy();
        if self.is_fading {
            self.outgoing.tidy();
        }
    }

    /// Frames in place, from a place on the grid; not beyond the next grid position.
    pub fn run(&mut self, frames: &mut [Frame], place: usize) {
        let instructions = self.workshop.instructions;
        let mut spare = [[0.0; 2]; GRID_FRAMES];
        let spare = &mut spare[..frames.len()];
        if self.is_fading {
            spare.copy_from_slice(frames);
            self.outgoing.run(instructions, spare);
        }
        if self.is_moving {
            self.run_moving(frames, place);
        } else {
            self.chain.run(instructions, frames);
        }
        if self.is_fading {
            self.mix(frames, spare);
        }
    }

    /// Fades from the old to the new.
    fn mix(&mut self, new: &mut [Frame], old: &[Frame]) {
        for (new, old) in new.iter_mut().zip(old) {
            let share = if self.warm_up_left > 0 { 0.0 } else { self.fade.next_share() };
            self.warm_up_left = self.warm_up_left.saturating_sub(1);
            for (new, old) in new.iter_mut().zip(old) {
                *new = *old + share * (*new - *old);
            }
        }
    }

    fn run_moving(&mut self, mut frames: &mut [Frame], mut place: usize) {
        while !frames.is_empty() {
            if place.is_multiple_of(STEP_FRAMES) {
                self.step();
            }
            let run = frames.len().min(STEP_FRAMES - place % STEP_FRAMES);
            let (now, later) = std::mem::take(&mut frames).split_at_mut(run);
            self.chain.run_moving(self.workshop.instructions, now);
            (frames, place) = (later, place + run);
        }
    }

    /// Goes on to the next design.
    fn step(&mut self) {
        self.chain.arrive();
        if self.values.are_at_rest() {
            return;
        }
        for value in self.values.each() {
            value.next_value();
        }
        if let Some(kind) = self.kind {
            self.chain.lead(&self.workshop, &self.prototype(kind), STEP_FRAMES);
        }
    }

    /// What the band should be: nothing where it is disabled or acts on what is not there, or where its gain is zero and
    /// has come to rest there.
    fn wanted_kind(&self) -> Option<Kind> {
        let EqualizerBand { shape, slope_db_per_oct: slope, channel, enabled, .. } = self.wanted;
        // The slope is the cuts' only.
        let slope = if matches!(shape, BandShape::LowCut | BandShape::HighCut) { slope } else { CutSlope::default() };
        let kind = Some(Kind { shape, slope, channel });
        if self.is_alone {
            return kind;
        }
        let is_heard = self.acting_on(channel).is_some();
        let gain_db = &self.values.gain_db;
        let glides_to_zero = self.kind == kind && !(gain_db.is_at_rest() && gain_db.value() == 0.0);
        (enabled && is_heard && (!self.wanted.is_neutral() || glides_to_zero)).then_some(kind).flatten()
    }

    /// What of the signal a channel names, if it is there.
    fn acting_on(&self, channel: BandChannel) -> Option<BandChannel> {
        acting_on(channel, if self.is_mono { 1 } else { 2 })
    }

    /// The values that are wanted, in the units of [`Values`].
    fn wanted_values(&self) -> [f64; 3] {
        let frequency_hz = Prototype::new(&self.wanted, self.workshop.sample_rate).frequency_hz;
        [frequency_hz.log2(), f64::from(self.wanted.gain_db), f64::from(self.wanted.q).log2()]
    }

    /// Leads the values to what is wanted; while a frequency is far from it, at each grid position again.
    fn aim(&mut self) {
        if self.kind.is_none() || self.aimed == self.wanted {
            return;
        }
        let mut wanted = self.wanted_values();
        let (now, far) = (self.values.frequency.value(), wanted[0]);
        wanted[0] = far.clamp(now - FARTHEST_AHEAD, now + FARTHEST_AHEAD);
        if wanted[0] == far {
            self.aimed = self.wanted;
        }
        for (value, wanted) in self.values.each().into_iter().zip(wanted) {
            value.aim(wanted);
        }
        self.is_moving |= !self.values.are_at_rest();
    }

    fn fade_to(&mut self, kind: Option<Kind>) {
        std::mem::swap(&mut self.chain, &mut self.outgoing);
        self.become_kind(kind);
        self.fade.jump(false);
        self.fade.aim(true);
        self.warm_up_left = self.warm_up_frames;
        self.is_fading = true;
    }

    fn become_kind(&mut self, kind: Option<Kind>) {
        self.kind = kind;
        self.aimed = self.wanted;
        self.is_moving = false;
        let wanted = self.wanted_values();
        for (value, wanted) in self.values.each().into_iter().zip(wanted) {
            value.jump(wanted);
        }
        match kind {
            Some(kind) => {
                let part = self.acting_on(kind.channel).map_or(Part::default(), Part::of);
                let (on, prototype) = (&self.workshop, self.prototype(kind));
                if self.is_alone {
                    self.chain.start_alone(on, &prototype, part);
                } else {
                    self.chain.start(on, &prototype, part);
                }
            }
            None => self.chain = Chain::default(),
        }
    }

    /// Where a band has moved around the point where its near and far roots meet, they may have changed places. All is
    /// right then but the cost; at rest it is put in order, which is not heard.
    fn untangle(&mut self) {
        let Some(kind) = self.kind else { return };
        if !self.is_fading && !self.chain.is_as_fresh(&self.workshop, &self.prototype(kind)) {
            self.fade_to(self.kind);
        }
    }

    /// The response at the present values.
    fn prototype(&self, kind: Kind) -> Prototype {
        let Values { frequency, gain_db, q } = &self.values;
        let mut band = EqualizerBand {
            enabled: true,
            shape: kind.shape,
            slope_db_per_oct: kind.slope,
            channel: kind.channel,
            frequency_hz: frequency.value().exp2() as f32,
            gain_db: gain_db.value() as f32,
            q: q.value().exp2() as f32,
        };
        if self.values.are_at_rest() {
            // To the bit what a band that never moved has.
            let EqualizerBand { frequency_hz, gain_db, q, .. } = self.aimed;
            band = EqualizerBand { frequency_hz, gain_db, q, ..band };
        }
        let respond = if self.is_alone { Prototype::alone } else { Prototype::new };
        respond(&band, self.workshop.sample_rate)
    }
}

const _: () = assert!(GRID_FRAMES.is_multiple_of(STEP_FRAMES));
