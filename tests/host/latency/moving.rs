//! What moves the latency while a CLAP host plays: one restart is asked for, and until the host comes to it all stays.

use runout_dsp_core::settings::{
    ChainSettings, CompressorPhase, EqualizerPhase, ImagerParams, ImagerPhase, Module, Purpose, Resolution,
};
use runout_tests::clap_host::{Automation, ClapHost, Note};
use runout_tests::signals::{impulse, in_channels};

use super::{activated, moves_latency, require_impulse_at};
use crate::rig::{Knob, MOVING, Product, RATE, Script, set_inactive};

/// The parameters that move the latency.
pub(super) fn movers(product: Product, host: &mut ClapHost) -> Vec<Knob> {
    product.knobs(host).into_iter().filter(|knob| knob.setting.purpose == Purpose::Latency).collect()
}

/// Every phase and resolution of the equalizer, once each.
fn equalizer_ways() -> Vec<ChainSettings> {
    let way = |phase: EqualizerPhase, resolution: Resolution| {
        let mut settings = ChainSettings::default();
        (settings.equalizer.phase, settings.equalizer.resolution) = (phase, resolution);
        settings
    };
    let linear = Resolution::ALL.iter().map(|resolution| way(EqualizerPhase::Linear, *resolution));
    linear.chain([way(EqualizerPhase::Minimum, Resolution::Low)]).collect()
}

/// Every phase and lookahead of the compressor, once each, but for the defaults.
fn compressor_ways() -> Vec<ChainSettings> {
    use CompressorPhase::{Dynamic, Linear, Minimum};
    let way = |(phase, lookahead): (CompressorPhase, bool)| {
        let mut settings = ChainSettings::default();
        (settings.compressor.phase, settings.compressor.lookahead) = (phase, lookahead);
        settings
    };
    [(Minimum, true), (Linear, true), (Linear, false), (Dynamic, false), (Dynamic, true)].map(way).to_vec()
}

/// What a product can be set to that its modules are prepared for, each different from the one before.
fn ways(product: Product) -> Vec<ChainSettings> {
    let of = |module, ways: Vec<ChainSettings>| if product.holds(module) { ways } else { Vec::new() };
    let imager = ImagerParams { phase: ImagerPhase::Linear, ..ImagerParams::default() };
    [
        of(Module::Equalizer, equalizer_ways()),
        of(Module::Compressor, compressor_ways()),
        of(Module::Imager, vec![ChainSettings::default(), ChainSettings { imager, ..ChainSettings::default() }]),
    ]
    .concat()
}

/// The events that set what these settings are prepared for.
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
        let of = |module, ids: &[&'static str]| if product.holds(module) { ids.to_vec() } else { Vec::new() };
        let expected = [
            of(Module::Equalizer, &["equalizer.phase", "equalizer.resolution"]),
            of(Module::Compressor, &["compressor.phase", "compressor.lookahead"]),
            of(Module::Imager, &["imager.phase"]),
        ];
        assert_eq!(names, expected.concat(), "{}", product.id);
    }
}

/// An instance that was activated for these settings at a rate.
fn prepared(product: Product, settings: &ChainSettings, sample_rate: f64) -> ClapHost {
    let mut host = product.load();
    let set = Script::fixed(product, &mut host, settings);
    set_inactive(&mut host, &set.automation);
    host.activate(sample_rate, 512);
    host
}

#[test]
fn every_phase_and_resolution_has_the_latency_that_it_tells() {
    let holding = MOVING.into_iter().filter(|product| product.holds(Module::Equalizer));
    for (product, sample_rate) in holding.flat_map(|product| [(product, 44_100.0), (product, 96_000.0)]) {
        let mut latencies = Vec::new();
        for mut settings in equalizer_ways() {
            let mut host = prepared(product, &settings, sample_rate);
            let latency = host.latency();
            require_impulse_at(&mut host, latency, sample_rate);
            latencies.push(latency);
            // A kernel at work is symmetric about that frame: a bell above the tones that a limiter would hear.
            let band = &mut settings.equalizer.bands[0];
            (band.enabled, band.gain_db) = (true, 6.0);
            let mut host = prepared(product, &settings, sample_rate);
            let is_linear = settings.equalizer.phase == EqualizerPhase::Linear;
            require_loudest_at(&mut host, latency, is_linear, &format!("{} at {sample_rate} Hz", product.id));
        }
        assert!(latencies[..5].is_sorted() && latencies[5] < latencies[0], "{latencies:?}");
    }
}

#[test]
fn every_way_to_compress_has_the_latency_that_it_tells() {
    // Of 4096 taps, at 48 kHz and in as much time at other rates, half and two eighths; of 20 ms whole slots of 64 frames.
    for (sample_rate, taps_frames, lookahead_frames) in
        [(44_100.0, 3072, 896), (48_000.0, 3072, 960), (96_000.0, 6144, 1920), (192_000.0, 12_288, 3840)]
    {
        for product in MOVING.into_iter().filter(|product| product.holds(Module::Compressor)) {
            let own = prepared(product, &ChainSettings::default(), sample_rate).latency();
            for mut settings in compressor_ways() {
                let mut host = prepared(product, &settings, sample_rate);
                let latency = host.latency();
                let of = |is_so: bool, frames: usize| if is_so { frames } else { 0 };
                let is_linear = settings.compressor.phase == CompressorPhase::Linear;
                let expected = of(is_linear, taps_frames) + of(settings.compressor.lookahead, lookahead_frames);
                let case = format!("{} at {sample_rate} Hz: {:?}", product.id, settings.compressor.phase);
                assert_eq!(latency - own, expected, "{case}");
                require_impulse_at(&mut host, latency, sample_rate);
                // Bands at work: what is raised is raised there.
                (settings.compressor.bands, settings.compressor.band[1].makeup_db) = (2, 3.0);
                settings.compressor.crossover_hz[0] = 2000.0;
                let mut host = prepared(product, &settings, sample_rate);
                require_loudest_at(&mut host, latency, is_linear, &case);
            }
        }
    }
}

/// Requires that the answer to one frame is loudest where the latency has it, and the same to both sides if it is of linear
/// phase.
fn require_loudest_at(host: &mut ClapHost, latency: usize, is_linear: bool, case: &str) {
    let mut signal = in_channels(&impulse(0, 0.25, 2 * latency + 2), 2);
    host.process(&mut signal, 512, &[]);
    let loudest = (0..signal[0].len()).max_by(|a, b| signal[0][*a].abs().total_cmp(&signal[0][*b].abs()));
    assert_eq!(loudest, Some(latency), "{case}");
    if is_linear {
        // To -120 dB: the convolver's rounding.
        let away = (1..1000).map(|by| (signal[0][latency - by] - signal[0][latency + by]).abs());
        assert!(away.fold(0.0, f32::max) < 1e-6, "{case}");
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
        let mut latencies = Vec::new();
        for settings in ways(product).into_iter().rev() {
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
            let moved: &[Note] = &[Note::RestartRequested, Note::LatencyChanged];
            let expected = if latency == before { &[] } else { moved };
            assert_eq!(told.into_iter().filter(moves_latency).collect::<Vec<_>>(), expected, "{}", product.id);
            require_impulse_at(&mut host, latency, RATE);
            host.reset();
            latencies.push(latency);
        }
        assert!(latencies.windows(2).any(|pair| pair[0] != pair[1]), "{}: {latencies:?}", product.id);
    }
}

#[test]
fn a_latency_that_moves_there_and_back_asks_for_nothing_more() {
    let all = MOVING.into_iter().flat_map(|product| ways(product).into_iter().map(move |way| (product, way)));
    for (product, way) in all.filter(|(_, way)| *way != ChainSettings::default()) {
        let mut host = product.load();
        let there = moves(product, &mut host, &way);
        let back = moves(product, &mut host, &ChainSettings::default());
        activated(&mut host, RATE);
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
        let settings = ways(product).pop().expect("a way");
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
        assert_ne!(latency, before);
        require_impulse_at(&mut host, latency, RATE);
    }
}
