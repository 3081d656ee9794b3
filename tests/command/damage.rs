//! Does any damage end in samples or in one line, never in a panic?

use std::path::Path;

use runout_delivery::audio_source;
use runout_tests::random::Random;

use crate::files::{Store, folder, put_wav, tone};
use crate::oracles::ffmpeg;

/// Reads a file to its end, or to the first refusal.
fn read_through(path: &Path) -> Result<u64, String> {
    let mut source = audio_source::open(path).map_err(|failure| failure.to_string())?;
    let mut block = vec![vec![0f32; 4096]; source.format().channels];
    let mut frames = 0;
    loop {
        let mut slices: Vec<&mut [f32]> = block.iter_mut().map(Vec::as_mut_slice).collect();
        match source.read(&mut slices).map_err(|failure| failure.to_string())? {
            0 => return Ok(frames),
            read => frames += read as u64,
        }
    }
}

/// Bytes changed, cut out, put in, or set to the values that sizes fear most; half of it in the head.
fn damaged(whole: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..[1, 1, 2, 5, 40][random.below(5)] {
        let reach = if random.chance(0.5) { bytes.len() } else { bytes.len().min(300) };
        let place = random.below(reach - 64);
        match random.below(6) {
            0 => drop(bytes.drain(place..place + 1 + random.below(50))),
            1 => {
                drop(bytes.splice(place..place, (0..1 + random.below(30)).map(|value| value as u8).collect::<Vec<_>>()))
            }
            2 => bytes[place..place + 4].fill(0xff),
            3 => bytes[place..place + 4].fill(0),
            _ => bytes[place] = random.bits() as u8,
        }
    }
    bytes
}

#[test]
fn damaged_files_are_read_or_refused_in_one_line() {
    let folder = folder();
    let wav = put_wav(&folder, "x.wav", Store::Integer(24), 22_050, &tone(2, 22_050));
    let mut files = vec![wav.clone()];
    for (name, codec) in [("x.flac", "flac"), ("x.mp3", "libmp3lame"), ("x.ogg", "libvorbis"), ("x.aiff", "pcm_s16be")]
    {
        let file = folder.path().join(name);
        ffmpeg(&["-i", wav.to_str().unwrap(), "-c:a", codec, file.to_str().unwrap()]);
        files.push(file);
    }
    let seed = 0x5eed;
    println!("seed {seed:#x}");
    let mut random = Random::new(seed);
    let mut refused = 0;
    for file in &files {
        let whole = std::fs::read(file).unwrap();
        assert!(read_through(file).is_ok(), "{} is whole", file.display());
        let path = folder.path().join(format!("hit-{}", file.file_name().unwrap().to_str().unwrap()));
        for round in 0..150 {
            std::fs::write(&path, damaged(&whole, &mut random)).unwrap();
            if let Err(line) = read_through(&path) {
                refused += 1;
                assert!(line.starts_with(path.to_str().unwrap()), "{}, round {round}: {line}", path.display());
                assert_eq!(line.lines().count(), 1, "{line}");
            }
        }
    }
    // Most damage shows: what hits only the sound of a WAV, or of an MP3, does not.
    assert!(refused > 250, "only {refused} of 750 were refused");
}
