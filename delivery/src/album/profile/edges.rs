//! How loud a track begins and ends: the loudest 3 s of its first and of its last 10 s of sound.
//!
//! The loudest, and not the mean: a song that fades or builds up is met by its neighbor at the level that the ear has kept,
//! not at that of its silence. Silence before the first and after the last sound (a gap, say) is no part of either.

use std::collections::VecDeque;

/// How much of a track is its beginning or its end, tenths of a second.
const EDGE_TENTHS: usize = 100;

/// Tenths whose 3 s lie within the last 10 s.
const END_TENTHS: usize = EDGE_TENTHS - 30 + 1;

/// Momentary loudness at or below this is no sound, LUFS: the absolute gate of BS.1770.
const SILENCE_LUFS: f64 = -70.0;

/// Listens to the meter every tenth of a second.
#[derive(Debug, Default)]
pub(super) struct Edges {
    /// Tenths since the first sound.
    tenths: usize,
    /// Highest short-term loudness in the first of them, LUFS.
    beginning_lufs: Option<f64>,
    /// Short-term loudness in the last tenths up to the last sound.
    recent: VecDeque<f64>,
    /// Silent tenths since.
    silent: usize,
}

impl Edges {
    /// A tenth of a second ends with these readings, LUFS.
    pub fn note(&mut self, momentary_lufs: f64, short_term_lufs: f64) {
        let is_sound = momentary_lufs > SILENCE_LUFS;
        if !is_sound && self.tenths == 0 {
            return;
        }
        self.tenths += 1;
        if !is_sound {
            self.silent += 1;
            return;
        }
        if self.tenths <= EDGE_TENTHS {
            self.beginning_lufs = Some(self.beginning_lufs.map_or(short_term_lufs, |most| most.max(short_term_lufs)));
        }
        for _ in 0..self.silent.min(END_TENTHS) {
            self.keep(f64::NEG_INFINITY);
        }
        self.silent = 0;
        self.keep(short_term_lufs);
    }

    fn keep(&mut self, short_term_lufs: f64) {
        if self.recent.len() == END_TENTHS {
            self.recent.pop_front();
        }
        self.recent.push_back(short_term_lufs);
    }

    /// Of the beginning and of the end, LUFS; `None` where there was no sound.
    pub fn loudness_lufs(&self) -> [Option<f64>; 2] {
        [self.beginning_lufs, self.recent.iter().copied().reduce(f64::max)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SILENT: f64 = f64::NEG_INFINITY;

    #[test]
    fn silence_around_a_track_is_no_part_of_it() {
        let mut edges = Edges::default();
        assert_eq!(edges.loudness_lufs(), [None, None]);
        let mut note = |tenths: usize, level: f64| (0..tenths).for_each(|_| edges.note(level, level));
        note(50, SILENT);
        note(100, -20.0);
        note(300, -14.0);
        note(END_TENTHS, -18.0);
        note(600, SILENT);
        assert_eq!(edges.loudness_lufs(), [Some(-20.0), Some(-18.0)]);
    }

    #[test]
    fn the_end_reaches_back_ten_seconds_and_over_a_rest() {
        let mut edges = Edges::default();
        let mut note = |tenths: usize, level: f64| (0..tenths).for_each(|_| edges.note(level, level));
        note(100, -14.0);
        note(END_TENTHS - 2, SILENT);
        note(1, -30.0);
        assert_eq!(edges.loudness_lufs()[1], Some(-14.0));
        edges.note(-30.0, -30.0);
        assert_eq!(edges.loudness_lufs()[1], Some(-30.0));
    }
}
