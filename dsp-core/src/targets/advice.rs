//! What an editor says about a programme and a rule: how far, and what to turn.
//!
//! Sentences are plain text with a hyphen for the minus.

use super::{TRUE_PEAK_TOLERANCE_DB, Verdict};
use crate::settings::LIMITER;

/// What the user can turn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lever {
    /// A limiter that is at work.
    Limiter {
        /// Its input gain now, dB.
        input_gain_db: f64,
        /// Its ceiling now, dBTP.
        ceiling_dbtp: f64,
    },
    /// Nothing here but the level of what comes: a meter, or an insert whose limiter is off or bypassed.
    Level,
}

/// One quality of a programme against a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Measured minus wanted, LU or dB; `None` where the rule asks for nothing or nothing was measured yet.
    pub distance: Option<f64>,
    /// Whether it passes, where there is a distance.
    pub passed: Option<bool>,
    /// What is the matter and what to do: one line.
    pub sentence: String,
}

/// A programme against a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// Integrated loudness against the target, LU.
    pub loudness: Finding,
    /// True peak against the ceiling, dB.
    pub true_peak: Finding,
    /// The ceiling that applies, dBTP: some rules have a lower one for a louder programme.
    pub ceiling_dbtp: f64,
}

impl Verdict {
    /// How far the programme is from the rule, and what to do with `lever`.
    pub fn advice(&self, lever: Lever) -> Advice {
        Advice { loudness: self.loudness(lever), true_peak: self.true_peak(lever), ceiling_dbtp: self.ceiling_dbtp }
    }

    fn loudness(&self, lever: Lever) -> Finding {
        let over_lu = match self.over_lu() {
            None => return nothing("This rule asks for no loudness."),
            Some(over_lu) if over_lu.is_infinite() => return nothing(NOTHING_YET),
            Some(over_lu) => over_lu,
        };
        let passed = self.integrated_passed();
        let sentence = if passed { "On target.".to_owned() } else { self.loudness_sentence(over_lu, lever) };
        Finding { distance: Some(over_lu), passed: Some(passed), sentence }
    }

    fn loudness_sentence(&self, over_lu: f64, lever: Lever) -> String {
        let distance = format!("{:.1}", over_lu.abs());
        let (side, verb) = if over_lu > 0.0 { ("Over", "Lower") } else { ("Under", "Raise") };
        let what = match lever {
            Lever::Limiter { input_gain_db, .. } if is_possible("input_gain_db", input_gain_db - over_lu) => {
                "input gain"
            }
            Lever::Limiter { .. } => "the level before the limiter",
            Lever::Level => "the level",
        };
        let peak_dbtp = self.true_peak_dbtp - over_lu;
        let needs_a_limiter = lever == Lever::Level && peak_dbtp > self.target.ceiling_dbtp + TRUE_PEAK_TOLERANCE_DB;
        let limit = if over_lu < 0.0 && needs_a_limiter { " and limit it" } else { "" };
        format!("{side} by {distance} LU. {verb} {what} {distance} dB{limit}.")
    }

    fn true_peak(&self, lever: Lever) -> Finding {
        if self.true_peak_dbtp == f64::NEG_INFINITY {
            return nothing(NOTHING_YET);
        }
        let over_db = self.true_peak_dbtp - self.ceiling_dbtp;
        let passed = self.true_peak_passed();
        let sentence = if passed { "Under the ceiling.".to_owned() } else { self.true_peak_sentence(over_db, lever) };
        Finding { distance: Some(over_db), passed: Some(passed), sentence }
    }

    fn true_peak_sentence(&self, over_db: f64, lever: Lever) -> String {
        let lowered_db = self.over_lu().filter(|_| !self.integrated_passed()).map_or(0.0, |over_lu| over_lu.max(0.0));
        // A limiter keeps the peak where it is while its input gain comes down.
        let (peak_dbtp, lowered) = match lever {
            Lever::Limiter { .. } => (self.true_peak_dbtp, lowered_db > 0.0),
            Lever::Level => (self.true_peak_dbtp - lowered_db, lowered_db > 0.0),
        };
        let what = if lowered && peak_dbtp <= self.target.ceiling_dbtp + TRUE_PEAK_TOLERANCE_DB {
            "Meeting the target settles that too.".to_owned()
        } else {
            match lever {
                Lever::Limiter { ceiling_dbtp, .. } => {
                    // A tenth of a dB that passes, tolerance and all.
                    let lower_dbtp = ((ceiling_dbtp - over_db + TRUE_PEAK_TOLERANCE_DB) * 10.0).floor() / 10.0;
                    if is_possible("ceiling_dbtp", lower_dbtp) {
                        format!("Lower the ceiling to {lower_dbtp:.1} dBTP.")
                    } else {
                        format!("Lower the level before the limiter {over_db:.2} dB.")
                    }
                }
                Lever::Level => {
                    format!("Lower the level {over_db:.2} dB, or limit it to {:.1} dBTP.", self.ceiling_dbtp)
                }
            }
        };
        format!("{over_db:.2} dB over the ceiling. {what}")
    }
}

const NOTHING_YET: &str = "Nothing has been measured yet.";

fn nothing(sentence: &str) -> Finding {
    Finding { distance: None, passed: None, sentence: sentence.to_owned() }
}

/// Whether a value is in the range of the limiter's parameter.
fn is_possible(key: &str, value: f64) -> bool {
    LIMITER.iter().any(|field| field.key == key && field.kind.checked(value).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::targets::Target;

    const LIMITING: Lever = Lever::Limiter { input_gain_db: 3.0, ceiling_dbtp: -1.0 };

    fn advice(name: &str, integrated_lufs: f64, true_peak_dbtp: f64, lever: Lever) -> Advice {
        Verdict::new(Target::named(name).unwrap(), None, integrated_lufs, true_peak_dbtp).advice(lever)
    }

    fn sentences(name: &str, integrated_lufs: f64, true_peak_dbtp: f64, lever: Lever) -> [String; 2] {
        let advice = advice(name, integrated_lufs, true_peak_dbtp, lever);
        [advice.loudness.sentence, advice.true_peak.sentence]
    }

    #[test]
    fn a_limiter_is_told_what_to_turn() {
        let loud = advice("apple-music", -15.4, -1.0, LIMITING);
        assert!((loud.loudness.distance.unwrap() - 0.6).abs() < 1e-9 && loud.loudness.passed == Some(false));
        assert_eq!(loud.loudness.sentence, "Over by 0.6 LU. Lower input gain 0.6 dB.");
        assert_eq!((loud.true_peak.distance, loud.true_peak.passed), (Some(0.0), Some(true)));
        assert_eq!(loud.true_peak.sentence, "Under the ceiling.");
        let hot =
            ["Under by 1.2 LU. Raise input gain 1.2 dB.", "0.31 dB over the ceiling. Lower the ceiling to -1.3 dBTP."];
        assert_eq!(sentences("spotify", -15.2, -0.69, LIMITING), hot);
        assert_eq!(sentences("spotify", -14.2, -1.2, LIMITING), ["On target.", "Under the ceiling."]);
    }

    #[test]
    fn the_ceiling_advised_passes_and_is_the_highest_tenth_that_does() {
        for hundredths in 6..=150 {
            let over_db = f64::from(hundredths) / 100.0;
            let lever = Lever::Limiter { input_gain_db: 0.0, ceiling_dbtp: -0.3 };
            let [_, sentence] = sentences("youtube", -14.0, -1.0 + over_db, lever);
            let words = sentence.rsplit_once(" to ").unwrap().1;
            let advised: f64 = words.strip_suffix(" dBTP.").unwrap().parse().unwrap();
            let left_db = over_db + advised + 0.3;
            // 1e-9 dB: sums of decimals.
            assert!(left_db <= TRUE_PEAK_TOLERANCE_DB + 1e-9 && left_db > TRUE_PEAK_TOLERANCE_DB - 0.1, "{sentence}");
        }
    }

    #[test]
    fn a_louder_programme_is_over_a_lower_ceiling_until_it_meets_the_target() {
        let expected = [
            "Over by 2.0 LU. Lower input gain 2.0 dB.",
            "1.00 dB over the ceiling. Meeting the target settles that too.",
        ];
        assert_eq!(sentences("spotify", -12.0, -1.0, LIMITING), expected);
        assert_eq!(advice("spotify", -12.0, -1.0, LIMITING).ceiling_dbtp, -2.0);
    }

    #[test]
    fn a_meter_speaks_of_the_level() {
        let over = ["Over by 0.6 LU. Lower the level 0.6 dB.", "Under the ceiling."];
        assert_eq!(sentences("apple-music", -15.4, -3.0, Lever::Level), over);
        let peaks = ["On target.", "0.31 dB over the ceiling. Lower the level 0.31 dB, or limit it to -1.0 dBTP."];
        assert_eq!(sentences("spotify", -14.0, -0.69, Lever::Level), peaks);
        let quiet = ["Under by 6.0 LU. Raise the level 6.0 dB and limit it.", "Under the ceiling."];
        assert_eq!(sentences("spotify", -20.0, -3.0, Lever::Level), quiet);
    }

    #[test]
    fn what_a_control_cannot_reach_is_not_asked_of_it() {
        let lever = Lever::Limiter { input_gain_db: 35.0, ceiling_dbtp: -19.8 };
        let expected = [
            "Under by 6.0 LU. Raise the level before the limiter 6.0 dB.",
            "0.40 dB over the ceiling. Lower the level before the limiter 0.40 dB.",
        ];
        assert_eq!(sentences("spotify", -20.0, -0.6, lever), expected);
    }

    #[test]
    fn silence_and_rules_without_loudness_are_no_failure() {
        let silent = advice("spotify", f64::NEG_INFINITY, f64::NEG_INFINITY, LIMITING);
        assert_eq!((silent.loudness.clone(), silent.true_peak), (nothing(NOTHING_YET), nothing(NOTHING_YET)));
        let cd = advice("cd", -9.0, -0.3, LIMITING);
        assert_eq!(cd.loudness, nothing("This rule asks for no loudness."));
        assert_eq!(cd.true_peak.passed, Some(true));
    }

    #[test]
    fn labels_and_names_are_unique() {
        let targets = &crate::targets::TARGETS;
        for (number, target) in targets.iter().enumerate() {
            assert!(targets[..number].iter().all(|other| other.name != target.name && other.label != target.label));
        }
    }
}
