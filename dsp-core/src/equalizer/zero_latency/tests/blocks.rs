//! Bits: those of the input where there is nothing to do, and the same however the stream is cut.

use super::{Stereo, band, noise, params, played};
use crate::dispatch::Instructions;
use crate::settings::{BandChannel, BandShape, CutSlope, EqualizerBand, EqualizerParams};

const SAMPLE_RATE: f64 = 48_000.0;

/// Bands of every kind on every part, and what becomes of them.
fn course() -> Vec<(usize, EqualizerParams)> {
    let on = |channel: BandChannel, of: EqualizerBand| EqualizerBand { channel, ..of };
    let cut = EqualizerBand { slope_db_per_oct: CutSlope::FortyEight, ..band(BandShape::LowCut, 90.0, 0.0, 1.0) };
    let first = params(&[
        cut,
        on(BandChannel::Mid, band(BandShape::Bell, 400.0, 4.0, 1.0)),
        on(BandChannel::Side, band(BandShape::HighShelf, 9000.0, -5.0, 0.7)),
        on(BandChannel::Left, band(BandShape::Notch, 3000.0, 0.0, 3.0)),
        on(BandChannel::Right, band(BandShape::Tilt, 800.0, 2.0, 1.0)),
        band(BandShape::Bell, 12_000.0, 6.0, 2.0),
        band(BandShape::Bell, 50.0, -6.0, 0.5),
    ]);
    let mut second = first;
    second.output_gain_db = -3.0;
    second.bands[2].frequency_hz = 5000.0;
    second.bands[4].channel = BandChannel::Stereo;
    second.bands[6].enabled = false;
    second.bands[10].gain_db = 0.0;
    second.bands[0].q = 3.0;
    let mut third = second;
    third.bands[0].slope_db_per_oct = CutSlope::Six;
    third.bands[12].shape = BandShape::BandPass;
    third.bands[2].gain_db = -4.0;
    vec![(0, first), (5001, second), (5303, third), (12_000, first)]
}

#[test]
fn the_cut_into_blocks_does_not_matter() {
    let input = noise(16_000, 1);
    for set in Instructions::available() {
        let expected = played(SAMPLE_RATE, set, &input, &[4096], &course());
        for blocks in [&[1][..], &[7], &[64], &[511], &[3, 60, 1, 64, 65, 2, 200]] {
            let found = played(SAMPLE_RATE, set, &input, blocks, &course());
            for (channel, (found, expected)) in found.iter().zip(&expected).enumerate() {
                let differs =
                    found.iter().zip(expected).position(|(found, expected)| found.to_bits() != expected.to_bits());
                assert_eq!(differs, None, "{set:?}, blocks {blocks:?}, channel {channel}");
            }
        }
    }
}

#[test]
fn sets_of_instructions_differ_below_minus_120_dbfs() {
    let input = noise(16_000, 2);
    let baseline = played(SAMPLE_RATE, Instructions::Baseline, &input, &[512], &course());
    for set in Instructions::available() {
        let found = played(SAMPLE_RATE, set, &input, &[512], &course());
        let largest = found.iter().flatten().zip(baseline.iter().flatten());
        let largest = largest.map(|(found, baseline)| (found - baseline).abs()).fold(0.0, f32::max);
        // -120 dBFS of samples up to 4.
        assert!(largest < 1e-6, "{set:?}: {largest:e}");
    }
}

fn bits(signal: &Stereo, from: usize) -> Vec<u32> {
    signal.iter().flat_map(|channel| channel[from..].iter().map(|sample| sample.to_bits())).collect()
}

#[test]
fn with_nothing_to_do_every_bit_stays() {
    let mut input = noise(6000, 3);
    input[0][3] = 1e-37;
    let loud = input.clone().map(|channel| channel.iter().map(|sample| 1e6 * sample).collect());
    let nothing = params(&[
        band(BandShape::Bell, 1000.0, 0.0, 1.0),
        band(BandShape::HighShelf, 9000.0, 0.0, 1.0),
        EqualizerBand { channel: BandChannel::Mid, ..band(BandShape::Tilt, 1000.0, 0.0, 1.0) },
        EqualizerBand { enabled: false, ..band(BandShape::LowCut, 1000.0, 0.0, 1.0) },
    ]);
    for signal in [input, loud] {
        let found = played(SAMPLE_RATE, Instructions::current(), &signal, &[100], &[(0, nothing)]);
        assert_eq!(bits(&found, 0), bits(&signal, 0));
    }
}

#[test]
fn a_band_that_becomes_neutral_leaves_every_bit_again() {
    let input = noise(48_000, 4);
    let active = params(&[band(BandShape::Bell, 30.0, 12.0, 40.0), band(BandShape::LowCut, 100.0, 0.0, 1.0)]);
    let mut neutral = active;
    neutral.bands[0].gain_db = 0.0;
    neutral.bands[2].enabled = false;
    let changes = [(0, active), (20_000, neutral)];
    let found = played(SAMPLE_RATE, Instructions::current(), &input, &[100], &changes);
    assert_ne!(bits(&found, 20_000)[..100], bits(&input, 20_000)[..100]);
    // The smoothing arrives within 170 ms; warm-up and fade take 30 ms.
    let same = bits(&found, 30_000).iter().zip(bits(&input, 30_000)).all(|(found, input)| *found == input);
    assert!(same);
}

#[test]
fn whatever_is_set_the_output_is_finite() {
    let loudest = |shape, frequency_hz| EqualizerParams {
        output_gain_db: 24.0,
        bands: [band(shape, frequency_hz, 30.0, 40.0); 24],
        ..EqualizerParams::default()
    };
    let input = noise(4000, 9).map(|channel| channel.iter().map(|sample| 1e6 * sample).collect());
    for frequency_hz in [10.0, 1000.0, 30_000.0] {
        for shape in [BandShape::Bell, BandShape::LowShelf, BandShape::HighCut, BandShape::Tilt] {
            let changes = [(0, loudest(shape, frequency_hz)), (2000, loudest(shape, 3000.0))];
            let found = played(SAMPLE_RATE, Instructions::current(), &input, &[64], &changes);
            assert!(found.iter().flatten().all(|sample| sample.is_finite()), "{shape:?} {frequency_hz} Hz");
        }
    }
}
