//! Loudness computed the plain way: sample by sample, every window summed on its own, every list kept and sorted.
//! It shares no code with the meter; the filters come from the formulas of STANDARDS.md.

use std::f64::consts::PI;

/// The two sections at a rate: b0 b1 b2 a1 a2 of each.
pub fn sections(rate: f64) -> [[f64; 5]; 2] {
    let gain = 3.999843853973347f64;
    let (vh, q) = (10f64.powf(gain / 20.0), 0.7071752369554196);
    let vb = vh.powf(0.4996667741545416);
    let k = (PI * 1681.974450955533 / rate).tan();
    let a0 = 1.0 + k / q + k * k;
    let shelf = [
        (vh + vb * k / q + k * k) / a0,
        2.0 * (k * k - vh) / a0,
        (vh - vb * k / q + k * k) / a0,
        2.0 * (k * k - 1.0) / a0,
        (1.0 - k / q + k * k) / a0,
    ];
    let (k, q) = ((PI * 38.13547087602444 / rate).tan(), 0.5003270373238773);
    let a0 = 1.0 + k / q + k * k;
    [shelf, [1.0, -2.0, 1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / q + k * k) / a0]]
}

/// K-weighting in direct form I.
pub struct Weighting {
    sections: [[f64; 5]; 2],
    history: [[f64; 4]; 2],
}

impl Weighting {
    pub fn new(rate: f64) -> Self {
        Self { sections: sections(rate), history: [[0.0; 4]; 2] }
    }

    pub fn next(&mut self, sample: f64) -> f64 {
        let mut value = sample;
        for ([b0, b1, b2, a1, a2], [x1, x2, y1, y2]) in self.sections.iter().zip(&mut self.history) {
            let y = b0 * value + b1 * *x1 + b2 * *x2 - a1 * *y1 - a2 * *y2;
            (*x2, *x1) = (*x1, value);
            (*y2, *y1) = (*y1, y);
            value = y;
        }
        value
    }
}

/// Mean squares of a stereo or mono programme in windows of `seconds`, each 100 ms.
pub struct Energies {
    rate: f64,
    /// Sum of the weighted squares up to each edge of 100 ms.
    tenths: Vec<f64>,
}

impl Energies {
    /// Sums front channels, which all weigh 1.
    pub fn of(signal: &[Vec<f32>], rate: f64) -> Self {
        let frames = signal[0].len();
        let count = (frames as f64 / rate * 10.0 + 1e-9) as usize;
        let mut tenths = vec![0.0; count];
        for channel in signal {
            let mut weighting = Weighting::new(rate);
            let mut position = 0;
            for (index, tenth) in tenths.iter_mut().enumerate() {
                let end = ((index + 1) as f64 * rate / 10.0).round() as usize;
                for sample in &channel[position..end] {
                    *tenth += weighting.next(f64::from(*sample)).powi(2);
                }
                position = end;
            }
        }
        Self { rate, tenths }
    }

    /// Energies that were summed elsewhere, one each 100 ms.
    pub fn from_tenths(tenths: Vec<f64>, rate: f64) -> Self {
        Self { rate, tenths }
    }

    /// Mean squares of all windows of so many tenths of a second.
    fn windows(&self, tenths: usize) -> Vec<f64> {
        let edge = |index: usize| (index as f64 * self.rate / 10.0).round();
        let windows = self.tenths.windows(tenths).enumerate();
        windows.map(|(index, window)| window.iter().sum::<f64>() / (edge(index + tenths) - edge(index))).collect()
    }

    /// Integrated loudness of one programme.
    pub fn integrated_lufs(&self) -> f64 {
        Self::integrated_of(std::slice::from_ref(self))
    }

    /// Loudness range of one programme: low and high bound.
    pub fn range_lufs(&self) -> (f64, f64) {
        Self::range_of(std::slice::from_ref(self))
    }

    /// Integrated loudness of several programmes as one: two passes over all gating blocks.
    pub fn integrated_of(programmes: &[Self]) -> f64 {
        let blocks = programmes.iter().flat_map(|programme| programme.windows(4));
        let blocks: Vec<f64> = blocks.filter(|z| loudness(*z) > -70.0).collect();
        let gate = loudness(mean(&blocks)) - 10.0;
        let passed: Vec<f64> = blocks.into_iter().filter(|z| loudness(*z) > gate).collect();
        loudness(mean(&passed))
    }

    /// Loudness range of several programmes as one.
    pub fn range_of(programmes: &[Self]) -> (f64, f64) {
        let windows = programmes.iter().flat_map(|programme| programme.windows(30));
        let windows: Vec<f64> = windows.filter(|z| loudness(*z) >= -70.0).collect();
        let gate = loudness(mean(&windows)) - 20.0;
        let mut passed: Vec<f64> = windows.into_iter().map(loudness).filter(|level| *level >= gate).collect();
        passed.sort_by(f64::total_cmp);
        let at = |share: f64| passed[((passed.len() - 1) as f64 * share).round() as usize];
        (at(0.10), at(0.95))
    }
}

pub fn loudness(mean_square: f64) -> f64 {
    -0.691 + 10.0 * mean_square.log10()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}
