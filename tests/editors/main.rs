//! Can every control be found by its name and moved in every way, does the host hear exactly what it should, and does it
//! look as it was designed?

mod bench;
mod choosing;
mod compressor;
mod compressor_plot;
#[expect(clippy::approx_constant, reason = "four digits are the step of Q")]
mod equalizer;
mod equalizer_curve;
mod frame;
mod gestures;
mod hand;
mod imager;
mod imager_live;
mod imager_pictures;
mod insert;
mod keyboard;
mod limiter;
mod loudness_panel;
mod master;
mod master_cards;
mod meter;
mod pictures;
mod pointer;
mod shots;
mod song;
mod spectrum;
mod stand_in;
mod typing;
