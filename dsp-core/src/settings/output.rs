//! The output stage's parameters: word length and dither.

use super::field::{Field, Kind, Step, Unit, choice, choice_of, field, linear, stored_choice};

choice! {
    /// Which dither is added where bits are dropped.
    Dither {
        /// Triangular where a file has fewer bits than the signal; none for float and in plugins.
        #[default]
        Auto = "auto",
        /// Plain rounding.
        None = "none",
        /// Triangular, two steps wide, white.
        Tpdf = "tpdf",
        /// Triangular with its noise shaped away from where the ear is keen.
        Shaped = "shaped",
    }
}
choice! {
    /// The curve of shaped dither.
    NoiseShape {
        /// Lipshitz, five coefficients.
        Lipshitz = "lipshitz",
        /// Wannamaker, nine coefficients.
        #[default]
        Wannamaker = "wannamaker",
    }
}
choice! {
    /// The word length that the output is quantized to.
    BitDepth {
        /// Nothing is quantized.
        #[default]
        Float = "float",
        /// 16 bits.
        Sixteen = "16",
        /// 20 bits.
        Twenty = "20",
        /// 24 bits.
        TwentyFour = "24",
    }
}
stored_choice!(Dither, NoiseShape, BitDepth);

impl BitDepth {
    /// The number of bits; `None` where nothing is quantized.
    pub fn bits(self) -> Option<u32> {
        match self {
            Self::Float => None,
            Self::Sixteen => Some(16),
            Self::Twenty => Some(20),
            Self::TwentyFour => Some(24),
        }
    }
}

/// What the output stage does, always last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutputParams {
    /// Which dither is added where bits are dropped.
    pub dither: Dither,
    /// What shaped dither uses.
    pub shape: NoiseShape,
    /// The word length; a file's depth comes from the command's `--depth` instead.
    pub bit_depth: BitDepth,
    /// Leaves digital silence silent, without dither.
    pub blank_silence: bool,
    /// Start of the dither's random numbers, so that two renders are equal; 0 to 16777215.
    pub seed: u32,
}

impl Default for OutputParams {
    fn default() -> Self {
        Self {
            dither: Dither::Auto,
            shape: NoiseShape::Wannamaker,
            bit_depth: BitDepth::Float,
            blank_silence: true,
            seed: 1,
        }
    }
}

/// The fields of [`OutputParams`].
pub static OUTPUT: &[Field<OutputParams>] = &[
    field!(dither, "Dither", choice_of!(Dither), "Dither added where bits are dropped"),
    field!(shape, "Noise Shape", choice_of!(NoiseShape), "Curve that shaped dither uses"),
    field!(bit_depth, "Bit Depth", choice_of!(BitDepth), "Word length that the output is quantized to"),
    field!(blank_silence, "Blank Silence", Kind::Switch, "Leaves digital silence without dither"),
    // 2^24 - 1: every seed is exact in f32.
    field!(
        seed,
        "Seed",
        linear(0.0, 16_777_215.0, Step::Whole, Unit::None),
        "Start of the dither's random numbers, so that two renders are equal"
    ),
];
