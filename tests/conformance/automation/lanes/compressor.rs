//! The compressor's lanes: its own parameters and the first band's, in every kind, alone and as one of four bands.

use runout_dsp_core::settings::{
    ChainSettings, CompressorBand, CompressorMode, CompressorPhase, Detector, Module, Parameter, parameters,
};

use super::{Lane, Moved, is_asked};

/// Where bands meet: the tone of 1 kHz is in the first band and, less, in the second.
const CROSSOVERS_HZ: [f32; 5] = [1200.0, 2500.0, 6000.0, 9000.0, 14_000.0];

/// How many bands are in use.
const DIVIDED: u32 = 4;

/// Everything in every kind.
pub fn all() -> Vec<Lane> {
    let list = parameters();
    let mut lanes = Vec::new();
    for phase in [CompressorPhase::Minimum, CompressorPhase::Linear, CompressorPhase::Dynamic] {
        for bands in [1, DIVIDED] {
            lanes.extend(list.iter().filter_map(|parameter| lane(parameter, phase, bands)));
        }
    }
    lanes
}

/// The lane of a parameter, if it gets one.
fn lane(parameter: &Parameter, phase: CompressorPhase, bands: u32) -> Option<Lane> {
    if !is_asked(parameter, Module::Compressor, bands) {
        return None;
    }
    let mut around = ChainSettings::default();
    let compressor = &mut around.compressor;
    (compressor.phase, compressor.bands, compressor.crossover_hz) = (phase, bands, CROSSOVERS_HZ);
    for (band, ratio) in compressor.band.iter_mut().zip([4.0, 2.0, 3.0, 2.0, 3.0, 2.0]) {
        *band = CompressorBand { threshold_db: -40.0, ratio, ..CompressorBand::default() };
    }
    compressor.lookahead = parameter.id.ends_with("lookahead_ms");
    adapt(&mut compressor.band[0], parameter);
    Some(Lane { moved: Moved::Setting(parameter.clone()), module: Module::Compressor, around })
}

/// Gives the band that moves something to do at more than one place of the way.
fn adapt(band: &mut CompressorBand, parameter: &Parameter) {
    match parameter.id.rsplit('.').next() {
        // From 0 dB over -30 dB to +7.5 dB.
        Some("mode") => band.threshold_db = -10.0,
        Some("range_db") => (band.mode, band.threshold_db) = (CompressorMode::Expand, 0.0),
        _ => {}
    }
    if parameter.id.ends_with("rms_window_ms") {
        band.detector = Detector::Rms;
    }
}
