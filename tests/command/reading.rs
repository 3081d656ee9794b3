//! Is every format read sample by sample as it was written?

use std::path::Path;

use runout_delivery::audio_source::{self, SampleDepth};
use runout_tests::random::Random;

use crate::files::{Store, chunk, extensible_form, folder, form, interleaved, put, put_wav, riff, tone};
use crate::oracles::{decoded, decoded_by_sox, ffmpeg};

/// Every sample of a file by our reader, in blocks of an odd size.
fn read(path: &Path) -> Vec<Vec<f32>> {
    let mut source = audio_source::open(path).unwrap_or_else(|failure| panic!("{failure}"));
    let channels = source.format().channels;
    let mut planes = vec![Vec::new(); channels];
    loop {
        let mut block = vec![vec![f32::NAN; 1021]; channels];
        let mut slices: Vec<&mut [f32]> = block.iter_mut().map(Vec::as_mut_slice).collect();
        let frames = source.read(&mut slices).unwrap_or_else(|failure| panic!("{failure}"));
        planes.iter_mut().zip(&block).for_each(|(plane, block)| plane.extend(&block[..frames]));
        if frames < 1021 {
            break;
        }
    }
    if let Some(frames) = source.format().frames {
        assert_eq!(planes[0].len() as u64, frames, "the length that was announced");
    }
    planes
}

/// Noise of `frames` frames, the same for the same seed.
fn noise(seed: u64, channels: usize, frames: usize) -> Vec<Vec<f32>> {
    let mut random = Random::new(seed);
    (0..channels).map(|_| (0..frames).map(|_| random.bipolar() as f32).collect()).collect()
}

/// The largest difference of two signals of one length.
fn difference(one: &[Vec<f32>], other: &[Vec<f32>]) -> f32 {
    assert_eq!(one.iter().map(Vec::len).collect::<Vec<_>>(), other.iter().map(Vec::len).collect::<Vec<_>>());
    let pairs = one.iter().flatten().zip(other.iter().flatten());
    pairs.map(|(one, other)| (one - other).abs()).fold(0.0, f32::max)
}

#[test]
fn wav_of_every_depth_and_layout_is_read_as_ffmpeg_reads_it() {
    let folder = folder();
    for store in [Store::Integer(16), Store::Integer(24), Store::Integer(32), Store::Float(32), Store::Float(64)] {
        for channels in [1, 2, 6, 12] {
            let path = put_wav(&folder, "x.wav", store, 48_000, &noise(11, channels, 5003));
            // A 32-bit integer is rounded once to f32, by ffmpeg after a multiplication: half a step of f32 at 1.
            let tolerance = if store == Store::Integer(32) { 6e-8 } else { 0.0 };
            let worst = difference(&read(&path), &decoded(&path, channels));
            assert!(worst <= tolerance, "{store:?}, {channels} channels: {worst}");
        }
    }
}

#[test]
fn unknown_chunks_and_odd_sizes_are_skipped() {
    let folder = folder();
    let planes = noise(12, 1, 101);
    let store = Store::Integer(24);
    let file = riff(&[
        chunk(b"bext", &[1; 603]),
        chunk(b"fmt ", &form(store, 1, 44_100)),
        chunk(b"LIST", b"INFOx"),
        chunk(b"data", &interleaved(store, &planes)),
        chunk(b"id3 ", &[7; 33]),
    ]);
    let path = put(&folder, "odd.wav", &file);
    assert_eq!(difference(&read(&path), &decoded(&path, 1)), 0.0);
}

#[test]
fn the_extensible_form_says_depth_and_layout() {
    let folder = folder();
    let planes = noise(13, 6, 300);
    let store = Store::Integer(24);
    let file = riff(&[
        chunk(b"fmt ", &extensible_form(store, 6, 48_000, 20, 0x60f)),
        chunk(b"data", &interleaved(store, &planes)),
    ]);
    let path = put(&folder, "x.wav", &file);
    assert_eq!(audio_source::open(&path).unwrap().format().depth, SampleDepth::Integer(20));
    assert_eq!(difference(&read(&path), &decoded(&path, 6)), 0.0);
}

#[test]
fn rf64_and_bw64_and_streamed_wav_are_read() {
    let folder = folder();
    let planes = noise(14, 2, 4000);
    let path = put_wav(&folder, "plain.wav", Store::Integer(24), 48_000, &planes);
    let plain = path.to_str().unwrap();
    let rf64 = folder.path().join("long.wav");
    ffmpeg(&["-i", plain, "-c:a", "pcm_s24le", "-rf64", "always", rf64.to_str().unwrap()]);
    let mut bytes = std::fs::read(&rf64).unwrap();
    assert_eq!(&bytes[..4], b"RF64", "ffmpeg writes RF64 here");
    assert_eq!(difference(&read(&rf64), &read(&path)), 0.0);
    bytes[..4].copy_from_slice(b"BW64");
    assert_eq!(difference(&read(&put(&folder, "bw64.wav", &bytes)), &read(&path)), 0.0);
    // To a pipe ffmpeg cannot write the sizes, and says 0xffffffff.
    let streamed = put(&folder, "streamed.wav", &ffmpeg(&["-i", plain, "-c:a", "pcm_s24le", "-f", "wav", "-"]));
    assert_eq!(difference(&read(&streamed), &read(&path)), 0.0);
}

#[test]
fn flac_and_aiff_are_read_bit_for_bit() {
    let folder = folder();
    for (bits, codec) in [(16, "pcm_s16be"), (24, "pcm_s24be")] {
        for channels in [1, 2, 6] {
            let path = put_wav(&folder, "x.wav", Store::Integer(bits), 44_100, &noise(15, channels, 20_011));
            let wav = path.to_str().unwrap();
            let (flac, aiff) = (folder.path().join("x.flac"), folder.path().join("x.aiff"));
            let format = if bits == 16 { "s16" } else { "s32" };
            ffmpeg(&[
                "-i",
                wav,
                "-c:a",
                "flac",
                "-sample_fmt",
                format,
                "-bits_per_raw_sample",
                &bits.to_string(),
                flac.to_str().unwrap(),
            ]);
            ffmpeg(&["-i", wav, "-c:a", codec, aiff.to_str().unwrap()]);
            for file in [flac, aiff] {
                assert_eq!(
                    difference(&read(&file), &read(&path)),
                    0.0,
                    "{} of {bits} bit, {channels} channels",
                    file.display()
                );
                let depth = audio_source::open(&file).unwrap().format().depth;
                assert_eq!(depth, SampleDepth::Integer(u32::from(bits)), "{}", file.display());
            }
        }
    }
}

#[test]
fn lossy_files_are_decoded_as_others_do_and_trimmed_to_their_length() {
    let folder = folder();
    for rate_hz in [44_100, 48_000, 22_050] {
        let path = put_wav(&folder, "x.wav", Store::Integer(24), rate_hz, &tone(2, rate_hz));
        let wav = path.to_str().unwrap();
        for (name, codec) in [("x.mp3", "libmp3lame"), ("x.ogg", "libvorbis")] {
            let file = folder.path().join(name);
            ffmpeg(&["-i", wav, "-c:a", codec, file.to_str().unwrap()]);
            // ffmpeg 5.1 loses the last 128 frames of a Vorbis stream, sox keeps them; sox does not trim an MP3.
            let theirs = if codec == "libvorbis" { decoded_by_sox(&file, 2) } else { decoded(&file, 2) };
            let ours = read(&file);
            assert_eq!(ours[0].len(), rate_hz as usize, "{name} at {rate_hz} Hz keeps its length");
            // Two decoders of one stream: -90 dBFS, well below what either codec adds.
            let worst = difference(&ours, &theirs);
            assert!(worst < 3.2e-5, "{name} at {rate_hz} Hz: {worst}");
        }
    }
}

#[test]
fn an_mp3_without_a_stated_length_is_read_to_its_end() {
    let folder = folder();
    let path = put_wav(&folder, "x.wav", Store::Integer(16), 44_100, &tone(2, 44_100));
    let file = folder.path().join("x.mp3");
    ffmpeg(&["-i", path.to_str().unwrap(), "-write_xing", "0", "-q:a", "4", file.to_str().unwrap()]);
    let frames = read(&file)[0].len();
    // All of it, with the encoder's delay and padding, which nothing tells from music.
    assert!((44_100..44_100 + 4 * 1152).contains(&frames), "{frames}");
}

#[test]
fn a_surround_ogg_keeps_its_channels_in_order() {
    let folder = folder();
    // Each channel its own level; the LFE low, as the encoder keeps only low frequencies of it.
    let planes: Vec<Vec<f32>> = (0..6)
        .map(|channel| runout_tests::signals::sine(60.0, 0.1 * f64::from(channel + 1), 0.0, 48_000.0, 48_000))
        .collect();
    let path = put_wav(&folder, "x.wav", Store::Integer(16), 48_000, &planes);
    let file = folder.path().join("x.ogg");
    ffmpeg(&["-i", path.to_str().unwrap(), "-c:a", "libvorbis", "-q:a", "8", file.to_str().unwrap()]);
    // By level, as ffmpeg drops the end; channels that change places would differ by 0.1.
    let theirs = decoded(&file, 6);
    for (channel, (ours, theirs)) in read(&file).iter().zip(&theirs).enumerate() {
        let (ours, theirs) = (level(ours), level(theirs));
        assert!((ours - theirs).abs() < 0.002, "channel {channel}: {ours}, by ffmpeg {theirs}");
    }
}

/// The amplitude of a sine with the signal's power.
fn level(plane: &[f32]) -> f64 {
    let power = plane.iter().map(|sample| f64::from(sample * sample)).sum::<f64>() / plane.len() as f64;
    (2.0 * power).sqrt()
}
