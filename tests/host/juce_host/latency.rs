//! A latency that moves while the host plays: it goes on, and is told in the block in which another takes effect.

use runout_dsp_core::settings::{ChainSettings, CompressorPhase, Resolution};

use super::{JuceHost, Passage, named};
use crate::rig::{COMPRESSOR, EQUALIZER, Product, RATE, loud, require_same, through_chain};

/// One call of the host.
const BLOCK_FRAMES: usize = 512;

/// How long the next chain is fed beyond twice its latency, and faded in: 200 ms and 15 ms.
const WARM_UP_FRAMES: usize = 9600;
const FADE_FRAMES: usize = 720;

/// Medium and low: 4096 and 2048 taps.
const BEFORE_FRAMES: usize = 3072;
const AFTER_FRAMES: usize = 1536;

/// A setting that moves the latency while a host plays.
struct Move {
    plugin: &'static str,
    product: Product,
    /// What is at work.
    before: ChainSettings,
    after: ChainSettings,
    /// Frames of latency, and how long the next chain is fed beyond twice its own.
    latency: [usize; 2],
    warm_up_frames: usize,
}

impl Move {
    fn resolution() -> Self {
        let mut before = ChainSettings::default();
        (before.equalizer.bands[0].enabled, before.equalizer.bands[0].gain_db) = (true, 6.0);
        let mut after = before;
        after.equalizer.resolution = Resolution::Low;
        let latency = [BEFORE_FRAMES, AFTER_FRAMES];
        Self { plugin: "Runout Equalizer", product: EQUALIZER, before, after, latency, warm_up_frames: WARM_UP_FRAMES }
    }

    fn phase_and_lookahead() -> Self {
        let mut before = ChainSettings::default();
        let compressor = &mut before.compressor;
        compressor.bands = 3;
        for band in &mut compressor.band[..3] {
            (band.ratio, band.threshold_db, band.attack_ms) = (3.0, -24.0, 20.0);
        }
        let mut after = before;
        (after.compressor.phase, after.compressor.lookahead) = (CompressorPhase::Linear, true);
        // Three attacks more.
        let warm_up_frames = WARM_UP_FRAMES + 2880;
        // 4096 taps, and 20 ms.
        let latency = [0, 3072 + 960];
        Self { plugin: "Runout Compressor", product: COMPRESSOR, before, after, latency, warm_up_frames }
    }
}

#[test]
fn a_setting_that_moves_the_latency_while_playing_is_handed_over_with_its_bits_and_then_told() {
    for moved in [Move::resolution(), Move::phase_and_lookahead()] {
        let input = loud(RATE, 20.0, 2);
        let mut host = JuceHost::start();
        let instance = host.load(moved.plugin);
        let set = |host: &mut JuceHost, from: &ChainSettings, to: &ChainSettings| {
            for (name, setting) in named(moved.product) {
                if setting.get(from) != setting.get(to) {
                    host.set(instance, &name, &setting.kind.shown(setting.get(to)));
                }
            }
        };
        set(&mut host, &ChainSettings::default(), &moved.before);
        let mut heard = vec![Vec::new(); 2];
        // The block after which another latency is told.
        let mut told = None;
        for start in (0..input[0].len() - BLOCK_FRAMES).step_by(BLOCK_FRAMES) {
            if start == 40 * BLOCK_FRAMES {
                set(&mut host, &moved.before, &moved.after);
            }
            let mut block = part(&input, start, start + BLOCK_FRAMES);
            host.process(instance, &mut block, RATE, BLOCK_FRAMES, Passage::Streamed);
            heard.iter_mut().zip(block).for_each(|(all, block)| all.extend(block));
            let latency = host.latency_frames(instance);
            if told.is_none() && latency == moved.latency[1] {
                told = Some(start);
            }
            assert_eq!(latency, moved.latency[usize::from(told.is_some())], "{} at frame {start}", moved.plugin);
            if told.is_some_and(|told| start > told + 48_000) {
                break;
            }
        }
        require_handed_over(&moved, &input, &heard, told.expect("the latency is handed over within 20 s"));
    }
}

/// Requires the bits of the chain in force until the fade and of the next one after it, where the block after which that
/// was told says that they lie.
fn require_handed_over(moved: &Move, input: &[Vec<f32>], heard: &[Vec<f32>], told: usize) {
    // The next chain began with a block, and its fade ended in the one after which it was told.
    let way = moved.warm_up_frames + 2 * moved.latency[1] + FADE_FRAMES;
    let began = (told + BLOCK_FRAMES - way) / BLOCK_FRAMES * BLOCK_FRAMES;
    assert!(began >= 40 * BLOCK_FRAMES, "{}: it was asked for before: {began}", moved.plugin);
    let faded = began + way - FADE_FRAMES;
    // The values came with the first block, after the activation.
    let changes = [(0, ChainSettings::default()), (0, moved.before)];
    let before = through_chain(moved.product, part(input, 0, faded), RATE, &changes);
    require_same(&part(heard, 0, faded), &before, || format!("{} before the fade", moved.plugin));
    let end = heard[0].len();
    let after = through_chain(moved.product, part(input, began, end), RATE, &[(0, moved.after)]);
    let from = faded + FADE_FRAMES;
    require_same(&part(heard, from, end), &part(&after, from - began, end - began), || {
        format!("{} after the fade", moved.plugin)
    });
}

fn part(signal: &[Vec<f32>], from: usize, to: usize) -> Vec<Vec<f32>> {
    signal.iter().map(|channel| channel[from..to].to_vec()).collect()
}

#[test]
fn settings_from_before_are_in_force_from_the_next_activation_on() {
    let mut host = JuceHost::start();
    for (plugin, phase, name, value, frames) in [
        ("Runout Equalizer", "linear", "Resolution", "maximum", 24_576),
        ("Runout Equalizer", "linear", "Resolution", "low", 1536),
        ("Runout Equalizer", "minimum", "Resolution", "low", 0),
        ("Runout Compressor", "dynamic", "Lookahead", "on", 960),
        ("Runout Compressor", "linear", "Lookahead", "off", 3072),
        ("Runout Compressor", "linear", "Lookahead", "on", 4032),
    ] {
        let instance = host.load(plugin);
        host.set(instance, "Phase", phase);
        host.set(instance, name, value);
        // They arrive with a block, and whoever hands over a whole signal activates anew.
        let mut signal = loud(RATE, 0.1, 2);
        host.process(instance, &mut signal, RATE, BLOCK_FRAMES, Passage::Streamed);
        let state = host.state(instance);
        host.process(instance, &mut signal, RATE, BLOCK_FRAMES, Passage::Whole);
        assert_eq!(host.latency_frames(instance), frames, "{plugin}: {phase}, {name} {value}");
        let restored = host.load(plugin);
        host.restore(restored, &state);
        host.process(restored, &mut signal, RATE, BLOCK_FRAMES, Passage::Whole);
        assert_eq!(host.latency_frames(restored), frames, "{plugin}: {phase}, {name} {value}, from a state");
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
