//! The battery: each clause of the contract of a processor as one function, asked of every processor alike.
//!
//! A processor is one [`Entry`]. A clause returns what is wrong, in one sentence that names the rate, the channels, the
//! parameters and the seed, so that `broken` can show of each clause that it fails where it should.

mod bits;
mod calls;
mod cuts;
mod fresh;
mod loud;
mod neutral;
mod rest;
mod smooth;
mod stream;

use std::fmt;

use runout_dsp_core::dispatch::Instructions;
use runout_dsp_core::processor::{Processor, Spec};
use runout_dsp_core::settings::{Field, Kind};
use runout_tests::random::Random;

pub use runout_tests::flags::with_denormals_as_zero;

/// Rates at which the sound is changed, Hz.
pub const MASTERING_RATES_HZ: &[f64] = &[22_050.0, 44_100.0, 48_000.0, 88_200.0, 96_000.0, 192_000.0, 384_000.0];

/// The longest block that the battery uses, frames.
pub const MAX_BLOCK: usize = 1024;

/// What is wrong, in a sentence.
pub type Outcome = Result<(), String>;

/// A clause of the contract; 7 is a matter of `settings` and asked there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clause {
    /// 1: nothing on the audio thread allocates, frees or panics.
    NeverAllocates,
    /// 2: the result does not depend on how the stream is cut.
    AnyBlocks,
    /// 3: after `reset` it is as fresh, and parameters before the first frame act at once.
    ResetIsFresh,
    /// 3: parameters set later are smoothed.
    ChangesAreSmooth,
    /// 4: neutral parameters delay the input by the latency, which never moves.
    NeutralIsDelay,
    /// 5: whatever is put in, the output is finite, and what is not sound is silenced.
    AlwaysFinite,
    /// 6: the CPU's flags for subnormal numbers change no bit, and no subnormal number leaves.
    NoDenormals,
    /// 8: the same bits every time, and nearly the same with other instructions.
    SameBits,
}

impl Clause {
    /// Every clause that is asked of processors.
    pub const ALL: [Self; 8] = [
        Self::NeverAllocates,
        Self::AnyBlocks,
        Self::ResetIsFresh,
        Self::ChangesAreSmooth,
        Self::NeutralIsDelay,
        Self::AlwaysFinite,
        Self::NoDenormals,
        Self::SameBits,
    ];

    /// Asks this clause of a processor.
    pub fn ask<P: Processor>(self, entry: &Entry<P>) -> Outcome {
        match self {
            Self::NeverAllocates => calls::ask(entry),
            Self::AnyBlocks => cuts::ask(entry),
            Self::ResetIsFresh => fresh::ask(entry),
            Self::ChangesAreSmooth => smooth::ask(entry),
            Self::NeutralIsDelay => neutral::ask(entry),
            Self::AlwaysFinite => loud::ask(entry),
            Self::NoDenormals => rest::ask(entry),
            Self::SameBits => bits::ask(entry),
        }
    }
}

/// Parameters at which a processor returns its input, for input up to a linear sample peak.
pub struct Neutral<Params> {
    pub params: Params,
    pub highest_peak: f32,
}

/// Chooses a value for a parameter of some kind.
pub type Chooser<'a> = &'a mut dyn FnMut(&Kind) -> f64;

/// A processor, and what has to be known of it to ask the clauses.
pub struct Entry<P: Processor> {
    /// A new processor, not yet prepared.
    pub fresh: Box<dyn Fn() -> P>,
    /// The same with a set of instructions, for those that have several.
    pub on: Option<fn(Instructions) -> P>,
    /// Parameters made of one value for each field, which the function chooses by the field's kind.
    pub params: fn(Chooser) -> P::Params,
    /// The defaults with one field at an end of its range, by the field's name.
    pub single: fn() -> Vec<(String, P::Params)>,
    /// Where the processor is a delay.
    pub neutral: Vec<Neutral<P::Params>>,
    /// What can be seen of it besides samples, in full: readings.
    pub observed: fn(&P) -> String,
    /// The highest gain of the processor at any frequency, linear, where that is above 1: it lifts rounding with the sound.
    pub lift: fn(&P::Params, f64) -> f32,
    /// Whether the same input later gives the same output later: not so with a running dither.
    pub time_invariant: fn(&P::Params) -> bool,
    /// Whether subnormal samples leave as zero; one that only passes samples on may leave them.
    pub flushes_subnormals: bool,
    /// The count of samples silenced at the entrance, for the one that has it.
    pub silenced: Option<fn(&P) -> u64>,
    /// Rates, Hz.
    pub rates_hz: Vec<f64>,
    /// Channel counts.
    pub channels: Vec<usize>,
    /// How much of a stream shows all that the processor does, seconds.
    pub seconds: f64,
}

impl<P: Processor> Entry<P> {
    /// An entry with what most processors have in common.
    pub fn new(fresh: impl Fn() -> P + 'static, params: fn(Chooser) -> P::Params) -> Self {
        Self {
            fresh: Box::new(fresh),
            on: None,
            params,
            single: Vec::new,
            neutral: Vec::new(),
            observed: |_| String::new(),
            lift: |_, _| 1.0,
            time_invariant: |_| true,
            flushes_subnormals: true,
            silenced: None,
            rates_hz: MASTERING_RATES_HZ.to_vec(),
            channels: vec![1, 2],
            seconds: 0.2,
        }
    }

    /// Every rate with every channel count.
    fn cases(&self) -> impl Iterator<Item = Case> {
        let channels = |rate_hz| self.channels.iter().map(move |&channels| Case { rate_hz, channels });
        self.rates_hz.iter().copied().flat_map(channels)
    }

    /// The stream length for a case, frames: on no grid.
    fn frames(&self, case: Case) -> usize {
        (self.seconds * case.rate_hz) as usize | 1
    }

    /// A processor with parameters, prepared for a case.
    fn ready(&self, params: &P::Params, case: Case, max_block: usize) -> P {
        let mut processor = (self.fresh)();
        prepare(&mut processor, params, case, max_block);
        processor
    }

    /// The defaults, every field at its lowest, every field at its highest, and some drawn at random, where a field is as
    /// often at an end as in between.
    fn variations(&self, random: &mut Random) -> Vec<P::Params> {
        let lowest = (self.params)(&mut |kind| f64::from(kind.range().0));
        let highest = (self.params)(&mut |kind| f64::from(kind.range().1));
        let mut list = vec![P::Params::default(), lowest, highest];
        for _ in 0..4 {
            list.push((self.params)(&mut |kind| {
                let (lowest, highest) = kind.range();
                let share = (3.0 * random.share() - 1.0).clamp(0.0, 1.0);
                f64::from(lowest) + share * f64::from(highest - lowest)
            }));
        }
        let mut distinct: Vec<P::Params> = Vec::new();
        for params in list {
            if !distinct.contains(&params) {
                distinct.push(params);
            }
        }
        distinct
    }
}

/// Sets parameters and prepares.
fn prepare<P: Processor>(processor: &mut P, params: &P::Params, case: Case, max_block: usize) {
    processor.set_params(params);
    let spec = Spec { sample_rate: case.rate_hz, max_block, channels: case.channels };
    processor.prepare(&spec).unwrap_or_else(|error| panic!("{case}: {error}"));
    processor.set_params(params);
}

/// A rate with a channel count.
#[derive(Clone, Copy)]
pub struct Case {
    rate_hz: f64,
    channels: usize,
}

impl fmt::Display for Case {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} Hz, {} channels", self.rate_hz, self.channels)
    }
}

/// The seed of everything random: `RUNOUT_SEED`, or one that is always the same. It is printed.
pub fn seed() -> u64 {
    let seed = std::env::var("RUNOUT_SEED").map_or(20_261_120, |text| text.parse().expect("RUNOUT_SEED is a number"));
    println!("RUNOUT_SEED={seed}");
    seed
}

/// The defaults with each field in turn at each end of its range.
pub fn single_fields<Params: Default + PartialEq>(fields: &[Field<Params>]) -> Vec<(String, Params)> {
    let at = |field: &Field<Params>, value| {
        let mut params = Params::default();
        (field.set)(&mut params, value);
        (format!("{} {}", field.key, field.kind.value_text(value)), params)
    };
    let ends = |field: &Field<Params>| {
        let (lowest, highest) = field.kind.range();
        [at(field, lowest), at(field, highest)]
    };
    fields.iter().flat_map(ends).filter(|(_, params)| *params != Params::default()).collect()
}

/// Parameters from a module's table of fields.
pub fn from_fields<Params: Default>(fields: &[Field<Params>], choose: Chooser) -> Params {
    let mut params = Params::default();
    for field in fields {
        (field.set)(&mut params, field.kind.rounded(choose(&field.kind)));
    }
    params
}
