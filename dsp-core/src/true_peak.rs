//! The true peak of one channel: the one kernel that the meter, the verdict of `--target` and the limiter's detector
//! share.
//!
//! frames -> 2x (128 taps a phase, both filtered) -> 4x (half-band, 12) -> 8x (half-band, 8) -> parabola -> maximum with
//! the samples
//!
//! [`TruePeak`] takes [`HOP_FRAMES`] frames at a time and reads the peaks of the window that lies [`LAG_FRAMES`] frames
//! before them, in groups of [`GROUP_FRAMES`]. The peak of a group that starts at frame `n` is the highest magnitude at
//! any place from `n` to `n + 8`, both samples included, so the groups leave no gap. Most of the cost is skipped where
//! it cannot matter: [`TruePeak::bounds`] is a provable upper bound of each group, and only the runs of [`RUN_FRAMES`]
//! frames (two groups) that may reach a floor are interpolated, and of these only those through all stages whose first
//! stage shows that they may. Gating never changes a reading: [`TruePeak::peaks_above`] gives the bits that no gating
//! would give for every group above the floor, and [`TruePeak::highest_above`] the highest of them.
//!
//! After the last frame of a programme push [`LAG_FRAMES`] + [`HOP_FRAMES`] frames of silence or more: the readings lag,
//! and the interpolator rings beyond the end.
//!
//! Within 0.05 dB of ideal interpolation for content up to 0.45 of the sample rate; within 0.02 dB of the reference
//! meter (32 phases of 192 taps in f64) on music. Input up to +120 dBFS gives finite readings.

mod bound;
pub(crate) mod design;
mod ebur128;
mod history;
mod kernel;
mod later_bound;

use std::sync::OnceLock;

use crate::dispatch::Instructions;
use bound::Bound;
use design::Filters;
use ebur128::Ebur128;
use history::{History, Taken};
use kernel::{FIRST_WIDE, FirstStage, LaterStages, MARGIN, larger};
use later_bound::LaterBound;

/// Frames that are taken at a time.
pub const HOP_FRAMES: usize = 64;

/// Frames that share one reading.
pub const GROUP_FRAMES: usize = 8;

/// Frames that are interpolated together.
pub const RUN_FRAMES: usize = 16;

/// Groups whose peaks are read after each hop.
pub const GROUPS_PER_HOP: usize = HOP_FRAMES / GROUP_FRAMES;

/// Runs of one hop.
pub const RUNS_PER_HOP: usize = HOP_FRAMES / RUN_FRAMES;

/// How far the window that is read lies before the hop that was pushed last: the first group of the window starts this
/// many frames before the hop's first frame.
pub const LAG_FRAMES: usize = 72;

/// Where the window starts in the history.
const WINDOW: usize = HISTORY_FRAMES - LAG_FRAMES - HOP_FRAMES;

/// Frames that the readings of one window can depend on, in whole groups.
const HISTORY_FRAMES: usize = 208;

/// Frames behind the history, which only fill the vectors.
const PADDING_FRAMES: usize = 16;

/// Frames before a value of the first stage that it reads.
const FIRST_BEFORE: usize = 63;

/// Values of each first-stage phase that one window can need.
const FIRST_VALUES: usize = (RUNS_PER_HOP - 1) * RUN_FRAMES + FIRST_WIDE;

/// What one run reads of the first stage: its own frames and a margin on each side.
const FIRST_READ: usize = RUN_FRAMES + 2 * MARGIN;

/// The filters, and what bounds their values and those of a companion: the same in every detector.
#[derive(Clone)]
struct Design {
    filters: Filters,
    bound: Bound,
    later_bound: LaterBound,
}

impl Design {
    /// That of detectors with this companion: made by the first of them in the process, which takes a third of a
    /// millisecond. Not for the audio thread.
    fn of(companion: &Ebur128) -> &'static Self {
        static DESIGNS: [OnceLock<Design>; 1 + ebur128::MOST_PHASES] =
            [const { OnceLock::new() }; 1 + ebur128::MOST_PHASES];
        DESIGNS[companion.phases_in_use()].get_or_init(|| {
            let filters = Filters::new();
            let bound = Bound::new(&filters, &companion.responses());
            let later_bound = LaterBound::new(&filters);
            Self { filters, bound, later_bound }
        })
    }
}

/// The true-peak detector of one channel.
///
/// Thread: `new` and `with_ebur128` design the filters, off the audio thread; all else allocates nothing.
#[derive(Clone)]
pub struct TruePeak {
    instructions: Instructions,
    filters: Filters,
    ebur128: Ebur128,
    bound: Bound,
    later_bound: LaterBound,
    /// The window starts at its frame [`WINDOW`].
    history: History,
    /// What is known of the window before anything is interpolated.
    taken: Taken,
    /// The first stage's phases; value 0 stands [`MARGIN`] frames before the window.
    even: [f32; FIRST_VALUES],
    odd: [f32; FIRST_VALUES],
    /// Where the values of the first stage that were computed last end; 0 if there are none of use.
    first_end: usize,
}

impl TruePeak {
    /// A detector of true peaks alone: the meter's.
    pub fn new(instructions: Instructions) -> Self {
        Self::with_companion(instructions, Ebur128::none())
    }

    /// A detector that also reads what the `ebur128` crate's interpolator reads at a sample rate in Hz (4x below
    /// 96 kHz, 2x below 192 kHz, none from there on) and takes the larger: the limiter's.
    pub fn with_ebur128(instructions: Instructions, sample_rate: f64) -> Self {
        Self::with_companion(instructions, Ebur128::new(sample_rate))
    }

    fn with_companion(instructions: Instructions, ebur128: Ebur128) -> Self {
        let Design { filters, bound, later_bound } = Design::of(&ebur128).clone();
        Self {
            instructions,
            filters,
            ebur128,
            bound,
            later_bound,
            history: History::silent(),
            taken: Taken::silent(),
            even: [0.0; FIRST_VALUES],
            odd: [0.0; FIRST_VALUES],
            first_end: 0,
        }
    }

    /// Forgets the signal.
    pub fn reset(&mut self) {
        self.history = History::silent();
        self.taken = Taken::silent();
        self.even.fill(0.0);
        self.odd.fill(0.0);
        self.first_end = 0;
    }

    /// Takes the next [`HOP_FRAMES`] frames, none of them NaN or infinite, and bounds the window's groups.
    pub fn push(&mut self, hop: &[f32; HOP_FRAMES]) {
        self.history.take(self.instructions, &self.bound, hop, &mut self.taken);
        self.keep_first_stage();
    }

    /// Moves what the window's first run can use of the first stage to its new place.
    fn keep_first_stage(&mut self) {
        if self.first_end == HOP_FRAMES + 2 * MARGIN {
            self.even.copy_within(HOP_FRAMES..HOP_FRAMES + 2 * MARGIN, 0);
            self.odd.copy_within(HOP_FRAMES..HOP_FRAMES + 2 * MARGIN, 0);
            self.first_end = 2 * MARGIN;
        } else {
            self.first_end = 0;
        }
    }

    /// The largest sample magnitude of the hop that was pushed last.
    pub fn sample_peak(&self) -> f32 {
        self.taken.sample_peak
    }

    /// Upper bounds of the peak of each group of the window.
    pub fn bounds(&self) -> &[f32; GROUPS_PER_HOP] {
        &self.taken.bounds
    }

    /// The peaks of the two groups of a run of the window, 0 to 3. Runs in ascending order share what they can.
    pub fn run_peaks(&mut self, run: usize) -> [f32; RUN_FRAMES / GROUP_FRAMES] {
        // No sample is below 0: nothing is spared.
        self.run_peaks_above(run, -1.0)
    }

    /// Those above `floor` (linear), for others a value that is not above it.
    fn run_peaks_above(&mut self, run: usize, floor: f32) -> [f32; RUN_FRAMES / GROUP_FRAMES] {
        let first = run * RUN_FRAMES;
        self.compute_first_stage(first);
        let mut peaks = [0.0; RUN_FRAMES / GROUP_FRAMES];
        if let (Some(even), Some(odd)) = (self.even[first..].first_chunk(), self.odd[first..].first_chunk()) {
            let (filters, bound, rounding) = (&self.filters, &self.later_bound, self.taken.rounding);
            let sample = larger(self.taken.samples[2 * run], self.taken.samples[2 * run + 1]);
            peaks = self.instructions.run(LaterStages { filters, bound, floor, sample, rounding, even, odd });
        }
        let companion = self.ebur128.run_peaks(self.instructions, self.history.frames(), WINDOW + first);
        for (group, peak) in peaks.iter_mut().enumerate() {
            let sample = self.taken.samples[run * RUN_FRAMES / GROUP_FRAMES + group];
            *peak = larger(larger(*peak, companion[group]), sample);
        }
        peaks
    }

    /// Computes what the run at `first` frames of the window reads of the first stage, and is not known.
    fn compute_first_stage(&mut self, first: usize) {
        // What the run before left is the margin of this one.
        let known = if self.first_end == first + 2 * MARGIN { 2 * MARGIN } else { 0 };
        let place = first + known;
        let (Some(frames), Some(even), Some(odd)) = (
            self.history.frames()[WINDOW + place - MARGIN - FIRST_BEFORE..].first_chunk(),
            self.even[place..].first_chunk_mut(),
            self.odd[place..].first_chunk_mut(),
        ) else {
            return;
        };
        let filters = &self.filters;
        if known > 0 {
            self.instructions.run(FirstStage::<RUN_FRAMES> { filters, frames, even, odd });
        } else {
            self.instructions.run(FirstStage::<FIRST_READ> { filters, frames, even, odd });
        }
        self.first_end = first + FIRST_READ;
    }

    /// The peak of each group of the window that is above `floor` (linear), for others a value that is not.
    pub fn peaks_above(&mut self, floor: f32) -> [f32; GROUPS_PER_HOP] {
        let mut peaks = [0.0; GROUPS_PER_HOP];
        if self.taken.highest_bound <= floor {
            return peaks;
        }
        for (run, peaks) in peaks.as_chunks_mut().0.iter_mut().enumerate() {
            if self.run_bound(run) > floor {
                *peaks = self.run_peaks_above(run, floor);
            }
        }
        peaks
    }

    /// The highest peak of the window's groups if it is above `floor` (linear), else `floor`. Less work
    /// than [`Self::peaks_above`]: the floor rises with what is found.
    pub fn highest_above(&mut self, floor: f32) -> f32 {
        // A peak is never below its samples: they raise the floor before anything is interpolated.
        let mut highest = larger(floor, self.taken.largest_sample);
        if self.taken.highest_bound <= highest {
            return highest;
        }
        for run in 0..RUNS_PER_HOP {
            if self.run_bound(run) > highest {
                let [first, second] = self.run_peaks_above(run, highest);
                highest = larger(highest, larger(first, second));
            }
        }
        highest
    }

    /// The upper bound of a run's two groups.
    fn run_bound(&self, run: usize) -> f32 {
        larger(self.taken.bounds[2 * run], self.taken.bounds[2 * run + 1])
    }
}

#[cfg(test)]
mod tests;
