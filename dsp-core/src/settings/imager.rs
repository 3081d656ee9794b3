//! The stereo imager's parameters.

use super::field::{
    Field, Kind, Step, Unit, choice, choice_of, decibels, field, linear, logarithmic, share, stored_choice,
};

/// The most bands.
pub const IMAGER_BANDS: usize = 4;
/// Where the crossovers of slots not yet used stand, Hz.
pub const IMAGER_CROSSOVERS_HZ: [f32; IMAGER_BANDS - 1] = [200.0, 2000.0, 8000.0];

choice! {
    /// How the imager's bands are divided.
    ImagerPhase {
        /// Linkwitz-Riley, 24 dB per octave, without latency.
        #[default]
        Minimum = "minimum",
        /// Complementary linear-phase filters.
        Linear = "linear",
    }
}
choice! {
    /// Slope of the mono bass, dB per octave.
    MonoSlope {
        /// 6 dB per octave.
        Six = "6",
        /// 12 dB per octave.
        #[default]
        Twelve = "12",
        /// 18 dB per octave.
        Eighteen = "18",
        /// 24 dB per octave.
        TwentyFour = "24",
    }
}
stored_choice!(ImagerPhase, MonoSlope);

/// One band of the imager.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImagerBand {
    /// 0 mono, 1 as is, 2 twice the side.
    pub width: f32,
    /// Amount of the decorrelator that widens mono material, 0 to 1.
    pub decorrelation: f32,
    /// Listening: of all bands, only those that are soloed are heard.
    pub solo: bool,
}

impl Default for ImagerBand {
    fn default() -> Self {
        Self { width: 1.0, decorrelation: 0.0, solo: false }
    }
}

/// What the stereo imager does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ImagerParams {
    /// Whether the imager acts; its delay stays either way.
    pub enabled: bool,
    /// How the bands are divided.
    pub phase: ImagerPhase,
    /// Below this the signal is mono, 0 (off) to 500 Hz.
    pub mono_below_hz: f32,
    /// Slope of the mono bass.
    pub mono_slope_db_per_oct: MonoSlope,
    /// Balance, -1 left to 1 right.
    pub balance: f32,
    /// Rotation of the stereo image, -90 to 90 degrees.
    pub rotation_deg: f32,
    /// Gain of mid, -24 to 24 dB.
    pub mid_gain_db: f32,
    /// Gain of side, -24 to 24 dB.
    pub side_gain_db: f32,
    /// High-pass of side, 0 (off) to 1000 Hz.
    pub side_high_pass_hz: f32,
    /// The number of bands in use, 1 to 4.
    pub bands: u32,
    /// The crossovers, ascending, 20 to 20000 Hz; one fewer than bands are in use.
    pub crossover_hz: [f32; IMAGER_BANDS - 1],
    /// The bands, lowest first.
    pub band: [ImagerBand; IMAGER_BANDS],
    /// Listening: only what the imager changes is heard.
    pub delta: bool,
}

impl Default for ImagerParams {
    fn default() -> Self {
        Self {
            enabled: true,
            phase: ImagerPhase::Minimum,
            mono_below_hz: 0.0,
            mono_slope_db_per_oct: MonoSlope::Twelve,
            balance: 0.0,
            rotation_deg: 0.0,
            mid_gain_db: 0.0,
            side_gain_db: 0.0,
            side_high_pass_hz: 0.0,
            bands: 1,
            crossover_hz: IMAGER_CROSSOVERS_HZ,
            band: [ImagerBand::default(); IMAGER_BANDS],
            delta: false,
        }
    }
}

impl ImagerParams {
    /// The bands in use, lowest first.
    pub fn bands_in_use(&self) -> &[ImagerBand] {
        &self.band[..(self.bands as usize).clamp(1, IMAGER_BANDS)]
    }

    /// Whether the imager leaves its input as it is. Minimum crossovers in use are an all-pass, which is not that.
    pub fn is_neutral(&self) -> bool {
        let bands = self.bands_in_use();
        let all_pass = self.bands > 1 && self.phase == ImagerPhase::Minimum;
        let at_rest = self.mono_below_hz == 0.0
            && self.balance == 0.0
            && self.rotation_deg == 0.0
            && self.mid_gain_db == 0.0
            && self.side_gain_db == 0.0
            && self.side_high_pass_hz == 0.0
            && !self.delta
            && bands.iter().all(|band| *band == ImagerBand::default());
        !self.enabled || (at_rest && !all_pass)
    }
}

/// The fields of [`ImagerParams`] that stand alone.
pub static IMAGER: &[Field<ImagerParams>] = &[
    field!(enabled, "Enabled", Kind::Switch, "Takes the imager's processing out and leaves its delay"),
    field!(phase, "Phase", choice_of!(ImagerPhase), "How the bands are divided", Latency),
    field!(
        mono_below_hz,
        "Mono Below",
        logarithmic(0.0, 500.0, Step::Frequency, Unit::Hz),
        "Below this the signal is mono; 0 is off"
    ),
    field!(mono_slope_db_per_oct, "Mono Slope", choice_of!(MonoSlope), "Slope of the mono bass, dB per octave"),
    field!(balance, "Balance", share(-1.0, 1.0), "-1 left, 1 right"),
    field!(
        rotation_deg,
        "Rotation",
        linear(-90.0, 90.0, Step::Hundredth, Unit::Degrees),
        "Rotation of the stereo image"
    ),
    field!(mid_gain_db, "Mid Gain", decibels(-24.0, 24.0), "Gain of mid"),
    field!(side_gain_db, "Side Gain", decibels(-24.0, 24.0), "Gain of side"),
    field!(
        side_high_pass_hz,
        "Side High-pass",
        logarithmic(0.0, 1000.0, Step::Frequency, Unit::Hz),
        "High-pass of side; 0 is off"
    ),
    field!(delta, "Delta", Kind::Switch, "Plays only what the imager changes", Listening),
];

/// The fields of [`ImagerBand`].
pub static IMAGER_BAND: &[Field<ImagerBand>] = &[
    field!(width, "Width", share(0.0, 2.0), "0 mono, 1 as is, 2 twice the side"),
    field!(decorrelation, "Decorrelation", share(0.0, 1.0), "Widens mono material; vanishes when summed to mono"),
    field!(solo, "Solo", Kind::Switch, "Plays only the bands that are soloed", Listening),
];
