//! The settings that act where a chain is prepared, not while it plays: those that move the latency.

use runout_dsp_core::settings::{ChainSettings, CompressorPhase, EqualizerPhase, ImagerPhase, Module, Resolution};

/// What a chain is prepared for, beside its rate, blocks and channels. A setting that makes no difference in the company
/// of the others is left out: nobody shall prepare anew for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LatencySettings {
    /// The length of the equalizer's kernel; none in minimum phase.
    equalizer: Option<Resolution>,
    /// How the compressor divides. Minimum and dynamic have one latency, and yet the one is not the other.
    compressor: CompressorPhase,
    /// Whether the compressor looks ahead.
    lookahead: bool,
    /// How the imager divides.
    imager: ImagerPhase,
}

impl LatencySettings {
    /// Those of a chain's settings.
    pub fn of(settings: &ChainSettings) -> Self {
        let equalizer = match settings.equalizer.phase {
            EqualizerPhase::Linear => Some(settings.equalizer.resolution),
            EqualizerPhase::Minimum => None,
        };
        Self {
            equalizer,
            compressor: settings.compressor.phase,
            lookahead: settings.compressor.lookahead,
            imager: settings.imager.phase,
        }
    }

    /// Whether a chain of these modules has any of them.
    pub fn are_of(modules: &[Module]) -> bool {
        [Module::Equalizer, Module::Compressor, Module::Imager].iter().any(|module| modules.contains(module))
    }
}

#[cfg(test)]
mod tests {
    use runout_dsp_core::settings::{Purpose, parameters};

    use super::*;

    #[test]
    fn every_parameter_that_moves_the_latency_is_among_them_and_no_other() {
        let default = ChainSettings::default();
        let mut moving = Vec::new();
        for parameter in &parameters() {
            let (lowest, highest) = parameter.kind.range();
            let mut settings = default;
            parameter.set(&mut settings, f64::from(if parameter.get(&default) == lowest { highest } else { lowest }));
            let moves = LatencySettings::of(&settings) != LatencySettings::of(&default);
            assert_eq!(moves, parameter.purpose == Purpose::Latency, "{}", parameter.id);
            if moves {
                moving.push(parameter.id.clone());
            }
        }
        let expected =
            ["equalizer.phase", "equalizer.resolution", "compressor.phase", "compressor.lookahead", "imager.phase"];
        assert_eq!(moving, expected);
    }

    #[test]
    fn a_chain_without_such_a_module_has_none_of_them() {
        for parameter in parameters().iter().filter(|one| one.purpose == Purpose::Latency) {
            let module = parameter.module.expect("a module");
            assert!(LatencySettings::are_of(&[Module::Input, module]), "{}", parameter.id);
        }
        assert!(!LatencySettings::are_of(&[Module::Input, Module::Limiter, Module::Output]));
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
