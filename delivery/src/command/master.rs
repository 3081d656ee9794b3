//! `runout master`: a mix to a delivered file.

use std::path::Path;
use std::time::Instant;

use runout_dsp_core::dispatch;
use runout_dsp_core::equalizer::prototype::corner_hz;
use runout_dsp_core::processor::MASTERING_RATES_HZ;
use runout_dsp_core::settings::ChainSettings;

use super::Ending;
use super::arguments::{MasterArguments, existing};
use super::delivered;
use super::output;

use crate::audio_sink::{PendingFile, check_output};
use crate::failure::Failure;
use crate::interrupt;
use crate::master::{Job, checked_format, master};
use crate::paths::check_distinct;
use crate::progress::Progress;
use crate::report::{mastered_json, mastered_text, pretty};
use crate::targets;
use crate::text_file::read_chain;

/// Masters, prints and reports.
///
/// # Errors
/// Bad arguments, a bad chain or mix, an output that cannot be written, or the user interrupts; then no file was made or
/// changed.
pub fn run(arguments: &MasterArguments) -> Result<Ending, Failure> {
    interrupt::watch();
    let started = Instant::now();
    if arguments.portable {
        dispatch::force_portable();
    }
    let target = arguments.target.as_deref().map(targets::named).transpose()?;
    let file_format = delivered::format(arguments)?;
    check_files(arguments)?;
    let tags = delivered::tags(arguments)?;
    let settings = match &arguments.chain {
        Some(path) => read_chain(path)?,
        None => ChainSettings::default(),
    };
    let format = checked_format(&arguments.mix)?;
    arguments.rate.map_or(Ok(()), check_rate)?;
    if let Some(chain) = &arguments.chain {
        say_corners(chain, &settings, format.sample_rate_hz);
    }
    let existing = existing(arguments.force);
    let report = arguments.report.as_deref().map(|path| PendingFile::create(path, existing)).transpose()?;
    let job = Job {
        mix: arguments.mix.clone(),
        out: arguments.out.clone(),
        settings,
        target,
        format: file_format,
        tags,
        rate_hz: arguments.rate,
        existing,
    };
    let progress = Progress::new(|| format.frames.unwrap_or(0));
    let mastered = master(&job, &progress);
    progress.clear();
    let mastered = mastered?;

    let document = mastered_json(&mastered);
    if let Some(mut report) = report {
        report.write(pretty(&document).as_bytes())?;
        report.complete()?;
    }
    if let Some(outcome) = &mastered.target
        && let Some(reason) = &outcome.reason
    {
        let name = outcome.verdict.target.name;
        output::complain(&Failure::about(&arguments.mix, format_args!("misses the loudness of {name}: {reason}")));
    }
    if let Some(overshoot) = mastered.lossy.as_ref().and_then(|lossy| lossy.overshoot) {
        output::complain(&Failure::about(&arguments.out, overshoot.advice()));
    }
    if arguments.json {
        output::print_json(&document)?;
    } else {
        let times_real_time = mastered.output.duration_s() / started.elapsed().as_secs_f64();
        output::print(&mastered_text(&mastered, times_real_time))?;
    }
    Ok(Ending::of(mastered.passed()))
}

/// Whether mastering knows a rate in Hz, of all that a number can say.
fn check_rate(rate_hz: u32) -> Result<(), Failure> {
    let (lowest, highest) = MASTERING_RATES_HZ;
    if (lowest..=highest).contains(&f64::from(rate_hz)) {
        return Ok(());
    }
    Err(Failure::new(format!("--rate {rate_hz}: {lowest} to {highest} Hz can be delivered")))
}

/// What is written is asked for before any work is done, and must not be what is read.
fn check_files(arguments: &MasterArguments) -> Result<(), Failure> {
    let mut inputs: Vec<&Path> = vec![&arguments.mix];
    inputs.extend(arguments.chain.as_deref());
    inputs.extend(arguments.picture.as_deref());
    let mut outputs: Vec<&Path> = vec![&arguments.out];
    outputs.extend(arguments.report.as_deref());
    check_distinct(&inputs, &outputs)?;
    outputs.iter().try_for_each(|output| check_output(output, existing(arguments.force)))
}

/// Says which bands of the equalizer have a corner that the mix's rate cannot hold.
fn say_corners(chain: &Path, settings: &ChainSettings, sample_rate_hz: u32) {
    let working = settings.equalizer.bands.iter().enumerate().filter(|(_, band)| !band.is_neutral());
    for (slot, band) in working {
        let used_hz = corner_hz(band, f64::from(sample_rate_hz));
        if used_hz < f64::from(band.frequency_hz) {
            let (number, asked_hz) = (slot + 1, band.frequency_hz);
            let told = format_args!(
                "equalizer band {number}: {asked_hz} Hz is beyond a mix at {sample_rate_hz} Hz: {used_hz:.1} Hz is used"
            );
            output::complain(&Failure::about(chain, told));
        }
    }
}
