//! Does it look as it was designed? Pictures of every widget in its states, of header and footer and what opens from them,
//! in dark and light, at 100 and 200 %. `UPDATE_SNAPSHOTS=1` paints them anew; every new one is to be looked at beside the
//! design's.

use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use runout_dsp_core::settings::Module;
use runout_gui::desk::Desk;
use runout_gui::egui::{Align, Key, Modifiers, Rect, Ui, Vec2, pos2, vec2};
use runout_gui::feed::Status;
use runout_gui::header::{Content, Header};
use runout_gui::look::Theme;
use runout_gui::preferences::Preferences;
use runout_gui::presets::Presets;
use runout_gui::widgets::{Button, Chooser, Entry, Knob, Segments, Toggle, ValueField};
use runout_gui::{footer, icons, paint};

use crate::bench::{Bench, window};
use crate::hand::{click, key, middle, wait, write};

/// What is drawn in a picture, with a desk.
type Drawing = Box<dyn FnMut(&mut Ui, &mut Desk<'_>)>;

/// The themes and pixels a point of every picture, with the end of its name.
const VIEWS: [(Theme, f32, &str); 4] = [
    (Theme::Dark, 1.0, "dark-100"),
    (Theme::Dark, 2.0, "dark-200"),
    (Theme::Light, 1.0, "light-100"),
    (Theme::Light, 2.0, "light-200"),
];

/// How pictures are compared.
pub fn options() -> SnapshotOptions {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/editors/snapshots");
    // The painter is a software one and exact from run to run; another version of it may round one step otherwise.
    SnapshotOptions::new().output_path(folder).threshold(0.3)
}

/// Takes a picture of a window in each view after `moved` had its hand on it.
fn pictures(name: &str, size: Vec2, contents: impl Fn() -> Drawing, moved: impl Fn(&mut Harness<'_, Bench>)) {
    let mut results = SnapshotResults::new();
    for (theme, pixels, view) in VIEWS {
        let bench = Bench { theme, ..Bench::default() };
        let mut harness = window(size, pixels, bench, contents());
        harness.step();
        moved(&mut harness);
        results.add(harness.try_snapshot_options(format!("{name}-{view}"), &options()));
    }
}

fn entries() -> Vec<Entry> {
    let entry = |(name, detail): (&str, &str)| Entry { detail: detail.to_owned(), ..Entry::new(name) };
    let targets =
        [("Spotify", "\u{2212}14 LUFS"), ("Apple Music", "\u{2212}16 LUFS"), ("EBU R 128", "\u{2212}23 LUFS")];
    targets.map(entry).into_iter().chain((1..12).map(|number| entry((&format!("Further {number}"), "")))).collect()
}

/// The limiter's controls as the design has them, and the other widgets.
fn sheet(ui: &mut Ui, desk: &mut Desk<'_>) {
    paint::plane(ui.painter(), ui.max_rect(), desk.look.palette.window);
    Knob::new("limiter.input_gain_db", pos2(76.0, 90.0), 40.0).captions_at(26.0, 150.0).show(ui, desk);
    Knob::new("limiter.ceiling_dbtp", pos2(192.0, 90.0), 30.0).captions_at(26.0, 150.0).show(ui, desk);
    icons::lock(ui.painter(), pos2(222.0, 25.5), desk.look.palette.label_text);
    let rect = Rect::from_min_size(pos2(292.0, 42.0), vec2(356.0, 30.0));
    let words = ["Transparent", "Punchy", "Loud", "Safe"];
    let segments = Segments::new(&words).widths(&[110.0, 86.0, 80.0, 80.0]);
    segments.show_parameter(ui, desk, rect, "limiter.style");
    Knob::new("limiter.lookahead_ms", pos2(310.0, 129.0), 18.0).beside().show(ui, desk);
    Knob::new("limiter.release_ms", pos2(428.0, 129.0), 18.0).beside().enabled(false).show(ui, desk);
    let rect = Rect::from_min_size(pos2(508.0, 115.0), vec2(44.0, 28.0));
    Toggle::new("Auto").show_parameter(ui, desk, rect, "limiter.auto_release");
    Knob::new("limiter.link", pos2(586.0, 129.0), 16.0).beside().show(ui, desk);
    let rect = Rect::from_min_size(pos2(672.0, 42.0), vec2(56.0, 30.0));
    Toggle::new("Delta").show_parameter(ui, desk, rect, "listen.limiter.delta");
    let rect = Rect::from_min_size(pos2(672.0, 80.0), vec2(56.0, 30.0));
    Toggle::new("Unity").show_parameter(ui, desk, rect, "listen.limiter.unity_gain");
    let rect = Rect::from_min_size(pos2(672.0, 120.0), vec2(94.0, 30.0));
    Button::new("Reset", "Clears what was measured.").show(ui, desk, rect);
    let rect = Rect::from_min_size(pos2(20.0, 190.0), vec2(196.0, 30.0));
    Chooser::new("Target", "What is to be met.", &entries()).show(ui, desk, rect, Some(0));
    for (left, align) in [(240.0, Align::Min), (340.0, Align::Center), (440.0, Align::Max)] {
        let rect = Rect::from_min_size(pos2(left, 186.0), vec2(90.0, 40.0));
        let id = ["imager.mono_below_hz", "imager.rotation_deg", "compressor.mix"][(left / 100.0) as usize - 2];
        ValueField::new(id, rect).align(align).label("Label").show(ui, desk);
    }
    let (painter, palette) = (ui.painter(), desk.look.palette);
    icons::check(painter, pos2(572.0, 205.0), palette.ok, palette.on);
    icons::near(painter, pos2(596.0, 205.0), palette.near, palette.on);
    icons::over(painter, pos2(620.0, 205.0), palette.over, palette.on);
    icons::power(painter, pos2(644.0, 205.0), desk.look.accent, 5.5);
    icons::sliders(painter, pos2(668.0, 205.0), palette.label_text, palette.window);
    icons::mark(painter, pos2(692.0, 205.0), desk.look.accent);
    paint::dashed(painter, 20.0..=760.0, 236.0, palette.value_text, 5.0, 3.0);
}

const SHEET: Vec2 = vec2(780.0, 250.0);

#[test]
fn widgets_at_rest() {
    pictures(
        "widgets",
        SHEET,
        || Box::new(sheet),
        |harness| {
            for (id, value) in [("limiter.input_gain_db", 8.2), ("listen.limiter.unity_gain", 1.0)] {
                harness.state().host.automate(id, value);
            }
            wait(harness, 0.1);
            // The host's own moves are shown for a moment.
            wait(harness, 1.0);
        },
    );
}

#[test]
fn widgets_under_the_hand() {
    pictures(
        "widgets-moved",
        SHEET,
        || Box::new(sheet),
        |harness| {
            harness.state().host.automate("limiter.ceiling_dbtp", -6.0);
            harness.step();
            for _ in 0..3 {
                key(harness, Key::Tab, Modifiers::NONE);
                harness.step();
            }
            let at = middle(harness, "Reset");
            harness.hover_at(at);
            harness.step();
            harness.step();
        },
    );
}

#[test]
fn a_value_that_is_refused() {
    pictures(
        "widgets-refused",
        SHEET,
        || Box::new(sheet),
        |harness| {
            key(harness, Key::Tab, Modifiers::NONE);
            harness.step();
            write(harness, "99");
            key(harness, Key::Enter, Modifiers::NONE);
            harness.step();
            harness.step();
        },
    );
}

#[test]
fn a_list_that_is_open() {
    pictures(
        "list",
        vec2(780.0, 560.0),
        || Box::new(sheet),
        |harness| {
            let at = middle(harness, "Target");
            click(harness, at, Modifiers::NONE);
            harness.step();
            key(harness, Key::ArrowDown, Modifiers::NONE);
            let at = middle(harness, "Further 4");
            harness.hover_at(at);
            wait(harness, 1.0);
        },
    );
}

/// A frame around nothing.
fn frame(name: &'static str) -> Drawing {
    let mut header = Header::default();
    // A folder that is nowhere: the path is written, nothing is read.
    let folder = Some("/home/engineer/.config/Runout/Presets/Limiter".into());
    let mut presets = Presets::new("Runout Limiter", &[Module::Limiter], folder);
    let preferences = Preferences::new([1000, 620]);
    let status = Status::default();
    status.set_format(48_000.0, 192, 2);
    status.set_cpu_share(0.006);
    Box::new(move |ui, desk| {
        let mut content = Content {
            name,
            presets: &mut presets,
            preferences: &preferences,
            delta: Some("listen.limiter.delta"),
            keys: &[],
            can_reset: true,
        };
        header.show(ui, desk, &mut content);
        footer::show(ui, desk, &status);
    })
}

#[test]
fn the_frame() {
    pictures(
        "frame",
        vec2(1000.0, 96.0),
        || frame("Limiter"),
        |harness| {
            for id in ["bypass", "listen.limiter.unity_gain", "listen.limiter.delta"] {
                harness.state().host.automate(id, 1.0);
            }
            let at = middle(harness, "Settings");
            harness.hover_at(at);
            wait(harness, 1.0);
        },
    );
}

#[test]
fn the_smallest_frame() {
    pictures(
        "frame-small",
        vec2(720.0, 96.0),
        || frame("Limiter"),
        |harness| {
            let at = middle(harness, "Bypass");
            harness.hover_at(at);
            wait(harness, 1.0);
        },
    );
}

#[test]
fn the_settings() {
    pictures(
        "settings",
        vec2(1000.0, 300.0),
        || frame("Limiter"),
        |harness| {
            let at = middle(harness, "Settings");
            click(harness, at, Modifiers::NONE);
            wait(harness, 1.0);
        },
    );
}

#[test]
fn the_presets() {
    pictures(
        "presets",
        vec2(1000.0, 300.0),
        || frame("Limiter"),
        |harness| {
            harness.state().host.automate("limiter.ceiling_dbtp", -6.0);
            let at = middle(harness, "Preset");
            click(harness, at, Modifiers::NONE);
            wait(harness, 1.0);
        },
    );
}

#[test]
fn the_keys() {
    pictures(
        "keys",
        vec2(1000.0, 460.0),
        || frame("Limiter"),
        |harness| {
            key(harness, Key::F1, Modifiers::NONE);
            wait(harness, 1.0);
        },
    );
}
