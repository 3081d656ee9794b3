use runout_dsp_core::settings::{EqualizerPhase, Resolution};

use super::*;

const SPEC: Spec = Spec { sample_rate: 48_000.0, max_block: 512, channels: 2 };

fn with(phase: EqualizerPhase, resolution: Resolution) -> ChainSettings {
    let mut settings = ChainSettings::default();
    (settings.equalizer.phase, settings.equalizer.resolution) = (phase, resolution);
    settings
}

/// A stage in a host of this kind, with settings from before its activation.
fn stage(change: LatencyChange, settings: &ChainSettings) -> ChainStage {
    let mut stage = ChainStage::new(&[Module::Equalizer]);
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
fn a_product_without_an_equalizer_has_no_thread() {
    let mut stage = ChainStage::new(&[Module::Limiter]);
    stage.prepare(&SPEC, LatencyChange::ByHandOver).unwrap();
    assert!(stage.hand_over.is_none() && stage.take_readers().spectrum.is_none());
    assert!(ChainStage::new(&[Module::Equalizer]).take_readers().spectrum.is_some());
}
