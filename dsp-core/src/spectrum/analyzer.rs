//! The spectrum of what is heard, 30 times a second. Thread: the editor's.
//!
//! - Window: Hann, 341 ms at every rate (16384 frames at 48 kHz): lines 6 Hz apart are two. At rates from 176.4 kHz on the
//!   stream is halved first, as nothing above 30 kHz is shown.
//! - Both channels count alike: the level is that of the mean of their powers, so a signal in both reads the same as in
//!   mono, and 3 dB more than in one alone.
//! - Calibration: a sine of full scale in both channels reads 0 dBFS without smoothing, within 0.05 dB between bins too.
//!   Noise reads by its density: what has a mean square of D in each Hz reads 10 log10(2 D x 4.39 Hz), where 4.39 Hz is the
//!   window's noise bandwidth and the 2 makes a sine's mean square 1. White noise over 24 kHz that is as loud as a sine of
//!   -20 dBFS reads -57.4 dBFS. So white noise is level, and pink noise falls by 3 dB an octave.
//! - Without smoothing a point shows the highest level in its 41st of an octave: lines stand out, and noise reads higher
//!   the more bins a point looks at (by 7 dB at 10 kHz).
//! - With smoothing a point is the mean power over a third of an octave, all of it over the middle sixth and fading over a
//!   sixth on each side: noise reads as above, and a sine lower than its level by as much as the third is wider than the
//!   noise bandwidth.

use super::halver::Halver;
use super::points::Points;
pub use super::points::{HIGHEST_HZ, LOWEST_HZ, POINTS, frequency_hz};
use super::transform::{Sample, Transform};

/// Length of the window, s.
pub const WINDOW_S: f64 = 16_384.0 / 48_000.0;

/// Spectra a second, at most.
pub const SPECTRA_PER_S: f64 = 30.0;

/// The least rate whose half is the least that shows everything below 30 kHz after a half-band filter, Hz.
const ENOUGH_HZ: f64 = 88_200.0;

/// The largest sample that is taken as it is, linear: +80 dBFS. Beyond, powers would leave the range of numbers.
const LARGEST: f32 = 1e4;

/// The smallest, -300 dBFS: below, there would be denormal numbers.
const SMALLEST: f32 = 1e-15;

/// Where a slope of the spectrum turns around, Hz.
const PIVOT_HZ: f64 = 1000.0;

/// What a slope in dB an octave adds at a frequency in Hz, dB: nothing at 1 kHz. 3 dB an octave level pink noise.
pub fn slope_db(frequency_hz: f64, slope_db_per_octave: f64) -> f64 {
    slope_db_per_octave * (frequency_hz / PIVOT_HZ).log2()
}

/// The spectrum of one stream.
pub struct Analyzer {
    halvers: Vec<Halver>,
    /// The last frames: a window, and as many as may follow it until the next is due.
    frames: Box<[Sample]>,
    /// Where the next frame goes.
    next: usize,
    hop_frames: usize,
    /// Frames since a spectrum was due last.
    since_due: usize,
    /// The frames with which it starts: see [`new`](Self::new).
    ahead: usize,
    is_due: bool,
    window_frames: usize,
    transform: Transform,
    points: Points,
    levels_db: Box<[f32]>,
}

impl std::fmt::Debug for Analyzer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let points = self.points.len();
        formatter
            .debug_struct("Analyzer")
            .field("points", &points)
            .field("is_due", &self.is_due)
            .finish_non_exhaustive()
    }
}

impl Analyzer {
    /// An analyzer of a stream of a sample rate in Hz. The first spectrum comes a share `ahead`, 0 to 1, of the time
    /// between two earlier, so that two analyzers need not work at the same moment. Allocates, nothing else does.
    pub fn new(sample_rate: f64, ahead: f64) -> Self {
        let sample_rate = sample_rate.max(1.0);
        let halvings = (sample_rate / ENOUGH_HZ).log2().floor().max(0.0) as i32;
        let seen_rate = sample_rate / 2f64.powi(halvings);
        let window_frames = (WINDOW_S * seen_rate).round().max(2.0) as usize;
        let hop_frames = (seen_rate / SPECTRA_PER_S).round().max(1.0) as usize;
        let points = Points::new(Transform::size(window_frames), seen_rate);
        let ahead = ((ahead * hop_frames as f64) as usize).min(hop_frames - 1);
        Self {
            halvers: (0..halvings).map(|_| Halver::new()).collect(),
            frames: vec![Sample::default(); window_frames + hop_frames].into_boxed_slice(),
            next: 0,
            hop_frames,
            since_due: ahead,
            ahead,
            is_due: false,
            window_frames,
            transform: Transform::new(window_frames, points.bins()),
            levels_db: vec![f32::NEG_INFINITY; points.len()].into_boxed_slice(),
            points,
        }
    }

    /// Forgets what has come: silence.
    pub fn clear(&mut self) {
        self.halvers.iter_mut().for_each(Halver::clear);
        self.frames.fill(Sample::default());
        (self.next, self.since_due, self.is_due) = (0, self.ahead, false);
        self.levels_db.fill(f32::NEG_INFINITY);
    }

    /// Takes frames, left and right. What is not a number counts as silence, what is above +80 dBFS as that.
    pub fn push(&mut self, frames: &[[f32; 2]]) {
        for [left, right] in frames {
            let mut frame = Sample::new(tamed(*left), tamed(*right));
            let leaves = self.halvers.iter_mut().all(|halver| match halver.next(frame) {
                Some(halved) => {
                    frame = halved;
                    true
                }
                None => false,
            });
            if leaves {
                self.keep(frame);
            }
        }
    }

    fn keep(&mut self, frame: Sample) {
        self.frames[self.next] = frame;
        self.next = (self.next + 1) % self.frames.len();
        self.since_due += 1;
        if self.since_due >= self.hop_frames {
            (self.since_due, self.is_due) = (0, true);
        }
    }

    /// Computes the spectrum that is due, smoothed over a third of an octave or not; of several only the newest. Whether
    /// there is a new one. It looks at the frames up to the moment it was due, however many have come since.
    pub fn analyze(&mut self, is_smoothed: bool) -> bool {
        if !std::mem::take(&mut self.is_due) {
            return false;
        }
        let length = self.frames.len();
        let start = (self.next + length - self.since_due - self.window_frames) % length;
        let older = &self.frames[start..length.min(start + self.window_frames)];
        let newer = &self.frames[..self.window_frames - older.len()];
        let powers = self.transform.powers(older, newer);
        if is_smoothed {
            self.points.thirds_db(powers, &mut self.levels_db);
        } else {
            self.points.peaks_db(powers, &mut self.levels_db);
        }
        true
    }

    /// The newest spectrum, dBFS: its points from the lowest, [`POINTS`] of them or those below half the rate, each at its
    /// [`frequency_hz`]. Silence is negative infinity.
    pub fn levels_db(&self) -> &[f32] {
        &self.levels_db
    }
}

/// A sample within the range that can be computed with.
fn tamed(sample: f32) -> f32 {
    // What is no number is not larger than anything.
    if sample.abs() >= SMALLEST { sample.clamp(-LARGEST, LARGEST) } else { 0.0 }
}
