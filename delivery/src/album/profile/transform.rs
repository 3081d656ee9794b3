//! A stream's powers by frequency: windows that overlap where they fade, so that every frame counts alike.
//!
//! frames -> middle + i side -> window -> Fourier transform -> powers of middle and side
//!
//! A window is level but for its ends, where it fades in and out as a sine over a quarter of its length. The squares of two
//! that overlap there sum to one: the powers of all windows together are the energy of the stream, to the last transient,
//! at two thirds of the work of windows that fade over half their length. Its far side lobes fall by 12 dB an octave, so that
//! bass leaves nothing in the treble.

use std::f64::consts::PI;
use std::sync::Arc;

use runout_dsp_core::dispatch::{Instructions, Kernel, Vector};
use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner, FftPlannerScalar};

/// One frame: the middle is the real part, the side the imaginary one.
type Sample = Complex<f32>;

/// The least length of a window, s: its bins lie 1.5 Hz apart or less, three in the band at 20 Hz.
const LEAST_WINDOW_S: f64 = 0.68;

/// The mean square at or below which a window is silence and counts for nothing: -70 dBFS, as BS.1770's absolute gate.
const SILENCE: f64 = 1e-7;

/// What a window holds: the powers at its bins, one-sided and without scale.
pub(super) struct Powers<'a> {
    pub middle: &'a [f32],
    pub side: &'a [f32],
    /// What makes a sum of powers the energy of the window's frames, in squares times frames.
    pub scale: f64,
    /// How many frames of the stream the window stands for: the sum of its squares over them.
    pub frames: f64,
}

/// The windows over one stream.
pub(super) struct Transform {
    instructions: Instructions,
    fft: Arc<dyn Fft<f32>>,
    window: Box<[f32]>,
    /// The frames of the window that is being filled.
    frames: Box<[Sample]>,
    buffer: Box<[Sample]>,
    scratch: Box<[Sample]>,
    middle: Box<[f32]>,
    side: Box<[f32]>,
    /// Frames over which it fades in, and out.
    fade: usize,
    /// Frames after those that it shares with the window before it that have come.
    filled: usize,
    /// Whether those that it shares are frames of the stream, not the silence before it.
    has_begun: bool,
}

impl Transform {
    pub fn new(sample_rate: f64) -> Self {
        let size = ((LEAST_WINDOW_S * sample_rate) as usize).next_power_of_two();
        let instructions = Instructions::current();
        let fft = if instructions == Instructions::Baseline {
            FftPlannerScalar::new().plan_fft_forward(size)
        } else {
            FftPlanner::new().plan_fft_forward(size)
        };
        let fade = size / 4;
        let weight = |frame: usize| {
            let from_end = frame.min(size - 1 - frame).min(fade) as f64 + 0.5;
            (0.5 * PI * (from_end / fade as f64).min(1.0)).sin() as f32
        };
        let samples = |count: usize| vec![Sample::default(); count].into_boxed_slice();
        Self {
            instructions,
            window: (0..size).map(weight).collect(),
            fade,
            frames: samples(size),
            buffer: samples(size),
            scratch: samples(fft.get_inplace_scratch_len()),
            middle: vec![0.0; size / 2].into(),
            side: vec![0.0; size / 2].into(),
            filled: 0,
            has_begun: false,
            fft,
        }
    }

    /// How far two bins are apart, Hz.
    pub fn bin_hz(&self, sample_rate: f64) -> f64 {
        sample_rate / self.window.len() as f64
    }

    /// Takes frames, one channel or two, and hands on each window that is full.
    pub fn push(&mut self, block: &[&mut [f32]], mut take: impl FnMut(&Powers)) {
        let (Some(left), Some(right)) = (block.first(), block.last()) else { return };
        let fresh = self.window.len() - self.fade;
        let mut done = 0;
        while done < left.len() {
            let count = (fresh - self.filled).min(left.len() - done);
            let place = self.fade + self.filled;
            let (left, right) = (&left[done..done + count], &right[done..done + count]);
            self.instructions.run(Turn { left, right, frames: &mut self.frames[place..place + count] });
            done += count;
            self.filled += count;
            if self.filled == fresh {
                self.transform(&mut take);
                self.step();
            }
        }
    }

    /// Hands on the windows that the end of the stream leaves unfinished.
    pub fn end(&mut self, mut take: impl FnMut(&Powers)) {
        let last = self.fade + self.filled;
        self.frames[last..].fill(Sample::default());
        self.transform(&mut take);
        let fades_out = self.window.len() - self.fade;
        if last > fades_out {
            self.step();
            self.frames[self.fade..].fill(Sample::default());
            self.transform_of(0..last - fades_out, &mut take);
        }
    }

    /// What the window fades out over is what the next one fades in over.
    fn step(&mut self) {
        let fades_out = self.window.len() - self.fade;
        self.frames.copy_within(fades_out.., 0);
        self.filled = 0;
        self.has_begun = true;
    }

    fn transform(&mut self, take: &mut impl FnMut(&Powers)) {
        let first = if self.has_begun { 0 } else { self.fade };
        self.transform_of(first..self.fade + self.filled, take);
    }

    /// Transforms the window, in which these frames are the stream's.
    fn transform_of(&mut self, held: std::ops::Range<usize>, take: &mut impl FnMut(&Powers)) {
        let size = self.window.len();
        let frames = squares_up_to(held.end, size, self.fade) - squares_up_to(held.start, size, self.fade);
        let Self { window, frames: stream, buffer, .. } = self;
        let energy = self.instructions.run(Weigh { window, frames: stream, weighed: buffer });
        if frames <= 0.0 || energy <= SILENCE * frames {
            return;
        }
        self.fft.process_with_scratch(&mut self.buffer, &mut self.scratch);
        let Self { buffer, middle, side, .. } = self;
        self.instructions.run(Split { bins: buffer, middle, side });
        // Each bin has a mirror image of the same power (2); middle and side come as sums and differences of the two, twice
        // themselves (1/4).
        take(&Powers { middle: &self.middle, side: &self.side, scale: 0.5 / size as f64, frames });
    }
}

/// The sum of the squares of the first `count` values of a window of `size` that fades over `fade`.
fn squares_up_to(count: usize, size: usize, fade: usize) -> f64 {
    let step = PI / fade as f64;
    // Of a sine window of twice the fade.
    let of_sine = |count: f64| 0.5 * count - (step * count).sin() / (4.0 * (step / 2.0).sin());
    let level = count.clamp(fade, size - fade) - fade;
    let fades_out = count.max(size - fade) + fade - size;
    of_sine(count.min(fade) as f64) + level as f64 + of_sine((fade + fades_out) as f64) - of_sine(fade as f64)
}

/// Left and right to middle and side.
struct Turn<'a> {
    left: &'a [f32],
    right: &'a [f32],
    frames: &'a mut [Sample],
}

impl Kernel for Turn<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for ((frame, left), right) in self.frames.iter_mut().zip(self.left).zip(self.right) {
            *frame = Sample { re: 0.5 * (left + right), im: 0.5 * (left - right) };
        }
    }
}

/// Frames times their window; returns the sum of the squares of what comes of it.
struct Weigh<'a> {
    window: &'a [f32],
    frames: &'a [Sample],
    weighed: &'a mut [Sample],
}

impl Kernel for Weigh<'_> {
    type Output = f64;

    #[inline(always)]
    fn run<V: Vector>(self) -> f64 {
        const LANES: usize = 16;
        const PART: usize = 1024;
        let mut energy = 0.0;
        let parts = self.weighed.chunks_mut(PART).zip(self.frames.chunks(PART)).zip(self.window.chunks(PART));
        for ((weighed, frames), window) in parts {
            // Short sums in single precision: a gate needs no more.
            let mut sums = [0f32; LANES];
            let (weighed, _) = weighed.as_chunks_mut::<LANES>();
            let (frames, _) = frames.as_chunks::<LANES>();
            let (window, _) = window.as_chunks::<LANES>();
            for ((weighed, frames), window) in weighed.iter_mut().zip(frames).zip(window) {
                for lane in 0..LANES {
                    let value = frames[lane] * window[lane];
                    weighed[lane] = value;
                    sums[lane] += value.norm_sqr();
                }
            }
            energy += sums.iter().map(|sum| f64::from(*sum)).sum::<f64>();
        }
        energy
    }
}

/// The powers of middle and side of each bin, four times what they are.
struct Split<'a> {
    bins: &'a [Sample],
    middle: &'a mut [f32],
    side: &'a mut [f32],
}

impl Kernel for Split<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        // Bin 0 is DC, which is no sound.
        if let (Some(middle), Some(side)) = (self.middle.first_mut(), self.side.first_mut()) {
            (*middle, *side) = (0.0, 0.0);
        }
        let (lower, upper) = self.bins.split_at(self.bins.len() / 2);
        let powers = self.middle.iter_mut().zip(self.side.iter_mut()).skip(1);
        for (((middle, side), bin), mirrored) in powers.zip(&lower[1..]).zip(upper.iter().rev()) {
            // The middle alone has a bin that is its mirror image's conjugate, the side alone the negative of that.
            let (real, imaginary) = (bin.re + mirrored.re, bin.im - mirrored.im);
            *middle = real * real + imaginary * imaginary;
            let (real, imaginary) = (bin.re - mirrored.re, bin.im + mirrored.im);
            *side = real * real + imaginary * imaginary;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_squares_of_a_window_have_a_closed_sum_and_those_of_two_are_level() {
        let transform = Transform::new(22_050.0);
        let (size, fade) = (transform.window.len(), transform.fade);
        let square = |frame: usize| f64::from(transform.window[frame]).powi(2);
        for count in [0, 1, 1000, fade, size / 2, size - fade + 77, size] {
            let expected: f64 = (0..count).map(square).sum();
            // 1e-3: the rounding of 16384 weights to f32.
            assert!((squares_up_to(count, size, fade) - expected).abs() < 1e-3, "{count}");
        }
        // 1e-6: the rounding of two weights.
        assert!((0..fade).all(|frame| (square(frame) + square(size - fade + frame) - 1.0).abs() < 1e-6));
    }
}
