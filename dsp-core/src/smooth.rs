//! Smoothing of parameters and fades between two signals, frame by frame in stream order, so that the result does not
//! depend on how the stream is cut.

use crate::units::frames_from_ms;

/// Time constant of each of the three poles, ms. More than 300 Hz from a 1 kHz sine a jump of its gain by 48 dB leaves
/// nothing above -83 dBc and a change of its polarity nothing above -94 dBc (1 s, Kaiser window); 99 % of the way are gone
/// in 25 ms.
const TIME_CONSTANT_MS: f64 = 3.0;

/// What is left of a movement when it is taken as done, relative to the target or to 1: -140 dB.
const REST: f64 = 1e-7;

/// A value that follows its target through three equal one-pole low-passes, and arrives at it exactly. Being linear, it
/// follows automation that comes in steps as smoothly as a single jump.
#[derive(Clone, Copy, Debug)]
pub struct Smoothed {
    target: f64,
    /// States of the poles; the last is the value.
    poles: [f64; 3],
    /// Share of the way to go in one frame.
    share: f64,
    /// Whether the value has arrived.
    at_rest: bool,
}

impl Smoothed {
    /// A value at rest; [`prepare`](Self::prepare) before use.
    pub fn new(value: f64) -> Self {
        Self { target: value, poles: [value; 3], share: 1.0, at_rest: true }
    }

    /// Sets the sample rate, Hz, and arrives.
    pub fn prepare(&mut self, sample_rate: f64) {
        self.share = 1.0 - (-1e3 / (TIME_CONSTANT_MS * sample_rate)).exp();
        self.jump(self.target);
    }

    /// Takes a value at once.
    pub fn jump(&mut self, value: f64) {
        self.target = value;
        self.poles = [value; 3];
        self.at_rest = true;
    }

    /// Starts to move towards a value.
    pub fn aim(&mut self, target: f64) {
        if target != self.target {
            self.target = target;
            self.at_rest = false;
        }
    }

    /// Whether the value stands at its target.
    pub fn is_at_rest(&self) -> bool {
        self.at_rest
    }

    /// The value that the last frame had.
    pub fn value(&self) -> f64 {
        self.poles[2]
    }

    /// Moves by one frame and returns the value.
    pub fn next_value(&mut self) -> f64 {
        if !self.at_rest {
            let [first, second, third] = &mut self.poles;
            *first += self.share * (self.target - *first);
            *second += self.share * (*first - *second);
            *third += self.share * (*second - *third);
            let rest = REST * self.target.abs().max(1.0);
            if self.poles.iter().all(|pole| (pole - self.target).abs() <= rest) {
                self.jump(self.target);
            }
        }
        self.poles[2]
    }
}

/// A fade between two signals: 0 is all of the first, 1 all of the second, exactly, and between them the slope is
/// continuous.
#[derive(Clone, Copy, Debug)]
pub struct Fade {
    /// Where the fade stands, in frames from 0 to `length`.
    position: usize,
    /// Frames from one end to the other.
    length: usize,
    /// Whether it moves to the second signal, or stands there.
    to_second: bool,
}

/// Length of a fade, ms: short enough to be a switch, long enough not to click.
const FADE_MS: f64 = 15.0;

impl Fade {
    /// A fade that stands at one end; [`prepare`](Self::prepare) before use.
    pub fn new(at_second: bool) -> Self {
        Self { position: usize::from(at_second), length: 1, to_second: at_second }
    }

    /// Sets the sample rate, Hz, and arrives.
    pub fn prepare(&mut self, sample_rate: f64) {
        self.length = frames_from_ms(FADE_MS, sample_rate).max(1);
        self.jump(self.to_second);
    }

    /// Stands at one end at once.
    pub fn jump(&mut self, at_second: bool) {
        self.to_second = at_second;
        self.position = if at_second { self.length } else { 0 };
    }

    /// Starts to move to one end, from wherever it stands.
    pub fn aim(&mut self, to_second: bool) {
        self.to_second = to_second;
    }

    /// Whether it moves to the second signal, or stands there.
    pub fn is_to_second(&self) -> bool {
        self.to_second
    }

    /// Whether all of the first signal is heard and stays.
    pub fn is_at_first(&self) -> bool {
        self.position == 0 && !self.to_second
    }

    /// Whether all of the second signal is heard and stays.
    pub fn is_at_second(&self) -> bool {
        self.position == self.length && self.to_second
    }

    /// How many frames it needs to arrive.
    pub fn frames_left(&self) -> usize {
        if self.to_second { self.length - self.position } else { self.position }
    }

    /// Moves by one frame and returns the share of the second signal, 0 to 1.
    pub fn next_share(&mut self) -> f64 {
        if self.to_second {
            self.position = (self.position + 1).min(self.length);
        } else {
            self.position = self.position.saturating_sub(1);
        }
        let way = self.position as f64 / self.length as f64;
        way * way * (3.0 - 2.0 * way)
    }

    /// Moves by the frames of both signals, channel by channel of equal lengths, and leaves what is heard in `second`.
    pub fn mix(&mut self, first: &[&mut [f32]], second: &mut [&mut [f32]]) {
        let start = *self;
        for (second, first) in second.iter_mut().zip(first) {
            *self = start;
            for (sample, first) in second.iter_mut().zip(first.iter()) {
                let (first, share) = (f64::from(*first), self.next_share());
                *sample = (first + share * (f64::from(*sample) - first)) as f32;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_smoothed_value_arrives_exactly_and_stays() {
        for (from, to) in [(1.0, 0.0), (0.0, 1.0), (1.0, 3.981), (0.5, -0.5), (0.0, 1e-9)] {
            let mut value = Smoothed::new(from);
            value.prepare(48_000.0);
            value.aim(to);
            let frames = (0..48_000).position(|_| value.next_value() == to && value.is_at_rest());
            assert!(frames.is_some_and(|frames| frames < 7200), "{from} to {to}: {frames:?} frames");
            assert_eq!(value.next_value(), to);
        }
    }

    #[test]
    fn a_smoothed_value_makes_no_step() {
        let mut value = Smoothed::new(0.0);
        value.prepare(48_000.0);
        value.aim(1.0);
        let mut before = 0.0;
        let largest = (0..9600).fold(0f64, |largest, _| {
            let now = value.next_value();
            let step = now - before;
            before = now;
            largest.max(step.abs())
        });
        // The steepest slope of three equal poles is 2/e^2 of the way in a time constant: 144 frames.
        assert!(largest < 1.01 * 2.0 / 144.0 / std::f64::consts::E.powi(2), "{largest}");
    }

    #[test]
    fn a_fade_has_exact_ends_and_turns_back_without_a_step() {
        let mut fade = Fade::new(false);
        fade.prepare(48_000.0);
        fade.aim(true);
        let shares: Vec<f64> = (0..300).map(|_| fade.next_share()).collect();
        fade.aim(false);
        let back: Vec<f64> = (0..300).map(|_| fade.next_share()).collect();
        assert_eq!(back[298], shares[0]);
        assert_eq!(back[299], 0.0);
        assert!(fade.is_at_first());
        fade.aim(true);
        assert_eq!((0..720).map(|_| fade.next_share()).last(), Some(1.0));
        assert!(fade.is_at_second());
    }
}
