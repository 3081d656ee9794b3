//! Does every format give back what was mastered, at its exact length, to programs that are not ours?

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use runout_delivery::audio_source;
use runout_tests::{music, signals};
use tempfile::TempDir;

use crate::binary::{Call, command, runout};
use crate::files::{Store, folder, names, put, put_music, put_wav, tone};
use crate::oracles::{decoded, decoded_by_sox, run};

/// Lengths around the frames of MP3 and FLAC, and one that ends within both.
const LENGTHS: [usize; 7] = [1, 575, 1151, 1152, 1153, 4096, 44_107];

/// Masters a mix to a file of the folder with further arguments.
pub fn deliver(folder: &TempDir, mix: &Path, name: &str, more: &[&str]) -> (Call, PathBuf) {
    let out = folder.path().join(name);
    let fixed = ["master", mix.to_str().unwrap(), "-o", out.to_str().unwrap(), "--force", "--json"];
    (runout(&[&fixed[..], more].concat()), out)
}

/// Every sample of a file by the reader under test.
fn by_ourselves(path: &Path) -> Vec<Vec<f32>> {
    let mut source = audio_source::open(path).unwrap();
    let mut planes = vec![Vec::new(); source.format().channels];
    let mut buffers = vec![vec![0f32; 1000]; planes.len()];
    loop {
        let mut block: Vec<&mut [f32]> = buffers.iter_mut().map(Vec::as_mut_slice).collect();
        let read = source.read(&mut block).unwrap();
        if read == 0 {
            return planes;
        }
        planes.iter_mut().zip(&buffers).for_each(|(plane, buffer)| plane.extend(&buffer[..read]));
    }
}

/// Frames that mpg123 plays, gapless as it is by default.
fn frames_by_mpg123(path: &Path, channels: usize) -> usize {
    let bytes = run("mpg123", &["-q".as_ref(), "-e".as_ref(), "s16".as_ref(), "-s".as_ref(), path.as_os_str()]);
    bytes.len() / 2 / channels
}

/// A mix well below the ceiling of the default chain, which passes it unchanged.
fn quiet(rate_hz: u32, channels: usize, frames: usize) -> Vec<Vec<f32>> {
    let seconds = frames as f64 / f64::from(rate_hz) + 0.5;
    let mut music = music::music(11, f64::from(rate_hz), seconds, channels);
    let peak = signals::sample_peak(&music);
    music = signals::scaled(&music, 0.25 / f64::from(peak));
    music.iter_mut().for_each(|plane| {
        plane.drain(..plane.len() - frames);
    });
    music
}

#[test]
fn flac_holds_the_very_samples_of_the_wav() {
    let folder = folder();
    for (rate_hz, channels, depth) in [
        (44_100, 2, "16"),
        (48_000, 1, "24"),
        (96_000, 2, "24"),
        (192_000, 1, "16"),
        (384_000, 2, "24"),
        (22_050, 1, "24"),
    ] {
        // Loud, so that the limiter works and the dither is needed.
        let mix = signals::driven(&music::music(5, f64::from(rate_hz), 1.2, channels), 6.0);
        let mix = put_wav(&folder, "mix.wav", Store::Float(32), rate_hz, &mix);
        let (call, wav) = deliver(&folder, &mix, "out.wav", &["--depth", depth]);
        call.ends_with(0);
        let (call, flac) = deliver(&folder, &mix, "out.flac", &["--depth", depth]);
        call.ends_with(0);
        run("flac", &["-t", "-s", "-w", flac.to_str().unwrap()]);
        let expected = decoded(&wav, channels);
        let name = format!("{rate_hz} Hz, {channels} channels, {depth} bit");
        assert!(decoded(&flac, channels) == expected, "{name} by ffmpeg");
        assert!(decoded_by_sox(&flac, channels) == expected, "{name} by sox");
        assert!(by_ourselves(&flac) == expected, "{name} by our own reader");
        let told = run("metaflac", &["--show-sample-rate", "--show-bps", "--show-channels", flac.to_str().unwrap()]);
        assert_eq!(String::from_utf8(told).unwrap(), format!("{rate_hz}\n{depth}\n{channels}\n"));
        assert!(flac.metadata().unwrap().len() < wav.metadata().unwrap().len(), "{name}: it is smaller");
    }
}

#[test]
fn flac_survives_what_is_hard_to_predict() {
    let folder = folder();
    let chain = put(&folder, "chain.toml", b"version = 1\n[limiter]\nenabled = false\n");
    let noise = signals::noise(23, 1.0, 20_000);
    let square: Vec<f32> = (0..20_000).map(|frame| if frame / 37 % 2 == 0 { 1.0 } else { -1.0 }).collect();
    let alternating: Vec<f32> = (0..20_000).map(|frame| if frame % 2 == 0 { 1.0 } else { -1.0 }).collect();
    let mut clicks = vec![0.0; 20_000];
    clicks.iter_mut().step_by(4095).for_each(|sample| *sample = -1.0);
    let signals = [noise, square, alternating, clicks, vec![0.0; 20_000], vec![-1.0; 20_000]];
    for (index, left) in signals.iter().enumerate() {
        for right in &signals {
            let planes = [left.clone(), right.clone()];
            let mix = put_wav(&folder, "mix.wav", Store::Integer(24), 48_000, &planes);
            let (call, flac) = deliver(&folder, &mix, "out.flac", &["--chain", chain.to_str().unwrap()]);
            call.ends_with(0);
            run("flac", &["-t", "-s", "-w", flac.to_str().unwrap()]);
            assert!(decoded(&flac, 2) == decoded(&mix, 2), "signal {index}");
        }
    }
}

#[test]
fn every_format_keeps_the_length_to_the_frame() {
    let folder = folder();
    for (rate_hz, channels) in [(44_100, 2), (48_000, 1), (32_000, 2), (22_050, 1)] {
        for frames in LENGTHS {
            let mix = put_wav(&folder, "mix.wav", Store::Integer(24), rate_hz, &quiet(rate_hz, channels, frames));
            for (name, format) in [
                ("out.wav", "wav"),
                ("out.flac", "flac"),
                ("out.mp3", "mp3-160"),
                ("out.ogg", "ogg-6"),
                ("low.ogg", "ogg--1"),
            ] {
                let (call, out) =
                    deliver(&folder, &mix, name, &[&format!("--format={format}"), "--tag", "title=Ünder"]);
                let report = call.ends_with(0).json();
                let what = format!("{format}, {rate_hz} Hz, {channels} channels, {frames} frames");
                assert_eq!(report["output"]["frames"], frames, "{what} as reported");
                assert_eq!(by_ourselves(&out)[0].len(), frames, "{what} by our own reader");
                // ffmpeg cuts nothing off a Vorbis stream of a single page, whoever wrote it, and at most one frame of
                // MPEG-2 at the end: there the other programs are asked alone.
                let is_too_short = (format.starts_with("ogg") && frames < 44_100)
                    || (format == "mp3-160" && rate_hz < 32_000 && frames == 1);
                if !is_too_short {
                    assert_eq!(decoded(&out, channels)[0].len(), frames, "{what} by ffmpeg");
                }
                if format.starts_with("ogg") {
                    assert_eq!(decoded_by_sox(&out, channels)[0].len(), frames, "{what} by sox");
                }
                if format.starts_with("mp3") {
                    assert_eq!(frames_by_mpg123(&out, channels), frames, "{what} by mpg123");
                }
            }
        }
    }
}

#[test]
fn lossy_files_hold_the_music_in_its_place() {
    let folder = folder();
    let planes = quiet(44_100, 2, 88_200);
    let mix = put_wav(&folder, "mix.wav", Store::Integer(24), 44_100, &planes);
    for (name, format, least_db) in
        [("out.mp3", "mp3", 20.0), ("out.mp3", "mp3-128", 10.0), ("out.ogg", "ogg", 15.0), ("out.ogg", "ogg-10", 25.0)]
    {
        let (call, out) = deliver(&folder, &mix, name, &["--format", format]);
        call.ends_with(0);
        for (by, found) in [("ffmpeg", decoded(&out, 2)), ("our own reader", by_ourselves(&out))] {
            // A shift by one frame alone would leave some 15 dB of the highs and 0 dB of an exchange of channels.
            let ratio_db = |shift: usize| {
                let pairs = planes.iter().zip(&found).flat_map(|(plane, found)| plane[shift..].iter().zip(found));
                let (signal, error) = pairs.fold((0.0, 0.0), |(signal, error), (sample, found)| {
                    (signal + f64::from(*sample).powi(2), error + f64::from(sample - found).powi(2))
                });
                10.0 * (signal / error).log10()
            };
            assert!(ratio_db(0) > least_db, "{format} by {by}: {} dB", ratio_db(0));
            assert!(ratio_db(0) > ratio_db(1), "{format} by {by}: {} dB when shifted", ratio_db(1));
        }
    }
}

#[test]
fn words_choose_bit_rate_and_quality() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 44_100, &quiet(44_100, 2, 44_100));
    let told = |out: &Path, field: &str| {
        let entries = ["-v", "error", "-show_entries", field, "-of", "csv=p=0", out.to_str().unwrap()];
        // Some versions end the line with a comma.
        String::from_utf8(run("ffprobe", &entries)).unwrap().trim().trim_end_matches(',').to_owned()
    };
    for (more, kbps) in [(&[][..], 320), (&["--format", "mp3-128"], 128), (&["--format", "mp3-64"], 64)] {
        let (call, out) = deliver(&folder, &mix, "out.mp3", more);
        call.ends_with(0);
        assert_eq!(told(&out, "stream=codec_name,bit_rate"), format!("mp3,{kbps}000"));
    }
    let size = |more: &[&str]| {
        let (call, out) = deliver(&folder, &mix, "out.ogg", more);
        call.ends_with(0);
        assert_eq!(told(&out, "stream=codec_name,sample_rate,channels"), "vorbis,44100,2");
        out.metadata().unwrap().len()
    };
    let sizes = [size(&["--format=ogg--1"]), size(&["--format=ogg-3"]), size(&[]), size(&["--format=ogg-10"])];
    assert!(sizes.is_sorted() && sizes[0] < sizes[3], "{sizes:?}");
    // The word wins over the name, and letters of the name do not matter.
    let (call, out) = deliver(&folder, &mix, "other.wav", &["--format", "flac"]);
    call.ends_with(0);
    assert_eq!(told(&out, "stream=codec_name"), "flac");
    let (call, out) = deliver(&folder, &mix, "LOUD.MP3", &[]);
    call.ends_with(0);
    assert_eq!(told(&out, "stream=codec_name"), "mp3");
}

#[test]
fn what_a_format_cannot_hold_is_refused_before_any_work() {
    let folder = folder();
    let at = |rate_hz: u32| {
        let mix = put_wav(&folder, "mix.wav", Store::Integer(16), rate_hz, &tone(1, rate_hz));
        mix.to_str().unwrap().to_owned()
    };
    let refuses = |rate_hz: u32, name: &str, more: &[&str], parts: &[&str]| {
        let (mix, out) = (at(rate_hz), folder.path().join(name));
        let fixed = ["master", &mix, "-o", out.to_str().unwrap()];
        runout(&[&fixed[..], more].concat()).refuses(parts);
        assert_eq!(names(folder.path()), ["mix.wav"]);
    };
    refuses(96_000, "out.mp3", &[], &["out.mp3: cannot be written", "96000 Hz", "44100 or 48000 Hz"]);
    refuses(22_050, "out.mp3", &[], &["22050 Hz", "at most 160 kbit/s", "mp3-160"]);
    refuses(44_100, "out.mp3", &["--format", "mp3-32"], &["32 kbit/s", "gapless", "mp3-64 is the least"]);
    refuses(384_000, "out.ogg", &[], &["out.ogg: cannot be written", "384000 Hz", "44100 or 48000 Hz"]);
    refuses(100_001, "out.flac", &[], &["out.flac: cannot be written", "100001 Hz", "WAV"]);
    refuses(48_000, "out.flac", &["--depth", "32f"], &["--depth 32f", "16 or 24 bits", "WAV"]);
    refuses(48_000, "out.mp3", &["--format", "mp3-100"], &["'mp3-100'", "256, 320 kbit/s"]);
    refuses(48_000, "out.ogg", &["--format", "ogg-11"], &["'ogg-11'", "-1 to 10"]);
    refuses(48_000, "out.aac", &["--format", "aac"], &["'aac'", "wav, flac, mp3, ogg"]);
}

#[test]
fn two_runs_give_the_same_bytes() {
    let folder = folder();
    let mix = put_music(&folder, "mix.wav", 3.0, 0.0);
    for name in ["out.wav", "out.flac", "out.mp3", "out.ogg"] {
        let bytes = || {
            let tags = ["--tag", "title=Zwölf", "--tag", "artist=Ø", "--target", "youtube"];
            let (call, out) = deliver(&folder, &mix, name, &tags);
            call.ends_with(0);
            std::fs::read(out).unwrap()
        };
        assert!(bytes() == bytes(), "{name}");
    }
}

#[test]
fn a_full_disk_and_an_existing_file_leave_nothing_behind() {
    let folder = folder();
    let mix = put_wav(
        &folder,
        "mix.wav",
        Store::Integer(16),
        48_000,
        &signals::in_channels(&signals::noise(3, 0.2, 96_000), 2),
    );
    for name in ["out.flac", "out.mp3", "out.ogg"] {
        let out = put(&folder, name, b"precious");
        let call = runout(&["master".as_ref(), mix.as_os_str(), "-o".as_ref(), out.as_os_str()]);
        call.refuses(&[name, "exists already", "--force"]);
        assert_eq!(std::fs::read(&out).unwrap(), b"precious");
        // A limit on the size of files stands for the full disk: for the mastered stream, which comes first.
        let output = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" master \"$1\" -o \"$2\" --force"])
            .args([runout_tests::command_binary::binary().as_os_str(), mix.as_os_str(), out.as_os_str()])
            .output()
            .unwrap();
        let complaint = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{complaint}");
        assert!(
            complaint.starts_with("runout: ") && complaint.contains(&format!("/{name}: cannot write: ")),
            "{complaint}"
        );
        assert_eq!((complaint.lines().count(), std::fs::read(&out).unwrap()), (1, b"precious".to_vec()));
        std::fs::remove_file(&out).unwrap();
        assert_eq!(names(folder.path()), ["mix.wav"]);
    }
}

#[test]
fn an_interruption_while_encoding_leaves_nothing_behind() {
    let folder = folder();
    // Silence is rendered in no time; encoding it takes some.
    let planes = vec![vec![0.0; 3_000_000]; 2];
    let mix = put_wav(&folder, "mix.wav", Store::Integer(16), 48_000, &planes);
    for name in ["out.mp3", "out.ogg"] {
        let out = folder.path().join(name);
        let mut child = command()
            .args(["master".as_ref(), mix.as_os_str(), "-o".as_ref(), out.as_os_str()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Within the hidden folder the encoded file comes second.
        let encoding = || {
            let hidden = names(folder.path()).into_iter().find(|found| found.ends_with(".part"));
            hidden.is_some_and(|hidden| names(&folder.path().join(hidden)).len() > 1)
        };
        while !encoding() {
            assert!(child.try_wait().unwrap().is_none(), "it ended before it began");
            std::thread::sleep(Duration::from_millis(1));
        }
        let status = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(status.success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stdout));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "runout: interrupted; nothing was written\n");
        assert_eq!(names(folder.path()), ["mix.wav"]);
    }
}
