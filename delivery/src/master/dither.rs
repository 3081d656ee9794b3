//! Word length and dither of the delivered file.

use runout_dsp_core::settings::{BitDepth, ChainSettings, Dither};

use super::renderer::Renderer;
use crate::audio_sink::FileDepth;
use crate::audio_source::{AudioFormat, SampleDepth};
use crate::failure::Failure;
use crate::progress::Progress;

/// The chain's word length for a file's.
pub fn bit_depth(depth: FileDepth) -> BitDepth {
    match depth {
        FileDepth::Integer16 => BitDepth::Sixteen,
        FileDepth::Integer24 => BitDepth::TwentyFour,
        FileDepth::Float32 => BitDepth::Float,
    }
}

/// The format of the delivered file.
pub fn format_as_written(format: &AudioFormat, depth: FileDepth, frames: u64) -> AudioFormat {
    let depth = depth.integer_bits().map_or(SampleDepth::Float(32), SampleDepth::Integer);
    AudioFormat { frames: Some(frames), depth, ..*format }
}

/// What `auto` dither becomes: triangular where bits are dropped; none for float, and none where the material fits the file
/// and leaves the chain as it came, at its own rate, so that a master which changes nothing is a copy bit for bit.
///
/// # Errors
/// The material cannot be read again, or the user interrupts.
pub fn settled(
    settings: &ChainSettings,
    depth: FileDepth,
    renderer: &mut Renderer,
    progress: &Progress,
) -> Result<Dither, Failure> {
    if settings.output.dither != Dither::Auto {
        return Ok(settings.output.dither);
    }
    let Some(bits) = depth.integer_bits() else { return Ok(Dither::None) };
    let copies = renderer.material().format().depth.fits(bits) && !renderer.converts();
    if copies && passes_unchanged(settings, renderer, progress)? {
        return Ok(Dither::None);
    }
    Ok(Dither::Tpdf)
}

/// Whether the chain, before quantizing, gives back every sample of the material. Ends at the first that differs.
fn passes_unchanged(settings: &ChainSettings, renderer: &mut Renderer, progress: &Progress) -> Result<bool, Failure> {
    let mut settings = *settings;
    settings.output.bit_depth = BitDepth::Float;
    let mut original = renderer.material().open()?;
    let mut expected: Vec<Vec<f32>> = vec![Vec::new(); original.format().channels];
    let mut differs = false;
    progress.begin("comparing");
    let outcome = renderer.run(&settings, progress, |block| {
        let length = block.first().map_or(0, |channel| channel.len());
        expected.iter_mut().for_each(|channel| channel.resize(length, 0.0));
        let mut planes: Vec<&mut [f32]> = expected.iter_mut().map(Vec::as_mut_slice).collect();
        original.read(&mut planes)?;
        differs = planes.iter().zip(block.iter()).any(|(original, rendered)| original != rendered);
        if differs { Err(Failure::new("the chain changes the mix")) } else { Ok(()) }
    });
    if differs { Ok(false) } else { outcome.map(|_| true) }
}
