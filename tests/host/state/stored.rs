//! The states that older versions saved: they load for ever, and sound as they say.
//!
//! The folder `states` holds states of each product as version 1 of the file format saved them, every value off its default:
//! JSON as the framework writes it. In CLAP its length as 64 bits, little-endian, comes before it. Where a product has grown
//! since, there is one of each size.

use std::fs;
use std::path::PathBuf;

use runout_dsp_core::settings::ChainSettings;
use runout_tests::clap_host::ClapHost;
use runout_tests::random::Random;
use serde_json::Value;

use super::{heard, json_in, set_all, state_of, values_in};
use crate::rig::{EQUALIZER, LIMITER, MASTER, METER, RATE, loud, require_same, through_chain};

fn stored(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("host/states").join(name)
}

/// The stored state of a product, as CLAP has it.
fn version_1(file: &str) -> Vec<u8> {
    let json = fs::read(stored(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    state_of(&json)
}

/// Every stored state with its product. Master had no equalizer in its first.
const STORED: [(&str, &str); 5] = [
    (LIMITER.id, "limiter.1.json"),
    (EQUALIZER.id, "equalizer.1.json"),
    (MASTER.id, "master.1.json"),
    (MASTER.id, "master.2.json"),
    (METER, "meter.1.json"),
];

#[test]
fn version_1_loads_for_ever() {
    for (product, file) in STORED {
        let mut host = ClapHost::load(product);
        let defaults = values_in(&host.save());
        host.restore(&version_1(file));
        let loaded = values_in(&host.save());
        let saved = values_in(&version_1(file));
        assert!(saved.contains_key("bypass"));
        for (id, value) in &saved {
            assert_eq!(loaded.get(id), Some(value), "{product}: {id}");
            assert_ne!(defaults.get(id), Some(value), "{product}: {id} would be right by chance");
        }
        let editor = |state: &[u8]| -> Value {
            let text = json_in(state)["fields"]["editor"].as_str().expect("the editor's preferences").to_owned();
            serde_json::from_str(&text).expect("JSON")
        };
        let (loaded, saved) = (editor(&host.save()), editor(&version_1(file)));
        for (name, value) in saved.as_object().expect("preferences") {
            assert_eq!(loaded.get(name), Some(value), "{product}: {name}");
        }
    }
}

#[test]
fn the_newest_states_know_every_parameter() {
    for (product, file) in STORED.into_iter().filter(|(_, file)| *file != "master.1.json") {
        let state = ClapHost::load(product).save();
        assert!(values_in(&state).keys().eq(values_in(&version_1(file)).keys()), "{file}");
    }
}

#[test]
fn what_a_state_does_not_say_is_at_its_default_whatever_was_before() {
    let mut host = MASTER.load();
    let defaults = values_in(&host.save());
    set_all(MASTER, &mut host, &mut Random::new(191));
    let old = version_1("master.1.json");
    let said = values_in(&old);
    assert!(said.len() < defaults.len());
    // Also while it plays.
    for active in [false, true] {
        if active {
            host.restore(&version_1("master.2.json"));
            host.activate(RATE, 512);
        }
        host.restore(&old);
        for (id, value) in values_in(&host.save()) {
            assert_eq!(&value, said.get(&id).unwrap_or(&defaults[&id]), "{id}");
        }
    }
}

#[test]
fn version_1_sounds_as_its_values_say() {
    let files = [
        (LIMITER, "limiter.1.json"),
        (EQUALIZER, "equalizer.1.json"),
        (MASTER, "master.1.json"),
        (MASTER, "master.2.json"),
    ];
    for (product, file) in files {
        let mut host = product.load();
        // What an old state does not say is not what was before.
        set_all(product, &mut host, &mut Random::new(192));
        host.restore(&version_1(file));
        let saved = values_in(&version_1(file));
        let knobs = product.knobs(&mut host);
        let mut settings = ChainSettings::default();
        for knob in &knobs {
            if let Some(value) = saved.get(&knob.setting.id) {
                knob.setting.set(&mut settings, plain(value));
            }
        }
        // Everything is off its default, the modules and the way past them too: those are put back, to hear the rest.
        (settings.limiter.enabled, settings.limiter.delta, settings.limiter.unity_gain) = (true, false, false);
        settings.limiter.input_gain_db = 9.0;
        (settings.equalizer.enabled, settings.equalizer.solo) = (true, 0);
        let changed = [
            "limiter.enabled",
            "listen.limiter.delta",
            "listen.limiter.unity_gain",
            "limiter.input_gain_db",
            "equalizer.enabled",
            "listen.equalizer.solo",
        ];
        let changed = knobs.iter().filter(|knob| changed.contains(&knob.setting.id.as_str()));
        let mut changes = vec![(host.parameter("Bypass").id, 0.0)];
        changes.extend(changed.map(|knob| (knob.hosted.id, knob.set(&mut host, 0, knob.setting.get(&settings)).value)));
        host.set_inactive(&changes);
        host.activate(RATE, 512);
        let expected = through_chain(product, loud(RATE, 0.25, 2), RATE, &[(0, settings)]);
        require_same(&heard(&mut host), &expected, || file.to_owned());
    }
}

/// The number of a value as a state has it.
fn plain(value: &Value) -> f64 {
    let within = value.as_object().and_then(|tagged| tagged.values().next()).unwrap_or(value);
    within.as_f64().or_else(|| within.as_bool().map(|on| f64::from(u8::from(on)))).expect("a number or a switch")
}
