//! A small honest processor, and the same with one fault each: what the battery is proved on.
//!
//! entrance -> no subnormal sample -> delay of 64 frames -> + (gain - 1) x low-pass -> no subnormal sample. The gain is smoothed.

use std::sync::atomic::{AtomicU32, Ordering};

use runout_dsp_core::delay::Delay;
use runout_dsp_core::dispatch::Instructions;
use runout_dsp_core::entrance::{flush_subnormal, silence_invalid};
use runout_dsp_core::processor::{MASTERING_RATES_HZ, Processor, Spec, SpecError};
use runout_dsp_core::settings::{Field, Kind, Purpose, Scale, Step, Unit};
use runout_dsp_core::smooth::Smoothed;
use runout_dsp_core::units::gain_from_db;

/// What is wrong with a toy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    Nothing,
    AllocatesInProcess,
    FreesInSetParams,
    AllocatesInReset,
    PanicsOnEmptyBlock,
    SmoothsByBlock,
    DependsOnLongestBlock,
    ResetForgetsFilter,
    ResetForgetsThatItRan,
    PrepareForgetsFilter,
    SmoothsFromTheStart,
    JumpsWhileRunning,
    ReportsWrongLatency,
    IsOffTheGrid,
    MovesLatency,
    ResetMovesLatency,
    IsNearlyNeutral,
    OverflowsWhenLoud,
    LetsNotANumberIn,
    MiscountsSilenced,
    KeepsSubnormals,
    DependsOnFlags,
    SharesState,
    DependsOnInstructions,
}

/// A low shelf.
#[derive(Clone, Debug, PartialEq)]
pub struct ToyParams {
    pub gain_db: f32,
    pub share: f32,
}

impl Default for ToyParams {
    fn default() -> Self {
        Self { gain_db: 0.0, share: 0.01 }
    }
}

const fn number(lowest: f32, highest: f32, step: Step, unit: Unit) -> Kind {
    Kind::Number { lowest, highest, step, unit, scale: Scale::Linear }
}

/// The fields of [`ToyParams`].
pub static TOY: &[Field<ToyParams>] = &[
    Field {
        key: "gain_db",
        name: "Gain",
        help: "Gain of the lows",
        kind: number(-24.0, 24.0, Step::Hundredth, Unit::Db),
        purpose: Purpose::Sound,
        get: |params| params.gain_db,
        set: |params, value| params.gain_db = value,
    },
    Field {
        key: "share",
        name: "Share",
        help: "Share by which the low-pass follows",
        kind: number(0.001, 0.5, Step::Thousandth, Unit::None),
        purpose: Purpose::Sound,
        get: |params| params.share,
        set: |params, value| params.share = value,
    },
];

/// The last sample of each channel as bits, which toys with that fault share.
static SHARED: [AtomicU32; 2] = [const { AtomicU32::new(0) }; 2];

/// The processor.
pub struct Toy {
    fault: Fault,
    instructions: Instructions,
    params: ToyParams,
    delay: Delay,
    gain: Smoothed,
    low: [f64; 2],
    /// The low-pass in f32, for the fault that computes there.
    low_f32: [f32; 2],
    latency: usize,
    max_block: usize,
    running: bool,
    silenced: u64,
    /// Something on the heap, for the faults that allocate and free.
    heap: Vec<String>,
}

impl Toy {
    /// A toy with a fault, on some instructions.
    pub fn new(fault: Fault, instructions: Instructions) -> Self {
        Self {
            fault,
            instructions,
            params: ToyParams::default(),
            delay: Delay::default(),
            gain: Smoothed::new(1.0),
            low: [0.0; 2],
            low_f32: [0.0; 2],
            latency: if fault == Fault::IsOffTheGrid { 63 } else { 64 },
            max_block: 0,
            running: false,
            silenced: 0,
            heap: Vec::new(),
        }
    }

    /// How many samples were silenced.
    pub fn silenced(&self) -> u64 {
        self.silenced + u64::from(self.fault == Fault::MiscountsSilenced && self.silenced > 0)
    }

    fn take_gain(&mut self) {
        let gain = gain_from_db(f64::from(self.params.gain_db));
        let smoothed = match self.fault {
            Fault::SmoothsFromTheStart => true,
            Fault::JumpsWhileRunning => false,
            _ => self.running,
        };
        if smoothed { self.gain.aim(gain) } else { self.gain.jump(gain) }
    }

    /// The low-pass of one channel, with what some faults do to it.
    fn low_passed(&mut self, channel: usize, sample: f32) -> f64 {
        let low = &mut self.low[channel];
        *low += f64::from(self.params.share) * (f64::from(sample) - *low);
        // Frame by frame: once a block would depend on the blocks.
        if low.abs() < 1e-30 {
            *low = 0.0;
        }
        if self.fault == Fault::OverflowsWhenLoud && sample.abs() > 10.0 {
            // The eighth power of +120 dBFS is beyond f32.
            *low *= f64::from(sample.powi(8) / sample.powi(8));
        }
        if self.fault == Fault::DependsOnFlags {
            // A pole in f32 that nothing flushes, heard where its state is about to be subnormal.
            let state = &mut self.low_f32[channel];
            *state = 0.9 * *state + 0.1 * sample;
            if state.abs() < 1e-36 {
                *low += f64::from(*state) * 1e33;
            }
        }
        *low
    }

    fn mix(&mut self, channel: usize, samples: &mut [f32], mut gain: Smoothed) -> Smoothed {
        let strength = match self.fault {
            Fault::DependsOnInstructions if self.instructions != Instructions::Baseline => 1.001,
            Fault::DependsOnLongestBlock => 1.0 + self.max_block as f64 * 1e-6,
            _ => 1.0,
        };
        let leak = if self.fault == Fault::IsNearlyNeutral { 1e-7 } else { 0.0 };
        if self.fault == Fault::SmoothsByBlock {
            gain.next_value();
        }
        for sample in samples {
            let now = if self.fault == Fault::SmoothsByBlock { gain.value() } else { gain.next_value() };
            let low = self.low_passed(channel, *sample);
            if self.fault == Fault::SharesState {
                let before = f32::from_bits(SHARED[channel].swap(sample.to_bits(), Ordering::Relaxed));
                self.low[channel] += 1e-3 * f64::from(before);
            }
            let change = strength * (now - 1.0) * low + leak * f64::from(*sample);
            *sample = (f64::from(*sample) + change) as f32;
        }
        gain
    }
}

impl Processor for Toy {
    type Params = ToyParams;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        spec.check(MASTERING_RATES_HZ, &[1, 2])?;
        let late = match self.fault {
            Fault::ReportsWrongLatency => 65,
            Fault::IsOffTheGrid => 63,
            _ => 64,
        };
        self.delay.prepare(late, spec.channels);
        self.gain.prepare(spec.sample_rate);
        self.max_block = spec.max_block;
        self.heap = vec![String::from("a"); 100];
        let low = self.low;
        self.reset();
        if self.fault == Fault::PrepareForgetsFilter {
            self.low = low;
        }
        Ok(())
    }

    fn reset(&mut self) {
        self.delay.reset();
        if self.fault != Fault::ResetForgetsFilter {
            self.low = [0.0; 2];
        }
        self.low_f32 = [0.0; 2];
        if self.fault == Fault::SharesState {
            SHARED.iter().for_each(|shared| shared.store(0, Ordering::Relaxed));
        }
        self.silenced = 0;
        if self.fault == Fault::AllocatesInReset {
            self.heap = vec![String::from("a")];
        }
        if self.fault == Fault::ResetMovesLatency && self.running {
            self.latency = 128;
        }
        if self.fault != Fault::ResetForgetsThatItRan {
            self.running = false;
        }
        self.gain.jump(gain_from_db(f64::from(self.params.gain_db)));
    }

    fn latency(&self) -> usize {
        self.latency
    }

    fn set_params(&mut self, params: &ToyParams) {
        self.params = params.clone();
        if self.fault == Fault::FreesInSetParams {
            self.heap.pop();
        }
        if self.fault == Fault::MovesLatency {
            self.latency = if params.gain_db > 6.0 { 128 } else { 64 };
        }
        self.take_gain();
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        match self.fault {
            Fault::AllocatesInProcess => self.heap = vec![String::from("a")],
            Fault::PanicsOnEmptyBlock if frames == 0 => panic!("a fault on purpose: no frames"),
            _ => {}
        }
        self.running |= frames > 0;
        if self.fault != Fault::LetsNotANumberIn {
            self.silenced += silence_invalid(channels);
        }
        // Where the CPU takes them as zero, they are zero for the low-pass: so they are everywhere.
        if self.fault != Fault::KeepsSubnormals {
            flush_subnormal(channels);
        }
        self.delay.process(channels);
        let gain = self.gain;
        for (index, channel) in channels.iter_mut().enumerate() {
            self.gain = self.mix(index, channel, gain);
        }
        if self.fault != Fault::KeepsSubnormals {
            flush_subnormal(channels);
        }
    }
}
