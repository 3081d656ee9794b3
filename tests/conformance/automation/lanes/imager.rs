//! The imager's lanes: its own parameters and the first band's, in both kinds, alone and as one of three bands.

use runout_dsp_core::settings::{ChainSettings, ImagerBand, ImagerPhase, Module, Parameter, parameters};

use super::{Lane, Moved, is_asked};

/// Where bands meet: the tone of 1 kHz is in the first band and, less, in the second.
const CROSSOVERS_HZ: [f32; 3] = [1200.0, 2500.0, 6000.0];

/// How many bands are in use.
const DIVIDED: u32 = 3;

/// Everything in both kinds.
pub fn all() -> Vec<Lane> {
    let list = parameters();
    let mut lanes = Vec::new();
    for phase in [ImagerPhase::Minimum, ImagerPhase::Linear] {
        for bands in [1, DIVIDED] {
            lanes.extend(list.iter().filter_map(|parameter| lane(parameter, phase, bands)));
        }
    }
    lanes
}

/// The lane of a parameter, if it gets one.
fn lane(parameter: &Parameter, phase: ImagerPhase, bands: u32) -> Option<Lane> {
    if !is_asked(parameter, Module::Imager, bands) {
        return None;
    }
    let mut around = ChainSettings::default();
    let imager = &mut around.imager;
    (imager.phase, imager.bands, imager.crossover_hz) = (phase, bands, CROSSOVERS_HZ);
    for (band, width) in imager.band.iter_mut().zip([0.4, 1.6, 0.7, 1.3]) {
        *band = ImagerBand { width, decorrelation: 0.2, solo: false };
    }
    imager.mono_below_hz = if parameter.id.ends_with("slope_db_per_oct") { 400.0 } else { 100.0 };
    Some(Lane { moved: Moved::Setting(parameter.clone()), module: Module::Imager, around })
}
