//! Trap 7: the host's bypass is the plugin's own: the input, later by the latency, and no click on the way there.

use runout_tests::clap_host::Automation;
use runout_tests::signals::sine;

use crate::rig::{INSERTS, RATE, Script, delayed, loud, require_same, six_db_louder};

#[test]
fn every_product_has_one_bypass_and_it_can_be_automated() {
    for product in INSERTS {
        let parameters = product.load().parameters();
        let bypasses: Vec<_> = parameters.iter().filter(|parameter| parameter.is_bypass).collect();
        let [bypass] = bypasses.as_slice() else { panic!("{}: {bypasses:?}", product.id) };
        assert!(bypass.name == "Bypass" && bypass.is_automatable && bypass.is_stepped && bypass.default == 0.0);
    }
}

#[test]
fn bypassed_from_the_start_it_nulls_when_compensated() {
    let input = loud(RATE, 1.0, 2);
    for product in INSERTS {
        let mut host = product.load();
        let mut script = Script::fixed(product, &mut host, &six_db_louder(product));
        script.automation.push(Automation { frame: 0, id: host.parameter("Bypass").id, value: 1.0 });
        host.activate(RATE, 512);
        let latency = host.latency();
        let mut signal = input.clone();
        host.process(&mut signal, 512, &script.automation);
        require_same(&signal, &delayed(&input, latency), || product.id.to_owned());
    }
}

#[test]
fn it_goes_out_and_comes_back_on_the_same_latency() {
    let input = loud(RATE, 2.5, 2);
    for product in INSERTS {
        let mut host = product.load();
        let bypass = host.parameter("Bypass").id;
        let mut script = Script::fixed(product, &mut host, &six_db_louder(product));
        host.activate(RATE, 512);
        let latency = host.latency();
        let mut always_in = input.clone();
        host.process(&mut always_in, 512, &script.automation);
        host.reset();
        script.automation.push(Automation { frame: 20_000, id: bypass, value: 1.0 });
        script.automation.push(Automation { frame: 50_000, id: bypass, value: 0.0 });
        let mut signal = input.clone();
        host.process(&mut signal, 512, &script.automation);
        assert_eq!(host.latency(), latency);
        let (expected, part) = (delayed(&input, latency), |signal: &[Vec<f32>], from: usize, to: usize| {
            signal.iter().map(|channel| channel[from..to].to_vec()).collect::<Vec<_>>()
        });
        require_same(&part(&signal, 0, 20_000), &part(&always_in, 0, 20_000), || "before".to_owned());
        // 10 000 frames are more than any fade; before the return everything is the delayed input.
        require_same(&part(&signal, 30_000, 50_000), &part(&expected, 30_000, 50_000), || "bypassed".to_owned());
        let away = |from: usize| {
            let pairs = signal.iter().zip(&always_in);
            pairs.flat_map(|(a, b)| a[from..].iter().zip(&b[from..])).fold(0f32, |most, (a, b)| most.max((a - b).abs()))
        };
        // Once back, 200 ms later at most, it forgets that it was away: after a second more only releases of 80 ms differ, by
        // less than -80 dB.
        let most = away(120_000 - 4_800);
        assert!(most < 1e-4, "{}: {most}", product.id);
    }
}

#[test]
fn switching_makes_no_click() {
    // A sine under the ceiling, 6 dB louder in the plugin: its steepest step is that of the louder one, and a fade of at
    // least 5 ms over the difference adds no more than that difference a fade.
    let (frequency_hz, amplitude) = (997.0, 0.3);
    let tone = vec![sine(frequency_hz, amplitude, 0.0, RATE, 96_000); 2];
    let steepest = 2.0 * amplitude * std::f64::consts::TAU * frequency_hz / RATE;
    let most = (steepest + amplitude * std::f64::consts::FRAC_PI_2 / 240.0) as f32;
    for product in INSERTS {
        let mut host = product.load();
        let bypass = host.parameter("Bypass").id;
        let mut script = Script::fixed(product, &mut host, &six_db_louder(product));
        // Odd moments of the wave, and one that falls into a fade.
        for (frame, value) in [(20_011, 1.0), (33_007, 0.0), (47_503, 1.0), (47_603, 0.0), (61_001, 1.0), (80_002, 0.0)]
        {
            script.automation.push(Automation { frame, id: bypass, value });
        }
        host.activate(RATE, 512);
        let mut signal = tone.clone();
        host.process(&mut signal, 512, &script.automation);
        for heard in &signal {
            // The wave begins in the middle of nowhere; once a kernel is full of it nothing may be steeper.
            let largest = largest_step(&heard[8000..]);
            assert!(largest <= most, "{}: {largest} and at most {most}", product.id);
            assert!(largest > 0.99 * steepest as f32, "{}: the louder sine was not heard", product.id);
        }
    }
}

/// The largest step from one sample to the next.
fn largest_step(signal: &[f32]) -> f32 {
    signal.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}

#[test]
fn a_click_is_seen() {
    let mut tone = sine(997.0, 0.3, 0.0, RATE, 48_000);
    let most = (0.6 * std::f64::consts::TAU * 997.0 / RATE) as f32;
    assert!(largest_step(&tone) < most);
    // Doubled at once, near a crest.
    tone[24_012..].iter_mut().for_each(|sample| *sample *= 2.0);
    assert!(largest_step(&tone) > most);
}
