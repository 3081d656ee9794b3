//! The modules that can be moved, in the order asked.
//!
//! Where there are several, a new order comes by way of their input: it is faded to, delayed as they delay it; the
//! modules start anew in their order, are fed for as long as their memory lasts, and are faded back to. The stream's grid
//! decides when, so that the result does not depend on how the stream is cut.

use super::Switchable;
use super::watched::Watched;
use crate::compressor::Compressor;
use crate::equalizer::Equalizer;
use crate::imager::Imager;
use crate::planar::with_frames;
use crate::processor::{GRID_FRAMES, Processor, Spec, SpecError};
use crate::settings::{ChainSettings, CompressorParams, EqualizerParams, ImagerParams, Module, Order};

/// Which of a chain's settings are a module's.
trait Settings: Processor {
    /// Which module it is.
    const MODULE: Module;

    /// Whether it leaves out by itself what it does not change, while it is in: what crossovers make of the input is no
    /// change.
    const HAS_DELTA: bool;

    /// The module's parameters, whether it is enabled, and whether only what it changes is to be heard.
    fn of(settings: &ChainSettings) -> (&Self::Params, bool, bool);
}

impl Settings for Equalizer {
    const MODULE: Module = Module::Equalizer;
    const HAS_DELTA: bool = false;

    fn of(settings: &ChainSettings) -> (&EqualizerParams, bool, bool) {
        let params = &settings.equalizer;
        (params, params.enabled && settings.alone.lets(Self::MODULE), params.delta)
    }
}

impl Settings for Compressor {
    const MODULE: Module = Module::Compressor;
    const HAS_DELTA: bool = true;

    fn of(settings: &ChainSettings) -> (&CompressorParams, bool, bool) {
        let params = &settings.compressor;
        (params, params.enabled && settings.alone.lets(Self::MODULE), params.delta)
    }
}

impl Settings for Imager {
    const MODULE: Module = Module::Imager;
    const HAS_DELTA: bool = true;

    fn of(settings: &ChainSettings) -> (&ImagerParams, bool, bool) {
        let params = &settings.imager;
        (params, params.enabled && settings.alone.lets(Self::MODULE), params.delta)
    }
}

/// A module that can be moved, whichever it is.
trait Movable {
    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError>;
    fn reset(&mut self);
    fn set(&mut self, settings: &ChainSettings);
    fn process(&mut self, channels: &mut [&mut [f32]]);
}

impl<P: Settings> Movable for Watched<P> {
    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        Self::prepare(self, spec)
    }

    fn reset(&mut self) {
        Self::reset(self);
    }

    fn set(&mut self, settings: &ChainSettings) {
        let (params, enabled, only_delta) = P::of(settings);
        self.set_params(params, enabled);
        self.set_delta(only_delta && !(enabled && P::HAS_DELTA));
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        Self::process(self, channels);
    }
}

/// The modules, one after the other; `None` in a chain that is made without one.
struct Modules {
    equalizer: Option<Watched<Equalizer>>,
    compressor: Option<Watched<Compressor>>,
    imager: Option<Watched<Imager>>,
    order: Order,
}

impl Modules {
    /// A module that can be moved, if it is there.
    fn get(&mut self, module: Module) -> Option<&mut dyn Movable> {
        match module {
            Module::Equalizer => self.equalizer.as_mut().map(|module| module as &mut dyn Movable),
            Module::Compressor => self.compressor.as_mut().map(|module| module as &mut dyn Movable),
            Module::Imager => self.imager.as_mut().map(|module| module as &mut dyn Movable),
            Module::Input | Module::Limiter | Module::Output => None,
        }
    }

    /// Has each module that is there do something, in their order.
    fn each(&mut self, mut act: impl FnMut(&mut dyn Movable)) {
        for module in self.order.modules() {
            if let Some(module) = self.get(module) {
                act(module);
            }
        }
    }
}

impl Processor for Modules {
    type Params = ChainSettings;

    fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        self.order.modules().into_iter().try_for_each(|module| self.get(module).map_or(Ok(()), |it| it.prepare(spec)))
    }

    fn reset(&mut self) {
        self.each(|module| module.reset());
    }

    fn latency(&self) -> usize {
        self.equalizer.as_ref().map_or(0, Watched::latency)
            + self.compressor.as_ref().map_or(0, Watched::latency)
            + self.imager.as_ref().map_or(0, Watched::latency)
    }

    fn set_params(&mut self, settings: &ChainSettings) {
        self.each(|module| module.set(settings));
    }

    fn process(&mut self, channels: &mut [&mut [f32]]) {
        self.each(|module| module.process(channels));
    }
}

/// The modules in an order that may change.
pub(super) struct Ordered {
    modules: Switchable<Modules>,
    /// Whether there is more than one, so that their order matters.
    are_several: bool,
    wanted: Order,
    /// Whether they are on their way out, to change places.
    are_leaving: bool,
    /// The stream's place on the grid.
    place: usize,
    /// Whether a frame has been processed since `prepare` or `reset`.
    running: bool,
}

impl Ordered {
    /// Those of `modules` that can be moved.
    pub(super) fn of(modules: &[Module]) -> Self {
        let equalizer = modules.contains(&Module::Equalizer).then(Watched::default);
        let compressor = modules.contains(&Module::Compressor).then(Watched::default);
        let imager = modules.contains(&Module::Imager).then(Watched::default);
        let movable = [Module::Equalizer, Module::Compressor, Module::Imager];
        let are_several = movable.iter().filter(|module| modules.contains(module)).count() > 1;
        let modules = Switchable::new(Modules { equalizer, compressor, imager, order: Order::default() });
        Self { modules, are_several, wanted: Order::default(), are_leaving: false, place: 0, running: false }
    }

    /// The equalizer, if there is one.
    pub(super) fn equalizer(&mut self) -> Option<&mut Watched<Equalizer>> {
        self.modules.module_mut().equalizer.as_mut()
    }

    /// The compressor, if there is one.
    pub(super) fn compressor(&mut self) -> Option<&mut Watched<Compressor>> {
        self.modules.module_mut().compressor.as_mut()
    }

    /// The imager, if there is one.
    pub(super) fn imager(&mut self) -> Option<&mut Watched<Imager>> {
        self.modules.module_mut().imager.as_mut()
    }

    /// See [`Processor::prepare`].
    pub(super) fn prepare(&mut self, spec: &Spec) -> Result<(), SpecError> {
        self.modules.prepare(spec)?;
        self.start();
        Ok(())
    }

    /// See [`Processor::reset`].
    pub(super) fn reset(&mut self) {
        self.modules.reset();
        self.start();
    }

    /// Stands at the order wanted.
    fn start(&mut self) {
        self.place = 0;
        self.running = false;
        self.modules.module_mut().order = self.wanted;
        self.come_back();
    }

    /// See [`Processor::latency`].
    pub(super) fn latency(&self) -> usize {
        self.modules.latency()
    }

    /// See [`Processor::set_params`].
    pub(super) fn set_params(&mut self, settings: &ChainSettings) {
        self.modules.set_params(settings);
        self.wanted = settings.order;
        if !self.running {
            self.start();
        }
    }

    /// See [`Processor::process`].
    pub(super) fn process(&mut self, channels: &mut [&mut [f32]]) {
        let frames = channels.first().map_or(0, |channel| channel.len());
        self.running |= frames > 0;
        if !self.are_several {
            self.modules.module_mut().process(channels);
            return;
        }
        let mut start = 0;
        while start < frames {
            if self.place == 0 {
                self.on_grid();
            }
            // Only a change of order must be seen to at every place of the grid.
            let is_changing = self.are_leaving || self.modules.module().order != self.wanted;
            let count = if is_changing { GRID_FRAMES - self.place } else { usize::MAX }.min(frames - start);
            with_frames(channels, start..start + count, |part| self.modules.process(part));
            self.place = (self.place + count) % GRID_FRAMES;
            start += count;
        }
    }

    /// Goes on with a change of order.
    fn on_grid(&mut self) {
        if self.modules.module().order == self.wanted {
            self.come_back();
        } else if self.modules.is_out() {
            self.modules.module_mut().order = self.wanted;
            self.come_back();
        } else {
            self.are_leaving = true;
            self.modules.set_enabled(false);
        }
    }

    fn come_back(&mut self) {
        self.are_leaving = false;
        self.modules.set_enabled(true);
    }
}
