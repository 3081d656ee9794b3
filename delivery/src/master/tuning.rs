//! The chain made to meet a delivery rule: limiter on, ceiling no higher than the rule's, input gain found.

use runout_dsp_core::processor::Processor;
use runout_dsp_core::settings::{ChainSettings, Kind, LIMITER, LimiterParams, LimiterStyle};
use runout_dsp_core::targets::Target;

use super::gain_search::{Found, Shortfall, find_gain};
use super::renderer::Renderer;
use crate::failure::Failure;
use crate::measure::{Measurement, prepared_meter};
use crate::progress::Progress;

/// The least that has a loudness: one gating block, s.
const GATING_BLOCK_S: f64 = 0.4;

/// Sets the limiter for a rule, and says why its loudness cannot be met, where it cannot. The gain is then the one that
/// comes nearest, or the chain's own where there is no loudness at all.
///
/// # Errors
/// The material cannot be read again, or the user interrupts.
pub fn tune(
    target: &Target,
    input: &Measurement,
    settings: &mut ChainSettings,
    renderer: &mut Renderer,
    progress: &Progress,
) -> Result<Option<String>, Failure> {
    settings.limiter.enabled = true;
    settings.limiter.ceiling_dbtp = settings.limiter.ceiling_dbtp.min(target.ceiling_dbtp as f32);
    let Some(wanted_lufs) = target.integrated_lufs else { return Ok(None) };
    if input.readings.sample_peak_max_dbfs() == f64::NEG_INFINITY {
        return Ok(Some(format!("it is silent: no gain brings it to {wanted_lufs} LUFS")));
    }
    if input.duration_s() < GATING_BLOCK_S {
        return Ok(Some(format!("it lasts {:.3} s: loudness needs {GATING_BLOCK_S} s or more", input.duration_s())));
    }
    let range = input_gain_range();
    // What it would take without any limiting.
    let guess_db = wanted_lufs - input.readings.integrated_lufs;
    let rehearsed = |gain: i32| rehearse(settings, gain, renderer, progress);
    let Found { gain, integrated_lufs, shortfall } = find_gain(wanted_lufs, guess_db, range, rehearsed)?;
    if integrated_lufs.is_finite() {
        settings.limiter.input_gain_db = decibels(gain);
    }
    let reason = shortfall.map(|shortfall| reason(shortfall, wanted_lufs, gain, integrated_lufs));
    let gentler = shortfall == Some(Shortfall::Saturated) && settings.limiter.style != LimiterStyle::Loud;
    Ok(reason.map(|reason| if gentler { format!("{reason}; its style \"loud\" goes further") } else { reason }))
}

/// The loudness of the material rendered with a limiter input gain in hundredths of a dB, LUFS.
fn rehearse(settings: &ChainSettings, gain: i32, renderer: &mut Renderer, progress: &Progress) -> Result<f64, Failure> {
    let input_gain_db = decibels(gain);
    progress.begin(&format!("pass {}: gain {input_gain_db:+.2} dB", renderer.passes() + 1));
    let limiter = LimiterParams { input_gain_db, ..settings.limiter };
    let settings = ChainSettings { limiter, ..*settings };
    loudness_of(&settings, renderer, progress)
}

/// The loudness of the material rendered with a chain, LUFS; negative infinity for silence.
///
/// # Errors
/// The material cannot be read again, or the user interrupts.
pub fn loudness_of(settings: &ChainSettings, renderer: &mut Renderer, progress: &Progress) -> Result<f64, Failure> {
    let mut meter = prepared_meter(renderer.material().path(), renderer.delivered())?;
    renderer.run(settings, progress, |block| {
        meter.process(block);
        Ok(())
    })?;
    meter.finish();
    Ok(meter.readings().integrated_lufs)
}

/// The range of the limiter's input gain, hundredths of a dB.
fn input_gain_range() -> (i32, i32) {
    let kind = LIMITER.iter().find(|field| field.key == "input_gain_db").map(|field| field.kind);
    match kind {
        Some(Kind::Number { lowest, highest, .. }) => ((lowest * 100.0) as i32, (highest * 100.0) as i32),
        _ => (0, 0),
    }
}

/// The parameter's value of hundredths of a dB.
fn decibels(hundredths: i32) -> f32 {
    (f64::from(hundredths) / 100.0) as f32
}

fn reason(shortfall: Shortfall, wanted_lufs: f64, gain: i32, integrated_lufs: f64) -> String {
    let gain_db = decibels(gain);
    let there = format!("at {gain_db} dB of input gain it reads {integrated_lufs:.2} LUFS, not {wanted_lufs}");
    match shortfall {
        Shortfall::Silent => format!("nothing of it reads above -70 LUFS, even with {gain_db} dB of input gain"),
        Shortfall::Saturated => format!("the limiter cannot make it louder: {there}"),
        Shortfall::OutOfRange => format!("the gain it needs is out of range: {there}"),
        Shortfall::Jump => format!("its loudness jumps over the target: {there}"),
    }
}
