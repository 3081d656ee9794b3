//! The widgets: one file each. A widget is placed by a rectangle or a center, and says what it is through its accessible
//! name, the name of its parameter.

mod button;
mod caption;
pub mod card;
mod chooser;
mod control;
pub mod correlation_bar;
pub mod deviation;
mod handle;
pub mod hero;
mod knob;
pub(crate) mod list;
pub mod loudness_bars;
pub(crate) mod marks;
pub mod meter_bar;
pub(crate) mod popup;
pub mod reading_row;
pub mod scale;
mod segments;
mod toggle;
pub(crate) mod typing;
mod value_field;
pub mod verdict;

pub use button::Button;
pub(crate) use button::attend;
pub use chooser::Chooser;
pub(crate) use control::{Axis, Travel, wheel_steps};
pub(crate) use handle::{Handle, Held};
pub use knob::Knob;
pub use list::Entry;
pub use segments::Segments;
pub use toggle::Toggle;
pub use value_field::ValueField;
