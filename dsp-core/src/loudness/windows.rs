//! The sliding windows of EBU Tech 3341 over slots of 10 ms: momentary 400 ms, short-term 3 s, both moving every 10 ms.
//!
//! The edge of slot k lies at round(k rate / 100) frames, so that no window drifts at rates that 100 does not divide. Each
//! window is summed afresh from its slots: nothing is subtracted, and nothing can drift in 24 hours. What precedes the
//! stream counts as silence.

use super::correlation::Moments;

/// Slots in a momentary window and in a gating block: 400 ms.
pub const MOMENTARY_SLOTS: usize = 40;

/// Slots in a short-term window: 3 s.
pub const SHORT_TERM_SLOTS: usize = 300;

/// Slots between two gating blocks, two values of the loudness range and two peak windows: 100 ms.
pub const TENTH_SLOTS: u64 = 10;

/// What one slot gathers.
#[derive(Clone, Copy, Default)]
pub struct Slot {
    /// Weighted sum over the channels of the squared K-weighted samples.
    pub energy: f64,
    /// Squares and product of the first two channels.
    pub moments: Moments,
}

/// The windows as a slot leaves them behind; mean squares.
#[derive(Clone, Copy)]
pub struct Closed {
    /// Mean square of the momentary window.
    pub momentary: f64,
    /// Mean square of the short-term window.
    pub short_term: f64,
    /// Whether the slot ends a tenth of a second.
    pub ends_tenth: bool,
    /// Whether the momentary window lies wholly in the stream, so that it is a gating block.
    pub momentary_full: bool,
    /// Whether the short-term window lies wholly in the stream.
    pub short_term_full: bool,
}

/// The slots of the last 3 s and the windows over them.
pub struct Windows {
    /// Slots a second over frames a second.
    frames_per_slot: f64,
    /// Energies of the last 3 s, slot k at place k modulo their number.
    energies: [f64; SHORT_TERM_SLOTS],
    /// Moments of the last 400 ms, placed alike.
    moments: [Moments; MOMENTARY_SLOTS],
    /// The slot being gathered.
    open: Slot,
    /// Frames it still takes.
    open_frames: usize,
    /// Slots closed since the start.
    closed: u64,
    /// Mean square of the momentary window.
    momentary: f64,
    /// Mean square of the short-term window.
    short_term: f64,
}

impl Windows {
    /// Empty windows at a sample rate in Hz.
    pub fn new(sample_rate: f64) -> Self {
        let mut windows = Self {
            frames_per_slot: sample_rate / 100.0,
            energies: [0.0; SHORT_TERM_SLOTS],
            moments: [Moments::default(); MOMENTARY_SLOTS],
            open: Slot::default(),
            open_frames: 0,
            closed: 0,
            momentary: 0.0,
            short_term: 0.0,
        };
        windows.clear();
        windows
    }

    /// Forgets the stream.
    pub fn clear(&mut self) {
        self.energies.fill(0.0);
        self.moments.fill(Moments::default());
        self.open = Slot::default();
        self.closed = 0;
        self.momentary = 0.0;
        self.short_term = 0.0;
        self.open_frames = self.edge_frames(1) as usize;
    }

    /// Frames until the open slot's edge; never 0.
    pub fn frames_to_edge(&self) -> usize {
        self.open_frames
    }

    /// The slot being gathered.
    pub fn open_slot(&mut self) -> &mut Slot {
        &mut self.open
    }

    /// Moves on by `frames`, at most up to the edge; there the slot is closed and the windows move.
    pub fn advance(&mut self, frames: usize) -> Option<Closed> {
        self.open_frames -= frames;
        if self.open_frames > 0 {
            return None;
        }
        let place = self.closed as usize;
        self.energies[place % SHORT_TERM_SLOTS] = self.open.energy;
        self.moments[place % MOMENTARY_SLOTS] = self.open.moments;
        self.open = Slot::default();
        self.closed += 1;
        self.open_frames = (self.edge_frames(1) - self.edge_frames(0)) as usize;
        self.momentary = self.mean_square(MOMENTARY_SLOTS);
        self.short_term = self.mean_square(SHORT_TERM_SLOTS);
        Some(Closed {
            momentary: self.momentary,
            short_term: self.short_term,
            ends_tenth: self.closed.is_multiple_of(TENTH_SLOTS),
            momentary_full: self.closed >= MOMENTARY_SLOTS as u64,
            short_term_full: self.closed >= SHORT_TERM_SLOTS as u64,
        })
    }

    /// Mean square of the last 400 ms.
    pub fn momentary(&self) -> f64 {
        self.momentary
    }

    /// Mean square of the last 3 s.
    pub fn short_term(&self) -> f64 {
        self.short_term
    }

    /// Moments of the last 400 ms.
    pub fn moments(&self) -> Moments {
        let mut sum = Moments::default();
        self.moments.iter().for_each(|slot| sum.add(slot));
        sum
    }

    /// Stream position of an edge, counted from the last one closed.
    fn edge_frames(&self, from_last: i64) -> f64 {
        ((self.closed as i64 + from_last) as f64 * self.frames_per_slot).round()
    }

    /// Mean square of the last `slots` slots. Edges before the stream round as those within it.
    fn mean_square(&self, slots: usize) -> f64 {
        let end = self.closed as usize % SHORT_TERM_SLOTS;
        let (older, newer) = self.energies.split_at(end);
        let energy = if slots <= older.len() {
            sum(&older[end - slots..])
        } else {
            sum(&newer[newer.len() - (slots - older.len())..]) + sum(older)
        };
        energy / (self.edge_frames(0) - self.edge_frames(-(slots as i64)))
    }
}

/// Sum with eight accumulators in a fixed order.
fn sum(values: &[f64]) -> f64 {
    let (steps, rest) = values.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for step in steps {
        for (sum, value) in sums.iter_mut().zip(step) {
            *sum += value;
        }
    }
    for (sum, value) in sums.iter_mut().zip(rest) {
        *sum += value;
    }
    let quarters: [f64; 4] = std::array::from_fn(|n| sums[n] + sums[n + 4]);
    (quarters[0] + quarters[2]) + (quarters[1] + quarters[3])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Slot by slot through a stream in which every frame has the energy that `level` gives its second.
    fn run(windows: &mut Windows, frames: usize, level: impl Fn(usize) -> f64) -> Vec<(usize, Closed)> {
        let mut position = 0;
        let mut closed = Vec::new();
        while position + windows.frames_to_edge() <= frames {
            let step = windows.frames_to_edge();
            windows.open_slot().energy = (position..position + step).map(&level).sum();
            position += step;
            closed.extend(windows.advance(step).map(|slot| (position, slot)));
        }
        closed
    }

    #[test]
    fn windows_are_brute_force_means_at_rates_that_slots_do_not_divide() {
        for rate in [8_000.0, 11_025.0, 22_050.0, 44_100.0] {
            let level = |frame: usize| ((frame * 37) % 101) as f64;
            let mut windows = Windows::new(rate);
            for (position, slot) in run(&mut windows, (4.0 * rate) as usize, level) {
                for (seconds, found) in [(0.4, slot.momentary), (3.0, slot.short_term)] {
                    // An edge lies at most half a frame from its place, so the length is right to one frame.
                    let length = (seconds * rate).round() as usize;
                    let sum = |length: usize| -> f64 { (position.saturating_sub(length)..position).map(level).sum() };
                    let near = [length - 1, length, length + 1];
                    let errors = near.map(|length| (sum(length) / length as f64 - found).abs());
                    assert!(errors.iter().any(|error| *error < 1e-9), "{rate} Hz at {position}: {errors:?}");
                }
            }
        }
    }

    #[test]
    fn a_day_later_edges_lie_where_they_should() {
        let mut windows = Windows::new(11_025.0);
        let mut position = 0_u64;
        for _ in 0..24 * 3600 * 100 {
            position += windows.frames_to_edge() as u64;
            windows.advance(windows.frames_to_edge());
        }
        assert_eq!(position, 24 * 3600 * 11_025);
    }
}
