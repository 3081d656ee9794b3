//! Does `runout master` equalize as the chain file says, by a judge that is not ours, and say what it cannot hold?

use runout_tests::signals::{in_channels, sine};

use crate::binary::runout;
use crate::files::{Store, folder, put, put_wav};
use crate::oracles::decoded;

const RATE_HZ: u32 = 44_100;

/// Level of a tone's middle second in both channels after a chain, dB beside what it was.
fn change_db(frequency_hz: f64, chain: &str) -> [f64; 2] {
    let folder = folder();
    let tone = sine(frequency_hz, 0.1, 0.0, f64::from(RATE_HZ), 3 * RATE_HZ as usize);
    // The second channel is softer, so that neither its middle nor its sides vanish.
    let planes: Vec<Vec<f32>> =
        in_channels(&tone, 2).into_iter().zip([1.0, 0.5]).map(|(plane, gain)| scaled(&plane, gain)).collect();
    let mix = put_wav(&folder, "mix.wav", Store::Float(32), RATE_HZ, &planes);
    let chain = put(&folder, "chain.toml", format!("version = 1\n[limiter]\nenabled = false\n{chain}").as_bytes());
    let out = folder.path().join("out.wav");
    let arguments = ["master", mix.to_str().unwrap(), "-o", out.to_str().unwrap(), "--depth", "32f", "--chain"];
    runout(&[&arguments[..], &[chain.to_str().unwrap()]].concat()).ends_with(0);
    let middle = |plane: &[f32]| -> f64 {
        plane[RATE_HZ as usize..2 * RATE_HZ as usize].iter().map(|sample| f64::from(*sample).powi(2)).sum()
    };
    let (after, before) = (decoded(&out, 2), planes);
    [0, 1].map(|side| 10.0 * (middle(&after[side]) / middle(&before[side])).log10())
}

fn scaled(plane: &[f32], gain: f32) -> Vec<f32> {
    plane.iter().map(|sample| gain * sample).collect()
}

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
