use runout_dsp_core::settings::{CompressorPhase, EqualizerPhase, Resolution};

use super::*;

const SPEC: Spec = Spec { sample_rate: 48_000.0, max_block: 512, channels: 2 };

fn with(phase: EqualizerPhase, resolution: Resolution) -> ChainSettings {
    let mut settings = ChainSettings::default();
    (settings.equalizer.phase, settings.equalizer.resolution) = (phase, resolution);
    settings
}

fn compressing(phase: CompressorPhase, lookahead: bool) -> ChainSettings {
    let mut settings = with(EqualizerPhase::Minimum, Resolution::Low);
    (settings.compressor.phase, settings.compressor.lookahead) = (phase, lookahead);
    settings
}

/// A stage in a host of this kind, with settings from before its activation.
fn stage(change: LatencyChange, settings: &ChainSettings) -> ChainStage {
    let mut stage = ChainStage::new(&[Module::Equalizer, Module::Compressor]);
    stage.set(settings, false);
    stage.prepare(&SPEC, change).unwrap();
    stage
}

fn play(stage: &mut ChainStage) {
    stage.process(&mut [&mut [0.25; 512], &mut [0.25; 512]]);
}

#[test]
fn what_was_set_before_it_is_prepared_is_in_force() {
    for change in [LatencyChange::ByRestart, LatencyChange::ByHandOver] {
        // Half a kernel and two of its eighths: 2048, 32 768 taps.
        assert_eq!(stage(change, &with(EqualizerPhase::Linear, Resolution::Low)).latency(), 1536);
        assert_eq!(stage(change, &with(EqualizerPhase::Linear, Resolution::Maximum)).latency(), 24_576);
        assert_eq!(stage(change, &with(EqualizerPhase::Minimum, Resolution::Low)).latency(), 0);
        // 4096 taps; 20 ms.
        assert_eq!(stage(change, &compressing(CompressorPhase::Linear, false)).latency(), 3072);
        assert_eq!(stage(change, &compressing(CompressorPhase::Minimum, true)).latency(), 960);
        assert_eq!(stage(change, &compressing(CompressorPhase::Dynamic, true)).latency(), 960);
        assert_eq!(stage(change, &compressing(CompressorPhase::Linear, true)).latency(), 4032);
        assert_eq!(stage(change, &compressing(CompressorPhase::Dynamic, false)).latency(), 0);
    }
}

#[test]
fn a_restart_is_asked_for_once_for_each_change_and_until_then_all_stays() {
    let low = with(EqualizerPhase::Linear, Resolution::Low);
    let mut stage = stage(LatencyChange::ByRestart, &low);
    play(&mut stage);
    let mut asked = |settings: &ChainSettings| {
        stage.set(settings, false);
        let first = stage.take_restart();
        play(&mut stage);
        stage.set(settings, true);
        assert!(!stage.take_restart(), "asked twice");
        stage.reset();
        assert!(!stage.take_restart(), "asked twice");
        assert_eq!(stage.latency(), 1536);
        first
    };
    assert!(!asked(&low), "nothing has changed");
    assert!(asked(&with(EqualizerPhase::Linear, Resolution::High)));
    assert!(asked(&with(EqualizerPhase::Minimum, Resolution::High)));
    assert!(!asked(&with(EqualizerPhase::Minimum, Resolution::Low)), "minimum phase has no resolution");
    assert!(!asked(&low), "back again");
    // Without another latency too: crossovers become shelves where the compressor is prepared.
    assert!(asked(&compressing(CompressorPhase::Dynamic, false)));
    assert!(asked(&compressing(CompressorPhase::Dynamic, true)));
    assert!(asked(&with(EqualizerPhase::Minimum, Resolution::Low)));
    stage.prepare(&SPEC, LatencyChange::ByRestart).unwrap();
    assert_eq!((stage.latency(), stage.take_restart()), (0, false));
}

#[test]
fn where_the_host_goes_on_no_restart_is_asked_for() {
    let mut stage = stage(LatencyChange::ByHandOver, &with(EqualizerPhase::Linear, Resolution::Low));
    stage.set(&with(EqualizerPhase::Minimum, Resolution::Low), false);
    play(&mut stage);
    assert!(!stage.take_restart());
}

#[test]
fn only_where_the_latency_can_move_is_there_a_thread() {
    for (modules, has_thread) in
        [(&[Module::Limiter][..], false), (&[Module::Equalizer], true), (&[Module::Compressor, Module::Limiter], true)]
    {
        let mut stage = ChainStage::new(modules);
        stage.prepare(&SPEC, LatencyChange::ByHandOver).unwrap();
        assert_eq!(stage.hand_over.is_some(), has_thread, "{modules:?}");
        let readers = stage.take_readers();
        assert_eq!(readers.spectrum.is_some(), modules.contains(&Module::Equalizer), "{modules:?}");
        assert_eq!(readers.compressor.is_some(), modules.contains(&Module::Compressor), "{modules:?}");
        stage.prepare(&SPEC, LatencyChange::ByRestart).unwrap();
        assert!(stage.hand_over.is_none(), "{modules:?}");
    }
}

#[test]
fn the_tail_follows_what_is_set() {
    let mut settings = compressing(CompressorPhase::Minimum, false);
    let mut stage = stage(LatencyChange::ByRestart, &settings);
    assert_eq!(stage.tail(), 0);
    (settings.compressor.bands, settings.compressor.crossover_hz[0]) = (2, 20.0);
    stage.set(&settings, false);
    let crossover = stage.tail();
    // 16.689 / (0.70711 * 2 pi 20) s: see the crossovers' tail.
    assert!((9010..9020).contains(&crossover), "{crossover} frames");
    let band = &mut settings.equalizer.bands[0];
    (band.enabled, band.gain_db) = (true, 6.0);
    stage.set(&settings, false);
    assert!(stage.tail() > crossover, "one after the other");
}
