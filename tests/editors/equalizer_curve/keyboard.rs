//! Everything without a pointer.

use runout_gui::egui::{Key, Modifiers};

use super::*;
use crate::hand::{key, wait};

fn press(plot: &mut Plot, pressed: Key, modifiers: Modifiers) {
    key(&mut plot.harness, pressed, modifiers);
}

#[test]
fn numbers_choose_the_bands_that_there_are() {
    let mut plot = Plot::with(&designed());
    for (pressed, chosen) in [(Key::Num3, 2), (Key::Num7, 6), (Key::Num9, 6), (Key::Num1, 0)] {
        press(&mut plot, pressed, Modifiers::NONE);
        assert_eq!(plot.chosen.get(), Some(chosen), "{pressed:?}");
    }
    assert_eq!(plot.calls(), []);
}

#[test]
fn arrows_pages_and_brackets_move_the_chosen_band() {
    let mut plot = Plot::with(&[bell(1000.0, 0.0, 1.0)]);
    press(&mut plot, Key::ArrowUp, Modifiers::NONE);
    assert_eq!(plot.calls(), [], "nothing is chosen yet");
    press(&mut plot, Key::Num1, Modifiers::NONE);
    for (pressed, modifiers, expected) in [
        (Key::ArrowRight, Modifiers::NONE, bell(1010.0, 0.0, 1.0)),
        (Key::ArrowLeft, Modifiers::SHIFT, bell(1009.0, 0.0, 1.0)),
        (Key::ArrowUp, Modifiers::NONE, bell(1009.0, 0.1, 1.0)),
        (Key::ArrowDown, Modifiers::SHIFT, bell(1009.0, 0.09, 1.0)),
        (Key::PageUp, Modifiers::NONE, bell(1009.0, 1.1, 1.0)),
        (Key::PageDown, Modifiers::NONE, bell(1009.0, 0.1, 1.0)),
        (Key::CloseBracket, Modifiers::NONE, bell(1009.0, 0.1, 1.1)),
        (Key::OpenBracket, Modifiers::SHIFT, bell(1009.0, 0.1, 1.09)),
        (Key::OpenBracket, Modifiers::NONE, bell(1009.0, 0.1, 0.97)),
    ] {
        press(&mut plot, pressed, modifiers);
        assert_eq!(plot.band(0), expected, "{pressed:?} {modifiers:?}");
        assert_eq!(plot.chosen.get(), Some(0));
    }
    wait(&mut plot.harness, 0.5);
    assert!(!plot.harness.state().host.is_held());
}

#[test]
fn steps_that_follow_each_other_are_one_gesture() {
    let mut plot = Plot::with(&[bell(1000.0, 0.0, 1.0)]);
    press(&mut plot, Key::Num1, Modifiers::NONE);
    for _ in 0..3 {
        press(&mut plot, Key::ArrowUp, Modifiers::NONE);
    }
    wait(&mut plot.harness, 0.5);
    assert_eq!(plot.calls(), gesture(0, "gain_db", &[0.1, 0.2, 0.3]));
}

#[test]
fn a_cuts_slope_moves_by_brackets_and_it_has_no_gain() {
    let mut plot = Plot::with(&designed());
    press(&mut plot, Key::Num1, Modifiers::NONE);
    press(&mut plot, Key::ArrowUp, Modifiers::NONE);
    press(&mut plot, Key::PageUp, Modifiers::NONE);
    assert_eq!(plot.calls(), []);
    press(&mut plot, Key::CloseBracket, Modifiers::NONE);
    assert_eq!(plot.band(0).slope_db_per_oct, CutSlope::ThirtySix);
    assert_eq!(plot.band(0).q, designed()[0].q);
}

#[test]
fn n_makes_a_band_and_delete_removes_it() {
    let mut plot = Plot::with(&designed());
    press(&mut plot, Key::N, Modifiers::NONE);
    assert_eq!(plot.chosen.get(), Some(7));
    // 1 kHz is taken by the band at 1.15 kHz.
    assert_eq!(plot.band(7), bell(2000.0, 0.0, 1.0));
    press(&mut plot, Key::Delete, Modifiers::NONE);
    assert_eq!((plot.band(7), plot.chosen.get()), (EqualizerBand::default(), None));
    plot.calls();
    press(&mut plot, Key::Delete, Modifiers::NONE);
    assert_eq!(plot.calls(), [], "a second one removes no other");
}

#[test]
fn s_listens_and_e_enables() {
    let mut plot = Plot::with(&designed());
    press(&mut plot, Key::Num7, Modifiers::NONE);
    press(&mut plot, Key::E, Modifiers::NONE);
    assert_eq!(plot.calls(), gesture(6, "enabled", &[1.0]));
    press(&mut plot, Key::E, Modifiers::NONE);
    assert!(!plot.band(6).enabled);
    plot.calls();
    for solo in [7.0, 0.0] {
        press(&mut plot, Key::S, Modifiers::NONE);
        let id = bands::SOLO.to_owned();
        assert_eq!(plot.calls(), [Call::Begin(id.clone()), Call::Set(id.clone(), solo), Call::End(id)]);
    }
    press(&mut plot, Key::S, Modifiers::COMMAND);
    assert_eq!(plot.calls(), [], "with a modifier the key is another one");
}

#[test]
fn a_band_that_is_removed_is_no_longer_listened_to() {
    let mut plot = Plot::with(&designed());
    press(&mut plot, Key::Num2, Modifiers::NONE);
    press(&mut plot, Key::S, Modifiers::NONE);
    press(&mut plot, Key::Backspace, Modifiers::NONE);
    assert_eq!(plot.harness.state().host.get(bands::SOLO), 0.0);
}

#[test]
fn tab_goes_through_the_nodes_and_chooses_them() {
    let mut plot = Plot::with(&designed());
    press(&mut plot, Key::Tab, Modifiers::NONE);
    plot.harness.step();
    assert!(plot.harness.get_by_label("Equalizer curve").is_focused());
    for slot in 0..7 {
        press(&mut plot, Key::Tab, Modifiers::NONE);
        plot.harness.step();
        plot.harness.step();
        assert!(plot.harness.get_by_label(&format!("Band {}", slot + 1)).is_focused(), "band {}", slot + 1);
        assert_eq!(plot.chosen.get(), Some(slot));
    }
    press(&mut plot, Key::Tab, Modifiers::NONE);
    plot.harness.step();
    assert!(plot.harness.get_by_label("Gain range").is_focused());
    assert_eq!(plot.calls(), [], "to look is not to move");
}

#[test]
fn arrows_stay_with_a_focused_node_and_escape_leaves_it() {
    let mut plot = Plot::with(&designed());
    press(&mut plot, Key::Num3, Modifiers::NONE);
    plot.harness.step();
    assert!(plot.harness.get_by_label("Band 3").is_focused());
    for pressed in [Key::ArrowRight, Key::ArrowDown, Key::ArrowLeft, Key::ArrowUp] {
        press(&mut plot, pressed, Modifiers::NONE);
        plot.harness.step();
        assert!(plot.harness.get_by_label("Band 3").is_focused(), "{pressed:?} moves the focus");
    }
    assert_eq!(plot.band(2), designed()[2], "there and back");
    press(&mut plot, Key::Escape, Modifiers::NONE);
    plot.harness.step();
    assert!(!plot.harness.get_by_label("Band 3").is_focused());
    assert_eq!(plot.chosen.get(), Some(2));
}

#[test]
fn what_another_control_needs_is_left_to_it() {
    let mut plot = Plot::with(&designed());
    // The plot, its seven nodes, and then the chooser.
    for _ in 0..9 {
        press(&mut plot, Key::Tab, Modifiers::NONE);
        plot.harness.step();
    }
    assert!(plot.harness.get_by_label("Gain range").is_focused(), "or this would show nothing");
    plot.chosen.set(Some(2));
    for pressed in [Key::Delete, Key::Num1, Key::PageUp, Key::ArrowLeft] {
        press(&mut plot, pressed, Modifiers::NONE);
    }
    assert_eq!((plot.calls(), plot.chosen.get()), (vec![], Some(2)));
    press(&mut plot, Key::E, Modifiers::NONE);
    assert_eq!(plot.calls(), gesture(2, "enabled", &[0.0]), "letters are nobody else's");
}

#[test]
fn a_screen_reader_reads_every_band() {
    let plot = Plot::with(&designed());
    assert_eq!(plot.said("Band 2"), "Low shelf, 92 Hz, +1.6 dB, Q 0.70, Mid");
    assert_eq!(plot.said("Band 1"), "Low cut, 28 Hz, 24 dB/oct, Stereo");
    assert_eq!(plot.said("Equalizer curve"), "7 bands, \u{b1}6 dB");
}
