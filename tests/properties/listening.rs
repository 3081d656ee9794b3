//! What is only for listening, asked of the chain: a module alone, and what a module changes.

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{Alone, BandShape, ChainSettings, EqualizerBand, ImagerBand, Parameter, parameters};
use runout_tests::music::music;

const RATE_HZ: f64 = 48_000.0;
const BLOCK: usize = 512;

/// Every module at work, in linear phase and without the limiter.
fn at_work() -> ChainSettings {
    let mut settings = ChainSettings::default();
    settings.limiter.enabled = false;
    settings.equalizer.bands[0] =
        EqualizerBand { enabled: true, shape: BandShape::HighShelf, gain_db: 6.0, ..EqualizerBand::default() };
    for (id, value) in [("compressor.bands", 2.0), ("compressor.phase", 1.0), ("compressor.band.1.ratio", 4.0)] {
        set(&mut settings, id, value);
    }
    settings.compressor.band[0].threshold_db = -40.0;
    settings.imager.band[0] = ImagerBand { width: 1.7, ..ImagerBand::default() };
    settings
}

fn set(settings: &mut ChainSettings, id: &str, value: f64) {
    let known: Vec<Parameter> = parameters();
    known.iter().find(|parameter| parameter.id == id).unwrap().set(settings, value);
}

fn played(settings: &ChainSettings) -> [Vec<f32>; 2] {
    let mut chain = MasteringChain::default();
    chain.set_params(settings);
    chain.prepare(&Spec { sample_rate: RATE_HZ, max_block: BLOCK, channels: 2 }).unwrap();
    let mut signal = music(7, RATE_HZ, 2.0, 2);
    let [left, right] = &mut signal[..] else { panic!("music is stereo") };
    for (left, right) in left.chunks_mut(BLOCK).zip(right.chunks_mut(BLOCK)) {
        chain.process(&mut [left, right]);
    }
    [left.clone(), right.clone()]
}

#[test]
fn a_module_alone_is_the_chain_with_the_others_off() {
    for alone in Alone::ALL.iter().filter(|alone| **alone != Alone::Off) {
        let mut listened = at_work();
        listened.alone = *alone;
        let mut expected = at_work();
        for id in ["equalizer", "compressor", "imager"].iter().filter(|id| **id != alone.word()) {
            set(&mut expected, &format!("{id}.enabled"), 0.0);
        }
        assert!(played(&listened) == played(&expected), "{alone:?}");
    }
}

#[test]
fn delta_of_a_module_is_its_output_less_its_delayed_input() {
    for (module, alone) in
        [("equalizer", Alone::Equalizer), ("compressor", Alone::Compressor), ("imager", Alone::Imager)]
    {
        let listened = |delta: f64, enabled: f64| {
            let mut settings = at_work();
            settings.alone = alone;
            set(&mut settings, &format!("listen.{module}.delta"), delta);
            set(&mut settings, &format!("{module}.enabled"), enabled);
            played(&settings)
        };
        let [delta, whole, dry, off] = [listened(1.0, 1.0), listened(0.0, 1.0), listened(0.0, 0.0), listened(1.0, 0.0)];
        let frames = delta[0].len();
        let largest = delta[0].iter().fold(0f32, |most, sample| most.max(sample.abs()));
        assert!(largest > 0.001, "{module} changes nothing");
        for (channel, side) in ["left", "right"].into_iter().enumerate() {
            for frame in 0..frames {
                let expected = whole[channel][frame] - dry[channel][frame];
                // Roundings of f32 below full scale.
                let off_by = (delta[channel][frame] - expected).abs();
                assert!(off_by < 1e-6, "{module}, {side}, frame {frame}: {off_by}");
            }
            assert!(off[channel].iter().all(|sample| *sample == 0.0), "{module} off, {side}");
        }
    }
}
