//! What crosses threads: presses of the meter's buttons on the way in, readings on the way out.
//!
//! One atomic word holds everything that was pressed: its lowest bit says paused, the rest counts the resets. Each press
//! is one atomic step, so none is lost or doubled, and whoever reads the word sees all presses or none. Readings carry
//! the count under which they were gathered; where it is not the word's, they belong to a programme that is over.

use super::Readings;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const PAUSED: u64 = 1;
const ONE_RESET: u64 = 2;

/// The buttons of a meter, for any number of threads. Lock-free.
#[derive(Clone, Debug, Default)]
pub struct MeterControls {
    pressed: Arc<AtomicU64>,
}

/// What was pressed so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pressed {
    /// Counts the resets.
    pub resets: u64,
    /// Whether the meter counts.
    pub running: bool,
}

impl MeterControls {
    /// Starts a new measurement: forgets everything and runs.
    pub fn start(&self) {
        self.press(|word| (word + ONE_RESET) & !PAUSED);
    }

    /// Gathers nothing more until [`resume`](Self::resume): the readings stand.
    pub fn pause(&self) {
        self.press(|word| word | PAUSED);
    }

    /// Goes on after a pause, as if what came meanwhile had been cut out.
    pub fn resume(&self) {
        self.press(|word| word & !PAUSED);
    }

    /// Forgets everything; a meter that runs goes on, one that is paused stays so. Readings are empty at once, also while
    /// no audio runs.
    pub fn reset(&self) {
        self.press(|word| word + ONE_RESET);
    }

    /// Whether the meter counts.
    pub fn is_running(&self) -> bool {
        self.pressed().running
    }

    pub(super) fn pressed(&self) -> Pressed {
        let word = self.pressed.load(Ordering::Acquire);
        Pressed { resets: word / ONE_RESET, running: word & PAUSED == 0 }
    }

    fn press(&self, change: impl Fn(u64) -> u64) {
        let mut word = self.pressed.load(Ordering::Relaxed);
        while let Err(moved) =
            self.pressed.compare_exchange_weak(word, change(word), Ordering::AcqRel, Ordering::Relaxed)
        {
            word = moved;
        }
    }
}

/// Readings and the count of resets under which they were gathered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Published {
    pub resets: u64,
    pub readings: Readings,
}

impl Published {
    /// The readings as they stand after all that was pressed.
    pub fn seen_after(&self, pressed: Pressed) -> Readings {
        let readings =
            if pressed.resets == self.resets { self.readings } else { Readings::silent(self.readings.channels) };
        Readings { running: pressed.running, ..readings }
    }
}

/// The one reader of a meter in another thread. Never blocks the audio thread, nor is blocked.
#[derive(Debug)]
pub struct MeterMonitor {
    output: triple_buffer::Output<Published>,
    controls: MeterControls,
}

impl MeterMonitor {
    pub(super) fn new(output: triple_buffer::Output<Published>, controls: MeterControls) -> Self {
        Self { output, controls }
    }

    /// The latest readings, at most 20 ms of audio and one block old; empty as soon as a reset was pressed.
    pub fn readings(&mut self) -> Readings {
        let published = *self.output.read();
        published.seen_after(self.controls.pressed())
    }
}
