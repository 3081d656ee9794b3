//! What is gathered beside loudness, by brute force, and what must never disturb a reading.

use super::{assert_near, measured, play, play_in_blocks, prepared};
use runout_dsp_core::processor::{Processor, Spec, SpecError};
use runout_tests::music::music;
use runout_tests::signals::{in_channels, noise, scaled, sine};

const RATE: f64 = 48_000.0;

#[test]
fn a_file_of_one_second_has_two_of_silence_before_it() {
    let tone = sine(1000.0, 10f64.powf(-23.0 / 20.0), 0.0, RATE, 48_000);
    let read = measured(&in_channels(&tone, 2), RATE);
    // -23 LUFS over a third of the window: 4.77 LU less. 0.02 LU: the filter's first milliseconds.
    assert_near("S", read.short_term_lufs, -23.0 - 10.0 * 3f64.log10(), 0.02);
    assert_near("highest S", read.short_term_max_lufs, read.short_term_lufs, 0.0);
    assert_near("M", read.momentary_lufs, -23.0, 0.02);
    assert_near("I", read.integrated_lufs, -23.0, 0.02);
    assert_eq!(read.loudness_range.range_lu, 0.0, "no short-term window lies within the file");
    assert!(!read.loudness_range.settled);
}

#[test]
fn windows_move_by_ten_milliseconds() {
    // A burst of 400 ms that begins at an odd time: the highest M misses at most 10 ms of it, 0.11 LU.
    for start in [0, 1_111, 7_003, 12_345] {
        let mut signal = vec![0.0; start];
        signal.extend(sine(1000.0, 0.1, 0.0, RATE, 19_200));
        signal.extend(vec![0.0; 48_000]);
        let read = measured(&in_channels(&signal, 2), RATE);
        assert!((-20.12..=-19.98).contains(&read.momentary_max_lufs), "{}", read.momentary_max_lufs);
    }
}

#[test]
fn an_unfinished_block_is_dropped() {
    let quiet = sine(1000.0, 0.01, 0.0, RATE, 48_000);
    let mut longer = quiet.clone();
    longer.extend(sine(1000.0, 1.0, 0.0, RATE, 4_799));
    let (read, dropped) = (measured(&[quiet], RATE), measured(&[longer], RATE));
    assert_eq!(dropped.integrated_lufs, read.integrated_lufs, "the last 99.98 ms end no gating block");
    assert!(dropped.true_peak_max_dbtp() > -0.1, "but peaks count");
    assert!(measured(&[vec![0.1; 19_199]], RATE).integrated_lufs == f64::NEG_INFINITY);
}

#[test]
fn sums_and_peaks_are_those_of_brute_force() {
    let mut signal = music(21, RATE, 7.0 + 13.0 / RATE, 2);
    signal[0].iter_mut().for_each(|sample| *sample += 0.01);
    signal[1].iter_mut().for_each(|sample| *sample -= 0.002);
    let read = measured(&signal, RATE);
    let exact = |channel: usize| signal[channel].iter().map(|sample| f64::from(*sample));
    let product: f64 = exact(0).zip(exact(1)).map(|(left, right)| left * right).sum();
    let squares = [0, 1].map(|channel| exact(channel).map(|x| x * x).sum::<f64>());
    // 1e-12: the order in which f64 are summed.
    assert_near("correlation", read.correlation.unwrap(), product / (squares[0] * squares[1]).sqrt(), 1e-12);
    for channel in 0..2 {
        assert_near("dc", read.dc_offset[channel], exact(channel).sum::<f64>() / signal[0].len() as f64, 1e-12);
        let peak = exact(channel).map(f64::abs).fold(0.0, f64::max);
        assert_eq!(read.sample_peak_dbfs[channel], 20.0 * peak.log10());
        assert!(read.true_peak_dbtp[channel] >= read.sample_peak_dbfs[channel]);
    }
    assert_eq!(read.frames as usize, signal[0].len());
    assert_near("PLR", read.plr_lu.unwrap(), read.true_peak_max_dbtp() - read.integrated_lufs, 1e-12);
}

#[test]
fn correlation_now_forgets_after_400_ms() {
    let left = noise(31, 0.5, 96_000);
    let mut right = left.clone();
    right[48_000..].iter_mut().for_each(|sample| *sample = -*sample);
    let mut meter = prepared(RATE, 2);
    play(&mut meter, &[left[..48_000].to_vec(), right[..48_000].to_vec()]);
    assert_near("in phase", meter.readings().correlation_now.unwrap(), 1.0, 1e-12);
    play(&mut meter, &[left[48_000..].to_vec(), right[48_000..].to_vec()]);
    assert_near("out of phase", meter.readings().correlation_now.unwrap(), -1.0, 1e-12);
    // The noise's two halves differ in energy by about a percent.
    assert_near("in all", meter.readings().correlation.unwrap(), 0.0, 0.02);
    assert_eq!(measured(&[left], RATE).correlation, None, "of mono there is none");
    assert_eq!(measured(&in_channels(&[0.0; 9_600], 2), RATE).correlation, None, "nor of silence");
}

#[test]
fn peak_to_short_term_ratio_is_read_where_it_counts() {
    // 4 s of a steady tone, 4 s of it with a click each second, 4 s at -60 dBFS, where the ratio does not count.
    let mut signal = sine(1000.0, 0.1, 90.0, RATE, 12 * 48_000);
    for second in 4..8 {
        signal[second * 48_000] = 1.0;
    }
    signal[8 * 48_000..].iter_mut().for_each(|sample| *sample *= 0.01);
    let mut meter = prepared(RATE, 1);
    play(&mut meter, &[signal[..4 * 48_000].to_vec()]);
    let steady = meter.readings();
    // A sine of -20 dBFS reads -23.0 LUFS in one channel; its short-term true peak is -20.0 dBTP.
    assert_near("PSR", steady.psr_lu.unwrap(), 3.0, 0.05);
    assert_near("least PSR", steady.psr_min_lu.unwrap(), steady.psr_lu.unwrap(), 0.01);
    play(&mut meter, &[signal[4 * 48_000..8 * 48_000].to_vec()]);
    let clicks = meter.readings();
    assert!(clicks.psr_lu.unwrap() > 22.0 && clicks.true_peak_short_term_dbtp >= 0.0);
    assert_eq!(clicks.psr_min_lu, steady.psr_min_lu, "the least is held");
    play(&mut meter, &[signal[8 * 48_000..].to_vec()]);
    assert_near("PSR", meter.readings().psr_lu.unwrap(), 3.0, 0.05);
    assert_eq!(meter.readings().psr_min_lu, steady.psr_min_lu, "-63 LUFS is below -40");
}

#[test]
fn the_latest_true_peak_falls_after_200_ms() {
    let mut meter = prepared(RATE, 2);
    let mut signal = sine(1000.0, 0.5, 0.0, RATE, 24_000);
    signal.extend(sine(1000.0, 0.05, 0.0, RATE, 24_000));
    let mut read = Vec::new();
    for block in signal.chunks(480) {
        play(&mut meter, &in_channels(block, 2));
        read.push(meter.readings().true_peak_now_dbtp[1]);
    }
    // 0.1 dB: the tone begins and steps abruptly.
    assert!(read[2..50].iter().all(|peak| (peak + 6.02).abs() < 0.1), "{read:?}");
    // 200 ms, and 2 ms of hop and interpolator.
    assert!(read[71..].iter().all(|peak| (peak + 26.02).abs() < 0.1), "{read:?}");
    assert_eq!(meter.readings().true_peak_dbtp[0], read.iter().copied().fold(-999.0, f64::max), "the highest is held");
}

#[test]
fn what_is_no_sample_counts_as_silence_and_everything_recovers() {
    let clean = music(41, RATE, 6.0, 2);
    let mut silenced = clean.clone();
    let mut spoiled = clean.clone();
    for (index, place) in (1_000..200_000).step_by(9_973).enumerate() {
        silenced[index % 2][place] = 0.0;
        spoiled[index % 2][place] = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30, -2e6][index % 5];
    }
    let mut meter = prepared(RATE, 2);
    let mut planes = spoiled.clone();
    let mut slices: Vec<&mut [f32]> = planes.iter_mut().map(Vec::as_mut_slice).collect();
    meter.process(&mut slices);
    meter.finish();
    assert_eq!(meter.readings(), measured(&silenced, RATE));
    let bits = |signal: &[Vec<f32>]| signal.iter().flatten().map(|sample| sample.to_bits()).collect::<Vec<_>>();
    assert!(bits(&planes) == bits(&spoiled), "the audio passes as it came");
}

#[test]
fn silence_is_negative_infinity_and_nothing_is_known_of_it() {
    for channels in [1, 2, 6, 12] {
        let read = measured(&vec![vec![0.0; 200_000]; channels], RATE);
        let mut expected = runout_dsp_core::loudness::Readings::silent(channels);
        expected.frames = 200_000;
        assert_eq!(read, expected);
    }
}

#[test]
fn the_loudest_input_gives_finite_readings() {
    for rate in [8_000.0, 384_000.0] {
        for channels in [1, 12] {
            let square: Vec<f32> = (0..40_000).map(|frame| if frame / 5 % 2 == 0 { 1e6 } else { -1e6 }).collect();
            let read = measured(&in_channels(&square, channels), rate);
            assert!((119.9..140.0).contains(&read.true_peak_max_dbtp()) && read.sample_peak_max_dbfs() == 120.0);
            assert!(read.momentary_max_lufs < 140.0 && read.short_term_max_lufs > 80.0, "{read:?}");
            assert!(read.psr_lu.unwrap().is_finite() && read.dc_offset[0].is_finite());
        }
    }
}

#[test]
fn only_what_can_be_measured_is_prepared() {
    let mut meter = prepared(RATE, 2);
    let tone = in_channels(&sine(1000.0, 0.5, 0.0, RATE, 9_600), 2);
    play(&mut meter, &tone);
    let before = meter.readings();
    for (sample_rate, channels) in [(7_999.0, 2), (384_001.0, 2), (f64::NAN, 2), (RATE, 3), (RATE, 0)] {
        assert!(meter.prepare(&Spec { sample_rate, max_block: 64, channels }).is_err(), "{sample_rate} {channels}");
    }
    let refused = meter.prepare(&Spec { sample_rate: RATE, max_block: 64, channels: 5 });
    assert_eq!(refused, Err(SpecError::Channels { found: 5, allowed: vec![1, 2, 6, 12] }));
    assert_eq!(meter.readings(), before, "a refused meter is as before");
    assert_eq!(meter.latency(), 0);
    play_in_blocks(&mut meter, &[], [0]);
}

#[test]
fn the_lowest_correlation_is_that_of_what_can_be_heard() {
    let left = noise(32, 0.5, 96_000);
    let opposite: Vec<f32> = left.iter().map(|sample| -sample).collect();
    let mut meter = prepared(RATE, 2);
    let mut lowest = |signal: &[Vec<f32>]| {
        play(&mut meter, signal);
        meter.readings().correlation_min
    };
    assert_eq!(lowest(&in_channels(&[0.0; 9_600], 2)), None);
    assert_near("in phase", lowest(&[left.clone(), left.clone()]).unwrap(), 1.0, 1e-12);
    // 60 dB down; what is left of the loud part in the window weighs a million times as much.
    let whisper = scaled(&[left.clone(), opposite.clone()], 1e-3);
    assert_near("inaudible", lowest(&whisper).unwrap(), 1.0, 1e-3);
    assert_near("out of phase", lowest(&[left.clone(), opposite]).unwrap(), -1.0, 1e-12);
    assert_near("kept", lowest(&[left.clone(), left]).unwrap(), -1.0, 1e-12);
}
