//! Click, drag, Shift-drag, wheel, double-click, Alt-click.

use egui_kittest::kittest::NodeT;
use runout_dsp_core::settings::{BandShape, EQUALIZER_BANDS};
use runout_gui::egui::{Event, Modifiers, PointerButton, vec2};

use super::*;
use crate::hand::{click, hold, middle, press, release, wait, wheel};

/// The fields of a slot that were told of, each once, in order.
fn fields(calls: &[Call], slot: usize) -> Vec<String> {
    let first = bands::id(slot, "");
    let begun = calls.iter().filter_map(|call| if let Call::Begin(id) = call { Some(id) } else { None });
    begun.map(|id| id.strip_prefix(&first).unwrap_or(id).to_owned()).collect()
}

#[test]
fn a_click_chooses_and_moves_nothing() {
    let mut plot = Plot::with(&designed());
    for slot in [2, 0, 6, 4] {
        let at = plot.node(slot);
        click(&mut plot.harness, at, Modifiers::NONE);
        assert_eq!(plot.chosen.get(), Some(slot));
        wait(&mut plot.harness, 0.5);
    }
    let empty = plot.at(600.0, 4.0);
    click(&mut plot.harness, empty, Modifiers::NONE);
    assert_eq!(plot.chosen.get(), Some(4), "a click on nothing lets the chosen band be");
    assert_eq!(plot.calls(), []);
}

#[test]
fn a_node_stands_at_its_frequency_and_gain() {
    let plot = Plot::with(&designed());
    for (slot, band) in designed().iter().enumerate() {
        let gain_db = if bands::has_gain(band.shape) { band.gain_db } else { 0.0 };
        let away = plot.node(slot).distance(plot.at(band.frequency_hz, gain_db));
        // A hundredth of a point: roundings of f32.
        assert!(away < 0.01, "band {} is {away} points away", slot + 1);
    }
}

#[test]
fn a_drag_moves_frequency_and_gain_as_one_gesture_each() {
    let mut plot = Plot::with(&[bell(100.0, 1.0, 1.0)]);
    let (from, to) = (plot.node(0), plot.at(2000.0, -3.0));
    press(&mut plot.harness, from);
    for step in 1..=10 {
        plot.harness.hover_at(from.lerp(to, step as f32 / 10.0));
        plot.harness.step();
    }
    assert!(plot.harness.state().host.is_held());
    assert_eq!(plot.hint(), ("Band 1".to_owned(), "Bell, 2.00 kHz, \u{2212}3.0 dB, Q 1.00, Stereo".to_owned()));
    release(&mut plot.harness, to);
    assert!(!plot.harness.state().host.is_held());
    assert_eq!(plot.band(0), bell(2000.0, -3.0, 1.0));
    let calls = plot.calls();
    assert_eq!(fields(&calls, 0), ["frequency_hz", "gain_db"]);
    let sets: Vec<&Call> = calls.iter().filter(|call| matches!(call, Call::Set(..))).collect();
    assert_eq!(sets.len(), 20, "ten moves of two values");
    assert!(plot.node(0).distance(to) < 1.0);
}

#[test]
fn a_press_that_hardly_moves_is_a_click() {
    let mut plot = Plot::with(&[bell(1000.0, 0.0, 1.0)]);
    let from = plot.node(0);
    press(&mut plot.harness, from);
    release(&mut plot.harness, from + vec2(1.4, 1.0));
    assert_eq!(plot.calls(), []);
    press(&mut plot.harness, from);
    release(&mut plot.harness, from + vec2(0.0, 3.0));
    // 254 points are 12 dB: 3 points are 0.14 dB, which is 0.1 on the grid of a drag.
    assert_eq!(plot.calls().iter().filter(|call| matches!(call, Call::Set(..))).count(), 1);
    assert_eq!(plot.band(0).gain_db, -0.1);
}

#[test]
fn shift_makes_a_drag_ten_times_finer() {
    let mut plot = Plot::with(&[bell(1000.0, 0.0, 1.0)]);
    let from = plot.node(0);
    let height = plot.area.get().height();
    hold(&mut plot.harness, Modifiers::SHIFT);
    press(&mut plot.harness, from);
    // Half of the height are 6 dB; a tenth of the way is 0.6 dB.
    release(&mut plot.harness, from - vec2(0.0, height * 0.5));
    hold(&mut plot.harness, Modifiers::NONE);
    assert_eq!(plot.band(0), bell(1000.0, 0.6, 1.0));
}

#[test]
fn a_cut_moves_across_only() {
    let mut plot = Plot::with(&designed());
    let (from, to) = (plot.node(0), plot.at(60.0, 3.0));
    press(&mut plot.harness, from);
    release(&mut plot.harness, to);
    assert_eq!((plot.band(0).frequency_hz, plot.band(0).gain_db), (60.0, 0.0));
    assert_eq!(plot.calls(), gesture(0, "frequency_hz", &[60.0]));
}

#[test]
fn a_drag_stays_within_what_is_seen_and_has_nothing_to_take_back() {
    let mut plot = Plot::with(&[bell(1000.0, 5.0, 1.0)]);
    let from = plot.node(0);
    press(&mut plot.harness, from);
    plot.harness.hover_at(from + vec2(3000.0, -400.0));
    plot.harness.step();
    assert_eq!((plot.band(0).frequency_hz, plot.band(0).gain_db), (30_000.0, 6.0));
    let height = plot.area.get().height();
    release(&mut plot.harness, from + vec2(3000.0, height / 12.0 - 400.0));
    assert_eq!(plot.band(0).gain_db, 5.0);
}

#[test]
fn a_pointer_that_leaves_the_window_ends_the_gestures() {
    let mut plot = Plot::with(&[bell(1000.0, 0.0, 1.0)]);
    let from = plot.node(0);
    press(&mut plot.harness, from);
    plot.harness.hover_at(from + vec2(20.0, 20.0));
    plot.harness.step();
    assert!(plot.harness.state().host.is_held());
    plot.harness.event(Event::PointerGone);
    plot.harness.step();
    assert!(!plot.harness.state().host.is_held());
}

#[test]
fn the_wheel_changes_q_and_of_cuts_the_slope() {
    let mut plot = Plot::with(&designed());
    let at = plot.node(2);
    plot.harness.hover_at(at);
    plot.harness.step();
    wheel(&mut plot.harness, 1.0, Modifiers::NONE);
    assert_eq!((plot.band(2).q, plot.chosen.get()), (1.3, Some(2)));
    wheel(&mut plot.harness, -1.0, Modifiers::SHIFT);
    assert_eq!(plot.band(2).q, 1.29);
    wait(&mut plot.harness, 0.5);
    assert_eq!(plot.calls(), gesture(2, "q", &[1.3, 1.29]));
    // Anywhere in the plot it means the chosen band.
    let empty = plot.at(600.0, 4.0);
    plot.harness.hover_at(empty);
    plot.harness.step();
    wheel(&mut plot.harness, -1.0, Modifiers::NONE);
    assert_eq!(plot.band(2).q, 1.1);
    let at = plot.node(0);
    plot.harness.hover_at(at);
    plot.harness.step();
    wheel(&mut plot.harness, 2.0, Modifiers::NONE);
    assert_eq!(plot.band(0).slope_db_per_oct, CutSlope::FortyEight);
    assert_eq!(plot.band(2).q, 1.1);
}

#[test]
fn without_a_chosen_band_the_wheel_is_left_alone() {
    let mut plot = Plot::with(&designed());
    let empty = plot.at(600.0, 4.0);
    plot.harness.hover_at(empty);
    plot.harness.step();
    wheel(&mut plot.harness, 1.0, Modifiers::NONE);
    assert_eq!(plot.calls(), []);
}

#[test]
fn a_double_click_on_nothing_makes_a_band_of_the_places_shape() {
    for (frequency_hz, shape) in [
        (15.0, BandShape::LowCut),
        (35.0, BandShape::LowShelf),
        (700.0, BandShape::Bell),
        (13_000.0, BandShape::HighShelf),
        (21_000.0, BandShape::HighCut),
    ] {
        let mut plot = Plot::with(&designed());
        let at = plot.at(frequency_hz, 4.0);
        click(&mut plot.harness, at, Modifiers::NONE);
        click(&mut plot.harness, at, Modifiers::NONE);
        let band = plot.band(7);
        assert_eq!((band.enabled, band.shape, plot.chosen.get()), (true, shape, Some(7)));
        assert_eq!(band.gain_db, if bands::has_gain(shape) { 4.0 } else { 0.0 }, "{shape:?}");
        // The grid of a drag has three digits.
        assert!((band.frequency_hz / frequency_hz - 1.0).abs() < 0.005, "{} Hz", band.frequency_hz);
        plot.harness.step();
        assert!(plot.has_node(7));
        let calls = plot.calls();
        assert!(calls.iter().all(|call| !matches!(call, Call::Set(id, _) if !id.starts_with("equalizer.band.8."))));
    }
}

#[test]
fn a_double_click_on_a_node_removes_its_band() {
    let mut plot = Plot::with(&designed());
    let at = plot.node(3);
    // A step of the wheel that has not come to rest ends first.
    plot.harness.hover_at(at);
    plot.harness.step();
    wheel(&mut plot.harness, 1.0, Modifiers::NONE);
    click(&mut plot.harness, at, Modifiers::NONE);
    click(&mut plot.harness, at, Modifiers::NONE);
    assert_eq!(plot.band(3), EqualizerBand::default());
    assert_eq!(plot.chosen.get(), None);
    plot.harness.step();
    assert!(!plot.has_node(3) && plot.has_node(2));
    assert!(!plot.harness.state().host.is_held());
}

#[test]
fn two_quick_drags_are_no_double_click() {
    let mut plot = Plot::with(&[bell(1000.0, 2.0, 1.0)]);
    for _ in 0..2 {
        let at = plot.node(0);
        press(&mut plot.harness, at);
        release(&mut plot.harness, at + vec2(0.0, 4.0));
    }
    assert!(plot.has_node(0));
    assert_eq!(plot.band(0).gain_db, 1.6);
}

#[test]
fn when_all_bands_are_in_use_none_is_made() {
    let all: Vec<EqualizerBand> = (0..EQUALIZER_BANDS).map(|slot| bell(100.0 + slot as f32, 1.0, 1.0)).collect();
    let mut plot = Plot::with(&all);
    let at = plot.at(5000.0, 3.0);
    click(&mut plot.harness, at, Modifiers::NONE);
    click(&mut plot.harness, at, Modifiers::NONE);
    assert_eq!(plot.calls(), []);
    assert_eq!(plot.hint().1, "all bands are in use.");
}

#[test]
fn an_alt_click_listens_and_another_one_ends_it() {
    let mut plot = Plot::with(&designed());
    let at = plot.node(4);
    click(&mut plot.harness, at, Modifiers::ALT);
    assert_eq!(plot.harness.state().host.get(bands::SOLO), 5.0);
    assert_eq!(plot.chosen.get(), Some(4));
    click(&mut plot.harness, at, Modifiers::ALT);
    assert_eq!(plot.harness.state().host.get(bands::SOLO), 0.0);
    assert!(plot.has_node(4), "quick Alt-clicks remove nothing");
    let empty = plot.at(600.0, 4.0);
    click(&mut plot.harness, empty, Modifiers::ALT);
    assert_eq!(plot.harness.state().host.get(bands::SOLO), 0.0);
}

#[test]
fn other_buttons_do_nothing() {
    let mut plot = Plot::with(&designed());
    let at = plot.node(2);
    for pressed in [true, false] {
        plot.harness.hover_at(at);
        let (button, modifiers) = (PointerButton::Secondary, Modifiers::NONE);
        plot.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
        plot.harness.step();
    }
    assert_eq!((plot.calls(), plot.chosen.get()), (vec![], None));
}

#[test]
fn the_nearest_of_two_nodes_is_taken_and_the_chosen_one_first() {
    let mut plot = Plot::with(&[bell(1000.0, 0.0, 1.0), bell(1080.0, 0.0, 1.0)]);
    let between = plot.node(0).lerp(plot.node(1), 0.4);
    click(&mut plot.harness, between, Modifiers::NONE);
    assert_eq!(plot.chosen.get(), Some(0));
    wait(&mut plot.harness, 0.5);
    let beyond = plot.node(0).lerp(plot.node(1), 0.9);
    click(&mut plot.harness, beyond, Modifiers::NONE);
    assert_eq!(plot.chosen.get(), Some(0), "what is chosen is on top");
}

#[test]
fn every_node_is_as_large_as_a_finger_needs() {
    let plot = Plot::with(&designed());
    for slot in 0..7 {
        let rect = plot.harness.get_by_label(&format!("Band {}", slot + 1)).rect();
        assert!(rect.width() >= 24.0 && rect.height() >= 24.0);
    }
}

#[test]
fn the_range_is_chosen_from_its_list_or_by_the_wheel_over_the_gains() {
    let mut plot = Plot::with(&[bell(1000.0, 5.0, 1.0)]);
    assert_eq!(plot.said("Gain range"), "\u{b1}6 dB");
    let inside = plot.node(0);
    let scale = plot.area.get().left_center() + vec2(20.0, 0.0);
    plot.harness.hover_at(scale);
    plot.harness.step();
    wheel(&mut plot.harness, -1.0, Modifiers::NONE);
    plot.harness.step();
    assert_eq!(plot.said("Gain range"), "\u{b1}12 dB");
    assert!(plot.node(0).y > inside.y + 20.0);
    wheel(&mut plot.harness, 5.0, Modifiers::NONE);
    plot.harness.step();
    assert_eq!(plot.said("Gain range"), "\u{b1}3 dB");
    // The node is beyond now, at the edge.
    assert!(plot.node(0).y < plot.area.get().top() + 10.0);
    let at = middle(&plot.harness, "Gain range");
    click(&mut plot.harness, at, Modifiers::NONE);
    plot.harness.step();
    let at = middle(&plot.harness, "\u{b1}30 dB");
    click(&mut plot.harness, at, Modifiers::NONE);
    plot.harness.step();
    assert_eq!(plot.said("Gain range"), "\u{b1}30 dB");
    assert_eq!(plot.calls(), [], "the range is the picture's, not the sound's");
}

#[test]
fn a_double_click_under_the_chooser_makes_no_band() {
    let mut plot = Plot::with(&[]);
    let at = middle(&plot.harness, "Gain range");
    click(&mut plot.harness, at, Modifiers::NONE);
    click(&mut plot.harness, at, Modifiers::NONE);
    assert_eq!(plot.calls(), []);
}

#[test]
fn the_footer_says_what_a_node_does() {
    let mut plot = Plot::with(&designed());
    for (slot, expected) in [
        (2, "drag to move, wheel for Q, Alt-click to listen, double-click makes or removes a band."),
        (0, "drag to move, wheel for slope, Alt-click to listen, double-click makes or removes a band."),
    ] {
        let at = plot.node(slot);
        plot.harness.hover_at(at);
        plot.harness.step();
        plot.harness.step();
        assert_eq!(plot.hint(), (format!("Band {}", slot + 1), expected.to_owned()));
    }
}

#[test]
fn a_band_above_half_the_rate_says_where_it_is_kept() {
    let setting = Setting { sample_rate: 44_100.0, ..Setting::default() };
    let mut plot = Plot::new(PLANE, 1.0, Bench::default(), setting);
    plot.set(&[EqualizerBand { shape: BandShape::HighCut, ..butterworth(30_000.0) }]);
    let said = plot.harness.get_by_label("Band 1").accesskit_node().value().unwrap();
    assert_eq!(said, "High cut, 30.0 kHz, 12 dB/oct, Stereo, kept at 22.0 kHz by the sample rate");
}
