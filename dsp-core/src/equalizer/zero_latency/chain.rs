//! The sections of one band: designed at once, or led from one design to the next.

use super::factor::{Branches, Coefficients, factor};
use super::section::{Alone, Frame, Moving, Part, Section};
use super::warp::{Fit, squared_frequency};
use crate::dispatch::Instructions;
use crate::equalizer::prototype::{MOST_SECTIONS, Prototype};
use crate::settings::BandChannel;

/// The most digital sections of a band: two for each analog one.
pub const MOST: usize = 2 * MOST_SECTIONS;

/// Where designs are made.
#[derive(Clone, Copy, Debug)]
pub struct Workshop {
    /// Hz.
    pub sample_rate: f64,
    /// What the fits compute with; the result is the same.
    pub instructions: Instructions,
}

/// A design: the near and the far section of each analog one, by turns.
#[derive(Clone, Copy, Debug)]
pub struct Design {
    coefficients: [Coefficients; MOST],
    branches: [Branches; MOST_SECTIONS],
    count: usize,
}

impl Design {
    /// Nothing.
    const FLAT: Self = Self {
        coefficients: [Coefficients { direct: 0.0, feed: [0.0; 2], back: [0.0; 2] }; MOST],
        branches: [Branches::FRESH; MOST_SECTIONS],
        count: 0,
    };

    /// For a prototype; after another design the branches beside that one's.
    fn of(on: &Workshop, prototype: &Prototype, before: &[Branches; MOST_SECTIONS]) -> Self {
        let mut design = Self { branches: *before, ..Self::FLAT };
        let squared = squared_frequency(prototype, on.sample_rate);
        let warp = on.instructions.run(Fit { prototype, squared });
        for (place, section) in prototype.sections().iter().enumerate() {
            let [near, far] = factor(section, &warp, squared, &mut design.branches[place]);
            design.coefficients[2 * place] = near;
            design.coefficients[2 * place + 1] = far;
        }
        design.count = 2 * prototype.sections().len();
        design
    }
}

/// Sections that follow each other.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The part of the signal that is kept before them; `None` if all of it is.
    kept: Option<Part>,
    /// All of them, idle ones too.
    sections: [Section; MOST],
    /// What the coefficients stand at, or move to.
    target: Design,
    /// What they move by in each frame.
    steps: [Coefficients; MOST],
    /// The places of those that are not idle, in order.
    running: [usize; MOST],
    running_count: usize,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            kept: None,
            sections: [Section::default(); MOST],
            target: Design::FLAT,
            steps: [Coefficients::default(); MOST],
            running: [0; MOST],
            running_count: 0,
        }
    }
}

impl Chain {
    /// Takes a design at once, with states at rest.
    pub fn start(&mut self, on: &Workshop, prototype: &Prototype, part: Part) {
        *self = Self::default();
        self.target = Design::of(on, prototype, &self.target.branches);
        for (section, coefficients) in self.sections.iter_mut().zip(&self.target.coefficients) {
            *section = Section::new(*coefficients, part);
        }
        self.tidy();
    }

    /// The same with the part alone for its input: nothing else is heard.
    pub fn start_alone(&mut self, on: &Workshop, prototype: &Prototype, part: Part) {
        self.start(on, prototype, Part::of(BandChannel::Stereo));
        self.kept = Some(part);
    }

    /// Leads the coefficients from where they stand to another design of the same shape, in this many frames.
    pub fn lead(&mut self, on: &Workshop, prototype: &Prototype, frames: usize) {
        self.target = Design::of(on, prototype, &self.target.branches);
        let share = 1.0 / frames as f64;
        for ((section, step), target) in self.sections.iter().zip(&mut self.steps).zip(&self.target.coefficients) {
            *step = section.coefficients.way_to(target, share);
        }
    }

    /// Arrives at the design exactly.
    pub fn arrive(&mut self) {
        for (section, coefficients) in self.sections.iter_mut().zip(&self.target.coefficients) {
            section.coefficients = *coefficients;
        }
        self.steps = [Coefficients::default(); MOST];
    }

    /// Whether a fresh design of the same prototype has its roots in the same sections.
    pub fn is_as_fresh(&self, on: &Workshop, prototype: &Prototype) -> bool {
        let fresh = Design::of(on, prototype, &Design::FLAT.branches);
        let mut pairs = self.target.branches.iter().zip(&fresh.branches);
        pairs.all(|(ours, fresh)| ours.agree_with(fresh))
    }

    /// Flushes the states and finds which sections have something to do. To be called on the grid only.
    pub fn tidy(&mut self) {
        self.running_count = 0;
        for (place, section) in self.sections[..self.target.count].iter_mut().enumerate() {
            section.flush();
            if !section.is_idle() {
                self.running[self.running_count] = place;
                self.running_count += 1;
            }
        }
    }

    /// The same while the coefficients stand: those that have nothing to do still have nothing to do.
    pub fn flush(&mut self) {
        let mut is_less = false;
        for place in 0..self.running_count {
            let section = self.running(place);
            section.flush();
            is_less |= section.is_idle();
        }
        if is_less {
            self.tidy();
        }
    }

    /// How many sections have something to do.
    pub fn running_count(&self) -> usize {
        self.running_count
    }

    /// One of those.
    pub fn running(&mut self, place: usize) -> &mut Section {
        &mut self.sections[self.running[place]]
    }

    /// Frames in place, while the coefficients stand.
    pub fn run(&mut self, instructions: Instructions, frames: &mut [Frame]) {
        self.kept.iter().for_each(|part| part.keep(frames));
        for place in 0..self.running_count {
            instructions.run(Alone { section: self.running(place), frames });
        }
    }

    /// Frames in place, while the coefficients move.
    pub fn run_moving(&mut self, instructions: Instructions, frames: &mut [Frame]) {
        self.kept.iter().for_each(|part| part.keep(frames));
        let count = self.target.count;
        for (section, steps) in self.sections[..count].iter_mut().zip(&self.steps) {
            if !(section.is_idle() && steps.is_flat()) {
                instructions.run(Moving { section, steps, frames });
            }
        }
    }
}
