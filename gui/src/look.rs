//! How an editor looks: theme, accent, and every size of the frame and its controls, once.

use crate::palette::{Color, DARK, LIGHT, Palette};

/// Dark or light.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Light text on dark planes.
    #[default]
    Dark,
    /// Dark text on light planes.
    Light,
}

impl Theme {
    /// The theme's colors.
    pub const fn palette(self) -> &'static Palette {
        match self {
            Self::Dark => &DARK,
            Self::Light => &LIGHT,
        }
    }
}

/// The colors that an editor draws with.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// The theme's colors.
    pub palette: &'static Palette,
    /// What can be moved: the color of the module on show.
    pub accent: Color,
    /// The theme.
    pub theme: Theme,
}

impl Look {
    /// The look of a theme with one of its accents: `Look::new(theme, |palette| palette.limiter)`.
    pub fn new(theme: Theme, accent: impl FnOnce(&Palette) -> Color) -> Self {
        let palette = theme.palette();
        Self { palette, accent: accent(palette), theme }
    }

    /// The same theme with another accent.
    pub fn with_accent(self, accent: Color) -> Self {
        Self { accent, ..self }
    }

    /// The fill of the chosen one of several segments, in the colors of `meaning`.
    pub fn chosen_fill(&self, meaning: Color) -> Color {
        let share = match self.theme {
            Theme::Dark => 0.20,
            Theme::Light => 0.16,
        };
        self.palette.control.mixed(meaning, share)
    }

    /// The fill of a toggle that is on, in the colors of `meaning`.
    pub fn lit_fill(&self, meaning: Color) -> Color {
        let share = match self.theme {
            Theme::Dark => 0.22,
            Theme::Light => 0.12,
        };
        self.palette.window.mixed(meaning, share)
    }
}

/// Sizes in points.
pub mod size {
    /// Height of the header.
    pub const HEADER: f32 = 44.0;
    /// Height of the footer.
    pub const FOOTER: f32 = 24.0;
    /// Height of a button, segment or chooser in a toolbar or header.
    pub const CONTROL: f32 = 28.0;
    /// Height of one that stands by itself.
    pub const CONTROL_TALL: f32 = 30.0;
    /// Height of a row in a list.
    pub const LIST_ROW: f32 = 22.0;
    /// Height of a row of readings.
    pub const READING_ROW: f32 = 25.0;
    /// Between what belongs together.
    pub const GAP: f32 = 4.0;
    /// Between controls.
    pub const CONTROL_GAP: f32 = 8.0;
    /// From the window's edge.
    pub const MARGIN: f32 = 16.0;
    /// From a panel's edge.
    pub const PANEL_PADDING: f32 = 20.0;
    /// Corners of controls.
    pub const RADIUS: f32 = 3.0;
    /// Corners of cards.
    pub const CARD_RADIUS: f32 = 4.0;
    /// Side of the smallest area that can be hit.
    pub const HIT: f32 = 24.0;
    /// Strokes of icons and focus rings, and a curve with a past.
    pub const STROKE: f32 = 1.5;
    /// A curve that matters, and the bar under what is chosen.
    pub const STROKE_STRONG: f32 = 2.0;
    /// From a control to its focus ring.
    pub const FOCUS_OFFSET: f32 = 2.0;
}
