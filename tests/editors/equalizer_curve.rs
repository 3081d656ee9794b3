//! The equalizer's plot: is every band moved as the hand means it, does the host hear exactly that, and does it look as it
//! was designed?

mod keyboard;
mod pictures;
mod pointer;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use runout_dsp_core::settings::{
    BandChannel, BandShape, ChainSettings, CutSlope, EqualizerBand, EqualizerParams, parameters,
};
use runout_gui::egui::{Pos2, Rect, Vec2, pos2, vec2};
use runout_gui::equalizer_view::bands;
use runout_gui::equalizer_view::curve::{Curve, CurveView, keys};
use runout_gui::paint;

use crate::bench::{Bench, window};
use crate::stand_in::Call;

/// The plot's plane as the design has it.
const PLANE: Vec2 = vec2(944.0, 292.0);

/// What stands around the plot.
#[derive(Clone, Copy)]
struct Setting {
    chosen: Option<usize>,
    channels: usize,
    sample_rate: f32,
    bypassed: bool,
    /// Whether something like a spectrum is painted behind the curves.
    has_spectrum: bool,
}

impl Default for Setting {
    fn default() -> Self {
        Self { chosen: None, channels: 2, sample_rate: 48_000.0, bypassed: false, has_spectrum: false }
    }
}

/// A window with nothing but the plot.
struct Plot {
    harness: Harness<'static, Bench>,
    chosen: Rc<Cell<Option<usize>>>,
    /// Where the plot lies, as it is handed to what paints behind it.
    area: Rc<Cell<Rect>>,
}

impl Plot {
    fn new(size: Vec2, pixels: f32, bench: Bench, setting: Setting) -> Self {
        let (chosen, area) = (Rc::new(Cell::new(setting.chosen)), Rc::new(Cell::new(Rect::NOTHING)));
        let (held, seen) = (Rc::clone(&chosen), Rc::clone(&area));
        let curve = RefCell::new(Curve::default());
        let harness = window(size, pixels, bench, move |ui, desk| {
            let look = desk.look.with_accent(desk.look.palette.equalizer);
            let mut desk = desk.with_look(look);
            let mut chosen = held.get();
            let view = CurveView {
                sample_rate: setting.sample_rate,
                channels: setting.channels,
                bypassed: setting.bypassed,
                chosen: &mut chosen,
            };
            let plane = ui.max_rect();
            curve.borrow_mut().show(ui, &mut desk, plane, view, |painter, plot| {
                seen.set(plot);
                if setting.has_spectrum {
                    let hill = |step: u8| {
                        let share = f32::from(step) / 60.0;
                        let height = (share * 3.0).sin() * 0.7 + (share * 40.0).sin() * 0.02;
                        pos2(plot.left() + share * plot.width(), plot.bottom() - height * plot.height())
                    };
                    let points: Vec<Pos2> = (0..=60).map(hill).collect();
                    paint::area(painter, &points, plot.bottom(), look.palette.wave.faded(0.4));
                }
            });
            keys(ui, &desk, &mut chosen);
            held.set(chosen);
        });
        let mut plot = Self { harness, chosen, area };
        plot.harness.step();
        plot
    }

    /// The plot at the design's size with some bands in the first slots.
    fn with(bands: &[EqualizerBand]) -> Self {
        let mut plot = Self::new(PLANE, 1.0, Bench::default(), Setting::default());
        plot.set(bands);
        plot
    }

    /// Sets the first slots as a host does.
    fn set(&mut self, bands: &[EqualizerBand]) {
        let mut settings = ChainSettings::default();
        settings.equalizer.bands[..bands.len()].copy_from_slice(bands);
        let ours = parameters().into_iter().filter(|known| known.id.starts_with("equalizer.band."));
        ours.for_each(|known| self.harness.state().host.automate(&known.id, known.get(&settings)));
        self.harness.step();
    }

    fn equalizer(&self) -> EqualizerParams {
        bands::read(&self.harness.state().host)
    }

    fn band(&self, slot: usize) -> EqualizerBand {
        self.equalizer().bands[slot]
    }

    /// The middle of a band's node, by the name that it is known by.
    fn node(&self, slot: usize) -> Pos2 {
        self.harness.get_by_label(&format!("Band {}", slot + 1)).rect().center()
    }

    fn has_node(&self, slot: usize) -> bool {
        self.harness.query_by_label(&format!("Band {}", slot + 1)).is_some()
    }

    /// The place of a frequency in Hz and a gain in dB while the plot reaches to 6 dB, by the design's own drawing: 10 Hz to
    /// 30 kHz over the width.
    fn at(&self, frequency_hz: f32, gain_db: f32) -> Pos2 {
        let area = self.area.get();
        let share = (frequency_hz / 10.0).ln() / 3000f32.ln();
        pos2(area.left() + share * area.width(), area.center().y - gain_db / 6.0 * area.height() / 2.0)
    }

    fn calls(&self) -> Vec<Call> {
        self.harness.state().host.take_calls()
    }

    fn hint(&self) -> (String, String) {
        let (name, sentence) = self.harness.state().hint.text();
        (name.to_owned(), sentence.to_owned())
    }

    /// What a screen reader reads of something by its name.
    fn said(&self, name: &str) -> String {
        self.harness.get_by_label(name).accesskit_node().value().unwrap_or_default()
    }
}

/// A bell that acts.
fn bell(frequency_hz: f32, gain_db: f32, q: f32) -> EqualizerBand {
    EqualizerBand { enabled: true, frequency_hz, gain_db, q, ..EqualizerBand::default() }
}

/// A band that acts without a gain, and as a cut is Butterworth.
fn butterworth(frequency_hz: f32) -> EqualizerBand {
    bell(frequency_hz, 0.0, EqualizerBand::default().q)
}

/// The seven bands of the design's picture.
fn designed() -> [EqualizerBand; 7] {
    let on = |channel, shape, band| EqualizerBand { channel, shape, ..band };
    let (low_cut, high_cut) = (butterworth(28.0), butterworth(21_000.0));
    [
        EqualizerBand { slope_db_per_oct: CutSlope::TwentyFour, ..on(BandChannel::Stereo, BandShape::LowCut, low_cut) },
        on(BandChannel::Mid, BandShape::LowShelf, bell(92.0, 1.6, 0.7)),
        bell(238.0, -2.1, 1.2),
        on(BandChannel::Mid, BandShape::Bell, bell(1150.0, 0.9, 0.8)),
        on(BandChannel::Side, BandShape::Bell, bell(3350.0, -1.5, 2.4)),
        on(BandChannel::Side, BandShape::HighShelf, bell(9600.0, 2.2, 0.7)),
        EqualizerBand { enabled: false, ..on(BandChannel::Stereo, BandShape::HighCut, high_cut) },
    ]
}

/// The calls of one gesture of several values on one parameter of a slot.
fn gesture(slot: usize, field: &str, values: &[f32]) -> Vec<Call> {
    let id = bands::id(slot, field);
    let sets = values.iter().map(|value| Call::Set(id.clone(), *value));
    std::iter::once(Call::Begin(id.clone())).chain(sets).chain([Call::End(id.clone())]).collect()
}
