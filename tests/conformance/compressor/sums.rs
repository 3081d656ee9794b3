//! What the bands sum to: the answer to an impulse, for every order and spacing of crossovers, at every mix.

use runout_dsp_core::settings::{CompressorBand, CompressorParams, CompressorPhase};

use super::{amplitude, answer, decibels, divided};

const RATE: f64 = 48_000.0;

/// How far the magnitude of an answer is from a gain, dB, at most.
fn farthest_db(answer: &[f32], gain: f64) -> f64 {
    let amplitudes = super::amplitudes(answer);
    let magnitude = |bin: &f64| bin * answer.len() as f64 / 2.0;
    amplitudes.iter().map(|bin| decibels(magnitude(bin) / gain).abs()).fold(0.0, f64::max)
}

/// Every order of some numbers.
fn orders(numbers: &[f32]) -> Vec<Vec<f32>> {
    if numbers.len() < 2 {
        return vec![numbers.to_vec()];
    }
    let with_first = |place: usize| {
        let mut rest = numbers.to_vec();
        let first = rest.remove(place);
        orders(&rest).into_iter().map(move |order| [vec![first], order].concat())
    };
    (0..numbers.len()).flat_map(with_first).collect()
}

/// Far apart, close together, at the ends of what can be set, and equal.
const SPACINGS_HZ: [&[f32]; 6] = [
    &[120.0, 500.0, 2000.0, 6000.0, 12_000.0],
    &[900.0, 1000.0, 1100.0, 1250.0],
    &[20.0, 21.0, 20_000.0],
    &[700.0, 700.0, 700.0],
    &[20.0, 200.0],
    &[3000.0],
];

/// Bands that all raise by 5 dB and do nothing else: what they sum to is heard at that gain.
fn raised(phase: CompressorPhase, crossovers_hz: &[f32]) -> CompressorParams {
    divided(phase, crossovers_hz, CompressorBand { makeup_db: 5.0, ..CompressorBand::default() })
}

#[test]
fn minimum_bands_sum_to_an_all_pass_whatever_their_order_and_spacing() {
    let (mut worst, gain) = (0f64, amplitude(5.0));
    for crossovers_hz in SPACINGS_HZ.iter().flat_map(|spacing| orders(spacing)) {
        let error_db = farthest_db(&answer(&raised(CompressorPhase::Minimum, &crossovers_hz), RATE).0, gain);
        assert!(error_db < 0.01, "{crossovers_hz:?} Hz: {error_db} dB");
        worst = worst.max(error_db);
    }
    println!("minimum bands: an all-pass within {worst:.1e} dB");
}

#[test]
fn linear_bands_sum_to_a_constant_delay_whatever_their_order_and_spacing() {
    let (mut worst, gain) = (0f64, amplitude(5.0));
    let mut latencies = Vec::new();
    for crossovers_hz in SPACINGS_HZ.iter().flat_map(|spacing| orders(spacing)) {
        let (mut answer, latency) = answer(&raised(CompressorPhase::Linear, &crossovers_hz), RATE);
        let error_db = farthest_db(&answer, gain);
        assert!(error_db < 0.001, "{crossovers_hz:?} Hz: {error_db} dB");
        worst = worst.max(error_db);
        // Beside the sample at the delay there is nothing: -120 dB are the roundings of six bands.
        answer[latency] -= gain as f32;
        let beside = answer.iter().fold(0f32, |most, sample| most.max(sample.abs()));
        assert!(beside < 1e-6, "{crossovers_hz:?} Hz: {beside} beside the delayed impulse");
        latencies.push(latency);
    }
    assert!(latencies.windows(2).all(|pair| pair[0] == pair[1]), "{latencies:?}");
    println!("linear bands: a delay of {} frames within {worst:.1e} dB", latencies[0]);
}

#[test]
fn no_mix_of_dry_and_wet_combs() {
    let crossovers_hz = [120.0, 1000.0, 5000.0];
    for phase in super::PHASES {
        for mix in [0.0, 0.25, 0.5, 0.75, 1.0] {
            for of_the_whole in [true, false] {
                let mut params = raised(phase, &crossovers_hz);
                if of_the_whole {
                    params.mix = mix;
                } else {
                    params.band.iter_mut().for_each(|band| band.mix = mix);
                }
                let gain = 1.0 + f64::from(mix) * (amplitude(5.0) - 1.0);
                let error_db = farthest_db(&answer(&params, RATE).0, gain);
                assert!(error_db < 0.01, "{phase:?}, {mix} of the whole ({of_the_whole}): {error_db} dB");
            }
        }
    }
}

#[test]
fn the_dynamic_kind_delays_nothing_and_its_equal_gains_are_one_gain() {
    for crossovers_hz in SPACINGS_HZ {
        let (answer, latency) = answer(&raised(CompressorPhase::Dynamic, crossovers_hz), RATE);
        assert_eq!(latency, 0);
        assert!((f64::from(answer[0]) - amplitude(5.0)).abs() < 1e-6, "{}", answer[0]);
        assert!(answer[1..].iter().all(|sample| sample.abs() < 1e-6), "{crossovers_hz:?} Hz");
    }
}
