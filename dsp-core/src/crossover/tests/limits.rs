//! The ends of every range: the loudest sound, what is about to be subnormal, crossovers wherever.

use super::{Stereo, crossover, divide, noise, sum_error};
use crate::crossover::{Bands, Crossover, CrossoverPhase};
use crate::dispatch::Instructions;
use crate::processor::{Spec, SpecError};

const PHASES: [CrossoverPhase; 2] = [CrossoverPhase::Minimum, CrossoverPhase::Linear];

#[test]
fn whatever_is_set_the_loudest_sound_stays_finite_and_sums() {
    // Linear phase at the highest rate has a delay of 24576 frames, and changes take 24576 more.
    let loudest: Stereo = noise(60_000, 1).map(|channel| channel.iter().map(|sample| 1e6 * sample.signum()).collect());
    let odd: [&[f32]; 7] = [
        &[f32::NAN, f32::INFINITY, f32::NEG_INFINITY],
        &[0.0, -1.0, 1e30],
        &[1e9; 5],
        &[0.0; 5],
        &[23_999.0, 24_000.0, 24_001.0],
        &[20_000.0, 20.0, 20_000.0, 20.0, 632.0],
        &[],
    ];
    for phase in PHASES {
        for sample_rate in [22_050.0, 48_000.0, 384_000.0] {
            for (place, hz) in odd.into_iter().enumerate() {
                let next = odd[(place + 1) % odd.len()].to_vec();
                let mut crossover = crossover(phase, sample_rate, Instructions::current(), hz);
                let divided = divide(&mut crossover, &loudest, &[64], &[(30_000, next)]);
                assert!(divided.all().flatten().all(|sample| sample.is_finite()), "{phase:?} {sample_rate} {hz:?}");
                // A few roundings of f32, also while bands are faded.
                assert!(sum_error(&divided) < 1e-6, "{phase:?} {sample_rate} {hz:?}: {}", sum_error(&divided));
            }
        }
    }
}

#[test]
fn what_is_subnormal_becomes_silence() {
    for phase in PHASES {
        for hz in [&[][..], &[12_000.0], &[20.0, 200.0, 12_000.0], &[20.0, 100.0, 500.0, 3000.0, 12_000.0]] {
            // Subnormal samples, the smallest normal ones, and a burst that dies away.
            let mut input = noise(96_000, 2);
            for channel in &mut input {
                channel[..500].iter_mut().for_each(|sample| *sample *= 1e-39);
                channel[500..1000].iter_mut().for_each(|sample| *sample *= 1e-37);
                channel[2000..].fill(0.0);
            }
            let divided = divide(&mut crossover(phase, 48_000.0, Instructions::current(), hz), &input, &[64], &[]);
            let is_subnormal = |sample: &&f32| sample.is_subnormal();
            assert_eq!(divided.all().flatten().find(is_subnormal), None, "{phase:?} {hz:?}");
            // 2 s of silence: 1e-20 of a crossover at 20 Hz has gone.
            let loudest =
                divided.all().flat_map(|signal| &signal[90_000..]).fold(0f32, |most, next| most.max(next.abs()));
            assert_eq!(loudest, 0.0, "{phase:?} {hz:?}");
        }
    }
}

#[test]
fn a_mono_signal_is_the_left_of_a_stereo_one() {
    let input = noise(9000, 3);
    for phase in PHASES {
        let hz = [200.0, 2000.0];
        let stereo = divide(&mut crossover(phase, 48_000.0, Instructions::current(), &hz), &input, &[64], &[]);
        let mut mono = Crossover::default();
        mono.prepare(&Spec { sample_rate: 48_000.0, max_block: 64, channels: 1 }, phase).unwrap();
        mono.set(3, &hz);
        let mut bands = Bands::default();
        for (place, part) in input[0].chunks(64).enumerate() {
            mono.split(&[part], &mut bands);
            let range = 64 * place..64 * place + part.len();
            let expected = stereo.bands.iter().map(|band| &band[0][range.clone()]);
            for (found, expected) in bands.band[..bands.count].iter().zip(expected) {
                // Linear phase transforms both channels as one complex signal: their roundings mix, below -130 dBFS.
                assert!(super::distance(&found[0], expected) < 3e-7, "{phase:?}");
            }
        }
    }
}

#[test]
fn rates_and_channels_that_are_not_mastered_are_refused() {
    let mut crossover = Crossover::default();
    let spec = Spec { sample_rate: 48_000.0, max_block: 64, channels: 2 };
    for phase in PHASES {
        let slow = crossover.prepare(&Spec { sample_rate: 8000.0, ..spec }, phase);
        assert!(matches!(slow, Err(SpecError::SampleRate { .. })));
        let many = crossover.prepare(&Spec { channels: 3, ..spec }, phase);
        assert!(matches!(many, Err(SpecError::Channels { .. })));
    }
}
