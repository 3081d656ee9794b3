//! The parameters of the whole chain.

use super::field::{choice, stored_choice};
use super::{CompressorParams, EqualizerParams, ImagerParams, InputParams, LimiterParams, OutputParams};

/// A module of the chain; the name of its table in a chain file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Module {
    /// Gain, polarity and swap: always first.
    Input,
    /// The equalizer.
    Equalizer,
    /// The multiband compressor.
    Compressor,
    /// The stereo imager.
    Imager,
    /// The true-peak limiter: always after the movable modules.
    Limiter,
    /// Word length and dither: always last.
    Output,
}

impl Module {
    /// Every module, as a chain file lists them.
    pub const ALL: [Self; 6] =
        [Self::Input, Self::Equalizer, Self::Compressor, Self::Imager, Self::Limiter, Self::Output];

    /// The name of the module's table in a chain file and the first part of its parameters' ids.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Input => "input",
            Self::Equalizer => "equalizer",
            Self::Compressor => "compressor",
            Self::Imager => "imager",
            Self::Limiter => "limiter",
            Self::Output => "output",
        }
    }

    /// The module's name in words, which leads its parameters' names in Master.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Input => "Input",
            Self::Equalizer => "Equalizer",
            Self::Compressor => "Compressor",
            Self::Imager => "Imager",
            Self::Limiter => "Limiter",
            Self::Output => "Output",
        }
    }
}

choice! {
    /// The order of the three modules that can be moved.
    Order {
        /// Equalizer, compressor, imager.
        #[default]
        EqualizerCompressorImager = "equalizer > compressor > imager",
        /// Equalizer, imager, compressor.
        EqualizerImagerCompressor = "equalizer > imager > compressor",
        /// Compressor, equalizer, imager.
        CompressorEqualizerImager = "compressor > equalizer > imager",
        /// Compressor, imager, equalizer.
        CompressorImagerEqualizer = "compressor > imager > equalizer",
        /// Imager, equalizer, compressor.
        ImagerEqualizerCompressor = "imager > equalizer > compressor",
        /// Imager, compressor, equalizer.
        ImagerCompressorEqualizer = "imager > compressor > equalizer",
    }
}
stored_choice!(Order);

impl Order {
    /// The modules in this order.
    pub const fn modules(self) -> [Module; 3] {
        use Module::{Compressor, Equalizer, Imager};
        match self {
            Self::EqualizerCompressorImager => [Equalizer, Compressor, Imager],
            Self::EqualizerImagerCompressor => [Equalizer, Imager, Compressor],
            Self::CompressorEqualizerImager => [Compressor, Equalizer, Imager],
            Self::CompressorImagerEqualizer => [Compressor, Imager, Equalizer],
            Self::ImagerEqualizerCompressor => [Imager, Equalizer, Compressor],
            Self::ImagerCompressorEqualizer => [Imager, Compressor, Equalizer],
        }
    }

    /// The order that names these modules, each once; `None` for any other list.
    pub fn from_keys(keys: &[&str]) -> Option<Self> {
        Self::ALL.iter().copied().find(|order| order.modules().map(Module::key) == keys)
    }
}

choice! {
    /// Of the modules that can be moved, the one that alone is heard; for listening.
    Alone {
        /// All are heard.
        #[default]
        Off = "off",
        /// The equalizer.
        Equalizer = "equalizer",
        /// The compressor.
        Compressor = "compressor",
        /// The imager.
        Imager = "imager",
        /// None of them: only what always stands before and behind them.
        Limiter = "limiter",
    }
}
stored_choice!(Alone);

impl Alone {
    /// Whether a module that can be moved is heard.
    pub fn lets(self, module: Module) -> bool {
        match self {
            Self::Off => true,
            Self::Equalizer => module == Module::Equalizer,
            Self::Compressor => module == Module::Compressor,
            Self::Imager => module == Module::Imager,
            Self::Limiter => module == Module::Limiter,
        }
    }
}

/// Everything that a chain file says, and what is only for listening beside it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ChainSettings {
    /// The order of equalizer, compressor and imager.
    pub order: Order,
    /// Gain, polarity and swap.
    pub input: InputParams,
    /// The equalizer.
    pub equalizer: EqualizerParams,
    /// The multiband compressor.
    pub compressor: CompressorParams,
    /// The stereo imager.
    pub imager: ImagerParams,
    /// The true-peak limiter.
    pub limiter: LimiterParams,
    /// Word length and dither.
    pub output: OutputParams,
    /// Listening: the module that alone is heard of those that can be moved.
    pub alone: Alone,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_is_named_by_its_words() {
        for order in Order::ALL {
            let keys = order.modules().map(Module::key);
            assert_eq!(Order::from_keys(&keys), Some(*order));
            assert_eq!(order.word(), keys.join(" > "));
        }
        assert_eq!(Order::from_keys(&["equalizer", "equalizer", "imager"]), None);
    }
}
