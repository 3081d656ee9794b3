//! Does the same album give the same bytes, whoever renders it, when, where and how many at a time?

use super::{Stage, track, tree};
use crate::binary::runout;
use crate::oracles::run;

const FORMATS: [&str; 5] = ["wav-16-44100", "flac-24-48000", "mp3-320", "ogg-6", "image-cd"];

#[test]
fn two_runs_of_one_and_of_eight_at_a_time_give_the_same_bytes() {
    let stage = Stage::new();
    // Of other rates and channels, so that there are notices.
    stage.music("0.wav", 80, 48_000, 4.2, 3.0);
    stage.music("1.wav", 81, 44_100, 4.2, 0.0);
    let tracks = [track("0.wav", "One", "crossfade_s = 0.2"), track("1.wav", "Two", "fade_out_s = 0.5")];
    let fields = "date = \"1987-06-05\"\ntarget = \"youtube\"\nlevels = \"album\"";
    stage.text("ALBUM.toml", &super::album(&FORMATS, fields, &tracks));
    let deliver = |name: &str, jobs: &str| {
        let (album, out) = (stage.path("ALBUM.toml"), stage.path(name));
        let fixed = ["album", album.to_str().unwrap(), "-o", out.to_str().unwrap(), "--jobs", jobs];
        runout(&fixed).ends_with(0);
        tree(&out).into_iter().map(|file| (std::fs::read(out.join(&file)).unwrap(), file)).collect::<Vec<_>>()
    };
    let first = deliver("a", "1");
    assert_eq!(first.len(), 4 * 2 + 2 + 3);
    for (name, jobs) in [("b", "8"), ("c", "8"), ("d", "1")] {
        for ((bytes, file), (again, named)) in first.iter().zip(deliver(name, jobs)) {
            assert_eq!(file, &named);
            assert!(*bytes == again, "{file} with {jobs} jobs");
        }
    }
    let told =
        |program: &str, arguments: &[&str]| String::from_utf8(run(program, arguments)).unwrap().trim().to_owned();
    // What is said of a time, a place or a host: the album's own date is of another year, and eight digits do not come by chance.
    let host = told("uname", &["-n"]);
    let place = stage.root().to_str().unwrap().to_owned();
    let dates = ["+%Y-%m", "+%Y:%m", "+%Y/%m", "+%Y%m%d"].map(|form| told("date", &["-u", form]));
    for (bytes, file) in &first {
        let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(!holds(&place), "{file} holds {place}");
        assert!(host.len() < 5 || !holds(&host), "{file} holds {host}");
        for date in &dates {
            assert!(!holds(date), "{file} holds {date}");
        }
    }
}

#[test]
fn a_mix_of_elsewhere_is_reported_by_its_name_alone() {
    let (stage, elsewhere) = (Stage::new(), Stage::new());
    elsewhere.music("mix.wav", 82, 44_100, 1.0, -6.0);
    stage.music("own.wav", 83, 48_000, 1.0, -6.0);
    let tracks = [track(elsewhere.path("mix.wav").to_str().unwrap(), "One", ""), track("own.wav", "Two", "")];
    stage.deliver(&["wav-24-48000"], "", &tracks, &[]).ends_with(0);
    let report = std::fs::read_to_string(stage.path("out/report.json")).unwrap();
    let place = elsewhere.root().to_str().unwrap();
    assert!(!report.contains(place), "{report}");
    assert!(report.contains("\"file\": \"mix.wav\"") && report.contains("mix.wav: has 44100 Hz"), "{report}");
}
