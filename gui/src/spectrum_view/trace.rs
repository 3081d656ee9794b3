//! One side's spectrum: what was analyzed, and how it falls and is held.

use runout_dsp_core::spectrum::analyzer::Analyzer;
use runout_dsp_core::telemetry::HistoryReader;

use crate::plots::spectrum::{BOTTOM_DB, Tilt};

/// Time constant of a level's fall, s.
const FALL_S: f32 = 0.3;

/// Nothing falls further, dB.
const FLOOR_DB: f32 = -150.0;

/// After this long without a frame the host has stopped, s: longer than its longest usual block.
const STOPPED_S: f32 = 0.25;

/// What a frame of the display brings to both sides.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The rate, Hz; 0 while there is none.
    pub sample_rate: f32,
    /// Time since the last one, s.
    pub seconds: f32,
    /// Whether a third of an octave is one.
    pub is_smoothed: bool,
    /// Whether nothing moves.
    pub is_frozen: bool,
    /// Whether the highest levels are kept.
    pub holds: bool,
}

/// One side.
#[derive(Debug)]
pub struct Trace {
    /// How early its spectra come, in shares of the time between two.
    ahead: f64,
    analyzer: Option<Analyzer>,
    sample_rate: f32,
    is_listening: bool,
    /// Time since a frame arrived, s.
    idle_s: f32,
    levels_db: Vec<f32>,
    held_db: Vec<f32>,
}

impl Trace {
    /// A side whose spectra come early by a share of the time between two.
    pub fn new(ahead: f64) -> Self {
        Self {
            ahead,
            analyzer: None,
            sample_rate: 0.0,
            is_listening: false,
            idle_s: 0.0,
            levels_db: Vec::new(),
            held_db: Vec::new(),
        }
    }

    /// Takes what has arrived while it is shown.
    pub fn take(&mut self, reader: &mut HistoryReader<[f32; 2]>, is_shown: bool, moment: &Moment) {
        if is_shown != self.is_listening {
            self.listen(reader, is_shown, moment);
        }
        if moment.sample_rate != self.sample_rate {
            self.start(moment.sample_rate);
        }
        let Some(analyzer) = self.analyzer.as_mut().filter(|_| is_shown) else { return };
        let mut has_come = false;
        reader.take_all(|frames| {
            has_come |= !frames.is_empty();
            analyzer.push(frames);
        });
        let was_stopped = self.idle_s > STOPPED_S;
        self.idle_s = if has_come { 0.0 } else { self.idle_s + moment.seconds };
        if self.idle_s > STOPPED_S && !was_stopped {
            analyzer.clear();
        }
        if !moment.is_frozen {
            analyzer.analyze(moment.is_smoothed);
            fall(&mut self.levels_db, analyzer.levels_db(), moment.seconds);
            hold(&mut self.held_db, &self.levels_db, moment.holds);
        }
    }

    fn listen(&mut self, reader: &mut HistoryReader<[f32; 2]>, is_shown: bool, moment: &Moment) {
        self.is_listening = is_shown;
        if !is_shown {
            reader.close();
            return;
        }
        reader.open();
        if let Some(analyzer) = &mut self.analyzer {
            analyzer.clear();
        }
        if !moment.is_frozen {
            self.levels_db.fill(FLOOR_DB);
            self.held_db.fill(FLOOR_DB);
        }
    }

    /// Starts anew at a rate, Hz.
    fn start(&mut self, sample_rate: f32) {
        self.sample_rate = sample_rate;
        self.analyzer = (sample_rate > 0.0).then(|| Analyzer::new(f64::from(sample_rate), self.ahead));
        let points = self.analyzer.as_ref().map_or(0, |analyzer| analyzer.levels_db().len());
        self.levels_db = vec![FLOOR_DB; points];
        self.held_db = vec![FLOOR_DB; points];
    }

    /// The levels, dBFS, from the lowest point on.
    pub fn levels_db(&self) -> &[f32] {
        &self.levels_db
    }

    /// The highest levels, dBFS, from the lowest point on.
    pub fn held_db(&self) -> &[f32] {
        &self.held_db
    }

    /// Whether any of it stands on the plot, where it is shown.
    pub fn is_seen(&self, tilt: Tilt) -> bool {
        let mut levels = self.levels_db.iter().enumerate();
        self.is_listening && levels.any(|(point, level_db)| level_db + tilt.db(point) > BOTTOM_DB)
    }
}

/// Up at once; down by 1 - 1/e of the way in 300 ms.
fn fall(shown_db: &mut [f32], heard_db: &[f32], seconds: f32) {
    let share = 1.0 - (-seconds / FALL_S).exp();
    for (shown, heard) in shown_db.iter_mut().zip(heard_db) {
        let heard = heard.max(FLOOR_DB);
        *shown = if heard >= *shown { heard } else { *shown + share * (heard - *shown) };
    }
}

/// Keeps the highest, or nothing.
fn hold(held_db: &mut [f32], shown_db: &[f32], holds: bool) {
    for (held, shown) in held_db.iter_mut().zip(shown_db) {
        *held = if holds { held.max(*shown) } else { FLOOR_DB };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_rises_at_once_and_has_lost_two_thirds_of_its_way_after_300_ms() {
        let mut shown = [FLOOR_DB; 2];
        fall(&mut shown, &[-20.0, f32::NEG_INFINITY], 0.0);
        assert_eq!(shown, [-20.0, FLOOR_DB]);
        for frames in [18, 72] {
            let mut shown = [-20.0];
            (0..frames).for_each(|_| fall(&mut shown, &[-50.0], FALL_S / frames as f32));
            let expected_db = -50.0 + 30.0 / std::f32::consts::E;
            // 1e-3 dB: rounding of 72 steps.
            assert!((shown[0] - expected_db).abs() < 1e-3, "{} dB in {frames} frames", shown[0]);
        }
        fall(&mut shown, &[f32::NEG_INFINITY; 2], 60.0);
        assert_eq!(shown, [FLOOR_DB; 2]);
    }

    #[test]
    fn the_highest_stays_until_it_is_switched_off() {
        let mut held = [FLOOR_DB; 1];
        for (shown, holds, expected) in [
            (-30.0, true, -30.0),
            (-10.0, true, -10.0),
            (-40.0, true, -10.0),
            (-40.0, false, FLOOR_DB),
            (-40.0, true, -40.0),
        ] {
            hold(&mut held, &[shown], holds);
            assert_eq!(held, [expected]);
        }
    }
}
