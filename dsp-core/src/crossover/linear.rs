//! Linear-phase crossovers: low-passes of linear phase, and what each has beyond the one below.
//!
//! What is below a crossover comes of a kernel (`low_pass`); the highest band is what the delayed input has beyond the
//! highest crossover. So the bands sum to the delayed input whatever the kernels are. All kernels have one length, 85 ms or
//! up to twice that, and one delay.
//!
//! Crossovers that have changed by a position of the stream, which are 20 ms apart or a little more, are designed until the
//! next one, a piece in every slot, and faded to until the one after that. Where a crossover comes or goes, it is the
//! delayed input that its kernel is faded from or to.

mod kernels;
mod low_pass;

use super::bands::{Bands, Stereo, normal};
use super::corners::{Corners, MOST_CROSSOVERS};
use crate::convolution::{Convolver, KernelSize, fade_shares};
use crate::delay::Delay;
use crate::dispatch::{Instructions, Kernel, Vector};
use crate::processor::{GRID_FRAMES, Spec};
use kernels::{Chosen, Kernels};

/// Taps at 48 kHz.
const TAPS_AT_48_KHZ: usize = 4096;

/// The length of a kernel at a rate in Hz.
pub(super) fn size(sample_rate: f64) -> KernelSize {
    KernelSize::spanning(TAPS_AT_48_KHZ, sample_rate)
}

/// What is heard in a hop: decided when its work begins, heard a hop later.
#[derive(Clone, Copy)]
struct Heard {
    /// The present kernels and the next.
    chosen: [Chosen; 2],
    /// The first frame of this hop in the fade from the present to the next; `None` where only the present are heard.
    fade_start: Option<usize>,
}

impl Heard {
    /// The kernels that are worked with on each path: the present, and of the next those that are not the same.
    fn paths(&self) -> [Option<usize>; 2 * MOST_CROSSOVERS] {
        let [present, next] = self.chosen;
        let mut paths = [None; 2 * MOST_CROSSOVERS];
        paths[..MOST_CROSSOVERS].copy_from_slice(&present.kernels);
        if self.fade_start.is_some() {
            for (place, kernel) in next.kernels.iter().enumerate() {
                paths[MOST_CROSSOVERS + place] = kernel.filter(|_| *kernel != present.kernels[place]);
            }
        }
        paths
    }
}

/// Linear-phase crossovers of one or two channels.
pub(super) struct Linear {
    instructions: Instructions,
    size: KernelSize,
    convolver: Convolver,
    kernels: Kernels,
    /// The input, delayed by the latency.
    dry: Delay,
    wanted: Corners,
    /// The newest that was asked for.
    asked: Corners,
    present: Chosen,
    /// What is faded to, and what is being designed.
    next: Option<Chosen>,
    designed: Option<Chosen>,
    /// What is heard now, and what is worked on.
    heard: Heard,
    worked_on: Heard,
    hops_per_position: usize,
    /// Slots since the last position, and frames of the present one that have passed.
    slot: usize,
    filled: usize,
    /// The share of the next kernels at every frame of a fade.
    shares: Box<[f32]>,
}

impl Linear {
    /// At these corners. Allocates.
    pub fn new(corners: Corners, spec: &Spec, instructions: Instructions) -> Self {
        let size = size(spec.sample_rate);
        let hops_per_position = size.hops_per_position(spec.sample_rate);
        let mut dry = Delay::default();
        dry.prepare(size.latency(), spec.channels);
        let silent = Heard { chosen: [Chosen::default(); 2], fade_start: None };
        let mut linear = Self {
            instructions,
            size,
            convolver: Convolver::new(size, 2 * MOST_CROSSOVERS, instructions),
            kernels: Kernels::new(size, spec.sample_rate, instructions),
            dry,
            wanted: corners,
            asked: corners,
            present: Chosen::default(),
            next: None,
            designed: None,
            heard: silent,
            worked_on: silent,
            hops_per_position,
            slot: 0,
            filled: 0,
            shares: fade_shares(hops_per_position * size.hop()),
        };
        linear.reset();
        linear
    }

    /// The delay, frames.
    pub fn latency(&self) -> usize {
        self.size.latency()
    }

    /// What is wanted from the next position on.
    pub fn want(&mut self, corners: Corners) {
        self.wanted = corners;
    }

    /// Forgets the signal, and is what is wanted.
    pub fn reset(&mut self) {
        self.convolver.reset();
        self.dry.reset();
        (self.slot, self.filled, self.next, self.designed) = (0, 0, None, None);
        self.asked = self.wanted;
        self.present = self.kernels.choose(&self.wanted, &[]);
        self.kernels.design(1, 1);
        self.worked_on = Heard { chosen: [self.present; 2], fade_start: None };
        self.heard = self.worked_on;
    }

    /// Divides frames that do not cross a grid position.
    pub fn split(&mut self, channels: &[&[f32]], bands: &mut Bands) {
        let count = channels.first().map_or(0, |channel| channel.len()).min(GRID_FRAMES - self.filled);
        self.convolver.collect(self.filled, channels);
        bands.take(self.instructions, channels);
        let [left, right] = &mut bands.whole;
        self.dry.process(&mut [&mut left[..count], &mut right[..count]]);
        let Heard { chosen: [present, next], fade_start } = self.heard;
        bands.count = if fade_start.is_some() { present.bands.max(next.bands) } else { present.bands };
        for place in 0..bands.count - 1 {
            self.pass(place, count, &bands.whole, &mut bands.band[place]);
        }
        self.instructions.run(Differences { bands });
        self.filled += count;
        if self.filled == GRID_FRAMES {
            self.filled = 0;
            self.end_slot();
        }
    }

    /// What passes a crossover's low-pass, of a whole.
    fn pass(&self, place: usize, count: usize, whole: &Stereo, passing: &mut Stereo) {
        let [present, next] = self.heard.chosen.map(|chosen| chosen.kernels[place]);
        self.leaving(present.map(|_| place), count, whole, passing);
        if let Some(fade_start) = self.heard.fade_start
            && present != next
        {
            let mut to = [[0.0; GRID_FRAMES]; 2];
            self.leaving(next.map(|_| MOST_CROSSOVERS + place), count, whole, &mut to);
            let first = fade_start + self.convolver.slot_start() + self.filled;
            let shares = &self.shares[first..first + count];
            for (passing, to) in passing.iter_mut().zip(&to) {
                for ((passing, to), share) in passing.iter_mut().zip(to).zip(shares) {
                    *passing += share * (to - *passing);
                }
            }
        }
    }

    /// What leaves on a path; without one, the whole.
    fn leaving(&self, path: Option<usize>, count: usize, whole: &Stereo, planes: &mut Stereo) {
        let Some(path) = path else {
            *planes = *whole;
            return;
        };
        let [left, right] = planes;
        self.convolver.leaving_planes(path, self.filled, [&mut left[..count], &mut right[..count]]);
    }

    fn end_slot(&mut self) {
        let slots = self.hops_per_position * self.size.hop() / GRID_FRAMES;
        self.slot += 1;
        if self.designed.is_some() {
            self.kernels.design(self.slot, slots);
        }
        let parts = self.worked_on.paths().map(|kernel| kernel.map(|kernel| self.kernels.parts(kernel)));
        if self.convolver.end_slot(&parts) {
            self.heard = self.worked_on;
            if self.slot == slots {
                self.slot = 0;
                self.pass_position();
            }
            let fade_start = self.next.is_some().then_some(self.slot * GRID_FRAMES);
            self.worked_on = Heard { chosen: [self.present, self.next.unwrap_or(self.present)], fade_start };
        }
    }

    /// Ends a fade, begins that to what has been designed, and begins to design what is wanted.
    fn pass_position(&mut self) {
        if let Some(next) = self.next.take() {
            self.present = next;
        }
        self.next = self.designed.take();
        if self.wanted != self.asked {
            self.asked = self.wanted;
            let in_use = [self.present, self.next.unwrap_or(self.present)];
            self.designed = Some(self.kernels.choose(&self.wanted, &in_use));
        }
    }
}

/// Makes bands of what passes their crossovers: each is what does not pass the one below. Subnormal samples become zero.
struct Differences<'a> {
    bands: &'a mut Bands,
}

impl Kernel for Differences<'_> {
    type Output = ();

    #[inline(always)]
    fn run<V: Vector>(self) {
        let Bands { whole, band, count } = self.bands;
        let highest = *count - 1;
        for lane in 0..2 {
            for frame in (0..GRID_FRAMES).step_by(V::WIDTH) {
                let mut below = V::splat(0.0);
                for band in &mut band[..highest] {
                    let passing = V::load(&band[lane], frame);
                    normal(passing.sub(below)).store(&mut band[lane], frame);
                    below = passing;
                }
                let whole = V::load(&whole[lane], frame);
                normal(whole.sub(below)).store(&mut band[highest][lane], frame);
            }
        }
    }
}
