//! Readings at the pace of an eye: numbers that wander change five times a second, maxima at once.

use runout_dsp_core::loudness::Readings;

/// How long a wandering number stands still, s.
const REFRESH_S: f64 = 0.2;

/// The readings on show.
#[derive(Clone, Debug)]
pub struct SteadyReadings {
    shown: Readings,
    refreshed_s: f64,
    /// Whether there are later readings than those on show.
    is_stale: bool,
}

impl SteadyReadings {
    /// Nothing measured yet.
    pub fn new() -> Self {
        Self { shown: Readings::silent(0), refreshed_s: f64::NEG_INFINITY, is_stale: false }
    }

    /// The readings on show.
    pub fn shown(&self) -> &Readings {
        &self.shown
    }

    /// Takes the latest readings at a time in s of a clock that never goes back. A new programme shows at once.
    pub fn update(&mut self, latest: &Readings, now_s: f64) {
        let starts_anew = latest.frames < self.shown.frames || latest.channels != self.shown.channels;
        if starts_anew || now_s - self.refreshed_s >= REFRESH_S {
            self.shown = *latest;
            self.refreshed_s = now_s;
            self.is_stale = false;
            return;
        }
        self.shown = Readings {
            frames: latest.frames,
            running: latest.running,
            momentary_max_lufs: latest.momentary_max_lufs,
            short_term_max_lufs: latest.short_term_max_lufs,
            true_peak_dbtp: latest.true_peak_dbtp,
            sample_peak_dbfs: latest.sample_peak_dbfs,
            psr_min_lu: latest.psr_min_lu,
            ..self.shown
        };
        self.is_stale = self.shown != *latest;
    }

    /// How long until later readings than those on show are due, s; `None` where there are none.
    pub fn due_in_s(&self, now_s: f64) -> Option<f64> {
        self.is_stale.then(|| (self.refreshed_s + REFRESH_S - now_s).clamp(0.0, REFRESH_S))
    }
}

impl Default for SteadyReadings {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings(frames: u64, loudness_lufs: f64) -> Readings {
        let mut readings = Readings { frames, integrated_lufs: loudness_lufs, ..Readings::silent(2) };
        readings.momentary_lufs = loudness_lufs;
        readings.momentary_max_lufs = loudness_lufs;
        readings.true_peak_dbtp[0] = loudness_lufs + 10.0;
        readings
    }

    #[test]
    fn what_wanders_waits_and_what_only_rises_does_not() {
        let mut steady = SteadyReadings::new();
        steady.update(&readings(100, -20.0), 5.0);
        steady.update(&readings(200, -10.0), 5.1);
        let shown = steady.shown();
        assert_eq!((shown.momentary_lufs, shown.integrated_lufs), (-20.0, -20.0));
        assert_eq!((shown.momentary_max_lufs, shown.true_peak_max_dbtp()), (-10.0, 0.0));
        assert!(steady.due_in_s(5.15).is_some_and(|due_s| (due_s - 0.05).abs() < 1e-12));
        steady.update(&readings(300, -10.0), 5.2);
        assert_eq!((steady.shown().integrated_lufs, steady.due_in_s(5.3)), (-10.0, None));
    }

    #[test]
    fn a_reset_shows_at_once() {
        let mut steady = SteadyReadings::new();
        steady.update(&readings(100, -20.0), 5.0);
        steady.update(&Readings::silent(2), 5.01);
        assert_eq!(*steady.shown(), Readings::silent(2));
    }
}
