//! The inserts that hold the chain.

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{ChainSettings, LimiterStyle};

use runout_tests::clap_host::{Automation, ClapBundle, ClapHost};

const RATE: f64 = 48_000.0;
const LIMITER: &str = "org.runout.limiter";
const MASTER: &str = "org.runout.master";
const METER: &str = "org.runout.meter";

/// Two seconds of two sines that go over the ceiling now and then, different in each channel.
fn loud() -> Vec<Vec<f32>> {
    let tone = |frequency: f64, frame: usize| (frame as f64 * frequency * std::f64::consts::TAU / RATE).sin();
    let channel = |offset: f64| {
        let swell = |frame| 0.6 + 0.6 * tone(1.0, frame);
        (0..96_000).map(|frame| (swell(frame) * tone(997.0 + offset, frame)) as f32).collect()
    };
    vec![channel(0.0), channel(313.0)]
}

/// The same through the chain of dsp-core, with settings taken at their frames.
fn through_chain(mut signal: Vec<Vec<f32>>, settings: &[(usize, ChainSettings)]) -> Vec<Vec<f32>> {
    let mut chain = MasteringChain::default();
    chain.prepare(&Spec { sample_rate: RATE, max_block: 96_000, channels: 2 }).unwrap();
    let (left, right) = signal.split_at_mut(1);
    let ends = settings[1..].iter().map(|(frame, _)| *frame).chain([left[0].len()]);
    for ((start, settings), end) in settings.iter().zip(ends) {
        chain.set_params(settings);
        chain.process(&mut [&mut left[0][*start..end], &mut right[0][*start..end]]);
    }
    signal
}

#[test]
fn ids_and_names_are_frozen() {
    let expected = [(MASTER, "Runout Master"), (LIMITER, "Runout Limiter"), (METER, "Runout Meter")];
    assert_eq!(ClapBundle::checked().plugins(), expected.map(|(id, name)| (id.to_owned(), name.to_owned())));
}

#[test]
fn names_are_words_and_unique() {
    for (id, expected) in [(LIMITER, ["Ceiling", "Input Gain"]), (MASTER, ["Limiter Ceiling", "Input Gain"])] {
        let parameters = ClapHost::load(id).parameters();
        let grouped = parameters.iter().filter(|found| found.group == "Limiter").count();
        assert_eq!(grouped > 0, id == MASTER, "Master groups its parameters by module");
        let mut names: Vec<String> = parameters.into_iter().map(|found| found.name).collect();
        assert!(expected.iter().all(|name| names.contains(&(*name).to_owned())), "{names:?}");
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}

#[test]
fn every_value_shows_and_reads_back_with_its_unit() {
    let mut host = ClapHost::load(MASTER);
    for parameter in host.parameters() {
        for share in [0.0, 0.25, 0.5, 1.0] {
            let value = parameter.lowest + share * (parameter.highest - parameter.lowest);
            let shown = host.text_of(parameter.id, value);
            let back = host.value_of(parameter.id, &shown);
            let again = back.map(|back| host.text_of(parameter.id, back));
            assert_eq!(again.as_deref(), Some(shown.as_str()), "{}", parameter.name);
        }
    }
    let ceiling = host.parameter("Limiter Ceiling");
    assert_eq!(host.text_of(ceiling.id, ceiling.default), "-1.0 dBTP");
    assert!(host.value_of(ceiling.id, "loud").is_none());
}

#[test]
fn the_plugin_is_the_chain_bit_for_bit_at_any_block_size() {
    let mut first = ChainSettings::default();
    first.limiter.input_gain_db = 6.0;
    first.limiter.style = LimiterStyle::Loud;
    let mut second = first;
    second.limiter.ceiling_dbtp = -3.25;
    second.limiter.release_ms = 12.34;
    let expected = through_chain(loud(), &[(0, first), (31_003, second)]);
    for block in [1, 7, 64, 511, 4096] {
        let mut host = ClapHost::load(LIMITER);
        let mut set = |name: &str, text: &str, frame| {
            let id = host.parameter(name).id;
            Automation { frame, id, value: host.value_of(id, text).unwrap() }
        };
        let automation = [
            set("Input Gain", "6 dB", 0),
            set("Style", "loud", 0),
            set("Ceiling", "-3.25 dBTP", 31_003),
            set("Release", "12.34 ms", 31_003),
        ];
        host.activate(RATE, 4096);
        let mut signal = loud();
        host.process(&mut signal, block, &automation);
        assert!(signal == expected, "blocks of {block}");
    }
}

#[test]
fn the_meter_passes_every_bit_on_at_once() {
    for channels in [1, 2, 6, 12] {
        let mut host = ClapHost::load(METER);
        let bypass = host.parameter("Bypass").id;
        assert_eq!(host.parameters().len(), 1);
        host.select_channels(channels);
        host.activate(8_000.0, 512);
        assert_eq!(host.latency(), 0);
        let mut expected: Vec<Vec<f32>> = loud().into_iter().cycle().take(channels).collect();
        expected[0][5_000] = f32::NAN;
        expected[channels - 1][6_000] = 1e30;
        expected[channels - 1][7_000] = f32::from_bits(1);
        let set = |frame, value| Automation { frame, id: bypass, value };
        let mut signal = expected.clone();
        host.process(&mut signal, 480, &[set(20_000, 1.0), set(60_000, 0.0)]);
        let bits = |of: &[Vec<f32>]| of.concat().iter().map(|sample| sample.to_bits()).collect::<Vec<_>>();
        assert!(bits(&signal) == bits(&expected), "{channels} channels");
    }
}

#[test]
fn the_latency_reported_is_the_impulses() {
    for rate in [44_100.0, 48_000.0, 96_000.0] {
        let mut host = ClapHost::load(MASTER);
        host.activate(rate, 512);
        let mut signal = vec![vec![0.0; 8192]; 2];
        signal.iter_mut().for_each(|channel| channel[100] = 0.25);
        host.process(&mut signal, 512, &[]);
        let arrived: Vec<usize> = (0..8192).filter(|frame| signal[0][*frame] != 0.0).collect();
        assert_eq!(arrived, [100 + host.latency()]);
    }
}

#[test]
fn a_state_moves_into_a_new_instance() {
    let mut host = ClapHost::load(MASTER);
    let ids: Vec<_> = host.parameters().into_iter().map(|parameter| parameter.id).collect();
    let set: Vec<Automation> = host
        .parameters()
        .into_iter()
        .filter(|parameter| parameter.name != "Bypass")
        .map(|parameter| {
            let value = parameter.lowest + 0.37 * (parameter.highest - parameter.lowest);
            Automation { frame: 0, id: parameter.id, value: value.round().max(value.fract()) }
        })
        .collect();
    host.activate(RATE, 512);
    host.process(&mut loud(), 512, &set);
    let state = host.save();
    let mut other = ClapHost::load(MASTER);
    other.restore(&state);
    for id in ids {
        assert_eq!(other.value(id).to_bits(), host.value(id).to_bits());
    }
    assert_eq!(other.save(), state);
    let (mut ours, mut theirs) = (loud(), loud());
    host.reset();
    other.activate(RATE, 512);
    host.process(&mut ours, 512, &[]);
    other.process(&mut theirs, 512, &[]);
    assert!(ours == theirs, "the restored instance sounds the same");
}

#[test]
fn bypass_is_the_delayed_input_without_a_click() {
    let mut host = ClapHost::load(LIMITER);
    let (bypass, gain) = (host.parameter("Bypass").id, host.parameter("Input Gain").id);
    let six = host.value_of(gain, "6 dB").unwrap();
    let automation = [
        Automation { frame: 0, id: gain, value: six },
        Automation { frame: 20_000, id: bypass, value: 1.0 },
        Automation { frame: 60_000, id: bypass, value: 0.0 },
    ];
    host.activate(RATE, 512);
    let input: Vec<Vec<f32>> = loud().into_iter().map(|channel| channel.iter().map(|x| x * 0.3).collect()).collect();
    let mut signal = input.clone();
    host.process(&mut signal, 512, &automation);
    let latency = host.latency();
    for (heard, given) in signal.iter().zip(&input) {
        assert_eq!(heard[30_000..60_000], given[30_000 - latency..60_000 - latency], "bypassed");
        // The louder sine's steepest step, 0.36 * 2 * tau * 1310 / 48000, and a fade of 720 frames over at most 0.36.
        let largest = heard.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0f32, f32::max);
        assert!(largest < 0.36 * 2.0 * 0.1715 + 0.36 * 1.5 / 720.0, "{largest}");
    }
}

#[test]
fn instances_come_and_go() {
    for _ in 0..200 {
        let mut host = ClapHost::load(MASTER);
        host.activate(RATE, 64);
        host.process(&mut vec![vec![0.5; 64]; 2], 64, &[]);
    }
}
