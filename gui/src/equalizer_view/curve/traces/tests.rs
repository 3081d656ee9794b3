//! Is what is drawn the response, to its narrowest peak, and is nothing computed twice?

use egui::{Rect, vec2};
use runout_dsp_core::settings::{BandChannel, CutSlope};

use super::super::axes::GainRange;
use super::*;

fn subject(bands: &[EqualizerBand]) -> Subject {
    let mut all = [EqualizerBand::default(); EQUALIZER_BANDS];
    all[..bands.len()].copy_from_slice(bands);
    let plane = Rect::from_min_size(pos2(0.0, 88.0), vec2(944.0, 316.0));
    Subject { axes: Axes::new(plane, GainRange::Twelve), sample_rate: 48_000.0, channels: 2, bands: all }
}

fn bell(frequency_hz: f32, gain_db: f32, q: f32) -> EqualizerBand {
    EqualizerBand { enabled: true, frequency_hz, gain_db, q, ..EqualizerBand::default() }
}

/// The highest and the lowest gain that a line shows, dB.
fn extremes_db(axes: &Axes, runs: &[Vec<Pos2>]) -> (f32, f32) {
    let gains_db: Vec<f32> = runs.iter().flatten().map(|point| axes.gain_db(point.y)).collect();
    let fold = |take: fn(f32, f32) -> f32| gains_db.iter().copied().reduce(take).unwrap();
    (fold(f32::max), fold(f32::min))
}

#[test]
fn a_peak_keeps_its_height_however_narrow_and_wherever() {
    for step in 0..200 {
        let frequency_hz = 20.0 * 1000f32.powf(step as f32 / 200.0);
        let subject = subject(&[bell(frequency_hz, 8.0, 40.0), bell(frequency_hz, 1.5, 40.0)]);
        let mut traces = Traces::default();
        traces.update(&subject);
        // 0.001 dB: a bell has its gain at its center; what is left is the rounding of a height in f32.
        let (highest, _) = extremes_db(&subject.axes, traces.band(0));
        assert!((highest - 8.0).abs() < 0.001, "{highest} dB at {frequency_hz} Hz");
        let (highest, _) = extremes_db(&subject.axes, &traces.sums()[0].runs);
        assert!((highest - 9.5).abs() < 0.001, "the sum's {highest} dB at {frequency_hz} Hz");
    }
}

#[test]
fn a_line_lies_on_the_response_between_its_points_too() {
    let low_cut = EqualizerBand {
        enabled: true,
        shape: BandShape::LowCut,
        frequency_hz: 60.0,
        slope_db_per_oct: CutSlope::NinetySix,
        ..EqualizerBand::default()
    };
    let shelf = EqualizerBand { shape: BandShape::HighShelf, ..bell(6000.0, 6.0, 2.0) };
    for band in [bell(900.0, -7.0, 10.0), low_cut, shelf, bell(200.0, 4.0, 0.3)] {
        let subject = subject(&[band]);
        let mut traces = Traces::default();
        traces.update(&subject);
        let prototype = Prototype::new(&band, 48_000.0);
        for pair in traces.band(0).iter().flat_map(|run| run.windows(2)) {
            let middle = pair[0].lerp(pair[1], 0.5);
            let true_y = subject.axes.y(gain_db(&prototype, place(&subject.axes, middle.x)));
            // A third of a point: less than the line is wide.
            assert!((middle.y - true_y).abs() < 0.34, "{:?} at {middle:?}: {true_y}", band.shape);
        }
    }
}

#[test]
fn lines_stay_inside_and_a_notch_reaches_the_bottom() {
    let notch = EqualizerBand { shape: BandShape::Notch, ..bell(1000.0, 0.0, 20.0) };
    let high_cut = EqualizerBand { shape: BandShape::HighCut, ..bell(8000.0, 0.0, 4.0) };
    let subject = subject(&[notch, high_cut, bell(100.0, 30.0, 1.0)]);
    let mut traces = Traces::default();
    traces.update(&subject);
    let area = subject.axes.plot.expand(0.01);
    let lines = (0..3).flat_map(|slot| traces.band(slot)).chain(traces.sums().iter().flat_map(|sum| &sum.runs));
    assert!(lines.flatten().all(|point| area.contains(*point)));
    assert_eq!(traces.band(0).len(), 2, "left and right of the notch");
    // 0.001 dB: a rounding of a height.
    assert!((extremes_db(&subject.axes, traces.band(0)).1 + 12.0).abs() < 0.001);
}

#[test]
fn parts_of_the_signal_have_sums_of_their_own() {
    let on = |channel, band| EqualizerBand { channel, ..band };
    let bands = [bell(1000.0, 2.0, 1.0), on(BandChannel::Mid, bell(1000.0, 3.0, 1.0))];
    let sums = |bands: &[EqualizerBand], channels| {
        let subject = Subject { channels, ..subject(bands) };
        let mut traces = Traces::default();
        traces.update(&subject);
        let highest = |sum: &Sum| (sum.path, extremes_db(&subject.axes, &sum.runs).0.round());
        traces.sums().iter().map(highest).collect::<Vec<_>>()
    };
    assert_eq!(sums(&bands, 2), [(Path::Mid, 5.0), (Path::Side, 2.0)]);
    assert_eq!(sums(&bands, 1), [(Path::Whole, 5.0)]);
    assert_eq!(sums(&bands[..1], 2), [(Path::Whole, 2.0)]);
    assert_eq!(sums(&[], 2), [(Path::Whole, 0.0)]);
}

#[test]
fn sums_are_one_line_where_they_do_not_differ() {
    let mid = EqualizerBand { channel: BandChannel::Mid, ..bell(1000.0, 6.0, 4.0) };
    let subject = subject(&[bell(100.0, 3.0, 1.0), mid]);
    let mut traces = Traces::default();
    traces.update(&subject);
    let axes = subject.axes;
    let common: Vec<f32> = traces.common_runs().iter().flatten().map(|point| point.x).collect();
    let is_common = |frequency_hz: f32| {
        let x = axes.frequency().x(frequency_hz);
        common.iter().any(|place| (place - x).abs() < GRID)
    };
    assert_eq!([100.0, 600.0, 1000.0, 1500.0, 8000.0].map(is_common), [true, false, false, false, true]);
    let (highest, _) = extremes_db(&axes, traces.common_runs());
    // 0.05 dB: the grid's nearest point to the peak of a wide bell.
    assert!((highest - 3.0).abs() < 0.05, "{highest}");
    let crossing = [bell(500.0, 9.0, 1.0), bell(2000.0, 9.0, 1.0)];
    let [left, right] = [BandChannel::Left, BandChannel::Right];
    let crossing = [EqualizerBand { channel: left, ..crossing[0] }, EqualizerBand { channel: right, ..crossing[1] }];
    traces.update(&self::subject(&crossing));
    let at_crossing = axes.frequency().x(1000.0);
    assert!(traces.common_runs().iter().flatten().all(|point| (point.x - at_crossing).abs() > 40.0), "they only cross");
    traces.update(&Subject { channels: 1, ..subject });
    assert!(traces.common_runs().is_empty(), "one sum has nothing in common");
}

#[test]
fn only_what_has_changed_is_computed() {
    let mut subject = subject(&[bell(100.0, 3.0, 1.0), bell(1000.0, 3.0, 1.0), bell(5000.0, 3.0, 1.0)]);
    let mut traces = Traces::default();
    assert_eq!(traces.update(&subject), 3);
    assert_eq!(traces.update(&subject), 0);
    subject.bands[1].gain_db = -4.0;
    assert_eq!(traces.update(&subject), 1);
    assert!((extremes_db(&subject.axes, traces.band(1)).1 + 4.0).abs() < 0.001);
    subject.axes.range = GainRange::Six;
    assert_eq!(traces.update(&subject), 0, "another range moves points and computes none");
    assert!((extremes_db(&subject.axes, traces.band(1)).1 + 4.0).abs() < 0.001);
    subject.sample_rate = 44_100.0;
    assert_eq!(traces.update(&subject), 3);
    let right = traces.band(0).iter().flatten().map(|point| point.x).fold(0.0, f32::max);
    assert!((right - subject.axes.end_x(44_100.0)).abs() < 0.01);
}
