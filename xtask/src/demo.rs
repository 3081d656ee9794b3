//! `cargo xtask demo`: a mix equalized, compressed and mastered to a target with the command built in release, and what it did to it;
//! then the same through the plugin in a host, and the proof that both files are equal bit for bit.

mod hosted;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use runout_tests::music::{DEMO_SECONDS, demo_mix};
use serde_json::Value;

use crate::packages::{LAME_BUILD, provide};
use crate::steps::{cargo, readable, shown, step, target_folder, workspace};
use crate::{Failure, bundle};

/// What the mix is mastered to.
const TARGET: &str = "spotify";

/// What stands before the limiter, whose gain the target finds: a little room below, mud out, air in, a narrow bottom; then
/// a firm low end, a body that is held together, and highs that do not jump out.
const CHAIN: &str = r#"version = 1

[equalizer]
phase = "linear"

[[equalizer.band]]
shape = "low-cut"
frequency_hz = 28.0
slope_db_per_oct = 24

[[equalizer.band]]
frequency_hz = 280.0
gain_db = -1.5
q = 1.0

[[equalizer.band]]
shape = "high-shelf"
frequency_hz = 9000.0
gain_db = 1.5

[[equalizer.band]]
shape = "low-cut"
frequency_hz = 120.0
channel = "side"

[compressor]
crossover_hz = [140.0, 3500.0]

[[compressor.band]]
threshold_db = -24.0
ratio = 2.5
attack_ms = 30.0
release_ms = 150.0
makeup_db = 1.0

[[compressor.band]]
threshold_db = -22.0
ratio = 1.6
attack_ms = 20.0
auto_release = true

[[compressor.band]]
threshold_db = -30.0
ratio = 2.0
attack_ms = 2.0
release_ms = 80.0
detector = "rms"
"#;

/// Sample rate of the synthesized mix, Hz.
const SAMPLE_RATE: u32 = 48_000;

/// Masters `mix`, or one that is synthesized.
pub fn run(mix: Option<&str>) -> Result<(), Failure> {
    let mix = mix.map(PathBuf::from);
    if let Some(mix) = &mix
        && !mix.is_file()
    {
        return Err(Failure::NotPossible(format!("{}: no such file", mix.display())));
    }
    provide(&[LAME_BUILD])?;
    let bundles = bundle::run()?;
    let built = step("build", cargo(&["build", "--release", "--package", "runout-delivery", "--bin", "runout"]))?;
    if !built.passed {
        return Err(Failure::NotPassed);
    }
    let folder = target_folder()?.join("demo");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mix = match mix {
        Some(mix) => mix,
        None => synthesized(&folder)?,
    };
    let name = mix.file_stem().map_or_else(|| "mix".into(), |stem| stem.to_string_lossy().into_owned());
    let master = folder.join(format!("{name}-master.wav"));
    let chain = folder.join("chain.toml");
    fs::write(&chain, CHAIN).map_err(|error| format!("{}: {error}", chain.display()))?;
    let (report, time) = mastered(&mix, &chain, &master)?;
    show(&report, time, &mix, &master);
    let hosted = folder.join(format!("{name}-master-plugin.wav"));
    let equal = heard_in_a_host(&bundles.join("Runout.clap"), &mix, &report, &master, &hosted)?;
    let passed = report["target"]["passed"].as_bool() == Some(true);
    if passed && equal { Ok(()) } else { Err(Failure::NotPassed) }
}

/// Renders the mix through the plugin with the chain of the report; whether its file is the command's.
fn heard_in_a_host(bundle: &Path, mix: &Path, report: &Value, master: &Path, hosted: &Path) -> Result<bool, String> {
    println!(
        "\n==> host: the mix through Runout Master of {}, set to the chain as rendered, in blocks of {} frames",
        relative(bundle),
        hosted::BLOCK_FRAMES
    );
    let start = Instant::now();
    hosted::render(bundle, mix, report, hosted)?;
    println!("rendered, word length and dither as the command's, in {}\n", readable(start.elapsed()));
    let sums = [hosted::checksum(master)?, hosted::checksum(hosted)?];
    for (who, (sum, path)) in ["command", "plugin"].iter().zip(sums.iter().zip([master, hosted])) {
        println!("{who:<8} {sum}  {}", relative(path));
    }
    let equal = sums[0] == sums[1];
    println!("{}", if equal { "equal: every bit of both files" } else { "NOT equal: the plugin made another file" });
    Ok(equal)
}

/// Writes the synthesized mix as 24-bit WAV and returns where.
fn synthesized(folder: &Path) -> Result<PathBuf, String> {
    let path = folder.join("mix.wav");
    println!("\n==> mix: synthesizing {DEMO_SECONDS} s into {}", path.display());
    write_wav(&path, &demo_mix(f64::from(SAMPLE_RATE)))?;
    Ok(path)
}

/// Writes stereo samples to a WAV file of 24 bit at the demo's rate.
pub fn write_wav(path: &Path, signal: &[Vec<f32>]) -> Result<(), String> {
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: SAMPLE_RATE,
        bits_per_sample: 24,
        sample_format: hound::SampleFormat::Int,
    };
    let unwritable = |error| format!("{}: {error}", path.display());
    let mut writer = hound::WavWriter::create(path, spec).map_err(unwritable)?;
    for (&left, &right) in signal[0].iter().zip(&signal[1]) {
        for sample in [left, right] {
            writer.write_sample((sample * 8_388_608.0).round() as i32).map_err(unwritable)?;
        }
    }
    writer.finalize().map_err(unwritable)
}

/// Calls the command; its report and the time it took.
fn mastered(mix: &Path, chain: &Path, master: &Path) -> Result<(Value, Duration), Failure> {
    let runout = target_folder()?.join("release").join(format!("runout{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(&runout);
    command.arg("master").arg(mix).arg("-o").arg(master).arg("--chain").arg(chain);
    command.args(["--target", TARGET, "--force", "--json"]);
    println!("\n==> master: {}", shown(&command));
    let start = Instant::now();
    let output = command.output().map_err(|error| format!("{}: {error}", runout.display()))?;
    let time = start.elapsed();
    eprint!("{}", String::from_utf8_lossy(&output.stderr));
    // 1 is a target that is not met: there is a report all the same.
    if !matches!(output.status.code(), Some(0 | 1)) {
        return Err(Failure::NotPossible(format!("{} could not be mastered", mix.display())));
    }
    let report = serde_json::from_slice(&output.stdout).map_err(|error| format!("the command's report: {error}"))?;
    Ok((report, time))
}

fn show(report: &Value, time: Duration, mix: &Path, master: &Path) {
    let (input, output, target) = (&report["input"], &report["output"], &report["target"]);
    let sample_rate = input["sample_rate"].as_f64().unwrap_or(f64::NAN);
    let duration_s = input["duration_s"].as_f64().unwrap_or(f64::NAN);
    let latency_frames = report["latency_frames"].as_f64().unwrap_or(f64::NAN);
    println!("\n{:<24}{:>12}{:>12}", "", "before", "after");
    for (name, field, unit) in [
        ("integrated loudness", "integrated_lufs", "LUFS"),
        ("loudness range", "loudness_range_lu", "LU"),
        ("true peak", "true_peak_dbtp", "dBTP"),
        ("peak to loudness ratio", "plr_lu", "LU"),
    ] {
        println!("{name:<24}{:>12}{:>12} {unit}", reading(&input[field]), reading(&output[field]));
    }
    let at_most = reading(&target["ceiling_dbtp"]);
    println!("\n{:<24}{:>24}  {} LUFS, {at_most} dBTP", "target", TARGET, reading(&target["integrated_lufs"]));
    println!("{:<24}{:>24}", "", if target["passed"] == true { "passed" } else { "NOT passed" });
    println!("{:<24}{:>24} dB", "gain into the limiter", reading(&target["input_gain_db"]));
    println!("{:<24}{latency_frames:>24} frames, {:.2} ms", "latency", 1e3 * latency_frames / sample_rate);
    let times = duration_s / time.as_secs_f64();
    println!("{:<24}{times:>24.0} x, {} for {duration_s:.1} s", "times real time", readable(time));
    for module in ["equalizer", "compressor"] {
        let chain = &report["chain"][module];
        let bands = chain["band"].as_array().map_or(0, Vec::len);
        println!("{module:<24}{bands:>24} bands, {} phase", chain["phase"].as_str().unwrap_or("-"));
    }
    println!("\nbefore: {}\nafter:  {}", relative(mix), relative(master));
}

/// A reading with two decimals; silence has none.
fn reading(value: &Value) -> String {
    value.as_f64().map_or_else(|| "-".to_owned(), |number| format!("{number:.2}"))
}

/// A path as it is seen from the workspace.
fn relative(path: &Path) -> String {
    path.strip_prefix(workspace()).unwrap_or(path).display().to_string()
}
