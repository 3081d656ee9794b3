//! What moves the latency while a CLAP host plays: one restart is asked for, and until the host comes to it all stays.

use runout_dsp_core::settings::{ChainSettings, EqualizerPhase, Purpose, Resolution};
use runout_tests::clap_host::{Automation, ClapHost, Note};
use runout_tests::signals::{impulse, in_channels};

use super::{activated, moves_latency, require_impulse_at};
use crate::rig::{Knob, MOVING, Product, RATE, Script, set_inactive};

/// The parameters that move the latency.
pub(super) fn movers(product: Product, host: &mut ClapHost) -> Vec<Knob> {
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
