//! The rows of numbers under the verdicts: which there are, what they are called and what they read.

use runout_dsp_core::loudness::Readings;

/// One number of a loudness meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Highest true peak of all channels.
    TruePeakMax,
    /// Short-term loudness, the last 3 s.
    ShortTerm,
    /// Highest short-term loudness.
    ShortTermMax,
    /// Momentary loudness, the last 400 ms.
    Momentary,
    /// Highest momentary loudness.
    MomentaryMax,
    /// Loudness range.
    Range,
    /// Peak to loudness ratio.
    PeakToLoudness,
    /// Peak to short-term loudness ratio now.
    PeakToShortTerm,
    /// The least peak to short-term loudness ratio.
    PeakToShortTermMin,
}

impl Reading {
    /// What the row is called.
    pub const fn label(self) -> &'static str {
        match self {
            Self::TruePeakMax => "True peak, max",
            Self::ShortTerm => "Short-term",
            Self::ShortTermMax => "Short-term, max",
            Self::Momentary => "Momentary",
            Self::MomentaryMax => "Momentary, max",
            Self::Range => "Range",
            Self::PeakToLoudness => "PLR",
            Self::PeakToShortTerm => "PSR",
            Self::PeakToShortTermMin => "PSR, lowest",
        }
    }

    /// What the row is called where there is little room.
    pub const fn short_label(self) -> &'static str {
        match self {
            Self::TruePeakMax => "True peak",
            Self::ShortTermMax => "Short max",
            Self::MomentaryMax => "Moment. max",
            _ => self.label(),
        }
    }

    /// The unit of its value.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::TruePeakMax => "dBTP",
            Self::ShortTerm | Self::ShortTermMax | Self::Momentary | Self::MomentaryMax => "LUFS",
            Self::Range | Self::PeakToLoudness | Self::PeakToShortTerm | Self::PeakToShortTermMin => "LU",
        }
    }

    /// How many decimals are shown.
    pub const fn decimals(self) -> usize {
        match self {
            Self::TruePeakMax => 2,
            _ => 1,
        }
    }

    /// What it reads; `None` while nothing is known.
    pub fn value(self, readings: &Readings) -> Option<f64> {
        let known = |value: f64| value.is_finite().then_some(value);
        match self {
            Self::TruePeakMax => known(readings.true_peak_max_dbtp()),
            Self::ShortTerm => known(readings.short_term_lufs),
            Self::ShortTermMax => known(readings.short_term_max_lufs),
            Self::Momentary => known(readings.momentary_lufs),
            Self::MomentaryMax => known(readings.momentary_max_lufs),
            Self::Range => known(readings.loudness_range.low_lufs).map(|_| readings.loudness_range.range_lu),
            Self::PeakToLoudness => readings.plr_lu,
            Self::PeakToShortTerm => readings.psr_lu,
            Self::PeakToShortTermMin => readings.psr_min_lu,
        }
    }

    /// Whether the value can be relied on: the loudness range needs a minute.
    pub fn is_settled(self, readings: &Readings) -> bool {
        self != Self::Range || readings.loudness_range.settled
    }

    /// What it is, for the footer.
    pub const fn help(self) -> &'static str {
        match self {
            Self::TruePeakMax => "the highest peak between the samples since the last reset.",
            Self::ShortTerm => "loudness of the last 3 seconds.",
            Self::ShortTermMax => "the loudest 3 seconds since the last reset.",
            Self::Momentary => "loudness of the last 400 ms.",
            Self::MomentaryMax => "the loudest 400 ms since the last reset.",
            Self::Range => {
                "loudness range, EBU Tech 3342: how far loud parts are from quiet ones. Settles after a minute."
            }
            Self::PeakToLoudness => "true peak, max, minus integrated loudness.",
            Self::PeakToShortTerm => "true peak minus loudness over the last 3 seconds.",
            Self::PeakToShortTermMin => {
                "the densest 3 seconds: least true peak minus loudness where it is above \u{2212}40 LUFS."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use runout_dsp_core::loudness::LoudnessRange;

    use super::*;

    const ALL: [Reading; 9] = [
        Reading::TruePeakMax,
        Reading::ShortTerm,
        Reading::ShortTermMax,
        Reading::Momentary,
        Reading::MomentaryMax,
        Reading::Range,
        Reading::PeakToLoudness,
        Reading::PeakToShortTerm,
        Reading::PeakToShortTermMin,
    ];

    #[test]
    fn silence_reads_nothing() {
        let silent = Readings::silent(2);
        assert!(ALL.iter().all(|reading| reading.value(&silent).is_none()));
    }

    #[test]
    fn each_row_reads_its_own_number() {
        let mut readings = Readings::silent(2);
        readings.true_peak_dbtp[1] = -1.0;
        readings.short_term_lufs = -2.0;
        readings.short_term_max_lufs = -3.0;
        readings.momentary_lufs = -4.0;
        readings.momentary_max_lufs = -5.0;
        readings.loudness_range = LoudnessRange { range_lu: 6.0, low_lufs: -20.0, high_lufs: -14.0, settled: false };
        readings.plr_lu = Some(7.0);
        readings.psr_lu = Some(8.0);
        readings.psr_min_lu = Some(9.0);
        let values = ALL.map(|reading| reading.value(&readings).unwrap_or(f64::NAN));
        assert_eq!(values, [-1.0, -2.0, -3.0, -4.0, -5.0, 6.0, 7.0, 8.0, 9.0]);
        assert_eq!(ALL.iter().filter(|reading| !reading.is_settled(&readings)).count(), 1);
    }
}
