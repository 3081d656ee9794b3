//! The same mix through the plugin: the built CLAP in a host, set to the chain that the command rendered, and its sound
//! delivered as the command delivers it.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use runout_delivery::audio_sink::{AudioSink, Existing, FileDepth, LARGEST_RIFF_BYTES, WavForm, WavSink};
use runout_delivery::audio_source;
use runout_dsp_core::output::OutputStage;
use runout_dsp_core::planar::with_buffers;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{BitDepth, ChainSettings, Module, parameters};
use runout_tests::clap_host::{ClapBundle, ClapHost};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// The plugin that is the whole chain.
const PLUGIN: &str = "org.runout.master";

/// Frames that the host hands over at once: a usual block of a workstation, and not the command's.
pub const BLOCK_FRAMES: usize = 512;

/// Renders `mix` through the plugin in `bundle` into `out`, with the chain and the depth of the command's report.
///
/// # Errors
/// What is missing or refused, in one line.
pub fn render(bundle: &Path, mix: &Path, report: &Value, out: &Path) -> Result<(), String> {
    let settings = chain_as_rendered(&report["chain"])?;
    let mut host = ClapHost::open(&ClapBundle::open(bundle)?, PLUGIN)?;
    set(&mut host, &settings)?;
    let mut source = audio_source::open(mix).map_err(|failure| failure.to_string())?;
    let format = *source.format();
    let spec =
        Spec { sample_rate: f64::from(format.sample_rate_hz), max_block: BLOCK_FRAMES, channels: format.channels };
    host.select_channels(spec.channels);
    host.render_offline(true);
    host.try_activate(spec.sample_rate, BLOCK_FRAMES)?;
    // A plugin gives float; word length and dither are the delivered file's, and the chain's last stage is where they are made.
    let mut last = OutputStage::default();
    last.prepare(&spec).map_err(|error| error.to_string())?;
    last.set_params(&settings.output);
    last.set_ceiling(settings.limiter.enabled.then_some(settings.limiter.ceiling_dbtp));
    let form = WavForm {
        sample_rate_hz: format.sample_rate_hz,
        channels: format.channels,
        depth: depth_of(settings.output.bit_depth)?,
    };
    let in_words = |failure: runout_delivery::failure::Failure| failure.to_string();
    let mut sink = WavSink::create(out, form, Existing::Replace, LARGEST_RIFF_BYTES).map_err(in_words)?;

    let mut block = vec![vec![0f32; BLOCK_FRAMES]; spec.channels];
    // The first frames are the latency's, and as many must be pushed out at the end.
    let (mut to_trim, mut to_push) = (host.latency(), host.latency());
    while to_push > 0 {
        let mut read = with_buffers(&mut block, BLOCK_FRAMES, |planes| source.read(planes)).map_err(in_words)?;
        if read == 0 {
            read = to_push.min(BLOCK_FRAMES);
            to_push -= read;
            block.iter_mut().for_each(|channel| channel.fill(0.0));
        }
        block.iter_mut().for_each(|channel| channel.truncate(read));
        host.process(&mut block, BLOCK_FRAMES, &[]);
        with_buffers(&mut block, read, |planes| last.process(planes));
        let trimmed = to_trim.min(read);
        to_trim -= trimmed;
        let kept: Vec<&mut [f32]> = block.iter_mut().map(|channel| &mut channel[trimmed..]).collect();
        sink.write(&kept).map_err(in_words)?;
        block.iter_mut().for_each(|channel| channel.resize(BLOCK_FRAMES, 0.0));
    }
    Box::new(sink).complete(None).map_err(in_words)
}

/// The settings that a report's `chain` says: a chain file in JSON.
fn chain_as_rendered(chain: &Value) -> Result<ChainSettings, String> {
    let mut settings = ChainSettings::default();
    for parameter in parameters() {
        if let Some(text) = text_at(chain, &parameter.id) {
            let value = parameter.kind.parsed(&text).map_err(|error| format!("{}: {text} {error}", parameter.id))?;
            parameter.set(&mut settings, f64::from(value));
        }
    }
    Ok(settings)
}

/// What a chain says of a parameter, as text: its value, the words of the order, or a band more than there are crossovers.
fn text_at(chain: &Value, id: &str) -> Option<String> {
    if id == "order" {
        let words: Option<Vec<&str>> = chain.get(id)?.as_array()?.iter().map(Value::as_str).collect();
        return Some(words?.join(" > "));
    }
    if let Some(module) = id.strip_suffix(".bands") {
        return Some((chain.get(module)?.get("crossover_hz")?.as_array()?.len() + 1).to_string());
    }
    let found = at(chain, id)?;
    Some(found.as_str().map_or_else(|| found.to_string(), str::to_owned))
}

/// What stands at a parameter's path; lists count from 1.
fn at<'a>(chain: &'a Value, id: &str) -> Option<&'a Value> {
    let found = id.split('.').try_fold(chain, |within, key| match key.parse::<usize>() {
        Ok(number) => within.get(number.checked_sub(1)?),
        Err(_) => within.get(key),
    })?;
    (!found.is_array() && !found.is_object()).then_some(found)
}

/// Sets every parameter of the plugin, as text, by its name; but for the output stage's, which is the demo's own: rounded
/// there, the sound would be dithered twice.
fn set(host: &mut ClapHost, settings: &ChainSettings) -> Result<(), String> {
    let hosted = host.parameters();
    let mut values = Vec::new();
    for parameter in parameters().into_iter().filter(|parameter| parameter.module != Some(Module::Output)) {
        let name = parameter.full_name();
        let value = parameter.get(settings);
        match hosted.iter().find(|found| found.name == name) {
            Some(found) => {
                let text = parameter.kind.shown(value);
                let read = host.value_of(found.id, &text).ok_or_else(|| format!("{name} does not read `{text}`"))?;
                values.push((found.id, read));
            }
            None if value != parameter.default_value() => return Err(format!("the plugin has no parameter {name}")),
            None => {}
        }
    }
    host.set_inactive(&values);
    Ok(())
}

/// The depth of a file whose samples have this word length.
fn depth_of(bit_depth: BitDepth) -> Result<FileDepth, String> {
    match bit_depth {
        BitDepth::Float => Ok(FileDepth::Float32),
        BitDepth::Sixteen => Ok(FileDepth::Integer16),
        BitDepth::TwentyFour => Ok(FileDepth::Integer24),
        BitDepth::Twenty => Err("the command writes no files of 20 bits".to_owned()),
    }
}

/// The SHA-256 of a file, as `sha256sum` prints it.
///
/// # Errors
/// The file cannot be read.
pub fn checksum(path: &Path) -> Result<String, String> {
    let unreadable = |error| format!("{}: {error}", path.display());
    let mut file = File::open(path).map_err(unreadable)?;
    let (mut hash, mut part) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match file.read(&mut part).map_err(unreadable)? {
            0 => return Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()),
            length => hash.update(&part[..length]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use runout_dsp_core::settings::{LimiterStyle, Order};
    use serde_json::json;

    #[test]
    fn the_chain_of_a_report_is_read() {
        let chain = json!({
            "version": 1,
            "limiter": { "style": "punchy", "ceiling_dbtp": -1.5, "auto_release": false },
            "output": { "bit_depth": 24, "dither": "tpdf", "seed": 7 },
            "equalizer": { "band": [{ "gain_db": 2.5 }] },
            "order": ["compressor", "equalizer", "imager"],
            "compressor": { "crossover_hz": [150.0, 2500.0], "band": [{}, { "ratio": 3.5 }, {}] },
        });
        let mut expected = ChainSettings::default();
        expected.limiter.style = LimiterStyle::Punchy;
        expected.limiter.ceiling_dbtp = -1.5;
        expected.limiter.auto_release = false;
        expected.output.bit_depth = BitDepth::TwentyFour;
        expected.output.dither = runout_dsp_core::settings::Dither::Tpdf;
        expected.output.seed = 7;
        expected.equalizer.bands[0].gain_db = 2.5;
        expected.order = Order::CompressorEqualizerImager;
        expected.compressor.bands = 3;
        expected.compressor.crossover_hz[..2].copy_from_slice(&[150.0, 2500.0]);
        expected.compressor.band[1].ratio = 3.5;
        assert_eq!(chain_as_rendered(&chain), Ok(expected));
        assert!(chain_as_rendered(&json!({ "limiter": { "ceiling_dbtp": 3 } })).is_err());
    }

    #[test]
    fn a_checksum_is_that_of_the_standard() {
        // FIPS 180-4's example of one block.
        let path = std::env::temp_dir().join(format!("runout-checksum-{}", std::process::id()));
        std::fs::write(&path, "abc").unwrap();
        let found = checksum(&path);
        std::fs::remove_file(&path).unwrap();
        assert_eq!(found.unwrap(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(checksum(&path).is_err());
    }
}
