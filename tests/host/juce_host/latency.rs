//! A latency that moves while the host plays: it goes on, and is told in the block in which another takes effect.

use runout_dsp_core::settings::{ChainSettings, Resolution};

use super::{JuceHost, Passage};
use crate::rig::{EQUALIZER, RATE, loud, require_same, through_chain};

/// One call of the host.
const BLOCK_FRAMES: usize = 512;

/// How long the next chain is fed beyond twice its latency, and faded in: 200 ms and 15 ms.
const WARM_UP_FRAMES: usize = 9600;
const FADE_FRAMES: usize = 720;

/// Medium and low: 4096 and 2048 taps.
const BEFORE_FRAMES: usize = 3072;
const AFTER_FRAMES: usize = 1536;

#[test]
fn a_resolution_that_is_set_while_playing_is_handed_over_with_its_bits_and_then_told() {
    let input = loud(RATE, 20.0, 2);
    let mut host = JuceHost::start();
    let instance = host.load("Runout Equalizer");
    host.set(instance, "Band 1 Enabled", "on");
    host.set(instance, "Band 1 Gain", "6 dB");
    let mut heard = vec![Vec::new(); 2];
    // The block after which another latency is told.
    let mut told = None;
    for start in (0..input[0].len() - BLOCK_FRAMES).step_by(BLOCK_FRAMES) {
        if start == 40 * BLOCK_FRAMES {
            host.set(instance, "Resolution", "low");
        }
        let mut part: Vec<Vec<f32>> =
            input.iter().map(|channel| channel[start..start + BLOCK_FRAMES].to_vec()).collect();
        host.process(instance, &mut part, RATE, BLOCK_FRAMES, Passage::Streamed);
        heard.iter_mut().zip(part).for_each(|(all, part)| all.extend(part));
        let latency = host.latency_frames(instance);
        if told.is_none() && latency == AFTER_FRAMES {
            told = Some(start);
        }
        assert_eq!(latency, if told.is_some() { AFTER_FRAMES } else { BEFORE_FRAMES }, "at frame {start}");
        if told.is_some_and(|told| start > told + 48_000) {
            break;
        }
    }
    let told = told.expect("the latency is handed over within 20 s");
    // The next chain began with a block, and its fade ended in the one after which it was told.
    let way = WARM_UP_FRAMES + 2 * AFTER_FRAMES + FADE_FRAMES;
    let began = (told + BLOCK_FRAMES - way) / BLOCK_FRAMES * BLOCK_FRAMES;
    assert!(began >= 40 * BLOCK_FRAMES, "it was asked for before: {began}");
    let mut settings = ChainSettings::default();
    let band = &mut settings.equalizer.bands[0];
    (band.enabled, band.gain_db) = (true, 6.0);
    let part = |signal: &[Vec<f32>], from: usize, to: usize| -> Vec<Vec<f32>> {
        signal.iter().map(|channel| channel[from..to].to_vec()).collect()
    };
    let faded = began + way - FADE_FRAMES;
    // The values came with the first block, after the activation.
    let changes = [(0, ChainSettings::default()), (0, settings)];
    let before = through_chain(EQUALIZER, part(&input, 0, faded), RATE, &changes);
    require_same(&part(&heard, 0, faded), &before, || "before the fade".to_owned());
    settings.equalizer.resolution = Resolution::Low;
    let end = heard[0].len();
    let after = through_chain(EQUALIZER, part(&input, began, end), RATE, &[(0, settings)]);
    let from = faded + FADE_FRAMES;
    require_same(&part(&heard, from, end), &part(&after, from - began, end - began), || "after the fade".to_owned());
}

#[test]
fn settings_from_before_are_in_force_from_the_next_activation_on() {
    let mut host = JuceHost::start();
    for (phase, resolution, frames) in [("linear", "maximum", 24_576), ("linear", "low", 1536), ("minimum", "low", 0)] {
        let instance = host.load("Runout Equalizer");
        host.set(instance, "Phase", phase);
        host.set(instance, "Resolution", resolution);
        // They arrive with a block, and whoever hands over a whole signal activates anew.
        let mut signal = loud(RATE, 0.1, 2);
        host.process(instance, &mut signal, RATE, BLOCK_FRAMES, Passage::Streamed);
        let state = host.state(instance);
        host.process(instance, &mut signal, RATE, BLOCK_FRAMES, Passage::Whole);
        assert_eq!(host.latency_frames(instance), frames, "{phase} {resolution}");
        let restored = host.load("Runout Equalizer");
        host.restore(restored, &state);
        host.process(restored, &mut signal, RATE, BLOCK_FRAMES, Passage::Whole);
        assert_eq!(host.latency_frames(restored), frames, "{phase} {resolution}, from a state");
    }
}

#[test]
fn trap_15_a_state_that_is_loaded_while_playing_hands_over_too() {
    let mut host = JuceHost::start();
    let source = host.load("Runout Equalizer");
    host.set(source, "Phase", "minimum");
    let mut block = loud(RATE, 0.1, 2);
    host.process(source, &mut block, RATE, BLOCK_FRAMES, Passage::Streamed);
    let state = host.state(source);
    let instance = host.load("Runout Equalizer");
    host.process(instance, &mut block, RATE, BLOCK_FRAMES, Passage::Streamed);
    assert_eq!(host.latency_frames(instance), BEFORE_FRAMES);
    host.restore(instance, &state);
    // A thread takes the time it needs; so many seconds of sound are more.
    for _ in 0..2000 {
        host.process(instance, &mut block, RATE, BLOCK_FRAMES, Passage::Streamed);
        if host.latency_frames(instance) == 0 {
            return;
        }
    }
    panic!("the latency has not moved within 200 s of sound");
}
