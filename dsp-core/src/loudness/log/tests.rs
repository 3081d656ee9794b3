//! The log's two ends against each other; the meter's side is asked in `tests/conformance`.

use std::sync::atomic::AtomicBool;
use std::thread;

use super::*;

fn ends() -> (LogWriter, LogReader, MeterControls) {
    let controls = MeterControls::default();
    let (writer, reader) = programme_log(controls.clone(), 0);
    (writer, reader, controls)
}

/// The tenth of a second of this number, by which each of its values can be told.
fn tenth(number: usize) -> LogRow {
    let number = number as f32;
    LogRow {
        momentary_lufs: number,
        short_term_lufs: number % 79.0 - 69.0,
        integrated_lufs: number + 0.5,
        true_peak_dbtp: -number,
    }
}

/// What must stand in a row of `tenths` after so many rows.
fn expected(row: usize, tenths: usize) -> LogRow {
    let (first, last) = (row * tenths, (row + 1) * tenths - 1);
    LogRow { true_peak_dbtp: -(first as f32), ..tenth(last) }
}

#[test]
fn a_programme_longer_than_the_rows_is_kept_whole_in_longer_rows() {
    let (mut writer, mut reader, _) = ends();
    for number in 0..20_000 {
        writer.add(tenth(number), true);
        if [1, 4095, 4096, 4097, 8191, 8192, 12_345, 16_384, 20_000].contains(&(number + 1)) {
            let log = reader.read();
            let tenths = (log.seconds_per_row / 0.1).round() as usize;
            assert_eq!(log.rows.len(), (number + 1) / tenths);
            assert!(log.rows.len() < LOG_ROWS && (tenths == 1 || log.rows.len() >= LOG_ROWS / 2));
            for (row, found) in log.rows.iter().enumerate() {
                assert_eq!(*found, expected(row, tenths), "row {row} of {tenths} tenths");
            }
            assert_eq!(log.distribution.iter().sum::<u32>() as usize, number + 1);
        }
    }
    assert_eq!(reader.read().seconds_per_row, 0.8);
}

#[test]
fn loudness_falls_into_bins_of_half_a_unit() {
    let (mut writer, mut reader, _) = ends();
    let levels = [(-69.99, 0), (-69.5, 1), (-23.26, 93), (-23.0, 94), (9.99, 159), (10.0, 159), (60.0, 159)];
    for (short_term_lufs, bin) in levels {
        let before = reader.read().distribution[bin];
        writer.add(LogRow { short_term_lufs, ..tenth(0) }, true);
        assert_eq!(reader.read().distribution[bin], before + 1, "{short_term_lufs} LUFS");
    }
    writer.add(tenth(0), false);
    assert_eq!(reader.read().distribution.iter().sum::<u32>() as usize, levels.len());
    assert_eq!(reader.read().distribution.len(), DISTRIBUTION_BINS);
    assert_eq!(DISTRIBUTION_FROM_LUFS + DISTRIBUTION_BINS as f64 * DISTRIBUTION_BIN_LU, 10.0);
}

/// Ends the other thread, also where an assertion of this one fails.
struct SetWhenDropped<'a>(&'a AtomicBool);

impl Drop for SetWhenDropped<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn both_ends_at_once_never_show_halves() {
    const READS: usize = 300;
    let (mut writer, mut reader, controls) = ends();
    let enough = AtomicBool::new(false);
    let (written, programmes) = thread::scope(|scope| {
        let writing = scope.spawn(|| {
            let mut written = 0;
            while !enough.load(Ordering::Relaxed) {
                // Programmes long enough to be merged twice.
                let number = written % 10_000;
                if number == 0 {
                    controls.reset();
                    writer.clear(controls.pressed().resets);
                }
                writer.add(tenth(number), true);
                written += 1;
                // A copy takes longer than a row: room for some to succeed, and for many to meet the writer.
                (0..written % 500).for_each(|_| std::hint::spin_loop());
            }
            written
        });
        let ending = SetWhenDropped(&enough);
        let (mut generation, mut reads, mut programmes, mut length_s) = (0, 0, 0, 0.0);
        while reads < READS {
            let log = reader.read();
            if log.generation == generation {
                continue;
            }
            generation = log.generation;
            reads += 1;
            let now_s = log.seconds_per_row * log.rows.len() as f64;
            programmes += usize::from(now_s < length_s);
            length_s = now_s;
            let tenths = (log.seconds_per_row / 0.1).round() as usize;
            for (row, found) in log.rows.iter().enumerate() {
                assert_eq!(*found, expected(row, tenths), "row {row} of {tenths} tenths");
            }
            // Those of the unfinished row are counted already.
            let counted = log.distribution.iter().sum::<u32>() as usize;
            assert!(counted >= log.rows.len() * tenths && counted < (log.rows.len() + 1) * tenths);
        }
        drop(ending);
        (writing.join().unwrap(), programmes)
    });
    println!("{READS} logs read while {written} tenths of {programmes} programmes were written");
}

#[test]
fn a_reset_empties_the_log_at_once_also_before_it_is_obeyed() {
    let (mut writer, mut reader, controls) = ends();
    (0..5000).for_each(|number| writer.add(tenth(number), true));
    let before = reader.read().clone();
    assert_eq!(before.rows.len(), 2500);
    controls.reset();
    let emptied = reader.read().clone();
    assert_ne!(emptied.generation, before.generation);
    assert_eq!(emptied, ProgrammeLog { generation: emptied.generation, ..ProgrammeLog::new() });
    // What the audio thread adds before it has seen the press belongs to the programme that is over.
    writer.add(tenth(5000), true);
    assert_eq!(*reader.read(), emptied);
    writer.clear(controls.pressed().resets);
    writer.add(tenth(7), true);
    let log = reader.read();
    assert_eq!((log.rows.as_slice(), log.seconds_per_row), ([tenth(7)].as_slice(), 0.1));
    assert_eq!(log.distribution.iter().sum::<u32>(), 1);
}

#[test]
fn nothing_new_is_the_same_generation() {
    let (mut writer, mut reader, _) = ends();
    writer.add(tenth(0), true);
    let generation = reader.read().generation;
    assert_eq!(reader.read().generation, generation);
    writer.add(tenth(1), true);
    assert_ne!(reader.read().generation, generation);
}
