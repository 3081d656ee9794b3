//! The linear-phase equalizer: kernels at fixed positions of the stream, each faded to the next.
//!
//! Positions are whole hops, at least 20 ms apart. Bands that have changed by a position are designed from there on and
//! take effect exactly two positions later, over the length of one position: so the result depends neither on the host's
//! mode nor on how long a design takes. A worker has that long; if it has not finished, or there is none, the audio thread
//! designs the kernel itself at the deadline.

mod pending;
mod worker;

use super::kernel::{Designer, Kernel, KernelSize, Wanted};
use crate::convolution::{Convolver, Sample, fade_shares};
use crate::delay::Delay;
use crate::dispatch::Instructions;
use crate::entrance::{flush_subnormal, heard};
use crate::planar::with_frames;
use crate::processor::{GRID_FRAMES, MASTERING_RATES_HZ, Spec, SpecError};
use crate::settings::EqualizerParams;
use crate::smooth::Smoothed;
use crate::units::gain_from_db;
use pending::Pending;
use worker::Worker;

/// The numbers of channels that are mastered.
const CHANNELS: [usize; 2] = [1, 2];

/// What is heard in a hop: decided when its work begins, heard a hop later.
#[derive(Clone, Copy)]
struct Heard {
    /// Whether the kernels, the present and the next, are flat: the delayed input is heard in their place.
    is_flat: [bool; 2],
    /// The first frame of this hop in the fade from the first kernel to the second; `None` where only the first is heard.
    fade_start: Option<usize>,
}

impl Heard {
    const DRY: Self = Self { is_flat: [true; 2], fade_start: None };
}

/// The bands in linear phase and the output gain.
pub(super) struct LinearPhase {
    size: KernelSize,
    convolver: Convolver,
    designer: Designer,
    /// The input, delayed by the latency.
    dry: Delay,
    kernel: Kernel,
    /// What the kernel is faded to.
    next: Option<Kernel>,
    pending: Pending,
    params: EqualizerParams,
    /// What the newest design that was asked for depends on.
    asked: Wanted,
    /// What is heard now, and what is worked on.
    heard: Heard,
    worked_on: Heard,
    hops_per_position: usize,
    /// Hops since the last position.
    hop: usize,
    /// Frames of the present slot that have passed.
    filled: usize,
    /// The share of the next kernel at every frame of a fade.
    shares: Box<[f32]>,
    output_gain: Smoothed,
    running: bool,
}

impl LinearPhase {
    /// Allocates and designs for these parameters; with a worker if `threaded`.
    ///
    /// # Errors
    /// A rate or a number of channels that is not mastered.
    pub fn new(
        spec: &Spec,
        params: &EqualizerParams,
        instructions: Instructions,
        threaded: bool,
    ) -> Result<Self, SpecError> {
        spec.check(MASTERING_RATES_HZ, &CHANNELS)?;
        let size = KernelSize::new(params.resolution, spec.sample_rate);
        let designer = Designer::new(size, spec.sample_rate, spec.channels, instructions);
        let worker = if threaded { Worker::start(designer.another()) } else { None };
        let hops_per_position = size.hops_per_position(spec.sample_rate);
        let fade_frames = hops_per_position * size.hop();
        let mut dry = Delay::default();
        dry.prepare(size.latency(), spec.channels);
        let mut path = Self {
            size,
            convolver: Convolver::new(size, 2, instructions),
            designer,
            dry,
            kernel: Kernel::new(size),
            next: None,
            pending: Pending::new(size, worker),
            params: *params,
            asked: Wanted::from(params),
            heard: Heard::DRY,
            worked_on: Heard::DRY,
            hops_per_position,
            hop: 0,
            filled: 0,
            shares: fade_shares(fade_frames),
            output_gain: Smoothed::new(1.0),
            running: false,
        };
        path.output_gain.prepare(spec.sample_rate);
        path.stand();
        Ok(path)
    }

    /// The delay, frames.
    pub fn latency(&self) -> usize {
        self.size.latency()
    }

    /// Forgets the signal and stands at the parameters.
    pub fn reset(&mut self) {
        self.convolver.reset();
        self.dry.reset();
        self.pending.reset();
        if let Some(next) = self.next.take() {
            self.pending.give_back(next);
        }
        (self.hop, self.filled, self.running) = (0, 0, false);
        self.stand();
    }

    /// Takes parameters: at once before the first frame, later at the next position.
    pub fn set_params(&mut self, params: &EqualizerParams) {
        self.params = *params;
        if self.running {
            self.output_gain.aim(gain_from_db(f64::from(params.output_gain_db)));
        } else {
            self.stand();
        }
    }

    /// Designs the kernel that is heard.
    fn stand(&mut self) {
        self.output_gain.jump(gain_from_db(f64::from(self.params.output_gain_db)));
        self.asked = Wanted::from(&self.params);
        self.designer.design(&self.params, &mut self.kernel);
        self.worked_on = Heard { is_flat: [self.kernel.is_flat; 2], fade_start: None };
        self.heard = self.worked_on;
    }

    /// Processes a block of any length in place, one or two channels.
    pub fn process(&mut self, channels: &mut [&mut [f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        self.running |= frames > 0;
        let mut start = 0;
        while start < frames {
            let end = frames.min(start + GRID_FRAMES - self.filled);
            with_frames(channels, start..end, |part| self.process_part(part));
            self.filled += end - start;
            start = end;
            if self.filled == GRID_FRAMES {
                self.filled = 0;
                self.end_slot();
            }
        }
        flush_subnormal(channels);
        if !self.output_gain.is_at_rest() || self.output_gain.value() != 1.0 {
            // It would have lifted what was subnormal into sound, and may leave new ones.
            self.apply_output_gain(channels);
            flush_subnormal(channels);
        }
    }

    fn apply_output_gain(&mut self, channels: &mut [&mut [f32]]) {
        let start = self.output_gain;
        for channel in channels {
            self.output_gain = start;
            for sample in channel.iter_mut() {
                *sample = (f64::from(*sample) * self.output_gain.next_value()) as f32;
            }
        }
    }

    /// Processes frames of one slot.
    fn process_part(&mut self, channels: &mut [&mut [f32]]) {
        let start = self.filled;
        self.convolver.collect(start, channels);
        self.dry.process(channels);
        let (mut first, mut second) = ([Sample::default(); GRID_FRAMES], [Sample::default(); GRID_FRAMES]);
        let frames = channels.first().map_or(0, |channel| channel.len());
        for (path, (samples, flat)) in [&mut first, &mut second].into_iter().zip(self.heard.is_flat).enumerate() {
            if !flat && (path == 0 || self.heard.fade_start.is_some()) {
                self.convolver.leaving(path, start, &mut samples[..frames]);
            }
        }
        let parts: [fn(&Sample) -> f32; 2] = [|sample| heard(sample.re), |sample| heard(sample.im)];
        let first_frame = self.convolver.slot_start() + start;
        for (channel, part) in channels.iter_mut().zip(parts) {
            match self.heard.fade_start {
                None if self.heard.is_flat[0] => {}
                None => channel.iter_mut().zip(&first).for_each(|(output, sample)| *output = part(sample)),
                Some(fade_start) => {
                    let shares = &self.shares[fade_start + first_frame..];
                    let pairs = channel.iter_mut().zip(first.iter().zip(&second)).zip(shares);
                    for ((output, (first, second)), share) in pairs {
                        let from = if self.heard.is_flat[0] { *output } else { part(first) };
                        let to = if self.heard.is_flat[1] { *output } else { part(second) };
                        *output = from + share * (to - from);
                    }
                }
            }
        }
    }

    fn end_slot(&mut self) {
        let kernels = [Some(&self.kernel), self.next.as_ref()].map(|kernel| kernel.and_then(Kernel::parts));
        if self.convolver.end_slot(&kernels) {
            self.end_hop();
        }
    }

    fn end_hop(&mut self) {
        self.heard = self.worked_on;
        self.hop += 1;
        if self.hop == self.hops_per_position {
            self.hop = 0;
            self.pass_position();
        }
        let flat = self.next.as_ref().map_or(self.kernel.is_flat, |next| next.is_flat);
        self.worked_on = Heard {
            is_flat: [self.kernel.is_flat, flat],
            fade_start: self.next.is_some().then(|| self.hop * self.size.hop()),
        };
    }

    /// Ends a fade, begins the one that is due, and asks for the next design.
    fn pass_position(&mut self) {
        if let Some(next) = self.next.take() {
            self.pending.give_back(std::mem::replace(&mut self.kernel, next));
        }
        self.next = self.pending.next_position(&mut self.designer);
        let wanted = Wanted::from(&self.params);
        if wanted != self.asked {
            self.asked = wanted;
            self.pending.ask(&self.params);
        }
    }
}
