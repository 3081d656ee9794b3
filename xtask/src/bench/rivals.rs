//! What the processors are compared with: the `ebur128` crate, and the limiter that everyone writes first.

use std::collections::VecDeque;

use ebur128::{EbuR128, Mode};

use super::SAMPLE_RATE;
use super::measure::Run;

/// The crate's meter with momentary, short-term, integrated, range and true peak: what ours does in one pass.
pub fn crate_meter() -> Run {
    let mode = Mode::M | Mode::S | Mode::I | Mode::LRA | Mode::TRUE_PEAK | Mode::HISTOGRAM;
    match EbuR128::new(2, SAMPLE_RATE as u32, mode) {
        Ok(mut meter) => Box::new(move |left, right| {
            if let Err(error) = meter.add_frames_planar_f32(&[left, right]) {
                eprintln!("warning: ebur128: {error}");
            }
        }),
        Err(error) => {
            eprintln!("warning: ebur128: {error}");
            Box::new(|_, _| {})
        }
    }
}

/// A lookahead limiter on sample peaks: sliding maximum, release, moving average, gain on the delayed input, the
/// sides linked. No true peak and no hold: the floor of what a limiter costs.
pub struct PlainLimiter {
    ceiling: f32,
    lookahead: usize,
    /// Candidates for the sliding maximum: frame and need, falling.
    candidates: VecDeque<(usize, f32)>,
    frame: usize,
    gain: f32,
    release: f32,
    /// The last gains, for the average.
    gains: Vec<f32>,
    sum: f64,
    delayed: [Vec<f32>; 2],
}

/// Lookahead and release of the plain limiter, ms.
const LOOKAHEAD_MS: f64 = 1.5;
const RELEASE_MS: f64 = 50.0;

impl PlainLimiter {
    /// A limiter with a ceiling in dBFS.
    pub fn new(sample_rate: f64, ceiling_dbfs: f64) -> Self {
        let lookahead = (LOOKAHEAD_MS * 1e-3 * sample_rate) as usize;
        Self {
            ceiling: 10f64.powf(ceiling_dbfs / 20.0) as f32,
            lookahead,
            candidates: VecDeque::with_capacity(lookahead + 1),
            frame: 0,
            gain: 1.0,
            release: (1.0 - (-1e3 / (RELEASE_MS * sample_rate)).exp()) as f32,
            gains: vec![1.0; lookahead],
            sum: lookahead as f64,
            delayed: [vec![0.0; lookahead], vec![0.0; lookahead]],
        }
    }

    /// Limits a block in place.
    pub fn process(&mut self, left: &mut [f32], right: &mut [f32]) {
        for (left, right) in left.iter_mut().zip(right) {
            let peak = self.sliding_maximum(left.abs().max(right.abs()));
            let wanted = if peak > self.ceiling { self.ceiling / peak } else { 1.0 };
            self.gain = wanted.min(self.gain + self.release * (1.0 - self.gain));
            let place = self.frame % self.lookahead;
            self.sum += f64::from(self.gain) - f64::from(self.gains[place]);
            self.gains[place] = self.gain;
            let gain = (self.sum / self.lookahead as f64) as f32;
            let [left_delayed, right_delayed] = &mut self.delayed;
            *left = gain * std::mem::replace(&mut left_delayed[place], *left);
            *right = gain * std::mem::replace(&mut right_delayed[place], *right);
            self.frame += 1;
        }
    }

    fn sliding_maximum(&mut self, peak: f32) -> f32 {
        while self.candidates.back().is_some_and(|&(_, smaller)| smaller <= peak) {
            self.candidates.pop_back();
        }
        self.candidates.push_back((self.frame, peak));
        if self.candidates.front().is_some_and(|&(frame, _)| frame + self.lookahead < self.frame) {
            self.candidates.pop_front();
        }
        self.candidates.front().map_or(peak, |&(_, largest)| largest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plain_limiter_limits() {
        let mut limiter = PlainLimiter::new(SAMPLE_RATE, -1.0);
        let mut left: Vec<f32> = (0..9600).map(|frame| 4.0 * (frame as f32 * 0.3).sin()).collect();
        let mut right = left.clone();
        limiter.process(&mut left, &mut right);
        // The average reaches the wanted gain where the peak leaves: 1e-6 for the running sum.
        assert!(left.iter().all(|sample| sample.abs() <= limiter.ceiling * (1.0 + 1e-6)));
        assert!(left[4800..].iter().any(|sample| sample.abs() > 0.9 * limiter.ceiling));
    }
}
