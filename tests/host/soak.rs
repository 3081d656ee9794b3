//! Long sessions: minutes of sound in which a host moves every parameter anyhow. The library under test aborts where
//! `process` allocates and where arithmetic overflows.

mod session;

use runout_dsp_core::settings::CompressorMode;
use runout_tests::clap_host::{Automation, ClapHost};
use runout_tests::random::Random;
use runout_tests::signals::sine;

use crate::rig::{COMPRESSOR, INSERTS, Knob, Product, RATE, loud, random_frames, require_same};

/// How long each product plays: minutes, in parts.
const PARTS: usize = 12;
const PART_S: f64 = 10.0;

/// The largest block.
const MAX_BLOCK: usize = 1024;

/// Values of these knobs, or of the host's bypass now and then, at some frames of a part; of each knob what `value` gives.
fn moves(
    host: &mut ClapHost,
    knobs: &[Knob],
    random: &mut Random,
    frames: usize,
    value: impl Fn(&Knob, &mut Random) -> f32,
) -> Vec<Automation> {
    let bypass = host.parameter("Bypass").id;
    let places = random_frames(random, 200, frames);
    let set = |frame: usize| {
        if random.chance(0.02) {
            return Automation { frame, id: bypass, value: f64::from(u8::from(random.chance(0.5))) };
        }
        let knob = &knobs[random.below(knobs.len())];
        let value = value(knob, random);
        knob.set(host, frame, value)
    };
    places.into_iter().map(set).collect()
}

fn play(host: &mut ClapHost, signal: &mut [Vec<f32>], automation: &[Automation], random: &mut Random) {
    let blocks = std::iter::repeat_with(|| 1 + random.below(MAX_BLOCK));
    host.audio().process(signal, blocks, automation);
}

/// Requires that a product that has been through anything is as new when it is put back to its defaults.
fn require_like_new(product: Product, host: &mut ClapHost, case: &str) {
    let defaults: Vec<_> = host.parameters().into_iter().map(|parameter| (parameter.id, parameter.default)).collect();
    host.deactivate();
    host.set_inactive(&defaults);
    host.activate(RATE, MAX_BLOCK);
    let mut new = product.load();
    new.activate(RATE, MAX_BLOCK);
    let (mut found, mut expected) = (loud(RATE, 0.5, 2), loud(RATE, 0.5, 2));
    host.process(&mut found, MAX_BLOCK, &[]);
    new.process(&mut expected, MAX_BLOCK, &[]);
    require_same(&found, &expected, || case.to_owned());
}

#[test]
fn minutes_of_music_under_any_automation_stay_numbers() {
    let music = loud(RATE, PART_S, 2);
    for (product, seed) in INSERTS.into_iter().zip(211..) {
        let mut random = Random::new(seed);
        let mut host = product.load();
        let knobs = product.knobs(&mut host);
        host.activate(RATE, MAX_BLOCK);
        for part in 0..PARTS {
            let case = format!("{}, seed {seed}, part {part}", product.id);
            let automation = moves(&mut host, &knobs, &mut random, music[0].len(), Knob::any);
            // Silence too, in which everything is to come to rest.
            let mut signal = music.clone();
            signal.iter_mut().for_each(|channel| channel[300_000..400_000].fill(0.0));
            play(&mut host, &mut signal, &automation, &mut random);
            let wrong = signal.iter().flatten().find(|sample| !sample.is_finite() || sample.is_subnormal());
            assert_eq!(wrong, None, "{case}");
        }
        require_like_new(product, &mut host, &format!("{}, seed {seed}: afterwards", product.id));
    }
}

#[test]
fn minutes_of_two_tones_under_a_compressor_that_raises_nothing_never_jump() {
    const TONES: [(f64, f64); 2] = [(997.0, 0.15), (4013.0, 0.1)];
    // Gains up to 1 of bands that are in phase where they meet leave both tones at most what they are, and every fade stays
    // between its two sides. A twentieth is for what a gain moves in a frame.
    let highest = 1.05 * TONES.iter().map(|(_, amplitude)| amplitude).sum::<f64>();
    let steepest = 1.05
        * TONES.iter().map(|(hz, amplitude)| 2.0 * (std::f64::consts::PI * hz / RATE).sin() * amplitude).sum::<f64>();
    let quiet = |knob: &Knob, random: &mut Random| match knob.setting.id.rsplit('.').next() {
        Some("makeup_db" | "output_gain_db" | "auto_makeup") => 0.0,
        Some("mode") => [CompressorMode::Compress, CompressorMode::Expand][random.below(2)].index(),
        _ => knob.any(random),
    };
    let frames = (PART_S * RATE) as usize;
    // Whole turns fill a part. The right channel's are a quarter of one later, so that the side is as loud as the middle.
    let tones = [0.0, 90.0].map(|phase_deg| {
        let [low, high] = TONES.map(|(hz, amplitude)| sine(hz, amplitude, phase_deg, RATE, frames));
        low.iter().zip(high).map(|(low, high)| low + high).collect::<Vec<f32>>()
    });
    for seed in 221..225 {
        let mut random = Random::new(seed);
        let mut host = COMPRESSOR.load();
        let knobs = COMPRESSOR.knobs(&mut host);
        host.activate(RATE, MAX_BLOCK);
        let (mut last, mut found, mut quietest) = ([0.0f32; 2], [0.0f32; 2], f32::INFINITY);
        for part in 0..PARTS {
            let mut signal = tones.to_vec();
            let automation = moves(&mut host, &knobs, &mut random, frames, quiet);
            play(&mut host, &mut signal, &automation, &mut random);
            for (channel, last) in signal.iter().zip(&mut last) {
                let peak = |part: &[f32]| part.iter().fold(0f32, |peak, sample| peak.max(sample.abs()));
                quietest = channel.chunks(4800).map(peak).fold(quietest, f32::min);
                for (frame, sample) in channel.iter().enumerate() {
                    let step = (sample - *last).abs();
                    *last = *sample;
                    // The tones begin in the middle of nowhere.
                    if part == 0 && frame < 4800 {
                        continue;
                    }
                    found = [found[0].max(sample.abs()), found[1].max(step)];
                    let is_calm = f64::from(sample.abs()) <= highest && f64::from(step) <= steepest;
                    assert!(is_calm, "seed {seed}, part {part}, frame {frame}: {sample}, a step of {step}");
                }
            }
        }
        println!("seed {seed}: at most {} of {highest}, steps of {} of {steepest}", found[0], found[1]);
        assert!(quietest < 0.025, "seed {seed}: it was never 20 dB lower in a tenth of a second, but {quietest}");
        require_like_new(COMPRESSOR, &mut host, &format!("seed {seed}: afterwards"));
    }
}
