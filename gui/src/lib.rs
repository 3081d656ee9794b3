//! The editors of the Runout mastering suite.
//!
//! What every editor stands on: [`palette`] and [`look`] (colors, sizes), [`fonts`] and [`write`](mod@write) (text),
//! [`paint`] and [`icons`], [`numbers`] and [`setting`] (values in words), and [`parameters`], the one trait through which
//! an editor sees its plugin; [`gesture`] is the only place that moves one. [`desk`] is what every widget is handed,
//! [`widgets`] are what an editor is put together from. [`presets`] keep chains as files and as text.

/// The library that everything is drawn with; who shows an editor in a window takes it from here.
pub use egui;

pub mod ballistics;
pub mod compressor_view;
pub mod desk;
pub mod editor;
pub mod editors;
pub mod equalizer_view;
pub mod feed;
pub mod fonts;
pub mod footer;
pub mod gesture;
pub mod header;
pub mod icons;
pub mod keys;
pub mod learn;
pub mod limiter_view;
pub mod look;
pub mod loudness_panel;
pub mod numbers;
pub mod paint;
pub mod palette;
pub mod parameters;
pub mod plots;
pub mod preferences;
pub mod presets;
pub mod rolling;
pub mod setting;
pub mod spectrum_view;
pub mod timeline_view;
pub mod widgets;
pub mod write;
