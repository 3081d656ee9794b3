//! The decorrelator: makes of the middle a side that has its spectrum and not its shape.
//!
//! A high-pass, then all-passes of Schroeder's with delays that share no measure: every frequency keeps its level and gets a
//! phase of its own, so that left and right, middle plus and minus this, are about equally loud everywhere and their sum
//! is the middle as it was. What is below the high-pass stays in the middle.

use super::section::{Kind, Section};
use crate::dispatch::{Doubles, Instructions, Kernel, Vector};
use crate::entrance::LEAST_STATE;
use crate::processor::GRID_FRAMES;

/// Corner of the high-pass, Hz.
const CORNER_HZ: f64 = 120.0;

/// Delays of the all-passes, ms.
const DELAYS_MS: [f64; 5] = [0.61, 0.97, 1.57, 2.39, 3.71];

/// Feedback of each all-pass; signs alternate, so that the peaks of their delays do not add up.
const FEEDBACK: [f64; 5] = [0.5, -0.5, 0.5, -0.5, 0.5];

/// After this much silence, ms, nothing is left of the longest all-pass above -400 dBFS: 67 turns of half, with the
/// others' spread.
pub const RING_MS: f64 = 400.0;

/// One all-pass.
#[derive(Clone, Debug)]
struct AllPass {
    ring: Box<[f64]>,
    position: usize,
    feedback: f64,
}

/// The decorrelator of one channel.
#[derive(Clone, Debug)]
pub(super) struct Decorrelator {
    instructions: Instructions,
    sample_rate: f64,
    high_pass: Section,
    all_passes: Vec<AllPass>,
    /// Frames of silence since something went in, up to those after which nothing is left.
    silent_frames: usize,
    ring_frames: usize,
}

impl Decorrelator {
    /// Allocates.
    pub(super) fn new(sample_rate: f64, instructions: Instructions) -> Self {
        let all_pass = |(delay_ms, feedback): (f64, f64)| AllPass {
            ring: vec![0.0; ((delay_ms * 1e-3 * sample_rate).round() as usize).max(1)].into(),
            position: 0,
            feedback,
        };
        let ring_frames = (RING_MS * 1e-3 * sample_rate).ceil() as usize;
        let mut decorrelator = Self {
            instructions,
            sample_rate,
            high_pass: Section::default(),
            all_passes: DELAYS_MS.into_iter().zip(FEEDBACK).map(all_pass).collect(),
            silent_frames: ring_frames,
            ring_frames,
        };
        decorrelator.reset();
        decorrelator
    }

    /// Forgets the signal.
    pub(super) fn reset(&mut self) {
        self.high_pass = Section::new(Kind::Second { damping: std::f64::consts::SQRT_2 });
        self.high_pass.stand(CORNER_HZ, self.sample_rate);
        for all_pass in &mut self.all_passes {
            all_pass.ring.fill(0.0);
            all_pass.position = 0;
        }
        self.silent_frames = self.ring_frames;
    }

    /// Whether nothing is left of what went in.
    pub(super) fn is_silent(&self) -> bool {
        self.silent_frames >= self.ring_frames
    }

    /// At the beginning of a slot: whether it gets anything in this one. What has rung out is forgotten.
    pub(super) fn on_grid(&mut self, is_fed: bool) {
        self.high_pass.flush();
        if is_fed {
            self.silent_frames = 0;
        } else if !self.is_silent() {
            self.silent_frames += GRID_FRAMES;
            if self.is_silent() {
                self.reset();
            }
        }
    }

    /// Decorrelates frames in place.
    pub(super) fn run(&mut self, frames: &mut [f64]) {
        self.high_pass.run(frames);
        for all_pass in &mut self.all_passes {
            self.instructions.run(Pass { all_pass, frames });
        }
    }
}

/// Frames through an all-pass, in place.
struct Pass<'a> {
    all_pass: &'a mut AllPass,
    frames: &'a mut [f64],
}

impl Kernel for Pass<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let AllPass { ring, position, feedback } = self.all_pass;
        let mut frames = self.frames;
        while !frames.is_empty() {
            let count = (ring.len() - *position).min(frames.len());
            let (head, tail) = frames.split_at_mut(count);
            let kept = &mut ring[*position..*position + count];
            let (heads, head_rest) = head.as_chunks_mut::<4>();
            let (keeps, kept_rest) = kept.as_chunks_mut::<4>();
            for (frame, kept) in heads.iter_mut().zip(keeps) {
                (*frame, *kept) = four::<V::Doubles>(*frame, *kept, *feedback);
            }
            for (frame, kept) in head_rest.iter_mut().zip(kept_rest) {
                let ([left, ..], [stays, ..]) = four::<V::Doubles>([*frame; 4], [*kept; 4], *feedback);
                (*frame, *kept) = (left, stays);
            }
            *position = if *position + count == ring.len() { 0 } else { *position + count };
            frames = tail;
        }
    }
}

/// Four frames, and what stood in the ring: what leaves, and what stands there then.
#[inline(always)]
fn four<D: Doubles>(frames: [f64; 4], kept: [f64; 4], feedback: f64) -> ([f64; 4], [f64; 4]) {
    let (frames, kept) = (D::from_array(frames), D::from_array(kept));
    let stays = kept.multiply_add(D::from_array([feedback; 4]), frames);
    let left = stays.multiply_add(D::from_array([-feedback; 4]), kept);
    let mut stays = stays.to_array();
    for stays in &mut stays {
        *stays = if stays.abs() < LEAST_STATE { 0.0 } else { *stays };
    }
    (left.to_array(), stays)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustfft::FftPlanner;
    use rustfft::num_complex::Complex;

    #[test]
    fn it_is_an_all_pass_above_its_corner() {
        for instructions in Instructions::available() {
            let mut frames = vec![0.0; 1 << 16];
            frames[0] = 1.0;
            let mut decorrelator = Decorrelator::new(48_000.0, instructions);
            frames.chunks_mut(GRID_FRAMES).for_each(|slot| decorrelator.run(slot));
            let mut bins: Vec<Complex<f64>> = frames.into_iter().map(Complex::from).collect();
            FftPlanner::new().plan_fft_forward(1 << 16).process(&mut bins);
            for (bin, value) in bins.iter().enumerate().take(1 << 15).skip(1) {
                let hz = bin as f64 * 48_000.0 / 65_536.0;
                // Butterworth's high-pass of second order, by the bilinear transform.
                let ratio =
                    (std::f64::consts::PI * CORNER_HZ / 48_000.0).tan() / (std::f64::consts::PI * hz / 48_000.0).tan();
                let expected = (1.0 + ratio.powi(4)).sqrt().recip();
                // What is flushed at -400 dBFS, and the cut after 1.4 s, are far below.
                assert!((value.norm() - expected).abs() < 1e-9, "{instructions:?}, {hz} Hz: {}", value.norm());
            }
        }
    }

    #[test]
    fn what_has_rung_out_is_exactly_nothing() {
        let mut decorrelator = Decorrelator::new(48_000.0, Instructions::current());
        decorrelator.on_grid(true);
        decorrelator.run(&mut [1.0; GRID_FRAMES]);
        let (mut slots, mut last) = (0, [1.0; GRID_FRAMES]);
        loop {
            decorrelator.on_grid(false);
            slots += 1;
            let mut frames = [0.0; GRID_FRAMES];
            decorrelator.run(&mut frames);
            if decorrelator.is_silent() {
                assert_eq!(frames, [0.0; GRID_FRAMES]);
                break;
            }
            last = frames;
        }
        // What is forgotten is next to nothing: -300 dBFS.
        assert!(last.iter().all(|sample: &f64| sample.abs() < 1e-15), "{last:?}");
        // 400 ms in slots of 64 frames.
        assert_eq!(slots, 300);
    }
}
