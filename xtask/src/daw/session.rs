//! An Ardour 7 session with audio in it: Ardour's Lua has no call that imports, so the file's source, region and
//! place go into the saved session.

/// Parts of a second that Ardour 7 counts time in.
const TICKS_PER_SECOND: u64 = 282_240_000;

/// Ids of our own, above any that a fresh session has given away.
const LEFT_ID: u64 = 900_001;
const RIGHT_ID: u64 = 900_002;
const WHOLE_FILE_ID: u64 = 900_003;
const REGION_ID: u64 = 900_004;
const RANGE_ID: u64 = 900_005;
const NEXT_ID: u64 = 900_006;

/// A stereo file among the session's audio files.
pub struct Audio<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its length.
    pub frames: u64,
    /// The session's rate and its own, Hz.
    pub sample_rate: u32,
}

/// The session with the file played from the start by its one track, and with a range that ends with the file.
///
/// # Errors
/// A part of the session that is to be replaced is not there once.
pub fn with_audio(session: &str, audio: &Audio) -> Result<String, String> {
    let end = audio.frames * (TICKS_PER_SECOND / u64::from(audio.sample_rate));
    let source = |id, channel| {
        let name = audio.name;
        format!(r#"<Source name="{name}" type="audio" flags="" id="{id}" channel="{channel}" origin="" gain="1"/>"#)
    };
    let sources = format!("<Sources>{}{}</Sources>", source(LEFT_ID, 0), source(RIGHT_ID, 1));
    let whole = region(audio.name, WHOLE_FILE_ID, end);
    let played = region(audio.name, REGION_ID, end);
    let range = format!(
        r#"<Locations><Location id="{RANGE_ID}" name="session" start="a0" end="a{end}" flags="IsSessionRange" locked="0" cue="0"/></Locations>"#
    );
    let session = once(session, "<Sources/>", &sources)?;
    let session = once(&session, "<Regions/>", &format!("<Regions>{whole}</Regions>"))?;
    let session = once(&session, "<Locations/>", &range)?;
    let playlist = tag(&session, "<Playlist ")?.to_owned();
    let opened = playlist.trim_end_matches("/>");
    let session = once(&session, &playlist, &format!("{opened}>{played}</Playlist>"))?;
    let counter = attribute(&session, "id-counter")?.to_owned();
    once(&session, &counter, &format!(r#"id-counter="{NEXT_ID}""#))
}

/// A region without fades: Ardour's own last 64 frames.
fn region(name: &str, id: u64, end: u64) -> String {
    let whole_file = u8::from(id == WHOLE_FILE_ID);
    format!(
        r#"<Region name="{name}" id="{id}" type="audio" start="a0" length="a{end}@a0" channels="2" opaque="1" muted="0" whole-file="{whole_file}" fade-in-active="0" fade-out-active="0" default-fade-in="0" default-fade-out="0" source-0="{LEFT_ID}" source-1="{RIGHT_ID}" master-source-0="{LEFT_ID}" master-source-1="{RIGHT_ID}"/>"#
    )
}

/// `text` with the one place of `from` replaced.
fn once(text: &str, from: &str, to: &str) -> Result<String, String> {
    match text.matches(from).count() {
        1 => Ok(text.replace(from, to)),
        count => Err(format!("the session has {count} of {from}, one is expected")),
    }
}

/// The first empty element that starts so.
fn tag<'a>(text: &'a str, start: &str) -> Result<&'a str, String> {
    let missing = || format!("the session has no {start}/>");
    let from = text.find(start).ok_or_else(missing)?;
    let length = text[from..].find("/>").ok_or_else(missing)? + 2;
    Ok(&text[from..from + length])
}

/// The first attribute of this name, with its value.
fn attribute<'a>(text: &'a str, name: &str) -> Result<&'a str, String> {
    let missing = || format!("the session has no {name}");
    let from = text.find(&format!("{name}=\"")).ok_or_else(missing)?;
    let value = from + name.len() + 2;
    let length = text[value..].find('"').ok_or_else(missing)? + 1;
    Ok(&text[from..value + length])
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRESH: &str = r#"<Session id-counter="213"><Sources/><Regions/><Locations/>
        <Playlists><Playlist id="183" name="Mix"/></Playlists></Session>"#;

    #[test]
    fn the_file_is_played_from_the_start_to_its_end() {
        let session = with_audio(FRESH, &Audio { name: "mix.wav", frames: 480, sample_rate: 48_000 }).unwrap();
        // A hundredth of a second.
        assert!(session.contains(r#"start="a0" end="a2822400" flags="IsSessionRange""#), "{session}");
        assert!(session.contains(r#"<Playlist id="183" name="Mix"><Region name="mix.wav""#), "{session}");
        assert!(session.contains(r#"<Session id-counter="900006">"#), "{session}");
        assert_eq!(session.matches(r#"<Source name="mix.wav""#).count(), 2);
    }

    #[test]
    fn a_session_that_is_not_fresh_is_refused() {
        let audio = Audio { name: "mix.wav", frames: 480, sample_rate: 48_000 };
        let session = with_audio(FRESH, &audio).unwrap();
        assert_eq!(with_audio(&session, &audio).unwrap_err(), "the session has 0 of <Sources/>, one is expected");
    }
}
