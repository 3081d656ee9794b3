//! Trap 3: the latency that hosts compensate is the one that sounds have, and it moves only where a host expects it.

use runout_dsp_core::settings::{ChainSettings, EqualizerPhase, Purpose, Resolution};
use runout_tests::clap_host::{Automation, ClapHost, Note};
use runout_tests::signals::{impulse, in_channels};

use crate::rig::{INSERTS, Knob, MOVING, Product, RATE, Script, loud};

/// Every rate that masters are made at, and both ends of the range, Hz.
const RATES_HZ: [f64; 10] =
    [22_050.0, 32_000.0, 44_100.0, 48_000.0, 88_200.0, 96_000.0, 176_400.0, 192_000.0, 352_800.0, 384_000.0];

/// What would move a host's compensation.
fn moves_latency(note: &Note) -> bool {
    matches!(note, Note::RestartRequested | Note::LatencyChanged)
}

#[test]
fn the_latency_reported_is_the_impulses() {
    for product in INSERTS {
        for (sample_rate, channels) in RATES_HZ.into_iter().flat_map(|rate| [(rate, 2), (rate, 1)]) {
            let mut host = product.load();
            host.select_channels(channels);
            host.activate(sample_rate, 512);
            let latency = host.latency();
            let mut signal = in_channels(&impulse(100, 0.25, latency + 1000), channels);
            host.process(&mut signal, 512, &[]);
            for channel in &signal {
                let arrived: Vec<usize> = (0..channel.len()).filter(|frame| channel[*frame] != 0.0).collect();
                assert_eq!(arrived, [100 + latency], "{} at {sample_rate} Hz", product.id);
                assert_eq!(channel[100 + latency], 0.25);
            }
        }
    }
}

/// Activates as hosts do, again if the plugin asks for it; what it said by then.
fn activated(host: &mut ClapHost, sample_rate: f64) -> Vec<Note> {
    host.activate(sample_rate, 512);
    host.idle();
    let mut notes = host.take_notes();
    if notes.contains(&Note::RestartRequested) {
        host.deactivate();
        host.activate(sample_rate, 512);
        host.idle();
        notes.extend(host.take_notes());
    }
    notes
}

#[test]
fn another_rate_has_its_latency_at_once_and_tells_the_host_with_one_restart() {
    for product in INSERTS {
        let mut host = product.load();
        let mut before = 0;
        for sample_rate in [48_000.0, 96_000.0, 44_100.0, 44_100.0, 192_000.0] {
            let notes = activated(&mut host, sample_rate);
            let latency = host.latency();
            let count = |asked: Note| notes.iter().filter(|note| **note == asked).count();
            // CLAP lets a latency move in `activate` only; the framework tells of it in the one after.
            let moved = usize::from(latency != before);
            let told = (count(Note::RestartRequested), count(Note::LatencyChanged));
            assert_eq!(told, (moved, moved), "{} at {sample_rate} Hz: {notes:?}", product.id);
            require_impulse_at(&mut host, latency, sample_rate);
            host.deactivate();
            before = latency;
        }
    }
}

#[test]
fn a_host_that_does_not_restart_has_the_right_latency_too() {
    for product in INSERTS {
        let mut host = product.load();
        for sample_rate in [48_000.0, 96_000.0, 44_100.0] {
            host.activate(sample_rate, 512);
            let latency = host.latency();
            require_impulse_at(&mut host, latency, sample_rate);
            host.deactivate();
        }
    }
}

fn require_impulse_at(host: &mut ClapHost, latency: usize, sample_rate: f64) {
    let mut signal = in_channels(&impulse(0, 0.25, latency + 1), 2);
    host.process(&mut signal, 512, &[]);
    assert_eq!(signal[0].iter().position(|sample| *sample != 0.0), Some(latency), "at {sample_rate} Hz");
}

#[test]
fn no_parameter_but_those_moves_the_latency_or_asks_for_a_restart() {
    for product in INSERTS {
        let mut host = product.load();
        let movers: Vec<_> = movers(product, &mut host).into_iter().map(|knob| knob.hosted.id).collect();
        host.activate(RATE, 512);
        host.idle();
        let latency = host.latency();
        host.take_notes();
        let mut signal = loud(RATE, 0.05, 2);
        for parameter in host.parameters().into_iter().filter(|parameter| !movers.contains(&parameter.id)) {
            for value in [parameter.lowest, parameter.highest, parameter.default] {
                host.process(&mut signal, 512, &[Automation { frame: 100, id: parameter.id, value }]);
                host.idle();
                // To a rounding of f32, there and back.
                let away = (host.value(parameter.id) - value).abs();
                assert!(away < 1e-6 * value.abs().max(1.0), "{} is set", parameter.name);
                assert_eq!(host.latency(), latency, "{} at {value}", parameter.name);
                let notes = host.take_notes();
                assert!(!notes.iter().any(moves_latency), "{} at {value}: {notes:?}", parameter.name);
            }
        }
    }
}

#[test]
fn a_rate_out_of_range_is_refused_and_the_next_one_taken() {
    for product in INSERTS {
        let mut host = product.load();
        for sample_rate in [8000.0, 768_000.0] {
            let refusal = host.try_activate(sample_rate, 512).expect_err("out of range");
            assert!(refusal.contains(&sample_rate.to_string()), "{refusal}");
        }
        host.activate(RATE, 512);
        assert!(host.latency() > 0);
    }
}

/// The parameters that move the latency.
fn movers(product: Product, host: &mut ClapHost) -> Vec<Knob> {
    product.knobs(host).into_iter().filter(|knob| knob.setting.purpose == Purpose::Latency).collect()
}

/// Every phase and resolution, once each.
fn ways() -> Vec<ChainSettings> {
    let way = |phase: EqualizerPhase, resolution: Resolution| {
        let mut settings = ChainSettings::default();
        (settings.equalizer.phase, settings.equalizer.resolution) = (phase, resolution);
        settings
    };
    let linear = Resolution::ALL.iter().map(|resolution| way(EqualizerPhase::Linear, *resolution));
    linear.chain([way(EqualizerPhase::Minimum, Resolution::Low)]).collect()
}

/// The events that set these settings' phase and resolution.
fn moves(product: Product, host: &mut ClapHost, settings: &ChainSettings) -> Vec<Automation> {
    let knobs = movers(product, host);
    knobs.iter().map(|knob| knob.set(host, 0, knob.setting.get(settings))).collect()
}

fn set_inactive(host: &mut ClapHost, moves: &[Automation]) {
    let values: Vec<_> = moves.iter().map(|set| (set.id, set.value)).collect();
    host.set_inactive(&values);
}

#[test]
fn what_moves_the_latency_cannot_be_automated() {
    for product in MOVING {
        let names: Vec<String> = movers(product, &mut product.load())
            .into_iter()
            .map(|knob| {
                assert!(!knob.hosted.is_automatable, "{}", knob.hosted.name);
                knob.setting.id
            })
            .collect();
        assert_eq!(names, ["equalizer.phase", "equalizer.resolution"], "{}", product.id);
    }
}

#[test]
fn every_phase_and_resolution_has_the_latency_that_it_tells() {
    for (product, sample_rate) in MOVING.into_iter().flat_map(|product| [(product, 44_100.0), (product, 96_000.0)]) {
        let mut latencies = Vec::new();
        for settings in ways() {
            let mut host = product.load();
            let moves = moves(product, &mut host, &settings);
            set_inactive(&mut host, &moves);
            host.activate(sample_rate, 512);
            let latency = host.latency();
            require_impulse_at(&mut host, latency, sample_rate);
            latencies.push(latency);
            // A kernel at work is symmetric about that frame: a bell above the tones that a limiter would hear.
            let mut settings = settings;
            let band = &mut settings.equalizer.bands[0];
            (band.enabled, band.gain_db) = (true, 6.0);
            let at_work = Script::fixed(product, &mut host, &settings);
            host.deactivate();
            set_inactive(&mut host, &at_work.automation);
            host.activate(sample_rate, 512);
            let mut signal = in_channels(&impulse(0, 0.25, 2 * latency + 2), 2);
            host.process(&mut signal, 512, &[]);
            let loudest = (0..signal[0].len()).max_by(|a, b| signal[0][*a].abs().total_cmp(&signal[0][*b].abs()));
            assert_eq!(loudest, Some(latency), "{} at {sample_rate} Hz", product.id);
            if settings.equalizer.phase == EqualizerPhase::Linear {
                // To -120 dB: the convolver's rounding.
                let away = (1..1000).map(|by| (signal[0][latency - by] - signal[0][latency + by]).abs());
                assert!(away.fold(0.0, f32::max) < 1e-6, "{} at {sample_rate} Hz", product.id);
            }
        }
        assert!(latencies[..5].is_sorted() && latencies[5] < latencies[0], "{latencies:?}");
    }
}

/// What a host is told while it plays a little.
fn played(host: &mut ClapHost, automation: &[Automation]) -> Vec<Note> {
    let mut signal = vec![vec![0.1; 2048]; 2];
    host.process(&mut signal, 512, automation);
    host.idle();
    host.take_notes().into_iter().filter(moves_latency).collect()
}

#[test]
fn another_latency_asks_for_one_restart_and_waits_for_it() {
    for product in MOVING {
        let mut host = product.load();
        activated(&mut host, RATE);
        assert_eq!(played(&mut host, &[]), []);
        for settings in ways().into_iter().rev() {
            let (before, moves) = (host.latency(), moves(product, &mut host, &settings));
            let asked = played(&mut host, &moves);
            assert_eq!(asked, [Note::RestartRequested], "{}", product.id);
            // However long the host waits, and whatever else happens, nothing moves.
            assert_eq!(played(&mut host, &moves), []);
            host.reset();
            assert_eq!(played(&mut host, &[]), []);
            assert_eq!(host.latency(), before);
            host.reset();
            require_impulse_at(&mut host, before, RATE);
            host.deactivate();
            let told = activated(&mut host, RATE);
            // The framework tells of another latency in the activation after the one in which it moved.
            let latency = host.latency();
            let expected: &[Note] = &[Note::RestartRequested, Note::LatencyChanged];
            assert_eq!(told.into_iter().filter(moves_latency).collect::<Vec<_>>(), expected, "{}", product.id);
            assert_ne!(latency, before);
            require_impulse_at(&mut host, latency, RATE);
            host.reset();
        }
    }
}

#[test]
fn a_latency_that_moves_there_and_back_asks_for_nothing_more() {
    for product in MOVING {
        let mut host = product.load();
        activated(&mut host, RATE);
        let there = moves(product, &mut host, &ways()[0]);
        let back = moves(product, &mut host, &ChainSettings::default());
        assert_eq!(played(&mut host, &there), [Note::RestartRequested]);
        assert_eq!(played(&mut host, &back), []);
        assert_eq!(played(&mut host, &there), [Note::RestartRequested]);
        assert_eq!(played(&mut host, &back), []);
        let latency = host.latency();
        host.deactivate();
        assert_eq!(activated(&mut host, RATE).into_iter().filter(moves_latency).count(), 0);
        assert_eq!(host.latency(), latency);
    }
}

#[test]
fn trap_15_a_state_with_another_latency_that_is_loaded_while_playing_asks_for_a_restart_too() {
    for product in MOVING {
        let mut source = product.load();
        let settings = ways()[0];
        let there = moves(product, &mut source, &settings);
        set_inactive(&mut source, &there);
        let mut host = product.load();
        activated(&mut host, RATE);
        let before = host.latency();
        host.restore(&source.save());
        assert_eq!(played(&mut host, &[]), [Note::RestartRequested]);
        assert_eq!(host.latency(), before);
        host.deactivate();
        host.activate(RATE, 512);
        let latency = host.latency();
        assert!(latency < before, "{latency} frames");
        require_impulse_at(&mut host, latency, RATE);
    }
}

#[test]
fn the_tail_is_how_long_it_sounds() {
    for product in INSERTS {
        let mut host = product.load();
        host.activate(RATE, 512);
        let mut signal = loud(RATE, 0.25, 2);
        host.process(&mut signal, 512, &[]);
        let tail = host.audio().tail().expect("an end");
        let mut after = vec![vec![0.0; tail + 4096]; 2];
        host.process(&mut after, 512, &[]);
        let last = after.iter().filter_map(|channel| channel.iter().rposition(|sample| *sample != 0.0)).max();
        let sounded = last.map_or(0, |last| last + 1);
        assert!(sounded <= tail, "{}: {sounded} frames and a tail of {tail}", product.id);
        assert!(sounded + 64 > tail, "{}: a tail of {tail} is told, {sounded} frames sound", product.id);
    }
}
