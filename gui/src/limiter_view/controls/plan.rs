//! Where the limiter's controls stand. Controls keep their size; what gives way is the space between them, then the arcs
//! of the minor knobs, and in a low window their whole row.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::look::size;

/// Height of the controls; in a low window; and of the row that folds there, points.
const HEIGHT: f32 = 180.0;
const LOW_HEIGHT: f32 = 112.0;
const MORE_HEIGHT: f32 = 48.0;

/// Widths of the window and of the plane below which minor knobs have no arcs, and the height of a low window, points.
const FIELDS_BELOW: f32 = 780.0;
const KNOBS_NEED: f32 = 656.0;
const LOW_BELOW: f32 = 520.0;

/// The width at which everything stands as it was designed, points.
const DESIGNED: f32 = 764.0;

/// The most that gaps grow.
const MOST_GROWTH: f32 = 1.5;

/// Radius of the input gain's knob, of the ceiling's, and of both in a low window, points.
const GAIN_RADIUS: f32 = 40.0;
pub(super) const CEILING_RADIUS: f32 = 30.0;

const STYLE_WIDTH: f32 = 356.0;
const TOGGLE: Vec2 = vec2(56.0, size::CONTROL_TALL);
const AUTO: Vec2 = vec2(44.0, size::CONTROL);

/// What a window leaves room for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Minor knobs are value fields.
    pub fields: bool,
    /// The row of minor controls folds.
    pub low: bool,
}

impl Room {
    /// The room in a window of a size, on a plane of a width; points.
    pub fn new(window: Vec2, plane_width: f32) -> Self {
        let low = window.y < LOW_BELOW;
        Self { fields: low || window.x < FIELDS_BELOW || plane_width < KNOBS_NEED, low }
    }

    /// The height that the controls take, points.
    pub fn height(self, more: bool) -> f32 {
        match (self.low, more) {
            (false, _) => HEIGHT,
            (true, false) => LOW_HEIGHT,
            (true, true) => LOW_HEIGHT + MORE_HEIGHT,
        }
    }
}

/// A minor number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Minor {
    /// The center of its knob.
    Knob(Pos2),
    /// Its value field.
    Field(Rect),
}

/// The places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    pub(super) gain: Pos2,
    pub(super) gain_radius: f32,
    pub(super) ceiling: Pos2,
    pub(super) label_y: f32,
    pub(super) value_y: f32,
    pub(super) separators: [Option<f32>; 2],
    pub(super) style_label: Option<Pos2>,
    pub(super) style: Rect,
    pub(super) minor: [Option<Minor>; 3],
    pub(super) auto: Option<Rect>,
    pub(super) listen_label: Pos2,
    pub(super) delta: Rect,
    pub(super) unity: Rect,
    pub(super) more: Option<Rect>,
}

impl Plan {
    /// The plan of a plane whose height is [`Room::height`].
    pub fn new(plane: Rect, room: Room, more: bool) -> Self {
        match room {
            Room { low: true, .. } => Self::low(plane, more),
            Room { fields: true, .. } => Self::with_fields(plane),
            Room { .. } => Self::with_knobs(plane),
        }
    }

    /// As designed; narrower, the gaps shrink, wider they grow.
    fn with_knobs(plane: Rect) -> Self {
        let at = |x: f32, y: f32| pos2(plane.left() + x, plane.top() + y);
        // From the least width (0) to the designed one (1).
        let room = ((plane.width() - KNOBS_NEED) / (DESIGNED - KNOBS_NEED)).clamp(0.0, 1.0);
        let growth = (plane.width() / DESIGNED).clamp(1.0, MOST_GROWTH);
        let between = |least: f32, designed: f32| (least + (designed - least) * room) * growth;
        let style = between(212.0, 292.0);
        let spread = 24.0 * (growth - 1.0);
        let second = style + STYLE_WIDTH + between(4.0, 24.0) + 3.0 * spread;
        let listen = second + between(8.0, 20.0);
        let minor = |x: f32, gaps: f32| Some(Minor::Knob(at(style + x + gaps * spread, 129.0)));
        Self {
            gain: at(between(58.0, 76.0), 90.0),
            ceiling: at(between(158.0, 192.0), 90.0),
            separators: [Some(plane.left() + between(204.0, 268.0)), Some(plane.left() + second)],
            style_label: Some(at(style, 26.0)),
            style: Rect::from_min_size(at(style, 42.0), vec2(STYLE_WIDTH, size::CONTROL_TALL)),
            minor: [minor(18.0, 0.0), minor(136.0, 1.0), minor(294.0, 3.0)],
            auto: Some(Rect::from_min_size(at(style + 216.0 + 2.0 * spread, 115.0), AUTO)),
            ..Self::common(plane, at(listen, 26.0))
        }
    }

    /// Narrow: the minor numbers are fields under the style.
    fn with_fields(plane: Rect) -> Self {
        let at = |x: f32, y: f32| pos2(plane.left() + x, plane.top() + y);
        let listen = plane.width() - size::MARGIN - TOGGLE.x;
        let style = Rect::from_min_max(at(204.0, 42.0), at(listen - size::MARGIN, 72.0));
        let common = Self::common(plane, at(listen, 26.0));
        let (minor, auto) = fields(style.x_range(), plane.top() + 110.0);
        Self {
            gain: at(58.0, 90.0),
            ceiling: at(154.0, 90.0),
            style_label: Some(at(204.0, 26.0)),
            style,
            minor,
            auto: Some(auto),
            ..common
        }
    }

    /// What stands alike wherever there is height for all.
    fn common(plane: Rect, listen: Pos2) -> Self {
        let delta = Rect::from_min_size(pos2(listen.x, plane.top() + 42.0), TOGGLE);
        Self {
            gain: Pos2::ZERO,
            gain_radius: GAIN_RADIUS,
            ceiling: Pos2::ZERO,
            label_y: plane.top() + 26.0,
            value_y: plane.top() + 150.0,
            separators: [None; 2],
            style_label: None,
            style: Rect::ZERO,
            minor: [None; 3],
            auto: None,
            listen_label: listen,
            delta,
            unity: delta.translate(vec2(0.0, TOGGLE.y + size::CONTROL_GAP)),
            more: None,
        }
    }

    /// Low: listening stands under the style, the minor numbers behind a button.
    fn low(plane: Rect, more: bool) -> Self {
        let at = |x: f32, y: f32| pos2(plane.left() + x, plane.top() + y);
        let right = plane.width() - size::MARGIN;
        let style = Rect::from_min_max(at(204.0, 18.0), at(right, 48.0));
        let delta = Rect::from_min_size(at(252.0, 62.0), TOGGLE);
        let (minor, auto) = fields(style.x_range(), plane.top() + LOW_HEIGHT - 8.0);
        Self {
            gain: at(58.0, 58.0),
            gain_radius: CEILING_RADIUS,
            ceiling: at(154.0, 58.0),
            label_y: plane.top() + 12.0,
            value_y: plane.top() + 102.0,
            separators: [None; 2],
            style_label: None,
            style,
            minor: if more { minor } else { [None; 3] },
            auto: more.then_some(auto),
            listen_label: at(204.0, 77.0),
            delta,
            unity: delta.translate(vec2(TOGGLE.x + size::CONTROL_GAP, 0.0)),
            more: Some(Rect::from_min_size(at(right - TOGGLE.x, 62.0), TOGGLE)),
        }
    }
}

/// The minor numbers as fields, with Auto after the release.
fn fields(x: egui::Rangef, top: f32) -> ([Option<Minor>; 3], Rect) {
    let gap = size::CONTROL_GAP;
    let width = (x.span() - AUTO.x - 3.0 * gap) / 3.0;
    let field = |left: f32| Some(Minor::Field(Rect::from_min_size(pos2(left, top), vec2(width, 40.0))));
    let auto = x.min + 2.0 * (width + gap);
    let auto_rect = Rect::from_min_size(pos2(auto, top + 14.0), vec2(AUTO.x, 26.0));
    ([field(x.min), field(x.min + width + gap), field(auto + AUTO.x + gap)], auto_rect)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that can be hit, except knobs, whose captions are beside.
    fn areas(plan: &Plan) -> Vec<Rect> {
        let knob = |center, radius: f32| Rect::from_center_size(center, Vec2::splat(2.0 * radius));
        let mut areas = vec![knob(plan.gain, plan.gain_radius), knob(plan.ceiling, CEILING_RADIUS)];
        areas.extend([plan.style, plan.delta, plan.unity]);
        areas.extend(plan.auto.into_iter().chain(plan.more));
        areas.extend(plan.minor.iter().flatten().map(|minor| match minor {
            // The widest value beside a minor knob takes 60 points.
            Minor::Knob(center) => knob(*center, 18.0).with_max_x(center.x + 18.0 + 8.0 + 46.0),
            Minor::Field(rect) => *rect,
        }));
        areas
    }

    #[test]
    fn nothing_overlaps_or_leaves_at_any_size() {
        for width in (524..2400).step_by(4) {
            for (height, more) in [(440.0, false), (440.0, true), (620.0, false)] {
                let room = Room::new(vec2(width as f32 + 236.0, height), width as f32);
                let plane = Rect::from_min_size(pos2(7.0, 400.0), vec2(width as f32, room.height(more)));
                let plan = Plan::new(plane, room, more);
                let areas = areas(&plan);
                for (index, area) in areas.iter().enumerate() {
                    assert!(plane.contains_rect(*area), "{area} leaves {plane}");
                    for other in &areas[index + 1..] {
                        let overlap = area.intersect(*other);
                        let apart = overlap.width() <= 0.0 || overlap.height() <= 0.0;
                        assert!(apart, "{area} and {other} at {width}");
                    }
                }
            }
        }
    }

    #[test]
    fn at_the_designed_size_everything_stands_where_it_was_designed() {
        let room = Room::new(vec2(1000.0, 620.0), DESIGNED);
        let plan = Plan::new(Rect::from_min_size(pos2(0.0, 416.0), vec2(DESIGNED, room.height(false))), room, false);
        assert_eq!((plan.gain, plan.ceiling), (pos2(76.0, 506.0), pos2(192.0, 506.0)));
        assert_eq!(plan.separators, [Some(268.0), Some(672.0)]);
        assert_eq!(plan.style, Rect::from_min_size(pos2(292.0, 458.0), vec2(356.0, 30.0)));
        assert_eq!(plan.auto, Some(Rect::from_min_size(pos2(508.0, 531.0), vec2(44.0, 28.0))));
        let knobs = [310.0, 428.0, 586.0].map(|x| Some(Minor::Knob(pos2(x, 545.0))));
        assert_eq!(plan.minor, knobs);
        assert_eq!(plan.delta.min, pos2(692.0, 458.0));
        assert_eq!(plan.unity.min, pos2(692.0, 496.0));
    }
}
