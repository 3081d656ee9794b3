//! The imager's rows: what each of its parts costs; and the output stage's, and those of Runout Master with everything at
//! work.

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::dispatch::Instructions;
use runout_dsp_core::imager::Imager;
use runout_dsp_core::output::OutputStage;
use runout_dsp_core::settings::{
    BitDepth, ChainSettings, CompressorBand, CompressorPhase, Dither, EqualizerBand, ImagerParams, ImagerPhase,
    NoiseShape, OutputParams,
};

use super::measure::measure;
use super::{BLOCKS, processor, row};

/// The widths of four bands.
const WIDTHS: [f32; 4] = [0.5, 0.8, 1.2, 1.5];

/// Prints them.
pub fn run(music: &[Vec<f32>]) {
    let mut decorrelated = of_bands(ImagerPhase::Minimum, 1);
    decorrelated.band[0].decorrelation = 0.3;
    let mono_bass = ImagerParams { mono_below_hz: 120.0, ..of_bands(ImagerPhase::Minimum, 1) };
    let rows = [
        ("imager, at rest", ImagerParams::default()),
        ("imager, 1 band", of_bands(ImagerPhase::Minimum, 1)),
        ("imager, 1 band, decorrelated", decorrelated),
        ("imager, 1 band, mono bass", mono_bass),
        ("imager minimum, 4 bands", of_bands(ImagerPhase::Minimum, 4)),
        ("imager linear, 4 bands", of_bands(ImagerPhase::Linear, 4)),
    ];
    for block in BLOCKS {
        for (name, params) in &rows {
            for instructions in Instructions::available() {
                let measured = measure(&|| processor(Imager::on(instructions), params), music, block);
                row(name, &format!("{instructions:?}"), block, &measured, None);
            }
        }
        for (name, dither) in [("output, tpdf to 16 bit", Dither::Tpdf), ("output, shaped to 16 bit", Dither::Shaped)] {
            let (bit_depth, shape) = (BitDepth::Sixteen, NoiseShape::Wannamaker);
            let params = OutputParams { dither, bit_depth, shape, ..OutputParams::default() };
            for instructions in Instructions::available() {
                let measured = measure(&|| processor(OutputStage::on(instructions), &params), music, block);
                row(name, &format!("{instructions:?}"), block, &measured, None);
            }
        }
        let measured = measure(&|| processor(MasteringChain::default(), &master()), music, block);
        row("Master, every module at work", "-", block, &measured, None);
    }
}

fn of_bands(phase: ImagerPhase, bands: u32) -> ImagerParams {
    let mut params = ImagerParams { phase, bands, ..ImagerParams::default() };
    for (band, width) in params.band.iter_mut().zip(WIDTHS).take(bands as usize) {
        band.width = width;
    }
    // One band is not as it comes.
    params.band[0].width = WIDTHS[0];
    params
}

/// Eight bells of the equalizer in linear phase, four bands of the compressor in linear phase, the imager, and the limiter
/// at 6 dB.
fn master() -> ChainSettings {
    let mut settings = ChainSettings::default();
    for (slot, band) in settings.equalizer.bands.iter_mut().take(8).enumerate() {
        let frequency_hz = 60.0 * 2f32.powi(slot as i32);
        *band = EqualizerBand { enabled: true, frequency_hz, gain_db: 2.0, ..EqualizerBand::default() };
    }
    let compressor = &mut settings.compressor;
    (compressor.phase, compressor.bands) = (CompressorPhase::Linear, 4);
    compressor.crossover_hz[..3].copy_from_slice(&[120.0, 800.0, 5000.0]);
    compressor.band = [CompressorBand { ratio: 4.0, threshold_db: -40.0, ..CompressorBand::default() }; 6];
    settings.imager = of_bands(ImagerPhase::Minimum, 1);
    settings.limiter.input_gain_db = 6.0;
    settings
}
