//! The widgets: one file each. A widget is placed by a rectangle or a center, and says what it is through its accessible
//! name, the name of its parameter.

mod button;
mod caption;
mod control;
pub mod correlation_bar;
pub mod deviation;
pub mod hero;
mod knob;
pub mod loudness_bars;
pub mod reading_row;
mod segments;
mod toggle;
mod typing;
pub mod verdict;

pub use button::Button;
pub use knob::Knob;
pub use segments::Segments;
pub use toggle::Toggle;
