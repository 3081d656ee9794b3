//! How a programme stands against its target: one line on its loudness, one on its true peak.

use runout_dsp_core::loudness::Readings;
use runout_dsp_core::targets::{Finding, Lever, TRUE_PEAK_TOLERANCE_DB, Target, Verdict};

use crate::numbers;
use crate::widgets::verdict::Standing;

/// A verdict on one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How it stands.
    pub standing: Standing,
    /// The verdict.
    pub words: &'static str,
    /// How far it is from the limit, with its unit; empty where nothing is known.
    pub distance: String,
    /// By how much the limit is not kept and what to do, two sentences; empty where it is kept.
    pub advice: String,
}

/// The verdicts of a programme against a target.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// On its loudness, where the target has one.
    pub loudness: Option<Line>,
    /// On its true peak, where there is a target.
    pub ceiling: Option<Line>,
    /// How much louder than wanted, LU, where both are known.
    pub deviation_lu: Option<f64>,
    /// The ceiling that applies, dBTP: some rules have a lower one for a louder programme.
    pub ceiling_dbtp: Option<f64>,
}

impl Judgement {
    /// Holds readings against a target; `lever` is what the user can turn.
    pub fn new(target: Option<&'static Target>, readings: &Readings, lever: Lever) -> Self {
        let Some(target) = target else { return Self::default() };
        let verdict = Verdict::new(target, None, readings.integrated_lufs, readings.true_peak_max_dbtp());
        let advice = verdict.advice(lever);
        Self {
            loudness: target.integrated_lufs.map(|_| loudness_line(&advice.loudness)),
            ceiling: Some(ceiling_line(&advice.true_peak)),
            deviation_lu: advice.loudness.distance,
            ceiling_dbtp: Some(advice.ceiling_dbtp),
        }
    }

    /// How its loudness stands.
    pub fn loudness_standing(&self) -> Standing {
        self.loudness.as_ref().map_or(Standing::Unknown, |line| line.standing)
    }

    /// Above it a true peak is over, dBTP.
    pub fn over_dbtp(&self) -> Option<f64> {
        self.ceiling_dbtp.map(|ceiling_dbtp| ceiling_dbtp + TRUE_PEAK_TOLERANCE_DB)
    }

    /// What to do, in words: in full; without the distances, which stand beside the verdicts anyway; and only the first
    /// thing to do.
    pub fn advice(&self) -> [String; 3] {
        let lines = [&self.loudness, &self.ceiling].into_iter().flatten();
        let failing: Vec<&str> = lines.map(|line| line.advice.as_str()).filter(|advice| !advice.is_empty()).collect();
        let remedies: Vec<&str> = failing.iter().map(|advice| split(advice).1).collect();
        [failing.join(" "), remedies.join(" "), remedies.first().copied().unwrap_or_default().to_owned()]
    }
}

/// A text of two sentences as these two.
pub fn split(sentences: &str) -> (&str, &str) {
    let end = sentences.find(". ").map_or(sentences.len(), |at| at + 1);
    (&sentences[..end], sentences[end..].trim_start())
}

fn loudness_line(finding: &Finding) -> Line {
    let (standing, words) = match (finding.passed, finding.distance) {
        (Some(true), _) => (Standing::Passed, "On target"),
        (Some(false), Some(over_lu)) if over_lu > 0.0 => (Standing::Over, "Over target"),
        (Some(false), _) => (Standing::Near, "Under target"),
        (None, _) => (Standing::Unknown, "No loudness yet"),
    };
    line(finding, standing, words, "LU")
}

fn ceiling_line(finding: &Finding) -> Line {
    let (standing, words) = match (finding.passed, finding.distance) {
        // What the tolerance lets pass.
        (Some(true), Some(over_db)) if over_db > 0.0 => (Standing::Near, "At ceiling"),
        (Some(true), _) => (Standing::Passed, "Under ceiling"),
        (Some(false), _) => (Standing::Over, "Over ceiling"),
        (None, _) => (Standing::Unknown, "No peak yet"),
    };
    line(finding, standing, words, "dB")
}

fn line(finding: &Finding, standing: Standing, words: &'static str, unit: &str) -> Line {
    let distance = finding.distance.map_or_else(String::new, |far| format!("{} {unit}", numbers::signed(far, 2)));
    let advice = if finding.passed == Some(false) { numbers::typeset(&finding.sentence) } else { String::new() };
    Line { standing, words, distance, advice }
}

#[cfg(test)]
mod tests {
    use runout_dsp_core::targets::TARGETS;

    use super::*;

    const LIMITER: Lever = Lever::Limiter { input_gain_db: 6.0, ceiling_dbtp: -1.0 };

    fn judged(name: &str, integrated_lufs: f64, true_peak_dbtp: f64) -> Judgement {
        let target = TARGETS.iter().find(|target| target.name == name);
        assert!(target.is_some(), "{name}");
        let mut readings = Readings { integrated_lufs, ..Readings::silent(2) };
        readings.true_peak_dbtp[1] = true_peak_dbtp;
        Judgement::new(target, &readings, LIMITER)
    }

    fn said(line: &Option<Line>) -> (Standing, &str, &str) {
        line.as_ref().map_or((Standing::Unknown, "", ""), |line| (line.standing, line.words, &line.distance))
    }

    #[test]
    fn a_programme_on_target_is_told_so_and_nothing_else() {
        let judgement = judged("spotify", -14.04, -1.02);
        assert_eq!(said(&judgement.loudness), (Standing::Passed, "On target", "\u{2212}0.04 LU"));
        assert_eq!(said(&judgement.ceiling), (Standing::Passed, "Under ceiling", "\u{2212}0.02 dB"));
        assert_eq!(judgement.advice(), ["", "", ""]);
    }

    #[test]
    fn what_is_over_is_told_by_how_much_and_what_to_do() {
        let judgement = judged("spotify", -13.4, -3.0);
        assert_eq!(said(&judgement.loudness), (Standing::Over, "Over target", "+0.60 LU"));
        let remedy = "Lower input gain 0.6 dB.";
        assert_eq!(judgement.advice(), ["Over by 0.6 LU. Lower input gain 0.6 dB.", remedy, remedy]);
        let judgement = judged("spotify", -14.0, -0.68);
        assert_eq!(said(&judgement.ceiling), (Standing::Over, "Over ceiling", "+0.32 dB"));
        assert_eq!(judgement.advice()[1], "Lower the ceiling to \u{2212}1.3 dBTP.");
    }

    #[test]
    fn where_both_are_over_each_has_its_remedy() {
        let judgement = judged("spotify", -10.0, -1.0);
        assert_eq!(judgement.ceiling_dbtp, Some(-2.0), "louder than the target, the lower ceiling holds");
        assert!(judgement.over_dbtp().is_some_and(|over_dbtp| (over_dbtp + 1.95).abs() < 1e-9));
        assert_eq!(judgement.advice()[1], "Lower input gain 4.0 dB. Meeting the target settles that too.");
        assert_eq!(judgement.advice()[2], "Lower input gain 4.0 dB.");
    }

    #[test]
    fn what_is_quiet_or_within_the_tolerance_of_the_ceiling_is_near() {
        let judgement = judged("ebu-r128", -24.2, -0.97);
        assert_eq!(said(&judgement.loudness), (Standing::Near, "Under target", "\u{2212}1.20 LU"));
        assert_eq!(said(&judgement.ceiling), (Standing::Near, "At ceiling", "+0.03 dB"));
        assert_eq!(judgement.advice()[0], "Under by 1.2 LU. Raise input gain 1.2 dB.");
    }

    #[test]
    fn silence_is_not_judged() {
        let judgement = judged("spotify", f64::NEG_INFINITY, f64::NEG_INFINITY);
        assert_eq!(said(&judgement.loudness), (Standing::Unknown, "No loudness yet", ""));
        assert_eq!(said(&judgement.ceiling), (Standing::Unknown, "No peak yet", ""));
        assert_eq!((judgement.deviation_lu, judgement.advice()), (None, Default::default()));
    }

    #[test]
    fn a_rule_without_loudness_judges_the_ceiling_only_and_no_target_nothing() {
        let judgement = judged("cd", -8.0, -0.1);
        assert!(judgement.loudness.is_none());
        assert_eq!(said(&judgement.ceiling), (Standing::Over, "Over ceiling", "+0.20 dB"));
        assert_eq!(Judgement::new(None, &Readings::silent(2), LIMITER), Judgement::default());
    }
}
