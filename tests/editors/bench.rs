//! A window without an editor: a place to put widgets.

use egui_kittest::Harness;
use runout_gui::desk::{Desk, Hint};
use runout_gui::egui::{Ui, UiBuilder, Vec2, vec2};
use runout_gui::look::{Look, Theme};
use runout_gui::{fonts, gesture};

use crate::hand::FRAMES;
use crate::stand_in::StandIn;

/// What stands behind the widgets.
#[derive(Default)]
pub struct Bench {
    pub host: StandIn,
    pub hint: Hint,
    pub theme: Theme,
}

/// A window, in points, at a number of pixels a point.
pub fn window<'a>(
    size: Vec2,
    pixels: f32,
    bench: Bench,
    mut contents: impl FnMut(&mut Ui, &mut Desk<'_>) + 'a,
) -> Harness<'a, Bench> {
    let show = move |ui: &mut Ui, bench: &mut Bench| {
        bench.hint.clear();
        let look = Look::new(bench.theme, |palette| palette.limiter);
        let mut desk = Desk::new(look, &bench.host, &mut bench.hint);
        // The whole of the window, as a plugin has it: without the margin that the harness leaves.
        let whole = ui.content_rect();
        ui.scope_builder(UiBuilder::new().max_rect(whole), |ui| {
            ui.set_clip_rect(whole);
            contents(ui, &mut desk);
        });
        gesture::finish(ui, desk.parameters);
    };
    Harness::builder()
        .with_size(size)
        .with_pixels_per_point(pixels)
        .with_step_dt(1.0 / FRAMES)
        .with_max_steps(64)
        .with_render_cursor(false)
        .with_context_setup(fonts::install)
        .wgpu()
        .build_ui_state(show, bench)
}

/// A window of 400 x 300 points.
pub fn small<'a>(contents: impl FnMut(&mut Ui, &mut Desk<'_>) + 'a) -> Harness<'a, Bench> {
    window(vec2(400.0, 300.0), 1.0, Bench::default(), contents)
}
