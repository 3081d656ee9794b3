//! Signals that break limiters and meters: what STANDARDS lists under inter-sample peaks, in one programme by seed.

use std::f64::consts::TAU;

use crate::music::music;
use crate::random::Random;

/// How many kinds of passages there are.
const KINDS: usize = 8;

/// Torture of a length in seconds, planar: passages of 20 to 200 ms, every kind in turn, at full scale or a little below,
/// with silence between some of them.
pub fn torture(seed: u64, sample_rate: f64, seconds: f64, channels: usize) -> Vec<Vec<f32>> {
    let frames = (seconds * sample_rate).round() as usize;
    let programme = music(seed ^ 0x5eed, sample_rate, seconds.clamp(1.0, 3.0), 1).remove(0);
    (0..channels)
        .map(|channel| {
            let mut random = Random::new(seed.wrapping_mul(31).wrapping_add(channel as u64));
            let mut signal = Vec::with_capacity(frames);
            let mut kind = channel;
            while signal.len() < frames {
                let length = (random.between(0.02, 0.2) * sample_rate) as usize;
                let level = if random.chance(0.5) { 1.0 } else { random.between(0.3, 1.0) };
                let passage = passage(kind % KINDS, length, sample_rate, &programme, &mut random);
                signal.extend(passage.into_iter().map(|value| (value * level) as f32));
                let pause = if random.chance(0.4) { random.below((0.05 * sample_rate) as usize) } else { 0 };
                signal.extend(std::iter::repeat_n(0.0, pause));
                kind += 1;
            }
            signal.truncate(frames);
            signal
        })
        .collect()
}

/// One passage of a kind.
fn passage(kind: usize, length: usize, sample_rate: f64, programme: &[f32], random: &mut Random) -> Vec<f64> {
    match kind {
        0 => tone(length, 0.25, 45.0),
        1 => repeated_signs(length, random),
        2 => square(length, random.between(50.0, 3000.0) / sample_rate),
        3 => clipped(length, programme, random),
        4 => impulse_pairs(length, random),
        5 => tone(length, random.between(0.002, 0.49), random.between(0.0, 360.0)),
        6 => (0..length).map(|_| random.bipolar()).collect(),
        _ => sweep(length),
    }
}

/// A tone that starts and ends at once, at a share of the sample rate and a phase in degrees.
fn tone(length: usize, share: f64, phase_deg: f64) -> Vec<f64> {
    (0..length).map(|frame| (TAU * (frame as f64 * share + phase_deg / 360.0)).sin()).collect()
}

/// Alternating signs with one repeated in the middle, 1 to 1024 samples each side.
fn repeated_signs(length: usize, random: &mut Random) -> Vec<f64> {
    let mut signal = Vec::with_capacity(length);
    while signal.len() < length {
        let each_side = 1 << random.below(11);
        let sign = |index: usize| if index.is_multiple_of(2) { 1.0 } else { -1.0 };
        signal.extend((0..each_side).map(sign));
        signal.extend((0..each_side).map(|index| sign(each_side + 1 + index)));
        signal.extend(std::iter::repeat_n(0.0, random.below(300)));
    }
    signal
}

/// A square wave with no regard for the band.
fn square(length: usize, share: f64) -> Vec<f64> {
    (0..length).map(|frame| if (frame as f64 * share).fract() < 0.5 { 1.0 } else { -1.0 }).collect()
}

/// Music, driven 6 to 24 dB into clipping.
fn clipped(length: usize, programme: &[f32], random: &mut Random) -> Vec<f64> {
    let start = random.below(programme.len());
    let gain = random.between(2.0, 16.0);
    (0..length).map(|frame| (f64::from(programme[(start + frame) % programme.len()]) * gain).clamp(-1.0, 1.0)).collect()
}

/// Lone samples in pairs, of both signs, 1 to 4 samples apart.
fn impulse_pairs(length: usize, random: &mut Random) -> Vec<f64> {
    let mut signal = vec![0.0; length];
    let mut place = 0;
    while place + 5 < length {
        let sign = if random.chance(0.5) { 1.0 } else { -1.0 };
        signal[place] = 1.0;
        signal[place + 1 + random.below(4)] = sign;
        place += 6 + random.below(400);
    }
    signal
}

/// A sine whose frequency rises to 0.49 of the sample rate.
fn sweep(length: usize) -> Vec<f64> {
    let rise = 0.49 / 2.0 / length as f64;
    (0..length).map(|frame| (TAU * rise * (frame as f64).powi(2)).sin()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn torture_belongs_to_its_seed_and_reaches_full_scale() {
        let signal = torture(3, 48_000.0, 2.0, 2);
        assert_eq!(signal, torture(3, 48_000.0, 2.0, 2));
        assert_ne!(signal, torture(4, 48_000.0, 2.0, 2));
        for channel in &signal {
            assert_eq!(channel.len(), 96_000);
            assert!(channel.iter().all(|sample| sample.abs() <= 1.0) && channel.contains(&1.0));
        }
    }
}
