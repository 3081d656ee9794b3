//! What the host shows of the plugins before anything sounds: names, parameters, values in words.

use runout_dsp_core::settings::Purpose;

use super::{INSERTS, JuceHost, PRODUCTS, named};

#[test]
fn the_bundle_holds_the_products_by_name() {
    let mut host = JuceHost::start();
    let mut names = host.names();
    names.sort();
    assert_eq!(names, PRODUCTS);
    for name in names {
        host.load(&name);
    }
}

#[test]
fn parameters_are_the_settings_with_their_defaults_and_the_hosts_bypass() {
    let mut host = JuceHost::start();
    for (plugin, product) in INSERTS {
        let instance = host.load(plugin);
        let shown = host.parameters(instance);
        let settings = named(product);
        let names: Vec<&str> = shown.iter().map(|parameter| parameter.name.as_str()).collect();
        let expected: Vec<&str> = settings.iter().map(|(name, _)| name.as_str()).chain(["Bypass"]).collect();
        assert_eq!(names, expected, "{plugin}");
        for (parameter, (name, setting)) in shown.iter().zip(&settings) {
            assert_eq!(parameter.text, setting.kind.shown(setting.default_value()), "{plugin}: {name}");
            assert_eq!(parameter.raw, parameter.default_raw, "{plugin}: {name}");
            assert_eq!(parameter.is_automatable, setting.purpose != Purpose::Latency, "{plugin}: {name}");
        }
    }
    let meter = host.load("Runout Meter");
    let shown = host.parameters(meter);
    assert_eq!(shown.iter().map(|parameter| parameter.name.as_str()).collect::<Vec<_>>(), ["Bypass"]);
}

#[test]
fn every_value_shows_with_its_unit_and_reads_back() {
    let mut host = JuceHost::start();
    for (plugin, product) in INSERTS {
        let instance = host.load(plugin);
        for (name, setting) in named(product) {
            for sixteenth in 0..=16 {
                let raw = f64::from(sixteenth) / 16.0;
                let text = host.text_of(instance, &name, raw);
                let value = setting.kind.parsed(&text);
                let value = value.unwrap_or_else(|error| panic!("{plugin}: {name} shows `{text}`: {error}"));
                // What is shown is a value on the parameter's grid, and the same comes back by the host's number.
                assert_eq!(setting.kind.rounded(f64::from(value)), value, "{plugin}: {name} at {raw}");
                assert_eq!(text, setting.kind.shown(value), "{plugin}: {name} at {raw}");
                let back = host.raw_of(instance, &name, &text);
                assert_eq!(host.text_of(instance, &name, back), text, "{plugin}: {name} at {raw}");
            }
        }
    }
}
