//! The presets that come with the suite: chain files like those that users write, in `dsp-core/presets`.

use crate::settings::ChainSettings;
use crate::settings::chain_file::{self, ChainFileError};

/// A chain file with a name.
#[derive(Clone, Copy, Debug)]
pub struct FactoryPreset {
    /// What a chooser shows.
    pub name: &'static str,
    /// The chain file.
    pub text: &'static str,
}

macro_rules! preset {
    ($name:literal, $file:literal) => {
        FactoryPreset { name: $name, text: include_str!(concat!("../presets/", $file, ".toml")) }
    };
}

/// Every preset, in the order of a chooser: for whole masters first, then for one purpose each.
pub const FACTORY: &[FactoryPreset] = &[
    preset!("Streaming", "streaming"),
    preset!("Loud", "loud"),
    preset!("Club", "club"),
    preset!("Vinyl premaster", "vinyl-premaster"),
    preset!("Broadcast R 128", "broadcast-r128"),
    preset!("Speech", "speech"),
    preset!("Catch the peaks", "catch-the-peaks"),
    preset!("Gentle glue", "gentle-glue"),
    preset!("Tight low end", "tight-low-end"),
    preset!("Tame the top", "tame-the-top"),
    preset!("Quiet details", "quiet-details"),
    preset!("Air and clarity", "air-and-clarity"),
    preset!("Warm", "warm"),
    preset!("Voice forward", "voice-forward"),
    preset!("Wide top, solid low", "wide-top-solid-low"),
];

impl FactoryPreset {
    /// What it is for: the comment that the file begins with, as one line.
    pub fn description(&self) -> String {
        let lines = self.text.lines().map_while(|line| line.strip_prefix('#'));
        lines.map(str::trim).collect::<Vec<_>>().join(" ")
    }

    /// What it says.
    ///
    /// # Errors
    /// None for those of [`FACTORY`]: they are tested.
    pub fn settings(&self) -> Result<ChainSettings, ChainFileError> {
        chain_file::read(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_reads_has_a_name_of_its_own_and_says_what_it_is_for() {
        for (place, preset) in FACTORY.iter().enumerate() {
            let settings = preset.settings().unwrap_or_else(|error| panic!("{}: {error}", preset.name));
            assert_ne!(settings, ChainSettings::default(), "{} does nothing", preset.name);
            let description = preset.description();
            assert!(description.len() > 40 && description.ends_with('.'), "{}: {description}", preset.name);
            assert!(FACTORY[..place].iter().all(|other| other.name != preset.name), "{} is there twice", preset.name);
        }
    }
}
