//! The log of the programme against the readings of another meter that is asked after every hop.

use super::{assert_near, play, prepared};
use runout_dsp_core::loudness::{DISTRIBUTION_BIN_LU, DISTRIBUTION_FROM_LUFS, LogRow, Readings};
use runout_dsp_core::processor::Processor;
use runout_tests::music::music;
use runout_tests::signals::{noise, sine};

const RATE: f64 = 48_000.0;

/// The readings after every hop of 64 frames, as the rows of 100 ms that they make: at 48 kHz a tenth of a second is 75
/// hops, and the last of them closes its last slot of 10 ms.
fn rows_of(signal: &[Vec<f32>]) -> (Vec<LogRow>, Vec<Readings>) {
    const HOPS_A_ROW: usize = 75;
    let mut meter = prepared(RATE, signal.len());
    let mut readings = Vec::new();
    for hop in 0..signal[0].len() / 64 {
        let mut planes: Vec<Vec<f32>> =
            signal.iter().map(|channel| channel[hop * 64..(hop + 1) * 64].to_vec()).collect();
        let mut slices: Vec<&mut [f32]> = planes.iter_mut().map(Vec::as_mut_slice).collect();
        meter.process(&mut slices);
        readings.push(meter.readings());
    }
    let rows = readings.chunks_exact(HOPS_A_ROW).map(|row| {
        let last = row[HOPS_A_ROW - 1];
        // True peaks of the tenth alone are read from nine tenths of it on, and it is over with its last hop.
        let own_peaks = row[HOPS_A_ROW - 2].true_peak_now_dbtp.into_iter().chain(last.true_peak_now_dbtp);
        LogRow {
            // The first slot of a row closes within its eighth hop; until then the last of the row before is read.
            momentary_lufs: row[7..].iter().map(|read| read.momentary_lufs).fold(f64::NEG_INFINITY, f64::max) as f32,
            short_term_lufs: last.short_term_lufs as f32,
            integrated_lufs: last.integrated_lufs as f32,
            true_peak_dbtp: own_peaks.fold(f64::NEG_INFINITY, f64::max) as f32,
        }
    });
    (rows.collect(), readings)
}

#[test]
fn every_row_is_what_was_read_in_its_tenth_of_a_second() {
    let signal = music(21, RATE, 9.0, 2);
    let (expected, _) = rows_of(&signal);
    let mut meter = prepared(RATE, 2);
    let mut reader = meter.take_log().expect("the first to ask gets it");
    assert!(meter.take_log().is_none(), "there is one reader");
    assert!(reader.read().rows.is_empty());
    play(&mut meter, &signal);
    let log = reader.read();
    assert_eq!(log.seconds_per_row, 0.1);
    assert_eq!(log.rows.len(), 90);
    for (number, (found, expected)) in log.rows.iter().zip(&expected).enumerate() {
        // The last hop of a tenth closes it: its own peak is read in the next one's readings and stands in this row.
        assert!(found.true_peak_dbtp >= expected.true_peak_dbtp, "row {number}: {found:?} {expected:?}");
        assert_eq!(LogRow { true_peak_dbtp: 0.0, ..*found }, LogRow { true_peak_dbtp: 0.0, ..*expected }, "{number}");
    }
    let highest = log.rows.iter().map(|row| row.true_peak_dbtp).fold(f32::NEG_INFINITY, f32::max);
    assert_eq!(highest, meter.readings().true_peak_max_dbtp() as f32);
    // From 3 s on, the short-term loudness of each row counts.
    let counted = &log.rows[29..];
    for (bin, count) in log.distribution.iter().enumerate() {
        let from = (DISTRIBUTION_FROM_LUFS + bin as f64 * DISTRIBUTION_BIN_LU) as f32;
        let to = from + DISTRIBUTION_BIN_LU as f32;
        let found = counted.iter().filter(|row| (from..to).contains(&row.short_term_lufs)).count();
        assert_eq!(*count as usize, found, "{from} LUFS");
    }
    assert_eq!(log.distribution.iter().sum::<u32>(), 61);
}

#[test]
fn a_pause_is_cut_out_of_the_log() {
    let signal = music(22, RATE, 6.0, 2);
    let halves = [0..140_000, 140_000..288_000]
        .map(|frames| signal.iter().map(|channel| channel[frames.clone()].to_vec()).collect::<Vec<_>>());
    let mut whole = prepared(RATE, 2);
    let mut expected = whole.take_log().unwrap();
    play(&mut whole, &signal);
    let mut meter = prepared(RATE, 2);
    let mut reader = meter.take_log().unwrap();
    play(&mut meter, &halves[0]);
    meter.controls().pause();
    let standing = reader.read().clone();
    play(&mut meter, &[noise(5, 1.0, 100_000), noise(6, 1.0, 100_000)]);
    assert_eq!(*reader.read(), standing);
    meter.controls().resume();
    play(&mut meter, &halves[1]);
    let (log, expected) = (reader.read(), expected.read());
    assert_eq!((&log.rows, &log.distribution), (&expected.rows, &expected.distribution));
}

#[test]
fn a_reset_empties_the_log_also_while_no_audio_runs() {
    let signal = [sine(1000.0, 0.5, 0.0, RATE, 240_000)];
    let mut meter = prepared(RATE, 1);
    let mut reader = meter.take_log().unwrap();
    play(&mut meter, &signal);
    assert_eq!(reader.read().rows.len(), 50);
    meter.controls().reset();
    assert!(reader.read().rows.is_empty() && reader.read().distribution.iter().all(|count| *count == 0));
    play(&mut meter, &signal);
    assert_eq!(reader.read().rows.len(), 50, "the new programme alone");
    meter.reset();
    assert!(reader.read().rows.is_empty(), "the host's reset");
    play(&mut meter, &signal);
    meter.prepare(&runout_dsp_core::processor::Spec { sample_rate: 8000.0, max_block: 4096, channels: 1 }).unwrap();
    assert!(reader.read().rows.is_empty(), "another rate");
    play(&mut meter, &[sine(1000.0, 0.5, 0.0, 8000.0, 8000)]);
    assert_eq!(reader.read().rows.len(), 10, "it outlives prepare");
}

#[test]
fn twenty_minutes_stand_in_longer_rows_and_keep_their_extremes() {
    const LOW_RATE: f64 = 8000.0;
    let mut meter = prepared(LOW_RATE, 1);
    let mut reader = meter.take_log().unwrap();
    // A minute at -30 dBFS, twenty times, but half a second at -6 dBFS after 10.5 of them.
    let minute = sine(1000.0, 10f64.powf(-30.0 / 20.0), 0.0, LOW_RATE, 480_000);
    let mut accented = minute.clone();
    accented[240_000..244_000].copy_from_slice(&sine(1000.0, 10f64.powf(-6.0 / 20.0), 0.0, LOW_RATE, 4000));
    for number in 0..20 {
        play(&mut meter, std::slice::from_ref(if number == 10 { &accented } else { &minute }));
    }
    let log = reader.read();
    // 12000 tenths in at most 4095 rows: four to a row.
    assert_eq!((log.seconds_per_row, log.rows.len()), (0.4, 3000));
    let peak = log.rows.iter().position(|row| row.true_peak_dbtp > -20.0).unwrap();
    assert_eq!(peak, (10.5 * 60.0 / 0.4) as usize);
    let momentary = log.rows.iter().map(|row| row.momentary_lufs).fold(f32::NEG_INFINITY, f32::max);
    assert_eq!(momentary, meter.readings().momentary_max_lufs as f32);
    let last = log.rows.last().unwrap();
    assert_eq!(last.integrated_lufs, meter.readings().integrated_lufs as f32);
    // 1 kHz reads 3.01 dB less than its peak and 0.03 dB more than 997 Hz (the weighting's slope there).
    assert_near("short-term", f64::from(last.short_term_lufs), -33.0, 0.1);
    assert_eq!(log.distribution.iter().sum::<u32>(), 12_000 - 29);
}
