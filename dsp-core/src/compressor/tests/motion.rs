//! Parameters that move while a tone plays: nothing clicks, in any kind.

use super::{ready, sine};
use crate::compressor::Compressor;
use crate::processor::Processor;
use crate::settings::{ChainSettings, CompressorPhase, Module, Parameter, parameters};

const RATE: f64 = 48_000.0;

/// Two bands that work on a low tone, each its own way.
fn base(phase: CompressorPhase) -> ChainSettings {
    let mut settings = ChainSettings::default();
    settings.compressor.phase = phase;
    settings.compressor.bands = 2;
    settings.compressor.crossover_hz[0] = 150.0;
    for (band, ratio) in settings.compressor.band.iter_mut().zip([4.0, 2.0, 3.0, 2.0, 2.0, 2.0]) {
        (band.threshold_db, band.ratio) = (-40.0, ratio);
    }
    settings
}

/// Plays a tone of 100 Hz and changes the settings halfway; returns what is loudest above 6 kHz around the change beside
/// the tone's peak, dB.
fn click_db(from: &ChainSettings, to: &ChainSettings) -> f64 {
    let frames = 24_000;
    let tone = sine(100.0, 0.1, RATE, frames);
    let mut output = [tone.clone(), sine(100.0, 0.07, RATE, frames)];
    let mut compressor: Compressor = ready(&from.compressor, RATE, 2);
    for start in (0..frames).step_by(64) {
        if start == 12_032 {
            compressor.set_params(&to.compressor);
        }
        let mut block: Vec<&mut [f32]> =
            output.iter_mut().map(|channel| &mut channel[start..frames.min(start + 64)]).collect();
        compressor.process(&mut block);
    }
    let peak = output[0][6000..].iter().fold(0f32, |peak, sample| peak.max(sample.abs()));
    20.0 * (highest(&output[0][11_000..22_000]) / f64::from(peak)).log10()
}

/// The loudest sample above 6 kHz: less what a windowed sinc leaves below it.
fn highest(signal: &[f32]) -> f64 {
    const HALF: usize = 100;
    let kernel: Vec<f64> = (0..=2 * HALF)
        .map(|tap| {
            let x = tap as f64 - HALF as f64;
            let window = 0.42
                + 0.5 * (std::f64::consts::PI * x / HALF as f64).cos()
                + 0.08 * (2.0 * std::f64::consts::PI * x / HALF as f64).cos();
            let turns = 2.0 * std::f64::consts::PI * 6000.0 / RATE * x;
            window * if x == 0.0 { 0.25 } else { turns.sin() / (std::f64::consts::PI * x) }
        })
        .collect();
    let sum: f64 = kernel.iter().sum();
    let above = |at: usize| {
        let low: f64 =
            kernel.iter().zip(&signal[at - HALF..=at + HALF]).map(|(tap, sample)| tap * f64::from(*sample)).sum();
        (f64::from(signal[at]) - low / sum).abs()
    };
    (HALF..signal.len() - HALF).map(above).fold(0.0, f64::max)
}

#[test]
fn no_parameter_clicks_while_the_bands_work() {
    let list: Vec<Parameter> =
        parameters().into_iter().filter(|parameter| parameter.module == Some(Module::Compressor)).collect();
    let mut worst = (f64::NEG_INFINITY, String::new());
    for phase in [CompressorPhase::Minimum, CompressorPhase::Dynamic] {
        let base = base(phase);
        for parameter in list.iter().filter(|parameter| {
            !["band.3", "band.4", "band.5", "band.6"].iter().any(|band| parameter.id.contains(band))
        }) {
            let (lowest, highest) = parameter.kind.range();
            for value in [lowest, highest] {
                let mut there = base;
                parameter.set(&mut there, f64::from(value));
                there.compressor.phase = base.compressor.phase;
                there.compressor.lookahead = base.compressor.lookahead;
                for (from, to) in [(&base, &there), (&there, &base)] {
                    let click_db = click_db(from, to);
                    let name = format!("{phase:?}, {} {}", parameter.id, parameter.kind.value_text(value));
                    assert!(click_db < -70.0, "{name}: a click {click_db:.1} dB beside the tone");
                    if click_db > worst.0 {
                        worst = (click_db, name);
                    }
                }
            }
        }
    }
    println!("the loudest click: {:.1} dB, {}", worst.0, worst.1);
}
