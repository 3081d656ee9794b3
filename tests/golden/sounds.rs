//! The sounds that are kept: fixed music through processors at fixed settings.

use std::collections::BTreeMap;

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::compressor::Compressor;
use runout_dsp_core::equalizer::Equalizer;
use runout_dsp_core::imager::Imager;
use runout_dsp_core::limiter::Limiter;
use runout_dsp_core::output::OutputStage;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{
    BandChannel, BandShape, BitDepth, ChainSettings, CompressorBand, CompressorChannel, CompressorMode,
    CompressorParams, CompressorPhase, Detector, Dither, EqualizerBand, EqualizerParams, EqualizerPhase, ImagerParams,
    ImagerPhase, LimiterParams, LimiterStyle, Module, NoiseShape, OutputParams,
};
use runout_tests::music::music;
use runout_tests::signals::driven;

use crate::figures::Figures;

const BLOCK_FRAMES: usize = 512;

/// Seconds of music.
const SECONDS: f64 = 8.0;

/// Every sound.
pub fn all() -> BTreeMap<String, Figures> {
    let mut sounds = BTreeMap::new();
    for style in LimiterStyle::ALL {
        let params = LimiterParams { style: *style, ..LimiterParams::default() };
        let name = format!("limiter {}, music driven 9 dB, 48 kHz", style.word());
        sounds.insert(name, sound::<Limiter>(&params, 48_000.0, 2, 9.0));
    }
    let by_hand = LimiterParams { auto_release: false, lookahead_ms: 1.0, link: 0.5, ..LimiterParams::default() };
    sounds.insert("limiter by hand, 44.1 kHz".to_owned(), sound::<Limiter>(&by_hand, 44_100.0, 2, 6.0));
    sounds.insert("limiter, mono, 96 kHz".to_owned(), sound::<Limiter>(&LimiterParams::default(), 96_000.0, 1, 6.0));

    let mut settings = ChainSettings::default();
    settings.input.gain_db = 2.5;
    settings.limiter.input_gain_db = 4.0;
    sounds.insert("chain, float, 48 kHz".to_owned(), sound_of(limiting_chain(), &settings, 48_000.0, 2, 0.0));
    settings.output.dither = Dither::Tpdf;
    for depth in [BitDepth::Sixteen, BitDepth::TwentyFour] {
        settings.output.bit_depth = depth;
        let name = format!("chain, tpdf to {} bit, 44.1 kHz", depth.word());
        sounds.insert(name, sound_of(limiting_chain(), &settings, 44_100.0, 2, 0.0));
    }
    for phase in [EqualizerPhase::Linear, EqualizerPhase::Minimum] {
        let name = format!("equalizer {}, 48 kHz", phase.word());
        sounds.insert(name, sound::<Equalizer>(&equalized(phase), 48_000.0, 2, 0.0));
    }
    for phase in CompressorPhase::ALL {
        let name = format!("compressor {}, four bands, 48 kHz", phase.word());
        sounds.insert(name, sound::<Compressor>(&compressed(*phase), 48_000.0, 2, 0.0));
    }
    for phase in ImagerPhase::ALL {
        let name = format!("imager {}, three bands, 48 kHz", phase.word());
        sounds.insert(name, sound::<Imager>(&imaged(*phase), 48_000.0, 2, 0.0));
    }
    for shape in NoiseShape::ALL {
        let (dither, bit_depth) = (Dither::Shaped, BitDepth::Sixteen);
        let params = OutputParams { dither, bit_depth, shape: *shape, ..OutputParams::default() };
        let name = format!("output, {} to 16 bit, 44.1 kHz", shape.word());
        sounds.insert(name, sound::<OutputStage>(&params, 44_100.0, 2, -40.0));
    }
    sounds
}

/// Solid lows, a little decorrelation in the middle, wide highs; turned a little to the right.
fn imaged(phase: ImagerPhase) -> ImagerParams {
    let mut params =
        ImagerParams { phase, bands: 3, mono_below_hz: 120.0, rotation_deg: 3.0, ..ImagerParams::default() };
    params.crossover_hz[..2].copy_from_slice(&[250.0, 4000.0]);
    params.band[0].width = 0.6;
    params.band[1].decorrelation = 0.2;
    params.band[2].width = 1.35;
    params
}

/// Four bands: peaks of the lows, the RMS of the lower mids, the sides of the upper ones brought up, and the highs unlinked
/// with lookahead.
fn compressed(phase: CompressorPhase) -> CompressorParams {
    let mut params = CompressorParams { phase, lookahead: true, bands: 4, mix: 0.8, ..CompressorParams::default() };
    params.crossover_hz[..3].copy_from_slice(&[120.0, 800.0, 5000.0]);
    let band = CompressorBand { threshold_db: -28.0, ratio: 3.0, ..CompressorBand::default() };
    params.band[0] = CompressorBand { hold_ms: 20.0, makeup_db: 2.0, ..band };
    params.band[1] = CompressorBand { detector: Detector::Rms, auto_release: true, ..band };
    let (mode, channel) = (CompressorMode::Upward, CompressorChannel::Side);
    params.band[2] = CompressorBand { mode, channel, threshold_db: -40.0, range_db: 6.0, ..band };
    params.band[3] = CompressorBand { link: 0.3, lookahead_ms: 4.0, detector_tilt_db_per_oct: 3.0, ..band };
    params
}

/// The chain without the modules that delay: its figures are of frames that lie where they lay in its first version.
fn limiting_chain() -> MasteringChain {
    MasteringChain::of(&[Module::Limiter])
}

/// A cut below, a bell in the middle alone and a shelf of the sides.
fn equalized(phase: EqualizerPhase) -> EqualizerParams {
    let mut params = EqualizerParams { phase, ..EqualizerParams::default() };
    let band = EqualizerBand { enabled: true, ..EqualizerBand::default() };
    params.bands[0] = EqualizerBand { shape: BandShape::LowCut, frequency_hz: 40.0, ..band };
    params.bands[1] = EqualizerBand { frequency_hz: 500.0, gain_db: -4.0, q: 1.5, channel: BandChannel::Mid, ..band };
    params.bands[2] = EqualizerBand {
        shape: BandShape::HighShelf,
        frequency_hz: 9000.0,
        gain_db: 5.0,
        channel: BandChannel::Side,
        ..band
    };
    params
}

fn sound<P: Processor + Default>(params: &P::Params, sample_rate: f64, channels: usize, drive_db: f64) -> Figures {
    sound_of(P::default(), params, sample_rate, channels, drive_db)
}

fn sound_of<P: Processor>(
    mut processor: P,
    params: &P::Params,
    sample_rate: f64,
    channels: usize,
    drive_db: f64,
) -> Figures {
    processor.set_params(params);
    processor.prepare(&Spec { sample_rate, max_block: BLOCK_FRAMES, channels }).expect("the rate is possible");
    processor.set_params(params);
    let mut signal = driven(&music(7, sample_rate, SECONDS, channels), drive_db);
    let frames = signal[0].len();
    for start in (0..frames).step_by(BLOCK_FRAMES) {
        let end = (start + BLOCK_FRAMES).min(frames);
        let mut block: Vec<&mut [f32]> = signal.iter_mut().map(|channel| &mut channel[start..end]).collect();
        processor.process(&mut block);
    }
    Figures::of(&signal, sample_rate)
}
