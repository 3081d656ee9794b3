//! What `runout master` does to a tone, by a decoder that is not ours.

use runout_tests::signals::{in_channels, sine};

use crate::binary::runout;
use crate::files::{Store, folder, put, put_wav};
use crate::oracles::decoded;

/// Sample rate of the tone, Hz.
pub const RATE_HZ: u32 = 44_100;

/// Level of a tone's middle second in both channels after a chain, dB beside what it was: -20 dBFS in the first channel, and
/// half as much in the second.
pub fn change_db(frequency_hz: f64, chain: &str) -> [f64; 2] {
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
