//! The cue sheet of an image: plain text, UTF-8.
//!
//! The commands are those of the CDRWIN guide's appendix A, which cuetools and burners read. The pause before the first
//! track stands in the image as every other, from INDEX 00 on: no PREGAP is needed.

use super::timeline::{CD_FRAMES_PER_S, Marks};

/// The image as a whole.
#[derive(Clone, Copy, Debug)]
pub struct CueHead<'a> {
    /// Title of the album.
    pub title: &'a str,
    /// Who the album is by.
    pub performer: &'a str,
    /// EAN of 13 digits, or UPC-A of 12, which gets a leading 0.
    pub upc: Option<&'a str>,
    /// Date of the release.
    pub date: Option<&'a str>,
    /// Genre.
    pub genre: Option<&'a str>,
    /// Name of the image beside the sheet.
    pub file_name: &'a str,
}

/// One track of it.
#[derive(Clone, Copy, Debug)]
pub struct CueTrack<'a> {
    /// Title.
    pub title: &'a str,
    /// Who performs it.
    pub performer: &'a str,
    /// Its code of 12 characters.
    pub isrc: Option<&'a str>,
    /// Its marks.
    pub marks: Marks,
}

/// The text of the sheet.
pub fn cue_sheet(head: &CueHead<'_>, tracks: &[CueTrack<'_>]) -> String {
    let mut lines = Vec::new();
    lines.extend(head.genre.map(|genre| format!("REM GENRE {}", quoted(genre))));
    lines.extend(head.date.map(|date| format!("REM DATE {date}")));
    lines.extend(head.upc.map(|upc| format!("CATALOG {upc:0>13}")));
    lines.push(format!("PERFORMER {}", quoted(head.performer)));
    lines.push(format!("TITLE {}", quoted(head.title)));
    lines.push(format!("FILE {} WAVE", quoted(head.file_name)));
    for (index, track) in tracks.iter().enumerate() {
        lines.push(format!("  TRACK {:02} AUDIO", index + 1));
        lines.push(format!("    TITLE {}", quoted(track.title)));
        lines.push(format!("    PERFORMER {}", quoted(track.performer)));
        lines.extend(track.isrc.map(|isrc| format!("    ISRC {isrc}")));
        lines.extend(track.marks.index_00.map(|pause| format!("    INDEX 00 {}", time(pause))));
        lines.push(format!("    INDEX 01 {}", time(track.marks.index_01)));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// Minutes, seconds and CD frames.
fn time(cd_frames: u64) -> String {
    let seconds = cd_frames / CD_FRAMES_PER_S;
    format!("{:02}:{:02}:{:02}", seconds / 60, seconds % 60, cd_frames % CD_FRAMES_PER_S)
}

/// A text between quotes. The format knows no escape: a quote within becomes two single ones, what would end the line a
/// space.
fn quoted(text: &str) -> String {
    let safe = text.replace('"', "''");
    let one_line: String = safe.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    format!("\"{one_line}\"")
}

#[cfg(test)]
mod tests;
