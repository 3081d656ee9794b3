//! What the tables of settings are written with: kinds in short, and macros for choices and fields.

use super::{Kind, Scale, Step, Unit};

/// A number on a linear travel.
pub(in crate::settings) const fn linear(lowest: f32, highest: f32, step: Step, unit: Unit) -> Kind {
    Kind::Number { lowest, highest, step, unit, scale: Scale::Linear }
}

/// A number on a logarithmic travel.
pub(in crate::settings) const fn logarithmic(lowest: f32, highest: f32, step: Step, unit: Unit) -> Kind {
    Kind::Number { lowest, highest, step, unit, scale: Scale::Logarithmic }
}

/// A level or gain in dB.
pub(in crate::settings) const fn decibels(lowest: f32, highest: f32) -> Kind {
    linear(lowest, highest, Step::Hundredth, Unit::Db)
}

/// A share from `lowest` to `highest`.
pub(in crate::settings) const fn share(lowest: f32, highest: f32) -> Kind {
    linear(lowest, highest, Step::Thousandth, Unit::None)
}

/// Defines a choice: an enumeration whose words are those of the chain file.
macro_rules! choice {
    ($(#[$outer:meta])* $name:ident { $($(#[$inner:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$inner])* $variant),+ }

        impl $name {
            /// Every value, in the order of the words.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The words of a chain file.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// The place among [`Self::ALL`].
            pub fn index(self) -> f32 {
                self as u8 as f32
            }

            /// The value at a place; one beyond the ends is the nearest.
            pub fn from_index(index: f32) -> Self {
                Self::ALL[(index.round().max(0.0) as usize).min(Self::ALL.len() - 1)]
            }

            /// The word of a chain file.
            pub fn word(self) -> &'static str {
                Self::WORDS[self as usize]
            }
        }
    };
}
pub(in crate::settings) use choice;

/// Describes one field: key, name, help, kind and the place in the parameters.
macro_rules! field {
    ($place:ident, $name:literal, $kind:expr, $help:literal) => {
        field!(@ $place, $name, $kind, $help, crate::settings::field::Purpose::Sound)
    };
    ($place:ident, $name:literal, $kind:expr, $help:literal, $purpose:ident) => {
        field!(@ $place, $name, $kind, $help, crate::settings::field::Purpose::$purpose)
    };
    (@ $place:ident, $name:literal, $kind:expr, $help:literal, $purpose:expr) => {
        crate::settings::field::Field {
            key: stringify!($place),
            name: $name,
            help: $help,
            kind: $kind,
            purpose: $purpose,
            get: |params| crate::settings::field::Stored::to_value(params.$place),
            set: |params, value| params.$place = crate::settings::field::Stored::from_value(value),
        }
    };
}
pub(in crate::settings) use field;

/// A choice field of the enumeration given.
macro_rules! choice_of {
    ($name:ident) => {
        crate::settings::field::Kind::Choice($name::WORDS)
    };
}
pub(in crate::settings) use choice_of;

/// How a field's own type stands as a number.
pub(in crate::settings) trait Stored: Copy {
    /// The number of a value.
    fn to_value(self) -> f32;
    /// The value of a number.
    fn from_value(value: f32) -> Self;
}

impl Stored for f32 {
    fn to_value(self) -> f32 {
        self
    }
    fn from_value(value: f32) -> Self {
        value
    }
}

impl Stored for bool {
    fn to_value(self) -> f32 {
        f32::from(u8::from(self))
    }
    fn from_value(value: f32) -> Self {
        value >= 0.5
    }
}

impl Stored for u32 {
    fn to_value(self) -> f32 {
        self as f32
    }
    fn from_value(value: f32) -> Self {
        value as Self
    }
}

/// Makes a choice a stored value.
macro_rules! stored_choice {
    ($($name:ty),+) => {
        $(impl crate::settings::field::Stored for $name {
            fn to_value(self) -> f32 {
                self.index()
            }
            fn from_value(value: f32) -> Self {
                Self::from_index(value)
            }
        })+
    };
}
pub(in crate::settings) use stored_choice;
