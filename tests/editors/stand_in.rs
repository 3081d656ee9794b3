//! A stand-in for a plugin's parameters in a host: it keeps values, records what it is asked, and refuses what a host
//! would be confused by.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use runout_dsp_core::settings::{Parameter, parameters};
use runout_gui::parameters::Parameters;

/// What was asked of the host.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    Begin(String),
    Set(String, f32),
    End(String),
}

/// The parameters of every module, and a bypass.
pub struct StandIn {
    known: BTreeMap<String, Parameter>,
    values: RefCell<BTreeMap<String, f32>>,
    calls: RefCell<Vec<Call>>,
    open: RefCell<BTreeSet<String>>,
}

impl Default for StandIn {
    fn default() -> Self {
        let known: BTreeMap<String, Parameter> =
            parameters().into_iter().map(|parameter| (parameter.id.clone(), parameter)).collect();
        let mut values: BTreeMap<String, f32> =
            known.iter().map(|(id, parameter)| (id.clone(), parameter.default_value())).collect();
        values.insert("bypass".to_owned(), 0.0);
        Self { known, values: values.into(), calls: RefCell::default(), open: RefCell::default() }
    }
}

impl StandIn {
    /// What was asked since this was last called.
    pub fn take_calls(&self) -> Vec<Call> {
        self.calls.take()
    }

    /// Moves a value as a host's automation does.
    pub fn automate(&self, id: &str, value: f32) {
        self.values.borrow_mut().insert(id.to_owned(), value);
    }

    /// The value of a parameter that is there.
    pub fn get(&self, id: &str) -> f32 {
        self.value(id).unwrap_or_else(|| panic!("there is no {id}"))
    }

    /// Whether a gesture is open.
    pub fn is_held(&self) -> bool {
        !self.open.borrow().is_empty()
    }
}

impl Parameters for StandIn {
    fn value(&self, id: &str) -> Option<f32> {
        self.values.borrow().get(id).copied()
    }

    fn default_value(&self, id: &str) -> Option<f32> {
        self.known.get(id).map(Parameter::default_value).or((id == "bypass").then_some(0.0))
    }

    fn text(&self, id: &str, value: f32) -> Option<String> {
        self.known.get(id).map(|parameter| parameter.kind.shown(value))
    }

    fn begin(&self, id: &str) {
        assert!(self.value(id).is_some(), "a gesture on {id}, which is not there");
        assert!(self.open.borrow_mut().insert(id.to_owned()), "a gesture on {id} begins within one on it");
        self.calls.borrow_mut().push(Call::Begin(id.to_owned()));
    }

    fn set(&self, id: &str, value: f32) {
        assert!(self.open.borrow().contains(id), "{id} is set outside of its gesture");
        if let Some(parameter) = self.known.get(id) {
            assert_eq!(parameter.kind.checked(f64::from(value)), Ok(value), "{id} is off its step or range");
        }
        self.values.borrow_mut().insert(id.to_owned(), value);
        self.calls.borrow_mut().push(Call::Set(id.to_owned(), value));
    }

    fn end(&self, id: &str) {
        assert!(self.open.borrow_mut().remove(id), "a gesture on {id} ends that is not open");
        self.calls.borrow_mut().push(Call::End(id.to_owned()));
    }
}
