//! The responses as lines: computed when bands, rate or size have changed, and kept.

use egui::{Pos2, Rangef, pos2};
use runout_dsp_core::equalizer::prototype::{Prototype, cut_order};
use runout_dsp_core::settings::{BandShape, EQUALIZER_BANDS, EqualizerBand};
use runout_dsp_core::units::db_from_power;

use super::axes::Axes;
use super::path::Path;
use super::runs;
use crate::equalizer_view::bands;

/// The distance of two points of a line, points.
const GRID: f32 = 1.5;

/// Where further points lie to both sides of a landmark, so that a peak that is narrower than the grid keeps its height and
/// its bends are round, points.
const AROUND: [f32; 11] = [0.06, 0.12, 0.25, 0.5, 0.9, 1.3, 1.7, 2.2, 2.7, 3.3, 4.0];

/// A peak that is wider than this needs none of these points: on the grid its bends are round, points.
const NARROW: f32 = 32.0;

/// Sums that are nearer to each other are one line, unless they only cross: over less than this they stay two, points.
const ALIKE: f32 = 0.5;
const LEAST_ALIKE: f32 = 24.0;

/// Beyond any plot: what a notch takes away, as far as it is drawn, dB.
const FAR_DB: f32 = 1000.0;

/// What the lines are of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Subject {
    /// The plot.
    pub axes: Axes,
    /// Sample rate, Hz.
    pub sample_rate: f32,
    /// The channels of the signal, 1 or 2.
    pub channels: usize,
    /// The bands.
    pub bands: [EqualizerBand; EQUALIZER_BANDS],
}

/// A place on the axis and the frequency there.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    x: f32,
    frequency_hz: f64,
}

/// The response of one band over the grid, and its line.
#[derive(Clone, Debug, Default)]
struct Trace {
    /// The band that it is of; `None` before the first.
    band: Option<EqualizerBand>,
    gains_db: Vec<f32>,
    runs: Vec<Vec<Pos2>>,
}

/// What one part of the signal goes through.
#[derive(Clone, Debug)]
pub struct Sum {
    /// The part.
    pub path: Path,
    /// Its line, as far as it is inside of the plot.
    pub runs: Vec<Vec<Pos2>>,
    /// Its gains over the grid, dB.
    gains_db: Vec<f32>,
}

/// The lines of all bands and their sums.
#[derive(Debug, Default)]
pub struct Traces {
    subject: Option<Subject>,
    grid: Vec<Place>,
    traces: Vec<Trace>,
    sums: Vec<Sum>,
    common: Vec<Vec<Pos2>>,
}

impl Traces {
    /// Brings the lines up to date; gives how many bands were computed anew.
    pub fn update(&mut self, subject: &Subject) -> usize {
        if self.subject.as_ref() == Some(subject) {
            return 0;
        }
        let before = self.subject.replace(*subject);
        let has_axis = |before: Subject| {
            before.axes.plot.x_range() == subject.axes.plot.x_range() && before.sample_rate == subject.sample_rate
        };
        if !before.is_some_and(has_axis) {
            self.grid = grid(&subject.axes, subject.sample_rate);
            self.traces = vec![Trace::default(); EQUALIZER_BANDS];
        }
        let has_moved = before.is_none_or(|before| before.axes != subject.axes);
        let mut computed = 0;
        for (trace, band) in self.traces.iter_mut().zip(&subject.bands) {
            if !bands::is_in_use(band) {
                *trace = Trace::default();
                continue;
            }
            let is_kept = trace.band == Some(*band);
            if has_moved || !is_kept {
                trace.update(subject, &self.grid, band);
                computed += usize::from(!is_kept);
            }
        }
        let paths = Path::in_use(&subject.bands, subject.channels);
        self.sums = paths.into_iter().map(|path| self.sum(subject, path)).collect();
        self.common = self.common(&subject.axes);
        computed
    }

    /// The line of the band in a slot that is in use.
    pub fn band(&self, slot: usize) -> &[Vec<Pos2>] {
        self.traces.get(slot).map_or(&[], |trace| &trace.runs)
    }

    /// What the parts of the signal go through.
    pub fn sums(&self) -> &[Sum] {
        &self.sums
    }

    /// The line of the sums where all of several are one.
    pub fn common_runs(&self) -> &[Vec<Pos2>] {
        &self.common
    }

    fn common(&self, axes: &Axes) -> Vec<Vec<Pos2>> {
        let [first, others @ ..] = &self.sums[..] else { return Vec::new() };
        if others.is_empty() {
            return Vec::new();
        }
        let point = |index: usize| pos2(self.grid[index].x, axes.y(first.gains_db[index]));
        let is_alike = |index: &usize| {
            let y = |sum: &Sum| axes.y(sum.gains_db[*index]);
            others.iter().all(|other| (y(other) - y(first)).abs() < ALIKE)
        };
        let indices: Vec<usize> = (0..self.grid.len()).collect();
        let parts = indices.chunk_by(|one, next| is_alike(one) && is_alike(next));
        let parts = parts.filter(|part| part.len() as f32 * GRID >= LEAST_ALIKE);
        parts.flat_map(|part| runs::within(axes.heights(), part.iter().map(|index| point(*index)))).collect()
    }

    fn sum(&self, subject: &Subject, path: Path) -> Sum {
        let acting = || subject.bands.iter().zip(&self.traces).filter(|(band, _)| path.takes(band, subject.channels));
        let mut gains_db = vec![0.0; self.grid.len()];
        let mut prototypes = Vec::new();
        let mut landmarks = Vec::new();
        for (band, trace) in acting().filter(|(band, _)| bands::is_in_use(band)) {
            gains_db.iter_mut().zip(&trace.gains_db).for_each(|(sum, gain_db)| *sum += gain_db);
            let prototype = Prototype::new(band, f64::from(subject.sample_rate));
            landmarks.extend(around_landmarks(&subject.axes, subject.sample_rate, band, &prototype));
            prototypes.push(prototype);
        }
        let extra = landmarks.into_iter().map(|place| {
            let sum_db: f32 = prototypes.iter().map(|prototype| gain_db(prototype, place)).sum();
            (place.x, sum_db)
        });
        Sum { path, runs: line(&subject.axes, &self.grid, &gains_db, extra.collect()), gains_db }
    }
}

impl Trace {
    fn update(&mut self, subject: &Subject, grid: &[Place], band: &EqualizerBand) {
        let prototype = Prototype::new(band, f64::from(subject.sample_rate));
        if self.band != Some(*band) {
            self.band = Some(*band);
            self.gains_db = grid.iter().map(|place| gain_db(&prototype, *place)).collect();
        }
        let landmarks = around_landmarks(&subject.axes, subject.sample_rate, band, &prototype);
        let extra = landmarks.into_iter().map(|place| (place.x, gain_db(&prototype, place)));
        self.runs = line(&subject.axes, grid, &self.gains_db, extra.collect());
    }
}

/// The gain at a place, dB.
fn gain_db(prototype: &Prototype, place: Place) -> f32 {
    (db_from_power(prototype.power(place.frequency_hz)) as f32).clamp(-FAR_DB, FAR_DB)
}

/// The places at which every response is computed, from the left to half the rate.
fn grid(axes: &Axes, sample_rate: f32) -> Vec<Place> {
    let x = Rangef::new(axes.plot.left(), axes.end_x(sample_rate));
    let pieces = (x.span() / GRID).ceil().max(1.0) as usize;
    (0..=pieces).map(|piece| place(axes, x.min + x.span() * piece as f32 / pieces as f32)).collect()
}

fn place(axes: &Axes, x: f32) -> Place {
    Place { x, frequency_hz: f64::from(axes.frequency().frequency_hz(x)) }
}

/// The places around the frequencies at which a band's response can be narrow: its center, or the two ends of a shelf.
fn around_landmarks(axes: &Axes, sample_rate: f32, band: &EqualizerBand, prototype: &Prototype) -> Vec<Place> {
    let center_hz = prototype.frequency_hz;
    let end_ratio = 10f64.powf(f64::from(band.gain_db) / 80.0);
    let landmarks_hz = match band.shape {
        BandShape::LowShelf | BandShape::HighShelf => vec![center_hz / end_ratio, center_hz * end_ratio],
        BandShape::Tilt => Vec::new(),
        _ => vec![center_hz],
    };
    let width = axes.frequency().points_per_e() / narrowness(band);
    let offsets = if width < NARROW { &AROUND[..] } else { &[] };
    let inside = axes.plot.left()..=axes.end_x(sample_rate);
    let mut places = Vec::new();
    for landmark_hz in landmarks_hz {
        let center = axes.frequency().x(landmark_hz as f32);
        let xs = offsets.iter().flat_map(|offset| [center - offset, center + offset]);
        places.extend(xs.filter(|x| inside.contains(x)).map(|x| place(axes, x)));
        if inside.contains(&center) {
            // The tip itself is where the band is, not where a rounded place is.
            places.push(Place { x: center, frequency_hz: landmark_hz });
        }
    }
    places
}

/// The Q of a band's most resonant part.
fn narrowness(band: &EqualizerBand) -> f32 {
    match band.shape {
        BandShape::Bell => band.q * 10f32.powf(band.gain_db.abs() / 40.0),
        BandShape::LowCut | BandShape::HighCut => {
            // A Butterworth cut's most resonant pair has a Q of about a third of its poles.
            band.q * cut_order(band.slope_db_per_oct) as f32 / 2.0
        }
        _ => band.q,
    }
}

/// The line over the grid with further points, cut where it leaves the plot.
fn line(axes: &Axes, grid: &[Place], gains_db: &[f32], mut extra: Vec<(f32, f32)>) -> Vec<Vec<Pos2>> {
    extra.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut points: Vec<(f32, f32)> = grid.iter().map(|place| place.x).zip(gains_db.iter().copied()).collect();
    points.extend(extra);
    // Two ascending parts: the stable sort merges them.
    points.sort_by(|one, other| one.0.total_cmp(&other.0));
    let line = points.into_iter().map(|(x, gain_db)| pos2(x, axes.y(gain_db)));
    runs::within(axes.heights(), line).iter().map(|run| runs::straightened(run, axes.y(0.0))).collect()
}

#[cfg(test)]
mod tests;
