//! Ten minutes of a session with Runout Master: everything is automated, modules change places and go on and off, presets
//! come, the host changes rate and blocks, resets and starts again. The library under test aborts where `process` allocates
//! and where arithmetic overflows.

use runout_dsp_core::presets::FACTORY;
use runout_dsp_core::settings::Purpose;
use runout_tests::clap_host::{Automation, ClapHost};
use runout_tests::random::Random;
use runout_tests::signals::sine;

use super::{MAX_BLOCK, play, require_like_new};
use crate::rig::{Knob, MASTER, random_frames, set_inactive};

/// Parts of ten seconds each.
const PARTS: usize = 60;
const PART_S: f64 = 10.0;

const RATES_HZ: [f64; 3] = [44_100.0, 48_000.0, 96_000.0];

/// The tones that play: frequency, Hz, and amplitude.
const TONES: [(f64, f64); 2] = [(997.0, 0.15), (4013.0, 0.1)];

/// The ceiling that stands throughout, dBTP.
const CEILING_DBTP: f64 = -1.0;

/// How much more than the ceiling's highest tone the second difference may be: what fades and gains on their way add to it.
const MOVING: f64 = 1.3;

/// Whether a knob stays where it is: what could let a sample over the ceiling.
fn stays(knob: &Knob) -> bool {
    let id = knob.setting.id.as_str();
    matches!(id, "limiter.enabled" | "limiter.ceiling_dbtp" | "listen.limiter.delta")
        || knob.setting.purpose == Purpose::Latency
}

/// Any values at any frames, and now and then all of a preset.
fn moves(host: &mut ClapHost, knobs: &[Knob], random: &mut Random, frames: usize) -> Vec<Automation> {
    let mut automation = Vec::new();
    for frame in random_frames(random, 150, frames) {
        if random.chance(0.03) {
            let preset = FACTORY[random.below(FACTORY.len())].settings().expect("a preset that reads");
            automation.extend(knobs.iter().map(|knob| knob.set(host, frame, knob.setting.get(&preset))));
        } else {
            let knob = &knobs[random.below(knobs.len())];
            let value = knob.any(random);
            automation.push(knob.set(host, frame, value));
        }
    }
    automation
}

/// Both channels of the tones, the right a quarter of a turn later.
fn tones(rate_hz: f64) -> Vec<Vec<f32>> {
    let frames = (PART_S * rate_hz) as usize;
    [0.0, 90.0]
        .map(|phase_deg| {
            let [low, high] = TONES.map(|(hz, amplitude)| sine(hz, amplitude, phase_deg, rate_hz, frames));
            low.iter().zip(high).map(|(low, high)| low + high).collect()
        })
        .to_vec()
}

#[test]
fn ten_minutes_of_a_session_neither_click_nor_go_over() {
    let ceiling = 10f64.powf(CEILING_DBTP / 20.0);
    for seed in [231, 232] {
        let mut random = Random::new(seed);
        let mut host = MASTER.load();
        let knobs: Vec<Knob> = MASTER.knobs(&mut host).into_iter().filter(|knob| !stays(knob)).collect();
        let mut rate_hz = RATES_HZ[1];
        host.activate(rate_hz, MAX_BLOCK);
        let (mut loudest, mut roughest) = (0f64, 0f64);
        for part in 0..PARTS / 2 {
            match random.below(4) {
                0 => host.reset(),
                1 => {
                    host.deactivate();
                    rate_hz = RATES_HZ[random.below(RATES_HZ.len())];
                    let kept = moves(&mut host, &knobs, &mut random, 1);
                    set_inactive(&mut host, &kept);
                    host.activate(rate_hz, MAX_BLOCK);
                }
                _ => {}
            }
            let mut signal = tones(rate_hz);
            let automation = moves(&mut host, &knobs, &mut random, signal[0].len());
            play(&mut host, &mut signal, &automation, &mut random);
            let steepest = (2.0 * (std::f64::consts::PI * TONES[1].0 / rate_hz).sin()).powi(2);
            let case = format!("seed {seed}, part {part} at {rate_hz} Hz");
            for channel in &signal {
                // After a reset the tones begin in the middle of nowhere: filters answer to that.
                let settled = &channel[(0.5 * rate_hz) as usize..];
                for (frame, three) in settled.windows(3).enumerate() {
                    let [a, b, c] = [three[0], three[1], three[2]].map(f64::from);
                    assert!(b.is_finite(), "{case}, frame {frame}");
                    let second = (a - 2.0 * b + c).abs() / (ceiling * steepest);
                    (loudest, roughest) = (loudest.max(b.abs()), roughest.max(second));
                    assert!(b.abs() <= ceiling, "{case}, frame {frame}: {b} is over {ceiling}");
                    assert!(second <= MOVING, "{case}, frame {frame}: {second} of the steepest tone");
                }
            }
        }
        println!("seed {seed}: at most {loudest:.4} of {ceiling:.4}, second differences of {roughest:.3} of {MOVING}");
        assert!(loudest > 0.5, "seed {seed}: nothing was ever near the ceiling");
        require_like_new(MASTER, &mut host, &format!("seed {seed}: afterwards"));
    }
}
