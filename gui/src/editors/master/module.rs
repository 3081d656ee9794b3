//! The modules that have a card.

use runout_dsp_core::settings::{self, Order};

use crate::compressor_view;
use crate::equalizer_view;
use crate::imager_view;
use crate::palette::{Color, Palette};
use crate::parameters::Parameters;

/// A module that has a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Module {
    Input,
    Equalizer,
    Compressor,
    Imager,
    #[default]
    Limiter,
    Output,
}

impl Module {
    /// The modules that the plugin has, in the order of its chain.
    pub fn all(parameters: &dyn Parameters) -> Vec<Self> {
        let movable = order(parameters).modules().into_iter().filter_map(Self::of);
        let all = [Self::Input].into_iter().chain(movable).chain([Self::Limiter, Self::Output]);
        all.filter(|module| module.evidence().is_none_or(|id| parameters.value(id).is_some())).collect()
    }

    /// The module of the chain that can be moved.
    fn of(module: settings::Module) -> Option<Self> {
        match module {
            settings::Module::Equalizer => Some(Self::Equalizer),
            settings::Module::Compressor => Some(Self::Compressor),
            settings::Module::Imager => Some(Self::Imager),
            _ => None,
        }
    }

    /// The module as the chain's order names it, where it can be moved.
    pub fn movable(self) -> Option<settings::Module> {
        match self {
            Self::Equalizer => Some(settings::Module::Equalizer),
            Self::Compressor => Some(settings::Module::Compressor),
            Self::Imager => Some(settings::Module::Imager),
            Self::Input | Self::Limiter | Self::Output => None,
        }
    }

    /// A parameter that is there if the module is, where the plugin may not have it.
    fn evidence(self) -> Option<&'static str> {
        match self {
            Self::Compressor => Some("compressor.enabled"),
            Self::Imager => Some("imager.enabled"),
            Self::Output => Some("output.bit_depth"),
            Self::Input | Self::Equalizer | Self::Limiter => None,
        }
    }

    /// What its card is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Input => "Input",
            Self::Equalizer => "Equalizer",
            Self::Compressor => "Compressor",
            Self::Imager => "Imager",
            Self::Limiter => "Limiter",
            Self::Output => "Output",
        }
    }

    /// Its keys beside those of every editor.
    pub fn keys(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Equalizer => &equalizer_view::KEYS,
            Self::Compressor => &compressor_view::KEYS,
            Self::Imager => &imager_view::KEYS,
            Self::Input | Self::Limiter | Self::Output => &[],
        }
    }

    pub fn accent(self, palette: &Palette) -> Color {
        match self {
            Self::Input | Self::Output => palette.master,
            Self::Equalizer => palette.equalizer,
            Self::Compressor => palette.compressor,
            Self::Imager => palette.imager,
            Self::Limiter => palette.limiter,
        }
    }
}

/// The order of the chain.
pub fn order(parameters: &dyn Parameters) -> Order {
    Order::from_index(parameters.value("order").unwrap_or(0.0))
}
