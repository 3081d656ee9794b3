//! Rest, and what working bands add.

use runout_dsp_core::chain::MasteringChain;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{ChainSettings, CompressorBand, CompressorParams, CompressorPhase, Detector, Module};
use runout_tests::signals::{noise, sine};

use super::{BLOCK_FRAMES, PHASES, amplitudes, decibels, divided, measured, played_mono};

const RATE: f64 = 48_000.0;

/// A chain of a compressor alone, and what it makes of a signal; beside it its latency.
fn chained(params: &CompressorParams, signal: &[Vec<f32>]) -> (Vec<Vec<f32>>, usize) {
    let mut chain = MasteringChain::of(&[Module::Compressor]);
    chain.set_params(&ChainSettings { compressor: *params, ..ChainSettings::default() });
    chain.prepare(&Spec { sample_rate: RATE, max_block: BLOCK_FRAMES, channels: signal.len() }).unwrap();
    let mut output = signal.to_vec();
    let frames = output[0].len();
    for start in (0..frames).step_by(BLOCK_FRAMES) {
        let end = frames.min(start + BLOCK_FRAMES);
        let mut block: Vec<&mut [f32]> = output.iter_mut().map(|channel| &mut channel[start..end]).collect();
        chain.process(&mut block);
    }
    (output, chain.latency())
}

#[test]
fn bands_at_rest_leave_every_bit_even_after_they_worked() {
    let band = CompressorBand { ratio: 4.0, threshold_db: -30.0, ..CompressorBand::default() };
    // Loud for half a second, then 50 dB less: below every threshold.
    let mut signal = [noise(1, 0.5, 144_000), noise(2, 0.5, 144_000)];
    for channel in &mut signal {
        channel[24_000..].iter_mut().for_each(|sample| *sample *= 0.003);
    }
    for phase in PHASES {
        for (crossovers_hz, lookahead) in [(&[][..], false), (&[120.0, 900.0, 5000.0], false), (&[300.0], true)] {
            let mut params = divided(phase, crossovers_hz, band);
            params.lookahead = lookahead;
            let (output, latency) = chained(&params, &signal);
            // What the bands of this kind sum to: the input as late, or their all-pass, which is the dry side of the mix.
            let dry = chained(&CompressorParams { mix: 0.0, ..params }, &signal).0;
            let is_all_pass = phase == CompressorPhase::Minimum && !crossovers_hz.is_empty();
            for ((output, input), dry) in output.iter().zip(&signal).zip(&dry) {
                let (start, end) = (132_000, output.len());
                let worked =
                    output[4000..24_000].iter().zip(&dry[4000..24_000]).filter(|(wet, dry)| wet != dry).count();
                assert!(worked > 19_000, "{phase:?}, {crossovers_hz:?}: {worked} frames changed while it was loud");
                assert!(
                    output[start..] == dry[start..],
                    "{phase:?}, {crossovers_hz:?}: not every bit of the dry sound"
                );
                if !is_all_pass {
                    let late = &input[start - latency..end - latency];
                    assert!(output[start..] == *late, "{phase:?}, {crossovers_hz:?}: not every bit of the input");
                }
            }
        }
    }
}

#[test]
fn two_tones_fold_nothing_back() {
    for detector in [Detector::Peak, Detector::Rms] {
        let tones = [sine(1000.0, 0.25, 0.0, RATE, 96_000), sine(19_000.0, 0.25, 0.0, RATE, 96_000)];
        let input: Vec<f32> = tones[0].iter().zip(&tones[1]).map(|(low, high)| low + high).collect();
        // 2:1 from 12 dB below what is read.
        let level_db = if detector == Detector::Peak { -6.02 } else { -12.04 };
        let band = CompressorBand {
            threshold_db: level_db - 12.0,
            ratio: 2.0,
            knee_db: 0.0,
            detector,
            ..CompressorBand::default()
        };
        let output = played_mono(&measured(band), RATE, &input);
        // Bins of 1 Hz, in which both tones have whole periods: all else was added.
        let bins = amplitudes(&output[48_000..]);
        let reduction_db = decibels(bins[1000] / 0.25);
        assert!((-7.0..-5.0).contains(&reduction_db), "{detector:?}: {reduction_db} dB");
        let others = bins.iter().enumerate().filter(|(hz, _)| *hz != 1000 && *hz != 19_000);
        let (hz, loudest) = others.fold((0, 0.0), |most, (hz, bin)| if *bin > most.1 { (hz, *bin) } else { most });
        println!(
            "{detector:?}: {reduction_db:.2} dB, the loudest beside the tones {:.1} dBFS at {hz} Hz",
            decibels(loudest)
        );
        assert!(decibels(loudest) < -100.0, "{detector:?}: {} dBFS at {hz} Hz", decibels(loudest));
    }
}
