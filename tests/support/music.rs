//! Synthesized music: kick, snare, noise hats up to Nyquist, bass, chords and a voice-like lead in sections of different
//! loudness, with a room around them. score -> instruments -> room -> glue -> peak at -1 dBFS.
//!
//! A seed chooses tempo, key, chords and patterns. The same arguments give the same bits on every machine.

mod arithmetic;
mod drums;
mod mix;
mod pitched;
mod room;
mod score;
mod voice;

use arithmetic::gain;
use mix::Mix;
use score::Score;

/// Highest sample of the music, dBFS; between its samples it is higher.
pub const PEAK_DBFS: f64 = -1.0;

/// The mix that `cargo xtask demo` masters has this many seconds.
pub const DEMO_SECONDS: f64 = 60.0;

/// Music of a length in seconds, planar. One channel is the sum of the stereo mix, channels beyond two are its sides again,
/// each later and softer than the one before.
pub fn music(seed: u64, sample_rate: f64, seconds: f64, channels: usize) -> Vec<Vec<f32>> {
    rendered(&Score::from_seed(seed), sample_rate, seconds, channels)
}

/// The 60 s stereo mix of `cargo xtask demo`: intro, verse, chorus and outro, not yet mastered, -18 to -16 LUFS.
pub fn demo_mix(sample_rate: f64) -> Vec<Vec<f32>> {
    rendered(&Score::demo(), sample_rate, DEMO_SECONDS, 2)
}

fn rendered(score: &Score, sample_rate: f64, seconds: f64, channels: usize) -> Vec<Vec<f32>> {
    let frames = (seconds * sample_rate).round() as usize;
    let mut mix = Mix::new(sample_rate, frames);
    score.play(&mut mix, seconds);
    room::add(&mut mix);
    mix.glue();
    let mut signal = spread(mix, channels);
    let peak = crate::signals::sample_peak(&signal);
    if peak > 0.0 {
        let scale = gain(PEAK_DBFS) as f32 / peak;
        signal.iter_mut().flatten().for_each(|sample| *sample *= scale);
    }
    signal
}

/// The stereo mix in some number of channels.
fn spread(mix: Mix, channels: usize) -> Vec<Vec<f32>> {
    if channels == 1 {
        return vec![mix.left.iter().zip(&mix.right).map(|(left, right)| 0.5 * (left + right)).collect()];
    }
    let sides = [mix.left, mix.right];
    let mut signal: Vec<Vec<f32>> = Vec::with_capacity(channels);
    for channel in 0..channels {
        let side = &sides[channel % 2];
        // 11 ms for each further pair, so that no two channels are alike; 3 dB softer each.
        let pair = channel / 2;
        let delay = (0.011 * pair as f64 * mix.sample_rate) as usize;
        let level = gain(-3.0 * pair as f64) as f32;
        let delayed = std::iter::repeat_n(0.0, delay).chain(side.iter().map(|sample| sample * level));
        signal.push(delayed.take(side.len()).collect());
    }
    signal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rate_and_channel_count_is_finite_and_peaks_where_it_says() {
        for sample_rate in [8_000.0, 22_050.0, 44_100.0, 192_000.0] {
            for channels in [1, 2, 6] {
                let signal = music(3, sample_rate, 2.5, channels);
                assert_eq!(signal.len(), channels);
                assert!(signal.iter().all(|channel| channel.len() == (2.5 * sample_rate) as usize));
                assert!(signal.iter().flatten().all(|sample| sample.is_finite()));
                // 1e-6: one product in f32.
                assert!((f64::from(crate::signals::sample_peak(&signal)) - gain(PEAK_DBFS)).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(music(5, 48_000.0, 3.0, 2), music(5, 48_000.0, 3.0, 2));
        assert_ne!(music(5, 48_000.0, 3.0, 2), music(6, 48_000.0, 3.0, 2));
    }

    #[test]
    fn the_demo_is_an_unmastered_mix() {
        let signal = demo_mix(48_000.0);
        let mode = ebur128::Mode::I | ebur128::Mode::TRUE_PEAK;
        let mut meter = ebur128::EbuR128::new(2, 48_000, mode).unwrap();
        meter.add_frames_planar_f32(&[&signal[0], &signal[1]]).unwrap();
        let integrated_lufs = meter.loudness_global().unwrap();
        // Quieter than any streaming target, so that mastering has something to do.
        assert!((-18.0..=-16.0).contains(&integrated_lufs), "{integrated_lufs} LUFS");
        let true_peak = meter.true_peak(0).unwrap().max(meter.true_peak(1).unwrap());
        // Peaks between samples: at least 0.3 dB over the highest sample.
        assert!(20.0 * true_peak.log10() > PEAK_DBFS + 0.3, "{true_peak}");
    }

    #[test]
    fn the_chorus_is_louder_than_the_intro_and_reaches_up_to_nyquist() {
        let signal = demo_mix(48_000.0);
        let power = |from_s: usize, to_s: usize| {
            let part = &signal[0][from_s * 48_000..to_s * 48_000];
            part.iter().map(|&sample| f64::from(sample).powi(2)).sum::<f64>() / part.len() as f64
        };
        // 6 dB between sections, so that the gates and the loudness range have something to do.
        assert!(power(32, 48) > 4.0 * power(0, 8));
        // Hats are noise up to Nyquist: the alternating sum of 64 samples is the band at 23.6 to 24 kHz.
        let at_nyquist = signal[0][32 * 48_000..48 * 48_000].chunks(64).fold(0.0f32, |most, chunk| {
            let sum: f32 = chunk.iter().enumerate().map(|(n, x)| if n % 2 == 0 { *x } else { -x }).sum();
            most.max(sum.abs() / 64.0)
        });
        assert!(at_nyquist > 1e-3, "{at_nyquist}");
    }
}
