//! Does the spectrum read what is there? Against levels that are known, and against the Fourier integral itself.

mod oracle;

use std::f64::consts::TAU;

use runout_dsp_core::spectrum::analyzer::{Analyzer, POINTS, SPECTRA_PER_S, WINDOW_S, frequency_hz, slope_db};
use runout_tests::random::Random;
use runout_tests::signals::{noise, sine};
use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

const RATES: [f64; 6] = [44_100.0, 48_000.0, 96_000.0, 176_400.0, 192_000.0, 384_000.0];

/// The noise bandwidth of the window: that of a Hann window is 1.5 bins.
const NOISE_BANDWIDTH_HZ: f64 = 1.5 / WINDOW_S;

fn both(signal: &[f32]) -> Vec<[f32; 2]> {
    signal.iter().map(|sample| [*sample; 2]).collect()
}

/// The last spectrum of a signal.
fn last(frames: &[[f32; 2]], sample_rate: f64, is_smoothed: bool) -> Vec<f32> {
    let mut analyzer = Analyzer::new(sample_rate, 0.0);
    analyzer.push(frames);
    assert!(analyzer.analyze(is_smoothed));
    analyzer.levels_db().to_vec()
}

/// The mean power of all spectra of a signal, as levels.
fn mean(frames: &[[f32; 2]], sample_rate: f64, is_smoothed: bool) -> Vec<f64> {
    let mut analyzer = Analyzer::new(sample_rate, 0.0);
    let (filled, rest) = frames.split_at((WINDOW_S * sample_rate) as usize + 256);
    analyzer.push(filled);
    analyzer.analyze(is_smoothed);
    let mut powers = vec![0.0; analyzer.levels_db().len()];
    let mut count = 0.0;
    for part in rest.chunks(256) {
        analyzer.push(part);
        if analyzer.analyze(is_smoothed) {
            let levels = analyzer.levels_db().iter();
            powers.iter_mut().zip(levels).for_each(|(power, level)| *power += 10f64.powf(f64::from(*level) / 10.0));
            count += 1.0;
        }
    }
    powers.iter().map(|power| 10.0 * (power / count).log10()).collect()
}

#[test]
fn a_sine_reads_its_level_wherever_it_lies() {
    let seed = 4107;
    let mut random = Random::new(seed);
    for sample_rate in RATES {
        for _ in 0..24 {
            let highest_hz = 29_000f64.min(0.49 * sample_rate);
            let sine_hz = 10.0 * (highest_hz / 10.0).powf(random.share());
            let level_db = random.between(-60.0, 0.0);
            let amplitude = 10f64.powf(level_db / 20.0);
            let frames = (0.5 * sample_rate) as usize;
            let signal = sine(sine_hz, amplitude, 360.0 * random.share(), sample_rate, frames);
            let levels = last(&both(&signal), sample_rate, false);
            let highest = (0..levels.len()).max_by(|a, b| levels[*a].total_cmp(&levels[*b])).unwrap();
            let error_db = f64::from(levels[highest]) - level_db;
            // 0.05 dB: the parabola through a main lobe, and at 10 Hz the lobe of the mirror image.
            assert!(error_db.abs() < 0.05, "seed {seed}: {sine_hz} Hz at {sample_rate} Hz is off by {error_db} dB");
            let apart_hz = (frequency_hz(highest) - sine_hz).abs();
            // Half of a point's band, 0.012 octaves; where that is less than a bin, a fifth of the bin.
            assert!(
                apart_hz < (0.009 * sine_hz).max(0.2 / WINDOW_S),
                "seed {seed}: {sine_hz} Hz stands at {} Hz",
                frequency_hz(highest)
            );
        }
    }
}

#[test]
fn any_sound_reads_as_the_fourier_integral_of_its_window() {
    let seed = 812;
    for sample_rate in [44_100.0, 48_000.0] {
        let mut random = Random::new(seed);
        let length = (0.5 * sample_rate) as usize;
        let frames: Vec<[f32; 2]> = {
            let (left, right) = (noise(seed, 0.1, length), noise(seed + 1, 0.03, length));
            let tone = sine(random.between(100.0, 200.0), 0.2, 0.0, sample_rate, length);
            let high = sine(random.between(5_000.0, 9_000.0), 0.1, 0.0, sample_rate, length);
            (0..length).map(|n| [left[n] + tone[n], right[n] + high[n]]).collect()
        };
        let mut analyzer = Analyzer::new(sample_rate, 0.0);
        // Exactly to the end of a hop, so that the window ends with the signal.
        let hop = (sample_rate / SPECTRA_PER_S).round() as usize;
        let played = &frames[..length / hop * hop];
        let oracle = oracle::Integral::new(played, sample_rate);
        analyzer.push(played);
        assert!(analyzer.analyze(false));
        let step = frequency_hz(1) / frequency_hz(0);
        for (point, level_db) in analyzer.levels_db().iter().map(|level| f64::from(*level)).enumerate().step_by(7) {
            let at_hz = frequency_hz(point);
            let own = [at_hz / step.sqrt(), (at_hz * step.sqrt()).min(0.5 * sample_rate)];
            let is_wide = (own[1] - own[0]) * WINDOW_S > 2.0;
            // Between the bins of noise the curve is a guess: where there is a gap it is known to half a bin, a top within
            // 1.5 dB, as it is no main lobe.
            let beyond_hz = 0.5 / WINDOW_S;
            let [least_db, most_db] = oracle.range_db([own[0] - beyond_hz, own[1] + beyond_hz]);
            let least_db = if is_wide { oracle.range_db(own)[1] - 1.5 } else { least_db - 1.5 };
            assert!(level_db >= least_db, "seed {seed}: {level_db} below {least_db} dB at {at_hz} Hz");
            assert!(level_db <= most_db + 1.5, "seed {seed}: {level_db} above {most_db} dB at {at_hz} Hz");
        }
        analyzer.clear();
        analyzer.push(played);
        assert!(analyzer.analyze(true));
        for point in (5..analyzer.levels_db().len() - 50).step_by(29) {
            let error_db = f64::from(analyzer.levels_db()[point]) - oracle.third_db(point);
            // Of thirds that are narrower than a few bins both sums are coarse.
            let allowed_db = if frequency_hz(point) < 60.0 { 1.0 } else { 0.1 };
            assert!(error_db.abs() < allowed_db, "seed {seed}: {error_db} dB at {} Hz", frequency_hz(point));
        }
    }
}

/// What a mean over so many spectra may be off, dB: five deviations of noise in a third of an octave.
fn scatter_db(frequency_hz: f64, seconds: f64) -> f64 {
    5.0 * 4.343 / (0.2316 * frequency_hz * seconds).sqrt()
}

#[test]
fn white_noise_is_level_and_reads_its_density() {
    let (seed, seconds) = (51, 6.0);
    for sample_rate in RATES {
        let amplitude = 0.1;
        let frames = both(&noise(seed, amplitude, (seconds * sample_rate) as usize));
        let levels = mean(&frames, sample_rate, true);
        // Uniform noise has a power of amplitude^2 / 3, over half the rate.
        let density = amplitude * amplitude / 3.0 / (0.5 * sample_rate);
        let expected_db = 10.0 * (2.0 * density * NOISE_BANDWIDTH_HZ).log10();
        for (point, level_db) in levels.iter().enumerate() {
            let at_hz = frequency_hz(point);
            let error_db = level_db - expected_db;
            if at_hz > 60.0 {
                let allowed_db = 0.03 + scatter_db(at_hz, seconds - WINDOW_S);
                assert!(error_db.abs() < allowed_db, "seed {seed}, {sample_rate} Hz: {error_db} dB at {at_hz} Hz");
            }
        }
    }
}

#[test]
fn without_smoothing_noise_reads_higher_by_what_the_document_says() {
    let (seed, sample_rate, amplitude) = (52, 48_000.0, 0.1);
    let frames = both(&noise(seed, amplitude, 10 * 48_000));
    let levels = mean(&frames, sample_rate, false);
    let density = amplitude * amplitude / 3.0 / (0.5 * sample_rate);
    let expected_db = 10.0 * (2.0 * density * NOISE_BANDWIDTH_HZ).log10();
    let around = (0..POINTS).filter(|point| (9_000.0..11_000.0).contains(&frequency_hz(*point)));
    let higher: Vec<f64> = around.map(|point| levels[point] - expected_db).collect();
    let higher_db = higher.iter().sum::<f64>() / higher.len() as f64;
    // To its last digit.
    assert!((higher_db - 7.0).abs() < 0.5, "seed {seed}: {higher_db} dB");
}

#[test]
fn the_documents_example_of_noise_is_right() {
    // As loud as a sine of -20 dBFS: a mean square 3.01 dB below.
    let mean_square = 0.5 * 10f64.powf(-2.0);
    let level_db = 10.0 * (2.0 * mean_square / 24_000.0 * NOISE_BANDWIDTH_HZ).log10();
    assert!((level_db + 57.4).abs() < 0.05, "{level_db} dBFS");
}

/// Pink noise of random phases: periodic, every line exactly in its place.
fn pink(seed: u64, frames: usize) -> Vec<f32> {
    let mut random = Random::new(seed);
    let mut lines = vec![Complex::new(0.0, 0.0); frames];
    for line in 1..frames / 2 {
        lines[line] = Complex::from_polar(0.05 / (line as f64).sqrt(), TAU * random.share());
        lines[frames - line] = lines[line].conj();
    }
    FftPlanner::new().plan_fft_inverse(frames).process(&mut lines);
    lines.iter().map(|sample| sample.re as f32).collect()
}

#[test]
fn pink_noise_is_level_under_a_slope_of_3_db_an_octave() {
    let (seed, sample_rate) = (77, 48_000.0);
    let signal = both(&pink(seed, 1 << 19));
    let levels = mean(&signal, sample_rate, true);
    let tilted = |point: usize| levels[point] + slope_db(frequency_hz(point), 3.0);
    let reference = (0..POINTS).find(|point| frequency_hz(*point) >= 1000.0).unwrap();
    for point in 0..levels.len() {
        let at_hz = frequency_hz(point);
        if (60.0..20_000.0).contains(&at_hz) {
            let error_db = tilted(point) - tilted(reference);
            // 3 against 3.0103 dB an octave, and what random phases scatter.
            let allowed_db = 0.05 + scatter_db(at_hz, 10.0) + scatter_db(1000.0, 10.0);
            assert!(error_db.abs() < allowed_db, "seed {seed}: {error_db} dB at {at_hz} Hz");
        }
    }
    assert_eq!(slope_db(1000.0, 4.5), 0.0);
    assert!((slope_db(4000.0, 4.5) - 9.0).abs() < 1e-12 && (slope_db(500.0, 3.0) + 3.0).abs() < 1e-12);
}

#[test]
fn both_channels_read_as_mono_and_one_alone_3_db_less() {
    let sample_rate = 48_000.0;
    let signal = noise(3, 0.5, 24_000);
    for is_smoothed in [false, true] {
        let as_mono = last(&both(&signal), sample_rate, is_smoothed);
        let against: Vec<[f32; 2]> = signal.iter().map(|sample| [*sample, -sample]).collect();
        let left: Vec<[f32; 2]> = signal.iter().map(|sample| [*sample, 0.0]).collect();
        let right: Vec<[f32; 2]> = signal.iter().map(|sample| [0.0, *sample]).collect();
        for (frames, lower_db) in [(against, 0.0), (left, 3.0103), (right, 3.0103)] {
            let levels = last(&frames, sample_rate, is_smoothed);
            for (level, mono) in levels.iter().zip(&as_mono) {
                // 0.01 dB: rounding of f32 where the noise has a gap.
                assert!((mono - level - lower_db).abs() < 0.01, "{level} of {mono} dBFS");
            }
        }
    }
}

#[test]
fn silence_is_silent_and_what_is_no_number_or_no_level_leaves_no_trace() {
    let sample_rate = 48_000.0;
    let mut analyzer = Analyzer::new(sample_rate, 0.0);
    assert!(!analyzer.analyze(false));
    for is_smoothed in [false, true] {
        analyzer.push(&[[0.0; 2]; 2_000]);
        assert!(analyzer.analyze(is_smoothed));
        assert!(analyzer.levels_db().iter().all(|level| *level == f32::NEG_INFINITY));
    }
    let mut bad = vec![[0.1; 2]; 3_200];
    for (n, value) in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, f32::MIN, 1e-42].into_iter().enumerate() {
        (bad[100 * n + 7], bad[100 * n + 50]) = ([value, 0.1], [0.1, value]);
    }
    for is_smoothed in [false, true] {
        analyzer.push(&bad);
        assert!(analyzer.analyze(is_smoothed));
        assert!(analyzer.levels_db().iter().all(|level| level.is_finite()));
    }
    let after = both(&noise(5, 0.3, 24_000));
    analyzer.clear();
    analyzer.push(&bad);
    analyzer.push(&after);
    assert!(analyzer.analyze(false));
    assert_eq!(analyzer.levels_db(), last(&after, sample_rate, false));
}

#[test]
fn blocks_of_any_size_give_the_same_spectra() {
    for sample_rate in [44_100.0, 192_000.0] {
        let frames = both(&noise(9, 0.4, (0.7 * sample_rate) as usize));
        for is_smoothed in [false, true] {
            let whole = last(&frames, sample_rate, is_smoothed);
            for block in [1, 17, 64, 1000, 4096] {
                let mut analyzer = Analyzer::new(sample_rate, 0.0);
                let mut count = 0;
                for part in frames.chunks(block) {
                    analyzer.push(part);
                    count += usize::from(analyzer.analyze(is_smoothed));
                }
                assert_eq!(analyzer.levels_db(), whole, "blocks of {block}");
                // 21 of them, but at most one a block.
                let most = (0.7 * SPECTRA_PER_S) as usize;
                let expected = most.min(frames.len().div_ceil(block));
                assert!(count <= most && count + 1 >= expected, "{count} spectra in blocks of {block}");
            }
        }
    }
}

#[test]
fn it_begins_ahead_by_a_share_of_the_time_between_two_spectra() {
    for (ahead, first) in [(0.0, 1_600), (0.5, 800), (1.0, 1)] {
        let mut analyzer = Analyzer::new(48_000.0, ahead);
        let due = (1..=1_600).find(|_| {
            analyzer.push(&[[0.1; 2]]);
            analyzer.analyze(false)
        });
        assert_eq!(due, Some(first));
    }
}

#[test]
fn there_is_nothing_above_half_the_rate() {
    for (sample_rate, highest_hz) in
        [(8_000.0, 4_000.0), (44_100.0, 22_050.0), (48_000.0, 24_000.0), (96_000.0, 30_000.0)]
    {
        let points = Analyzer::new(sample_rate, 0.0).levels_db().len();
        assert!(frequency_hz(points - 1) <= highest_hz + 1e-6);
        assert!(points == POINTS || frequency_hz(points) > highest_hz);
    }
    assert!((frequency_hz(0) - 10.0).abs() < 1e-9 && (frequency_hz(POINTS - 1) - 30_000.0).abs() < 1e-6);
}
