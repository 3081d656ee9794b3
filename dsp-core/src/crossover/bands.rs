//! What a crossover makes.

use super::MOST_BANDS;
use crate::dispatch::{Instructions, Kernel, Vector};
use crate::processor::GRID_FRAMES;

/// One signal of up to 64 frames: left and right, or one channel and another that is not in use.
pub(crate) type Stereo = [[f32; GRID_FRAMES]; 2];

/// What a crossover makes of up to 64 frames. Only as many frames of each are of the signal as were divided.
#[derive(Clone, Debug)]
pub struct Bands {
    /// What the bands sum to: the all-pass of the input (minimum phase), or the delayed input, bit for bit (linear phase,
    /// or one band). Subnormal samples are zero.
    pub whole: Stereo,
    /// The bands, lowest first; beyond [`count`](Self::count) they hold what they held before.
    pub band: [Stereo; MOST_BANDS],
    /// How many bands there are: while their number changes, the larger.
    pub count: usize,
}

/// Of what a crossover makes of up to 64 frames, what they sum to, and a sum of the bands' sides, (left - right) / 2.
pub struct Sides<'a> {
    /// How much of each band's side.
    pub shares: &'a [f32; MOST_BANDS],
    /// See [`Bands::whole`].
    pub whole: &'a mut Stereo,
    /// The sum.
    pub sides: &'a mut [f32; GRID_FRAMES],
}

impl Default for Bands {
    fn default() -> Self {
        let silence = [[0.0; GRID_FRAMES]; 2];
        Self { whole: silence, band: [silence; MOST_BANDS], count: 1 }
    }
}

impl Bands {
    /// Becomes one band, which is these channels.
    pub(super) fn be_one(&mut self, instructions: Instructions, channels: &[&[f32]]) {
        self.take(instructions, channels);
        self.count = 1;
        self.band[0] = self.whole;
    }

    /// Takes these channels as the whole.
    pub(super) fn take(&mut self, instructions: Instructions, channels: &[&[f32]]) {
        for (whole, channel) in self.whole.iter_mut().zip(channels) {
            whole[..channel.len()].copy_from_slice(channel);
            instructions.run(Flush { whole });
        }
    }

    /// Mixes these bands, frame by frame as much of them as the shares say, with others.
    pub(super) fn mix(&mut self, others: &Self, shares: &[f32]) {
        mix(&mut self.whole, &others.whole, shares);
        let both = self.count.min(others.count);
        for (band, other) in self.band.iter_mut().zip(&others.band).take(both) {
            mix(band, other, shares);
        }
        const SILENCE: Stereo = [[0.0; GRID_FRAMES]; 2];
        for band in &mut self.band[both..self.count.max(both)] {
            mix(band, &SILENCE, shares);
        }
        for place in both..others.count {
            self.band[place] = SILENCE;
            mix(&mut self.band[place], &others.band[place], shares);
        }
        self.count = self.count.max(others.count);
    }
}

/// Makes subnormal samples zero.
struct Flush<'a> {
    whole: &'a mut [f32; GRID_FRAMES],
}

impl Kernel for Flush<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for frame in (0..GRID_FRAMES).step_by(V::WIDTH) {
            normal(V::load(self.whole, frame)).store(self.whole, frame);
        }
    }
}

/// The samples, or zero where they are subnormal.
#[inline(always)]
pub(super) fn normal<V: Vector>(samples: V) -> V {
    let silence = V::splat(0.0);
    samples.abs().where_greater(V::splat(f32::MIN_POSITIVE.next_down()), samples, silence)
}

fn mix(to: &mut Stereo, from: &Stereo, shares: &[f32]) {
    for (to, from) in to.iter_mut().zip(from) {
        for ((to, from), share) in to.iter_mut().zip(from).zip(shares) {
            let mixed = *from + share * (*to - *from);
            *to = if mixed.abs() < f32::MIN_POSITIVE { 0.0 } else { mixed };
        }
    }
}
