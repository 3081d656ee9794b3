//! The imager as entries of the battery: one for each kind of crossover.

use runout_dsp_core::imager::Imager;
use runout_dsp_core::settings::{ChainSettings, ImagerParams, ImagerPhase, Module, Parameter, parameters};

use super::fixed::{Fixed, Kind};
use crate::battery::{Chooser, Entry, Neutral};

/// An imager's phase.
pub struct OneKind<const PHASE: u8>;

impl<const PHASE: u8> Kind<ImagerParams> for OneKind<PHASE> {
    fn held(params: &ImagerParams) -> ImagerParams {
        ImagerParams { phase: ImagerPhase::from_index(f32::from(PHASE)), ..*params }
    }
}

type Held<const PHASE: u8> = Fixed<Imager, OneKind<PHASE>>;

pub fn imager_minimum() -> Entry<Held<{ ImagerPhase::Minimum as u8 }>> {
    of_one_kind()
}

pub fn imager_linear() -> Entry<Held<{ ImagerPhase::Linear as u8 }>> {
    of_one_kind()
}

fn of_one_kind<const PHASE: u8>() -> Entry<Held<PHASE>> {
    let divided = ImagerParams { bands: 4, ..ImagerParams::default() };
    let at_rest = [ImagerParams::default(), divided];
    let is_neutral = |params: &ImagerParams| OneKind::<PHASE>::held(params).is_neutral();
    let neutral = at_rest.into_iter().filter(is_neutral).map(|params| Neutral { params, highest_peak: 1e6 }).collect();
    Entry {
        on: Some(|instructions| Fixed::new(Imager::on(instructions))),
        lift,
        neutral,
        single,
        ..Entry::new(|| Fixed::new(Imager::default()), params)
    }
}

fn ours() -> impl Iterator<Item = Parameter> {
    parameters().into_iter().filter(|parameter| parameter.module == Some(Module::Imager))
}

fn params(choose: Chooser) -> ImagerParams {
    let mut settings = ChainSettings::default();
    for parameter in ours() {
        parameter.set(&mut settings, choose(&parameter.kind));
    }
    settings.imager
}

/// The highest gain of middle and side together: the side is at most as wide as the widest band and has all of the middle's
/// decorrelated part; a rotation adds both channels.
fn lift(params: &ImagerParams, _: f64) -> f32 {
    let gain = |db: f32| 10f32.powf(db.max(0.0) / 20.0);
    let widest = params.band.iter().map(|band| band.width + band.decorrelation).fold(1.0, f32::max);
    std::f32::consts::SQRT_2 * (gain(params.mid_gain_db) + widest * gain(params.side_gain_db))
}

/// Imagers of two bands at work with each parameter of the whole and of the first band in turn at each end.
fn single() -> Vec<(String, ImagerParams)> {
    let mut base = ChainSettings::default();
    base.imager.bands = 2;
    (base.imager.band[0].width, base.imager.band[1].width) = (0.5, 1.5);
    let at = |parameter: &Parameter, value: f32| {
        let mut settings = base;
        parameter.set(&mut settings, f64::from(value));
        (format!("{} {}", parameter.id, parameter.kind.value_text(value)), settings.imager)
    };
    let others = |parameter: &Parameter| (3..=4).all(|band| !parameter.id.contains(&format!("band.{band}.")));
    let both = ours().filter(others).flat_map(|parameter| {
        let (lowest, highest) = parameter.kind.range();
        [at(&parameter, lowest), at(&parameter, highest)]
    });
    both.collect()
}
