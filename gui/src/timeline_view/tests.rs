use runout_dsp_core::telemetry::{HistoryWriter, history};
use runout_dsp_core::timeline::Level;

use super::*;

const RATE: f32 = 48_000.0;

/// A hop in which both channels peak alike.
fn hop(peak: f32, unlimited: f32, gain_reduction_db: f32) -> TimelineFrame {
    let mut frame = TimelineFrame { gain_reduction_db, limiter_input_peak: unlimited, ..TimelineFrame::default() };
    frame.channels[..2].fill(Level { peak, power: peak * peak / 2.0 });
    frame
}

/// A view and the ends of its stream.
struct Stand {
    view: TimelineView,
    writer: HistoryWriter<TimelineFrame>,
    reader: HistoryReader<TimelineFrame>,
}

impl Stand {
    fn new() -> Self {
        let (writer, mut reader) = history(1024);
        reader.open();
        Self { view: TimelineView::default(), writer, reader }
    }

    /// Feeds hops in portions of 100; returns what was heard of the last.
    fn feed(&mut self, hops: impl IntoIterator<Item = TimelineFrame>, monitoring: Monitoring) -> Heard {
        let hops: Vec<TimelineFrame> = hops.into_iter().collect();
        let mut heard = Heard::default();
        for portion in hops.chunks(100) {
            portion.iter().for_each(|hop| self.writer.send(*hop));
            heard = self.view.take(&mut self.reader, RATE, monitoring);
        }
        heard
    }
}

#[test]
fn ten_seconds_are_seen_and_no_more() {
    let mut stand = Stand::new();
    assert!(stand.view.is_at_rest());
    stand.feed((0..20_000).map(|_| hop(0.5, 1.0, -6.0)), Monitoring::default());
    let columns: Vec<(f32, Column)> = stand.view.columns(usize::MAX).collect();
    // 7500 hops, 6 to a column, one at the edge and the one that is being filled.
    assert!((1250..=1252).contains(&columns.len()), "{}", columns.len());
    assert!(columns[0].0 < 0.001 && columns[0].0 > -0.002);
    assert!(columns.windows(2).all(|pair| pair[0].0 < pair[1].0));
    assert!(columns.last().unwrap().0 <= 1.0);
    for (_, column) in columns {
        assert!((column.output_db + 6.0206).abs() < 1e-3 && column.unlimited_db.abs() < 1e-3);
        assert_eq!(column.gain_reduction_db, -6.0);
    }
    assert_eq!(stand.view.deepest_db(), -6.0);
    assert!(!stand.view.is_at_rest());
}

#[test]
fn every_peak_is_seen_however_columns_are_joined_and_scrolls_without_changing() {
    let mut stand = Stand::new();
    let deep = |at: usize, hops: usize| (0..hops).map(move |n| hop(0.1, 0.1, if n == at { -9.0 } else { 0.0 }));
    stand.feed(deep(50, 1000), Monitoring::default());
    let seen = |view: &TimelineView, most| {
        let columns: Vec<(f32, Column)> = view.columns(most).collect();
        let deepest = columns.iter().filter(|(_, column)| column.gain_reduction_db == -9.0);
        let places: Vec<f32> = deepest.map(|(place, _)| *place).collect();
        assert_eq!(places.len(), 1, "one peak is one column");
        (places[0], columns.len())
    };
    for most in [2000, 620, 200, 7] {
        let (place, count) = seen(&stand.view, most);
        assert!(count <= most + 2, "{count} columns where {most} fit");
        // 950 hops ago of 7500, to half of a joined column.
        assert!((place - (1.0 - 950.0 / 7500.0)).abs() < 0.51 / most.min(1250) as f32 + 0.001, "{place}");
    }
    let before = seen(&stand.view, 620).0;
    stand.feed(deep(usize::MAX, 75), Monitoring::default());
    // 75 hops of 7500 later it stands 0.01 farther, to rounding.
    assert!((before - seen(&stand.view, 620).0 - 0.01).abs() < 1e-5);
}

#[test]
fn silence_comes_to_rest_when_the_last_sound_has_left() {
    let mut stand = Stand::new();
    stand.feed((0..100).map(|_| hop(0.5, 0.5, 0.0)), Monitoring::default());
    stand.feed((0..7000).map(|_| hop(0.0, 0.0, 0.0)), Monitoring::default());
    assert!(!stand.view.is_at_rest());
    stand.feed((0..600).map(|_| hop(0.0, 0.0, 0.0)), Monitoring::default());
    assert!(stand.view.is_at_rest());
    stand.feed((0..6).map(|_| hop(0.0, 0.0, -1.0)), Monitoring::default());
    assert!(!stand.view.is_at_rest());
}

#[test]
fn what_was_heard_since_the_last_look() {
    let mut stand = Stand::new();
    let heard = stand.feed([hop(0.5, 0.5, 0.0), hop(0.25, 1.0, -12.0), hop(0.0, 0.0, -3.0)], Monitoring::default());
    assert_eq!((heard.peak[0], heard.peak[1], heard.peak[2]), (0.5, 0.5, 0.0));
    assert!((heard.power[0] - (0.125 + 0.03125) / 3.0).abs() < 1e-7);
    assert_eq!(heard.gain_reduction_db, -12.0);
    assert!((heard.seconds - 0.004).abs() < 1e-7);
    assert_eq!(stand.feed([], Monitoring::default()), Heard::default());
}

#[test]
fn listening_modes_show_what_is_heard() {
    let unlimited = |monitoring| {
        let mut stand = Stand::new();
        stand.feed([hop(0.25, 1.0, -6.0)], monitoring);
        let column = stand.view.columns(10).last().unwrap().1;
        (column.output_db, column.unlimited_db)
    };
    let near = |found: (f32, f32), wanted: (f32, f32)| {
        assert!((found.0 - wanted.0).abs() < 0.01 && (found.1 - wanted.1).abs() < 0.01, "{found:?}");
    };
    near(unlimited(Monitoring::default()), (-12.04, 0.0));
    near(unlimited(Monitoring { delta: false, turned_down_db: 6.0 }), (-12.04, -6.0));
    near(unlimited(Monitoring { delta: true, turned_down_db: 0.0 }), (-12.04, -12.04));
}

#[test]
fn another_sample_rate_starts_anew() {
    let mut stand = Stand::new();
    stand.feed((0..100).map(|_| hop(0.5, 0.5, 0.0)), Monitoring::default());
    stand.view.take(&mut stand.reader, 96_000.0, Monitoring::default());
    assert_eq!(stand.view.columns(100).count(), 0);
    for rate in [22_050.0, 44_100.0, 88_200.0, 384_000.0] {
        stand.view.start(rate);
        // All of 10 s, and columns short enough for a lane of 574 points.
        let seen = stand.view.rolling.columns_seen();
        assert!((574.0..=1250.0).contains(&seen), "{seen} columns at {rate} Hz");
    }
}
