//! A host for tests that keeps values and the ids that it was told of.

use std::cell::RefCell;
use std::collections::BTreeMap;

use runout_dsp_core::settings::parameters;

use super::Parameters;

/// Every parameter of the chain, at its default at first.
pub struct Recorder {
    values: RefCell<BTreeMap<String, f32>>,
    told: RefCell<Vec<String>>,
}

impl Recorder {
    pub fn new() -> Self {
        let values = parameters().into_iter().map(|known| (known.id.clone(), known.default_value())).collect();
        Self { values: RefCell::new(values), told: RefCell::default() }
    }

    /// What was set since this was last called.
    pub fn take(&self) -> Vec<String> {
        self.told.take()
    }
}

impl Parameters for Recorder {
    fn value(&self, id: &str) -> Option<f32> {
        self.values.borrow().get(id).copied()
    }

    fn default_value(&self, _: &str) -> Option<f32> {
        None
    }

    fn text(&self, _: &str, _: f32) -> Option<String> {
        None
    }

    fn begin(&self, _: &str) {}

    fn set(&self, id: &str, value: f32) {
        self.values.borrow_mut().insert(id.to_owned(), value);
        self.told.borrow_mut().push(id.to_owned());
    }

    fn end(&self, _: &str) {}
}
