//! Instances come and go, forget and remember.

use runout_dsp_core::settings::ChainSettings;
use runout_tests::random::Random;

use super::{INSERTS, JuceHost, Passage};
use crate::rig::{RATE, loud, require_same};

#[test]
fn a_state_moves_into_a_new_instance() {
    let input = loud(RATE, 1.0, 2);
    for (plugin, product) in INSERTS {
        let mut host = JuceHost::start();
        let saved = host.load(plugin);
        host.set_anyhow(saved, product, &mut Random::new(51), &mut ChainSettings::default());
        let mut expected = input.clone();
        host.process(saved, &mut expected, RATE, 512, Passage::Whole);
        let state = host.state(saved);
        // Into another process: nothing else can carry the values over.
        let mut other = JuceHost::start();
        let restored = other.load(plugin);
        other.restore(restored, &state);
        let mut signal = input.clone();
        other.process(restored, &mut signal, RATE, 512, Passage::Whole);
        require_same(&signal, &expected, || plugin.to_owned());
        assert_eq!(other.state(restored), state, "{plugin}");
        let pairs = host.parameters(saved).into_iter().zip(other.parameters(restored));
        for (before, after) in pairs {
            assert_eq!(before.text, after.text, "{plugin}: {}", before.name);
        }
    }
}

#[test]
fn a_reset_forgets_the_signal_and_keeps_the_values() {
    let input = loud(RATE, 1.0, 2);
    for (plugin, product) in INSERTS {
        let mut host = JuceHost::start();
        let instance = host.load(plugin);
        host.set_anyhow(instance, product, &mut Random::new(52), &mut ChainSettings::default());
        let mut first = input.clone();
        host.process(instance, &mut first, RATE, 512, Passage::Whole);
        // Something else in between, and a stream that is cut off: handing over a whole signal resets first.
        host.process(instance, &mut loud(RATE, 0.3, 2), RATE, 512, Passage::Streamed);
        let mut again = input.clone();
        host.process(instance, &mut again, RATE, 512, Passage::Whole);
        require_same(&again, &first, || plugin.to_owned());
    }
}

#[test]
fn fifty_instances_come_and_go() {
    let input = loud(RATE, 0.1, 2);
    let mut host = JuceHost::start();
    let mut alive = Vec::new();
    let mut first = None;
    for count in 0..50 {
        // Python takes seconds to load one that has many parameters.
        let plugin = match count % 20 {
            0 => "Runout Equalizer",
            10 => "Runout Compressor",
            5 | 15 => "Runout Master",
            odd if odd % 2 == 1 => "Runout Limiter",
            _ => "Runout Meter",
        };
        let instance = host.load(plugin);
        let moved = match plugin {
            "Runout Equalizer" => Some(("Resolution", ["maximum", "low"][count / 20 % 2])),
            "Runout Compressor" => Some(("Phase", ["linear", "dynamic"][count / 20 % 2])),
            _ => None,
        };
        if let Some((name, text)) = moved {
            // It goes with another chain on its way, or with one that is fed.
            host.process(instance, &mut input.clone(), RATE, 64, Passage::Streamed);
            host.set(instance, name, text);
            host.process(instance, &mut vec![vec![0.1; 64 << (count / 10)]; 2], RATE, 64, Passage::Streamed);
            host.drop_instance(instance);
            continue;
        }
        let mut signal = input.clone();
        host.process(instance, &mut signal, RATE, 64, Passage::Whole);
        if plugin == "Runout Limiter" {
            require_same(&signal, first.get_or_insert(signal.clone()), || format!("limiter {count}"));
        }
        alive.push(instance);
        // A few live side by side, the oldest leaves.
        if alive.len() > 5 {
            host.drop_instance(alive.remove(0));
        }
    }
}
