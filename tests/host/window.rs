//! The editors of the bundle in real windows, on a screen in memory: they show what is heard, are moved by a pointer,
//! resized, closed and opened again.
//!
//! Each test runs in a process and on a screen of its own, so that threads and files can be counted.

mod rig;

use std::fs;

use runout_tests::clap_host::{Answer, ClapHost};

use rig::{EDITORS, LIMITER, METER, PLOT, Rig, on_a_screen, wait_for};

/// The middle of the limiter's ceiling knob at the default size, where the design has it.
const CEILING: (i16, i16) = (192, 506);

/// How often all editors are opened twice.
const ROUNDS: usize = 10;

#[test]
fn every_editor_shows_what_is_heard() {
    on_a_screen("window::every_editor_shows_what_is_heard", || {
        for (id, size) in EDITORS {
            let mut rig = Rig::open(id);
            assert_eq!(rig.host.editor_size(), size, "{id}");
            rig.play();
            wait_for("data moves", || {
                let before = rig.window.picture();
                rig.rest();
                let after = rig.window.picture();
                let moved = before.differences(&after, 0..before.width, 0..before.height);
                // The planes are there too: the window is not some half-drawn frame.
                moved > 500 && after.count(PLOT, 2) > 20_000
            });
            rig.close();
        }
    });
}

#[test]
fn windows_come_and_go_and_leave_nothing_behind() {
    on_a_screen("window::windows_come_and_go_and_leave_nothing_behind", || {
        let count = |folder: &str| fs::read_dir(folder).expect("Linux counts them").count();
        let mut left = Vec::new();
        for _ in 0..ROUNDS {
            for (id, _) in EDITORS {
                let mut rig = Rig::open(id);
                rig.play();
                rig.rest();
                rig.reopen();
                rig.rest();
                rig.close();
            }
            left.push([count("/proc/self/task"), count("/proc/self/fd")]);
        }
        // The drivers keep some for later, or not: eight threads or two. One of each window would be 30 more in the half.
        let least = |rounds: &[[usize; 2]], of: usize| rounds.iter().map(|left| left[of]).min().expect("rounds");
        let (early, late) = left.split_at(ROUNDS / 2);
        for of in [0, 1] {
            assert!(least(late, of) < least(early, of) + 15, "threads and files after each round: {left:?}");
        }
    });
}

#[test]
fn a_window_is_resized_and_comes_back_in_its_size() {
    on_a_screen("window::a_window_is_resized_and_comes_back_in_its_size", || {
        for (id, _) in EDITORS {
            let mut rig = Rig::open(id);
            rig.play();
            assert_eq!(rig.host.adjusted_editor_size(300, 200), (720, 440), "{id}: smaller than the smallest layout");
            for (width, height) in [(720, 440), (1401, 901), (1111, 777)] {
                assert_eq!(rig.host.adjusted_editor_size(width, height), (width, height));
                rig.resize(width, height);
                assert_eq!(rig.host.editor_size(), (width, height));
                wait_for("the new size is painted", || {
                    let picture = rig.window.picture();
                    let edge = |x: usize, y: usize| picture.at(x, y) != 0;
                    let (right, bottom) = (picture.width - 1, picture.height - 1);
                    picture.width == width as usize && edge(right, 2) && edge(2, bottom) && edge(right, bottom)
                });
            }
            rig.reopen();
            assert_eq!(rig.host.editor_size(), (1111, 777), "{id}");
            let state = rig.host.save();
            rig.close();
            let mut other = ClapHost::load(id);
            other.restore(&state);
            assert_eq!(other.create_editor(), (1111, 777), "{id}: a session brings it back");
            other.close_editor();
        }
    });
}

#[test]
fn a_screen_of_twice_the_pixels_has_twice_the_pixels() {
    on_a_screen("window::a_screen_of_twice_the_pixels_has_twice_the_pixels", || {
        let mut rig = Rig::open_at(METER, 2.0);
        assert_eq!(rig.host.editor_size(), (2000, 1240));
        rig.play();
        wait_for("it is painted to its last corner", || {
            let picture = rig.window.picture();
            (picture.width, picture.height) == (2000, 1240) && picture.at(1999, 1239) != 0
        });
        rig.close();
    });
}

#[test]
fn a_hand_on_a_knob_is_one_gesture() {
    on_a_screen("window::a_hand_on_a_knob_is_one_gesture", || {
        let mut rig = Rig::open(LIMITER);
        let ceiling = rig.host.parameter("Ceiling");
        rig.play();
        rig.grab(CEILING.0, CEILING.1);
        // A hand goes on until it sees what it wants: how many frames a slow machine paints meanwhile is its own affair.
        wait_for("the ceiling follows", || {
            rig.drag(0, 2);
            let value = rig.host.value(ceiling.id);
            let text = rig.host.text_of(ceiling.id, value);
            text.split(' ').next().expect("a number").parse::<f64>().expect("a number") < -3.0
        });
        rig.window.release();
        wait_for("the gesture ends", || rig.answers().contains(&Answer::End(ceiling.id)));
        let answers = rig.answers();
        let values: Vec<f64> = answers[1..answers.len() - 1]
            .iter()
            .map(|answer| match answer {
                Answer::Value(id, value) if *id == ceiling.id => *value,
                other => panic!("{other:?} within the gesture"),
            })
            .collect();
        assert_eq!(answers.first(), Some(&Answer::Begin(ceiling.id)));
        assert!(!values.is_empty() && values.is_sorted_by(|one, next| next < one), "down, each once: {values:?}");
        rig.close();
    });
}

#[test]
fn a_window_that_closes_under_a_hand_ends_the_gesture() {
    on_a_screen("window::a_window_that_closes_under_a_hand_ends_the_gesture", || {
        let mut rig = Rig::open(LIMITER);
        let ceiling = rig.host.parameter("Ceiling").id;
        rig.play();
        rig.grab(CEILING.0, CEILING.1);
        wait_for("the gesture begins", || {
            rig.drag(0, 2);
            rig.answers().contains(&Answer::Begin(ceiling))
        });
        rig.close_window();
        wait_for("the gesture ends", || rig.answers().last() == Some(&Answer::End(ceiling)));
        rig.window.release();
        rig.close();
    });
}
