//! A meter that hears what a test plays, and the feed that an editor gets of it.

use std::sync::Arc;
use std::sync::OnceLock;

use runout_dsp_core::loudness::{Meter, Readings};
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::LimiterParams;
use runout_dsp_core::timeline::{Activity, Timeline};
use runout_gui::feed::{Feed, Status};
use runout_tests::limiting::limited;
use runout_tests::music::music;

/// The rate of everything that is played, Hz.
pub const SAMPLE_RATE: f64 = 48_000.0;

/// Frames of one block.
const BLOCK_FRAMES: usize = 512;

/// The audio thread's side of an insert.
pub struct Listening {
    meter: Meter,
    timeline: Timeline,
}

impl Listening {
    /// An insert of some channels, with the feed of its editor.
    pub fn new(channels: usize) -> (Self, Feed) {
        let mut meter = Meter::new();
        let spec = Spec { sample_rate: SAMPLE_RATE, max_block: BLOCK_FRAMES, channels };
        meter.prepare(&spec).unwrap();
        let (timeline, reader) = Timeline::new();
        let status = Arc::new(Status::default());
        status.set_format(SAMPLE_RATE as f32, 0, channels);
        status.set_cpu_share(0.004);
        let feed = Feed {
            controls: meter.controls(),
            log: meter.take_log().unwrap(),
            meter: meter.take_monitor().unwrap(),
            timeline: reader,
            spectrum: None,
            status,
        };
        (Self { meter, timeline }, feed)
    }

    /// Plays a signal as a host does, block by block.
    pub fn play(&mut self, signal: &[Vec<f32>]) {
        let mut signal = signal.to_vec();
        let frames = signal[0].len();
        for start in (0..frames).step_by(BLOCK_FRAMES) {
            let end = (start + BLOCK_FRAMES).min(frames);
            let mut block: Vec<&mut [f32]> = signal.iter_mut().map(|channel| &mut channel[start..end]).collect();
            self.meter.process(&mut block);
            self.timeline.note(Activity::default(), &block);
        }
    }

    /// Whether an editor listens.
    pub fn is_heard(&self) -> bool {
        self.timeline.is_open()
    }

    /// What the meter reads.
    pub fn readings(&self) -> Readings {
        self.meter.readings()
    }
}

/// The sections of the song below: seconds, and dB into the limiter.
const SECTIONS: [(f64, f64); 9] = [
    (12.0, -6.0),
    (36.0, -1.5),
    (34.0, 3.5),
    (34.0, -1.0),
    (34.0, 3.5),
    (16.0, -6.0),
    (32.0, 4.5),
    (16.0, 4.0),
    (8.0, -9.0),
];

/// A song of 3:42 in stereo under a ceiling of -1 dBTP, with quiet and loud parts.
pub fn song() -> &'static [Vec<f32>] {
    static SONG: OnceLock<Vec<Vec<f32>>> = OnceLock::new();
    SONG.get_or_init(|| {
        const SEED: u64 = 11;
        println!("song of seed {SEED}");
        let phrase = music(SEED, SAMPLE_RATE, 24.0, 2);
        let mut song = vec![Vec::new(); 2];
        for (seconds, drive_db) in SECTIONS {
            let gain = 10f64.powf(drive_db / 20.0) as f32;
            let frames = (seconds * SAMPLE_RATE) as usize;
            for (channel, part) in song.iter_mut().zip(&phrase) {
                let start = channel.len();
                channel.extend(part.iter().cycle().skip(start % part.len()).take(frames).map(|sample| sample * gain));
            }
        }
        limited(&song, SAMPLE_RATE, &LimiterParams { input_gain_db: -0.3, ..LimiterParams::default() })
    })
}
