//! Profiles against a transform of the whole signal in f64, direct sums, and another meter.

use runout_delivery::album::profile::{BANDS, NOMINAL_HZ, Profile, edges_hz, middle_hz};
use runout_tests::music::music;
use runout_tests::random::Random;
use runout_tests::signals::{in_channels, noise, scaled, sine};

use super::oracle::band_levels_dbfs;
use super::{profile_in_blocks, profile_of};

/// White noise through three poles and zeros that make it pink within 0.5 dB (the coefficients are any: the oracle reads
/// what came out).
fn pink(seed: u64, frames: usize) -> Vec<f32> {
    let mut states = [0.0f64; 3];
    noise(seed, 0.5, frames)
        .into_iter()
        .map(|white| {
            let white = f64::from(white);
            states[0] = 0.99765 * states[0] + white * 0.0990460;
            states[1] = 0.96300 * states[1] + white * 0.2965164;
            states[2] = 0.57000 * states[2] + white * 1.0526913;
            (0.3 * (states.iter().sum::<f64>() + white * 0.1848)) as f32
        })
        .collect()
}

fn all_edges() -> Vec<[f64; 2]> {
    (0..BANDS).map(edges_hz).collect()
}

#[test]
fn the_bands_of_noise_and_music_are_those_of_one_long_transform() {
    const FRAMES: usize = 1 << 19;
    let song = music(11, 48_000.0, FRAMES as f64 / 48_000.0, 2);
    let signals = [
        ("white", vec![noise(1, 0.5, FRAMES), noise(2, 0.5, FRAMES)]),
        ("pink", vec![pink(3, FRAMES), pink(4, FRAMES)]),
        ("mono", vec![pink(5, FRAMES)]),
        ("music", song),
    ];
    for (name, signal) in signals {
        let profile = profile_of(&signal, 48_000.0);
        let found = profile.spectrum.levels_dbfs();
        let expected = band_levels_dbfs(&signal, 48_000.0, &all_edges());
        assert_eq!(found.len(), BANDS);
        for band in 0..BANDS {
            // A window's lobe reaches 2 Hz over an edge. Of noise that moves 2 / sqrt(n) of the power of a band of n bins
            // of the long transform across its edges, 1 dB at 20 Hz (50 bins) and a tenth at 1 kHz; in music a note may
            // stand at the edge itself below 100 Hz, where it is told by halves.
            let tolerance_db = match (name, NOMINAL_HZ[band]) {
                ("music", ..=200.0) => 2.5,
                (_, ..=40.0) => 1.0,
                (_, ..=200.0) => 0.5,
                ("music", _) => 0.3,
                _ => 0.15,
            };
            let off_db = found[band] - expected[band];
            assert!(off_db.abs() < tolerance_db, "{name}, {} Hz: {off_db:+.3} dB", NOMINAL_HZ[band]);
        }
        // Every frame counts alike: the sum of all is what the long transform has above the window's bin of DC, to 0.7 Hz.
        let whole = band_levels_dbfs(&signal, 48_000.0, &[[0.73, 24_000.0]])[0];
        let off_db = profile.spectrum.level_dbfs() - whole;
        assert!(off_db.abs() < 0.02, "{name}: {off_db} dB");
    }
}

#[test]
fn a_tone_reads_its_level_in_its_band_at_every_rate() {
    for sample_rate in [22_050.0, 44_100.0, 48_000.0, 96_000.0, 192_000.0] {
        for band in [0, 3, 9, 17, 24, 26] {
            let tone = sine(middle_hz(band), 0.25, 0.0, sample_rate, (4.0 * sample_rate) as usize);
            let spectrum = profile_of(&in_channels(&tone, 2), sample_rate).spectrum;
            let levels = spectrum.levels_dbfs();
            // -12.04 dBFS; of bands of a few hertz the near lobes of the window leave up to 9 % outside.
            let tolerance_db = if NOMINAL_HZ[band] < 100.0 { 0.4 } else { 0.05 };
            assert!((levels[band] + 12.041).abs() < tolerance_db, "{sample_rate} Hz, {band}: {}", levels[band]);
            for (other, level) in levels.iter().enumerate().filter(|(other, _)| other.abs_diff(band) > 1) {
                // The lobes beside the main one are those of a level window, which fall from -13 dB by 6 dB an octave at
                // first: five bins away, where the third band begins at 20 Hz, they sum to 1 %.
                assert!(*level < -12.0 - 20.0, "{sample_rate} Hz, {band}: {level} dBFS in band {other}");
            }
        }
    }
}

#[test]
fn silence_counts_for_nothing() {
    let tone = sine(1000.0, 0.25, 0.0, 48_000.0, 480_000);
    let mut rests = tone.clone();
    rests.extend(vec![0.0; 960_000]);
    rests.extend(&tone);
    let [alone, rests] = [tone, rests].map(|signal| profile_of(&in_channels(&signal, 2), 48_000.0).spectrum);
    assert!((alone.level_dbfs() + 12.041).abs() < 0.01, "{}", alone.level_dbfs());
    // At each of the two edges more, the windows that reach over it count up to 0.6 s of silence: 0.26 dB of 20 s.
    assert!((rests.level_dbfs() - alone.level_dbfs()).abs() < 0.26, "{}", rests.level_dbfs());
    assert!((19.99..21.2).contains(&rests.heard_s()), "{} s", rests.heard_s());
    let silent = profile_of(&in_channels(&vec![0.0; 100_000], 2), 48_000.0);
    assert_eq!((silent.spectrum.level_dbfs(), silent.spectrum.heard_s()), (f64::NEG_INFINITY, 0.0));
    assert_eq!((silent.spectrum.width_db(), silent.crest_db(), silent.beginning_lufs), (None, None, None));
}

#[test]
fn width_and_correlation_are_those_of_direct_sums() {
    for (seed, side_gain) in [(21, 1.0), (22, 0.3), (23, 2.5)] {
        let song = music(seed, 44_100.0, 12.0, 2);
        let mut sums = [0.0; 5];
        let signal: Vec<Vec<f32>> = {
            let mut planes = song.clone();
            for (frame, (left, right)) in song[0].iter().zip(&song[1]).enumerate() {
                let (middle, side) = (0.5 * (left + right), 0.5 * side_gain as f32 * (left - right));
                (planes[0][frame], planes[1][frame]) = (middle + side, middle - side);
                let [left, right] = [planes[0][frame], planes[1][frame]].map(f64::from);
                let terms = [(left + right).powi(2), (left - right).powi(2), left * left, right * right, left * right];
                sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
            }
            planes
        };
        let profile = profile_of(&signal, 44_100.0);
        let expected_db = 10.0 * (sums[1] / sums[0]).log10();
        let found_db = profile.spectrum.width_db().unwrap();
        // DC, which is no sound, and windows below the gate at the song's very end.
        assert!((found_db - expected_db).abs() < 0.02, "seed {seed}: {found_db} dB, {expected_db} dB");
        let correlation = sums[4] / (sums[2] * sums[3]).sqrt();
        assert!((profile.readings.correlation.unwrap() - correlation).abs() < 1e-6, "seed {seed}");
    }
}

#[test]
fn width_is_told_where_it_is() {
    let bass = sine(100.0, 0.3, 0.0, 48_000.0, 240_000);
    let cymbal = sine(5000.0, 0.1, 0.0, 48_000.0, 240_000);
    let sum = |sign: f32| bass.iter().zip(&cymbal).map(|(middle, side)| middle + sign * side).collect();
    let spectrum = profile_of(&[sum(1.0), sum(-1.0)], 48_000.0).spectrum;
    // 0.1 over 0.3.
    assert!((spectrum.width_db().unwrap() + 9.542).abs() < 0.01);
    assert!(spectrum.width_db_between([0, 9]).unwrap() < -60.0);
    assert!(spectrum.width_db_between([21, 30]).unwrap() > 60.0);
    let mono = profile_of(&in_channels(&bass, 2), 48_000.0).spectrum;
    assert_eq!(mono.width_db(), Some(f64::NEG_INFINITY));
    let opposite = profile_of(&[bass.clone(), bass.iter().map(|sample| -sample).collect()], 48_000.0).spectrum;
    assert_eq!(opposite.width_db(), Some(f64::INFINITY));
}

#[test]
fn tilt_is_the_slope_of_the_bands() {
    const FRAMES: usize = 1 << 19;
    let tilt = |signal: Vec<f32>| profile_of(&[signal], 48_000.0).spectrum.tilt_db_per_oct().unwrap();
    // In bands that widen with frequency white noise rises by 3.01 dB an octave, pink is level; 0.5 dB of the filter's error
    // over seven octaves.
    assert!((tilt(noise(6, 0.5, FRAMES)) - 3.01).abs() < 0.05);
    assert!(tilt(pink(7, FRAMES)).abs() < 0.15);
}

#[test]
fn a_sine_has_its_crest_and_edges_their_loudness() {
    let tone = sine(1000.0, 0.5, 0.0, 48_000.0, 480_000);
    // A sample of 48 a turn may miss the top by 0.02 dB; both edges' windows are whole.
    assert!((profile_of(&[tone], 48_000.0).crest_db().unwrap() - 3.01).abs() < 0.03);
    let level = |amplitude: f64, seconds: usize| sine(1000.0, amplitude, 0.0, 48_000.0, 48_000 * seconds);
    // Both channels at 0.1: -20 LUFS as EBU Tech 3341 has it (1 kHz, stereo, peak level).
    let parts = [vec![0.0; 96_000], level(0.1, 12), level(0.2, 20), level(0.05, 12), vec![0.0; 480_000]];
    let profile = profile_of(&in_channels(&parts.concat(), 2), 48_000.0);
    assert!((profile.beginning_lufs.unwrap() + 20.0).abs() < 0.05, "{:?}", profile.beginning_lufs);
    assert!((profile.ending_lufs.unwrap() + 26.02).abs() < 0.05, "{:?}", profile.ending_lufs);
}

#[test]
fn blocks_do_not_matter_and_merged_tracks_are_one() {
    let song = music(31, 44_100.0, 9.0, 2);
    let whole = profile_of(&song, 44_100.0);
    let seed = 32;
    let mut random = Random::new(seed);
    for block_frames in [1 + random.below(5000), 64, 44_100 * 10] {
        let other = profile_in_blocks(&song, 44_100.0, block_frames);
        assert_eq!(other.spectrum, whole.spectrum, "blocks of {block_frames}, seed {seed}");
        assert_eq!(other.readings, whole.readings, "blocks of {block_frames}, seed {seed}");
        assert_eq!((other.beginning_lufs, other.ending_lufs), (whole.beginning_lufs, whole.ending_lufs));
    }
    let quieter = profile_of(&scaled(&song, 0.5), 44_100.0);
    let album = Profile::merged([&whole, &quieter]).unwrap();
    // Half the time at a quarter of the power: 10 log10(1.25 / 2).
    let off_db = album.spectrum.level_dbfs() - whole.spectrum.level_dbfs();
    assert!((off_db + 2.041).abs() < 0.001, "{off_db}");
    assert!((album.duration_s - 18.0).abs() < 1e-9);
    assert_eq!(
        album.spectrum.width_db().map(|db| (db * 1e4).round()),
        whole.spectrum.width_db().map(|db| (db * 1e4).round())
    );
    assert!(album.readings.integrated_lufs < whole.readings.integrated_lufs);
}
