//! The plugins that Ardour renders, and what is set of them.

use runout_dsp_core::settings::Parameter;

/// A plugin in the session.
pub struct Insert {
    /// Its name in hosts.
    pub name: &'static str,
    /// Which of several chains of the plugin this is.
    pub case: &'static str,
    /// The chain's parameters that are set, by id, and their values.
    pub values: &'static [(&'static str, f64)],
    /// Whether the plugin's parameters bear their module's name.
    pub full_names: bool,
    /// Whether it holds the limiter, which is in the command's chain.
    pub has_limiter: bool,
    /// Whether kernels are at work in it.
    pub has_kernel: bool,
}

impl Insert {
    /// The name that a host shows a parameter under.
    pub fn name_of(&self, parameter: &Parameter) -> String {
        if self.full_names { parameter.full_name() } else { parameter.name.clone() }
    }
}

/// Values off their defaults, on odd steps.
pub const INSERTS: [Insert; 9] = [
    Insert {
        name: "Runout Limiter",
        case: "",
        values: &[
            ("limiter.input_gain_db", 7.31),
            ("limiter.ceiling_dbtp", -1.27),
            ("limiter.style", 2.0),
            ("limiter.release_ms", 123.45),
            ("limiter.auto_release", 0.0),
            ("limiter.link", 0.657),
        ],
        full_names: false,
        has_limiter: true,
        has_kernel: false,
    },
    Insert {
        case: "linear",
        has_kernel: true,
        values: &[
            ("equalizer.output_gain_db", -3.21),
            ("equalizer.band.1.enabled", 1.0),
            ("equalizer.band.1.frequency_hz", 123.4),
            ("equalizer.band.1.gain_db", 4.56),
            ("equalizer.band.3.enabled", 1.0),
            ("equalizer.band.3.shape", 2.0),
            ("equalizer.band.3.frequency_hz", 6789.0),
            ("equalizer.band.3.gain_db", -5.43),
            ("equalizer.band.3.channel", 2.0),
        ],
        ..EQUALIZER
    },
    Insert {
        case: "minimum",
        values: &[
            ("equalizer.phase", 1.0),
            ("equalizer.band.24.enabled", 1.0),
            ("equalizer.band.24.frequency_hz", 2345.6),
            ("equalizer.band.24.gain_db", 7.89),
            ("equalizer.band.24.q", 1.2345),
        ],
        ..EQUALIZER
    },
    Insert {
        case: "minimum",
        values: &[
            ("compressor.bands", 4.0),
            ("compressor.crossover_hz.1", 123.45),
            ("compressor.crossover_hz.2", 876.5),
            ("compressor.crossover_hz.3", 5432.1),
            ("compressor.auto_makeup", 1.0),
            ("compressor.mix", 0.876),
            ("compressor.output_gain_db", -1.23),
            ("compressor.band.1.ratio", 3.456),
            ("compressor.band.1.threshold_db", -23.45),
            ("compressor.band.1.attack_ms", 23.45),
            ("compressor.band.2.ratio", 100.0),
            ("compressor.band.2.threshold_db", -21.09),
            ("compressor.band.2.knee_db", 12.34),
            ("compressor.band.2.range_db", 7.89),
            ("compressor.band.3.mode", 1.0),
            ("compressor.band.3.ratio", 2.345),
            ("compressor.band.3.threshold_db", -43.21),
            ("compressor.band.3.channel", 2.0),
            ("compressor.band.4.mode", 2.0),
            ("compressor.band.4.ratio", 1.789),
            ("compressor.band.4.threshold_db", -34.56),
            ("compressor.band.4.range_db", 9.87),
            ("compressor.band.4.detector", 1.0),
        ],
        ..COMPRESSOR
    },
    Insert {
        case: "linear",
        has_kernel: true,
        values: &[
            ("compressor.phase", 1.0),
            ("compressor.lookahead", 1.0),
            ("compressor.bands", 3.0),
            ("compressor.band.1.ratio", 2.222),
            ("compressor.band.1.threshold_db", -27.77),
            ("compressor.band.1.lookahead_ms", 12.34),
            ("compressor.band.3.ratio", 5.432),
            ("compressor.band.3.threshold_db", -33.33),
            ("compressor.band.3.auto_release", 1.0),
            ("compressor.band.3.link", 0.345),
        ],
        ..COMPRESSOR
    },
    Insert {
        case: "dynamic",
        values: &[
            ("compressor.phase", 2.0),
            ("compressor.bands", 6.0),
            ("compressor.band.2.ratio", 4.321),
            ("compressor.band.2.threshold_db", -28.76),
            ("compressor.band.5.ratio", 6.543),
            ("compressor.band.5.threshold_db", -37.65),
            ("compressor.band.6.makeup_db", 2.34),
        ],
        ..COMPRESSOR
    },
    Insert {
        name: "Runout Imager",
        values: &[
            ("imager.bands", 2.0),
            ("imager.crossover_hz.1", 1234.5),
            ("imager.band.1.width", 0.543),
            ("imager.band.2.width", 1.357),
            ("imager.band.2.decorrelation", 0.123),
            ("imager.mono_below_hz", 98.7),
            ("imager.rotation_deg", 2.34),
        ],
        ..EQUALIZER
    },
    Insert { name: "Runout Meter", case: "", values: &[], full_names: false, has_limiter: false, has_kernel: false },
    Insert {
        name: "Runout Master",
        case: "",
        values: &[
            ("order", 2.0),
            ("input.gain_db", 3.33),
            ("input.invert_right", 1.0),
            ("input.swap", 1.0),
            ("equalizer.resolution", 3.0),
            ("equalizer.band.2.enabled", 1.0),
            ("equalizer.band.2.shape", 7.0),
            ("equalizer.band.2.gain_db", 1.11),
            ("compressor.lookahead", 1.0),
            ("compressor.bands", 2.0),
            ("compressor.band.1.ratio", 2.717),
            ("compressor.band.1.threshold_db", -22.22),
            ("compressor.band.2.makeup_db", 1.59),
            ("imager.band.1.width", 1.246),
            ("limiter.input_gain_db", 4.19),
            ("limiter.lookahead_ms", 6.54),
            ("limiter.style", 1.0),
        ],
        full_names: true,
        has_limiter: true,
        has_kernel: true,
    },
];

const EQUALIZER: Insert = Insert {
    name: "Runout Equalizer",
    case: "",
    values: &[],
    full_names: false,
    has_limiter: false,
    has_kernel: false,
};

const COMPRESSOR: Insert = Insert { name: "Runout Compressor", ..EQUALIZER };
