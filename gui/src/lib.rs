//! The editors of the Runout mastering suite.
//!
//! What every editor stands on: [`palette`] and [`look`] (colors, sizes), [`fonts`] and [`write`](mod@write) (text),
//! [`paint`] and [`icons`], [`numbers`] and [`setting`] (values in words), and [`parameters`], the one trait through which
//! an editor sees its plugin; [`gesture`] is the only place that moves one. [`desk`] is what every widget is handed.
//! [`presets`] keep chains as files and as text.

pub mod ballistics;
pub mod desk;
pub mod editor;
pub mod feed;
pub mod fonts;
pub mod gesture;
pub mod icons;
pub mod learn;
pub mod look;
pub mod numbers;
pub mod paint;
pub mod palette;
pub mod parameters;
pub mod preferences;
pub mod presets;
pub mod setting;
pub mod timeline_view;
pub mod write;
