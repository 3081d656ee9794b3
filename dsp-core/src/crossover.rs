//! Crossovers: a signal divided into one to six bands, and what these sum to.
//!
//! Whoever divides writes `whole + sum of (gain - 1) * band`: at rest the second part is zero bit for bit, and any mix of
//! dry and wet needs no other path. In [minimum](CrossoverPhase::Minimum) phase the bands are Linkwitz and Riley's and sum
//! to an all-pass; in [linear](CrossoverPhase::Linear) phase they sum to the delayed input.

mod bands;
mod corners;
mod linear;
mod minimum;
#[cfg(test)]
mod tests;

use crate::convolution::KernelSize;
use crate::dispatch::Instructions;
use crate::processor::{GRID_FRAMES, MASTERING_RATES_HZ, Spec, SpecError};
pub use bands::{Bands, Sides};
pub(crate) use corners::{Corners, SLOWER};
use linear::Linear;
use minimum::Minimum;

/// The most bands.
pub const MOST_BANDS: usize = 6;

/// The length of the kernels of linear phase at a sample rate in Hz.
pub fn kernel_size(sample_rate: f64) -> KernelSize {
    linear::size(sample_rate)
}

/// Where as many bands as wanted meet, as they are used at a sample rate in Hz: ascending, Hz, kept between 10 Hz and 0.49
/// of the rate. One fewer than there are bands.
pub fn corners_hz(bands: usize, crossover_hz: &[f32], sample_rate: f64) -> Vec<f64> {
    let corners = Corners::new(bands, crossover_hz, sample_rate);
    corners.hz[..corners.bands - 1].to_vec()
}

/// How a crossover divides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CrossoverPhase {
    /// Linkwitz and Riley's filters of 24 dB per octave, without latency; the bands sum to an all-pass.
    #[default]
    Minimum,
    /// Filters of linear phase with one fixed latency; the bands sum to the delayed input.
    Linear,
}

/// A crossover for one or two channels.
///
/// Thread: [`prepare`](Self::prepare) belongs to the thread that sets up; all else may be called on the audio thread and
/// never allocates, waits or panics.
#[derive(Default)]
pub struct Crossover {
    /// Set where a caller wants other instructions than the machine's best.
    wanted_instructions: Option<Instructions>,
    sample_rate: f64,
    wanted: Wanted,
    path: Option<Path>,
    /// Whether a frame has been divided since `prepare` or `reset`.
    running: bool,
}

/// What was last asked for: it stays where the rate changes.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    bands: usize,
    crossover_hz: [f32; MOST_BANDS - 1],
    count: usize,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { bands: 1, crossover_hz: [0.0; MOST_BANDS - 1], count: 0 }
    }
}

impl Wanted {
    fn corners(&self, sample_rate: f64) -> Corners {
        Corners::new(self.bands, &self.crossover_hz[..self.count], sample_rate)
    }
}

/// The way that was prepared.
enum Path {
    Minimum(Box<Minimum>),
    Linear(Box<Linear>),
}

impl Crossover {
    /// A crossover that computes with these instructions, which must be available: to compare sets of instructions.
    pub fn on(instructions: Instructions) -> Self {
        Self { wanted_instructions: Some(instructions), ..Self::default() }
    }

    /// Allocates for `spec` and this phase, and ends as after [`reset`](Self::reset). What was [`set`](Self::set) stays.
    ///
    /// # Errors
    /// [`SpecError`] if the rate or the number of channels, 1 or 2, is not possible; the crossover is then as before.
    pub fn prepare(&mut self, spec: &Spec, phase: CrossoverPhase) -> Result<(), SpecError> {
        spec.check(MASTERING_RATES_HZ, &[1, 2])?;
        let instructions = self.wanted_instructions.unwrap_or_else(Instructions::current);
        self.sample_rate = spec.sample_rate;
        self.running = false;
        let corners = self.wanted.corners(spec.sample_rate);
        self.path = Some(match phase {
            CrossoverPhase::Minimum => Path::Minimum(Box::new(Minimum::new(corners, spec.sample_rate, instructions))),
            CrossoverPhase::Linear => Path::Linear(Box::new(Linear::new(corners, spec, instructions))),
        });
        Ok(())
    }

    /// Forgets the signal and keeps what was set.
    pub fn reset(&mut self) {
        self.running = false;
        match &mut self.path {
            Some(Path::Minimum(path)) => path.reset(),
            Some(Path::Linear(path)) => path.reset(),
            None => {}
        }
    }

    /// The delay in frames: a multiple of [`GRID_FRAMES`] that moves only in [`prepare`](Self::prepare).
    pub fn latency(&self) -> usize {
        match &self.path {
            Some(Path::Linear(path)) => path.latency(),
            Some(Path::Minimum(_)) | None => 0,
        }
    }

    /// Asks for a number of bands, 1 to [`MOST_BANDS`], and where they meet, Hz, one fewer than bands: at once before the
    /// first frame, later from a grid position on and without a click.
    ///
    /// Crossovers may come in any order and be equal; they are kept between 10 Hz and 0.49 of the rate. With fewer
    /// crossovers than bands need there are fewer bands; more are not looked at.
    pub fn set(&mut self, bands: usize, crossover_hz: &[f32]) {
        let mut wanted = Wanted { bands, ..Wanted::default() };
        wanted.count = crossover_hz.len().min(wanted.crossover_hz.len());
        wanted.crossover_hz[..wanted.count].copy_from_slice(&crossover_hz[..wanted.count]);
        self.wanted = wanted;
        let corners = self.wanted.corners(self.sample_rate);
        match &mut self.path {
            Some(Path::Minimum(path)) => path.want(corners),
            Some(Path::Linear(path)) => path.want(corners),
            None => {}
        }
        if !self.running {
            self.reset();
        }
    }

    /// Whether what comes next is one band: the input itself, without its subnormal samples.
    pub fn is_one(&self) -> bool {
        matches!(&self.path, Some(Path::Minimum(path)) if path.is_one())
    }

    /// Lets any number of frames pass where it [is one](Self::is_one) band: as if they had been divided.
    pub fn pass(&mut self, frames: usize) {
        self.running |= frames > 0;
        if let Some(Path::Minimum(path)) = &mut self.path {
            path.pass(frames);
        }
    }

    /// At a grid position: whether [`split_sides`](Self::split_sides) may stand for [`split`](Self::split) up to the next.
    pub fn is_steady(&self) -> bool {
        matches!(&self.path, Some(Path::Minimum(path)) if path.is_steady())
    }

    /// Divides 0 to 64 frames that do not cross a grid position, where the last of these [was steady](Self::is_steady): with
    /// a sum of the bands' sides instead of the bands.
    pub fn split_sides<C: AsRef<[f32]>>(&mut self, channels: &[C], sum: Sides<'_>) {
        let mut parts: [&[f32]; 2] = [&[]; 2];
        let parts = first_frames(channels, &mut parts);
        self.running |= parts.first().is_some_and(|part| !part.is_empty());
        if let Some(Path::Minimum(path)) = &mut self.path {
            path.split_sides(parts, sum);
        }
    }

    /// Divides 0 to 64 frames that do not cross a grid position of the stream, one slice a channel, all of one length.
    pub fn split<C: AsRef<[f32]>>(&mut self, channels: &[C], bands: &mut Bands) {
        let mut parts: [&[f32]; 2] = [&[]; 2];
        let parts = first_frames(channels, &mut parts);
        self.running |= parts.first().is_some_and(|part| !part.is_empty());
        match &mut self.path {
            Some(Path::Minimum(path)) => path.split(parts, bands),
            Some(Path::Linear(path)) => path.split(parts, bands),
            None => bands.be_one(Instructions::Baseline, parts),
        }
    }
}

/// The first 64 frames of the first two channels.
fn first_frames<'a, 'b, C: AsRef<[f32]>>(channels: &'a [C], parts: &'b mut [&'a [f32]; 2]) -> &'b [&'a [f32]] {
    for (part, channel) in parts.iter_mut().zip(channels) {
        let channel = channel.as_ref();
        *part = &channel[..channel.len().min(GRID_FRAMES)];
    }
    &parts[..channels.len().min(2)]
}
