//! What the plugin plays is what the command delivers: the same chain file, the same samples, the same bits.

use std::fs;
use std::path::Path;
use std::process::Command;

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};
use runout_dsp_core::settings::{Module, Purpose, chain_file};
use runout_tests::command_binary::binary;
use runout_tests::random::Random;

use crate::rig::{INSERTS, Product, RATE, Script, loud, require_same, set_inactive};

fn write(path: &Path, signal: &[Vec<f32>], sample_rate: f64) {
    let spec = WavSpec {
        channels: signal.len() as u16,
        sample_rate: sample_rate as u32,
        bits_per_sample: 32,
        sample_format: SampleFormat::Float,
    };
    let mut writer = WavWriter::create(path, spec).expect("the mix can be written");
    for frame in 0..signal[0].len() {
        signal.iter().for_each(|channel| writer.write_sample(channel[frame]).expect("the mix can be written"));
    }
    writer.finalize().expect("the mix can be written");
}

fn read(path: &Path) -> Vec<Vec<f32>> {
    let mut reader = WavReader::open(path).expect("the master can be read");
    let channels = usize::from(reader.spec().channels);
    let samples: Vec<f32> = reader.samples().collect::<Result<_, _>>().expect("float samples");
    (0..channels).map(|channel| samples.iter().skip(channel).step_by(channels).copied().collect()).collect()
}

/// The mix through `runout master` with these settings in a chain file.
fn by_command(mix: &[Vec<f32>], sample_rate: f64, script: &Script) -> Vec<Vec<f32>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    write(&path("mix.wav"), mix, sample_rate);
    let (_, settings) = script.settings.last().expect("settings");
    fs::write(path("chain.toml"), chain_file::write(settings)).expect("the chain can be written");
    let called = Command::new(binary())
        .arg("master")
        .arg(path("mix.wav"))
        .arg("-o")
        .arg(path("master.wav"))
        .arg("--chain")
        .arg(path("chain.toml"))
        .args(["--depth", "32f"])
        .output()
        .expect("the command starts");
    assert!(called.status.success(), "{}", String::from_utf8_lossy(&called.stderr));
    read(&path("master.wav"))
}

/// The mix through the plugin, its latency trimmed.
fn by_plugin(product: Product, mix: &[Vec<f32>], sample_rate: f64, script: &Script, block: usize) -> Vec<Vec<f32>> {
    let mut host = product.load();
    host.select_channels(mix.len());
    set_inactive(&mut host, &script.automation);
    host.activate(sample_rate, 4096);
    let latency = host.latency();
    let mut signal = mix.to_vec();
    signal.iter_mut().for_each(|channel| channel.extend(std::iter::repeat_n(0.0, latency)));
    host.process(&mut signal, block, &[]);
    signal.iter().map(|channel| channel[latency..].to_vec()).collect()
}

/// Any settings, but for what a chain file does not hold, and for a limiter that the product does not have.
fn settings(product: Product, random: &mut Random) -> Script {
    let mut host = product.load();
    let mut script = Script::random(product, &mut host, random, &[0], 200);
    let (_, mut settings) = script.settings.pop().expect("settings");
    for knob in product.knobs(&mut host).iter().filter(|knob| knob.setting.purpose == Purpose::Listening) {
        knob.setting.set(&mut settings, f64::from(knob.setting.default_value()));
    }
    settings.limiter.enabled &= product.holds(Module::Limiter);
    Script::fixed(product, &mut host, &settings)
}

#[test]
fn the_plugin_and_the_command_agree_bit_for_bit_at_any_block_size() {
    for (seed, product) in (91..99).zip(INSERTS.into_iter().cycle()) {
        let mut random = Random::new(seed);
        let script = settings(product, &mut random);
        let mix = loud(RATE, 1.0, 2);
        let expected = by_command(&mix, RATE, &script);
        for block in [1, 64, 511, 4096] {
            let found = by_plugin(product, &mix, RATE, &script, block);
            require_same(&found, &expected, || format!("{}, blocks of {block}, seed {seed}", product.id));
        }
    }
}

#[test]
fn they_agree_in_mono_and_at_other_rates() {
    for (seed, (channels, sample_rate)) in
        (101..).zip([(1, 48_000.0), (1, 44_100.0), (2, 22_050.0), (1, 96_000.0), (2, 88_200.0), (2, 192_000.0)])
    {
        let product = INSERTS[seed % INSERTS.len()];
        let mut random = Random::new(seed as u64);
        let script = settings(product, &mut random);
        let mix = loud(sample_rate, 0.5, channels);
        let expected = by_command(&mix, sample_rate, &script);
        let found = by_plugin(product, &mix, sample_rate, &script, 480);
        require_same(&found, &expected, || format!("{channels} channels at {sample_rate} Hz, seed {seed}"));
    }
}
