//! The compressor as entries of the battery: one for each kind of crossover.

use runout_dsp_core::compressor::Compressor;
use runout_dsp_core::settings::{
    ChainSettings, CompressorBand, CompressorMode, CompressorParams, CompressorPhase, Module, Parameter, parameters,
};

use super::fixed::{Fixed, Kind};
use crate::battery::{Chooser, Entry, Neutral};

/// A compressor's phase, and whether it looks ahead.
pub struct OneKind<const PHASE: u8, const AHEAD: bool>;

impl<const PHASE: u8, const AHEAD: bool> Kind<CompressorParams> for OneKind<PHASE, AHEAD> {
    fn held(params: &CompressorParams) -> CompressorParams {
        CompressorParams { phase: CompressorPhase::from_index(f32::from(PHASE)), lookahead: AHEAD, ..*params }
    }
}

type Held<const PHASE: u8, const AHEAD: bool> = Fixed<Compressor, OneKind<PHASE, AHEAD>>;

pub fn compressor_minimum() -> Entry<Held<{ CompressorPhase::Minimum as u8 }, false>> {
    of_one_kind()
}

pub fn compressor_linear() -> Entry<Held<{ CompressorPhase::Linear as u8 }, false>> {
    of_one_kind()
}

pub fn compressor_dynamic() -> Entry<Held<{ CompressorPhase::Dynamic as u8 }, true>> {
    of_one_kind()
}

fn of_one_kind<const PHASE: u8, const AHEAD: bool>() -> Entry<Held<PHASE, AHEAD>> {
    let divided = CompressorParams { bands: 4, ..CompressorParams::default() };
    let at_rest = [CompressorParams::default(), divided];
    let is_neutral = |params: &CompressorParams| OneKind::<PHASE, AHEAD>::held(params).is_neutral();
    let neutral = at_rest.into_iter().filter(is_neutral).map(|params| Neutral { params, highest_peak: 1e6 }).collect();
    Entry {
        on: Some(|instructions| Fixed::new(Compressor::on(instructions))),
        lift,
        neutral,
        single,
        ..Entry::new(|| Fixed::new(Compressor::default()), params)
    }
}

fn params(choose: Chooser) -> CompressorParams {
    let mut settings = ChainSettings::default();
    for parameter in ours() {
        parameter.set(&mut settings, choose(&parameter.kind));
    }
    settings.compressor
}

fn ours() -> impl Iterator<Item = Parameter> {
    parameters().into_iter().filter(|parameter| parameter.module == Some(Module::Compressor))
}

/// The highest gain, and by how much the steepest curve takes a rounding of the level to gain.
fn lift(params: &CompressorParams, _: f64) -> f32 {
    let lift = |band: &CompressorBand| {
        let raised_db = if band.mode == CompressorMode::Upward { band.range_db } else { 0.0 };
        let steepness = if band.mode == CompressorMode::Expand { band.ratio.min(100.0) } else { 1.0 };
        10f32.powf((raised_db + band.makeup_db.max(0.0) + 12.0) / 20.0) * steepness
    };
    let highest = params.bands_in_use().iter().map(lift).fold(1.0, f32::max);
    highest * 10f32.powf(params.output_gain_db.max(0.0) / 20.0)
}

/// Compressors of two bands at work with each parameter of the whole and of the first band in turn at each end.
fn single() -> Vec<(String, CompressorParams)> {
    let mut base = ChainSettings::default();
    base.compressor.bands = 2;
    for band in &mut base.compressor.band {
        (band.threshold_db, band.ratio) = (-40.0, 4.0);
    }
    let others = |parameter: &Parameter| (2..=6).all(|band| !parameter.id.contains(&format!("band.{band}.")));
    let at = |parameter: &Parameter, value: f32| {
        let mut settings = base;
        parameter.set(&mut settings, f64::from(value));
        (format!("{} {}", parameter.id, parameter.kind.value_text(value)), settings.compressor)
    };
    let both = ours().filter(others).flat_map(|parameter| {
        let (lowest, highest) = parameter.kind.range();
        [at(&parameter, lowest), at(&parameter, highest)]
    });
    both.collect()
}
