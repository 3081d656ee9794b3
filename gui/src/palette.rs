//! The colors of every editor, dark and light. Three rules: data is the brightest thing, color is spent on meaning, and
//! red is only ever "over".

/// A color, sRGB, 0xRRGGBB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub u32);

impl Color {
    /// Red, green and blue.
    pub const fn channels(self) -> [u8; 3] {
        [(self.0 >> 16) as u8, (self.0 >> 8) as u8, self.0 as u8]
    }

    /// This color with a share of another, 0 to 1, mixed in as sRGB values are.
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let (from, to) = (self.channels(), other.channels());
        let channel = |index: usize| {
            let (from, to) = (f32::from(from[index]), f32::from(to[index]));
            (from + (to - from) * share).round() as u32
        };
        Self(channel(0) << 16 | channel(1) << 8 | channel(2))
    }

    /// This color at an opacity of 0 to 1.
    pub fn faded(self, opacity: f32) -> egui::Color32 {
        let [red, green, blue] = self.channels();
        egui::Color32::from_rgba_unmultiplied(red, green, blue, (opacity.clamp(0.0, 1.0) * 255.0).round() as u8)
    }

    /// Relative luminance after WCAG 2.2, 0 to 1.
    pub fn luminance(self) -> f64 {
        let linear = self.channels().map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    /// Contrast to another color after WCAG 2.2, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

impl From<Color> for egui::Color32 {
    fn from(color: Color) -> Self {
        let [red, green, blue] = color.channels();
        Self::from_rgb(red, green, blue)
    }
}

/// The colors of one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Behind data.
    pub plot: Color,
    /// The frame and behind controls.
    pub window: Color,
    /// Side panels and details.
    pub panel: Color,
    /// A button, a chooser, a knob's cap.
    pub control: Color,
    /// A hovered control, a knob's track.
    pub hover: Color,
    /// Separators.
    pub line: Color,
    /// A plot's grid.
    pub grid: Color,
    /// An outline or handle that must be seen.
    pub edge: Color,
    /// Values.
    pub value_text: Color,
    /// Labels.
    pub label_text: Color,
    /// Scales and units.
    pub scale_text: Color,
    /// Levels and spectra.
    pub wave: Color,
    /// What lies outside of a range that is lit.
    pub ghost: Color,
    /// Accent of the equalizer.
    pub equalizer: Color,
    /// What acts on the middle of the stereo signal; on all of it the equalizer's accent does.
    pub mid: Color,
    /// What acts on its sides.
    pub side: Color,
    /// What acts on its left channel.
    pub left: Color,
    /// What acts on its right channel.
    pub right: Color,
    /// Accent of the compressor.
    pub compressor: Color,
    /// Accent of the imager.
    pub imager: Color,
    /// Accent of the limiter, and gain reduction in every editor.
    pub limiter: Color,
    /// Accent of the meter.
    pub meter: Color,
    /// Master's own accent: neutral.
    pub master: Color,
    /// Within the target; correlation above 0.
    pub ok: Color,
    /// Near a limit; monitoring or bypass is on.
    pub near: Color,
    /// Target or ceiling exceeded.
    pub over: Color,
    /// The tick of the true peak.
    pub true_peak: Color,
    /// Text on a filled accent or meaning.
    pub on: Color,
}

/// The dark theme, the default.
pub const DARK: Palette = Palette {
    plot: Color(0x0D0F12),
    window: Color(0x15181C),
    panel: Color(0x1C2025),
    control: Color(0x2A3037),
    hover: Color(0x363D46),
    line: Color(0x2B3037),
    grid: Color(0x1E2227),
    edge: Color(0x78818E),
    value_text: Color(0xEEF1F5),
    label_text: Color(0xB7BEC8),
    scale_text: Color(0x8D96A3),
    wave: Color(0x5F6A78),
    ghost: Color(0x39424D),
    equalizer: Color(0x45C4E0),
    mid: Color(0xE9D36A),
    side: Color(0xF47CA9),
    left: Color(0x8FB4FF),
    right: Color(0xFF8A4C),
    compressor: Color(0xFF9D5C),
    imager: Color(0xF58BB5),
    limiter: Color(0xAE92FF),
    meter: Color(0x6AA8FF),
    master: Color(0xC8D0DA),
    ok: Color(0x2FC7A6),
    near: Color(0xF4C84F),
    over: Color(0xFF5A4A),
    true_peak: Color(0xFFFFFF),
    on: Color(0x14171B),
};

/// The light theme.
pub const LIGHT: Palette = Palette {
    plot: Color(0xFFFFFF),
    window: Color(0xF2F3F5),
    panel: Color(0xE8EAED),
    control: Color(0xD9DCE1),
    hover: Color(0xCACFD6),
    line: Color(0xD5D9DE),
    grid: Color(0xECEEF1),
    edge: Color(0x757D89),
    value_text: Color(0x14171B),
    label_text: Color(0x3E454F),
    scale_text: Color(0x555D69),
    wave: Color(0x8B95A2),
    ghost: Color(0xCBD1D8),
    equalizer: Color(0x0B6779),
    mid: Color(0x7A6200),
    side: Color(0xB62A62),
    left: Color(0x1557C0),
    right: Color(0xA34806),
    compressor: Color(0xA34806),
    imager: Color(0xB62A62),
    limiter: Color(0x5B3BC9),
    meter: Color(0x1557C0),
    master: Color(0x4D5561),
    ok: Color(0x00725E),
    near: Color(0x946600),
    over: Color(0xA80B22),
    true_peak: Color(0x000000),
    on: Color(0xFFFFFF),
};

#[cfg(test)]
mod tests {
    use super::*;

    /// The least contrast of the colors on every plane.
    fn least(palette: &Palette, colors: &[Color]) -> f64 {
        let planes = [palette.plot, palette.window, palette.panel];
        let pairs = colors.iter().flat_map(|color| planes.map(|plane| color.contrast(plane)));
        pairs.fold(f64::INFINITY, f64::min)
    }

    /// What acts on all of the signal and on its parts.
    fn channels(palette: &Palette) -> [Color; 5] {
        [palette.equalizer, palette.mid, palette.side, palette.left, palette.right]
    }

    #[test]
    fn numbers_on_a_channels_color_can_be_read() {
        for palette in [DARK, LIGHT] {
            for fill in channels(&palette).into_iter().chain([palette.scale_text]) {
                // 5.0: the visual language's own floor for text on a fill.
                assert!(palette.on.contrast(fill) >= 5.0, "{fill:?}: {}", palette.on.contrast(fill));
            }
        }
    }

    #[test]
    fn everything_that_must_be_read_can_be_read() {
        // The floors of the visual language, rounded to its one decimal.
        for (palette, value, label, scale, meaning) in [(DARK, 14.4, 8.7, 5.45, 5.3), (LIGHT, 14.9, 8.0, 5.45, 4.9)] {
            let accents = [palette.equalizer, palette.compressor, palette.imager, palette.limiter, palette.meter];
            assert!(least(&palette, &[palette.value_text]) >= value - 0.05);
            assert!(least(&palette, &[palette.label_text]) >= label - 0.05);
            assert!(least(&palette, &[palette.scale_text]) >= scale);
            assert!(least(&palette, &accents) >= meaning - 0.05);
            assert!(least(&palette, &channels(&palette)) >= meaning - 0.05);
            assert!(least(&palette, &[palette.ok, palette.over]) >= meaning - 0.05);
            assert!(least(&palette, &[palette.edge]) >= 3.0);
        }
        assert!(least(&DARK, &[DARK.near]) >= 5.25 && least(&LIGHT, &[LIGHT.near]) >= 4.15);
    }

    #[test]
    fn colors_mix_channel_by_channel() {
        assert_eq!(Color(0x000000).mixed(Color(0xFF8040), 0.5), Color(0x804020));
        assert_eq!(Color(0x123456).mixed(Color(0xFEDCBA), 0.0), Color(0x123456));
        assert_eq!(Color(0x123456).mixed(Color(0xFEDCBA), 1.0), Color(0xFEDCBA));
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        assert!((Color(0xFFFFFF).contrast(Color(0)) - 21.0).abs() < 1e-9);
        // The known boundary grey of level AA on white.
        assert!((Color(0x767676).contrast(Color(0xFFFFFF)) - 4.54).abs() < 0.005);
    }
}
