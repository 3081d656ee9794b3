//! How wide a signal is at each frequency: the side's level against the middle's.

use crate::spectrum::analyzer::Analyzer;

/// Levels below this, dBFS, are silence: their ratio says nothing.
const SILENCE_DB: f32 = -100.0;

/// The widest that is told: twice as much side as middle, and as much again.
const WIDEST: f32 = 4.0;

/// How many frames are turned into middle and side at once.
const PART_FRAMES: usize = 256;

/// The spectra of middle and side.
#[derive(Debug)]
pub struct WidthByFrequency {
    middle: Analyzer,
    side: Analyzer,
    widths: Box<[f32]>,
}

impl WidthByFrequency {
    /// For a stream of a sample rate, Hz. Allocates, nothing else does.
    pub fn new(sample_rate: f64) -> Self {
        let [middle, side] = [Analyzer::new(sample_rate, 0.0), Analyzer::new(sample_rate, 0.0)];
        let widths = vec![0.0; middle.levels_db().len()].into();
        Self { middle, side, widths }
    }

    /// Forgets what has come: silence.
    pub fn clear(&mut self) {
        self.middle.clear();
        self.side.clear();
        self.widths.fill(0.0);
    }

    /// Takes frames, left and right.
    pub fn push(&mut self, frames: &[[f32; 2]]) {
        for part in frames.chunks(PART_FRAMES) {
            for (analyzer, sign) in [(&mut self.middle, 1.0), (&mut self.side, -1.0)] {
                let mut turned = [[0.0; 2]; PART_FRAMES];
                for (turned, [left, right]) in turned.iter_mut().zip(part) {
                    *turned = [0.5 * left + sign * 0.5 * right; 2];
                }
                analyzer.push(&turned[..part.len()]);
            }
        }
    }

    /// Computes what is due; whether there is something new.
    pub fn analyze(&mut self) -> bool {
        let is_new = self.middle.analyze(true) & self.side.analyze(true);
        if is_new {
            let levels = self.middle.levels_db().iter().zip(self.side.levels_db());
            for (width, (middle_db, side_db)) in self.widths.iter_mut().zip(levels) {
                *width = match (*middle_db > SILENCE_DB, *side_db > SILENCE_DB) {
                    (_, false) => 0.0,
                    (false, true) => WIDEST,
                    (true, true) => 10f32.powf((side_db - middle_db) / 20.0).min(WIDEST),
                };
            }
        }
        is_new
    }

    /// The width at each point of the [analyzer](crate::spectrum::analyzer): 0 is mono, 1 as much side as middle.
    pub fn widths(&self) -> &[f32] {
        &self.widths
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spectrum::analyzer::frequency_hz;

    #[test]
    fn tones_have_the_width_of_their_side() {
        let mut width = WidthByFrequency::new(48_000.0);
        let tone = |hz: f64, frame: usize| (2.0 * std::f64::consts::PI * hz * frame as f64 / 48_000.0).sin();
        // 100 Hz in the middle, 1 kHz with half as much side, 8 kHz only side.
        let frames: Vec<[f32; 2]> = (0..48_000)
            .map(|frame| {
                let middle = 0.2 * tone(100.0, frame) + 0.2 * tone(1000.0, frame);
                let side = 0.1 * tone(1000.0, frame) + 0.2 * tone(8000.0, frame);
                [(middle + side) as f32, (middle - side) as f32]
            })
            .collect();
        width.push(&frames);
        assert!(width.analyze() && !width.analyze());
        let at = |hz: f64| {
            let place = (0..width.widths().len()).find(|point| frequency_hz(*point) >= hz).unwrap();
            width.widths()[place]
        };
        // The window's side lobes far from a tone are 100 dB down and more.
        assert!(at(100.0) < 0.01 && (at(1000.0) - 0.5).abs() < 0.01 && at(8000.0) > 3.9);
    }
}
