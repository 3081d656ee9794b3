//! Where frequencies and gains lie in the plot.

use egui::{Pos2, Rangef, Rect, pos2};
use runout_dsp_core::settings::EqualizerBand;

use crate::equalizer_view::bands::has_gain;
use crate::plots::frequency_axis::FrequencyAxis;

/// From the plane's upper edge to the plot, and from the plot to the plane's lower edge, where the frequencies are, points.
const ABOVE: f32 = 14.0;
const BELOW: f32 = 24.0;

/// How far the plot reaches above and below 0 dB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GainRange {
    /// 3 dB.
    Three,
    /// 6 dB.
    #[default]
    Six,
    /// 12 dB.
    Twelve,
    /// 30 dB: all that a band can have.
    Thirty,
}

impl GainRange {
    /// Every range, from the narrowest.
    pub const ALL: [Self; 4] = [Self::Three, Self::Six, Self::Twelve, Self::Thirty];

    /// Its end, dB.
    pub const fn end_db(self) -> f32 {
        match self {
            Self::Three => 3.0,
            Self::Six => 6.0,
            Self::Twelve => 12.0,
            Self::Thirty => 30.0,
        }
    }

    /// The distance of its grid, dB.
    const fn tick_db(self) -> f32 {
        match self {
            Self::Three => 1.0,
            Self::Six => 2.0,
            Self::Twelve => 3.0,
            Self::Thirty => 10.0,
        }
    }

    /// The gains of its grid, both ends and zero among them, ascending, dB.
    pub fn ticks_db(self) -> impl Iterator<Item = f32> {
        let steps = (self.end_db() / self.tick_db()) as i16;
        (-steps..=steps).map(move |step| f32::from(step) * self.tick_db())
    }

    /// Its place among all.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The range some places on; at an end it stays.
    pub fn stepped(self, steps: i32) -> Self {
        let index = self.index().saturating_add_signed(steps as isize).min(Self::ALL.len() - 1);
        Self::ALL[index]
    }
}

/// The plot with its two axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axes {
    /// The plot.
    pub plot: Rect,
    /// The gains that it shows.
    pub range: GainRange,
}

impl Axes {
    /// The axes in a plane that also holds the numbers of the frequencies.
    pub fn new(plane: Rect, range: GainRange) -> Self {
        let bottom = (plane.bottom() - BELOW).max(plane.top() + ABOVE + 1.0);
        Self { plot: Rect::from_min_max(pos2(plane.left(), plane.top() + ABOVE), pos2(plane.right(), bottom)), range }
    }

    /// The axis of frequencies.
    pub fn frequency(&self) -> FrequencyAxis {
        FrequencyAxis::new(self.plot.x_range())
    }

    /// Where a gain in dB lies; beyond the ends too.
    pub fn y(&self, gain_db: f32) -> f32 {
        self.plot.center().y - gain_db / self.range.end_db() * self.plot.height() / 2.0
    }

    /// The gain at a height, dB; beyond the ends too.
    pub fn gain_db(&self, y: f32) -> f32 {
        (self.plot.center().y - y) / (self.plot.height() / 2.0) * self.range.end_db()
    }

    /// The x of the highest frequency that there is at a sample rate in Hz, or the plot's right edge.
    pub fn end_x(&self, sample_rate: f32) -> f32 {
        self.frequency().x(sample_rate / 2.0).min(self.plot.right())
    }

    /// The middle of the row of frequencies.
    pub fn row_y(&self) -> f32 {
        self.plot.bottom() + BELOW / 2.0
    }

    /// The heights of the plot.
    pub fn heights(&self) -> Rangef {
        self.plot.y_range()
    }

    /// Where a band is held: at its frequency in Hz as it is used, and its gain; without gain at 0 dB.
    pub fn place(&self, band: &EqualizerBand, frequency_hz: f32) -> Pos2 {
        let gain_db = if has_gain(band.shape) { band.gain_db } else { 0.0 };
        pos2(self.frequency().x(frequency_hz), self.y(gain_db))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::vec2;
    use runout_dsp_core::settings::BandShape;

    fn axes(range: GainRange) -> Axes {
        Axes::new(Rect::from_min_size(pos2(10.0, 88.0), vec2(944.0, 316.0)), range)
    }

    #[test]
    fn the_plot_lies_as_it_was_designed() {
        let axes = axes(GainRange::Six);
        assert_eq!((axes.plot.top(), axes.plot.bottom(), axes.row_y()), (102.0, 380.0, 392.0));
        assert_eq!([6.0, 0.0, -6.0].map(|gain_db| axes.y(gain_db)), [102.0, 241.0, 380.0]);
        for gain_db in [-7.5, -0.1, 0.0, 2.0] {
            // 1e-4 dB: a rounding of a height of 400 points in f32, over 23 points a dB.
            assert!((axes.gain_db(axes.y(gain_db)) - gain_db).abs() < 1e-4);
        }
    }

    #[test]
    fn ranges_are_those_of_the_design_and_have_round_grids() {
        assert_eq!(GainRange::ALL.map(GainRange::end_db), [3.0, 6.0, 12.0, 30.0]);
        for range in GainRange::ALL {
            let ticks: Vec<f32> = range.ticks_db().collect();
            assert_eq!((ticks[0], ticks[ticks.len() - 1]), (-range.end_db(), range.end_db()));
            assert!(ticks.contains(&0.0) && ticks.len() <= 9);
        }
        assert_eq!((GainRange::Three.stepped(-1), GainRange::Six.stepped(5)), (GainRange::Three, GainRange::Thirty));
    }

    #[test]
    fn nothing_is_shown_above_half_the_rate() {
        let axes = axes(GainRange::Six);
        let end_hz = axes.frequency().frequency_hz(axes.end_x(44_100.0));
        // 1e-4: a rounding of the place.
        assert!((end_hz / 22_050.0 - 1.0).abs() < 1e-4, "{end_hz}");
        assert_eq!(axes.end_x(96_000.0), axes.plot.right());
    }

    #[test]
    fn bands_are_held_at_their_gain_and_cuts_at_zero() {
        let axes = axes(GainRange::Six);
        let band = EqualizerBand { gain_db: 3.0, ..EqualizerBand::default() };
        assert_eq!(axes.place(&band, 1000.0).y, axes.y(3.0));
        for shape in [BandShape::LowCut, BandShape::HighCut, BandShape::Notch, BandShape::BandPass] {
            assert_eq!(axes.place(&EqualizerBand { shape, ..band }, 1000.0).y, axes.y(0.0), "{shape:?}");
        }
    }
}
