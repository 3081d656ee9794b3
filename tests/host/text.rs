//! Values as people read and type them.

use crate::rig::{INSERTS, LIMITER, MASTER};

#[test]
fn every_value_shows_and_reads_back() {
    for product in INSERTS {
        let mut host = product.load();
        for parameter in host.parameters() {
            for step in 0..=200 {
                let value = parameter.at(f64::from(step) / 200.0);
                let shown = host.text_of(parameter.id, value);
                let back = host.value_of(parameter.id, &shown);
                let again = back.map(|back| host.text_of(parameter.id, back));
                assert_eq!(again.as_deref(), Some(shown.as_str()), "{} at {value}", parameter.name);
            }
        }
    }
}

#[test]
fn the_value_set_is_the_one_shown() {
    for product in INSERTS {
        let mut host = product.load();
        for parameter in host.parameters() {
            for share in [0.0, 0.31, 1.0] {
                let value = parameter.at(share);
                host.set_inactive(&[(parameter.id, value)]);
                let now = host.value(parameter.id);
                let (meant, shown) = (host.text_of(parameter.id, value), host.text_of(parameter.id, now));
                assert_eq!(shown, meant, "{} at {value}", parameter.name);
            }
        }
    }
}

#[test]
fn what_is_typed_is_read_as_it_is_meant() {
    let mut host = LIMITER.load();
    for (name, typed, shown) in [
        ("Ceiling", "-0.3", "-0.3 dBTP"),
        ("Ceiling", "-0.3 dBTP", "-0.3 dBTP"),
        ("Ceiling", " -0,3 db ", "-0.3 dBTP"),
        ("Ceiling", "\u{2212}1", "-1.0 dBTP"),
        ("Release", "0.1 s", "100.0 ms"),
        ("Release", "12.34", "12.34 ms"),
        ("Link", "50 %", "0.5"),
        ("Style", "Loud", "loud"),
        ("Auto Release", "off", "off"),
        ("Input Gain", "+6", "6.0 dB"),
    ] {
        let id = host.parameter(name).id;
        let value = host.value_of(id, typed).unwrap_or_else(|| panic!("{name} does not read `{typed}`"));
        assert_eq!(host.text_of(id, value), shown, "{name}: {typed}");
    }
}

#[test]
fn what_is_no_value_is_refused() {
    let mut host = MASTER.load();
    for (name, typed) in [
        ("Limiter Ceiling", ""),
        ("Limiter Ceiling", "loud"),
        ("Limiter Ceiling", "-0.3 Hz"),
        ("Limiter Ceiling", "nan"),
        ("Limiter Ceiling", "3"),
        ("Limiter Release", "0.5 ms"),
        ("Limiter Style", "louder"),
        ("Limiter Auto Release", "perhaps"),
        ("Input Gain", "1e9"),
    ] {
        let id = host.parameter(name).id;
        assert_eq!(host.value_of(id, typed), None, "{name}: {typed}");
    }
}
