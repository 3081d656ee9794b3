//! `cargo xtask bench`: what every processor costs, for each set of instructions, beside its rivals in the same run; and
//! what a frame of an editor costs.

mod compressors;
mod creation;
mod editors;
pub mod files;
mod imagers;
mod measure;
mod overlap_save;
mod rivals;

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::dispatch::Instructions;
use runout_dsp_core::equalizer::Equalizer;
use runout_dsp_core::input::InputStage;
use runout_dsp_core::limiter::Limiter;
use runout_dsp_core::loudness::Meter;
use runout_dsp_core::output::OutputStage;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{
    BandChannel, BitDepth, ChainSettings, Dither, EqualizerBand, EqualizerParams, EqualizerPhase, InputParams,
    LimiterParams, Module, OutputParams, Resolution,
};
use runout_dsp_core::true_peak::{HOP_FRAMES, TruePeak};
use runout_tests::music::music;
use runout_tests::signals::driven;

use crate::Failure;
use measure::{Measured, Run, measure};
use overlap_save::overlap_save;
use rivals::{PlainLimiter, crate_meter};

/// Sample rate, Hz.
const SAMPLE_RATE: f64 = 48_000.0;

/// Seconds of music that each run processes.
const SECONDS: f64 = 10.0;

/// Frames of a block: a live host's, and one for mixdown.
const BLOCKS: [usize; 2] = [64, 512];

/// Measures and prints one table.
pub fn run() -> Result<(), Failure> {
    let music = music(42, SAMPLE_RATE, SECONDS, 2);
    heading();
    limiters(&music);
    equalizers(&music);
    compressors::run(&music);
    imagers::run(&music);
    meters(&music);
    parts(&music);
    stages(&music);
    creation::run();
    editors::run(&music);
    Ok(())
}

/// What stands over the table.
fn heading() {
    println!("{SECONDS} s of stereo music at {SAMPLE_RATE} Hz; median of {} runs", measure::RUNS);
    println!("least: each block at its fastest run; worst: the slowest of these blocks over their mean;");
    println!("beside: of the least times, which other work on the machine does not move\n");
    println!(
        "{:<34}{:<10}{:>6}{:>10}{:>8}{:>12}{:>8}  beside",
        "", "", "block", "ns/frame", "least", "x realtime", "worst"
    );
}

/// Measures the compressor alone.
pub fn run_compressors() -> Result<(), Failure> {
    heading();
    compressors::run(&music(42, SAMPLE_RATE, SECONDS, 2));
    Ok(())
}

/// Measures imager, output stage and the whole Master alone.
pub fn run_imagers() -> Result<(), Failure> {
    heading();
    imagers::run(&music(42, SAMPLE_RATE, SECONDS, 2));
    Ok(())
}

/// Measures the editors alone.
pub fn run_editors() -> Result<(), Failure> {
    editors::run(&music(42, SAMPLE_RATE, SECONDS, 2));
    Ok(())
}

fn limiters(music: &[Vec<f32>]) {
    for (name, drive_db) in [("limiter, below the ceiling", -20.0), ("limiter, +6 dB", 6.0), ("limiter, +12 dB", 12.0)]
    {
        let signal = driven(music, drive_db);
        for block in BLOCKS {
            let plain = measure(&|| plain_limiter(), &signal, block);
            row("plain sample-peak limiter", "-", block, &plain, None);
            for instructions in Instructions::available() {
                let measured = measure(&|| limiter(instructions), &signal, block);
                row(name, &format!("{instructions:?}"), block, &measured, Some(("plain", &plain)));
            }
        }
    }
}

/// The linear-phase equalizer at rest and with bands, and the one without latency with as many, beside a bare convolution
/// of as many taps.
fn equalizers(music: &[Vec<f32>]) {
    let resolution = Resolution::High;
    let at_rest = EqualizerParams { resolution, ..EqualizerParams::default() };
    let stereo = with_bells(at_rest, BandChannel::Stereo);
    let side = with_bells(at_rest, BandChannel::Side);
    let without_latency = EqualizerParams { phase: EqualizerPhase::Minimum, ..stereo };
    for block in BLOCKS {
        let bare = measure(&|| overlap_save(8192), music, block);
        row("overlap-save, 8192 taps", "best", block, &bare, None);
        for (name, params) in [
            ("equalizer 8192, at rest", &at_rest),
            ("equalizer 8192", &stereo),
            ("equalizer 8192, mid/side", &side),
            ("equalizer without latency", &without_latency),
        ] {
            for instructions in Instructions::available() {
                let measured = measure(&|| processor(Equalizer::on(instructions), params), music, block);
                row(name, &format!("{instructions:?}"), block, &measured, Some(("bare loop", &bare)));
            }
        }
    }
}

/// Eight bells an octave apart.
fn with_bells(mut params: EqualizerParams, channel: BandChannel) -> EqualizerParams {
    for (band, octave) in params.bands.iter_mut().zip(0..8) {
        *band = EqualizerBand {
            enabled: true,
            frequency_hz: 80.0 * f32::from(1u16 << octave),
            gain_db: 3.0,
            channel,
            ..EqualizerBand::default()
        };
    }
    params
}

fn meters(music: &[Vec<f32>]) {
    for block in BLOCKS {
        let crates = measure(&crate_meter, music, block);
        row("crate ebur128: M S I LRA TP", "-", block, &crates, None);
        for instructions in Instructions::available() {
            let measured = measure(&|| processor(Meter::on(instructions), &()), music, block);
            row("meter: everything", &format!("{instructions:?}"), block, &measured, Some(("crate", &crates)));
        }
    }
}

/// The true-peak kernel alone, as the meter uses it and without skipping.
fn parts(music: &[Vec<f32>]) {
    for instructions in Instructions::available() {
        for (name, skipping) in [("true peak, every group", false), ("true peak, highest only", true)] {
            let measured = measure(&|| true_peak(instructions, skipping), music, HOP_FRAMES);
            row(name, &format!("{instructions:?}"), HOP_FRAMES, &measured, None);
        }
    }
}

fn stages(music: &[Vec<f32>]) {
    let tpdf = OutputParams { dither: Dither::Tpdf, bit_depth: BitDepth::Sixteen, ..OutputParams::default() };
    let gain = InputParams { gain_db: 3.0, ..InputParams::default() };
    let mut settings = ChainSettings { input: gain, output: tpdf, ..ChainSettings::default() };
    settings.limiter.input_gain_db = 6.0;
    for block in BLOCKS {
        let at_best = |name: &str, measured: Measured| row(name, "best", block, &measured, None);
        at_best("input stage, gain", measure(&|| processor(InputStage::default(), &gain), music, block));
        at_best("output stage, tpdf to 16 bit", measure(&|| processor(OutputStage::default(), &tpdf), music, block));
        at_best(
            "limiting chain, +9 dB, tpdf to 16",
            measure(&|| processor(MasteringChain::of(&[Module::Limiter]), &settings), music, block),
        );
    }
}

/// A processor in a run; one that cannot be prepared for the bench's own rate does nothing and shows in the figures.
fn processor<P: Processor + 'static>(mut processor: P, params: &P::Params) -> Run {
    let spec = Spec { sample_rate: SAMPLE_RATE, max_block: 512, channels: 2 };
    processor.set_params(params);
    if let Err(error) = processor.prepare(&spec) {
        eprintln!("warning: {error}");
    }
    Box::new(move |left, right| processor.process(&mut [left, right]))
}

fn limiter(instructions: Instructions) -> Run {
    processor(Limiter::on(instructions), &LimiterParams::default())
}

fn plain_limiter() -> Run {
    let mut limiter = PlainLimiter::new(SAMPLE_RATE, -1.0);
    Box::new(move |left, right| limiter.process(left, right))
}

fn true_peak(instructions: Instructions, skipping: bool) -> Run {
    let mut detectors = [(); 2].map(|()| TruePeak::new(instructions));
    let mut highest = [0.0f32; 2];
    Box::new(move |left, right| {
        for ((detector, highest), side) in detectors.iter_mut().zip(&mut highest).zip([left, right]) {
            for hop in side.as_chunks::<HOP_FRAMES>().0 {
                detector.push(hop);
                if skipping {
                    *highest = detector.highest_above(*highest);
                } else {
                    *highest = detector.peaks_above(0.0).iter().fold(*highest, |highest, peak| peak.max(highest));
                }
            }
        }
        std::hint::black_box(&highest);
    })
}

fn row(name: &str, instructions: &str, block: usize, measured: &Measured, rival: Option<(&str, &Measured)>) {
    let times = 1e9 / (measured.ns_per_frame * SAMPLE_RATE);
    let beside = rival.map_or_else(String::new, |(rival, its)| {
        format!("{:.2} of the {rival}'s time", measured.least_ns_per_frame / its.least_ns_per_frame)
    });
    println!(
        "{name:<34}{instructions:<10}{block:>6}{:>10.2}{:>8.2}{times:>12.0}{:>8.2}  {beside}",
        measured.ns_per_frame, measured.least_ns_per_frame, measured.worst_over_mean
    );
}
