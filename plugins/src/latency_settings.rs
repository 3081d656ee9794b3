//! The settings that move the latency: they act where a chain is prepared, not while it plays.

use runout_dsp_core::settings::{ChainSettings, EqualizerPhase, Resolution};

/// What a chain is prepared for, beside its rate, blocks and channels. A setting that makes no difference in the company
/// of the others is left out: nobody shall prepare anew for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LatencySettings {
    /// The length of the equalizer's kernel; none in minimum phase.
    equalizer: Option<Resolution>,
}

impl LatencySettings {
    /// Those of a chain's settings.
    pub fn of(settings: &ChainSettings) -> Self {
        let EqualizerPhase::Linear = settings.equalizer.phase else { return Self { equalizer: None } };
        Self { equalizer: Some(settings.equalizer.resolution) }
    }
}

#[cfg(test)]
mod tests {
    use runout_dsp_core::settings::{Module, Purpose, parameters};

    use super::*;

    #[test]
    fn every_parameter_that_moves_the_latency_is_among_them_and_no_other() {
        // Compressor and imager are not in this version.
        let modules = [Module::Input, Module::Equalizer, Module::Limiter, Module::Output];
        let default = ChainSettings::default();
        let mut moving = 0;
        for parameter in parameters().iter().filter(|one| one.module.is_some_and(|of| modules.contains(&of))) {
            let (lowest, highest) = parameter.kind.range();
            let mut settings = default;
            parameter.set(&mut settings, f64::from(if parameter.get(&default) == lowest { highest } else { lowest }));
            let moves = LatencySettings::of(&settings) != LatencySettings::of(&default);
            assert_eq!(moves, parameter.purpose == Purpose::Latency, "{}", parameter.id);
            moving += usize::from(moves);
        }
        assert_eq!(moving, 2, "phase and resolution");
    }

    #[test]
    fn a_resolution_makes_no_difference_in_minimum_phase() {
        let mut settings = ChainSettings::default();
        settings.equalizer.phase = EqualizerPhase::Minimum;
        let before = LatencySettings::of(&settings);
        settings.equalizer.resolution = Resolution::Maximum;
        assert_eq!(LatencySettings::of(&settings), before);
    }
}
