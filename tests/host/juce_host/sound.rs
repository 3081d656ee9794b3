//! What the host hears: the chain of dsp-core, bit for bit, where its own compensation leaves it in time.

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{ChainSettings, Parameter};
use runout_tests::random::Random;
use runout_tests::signals::{impulse, in_channels, sine};

use super::{INSERTS, Instance, JuceHost, PRODUCTS, Passage, named};
use crate::rig::{LIMITER, Product, RATE, delayed, loud, require_same, six_db_louder, through_chain};

/// The latency of a product's chain with these settings at a rate.
fn chain_latency_frames(product: Product, settings: &ChainSettings, sample_rate: f64, channels: usize) -> usize {
    let mut chain = MasteringChain::of(product.modules);
    chain.set_params(settings);
    chain.prepare(&Spec { sample_rate, max_block: 64, channels }).expect("a rate for mastering");
    chain.latency()
}

/// A signal through the chain with its latency taken out, as a host that compensates it hears.
fn compensated(product: Product, signal: &[Vec<f32>], sample_rate: f64, settings: ChainSettings) -> Vec<Vec<f32>> {
    let latency = chain_latency_frames(product, &settings, sample_rate, signal.len());
    let longer = |channel: &Vec<f32>| [channel.as_slice(), &vec![0.0; latency]].concat();
    let heard = through_chain(product, signal.iter().map(longer).collect(), sample_rate, &[(0, settings)]);
    heard.iter().map(|channel| channel[latency..].to_vec()).collect()
}

#[test]
fn the_plugin_is_the_chain_bit_for_bit_at_any_block_size() {
    let input = loud(RATE, 1.5, 2);
    for seed in 71..75 {
        let mut random = Random::new(seed);
        for (plugin, product) in INSERTS {
            let mut host = JuceHost::start();
            let instance = host.load(plugin);
            let mut settings = ChainSettings::default();
            host.set_anyhow(instance, product, &mut random, &mut settings);
            let expected = compensated(product, &input, RATE, settings);
            for block in [64, 512, 8192] {
                let mut signal = input.clone();
                host.process(instance, &mut signal, RATE, block, Passage::Whole);
                require_same(&signal, &expected, || format!("seed {seed}, {plugin}, blocks of {block}: {settings:?}"));
            }
        }
    }
}

#[test]
fn mono_and_stereo_and_every_rate_sound_like_the_chain() {
    for (plugin, product) in INSERTS {
        let mut host = JuceHost::start();
        let settings = six_db_louder(product);
        let is_set = |setting: &Parameter| setting.get(&settings) != setting.default_value();
        let set: Vec<_> = named(product).into_iter().filter(|(_, setting)| is_set(setting)).collect();
        for channels in [1, 2] {
            let instance = host.load(plugin);
            for (name, setting) in &set {
                host.set(instance, name, &setting.kind.shown(setting.get(&settings)));
            }
            // One instance through all rates, as when a session's is changed.
            for rate in [22_050.0, 44_100.0, 48_000.0, 88_200.0, 96_000.0, 192_000.0, 384_000.0] {
                let mut signal = loud(rate, 0.5, channels);
                let expected = compensated(product, &signal, rate, settings);
                host.process(instance, &mut signal, rate, 512, Passage::Whole);
                require_same(&signal, &expected, || format!("{plugin}, {channels} channels at {rate} Hz"));
                assert_eq!(
                    host.latency_frames(instance),
                    chain_latency_frames(product, &settings, rate, channels),
                    "{plugin} at {rate} Hz"
                );
            }
        }
    }
}

#[test]
fn the_latency_told_is_the_impulses() {
    let mut host = JuceHost::start();
    for plugin in PRODUCTS {
        // Not higher: of a stream that is later by more than 11 blocks this host drops the beginning.
        for rate in [44_100.0, 48_000.0] {
            // A new instance each time: after a reset this host takes the latency out of a stream too.
            let instance = host.load(plugin);
            let mut signal = in_channels(&impulse(100, 0.25, 8192), 2);
            host.process(instance, &mut signal, rate, 512, Passage::Streamed);
            let arrived: Vec<usize> = (0..8192).filter(|frame| signal[0][*frame] != 0.0).collect();
            assert_eq!(arrived, [100 + host.latency_frames(instance)], "{plugin} at {rate} Hz");
        }
    }
}

/// A stretch of the stream with what is set before it.
struct Stretch {
    frames: usize,
    set: &'static [(&'static str, &'static str)],
}

/// Plays the signal through an instance without a break, setting values between the stretches.
fn streamed(host: &mut JuceHost, instance: Instance, input: &[Vec<f32>], stretches: &[Stretch]) -> Vec<Vec<f32>> {
    let mut heard = vec![Vec::new(); input.len()];
    for stretch in stretches {
        for (name, text) in stretch.set {
            host.set(instance, name, text);
        }
        let start = heard[0].len();
        let mut part: Vec<Vec<f32>> =
            input.iter().map(|channel| channel[start..start + stretch.frames].to_vec()).collect();
        host.process(instance, &mut part, RATE, 512, Passage::Streamed);
        heard.iter_mut().zip(part).for_each(|(all, part)| all.extend(part));
    }
    heard
}

#[test]
fn values_set_between_blocks_arrive_at_the_next_frame() {
    let input = loud(RATE, 2.0, 2);
    let mut host = JuceHost::start();
    let instance = host.load("Runout Limiter");
    let stretches = [
        Stretch { frames: 20_011, set: &[("Input Gain", "6 dB"), ("Style", "loud")] },
        Stretch { frames: 30_000, set: &[("Ceiling", "-3.25 dBTP"), ("Release", "12.34 ms")] },
        Stretch { frames: 1, set: &[("Input Gain", "-4.1 dB"), ("Auto Release", "off")] },
        Stretch { frames: 45_988, set: &[("Link", "0.25"), ("Input Gain", "9.99 dB")] },
    ];
    let mut settings = vec![(0, ChainSettings::default())];
    let mut now = ChainSettings::default();
    let mut frame = 0;
    for stretch in &stretches {
        for (name, text) in stretch.set {
            let (_, setting) = named(LIMITER).into_iter().find(|(known, _)| known == name).expect("a parameter");
            setting.set(&mut now, f64::from(setting.kind.parsed(text).expect("a value")));
        }
        settings.push((frame, now));
        frame += stretch.frames;
    }
    let heard = streamed(&mut host, instance, &input, &stretches);
    require_same(&heard, &through_chain(LIMITER, input, RATE, &settings), || "streamed".to_owned());
}

#[test]
fn bypassed_it_nulls_against_the_input() {
    let input = loud(RATE, 1.0, 2);
    let mut host = JuceHost::start();
    for (plugin, product) in INSERTS {
        let instance = host.load(plugin);
        let mut settings = ChainSettings::default();
        host.set_anyhow(instance, product, &mut Random::new(81), &mut settings);
        host.set(instance, "Bypass", "On");
        let mut signal = input.clone();
        host.process(instance, &mut signal, RATE, 512, Passage::Whole);
        require_same(&signal, &input, || plugin.to_owned());
    }
}

#[test]
fn bypass_goes_out_and_comes_back_without_a_click() {
    // A sine under the ceiling, 6 dB louder in the plugin. Its steepest step is that of the louder one; a fade of at
    // least 5 ms over the difference adds no more than that difference a fade.
    let (frequency_hz, amplitude) = (997.0, 0.3);
    let tone = in_channels(&sine(frequency_hz, amplitude, 0.0, RATE, 72_000), 2);
    let steepest = 2.0 * amplitude * std::f64::consts::TAU * frequency_hz / RATE;
    let most = (steepest + amplitude * std::f64::consts::FRAC_PI_2 / 240.0) as f32;
    let mut host = JuceHost::start();
    let instance = host.load("Runout Limiter");
    let stretches = [
        Stretch { frames: 24_011, set: &[("Input Gain", "6 dB")] },
        Stretch { frames: 24_002, set: &[("Bypass", "On")] },
        Stretch { frames: 23_987, set: &[("Bypass", "Off")] },
    ];
    let heard = streamed(&mut host, instance, &tone, &stretches);
    let latency = host.latency_frames(instance);
    let expected = delayed(&tone, latency);
    // 10 000 frames are longer than any fade.
    assert!(heard[0][34_011..48_013] == expected[0][34_011..48_013], "bypassed it is the input, later by the latency");
    // The wave begins in the middle of nowhere; from there on nothing may be steeper.
    let step = |pair: &[f32]| (pair[1] - pair[0]).abs();
    let largest = heard[0][2000..].windows(2).map(step).fold(0.0, f32::max);
    assert!(largest <= most, "{largest} and at most {most}");
    assert!(largest > 0.99 * steepest as f32, "the louder sine was not heard: {largest}");
}

#[test]
fn the_meter_passes_on_what_it_hears() {
    let mut host = JuceHost::start();
    // Not 12: the framework answers a host's 7.1.4 with the first twelve speakers that VST3 knows, and JUCE then declines.
    for channels in [1, 2, 6] {
        let instance = host.load("Runout Meter");
        for rate in [44_100.0, 192_000.0] {
            let input = loud(rate, 0.5, channels);
            for block in [64, 512, 8192] {
                let mut signal = input.clone();
                host.process(instance, &mut signal, rate, block, Passage::Whole);
                require_same(&signal, &input, || format!("{channels} channels at {rate} Hz, blocks of {block}"));
            }
            assert_eq!(host.latency_frames(instance), 0);
        }
    }
}
