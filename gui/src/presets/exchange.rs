//! Between a plugin's parameters and the settings of a chain.

use runout_dsp_core::settings::{ChainSettings, Module, Parameter, Purpose, parameters};

use crate::parameters::Parameters;

/// The parameters of a chain file, divided into those that a plugin has and the others.
pub(super) struct Exchange {
    /// The plugin's name, for what is said.
    plugin: &'static str,
    own: Vec<Parameter>,
    others: Vec<Parameter>,
}

impl Exchange {
    pub fn new(plugin: &'static str, modules: &[Module]) -> Self {
        let of_a_chain_file = parameters().into_iter().filter(|parameter| parameter.purpose != Purpose::Listening);
        let (own, others) = of_a_chain_file.partition(|parameter| parameter.is_of(modules));
        Self { plugin, own, others }
    }

    /// Whether the plugin has no parameter of a chain file.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty()
    }

    /// What the parameters say, with everything else at its default.
    pub fn gather(&self, parameters: &dyn Parameters) -> ChainSettings {
        let mut settings = ChainSettings::default();
        for parameter in &self.own {
            if let Some(value) = parameters.value(&parameter.id) {
                parameter.set(&mut settings, f64::from(value));
            }
        }
        settings
    }

    /// Whether the plugin has all that the settings ask of it.
    ///
    /// # Errors
    /// One line that names the first thing it does not have.
    pub fn check(&self, settings: &ChainSettings) -> Result<(), String> {
        let asked = self.others.iter().find(|parameter| parameter.get(settings) != parameter.default_value());
        let Some(parameter) = asked else { return Ok(()) };
        let value = parameter.kind.value_text(parameter.get(settings));
        Err(format!(
            "{} = {value}: {} has no such control, load this chain in Runout Master",
            parameter.id, self.plugin
        ))
    }

    /// Sets every parameter that differs, each as a gesture of its own.
    pub fn apply(&self, settings: &ChainSettings, parameters: &dyn Parameters) {
        for parameter in &self.own {
            let value = parameter.get(settings);
            if parameters.value(&parameter.id) != Some(value) {
                parameters.begin(&parameter.id);
                parameters.set(&parameter.id, value);
                parameters.end(&parameter.id);
            }
        }
    }
}
