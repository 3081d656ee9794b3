//! All that can be asked before the work starts, so that no hour is spent on an album that cannot be delivered.
//!
//! Every problem is collected: mixes and chains, then how the tracks fit together, then what would be written and where.
//! Nothing is written.

mod folder;
mod space;
mod tracks;

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use runout_dsp_core::settings::ChainSettings;

use super::fade::{Envelope, Fade};
use super::file::AlbumFile;
use super::format::CD_RATE_HZ;
use super::names;
use super::outputs::{FormatFiles, every_file, outputs};
use super::timeline::{CD_FRAMES_PER_S, LONGEST_CD_FRAMES, Layout, Part, Plan, SHORTEST_TRACK_CD_FRAMES, frames_of};
use crate::audio_sink::Existing;
use crate::audio_source::AudioFormat;
use crate::failure::Failure;
use crate::rate::converted_frames;
use crate::tags::Picture;

/// A track that can be rendered.
#[derive(Clone, Debug)]
pub struct CheckedTrack {
    /// What its file holds; the number of frames is known.
    pub format: AudioFormat,
    /// What the trims leave of it, frames at its own rate.
    pub excerpt: Range<u64>,
    /// Its chain.
    pub settings: ChainSettings,
    /// Its part of the timeline, at the working rate.
    pub part: Part,
    /// Its fades and its halves of crossfades, at the working rate.
    pub envelope: Envelope,
}

/// An album that can be delivered, as far as that can be known.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The rate that tracks are rendered and joined at: the highest of the mixes', Hz.
    pub sample_rate_hz: u32,
    /// Channels of the delivered tracks: 2 where one mix has them, or where there is an image.
    pub channels: usize,
    /// The tracks, in order.
    pub tracks: Vec<CheckedTrack>,
    /// The timeline that files are cut from.
    pub plan: Plan,
    /// The timeline of the image, where one is delivered.
    pub image: Option<Plan>,
    /// What is delivered.
    pub outputs: Vec<FormatFiles>,
    /// The cover.
    pub picture: Option<Arc<Picture>>,
    /// About how many bytes the delivery and the files on the way take.
    pub needed_bytes: u64,
    /// What is done that was not asked for: lines to say.
    pub notices: Vec<String>,
}

/// Checks an album that would be delivered to `folder`.
///
/// # Errors
/// Every problem, one line each; or that the user interrupts.
pub fn check(album: &AlbumFile, folder: &Path, existing: Existing) -> Result<Checked, Vec<Failure>> {
    let mut problems = Vec::new();
    let outputs = outputs(album);
    check_names(album, &outputs, &mut problems);
    let picture = read_picture(album).map_err(|problem| problems.push(problem)).unwrap_or(None);
    folder::check(album, folder, &every_file(&outputs), existing, &mut problems);
    let read: Vec<Option<tracks::Read>> =
        (0..album.tracks.len()).map(|index| tracks::read(album, index, &mut problems)).collect();
    let read: Option<Vec<tracks::Read>> = read.into_iter().collect();
    // How tracks fit together is known only of tracks that can be read.
    let Some(read) = read else { return Err(problems) };
    let rates = read.iter().map(|track| track.format.sample_rate_hz);
    let sample_rate_hz = rates.max().unwrap_or(CD_RATE_HZ);
    let one_has_two = read.iter().any(|track| track.format.channels > 1);
    let channels = if one_has_two || album.has_image() { 2 } else { 1 };
    check_formats(album, folder, channels, &mut problems);
    let notices = notices(album, &read, sample_rate_hz, channels);
    let tracks = fitted(album, read, sample_rate_hz);
    tracks::check_edges(album, &tracks, &mut problems);
    let parts: Vec<Part> = tracks.iter().map(|track| track.part).collect();
    let plan = Plan::new(Layout::Files, sample_rate_hz, &parts);
    let image = album.has_image().then(|| Plan::new(Layout::Image, sample_rate_hz, &parts)).transpose();
    // Where crossfades do not fit, the edges have been told.
    let (Ok(plan), Ok(image)) = (plan, image) else { return Err(problems) };
    if let Some(image) = &image {
        check_cd(album, image, &mut problems);
    }
    let picture_bytes = picture.as_ref().map_or(0, |picture| picture.bytes.len() as u64);
    let needed_bytes = space::needed_bytes(&outputs, &plan, image.as_ref(), channels, picture_bytes);
    if problems.is_empty() {
        problems.extend(space::check(folder, needed_bytes, |path| fs4::available_space(path)).err());
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Checked { sample_rate_hz, channels, tracks, plan, image, outputs, picture, needed_bytes, notices })
}

/// The cover, where there is one.
fn read_picture(album: &AlbumFile) -> Result<Option<Arc<Picture>>, Failure> {
    let read = album.picture.as_deref().map(Picture::read).transpose();
    read.map(|picture| picture.map(Arc::new)).map_err(|failure| album.about("picture", failure))
}

/// Formats that cannot hold their rate.
fn check_formats(album: &AlbumFile, folder: &Path, channels: usize, problems: &mut Vec<Failure>) {
    for delivery in &album.formats {
        let checked = delivery.check(&folder.join(&delivery.word), channels);
        problems.extend(checked.err().map(|failure| album.about("formats", failure)));
    }
}

/// Names that are too long or twice the same.
fn check_names(album: &AlbumFile, outputs: &[FormatFiles], problems: &mut Vec<Failure>) {
    let name_of = |path: &PathBuf| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut refuse = |names: Vec<String>, field: &str| {
        let longest = names.iter().max_by_key(|name| name.len());
        problems.extend(longest.and_then(|name| names::check_length(name).err()).map(|what| album.about(field, what)));
    };
    let (images, by_track): (Vec<&FormatFiles>, Vec<&FormatFiles>) =
        outputs.iter().partition(|format| format.delivery.is_image());
    refuse(images.iter().flat_map(|format| format.audio.iter().chain(&format.cue).map(name_of)).collect(), "title");
    for index in 0..album.tracks.len() {
        let names = by_track.iter().filter_map(|format| format.audio.get(index)).map(name_of).collect();
        refuse(names, &format!("track.{}.title", index + 1));
    }
    for (first, second) in names::duplicates(&every_file(outputs)) {
        let what = format!("would be written twice, as {} too", crate::failure::shown(first));
        problems.push(Failure::about(second, what));
    }
}

/// The tracks in frames at the working rate.
fn fitted(album: &AlbumFile, read: Vec<tracks::Read>, sample_rate_hz: u32) -> Vec<CheckedTrack> {
    let mut crossfade_in = Fade::default();
    let mut fitted = Vec::with_capacity(read.len());
    for (entry, read) in album.tracks.iter().zip(read) {
        let at = |seconds| frames_of(seconds, sample_rate_hz);
        let fade = |seconds| Fade { frames: at(seconds), shape: entry.fade_shape };
        let length = read.excerpt.end - read.excerpt.start;
        let frames = converted_frames(length, read.format.sample_rate_hz, sample_rate_hz);
        let crossfade_out = fade(entry.crossfade_s);
        let (fade_in, fade_out) = (fade(entry.fade_in_s), fade(entry.fade_out_s));
        fitted.push(CheckedTrack {
            format: read.format,
            excerpt: read.excerpt,
            settings: read.settings,
            part: Part { frames, gap_before_frames: at(entry.gap_before_s), crossfade_frames: crossfade_out.frames },
            envelope: Envelope { frames, fade_in, fade_out, crossfade_in, crossfade_out },
        });
        crossfade_in = crossfade_out;
    }
    fitted
}

/// What is done that was not asked for.
fn notices(album: &AlbumFile, read: &[tracks::Read], sample_rate_hz: u32, channels: usize) -> Vec<String> {
    let mut notices = Vec::new();
    for (entry, track) in album.tracks.iter().zip(read) {
        let own_hz = track.format.sample_rate_hz;
        let mut tell = |what: String| notices.push(Failure::about(&entry.file, what).to_string());
        if own_hz != sample_rate_hz {
            tell(format!("has {own_hz} Hz: it is converted to {sample_rate_hz} Hz, the highest of the album"));
        }
        if track.format.channels < channels {
            tell("is mono: it is delivered as stereo, alike on both sides".to_owned());
        }
    }
    notices
}

/// The rules of a CD (IEC 60908).
fn check_cd(album: &AlbumFile, image: &Plan, problems: &mut Vec<Failure>) {
    for index in 0..album.tracks.len() {
        let frames = image.cd_frames_of(index);
        if frames < SHORTEST_TRACK_CD_FRAMES {
            let seconds = frames as f64 / CD_FRAMES_PER_S as f64;
            let what = format!(
                "lasts {seconds:.2} s: a track of a CD lasts 4 s or more; leave image-cd out, or join it to another"
            );
            problems.push(album.about(&format!("track.{}.file", index + 1), what));
        }
    }
    let total = image.cd_frames.unwrap_or(0);
    if total > LONGEST_CD_FRAMES {
        let (minutes, seconds) = (total / CD_FRAMES_PER_S / 60, total / CD_FRAMES_PER_S % 60);
        let what = format!("the image would last {minutes}:{seconds:02}: a CD holds 79:57 at most; leave image-cd out");
        problems.push(album.about("formats", what));
    }
}

#[cfg(test)]
mod tests;
