//! Does what is shown equal what was heard, and does it come to rest?

use runout_dsp_core::telemetry::{HistoryWriter, history};

use super::*;

const RATE: f32 = 48_000.0;

/// Frames of sound in a frame of the display.
const FRAMES: usize = 800;

struct Stand {
    live: Live,
    writer: HistoryWriter<[f32; 2]>,
    reader: HistoryReader<[f32; 2]>,
    place: usize,
    now_s: f64,
}

impl Stand {
    fn new() -> Self {
        let (writer, mut reader) = history(32_768);
        reader.open();
        Self { live: Live::default(), writer, reader, place: 0, now_s: 100.0 }
    }

    /// A frame of the display with sound of a width at 1 kHz, or with none.
    fn hear(&mut self, width: Option<f32>) {
        if let Some(width) = width {
            for _ in 0..FRAMES {
                let turn = std::f32::consts::TAU * 1000.0 * self.place as f32 / RATE;
                // Middle and side a quarter of a turn apart: equal powers left and right.
                let (middle, side) = (0.2 * turn.sin(), 0.2 * width * turn.cos());
                self.writer.send([middle + side, middle - side]);
                self.place = (self.place + 1) % 48;
            }
        }
        self.now_s += FRAMES as f64 / f64::from(RATE);
        let moment = Moment { sample_rate: RATE, programme_frames: 0, is_whole: true, now_s: self.now_s };
        self.live.take(Some(&mut self.reader), &moment);
    }
}

#[test]
fn readings_and_widths_are_those_of_the_sound() {
    let mut stand = Stand::new();
    assert!(!stand.live.is_moving() && stand.live.points().len() == 0);
    (0..240).for_each(|_| stand.hear(Some(0.5)));
    // Powers of middle and side are as 4 to 1: (4 - 1) / (4 + 1); 0.01: the rest of the way after 4 s at 0.6 s.
    let correlation = stand.live.read().correlation.unwrap();
    assert!((correlation - 0.6).abs() < 0.01, "{correlation}");
    assert!(stand.live.lowest().is_some_and(|lowest| lowest <= correlation && lowest > 0.55));
    let widest = stand.live.widths().iter().copied().fold(0.0, f32::max);
    assert!(widest > 0.45, "{widest}");
    assert!(stand.live.is_moving());
}

#[test]
fn a_host_that_stops_leaves_nothing_that_moves() {
    let mut stand = Stand::new();
    (0..120).for_each(|_| stand.hear(Some(1.0)));
    (0..360).for_each(|_| stand.hear(None));
    assert!(!stand.live.is_moving());
    assert_eq!((stand.live.read(), stand.live.points().len()), (&StereoReadings::default(), 0));
    assert!(stand.live.widths().iter().all(|width| *width == 0.0));
    assert!(stand.live.lowest().is_some(), "what was lowest stays");
    stand.live.forget_lowest();
    assert_eq!(stand.live.lowest(), None);
}

#[test]
fn numbers_stand_still_for_a_fifth_of_a_second() {
    let mut stand = Stand::new();
    let mut numbers = Vec::new();
    for frame in 0..60 {
        stand.hear(Some(frame as f32 / 60.0));
        numbers.push(stand.live.read().correlation);
    }
    numbers.dedup();
    assert!((4..=7).contains(&numbers.len()), "{numbers:?}");
}
