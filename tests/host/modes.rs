//! Nothing but samples and values reaches the sound: not the render mode (traps 4 and 13), not the transport, not the
//! CPU's flags (trap 5).

use std::time::Duration;

use runout_dsp_core::settings::{ChainSettings, EQUALIZER_BANDS, Module};
use runout_tests::clap_host::{ClapHost, Note, Transport};
use runout_tests::flags::with_denormals_as_zero;
use runout_tests::random::Random;

use crate::rig::{INSERTS, MASTER, MOVING, Product, RATE, Script, loud, random_frames, require_same, through_chain};

/// Music with every parameter moving, through an instance prepared by `setting` and driven by `playing`.
fn played(
    product: Product,
    setting: impl FnOnce(&mut ClapHost),
    playing: impl FnOnce(&mut ClapHost, &mut [Vec<f32>], &Script),
) -> Vec<Vec<f32>> {
    let mut random = Random::new(111);
    let mut signal = loud(RATE, 0.5, 2);
    let frames = random_frames(&mut random, 60, signal[0].len());
    let mut host = product.load();
    let script = Script::random(product, &mut host, &mut random, &frames, 8);
    setting(&mut host);
    host.activate(RATE, 512);
    playing(&mut host, &mut signal, &script);
    signal
}

fn plainly(host: &mut ClapHost, signal: &mut [Vec<f32>], script: &Script) {
    host.process(signal, 512, &script.automation);
}

#[test]
fn traps_4_and_13_offline_and_real_time_have_the_same_bits() {
    for product in INSERTS {
        let expected = played(product, |_| {}, plainly);
        for offline in [true, false] {
            let found = played(product, |host| host.render_offline(offline), plainly);
            require_same(&found, &expected, || format!("{}, offline: {offline}", product.id));
        }
        let switched = played(
            product,
            |_| {},
            |host, signal, script| {
                host.render_offline(true);
                plainly(host, signal, script);
            },
        );
        require_same(&switched, &expected, || format!("{}, made offline while active", product.id));
    }
}

#[test]
fn trap_4_a_worker_that_keeps_up_and_one_that_never_does_give_the_same_bits() {
    for product in MOVING.into_iter().filter(|product| product.holds(Module::Equalizer)) {
        let mut host = product.load();
        let mut random = Random::new(115);
        let input = loud(RATE, 0.75, 2);
        // Every band at work in linear phase, and one of them moved wherever a kernel may be asked for.
        let knobs = product.knobs(&mut host);
        let knob = |id: &str| knobs.iter().find(|knob| knob.setting.id == id).expect("a parameter");
        let mut now = ChainSettings::default();
        let mut script = Script { settings: vec![(0, now)], automation: Vec::new() };
        for frame in (0..input[0].len()).step_by(480) {
            let band = 1 + random.below(EQUALIZER_BANDS);
            let gain_db = random.between(-12.0, 12.0);
            for (field, value) in [("gain_db", gain_db), ("enabled", 1.0)] {
                let knob = knob(&format!("equalizer.band.{band}.{field}"));
                knob.setting.set(&mut now, value);
                script.automation.push(knob.set(&mut host, frame, knob.setting.get(&now)));
            }
            script.settings.push((frame, now));
        }
        // The chain that designs on its own thread.
        let expected = through_chain(product, input.clone(), RATE, &script.settings);
        host.activate(RATE, 512);
        let mut hurried = input.clone();
        host.process(&mut hurried, 512, &script.automation);
        require_same(&hurried, &expected, || format!("{}, seed 115, in a hurry", product.id));
        host.deactivate();
        let mut host = product.load();
        host.activate(RATE, 512);
        let mut patient = input.clone();
        // As slow as real time, as a thread sees it: each block waits for as long as it lasts.
        let blocks = std::iter::repeat_with(|| {
            std::thread::sleep(Duration::from_secs_f64(512.0 / RATE));
            512
        });
        host.audio().process(&mut patient, blocks, &script.automation);
        require_same(&patient, &expected, || format!("{}, seed 115, patiently", product.id));
    }
}

#[test]
fn the_transport_and_the_clock_change_nothing() {
    let transports = [
        None,
        Some(Transport { is_playing: false, position_s: 10.0 }),
        Some(Transport { is_playing: true, position_s: 0.0 }),
        Some(Transport { is_playing: true, position_s: -2.5 }),
    ];
    for product in INSERTS {
        let expected = played(product, |_| {}, plainly);
        for transport in transports {
            let found = played(
                product,
                |_| {},
                |host, signal, script| {
                    host.audio().set_transport(transport);
                    plainly(host, signal, script);
                },
            );
            require_same(&found, &expected, || format!("{}: {transport:?}", product.id));
        }
    }
}

#[test]
fn trap_5_the_hosts_flags_change_no_bit() {
    for product in INSERTS {
        let expected = played(product, |_| {}, plainly);
        let found =
            played(product, |_| {}, |host, signal, script| with_denormals_as_zero(|| plainly(host, signal, script)));
        require_same(&found, &expected, || product.id.to_owned());
    }
}

#[test]
fn trap_5_no_subnormal_number_leaves() {
    // Fading out through all subnormal numbers, with some that are largest and least.
    let fading = |frame: usize| 1e-36f32 * 0.998f32.powi(frame as i32);
    let mut input: Vec<f32> = (0..20_000).map(fading).collect();
    input[5_000] = f32::MIN_POSITIVE.next_down();
    input[5_001] = -f32::from_bits(1);
    assert!(input.iter().filter(|sample| sample.is_subnormal()).count() > 5_000);
    for product in INSERTS {
        let mut host = product.load();
        host.activate(RATE, 512);
        let mut signal = vec![input.clone(); 2];
        host.process(&mut signal, 512, &[]);
        let left = signal.iter().flatten().filter(|sample| sample.is_subnormal()).count();
        assert_eq!(left, 0, "{}", product.id);
        assert!(signal[0].iter().any(|sample| *sample != 0.0), "normal numbers pass");
    }
}

#[test]
fn what_is_not_sound_is_silenced_and_forgotten() {
    let clean = loud(RATE, 0.5, 2);
    let mut host = MASTER.load();
    host.activate(RATE, 512);
    let mut torn = clean.clone();
    for (frame, bad) in [(1000, f32::NAN), (2000, f32::INFINITY), (3000, f32::NEG_INFINITY), (4000, f32::MAX)] {
        torn[0][frame] = bad;
    }
    host.process(&mut torn, 512, &[]);
    assert!(torn.iter().flatten().all(|sample| sample.is_finite() && sample.abs() <= 1.0));
    host.reset();
    let (mut again, mut fresh) = (clean.clone(), clean);
    host.process(&mut again, 512, &[]);
    let mut other = MASTER.load();
    other.activate(RATE, 512);
    other.process(&mut fresh, 512, &[]);
    require_same(&again, &fresh, || "after a reset".to_owned());
}

#[test]
fn a_mode_that_changes_while_active_may_ask_for_a_restart_only() {
    let mut host = MASTER.load();
    host.activate(RATE, 512);
    host.idle();
    host.take_notes();
    host.render_offline(true);
    host.idle();
    let notes = host.take_notes();
    assert!(notes.iter().all(|note| matches!(note, Note::RestartRequested | Note::CallbackRequested)), "{notes:?}");
}
