//! The chain file, read and written.

use super::{read, write};
use crate::settings::{BitDepth, ChainSettings, CutSlope, LimiterStyle, Order, parameters};

fn refusal(text: &str) -> String {
    read(text).unwrap_err().to_string()
}

#[test]
fn crossovers_that_a_host_has_set_in_any_order_are_written_as_they_divide() {
    let mut settings = ChainSettings::default();
    settings.compressor.bands = 5;
    settings.compressor.crossover_hz = [2000.0, 120.0, 500.0, 120.0, 60.0];
    let text = write(&settings);
    assert!(text.contains("crossover_hz = [120.0, 120.0, 500.0, 2000.0]"), "{text}");
    settings.compressor.crossover_hz = [120.0, 120.0, 500.0, 2000.0, 12_000.0];
    assert_eq!(read(&text), Ok(settings));
}

#[test]
fn the_least_file_is_the_defaults() {
    assert_eq!(read("version = 1"), Ok(ChainSettings::default()));
}

#[test]
fn what_is_written_reads_back_the_same() {
    let mut settings = ChainSettings { order: Order::ImagerCompressorEqualizer, ..ChainSettings::default() };
    for parameter in parameters() {
        let stays = parameter.id == "order" || parameter.id.starts_with("listen.");
        if !stays && !parameter.id.contains("crossover") {
            let (lowest, highest) = parameter.kind.range();
            parameter.set(&mut settings, f64::from(lowest) * 0.371 + f64::from(highest) * 0.629);
        }
    }
    settings.compressor.bands = 6;
    settings.imager.bands = 4;
    let text = write(&settings);
    assert_eq!(read(&text), Ok(settings), "{text}");
    assert_eq!(write(&read(&text).unwrap()), text);
}

#[test]
fn a_disabled_slot_keeps_its_number() {
    let mut settings = ChainSettings::default();
    settings.equalizer.bands[2].frequency_hz = 200.0;
    let again = read(&write(&settings)).unwrap();
    assert_eq!(again.equalizer.bands, settings.equalizer.bands);
}

#[test]
fn values_take_their_place() {
    let settings = read(
        "version = 1\n[limiter]\nstyle = \"loud\"\nceiling_dbtp = -1\n[output]\nbit_depth = 16\n\
         [[equalizer.band]]\nslope_db_per_oct = 48\n[compressor]\nenabled = false\ncrossover_hz = [100, 2000.5]\n\
         [[compressor.band]]\nratio = inf",
    )
    .unwrap();
    assert_eq!(settings.limiter.style, LimiterStyle::Loud);
    assert_eq!(settings.output.bit_depth, BitDepth::Sixteen);
    assert!(settings.equalizer.bands[0].enabled && !settings.equalizer.bands[1].enabled);
    assert_eq!(settings.equalizer.bands[0].slope_db_per_oct, CutSlope::FortyEight);
    assert_eq!((settings.compressor.bands, settings.compressor.crossover_hz[1]), (3, 2000.5));
    assert_eq!(settings.compressor.band[0].ratio, 100.0);
}

#[test]
fn an_error_names_line_field_value_and_range() {
    assert_eq!(
        refusal("version = 1\n\n[limiter]\nceiling_dbtp = 3.0\n"),
        "line 4: limiter.ceiling_dbtp = 3.0: must be -20 to 0 dBTP"
    );
    assert_eq!(
        refusal("version = 1\n[limiter]\nstyle = \"brutal\"\n"),
        "line 3: limiter.style = \"brutal\": must be one of transparent, punchy, loud, safe"
    );
    assert_eq!(refusal("version = 1\n[limiter]\nenabled = 1\n"), "line 3: limiter.enabled = 1: must be true or false");
    assert!(refusal("version = 1\n[limiter]\nceiling = -1\n").starts_with(
        "line 3: unknown field limiter.ceiling: [limiter] has enabled, style, input_gain_db, ceiling_dbtp"
    ));
    assert!(refusal("version = 1\n[reverb]\n").starts_with("line 2: unknown field reverb"));
    assert_eq!(refusal("version = 2"), "line 1: version = 2 is unknown: this program reads version 1");
    assert_eq!(refusal("[limiter]"), "line 1: version is missing: begin with version = 1");
    assert!(refusal("version = 1\n[limiter\n").starts_with("line 2: not valid TOML"));
    assert!(refusal("version = 1\n[limiter]\ninput_gain_db = nan").contains("line 3: limiter.input_gain_db = nan"));
    assert_eq!(refusal("version = 1\nlimiter = 3"), "line 2: limiter = 3: must be a table");
    assert_eq!(
        refusal("version = 1\norder = [\"imager\"]"),
        "line 2: order = [\"imager\"]: must list equalizer, compressor and imager, each once"
    );
    assert!(refusal("version = 1\n[limiter]\ndelta = true").contains("unknown field limiter.delta"));
}

#[test]
fn bands_and_crossovers_are_counted() {
    let two_bands = "version = 1\n[[compressor.band]]\n[[compressor.band]]\n";
    assert_eq!(refusal(two_bands), "line 3: compressor.band has 2 bands: must have at most 1 band here");
    let crossovers = "version = 1\n[compressor]\ncrossover_hz = [500, 100]";
    assert_eq!(refusal(crossovers), "line 3: compressor.crossover_hz = [500, 100]: must ascend");
    let low = "version = 1\n[imager]\ncrossover_hz = [5]";
    assert_eq!(refusal(low), "line 3: imager.crossover_hz.1 = 5: must be 20 to 20000 Hz");
    let many = "version = 1\n[imager]\ncrossover_hz = [50, 100, 200, 400]";
    assert!(refusal(many).contains("must have at most 3 frequencies"));
    let bands = format!("version = 1\n{}", "[[equalizer.band]]\n".repeat(25));
    assert_eq!(refusal(&bands), "line 26: equalizer.band has 25 bands: must have at most 24 bands here");
}
