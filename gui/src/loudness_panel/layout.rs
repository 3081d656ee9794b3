//! Where everything of a loudness panel stands. What it shows decides, and never what it reads: numbers do not move.

use egui::{Rangef, Rect, pos2, vec2};

use crate::look::size;

/// From the panel's upper edge to the target chooser, points.
const TOP: f32 = 14.0;

/// From the chooser's upper edge to the middle of the hero's label.
const HERO: f32 = 54.0;

/// The height that the hero takes from there on, down to the next middle of a line.
const BELOW_HERO: f32 = 86.0;

/// From the hero's label to the deviation's bar, and how far the bar moves the rest down.
const DEVIATION: f32 = 96.0;
const DEVIATION_HEIGHT: f32 = 48.0;

/// From one verdict to the next.
const VERDICT_PITCH: f32 = 24.0;

/// From the last verdict to the two lines of advice and to the line below them.
const ADVICE: [f32; 2] = [19.0, 33.0];
const BELOW_VERDICTS: f32 = 45.0;

/// From a separator to the middle of the first row.
const FIRST_ROW: f32 = 17.0;

/// Distances between rows: the first where all rows have room, else the second.
const ROW_PITCHES: [f32; 2] = [24.0, 22.0];

/// From the middle of the last row to what follows: half a line of text and a gap.
const BELOW_ROW: f32 = 13.0;

/// The learn block: from its separator to its lowest edge.
const LEARN_HEIGHT: f32 = 97.0;

/// Between the blocks above the foot.
const BLOCK_GAP: f32 = 10.0;

/// The foot: the height of its buttons, the gap between them, and from there to the panel's lower edge.
struct Foot {
    button: f32,
    gap: f32,
    bottom: f32,
}
const SPACIOUS: Foot = Foot { button: size::CONTROL, gap: 6.0, bottom: 14.0 };
const TIGHT: Foot = Foot { button: size::HIT, gap: 4.0, bottom: 8.0 };

/// Narrower, and the foot has two lines of buttons.
const ONE_LINE_WIDTH: f32 = 176.0;

/// What a panel has to place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Whether the target wants a loudness.
    pub loudness: bool,
    /// Whether there is a target.
    pub ceiling: bool,
    /// How many rows of readings the editor wants.
    pub rows: usize,
    /// Whether there is something to learn.
    pub learn: bool,
}

/// The places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// From left to right.
    pub x: Rangef,
    /// The target chooser.
    pub chooser: Rect,
    /// The middle of the hero's label.
    pub hero_y: f32,
    /// The upper edge of the deviation's bar.
    pub deviation_top: Option<f32>,
    /// The middle of the verdict on loudness.
    pub loudness_y: Option<f32>,
    /// The middle of the verdict on the ceiling.
    pub ceiling_y: Option<f32>,
    /// The middles of the two lines of advice.
    pub advice_y: [f32; 2],
    /// The separators.
    pub lines_y: [Option<f32>; 2],
    /// The middle of the first row.
    pub first_row_y: f32,
    /// From row to row.
    pub row_pitch: f32,
    /// How many rows have room.
    pub rows: usize,
    /// The separator above the learn block, if it has room.
    pub learn_y: Option<f32>,
    /// Reset.
    pub reset: Rect,
    /// Pause.
    pub pause: Rect,
    /// Reset on play.
    pub reset_on_play: Rect,
}

impl Layout {
    /// Places `contents` in a panel; `place` is the panel's height between its left and right padding.
    pub fn new(place: Rect, contents: Contents) -> Self {
        let x = place.x_range();
        let chooser = Rect::from_min_size(pos2(x.min, place.top() + TOP), vec2(x.span(), size::CONTROL_TALL));
        let hero_y = chooser.top() + HERO;
        let mut y = hero_y + BELOW_HERO;
        let deviation_top = contents.loudness.then_some(hero_y + DEVIATION);
        if contents.loudness {
            y += DEVIATION_HEIGHT;
        }
        let loudness_y = contents.loudness.then_some(y);
        let ceiling_y = contents.ceiling.then_some(if contents.loudness { y + VERDICT_PITCH } else { y });
        let last = ceiling_y.unwrap_or(y);
        let first_line = if contents.ceiling { last + BELOW_VERDICTS } else { last - VERDICT_PITCH / 2.0 };
        let first_row_y = first_line + FIRST_ROW;
        let spacious = foot(place, contents.learn, SPACIOUS);
        // Where not even the first row has room, the foot gives way.
        let is_tight = row_places(1, spacious[0].top() - BLOCK_GAP - first_row_y).1 == 0;
        let [reset, pause, reset_on_play] = if is_tight { foot(place, contents.learn, TIGHT) } else { spacious };
        // One row outranks the learn block: the true peak is what a verdict stands on.
        let learn_y = reset.top() - BLOCK_GAP - LEARN_HEIGHT;
        let learn_y = (contents.learn && first_row_y + FIRST_ROW <= learn_y).then_some(learn_y);
        let rows_end = learn_y.unwrap_or(reset.top() - BLOCK_GAP);
        let (row_pitch, rows) = row_places(contents.rows, rows_end - first_row_y);
        Self {
            x,
            chooser,
            hero_y,
            deviation_top,
            loudness_y,
            ceiling_y,
            advice_y: ADVICE.map(|below| last + below),
            lines_y: [(rows > 0).then_some(first_line), learn_y.is_none().then_some(reset.top() - BLOCK_GAP)],
            first_row_y,
            row_pitch,
            rows,
            learn_y,
            reset,
            pause,
            reset_on_play,
        }
    }
}

/// How far rows are apart and how many have room, from the middle of the first over `room` points.
fn row_places(wanted: usize, room: f32) -> (f32, usize) {
    let fitting = |pitch: f32| ((room - BELOW_ROW) / pitch + 1.0).floor().max(0.0) as usize;
    let pitch = if fitting(ROW_PITCHES[0]) >= wanted { ROW_PITCHES[0] } else { ROW_PITCHES[1] };
    (pitch, fitting(pitch).min(wanted))
}

/// Reset, pause and reset on play at the bottom of a panel: in one line where there is a learn block and the width for it.
fn foot(place: Rect, learn: bool, foot: Foot) -> [Rect; 3] {
    let Foot { button: height, gap, bottom } = foot;
    let (left, bottom, width) = (place.left(), place.bottom() - bottom, place.width());
    let button = |x: f32, bottom: f32, width: f32, height: f32| {
        Rect::from_min_max(pos2(x, bottom - height), pos2(x + width, bottom))
    };
    if learn && width >= ONE_LINE_WIDTH {
        // "Reset on play" is longer than the two others together.
        let short = ((width - 2.0 * gap) * 0.28).round();
        let long = width - 2.0 * (short + gap);
        return [
            button(left, bottom, short, height),
            button(left + short + gap, bottom, short, height),
            button(left + 2.0 * (short + gap), bottom, long, height),
        ];
    }
    let upper = bottom - height - gap;
    let half = (width - gap) / 2.0;
    [
        button(left, upper, half, height),
        button(left + half + gap, upper, half, height),
        button(left, bottom, width, height),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    const METER: Contents = Contents { loudness: true, ceiling: true, rows: 8, learn: false };
    const LIMITER: Contents = Contents { loudness: true, ceiling: true, rows: 5, learn: true };

    fn panel(width: f32, window_height: f32) -> Rect {
        Rect::from_min_max(pos2(18.0, 44.0), pos2(18.0 + width, window_height - 24.0))
    }

    /// The lowest edge of the rows.
    fn rows_end(layout: &Layout) -> f32 {
        layout.first_row_y + layout.row_pitch * (layout.rows as f32 - 1.0) + 7.0
    }

    #[test]
    fn the_upper_half_stands_as_it_was_drawn() {
        let layout = Layout::new(panel(192.0, 620.0), METER);
        assert_eq!((layout.chooser.top(), layout.hero_y), (58.0, 112.0));
        assert_eq!(
            (layout.deviation_top, layout.loudness_y, layout.ceiling_y),
            (Some(208.0), Some(246.0), Some(270.0))
        );
    }

    #[test]
    fn everything_has_room_at_the_default_size() {
        for contents in [METER, LIMITER] {
            let layout = Layout::new(panel(192.0, 620.0), contents);
            assert_eq!((layout.rows, layout.learn_y.is_some()), (contents.rows, contents.learn));
        }
    }

    #[test]
    fn nothing_overlaps_at_any_size() {
        for height in (440..1200).step_by(7) {
            for width in [164.0, 192.0, 240.0] {
                for contents in [METER, LIMITER, Contents { loudness: false, ..LIMITER }] {
                    let layout = Layout::new(panel(width, height as f32), contents);
                    let end = layout.learn_y.unwrap_or(layout.reset.top());
                    assert!(layout.rows >= 1 && rows_end(&layout) <= end, "{layout:?}");
                    assert!(layout.advice_y[1] + 6.0 <= layout.first_row_y - 8.0);
                    assert!(layout.learn_y.is_none_or(|learn_y| learn_y + LEARN_HEIGHT <= layout.reset.top()));
                    assert!(layout.reset_on_play.bottom() <= height as f32 - 24.0);
                    assert!(layout.reset.right() <= layout.pause.left() && layout.reset.height() >= size::HIT);
                }
            }
        }
    }

    #[test]
    fn without_a_loudness_rule_the_rest_moves_up() {
        let layout = Layout::new(panel(192.0, 620.0), Contents { loudness: false, ..METER });
        assert_eq!((layout.deviation_top, layout.loudness_y, layout.ceiling_y), (None, None, Some(198.0)));
        let layout = Layout::new(panel(192.0, 620.0), Contents { loudness: false, ceiling: false, ..METER });
        assert!(layout.ceiling_y.is_none() && layout.lines_y[0] == Some(186.0));
    }
}
