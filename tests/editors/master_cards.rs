//! Do Master's cards stand in the chain's order, and are order, power, delta and solo worked by them, each in one gesture?

use egui_kittest::kittest::{NodeT, Queryable};
use egui_kittest::{Harness, SnapshotResults};
use runout_dsp_core::settings::Order;
use runout_gui::egui::{Key, Modifiers, vec2};
use runout_gui::look::Theme;
use runout_tests::music::demo_mix;

use crate::compressor;
use crate::equalizer::set_designed;
use crate::hand;
use crate::insert::{MASTER, SAMPLE_RATE, Window, assert_one_gesture, click, open, picture, play, set_theme};
use crate::stand_in::Call;

const MOVABLE: [&str; 3] = ["Equalizer", "Compressor", "Imager"];
const ALL: [&str; 6] = ["Input", "Equalizer", "Compressor", "Imager", "Limiter", "Output"];

/// The smallest window, the one where names have no room for switches, the design's, and a wide one.
const SIZES: [[f32; 2]; 4] = [[720.0, 440.0], [1000.0, 620.0], [1280.0, 760.0], [1920.0, 1080.0]];

/// The cards' names from left to right.
fn shown(harness: &Harness<'_, Window>) -> Vec<&'static str> {
    let mut names = ALL.to_vec();
    names.sort_by(|one, other| hand::middle(harness, one).x.total_cmp(&hand::middle(harness, other).x));
    names
}

/// The names of the cards in an order's words: `imager > equalizer > compressor`.
fn in_words(order: &str) -> Vec<String> {
    let movable = order.split(" > ").map(|word| word[..1].to_uppercase() + &word[1..]);
    ["Input".to_owned()].into_iter().chain(movable).chain(["Limiter".to_owned(), "Output".to_owned()]).collect()
}

/// Asserts that calls are one gesture that sets the order to these words.
#[track_caller]
fn assert_ordered(calls: &[Call], words: &str) {
    assert_one_gesture(calls, "order");
    let Call::Set(_, value) = calls[1] else { panic!("{calls:?}") };
    assert_eq!(Order::from_index(value).word(), words);
}

#[test]
fn cards_stand_in_the_order_that_the_host_automates() {
    for size in SIZES {
        let mut harness = open(&MASTER, 2, size, 1.0);
        for order in Order::ALL {
            harness.state().host.automate("order", order.index());
            harness.run_steps(2);
            assert_eq!(shown(&harness), in_words(order.word()));
        }
        assert_eq!(harness.state().host.take_calls(), []);
    }
}

#[test]
fn a_dragged_card_sets_the_order_once_when_it_is_let_go() {
    for size in SIZES {
        for (order, name, onto, then) in [
            (0, "Equalizer", "Imager", "compressor > imager > equalizer"),
            (0, "Equalizer", "Compressor", "compressor > equalizer > imager"),
            (0, "Imager", "Input", "imager > equalizer > compressor"),
            (0, "Imager", "Compressor", "equalizer > imager > compressor"),
            (5, "Equalizer", "Imager", "equalizer > imager > compressor"),
            // Behind what always stays last it cannot go.
            (5, "Imager", "Output", "compressor > equalizer > imager"),
        ] {
            let mut harness = open(&MASTER, 2, size, 1.0);
            harness.state().host.automate("order", order as f32);
            harness.run_steps(2);
            let (from, to) = (hand::middle(&harness, name), hand::middle(&harness, onto));
            // A little beyond the other's middle; begin_drag has gone 8 points to the right.
            let by = to.x - from.x + 12.0 * (to.x - from.x).signum() - 8.0;
            hand::press(&mut harness, from);
            let begun = hand::begin_drag(&mut harness, from);
            for step in 1..=10 {
                harness.hover_at(begun + vec2(by * step as f32 / 10.0, 3.0));
                harness.step();
            }
            assert_eq!(harness.state().host.take_calls(), [], "nothing is set before the card is let go");
            hand::release(&mut harness, begun + vec2(by, 3.0));
            assert_ordered(&harness.state().host.take_calls(), then);
            harness.run_steps(2);
            assert_eq!(shown(&harness), in_words(then));
            assert!(harness.query_by_label("Limiter Input Gain").is_some(), "a drag does not choose");
        }
    }
}

#[test]
fn a_drag_that_leads_nowhere_or_is_left_sets_nothing() {
    let mut harness = open(&MASTER, 2, [1280.0, 760.0], 1.0);
    let from = hand::middle(&harness, "Compressor");
    hand::drag(&mut harness, from, vec2(20.0, 0.0));
    for name in ["Input", "Limiter", "Output"] {
        let from = hand::middle(&harness, name);
        hand::drag(&mut harness, from, vec2(-400.0, 0.0));
    }
    hand::press(&mut harness, from);
    let begun = hand::begin_drag(&mut harness, from);
    harness.hover_at(begun + vec2(300.0, 0.0));
    harness.step();
    hand::key(&mut harness, Key::Escape, Modifiers::NONE);
    hand::release(&mut harness, begun + vec2(300.0, 0.0));
    harness.run_steps(2);
    assert_eq!(harness.state().host.take_calls(), []);
    assert_eq!(shown(&harness), ALL);
}

#[test]
fn ctrl_and_arrows_move_the_card_with_the_focus() {
    let mut harness = open(&MASTER, 2, [1000.0, 620.0], 1.0);
    for (name, key, then) in [
        ("Equalizer", Key::ArrowRight, "compressor > equalizer > imager"),
        ("Equalizer", Key::ArrowRight, "compressor > imager > equalizer"),
        ("Compressor", Key::ArrowRight, "imager > compressor > equalizer"),
        ("Equalizer", Key::ArrowLeft, "imager > equalizer > compressor"),
        ("Equalizer", Key::ArrowLeft, "equalizer > imager > compressor"),
    ] {
        harness.get_by_label(name).focus();
        harness.run_steps(2);
        harness.state().host.take_calls();
        hand::key(&mut harness, key, Modifiers::COMMAND);
        harness.run_steps(2);
        assert_ordered(&harness.state().host.take_calls(), then);
        assert_eq!(shown(&harness), in_words(then));
        assert!(harness.get_by_label(name).is_focused(), "{name} keeps the focus");
    }
    // At the end there is nowhere to go, and what stays where it is does not move.
    for (name, key) in [
        ("Equalizer", Key::ArrowLeft),
        ("Compressor", Key::ArrowRight),
        ("Limiter", Key::ArrowLeft),
        ("Input", Key::ArrowRight),
    ] {
        harness.get_by_label(name).focus();
        harness.run_steps(2);
        hand::key(&mut harness, key, Modifiers::COMMAND);
        harness.run_steps(2);
    }
    assert_eq!(harness.state().host.take_calls(), []);
}

#[test]
fn power_delta_and_solo_of_every_card_are_one_gesture_each() {
    for size in SIZES {
        let mut harness = open(&MASTER, 2, size, 1.0);
        for (place, name) in MOVABLE.iter().chain(&["Limiter"]).enumerate() {
            let key = name.to_lowercase();
            let alone = place as f32 + 1.0;
            for (switch, id, values) in [
                ("power", format!("{key}.enabled"), [0.0, 1.0]),
                ("delta", format!("listen.{key}.delta"), [1.0, 0.0]),
                ("solo", "listen.alone".to_owned(), [alone, 0.0]),
            ] {
                for value in values {
                    harness.state().host.take_calls();
                    click(&mut harness, &format!("{name} card {switch}"));
                    assert_one_gesture(&harness.state().host.take_calls(), &id);
                    assert_eq!(harness.state().host.get(&id), value, "{name} {switch}");
                }
            }
        }
        // From one to another without a stop between them.
        click(&mut harness, "Imager card solo");
        harness.state().host.take_calls();
        click(&mut harness, "Equalizer card solo");
        assert_one_gesture(&harness.state().host.take_calls(), "listen.alone");
        assert_eq!(harness.state().host.get("listen.alone"), 1.0);
        click(&mut harness, "Module Solo off");
        assert_eq!(harness.state().host.get("listen.alone"), 0.0);
    }
}

#[test]
fn a_card_says_its_place() {
    let harness = open(&MASTER, 2, [1280.0, 760.0], 1.0);
    let place = harness.get_by_label("Imager").accesskit_node().value();
    assert_eq!(place.as_deref(), Some("Place 4 of 6"));
}

#[test]
fn a_card_in_the_hand_looks_as_it_was_designed() {
    let mix = demo_mix(SAMPLE_RATE);
    let mut results = SnapshotResults::new();
    for (name, size, theme) in [
        ("dark-100", [1280.0, 760.0], Theme::Dark),
        ("light-100", [1280.0, 760.0], Theme::Light),
        ("small-dark-100", [720.0, 440.0], Theme::Dark),
    ] {
        let mut harness = open(&MASTER, 2, size, 1.0);
        set_theme(&mut harness, theme);
        set_designed(&mut harness);
        compressor::set_designed(&mut harness);
        harness.state().host.automate("listen.imager.delta", 1.0);
        harness.state().host.automate("listen.alone", 3.0);
        play(&mut harness, &mix, 22.0, 30.0);
        let (from, to) = (hand::middle(&harness, "Equalizer"), hand::middle(&harness, "Compressor"));
        hand::press(&mut harness, from);
        hand::begin_drag(&mut harness, from);
        harness.hover_at(to + vec2(20.0, 0.0));
        harness.run_steps(2);
        results.add(picture(&mut harness, &format!("master-drag-{name}")));
    }
}
