//! The equalizer without latency: minimum phase, with the analog responses up to the top of the spectrum.
//!
//! flush -> 24 bands in the order of their slots, each on its part of the signal, or what one of them changes alone
//! -> output gain -> flush. A band is one or
//! two digital sections for each analog one (`warp` says how); a section adds what it changes, so that bands on
//! different parts follow each other without the channels being turned, and a band with nothing to do is skipped.
//!
//! Of one channel alone, bands on stereo, mid and left act on it; bands on side and right do nothing.

mod band;
mod chain;
mod factor;
mod frames;
mod section;
mod solo;
#[cfg(test)]
mod tests;
mod warp;

use crate::dispatch::Instructions;
use crate::entrance::flush_subnormal;
use crate::planar::with_frames;
use crate::processor::{GRID_FRAMES, MASTERING_RATES_HZ, Processor, Spec, SpecError};
use crate::settings::{EQUALIZER_BANDS, EqualizerParams};
use crate::smooth::Smoothed;
use crate::units::gain_from_db;
use band::Band;
use frames::{Narrow, Widen};
use section::{Alone, Frame, Section, TOGETHER, Together};
use solo::Solo;

/// The bands in minimum phase and the output gain. [`EqualizerParams::enabled`], `phase` and `resolution` are not its
/// business: the equalizer around it switches and chooses.
#[derive(Clone, Debug)]
pub struct ZeroLatency {
    /// Set where a caller wants other instructions than the machine's best.
    wanted_instructions: Option<Instructions>,
    instructions: Instructions,
    params: EqualizerParams,
    /// One a slot; none before `prepare`.
    bands: Vec<Band>,
    solo: Solo,
    output_gain: Smoothed,
    /// The frames of a run. Of one channel alone the second lane stays silent.
    frames: [Frame; GRID_FRAMES],
    /// The stream's place on the grid.
    place: usize,
    /// Whether a frame has been processed since `prepare` or `reset`.
    running: bool,
}

impl Default for ZeroLatency {
    fn default() -> Self {
        Self {
            wanted_instructions: None,
            instructions: Instructions::Baseline,
            params: EqualizerParams::default(),
            bands: Vec::new(),
            solo: Solo::default(),
            output_gain: Smoothed::new(1.0),
            frames: [[0.0; 2]; GRID_FRAMES],
            place: 0,
            running: false,
        }
    }
}

impl ZeroLatency {
    /// One that computes with these instructions, which must be available: to compare sets of instructions.
    pub fn on(instructions: Instructions) -> Self {
        Self { wanted_instructions: Some(instructions), ..Self::default() }
    }

    fn output_gain(&self) -> f64 {
        gain_from_db(f64::from(self.params.output_gain_db))
    }

    /// Everything as the parameters say, at once.
    fn settle(&mut self) {
        for band in &mut self.bands {
            band.settle();
        }
        self.solo.settle();
        self.output_gain.jump(self.output_gain());
    }
}

impl Processor for ZeroLatency {
    type Params = EqualizerParams;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        spec.check(MASTERING_RATES_HZ, &[1, 2])?;
        self.instructions = self.wanted_instructions.unwrap_or_else(Instructions::current);
        self.frames = [[0.0; 2]; GRID_FRAMES];
        self.bands = vec![Band::default(); EQUALIZER_BANDS];
        for (band, wanted) in self.bands.iter_mut().zip(&self.params.bands) {
            band.prepare(spec.sample_rate, self.instructions, spec.channels == 1);
            band.want(wanted);
        }
        self.solo.prepare(spec.sample_rate, self.instructions, spec.channels == 1);
        self.solo.want(&self.params);
        self.output_gain.prepare(spec.sample_rate);
        self.reset();
        Ok(())
    }

    fn reset(&mut self) {
        self.place = 0;
        self.running = false;
        self.settle();
    }

    fn latency(&self) -> usize {
        0
    }

    fn set_params(&mut self, params: &EqualizerParams) {
        if *params == self.params {
            return;
        }
        self.params = *params;
        for (band, wanted) in self.bands.iter_mut().zip(&params.bands) {
            band.want(wanted);
        }
        self.solo.want(params);
        if self.running {
            self.output_gain.aim(self.output_gain());
        } else {
            self.settle();
        }
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        self.running |= frames > 0;
        let mut start = 0;
        while start < frames {
            if self.place == 0 {
                self.bands.iter_mut().for_each(Band::on_grid);
                self.solo.on_grid();
            }
            let run = (GRID_FRAMES - self.place).min(frames - start);
            with_frames(channels, start..start + run, |part| self.process_run(part, run));
            self.place = (self.place + run) % GRID_FRAMES;
            start += run;
        }
    }
}

impl ZeroLatency {
    /// A run of frames that does not reach beyond the next grid position.
    fn process_run(&mut self, channels: &mut [&mut [f32]], run: usize) {
        let has_gain = !self.output_gain.is_at_rest() || self.output_gain.value() != 1.0;
        let is_soloed = !self.solo.is_out();
        if !has_gain && !is_soloed && self.bands.iter().all(Band::is_out) {
            flush_subnormal(channels);
            return;
        }
        let frames = &mut self.frames[..run];
        for (lane, channel) in channels.iter().enumerate() {
            self.instructions.run(Widen { samples: channel, frames, lane });
        }
        if is_soloed {
            self.solo.keep(frames);
        }
        run_bands(&mut self.bands, self.instructions, frames, self.place);
        if is_soloed {
            self.solo.run(frames, self.place);
        }
        if has_gain {
            for frame in frames.iter_mut() {
                let gain = self.output_gain.next_value();
                frame.iter_mut().for_each(|sample| *sample *= gain);
            }
        }
        for (lane, channel) in channels.iter_mut().enumerate() {
            self.instructions.run(Narrow { frames, samples: channel, lane });
        }
    }
}

/// Frames through the bands in place, from a place on the grid.
fn run_bands(bands: &mut [Band], instructions: Instructions, frames: &mut [Frame], place: usize) {
    let mut pass = Pass::default();
    for slot in 0..bands.len() {
        if bands[slot].is_out() {
            continue;
        }
        if !bands[slot].is_settled() {
            pass.run(instructions, bands, frames);
            bands[slot].run(frames, place);
            continue;
        }
        for place in 0..bands[slot].chain().running_count() {
            pass.add(slot, place, *bands[slot].chain().running(place));
            if pass.count == TOGETHER {
                pass.run(instructions, bands, frames);
            }
        }
    }
    pass.run(instructions, bands, frames);
}

/// Sections of settled bands that are run together.
#[derive(Default)]
struct Pass {
    sections: [Section; TOGETHER],
    /// Slot, and place in its chain.
    owners: [(usize, usize); TOGETHER],
    count: usize,
}

impl Pass {
    fn add(&mut self, slot: usize, place: usize, section: Section) {
        if self.count == 0 {
            // Where there are fewer than a pass takes, the others pass the frames on.
            self.sections = Default::default();
        }
        self.sections[self.count] = section;
        self.owners[self.count] = (slot, place);
        self.count += 1;
    }

    /// Runs what has been gathered and gives the sections back.
    fn run(&mut self, instructions: Instructions, bands: &mut [Band], frames: &mut [Frame]) {
        match self.count {
            0 => return,
            1 => instructions.run(Alone { section: &mut self.sections[0], frames }),
            _ => {
                let all = self.sections[..self.count].iter().all(|section| section.part.is_all());
                instructions.run(Together { sections: &mut self.sections, all, frames });
            }
        }
        for (section, (slot, place)) in self.sections[..self.count].iter().zip(self.owners) {
            *bands[slot].chain().running(place) = *section;
        }
        self.count = 0;
    }
}
