//! The views of the modules that have one of their own: which of them listens, and the one on show.

use egui::Ui;

use super::layout::Layout;
use super::module::Module;
use crate::compressor_view::{self, CompressorView};
use crate::desk::Desk;
use crate::editors::frame::Inside;
use crate::editors::planes::is_low;
use crate::equalizer_view::{self, EqualizerView};
use crate::feed::Feed;
use crate::imager_view::{self, ImagerView};

/// The views.
#[derive(Debug, Default)]
pub struct Views {
    pub equalizer: EqualizerView,
    pub compressor: CompressorView,
    pub imager: ImagerView,
}

impl Views {
    /// Has spectra gathered only while they are on show; the compressor's gains and the imager's correlation always, for
    /// their cards.
    pub fn listen(&mut self, feed: &mut Feed, before: Option<Module>, now: Module) {
        if before == Some(now) {
            return;
        }
        if now == Module::Equalizer {
            self.equalizer.open(&mut feed.spectrum);
        } else if before == Some(Module::Equalizer) {
            self.equalizer.close(&mut feed.spectrum);
        }
        if now == Module::Compressor {
            self.compressor.open(&mut feed.compressor);
        } else if before.is_none_or(|before| before == Module::Compressor) {
            self.compressor.watch(&mut feed.compressor);
        }
        if now == Module::Imager {
            self.imager.open(&mut feed.imager);
        } else if before.is_none_or(|before| before == Module::Imager) {
            self.imager.watch(&mut feed.imager);
        }
    }

    /// Takes what has arrived for the cards.
    pub fn take(&mut self, inside: &mut Inside<'_>) {
        let (feed, now_s) = (&mut *inside.feed, inside.now_s);
        let sample_rate = feed.status.sample_rate();
        self.compressor.take(&mut feed.compressor, sample_rate, inside.preferences, now_s);
        self.imager.take(&mut feed.imager, sample_rate, feed.meter.readings().frames, now_s);
    }

    /// Shows the view of a module that has one.
    pub fn show(&mut self, ui: &mut Ui, desk: &mut Desk<'_>, layout: &Layout, inside: &mut Inside<'_>, module: Module) {
        let (sample_rate, channels) = (inside.feed.status.sample_rate(), inside.feed.status.channels());
        let (preferences, has_output) = (inside.preferences, true);
        let (plane, is_low) = (layout.module, is_low(ui.max_rect().height()));
        match module {
            Module::Equalizer => {
                self.equalizer.take(&mut inside.feed.spectrum, sample_rate, preferences, inside.now_s);
                let bypassed = equalizer_view::is_bypassed(desk.parameters);
                let shown = equalizer_view::Shown { sample_rate, channels, bypassed, has_output, preferences };
                let planes = equalizer_view::Planes::new(plane, is_low, 0.0);
                self.equalizer.show(ui, desk, &planes, &shown, inside.now_s);
            }
            Module::Compressor => {
                let bypassed = compressor_view::is_bypassed(desk.parameters);
                let shown = compressor_view::Shown { sample_rate, channels, bypassed, has_output, preferences };
                self.compressor.show(ui, desk, &compressor_view::Planes::new(plane, is_low, 0.0), &shown);
            }
            Module::Imager => {
                let bypassed = imager_view::is_bypassed(desk.parameters);
                let shown = imager_view::Shown { sample_rate, channels, bypassed };
                self.imager.show(ui, desk, &imager_view::Planes::new(plane, is_low), &shown);
            }
            Module::Input | Module::Limiter | Module::Output => {}
        }
    }

    /// Obeys the keys of the module on show: to be called after every widget of a pass.
    pub fn obey_keys(&mut self, ui: &Ui, desk: &Desk<'_>, module: Module) {
        match module {
            Module::Equalizer => self.equalizer.obey_keys(ui, desk),
            Module::Compressor => self.compressor.obey_keys(ui, desk),
            Module::Imager => self.imager.obey_keys(ui, desk),
            Module::Input | Module::Limiter | Module::Output => {}
        }
    }

    /// Whether the next frame will look different without anything new.
    pub fn is_moving(&self, module: Module) -> bool {
        let has_moving_curve = module == Module::Equalizer && self.equalizer.is_moving();
        has_moving_curve || self.compressor.is_moving() || self.imager.is_moving()
    }

    /// The window has closed: stops listening.
    pub fn close(&mut self, feed: &mut Feed) {
        self.equalizer.close(&mut feed.spectrum);
        self.compressor.close(&mut feed.compressor);
        self.imager.close(&mut feed.imager);
    }
}
