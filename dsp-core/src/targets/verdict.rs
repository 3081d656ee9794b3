//! Pass or fail against a rule.

use super::Target;

/// How far a true peak may lie above the ceiling and pass, dB: what two sound meters may differ by.
pub const TRUE_PEAK_TOLERANCE_DB: f64 = 0.05;

/// A programme against a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// The rule.
    pub target: Target,
    /// The ceiling that applies, dBTP: the rule's, or a lower one that was asked for.
    pub ceiling_dbtp: f64,
    /// Measured integrated loudness, LUFS; negative infinity for silence.
    pub integrated_lufs: f64,
    /// Measured true peak of the loudest channel, dBTP.
    pub true_peak_dbtp: f64,
}

impl Verdict {
    /// Holds what was measured against a rule. `ceiling_dbtp` is the ceiling a master was made for, where it is lower than
    /// the rule's.
    pub fn new(target: &Target, ceiling_dbtp: Option<f64>, integrated_lufs: f64, true_peak_dbtp: f64) -> Self {
        let mut verdict = Self { target: *target, ceiling_dbtp: target.ceiling_dbtp, integrated_lufs, true_peak_dbtp };
        if let (Some(difference_lu), Some(louder)) = (verdict.over_lu(), target.louder_ceiling_dbtp)
            && difference_lu > target.tolerance_lu
        {
            verdict.ceiling_dbtp = louder;
        }
        verdict.ceiling_dbtp = verdict.ceiling_dbtp.min(ceiling_dbtp.unwrap_or(f64::INFINITY));
        verdict
    }

    /// How much louder than wanted, LU; `None` where the rule wants no loudness, negative infinity for silence.
    pub fn over_lu(&self) -> Option<f64> {
        self.target.integrated_lufs.map(|wanted| self.integrated_lufs - wanted)
    }

    /// The gain that would bring the loudness to the target, dB; `None` for silence and where the rule wants none.
    pub fn gain_to_target_db(&self) -> Option<f64> {
        self.over_lu().filter(|over_lu| over_lu.is_finite()).map(|over_lu| -over_lu)
    }

    /// Whether the loudness is within the tolerance. The last digit of a reading is not held against it.
    pub fn integrated_passed(&self) -> bool {
        const ROUNDING_LU: f64 = 1e-9;
        self.over_lu().is_none_or(|over_lu| over_lu.abs() <= self.target.tolerance_lu + ROUNDING_LU)
    }

    /// Whether the true peak is under the ceiling, within [`TRUE_PEAK_TOLERANCE_DB`].
    pub fn true_peak_passed(&self) -> bool {
        self.true_peak_dbtp <= self.ceiling_dbtp + TRUE_PEAK_TOLERANCE_DB
    }

    /// Whether all passed.
    pub fn passed(&self) -> bool {
        self.integrated_passed() && self.true_peak_passed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spotify(integrated_lufs: f64, true_peak_dbtp: f64) -> Verdict {
        Verdict::new(Target::named("spotify").unwrap(), None, integrated_lufs, true_peak_dbtp)
    }

    #[test]
    fn the_edges_of_the_tolerance_pass() {
        assert!(spotify(-13.5, -0.95).passed());
        assert!(!spotify(-13.499, -1.0).passed());
        assert!(!spotify(-14.0, -0.949).passed());
        assert!(!spotify(f64::NEG_INFINITY, f64::NEG_INFINITY).passed());
    }

    #[test]
    fn a_louder_programme_has_the_lower_ceiling() {
        assert_eq!(spotify(-13.6, -1.0).ceiling_dbtp, -1.0);
        assert_eq!(spotify(-12.0, -1.0).ceiling_dbtp, -2.0);
    }

    #[test]
    fn a_rule_of_ones_own_is_judged_as_any_other() {
        let own = Target::own(-12.0, -0.5);
        assert!(Verdict::new(&own, None, -12.5, -0.45).passed());
        assert!(!Verdict::new(&own, None, -12.51, -1.0).passed());
        assert!(!Verdict::new(&own, None, -12.0, -0.44).passed());
        assert_eq!(Target::named(own.name), None, "a rule of one's own has no name of the list");
    }

    #[test]
    fn a_rule_without_loudness_asks_for_the_ceiling_only() {
        let cd = Verdict::new(Target::named("cd").unwrap(), None, -9.0, -0.3);
        assert!(cd.passed());
        assert_eq!(cd.gain_to_target_db(), None);
        assert!(!Verdict { true_peak_dbtp: -0.2, ..cd }.passed());
    }
}
