//! A mix through the chain to a delivered file.
//!
//! measure the mix -> find the limiter's input gain (with a target) -> settle the dither -> render and measure what is
//! written -> verdict. Every pass streams the file anew: memory does not grow with length, and the same file and settings
//! give the same bits.

mod dither;
mod gain_search;
mod renderer;
mod tuning;

use std::path::PathBuf;
use std::sync::Arc;

use runout_dsp_core::processor::Processor;
use runout_dsp_core::settings::ChainSettings;
use runout_dsp_core::targets::{Target, Verdict};

use crate::audio_sink::{Existing, FileForm, FileFormat};
use crate::deliver::{Delivery, Overshoot};
use crate::failure::Failure;
use crate::material::WholeFile;
use crate::measure::{Measurement, measure, prepared_meter};
use crate::progress::Progress;
use crate::report::advice;
use crate::tags::Tags;
pub use dither::bit_depth;
pub use renderer::{Renderer, checked_format};
pub use tuning::{loudness_of, tune};

/// What is to be done.
#[derive(Clone, Debug)]
pub struct Job {
    /// The mix: mono or stereo, 22.05 to 384 kHz.
    pub mix: PathBuf,
    /// The file to deliver.
    pub out: PathBuf,
    /// The chain; supported by this version.
    pub settings: ChainSettings,
    /// The rule to meet.
    pub target: Option<&'static Target>,
    /// The delivered file's format.
    pub format: FileFormat,
    /// What it says of itself; its loudness and ReplayGain are measured.
    pub tags: Tags,
    /// Its sample rate, 22.05 to 384 kHz; `None` for the mix's.
    pub rate_hz: Option<u32>,
    /// What happens to a file that has the name already.
    pub existing: Existing,
}

/// How the target was met.
#[derive(Clone, Debug)]
pub struct TargetOutcome {
    /// The file as written against the rule.
    pub verdict: Verdict,
    /// The limiter's input gain that was found, or the chain's own where the rule wants no loudness, dB.
    pub input_gain_db: f64,
    /// Why the loudness was not met, where it was not.
    pub reason: Option<String>,
}

impl TargetOutcome {
    /// Why the target was not met, or how near the file came to it; a sentence or two.
    pub fn advice(&self) -> String {
        let Some(reason) = &self.reason else { return advice(&self.verdict) };
        if self.verdict.passed() {
            return format!("Within {} LU, though {reason}.", self.verdict.target.tolerance_lu);
        }
        let mut letters = reason.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}.", letters.as_str())
    }
}

/// What was done.
#[derive(Clone, Debug)]
pub struct Mastered {
    /// The mix as it came.
    pub input: Measurement,
    /// The file as written: a lossy one decoded.
    pub output: Measurement,
    /// The file's format.
    pub format: FileFormat,
    /// Of a lossy file, what went into its encoder.
    pub lossy: Option<Lossy>,
    /// The chain as rendered.
    pub settings: ChainSettings,
    /// The chain's latency, which was trimmed, frames.
    pub latency_frames: usize,
    /// With a target: how it was met.
    pub target: Option<TargetOutcome>,
    /// The limiter's deepest gain reduction in what was written, dB, 0 or below.
    pub gain_reduction_db: f64,
    /// The same of the limiter that keeps the ceiling after a conversion of the rate; `None` where nothing is converted or
    /// the limiter is off.
    pub finishing_reduction_db: Option<f64>,
    /// How many times the chain ran over the whole mix.
    pub passes: u32,
}

/// What a lossy file was made from.
#[derive(Clone, Debug)]
pub struct Lossy {
    /// What was encoded: this is what a target is judged by.
    pub rendered: Measurement,
    /// How far the decoded file exceeds the limiter's ceiling, where it does.
    pub overshoot: Option<Overshoot>,
}

impl Mastered {
    /// Whether the target was met; without one there is nothing to fail.
    pub fn passed(&self) -> bool {
        self.target.as_ref().is_none_or(|target| target.verdict.passed())
    }
}

/// Masters a mix.
///
/// # Errors
/// [`Failure`] where the mix cannot be mastered or read, the output cannot be written, or the user interrupts; then no
/// file was made or changed.
pub fn master(job: &Job, progress: &Progress) -> Result<Mastered, Failure> {
    let mix = Arc::new(WholeFile::new(&job.mix)?);
    let mut format = checked_format(&job.mix)?;
    format.sample_rate_hz = job.rate_hz.unwrap_or(format.sample_rate_hz);
    let form = FileForm { format: job.format, sample_rate_hz: format.sample_rate_hz, channels: format.channels };
    // Begun before the work, so that what cannot be written is known before the time is spent.
    let mut delivery = Delivery::begin(&job.out, &form, job.tags.clone(), job.existing)?;
    progress.begin("measuring the mix");
    let (input, _) = measure(&job.mix, None, progress)?;
    let mut renderer = Renderer::new(mix, &job.settings)?.at_rate(format.sample_rate_hz);
    let mut settings = job.settings;
    settings.output.bit_depth = dither::bit_depth(job.format.depth());
    let tuned = match job.target {
        Some(target) => Some(tune(target, &input, &mut settings, &mut renderer, progress)?),
        None => None,
    };
    settings.output.dither = dither::settled(&settings, job.format.depth(), &mut renderer, progress)?;

    progress.begin("rendering");
    let mut meter = prepared_meter(&job.out, &format)?;
    // What the passes before reduced is not this file's.
    let _ = renderer.take_gain_reduction_db();
    let frames = renderer.run(&settings, progress, |block| {
        meter.process(block);
        delivery.write(block)
    })?;
    meter.finish();
    let rendered = Measurement {
        path: job.out.clone(),
        format: dither::format_as_written(&format, job.format.depth(), frames),
        frames,
        readings: meter.readings(),
        silenced_samples: 0,
    };
    let decoded = delivery.complete(&rendered.readings, progress)?;
    let target = job.target.zip(tuned).map(|(target, reason)| TargetOutcome {
        verdict: Verdict::new(
            target,
            Some(f64::from(settings.limiter.ceiling_dbtp)),
            rendered.readings.integrated_lufs,
            rendered.readings.true_peak_max_dbtp(),
        ),
        input_gain_db: f64::from(settings.limiter.input_gain_db),
        reason,
    });
    let (output, lossy) = match decoded {
        None => (rendered, None),
        Some(decoded) => {
            let limiter = &settings.limiter;
            let ceiling_dbtp = limiter.enabled.then_some(f64::from(limiter.ceiling_dbtp));
            let overshoot = ceiling_dbtp.and_then(|ceiling_dbtp| Overshoot::of(&decoded.readings, ceiling_dbtp));
            (decoded, Some(Lossy { rendered, overshoot }))
        }
    };
    Ok(Mastered {
        input,
        output,
        format: job.format,
        lossy,
        settings,
        latency_frames: renderer.latency_frames(),
        target,
        gain_reduction_db: renderer.take_gain_reduction_db(),
        finishing_reduction_db: renderer.take_finishing_reduction_db(),
        passes: renderer.passes(),
    })
}

#[cfg(test)]
mod tests {
    use runout_dsp_core::targets::TARGETS;

    use super::*;

    fn outcome(integrated_lufs: f64, reason: Option<&str>) -> TargetOutcome {
        let verdict = Verdict::new(&TARGETS[0], None, integrated_lufs, -1.0);
        TargetOutcome { verdict, input_gain_db: 36.0, reason: reason.map(str::to_owned) }
    }

    #[test]
    fn a_reason_takes_the_place_of_advice() {
        assert_eq!(outcome(-14.0, None).advice(), "On target (+0.00 LU).");
        let reason = "the limiter cannot make it louder";
        assert_eq!(outcome(-14.3, Some(reason)).advice(), "Within 0.5 LU, though the limiter cannot make it louder.");
        assert_eq!(outcome(-16.0, Some(reason)).advice(), "The limiter cannot make it louder.");
    }
}
