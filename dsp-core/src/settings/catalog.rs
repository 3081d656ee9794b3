//! Every parameter of the chain as one list: what the plugins declare, what the README's tables say.

use super::field::{Field, Kind, Purpose, Step, Unit, linear};
use super::{
    COMPRESSOR, COMPRESSOR_BAND, COMPRESSOR_BANDS, CROSSOVER_KIND, ChainSettings, CompressorBand, CompressorParams,
    EQUALIZER, EQUALIZER_BAND, EQUALIZER_BANDS, EqualizerBand, EqualizerParams, IMAGER, IMAGER_BAND, IMAGER_BANDS,
    INPUT, ImagerBand, ImagerParams, InputParams, LIMITER, LimiterParams, Module, OUTPUT, Order, OutputParams,
};

/// One parameter of the chain, with its place in [`ChainSettings`].
#[derive(Clone)]
pub struct Parameter {
    /// The path in the chain file, `limiter.ceiling_dbtp`, `equalizer.band.1.frequency_hz`; `listen.` leads what is
    /// only for listening.
    pub id: String,
    /// The module it belongs to; `None` for the order of the modules.
    pub module: Option<Module>,
    /// The words of the module's own plugin: `Ceiling`, `Band 1 Frequency`.
    pub name: String,
    /// One sentence on what it does.
    pub help: &'static str,
    /// The values it takes.
    pub kind: Kind,
    /// What it belongs to.
    pub purpose: Purpose,
    place: Place,
}

/// Where a parameter stands in [`ChainSettings`].
#[derive(Clone, Copy)]
enum Place {
    Order,
    Input(&'static Field<InputParams>),
    Equalizer(&'static Field<EqualizerParams>),
    EqualizerBand(usize, &'static Field<EqualizerBand>),
    Compressor(&'static Field<CompressorParams>),
    CompressorBands,
    CompressorCrossover(usize),
    CompressorBand(usize, &'static Field<CompressorBand>),
    Imager(&'static Field<ImagerParams>),
    ImagerBands,
    ImagerCrossover(usize),
    ImagerBand(usize, &'static Field<ImagerBand>),
    Limiter(&'static Field<LimiterParams>),
    Output(&'static Field<OutputParams>),
}

impl Parameter {
    /// The words that Master shows, with the module's name before them: `Limiter Ceiling`.
    pub fn full_name(&self) -> String {
        self.module.map_or_else(|| self.name.clone(), |module| format!("{} {}", module.name(), self.name))
    }

    /// Whether a chain of these modules has the parameter; the order is one where two of them can be moved.
    pub fn is_of(&self, modules: &[Module]) -> bool {
        let is_there = |module: &Module| modules.contains(module);
        self.module.map_or_else(
            || Order::default().modules().iter().filter(|module| is_there(module)).count() > 1,
            |module| is_there(&module),
        )
    }

    /// The default.
    pub fn default_value(&self) -> f32 {
        self.get(&ChainSettings::default())
    }

    /// The parameter's value in `settings`.
    pub fn get(&self, settings: &ChainSettings) -> f32 {
        match self.place {
            Place::Order => settings.order.index(),
            Place::Input(field) => (field.get)(&settings.input),
            Place::Equalizer(field) => (field.get)(&settings.equalizer),
            Place::EqualizerBand(slot, field) => (field.get)(&settings.equalizer.bands[slot]),
            Place::Compressor(field) => (field.get)(&settings.compressor),
            Place::CompressorBands => settings.compressor.bands as f32,
            Place::CompressorCrossover(slot) => settings.compressor.crossover_hz[slot],
            Place::CompressorBand(slot, field) => (field.get)(&settings.compressor.band[slot]),
            Place::Imager(field) => (field.get)(&settings.imager),
            Place::ImagerBands => settings.imager.bands as f32,
            Place::ImagerCrossover(slot) => settings.imager.crossover_hz[slot],
            Place::ImagerBand(slot, field) => (field.get)(&settings.imager.band[slot]),
            Place::Limiter(field) => (field.get)(&settings.limiter),
            Place::Output(field) => (field.get)(&settings.output),
        }
    }

    /// Sets the parameter in `settings` to a value rounded to its step and kept in its range. Never allocates.
    pub fn set(&self, settings: &mut ChainSettings, value: f64) {
        let value = self.kind.rounded(value);
        match self.place {
            Place::Order => settings.order = Order::from_index(value),
            Place::Input(field) => (field.set)(&mut settings.input, value),
            Place::Equalizer(field) => (field.set)(&mut settings.equalizer, value),
            Place::EqualizerBand(slot, field) => (field.set)(&mut settings.equalizer.bands[slot], value),
            Place::Compressor(field) => (field.set)(&mut settings.compressor, value),
            Place::CompressorBands => settings.compressor.bands = value as u32,
            Place::CompressorCrossover(slot) => settings.compressor.crossover_hz[slot] = value,
            Place::CompressorBand(slot, field) => (field.set)(&mut settings.compressor.band[slot], value),
            Place::Imager(field) => (field.set)(&mut settings.imager, value),
            Place::ImagerBands => settings.imager.bands = value as u32,
            Place::ImagerCrossover(slot) => settings.imager.crossover_hz[slot] = value,
            Place::ImagerBand(slot, field) => (field.set)(&mut settings.imager.band[slot], value),
            Place::Limiter(field) => (field.set)(&mut settings.limiter, value),
            Place::Output(field) => (field.set)(&mut settings.output, value),
        }
    }
}

/// Every parameter of the chain, in the order of the chain file. Allocates; for setting up.
pub fn parameters() -> Vec<Parameter> {
    let mut list = vec![Parameter {
        id: "order".to_owned(),
        module: None,
        name: "Module Order".to_owned(),
        help: "Order of equalizer, compressor and imager",
        kind: Kind::Choice(Order::WORDS),
        purpose: Purpose::Sound,
        place: Place::Order,
    }];
    plain(&mut list, Module::Input, INPUT, Place::Input);
    plain(&mut list, Module::Equalizer, EQUALIZER, Place::Equalizer);
    for slot in 0..EQUALIZER_BANDS {
        band(&mut list, Module::Equalizer, slot, EQUALIZER_BAND, Place::EqualizerBand);
    }
    plain(&mut list, Module::Compressor, COMPRESSOR, Place::Compressor);
    divided(&mut list, Module::Compressor, COMPRESSOR_BANDS, Place::CompressorBands, Place::CompressorCrossover);
    for slot in 0..COMPRESSOR_BANDS {
        band(&mut list, Module::Compressor, slot, COMPRESSOR_BAND, Place::CompressorBand);
    }
    plain(&mut list, Module::Imager, IMAGER, Place::Imager);
    divided(&mut list, Module::Imager, IMAGER_BANDS, Place::ImagerBands, Place::ImagerCrossover);
    for slot in 0..IMAGER_BANDS {
        band(&mut list, Module::Imager, slot, IMAGER_BAND, Place::ImagerBand);
    }
    plain(&mut list, Module::Limiter, LIMITER, Place::Limiter);
    plain(&mut list, Module::Output, OUTPUT, Place::Output);
    list
}

/// The id of a field by its place in the module's table.
fn id(purpose: Purpose, module: Module, place: &str) -> String {
    match purpose {
        Purpose::Listening => format!("listen.{}.{place}", module.key()),
        Purpose::Sound | Purpose::Latency => format!("{}.{place}", module.key()),
    }
}

/// Adds the fields that stand alone in a module's table.
fn plain<P>(
    list: &mut Vec<Parameter>,
    module: Module,
    fields: &'static [Field<P>],
    place: fn(&'static Field<P>) -> Place,
) {
    list.extend(fields.iter().map(|field| Parameter {
        id: id(field.purpose, module, field.key),
        module: Some(module),
        name: field.name.to_owned(),
        help: field.help,
        kind: field.kind,
        purpose: field.purpose,
        place: place(field),
    }));
}

/// Adds the fields of one band; slots count from 0 here and from 1 in ids and names.
fn band<P>(
    list: &mut Vec<Parameter>,
    module: Module,
    slot: usize,
    fields: &'static [Field<P>],
    place: fn(usize, &'static Field<P>) -> Place,
) {
    list.extend(fields.iter().map(|field| Parameter {
        id: id(field.purpose, module, &format!("band.{}.{}", slot + 1, field.key)),
        module: Some(module),
        name: format!("Band {} {}", slot + 1, field.name),
        help: field.help,
        kind: field.kind,
        purpose: field.purpose,
        place: place(slot, field),
    }));
}

/// Adds the number of bands and the crossovers between them.
fn divided(list: &mut Vec<Parameter>, module: Module, most: usize, bands: Place, crossover: fn(usize) -> Place) {
    list.push(Parameter {
        id: format!("{}.bands", module.key()),
        module: Some(module),
        name: "Bands".to_owned(),
        help: "The number of bands in use",
        kind: linear(1.0, most as f32, Step::Whole, Unit::None),
        purpose: Purpose::Sound,
        place: bands,
    });
    list.extend((0..most - 1).map(|slot| Parameter {
        id: format!("{}.crossover_hz.{}", module.key(), slot + 1),
        module: Some(module),
        name: format!("Crossover {}", slot + 1),
        help: "Where one band ends and the next begins; kept below 0.49 of the sample rate",
        kind: CROSSOVER_KIND,
        purpose: Purpose::Sound,
        place: crossover(slot),
    }));
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_and_names_are_unique() {
        let list = parameters();
        let ids: HashSet<_> = list.iter().map(|parameter| parameter.id.clone()).collect();
        let names: HashSet<_> = list.iter().map(Parameter::full_name).collect();
        assert_eq!((ids.len(), names.len()), (list.len(), list.len()));
        for id in ["limiter.ceiling_dbtp", "equalizer.band.24.frequency_hz", "compressor.crossover_hz.1"] {
            assert!(ids.contains(id), "{id} is missing");
        }
        assert!(ids.contains("listen.compressor.band.1.solo") && !ids.contains("compressor.band.1.solo"));
        assert!(ids.contains("listen.limiter.delta") && ids.contains("compressor.bands"));
        assert!(names.contains("Limiter Ceiling") && names.contains("Equalizer Band 1 Frequency"));
    }

    #[test]
    fn a_chain_has_its_modules_parameters_and_an_order_where_there_are_several_to_move() {
        use Module::{Compressor, Equalizer, Imager, Input, Limiter};
        let has = |id: &str, modules: &[Module]| {
            parameters().iter().find(|parameter| parameter.id == id).is_some_and(|parameter| parameter.is_of(modules))
        };
        for modules in [&[Equalizer, Compressor][..], &[Imager, Limiter, Equalizer]] {
            assert!(has("order", modules), "{modules:?}");
        }
        for modules in [&[Equalizer][..], &[Input, Compressor, Limiter], &[]] {
            assert!(!has("order", modules), "{modules:?}");
        }
        assert!(has("limiter.link", &[Input, Limiter]) && !has("limiter.link", &[Input, Equalizer]));
    }

    #[test]
    fn every_parameter_reaches_its_own_place_and_no_other() {
        let list = parameters();
        for parameter in &list {
            let mut settings = ChainSettings::default();
            let (lowest, highest) = parameter.kind.range();
            let other = if parameter.default_value() == highest { lowest } else { highest };
            parameter.set(&mut settings, f64::from(other));
            for seen in &list {
                let expected = if seen.id == parameter.id { other } else { seen.default_value() };
                assert_eq!(seen.get(&settings), expected, "{} after setting {}", seen.id, parameter.id);
            }
        }
    }

    #[test]
    fn every_default_is_in_range_and_on_its_step() {
        for parameter in parameters() {
            let value = parameter.default_value();
            assert_eq!(parameter.kind.checked(f64::from(value)), Ok(value), "{}", parameter.id);
        }
    }
}
