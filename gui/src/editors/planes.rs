//! The planes that every editor has: what lies between header and footer, and the panel at its side.

use egui::Rect;

use crate::look::size;

/// A narrower window has a narrow panel, a wider one a wide one, points.
const NARROW_BELOW: f32 = 860.0;
const WIDE_ABOVE: f32 = 1400.0;

/// A lower window folds what is second, points.
const LOW_BELOW: f32 = 520.0;

/// A side panel: its width, and from its edges to its contents, points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Panel {
    pub width: f32,
    pub padding: f32,
}

/// The same panel in a narrow window, as usual, and in a wide one.
#[derive(Clone, Copy, Debug)]
pub struct Panels {
    pub narrow: Panel,
    pub usual: Panel,
    pub wide: Panel,
}

/// The panel of what limits.
pub const LOUDNESS: Panels = Panels {
    narrow: Panel { width: 196.0, padding: 16.0 },
    usual: Panel { width: 236.0, padding: size::PANEL_PADDING },
    wide: Panel { width: 280.0, padding: size::PANEL_PADDING },
};

impl Panels {
    /// The panel in a window of this width.
    pub fn at(&self, window_width: f32) -> Panel {
        match window_width {
            _ if is_narrow(window_width) => self.narrow,
            _ if is_wide(window_width) => self.wide,
            _ => self.usual,
        }
    }
}

/// Whether a window of this width is narrow.
pub fn is_narrow(window_width: f32) -> bool {
    window_width < NARROW_BELOW
}

/// Whether a window of this width is wide.
pub fn is_wide(window_width: f32) -> bool {
    window_width > WIDE_ABOVE
}

/// Whether a window of this height is low.
pub fn is_low(window_height: f32) -> bool {
    window_height < LOW_BELOW
}

/// What lies between header and footer.
pub fn body(window: Rect) -> Rect {
    Rect::from_x_y_ranges(window.x_range(), window.top() + size::HEADER..=window.bottom() - size::FOOTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_grows_with_its_window() {
        let widths = [720.0, 859.0, 860.0, 1400.0, 1401.0].map(|width| LOUDNESS.at(width).width);
        assert_eq!(widths, [196.0, 196.0, 236.0, 236.0, 280.0]);
    }
}
