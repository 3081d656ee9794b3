//! A module's parameters all at once: read as they stand, or put as they are to be.

use std::sync::LazyLock;

use egui::{Context, Id};
use runout_dsp_core::settings::{ChainSettings, Module, Parameter, parameters};

use crate::gesture;
use crate::parameters::Parameters;

/// The settings of a module as they stand; those of the others are defaults.
pub fn read(parameters: &dyn Parameters, module: Module) -> ChainSettings {
    let mut settings = ChainSettings::default();
    for parameter in of(module) {
        if let Some(value) = parameters.value(&parameter.id) {
            parameter.set(&mut settings, f64::from(value));
        }
    }
    settings
}

/// Sets those parameters of a module that are meant as they are in `settings`: each value that differs is one gesture.
pub fn put(
    context: &Context,
    parameters: &dyn Parameters,
    module: Module,
    settings: &ChainSettings,
    is_meant: impl Fn(&Parameter) -> bool,
) {
    for parameter in of(module).filter(|parameter| is_meant(parameter)) {
        let owner = Id::unique("runout settings").with(&parameter.id);
        gesture::once(context, parameters, owner, &parameter.id, parameter.get(settings));
    }
}

/// The parameters of a module, in the order of the chain file.
fn of(module: Module) -> impl Iterator<Item = &'static Parameter> {
    static ALL: LazyLock<Vec<Parameter>> = LazyLock::new(parameters);
    ALL.iter().filter(move |parameter| parameter.module == Some(module))
}
