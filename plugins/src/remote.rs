//! What a hardware controller turns: pages of up to eight parameters, the ones that are reached for together.

use nice_plug::prelude::{RemoteControlsContext, RemoteControlsSection};
use runout_dsp_core::settings::{COMPRESSOR_BANDS, EQUALIZER_BANDS, IMAGER_BANDS, Module};

use crate::parameters::HostParameters;

/// A page: its name, and the ids of what is on it.
struct Page {
    name: String,
    ids: Vec<String>,
}

fn page(name: &str, ids: &[&str]) -> Page {
    Page { name: name.to_owned(), ids: ids.iter().map(|id| (*id).to_owned()).collect() }
}

/// A page of a band: the fields of it, by their names in a chain file.
fn band(name: &str, module: &str, band: usize, fields: &[&str]) -> Page {
    let ids = fields.iter().map(|field| format!("{module}.band.{band}.{field}")).collect();
    Page { name: format!("Band {band}{name}"), ids }
}

/// The ids of a module's crossovers.
fn crossovers(module: &str, bands: usize) -> Vec<String> {
    (1..bands).map(|slot| format!("{module}.crossover_hz.{slot}")).collect()
}

/// The pages of a module.
fn pages(module: Module) -> Vec<Page> {
    match module {
        Module::Input => {
            vec![page("Input", &["input.gain_db", "input.invert_left", "input.invert_right", "input.swap"])]
        }
        Module::Equalizer => equalizer(),
        Module::Compressor => compressor(),
        Module::Imager => imager(),
        Module::Limiter => vec![page(
            "Limiter",
            &[
                "limiter.input_gain_db",
                "limiter.ceiling_dbtp",
                "limiter.style",
                "limiter.lookahead_ms",
                "limiter.release_ms",
                "limiter.auto_release",
                "limiter.link",
                "limiter.enabled",
            ],
        )],
        Module::Output => vec![page(
            "Output",
            &["output.bit_depth", "output.dither", "output.shape", "output.blank_silence", "output.seed"],
        )],
    }
}

fn equalizer() -> Vec<Page> {
    let whole = ["equalizer.enabled", "equalizer.output_gain_db", "listen.equalizer.solo", "listen.equalizer.delta"];
    let fields = ["frequency_hz", "gain_db", "q", "slope_db_per_oct", "shape", "channel", "enabled"];
    let bands = (1..=EQUALIZER_BANDS).map(|slot| band("", "equalizer", slot, &fields));
    std::iter::once(page("Equalizer", &whole)).chain(bands).collect()
}

fn compressor() -> Vec<Page> {
    let whole = [
        "compressor.enabled",
        "compressor.bands",
        "compressor.mix",
        "compressor.auto_makeup",
        "compressor.output_gain_db",
        "listen.compressor.delta",
    ];
    let curve = ["threshold_db", "ratio", "attack_ms", "release_ms", "makeup_db", "knee_db", "range_db", "mix"];
    let key = [
        "mode",
        "channel",
        "detector",
        "rms_window_ms",
        "detector_high_pass_hz",
        "detector_tilt_db_per_oct",
        "link",
        "hold_ms",
    ];
    let bands = (1..=COMPRESSOR_BANDS)
        .flat_map(|slot| [band("", "compressor", slot, &curve), band(" detector", "compressor", slot, &key)]);
    [
        page("Compressor", &whole),
        Page { name: "Crossovers".to_owned(), ids: crossovers("compressor", COMPRESSOR_BANDS) },
    ]
    .into_iter()
    .chain(bands)
    .collect()
}

fn imager() -> Vec<Page> {
    let whole = [
        "imager.mono_below_hz",
        "imager.mono_slope_db_per_oct",
        "imager.side_high_pass_hz",
        "imager.balance",
        "imager.rotation_deg",
        "imager.mid_gain_db",
        "imager.side_gain_db",
        "imager.enabled",
    ];
    let of_bands = |field: &str| (1..=IMAGER_BANDS).map(|slot| format!("imager.band.{slot}.{field}")).collect();
    let widths: [Vec<String>; 2] = [of_bands("width"), of_bands("decorrelation")];
    let ends = [["imager.bands".to_owned()], ["listen.imager.delta".to_owned()]];
    let division = [&ends[0][..], &crossovers("imager", IMAGER_BANDS), &ends[1]].concat();
    vec![
        page("Imager", &whole),
        Page { name: "Widths".to_owned(), ids: widths.concat() },
        Page { name: "Crossovers".to_owned(), ids: division },
    ]
}

/// What is reached for first where there are several modules.
const OVERVIEW: [&str; 8] = [
    "input.gain_db",
    "equalizer.output_gain_db",
    "compressor.mix",
    "imager.side_gain_db",
    "limiter.input_gain_db",
    "limiter.ceiling_dbtp",
    "order",
    "listen.alone",
];

/// Tells the host of every page of these modules. The thread that sets up.
pub fn add_pages(parameters: &HostParameters, modules: &[Module], context: &mut impl RemoteControlsContext) {
    if modules.len() > 1 {
        context.add_section("Overview", |section| add_page(parameters, &page("Overview", &OVERVIEW), section));
    }
    for module in modules {
        context.add_section(module.name(), |section| {
            pages(*module).iter().for_each(|page| add_page(parameters, page, section));
        });
    }
}

fn add_page(parameters: &HostParameters, page: &Page, section: &mut impl RemoteControlsSection) {
    section.add_page(page.name.as_str(), |controls| {
        page.ids.iter().for_each(|id| parameters.add_to_page(id, controls));
    });
}
