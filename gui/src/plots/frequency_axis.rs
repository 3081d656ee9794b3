//! The axis of frequencies: logarithmic, from the lowest frequency that a band of the equalizer can have to the highest, or
//! between any two.

use egui::Rangef;

/// Its lower end, Hz: the lowest frequency of a band.
pub const LOWEST_HZ: f32 = 10.0;

/// Its upper end, Hz: the highest frequency of a band.
pub const HIGHEST_HZ: f32 = 30_000.0;

/// What is labeled, Hz.
pub const LABELED_HZ: [f32; 10] = [20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10_000.0, 20_000.0];

/// Frequencies over a width, points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrequencyAxis {
    x: Rangef,
    lowest_hz: f32,
    highest_hz: f32,
}

impl FrequencyAxis {
    /// The axis over these points.
    pub fn new(x: Rangef) -> Self {
        Self::between(x, LOWEST_HZ, HIGHEST_HZ)
    }

    /// An axis over these points from one frequency to another, Hz.
    pub fn between(x: Rangef, lowest_hz: f32, highest_hz: f32) -> Self {
        Self { x, lowest_hz, highest_hz }
    }

    /// Where a frequency in Hz lies; beyond the ends too.
    pub fn x(self, frequency_hz: f32) -> f32 {
        let share = (frequency_hz / self.lowest_hz).ln() / self.ratio().ln();
        self.x.min + share * self.x.span()
    }

    /// The frequency at a place, Hz; beyond the ends too.
    pub fn frequency_hz(self, x: f32) -> f32 {
        let share = (x - self.x.min) / self.x.span().max(1.0);
        self.lowest_hz * self.ratio().powf(share)
    }

    /// The width of a ratio of e, points.
    pub fn points_per_e(self) -> f32 {
        self.x.span() / self.ratio().ln()
    }

    /// The highest frequency over the lowest.
    fn ratio(self) -> f32 {
        self.highest_hz / self.lowest_hz
    }

    /// The label of a frequency: `500`, `2k`.
    pub fn label(frequency_hz: f32) -> String {
        if frequency_hz < 1000.0 { format!("{frequency_hz}") } else { format!("{}k", frequency_hz / 1000.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_and_its_frequency_are_one() {
        let axis = FrequencyAxis::new(Rangef::new(100.0, 900.0));
        assert_eq!((axis.x(LOWEST_HZ), axis.x(HIGHEST_HZ)), (100.0, 900.0));
        for frequency_hz in LABELED_HZ {
            let back = axis.frequency_hz(axis.x(frequency_hz));
            // 1e-4: a rounding of the place, 900 points in f32, over 8 natural logarithms.
            assert!((back / frequency_hz - 1.0).abs() < 1e-4, "{frequency_hz} Hz came back as {back} Hz");
        }
        let e = axis.x(1000.0 * std::f32::consts::E) - axis.x(1000.0);
        assert!((axis.points_per_e() - e).abs() < 1e-3);
        let octaves = [100.0, 200.0, 400.0].map(|frequency_hz| axis.x(frequency_hz));
        assert!((octaves[2] - octaves[1] - (octaves[1] - octaves[0])).abs() < 1e-3);
    }

    #[test]
    fn labels_are_short() {
        assert_eq!(LABELED_HZ.map(FrequencyAxis::label)[4..7], ["500", "1k", "2k"]);
    }
}
