use super::*;

#[test]
fn a_text_brings_everything_back() {
    let kept = Preferences::new([1000, 620]);
    kept.set_theme(Theme::Light);
    kept.set_zoom_percent(150);
    kept.set_target(TARGETS.iter().find(|target| target.name == "ebu-r128"));
    kept.set_reset_on_play(true);
    kept.set_size([1234, 777]);
    let back = Preferences::new([1280, 760]);
    back.take_text(&kept.text());
    assert_eq!(back.text(), kept.text());
    assert_eq!((back.theme(), back.zoom_percent()), (Theme::Light, 150));
    assert_eq!(back.target().map(|target| target.name), Some("ebu-r128"));
    assert_eq!((back.resets_on_play(), back.size()), (true, [1234, 777]));
}

/// What a text says of the ceiling since presets can leave it alone.
const CEILING: &str = r#""keep_ceiling":false,"#;

#[test]
fn the_text_of_today_is_read_for_ever() {
    let text = r#"{"theme":"light","zoom_percent":200,"target":"club","reset_on_play":true,"width":900,"height":500}"#;
    let preferences = Preferences::new([1000, 620]);
    preferences.take_text(text);
    // What has come since is as it is by default, and written between.
    let spectrum =
        r#""spectrum_before":true,"spectrum_after":true,"spectrum_smoothing":true,"spectrum_slope_db_per_oct":4.5,"#;
    assert_eq!(preferences.text(), text.replace(r#""width""#, &format!(r#"{CEILING}{spectrum}"width""#)));
    preferences.take_text(r#"{"target":"none"}"#);
    assert_eq!(preferences.target(), None);
    assert!(preferences.text().contains(r#""target":"none""#));
}

#[test]
fn the_text_with_a_spectrum_is_read_for_ever() {
    let text = concat!(
        r#"{"theme":"dark","zoom_percent":100,"target":"spotify","reset_on_play":false,"spectrum_before":false,"#,
        r#""spectrum_after":false,"spectrum_smoothing":false,"spectrum_slope_db_per_oct":3.0,"width":1000,"height":620}"#
    );
    let preferences = Preferences::new([900, 500]);
    preferences.take_text(text);
    let begin = r#""spectrum_before""#;
    assert_eq!(preferences.text(), text.replace(begin, &format!("{CEILING}{begin}")));
    assert!(!preferences.spectrum_before() && !preferences.spectrum_after() && !preferences.spectrum_smoothing());
    assert_eq!(preferences.spectrum_slope_db_per_oct(), 3.0);
    // Each switch by its own name.
    preferences.take_text(r#"{"spectrum_after": true, "keep_ceiling": true}"#);
    assert!(preferences.keeps_ceiling());
    assert!(!preferences.spectrum_before() && preferences.spectrum_after() && !preferences.spectrum_smoothing());
    preferences.take_text(r#"{"spectrum_before": true, "spectrum_smoothing": true}"#);
    assert!(preferences.spectrum_before() && preferences.spectrum_after() && preferences.spectrum_smoothing());
}

#[test]
fn a_slope_is_one_of_those_that_are_offered() {
    let preferences = Preferences::new([1000, 620]);
    assert_eq!(preferences.spectrum_slope_db_per_oct(), 4.5);
    for (wanted, kept) in [(0.4, 0.0), (-90.0, 0.0), (2.0, 3.0), (3.0, 3.0), (f32::NAN, 3.0), (1e9, 4.5), (0.0, 0.0)] {
        preferences.set_spectrum_slope_db_per_oct(wanted);
        assert_eq!(preferences.spectrum_slope_db_per_oct(), kept, "{wanted} dB an octave");
    }
    preferences.take_text(r#"{"spectrum_slope_db_per_oct": "steep", "spectrum_before": 0, "spectrum_after": null}"#);
    assert_eq!(preferences.spectrum_slope_db_per_oct(), 0.0);
    assert!(preferences.spectrum_before() && preferences.spectrum_after());
}

#[test]
fn what_is_out_of_range_becomes_the_nearest_and_what_is_unknown_is_passed_over() {
    let preferences = Preferences::new([1000, 620]);
    preferences.take_text(r#"{"zoom_percent": 9000, "width": -5, "height": 1e12, "color": "red", "theme": 7}"#);
    assert_eq!((preferences.zoom_percent(), preferences.size()), (300, [720, 16_384]));
    assert_eq!(preferences.theme(), Theme::Dark);
    preferences.take_text(r#"{"zoom_percent": 130, "target": "sputify", "reset_on_play": "yes"}"#);
    assert_eq!(preferences.zoom_percent(), 125);
    assert_eq!(preferences.target().map(|target| target.name), Some(TARGETS[0].name));
    assert!(!preferences.resets_on_play());
    let before = preferences.text();
    for text in ["", "{", "[1, 2]", "null", "\"theme\""] {
        preferences.take_text(text);
        assert_eq!(preferences.text(), before, "{text}");
    }
}
