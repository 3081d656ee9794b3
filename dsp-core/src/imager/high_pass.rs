//! A high-pass of the side: what it takes away from it.
//!
//! Its corner glides; where it leaps, its slope changes, or it comes or goes, another voice hears the side for a while and is
//! then faded to.

use super::section::{Kind, Section};
use crate::processor::GRID_FRAMES;
use crate::smooth::{Fade, Smoothed};
use crate::units::frames_from_ms;

/// How long a voice hears the side before it is heard, ms.
const WARM_UP_MS: f64 = 50.0;

/// How much longer than a switch it fades: two filters turn a tone near their corner far apart, and the difference must not
/// be heard beside it.
const SLOWER: f64 = 2.0;

/// Frames between two designs while a corner moves: a part of the grid.
const STEP_FRAMES: usize = 8;

/// From so many octaves on a corner that moves is another filter.
const LEAP_OCTAVES: f64 = 0.5;

/// The lowest corner, Hz: below it a filter would do nothing that is heard.
const LOWEST_HZ: f64 = 5.0;

/// What a high-pass is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wanted {
    /// Poles: 6 dB per octave each; 0 is no filter.
    pub(super) order: usize,
    /// The corner, Hz.
    pub(super) corner_hz: f64,
}

impl Wanted {
    /// A filter of an order, or none where the corner is 0; kept below 0.49 of the rate.
    pub(super) fn new(order: usize, corner_hz: f32, sample_rate: f64) -> Self {
        let order = if corner_hz > 0.0 { order } else { 0 };
        Self { order, corner_hz: f64::from(corner_hz).clamp(LOWEST_HZ, 0.49 * sample_rate) }
    }
}

/// A Butterworth high-pass of up to four poles.
#[derive(Clone, Debug)]
struct Voice {
    order: usize,
    sections: [Section; 2],
    count: usize,
    octaves: Smoothed,
    is_moving: bool,
}

impl Voice {
    fn new(sample_rate: f64) -> Self {
        let mut octaves = Smoothed::new(0.0);
        octaves.prepare(sample_rate / STEP_FRAMES as f64);
        Self { order: 0, sections: [Section::default(); 2], count: 0, octaves, is_moving: false }
    }

    /// Becomes a filter that has heard nothing.
    fn restart(&mut self, wanted: &Wanted, sample_rate: f64) {
        let second = |damping| Section::new(Kind::Second { damping });
        let first = Section::new(Kind::First);
        // The poles of Butterworth's filters lie evenly on a half circle.
        let (sections, count) = match wanted.order {
            0 => ([first; 2], 0),
            1 => ([first; 2], 1),
            2 => ([second(std::f64::consts::SQRT_2), first], 1),
            3 => ([second(1.0), first], 2),
            _ => ([second(0.765_366_864_730_179_5), second(1.847_759_065_022_573_5)], 2),
        };
        (self.order, self.sections, self.count) = (wanted.order, sections, count);
        self.octaves.jump(wanted.corner_hz.log2());
        self.stand(sample_rate);
    }

    fn stand(&mut self, sample_rate: f64) {
        let corner_hz = self.octaves.value().exp2();
        self.sections[..self.count].iter_mut().for_each(|section| section.stand(corner_hz, sample_rate));
        self.is_moving = false;
    }

    fn on_grid(&mut self, sample_rate: f64) {
        self.sections.iter_mut().for_each(Section::flush);
        if self.is_moving && self.octaves.is_at_rest() {
            self.stand(sample_rate);
        }
    }

    /// Whether it need only move its corner, and not far: one that sweeps over a tone in a moment is heard beside it.
    fn can_glide_to(&self, wanted: &Wanted) -> bool {
        let is_near = (self.octaves.value() - wanted.corner_hz.log2()).abs() < LEAP_OCTAVES;
        self.order == wanted.order && (self.order == 0 || is_near)
    }

    fn aim(&mut self, wanted: &Wanted) {
        self.octaves.aim(wanted.corner_hz.log2());
        self.is_moving |= !self.octaves.is_at_rest();
    }

    /// Filters frames from a place on the grid on, in place.
    fn run(&mut self, frames: &mut [f64], place: usize, sample_rate: f64) {
        let mut start = 0;
        while start < frames.len() {
            let place = place + start;
            let mut run = frames.len() - start;
            if self.is_moving {
                if place.is_multiple_of(STEP_FRAMES) {
                    let corner_hz = self.octaves.next_value().exp2();
                    for section in &mut self.sections[..self.count] {
                        section.lead(corner_hz, sample_rate, STEP_FRAMES);
                    }
                }
                run = run.min(STEP_FRAMES - place % STEP_FRAMES);
            }
            for section in &mut self.sections[..self.count] {
                section.run(&mut frames[start..start + run]);
            }
            start += run;
        }
    }
}

/// A high-pass that can be changed while it runs.
#[derive(Clone, Debug)]
pub(super) struct HighPass {
    sample_rate: f64,
    wanted: Wanted,
    voices: [Voice; 2],
    /// Which voice is heard.
    heard: usize,
    /// Frames that the other still listens before it is faded to; `None` while it rests or is faded to.
    warming_up: Option<usize>,
    warm_up_frames: usize,
    fade: Fade,
    is_fading: bool,
}

impl HighPass {
    /// Without a filter.
    pub(super) fn new(sample_rate: f64) -> Self {
        let mut fade = Fade::new(false);
        fade.prepare(sample_rate * SLOWER);
        Self {
            sample_rate,
            wanted: Wanted { order: 0, corner_hz: LOWEST_HZ },
            voices: [Voice::new(sample_rate), Voice::new(sample_rate)],
            heard: 0,
            warming_up: None,
            // A whole number of slots: a change begins and ends on the grid.
            warm_up_frames: frames_from_ms(WARM_UP_MS, sample_rate).next_multiple_of(GRID_FRAMES),
            fade,
            is_fading: false,
        }
    }

    /// Is what is wanted, and has heard nothing.
    pub(super) fn reset(&mut self, wanted: Wanted) {
        self.wanted = wanted;
        self.heard = 0;
        (self.warming_up, self.is_fading) = (None, false);
        self.voices[0].restart(&wanted, self.sample_rate);
    }

    /// Becomes what is wanted, from the next slot on.
    pub(super) fn aim(&mut self, wanted: Wanted) {
        self.wanted = wanted;
    }

    /// Whether it takes nothing away and nothing is on its way.
    pub(super) fn is_off(&self) -> bool {
        self.wanted.order == 0 && self.voices[self.heard].order == 0 && self.warming_up.is_none() && !self.is_fading
    }

    /// At the beginning of a slot.
    pub(super) fn on_grid(&mut self) {
        self.voices.iter_mut().for_each(|voice| voice.on_grid(self.sample_rate));
        let other = 1 - self.heard;
        if self.is_fading {
            if self.fade.is_at_second() {
                self.heard = other;
                self.is_fading = false;
            }
        } else if let Some(frames) = self.warming_up {
            self.warming_up = Some(frames.saturating_sub(GRID_FRAMES)).filter(|frames| *frames > 0);
            if self.warming_up.is_none() {
                self.fade.jump(false);
                self.fade.aim(true);
                self.is_fading = true;
            }
        } else if !self.voices[self.heard].can_glide_to(&self.wanted) {
            self.voices[other].restart(&self.wanted, self.sample_rate);
            self.warming_up = Some(self.warm_up_frames);
        }
        // One that is only listening may go anywhere.
        let is_silent = [0, 1].map(|voice| voice != self.heard && self.warming_up.is_some());
        for (voice, is_silent) in self.voices.iter_mut().zip(is_silent) {
            if voice.can_glide_to(&self.wanted) || (is_silent && voice.order == self.wanted.order) {
                voice.aim(&self.wanted);
            }
        }
    }

    /// Filters frames of the side from a place on the grid on, in place.
    pub(super) fn run(&mut self, frames: &mut [f64], place: usize) {
        if self.is_off() {
            return;
        }
        if self.warming_up.is_none() && !self.is_fading {
            self.voices[self.heard].run(frames, place, self.sample_rate);
            return;
        }
        let mut kept = [0.0; GRID_FRAMES];
        let other = &mut kept[..frames.len()];
        other.copy_from_slice(frames);
        self.voices[self.heard].run(frames, place, self.sample_rate);
        self.voices[1 - self.heard].run(other, place, self.sample_rate);
        if self.is_fading {
            for (frame, other) in frames.iter_mut().zip(other) {
                *frame += self.fade.next_share() * (*other - *frame);
            }
        }
    }
}
