//! Where the toolbar's parts stand. From the designed width down the words go first, then what is seldom turned.

use egui::{Pos2, Rect, pos2, vec2};

use crate::look::size;

/// Widths of the segments of phase, and of the list of resolutions, with room and without, points.
const PHASE: [f32; 2] = [190.0, 174.0];
const RESOLUTION: [f32; 2] = [100.0, 92.0];

/// Widths of pre, post, freeze and hold or the button in its place, of smoothing, and of the slope, points.
const TOGGLES: [f32; 4] = [42.0, 46.0, 60.0, 50.0];
const SMOOTHING: f32 = 58.0;
const SLOPE: f32 = 108.0;

/// Widths of words: `accurate from 1.15 kHz`, `Analyzer`, `Output +12.5 dB`, points.
const ACCURACY: f32 = 128.0;
const ANALYZER: f32 = 54.0;
const OUTPUT: f32 = 104.0;

/// The places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    pub phase: Rect,
    pub resolution: Rect,
    /// The left end of what the kernel comes to, and of that there is no latency, in its place.
    pub accuracy: Option<Pos2>,
    pub no_latency: Pos2,
    pub output: Option<Rect>,
    /// The left end of the analyzer's name.
    pub analyzer: Option<Pos2>,
    /// Pre, post and freeze.
    pub toggles: [Rect; 3],
    /// What is seldom turned.
    pub detail: Detail,
}

/// What of the analyzer is seldom turned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Detail {
    /// Each at its place.
    Open { hold: Rect, smoothing: Rect, slope: Rect },
    /// All of it behind a button.
    Folded(Rect),
}

/// What has room, besides phase, resolution and toggles.
#[derive(Clone, Copy, Debug)]
struct Shown {
    roomy: bool,
    detail: bool,
    analyzer: bool,
    output: bool,
    accuracy: bool,
}

impl Shown {
    /// The width that everything takes, points.
    fn width(self) -> f32 {
        let one = |is_shown: bool, width: f32| if is_shown { width } else { 0.0 };
        let gap = size::CONTROL_GAP;
        let left = PHASE[usize::from(!self.roomy)] + gap + RESOLUTION[usize::from(!self.roomy)];
        let toggles = TOGGLES.iter().sum::<f32>() + 3.0 * size::GAP;
        let detail = one(self.detail, size::GAP + SMOOTHING + gap + SLOPE);
        let words = one(self.accuracy, gap + ACCURACY) + one(self.output, gap + OUTPUT) + one(self.analyzer, ANALYZER);
        2.0 * size::MARGIN + left + gap + toggles + detail + words
    }
}

impl Plan {
    /// The plan of a plane; `has_output` is whether the output gain stands on it.
    pub fn new(plane: Rect, has_output: bool) -> Self {
        let all = Shown { roomy: true, detail: true, analyzer: true, output: has_output, accuracy: true };
        let steps = [
            all,
            Shown { analyzer: false, ..all },
            Shown { analyzer: false, accuracy: false, ..all },
            Shown { roomy: false, analyzer: false, accuracy: false, ..all },
            Shown { roomy: false, analyzer: false, accuracy: false, detail: false, ..all },
        ];
        let least = Shown { roomy: false, analyzer: false, accuracy: false, detail: false, output: false };
        let shown = steps.into_iter().find(|shown| shown.width() <= plane.width()).unwrap_or(least);
        Self::of(plane, shown)
    }

    fn of(plane: Rect, shown: Shown) -> Self {
        let (top, middle) = (plane.center().y - size::CONTROL / 2.0, plane.center().y);
        let rect = |left: f32, width: f32| Rect::from_min_size(pos2(left, top), vec2(width, size::CONTROL));
        let narrow = usize::from(!shown.roomy);
        let phase = rect(plane.left() + size::MARGIN, PHASE[narrow]);
        let resolution = rect(phase.right() + if shown.roomy { 10.0 } else { 6.0 }, RESOLUTION[narrow]);
        let words = resolution.right() + 12.0;
        let mut right = plane.right() - size::MARGIN;
        let mut take = |width: f32, gap: f32| {
            right -= width;
            let taken = rect(right, width);
            right -= gap;
            taken
        };
        let detail = shown.detail.then(|| {
            let slope = take(SLOPE, size::CONTROL_GAP);
            (take(SMOOTHING, size::GAP), slope)
        });
        let [pre, post, freeze, hold] = TOGGLES;
        let hold = take(hold, size::GAP);
        let detail = match detail {
            Some((smoothing, slope)) => Detail::Open { hold, smoothing, slope },
            None => Detail::Folded(hold),
        };
        let freeze = take(freeze, size::GAP);
        let post = take(post, size::GAP);
        let pre = take(pre, size::GAP);
        let analyzer = shown.analyzer.then(|| pos2(pre.left() - ANALYZER - 2.0, middle));
        let right = pre.left() - if shown.analyzer { ANALYZER + 2.0 } else { 0.0 };
        Self {
            phase,
            resolution,
            accuracy: shown.accuracy.then_some(pos2(words, middle)),
            no_latency: pos2(resolution.left() + 4.0, middle),
            output: shown.output.then(|| rect(right - size::CONTROL_GAP - OUTPUT, OUTPUT)),
            analyzer,
            toggles: [pre, post, freeze],
            detail,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overlaps_or_leaves_at_any_width() {
        for width in 524..2400u16 {
            for has_output in [false, true] {
                let plane = Rect::from_min_size(pos2(3.0, 44.0), vec2(f32::from(width), 44.0));
                let plan = Plan::new(plane, has_output);
                let word =
                    |at: Pos2, width: f32| Rect::from_center_size(at + vec2(width / 2.0, 0.0), vec2(width, 12.0));
                let mut areas = vec![plan.phase, plan.resolution];
                areas.extend(plan.accuracy.map(|at| word(at, 116.0)));
                areas.extend(plan.output);
                areas.extend(plan.analyzer.map(|at| word(at, ANALYZER)));
                areas.extend(plan.toggles);
                match plan.detail {
                    Detail::Open { hold, smoothing, slope } => areas.extend([hold, smoothing, slope]),
                    Detail::Folded(button) => areas.push(button),
                }
                for pair in areas.windows(2) {
                    assert!(pair[0].right() <= pair[1].left(), "{pair:?} at {width}");
                }
                assert!(areas.iter().all(|area| plane.shrink2(vec2(15.9, 0.0)).contains_rect(*area)), "{width}");
            }
        }
    }

    #[test]
    fn at_the_designed_width_everything_is_there() {
        let plan = |has_output| Plan::new(Rect::from_min_size(pos2(0.0, 44.0), vec2(1000.0, 44.0)), has_output);
        let own = plan(false);
        assert_eq!(own.phase, Rect::from_min_size(pos2(16.0, 52.0), vec2(190.0, 28.0)));
        assert_eq!(own.resolution, Rect::from_min_size(pos2(216.0, 52.0), vec2(100.0, 28.0)));
        assert_eq!((own.accuracy, own.output), (Some(pos2(328.0, 66.0)), None));
        let is_open = |plan: &Plan| matches!(plan.detail, Detail::Open { .. });
        assert!(own.analyzer.is_some() && is_open(&own));
        assert!(plan(true).output.is_some() && is_open(&plan(true)));
    }
}
