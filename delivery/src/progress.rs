//! A bar on standard error while there is work, if that is a terminal; nothing otherwise.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

/// How far the work is. May be shared by threads.
#[derive(Clone, Debug)]
pub struct Progress {
    bar: Option<ProgressBar>,
    /// Of a part of the work: what it may still move the bar by.
    share: Option<Arc<Share>>,
}

/// A part of the work whose length is not known for sure: it moves the bar by so many steps in all, however many it takes.
#[derive(Debug)]
struct Share {
    bar: ProgressBar,
    left: AtomicU64,
}

impl Share {
    fn advance(&self, steps: u64) {
        let taken = |left: u64| Some(left.saturating_sub(steps));
        let before = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, taken).unwrap_or(0);
        self.bar.inc(before.min(steps));
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.bar.inc(self.left.load(Ordering::Relaxed));
    }
}

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
        Self { bar: Some(bar), share: None }
    }

    /// No bar.
    pub fn none() -> Self {
        Self { bar: None, share: None }
    }

    /// A part of the work that is `steps` of the whole: it neither begins anew nor says what it does, and when it is dropped
    /// its steps are done.
    pub fn share(&self, steps: u64) -> Self {
        let share = self.bar.clone().map(|bar| Arc::new(Share { bar, left: AtomicU64::new(steps) }));
        Self { bar: None, share }
    }

    /// Starts from zero with what is being done now.
    pub fn begin(&self, what: &str) {
        if let Some(bar) = &self.bar {
            bar.reset();
            bar.set_message(what.to_owned());
        }
    }

    /// Goes on with what is being done now.
    pub fn say(&self, what: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(what.to_owned());
        }
    }

    /// So many steps more are done.
    pub fn advance(&self, steps: u64) {
        if let Some(share) = &self.share {
            share.advance(steps);
        } else if let Some(bar) = &self.bar {
            bar.inc(steps);
        }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_moves_the_bar_by_its_steps_however_many_it_takes() {
        let bar = ProgressBar::hidden();
        let whole = Progress { bar: Some(bar.clone()), share: None };
        let part = whole.share(10);
        part.begin("unheard");
        part.advance(4);
        assert_eq!(bar.position(), 4);
        part.clone().advance(30);
        assert_eq!(bar.position(), 10);
        drop(whole.share(5));
        assert_eq!(bar.position(), 15);
    }
}
