//! A song for the meters.

use std::sync::OnceLock;

use runout_dsp_core::settings::LimiterParams;
use runout_tests::limiting::limited;
use runout_tests::music::music;

use crate::insert::SAMPLE_RATE;

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
