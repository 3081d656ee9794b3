//! Does `runout master` compress as the chain file says, by a judge that is not ours?

use crate::change::change_db;

#[test]
fn a_tone_above_the_threshold_is_lowered_as_the_ratio_says_in_every_phase() {
    let band = "[[compressor.band]]\nthreshold_db = -40\nratio = 4\nknee_db = 0\n";
    let rest = "[[compressor.band]]\n";
    for phase in ["minimum", "linear", "dynamic"] {
        for (crossover_hz, tables) in [("", band.to_owned()), ("4000", format!("{band}{rest}"))] {
            let chain = format!("[compressor]\nphase = \"{phase}\"\ncrossover_hz = [{crossover_hz}]\n{tables}");
            // The louder channel is 20 dB above the threshold, of which a quarter stays, and both follow it.
            for change_db in change_db(300.0, &chain) {
                // 0.05 dB: that of the static curve.
                assert!((change_db + 15.0).abs() < 0.05, "{phase} {crossover_hz}: {change_db} dB");
            }
        }
    }
}

#[test]
fn a_band_that_does_not_hear_the_tone_leaves_it() {
    for phase in ["minimum", "linear", "dynamic"] {
        let bands = "[[compressor.band]]\n[[compressor.band]]\nthreshold_db = -40\nratio = 4\n";
        let chain = format!("[compressor]\nphase = \"{phase}\"\ncrossover_hz = [8000]\n{bands}");
        for change_db in change_db(100.0, &chain) {
            // The crossover is six octaves above: what leaks across is 150 dB down.
            assert!(change_db.abs() < 0.001, "{phase}: {change_db} dB");
        }
    }
}

#[test]
fn with_lookahead_the_level_is_the_same() {
    let chain = "[compressor]\nlookahead = true\n\
                 [[compressor.band]]\nthreshold_db = -40\nratio = 100\nknee_db = 0\nlookahead_ms = 5\n";
    for change_db in change_db(1000.0, chain) {
        // An infinite ratio leaves nothing of the 20 dB above the threshold.
        assert!((change_db + 20.0).abs() < 0.05, "{change_db} dB");
    }
}
