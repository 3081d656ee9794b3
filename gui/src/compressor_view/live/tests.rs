//! Does what is shown of the bands equal what the compressor told?

use runout_dsp_core::telemetry::{HistoryWriter, history};

use super::*;

const RATE: f32 = 48_000.0;

/// A frame of the display in hops of 64 frames, and in s.
const HOPS: usize = 12;
const FRAME_S: f64 = HOPS as f64 * 64.0 / 48_000.0;

struct Stand {
    live: Live,
    writer: HistoryWriter<BandHops>,
    reader: HistoryReader<BandHops>,
    now_s: f64,
}

impl Stand {
    fn new() -> Self {
        let (writer, mut reader) = history(1024);
        reader.open();
        Self { live: Live::default(), writer, reader, now_s: 100.0 }
    }

    /// A frame of the display with these hops.
    fn hear(&mut self, hops: &[BandHops]) {
        hops.iter().for_each(|hop| self.writer.send(*hop));
        self.now_s += FRAME_S;
        self.live.take(Some(&mut self.reader), RATE, self.now_s);
    }
}

/// A hop in which the third band hears a level and has a gain.
fn hop(level_dbfs: f32, gain_db: f32) -> BandHops {
    let mut hops = [BandHop::default(); COMPRESSOR_BANDS];
    hops[2] = BandHop { level_dbfs, gain_db };
    hops
}

#[test]
fn the_history_is_what_was_told_column_by_column() {
    let mut stand = Stand::new();
    // Two gains of each sign that wander with other periods than any column or frame has.
    let gain_db = |index: usize| ((index % 37) as f32 - 30.0) * 0.3;
    let hops: Vec<BandHops> = (0..12_000).map(|index| hop(-20.0, gain_db(index))).collect();
    hops.chunks(HOPS).for_each(|hops| stand.hear(hops));
    // 6 s are 4500 hops in 750 columns of 6.
    let expected: Vec<f32> = (0..12_000 / 6)
        .map(|column| (0..6).map(|hop| gain_db(column * 6 + hop)).fold(0.0, |far, one| farther(one, far)))
        .collect();
    let shown: Vec<f32> = stand.live.history(2, usize::MAX).map(|(_, gain_db)| gain_db).collect();
    assert!((750..=752).contains(&shown.len()), "{}", shown.len());
    assert_eq!(shown, expected[expected.len() - shown.len()..]);
    assert!(stand.live.history(1, 100).all(|(_, gain_db)| gain_db == 0.0), "the others rest");
    let deepest = expected[expected.len() - 750..].iter().copied().fold(0.0, |far, one| farther(one, far));
    assert_eq!(stand.live.farthest_seen_db(2), deepest);
    let places: Vec<f32> = stand.live.history(2, 200).map(|(place, _)| place).collect();
    assert!(places.len() <= 200 && places.windows(2).all(|pair| pair[0] < pair[1]), "joined to what fits");
}

#[test]
fn a_gain_shows_at_once_and_comes_to_rest_when_the_host_stops() {
    let mut stand = Stand::new();
    assert!(!stand.live.is_moving());
    stand.hear(&[hop(-12.0, -6.0); HOPS]);
    assert_eq!((stand.live.gain_db(2), stand.live.level_dbfs(2), stand.live.number_db(2)), (-6.0, -12.0, -6.0));
    assert_eq!((stand.live.farthest_db(6), stand.live.farthest_db(2)), (-6.0, 0.0), "of those in use");
    assert_eq!(stand.live.latest(2), BandHop { level_dbfs: -12.0, gain_db: -6.0 });
    assert!(stand.live.is_moving());
    // 11 s: after 1.5 s of hold a level falls from -12 to -150 dBFS by 20 dB a second.
    (0..700).for_each(|_| stand.hear(&[]));
    assert_eq!((stand.live.gain_db(2), stand.live.number_db(2)), (0.0, 0.0));
    assert_eq!(stand.live.latest(2), BandHop::default());
    assert!(!stand.live.is_moving(), "the history stands still");
    assert_eq!(stand.live.farthest_seen_db(2), -6.0);
}

#[test]
fn sound_that_nothing_is_done_to_scrolls_nothing() {
    let mut stand = Stand::new();
    (0..500).for_each(|_| stand.hear(&[hop(f32::NEG_INFINITY, 0.0); HOPS]));
    assert!(!stand.live.is_moving());
}
