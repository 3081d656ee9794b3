//! What `runout album` prints.

use runout_dsp_core::loudness::Readings;

use crate::album::outcome::{AlbumOutcome, DeliveredFile, JoinKind};
use crate::album::streaming::Playback;
use crate::report::advice;
use crate::report::text::{clock, level, loudness_range, table, verdict_line};

/// The tracks, the joins, what to hear again, what platforms will do, and what was noted.
pub fn album_text(album: &AlbumOutcome) -> String {
    let mut parts = vec![format!("{}: {}\n", album.artist, album.title), tracks(album)];
    parts.push(verdicts(album));
    if !album.joins.is_empty() {
        parts.push(joins(album));
    }
    let flags: String = album.continuity().flags.iter().map(|flag| format!("{}\n", flag.text)).collect();
    parts.push(if flags.is_empty() {
        "The tracks hold together.\n".to_owned()
    } else {
        format!("To hear again:\n{flags}")
    });
    parts.push(streaming(&album.playback(), album));
    parts.push(album.notices.iter().map(|notice| format!("{notice}\n")).collect());
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

fn tracks(album: &AlbumOutcome) -> String {
    let cells = |values: [&str; 7]| values.map(str::to_owned).to_vec();
    let mut rows = vec![
        cells(["", "length", "integrated", "range", "true peak", "PLR", "limited"]),
        cells(["", "", "LUFS", "LU", "dBTP", "LU", "dB"]),
    ];
    let mut line = |name: String, duration_s: f64, readings: &Readings, gain_reduction_db: Option<f64>| {
        rows.push(vec![
            name,
            clock(duration_s),
            level(Some(readings.integrated_lufs)),
            level(loudness_range(readings)),
            level(Some(readings.true_peak_max_dbtp())),
            level(readings.plr_lu),
            level(gain_reduction_db),
        ]);
    };
    for track in &album.tracks {
        let profile = &track.profile;
        let name = format!("{:02} {}", track.number, track.title);
        line(name, profile.duration_s, &profile.readings, Some(track.gain_reduction_db));
    }
    if let Some(profile) = album.profile() {
        line("album".to_owned(), profile.duration_s, &profile.readings, None);
    }
    table(&rows, false)
}

/// The album against its target, and every file and track that misses it or peaks over its ceiling.
fn verdicts(album: &AlbumOutcome) -> String {
    let mut text = String::new();
    if let Some(verdict) = &album.verdict {
        text += &format!("{}\n", verdict_line(verdict, &advice(verdict)));
    }
    for track in &album.tracks {
        if let Some(reason) = &track.reason {
            text += &format!("{:02} {}: {reason}.\n", track.number, track.title);
        }
    }
    let files = album.tracks.iter().flat_map(|track| &track.delivered).chain(&album.images);
    text += &files.map(file_lines).collect::<String>();
    text
}

fn file_lines(file: &DeliveredFile) -> String {
    let mut text = String::new();
    if let Some(verdict) = file.verdict.as_ref().filter(|verdict| !verdict.passed()) {
        text += &format!("{}: {}\n", file.path, verdict_line(verdict, &advice(verdict)));
    }
    if let Some(overshoot) = file.overshoot {
        text += &format!(
            "{}: decoded, its true peak is {:.2} dB over the ceiling; one of {:.1} dBTP avoids that.\n",
            file.path, overshoot.over_db, overshoot.safe_ceiling_dbtp
        );
    }
    text
}

fn joins(album: &AlbumOutcome) -> String {
    let mut rows = vec![vec!["join".to_owned(), "how".to_owned(), "true peak".to_owned(), "dBTP".to_owned()]];
    for join in &album.joins {
        let how = match join.kind {
            JoinKind::Gap(0.0) => "no gap".to_owned(),
            JoinKind::Gap(gap_s) => format!("gap {gap_s:.3} s"),
            JoinKind::Crossfade(crossfade_s) => format!("crossfade {crossfade_s:.3} s"),
        };
        let [first, second] = join.tracks;
        rows.push(vec![format!("{first:02} to {second:02}"), how, level(Some(join.true_peak_dbtp)), String::new()]);
    }
    table(&rows, true)
}

/// One line a platform: the gain of the album, and that of each track alone.
fn streaming(playback: &[Playback], album: &AlbumOutcome) -> String {
    if playback.is_empty() {
        return String::new();
    }
    let mut head = vec!["played at, dB".to_owned(), "album".to_owned()];
    head.extend(album.tracks.iter().map(|track| format!("{:02}", track.number)));
    let gain = |gain_db: &Option<f64>| match gain_db {
        // The sum makes a negative zero positive.
        Some(gain_db) => format!("{:+.1}", (gain_db * 10.0).round() / 10.0 + 0.0),
        None => "-".to_owned(),
    };
    let mut rows = vec![head];
    for platform in playback {
        let mut row = vec![platform.target.name.to_owned(), gain(&platform.album_gain_db)];
        row.extend(platform.track_gains_db.iter().map(gain));
        rows.push(row);
    }
    table(&rows, false)
}
