//! Other meters on music: the `ebur128` crate and ffmpeg's ebur128 filter, which share no code with each other or with us.

use super::{assert_near, measured};
use ebur128::{EbuR128, Mode};
use runout_dsp_core::loudness::Readings;
use runout_tests::music::music;
use std::process::Command;

/// What another meter reads of a whole file.
struct Other {
    integrated_lufs: f64,
    range_lu: f64,
    true_peak_dbtp: f64,
}

fn crate_meter(signal: &[Vec<f32>], from: usize, rate: f64, mode: Mode) -> EbuR128 {
    let mut meter = EbuR128::new(signal.len() as u32, rate as u32, mode).unwrap();
    let slices: Vec<&[f32]> = signal.iter().map(|channel| &channel[from..]).collect();
    meter.add_frames_planar_f32(&slices).unwrap();
    meter
}

fn by_crate(signal: &[Vec<f32>], rate: f64) -> Other {
    let meter = crate_meter(signal, 0, rate, Mode::I | Mode::TRUE_PEAK);
    let peaks = (0..signal.len() as u32).map(|channel| meter.true_peak(channel).unwrap());
    // The crate takes a short-term window each second. Ten of it that begin 100 ms apart take the ten that we take.
    let shifted: Vec<EbuR128> =
        (0..10).map(|tenth| crate_meter(signal, (f64::from(tenth) * rate / 10.0) as usize, rate, Mode::LRA)).collect();
    Other {
        integrated_lufs: meter.loudness_global().unwrap(),
        range_lu: EbuR128::loudness_range_multiple(&shifted).unwrap(),
        true_peak_dbtp: 20.0 * peaks.fold(0.0, f64::max).log10(),
    }
}

fn by_ffmpeg(signal: &[Vec<f32>], rate: f64) -> Other {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("music.wav");
    let spec = hound::WavSpec {
        channels: signal.len() as u16,
        sample_rate: rate as u32,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mut file = hound::WavWriter::create(&path, spec).unwrap();
    for frame in 0..signal[0].len() {
        signal.iter().for_each(|channel| file.write_sample(channel[frame]).unwrap());
    }
    file.finalize().unwrap();
    let run = Command::new("ffmpeg")
        .args(["-hide_banner", "-nostats", "-i"])
        .arg(&path)
        .args(["-filter_complex", "ebur128=peak=true", "-f", "null", "-"])
        .output()
        .expect("this test compares with ffmpeg: install it (apt-get install ffmpeg)");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{said}");
    let summary = &said[said.rfind("Summary:").expect("ffmpeg's summary")..];
    let value = |name: &str| -> f64 {
        let line = summary.lines().find(|line| line.trim_start().starts_with(name));
        let number = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|number| number.parse().ok());
        number.unwrap_or_else(|| panic!("no {name} in ffmpeg's summary: {summary}"))
    };
    Other { integrated_lufs: value("I:"), range_lu: value("LRA:"), true_peak_dbtp: value("Peak:") }
}

fn programmes() -> impl Iterator<Item = (String, f64, Vec<Vec<f32>>, Readings)> {
    [(201, 44_100.0), (202, 48_000.0), (203, 96_000.0)].into_iter().map(|(seed, rate)| {
        let signal = music(seed, rate, 70.0, 2);
        let read = measured(&signal, rate);
        (format!("seed {seed} at {rate} Hz"), rate, signal, read)
    })
}

#[test]
fn the_ebur128_crate_agrees_on_music() {
    for (name, rate, signal, read) in programmes() {
        let other = by_crate(&signal, rate);
        // Both are exact but for the gate's edge: 0.01 LU.
        assert_near(&format!("I of {name}"), read.integrated_lufs, other.integrated_lufs, 0.01);
        // 0.1 LU as EBU mode asks; the crate's rank at a percentile may be the next one.
        assert_near(&format!("LRA of {name}"), read.loudness_range.range_lu, other.range_lu, 0.1);
        if rate < 96_000.0 {
            // Its 4x interpolator of 49 taps reads up to 0.55 dB low between its points, and up to 0.1 dB high where its
            // pass-band rises; from 96 kHz on it interpolates 2x only.
            let lower_db = read.true_peak_max_dbtp() - other.true_peak_dbtp;
            assert!((-0.1..0.55).contains(&lower_db), "{name}: the crate's true peak is {lower_db} dB lower");
        }
    }
}

#[test]
fn ffmpeg_agrees_on_music() {
    for (name, rate, signal, read) in programmes() {
        let other = by_ffmpeg(&signal, rate);
        // ffmpeg shows one decimal (0.05) and computes with bins of 0.1 LU.
        assert_near(&format!("I of {name}"), read.integrated_lufs, other.integrated_lufs, 0.1);
        assert_near(&format!("LRA of {name}"), read.loudness_range.range_lu, other.range_lu, 0.15);
        // ffmpeg interpolates to 192 kHz, 4x or 2x: low between its points by up to 0.55 dB for 4x; of what 2x at 96 kHz
        // would miss music has little.
        let lower_db = read.true_peak_max_dbtp() - other.true_peak_dbtp;
        assert!((-0.1..0.6).contains(&lower_db), "{name}: ffmpeg's true peak is {lower_db} dB lower");
    }
}
