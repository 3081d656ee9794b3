//! Does it look as it was designed? `UPDATE_SNAPSHOTS=1` paints the pictures anew; every new one is to be looked at beside
//! the design's.

use egui_kittest::SnapshotResults;
use runout_gui::egui::{Key, Modifiers};
use runout_gui::look::Theme;

use super::*;
use crate::hand::{key, wait, wheel};
use crate::pictures::options;

const SMALL: Vec2 = vec2(400.0, 200.0);

/// Takes a picture of some bands after `moved` had its hand on them.
fn picture(
    results: &mut SnapshotResults,
    name: &str,
    view: (Vec2, f32, Theme),
    setting: Setting,
    bands: &[EqualizerBand],
    moved: impl Fn(&mut Plot),
) {
    let (size, pixels, theme) = view;
    let setting = Setting { has_spectrum: true, ..setting };
    let mut plot = Plot::new(size, pixels, Bench { theme, ..Bench::default() }, setting);
    plot.set(bands);
    moved(&mut plot);
    wait(&mut plot.harness, 0.1);
    results.add(plot.harness.try_snapshot_options(format!("equalizer-curve-{name}"), &options()));
}

const CHOSEN: Setting =
    Setting { chosen: Some(2), channels: 2, sample_rate: 48_000.0, bypassed: false, has_spectrum: true };

#[test]
fn as_it_was_designed() {
    let mut results = SnapshotResults::new();
    for (theme, end) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        picture(&mut results, &format!("{end}-100"), (PLANE, 1.0, theme), CHOSEN, &designed(), |_| {});
        picture(&mut results, &format!("{end}-200"), (PLANE, 2.0, theme), CHOSEN, &designed(), |_| {});
        picture(&mut results, &format!("small-{end}-100"), (SMALL, 1.0, theme), CHOSEN, &designed(), |_| {});
    }
}

#[test]
fn under_the_hand() {
    let mut results = SnapshotResults::new();
    picture(&mut results, "pointer-dark-100", (PLANE, 1.0, Theme::Dark), CHOSEN, &designed(), |plot| {
        let at = plot.at(600.0, 3.5);
        plot.harness.hover_at(at);
    });
    picture(&mut results, "keyboard-light-100", (PLANE, 1.0, Theme::Light), CHOSEN, &designed(), |plot| {
        key(&mut plot.harness, Key::Num5, Modifiers::NONE);
    });
}

#[test]
fn bypassed() {
    let mut results = SnapshotResults::new();
    let setting = Setting { bypassed: true, ..CHOSEN };
    picture(&mut results, "bypassed-dark-100", (PLANE, 1.0, Theme::Dark), setting, &designed(), |_| {});
}

#[test]
fn one_band_alone() {
    let mut results = SnapshotResults::new();
    picture(&mut results, "solo-dark-100", (PLANE, 1.0, Theme::Dark), CHOSEN, &designed(), |plot| {
        plot.harness.state().host.automate(bands::SOLO, 5.0);
    });
}

#[test]
fn narrow_peaks_steep_cuts_and_what_lies_beyond() {
    let mut results = SnapshotResults::new();
    let shaped = |shape, band| EqualizerBand { shape, ..band };
    let on = |channel, band| EqualizerBand { channel, ..band };
    let bands = [
        EqualizerBand { slope_db_per_oct: CutSlope::NinetySix, ..shaped(BandShape::LowCut, butterworth(30.0)) },
        bell(100.0, 5.5, 40.0),
        shaped(BandShape::Notch, bell(400.0, 0.0, 10.0)),
        bell(1000.0, 9.0, 3.0),
        on(BandChannel::Left, bell(3000.0, -12.0, 4.0)),
        on(BandChannel::Right, shaped(BandShape::Tilt, bell(1500.0, 1.0, 1.0))),
        shaped(BandShape::HighCut, butterworth(30_000.0)),
    ];
    let setting = Setting { chosen: Some(3), sample_rate: 44_100.0, ..CHOSEN };
    picture(&mut results, "extremes-dark-200", (PLANE, 2.0, Theme::Dark), setting, &bands, |_| {});
    picture(&mut results, "wide-range-light-100", (PLANE, 1.0, Theme::Light), setting, &bands, |plot| {
        let scale = plot.area.get().left_center() + vec2(20.0, 0.0);
        plot.harness.hover_at(scale);
        plot.harness.step();
        wheel(&mut plot.harness, -1.0, Modifiers::NONE);
    });
}

#[test]
fn mono_and_nothing() {
    let mut results = SnapshotResults::new();
    let setting = Setting { channels: 1, ..CHOSEN };
    picture(&mut results, "mono-light-100", (PLANE, 1.0, Theme::Light), setting, &designed(), |_| {});
    picture(&mut results, "empty-dark-100", (PLANE, 1.0, Theme::Dark), Setting::default(), &[], |_| {});
}
