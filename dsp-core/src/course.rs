//! Parameters that move: smoothed every few frames of the stream, linear between them, laid out for the frames of a slot.

use crate::processor::GRID_FRAMES;
use crate::smooth::Smoothed;

/// One number for each frame of a slot of the grid.
pub(crate) type Block = [f32; GRID_FRAMES];

/// Frames between two steps of a value that moves.
const STEP_FRAMES: usize = 8;

/// A value for each frame: a number that stands still, or a course.
pub(crate) trait Along: Copy {
    /// The value at a frame.
    fn at(&self, frame: usize) -> f32;
}

impl Along for f32 {
    #[inline(always)]
    fn at(&self, _: usize) -> f32 {
        *self
    }
}

impl Along for &[f32] {
    #[inline(always)]
    fn at(&self, frame: usize) -> f32 {
        self[frame]
    }
}

/// A parameter on its way, over the slot that the stream is in.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    value: Smoothed,
    /// Its value in every frame of the slot.
    slot: Block,
    /// Whether they differ.
    is_moving: bool,
}

impl Course {
    /// A course at rest.
    pub(crate) fn new() -> Self {
        Self { value: Smoothed::new(0.0), slot: [0.0; GRID_FRAMES], is_moving: false }
    }

    /// Sets the sample rate, Hz.
    pub(crate) fn prepare(&mut self, sample_rate: f64) {
        self.value.prepare(sample_rate / STEP_FRAMES as f64);
    }

    /// Arrives at once.
    pub(crate) fn jump(&mut self, target: f32) {
        self.value.jump(f64::from(target));
        self.rest();
    }

    /// Moves to `target` from the next slot on.
    pub(crate) fn aim(&mut self, target: f32) {
        self.value.aim(f64::from(target));
    }

    /// Goes on to the next slot.
    #[inline]
    pub(crate) fn advance(&mut self) {
        if !self.value.is_at_rest() {
            self.advance_moving();
        } else if self.is_moving {
            self.rest();
        }
    }

    fn advance_moving(&mut self) {
        self.is_moving = true;
        for step in self.slot.as_chunks_mut::<STEP_FRAMES>().0 {
            let start = self.value.value();
            let end = self.value.next_value();
            for (frame, value) in step.iter_mut().enumerate() {
                *value = (start + (end - start) * ((frame + 1) as f64 / STEP_FRAMES as f64)) as f32;
            }
        }
    }

    fn rest(&mut self) {
        self.slot = [self.value.value() as f32; GRID_FRAMES];
        self.is_moving = false;
    }

    /// Whether the value is not the same in the whole slot.
    pub(crate) fn is_moving(&self) -> bool {
        self.is_moving
    }

    /// The value in every frame from a place in the slot on.
    pub(crate) fn from(&self, place: usize) -> &[f32] {
        &self.slot[place..]
    }

    /// The value where it stands still; else that of the slot's end.
    pub(crate) fn value(&self) -> f32 {
        self.slot[GRID_FRAMES - 1]
    }

    /// Whether it stands and stays there.
    pub(crate) fn is_at_rest(&self) -> bool {
        !self.is_moving && self.value.is_at_rest()
    }

    /// Whether it stands at a value and stays there.
    pub(crate) fn rests_at(&self, value: f32) -> bool {
        self.is_at_rest() && self.value() == value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_starts_at_a_slot_and_arrives_exactly() {
        let mut course = Course::new();
        course.prepare(48_000.0);
        course.jump(1.0);
        course.aim(-2.5);
        assert!(!course.rests_at(1.0) && course.from(3)[0] == 1.0);
        let (mut before, mut largest) = (1.0, 0f32);
        let slots = (0..1000).position(|_| {
            course.advance();
            for value in course.from(0) {
                largest = largest.max((value - before).abs());
                before = *value;
            }
            course.rests_at(-2.5)
        });
        // Three poles of 3 ms are 144 frames each: 16 of them bring the rest of 3.5 below 1e-7.
        assert!(slots.is_some_and(|slots| slots < 60), "{slots:?} slots");
        // The steepest slope of three equal poles is 2/e^2 of the way in a time constant.
        assert!(largest < 1.05 * 3.5 * 2.0 / 144.0 / std::f32::consts::E.powi(2), "{largest}");
    }
}
