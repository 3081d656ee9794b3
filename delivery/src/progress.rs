//! A bar on standard error while there is work, if that is a terminal; nothing otherwise.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

/// How far the work is. May be shared by threads.
#[derive(Clone, Debug)]
pub struct Progress(Option<ProgressBar>);

impl Progress {
    /// A bar for work of so many steps (frames), which are counted only if there is a bar.
    pub fn new(steps: impl FnOnce() -> u64) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self::none();
        }
        let bar = ProgressBar::new(steps());
        // A template that cannot be read would leave the plain bar: as good.
        if let Ok(style) = ProgressStyle::with_template("{msg:32!} {wide_bar} {percent:>3} %  {eta:>4}") {
            bar.set_style(style.progress_chars("━╸ "));
        }
        Self(Some(bar))
    }

    /// No bar.
    pub fn none() -> Self {
        Self(None)
    }

    /// Starts from zero with what is being done now.
    pub fn begin(&self, what: &str) {
        if let Some(bar) = &self.0 {
            bar.reset();
            bar.set_message(what.to_owned());
        }
    }

    /// So many steps more are done.
    pub fn advance(&self, steps: u64) {
        if let Some(bar) = &self.0 {
            bar.inc(steps);
        }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
