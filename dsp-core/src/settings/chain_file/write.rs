//! Settings to text.

use std::fmt::Write;

use super::VERSION;
use crate::settings::field::{Field, Kind, Purpose, Step};
use crate::settings::{
    COMPRESSOR, COMPRESSOR_BAND, ChainSettings, EQUALIZER, EQUALIZER_BAND, EqualizerBand, IMAGER, IMAGER_BAND, INPUT,
    LIMITER, Module, OUTPUT,
};

/// Writes a chain file with every value; [`read`](super::read()) gives back the same settings, but for what is only for
/// listening. Equalizer slots are written up to the last in use, so that their numbers survive; crossovers, which a host may
/// have set in any order, in the one in which they divide.
pub fn write(settings: &ChainSettings) -> String {
    let order = settings.order.modules().map(|module| format!("\"{}\"", module.key())).join(", ");
    let mut text = format!("version = {VERSION}\norder = [{order}]\n");
    head(&mut text, Module::Input);
    fields(&mut text, INPUT, &settings.input);
    head(&mut text, Module::Equalizer);
    fields(&mut text, EQUALIZER, &settings.equalizer);
    let slots = &settings.equalizer.bands;
    let used = slots.iter().rposition(|band| *band != EqualizerBand::default()).map_or(0, |last| last + 1);
    bands(&mut text, "equalizer", EQUALIZER_BAND, &slots[..used]);

    let compressor = &settings.compressor;
    let used = (compressor.bands as usize).clamp(1, compressor.band.len());
    head(&mut text, Module::Compressor);
    fields(&mut text, COMPRESSOR, compressor);
    crossovers(&mut text, &compressor.crossover_hz[..used - 1]);
    bands(&mut text, "compressor", COMPRESSOR_BAND, &compressor.band[..used]);

    let imager = &settings.imager;
    let used = (imager.bands as usize).clamp(1, imager.band.len());
    head(&mut text, Module::Imager);
    fields(&mut text, IMAGER, imager);
    crossovers(&mut text, &imager.crossover_hz[..used - 1]);
    bands(&mut text, "imager", IMAGER_BAND, &imager.band[..used]);

    head(&mut text, Module::Limiter);
    fields(&mut text, LIMITER, &settings.limiter);
    head(&mut text, Module::Output);
    fields(&mut text, OUTPUT, &settings.output);
    text
}

fn head(text: &mut String, module: Module) {
    line(text, &format!("\n[{}]", module.key()));
}

fn bands<P>(text: &mut String, module: &str, table: &[Field<P>], bands: &[P]) {
    for band in bands {
        line(text, &format!("[[{module}.band]]"));
        fields(text, table, band);
    }
}

fn crossovers(text: &mut String, crossover_hz: &[f32]) {
    let mut ascending = crossover_hz.to_vec();
    ascending.sort_unstable_by(f32::total_cmp);
    let list: Vec<String> = ascending.iter().map(|frequency| format!("{frequency:?}")).collect();
    line(text, &format!("crossover_hz = [{}]", list.join(", ")));
}

fn fields<P>(text: &mut String, table: &[Field<P>], params: &P) {
    for field in table.iter().filter(|field| field.purpose != Purpose::Listening) {
        line(text, &format!("{} = {}", field.key, value(&field.kind, (field.get)(params))));
    }
}

fn value(kind: &Kind, value: f32) -> String {
    match kind {
        // The shortest text that is the same f32, with its point.
        Kind::Number { step, .. } if *step != Step::Whole => format!("{value:?}"),
        Kind::Choice(_) => {
            let word = kind.value_text(value);
            if word.parse::<u32>().is_ok() { word } else { format!("\"{word}\"") }
        }
        Kind::Number { .. } | Kind::Switch => kind.value_text(value),
    }
}

fn line(text: &mut String, content: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(text, "{content}");
}
