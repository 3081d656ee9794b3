//! Where everything of the meter's editor stands.

use egui::{Rangef, Rect, pos2, vec2};

use crate::editors::planes::{Panel, Panels, body, is_low, is_narrow};
use crate::look::size;

/// The panel, at the left.
const PANELS: Panels = Panels {
    narrow: Panel { width: 196.0, padding: 14.0 },
    usual: Panel { width: 228.0, padding: 18.0 },
    wide: Panel { width: 280.0, padding: 20.0 },
};

/// From the planes' upper edge to the titles' middle, and to the plots.
const TITLE: f32 = 20.0;
const PLOTS: f32 = 40.0;

/// From the planes' lower edge up to the plots, the time labels, the middle of the correlation's title.
const PLOTS_BOTTOM: f32 = 76.0;
const TIMES: f32 = 62.0;
const CORRELATION: f32 = 42.0;

/// Between history and true peaks; the title of the latter stands that far above them.
const LANE_GAP: f32 = 34.0;
const LANE_TITLE: f32 = 16.0;

/// The true peaks' share of the height of both lanes, and their bounds.
const LANE_SHARE: f32 = 0.224;
const LANE_HEIGHT: Rangef = Rangef { min: 56.0, max: 160.0 };

/// From the panel to the plots: the numbers of their axes.
const AXIS: f32 = 40.0;

/// From the plots to the strip with the distribution between them, and without it.
const WITH_DISTRIBUTION: f32 = 90.0;
const WITHOUT_DISTRIBUTION: f32 = 16.0;

/// From the plots to the distribution.
const DISTRIBUTION: f32 = 16.0;

/// Plots that would be narrower drop the distribution.
const LEAST_PLOTS: f32 = 220.0;

/// From the strip's line to the loudness bars, from these to the level bars, from these to the window's edge.
const LOUDNESS: f32 = 14.0;
const LEVELS: f32 = 70.0;
const LEVEL_NUMBERS: f32 = 28.0;

/// What the window has to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The number of channels.
    pub channels: usize,
    /// Whether the true peaks are shown even where there is little height.
    pub true_peak: bool,
}

/// The places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// Whether the window is narrow.
    pub is_narrow: bool,
    /// The plane of the panel.
    pub panel: Rect,
    /// The panel between its paddings.
    pub panel_content: Rect,
    /// The plane of the plots.
    pub plots: Rect,
    /// The plots, from left to right.
    pub x: Rangef,
    /// The middle of the upper titles.
    pub title_y: f32,
    /// The loudness history.
    pub history: Rangef,
    /// The true peaks, where they have room.
    pub peaks: Option<Rangef>,
    /// The switch that shows them, where they have not.
    pub more: Option<Rect>,
    /// The middle of the true peaks' title.
    pub peaks_title_y: f32,
    /// The middle of the times.
    pub times_y: f32,
    /// The middle of the correlation's title.
    pub correlation_y: f32,
    /// The left edge of the distribution, where it has room.
    pub distribution: Option<f32>,
    /// The line at the left of the strip.
    pub strip_x: f32,
    /// The bars of the strip.
    pub bars: Rangef,
    /// The left edge of the loudness bars.
    pub loudness_x: f32,
    /// The left edge of the level bars.
    pub levels_x: f32,
    /// From one level bar to the next, and the width of a bar.
    pub level_pitch: f32,
    /// Width of a level bar.
    pub level_width: f32,
    /// The right edge of the level scale's numbers.
    pub level_numbers_x: f32,
    /// The middles of the values below the bars and of their units.
    pub values_y: [f32; 2],
    /// The switch of the loudness scale.
    pub scale: Rect,
}

impl Layout {
    /// Places everything in a window.
    pub fn new(window: Rect, wanted: Wanted) -> Self {
        let Panel { width, padding } = PANELS.at(window.width());
        let (panel, plots) = body(window).split_left_right_at_x(window.left() + width);
        let body = panel.y_range();
        let (level_width, level_pitch) = match wanted.channels {
            0..=2 => (16.0, 20.0),
            3..=6 => (12.0, 15.0),
            _ => (10.0, 13.0),
        };
        let levels_x = window.right() - LEVEL_NUMBERS - level_pitch * wanted.channels.max(1) as f32;
        let loudness_x = levels_x - LEVELS;
        let strip_x = loudness_x - LOUDNESS;
        let left = panel.right() + AXIS;
        let has_distribution = strip_x - WITH_DISTRIBUTION - left >= LEAST_PLOTS;
        let right = strip_x - if has_distribution { WITH_DISTRIBUTION } else { WITHOUT_DISTRIBUTION };
        let lanes = Rangef::new(body.min + PLOTS, body.max - PLOTS_BOTTOM);
        let is_low = is_low(window.height());
        let shows_peaks = !is_low || wanted.true_peak;
        let lane_height = LANE_HEIGHT.clamp(LANE_SHARE * (lanes.span() - LANE_GAP)).round();
        let peaks = shows_peaks.then(|| Rangef::new(lanes.max - lane_height, lanes.max));
        let history = peaks.map_or(lanes, |peaks| Rangef::new(lanes.min, peaks.min - LANE_GAP));
        let title_y = body.min + TITLE;
        let more = Rect::from_center_size(pos2(right - 38.0, title_y), vec2(76.0, size::HIT));
        Self {
            is_narrow: is_narrow(window.width()),
            panel,
            panel_content: panel.shrink2(vec2(padding, 0.0)),
            plots,
            x: Rangef::new(left, right),
            title_y,
            history,
            peaks,
            more: is_low.then_some(more),
            peaks_title_y: lanes.max - lane_height - LANE_TITLE,
            times_y: body.max - TIMES,
            correlation_y: body.max - CORRELATION,
            distribution: has_distribution.then_some(right + DISTRIBUTION),
            strip_x,
            bars: lanes,
            loudness_x,
            levels_x,
            level_pitch,
            level_width,
            level_numbers_x: window.right() - 8.0,
            values_y: [body.max - 56.0, body.max - 40.0],
            scale: Rect::from_min_size(pos2(loudness_x - 4.0, body.max - 31.0), vec2(66.0, size::HIT)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(width: f32, height: f32, channels: usize, true_peak: bool) -> Layout {
        Layout::new(Rect::from_min_size(pos2(0.0, 0.0), vec2(width, height)), Wanted { channels, true_peak })
    }

    #[test]
    fn the_default_size_stands_as_it_was_drawn() {
        let layout = layout(1000.0, 620.0, 2, false);
        assert_eq!((layout.x, layout.history), (Rangef::new(268.0, 758.0), Rangef::new(84.0, 396.0)));
        assert_eq!(
            (layout.peaks, layout.times_y, layout.correlation_y),
            (Some(Rangef::new(430.0, 520.0)), 534.0, 554.0)
        );
        assert_eq!((layout.strip_x, layout.loudness_x, layout.levels_x), (848.0, 862.0, 932.0));
        assert_eq!((layout.panel.right(), layout.distribution, layout.values_y), (228.0, Some(774.0), [540.0, 556.0]));
    }

    #[test]
    fn every_size_and_channel_count_leaves_room_for_the_plots() {
        for (width, height) in [(720.0, 440.0), (859.0, 519.0), (1000.0, 620.0), (1401.0, 800.0), (2560.0, 1400.0)] {
            for channels in [0, 1, 2, 6, 12] {
                for true_peak in [false, true] {
                    let layout = layout(width, height, channels, true_peak);
                    assert!(layout.x.span() >= 200.0, "{width} {channels}: {:?}", layout.x);
                    assert!(layout.history.span() >= 130.0, "{height}: {:?}", layout.history);
                    assert!(layout.peaks.is_none_or(|peaks| peaks.min > layout.history.max));
                    assert_eq!(layout.peaks.is_some(), !is_low(height) || true_peak);
                    assert_eq!(layout.more.is_some(), is_low(height));
                    let end = layout.levels_x + layout.level_pitch * channels as f32;
                    assert!(end <= layout.level_numbers_x - 14.0 && layout.scale.bottom() <= height - size::FOOTER);
                }
            }
        }
    }
}
