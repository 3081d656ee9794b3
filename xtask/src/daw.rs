//! `cargo xtask daw`: each VST3 on the master bus of an Ardour session, saved, opened again and rendered there, against
//! the command's render of the same chain.

mod ardour;
mod inserts;
mod session;
mod stored;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{ChainSettings, Parameter, Purpose, chain_file, parameters};
use runout_dsp_core::units::db_from_gain;
use runout_tests::bundle;
use runout_tests::music::demo_mix;

use crate::Failure;
use crate::packages::{LAME_BUILD, provide};
use crate::steps::{cargo, shown, step, target_folder};
use ardour::{Ardour, Values};
use inserts::{INSERTS, Insert};
use session::Audio;

/// Sample rate of the mix, Hz.
const SAMPLE_RATE: u32 = 48_000;

/// Channels of the mix.
const CHANNELS: usize = 2;

/// Where the part of the demo mix starts: the chorus, the loudest.
const START_S: usize = 30;

/// Its length, in frames: of whole blocks. Ardour 7.3 writes past its buffers at the end of a range that ends within one.
const FRAMES: usize = 48 * 8192;

/// The most that a render may differ, dBFS: one unit in the last place of a float at full scale, which Ardour's own
/// faders and panners on the way may cost. The plugins cost nothing.
const NULL_DBFS: f64 = -144.0;

/// The same of a chain with kernels: the rounding of a convolver depends on where in its hop of 512 frames a song begins,
/// which is Ardour's to say. Beside the command's render of the mix 256 frames later it was nothing at all.
const ROUNDED_NULL_DBFS: f64 = -120.0;

/// The least by which the chain must change the mix, dBFS, or the null would prove nothing.
const CHANGE_DBFS: f64 = -30.0;

/// Renders each plugin in Ardour and prints how far it is from the command.
pub fn run() -> Result<(), Failure> {
    provide(&[LAME_BUILD, ardour::NEEDS])?;
    let packages = ["--package", "runout-plugins", "--lib", "--package", "runout-delivery", "--bin", "runout"];
    let built = step("build", cargo(&[&["build", "--profile", "checked"], &packages[..]].concat()))?;
    if !built.passed {
        return Err(Failure::NotPassed);
    }
    let target = target_folder()?;
    let folder = target.join("daw");
    let unwritable = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(unwritable)?;
    }
    fs::create_dir_all(&folder).map_err(unwritable)?;
    let library = std::env::consts::DLL_PREFIX.to_owned() + "runout_plugins" + std::env::consts::DLL_SUFFIX;
    let bundles = bundle::assemble(&target.join("checked").join(library), &folder).map_err(unwritable)?;
    let mix = folder.join("mix.wav");
    write_mix(&mix)?;
    println!("\n==> Ardour: scanning {}", bundles.vst3.display());
    let ardour = Ardour::with_bundle(&folder, &bundles.vst3)?;
    let mut passed = true;
    println!("{:<26}{:>16}{:>16}{:>16}", "", "null, dBFS", "change, dBFS", "late, frames");
    for insert in &INSERTS {
        passed &= rendered_alike(insert, &ardour, &folder, &mix)?;
    }
    if passed { Ok(()) } else { Err(Failure::NotPassed) }
}

/// Renders one plugin and the command's chain, prints both differences, and says whether they pass.
fn rendered_alike(insert: &Insert, ardour: &Ardour, folder: &Path, mix: &Path) -> Result<bool, Failure> {
    let shown = format!("{} {}", insert.name, insert.case);
    let name = shown.trim_end().to_lowercase().replace(' ', "-");
    let audio = Audio { name: "mix.wav", frames: FRAMES as u64, sample_rate: SAMPLE_RATE };
    let settings = settings(insert)?;
    let known = parameters();
    let is_set = |parameter: &&Parameter| insert.values.iter().any(|(id, _)| *id == parameter.id);
    let value = |parameter: &'_ Parameter| parameter.get(&settings);
    let (stored, shown_ones): (Vec<&Parameter>, Vec<&Parameter>) =
        known.iter().filter(is_set).partition(|parameter| parameter.purpose == Purpose::Latency);
    let values = Values {
        shown: shown_ones.into_iter().map(|parameter| (insert.name_of(parameter), value(parameter))).collect(),
        stored: stored.into_iter().map(|parameter| (parameter, value(parameter))).collect(),
    };
    let session = ardour.session(&name, insert.name, &values, mix, &audio)?;
    let heard = folder.join(format!("{name}-ardour.wav"));
    ardour.export(&session, &heard)?;
    let expected = if insert.values.is_empty() { mix.to_path_buf() } else { mastered(insert, &name, folder, mix)? };
    let late_frames = latency_frames(&settings)? - latency_frames(&ChainSettings::default())?;
    let null_dbfs = difference_dbfs(&heard, &expected, late_frames)?;
    let most_dbfs = if insert.has_kernel { ROUNDED_NULL_DBFS } else { NULL_DBFS };
    let change_dbfs = difference_dbfs(mix, &expected, 0)?;
    let works = insert.values.is_empty() || change_dbfs > CHANGE_DBFS;
    let passed = null_dbfs < most_dbfs && works;
    let outcome = if passed { "passed" } else { "NOT passed" };
    println!("{shown:<26}{null_dbfs:>16.1}{change_dbfs:>16.1}{late_frames:>16}  {outcome}");
    Ok(passed)
}

/// The chain of the values.
fn settings(insert: &Insert) -> Result<ChainSettings, String> {
    let mut settings = ChainSettings::default();
    settings.limiter.enabled = insert.has_limiter;
    let known = parameters();
    for (id, value) in insert.values {
        let parameter = known.iter().find(|parameter| parameter.id == *id);
        parameter.ok_or_else(|| format!("there is no parameter {id}"))?.set(&mut settings, *value);
    }
    Ok(settings)
}

/// Has the command render the chain; where.
fn mastered(insert: &Insert, name: &str, folder: &Path, mix: &Path) -> Result<PathBuf, String> {
    let (chain, output) = (folder.join(format!("{name}.toml")), folder.join(format!("{name}-runout.wav")));
    let text = chain_file::write(&settings(insert)?);
    fs::write(&chain, text).map_err(|error| format!("{}: {error}", chain.display()))?;
    let runout = target_folder()?.join("checked").join(format!("runout{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(runout);
    command.arg("master").arg(mix).arg("-o").arg(&output).arg("--chain").arg(&chain).args(["--depth", "32f", "--json"]);
    let ended = command.output().map_err(|error| format!("`{}`: {error}", shown(&command)))?;
    if !ended.status.success() {
        return Err(format!("`{}`: {}", shown(&command), String::from_utf8_lossy(&ended.stderr).trim()));
    }
    Ok(output)
}

/// Writes the part of the demo mix as float.
fn write_mix(path: &Path) -> Result<(), String> {
    let unwritable = |error| format!("{}: {error}", path.display());
    let spec = hound::WavSpec {
        channels: CHANNELS as u16,
        sample_rate: SAMPLE_RATE,
        bits_per_sample: 32,
        sample_format: hound::SampleFormat::Float,
    };
    let mix = demo_mix(f64::from(SAMPLE_RATE));
    let start = START_S * SAMPLE_RATE as usize;
    let mut writer = hound::WavWriter::create(path, spec).map_err(unwritable)?;
    for (&left, &right) in mix[0].iter().zip(&mix[1]).skip(start).take(FRAMES) {
        writer.write_sample(left).map_err(unwritable)?;
        writer.write_sample(right).map_err(unwritable)?;
    }
    writer.finalize().map_err(unwritable)
}

/// The latency of a chain, frames. Ardour 7.3's exporter compensates the one that a plugin has when it is made, and brings
/// the state after that: by what the state moves the latency, the export is late.
fn latency_frames(settings: &ChainSettings) -> Result<i64, String> {
    let mut chain = MasteringChain::default();
    chain.set_params(settings);
    let spec = Spec { sample_rate: f64::from(SAMPLE_RATE), max_block: 64, channels: CHANNELS };
    chain.prepare(&spec).map_err(|error| error.to_string())?;
    Ok(chain.latency() as i64)
}

/// The largest difference between the samples of two files, of which the first is so many frames late, dBFS; what is not
/// finite counts as infinite.
fn difference_dbfs(one: &Path, other: &Path, late_frames: i64) -> Result<f64, String> {
    let (one_samples, other_samples) = (samples(one)?, samples(other)?);
    if one_samples.len() != other_samples.len() {
        let lengths = format!("{} and {} samples", one_samples.len(), other_samples.len());
        return Err(format!("{} and {} have {lengths}", one.display(), other.display()));
    }
    let skipped = late_frames.unsigned_abs() as usize * CHANNELS;
    let (from_one, from_other) = if late_frames > 0 { (skipped, 0) } else { (0, skipped) };
    let pairs = one_samples.iter().skip(from_one).zip(other_samples.iter().skip(from_other));
    let differences = pairs.map(|(a, b)| f64::from(*a) - f64::from(*b));
    let largest = differences.map(|by| if by.is_finite() { by.abs() } else { f64::INFINITY }).fold(0.0, f64::max);
    Ok(db_from_gain(largest))
}

fn samples(path: &Path) -> Result<Vec<f32>, String> {
    let unreadable = |error| format!("{}: {error}", path.display());
    let mut reader = hound::WavReader::open(path).map_err(unreadable)?;
    reader.samples().collect::<Result<_, _>>().map_err(unreadable)
}
