//! What an editor may know of its plugin's parameters, and what it may ask.

#[cfg(test)]
pub(crate) mod recorder;

/// The parameters of one plugin, by id. A plugin implements it over its host, a test by a recorder.
///
/// Thread: the editor's. Between [`begin`](Self::begin) and [`end`](Self::end) the host takes the changes as one gesture.
pub trait Parameters {
    /// The present value of a parameter, plain; `None` for an unknown id.
    fn value(&self, id: &str) -> Option<f32>;

    /// The default of a parameter, plain; `None` for an unknown id.
    fn default_value(&self, id: &str) -> Option<f32>;

    /// The text of a value of a parameter, with its unit; `None` for an unknown id.
    fn text(&self, id: &str, value: f32) -> Option<String>;

    /// Tells the host that a gesture on a parameter begins.
    fn begin(&self, id: &str);

    /// Sets a parameter to a plain value, rounded to its step.
    fn set(&self, id: &str, value: f32);

    /// Tells the host that the gesture ends.
    fn end(&self, id: &str);
}
