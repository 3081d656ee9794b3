//! The compressor's rows: every kind with four bands at work, and what detectors and links cost.

use runout_dsp_core::compressor::Compressor;
use runout_dsp_core::dispatch::Instructions;
use runout_dsp_core::settings::{CompressorBand, CompressorParams, CompressorPhase, Detector};

use super::measure::measure;
use super::{BLOCKS, processor, row};

/// Prints them.
pub fn run(music: &[Vec<f32>]) {
    let working = CompressorBand {
        ratio: 4.0,
        threshold_db: -40.0,
        attack_ms: 5.0,
        release_ms: 50.0,
        ..CompressorBand::default()
    };
    let rows = [
        ("compressor, at rest", of_kind(CompressorPhase::Minimum, 1, CompressorBand::default())),
        ("compressor, 1 band", of_kind(CompressorPhase::Minimum, 1, working)),
        ("compressor minimum, 4 bands", of_kind(CompressorPhase::Minimum, 4, working)),
        ("compressor linear, 4 bands", of_kind(CompressorPhase::Linear, 4, working)),
        ("compressor dynamic, 4 bands", of_kind(CompressorPhase::Dynamic, 4, working)),
        ("compressor minimum, 4 x RMS", four(CompressorBand { detector: Detector::Rms, ..working })),
        ("compressor minimum, 4 x unlinked", four(CompressorBand { link: 0.5, ..working })),
        ("compressor minimum, 4 x tilted", four(CompressorBand { detector_tilt_db_per_oct: 3.0, ..working })),
    ];
    for block in BLOCKS {
        for (name, params) in &rows {
            for instructions in Instructions::available() {
                let measured = measure(&|| processor(Compressor::on(instructions), params), music, block);
                row(name, &format!("{instructions:?}"), block, &measured, None);
            }
        }
    }
}

fn four(band: CompressorBand) -> CompressorParams {
    of_kind(CompressorPhase::Minimum, 4, band)
}

/// Some bands of a kind, all alike.
fn of_kind(phase: CompressorPhase, bands: u32, band: CompressorBand) -> CompressorParams {
    let mut params = CompressorParams { phase, bands, ..CompressorParams::default() };
    params.crossover_hz[..3].copy_from_slice(&[120.0, 800.0, 5000.0]);
    params.band = [band; 6];
    params
}
