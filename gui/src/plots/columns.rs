//! The rows of a programme's log, merged to what a plot can show.
//!
//! Rows are merged in groups that lie on a fixed grid of the programme, so that a picture that grows or is moved does
//! not flicker: a group's values never depend on the span on show.

use runout_dsp_core::loudness::{LogRow, ProgrammeLog};

use super::time_span::TimeSpan;

/// The least distance between two bars of true peak, in points: 2 for the bar, 1 for the gap.
const LEAST_BAR_PT: f64 = 3.0;

/// How many seconds a bar of true peak may stand for.
const BAR_SECONDS: [u32; 16] = [1, 2, 3, 4, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1_800, 3_600, 21_600];

/// What the rows under one column came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Where the last of its rows ends, s.
    pub time_s: f64,
    /// Its rows: momentary loudness and true peak are the highest, short-term and integrated loudness the last.
    pub row: LogRow,
}

/// A bar of true peak.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeakBar {
    /// Where it begins, s; all bars of a picture are equally long.
    pub from_s: f64,
    /// Highest true peak within it, dBTP.
    pub true_peak_dbtp: f32,
}

/// How long the logged programme is, s.
pub fn programme_s(log: &ProgrammeLog) -> f64 {
    log.rows.len() as f64 * log.seconds_per_row
}

/// How many rows share a column: the least power of two that leaves at most one column a point.
pub fn rows_per_column(span: TimeSpan, seconds_per_row: f64, width_pt: f32) -> usize {
    let rows_per_point = span.length_s() / seconds_per_row / f64::from(width_pt.max(1.0));
    (rows_per_point.ceil().max(1.0) as usize).next_power_of_two()
}

/// The columns of a span drawn on `width_pt`, with one more beyond each of its ends, so that a line reaches both edges.
pub fn columns(log: &ProgrammeLog, span: TimeSpan, width_pt: f32) -> impl Iterator<Item = Column> {
    let group = rows_per_column(span, log.seconds_per_row, width_pt);
    let seconds_per_column = group as f64 * log.seconds_per_row;
    let first = ((span.from_s / seconds_per_column).floor() as usize).saturating_sub(1);
    let last = (span.to_s / seconds_per_column).ceil() as usize;
    let groups = log.rows.chunks(group).enumerate().skip(first).take(last + 1 - first.min(last));
    groups.filter_map(move |(index, rows)| {
        let rows_before = index * group + rows.len();
        Some(Column { time_s: rows_before as f64 * log.seconds_per_row, row: merged(rows)? })
    })
}

/// The row that ends the tenth or so of a second that a time lies in; `None` beyond the programme.
pub fn row_at(log: &ProgrammeLog, time_s: f64) -> Option<&LogRow> {
    (time_s >= 0.0).then(|| log.rows.get((time_s / log.seconds_per_row) as usize)).flatten()
}

/// How many seconds each bar of true peak stands for, in whole seconds and at least a row's.
pub fn seconds_per_bar(span: TimeSpan, seconds_per_row: f64, width_pt: f32) -> u32 {
    let least_s = (span.length_s() * LEAST_BAR_PT / f64::from(width_pt.max(1.0))).max(seconds_per_row);
    let longest = BAR_SECONDS[BAR_SECONDS.len() - 1];
    let found = BAR_SECONDS.into_iter().find(|seconds| f64::from(*seconds) >= least_s);
    found.unwrap_or_else(|| (least_s / f64::from(longest)).ceil() as u32 * longest)
}

/// The bars of true peak of a span, each `seconds_per_bar` long; a row counts where its middle lies.
pub fn peak_bars(log: &ProgrammeLog, span: TimeSpan, seconds_per_bar: u32) -> impl Iterator<Item = PeakBar> {
    let bar_s = f64::from(seconds_per_bar);
    let row_s = log.seconds_per_row;
    // The first row whose middle lies at or after a time.
    let row_from = move |time_s: f64| ((time_s / row_s - 0.5).ceil().max(0.0) as usize).min(log.rows.len());
    let first = (span.from_s / bar_s).floor().max(0.0) as usize;
    let last = (span.to_s / bar_s).ceil() as usize;
    (first..last).filter_map(move |bar| {
        let from_s = bar as f64 * bar_s;
        let rows = &log.rows[row_from(from_s)..row_from(from_s + bar_s)];
        Some(PeakBar { from_s, true_peak_dbtp: merged(rows)?.true_peak_dbtp })
    })
}

/// What several rows came to; `None` of no rows.
fn merged(rows: &[LogRow]) -> Option<LogRow> {
    rows.iter().copied().reduce(|sum, row| LogRow {
        momentary_lufs: sum.momentary_lufs.max(row.momentary_lufs),
        true_peak_dbtp: sum.true_peak_dbtp.max(row.true_peak_dbtp),
        ..row
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log whose row k has a momentary loudness of -(k mod 100), short-term one less, integrated two less.
    fn log(rows: usize, seconds_per_row: f64) -> ProgrammeLog {
        let row = |index: usize| {
            let momentary_lufs = -((index % 100) as f32);
            LogRow {
                momentary_lufs,
                short_term_lufs: momentary_lufs - 1.0,
                integrated_lufs: momentary_lufs - 2.0,
                true_peak_dbtp: momentary_lufs + 10.0,
            }
        };
        ProgrammeLog { rows: (0..rows).map(row).collect(), seconds_per_row, distribution: Vec::new(), generation: 1 }
    }

    fn span(from_s: f64, to_s: f64) -> TimeSpan {
        TimeSpan { from_s, to_s }
    }

    #[test]
    fn there_is_at_most_one_column_a_point_and_at_least_one_every_other() {
        for (rows, width_pt) in [(600, 490.0), (4096, 490.0), (2048, 241.0), (100, 490.0)] {
            let log = log(rows, 0.1);
            let whole = span(0.0, programme_s(&log));
            let count = columns(&log, whole, width_pt).count();
            assert!(count as f32 <= width_pt + 1.0, "{count} columns of {rows} rows on {width_pt} pt");
            assert!(count as f32 >= (width_pt / 2.0).min(rows as f32) - 1.0, "{count} columns of {rows} rows");
        }
    }

    #[test]
    fn a_column_holds_the_highest_of_what_peaks_and_the_last_of_the_rest() {
        let log = log(400, 0.1);
        let columns: Vec<Column> = columns(&log, span(0.0, 40.0), 100.0).collect();
        assert_eq!(columns.len(), 100);
        let third = columns[2];
        assert!((third.time_s - 1.2).abs() < 1e-12);
        assert_eq!((third.row.momentary_lufs, third.row.true_peak_dbtp), (-8.0, 2.0));
        assert_eq!((third.row.short_term_lufs, third.row.integrated_lufs), (-12.0, -13.0));
    }

    #[test]
    fn columns_do_not_change_when_the_span_moves_or_the_programme_grows() {
        let (short, long) = (log(1_000, 0.1), log(1_037, 0.1));
        let inner = |log: &ProgrammeLog, from_s: f64| -> Vec<Column> {
            let all = columns(log, span(from_s, from_s + 50.0), 200.0);
            all.filter(|column| (40.0..60.0).contains(&column.time_s)).collect()
        };
        assert_eq!(inner(&short, 20.0), inner(&long, 20.0));
        assert_eq!(inner(&short, 20.0), inner(&short, 23.1));
        assert!(!inner(&short, 20.0).is_empty());
    }

    #[test]
    fn a_line_reaches_both_edges_of_a_zoomed_span() {
        let log = log(1_000, 0.1);
        let columns: Vec<Column> = columns(&log, span(33.3, 44.4), 490.0).collect();
        assert!(columns[0].time_s <= 33.3 && columns[columns.len() - 1].time_s >= 44.4);
        assert!(columns.len() < 120);
    }

    #[test]
    fn bars_are_whole_seconds_wide_enough_to_be_seen() {
        assert_eq!(seconds_per_bar(span(0.0, 60.0), 0.1, 490.0), 1);
        assert_eq!(seconds_per_bar(span(0.0, 222.0), 0.1, 490.0), 2);
        assert_eq!(seconds_per_bar(span(0.0, 10.0), 25.6, 490.0), 30);
        let day = span(0.0, 86_400.0);
        assert!(490.0 / 86_400.0 * f64::from(seconds_per_bar(day, 25.6, 490.0)) >= LEAST_BAR_PT);
        assert!(seconds_per_bar(span(0.0, 3e8), 25.6, 490.0) > 21_600);
    }

    #[test]
    fn every_row_is_in_one_bar() {
        for (rows, seconds_per_row, bar) in [(1_000, 0.1, 1), (900, 1.6, 2), (37, 0.1, 1)] {
            let mut log = log(rows, seconds_per_row);
            let last = rows - 1;
            log.rows[last].true_peak_dbtp = 99.0;
            let bars: Vec<PeakBar> = peak_bars(&log, span(0.0, programme_s(&log)), bar).collect();
            let expected = (programme_s(&log) / f64::from(bar)).ceil() as usize;
            assert!(bars.len().abs_diff(expected) <= 1, "{} bars of {expected}", bars.len());
            assert_eq!(bars.iter().filter(|bar| bar.true_peak_dbtp == 99.0).count(), 1);
            assert_eq!(bars[0].true_peak_dbtp, 10.0);
        }
    }

    #[test]
    fn the_pointer_reads_the_row_it_is_on() {
        let log = log(50, 0.1);
        assert_eq!(row_at(&log, 0.25).map(|row| row.momentary_lufs), Some(-2.0));
        assert!(row_at(&log, 5.01).is_none() && row_at(&log, -0.1).is_none());
    }
}
