//! An album from its checked file to the delivered folder: tracks side by side -> streams of each rate -> files of each
//! format side by side -> cue sheet, report, manifest and sums -> its place.

use std::path::Path;

use runout_dsp_core::targets::{Target, Verdict};

use super::checks::Checked;
use super::cue::{CueHead, CueTrack, cue_sheet};
use super::file::{AlbumFile, Levels};
use super::files::{Material, ceiling_only, pieces};
use super::levels::wanted_lufs;
use super::outcome::{AlbumOutcome, DeliveredFile, JoinKind, JoinOutcome, TrackOutcome};
use super::outputs::{CHECKSUMS, MANIFEST, REPORT, every_file};
use super::proof;
use super::stream::Stream;
use super::timeline::Plan;
use super::track::{RenderedTrack, Track, steps};
use super::workshop::Workshop;
use crate::audio_sink::Existing;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::report::{album_json, pretty};
use crate::workers::in_parallel;

/// How many steps of progress an album is.
pub fn all_steps(album: &AlbumFile, checked: &Checked) -> u64 {
    let streams: u64 = streams(checked).iter().map(|(plan, rate_hz)| plan.total_at(*rate_hz)).sum();
    let files: u64 = checked
        .outputs
        .iter()
        .map(|format| {
            let rate_hz = format.delivery.sample_rate_hz();
            checked.plan.total_at(rate_hz) * if format.delivery.file_format().is_lossy() { 2 } else { 1 }
        })
        .sum();
    steps(album, checked) + streams + files
}

/// Produces an album and brings it to `folder`. `jobs` pieces of work are done at a time; the result does not depend on it.
///
/// # Errors
/// A mix cannot be read to its end, something cannot be written, or the user interrupts; then nothing was made or changed.
pub fn produce(
    album: &AlbumFile,
    checked: &Checked,
    folder: &Path,
    existing: Existing,
    jobs: usize,
    progress: &Progress,
) -> Result<AlbumOutcome, Failure> {
    let workshop = Workshop::open(folder)?;
    let made = make(album, checked, &workshop, jobs, progress);
    let outcome = made.map_err(|failure| workshop.in_users_words(failure))?;
    workshop.deliver(&every_file(&checked.outputs), existing)?;
    Ok(outcome)
}

fn make(
    album: &AlbumFile,
    checked: &Checked,
    workshop: &Workshop,
    jobs: usize,
    progress: &Progress,
) -> Result<AlbumOutcome, Failure> {
    let count = album.tracks.len();
    progress.say("measuring the tracks");
    let begun = in_parallel(count, jobs, |index| Track::begin(album, checked, index, progress))?;
    let rendered_lufs: Vec<f64> = begun.iter().map(|track| track.rendered_lufs).collect();
    let gains_db: Vec<f64> = album.tracks.iter().map(|track| track.gain_db).collect();
    let target_lufs = album.target.and_then(|target| target.integrated_lufs);
    let wanted = wanted_lufs(album.levels, target_lufs, &rendered_lufs, &gains_db);
    let targets: Vec<Option<Target>> = wanted.iter().map(|wanted| target_of(album, *wanted)).collect();

    progress.say("rendering the tracks");
    let finish = |index: usize| begun[index].finish(targets[index].as_ref(), workshop, progress);
    let tracks: Vec<RenderedTrack> = in_parallel(count, jobs, finish)?;

    progress.say("joining the tracks");
    let wanted_streams = streams(checked);
    let streams = in_parallel(wanted_streams.len(), jobs, |index| {
        let (plan, rate_hz) = wanted_streams[index];
        let progress = progress.share(plan.total_at(rate_hz));
        Stream::render(plan, rate_hz, checked.channels, &tracks, workshop, &progress)
    })?;

    progress.say("writing the files");
    let material = Material { album, checked, tracks: &tracks, targets: &targets, workshop };
    let pieces = pieces(checked, &streams);
    let files = in_parallel(pieces.len(), jobs, |index| material.make(pieces[index], progress))?;
    let tracks_of_files = pieces.iter().map(|piece| piece.track);
    let files: Vec<(Option<usize>, DeliveredFile)> = tracks_of_files.zip(files).collect();
    let outcome = outcome(&material, &streams, files);
    write_texts(album, checked, &outcome, workshop)?;
    Ok(outcome)
}

/// The rule that a track is brought to and judged by: with the loudness that it is to have, or without one.
fn target_of(album: &AlbumFile, wanted_lufs: Option<f64>) -> Option<Target> {
    album.target.map(|target| Target { integrated_lufs: wanted_lufs, ..target })
}

/// The streams that the formats are made from: each layout at each rate once, in the order of the formats.
fn streams(checked: &Checked) -> Vec<(&Plan, u32)> {
    let mut streams: Vec<(&Plan, u32)> = Vec::new();
    for format in &checked.outputs {
        let plan = match &checked.image {
            Some(image) if format.delivery.is_image() => image,
            _ => &checked.plan,
        };
        let stream = (plan, format.delivery.sample_rate_hz());
        if !streams.iter().any(|(known, rate_hz)| known.layout == plan.layout && *rate_hz == stream.1) {
            streams.push(stream);
        }
    }
    streams
}

/// What came of it. The tracks are held against each other as they stand in the first format.
fn outcome(material: &Material<'_>, streams: &[Stream], files: Vec<(Option<usize>, DeliveredFile)>) -> AlbumOutcome {
    let Material { album, checked, tracks, targets, .. } = *material;
    let heard = &streams[0];
    let mut images = Vec::new();
    let mut delivered: Vec<Vec<DeliveredFile>> = vec![Vec::new(); tracks.len()];
    for (track, file) in files {
        match track {
            Some(track) => delivered[track].push(file),
            None => images.push(file),
        }
    }
    let of_tracks = delivered.into_iter().enumerate().map(|(index, delivered)| {
        let (entry, track) = (&album.tracks[index], &tracks[index]);
        let output = checked.tracks[index].settings.output;
        let is_found = targets[index].is_some_and(|target| target.integrated_lufs.is_some());
        TrackOutcome {
            number: index + 1,
            title: entry.title.clone(),
            isrc: entry.isrc.clone(),
            file: entry.reported_file(),
            input: track.input.clone(),
            settings: runout_dsp_core::settings::ChainSettings { output, ..track.settings },
            input_gain_db: is_found.then(|| f64::from(track.settings.limiter.input_gain_db)),
            reason: track.shortfall.clone(),
            gain_reduction_db: track.gain_reduction_db,
            profile: heard.parts[index].profile.clone(),
            delivered,
        }
    });
    let of_tracks: Vec<TrackOutcome> = of_tracks.collect();
    let mut outcome = AlbumOutcome {
        title: album.title.clone(),
        artist: album.artist.clone(),
        upc: album.upc.clone(),
        formats: album.formats.iter().map(|format| format.folder_name()).collect(),
        tracks: of_tracks,
        images,
        joins: joins(checked, heard),
        verdict: None,
        notices: checked.notices.clone(),
    };
    outcome.verdict = verdict(album, &outcome);
    outcome
}

/// The album against its rule: as a whole where each track was brought to it, by its loudest track where the album was, and
/// by its peaks alone where the levels stayed.
fn verdict(album: &AlbumFile, outcome: &AlbumOutcome) -> Option<Verdict> {
    let target = album.target?;
    let readings = outcome.profile()?.readings;
    let loudest = outcome.tracks.iter().map(|track| track.profile.readings.integrated_lufs);
    let (target, lufs) = match album.levels {
        Levels::Track if album.tracks.iter().all(|track| track.gain_db == 0.0) => (target, readings.integrated_lufs),
        Levels::Album => (target, loudest.fold(f64::NEG_INFINITY, f64::max)),
        Levels::Track | Levels::AsIs => (ceiling_only(target), readings.integrated_lufs),
    };
    Some(Verdict::new(&target, None, lufs, readings.true_peak_max_dbtp()))
}

fn joins(checked: &Checked, heard: &Stream) -> Vec<JoinOutcome> {
    let plan = match &checked.image {
        Some(image) if heard.is_image => image,
        _ => &checked.plan,
    };
    let seconds = |frames: u64| frames as f64 / f64::from(plan.sample_rate_hz);
    let join = |(index, (pair, peak)): (usize, (&[super::timeline::Placement], &f64))| JoinOutcome {
        tracks: [index + 1, index + 2],
        kind: match pair[1].start.checked_sub(pair[0].end()) {
            Some(gap) => JoinKind::Gap(seconds(gap)),
            None => JoinKind::Crossfade(seconds(pair[0].end() - pair[1].start)),
        },
        true_peak_dbtp: *peak,
    };
    plan.tracks.windows(2).zip(&heard.join_peaks_dbtp).enumerate().map(join).collect()
}

/// Cue sheet, report, manifest and sums.
fn write_texts(
    album: &AlbumFile,
    checked: &Checked,
    outcome: &AlbumOutcome,
    workshop: &Workshop,
) -> Result<(), Failure> {
    let delivery = workshop.delivery();
    let write = |name: &str, text: &str| proof::write(&delivery, name, text, Existing::Keep);
    for format in &checked.outputs {
        if let (Some(cue), Some(image)) = (&format.cue, &checked.image) {
            let sheet = sheet(album, image, &format.audio[0]);
            write(&cue.to_string_lossy(), &sheet)?;
        }
    }
    write(REPORT, &pretty(&album_json(outcome)))?;
    write(MANIFEST, &pretty(&proof::manifest(outcome)))?;
    let mut sums = Vec::new();
    for path in every_file(&checked.outputs).iter().filter(|path| *path != Path::new(CHECKSUMS)) {
        let name = path.iter().map(|name| name.to_string_lossy()).collect::<Vec<_>>().join("/");
        sums.push(proof::sum(&delivery, &name)?);
    }
    write(CHECKSUMS, &proof::checksums(&sums))
}

/// The cue sheet of an image's plan; `file` is the image.
fn sheet(album: &AlbumFile, image: &Plan, file: &Path) -> String {
    let file_name = file.file_name().unwrap_or_default().to_string_lossy();
    let head = CueHead {
        title: &album.title,
        performer: &album.artist,
        upc: album.upc.as_deref(),
        date: album.date.as_deref(),
        genre: album.genre.as_deref(),
        file_name: &file_name,
    };
    let placed = album.tracks.iter().zip(&image.tracks);
    let tracks: Vec<CueTrack<'_>> = placed
        .filter_map(|(entry, place)| {
            Some(CueTrack {
                title: &entry.title,
                performer: album.artist_of(entry),
                isrc: entry.isrc.as_deref(),
                marks: place.marks?,
            })
        })
        .collect();
    cue_sheet(&head, &tracks)
}
