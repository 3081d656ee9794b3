//! How far the peaks of a lossy file, decoded, rise above the ceiling that was kept before it was encoded.

use runout_dsp_core::loudness::Readings;

/// How far above a ceiling a true peak still counts as kept, dB: what targets allow, too.
const TOLERANCE_DB: f64 = 0.05;
/// By how much more, as a share, the peaks may rise when the file is encoded at another level: an encoder makes other peaks
/// of it. Music that was 0.3 dB over at 128 kbit/s was 0.5 dB over when it was 0.3 dB softer.
const OTHER_PEAKS: f64 = 0.5;
/// And by how much at least, dB.
const SPARE_DB: f64 = 0.2;
/// Steps of the ceiling that is advised, per dB.
const STEPS_PER_DB: f64 = 10.0;

/// A ceiling that a decoded file does not keep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overshoot {
    /// The ceiling, dBTP.
    pub ceiling_dbtp: f64,
    /// How far the true peak of the decoded file is above it, dB.
    pub over_db: f64,
    /// The ceiling to master with so that the decoded file stays below the one wanted, dBTP.
    pub safe_ceiling_dbtp: f64,
}

impl Overshoot {
    /// What a decoded file reads against the ceiling it was mastered with, dBTP; `None` where it keeps it.
    pub fn of(decoded: &Readings, ceiling_dbtp: f64) -> Option<Self> {
        let over_db = decoded.true_peak_max_dbtp() - ceiling_dbtp;
        let room_db = over_db * (1.0 + OTHER_PEAKS) + SPARE_DB;
        let safe_ceiling_dbtp = ((ceiling_dbtp - room_db) * STEPS_PER_DB).floor() / STEPS_PER_DB;
        (over_db > TOLERANCE_DB).then_some(Self { ceiling_dbtp, over_db, safe_ceiling_dbtp })
    }

    /// What to know and to do, as the end of a sentence about the file.
    pub fn advice(&self) -> String {
        let Self { ceiling_dbtp, over_db, safe_ceiling_dbtp } = self;
        format!(
            "decoded, its true peak is {over_db:.2} dB above the ceiling of {ceiling_dbtp:.2} dBTP: a ceiling of {safe_ceiling_dbtp:.1} dBTP avoids it"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(true_peak_dbtp: f64, ceiling_dbtp: f64) -> Option<Overshoot> {
        let mut readings = Readings::silent(1);
        readings.true_peak_dbtp[0] = true_peak_dbtp;
        Overshoot::of(&readings, ceiling_dbtp)
    }

    #[test]
    fn what_is_over_is_taken_from_the_ceiling() {
        assert_eq!(of(-1.0, -1.0), None);
        assert_eq!(of(-0.96, -1.0), None);
        assert_eq!(of(f64::NEG_INFINITY, -1.0), None);
        let over = of(-0.62, -1.0).unwrap();
        assert!((over.over_db - 0.38).abs() < 1e-9 && (over.safe_ceiling_dbtp + 1.8).abs() < 1e-9, "{over:?}");
        assert_eq!(
            over.advice(),
            "decoded, its true peak is 0.38 dB above the ceiling of -1.00 dBTP: a ceiling of -1.8 dBTP avoids it"
        );
    }
}
