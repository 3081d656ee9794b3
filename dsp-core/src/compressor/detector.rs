//! The detector: what a voice hears of its band, as levels in octaves over full scale.
//!
//! part of the band -> high-pass and tilt -> magnitude, or RMS over a window -> the louder channel where one gain is for
//! both -> hold -> octaves. A sine reads its peak; RMS reads it 3.01 dB less.

use super::Run;
use super::boxcar::{Boxcar, MeanSquare};
use super::computer::ToOctaves;
use super::config::{Config, Part, Setting};
use super::course::Block;
use super::crest::{Crest, Gather};
use super::hold::{Hold, HoldLevels};
use super::key::{FilterKey, KeyCourse, KeyFilter};
use crate::dispatch::{Kernel, Vector};
use crate::processor::GRID_FRAMES;

/// A band's frames, left and right.
pub(super) type Stereo = [Block; 2];

/// What hears one band for one voice.
#[derive(Debug)]
pub(super) struct Detector {
    filter: KeyFilter,
    boxcars: [Boxcar; 2],
    holds: [Hold; 2],
    crests: [Crest; 2],
}

impl Detector {
    /// Allocates.
    pub(super) fn new(setting: &Setting) -> Self {
        let boxcar = || Boxcar::new(setting.longest_window());
        let hold = || Hold::new(setting.longest_hold());
        Self {
            filter: KeyFilter::default(),
            boxcars: [boxcar(), boxcar()],
            holds: [hold(), hold()],
            crests: Default::default(),
        }
    }

    /// Forgets the signal.
    pub(super) fn restart(&mut self, setting: &Setting, config: &Config, course: &KeyCourse) {
        self.filter.restart(setting.sample_rate, course);
        self.boxcars.iter_mut().for_each(|boxcar| boxcar.restart(config.window.unwrap_or(1)));
        self.holds.iter_mut().for_each(Hold::restart);
        self.crests.iter_mut().for_each(|crest| crest.restart(setting.sample_rate));
    }

    /// Holds levels for some groups from the next slot on.
    pub(super) fn aim(&mut self, hold: Option<usize>) {
        if let Some(groups) = hold {
            self.holds.iter_mut().for_each(|hold| hold.aim(groups));
        }
    }

    /// The multiple of the release time of a lane.
    pub(super) fn release(&self, lane: usize) -> f64 {
        self.crests[lane].release()
    }

    /// The levels of as many lanes as the configuration has.
    pub(super) fn hear(
        &mut self,
        run: &Run,
        config: &Config,
        course: &KeyCourse,
        input: &Stereo,
        levels: &mut [Block; 2],
    ) {
        let (lanes, frames, place) = (config.lanes(), run.frames, run.place);
        if lanes == 1 && config.window.is_none() && !config.auto_release && course.is_off() {
            let (hold, levels) = (&mut self.holds[0], &mut levels[0]);
            run.instructions.run(HearPeaks { part: config.part, input, hold, levels, frames, place });
            return;
        }
        let channels = self.magnitudes(run, config, course, input, levels);
        if config.auto_release {
            self.gather(run, lanes, channels, levels);
        }
        if config.window.is_some() {
            if channels == 1 {
                levels[1] = [0.0; GRID_FRAMES];
            }
            run.instructions.run(MeanSquare { boxcars: &mut self.boxcars, levels: &mut *levels, frames });
        }
        if channels > lanes {
            louder(run, levels);
        }
        for (hold, levels) in self.holds.iter_mut().zip(levels).take(lanes) {
            if config.is_holding {
                run.instructions.run(HoldLevels { hold, levels, frames, place });
            }
            run.instructions.run(ToOctaves { levels: &mut levels[..frames] });
        }
    }

    /// The magnitudes of each channel that is heard, or at once of the louder where no more is asked; returns of how many.
    fn magnitudes(
        &mut self,
        run: &Run,
        config: &Config,
        course: &KeyCourse,
        input: &Stereo,
        levels: &mut [Block; 2],
    ) -> usize {
        let (frames, channels) = (run.frames, config.heard());
        if course.is_off() && (channels == 1 || (config.is_linked && config.window.is_none())) {
            run.instructions.run(Hear { part: config.part, input, levels: &mut levels[0], frames });
            return 1;
        }
        match config.part {
            Part::One => *levels = [input[0], [0.0; GRID_FRAMES]],
            Part::Both => *levels = *input,
            Part::Mid | Part::Side => {
                levels[1] = [0.0; GRID_FRAMES];
                run.instructions.run(Middle { part: config.part, input, signal: &mut levels[0], frames });
            }
        }
        if !course.is_off() {
            let (filter, place) = (&mut self.filter, run.place);
            run.instructions.run(FilterKey { filter, course, channels: &mut *levels, frames, place });
        }
        for levels in &mut levels[..channels] {
            for level in &mut levels[..frames] {
                *level = level.abs();
            }
        }
        channels
    }

    /// Adds to the crest of each lane.
    fn gather(&mut self, run: &Run, lanes: usize, channels: usize, levels: &[Block; 2]) {
        let mut heard = *levels;
        if channels > lanes {
            louder(run, &mut heard);
        }
        for (crest, levels) in self.crests.iter_mut().zip(&heard).take(lanes) {
            run.instructions.run(Gather { crest, levels, frames: run.frames });
            if run.place + run.frames == GRID_FRAMES {
                crest.end_slot();
            }
        }
    }
}

/// Makes the first channel the louder of both, frame by frame.
fn louder(run: &Run, levels: &mut [Block; 2]) {
    let both = *levels;
    run.instructions.run(Hear { part: Part::Both, input: &both, levels: &mut levels[0], frames: run.frames });
}

/// The magnitude of a part; of both channels, that of the louder.
struct Hear<'a> {
    part: Part,
    input: &'a Stereo,
    levels: &'a mut Block,
    frames: usize,
}

impl Kernel for Hear<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let count = self.frames;
        let (left, right, levels) = (&self.input[0][..count], &self.input[1][..count], &mut self.levels[..count]);
        let frames = left.iter().zip(right).zip(levels);
        match self.part {
            Part::One => frames.for_each(|((left, _), level)| *level = left.abs()),
            Part::Both => frames.for_each(|((left, right), level)| {
                let (left, right) = (left.abs(), right.abs());
                *level = if left > right { left } else { right };
            }),
            Part::Mid => frames.for_each(|((left, right), level)| *level = (0.5 * (left + right)).abs()),
            Part::Side => frames.for_each(|((left, right), level)| *level = (0.5 * (left - right)).abs()),
        }
    }
}

/// The held peaks of a part, at once.
struct HearPeaks<'a> {
    part: Part,
    input: &'a Stereo,
    hold: &'a mut Hold,
    levels: &'a mut Block,
    frames: usize,
    place: usize,
}

impl Kernel for HearPeaks<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Self { part, input, hold, levels, frames, place } = self;
        Hear { part, input, levels, frames }.run::<V>();
        HoldLevels { hold, levels, frames, place }.run::<V>();
        ToOctaves { levels: &mut levels[..frames] }.run::<V>();
    }
}

/// The mid or the side.
struct Middle<'a> {
    part: Part,
    input: &'a Stereo,
    signal: &'a mut Block,
    frames: usize,
}

impl Kernel for Middle<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let count = self.frames;
        let (left, right, signal) = (&self.input[0][..count], &self.input[1][..count], &mut self.signal[..count]);
        let sign = if self.part == Part::Side { -0.5 } else { 0.5 };
        for ((left, right), signal) in left.iter().zip(right).zip(signal) {
            *signal = 0.5 * left + sign * right;
        }
    }
}
