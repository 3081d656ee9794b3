//! What is done to the samples of a hop: gain in, attenuation, and what is only for listening.

use super::motion::{Course, Listening, Mark};
use super::shaping::HopOctaves;
use crate::dispatch::{Kernel, Vector};
use crate::dynamics::{GROUP_FRAMES, attenuated_by};
use crate::entrance::flushed;
use crate::true_peak::{GROUPS_PER_HOP, HOP_FRAMES};

/// The samples of a hop of one channel.
pub(super) type Hop = [f32; HOP_FRAMES];

/// A course at every frame.
#[inline(always)]
fn along(course: &Course) -> Hop {
    let mut values = [0.0; HOP_FRAMES];
    for (group, values) in values.as_chunks_mut::<GROUP_FRAMES>().0.iter_mut().enumerate() {
        let (start, end) = (course[group], course[group + 1]);
        for (frame, value) in values.iter_mut().enumerate() {
            *value = start + (end - start) * ((frame + 1) as f32 / GROUP_FRAMES as f32);
        }
    }
    values
}

/// Input times input gain.
pub(super) struct GainIn<'a> {
    pub(super) mark: &'a Mark,
    pub(super) input: &'a Hop,
    pub(super) output: &'a mut Hop,
}

impl Kernel for GainIn<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let constant = self.mark.gain[0];
        if self.mark.gain == [constant; GROUPS_PER_HOP + 1] {
            for (output, input) in self.output.iter_mut().zip(self.input) {
                *output = flushed(flushed(*input) * constant);
            }
        } else {
            let gain = along(&self.mark.gain);
            for ((output, input), gain) in self.output.iter_mut().zip(self.input).zip(gain) {
                *output = flushed(flushed(*input) * gain);
            }
        }
    }
}

/// Attenuation in octaves as a linear gain.
pub(super) struct Gain<'a> {
    pub(super) octaves: &'a HopOctaves,
    pub(super) gain: &'a mut Hop,
}

impl Kernel for Gain<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for (gain, &octaves) in self.gain.iter_mut().zip(self.octaves) {
            *gain = attenuated_by::<V>(octaves);
        }
    }
}

/// Delayed samples times gain, never above the ceiling: the attenuation sees to that, the limit only removes rounding.
pub(super) struct Attenuate<'a> {
    pub(super) mark: &'a Mark,
    pub(super) gain: &'a Hop,
    pub(super) input: &'a Hop,
    pub(super) output: &'a mut Hop,
}

impl Kernel for Attenuate<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        for group in 0..GROUPS_PER_HOP {
            let ceiling = self.mark.ceiling[group];
            for place in group * GROUP_FRAMES..(group + 1) * GROUP_FRAMES {
                let value = flushed(self.input[place] * self.gain[place]);
                let value = if value > ceiling { ceiling } else { value };
                self.output[place] = if value < -ceiling { -ceiling } else { value };
            }
        }
    }
}

/// What is only for listening, in place of the output.
pub(super) struct Listen<'a> {
    pub(super) listening: &'a Listening,
    pub(super) mark: &'a Mark,
    pub(super) input: &'a Hop,
    pub(super) output: &'a mut Hop,
}

impl Kernel for Listen<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let (delta, unity) = (along(&self.listening.delta), along(&self.listening.unity_gain));
        let gain = along(&self.mark.gain);
        for place in 0..HOP_FRAMES {
            let output = self.output[place];
            // Flushed at every step: where a difference is subnormal, the CPU's flags would decide what is added.
            let taken_away = flushed(self.input[place] - output);
            let heard = flushed(flushed((1.0 - delta[place]) * output) + flushed(delta[place] * taken_away));
            // Turned down only: what was quieter than its input stays, so that the ceiling holds here too.
            let turned_down = 1.0 / if gain[place] > 1.0 { gain[place] } else { 1.0 };
            self.output[place] = flushed(heard * (1.0 + unity[place] * (turned_down - 1.0)));
        }
    }
}
