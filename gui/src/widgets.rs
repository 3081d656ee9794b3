//! The widgets: one file each. A widget is placed by a rectangle or a center, and says what it is through its accessible
//! name, the name of its parameter.

mod button;
mod caption;
mod control;
mod knob;
mod segments;
mod toggle;
mod typing;

pub use button::Button;
pub use knob::Knob;
pub use segments::Segments;
pub use toggle::Toggle;
