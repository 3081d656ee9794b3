//! The typeface: Runout Sans, which is Inter with tabular figures, in three weights.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily};

/// A weight of the typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Labels, scales and running text.
    Regular,
    /// Values, and what is on.
    Medium,
    /// Names of sections.
    SemiBold,
}

impl Weight {
    /// Every weight.
    pub const ALL: [Self; 3] = [Self::Regular, Self::Medium, Self::SemiBold];

    /// The name that the weight is known by to egui.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Regular => "Runout Sans Regular",
            Self::Medium => "Runout Sans Medium",
            Self::SemiBold => "Runout Sans SemiBold",
        }
    }

    /// The weight as a family of its own.
    pub fn family(self) -> FontFamily {
        // One name per weight for the life of the program: asked for with every text on every frame.
        static NAMES: std::sync::LazyLock<[Arc<str>; 3]> =
            std::sync::LazyLock::new(|| Weight::ALL.map(|weight| Arc::from(weight.name())));
        FontFamily::Name(Arc::clone(&NAMES[self as usize]))
    }

    const fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../fonts/RunoutSans-Regular.otf"),
            Self::Medium => include_bytes!("../fonts/RunoutSans-Medium.otf"),
            Self::SemiBold => include_bytes!("../fonts/RunoutSans-SemiBold.otf"),
        }
    }
}

/// Gives `context` the typeface; to be called once, before its first pass.
pub fn install(context: &Context) {
    context.set_fonts(definitions());
}

/// The three weights as families, and Regular for whatever egui writes by itself.
fn definitions() -> FontDefinitions {
    let mut definitions = FontDefinitions::empty();
    for weight in Weight::ALL {
        definitions.font_data.insert(weight.name().to_owned(), Arc::new(FontData::from_static(weight.bytes())));
        definitions.families.insert(weight.family(), vec![weight.name().to_owned()]);
    }
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        definitions.families.insert(family, vec![Weight::Regular.name().to_owned()]);
    }
    definitions
}

#[cfg(test)]
mod tests {
    use egui::{Color32, FontId};

    use super::*;

    /// The width of a text at 100 pt, as egui lays it out at 4 pixels a point.
    fn width(context: &Context, text: &str, weight: Weight) -> f32 {
        let font = FontId::new(100.0, weight.family());
        context.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, Color32::WHITE).size().x)
    }

    #[test]
    fn figures_are_tabular_and_the_minus_is_as_wide() {
        let context = Context::default();
        install(&context);
        context.set_pixels_per_point(4.0);
        let mut checked = 0;
        // Two passes: fonts and pixels per point hold from the pass after they were set.
        for pass in 0..2 {
            let mut output = context.run_ui(egui::RawInput::default(), |ui| {
                if pass == 0 {
                    return;
                }
                for weight in Weight::ALL {
                    let figure = width(ui.ctx(), "0000000000", weight) / 10.0;
                    // 0.15 % of the size, a little more than the font kerns 4 by: a tenth of a pixel in the largest text.
                    for digit in '1'..='9' {
                        let found = width(ui.ctx(), &digit.to_string().repeat(10), weight) / 10.0;
                        assert!((found - figure).abs() < 0.15, "{digit} {found} against {figure}, {}", weight.name());
                    }
                    for sign in ["\u{2212}", "+"] {
                        let found = width(ui.ctx(), &sign.repeat(10), weight) / 10.0;
                        // 3 %: the visual language's own bound, so that signs do not push figures about.
                        assert!((found / figure - 1.0).abs() < 0.03, "{sign} {found} against {figure}");
                        checked += 1;
                    }
                }
            });
            // What is not drawn is to be dropped on purpose.
            output.textures_delta.clear();
        }
        assert_eq!(checked, 6);
    }

    #[test]
    fn every_sign_that_is_written_is_in_the_font() {
        let context = Context::default();
        install(&context);
        let mut checked = 0;
        let mut output = context.run_ui(egui::RawInput::default(), |ui| {
            for weight in Weight::ALL {
                let font = FontId::new(12.0, weight.family());
                for sign in "\u{2212}\u{2013}\u{2026}\u{b0}\u{221e}\u{394}\u{b7}\u{2192}%+:/AZaz09".chars() {
                    assert!(ui.ctx().fonts_mut(|fonts| fonts.has_glyph(&font, sign)), "{sign} in {}", weight.name());
                    checked += 1;
                }
                assert!(!ui.ctx().fonts_mut(|fonts| fonts.has_glyph(&font, '\u{4e00}')), "the check can fail");
            }
        });
        output.textures_delta.clear();
        assert!(checked > 30);
    }
}
