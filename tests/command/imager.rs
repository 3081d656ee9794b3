//! Does `runout master` widen as the chain file says, by a judge that is not ours?

use crate::change::change_db;

/// Both channels of the tone are in phase, one half as loud: 0.75 of middle and 0.25 of side, of the louder one.
const MIDDLE: f64 = 0.75;
const SIDE: f64 = 0.25;

/// The change of both channels for gains of middle and side, dB.
fn expected_db(middle: f64, side: f64) -> [f64; 2] {
    let (middle, side) = (middle * MIDDLE, side * SIDE);
    [(middle + side) / 1.0, (middle - side) / 0.5].map(|gain| 20.0 * gain.log10())
}

fn assert_close(found_db: [f64; 2], expected_db: [f64; 2], what: &str) {
    for (found_db, expected_db) in found_db.into_iter().zip(expected_db) {
        // 0.01 dB: what crossovers may bend the middle by.
        assert!((found_db - expected_db).abs() < 0.01, "{what}: {found_db} for {expected_db} dB");
    }
}

#[test]
fn a_width_scales_the_side_in_every_phase() {
    for phase in ["minimum", "linear"] {
        for (crossover_hz, bands) in
            [("", "[[imager.band]]\nwidth = 1.6\n"), ("6000", "[[imager.band]]\nwidth = 1.6\n")]
        {
            let chain = format!("[imager]\nphase = \"{phase}\"\ncrossover_hz = [{crossover_hz}]\n{bands}");
            assert_close(change_db(300.0, &chain), expected_db(1.0, 1.6), &format!("{phase} {crossover_hz}"));
        }
    }
}

#[test]
fn bass_below_the_mono_corner_is_the_same_on_both_sides() {
    let chain = "[imager]\nmono_below_hz = 400\nmono_slope_db_per_oct = 24\n";
    // Four octaves below the corner the side is 96 dB down.
    assert_close(change_db(25.0, chain), expected_db(1.0, 0.0), "25 Hz");
}

#[test]
fn gains_of_middle_and_side_are_what_they_say() {
    let chain = "[imager]\nmid_gain_db = -6\nside_gain_db = 3\n";
    let gain = |db: f64| 10f64.powf(db / 20.0);
    assert_close(change_db(1000.0, chain), expected_db(gain(-6.0), gain(3.0)), "gains");
}
