//! Does every bad input get one clear line that names what, where and what would be right?

use std::path::Path;

use runout_tests::signals;

use crate::binary::runout;
use crate::files::{
    Store, chunk, extensible_form, folder, form, interleaved, names, put, put_music, put_wav, riff, tone, wav,
};
use crate::oracles::ffmpeg;

/// Measuring the file is refused in one line with its name and these parts, and so is mastering it, which leaves nothing
/// behind.
#[track_caller]
fn refused_everywhere(path: &Path, parts: &[&str]) {
    let folder = folder();
    let name = path.file_name().unwrap().to_str().unwrap();
    let measured = runout(&["measure".as_ref(), path.as_os_str()]).ends_with(2);
    assert_eq!(measured.stdout, "");
    measured.complains(&[&[name], parts].concat());
    let out = folder.path().join("out.wav");
    runout(&["master".as_ref(), path.as_os_str(), "-o".as_ref(), out.as_os_str()]).refuses(&[&[name], parts].concat());
    assert!(names(folder.path()).is_empty(), "a refusal leaves no file: {:?}", names(folder.path()));
}

#[test]
fn what_is_no_audio_file_is_named() {
    let folder = folder();
    refused_everywhere(&folder.path().join("missing.wav"), &["no such file"]);
    refused_everywhere(&put(&folder, "empty.wav", b""), &["is empty", "an audio file is needed"]);
    refused_everywhere(
        &put(&folder, "text.wav", b"This is not a recording."),
        &["not an audio file", "WAV, RF64, FLAC"],
    );
    refused_everywhere(&put(&folder, "text.mp3", b"This is not a recording."), &["text.mp3"]);
    let directory = folder.path().join("folder.wav");
    std::fs::create_dir(&directory).unwrap();
    refused_everywhere(&directory, &["is a folder"]);
    refused_everywhere(Path::new("/dev/null"), &["not a regular file"]);
}

#[test]
fn a_truncated_wav_says_how_much_is_missing() {
    let folder = folder();
    let whole = wav(Store::Integer(16), 48_000, &tone(2, 48_000));
    refused_everywhere(
        &put(&folder, "cut.wav", &whole[..whole.len() - 4000]),
        &["truncated", "1000 of its 48000 frames"],
    );
    refused_everywhere(&put(&folder, "head.wav", &whole[..20]), &["truncated"]);
    refused_everywhere(&put(&folder, "form.wav", &whole[..36]), &["no `data` chunk"]);
    refused_everywhere(&put(&folder, "riff.wav", &whole[..12]), &["no `fmt` chunk"]);
    refused_everywhere(&put(&folder, "stub.wav", &whole[..7]), &["not an audio file"]);
}

#[test]
fn absurd_sizes_are_refused_without_being_believed() {
    let folder = folder();
    let mut huge = wav(Store::Float(32), 384_000, &tone(12, 8_000));
    huge[40..44].copy_from_slice(&0xffff_fff0u32.to_le_bytes());
    refused_everywhere(&put(&folder, "huge.wav", &huge), &["truncated", "of its 89478485 frames"]);
    let mut ds64 = vec![0xff; 16];
    ds64.extend([0; 12]);
    let mut rf64 =
        riff(&[chunk(b"ds64", &ds64), chunk(b"fmt ", &form(Store::Integer(24), 2, 48_000)), chunk(b"data", &[])]);
    rf64[..4].copy_from_slice(b"RF64");
    let end = rf64.len();
    rf64[end - 4..].copy_from_slice(&[0xff; 4]);
    refused_everywhere(&put(&folder, "rf64.wav", &rf64), &["truncated", "of its 3074457345618258602 frames"]);
    let jump = riff(&[chunk(b"fmt ", &form(Store::Integer(24), 2, 48_000)), b"junk\xff\xff\xff\xff".to_vec()]);
    refused_everywhere(&put(&folder, "jump.wav", &jump), &["no `data` chunk"]);
}

#[test]
fn a_wav_that_contradicts_itself_is_damaged() {
    let folder = folder();
    let samples = interleaved(Store::Integer(16), &tone(2, 8_000));
    let file = |form: Vec<u8>| riff(&[chunk(b"fmt ", &form), chunk(b"data", &samples)]);
    let with = |place: usize, value: u16| {
        let mut form = form(Store::Integer(16), 2, 48_000);
        form[place..place + 2].copy_from_slice(&value.to_le_bytes());
        file(form)
    };
    refused_everywhere(&put(&folder, "align.wav", &with(12, 3)), &["frames of 2 channels have 4 bytes, not 3"]);
    refused_everywhere(
        &put(&folder, "adpcm.wav", &with(0, 2)),
        &["compressed samples (format tag 0x0002)", "PCM or float"],
    );
    refused_everywhere(&put(&folder, "bits.wav", &with(14, 12)), &["12-bit integers", "16, 24 and 32-bit"]);
    refused_everywhere(&put(&folder, "short.wav", &file(vec![1, 0, 2, 0])), &["`fmt` chunk has 4 bytes"]);
    let order = riff(&[chunk(b"data", &samples), chunk(b"fmt ", &form(Store::Integer(16), 2, 48_000))]);
    refused_everywhere(&put(&folder, "order.wav", &order), &["samples come before their format"]);
    let none = riff(&[chunk(b"fmt ", &form(Store::Integer(16), 2, 48_000)), chunk(b"data", &[])]);
    refused_everywhere(&put(&folder, "none.wav", &none), &["holds no audio"]);
}

#[test]
fn channels_and_rates_that_cannot_be_read_say_which_can() {
    let folder = folder();
    let store = Store::Integer(16);
    let file = |channels, rate_hz| {
        riff(&[
            chunk(b"fmt ", &form(store, channels, rate_hz)),
            chunk(b"data", &vec![0; 16 * 7 * usize::from(channels.max(1))]),
        ])
    };
    refused_everywhere(&put(&folder, "none.wav", &file(0, 48_000)), &["0 channels"]);
    refused_everywhere(&put(&folder, "seven.wav", &file(7, 48_000)), &["7 channels", "6 (5.1) or 12 (7.1.4)"]);
    for rate_hz in [0, 7_999, 384_001, 1_000_000] {
        let path = put(&folder, "rate.wav", &file(2, rate_hz));
        refused_everywhere(&path, &[&format!("sample rate of {rate_hz} Hz"), "8000 to 384000 Hz"]);
    }
    let body = extensible_form(store, 6, 48_000, 16, 0x13f);
    let hexagon = riff(&[chunk(b"fmt ", &body), chunk(b"data", &[0; 1200])]);
    refused_everywhere(&put(&folder, "mask.wav", &hexagon), &["mask 0x13f", "5.1 (0x3f or 0x60f)"]);
}

#[test]
fn what_can_be_measured_but_not_mastered_says_so() {
    let folder = folder();
    let slow = put_wav(&folder, "slow.wav", Store::Integer(16), 22_049, &tone(2, 22_049));
    let wide = put_wav(&folder, "wide.wav", Store::Integer(16), 48_000, &tone(6, 48_000));
    let out = folder.path().join("out.wav");
    for (path, parts) in [(slow, ["22049 Hz", "22050 to 384000 Hz"]), (wide, ["6 channels", "mono and stereo"])] {
        runout(&["measure".as_ref(), path.as_os_str()]).ends_with(0);
        runout(&["master".as_ref(), path.as_os_str(), "-o".as_ref(), out.as_os_str()]).refuses(&parts);
    }
}

#[test]
fn the_edges_of_rates_and_layouts_are_measured() {
    let folder = folder();
    for (rate_hz, channels) in [(8_000, 1), (384_000, 12), (11_025, 2), (22_050, 6)] {
        let path = put_wav(&folder, "edge.wav", Store::Float(32), rate_hz, &tone(channels, rate_hz));
        let call = runout(&["measure".as_ref(), "--json".as_ref(), path.as_os_str()]).ends_with(0);
        let file = &call.json()["files"][0];
        assert_eq!(
            (file["sample_rate"].as_u64(), file["channels"].as_u64()),
            (Some(rate_hz.into()), Some(channels as u64))
        );
        // 0.25 is -12.04 dBFS; the samples of 997 Hz come near its tops.
        assert!((file["sample_peak_dbfs"].as_f64().unwrap() + 12.04).abs() < 0.02, "{file}");
    }
}

#[test]
fn compressed_files_that_are_cut_or_damaged_are_found_out() {
    let folder = folder();
    let wav = put_music(&folder, "x.wav", 4.0, 0.0);
    let wav = wav.to_str().unwrap();
    for (name, codec) in [("x.flac", "flac"), ("x.mp3", "libmp3lame"), ("x.ogg", "libvorbis"), ("x.aiff", "pcm_s24be")]
    {
        let path = folder.path().join(name);
        ffmpeg(&["-i", wav, "-c:a", codec, path.to_str().unwrap()]);
        let whole = std::fs::read(&path).unwrap();
        runout(&["measure".as_ref(), path.as_os_str()]).ends_with(0);
        for length in [whole.len() * 2 / 3, whole.len() - 1000] {
            refused_everywhere(&put(&folder, &format!("cut-{name}"), &whole[..length]), &["truncated"]);
        }
        refused_everywhere(&put(&folder, &format!("head-{name}"), &whole[..40]), &["is "]);
    }
    let mut flac = std::fs::read(folder.path().join("x.flac")).unwrap();
    let middle = flac.len() / 2;
    flac[middle..middle + 64].fill(0x55);
    refused_everywhere(&put(&folder, "hit.flac", &flac), &["damaged at", "s: "]);
    let mut mp3 = std::fs::read(folder.path().join("x.mp3")).unwrap();
    let middle = mp3.len() / 2;
    mp3[middle..middle + 3000].fill(0);
    refused_everywhere(&put(&folder, "hit.mp3", &mp3), &["damaged"]);
}

#[test]
fn samples_that_are_no_sound_are_silenced_counted_and_reported() {
    let folder = folder();
    let mut planes = tone(2, 48_000);
    let clean = put_wav(&folder, "clean.wav", Store::Float(32), 48_000, &planes);
    (planes[0][9_000], planes[1][9_001], planes[0][9_002]) = (f32::NAN, f32::INFINITY, f32::NEG_INFINITY);
    planes[1][9_003] = 2e6;
    let broken = put_wav(&folder, "broken.wav", Store::Float(32), 48_000, &planes);
    let call = runout(&["measure".as_ref(), broken.as_os_str()]).ends_with(0);
    assert!(call.stdout.contains("4 samples are not numbers"), "{}", call.stdout);
    let json = runout(&["measure".as_ref(), "--json".as_ref(), broken.as_os_str()]).ends_with(0).json();
    assert_eq!(json["files"][0]["silenced_samples"], 4);
    // Four zeros in a second of a tone: its loudness stays within 0.01 LU.
    let whole = runout(&["measure".as_ref(), "--json".as_ref(), clean.as_os_str()]).ends_with(0).json();
    let loudness = |json: &serde_json::Value| json["files"][0]["integrated_lufs"].as_f64().unwrap();
    assert!((loudness(&json) - loudness(&whole)).abs() < 0.01);
    // The master recovers: apart from the four samples it is the mix, bit for bit.
    let out = folder.path().join("out.wav");
    let arguments = ["master".as_ref(), broken.as_os_str(), "-o".as_ref(), out.as_os_str()];
    let call =
        runout(&[&arguments[..], &["--depth".as_ref(), "32f".as_ref(), "--json".as_ref()]].concat()).ends_with(0);
    assert_eq!(call.json()["input"]["silenced_samples"], 4);
    let mut written = hound::WavReader::open(&out).unwrap();
    let samples: Vec<f32> = written.samples::<f32>().map(Result::unwrap).collect();
    for (index, sample) in samples.iter().enumerate() {
        let original = planes[index % 2][index / 2];
        let sound = original.abs() <= 1e6;
        assert_eq!(*sample, if sound { original } else { 0.0 }, "sample {index}");
    }
    assert_eq!(samples.len(), 96_000);
}

#[test]
fn one_bad_file_among_good_ones_is_named_and_the_others_are_measured() {
    let folder = folder();
    let good = put_wav(&folder, "good.wav", Store::Integer(24), 48_000, &signals::in_channels(&tone(1, 48_000)[0], 2));
    let bad = put(&folder, "bad.wav", b"");
    let paths = ["measure".as_ref(), "--json".as_ref(), good.as_os_str(), bad.as_os_str(), good.as_os_str()];
    let call = runout(&paths).ends_with(2);
    call.complains(&["bad.wav", "is empty"]);
    let json = call.json();
    assert_eq!(json["files"].as_array().unwrap().len(), 2);
    assert!(json["errors"][0].as_str().unwrap().contains("bad.wav"));
    assert_eq!(json["album"], serde_json::Value::Null, "an album with a file missing is none");
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_text_is_opened_and_shown() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    let path = folder.path().join(OsStr::from_bytes(b"caf\xe9\nmix.wav"));
    std::fs::write(&path, wav(Store::Integer(16), 48_000, &tone(1, 48_000))).unwrap();
    let call = runout(&["measure".as_ref(), "--json".as_ref(), path.as_os_str()]).ends_with(0);
    assert!(call.json()["files"][0]["path"].as_str().unwrap().ends_with("caf\u{fffd}\nmix.wav"));
    std::fs::write(&path, b"").unwrap();
    runout(&["measure".as_ref(), path.as_os_str()]).refuses(&["caf\u{fffd}\\nmix.wav: is empty"]);
}
