//! The list `INFO` of RIFF (Microsoft and IBM, 1991): text by names of four letters.

use crate::tags::Tags;

/// The body of the chunk `LIST`; `None` where there is nothing to say. Text is UTF-8, as readers take it today.
pub fn body(tags: &Tags) -> Option<Vec<u8>> {
    let track = tags.track.map(|track| track.number.to_string());
    let fields = [
        (b"INAM", &tags.title),
        (b"IART", &tags.artist),
        (b"IPRD", &tags.album),
        (b"ITRK", &track),
        (b"ICRD", &tags.date),
        (b"IGNR", &tags.genre),
        (b"ICOP", &tags.copyright),
        (b"ISRC", &tags.isrc),
    ];
    let mut body = b"INFO".to_vec();
    for (name, value) in fields {
        let Some(value) = value else { continue };
        // The zero that ends the text counts, the one that makes its length even does not.
        body.extend(name);
        body.extend((value.len() as u32 + 1).to_le_bytes());
        body.extend(value.as_bytes());
        body.push(0);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    (body.len() > 4).then_some(body)
}
