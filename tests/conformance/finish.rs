//! What comes last: the ceiling holds by a meter of another make, what is under it passes untouched, the word length is met.

use std::path::Path;

use runout_delivery::audio_source::{AudioFormat, AudioSource, SampleDepth};
use runout_delivery::failure::Failure;
use runout_delivery::finish::Finished;
use runout_dsp_core::settings::{BitDepth, ChainSettings, Dither, LimiterParams, OutputParams};
use runout_tests::reference_meter::reference_meter;
use runout_tests::signals;

const RATE_HZ: u32 = 44_100;

/// Samples in memory as a source.
struct Held {
    format: AudioFormat,
    planes: Vec<Vec<f32>>,
    next: usize,
}

impl AudioSource for Held {
    fn format(&self) -> &AudioFormat {
        &self.format
    }

    fn read(&mut self, planes: &mut [&mut [f32]]) -> Result<usize, Failure> {
        let frames = planes[0].len().min(self.planes[0].len() - self.next);
        for (plane, held) in planes.iter_mut().zip(&self.planes) {
            plane[..frames].copy_from_slice(&held[self.next..self.next + frames]);
        }
        self.next += frames;
        Ok(frames)
    }
}

/// A signal finished by these settings, read in blocks of one size, with the format it says it has.
fn finished(planes: &[Vec<f32>], settings: &ChainSettings, block: usize) -> (Vec<Vec<f32>>, AudioFormat) {
    let frames = Some(planes[0].len() as u64);
    let format = AudioFormat { sample_rate_hz: RATE_HZ, channels: planes.len(), frames, depth: SampleDepth::Float(32) };
    let source = Box::new(Held { format, planes: planes.to_vec(), next: 0 });
    let mut finished = Finished::new(Path::new("held"), source, settings).unwrap();
    let mut output = vec![Vec::new(); planes.len()];
    loop {
        let mut buffers = vec![vec![f32::NAN; block]; planes.len()];
        let mut slices: Vec<&mut [f32]> = buffers.iter_mut().map(Vec::as_mut_slice).collect();
        let read = finished.read(&mut slices).unwrap();
        output.iter_mut().zip(&buffers).for_each(|(output, buffer)| output.extend_from_slice(&buffer[..read]));
        if read < block {
            return (output, *finished.format());
        }
    }
}

fn float(limiter: LimiterParams) -> ChainSettings {
    // Input gain is the chain's business, not the finish's.
    let limiter = LimiterParams { input_gain_db: 12.0, ..limiter };
    let output = OutputParams { bit_depth: BitDepth::Float, dither: Dither::None, ..OutputParams::default() };
    ChainSettings { limiter, output, ..ChainSettings::default() }
}

fn noise(peak_dbfs: f64, frames: usize) -> Vec<Vec<f32>> {
    let amplitude = 10f64.powf(peak_dbfs / 20.0);
    vec![signals::noise(3, amplitude, frames), signals::noise(4, amplitude, frames)]
}

#[test]
fn what_is_under_the_ceiling_passes_bit_for_bit() {
    // White noise has inter-sample peaks some dB over its samples: 12 dB below the ceiling nothing reaches it.
    for frames in [1, 63, 4096, 100_001] {
        let input = noise(-13.0, frames);
        for limiter in [LimiterParams::default(), LimiterParams { enabled: false, ..LimiterParams::default() }] {
            let (output, format) = finished(&input, &float(limiter), 1000);
            assert!(output == input, "{frames} frames, limiter {}", limiter.enabled);
            assert_eq!(format.depth, SampleDepth::Float(32));
        }
    }
    let loud = noise(3.0, 20_000);
    let off = LimiterParams { enabled: false, ..LimiterParams::default() };
    assert!(finished(&loud, &float(off), 512).0 == loud, "a disabled limiter holds nothing down");
}

#[test]
fn what_is_over_it_is_held_by_another_meter_too() {
    let input = noise(0.5, 60_000);
    for ceiling_dbtp in [-1.0f32, -0.3] {
        let settings = float(LimiterParams { ceiling_dbtp, ..LimiterParams::default() });
        let (output, _) = finished(&input, &settings, 4096);
        let peak_dbtp = reference_meter().peak_dbtp(&output);
        // The room of the target's verdict.
        assert!(peak_dbtp <= f64::from(ceiling_dbtp) + 0.05, "{peak_dbtp} dBTP");
        assert!(peak_dbtp > f64::from(ceiling_dbtp) - 0.5, "{peak_dbtp} dBTP: held down without need");
        assert_eq!(output[0].len(), input[0].len());
        for block in [1, 64, 777, 60_000] {
            assert!(finished(&input, &settings, block).0 == output, "blocks of {block}");
        }
    }
}

#[test]
fn samples_lie_on_the_grid_of_the_word_length() {
    let input = noise(-3.0, 30_000);
    for (bit_depth, bits) in [(BitDepth::Sixteen, 16), (BitDepth::TwentyFour, 24)] {
        let mut settings = float(LimiterParams::default());
        settings.output = OutputParams { bit_depth, dither: Dither::Tpdf, ..settings.output };
        let (output, format) = finished(&input, &settings, 4096);
        assert_eq!(format.depth, SampleDepth::Integer(bits));
        let full_scale = 2f32.powi(bits as i32 - 1);
        assert!(output.iter().flatten().all(|sample| (sample * full_scale).fract() == 0.0), "{bits} bit");
        assert!(output != input, "noise is on no grid before");
    }
}
