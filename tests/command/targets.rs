//! Are the delivery rules those of the project's page of standards?

use crate::binary::runout;

/// Name, integrated loudness (LUFS), tolerance (LU) and true peak (dBTP): the table of STANDARDS.md and the tolerances of
/// the design, typed in a second time.
const RULES: [(&str, Option<f64>, f64, f64); 12] = [
    ("spotify", Some(-14.0), 0.5, -1.0),
    ("apple-music", Some(-16.0), 0.5, -1.0),
    ("youtube", Some(-14.0), 0.5, -1.0),
    ("tidal", Some(-14.0), 0.5, -1.0),
    ("amazon-music", Some(-14.0), 0.5, -2.0),
    ("deezer", Some(-15.0), 0.5, -1.0),
    ("aes-streaming", Some(-16.0), 0.5, -1.0),
    ("ebu-r128", Some(-23.0), 0.2, -1.0),
    ("atsc-a85", Some(-24.0), 2.0, -2.0),
    ("cd", None, 0.0, -0.3),
    ("club", Some(-7.0), 0.5, -0.5),
    ("vinyl", None, 0.0, -3.0),
];

#[test]
fn every_rule_has_its_numbers_source_and_date() {
    let json = runout(&["targets", "--json"]).ends_with(0).json();
    let targets = json["targets"].as_array().unwrap();
    assert_eq!(targets.len(), RULES.len());
    for (target, (name, integrated_lufs, tolerance_lu, ceiling_dbtp)) in targets.iter().zip(RULES) {
        assert_eq!(target["name"], name);
        assert_eq!(target["integrated_lufs"].as_f64(), integrated_lufs, "{name}");
        assert_eq!(target["tolerance_lu"].as_f64(), integrated_lufs.map(|_| tolerance_lu), "{name}");
        assert_eq!(target["ceiling_dbtp"].as_f64(), Some(ceiling_dbtp), "{name}");
        assert!(!target["source"].as_str().unwrap().is_empty() && target["date"].as_str().unwrap().starts_with("20"));
    }
    assert_eq!(targets[0]["louder_ceiling_dbtp"].as_f64(), Some(-2.0), "spotify, where louder than -14");
}

#[test]
fn the_table_names_every_rule_and_its_source() {
    let text = runout(&["targets"]).ends_with(0).stdout;
    for (name, ..) in RULES {
        assert!(text.lines().any(|line| line.starts_with(name)), "{name} in {text}");
    }
    for source in
        ["official page", "commonly quoted", "practice", "EBU R 128, 2023", "ATSC A/85:2013", "AES TD1008, 2021"]
    {
        assert!(text.contains(source), "{source} in {text}");
    }
}

#[test]
fn what_a_platform_does_to_levels_is_said_for_programs() {
    let json = runout(&["targets", "--json"]).ends_with(0).json();
    // What it turns up, what it goes by for an album, and whether always: the notes of STANDARDS.md.
    let rules = [
        ("spotify", Some(("to-ceiling", "whole", None, false))),
        ("apple-music", Some(("freely", "whole", None, false))),
        ("youtube", Some(("never", "whole", None, false))),
        ("tidal", Some(("freely", "loudest-track", None, true))),
        ("amazon-music", Some(("freely", "whole", None, false))),
        ("deezer", Some(("freely", "whole", None, false))),
        ("aes-streaming", Some(("freely", "loudest-track", Some(-14.0), false))),
        ("ebu-r128", None),
        ("atsc-a85", None),
        ("cd", None),
        ("club", None),
        ("vinyl", None),
    ];
    for (target, (name, rule)) in json["targets"].as_array().unwrap().iter().zip(rules) {
        let found = &target["normalization"];
        assert_eq!(target["name"], name);
        let Some((turns_up, album_level, album_lufs, always)) = rule else {
            assert!(found.is_null(), "{name} is for those who deliver");
            continue;
        };
        assert!(found["turns_up"] == turns_up && found["album_level"] == album_level, "{name}: {found}");
        assert_eq!(
            (found["album_lufs"].as_f64(), found["always_by_album"].as_bool()),
            (album_lufs, Some(always)),
            "{name}"
        );
        assert_eq!(found["turns_down"], true);
    }
}
