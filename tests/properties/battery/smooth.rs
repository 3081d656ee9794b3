//! Clause 3, its second half: parameters set while frames pass are smoothed, so that automation does not click.

use runout_dsp_core::processor::Processor;
use runout_tests::filter::low_passed;
use runout_tests::signals::{in_channels, sample_peak, sine};

use super::stream::{self, Cut};
use super::{Case, Entry, MAX_BLOCK, Outcome};

/// The tone that would click: low, so that all above [`CLICK_HZ`] is the click's.
const TONE_HZ: f64 = 100.0;

/// Level of the tone, dBFS.
const TONE_DBFS: f64 = -20.0;

/// What lies above is a click, Hz.
const CLICK_HZ: f64 = 6000.0;

/// The loudest click, dB under the sound's own peak. Measured: the toy's gain that falls by 24 dB at once clicks at -28;
/// the loudest of all our processors, the limiter's input gain that rises by 36 dB in 10 ms, at -67.
const MOST_DB: f64 = -60.0;

/// The rate at which this is asked, Hz.
const RATE_HZ: f64 = 48_000.0;

/// Asks of every field, from its default to each end of its range and back.
pub fn ask<P: Processor>(entry: &Entry<P>) -> Outcome {
    let default = P::Params::default();
    for case in entry.cases().filter(|case| case.rate_hz == RATE_HZ) {
        for (name, params) in (entry.single)() {
            for (way, from, to) in [("to", &default, &params), ("back from", &params, &default)] {
                let click_db = click_db(entry, case, from, to);
                if click_db > MOST_DB {
                    return Err(format!("{case}, {way} {name}: a click {click_db:.1} dB beside the sound's peak"));
                }
            }
        }
    }
    Ok(())
}

/// The highest sample above [`CLICK_HZ`] around a change of parameters, dB beside the highest of all.
fn click_db<P: Processor>(entry: &Entry<P>, case: Case, from: &P::Params, to: &P::Params) -> f64 {
    let before = (0.15 * case.rate_hz) as usize;
    let frames = before + (0.15 * case.rate_hz) as usize;
    let tone = sine(TONE_HZ, 10f64.powf(TONE_DBFS / 20.0), 90.0, case.rate_hz, frames);
    let mut processor = entry.ready(from, case, MAX_BLOCK);
    let input = in_channels(&tone, case.channels);
    let output = stream::play(&mut processor, &input, &Cut::Every(64), &[(before, to.clone())]);
    // Where the stream and the filter begin and end there are clicks that are not the processor's.
    let edge = (0.02 * case.rate_hz) as usize;
    let heard: Vec<Vec<f32>> = output.iter().map(|channel| channel[before - 2 * edge..].to_vec()).collect();
    let low = low_passed(&heard, CLICK_HZ, case.rate_hz);
    let clicks: Vec<Vec<f32>> = heard
        .iter()
        .zip(&low)
        .map(|(heard, low)| heard.iter().zip(low).map(|(heard, low)| heard - low).collect::<Vec<f32>>())
        .map(|clicks| clicks[edge..clicks.len() - edge].to_vec())
        .collect();
    // A sound that is turned off or down on purpose is judged by what it was.
    let peak = sample_peak(&heard);
    20.0 * f64::from(sample_peak(&clicks) / peak).log10()
}
