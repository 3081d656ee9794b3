//! The response, measured through the processor, beside the analog one.

use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

use crate::equalizer::prototype::Prototype;
use crate::equalizer::zero_latency::ZeroLatency;
use crate::processor::{Processor, Spec};
use crate::settings::{BandShape, CutSlope, EqualizerBand, EqualizerParams};

/// The impulse response of one band as it is in f64, before samples are rounded: an impulse of 2^60 leaves through f32
/// with 24 bits at every level.
fn impulse_response(band: EqualizerBand, sample_rate: f64, frames: usize) -> Vec<f64> {
    let mut params = EqualizerParams::default();
    params.bands[3] = band;
    let mut processor = ZeroLatency::default();
    processor.prepare(&Spec { sample_rate, max_block: 4096, channels: 2 }).unwrap();
    processor.set_params(&params);
    let (mut left, mut right) = (vec![0.0f32; frames], vec![0.0f32; frames]);
    left[0] = 1.0;
    for (left, right) in left.chunks_mut(4096).zip(right.chunks_mut(4096)) {
        processor.process(&mut [left, right]);
    }
    left.iter().map(|sample| f64::from(*sample)).collect()
}

fn worst(band: EqualizerBand, sample_rate: f64) -> (f64, f64) {
    let frames = 1 << 17;
    let mut spectrum: Vec<Complex<f64>> =
        impulse_response(band, sample_rate, frames).iter().map(|sample| Complex::new(*sample, 0.0)).collect();
    FftPlanner::new().plan_fft_forward(frames).process(&mut spectrum);
    let prototype = Prototype::new(&band, sample_rate);
    let mut worst = (0.0f64, 0.0);
    for bin in 1..frames * 9 / 20 {
        let frequency_hz = bin as f64 * sample_rate / frames as f64;
        let expected = prototype.power(frequency_hz);
        if expected > 1e-4 {
            let error = (10.0 * (spectrum[bin].norm_sqr() / expected).log10()).abs();
            if !(error <= worst.0) {
                worst = (error, frequency_hz);
            }
        }
    }
    worst
}

#[test]
fn scratch() {
    for shape in BandShape::ALL {
        for frequency_hz in [100.0, 1000.0, 4000.0, 10_000.0, 20_000.0] {
            for q in [0.3, 0.7071, 4.0] {
                for slope_db_per_oct in [CutSlope::Six, CutSlope::TwentyFour] {
                    let band = EqualizerBand {
                        enabled: true,
                        shape: *shape,
                        frequency_hz,
                        q,
                        slope_db_per_oct,
                        gain_db: 12.0,
                        ..EqualizerBand::default()
                    };
                    let (error, at) = worst(band, 44_100.0);
                    println!("{shape:?} {frequency_hz} {q} {slope_db_per_oct:?}: {error:.4} at {at:.1}");
                }
            }
        }
    }
}
