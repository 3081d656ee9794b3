//! Does every lossless file keep the ceilings, by the project's reference meter?

use std::ops::Range;

use runout_dsp_core::units::{db_from_gain, gain_from_db};
use runout_tests::reference_meter::reference_meter;

use super::{Stage, joined, track};

/// What a delivery may be above a ceiling, dB: a verdict's own allowance.
const ALLOWANCE_DB: f64 = 0.05;

/// The highest true peak, dBTP, of some frames of a stream as it goes on around them: from the first frame to the last, and
/// all that lies between them.
fn peak_within(stream: &[Vec<f32>], frames: Range<usize>) -> f64 {
    let meter = reference_meter();
    let within =
        |plane: &Vec<f32>| meter.profile(plane, 1)[frames.start..frames.end - 1].iter().copied().fold(0.0, f64::max);
    db_from_gain(stream.iter().map(within).fold(0.0, f64::max))
}

#[test]
fn loud_music_keeps_the_ceiling_in_every_lossless_file_and_in_crossfades() {
    let stage = Stage::new();
    for index in 0..3 {
        stage.music(&format!("{index}.wav"), 60 + index, 96_000, 1.2, 9.0);
    }
    let tracks = [
        track("0.wav", "One", "crossfade_s = 0.5\nfade_shape = \"equal-power\""),
        track("1.wav", "Two", "crossfade_s = 0.3"),
        track("2.wav", "Three", ""),
    ];
    let formats = ["wav-16-44100", "wav-24-48000", "wav-32f-88200", "wav-32f-96000"];
    stage.deliver(&[&formats[..], &["flac-24-48000"]].concat(), "", &tracks, &[]).ends_with(0);
    assert!(stage.tracks_of("flac-24-48000") == stage.tracks_of("wav-24-48000"));
    let meter = reference_meter();
    for format in formats {
        let files = stage.tracks_of(format);
        let whole = meter.peak_dbtp(&joined(&files));
        assert!(whole <= -1.0 + ALLOWANCE_DB, "{format}: {whole} dBTP of all");
        for file in &files {
            let alone = meter.peak_dbtp(file);
            assert!(alone <= -1.0 + ALLOWANCE_DB, "{format}: {alone} dBTP of a file alone");
        }
        // The limiter worked: what comes is 9 dB over full scale.
        assert!(whole > -1.5, "{format}: {whole} dBTP of all");
    }
}

#[test]
fn each_track_keeps_its_own_ceiling_where_they_join_without_a_gap() {
    let stage = Stage::new();
    let ceilings = [-1.0, -3.0, -0.5, -6.0];
    let tracks: Vec<String> = ceilings
        .iter()
        .enumerate()
        .map(|(index, ceiling_dbtp)| {
            stage.music(&format!("{index}.wav"), 70 + index as u64, 48_000, 0.9, 9.0);
            stage.text(&format!("{index}.toml"), &format!("version = 1\n[limiter]\nceiling_dbtp = {ceiling_dbtp}\n"));
            track(&format!("{index}.wav"), "Part", &format!("gap_before_s = 0\nchain = \"{index}.toml\""))
        })
        .collect();
    let formats = ["wav-24-48000", "wav-16-44100", "wav-32f-96000"];
    stage.deliver(&formats, "", &tracks, &[]).ends_with(0);
    for format in formats {
        let files = stage.tracks_of(format);
        let whole = joined(&files);
        let mut start = 0;
        for (file, ceiling_dbtp) in files.iter().zip(ceilings) {
            let frames = start..start + file[0].len();
            let peak = peak_within(&whole, frames.clone());
            assert!(peak <= ceiling_dbtp + ALLOWANCE_DB, "{format}: {peak} dBTP under {ceiling_dbtp}");
            let sample_peak = file.iter().flatten().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
            let highest = gain_from_db(ceiling_dbtp + ALLOWANCE_DB);
            assert!(f64::from(sample_peak) <= highest, "{format}: {sample_peak} under {ceiling_dbtp}");
            // Each is as high as it may be somewhere: a lower neighbor holds down its edge alone.
            assert!(peak > ceiling_dbtp - 0.5, "{format}: {peak} dBTP under {ceiling_dbtp}");
            start = frames.end;
        }
    }
}
