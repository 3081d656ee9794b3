//! Is a delivered file what was rendered, and read alike by everyone?

use std::path::{Path, PathBuf};

use runout_delivery::audio_sink::{AudioSink, Existing, FileDepth, LARGEST_RIFF_BYTES, WavForm, WavSink};
use runout_delivery::audio_source;
use runout_tests::{music, signals};
use tempfile::TempDir;

use crate::binary::runout;
use crate::files::{Store, folder, put, put_wav};
use crate::oracles::{decoded, ffmpeg};

/// Masters a mix with the default chain, or the text of one, and returns the output's path.
fn mastered(folder: &TempDir, mix: &Path, depth: &str, chain: Option<&str>) -> PathBuf {
    let out = folder.path().join("out.wav");
    let mut arguments = vec!["master", mix.to_str().unwrap(), "-o", out.to_str().unwrap(), "--depth", depth, "--force"];
    let chain = chain.map(|text| put(folder, "chain.toml", text.as_bytes()));
    if let Some(chain) = &chain {
        arguments.extend(["--chain", chain.to_str().unwrap()]);
    }
    runout(&arguments).ends_with(0);
    out
}

/// Samples of a file by hound, interleaved: of integers the numbers themselves.
fn by_hound(path: &Path) -> (hound::WavSpec, Vec<f64>) {
    let mut reader = hound::WavReader::open(path).expect("hound reads what we write");
    let spec = reader.spec();
    let samples = match spec.sample_format {
        hound::SampleFormat::Float => reader.samples::<f32>().map(|sample| f64::from(sample.unwrap())).collect(),
        hound::SampleFormat::Int => reader.samples::<i32>().map(|sample| f64::from(sample.unwrap())).collect(),
    };
    (spec, samples)
}

/// Music well below the ceiling of the default chain.
fn quiet_music(rate_hz: u32, channels: usize) -> Vec<Vec<f32>> {
    let music = music::music(3, f64::from(rate_hz), 1.3, channels);
    let peak = signals::sample_peak(&music);
    signals::scaled(&music, 0.4 / f64::from(peak))
}

#[test]
fn what_stays_below_the_ceiling_is_copied_bit_for_bit() {
    let folder = folder();
    for (store, depth) in [
        (Store::Float(32), "32f"),
        (Store::Integer(24), "32f"),
        (Store::Integer(24), "24"),
        (Store::Integer(16), "16"),
        (Store::Integer(16), "24"),
    ] {
        for (rate_hz, channels) in [(44_100, 2), (96_000, 1)] {
            let mix = put_wav(&folder, "mix.wav", store, rate_hz, &quiet_music(rate_hz, channels));
            let out = mastered(&folder, &mix, depth, None);
            // Sample by sample, so that length and the trimming of the latency are proven with it.
            assert_eq!(decoded(&out, channels), decoded(&mix, channels), "{store:?} to {depth}, {channels} channels");
        }
    }
}

#[test]
fn the_head_says_what_the_file_holds() {
    let folder = folder();
    for (depth, bits, format) in [
        ("16", 16, hound::SampleFormat::Int),
        ("24", 24, hound::SampleFormat::Int),
        ("32f", 32, hound::SampleFormat::Float),
    ] {
        // An odd number of frames of one channel: at 24 bit the samples' chunk is padded.
        let plane = signals::noise(5, 0.1, 12_345);
        let mix = put_wav(&folder, "mix.wav", Store::Float(32), 88_200, &[plane]);
        let out = mastered(&folder, &mix, depth, None);
        let (spec, samples) = by_hound(&out);
        assert_eq!(
            (spec.channels, spec.sample_rate, spec.bits_per_sample, spec.sample_format),
            (1, 88_200, bits, format)
        );
        assert_eq!(samples.len(), 12_345);
        let bytes = std::fs::read(&out).unwrap();
        let riff = u32::from_le_bytes(bytes[4..8].try_into().unwrap());
        assert_eq!((riff as usize + 8, bytes.len() % 2), (bytes.len(), 0));
        assert_eq!(decoded(&out, 1)[0].len(), 12_345, "by ffmpeg");
    }
}

#[test]
fn dropped_bits_are_dithered_with_a_noise_of_known_level() {
    let folder = folder();
    // A sine at -20 dBFS whose steps at 16 bits never repeat: the error is the noise.
    let sine = signals::sine(997.0, 0.1, 0.0, 48_000.0, 480_000);
    let mix = put_wav(&folder, "mix.wav", Store::Float(32), 48_000, std::slice::from_ref(&sine));
    let chain = "version = 1\n[limiter]\nenabled = false\n";
    let level_dbfs = |out: &Path| {
        let (_, samples) = by_hound(out);
        let errors = samples.iter().zip(&sine).map(|(code, sample)| code / 32_768.0 - f64::from(*sample));
        let power = errors.map(|error| error * error).sum::<f64>() / samples.len() as f64;
        // Against the power of a full-scale sine, 1/2.
        10.0 * (power / 0.5).log10()
    };
    // TPDF of 2 LSB: 1/4 LSB^2 in all. 480000 samples leave a deviation of 0.01 dB.
    let auto = mastered(&folder, &mix, "16", Some(chain));
    assert!((level_dbfs(&auto) + 93.32).abs() < 0.2, "{}", level_dbfs(&auto));
    let first = std::fs::read(&auto).unwrap();
    assert!(std::fs::read(mastered(&folder, &mix, "16", Some(chain))).unwrap() == first, "two renders are equal");
    let seeded = format!("{chain}[output]\nseed = 2\n");
    assert!(
        std::fs::read(mastered(&folder, &mix, "16", Some(&seeded))).unwrap() != first,
        "another seed, another noise"
    );
    // Without dither the error is that of rounding, 1/12 LSB^2, 4.77 dB less.
    let none = format!("{chain}[output]\ndither = \"none\"\n");
    let rounded = level_dbfs(&mastered(&folder, &mix, "16", Some(&none)));
    assert!((rounded + 98.09).abs() < 0.2, "{rounded}");
}

#[test]
fn silence_stays_silence_after_dither() {
    let folder = folder();
    let mut planes = signals::in_channels(&signals::sine(440.0, 0.1, 0.0, 48_000.0, 24_000), 2);
    planes.iter_mut().for_each(|plane| plane.extend([0.0; 24_000]));
    let mix = put_wav(&folder, "mix.wav", Store::Float(32), 48_000, &planes);
    let (_, samples) = by_hound(&mastered(&folder, &mix, "16", None));
    // Dither lasts 64 frames into silence, so that a zero crossing keeps it.
    assert!(samples[2 * (24_000 + 64)..].iter().all(|sample| *sample == 0.0));
}

/// Writes noise with a limit on the size of plain RIFF, and returns the file and its samples.
fn with_limit(folder: &TempDir, largest_riff_bytes: u64, depth: FileDepth) -> (PathBuf, Vec<Vec<f32>>) {
    let path = folder.path().join(format!("{largest_riff_bytes}.wav"));
    let form = WavForm { sample_rate_hz: 48_000, channels: 2, depth };
    let mut planes = signals::in_channels(&signals::noise(9, 0.5, 10_007), 2);
    let mut sink = WavSink::create(&path, form, Existing::Replace, largest_riff_bytes).unwrap();
    for start in (0..10_007).step_by(997) {
        let end = (start + 997).min(10_007);
        let block: Vec<&mut [f32]> = planes.iter_mut().map(|plane| &mut plane[start..end]).collect();
        sink.write(&block).unwrap();
    }
    Box::new(sink).complete(None).unwrap();
    (path, planes)
}

#[test]
fn a_file_that_outgrows_its_sizes_becomes_rf64() {
    let folder = folder();
    for depth in [FileDepth::Float32, FileDepth::Integer24] {
        let (plain, _) = with_limit(&folder, LARGEST_RIFF_BYTES, depth);
        let length = plain.metadata().unwrap().len();
        let (long, planes) = with_limit(&folder, length - 9, depth);
        let bytes = std::fs::read(&long).unwrap();
        assert_eq!((&bytes[..4], &bytes[12..16], bytes.len() as u64), (&b"RF64"[..], &b"ds64"[..], length));
        let (exact, _) = with_limit(&folder, length - 8, depth);
        assert_eq!(&std::fs::read(&exact).unwrap()[..4], b"RIFF", "what fits stays plain");
        assert_eq!(decoded(&long, 2), decoded(&plain, 2), "ffmpeg reads both alike");
        let frames = audio_source::open(&long).unwrap().format().frames;
        assert_eq!(frames, Some(10_007));
        if depth == FileDepth::Float32 {
            assert_eq!(decoded(&long, 2), planes);
        }
    }
}

#[test]
fn a_master_of_an_rf64_file_is_that_of_the_same_wav() {
    let folder = folder();
    let mix = put_wav(&folder, "mix.wav", Store::Integer(24), 48_000, &quiet_music(48_000, 2));
    let rf64 = folder.path().join("rf64.wav");
    ffmpeg(&["-i", mix.to_str().unwrap(), "-c:a", "pcm_s24le", "-rf64", "always", rf64.to_str().unwrap()]);
    let first = std::fs::read(mastered(&folder, &mix, "24", None)).unwrap();
    assert!(std::fs::read(mastered(&folder, &rf64, "24", None)).unwrap() == first);
}
