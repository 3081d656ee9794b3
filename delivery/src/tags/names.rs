//! What tags are called in Vorbis comments and in ID3v2.4.

use id3::frame::{ExtendedText, Picture, PictureType};
use id3::{Encoder, Tag, TagLike, Version};

use super::{ReplayGain, Tags};

/// The loudness that ReplayGain 2.0 refers to.
const REPLAY_GAIN_REFERENCE: &str = "-18.00 LUFS";

/// Names and values for FLAC and Ogg Vorbis; the picture is not among them.
pub fn vorbis_comments(tags: &Tags) -> Vec<(&'static str, String)> {
    let mut comments: Vec<(&str, String)> = Vec::new();
    let mut add = |name, value: &Option<String>| comments.extend(value.clone().map(|value| (name, value)));
    add("TITLE", &tags.title);
    add("ARTIST", &tags.artist);
    add("ALBUM", &tags.album);
    add("ALBUMARTIST", &tags.album_artist);
    add("TRACKNUMBER", &tags.track.map(|track| track.number.to_string()));
    add("TRACKTOTAL", &tags.track.and_then(|track| track.total).map(|total| total.to_string()));
    add("DATE", &tags.date);
    add("GENRE", &tags.genre);
    add("ISRC", &tags.isrc);
    add("BARCODE", &tags.upc);
    add("COPYRIGHT", &tags.copyright);
    add("COMPOSER", &tags.composer);
    comments.extend(tags.replay_gain.iter().flat_map(replay_gain));
    comments
}

/// An ID3v2.4 tag, which stands at the head of MP3 and in a chunk of WAV; empty where there is nothing to say.
///
/// # Errors
/// A value does not fit its frame: the message is the end of a sentence.
pub fn id3(tags: &Tags) -> Result<Vec<u8>, String> {
    let mut tag = Tag::new();
    let track = tags.track.map(|track| match track.total {
        Some(total) => format!("{}/{total}", track.number),
        None => track.number.to_string(),
    });
    for (name, value) in [
        ("TIT2", &tags.title),
        ("TPE1", &tags.artist),
        ("TALB", &tags.album),
        ("TPE2", &tags.album_artist),
        ("TRCK", &track),
        ("TDRC", &tags.date),
        ("TCON", &tags.genre),
        ("TSRC", &tags.isrc),
        ("TCOP", &tags.copyright),
        ("TCOM", &tags.composer),
    ] {
        if let Some(value) = value {
            tag.set_text(name, value);
        }
    }
    let barcode = tags.upc.iter().map(|upc| ("BARCODE", upc.clone()));
    for (description, value) in barcode.chain(tags.replay_gain.iter().flat_map(replay_gain)) {
        tag.add_frame(ExtendedText { description: description.to_owned(), value });
    }
    if let Some(picture) = &tags.picture {
        tag.add_frame(Picture {
            mime_type: picture.media_type.to_owned(),
            picture_type: PictureType::CoverFront,
            description: String::new(),
            data: picture.bytes.clone(),
        });
    }
    let mut bytes = Vec::new();
    if tag.frames().next().is_some() {
        let encoder = Encoder::new().version(Version::Id3v24);
        encoder.encode(&tag, &mut bytes).map_err(|error| format!("its tags do not fit ID3v2.4: {error}"))?;
    }
    Ok(bytes)
}

/// ReplayGain 2.0: gains of silence are left out.
fn replay_gain(gains: &ReplayGain) -> Vec<(&'static str, String)> {
    // Never minus zero.
    let gain = |gain_db: f64| format!("{:.2} dB", (gain_db * 100.0).round() / 100.0 + 0.0);
    let peak = |peak: f64| format!("{peak:.6}");
    let mut fields = Vec::new();
    fields.extend(gains.track_gain_db.map(|gain_db| ("REPLAYGAIN_TRACK_GAIN", gain(gain_db))));
    fields.push(("REPLAYGAIN_TRACK_PEAK", peak(gains.track_peak)));
    if let Some((album_gain_db, album_peak)) = gains.album {
        fields.extend(album_gain_db.map(|gain_db| ("REPLAYGAIN_ALBUM_GAIN", gain(gain_db))));
        fields.push(("REPLAYGAIN_ALBUM_PEAK", peak(album_peak)));
    }
    fields.push(("REPLAYGAIN_REFERENCE_LOUDNESS", REPLAY_GAIN_REFERENCE.to_owned()));
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tags::TrackNumber;

    #[test]
    fn gains_are_written_as_replay_gain_wants_them() {
        let gains = ReplayGain { track_gain_db: Some(-0.001), track_peak: 0.891_250_9, album: Some((None, 1.0)) };
        let fields = replay_gain(&gains);
        let expected = [
            ("REPLAYGAIN_TRACK_GAIN", "0.00 dB"),
            ("REPLAYGAIN_TRACK_PEAK", "0.891251"),
            ("REPLAYGAIN_ALBUM_PEAK", "1.000000"),
            ("REPLAYGAIN_REFERENCE_LOUDNESS", "-18.00 LUFS"),
        ];
        assert_eq!(fields, expected.map(|(name, value)| (name, value.to_owned())));
    }

    #[test]
    fn a_tag_is_the_same_bytes_each_time_and_empty_without_anything_to_say() {
        assert_eq!(id3(&Tags::default()), Ok(Vec::new()));
        let track = Some(TrackNumber { number: 3, total: Some(12) });
        let tags = Tags { title: Some("Nächte".to_owned()), track, ..Tags::default() };
        let bytes = id3(&tags).unwrap();
        assert_eq!((&bytes[..5], id3(&tags).unwrap() == bytes), (&b"ID3\x04\x00"[..], true));
        let read = Tag::read_from2(std::io::Cursor::new(bytes)).unwrap();
        assert_eq!((read.title(), read.track(), read.total_tracks()), (Some("Nächte"), Some(3), Some(12)));
        assert!(vorbis_comments(&tags).contains(&("TRACKTOTAL", "12".to_owned())));
    }
}
