//! What is measured of an insert: loudness of what is heard, after the chain, bypassed or not; and while an editor is
//! open, level after level and the time that it takes.

mod load;

use std::sync::Arc;

use runout_dsp_core::loudness::Meter;
use runout_dsp_core::processor::{Processor, Spec, SpecError};
use runout_dsp_core::timeline::{Activity, Timeline};
use runout_gui::feed::{Feed, Status};

use crate::stage::Readers;
use crate::wake::Wake;

pub use load::Load;

/// How long an editor is repainted for silence after sound, s: until the last of it has left every lane.
const SETTLING_S: f64 = 12.0;

/// The measuring side of an insert; it never changes the sound.
pub struct Metering {
    meter: Meter,
    timeline: Timeline,
    status: Arc<Status>,
    load: Load,
    /// Wakes the editor.
    wake: Wake,
    /// Whether the host's transport ran in the last block.
    was_playing: bool,
    /// Frames of silence since the last sound, and how many of them are still painted.
    silent_frames: u64,
    settling_frames: u64,
}

impl Metering {
    /// The measuring side, which wakes an editor through `wake`, and what feeds that editor: that, and the stage.
    pub fn new(wake: Wake, readers: Readers) -> (Self, Option<Feed>) {
        let mut meter = Meter::new();
        let (timeline, reader) = Timeline::new();
        let status = Arc::<Status>::default();
        // A new meter has its monitor and its log.
        let feed = meter.take_monitor().zip(meter.take_log()).map(|(monitor, log)| Feed {
            meter: monitor,
            controls: meter.controls(),
            log,
            timeline: reader,
            spectrum: readers.spectrum,
            compressor: readers.compressor,
            imager: readers.imager,
            status: Arc::clone(&status),
        });
        let metering = Self {
            meter,
            timeline,
            status,
            load: Load::default(),
            wake,
            was_playing: false,
            silent_frames: 0,
            settling_frames: 0,
        };
        (metering, feed)
    }

    /// Allocates for `spec` and starts a new measurement of an insert of this latency. Not for the audio thread.
    ///
    /// # Errors
    /// Those of the meter.
    pub fn prepare(&mut self, spec: &Spec, latency_frames: usize) -> Result<(), SpecError> {
        self.meter.prepare(spec)?;
        self.status.set_format(spec.sample_rate as f32, latency_frames, spec.channels);
        self.load.prepare(spec.sample_rate);
        self.settling_frames = (SETTLING_S * spec.sample_rate) as u64;
        self.silent_frames = self.settling_frames;
        self.wake.ask();
        Ok(())
    }

    /// The insert has another latency from here on. Audio thread.
    pub fn set_latency(&mut self, latency_frames: usize) {
        self.status.set_latency_frames(latency_frames);
        self.wake.ask();
    }

    /// The signal begins anew, and with it the timeline's hops; the measurement goes on. Audio thread.
    pub fn reset(&mut self) {
        self.timeline.reset();
    }

    /// Begins a block: notes whether the host's transport runs; where it starts, a new measurement begins if `resets`.
    /// Audio thread.
    pub fn begin_block(&mut self, is_playing: bool, resets: bool) {
        if is_playing != self.was_playing {
            if is_playing && resets {
                self.meter.controls().reset();
            }
            self.was_playing = is_playing;
            self.status.set_playing(is_playing);
            self.wake.ask();
        }
        if self.timeline.is_open() {
            self.load.begin_block();
        }
    }

    /// The most frames that may be processed before [`measure`](Self::measure). Audio thread.
    pub fn frames_at_once(&self) -> usize {
        self.timeline.frames_at_once()
    }

    /// Whether anyone sees what the stage does.
    pub fn is_watched(&self) -> bool {
        self.timeline.is_open()
    }

    /// Measures what has just been processed, and what the stage did to it. Audio thread.
    pub fn measure(&mut self, activity: Activity, output: &mut [&mut [f32]]) {
        self.meter.process(output);
        self.timeline.note(activity, output);
        if self.timeline.is_open() {
            self.wake_for(output);
        }
    }

    /// Ends a block of so many frames. Audio thread.
    pub fn end_block(&mut self, frames: usize) {
        if self.timeline.is_open()
            && let Some(share) = self.load.end_block(frames)
        {
            self.status.set_cpu_share(share);
        }
    }

    /// Wakes the editor while there is sound, and for a while after it.
    fn wake_for(&mut self, output: &[&mut [f32]]) {
        let is_silent = output.iter().all(|channel| channel.iter().all(|sample| *sample == 0.0));
        let frames = output.first().map_or(0, |channel| channel.len()) as u64;
        self.silent_frames = if is_silent { self.silent_frames.saturating_add(frames) } else { 0 };
        if self.silent_frames < self.settling_frames {
            self.wake.ask();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use runout_dsp_core::loudness::Readings;

    const SPEC: Spec = Spec { sample_rate: 48_000.0, max_block: 480, channels: 2 };

    /// A second of a 997 Hz sine of 0.5, as blocks of 480 frames through `metering`.
    fn play(metering: &mut Metering, is_playing: bool, resets: bool) {
        for block in 0..100 {
            let tone = |frame: usize| (frame as f32 * 997.0 * std::f32::consts::TAU / 48_000.0).sin() * 0.5;
            let mut left: Vec<f32> = (0..480).map(|frame| tone(block * 480 + frame)).collect();
            let mut right = left.clone();
            metering.begin_block(is_playing, resets);
            metering.measure(Activity::default(), &mut [&mut left, &mut right]);
            metering.end_block(480);
        }
    }

    fn seconds(readings: Readings) -> f64 {
        readings.frames as f64 / SPEC.sample_rate
    }

    fn prepared() -> (Metering, Feed) {
        let (mut metering, feed) = Metering::new(Wake::default(), Readers::default());
        metering.prepare(&SPEC, 704).unwrap();
        (metering, feed.unwrap())
    }

    #[test]
    fn a_measurement_outlives_a_hosts_reset_and_ends_when_it_is_activated() {
        let (mut metering, mut feed) = prepared();
        play(&mut metering, false, false);
        metering.reset();
        play(&mut metering, false, false);
        let readings = feed.meter.readings();
        // Readings are at most 20 ms old.
        assert!((1.97..=2.0).contains(&seconds(readings)), "{} s", seconds(readings));
        // A stereo sine of half amplitude: -9.03 dBFS, twice; to a tenth.
        assert!((readings.integrated_lufs + 6.02).abs() < 0.1, "{} LUFS", readings.integrated_lufs);
        metering.prepare(&SPEC, 704).unwrap();
        assert_eq!(feed.meter.readings().frames, 0);
    }

    #[test]
    fn readings_clear_at_once_although_nothing_is_processed() {
        let (mut metering, mut feed) = prepared();
        play(&mut metering, false, false);
        assert!(feed.meter.readings().frames > 0);
        feed.controls.reset();
        assert_eq!(feed.meter.readings().frames, 0);
        assert_eq!(feed.meter.readings().integrated_lufs, f64::NEG_INFINITY);
    }

    #[test]
    fn the_transport_starts_a_new_measurement_only_where_that_is_preferred() {
        let (mut metering, mut feed) = prepared();
        play(&mut metering, false, true);
        assert!(!feed.status.is_playing());
        play(&mut metering, true, false);
        assert!(feed.status.is_playing() && seconds(feed.meter.readings()) > 1.9);
        play(&mut metering, false, true);
        play(&mut metering, true, true);
        play(&mut metering, true, true);
        let heard = seconds(feed.meter.readings());
        assert!((1.9..=2.0).contains(&heard), "{heard} s: it starts anew once, where the transport starts");
    }

    #[test]
    fn nothing_is_told_of_each_hop_while_no_editor_is_open() {
        let (mut metering, mut feed) = prepared();
        play(&mut metering, true, false);
        assert_eq!(feed.status.cpu_share(), 0.0);
        feed.timeline.open();
        assert_eq!(feed.timeline.next_frame(), None);
        play(&mut metering, true, false);
        let frames: Vec<_> = std::iter::from_fn(|| feed.timeline.next_frame()).collect();
        assert_eq!(frames.len(), 48_000 / 64);
        assert!(frames[10].channels[1].peak > 0.4 && feed.status.cpu_share() > 0.0);
        feed.timeline.close();
        play(&mut metering, true, false);
        assert_eq!(feed.timeline.next_frame(), None);
        assert_eq!((feed.status.latency_frames(), feed.status.channels()), (704, 2));
    }
}
