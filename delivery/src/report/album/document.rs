//! `report.json`: everything that was measured and found. Silence is `null`; no clock time, host or path outside the
//! album's folder.

use serde_json::{Map, Value, json};

use crate::album::continuity::{Continuity, Distances, Flag, Passage};
use crate::album::outcome::{AlbumOutcome, DeliveredFile, JoinKind, JoinOutcome, TrackOutcome};
use crate::album::profile::{NOMINAL_HZ, Profile, REGIONS};
use crate::album::streaming::Playback;
use crate::report::json::{chain_json, number, optional, readings_json, verdict_json};

/// The whole document.
pub fn album_json(album: &AlbumOutcome) -> Value {
    let continuity = album.continuity();
    let list = |values: Vec<Value>| Value::Array(values);
    json!({
        "album": head(album),
        "tracks": list(album.tracks.iter().map(track_json).collect()),
        "images": list(album.images.iter().map(delivered_json).collect()),
        "joins": list(album.joins.iter().map(join_json).collect()),
        "continuity": continuity_json(album, &continuity),
        "streaming": list(album.playback().iter().map(playback_json).collect()),
        "notices": album.notices,
    })
}

fn head(album: &AlbumOutcome) -> Value {
    let mut fields = object(json!({ "title": album.title, "artist": album.artist, "upc": album.upc }));
    if let Some(profile) = album.profile() {
        fields.extend(profile_json(&profile));
    }
    fields.insert("target".to_owned(), album.verdict.as_ref().map_or(Value::Null, verdict_json));
    fields.into()
}

fn track_json(track: &TrackOutcome) -> Value {
    let input = &track.input;
    let mut mix = object(json!({
        "sample_rate": input.format.sample_rate_hz,
        "channels": input.format.channels,
        "depth": input.format.depth.text(),
        "duration_s": number(input.duration_s(), 6),
    }));
    mix.extend(readings_json(&input.readings));
    mix.insert("silenced_samples".to_owned(), input.silenced_samples.into());
    json!({
        "number": track.number,
        "title": track.title,
        "isrc": track.isrc,
        "file": track.file,
        "input": mix,
        "chain": chain_json(&track.settings),
        "input_gain_db": optional(track.input_gain_db, 4),
        "reason": track.reason,
        "gain_reduction_db": number(track.gain_reduction_db, 4),
        "rendered": profile_json(&track.profile),
        "delivered": track.delivered.iter().map(delivered_json).collect::<Vec<_>>(),
    })
}

/// Readings, spectrum, width and crest of a track or of the album.
fn profile_json(profile: &Profile) -> Map<String, Value> {
    let spectrum = &profile.spectrum;
    let levels: Vec<Value> = spectrum.levels_dbfs().iter().map(|level_dbfs| number(*level_dbfs, 2)).collect();
    let shares = spectrum.shares().unwrap_or_else(|| vec![0.0; spectrum.held()]);
    let relative: Vec<Value> = shares.iter().map(|share| number(10.0 * share.log10(), 2)).collect();
    let is_stereo = profile.readings.channels > 1;
    let width = |width_db: Option<f64>| optional(width_db.filter(|_| is_stereo), 2);
    let regions: Map<String, Value> =
        REGIONS.iter().map(|region| (region.name.to_owned(), width(spectrum.width_db_between(region.bands)))).collect();
    let mut fields = object(json!({ "duration_s": number(profile.duration_s, 6) }));
    fields.extend(readings_json(&profile.readings));
    fields.extend(object(json!({
        "beginning_lufs": optional(profile.beginning_lufs, 4),
        "ending_lufs": optional(profile.ending_lufs, 4),
        "crest_db": optional(profile.crest_db(), 4),
        "width_db": width(spectrum.width_db()),
        "width_db_by_region": regions,
        "third_octaves_hz": NOMINAL_HZ[..spectrum.held()],
        "third_octaves_dbfs": levels,
        "third_octaves_relative_db": relative,
        "tilt_db_per_oct": optional(spectrum.tilt_db_per_oct(), 3),
    })));
    fields
}

fn delivered_json(file: &DeliveredFile) -> Value {
    let mut fields = object(json!({
        "path": file.path,
        "format": file.format,
        "sample_rate": file.sample_rate_hz,
        "channels": file.channels,
        "frames": file.frames,
        "duration_s": number(file.duration_s(), 6),
    }));
    fields.extend(readings_json(&file.readings));
    fields.extend(object(json!({
        "target": file.verdict.as_ref().map(verdict_json),
        "passed": file.verdict.as_ref().map(|verdict| verdict.passed()),
        "overshoot_db": optional(file.overshoot.map(|overshoot| overshoot.over_db), 4),
        "safe_ceiling_dbtp": optional(file.overshoot.map(|overshoot| overshoot.safe_ceiling_dbtp), 4),
    })));
    fields.into()
}

fn join_json(join: &JoinOutcome) -> Value {
    let (gap_s, crossfade_s) = match join.kind {
        JoinKind::Gap(gap_s) => (gap_s, 0.0),
        JoinKind::Crossfade(crossfade_s) => (0.0, crossfade_s),
    };
    json!({
        "tracks": join.tracks,
        "gap_s": number(gap_s, 6),
        "crossfade_s": number(crossfade_s, 6),
        "true_peak_dbtp": number(join.true_peak_dbtp, 4),
    })
}

fn continuity_json(album: &AlbumOutcome, continuity: &Continuity) -> Value {
    let tracks = album.tracks.iter().zip(&continuity.tracks).map(|(track, distances)| {
        let mut fields = object(json!({ "track": track.number }));
        fields.extend(distances_json(distances));
        fields.into()
    });
    let passages = continuity.passages.iter().map(|Passage { tracks, jump_lu, distances }| {
        let mut fields = object(json!({ "tracks": tracks, "jump_lu": optional(*jump_lu, 4) }));
        fields.extend(distances_json(distances));
        fields.into()
    });
    let flags = continuity
        .flags
        .iter()
        .map(|Flag { kind, tracks, text }| json!({ "kind": kind.word(), "tracks": tracks, "text": text }));
    json!({
        "tracks": tracks.collect::<Vec<Value>>(),
        "passages": passages.collect::<Vec<Value>>(),
        "flags": flags.collect::<Vec<Value>>(),
    })
}

fn distances_json(distances: &Distances) -> Map<String, Value> {
    let octaves = distances
        .tone
        .as_ref()
        .map(|tone| -> Vec<Value> { tone.octaves_db.iter().map(|above_db| number(*above_db, 2)).collect() });
    object(json!({
        "loudness_lu": optional(distances.loudness_lu, 4),
        "width_db": optional(distances.width_db, 2),
        "plr_lu": optional(distances.plr_lu, 4),
        "loudness_range_lu": optional(distances.loudness_range_lu, 4),
        "tilt_db_per_oct": optional(distances.tilt_db_per_oct, 3),
        "octaves_db": octaves,
    }))
}

fn playback_json(playback: &Playback) -> Value {
    let tracks: Vec<Value> = playback.track_gains_db.iter().map(|gain_db| optional(*gain_db, 4)).collect();
    json!({
        "target": playback.target.name,
        "album_gain_db": optional(playback.album_gain_db, 4),
        "tracks": tracks,
    })
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
