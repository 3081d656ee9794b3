//! Lookahead: the audio waits for a fixed time, the gains for less.

use super::config::Setting;
use super::course::Block;
use crate::crossover::Bands;
use crate::processor::GRID_FRAMES;
use crate::units::frames_from_ms;

/// How long the audio waits where lookahead is on, ms: the longest lookahead of a band.
const LOOKAHEAD_MS: f64 = 20.0;

/// The frames that the audio waits: whole slots of the grid.
pub(super) fn frames(sample_rate: f64) -> usize {
    frames_from_ms(LOOKAHEAD_MS, sample_rate).next_multiple_of(GRID_FRAMES)
}

/// The bands of the last slots, so that they leave late.
#[derive(Clone, Debug)]
pub(super) struct BandDelay {
    slots: Box<[Bands]>,
    /// The slot that the stream is in, and how many bands leave it.
    at: usize,
    leaving: usize,
}

impl BandDelay {
    /// A delay of whole slots; allocates.
    pub(super) fn new(setting: &Setting) -> Self {
        let slots = setting.lookahead_frames / GRID_FRAMES;
        Self { slots: vec![Bands::default(); slots].into_boxed_slice(), at: 0, leaving: 1 }
    }

    /// Forgets the signal.
    pub(super) fn reset(&mut self) {
        self.at = 0;
        self.slots.fill(Bands::default());
    }

    /// Frames from a place in the slot on that enter, exchanged for those that leave.
    pub(super) fn exchange(&mut self, bands: &mut Bands, frames: usize, place: usize) {
        let Some(slot) = self.slots.get_mut(self.at) else { return };
        if place == 0 {
            self.leaving = slot.count;
            slot.count = bands.count;
        }
        let count = bands.count.max(self.leaving);
        let (kept, entering) = (slot.band[..count].as_flattened_mut(), bands.band[..count].as_flattened_mut());
        for (kept, entering) in kept.iter_mut().zip(entering).chain(slot.whole.iter_mut().zip(&mut bands.whole)) {
            kept[place..place + frames].swap_with_slice(&mut entering[..frames]);
        }
        bands.count = self.leaving;
        if place + frames == GRID_FRAMES {
            self.at = (self.at + 1) % self.slots.len();
        }
    }
}

/// The last gains of one lane, so that they act later than they are computed.
#[derive(Clone, Debug)]
pub(super) struct GainDelay {
    /// A ring as long as a power of two.
    gains: Box<[f32]>,
    next: usize,
    /// How many gains of 0 came last.
    rest: usize,
}

impl GainDelay {
    /// A delay of up to as much as the audio's; allocates.
    pub(super) fn new(setting: &Setting) -> Self {
        let length = (setting.lookahead_frames + GRID_FRAMES).next_power_of_two();
        Self { gains: vec![0.0; length].into_boxed_slice(), next: 0, rest: length }
    }

    /// Has been at a gain for ever.
    pub(super) fn restart(&mut self, gain: f32) {
        self.gains.fill(gain);
        self.next = 0;
        self.rest = if gain == 0.0 { self.gains.len() } else { 0 };
    }

    /// Delays gains in place.
    pub(super) fn delay(&mut self, gains: &mut Block, frames: usize, by: usize) {
        let mask = self.gains.len() - 1;
        for gain in &mut gains[..frames] {
            self.gains[self.next & mask] = *gain;
            self.rest = if *gain == 0.0 { self.rest.saturating_add(1) } else { 0 };
            *gain = self.gains[self.next.wrapping_sub(by) & mask];
            self.next = self.next.wrapping_add(1);
        }
    }

    /// Whether every gain that is kept is 0.
    pub(super) fn is_at_rest(&self) -> bool {
        self.rest >= self.gains.len()
    }
}
