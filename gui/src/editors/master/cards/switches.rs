//! The switches of each module's card.

use runout_dsp_core::settings::Alone;

use crate::editors::master::module::Module;
use crate::widgets::card::Switch;

/// The switches of a card.
#[derive(Clone, Copy, Debug, Default)]
pub struct Switches {
    pub power: Option<Switch<'static>>,
    pub delta: Option<Switch<'static>>,
    pub solo: Option<Switch<'static>>,
}

/// The parameter that chooses the module to be heard alone.
const ALONE: &str = "listen.alone";

impl Switches {
    /// The switches of a module's card.
    pub fn of(module: Module) -> Self {
        match module {
            Module::Equalizer => EQUALIZER,
            Module::Compressor => COMPRESSOR,
            Module::Imager => IMAGER,
            Module::Limiter => LIMITER,
            Module::Input | Module::Output => Self::default(),
        }
    }
}

/// The switches of a module from its key, its name and its place among what is heard alone.
macro_rules! switches {
    ($key:literal, $name:literal, $alone:expr, $delta:literal, $solo:literal) => {
        Switches {
            power: Some(Switch {
                id: concat!($key, ".enabled"),
                on: 1.0,
                name: concat!($name, " card power"),
                sentence: concat!("Takes the ", $key, "'s processing out and leaves its delay."),
            }),
            delta: Some(Switch {
                id: concat!("listen.", $key, ".delta"),
                on: 1.0,
                name: concat!($name, " card delta"),
                sentence: concat!("Plays only what the ", $key, " ", $delta, "."),
            }),
            solo: Some(Switch {
                id: ALONE,
                on: $alone as u8 as f32,
                name: concat!($name, " card solo"),
                sentence: $solo,
            }),
        }
    };
}

const EQUALIZER: Switches = switches!(
    "equalizer",
    "Equalizer",
    Alone::Equalizer,
    "changes",
    "Plays the equalizer without compressor and imager. A click again plays all."
);
const COMPRESSOR: Switches = switches!(
    "compressor",
    "Compressor",
    Alone::Compressor,
    "changes",
    "Plays the compressor without equalizer and imager. A click again plays all."
);
const IMAGER: Switches = switches!(
    "imager",
    "Imager",
    Alone::Imager,
    "changes",
    "Plays the imager without equalizer and compressor. A click again plays all."
);
const LIMITER: Switches = switches!(
    "limiter",
    "Limiter",
    Alone::Limiter,
    "takes away",
    "Plays the limiter without equalizer, compressor and imager. A click again plays all."
);
