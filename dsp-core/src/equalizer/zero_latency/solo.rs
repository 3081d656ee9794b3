//! One band alone: a voice plays what the soloed band changes, and is faded from and to everything.
//!
//! Two voices, so that one band can be faded to another. The bands themselves run on meanwhile: when all of them are heard
//! again they are as if nobody had listened. A change that comes in a fade waits for its end.

use super::band::{Band, WARM_UP_MS};
use super::section::Frame;
use crate::dispatch::Instructions;
use crate::equalizer::prototype::soloed;
use crate::processor::GRID_FRAMES;
use crate::settings::{EqualizerBand, EqualizerParams};
use crate::smooth::Fade;
use crate::units::frames_from_ms;

/// What is heard.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Heard {
    /// All bands.
    Everything,
    /// What the band of a slot changes, by one of the voices.
    Alone { slot: usize, voice: usize },
}

impl Heard {
    fn slot(self) -> Option<usize> {
        match self {
            Self::Everything => None,
            Self::Alone { slot, .. } => Some(slot),
        }
    }
}

/// The switch between everything and one band.
#[derive(Clone, Debug)]
pub struct Solo {
    voices: [Band; 2],
    wanted: Option<(usize, EqualizerBand)>,
    /// What is faded from, and to; the same while nothing fades.
    heard: [Heard; 2],
    fade: Fade,
    /// Frames before a fade starts, and how many of them are left.
    warm_up_frames: usize,
    warm_up_left: usize,
    /// The frames that the bands were given.
    input: [Frame; GRID_FRAMES],
}

impl Default for Solo {
    fn default() -> Self {
        Self {
            voices: [Band::alone(), Band::alone()],
            wanted: None,
            heard: [Heard::Everything; 2],
            fade: Fade::new(true),
            warm_up_frames: 0,
            warm_up_left: 0,
            input: [[0.0; 2]; GRID_FRAMES],
        }
    }
}

impl Solo {
    /// Sets the sample rate, Hz, and what computes; [`settle`](Self::settle) afterwards.
    pub fn prepare(&mut self, sample_rate: f64, instructions: Instructions, is_mono: bool) {
        self.fade.prepare(sample_rate);
        self.warm_up_frames = frames_from_ms(WARM_UP_MS, sample_rate);
        for voice in &mut self.voices {
            voice.prepare(sample_rate, instructions, is_mono);
        }
    }

    /// Takes what is wanted, from the next grid position on.
    pub fn want(&mut self, params: &EqualizerParams) {
        self.wanted = soloed(params);
        if let (Some((slot, band)), Heard::Alone { slot: heard, voice }) = (&self.wanted, self.heard[1])
            && *slot == heard
        {
            self.voices[voice].want(band);
        }
    }

    /// Is at once what is wanted, and forgets the signal.
    pub fn settle(&mut self) {
        self.heard = [self.start(0); 2];
        self.fade.jump(true);
    }

    /// Whether everything is heard, and nothing else is wanted.
    pub fn is_out(&self) -> bool {
        self.heard == [Heard::Everything; 2]
    }

    /// At a grid position of the stream: ends what has arrived, starts what is wanted.
    pub fn on_grid(&mut self) {
        if self.fade.is_at_second() {
            self.heard[0] = self.heard[1];
            if self.heard[1].slot() != self.wanted.map(|(slot, _)| slot) {
                let free = if matches!(self.heard[1], Heard::Alone { voice: 0, .. }) { 1 } else { 0 };
                self.heard[1] = self.start(free);
                self.fade.jump(false);
                self.fade.aim(true);
                self.warm_up_left = self.warm_up_frames;
            }
        }
        for (number, voice) in self.voices.iter_mut().enumerate() {
            if self.heard.iter().any(|heard| matches!(heard, Heard::Alone { voice, .. } if *voice == number)) {
                voice.on_grid();
            }
        }
    }

    /// Sets a voice to what is wanted, at once.
    fn start(&mut self, voice: usize) -> Heard {
        let Some((slot, band)) = self.wanted else { return Heard::Everything };
        self.voices[voice].want(&band);
        self.voices[voice].settle();
        Heard::Alone { slot, voice }
    }

    /// Keeps the frames that the bands are about to be given.
    pub fn keep(&mut self, frames: &[Frame]) {
        self.input[..frames.len()].copy_from_slice(frames);
    }

    /// Puts what is heard in the place of everything, from a place on the grid; not beyond the next grid position.
    pub fn run(&mut self, frames: &mut [Frame], place: usize) {
        let mut everything = [[0.0; 2]; GRID_FRAMES];
        let everything = &mut everything[..frames.len()];
        everything.copy_from_slice(frames);
        let [first, second] = self.heard;
        self.play(second, everything, frames, place);
        // Not whether the fade has arrived: that may be within a run, wherever the blocks are cut.
        if first == second {
            return;
        }
        let mut before = [[0.0; 2]; GRID_FRAMES];
        let before = &mut before[..frames.len()];
        self.play(first, everything, before, place);
        for (frame, before) in frames.iter_mut().zip(before) {
            let share = if self.warm_up_left > 0 { 0.0 } else { self.fade.next_share() };
            self.warm_up_left = self.warm_up_left.saturating_sub(1);
            for (sample, before) in frame.iter_mut().zip(before) {
                *sample = *before + share * (*sample - *before);
            }
        }
    }

    fn play(&mut self, heard: Heard, everything: &[Frame], frames: &mut [Frame], place: usize) {
        match heard {
            Heard::Everything => frames.copy_from_slice(everything),
            Heard::Alone { voice, .. } => {
                frames.copy_from_slice(&self.input[..frames.len()]);
                self.voices[voice].run(frames, place);
            }
        }
    }
}
