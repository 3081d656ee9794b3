//! Second-order sections on two channels, alone, four at a time, or in motion.
//!
//! Each section adds to the signal what it changes, d, of an input that is its part of the two channels: both, the mid,
//! the side, or one. So bands on different parts follow each other without the channels being turned back and forth, and
//! a section that changes nothing leaves every bit.
//!
//! Four sections run skewed in time: while the first has frame n, the second has n - 1, and so on, so that they do not
//! wait for each other and fill vector registers. Alone or together the arithmetic is the same.

use super::factor::Coefficients;
use crate::dispatch::{Kernel, Vector, multiply_add};
use crate::settings::BandChannel;

/// A frame of two channels; of a mono signal the second is silent.
pub type Frame = [f64; 2];

/// Sections in one pass.
pub const TOGETHER: usize = 4;

/// Lanes of one pass.
const LANES: usize = 2 * TOGETHER;

/// Below this (-400 dBFS and less) a state is set to zero, long before it could become subnormal.
const FLUSH_BELOW: f64 = 1e-20;

/// What part of a frame a section hears: this much of the same channel and of the other.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Part {
    own: Frame,
    other: Frame,
}

impl Part {
    /// The part of stereo frames that a band's channel names. What such a section changes is added to both channels as
    /// it is: of a mid it is the same for both, of a side opposite.
    pub fn of(channel: BandChannel) -> Self {
        match channel {
            BandChannel::Stereo => Self { own: [1.0; 2], other: [0.0; 2] },
            BandChannel::Mid => Self { own: [0.5; 2], other: [0.5; 2] },
            BandChannel::Side => Self { own: [0.5; 2], other: [-0.5; 2] },
            BandChannel::Left => Self { own: [1.0, 0.0], other: [0.0; 2] },
            BandChannel::Right => Self { own: [0.0, 1.0], other: [0.0; 2] },
        }
    }

    fn is_all(&self) -> bool {
        *self == Self::of(BandChannel::Stereo)
    }
}

/// A section with its states.
#[derive(Clone, Copy, Debug, Default)]
pub struct Section {
    /// As they stand at the next frame.
    pub coefficients: Coefficients,
    /// The part that it acts on.
    pub part: Part,
    states: [Frame; 2],
}

impl Section {
    /// A section at rest.
    pub fn new(coefficients: Coefficients, part: Part) -> Self {
        Self { coefficients, part, states: [[0.0; 2]; 2] }
    }

    /// Whether it neither changes its input nor rings.
    pub fn is_idle(&self) -> bool {
        self.coefficients.is_flat() && self.states == [[0.0; 2]; 2]
    }

    /// Sets to zero what is about to become subnormal.
    pub fn flush(&mut self) {
        for state in self.states.iter_mut().flatten() {
            if state.abs() < FLUSH_BELOW {
                *state = 0.0;
            }
        }
    }

    #[inline(always)]
    fn step<V: Vector>(&mut self, frame: Frame) -> Frame {
        let Coefficients { direct, feed, back } = self.coefficients;
        let mut output = frame;
        for lane in 0..2 {
            let heard = self.part.own[lane] * frame[lane] + self.part.other[lane] * frame[1 - lane];
            let [one, two] = [self.states[0][lane], self.states[1][lane]];
            output[lane] = frame[lane] + multiply_add::<V>(direct, heard, one);
            self.states[0][lane] = multiply_add::<V>(-back[0], one, multiply_add::<V>(feed[0], heard, two));
            self.states[1][lane] = multiply_add::<V>(-back[1], one, feed[1] * heard);
        }
        output
    }
}

/// One section over frames in place.
pub struct Alone<'a> {
    /// The section.
    pub section: &'a mut Section,
    /// The frames.
    pub frames: &'a mut [Frame],
}

impl Kernel for Alone<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let mut section = *self.section;
        for frame in self.frames {
            *frame = section.step::<V>(*frame);
        }
        *self.section = section;
    }
}

/// One section over frames in place, whose coefficients move by as much in every frame.
pub struct Moving<'a> {
    /// The section.
    pub section: &'a mut Section,
    /// What is added to its coefficients before every frame.
    pub steps: &'a Coefficients,
    /// The frames.
    pub frames: &'a mut [Frame],
}

impl Kernel for Moving<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let mut section = *self.section;
        for frame in self.frames {
            let moved = &mut section.coefficients;
            moved.direct += self.steps.direct;
            for pole in 0..2 {
                moved.feed[pole] += self.steps.feed[pole];
                moved.back[pole] += self.steps.back[pole];
            }
            *frame = section.step::<V>(*frame);
        }
        *self.section = section;
    }
}

/// Four sections, one after the other, over frames in place.
pub struct Together<'a> {
    /// The sections.
    pub sections: &'a mut [Section; TOGETHER],
    /// The frames.
    pub frames: &'a mut [Frame],
}

impl Kernel for Together<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { sections, frames } = self;
        // Each section begins as many frames late as there are before it, and ends as many late.
        let lead = frames.len().min(TOGETHER - 1);
        for (place, section) in sections.iter_mut().enumerate() {
            for frame in &mut frames[..lead - lead.min(place)] {
                *frame = section.step::<V>(*frame);
            }
        }
        if frames.len() > lead {
            let mut lanes = Lanes::of(sections);
            if sections.iter().all(|section| section.part.is_all()) {
                lanes.run::<V, true>(frames);
            } else {
                lanes.run::<V, false>(frames);
            }
            lanes.store_states(sections);
        }
        let count = frames.len();
        for (place, section) in sections.iter_mut().enumerate().skip(1) {
            let start = if count > lead { count - place } else { lead - lead.min(place) };
            for frame in &mut frames[start..] {
                *frame = section.step::<V>(*frame);
            }
        }
    }
}

/// Four sections side by side, two lanes each.
struct Lanes {
    direct: [f64; LANES],
    feed: [[f64; LANES]; 2],
    back: [[f64; LANES]; 2],
    own: [f64; LANES],
    other: [f64; LANES],
    states: [[f64; LANES]; 2],
}

impl Lanes {
    #[inline(always)]
    fn of(sections: &[Section; TOGETHER]) -> Self {
        let none = [0.0; LANES];
        let mut lanes =
            Self { direct: none, feed: [none; 2], back: [none; 2], own: none, other: none, states: [none; 2] };
        for lane in 0..LANES {
            let section = &sections[lane / 2];
            lanes.direct[lane] = section.coefficients.direct;
            lanes.own[lane] = section.part.own[lane % 2];
            lanes.other[lane] = section.part.other[lane % 2];
            for pole in 0..2 {
                lanes.feed[pole][lane] = section.coefficients.feed[pole];
                lanes.back[pole][lane] = -section.coefficients.back[pole];
                lanes.states[pole][lane] = section.states[pole][lane % 2];
            }
        }
        lanes
    }

    #[inline(always)]
    fn store_states(&self, sections: &mut [Section; TOGETHER]) {
        for lane in 0..LANES {
            for pole in 0..2 {
                sections[lane / 2].states[pole][lane % 2] = self.states[pole][lane];
            }
        }
    }

    /// From where the first section has come to, to the last frame. Before the first step the frames behind hold what
    /// each section left for the next.
    #[inline(always)]
    fn run<V: Vector, const ALL: bool>(&mut self, frames: &mut [Frame]) {
        const LAST: usize = TOGETHER - 1;
        let [mut one, mut two] = self.states;
        let mut input = [0.0; LANES];
        for place in 1..TOGETHER {
            for lane in 0..2 {
                input[2 * place + lane] = frames[LAST - place][lane];
            }
        }
        for newest in LAST..frames.len() {
            input[0] = frames[newest][0];
            input[1] = frames[newest][1];
            let mut heard = input;
            if !ALL {
                for lane in 0..LANES {
                    heard[lane] = self.own[lane] * input[lane] + self.other[lane] * input[lane ^ 1];
                }
            }
            let mut output = [0.0; LANES];
            for lane in 0..LANES {
                output[lane] = input[lane] + multiply_add::<V>(self.direct[lane], heard[lane], one[lane]);
            }
            let mut next = [0.0; LANES];
            for lane in 0..LANES {
                let fed = multiply_add::<V>(self.feed[0][lane], heard[lane], two[lane]);
                next[lane] = multiply_add::<V>(self.back[0][lane], one[lane], fed);
            }
            for lane in 0..LANES {
                two[lane] = multiply_add::<V>(self.back[1][lane], one[lane], self.feed[1][lane] * heard[lane]);
            }
            one = next;
            frames[newest - LAST] = [output[LANES - 2], output[LANES - 1]];
            for lane in 2..LANES {
                input[lane] = output[lane - 2];
            }
        }
        // What each section has left for the next, for the frames that the rest of them still have to take.
        let end = frames.len();
        for place in 1..TOGETHER {
            frames[end - place] = [input[2 * place], input[2 * place + 1]];
        }
        self.states = [one, two];
    }
}
