//! A sound as a hash and a few levels.

use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

/// Names of the levels, in order.
pub const NAMES: [&str; 12] = [
    "peak_dbfs",
    "rms_dbfs",
    "side_dbfs",
    "31_hz",
    "63_hz",
    "125_hz",
    "250_hz",
    "500_hz",
    "1_khz",
    "2_khz",
    "5_khz",
    "14_khz",
];

/// Lower edges of the bands, Hz; each ends where the next begins, the last at Nyquist.
const EDGES_HZ: [f64; 9] = [20.0, 44.0, 88.0, 177.0, 354.0, 707.0, 1414.0, 3000.0, 9000.0];

/// Frames of a spectrum.
const SPECTRUM_FRAMES: usize = 8192;

/// What is kept of a sound.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// FNV-1a over the bits of every sample, channel after channel.
    pub hash: u64,
    /// Levels as [`NAMES`] has them, dB with two decimals.
    pub levels: Vec<String>,
}

impl Figures {
    /// The figures of a planar signal.
    pub fn of(signal: &[Vec<f32>], sample_rate: f64) -> Self {
        let power = |samples: &mut dyn Iterator<Item = f64>| {
            let (sum, count) = samples.fold((0.0, 0), |(sum, count), sample| (sum + sample * sample, count + 1));
            sum / f64::from(count.max(1))
        };
        let peak = signal.iter().flatten().fold(0.0f32, |peak, sample| peak.max(sample.abs()));
        let (first, last) = (&signal[0], &signal[signal.len() - 1]);
        let sides = first.iter().zip(last).map(|(&left, &right)| 0.5 * (f64::from(left) - f64::from(right)));
        let mut powers = vec![
            f64::from(peak).powi(2),
            power(&mut signal.iter().flatten().map(|&sample| f64::from(sample))),
            power(&mut sides.into_iter()),
        ];
        powers.extend(band_powers(signal, sample_rate));
        let levels = powers.into_iter().map(|power| format!("{:.2}", 10.0 * power.max(1e-16).log10())).collect();
        Self { hash: hash(signal), levels }
    }
}

fn hash(signal: &[Vec<f32>]) -> u64 {
    let bytes = signal.iter().flatten().flat_map(|sample| sample.to_bits().to_le_bytes());
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

/// Mean power of each band over all channels, from Hann-windowed spectra without overlap.
fn band_powers(signal: &[Vec<f32>], sample_rate: f64) -> [f64; EDGES_HZ.len()] {
    let transform = FftPlanner::new().plan_fft_forward(SPECTRUM_FRAMES);
    let window = |frame: usize| 0.5 - 0.5 * (std::f64::consts::TAU * frame as f64 / SPECTRUM_FRAMES as f64).cos();
    let mut powers = [0.0; EDGES_HZ.len()];
    let mut spectra = 0.0;
    for part in signal.iter().flat_map(|channel| channel.chunks_exact(SPECTRUM_FRAMES)) {
        let windowed = part.iter().enumerate().map(|(frame, &sample)| f64::from(sample) * window(frame));
        let mut bins: Vec<Complex<f64>> = windowed.map(|sample| Complex::new(sample, 0.0)).collect();
        transform.process(&mut bins);
        spectra += 1.0;
        for (bin, value) in bins.iter().enumerate().take(SPECTRUM_FRAMES / 2).skip(1) {
            let frequency_hz = bin as f64 * sample_rate / SPECTRUM_FRAMES as f64;
            if let Some(band) = EDGES_HZ.iter().rposition(|edge| *edge <= frequency_hz) {
                // Two halves of the spectrum; a Hann window passes 3/8 of the power.
                powers[band] += 2.0 * value.norm_sqr() / (SPECTRUM_FRAMES as f64).powi(2) / 0.375;
            }
        }
    }
    powers.map(|power| power / f64::max(spectra, 1.0))
}

#[test]
fn a_tone_reads_its_level_in_its_band_alone() {
    let tone = runout_tests::signals::sine(1000.0, 0.5, 0.0, 48_000.0, 48_000);
    let figures = Figures::of(&[tone.clone(), tone], 48_000.0);
    let level = |name: &str| figures.levels[NAMES.iter().position(|its| *its == name).unwrap()].parse::<f64>().unwrap();
    assert_eq!(NAMES.len(), figures.levels.len());
    assert_eq!((level("peak_dbfs"), level("rms_dbfs")), (-6.02, -9.03));
    // The window's edge leaves 0.01 dB.
    assert!((level("1_khz") + 9.03).abs() < 0.02 && level("250_hz") < -100.0 && level("side_dbfs") == -160.0);
}
