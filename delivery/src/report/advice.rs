//! What the command says about a verdict.

use runout_dsp_core::targets::{TRUE_PEAK_TOLERANCE_DB, Verdict};

/// What is wrong and what to do, a sentence or two; for what passed, how far it is from the target.
pub fn advice(verdict: &Verdict) -> String {
    let mut sentences = vec![loudness_advice(verdict)];
    let over_db = verdict.true_peak_dbtp - verdict.ceiling_dbtp;
    if !verdict.true_peak_passed() {
        let ceiling = verdict.ceiling_dbtp;
        let after_db = over_db + verdict.gain_to_target_db().unwrap_or(0.0);
        sentences.push(if !verdict.integrated_passed() && after_db <= TRUE_PEAK_TOLERANCE_DB {
            format!("True peak over {ceiling} dBTP by {over_db:.2} dB: that goes with it.")
        } else {
            format!("True peak over {ceiling} dBTP by {over_db:.2} dB: limit it there.")
        });
    } else if let Some(gain_db) = verdict.gain_to_target_db()
        && !verdict.integrated_passed()
        && verdict.true_peak_dbtp + gain_db > verdict.ceiling_dbtp + TRUE_PEAK_TOLERANCE_DB
    {
        sentences.push(format!(
            "That needs a limiter: its true peak would be {:+.2} dBTP.",
            verdict.true_peak_dbtp + gain_db
        ));
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences.join(" ")
}

fn loudness_advice(verdict: &Verdict) -> String {
    match verdict.over_lu() {
        None if verdict.true_peak_passed() => "Under the ceiling.".to_owned(),
        None => String::new(),
        Some(over_lu) if over_lu.is_infinite() => "Silence: there is no loudness to compare.".to_owned(),
        // The sum makes a negative zero positive.
        Some(over_lu) if verdict.integrated_passed() => {
            format!("On target ({:+.2} LU).", (over_lu * 100.0).round() / 100.0 + 0.0)
        }
        Some(over_lu) if over_lu > 0.0 => format!("Over by {over_lu:.1} LU. Lower it by {over_lu:.1} dB."),
        Some(over_lu) => format!("Under by {:.1} LU. Raise it by {:.1} dB.", -over_lu, -over_lu),
    }
}

#[cfg(test)]
mod tests {
    use runout_dsp_core::targets::Target;

    use super::*;

    fn spotify(integrated_lufs: f64, true_peak_dbtp: f64) -> String {
        advice(&Verdict::new(Target::named("spotify").unwrap(), None, integrated_lufs, true_peak_dbtp))
    }

    #[test]
    fn the_advice_says_what_to_do() {
        assert_eq!(spotify(-13.4, -3.0), "Over by 0.6 LU. Lower it by 0.6 dB.");
        assert_eq!(spotify(-14.0, -1.5), "On target (+0.00 LU).");
        assert_eq!(spotify(-14.004, -1.5), "On target (+0.00 LU).");
        assert_eq!(spotify(-14.04, -1.5), "On target (-0.04 LU).");
        assert_eq!(
            spotify(-20.0, -3.0),
            "Under by 6.0 LU. Raise it by 6.0 dB. That needs a limiter: its true peak would be +3.00 dBTP."
        );
        assert_eq!(
            spotify(-10.0, -0.5),
            "Over by 4.0 LU. Lower it by 4.0 dB. True peak over -2 dBTP by 1.50 dB: that goes with it."
        );
    }
}
