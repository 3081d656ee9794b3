//! Values as people read and type them.

use crate::rig::{COMPRESSOR, INSERTS, LIMITER, MASTER};

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
fn what_is_typed_of_a_compressor_is_read_as_it_is_meant() {
    let mut host = COMPRESSOR.load();
    for (name, typed, shown) in [
        ("Band 1 Ratio", "inf", "100.0"),
        ("Band 1 Ratio", "100", "100.0"),
        ("Band 1 Ratio", "2:1", "2.0"),
        ("Band 1 Ratio", "2.5 :1", "2.5"),
        ("Band 6 Ratio", "1.0005", "1.001"),
        ("Band 1 Release", "120 ms", "120.0 ms"),
        ("Band 1 Release", "5 s", "5000.0 ms"),
        ("Band 2 Attack", "0.05", "0.05 ms"),
        ("Band 1 Threshold", "-18.0 dBFS", "-18.0 dBFS"),
        ("Band 1 Threshold", "-18 dB", "-18.0 dBFS"),
        ("Band 3 Detector Tilt", "-3 dB/oct", "-3.0 dB/oct"),
        ("Band 3 Detector High-pass", "0", "0.0 Hz"),
        ("Band 4 Mode", "Upward", "upward"),
        ("Band 4 Channel", "side", "side"),
        ("Band 5 Mix", "35 %", "0.35"),
        ("Crossover 5", "12k", "12000.0 Hz"),
        ("Bands", "4", "4"),
        ("Phase", "dynamic", "dynamic"),
        ("Lookahead", "yes", "on"),
    ] {
        let id = host.parameter(name).id;
        let value = host.value_of(id, typed).unwrap_or_else(|| panic!("{name} does not read `{typed}`"));
        assert_eq!(host.text_of(id, value), shown, "{name}: {typed}");
    }
}

#[test]
fn the_order_of_masters_modules_reads_as_words() {
    let mut host = MASTER.load();
    let order = host.parameter("Module Order");
    assert!(order.is_automatable && order.is_stepped && (order.lowest, order.highest) == (0.0, 5.0));
    for (place, shown) in (0..).zip([
        "equalizer > compressor > imager",
        "equalizer > imager > compressor",
        "compressor > equalizer > imager",
        "compressor > imager > equalizer",
        "imager > equalizer > compressor",
        "imager > compressor > equalizer",
    ]) {
        let place = f64::from(place);
        assert_eq!(host.text_of(order.id, place), shown);
        let back = host.value_of(order.id, shown).map(|back| host.text_of(order.id, back));
        assert_eq!(back.as_deref(), Some(shown));
    }
}

#[test]
fn what_is_no_value_is_refused() {
    let mut host = MASTER.load();
    for (name, typed) in [
        ("Compressor Band 1 Ratio", "0.5"),
        ("Compressor Band 1 Ratio", "1:4"),
        ("Compressor Band 1 Threshold", "6 dB"),
        ("Compressor Phase", "maximum"),
        ("Compressor Bands", "7"),
        ("Module Order", "compressor"),
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
