//! Second-order sections on two channels, alone, four at a time, or in motion.
//!
//! Each section adds to the signal what it changes of its part of the two channels: of both, the mid, the side, or one.
//! So bands on different parts follow each other without the channels being turned back and forth, and a section that
//! changes nothing leaves every bit.
//!
//! Four sections run skewed in time: while the first has frame n, the second has n - 1, and so on, so that they do not
//! wait for each other and fill vector registers. Alone or together the arithmetic is the same, but for the
//! sign of a zero.

use super::factor::Coefficients;
use crate::dispatch::{Doubles, Kernel, Vector, multiply_add};
use crate::entrance::flush_states;
use crate::settings::BandChannel;

/// A frame of two channels; of a mono signal the second is silent.
pub type Frame = [f64; 2];

/// Sections in one pass.
pub const TOGETHER: usize = 4;

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

    /// Leaves of frames this part alone, where it lies in the two channels.
    pub fn keep(&self, frames: &mut [Frame]) {
        for frame in frames {
            let [left, right] = *frame;
            *frame = [self.own[0] * left + self.other[0] * right, self.own[1] * right + self.other[1] * left];
        }
    }

    /// Whether it is both channels as they are.
    pub fn is_all(&self) -> bool {
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
        flush_states(self.states.as_flattened_mut());
    }

    #[inline(always)]
    fn spread(&self) -> Spread {
        let Coefficients { direct, feed, back } = self.coefficients;
        let mut spread =
            Spread { own: [[1.0, 1.0], [0.0; 2], [0.0; 2]], other: [[0.0; 2]; 3], back: [-back[0], -back[1]] };
        for (place, gain) in [direct, feed[0], feed[1]].into_iter().enumerate() {
            for lane in 0..2 {
                spread.own[place][lane] += gain * self.part.own[lane];
                spread.other[place][lane] = gain * self.part.other[lane];
            }
        }
        spread
    }
}

/// A section's coefficients as they act on each channel: on itself, and from the other channel.
#[derive(Clone, Copy)]
struct Spread {
    /// To the output (with the input itself), to the first state, to the second.
    own: [Frame; 3],
    other: [Frame; 3],
    /// From the first state to both.
    back: [f64; 2],
}

impl Spread {
    #[inline(always)]
    fn step<V: Vector>(&self, [one, two]: &mut [Frame; 2], input: Frame) -> Frame {
        let mut output = input;
        for lane in 0..2 {
            let (own, other) = (input[lane], input[1 - lane]);
            let (was_one, was_two) = (one[lane], two[lane]);
            let straight = multiply_add::<V>(self.other[0][lane], other, was_one);
            output[lane] = multiply_add::<V>(self.own[0][lane], own, straight);
            let fed = multiply_add::<V>(self.own[1][lane], own, multiply_add::<V>(self.other[1][lane], other, was_two));
            one[lane] = multiply_add::<V>(self.back[0], was_one, fed);
            let fed = multiply_add::<V>(self.own[2][lane], own, self.other[2][lane] * other);
            two[lane] = multiply_add::<V>(self.back[1], was_one, fed);
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
        run_alone::<V>(self.section, self.frames);
    }
}

/// Works on a copy, so that the states stay in registers.
#[inline(always)]
fn run_alone<V: Vector>(section: &mut Section, frames: &mut [Frame]) {
    let (spread, mut states) = (section.spread(), section.states);
    for frame in frames {
        *frame = spread.step::<V>(&mut states, *frame);
    }
    section.states = states;
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
            *frame = section.spread().step::<V>(&mut section.states, *frame);
        }
        *self.section = section;
    }
}

/// Four sections, one after the other, over frames in place.
pub struct Together<'a> {
    /// The sections.
    pub sections: &'a mut [Section; TOGETHER],
    /// Whether all of them act on both channels as they are.
    pub all: bool,
    /// The frames.
    pub frames: &'a mut [Frame],
}

impl Kernel for Together<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { sections, frames, all } = self;
        // Each section begins as many frames late as there are before it, and ends as many late.
        let lead = frames.len().min(TOGETHER - 1);
        for (place, section) in sections.iter_mut().enumerate() {
            run_alone::<V>(section, &mut frames[..lead - lead.min(place)]);
        }
        if frames.len() > lead {
            let [first, second, third, fourth] = &mut *sections;
            let mut odd = Lanes::<V::Doubles>::of(first, third);
            let mut even = Lanes::<V::Doubles>::of(second, fourth);
            if all {
                run_together::<V::Doubles, true>(&mut odd, &mut even, frames);
            } else {
                run_together::<V::Doubles, false>(&mut odd, &mut even, frames);
            }
            odd.store_states(first, third);
            even.store_states(second, fourth);
        }
        let count = frames.len();
        for (place, section) in sections.iter_mut().enumerate().skip(1) {
            let start = if count > lead { count - place } else { lead - lead.min(place) };
            run_alone::<V>(section, &mut frames[start..]);
        }
    }
}

/// Two sections side by side, two lanes each.
#[derive(Clone, Copy)]
struct Lanes<D> {
    own: [D; 3],
    other: [D; 3],
    back: [D; 2],
    states: [D; 2],
}

impl<D: Doubles> Lanes<D> {
    #[inline(always)]
    fn of(low: &Section, high: &Section) -> Self {
        let (below, above) = (low.spread(), high.spread());
        let pairs = |low: Frame, high: Frame| D::from_pairs(low, high);
        let both = |low: f64, high: f64| D::from_array([low, low, high, high]);
        let three = |low: &[Frame; 3], high: &[Frame; 3]| {
            [pairs(low[0], high[0]), pairs(low[1], high[1]), pairs(low[2], high[2])]
        };
        Self {
            own: three(&below.own, &above.own),
            other: three(&below.other, &above.other),
            back: [both(below.back[0], above.back[0]), both(below.back[1], above.back[1])],
            states: [pairs(low.states[0], high.states[0]), pairs(low.states[1], high.states[1])],
        }
    }

    #[inline(always)]
    fn store_states(&self, low: &mut Section, high: &mut Section) {
        for (pole, state) in self.states.iter().enumerate() {
            let [a, b, c, d] = state.to_array();
            low.states[pole] = [a, b];
            high.states[pole] = [c, d];
        }
    }

    /// As [`Spread::step`]; where all of them act on both channels as they are, there is no other channel.
    #[inline(always)]
    fn step<const ALL: bool>(&mut self, input: D) -> D {
        let [one, two] = self.states;
        if ALL {
            self.states[0] = self.back[0].multiply_add(one, self.own[1].multiply_add(input, two));
            self.states[1] = self.back[1].multiply_add(one, self.own[2].mul(input));
            return self.own[0].multiply_add(input, one);
        }
        let other = input.swapped();
        let fed = self.own[1].multiply_add(input, self.other[1].multiply_add(other, two));
        self.states[0] = self.back[0].multiply_add(one, fed);
        let fed = self.own[2].multiply_add(input, self.other[2].mul(other));
        self.states[1] = self.back[1].multiply_add(one, fed);
        self.own[0].multiply_add(input, self.other[0].multiply_add(other, one))
    }
}

/// From where the first section has come to, to the last frame. Before and after, the frames at the end hold what each
/// section has left for the next. The first and third section are one vector, the second and fourth the other: so what
/// leaves the first vector enters the second as it is.
#[inline(always)]
fn run_together<D: Doubles, const ALL: bool>(odd: &mut Lanes<D>, even: &mut Lanes<D>, frames: &mut [Frame]) {
    const LAST: usize = TOGETHER - 1;
    let (mut first, mut second) = (*odd, *even);
    let mut between = D::from_pairs(frames[2], frames[0]);
    let mut back = D::from_pairs(frames[1], frames[1]);
    for newest in LAST..frames.len() {
        let input = D::before_low_of(frames[newest], back);
        back = second.step::<ALL>(between);
        between = first.step::<ALL>(input);
        frames[newest - LAST] = back.high();
    }
    let end = frames.len();
    let ([a, b, c, d], [e, f, ..]) = (between.to_array(), back.to_array());
    frames[end - 1] = [a, b];
    frames[end - 2] = [e, f];
    frames[end - 3] = [c, d];
    (*odd, *even) = (first, second);
}
