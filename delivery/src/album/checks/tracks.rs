//! Mixes and chains: what can be read, and how the tracks' edges fit.

use std::ops::Range;

use runout_dsp_core::settings::{ChainSettings, INPUT};

use super::CheckedTrack;
use crate::album::file::{AlbumFile, TrackEntry};
use crate::album::timeline::excerpt;
use crate::audio_source::{self, AudioFormat};
use crate::failure::Failure;
use crate::interrupt;
use crate::master::checked_format;
use crate::text_file::read_chain;

/// Frames that are read at once where they must be counted.
const BLOCK_FRAMES: usize = 4096;

/// What a track's files say.
pub struct Read {
    /// What the mix holds; the number of frames is known.
    pub format: AudioFormat,
    /// What the trims leave of it.
    pub excerpt: Range<u64>,
    /// The chain, with the track's gain at its input.
    pub settings: ChainSettings,
}

/// Reads what is needed of a track's files. Nothing where that is not possible; the problems say why.
pub fn read(album: &AlbumFile, index: usize, problems: &mut Vec<Failure>) -> Option<Read> {
    let entry = album.tracks.get(index)?;
    let before = problems.len();
    let mut field = |name: &str, failure: Failure| {
        problems.push(match failure {
            Failure::Interrupted => failure,
            Failure::Refused(line) => album.about(&format!("track.{}.{name}", index + 1), line),
        });
    };
    let settings = match &entry.chain {
        Some(path) => read_chain(path).map_err(|failure| field("chain", failure)).unwrap_or_default(),
        None => ChainSettings::default(),
    };
    let settings =
        with_gain(settings, entry.gain_db).map_err(|what| field("gain_db", Failure::new(what))).unwrap_or(settings);
    let format = checked_format(&entry.file).and_then(|format| counted(entry, format));
    let format = format.map_err(|failure| field("file", failure)).ok()?;
    let (frames, rate) = (format.frames?, format.sample_rate_hz);
    let Some(excerpt) = excerpt(frames, rate, entry.trim_start_s, entry.trim_end_s) else {
        let trimmed = if entry.trim_start_s > 0.0 { "trim_start_s" } else { "trim_end_s" };
        let length_s = frames as f64 / f64::from(rate);
        let what = format!("the trims leave nothing of the {length_s:.3} s of {}", crate::failure::shown(&entry.file));
        field(trimmed, Failure::new(what));
        return None;
    };
    (problems.len() == before).then_some(Read { format, excerpt, settings })
}

/// The chain with a track's gain at its input, before everything else.
fn with_gain(settings: ChainSettings, gain_db: f64) -> Result<ChainSettings, String> {
    let mut louder = settings;
    louder.input.gain_db = (f64::from(settings.input.gain_db) + gain_db) as f32;
    let range = INPUT.iter().find(|field| field.key == "gain_db").map(|field| field.kind.range());
    let (lowest, highest) = range.unwrap_or_default();
    if (lowest..=highest).contains(&louder.input.gain_db) {
        return Ok(louder);
    }
    let own = settings.input.gain_db;
    Err(format!("{gain_db} dB and the {own} dB of its chain's input are together beyond {lowest} to {highest} dB"))
}

/// The format with the number of frames, which some files do not say: then they are counted.
fn counted(entry: &TrackEntry, format: AudioFormat) -> Result<AudioFormat, Failure> {
    if format.frames.is_some() {
        return Ok(format);
    }
    let mut source = audio_source::open(&entry.file)?;
    let mut planes = vec![vec![0.0; BLOCK_FRAMES]; format.channels];
    let mut frames = 0;
    loop {
        interrupt::check()?;
        let mut block: Vec<&mut [f32]> = planes.iter_mut().map(Vec::as_mut_slice).collect();
        match source.read(&mut block)? {
            0 => return Ok(AudioFormat { frames: Some(frames), ..format }),
            read => frames += read as u64,
        }
    }
}

/// Whether fades and crossfades fit into the tracks.
pub fn check_edges(album: &AlbumFile, tracks: &[CheckedTrack], problems: &mut Vec<Failure>) {
    let mut into = 0;
    for (index, (entry, track)) in album.tracks.iter().zip(tracks).enumerate() {
        let number = index + 1;
        let rate = f64::from(track.format.sample_rate_hz);
        let length_s = (track.excerpt.end - track.excerpt.start) as f64 / rate;
        let (frames, envelope) = (track.part.frames, &track.envelope);
        let mut refuse = |name: &str, what: String| problems.push(album.about(&format!("track.{number}.{name}"), what));
        if envelope.fade_in.frames + envelope.fade_out.frames > frames {
            let sum_s = entry.fade_in_s + entry.fade_out_s;
            let name = if entry.fade_out_s > 0.0 { "fade_out_s" } else { "fade_in_s" };
            refuse(name, format!("the fades last {sum_s} s, longer than the {length_s:.3} s of the track"));
        }
        let out = track.part.crossfade_frames;
        if out > frames {
            refuse("crossfade_s", format!("is longer than the {length_s:.3} s of the track"));
        } else if into > frames {
            let before = format!("track.{index}.crossfade_s");
            problems.push(album.about(&before, format!("is longer than the {length_s:.3} s of the next track")));
        } else if into + out > frames {
            let what = "with the crossfade out of the track before is longer than";
            refuse("crossfade_s", format!("{what} the {length_s:.3} s of the track"));
        }
        // What does not fit into its own track is told once.
        into = if out > frames { 0 } else { out };
    }
}
