//! The multiband compressor's parameters.

use super::field::{
    Field, Kind, Step, Unit, choice, choice_of, decibels, field, linear, logarithmic, share, stored_choice,
};

/// The most bands.
pub const COMPRESSOR_BANDS: usize = 6;
/// Where the crossovers of slots not yet used stand, Hz.
pub const COMPRESSOR_CROSSOVERS_HZ: [f32; COMPRESSOR_BANDS - 1] = [120.0, 500.0, 2000.0, 6000.0, 12_000.0];

/// The ratio that stands for infinity.
pub const INFINITE_RATIO: f32 = 100.0;

choice! {
    /// How the bands are divided.
    CompressorPhase {
        /// Linkwitz-Riley, 24 dB per octave, without latency.
        #[default]
        Minimum = "minimum",
        /// Complementary linear-phase filters.
        Linear = "linear",
        /// A cascade of shelves: phase moves only where gain moves.
        Dynamic = "dynamic",
    }
}
choice! {
    /// What a band does with level.
    CompressorMode {
        /// Lowers what is above the threshold.
        #[default]
        Compress = "compress",
        /// Lowers what is below the threshold.
        Expand = "expand",
        /// Raises what is below the threshold.
        Upward = "upward",
    }
}
choice! {
    /// What part of the stereo signal a compressor band acts on.
    CompressorChannel {
        /// All channels.
        #[default]
        Stereo = "stereo",
        /// (L + R) / 2.
        Mid = "mid",
        /// (L - R) / 2.
        Side = "side",
    }
}
choice! {
    /// What a band measures.
    Detector {
        /// The peak level: a sine reads its peak.
        #[default]
        Peak = "peak",
        /// The level over a window: a sine reads 3.01 dB below its peak.
        Rms = "rms",
    }
}
stored_choice!(CompressorPhase, CompressorMode, CompressorChannel, Detector);

/// One band of the compressor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CompressorBand {
    /// Whether the band acts.
    pub enabled: bool,
    /// What it does with level.
    pub mode: CompressorMode,
    /// What part of the signal it acts on.
    pub channel: CompressorChannel,
    /// What it measures.
    pub detector: Detector,
    /// Window of the RMS detector, 1 to 300 ms.
    pub rms_window_ms: f32,
    /// High-pass of the key, 0 (off) to 1000 Hz.
    pub detector_high_pass_hz: f32,
    /// Tilt of the key, -6 to 6 dB per octave.
    pub detector_tilt_db_per_oct: f32,
    /// How far all channels follow the loudest, 0 to 1.
    pub link: f32,
    /// Threshold, -80 to 0 dBFS.
    pub threshold_db: f32,
    /// Ratio, 1 (at rest) to 100 (infinite).
    pub ratio: f32,
    /// Width of the knee, 0 to 36 dB.
    pub knee_db: f32,
    /// The most that gain may move, 0 to 60 dB.
    pub range_db: f32,
    /// Attack, 0.05 to 500 ms.
    pub attack_ms: f32,
    /// Hold, 0 to 500 ms.
    pub hold_ms: f32,
    /// Release, 5 to 5000 ms.
    pub release_ms: f32,
    /// Lets the crest choose between a slow and a fast release.
    pub auto_release: bool,
    /// Lookahead, 0 to 20 ms; acts where the compressor's lookahead is on.
    pub lookahead_ms: f32,
    /// Gain after compression, -24 to 24 dB.
    pub makeup_db: f32,
    /// Share of the compressed signal, 0 to 1.
    pub mix: f32,
    /// Listening: of all bands, only those that are soloed are heard.
    pub solo: bool,
    /// Listening: the band is not heard.
    pub mute: bool,
    /// Listening: of the band, only what compression takes away is heard.
    pub delta: bool,
}

impl Default for CompressorBand {
    fn default() -> Self {
        Self {
            enabled: true,
            mode: CompressorMode::Compress,
            channel: CompressorChannel::Stereo,
            detector: Detector::Peak,
            rms_window_ms: 20.0,
            detector_high_pass_hz: 0.0,
            detector_tilt_db_per_oct: 0.0,
            link: 1.0,
            threshold_db: -18.0,
            ratio: 1.0,
            knee_db: 6.0,
            range_db: 60.0,
            attack_ms: 10.0,
            hold_ms: 0.0,
            release_ms: 120.0,
            auto_release: false,
            lookahead_ms: 0.0,
            makeup_db: 0.0,
            mix: 1.0,
            solo: false,
            mute: false,
            delta: false,
        }
    }
}

impl CompressorBand {
    /// Whether the band leaves its input as it is.
    pub fn is_neutral(&self) -> bool {
        let at_rest = self.ratio == 1.0 || self.range_db == 0.0;
        !self.enabled || self.mix == 0.0 || (at_rest && self.makeup_db == 0.0)
    }

    /// Whether the band is heard differently only for listening.
    pub fn is_listened_to(&self) -> bool {
        self.solo || self.mute || self.delta
    }
}

/// What the multiband compressor does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CompressorParams {
    /// Whether the compressor acts; its delay stays either way.
    pub enabled: bool,
    /// How the bands are divided.
    pub phase: CompressorPhase,
    /// Gives the bands' lookahead its one fixed latency of 20 ms.
    pub lookahead: bool,
    /// Share of the compressed signal, 0 to 1.
    pub mix: f32,
    /// Brings each band's static curve at -18 dBFS back to unity.
    pub auto_makeup: bool,
    /// Gain after the bands, -24 to 24 dB.
    pub output_gain_db: f32,
    /// The number of bands in use, 1 to 6.
    pub bands: u32,
    /// The crossovers, ascending, 20 to 20000 Hz; one fewer than bands are in use.
    pub crossover_hz: [f32; COMPRESSOR_BANDS - 1],
    /// The bands, lowest first.
    pub band: [CompressorBand; COMPRESSOR_BANDS],
    /// Listening: only what the compressor changes is heard.
    pub delta: bool,
}

impl Default for CompressorParams {
    fn default() -> Self {
        Self {
            enabled: true,
            phase: CompressorPhase::Minimum,
            lookahead: false,
            mix: 1.0,
            auto_makeup: false,
            output_gain_db: 0.0,
            bands: 1,
            crossover_hz: COMPRESSOR_CROSSOVERS_HZ,
            band: [CompressorBand::default(); COMPRESSOR_BANDS],
            delta: false,
        }
    }
}

impl CompressorParams {
    /// The bands in use.
    pub fn bands_in_use(&self) -> &[CompressorBand] {
        &self.band[..(self.bands as usize).clamp(1, COMPRESSOR_BANDS)]
    }

    /// Whether the compressor leaves its input as it is. Minimum crossovers in use are an all-pass, which is not that.
    pub fn is_neutral(&self) -> bool {
        let bands = self.bands_in_use();
        let all_pass = self.bands > 1 && self.phase == CompressorPhase::Minimum;
        let is_at_rest = |band: &CompressorBand| band.is_neutral() && !band.is_listened_to();
        let at_rest = self.output_gain_db == 0.0 && !self.delta && bands.iter().all(is_at_rest);
        !self.enabled || (at_rest && !all_pass)
    }
}

/// The fields of [`CompressorParams`] that stand alone.
pub static COMPRESSOR: &[Field<CompressorParams>] = &[
    field!(enabled, "Enabled", Kind::Switch, "Takes the compressor's processing out and leaves its delay"),
    field!(phase, "Phase", choice_of!(CompressorPhase), "How the bands are divided", Latency),
    field!(lookahead, "Lookahead", Kind::Switch, "Gives the bands' lookahead its fixed latency of 20 ms", Latency),
    field!(mix, "Mix", share(0.0, 1.0), "Share of the compressed signal"),
    field!(auto_makeup, "Auto Makeup", Kind::Switch, "Brings each band's curve at -18 dBFS back to unity"),
    field!(output_gain_db, "Output Gain", decibels(-24.0, 24.0), "Gain after the bands"),
    field!(delta, "Delta", Kind::Switch, "Plays only what the compressor changes", Listening),
];

/// What a crossover takes.
pub const CROSSOVER_KIND: Kind = logarithmic(20.0, 20_000.0, Step::Frequency, Unit::Hz);

/// The fields of [`CompressorBand`].
pub static COMPRESSOR_BAND: &[Field<CompressorBand>] = &[
    field!(enabled, "Enabled", Kind::Switch, "Whether the band acts"),
    field!(mode, "Mode", choice_of!(CompressorMode), "What the band does with level"),
    field!(channel, "Channel", choice_of!(CompressorChannel), "What part of the signal the band acts on"),
    field!(detector, "Detector", choice_of!(Detector), "Peak, or RMS over a window"),
    field!(
        rms_window_ms,
        "RMS Window",
        logarithmic(1.0, 300.0, Step::Hundredth, Unit::Ms),
        "Window of the RMS detector"
    ),
    field!(
        detector_high_pass_hz,
        "Detector High-pass",
        logarithmic(0.0, 1000.0, Step::Frequency, Unit::Hz),
        "High-pass of what the detector hears; 0 is off"
    ),
    field!(
        detector_tilt_db_per_oct,
        "Detector Tilt",
        linear(-6.0, 6.0, Step::Hundredth, Unit::DbPerOctave),
        "Tilt of what the detector hears"
    ),
    field!(link, "Link", share(0.0, 1.0), "How far all channels follow the loudest"),
    field!(
        threshold_db,
        "Threshold",
        linear(-80.0, 0.0, Step::Hundredth, Unit::Dbfs),
        "Level at which the band starts to work"
    ),
    field!(
        ratio,
        "Ratio",
        logarithmic(1.0, INFINITE_RATIO, Step::Thousandth, Unit::None),
        "1 is at rest, 100 or inf is infinite"
    ),
    field!(knee_db, "Knee", decibels(0.0, 36.0), "Width of the knee"),
    field!(range_db, "Range", decibels(0.0, 60.0), "The most that gain may move"),
    field!(attack_ms, "Attack", logarithmic(0.05, 500.0, Step::Hundredth, Unit::Ms), "Attack time"),
    field!(hold_ms, "Hold", linear(0.0, 500.0, Step::Hundredth, Unit::Ms), "Time that gain is held before release"),
    field!(release_ms, "Release", logarithmic(5.0, 5000.0, Step::Hundredth, Unit::Ms), "Release time"),
    field!(auto_release, "Auto Release", Kind::Switch, "Lets the crest choose between a slow and a fast release"),
    field!(
        lookahead_ms,
        "Lookahead",
        linear(0.0, 20.0, Step::Hundredth, Unit::Ms),
        "Acts where the compressor's lookahead is on"
    ),
    field!(makeup_db, "Makeup", decibels(-24.0, 24.0), "Gain after compression"),
    field!(mix, "Mix", share(0.0, 1.0), "Share of the compressed signal in the band"),
    field!(solo, "Solo", Kind::Switch, "Plays only the bands that are soloed", Listening),
    field!(mute, "Mute", Kind::Switch, "Takes the band out of what is heard", Listening),
    field!(delta, "Delta", Kind::Switch, "Plays only what compression takes away from the band", Listening),
];
