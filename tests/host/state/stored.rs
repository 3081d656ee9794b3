//! The states that older versions saved: they load for ever, and sound as they say.
//!
//! The folder `states` holds states of each product as version 1 of the file format saved them, every value off its default:
//! JSON as the framework writes it. In CLAP its length as 64 bits, little-endian, comes before it. Where a product has grown
//! since, there is one of each size.

use std::fs;
use std::path::PathBuf;

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{ChainSettings, CompressorParams, Module, Purpose};
use runout_tests::clap_host::{ClapHost, ClapId};
use runout_tests::random::Random;
use serde_json::Value;

use super::{heard, json_in, set_all, state_of, values_in};
use crate::rig::{
    COMPRESSOR, EQUALIZER, IMAGER, Knob, LIMITER, MASTER, METER, Product, RATE, loud, require_same, through_chain,
};

fn stored(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("host/states").join(name)
}

/// The stored state of a product, as CLAP has it.
fn version_1(file: &str) -> Vec<u8> {
    let json = fs::read(stored(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    state_of(&json)
}

/// Every stored state of those that hold the chain. Master had no equalizer in its first, no compressor in its second, and
/// neither imager nor output stage in its third; the others' second have a switch for listening more.
const STORED: [(Product, &str); 10] = [
    (LIMITER, "limiter.1.json"),
    (EQUALIZER, "equalizer.1.json"),
    (EQUALIZER, "equalizer.2.json"),
    (COMPRESSOR, "compressor.1.json"),
    (COMPRESSOR, "compressor.2.json"),
    (IMAGER, "imager.1.json"),
    (MASTER, "master.1.json"),
    (MASTER, "master.2.json"),
    (MASTER, "master.3.json"),
    (MASTER, "master.4.json"),
];

/// Those of which there is a larger one.
const OLD: [&str; 5] = ["equalizer.1.json", "compressor.1.json", "master.1.json", "master.2.json", "master.3.json"];

/// Those of Master from before there was a compressor in it.
const UNCOMPRESSED: [&str; 2] = ["master.1.json", "master.2.json"];

/// Every stored state by its product's id, the meter's too.
fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    STORED.into_iter().map(|(product, file)| (product.id, file)).chain([(METER, "meter.1.json")])
}

#[test]
fn version_1_loads_for_ever() {
    for (product, file) in all() {
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
    for (product, file) in all().filter(|(_, file)| !OLD.contains(file)) {
        let state = ClapHost::load(product).save();
        assert!(values_in(&state).keys().eq(values_in(&version_1(file)).keys()), "{file}");
    }
}

#[test]
fn what_a_state_does_not_say_is_at_its_default_whatever_was_before() {
    for (product, file) in STORED.into_iter().filter(|(_, file)| OLD.contains(file)) {
        let newest = STORED.into_iter().rfind(|(other, _)| other.id == product.id).expect("a newest one").1;
        let mut host = product.load();
        let defaults = values_in(&host.save());
        set_all(product, &mut host, &mut Random::new(191));
        let old = version_1(file);
        let said = values_in(&old);
        assert!(said.len() < defaults.len());
        // Also while it plays.
        for active in [false, true] {
            if active {
                host.restore(&version_1(newest));
                host.activate(RATE, 512);
            }
            host.restore(&old);
            for (id, value) in values_in(&host.save()) {
                assert_eq!(&value, said.get(&id).unwrap_or(&defaults[&id]), "{id}");
            }
        }
    }
}

#[test]
fn an_old_session_has_the_sound_and_the_latency_that_it_had() {
    // Before there was a compressor in it Master was these modules, and its latency theirs.
    let before = Product { modules: &[Module::Input, Module::Equalizer, Module::Limiter], ..MASTER };
    for file in UNCOMPRESSED {
        let mut host = MASTER.load();
        set_all(MASTER, &mut host, &mut Random::new(193));
        host.restore(&version_1(file));
        let (settings, changes) = heard_settings(MASTER, &mut host, file);
        host.set_inactive(&changes);
        host.activate(RATE, 512);
        assert_eq!(settings.compressor, CompressorParams::default());
        let mut chain = MasteringChain::of(before.modules);
        chain.set_params(&settings);
        chain.prepare(&Spec { sample_rate: RATE, max_block: 512, channels: 2 }).expect("a rate for mastering");
        assert_eq!(host.latency(), chain.latency(), "{file}");
        let expected = through_chain(before, loud(RATE, 0.25, 2), RATE, &[(0, settings)]);
        require_same(&heard(&mut host), &expected, || file.to_owned());
    }
}

#[test]
fn version_1_sounds_as_its_values_say() {
    for (product, file) in STORED {
        let mut host = product.load();
        // What an old state does not say is not what was before.
        set_all(product, &mut host, &mut Random::new(192));
        host.restore(&version_1(file));
        let (settings, changes) = heard_settings(product, &mut host, file);
        host.set_inactive(&changes);
        host.activate(RATE, 512);
        let expected = through_chain(product, loud(RATE, 0.25, 2), RATE, &[(0, settings)]);
        require_same(&heard(&mut host), &expected, || file.to_owned());
    }
}

/// The settings that a stored state says, but for those in which little would be heard: everything is off its default, the
/// modules and the way past them too. And what is to be set for them after the state.
fn heard_settings(product: Product, host: &mut ClapHost, file: &str) -> (ChainSettings, Vec<(ClapId, f64)>) {
    let saved = values_in(&version_1(file));
    let mut settings = ChainSettings::default();
    let mut changes = vec![(host.parameter("Bypass").id, 0.0)];
    for knob in product.knobs(host) {
        let Knob { setting, .. } = &knob;
        let put_back = match setting.id.as_str() {
            "limiter.input_gain_db" => Some(9.0),
            "limiter.enabled" | "equalizer.enabled" | "compressor.enabled" | "imager.enabled" => Some(1.0),
            id if id.starts_with("compressor.band.") && id.ends_with("enabled") => Some(1.0),
            _ => (setting.purpose == Purpose::Listening).then_some(0.0),
        };
        if let Some(value) = put_back {
            setting.set(&mut settings, value);
            changes.push((knob.hosted.id, knob.set(host, 0, setting.get(&settings)).value));
        } else if let Some(value) = saved.get(&setting.id) {
            setting.set(&mut settings, plain(value));
        }
    }
    (settings, changes)
}

/// The number of a value as a state has it.
fn plain(value: &Value) -> f64 {
    let within = value.as_object().and_then(|tagged| tagged.values().next()).unwrap_or(value);
    within.as_f64().or_else(|| within.as_bool().map(|on| f64::from(u8::from(on)))).expect("a number or a switch")
}
