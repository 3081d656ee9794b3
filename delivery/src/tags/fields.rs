//! Tags as a user gives them: `KEY=VALUE`.

use super::{Tags, TrackNumber, codes};

/// The keys there are.
pub const KEYS: [&str; 11] =
    ["title", "artist", "album", "album-artist", "track", "date", "genre", "isrc", "upc", "copyright", "composer"];
/// The longest value, bytes: no format has a lower limit for text, and no player shows more.
const LONGEST_VALUE_BYTES: usize = 4096;

impl Tags {
    /// Reads tags given as `KEY=VALUE`, each key at most once.
    ///
    /// # Errors
    /// The message names the argument and says what would be right.
    pub fn from_arguments<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        let mut tags = Self::default();
        for argument in arguments {
            let shown = argument.escape_debug();
            let Some((key, value)) = argument.split_once('=') else {
                return Err(format!("--tag {shown}: KEY=VALUE is needed, such as title=Name"));
            };
            tags.set(key, value).map_err(|reason| format!("--tag {shown}: {reason}"))?;
        }
        Ok(tags)
    }

    /// Sets one tag, which must not be set yet.
    ///
    /// # Errors
    /// The key is unknown or set, or the value is not what it must be: the message says what would be right.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), String> {
        if key == "track" {
            let track = track(checked(value)?)?;
            return if self.track.replace(track).is_some() { Err(given_twice(key)) } else { Ok(()) };
        }
        let place = match key {
            "title" => &mut self.title,
            "artist" => &mut self.artist,
            "album" => &mut self.album,
            "album-artist" => &mut self.album_artist,
            "date" => &mut self.date,
            "genre" => &mut self.genre,
            "isrc" => &mut self.isrc,
            "upc" => &mut self.upc,
            "copyright" => &mut self.copyright,
            "composer" => &mut self.composer,
            _ => return Err(format!("there is no tag `{}`: use {}", key.escape_debug(), KEYS.join(", "))),
        };
        let value = checked(value)?;
        let value = match key {
            "date" => codes::date(value)?,
            "isrc" => codes::isrc(value)?,
            "upc" => codes::upc(value)?,
            _ => value.to_owned(),
        };
        if place.replace(value).is_some() { Err(given_twice(key)) } else { Ok(()) }
    }
}

fn given_twice(key: &str) -> String {
    format!("{key} is given twice")
}

/// A value that every format can hold: some text, in one line.
fn checked(value: &str) -> Result<&str, String> {
    let value = value.trim();
    if value.is_empty() {
        return Err("the value is empty: leave the tag out, or say something".to_owned());
    }
    if value.chars().any(char::is_control) {
        return Err("the value holds a control character: one line of text is needed".to_owned());
    }
    if value.len() > LONGEST_VALUE_BYTES {
        return Err(format!("the value has {} bytes of text: at most {LONGEST_VALUE_BYTES} are kept", value.len()));
    }
    Ok(value)
}

/// `N` or `N/M`.
fn track(text: &str) -> Result<TrackNumber, String> {
    let number = |text: &str| text.parse::<u32>().ok().filter(|number| (1..=9999).contains(number));
    let track = match text.split_once('/') {
        None => number(text).map(|number| TrackNumber { number, total: None }),
        Some((first, total)) => number(first)
            .zip(number(total))
            .filter(|(number, total)| number <= total)
            .map(|(number, total)| TrackNumber { number, total: Some(total) }),
    };
    track.ok_or_else(|| format!("`{}` is no track number: N or N/M is needed, from 1", text.escape_debug()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_sets_its_tag() {
        let values = KEYS.map(|key| match key {
            "track" => "3/12".to_owned(),
            "date" => "2026".to_owned(),
            "isrc" => "QZABC2600001".to_owned(),
            "upc" => "036000291452".to_owned(),
            key => format!("the {key}"),
        });
        let arguments: Vec<String> = KEYS.iter().zip(&values).map(|(key, value)| format!("{key}={value}")).collect();
        let tags = Tags::from_arguments(arguments.iter().map(String::as_str)).unwrap();
        let texts = [
            &tags.title,
            &tags.artist,
            &tags.album,
            &tags.album_artist,
            &None,
            &tags.date,
            &tags.genre,
            &tags.isrc,
            &tags.upc,
            &tags.copyright,
            &tags.composer,
        ];
        for ((text, value), key) in texts.iter().zip(&values).zip(KEYS) {
            assert!(key == "track" || text.as_ref() == Some(value), "{key}: {text:?}");
        }
        assert_eq!(tags.track, Some(TrackNumber { number: 3, total: Some(12) }));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let refused = |argument: &str, part: &str| {
            let message = Tags::from_arguments([argument]).unwrap_err();
            assert!(message.starts_with("--tag ") && message.contains(part), "{message}");
        };
        refused("title", "KEY=VALUE");
        refused("Title=x", "there is no tag `Title`: use title, artist, album, album-artist, track");
        refused("title= ", "empty");
        refused("title=a\nb", "control character");
        refused("title=a\0b", "control character");
        refused("date=2026-02-30", "YYYY-MM-DD");
        refused("isrc=x", "12 characters");
        refused("upc=036000291453", "must be 2");
        for track in ["0", "x", "3/2", "3/", "/3", "1/2/3", "-1"] {
            refused(&format!("track={track}"), "N or N/M");
        }
        assert!(Tags::from_arguments(["title=a=b", "title=c"]).unwrap_err().contains("title is given twice"));
        assert!(Tags::from_arguments(["track=1", "track=2"]).unwrap_err().contains("track is given twice"));
        assert_eq!(Tags::from_arguments(["title=a=b"]).unwrap().title.as_deref(), Some("a=b"));
    }
}
