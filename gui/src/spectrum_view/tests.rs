use runout_dsp_core::spectrum::SpectrumTap;

use super::*;

/// A rate whose 60th is whole, Hz.
const SAMPLE_RATE: f32 = 48_000.0;
const FRAME: usize = 800;

/// A whole number of turns a frame of the display, Hz.
const SINE_HZ: f32 = 1020.0;

struct Stand {
    tap: SpectrumTap,
    reader: Option<SpectrumReader>,
    view: SpectrumView,
    preferences: Preferences,
    frames: usize,
}

impl Stand {
    fn new() -> Self {
        let (tap, reader) = SpectrumTap::new();
        let preferences = Preferences::new([1000, 620]);
        preferences.set_spectrum_smoothing(false);
        let mut stand = Self { tap, reader: Some(reader), view: SpectrumView::default(), preferences, frames: 0 };
        stand.view.open(stand.reader.as_mut());
        stand.look(None);
        stand
    }

    /// One frame of the display, with a sine of an amplitude on both sides, or nothing.
    fn look(&mut self, amplitude: Option<f32>) {
        if let Some(amplitude) = amplitude {
            let turns = |n: usize| n as f32 * SINE_HZ / SAMPLE_RATE;
            let mut signal: Vec<f32> =
                (0..FRAME).map(|n| amplitude * (std::f32::consts::TAU * turns(n)).sin()).collect();
            self.tap.before(&[&mut signal]);
            self.tap.after(&[&mut signal]);
        }
        self.frames += 1;
        let now_s = self.frames as f64 / 60.0;
        self.view.take(self.reader.as_mut(), SAMPLE_RATE, &self.preferences, now_s);
    }

    fn play(&mut self, frames: usize, amplitude: Option<f32>) {
        (0..frames).for_each(|_| self.look(amplitude));
    }

    /// How many frames wait on both sides; they are gone then.
    fn waiting(&mut self) -> [usize; 2] {
        let reader = self.reader.as_mut().unwrap();
        [&mut reader.before, &mut reader.after].map(|side| {
            let mut count = 0;
            side.take_all(|frames| count += frames.len());
            count
        })
    }

    fn highest_db(&self) -> [f32; 2] {
        [&self.view.before, &self.view.after]
            .map(|trace| trace.levels_db().iter().copied().fold(f32::NEG_INFINITY, f32::max))
    }
}

#[test]
fn both_sides_read_what_is_played_and_come_to_rest_in_silence_and_when_nothing_comes() {
    for end in [Some(0.0), None] {
        let mut stand = Stand::new();
        assert!(!stand.view.is_moving());
        stand.play(60, Some(0.5));
        for level_db in stand.highest_db() {
            // 0.05 dB: the analyzer's own.
            assert!((level_db + 6.02).abs() < 0.05, "{level_db} dB");
        }
        assert!(stand.view.is_moving());
        stand.play(10, end);
        assert!(stand.view.is_moving(), "it falls");
        stand.play(90, end);
        assert!(!stand.view.is_moving(), "{:?} dB", stand.highest_db());
        stand.play(20, Some(0.5));
        assert!(stand.view.is_moving());
    }
}

#[test]
fn frozen_it_stands_and_then_goes_on_with_what_is_heard_now() {
    let mut stand = Stand::new();
    stand.play(60, Some(0.5));
    let before = stand.highest_db();
    stand.view.frozen = true;
    stand.play(60, Some(0.001));
    assert_eq!(stand.highest_db(), before);
    assert!(!stand.view.is_moving());
    stand.view.frozen = false;
    stand.play(120, Some(0.001));
    for (now, then) in stand.highest_db().into_iter().zip(before) {
        // 54 dB lower; 2 s of fall leave e^(-6.7) of it.
        assert!((then - now - 53.98).abs() < 0.3, "{now} after {then} dB");
    }
}

#[test]
fn of_a_side_that_is_hidden_nothing_is_sent_and_nothing_computed() {
    let mut stand = Stand::new();
    stand.preferences.set_spectrum_before(false);
    stand.look(None);
    stand.play(60, Some(0.5));
    let [before, after] = stand.highest_db();
    assert!(before < -100.0 && after > -12.0);
    let mut signal = [0.5; 10];
    stand.tap.before(&[&mut signal]);
    assert_eq!(stand.waiting(), [0, 0]);
    stand.preferences.set_spectrum_after(false);
    stand.look(None);
    assert!(!stand.view.is_moving());
    stand.tap.after(&[&mut signal]);
    assert_eq!(stand.waiting(), [0, 0]);
    // Shown again, it begins with silence, not with what it heard then.
    stand.preferences.set_spectrum_after(true);
    stand.look(None);
    assert!(stand.highest_db()[1] < -100.0);
    stand.play(30, Some(0.5));
    assert!(stand.highest_db()[1] > -12.0);
}

#[test]
fn held_levels_are_forgotten_when_they_are_switched_off() {
    let mut stand = Stand::new();
    stand.view.holds = true;
    stand.play(60, Some(0.5));
    let highest = |stand: &Stand| stand.view.after.held_db().iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let then = highest(&stand);
    stand.play(120, Some(0.001));
    assert_eq!(highest(&stand), then);
    stand.view.holds = false;
    stand.look(Some(0.001));
    stand.view.holds = true;
    stand.play(60, Some(0.001));
    assert!(highest(&stand) < then - 40.0);
}

#[test]
fn closed_it_hears_nothing_and_another_rate_starts_anew() {
    let mut stand = Stand::new();
    stand.play(60, Some(0.5));
    stand.view.take(stand.reader.as_mut(), 96_000.0, &stand.preferences, 10.0);
    assert!(stand.highest_db()[0] < -100.0);
    stand.view.take(stand.reader.as_mut(), 0.0, &stand.preferences, 11.0);
    assert!(!stand.view.is_moving());
    stand.play(60, Some(0.5));
    stand.view.close(stand.reader.as_mut());
    stand.play(10, Some(0.5));
    assert!(!stand.view.is_moving());
    assert_eq!(stand.waiting(), [0, 0]);
}
