//! A project saved is a project restored, bit for bit, today and in years; what is no state is refused and harms nothing.

mod stored;

use std::collections::BTreeMap;

use runout_dsp_core::settings::ChainSettings;
use runout_tests::clap_host::{Automation, ClapHost};
use runout_tests::random::Random;
use serde_json::Value;

use crate::rig::{INSERTS, LIMITER, MASTER, Product, RATE, Script, loud, require_same, set_inactive, through_chain};

/// The JSON in a state.
fn json_in(state: &[u8]) -> Value {
    let (length, json) = state.split_first_chunk::<8>().expect("a length");
    assert_eq!(u64::from_le_bytes(*length), json.len() as u64);
    serde_json::from_slice(json).expect("JSON")
}

/// A state of this JSON.
fn state_of(json: &[u8]) -> Vec<u8> {
    [&(json.len() as u64).to_le_bytes(), json].concat()
}

/// Every parameter's value in a state, as it is written, by id.
pub fn values_in(state: &[u8]) -> BTreeMap<String, Value> {
    let json = json_in(state);
    let parameters = json["params"].as_object().expect("parameters");
    parameters.iter().map(|(id, value)| (id.clone(), value.clone())).collect()
}

/// Sets any value of every parameter, the bypass too, before activation.
fn set_all(product: Product, host: &mut ClapHost, random: &mut Random) -> Script {
    let mut settings = ChainSettings::default();
    for knob in product.knobs(host) {
        let value = knob.any(random);
        knob.setting.set(&mut settings, f64::from(value));
    }
    let mut script = Script::fixed(product, host, &settings);
    let bypass = Automation { frame: 0, id: host.parameter("Bypass").id, value: f64::from(random.below(2) as u32) };
    script.automation.push(bypass);
    set_inactive(host, &script.automation);
    script
}

/// Every value that a host reads, by its bits.
fn values(host: &mut ClapHost) -> Vec<u64> {
    let ids: Vec<_> = host.parameters().into_iter().map(|parameter| parameter.id).collect();
    ids.into_iter().map(|id| host.value(id).to_bits()).collect()
}

fn heard(host: &mut ClapHost) -> Vec<Vec<f32>> {
    let mut signal = loud(RATE, 0.25, 2);
    host.process(&mut signal, 512, &[]);
    signal
}

#[test]
fn a_state_moves_into_a_new_instance_bit_for_bit() {
    for (product, seed) in INSERTS.into_iter().flat_map(|product| (141..149).map(move |seed| (product, seed))) {
        let mut random = Random::new(seed);
        let mut host = product.load();
        set_all(product, &mut host, &mut random);
        let state = host.save();
        let mut other = product.load();
        other.restore(&state);
        assert_eq!(values(&mut other), values(&mut host), "{}, seed {seed}", product.id);
        assert_eq!(other.save(), state, "{}, seed {seed}", product.id);
        host.activate(RATE, 512);
        other.activate(RATE, 512);
        require_same(&heard(&mut other), &heard(&mut host), || format!("{}, seed {seed}", product.id));
    }
}

#[test]
fn trap_15_a_state_loaded_while_playing_acts_like_automation() {
    for product in INSERTS {
        let mut random = Random::new(151);
        let mut source = product.load();
        let frames = [24_064];
        let script = Script::random(product, &mut source, &mut random, &frames, 20);
        set_inactive(&mut source, &script.automation);
        let input = loud(RATE, 1.0, 2);
        let expected = through_chain(product, input.clone(), RATE, &script.settings);
        let mut host = product.load();
        host.activate(RATE, 64);
        let part = |from: usize, to: usize| input.iter().map(|channel| channel[from..to].to_vec()).collect::<Vec<_>>();
        let (mut before, mut after) = (part(0, frames[0]), part(frames[0], input[0].len()));
        host.process(&mut before, 64, &[]);
        host.restore(&source.save());
        host.process(&mut after, 64, &[]);
        let whole: Vec<Vec<f32>> =
            before.into_iter().zip(after).map(|(before, after)| [before, after].concat()).collect();
        require_same(&whole, &expected, || format!("{}, seed 151", product.id));
    }
}

#[test]
fn what_a_later_version_adds_is_passed_over() {
    let mut host = LIMITER.load();
    set_all(LIMITER, &mut host, &mut Random::new(161));
    let state = host.save();
    let mut json = json_in(&state);
    let example = json["params"]["limiter.ceiling_dbtp"].clone();
    json["params"]["limiter.colour_of_the_case"] = example;
    json["fields"]["window_on_the_wall"] = Value::from("\"open\"");
    json["smell"] = Value::from(1);
    json["version"] = Value::from("99.0.0");
    let mut other = LIMITER.load();
    other.restore(&state_of(&serde_json::to_vec(&json).expect("JSON")));
    assert_eq!(other.save(), state);
}

#[test]
fn what_is_no_state_is_refused_and_changes_nothing() {
    let mut host = MASTER.load();
    set_all(MASTER, &mut host, &mut Random::new(171));
    let state = host.save();
    let before = values(&mut host);
    let noise: Vec<u8> = (0..state.len()).map(|index| Random::new(index as u64).bits() as u8).collect();
    let mut refused: Vec<Vec<u8>> = (0..state.len()).step_by(7).map(|length| state[..length].to_vec()).collect();
    refused.extend([
        noise.clone(),
        state_of(&noise),
        state_of(b"{}"),
        state_of(b"[]"),
        state_of(b"null"),
        state_of(b"{\"version\":\"1\",\"params\":[],\"fields\":{}}"),
        state_of(&vec![b'['; 100_000]),
        [&u64::MAX.to_le_bytes(), &state[8..]].concat(),
        [&(state.len() as u64 * 1000).to_le_bytes(), &state[8..20]].concat(),
        state[8..].to_vec(),
    ]);
    for bytes in refused {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]).into_owned();
        assert!(!host.try_restore(&bytes), "{} bytes are taken: {shown}", bytes.len());
        assert_eq!(values(&mut host), before, "{shown}");
    }
    assert_eq!(host.save(), state);
}

#[test]
fn a_damaged_state_harms_neither_host_nor_sound() {
    let mut host = MASTER.load();
    set_all(MASTER, &mut host, &mut Random::new(181));
    let state = host.save();
    let mut random = Random::new(182);
    for round in 0..300 {
        let mut damaged = state.clone();
        for _ in 0..=random.below(4) {
            let place = random.below(damaged.len());
            damaged[place] = random.bits() as u8;
        }
        let mut other = MASTER.load();
        let taken = other.try_restore(&damaged);
        require_sound(&mut other, &format!("round {round} of seed 182, taken: {taken}"));
    }
}

#[test]
fn values_out_of_range_or_of_another_kind_are_kept_out() {
    let state = MASTER.load().save();
    // Of the equalizer's 24 bands and the compressor's six the last stands for all: they differ in their number.
    let is_last = |id: &str| id.contains("equalizer.band.24.") || id.contains("compressor.band.6.");
    let is_asked = |id: &str| !id.contains(".band.") || is_last(id);
    for (id, value) in values_in(&state).into_iter().filter(|(id, _)| is_asked(id)) {
        let tag = value.as_object().and_then(|tagged| tagged.keys().next().cloned());
        for wild in ["1e30", "-1e30", "1e39", "-2147483648", "2147483647", "true", "\"loud\"", "null"] {
            let wild: Value = serde_json::from_str(wild).expect("JSON");
            let mut json = json_in(&state);
            json["params"][&id] = tag.as_ref().map_or(wild.clone(), |tag| serde_json::json!({ tag: wild }));
            let mut host = MASTER.load();
            let taken = host.try_restore(&state_of(&serde_json::to_vec(&json).expect("JSON")));
            require_sound(&mut host, &format!("{id} is {}, taken: {taken}", json["params"][&id]));
        }
    }
}

/// Requires values in their ranges and sound that is finite.
fn require_sound(host: &mut ClapHost, case: &str) {
    for parameter in host.parameters() {
        let value = host.value(parameter.id);
        assert!((parameter.lowest..=parameter.highest).contains(&value), "{case}: {} is {value}", parameter.name);
        host.text_of(parameter.id, value);
    }
    host.activate(RATE, 512);
    let mut signal = loud(RATE, 0.01, 2);
    host.process(&mut signal, 512, &[]);
    assert!(signal.iter().flatten().all(|sample| sample.is_finite()), "{case}");
}
