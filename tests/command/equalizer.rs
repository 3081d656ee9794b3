//! Does `runout master` equalize as the chain file says, by a judge that is not ours, and say what it cannot hold?

use runout_tests::signals::{in_channels, sine};

use crate::binary::runout;
use crate::change::{RATE_HZ, change_db};
use crate::files::{Store, folder, put, put_wav};
use crate::oracles::decoded;

#[test]
fn a_bell_raises_its_center_by_its_gain_in_both_phases() {
    for phase in ["linear", "minimum"] {
        let bell = format!("[equalizer]\nphase = \"{phase}\"\n[[equalizer.band]]\nfrequency_hz = 1000\ngain_db = 6\n");
        // Two octaves below, the Cookbook's bell of 6 dB and Q 0.7071 still raises by 0.7859 dB.
        for (frequency_hz, expected_db) in [(1000.0, 6.0), (250.0, 0.7859)] {
            for change_db in change_db(frequency_hz, &bell) {
                assert!((change_db - expected_db).abs() < 0.01, "{phase}, {frequency_hz} Hz: {change_db} dB");
            }
        }
    }
}

#[test]
fn bands_on_one_side_leave_the_other_as_it_is() {
    let left = "[[equalizer.band]]\nchannel = \"left\"\nshape = \"low-shelf\"\nfrequency_hz = 20000\ngain_db = -6\n";
    for phase in ["linear", "minimum"] {
        let [left_db, right_db] = change_db(500.0, &format!("[equalizer]\nphase = \"{phase}\"\n{left}"));
        // Far below the shelf's corner: its whole gain, to 0.01 dB.
        assert!((left_db + 6.0).abs() < 0.01 && right_db.abs() < 0.001, "{phase}: {left_db} dB, {right_db} dB");
    }
}

#[test]
fn a_corner_beyond_the_rate_is_said_and_kept_below_it() {
    let folder = folder();
    let tone = in_channels(&sine(1000.0, 0.1, 0.0, f64::from(RATE_HZ), 44_100), 2);
    let mix = put_wav(&folder, "mix.wav", Store::Float(32), RATE_HZ, &tone);
    let cut = b"version = 1\n[[equalizer.band]]\n[[equalizer.band]]\nshape = \"high-cut\"\nfrequency_hz = 30000\n";
    let chain = put(&folder, "chain.toml", cut);
    let out = folder.path().join("out.wav");
    let arguments = ["master", mix.to_str().unwrap(), "-o", out.to_str().unwrap(), "--chain", chain.to_str().unwrap()];
    let call = runout(&arguments).ends_with(0);
    call.complains(&["chain.toml", "equalizer band 2", "30000 Hz", "44100 Hz", "22005.9 Hz"]);
    assert!(decoded(&out, 2)[0].iter().all(|sample| sample.is_finite()));
}
