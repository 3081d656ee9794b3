//! `cargo xtask bench files`: what whole calls of the command cost in CPU and memory, beside ffmpeg doing as much.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use runout_tests::music::music;
use runout_tests::signals::driven;

use crate::packages::{LAME_BUILD, ORACLES, provide};
use crate::steps::{cargo, step, target_folder};
use crate::{Failure, demo};

/// Sample rate, Hz.
const SAMPLE_RATE: u32 = 48_000;

/// Lengths of the mixes, minutes: memory must not follow the second.
const MINUTES: [u32; 2] = [5, 20];

/// Calls of each; the one that takes least counts.
const CALLS: usize = 3;

/// Every module at work: a linear equalizer of 8192 taps, four bands of compressor, width, mono bass, limiter at +6 dB.
const CHAIN: &str = r#"version = 1

[equalizer]
phase = "linear"
resolution = "high"

[[equalizer.band]]
shape = "low-cut"
frequency_hz = 28.0

[[equalizer.band]]
frequency_hz = 280.0
gain_db = -1.5

[[equalizer.band]]
shape = "high-shelf"
frequency_hz = 9000.0
gain_db = 1.5

[compressor]
crossover_hz = [140.0, 1200.0, 5000.0]

[[compressor.band]]
threshold_db = -24.0
ratio = 2.5

[[compressor.band]]
threshold_db = -24.0
ratio = 2.0

[[compressor.band]]
threshold_db = -26.0
ratio = 1.6

[[compressor.band]]
threshold_db = -30.0
ratio = 2.0

[imager]
mono_below_hz = 120.0

[[imager.band]]
width = 1.2

[limiter]
input_gain_db = 6.0
"#;

/// The same tasks in ffmpeg: 8193 taps, its multiband compressor as it comes, its limiter.
const RIVAL: &str = "firequalizer=gain_entry='entry(20,-12);entry(28,-3);entry(60,0);entry(280,-1.5);entry(1000,0);\
                     entry(9000,1);entry(14000,1.5)':delay=0.08533,mcompand,alimiter=limit=0.891:attack=5:release=80";

/// What a call took.
#[derive(Clone, Copy)]
struct Cost {
    cpu_s: f64,
    peak_mb: f64,
}

/// Measures and prints one table.
pub fn run() -> Result<(), Failure> {
    provide(&[LAME_BUILD, ORACLES])?;
    let built = step("build", cargo(&["build", "--release", "--bin", "runout"]))?;
    if !built.passed {
        return Err(Failure::NotPassed);
    }
    let runout = target_folder()?.join("release").join("runout");
    let folder = target_folder()?.join("bench");
    let in_words = |error: std::io::Error| Failure::from(format!("{}: {error}", folder.display()));
    fs::create_dir_all(&folder).map_err(in_words)?;
    let chain = folder.join("chain.toml");
    fs::write(&chain, CHAIN).map_err(in_words)?;
    println!("\nstereo music at {SAMPLE_RATE} Hz, WAV to WAV of 24 bit; least CPU of {CALLS} calls");
    println!("{:<44}{:>9}{:>10}{:>10}  beside", "", "minutes", "CPU s", "peak MB");
    for minutes in MINUTES {
        let mix = folder.join(format!("mix-{minutes}.wav"));
        write_mix(&mix, minutes)?;
        let out = folder.join("out.wav");
        let mut ours = Command::new(&runout);
        ours.arg("master").args([&mix, Path::new("-o"), &out, Path::new("--chain"), &chain]).arg("--force");
        let mut to_target = Command::new(&runout);
        to_target.arg("master").args([&mix, Path::new("-o"), &out, Path::new("--chain"), &chain]);
        to_target.args(["--force", "--target", "spotify"]);
        let mut measured = Command::new(&runout);
        measured.arg("measure").arg(&mix);
        let one_pass = ffmpeg(&mix, RIVAL, &out);
        let analysis =
            ffmpeg(&mix, &format!("{RIVAL},loudnorm=I=-14:TP=-1:LRA=20:print_format=summary"), Path::new("-"));
        let correction = format!(
            "{RIVAL},loudnorm=I=-14:TP=-1:LRA=20:measured_I=-18:measured_TP=-1:measured_LRA=5:measured_thresh=-28:linear=true"
        );
        let correction = ffmpeg(&mix, &correction, &out);
        let rival = least(&one_pass)?;
        row("ffmpeg: firequalizer, mcompand, alimiter", minutes, rival, None);
        row("runout master --chain", minutes, least(&ours)?, Some(rival));
        let (first, second) = (least(&analysis)?, least(&correction)?);
        let rival = Cost { cpu_s: first.cpu_s + second.cpu_s, peak_mb: first.peak_mb.max(second.peak_mb) };
        row("ffmpeg: the same with loudnorm, two passes", minutes, rival, None);
        row("runout master --chain --target spotify", minutes, least(&to_target)?, Some(rival));
        let rival = least(&ffmpeg(&mix, "ebur128=peak=true", Path::new("-")))?;
        row("ffmpeg: ebur128=peak=true", minutes, rival, None);
        row("runout measure", minutes, least(&measured)?, Some(rival));
    }
    Ok(())
}

/// A call of ffmpeg on one thread of its own; `-` is nowhere.
fn ffmpeg(mix: &Path, filters: &str, out: &Path) -> Command {
    let mut command = Command::new("ffmpeg");
    command.args(["-hide_banner", "-nostats", "-loglevel", "error", "-y", "-i"]).arg(mix).args(["-af", filters]);
    if out == Path::new("-") {
        command.args(["-f", "null", "-"]);
    } else {
        command.args(["-ar", "48000", "-c:a", "pcm_s24le"]).arg(out);
    }
    command
}

/// A mix of so many minutes: a minute of music, again and again.
fn write_mix(path: &Path, minutes: u32) -> Result<(), Failure> {
    let mix = driven(&music(11, f64::from(SAMPLE_RATE), 60.0, 2), -3.0);
    let long: Vec<Vec<f32>> = mix.iter().map(|channel| channel.repeat(minutes as usize)).collect();
    Ok(demo::write_wav(path, &long)?)
}

/// The call that took least CPU.
fn least(command: &Command) -> Result<Cost, Failure> {
    let mut least: Option<Cost> = None;
    for _ in 0..CALLS {
        let cost = cost(command)?;
        if least.is_none_or(|least| cost.cpu_s < least.cpu_s) {
            least = Some(cost);
        }
    }
    least.ok_or(Failure::NotPassed)
}

/// Calls a program to its end.
fn cost(command: &Command) -> Result<Cost, Failure> {
    let mut call = Command::new(command.get_program());
    call.args(command.get_args()).stdin(Stdio::null()).stdout(Stdio::null());
    let name = command.get_program().to_string_lossy().into_owned();
    let unable = |error: std::io::Error| Failure::from(format!("{name}: {error}"));
    let before = children_cpu_s()?;
    let mut child = call.spawn().map_err(unable)?;
    let mut peak_mb: f64 = 0.0;
    let status = loop {
        peak_mb = peak_mb.max(peak_mb_of(child.id()));
        if let Some(status) = child.try_wait().map_err(unable)? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    // 1 is a target that was missed: the work was done.
    if !matches!(status.code(), Some(0 | 1)) {
        return Err(Failure::from(format!("{name} ended with {status}")));
    }
    Ok(Cost { cpu_s: children_cpu_s()? - before, peak_mb })
}

/// CPU of all ended children so far, s: user and system, in the kernel's ticks of 10 ms.
fn children_cpu_s() -> Result<f64, Failure> {
    let stat = fs::read_to_string("/proc/self/stat").map_err(|error| format!("/proc/self/stat: {error}"))?;
    // The fields after the name in parentheses; of all the sixteenth and seventeenth.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
    Ok((ticks(13) + ticks(14)) / 100.0)
}

/// The most memory that a process has had resident, MB.
fn peak_mb_of(process: u32) -> f64 {
    let status = fs::read_to_string(PathBuf::from(format!("/proc/{process}/status"))).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0 / 1e6
}

fn row(name: &str, minutes: u32, cost: Cost, rival: Option<Cost>) {
    let beside = rival.map_or(String::new(), |rival| format!("{:.3} of ffmpeg's CPU", cost.cpu_s / rival.cpu_s));
    println!("{name:<44}{minutes:>9}{:>10.2}{:>10.1}  {beside}", cost.cpu_s, cost.peak_mb);
}
