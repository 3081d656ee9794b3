//! The equalizer's parameters.

use super::field::{Field, Kind, Step, Unit, choice, choice_of, decibels, field, linear, logarithmic, stored_choice};

/// The number of bands.
pub const EQUALIZER_BANDS: usize = 24;

choice! {
    /// How the equalizer treats phase.
    EqualizerPhase {
        /// Linear phase: all frequencies delayed alike.
        #[default]
        Linear = "linear",
        /// Minimum phase, without latency.
        Minimum = "minimum",
    }
}
choice! {
    /// How fine a linear-phase equalizer resolves low frequencies, by the length of its kernel at 48 kHz.
    Resolution {
        /// 2048 taps.
        Low = "low",
        /// 4096 taps.
        #[default]
        Medium = "medium",
        /// 8192 taps.
        High = "high",
        /// 16384 taps.
        VeryHigh = "very-high",
        /// 32768 taps.
        Maximum = "maximum",
    }
}
choice! {
    /// What a band does to the spectrum.
    BandShape {
        /// Raises or lowers around a frequency.
        #[default]
        Bell = "bell",
        /// Raises or lowers below a frequency.
        LowShelf = "low-shelf",
        /// Raises or lowers above a frequency.
        HighShelf = "high-shelf",
        /// Takes away below a frequency.
        LowCut = "low-cut",
        /// Takes away above a frequency.
        HighCut = "high-cut",
        /// Takes away one frequency.
        Notch = "notch",
        /// Keeps only what is around a frequency.
        BandPass = "band-pass",
        /// Turns the whole spectrum around a frequency.
        Tilt = "tilt",
    }
}
choice! {
    /// Slope of a cut, dB per octave.
    CutSlope {
        /// 6 dB per octave.
        Six = "6",
        /// 12 dB per octave.
        #[default]
        Twelve = "12",
        /// 18 dB per octave.
        Eighteen = "18",
        /// 24 dB per octave.
        TwentyFour = "24",
        /// 36 dB per octave.
        ThirtySix = "36",
        /// 48 dB per octave.
        FortyEight = "48",
        /// 72 dB per octave.
        SeventyTwo = "72",
        /// 96 dB per octave.
        NinetySix = "96",
    }
}
choice! {
    /// What part of the stereo signal an equalizer band acts on.
    BandChannel {
        /// All channels.
        #[default]
        Stereo = "stereo",
        /// (L + R) / 2.
        Mid = "mid",
        /// (L - R) / 2.
        Side = "side",
        /// The left channel.
        Left = "left",
        /// The right channel.
        Right = "right",
    }
}
stored_choice!(EqualizerPhase, Resolution, BandShape, CutSlope, BandChannel);

/// One band of the equalizer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EqualizerBand {
    /// Whether the band acts. A band table in a chain file is enabled unless it says otherwise.
    pub enabled: bool,
    /// What the band does to the spectrum.
    pub shape: BandShape,
    /// Center or corner, 10 to 30000 Hz, kept below 0.499 of the sample rate.
    pub frequency_hz: f32,
    /// Gain of bells, shelves and tilt, -30 to 30 dB.
    pub gain_db: f32,
    /// Quality factor, 0.025 to 40.
    pub q: f32,
    /// Slope of cuts.
    pub slope_db_per_oct: CutSlope,
    /// What part of the signal it acts on.
    pub channel: BandChannel,
}

#[expect(clippy::approx_constant, reason = "four digits are the grid of Q and what a chain file says")]
impl Default for EqualizerBand {
    fn default() -> Self {
        Self {
            enabled: false,
            shape: BandShape::Bell,
            frequency_hz: 1000.0,
            gain_db: 0.0,
            q: 0.7071,
            slope_db_per_oct: CutSlope::Twelve,
            channel: BandChannel::Stereo,
        }
    }
}

impl EqualizerBand {
    /// Whether the band leaves its input as it is.
    pub fn is_neutral(&self) -> bool {
        let by_gain =
            matches!(self.shape, BandShape::Bell | BandShape::LowShelf | BandShape::HighShelf | BandShape::Tilt);
        !self.enabled || (by_gain && self.gain_db == 0.0)
    }
}

/// What the equalizer does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EqualizerParams {
    /// Whether the equalizer acts; its delay stays either way.
    pub enabled: bool,
    /// How it treats phase.
    pub phase: EqualizerPhase,
    /// Length of the linear-phase kernel.
    pub resolution: Resolution,
    /// Gain after the bands, -24 to 24 dB.
    pub output_gain_db: f32,
    /// The bands, acting in the order of their slots.
    pub bands: [EqualizerBand; EQUALIZER_BANDS],
    /// Listening: the band, counted from 1, whose change alone is heard; 0 is none.
    pub solo: u32,
    /// Listening: only what the equalizer changes is heard. The chain takes care of it.
    pub delta: bool,
}

impl Default for EqualizerParams {
    fn default() -> Self {
        Self {
            enabled: true,
            phase: EqualizerPhase::Linear,
            resolution: Resolution::Medium,
            output_gain_db: 0.0,
            bands: [EqualizerBand::default(); EQUALIZER_BANDS],
            solo: 0,
            delta: false,
        }
    }
}

impl EqualizerParams {
    /// Whether the equalizer leaves its input as it is.
    pub fn is_neutral(&self) -> bool {
        let is_at_rest = self.output_gain_db == 0.0 && self.solo == 0 && !self.delta;
        !self.enabled || (is_at_rest && self.bands.iter().all(EqualizerBand::is_neutral))
    }
}

/// The fields of [`EqualizerParams`].
pub static EQUALIZER: &[Field<EqualizerParams>] = &[
    field!(enabled, "Enabled", Kind::Switch, "Takes the equalizer's processing out and leaves its delay"),
    field!(phase, "Phase", choice_of!(EqualizerPhase), "Linear phase, or minimum phase without latency", Latency),
    field!(resolution, "Resolution", choice_of!(Resolution), "Length of the linear-phase kernel", Latency),
    field!(output_gain_db, "Output Gain", decibels(-24.0, 24.0), "Gain after the bands"),
    field!(
        solo,
        "Solo",
        linear(0.0, EQUALIZER_BANDS as f32, Step::Whole, Unit::None),
        "Plays only what the band of this number changes; 0 plays everything",
        Listening
    ),
    field!(delta, "Delta", Kind::Switch, "Plays only what the equalizer changes", Listening),
];

/// The fields of [`EqualizerBand`].
pub static EQUALIZER_BAND: &[Field<EqualizerBand>] = &[
    field!(enabled, "Enabled", Kind::Switch, "Whether the band acts"),
    field!(shape, "Shape", choice_of!(BandShape), "What the band does to the spectrum"),
    field!(
        frequency_hz,
        "Frequency",
        logarithmic(10.0, 30_000.0, Step::Frequency, Unit::Hz),
        "Center or corner; kept below 0.499 of the sample rate"
    ),
    field!(gain_db, "Gain", decibels(-30.0, 30.0), "Gain of bells, shelves and tilt"),
    field!(q, "Q", logarithmic(0.025, 40.0, Step::TenThousandth, Unit::None), "Quality factor"),
    field!(slope_db_per_oct, "Slope", choice_of!(CutSlope), "Slope of cuts, dB per octave"),
    field!(channel, "Channel", choice_of!(BandChannel), "What part of the signal the band acts on"),
];
