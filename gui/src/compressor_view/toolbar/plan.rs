//! Where the toolbar's parts stand. From the designed width down the words go first, then what is seldom turned.

use egui::{Pos2, Rect, pos2, vec2};

use crate::look::size;

/// Widths of the segments of phase, with room and without, points.
pub const PHASE: [f32; 2] = [244.0, 186.0];

/// Widths of the button of the detector, of its segments, and of those of the number of bands, points.
const DETECTOR: f32 = 66.0;
const MEASURE: f32 = 92.0;
const COUNT: [f32; 2] = [150.0, 126.0];

/// Widths of `Bands`, of what the compressor does as a whole, of the segments of the channel, and of the button of what is
/// folded, points.
const WORD: f32 = 38.0;
const MAKEUP: f32 = 100.0;
const LOOKAHEAD: f32 = 82.0;
const CHANNEL: f32 = 134.0;
const MORE: f32 = 50.0;

/// The places; what is `None` is folded.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Plan {
    pub phase: Option<Rect>,
    /// Whether there is room for the word phase.
    pub is_roomy: bool,
    pub detector: Option<Rect>,
    pub measure: Option<Rect>,
    /// The left end of `Bands`.
    pub word: Option<Pos2>,
    pub count: Option<Rect>,
    pub channel: Option<Rect>,
    pub makeup: Option<Rect>,
    pub lookahead: Option<Rect>,
    pub more: Option<Rect>,
}

/// What has room.
#[derive(Clone, Copy, Debug)]
struct Shown {
    roomy: bool,
    word: bool,
    whole: bool,
    channel: bool,
    measure: bool,
    more: bool,
}

impl Plan {
    /// The plan of a plane; `has_channel` is whether there is one to choose, `has_more` whether there is something behind the
    /// button besides what is folded.
    pub fn new(plane: Rect, has_channel: bool, has_more: bool) -> Self {
        let all = Shown { roomy: true, word: true, whole: true, channel: has_channel, measure: true, more: has_more };
        let folded = Shown { roomy: false, word: false, whole: false, more: true, ..all };
        let steps = [
            all,
            Shown { word: false, ..all },
            Shown { roomy: false, ..all },
            Shown { roomy: false, word: false, ..all },
            Shown { roomy: true, word: true, ..folded },
            folded,
            Shown { channel: false, ..folded },
        ];
        let least = Shown { channel: false, measure: false, ..folded };
        let plans = steps.into_iter().chain([least]).map(|shown| Self::of(plane, shown));
        plans.into_iter().find(|plan| plan.fits(plane)).unwrap_or_else(|| Self::of(plane, least))
    }

    fn of(plane: Rect, shown: Shown) -> Self {
        let (top, middle) = (plane.center().y - size::CONTROL / 2.0, plane.center().y);
        let rect = |left: f32, width: f32| Rect::from_min_size(pos2(left, top), vec2(width, size::CONTROL));
        let narrow = usize::from(!shown.roomy);
        let phase = rect(plane.left() + size::MARGIN, PHASE[narrow]);
        let gap = if shown.roomy { 12.0 } else { size::CONTROL_GAP };
        let detector = rect(phase.right() + gap, DETECTOR);
        let measure = shown.measure.then(|| rect(detector.right() + size::GAP, MEASURE));
        let left = measure.unwrap_or(detector).right() + gap;
        let word = shown.word.then_some(pos2(left, middle));
        let count = rect(left + if shown.word { WORD } else { 0.0 }, COUNT[narrow]);
        let mut right = plane.right() - size::MARGIN;
        let mut take = |is_shown: bool, width: f32| {
            is_shown.then(|| {
                let taken = rect(right - width, width);
                right -= width + size::CONTROL_GAP;
                taken
            })
        };
        let more = take(shown.more, MORE);
        let lookahead = take(shown.whole, LOOKAHEAD);
        let makeup = take(shown.whole, MAKEUP);
        let channel = take(shown.channel, CHANNEL);
        Self {
            phase: Some(phase),
            is_roomy: shown.roomy,
            detector: Some(detector),
            measure,
            word,
            count: Some(count),
            channel,
            makeup,
            lookahead,
            more,
        }
    }

    /// Everything that stands on it, from the left.
    fn places(&self) -> impl Iterator<Item = Rect> {
        let left = [self.phase, self.detector, self.measure, self.count];
        left.into_iter().chain([self.channel, self.makeup, self.lookahead, self.more]).flatten()
    }

    fn fits(&self, plane: Rect) -> bool {
        let places: Vec<Rect> = self.places().collect();
        let is_inside = places.iter().all(|place| plane.contains_rect(*place));
        is_inside && places.windows(2).all(|pair| pair[1].left() >= pair[0].right() + size::GAP)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plane(width: f32) -> Rect {
        Rect::from_min_size(pos2(3.0, 44.0), vec2(width, 44.0))
    }

    #[test]
    fn nothing_overlaps_or_leaves_at_any_width() {
        for width in 524..2400u16 {
            for (has_channel, has_more) in [(false, false), (false, true), (true, false), (true, true)] {
                let plane = plane(f32::from(width));
                let plan = Plan::new(plane, has_channel, has_more);
                assert!(plan.fits(plane.shrink2(vec2(15.9, 0.0))), "{plan:?} at {width}");
                let is_folded = plan.makeup.is_none() || plan.channel.is_none() && has_channel;
                assert!(plan.more.is_some() || !(is_folded || has_more), "nothing is lost: {plan:?} at {width}");
            }
        }
    }

    #[test]
    fn at_the_designed_width_everything_is_there() {
        let plan = Plan::new(plane(1000.0), true, false);
        assert!(plan.is_roomy && plan.word.is_some() && plan.channel.is_some() && plan.makeup.is_some(), "{plan:?}");
        assert!(plan.more.is_none() && plan.measure.is_some());
    }
}
