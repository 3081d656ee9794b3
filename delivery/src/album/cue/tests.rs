use std::process::Command;

use super::*;

#[test]
fn times_are_minutes_seconds_and_frames() {
    assert_eq!(
        [0, 74, 75, 150, 4499, 4500, 359_849].map(time),
        ["00:00:00", "00:00:74", "00:01:00", "00:02:00", "00:59:74", "01:00:00", "79:57:74"]
    );
}

#[test]
fn a_sheet_is_as_it_is_written_everywhere() {
    let head = CueHead {
        title: "Night \"Cut\"",
        performer: "The Example",
        upc: Some("036000291452"),
        date: Some("2026-11-20"),
        genre: None,
        file_name: "Night _Cut_.wav",
    };
    let marks = |index_00, index_01| Marks { index_00, index_01 };
    let tracks = [
        CueTrack { title: "First", performer: "A", isrc: Some("QZABC2600001"), marks: marks(Some(0), 150) },
        CueTrack { title: "a\nb", performer: "B", isrc: None, marks: marks(None, 15_001) },
    ];
    let expected = "REM DATE 2026-11-20
CATALOG 0036000291452
PERFORMER \"The Example\"
TITLE \"Night ''Cut''\"
FILE \"Night _Cut_.wav\" WAVE
  TRACK 01 AUDIO
    TITLE \"First\"
    PERFORMER \"A\"
    ISRC QZABC2600001
    INDEX 00 00:00:00
    INDEX 01 00:02:00
  TRACK 02 AUDIO
    TITLE \"a b\"
    PERFORMER \"B\"
    INDEX 01 03:20:01
";
    assert_eq!(cue_sheet(&head, &tracks), expected);
}

/// What a program of cuetools says of a sheet.
fn said(program: &str, arguments: &[&str], sheet: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("album.cue");
    std::fs::write(&path, sheet).unwrap();
    let output = Command::new(program).args(arguments).arg(path).output().expect("cuetools is installed");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn cuetools_reads_every_field_and_mark() {
    let head = CueHead {
        title: "Ночь: a \"Cut\"",
        performer: "Bjørk & 'Co'; REM",
        upc: Some("036000291452"),
        date: Some("2026"),
        genre: Some("Dub \\ House"),
        file_name: "Ночь_ a _Cut_.wav",
    };
    let marks = [(Some(0), 150), (Some(20_150), 20_300), (None, 35_001), (None, 359_500)];
    let titles = ["First", "夜 \"live\"", "100% TRACK", "..."];
    let tracks: Vec<CueTrack<'_>> = titles
        .iter()
        .zip(marks)
        .map(|(title, (index_00, index_01))| CueTrack {
            title,
            performer: "A \"B\" C",
            isrc: Some("QZABC2600001"),
            marks: Marks { index_00, index_01 },
        })
        .collect();
    let sheet = cue_sheet(&head, &tracks);
    let album = said("cueprint", &["-d", "%N|%P|%T\n"], &sheet);
    assert_eq!(album, "4|Bjørk & 'Co'; REM|Ночь: a ''Cut''\n");
    let table = said("cueconvert", &["-i", "cue", "-o", "toc"], &sheet);
    assert!(table.contains("CATALOG \"0036000291452\""), "{table}");
    let each = said("cueprint", &["-t", "%n|%p|%t|%i|%f\n"], &sheet);
    let lines: Vec<&str> = each.lines().collect();
    assert_eq!(lines[1], "2|A ''B'' C|夜 ''live''|QZABC2600001|Ночь_ a _Cut_.wav");
    assert_eq!((lines.len(), lines[2]), (4, "3|A ''B'' C|100% TRACK|QZABC2600001|Ночь_ a _Cut_.wav"));
    // Where the next tracks begin, at INDEX 01.
    let breaks = said("cuebreakpoints", &["--append-gaps"], &sheet);
    assert_eq!(breaks.lines().collect::<Vec<_>>(), ["4:30.50", "7:46.51", "79:53.25"]);
    // And at INDEX 00 where there is one.
    let pauses = said("cuebreakpoints", &["--prepend-gaps"], &sheet);
    assert_eq!(pauses.lines().collect::<Vec<_>>(), ["4:28.50", "7:46.51", "79:53.25"]);
}
