//! Every processor of dsp-core as an entry of the battery, and the battery asked of each.

mod compressor;
mod fixed;
mod imager;

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::equalizer::Equalizer;
use runout_dsp_core::equalizer::prototype::Prototype;
use runout_dsp_core::equalizer::zero_latency::ZeroLatency;
use runout_dsp_core::input::InputStage;
use runout_dsp_core::limiter::Limiter;
use runout_dsp_core::loudness::Meter;
use runout_dsp_core::output::OutputStage;
use runout_dsp_core::processor::Processor;
use runout_dsp_core::settings::{
    BandChannel, BandShape, BitDepth, ChainSettings, CompressorParams, CutSlope, Dither, EQUALIZER, EqualizerBand,
    EqualizerParams, INPUT, ImagerParams, InputParams, LIMITER, LimiterParams, Module, OUTPUT, OutputParams, Parameter,
    parameters,
};

use crate::battery::{Chooser, Clause, Entry, MASTERING_RATES_HZ, Neutral, from_fields, single_fields};
use compressor::{compressor_dynamic, compressor_linear, compressor_minimum};
use imager::{imager_linear, imager_minimum};

/// A peak at which no stream of the battery is above -1 dBTP between its samples.
const QUIET: f32 = 0.2;

/// Asks every clause of each entry, as one test each.
macro_rules! battery {
    ($($processor:ident),+ $(,)?) => {$(
        mod $processor {
            use super::{Clause, pass};

            #[test]
            fn clause_1_never_allocates_or_panics() {
                pass(Clause::NeverAllocates, &super::$processor());
            }
            #[test]
            fn clause_2_any_blocks_give_the_same_bits() {
                pass(Clause::AnyBlocks, &super::$processor());
            }
            #[test]
            fn clause_3_reset_is_fresh_and_first_parameters_act_at_once() {
                pass(Clause::ResetIsFresh, &super::$processor());
            }
            #[test]
            fn clause_3_later_changes_do_not_click() {
                pass(Clause::ChangesAreSmooth, &super::$processor());
            }
            #[test]
            fn clause_4_neutral_is_a_delay_of_the_latency() {
                pass(Clause::NeutralIsDelay, &super::$processor());
            }
            #[test]
            fn clause_5_the_output_is_always_finite() {
                pass(Clause::AlwaysFinite, &super::$processor());
            }
            #[test]
            fn clause_6_subnormal_numbers_neither_matter_nor_leave() {
                pass(Clause::NoDenormals, &super::$processor());
            }
            #[test]
            fn clause_8_the_same_bits_every_time() {
                pass(Clause::SameBits, &super::$processor());
            }
        }
    )+};
}

battery!(
    input_stage,
    equalizer,
    zero_latency,
    compressor_minimum,
    compressor_linear,
    compressor_dynamic,
    imager_minimum,
    imager_linear,
    limiter,
    meter,
    output_stage,
    mastering_chain
);

#[track_caller]
fn pass<P: Processor>(clause: Clause, entry: &Entry<P>) {
    if let Err(error) = clause.ask(entry) {
        panic!("{clause:?}: {error}");
    }
}

fn input_stage() -> Entry<InputStage> {
    Entry {
        neutral: vec![Neutral { params: InputParams::default(), highest_peak: 1e6 }],
        single: || single_fields(INPUT),
        ..Entry::new(InputStage::default, |choose| from_fields(INPUT, choose))
    }
}

fn equalizer() -> Entry<Equalizer> {
    Entry {
        on: Some(Equalizer::on),
        lift: highest_gain,
        neutral: equalizers_at_rest(),
        single: single_bands,
        ..Entry::new(Equalizer::default, equalizer_params)
    }
}

/// The highest gain of all bands together, by their prototypes at 2000 frequencies, linear and at least 1.
fn highest_gain(params: &EqualizerParams, rate_hz: f64) -> f32 {
    let is_heard = |(slot, band): &(usize, &EqualizerBand)| match params.solo as usize {
        0 => !band.is_neutral(),
        // What is heard of a band alone is at most 1, or as loud as the band.
        solo => slot + 1 == solo,
    };
    let heard = params.bands.iter().enumerate().filter(is_heard);
    let bands: Vec<Prototype> = heard.map(|(_, band)| Prototype::new(band, rate_hz)).collect();
    let power = |step: i32| {
        let frequency_hz = 5.0 * (rate_hz / 10.0).powf(f64::from(step) / 2000.0);
        bands.iter().map(|band| band.power(frequency_hz).max(1.0)).product::<f64>()
    };
    // What the equalizer itself holds its gain to.
    (0..=2000).map(power).fold(1.0, f64::max).sqrt().min(1e6) as f32
}

fn zero_latency() -> Entry<ZeroLatency> {
    Entry {
        on: Some(ZeroLatency::on),
        neutral: equalizers_at_rest(),
        single: single_bands,
        ..Entry::new(ZeroLatency::default, equalizer_params)
    }
}

fn equalizers_at_rest() -> Vec<Neutral<EqualizerParams>> {
    let mut a_bell_at_rest = EqualizerParams::default();
    a_bell_at_rest.bands[3].enabled = true;
    [EqualizerParams::default(), a_bell_at_rest].map(|params| Neutral { params, highest_peak: 1e6 }).into()
}

fn equalizer_params(choose: Chooser) -> EqualizerParams {
    let mut settings = ChainSettings::default();
    let ours = |parameter: &&Parameter| parameter.module == Some(Module::Equalizer);
    for parameter in parameters().iter().filter(ours) {
        parameter.set(&mut settings, choose(&parameter.kind));
    }
    of_one_latency(settings.equalizer)
}

/// The same with what moves the latency at its default: it acts in `prepare` alone.
fn of_one_latency(params: EqualizerParams) -> EqualizerParams {
    let EqualizerParams { phase, resolution, .. } = EqualizerParams::default();
    EqualizerParams { phase, resolution, ..params }
}

/// One band of each shape, on each channel and at each slope, up, down and alone, and the output gain at both ends.
fn single_bands() -> Vec<(String, EqualizerParams)> {
    let mut list = Vec::new();
    for shape in BandShape::ALL {
        for (place, channel) in BandChannel::ALL.iter().enumerate() {
            let slope = CutSlope::ALL[(place + *shape as usize) % CutSlope::ALL.len()];
            // Up, down, and listened to alone.
            for (gain_db, solo) in [(30.0, 0), (-30.0, 0), (6.0, place as u32 + 1)] {
                let mut params = EqualizerParams { solo, ..EqualizerParams::default() };
                params.bands[place] = EqualizerBand {
                    enabled: true,
                    shape: *shape,
                    frequency_hz: 250.0,
                    gain_db,
                    slope_db_per_oct: slope,
                    channel: *channel,
                    ..EqualizerBand::default()
                };
                list.push((format!("{shape:?} {slope:?} on {channel:?}, {gain_db} dB, solo {solo}"), params));
            }
        }
    }
    list.extend(single_fields(EQUALIZER).into_iter().map(|(name, params)| (name, of_one_latency(params))));
    list
}

fn limiter() -> Entry<Limiter> {
    Entry {
        on: Some(Limiter::on),
        neutral: vec![Neutral { params: LimiterParams::default(), highest_peak: QUIET }],
        single: || single_fields(LIMITER),
        ..Entry::new(Limiter::default, |choose| from_fields(LIMITER, choose))
    }
}

fn output_stage() -> Entry<OutputStage> {
    Entry {
        neutral: vec![Neutral { params: OutputParams::default(), highest_peak: 1e6 }],
        time_invariant: is_without_noise,
        single: || single_fields(OUTPUT),
        ..Entry::new(OutputStage::default, |choose| from_fields(OUTPUT, choose))
    }
}

/// Dither runs on in silence: the same samples later get other noise.
fn is_without_noise(params: &OutputParams) -> bool {
    params.bit_depth == BitDepth::Float || !matches!(params.dither, Dither::Tpdf | Dither::Shaped)
}

fn meter() -> Entry<Meter> {
    Entry {
        on: Some(Meter::on),
        neutral: vec![Neutral { params: (), highest_peak: 1e6 }],
        observed: |meter| format!("{:?}", meter.readings()),
        flushes_subnormals: false,
        rates_hz: [8_000.0, 11_025.0, 16_000.0].iter().chain(MASTERING_RATES_HZ).copied().collect(),
        channels: vec![1, 2, 6, 12],
        // Three gating blocks, and more than a momentary window.
        seconds: 0.7,
        ..Entry::new(meter_with_a_log, |_| ())
    }
}

/// A meter as an insert has it.
fn meter_with_a_log() -> Meter {
    let mut meter = Meter::new();
    drop(meter.take_log());
    meter
}

fn mastering_chain() -> Entry<MasteringChain> {
    let off = ChainSettings {
        limiter: LimiterParams { enabled: false, ..LimiterParams::default() },
        ..ChainSettings::default()
    };
    Entry {
        neutral: vec![
            Neutral { params: ChainSettings::default(), highest_peak: QUIET },
            Neutral { params: off, highest_peak: 1e6 },
        ],
        time_invariant: |settings| is_without_noise(&settings.output),
        silenced: Some(MasteringChain::silenced_samples),
        single: single_settings,
        ..Entry::new(MasteringChain::default, chain_settings)
    }
}

/// Settings of the chain with a value for each parameter, but for those that move the latency.
fn chain_settings(choose: Chooser) -> ChainSettings {
    let mut settings = ChainSettings::default();
    for parameter in parameters() {
        parameter.set(&mut settings, choose(&parameter.kind));
    }
    let CompressorParams { phase, lookahead, .. } = CompressorParams::default();
    let compressor = CompressorParams { phase, lookahead, ..settings.compressor };
    let imager = ImagerParams { phase: ImagerParams::default().phase, ..settings.imager };
    ChainSettings { equalizer: of_one_latency(settings.equalizer), compressor, imager, ..settings }
}

/// The chain's defaults with each parameter in turn at each end of its range.
fn single_settings() -> Vec<(String, ChainSettings)> {
    let at = |parameter: &Parameter, value: f32| {
        let mut settings = ChainSettings::default();
        parameter.set(&mut settings, f64::from(value));
        (format!("{} {}", parameter.id, parameter.kind.value_text(value)), settings)
    };
    let list = parameters();
    let both = list.iter().flat_map(|parameter| {
        let (lowest, highest) = parameter.kind.range();
        [at(parameter, lowest), at(parameter, highest)]
    });
    both.filter(|(_, settings)| is_heard(settings)).collect()
}

/// Whether settings with one change differ from the defaults in what they do: most values of a band at rest do not.
fn is_heard(settings: &ChainSettings) -> bool {
    let same_ends = ChainSettings {
        input: settings.input,
        limiter: settings.limiter,
        output: settings.output,
        ..ChainSettings::default()
    };
    let at_rest = settings.equalizer.is_neutral() && settings.compressor.is_neutral() && settings.imager.is_neutral();
    !at_rest || same_ends != ChainSettings::default()
}
