//! What a voice gathers of a slot for an editor. Nothing is gathered while no one watches.

use super::course::Block;
use super::hop::BandHop;
use crate::dispatch::{Instructions, Kernel, Vector};
use crate::dynamics::DB_PER_OCTAVE;

/// Levels of less, dBFS, are silence: they count as -400 dBFS, but for rounding.
const SILENCE_DBFS: f32 = -399.0;

/// What was gathered since the slot began, octaves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told {
    /// The highest level.
    level: f32,
    /// The gain farthest from 0.
    gain: f32,
}

impl Told {
    /// Nothing.
    pub(super) const NOTHING: Self = Self { level: f32::NEG_INFINITY, gain: 0.0 };

    /// Adds the levels that the curve is asked for, of every lane.
    pub(super) fn add_levels(&mut self, instructions: Instructions, levels: &[Block], frames: usize) {
        for levels in levels {
            let [_, highest] = instructions.run(Extremes { values: &levels[..frames] });
            self.level = self.level.max(highest);
        }
    }

    /// Adds the gains that act, of every lane.
    pub(super) fn add_gains(&mut self, instructions: Instructions, gains: &[Block], frames: usize) {
        for gains in gains {
            for gain in instructions.run(Extremes { values: &gains[..frames] }) {
                self.gain = if gain.abs() > self.gain.abs() { gain } else { self.gain };
            }
        }
    }

    /// As an editor reads it.
    pub(super) fn hop(&self) -> BandHop {
        let level_dbfs = (f64::from(self.level) * DB_PER_OCTAVE) as f32;
        BandHop {
            level_dbfs: if level_dbfs > SILENCE_DBFS { level_dbfs } else { f32::NEG_INFINITY },
            gain_db: (f64::from(self.gain) * DB_PER_OCTAVE) as f32,
        }
    }
}

/// The lowest and the highest of some values.
struct Extremes<'a> {
    values: &'a [f32],
}

impl Kernel for Extremes<'_> {
    type Output = [f32; 2];

    #[inline(always)]
    fn run<V: Vector>(self) -> [f32; 2] {
        let whole = self.values.len() / V::WIDTH * V::WIDTH;
        let (zero, mut lowest, mut highest) = (V::splat(0.0), V::splat(f32::MIN), V::splat(f32::MIN));
        for at in (0..whole).step_by(V::WIDTH) {
            let values = V::load(self.values, at);
            highest = highest.larger(values);
            lowest = lowest.larger(zero.sub(values));
        }
        let mut extremes = [-lowest.largest(), highest.largest()];
        for value in &self.values[whole..] {
            extremes = [extremes[0].min(*value), extremes[1].max(*value)];
        }
        extremes
    }
}
