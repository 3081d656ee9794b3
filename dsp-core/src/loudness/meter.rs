//! The meter as a processor: audio passes untouched while it is gathered, pressed buttons are obeyed, readings published.

use super::controls::Published;
use super::gathering::Gathering;
use super::log::{LogReader, LogWriter, programme_log};
use super::{MeterControls, MeterMonitor, Programme, Readings};
use crate::dispatch::Instructions;
use crate::processor::{METERING_RATES_HZ, Processor, Spec, SpecError};

/// Channel counts that the meter reads: mono, stereo, 5.1, 7.1.4.
const CHANNELS: [usize; 4] = [1, 2, 6, 12];

/// Slots of 10 ms between two publications to another thread: 50 a second.
const PUBLISHING_SLOTS: u32 = 2;

/// Loudness, range, peaks, correlation and DC of a stream after BS.1770-5 and EBU Tech 3341 and 3342.
///
/// Takes 8 to 384 kHz and 1, 2, 6 (L R C LFE Ls Rs) or 12 channels (FL FR FC LFE BL BR SL SR TFL TFR TBL TBR). Memory is
/// constant however long the programme. Samples that are not numbers or above +120 dBFS pass too, and count as silence.
pub struct Meter {
    /// Set where a caller wants other instructions than the machine's best.
    instructions: Option<Instructions>,
    /// Of no channels until prepared.
    gathering: Gathering,
    controls: MeterControls,
    /// The count of resets that have been obeyed.
    resets: u64,
    publisher: triple_buffer::Input<Published>,
    /// The monitor's end until someone takes it.
    monitor: Option<MeterMonitor>,
    /// Where someone took the reading end.
    log: Option<LogWriter>,
}

impl Meter {
    /// A meter that still has to be prepared.
    pub fn new() -> Self {
        let controls = MeterControls::default();
        let nothing = Published { resets: 0, readings: Readings::silent(0) };
        let (publisher, output) = triple_buffer::triple_buffer(&nothing);
        let monitor = Some(MeterMonitor::new(output, controls.clone()));
        let nothing_yet = Spec { sample_rate: METERING_RATES_HZ.0, max_block: 1, channels: 0 };
        let gathering = Gathering::new(&nothing_yet, Instructions::Baseline);
        Self { instructions: None, gathering, controls, resets: 0, publisher, monitor, log: None }
    }

    /// A meter that computes with these instructions, which must be available, from its next `prepare` on: to compare
    /// sets of instructions.
    pub fn on(instructions: Instructions) -> Self {
        Self { instructions: Some(instructions), ..Self::new() }
    }

    /// The readings now; a reset counts from the moment it is pressed. They hold all frames but those of an unfinished
    /// hop of 64, and true peaks all but the interpolator's latency more. Takes microseconds.
    pub fn readings(&self) -> Readings {
        self.published().seen_after(self.controls.pressed())
    }

    /// Ends the programme: gathers the last, unfinished hop and runs the true-peak interpolator's tail out with zeros,
    /// which count in nothing else. What comes afterwards is not gathered until a reset.
    pub fn finish(&mut self) {
        self.obey();
        self.gathering.end(self.log.as_mut());
        self.publish();
    }

    /// The buttons, for any number of threads.
    pub fn controls(&self) -> MeterControls {
        self.controls.clone()
    }

    /// The reader for another thread; there is one, so a second call returns `None`. It outlives `prepare`.
    pub fn take_monitor(&mut self) -> Option<MeterMonitor> {
        let monitor = self.monitor.take();
        self.publish();
        monitor
    }

    /// The log of the programme for another thread: what is gathered from now on, until the next reset. There is one, so
    /// a second call returns `None`; it outlives `prepare`. Allocates: not for the audio thread.
    pub fn take_log(&mut self) -> Option<LogReader> {
        if self.log.is_some() {
            return None;
        }
        let (writer, reader) = programme_log(self.controls.clone(), self.resets);
        self.log = Some(writer);
        Some(reader)
    }

    /// What has been gathered of the programme, to be merged with that of other streams.
    pub fn programme(&self) -> &Programme {
        self.gathering.programme()
    }

    /// Obeys what was pressed since the last call.
    fn obey(&mut self) {
        let pressed = self.controls.pressed();
        if pressed.resets != self.resets {
            self.resets = pressed.resets;
            self.clear();
        }
    }

    fn clear(&mut self) {
        self.gathering.clear();
        if let Some(log) = &mut self.log {
            log.clear(self.resets);
        }
    }

    fn published(&self) -> Published {
        Published { resets: self.resets, readings: self.gathering.readings() }
    }

    /// Publishes the readings if someone took the monitor.
    fn publish(&mut self) {
        if self.monitor.is_none() {
            self.publisher.write(self.published());
            self.gathering.note_published();
        }
    }
}

impl Default for Meter {
    fn default() -> Self {
        Self::new()
    }
}

impl Processor for Meter {
    type Params = ();

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        spec.check(METERING_RATES_HZ, &CHANNELS)?;
        let instructions = self.instructions.unwrap_or_else(Instructions::current);
        self.gathering = Gathering::new(spec, instructions);
        self.reset();
        Ok(())
    }

    /// Forgets the stream. Whether the meter is paused is the user's, and stays.
    fn reset(&mut self) {
        self.resets = self.controls.pressed().resets;
        self.clear();
        self.publish();
    }

    fn latency(&self) -> usize {
        0
    }

    fn set_params(&mut self, (): &()) {}

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        self.obey();
        if self.controls.is_running() {
            self.gathering.collect(channels, self.log.as_mut());
        }
        if self.gathering.slots_since_publishing() >= PUBLISHING_SLOTS {
            self.publish();
        }
    }
}
