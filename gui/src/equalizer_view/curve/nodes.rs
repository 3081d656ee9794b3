//! The nodes that bands are held by: where they are, which one the pointer means, and how they look.

use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};
use runout_dsp_core::equalizer::kernel::acting_on;
use runout_dsp_core::equalizer::prototype::corner_hz;
use runout_dsp_core::settings::{EqualizerBand, EqualizerParams};

use super::axes::Axes;
use crate::equalizer_view::bands;
use crate::look::{Look, size};
use crate::paint;
use crate::write::{self, Role};

/// Radius of a node, of the chosen one and of the ring around it, points.
const RADIUS: f32 = 9.0;
const CHOSEN_RADIUS: f32 = 10.0;
const RING_RADIUS: f32 = 14.0;

/// From the plot's edge to a node whose gain lies beyond it, and from the node's outline to the tip of its arrow, points.
const OUTSIDE: f32 = 6.0;
const ARROW: f32 = 6.0;

/// From a node to the word above it, points.
const WORD: f32 = 22.0;

/// A node.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// The band's slot, from 0.
    pub slot: usize,
    /// Its middle.
    pub center: Pos2,
    /// Whether its gain lies above (-1) or below (1) what the plot shows.
    pub beyond: Option<f32>,
    /// Whether the band acts on the signal.
    pub acts: bool,
}

impl Node {
    fn new(axes: &Axes, sample_rate: f32, channels: usize, slot: usize, band: &EqualizerBand) -> Self {
        let at = axes.place(band, corner_hz(band, f64::from(sample_rate)) as f32);
        // A band at the very end of the axis is still to be seen whole.
        let x = at.x.clamp(axes.plot.left() + CHOSEN_RADIUS, axes.plot.right() - CHOSEN_RADIUS);
        let heights = axes.heights();
        let beyond = match at.y {
            y if y < heights.min - 0.5 => Some(-1.0),
            y if y > heights.max + 0.5 => Some(1.0),
            _ => None,
        };
        let y = match beyond {
            Some(toward) if toward < 0.0 => heights.min + OUTSIDE,
            Some(_) => heights.max - OUTSIDE,
            None => at.y,
        };
        Self { slot, center: pos2(x, y), beyond, acts: band.enabled && acting_on(band.channel, channels).is_some() }
    }

    /// The area that can be hit.
    pub fn rect(&self) -> Rect {
        Rect::from_center_size(self.center, vec2(size::HIT, size::HIT))
    }
}

/// The nodes of the bands in use.
pub fn nodes(axes: &Axes, sample_rate: f32, channels: usize, equalizer: &EqualizerParams) -> Vec<Node> {
    let used = equalizer.bands.iter().enumerate().filter(|(_, band)| bands::is_in_use(band));
    used.map(|(slot, band)| Node::new(axes, sample_rate, channels, slot, band)).collect()
}

/// The slot of the node that a place means: the chosen one if it is hit, else the nearest.
pub fn hit(nodes: &[Node], at: Pos2, chosen: Option<usize>) -> Option<usize> {
    let reach = |node: &Node| if chosen == Some(node.slot) { RING_RADIUS } else { size::HIT / 2.0 };
    let rank = |node: &Node| (chosen != Some(node.slot), node.center.distance(at));
    let within = nodes.iter().filter(|node| node.center.distance(at) <= reach(node));
    let nearest = within.min_by(|one, other| {
        let (one, other) = (rank(one), rank(other));
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
    });
    nearest.map(|node| node.slot)
}

/// How a node stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// It is the chosen one.
    pub is_chosen: bool,
    /// The pointer is on it.
    pub is_hovered: bool,
    /// It is listened to alone.
    pub is_soloed: bool,
    /// It has the keyboard's focus.
    pub is_focused: bool,
}

/// Paints a node.
pub fn paint(painter: &Painter, look: &Look, node: &Node, band: &EqualizerBand, standing: Standing) {
    let palette = look.palette;
    let color = if node.acts { bands::color(palette, band.channel) } else { palette.scale_text };
    let ring = |radius: f32, color: Color32| {
        painter.circle_stroke(node.center, radius, Stroke::new(size::STROKE, color));
    };
    let number = (node.slot + 1).to_string();
    if standing.is_soloed {
        ring(RING_RADIUS, palette.near.into());
    } else if standing.is_chosen {
        ring(RING_RADIUS, color.faded(0.9));
    }
    let (role, text) = if standing.is_chosen {
        painter.circle_filled(node.center, CHOSEN_RADIUS, color);
        (Role::Pill, palette.on)
    } else {
        let fill = if standing.is_hovered { palette.hover } else { palette.plot };
        let width = if node.acts { size::STROKE } else { 1.0 };
        painter.circle(node.center, RADIUS, fill, Stroke::new(width, color));
        (Role::ScaleStrong, if node.acts { palette.value_text } else { palette.scale_text })
    };
    write::text(painter, text, node.center, Align2::CENTER_CENTER, role, &number);
    if standing.is_focused {
        ring(RING_RADIUS + size::FOCUS_OFFSET + size::STROKE, look.accent.into());
    }
    if let Some(toward) = node.beyond {
        let edge = if standing.is_chosen || standing.is_soloed { RING_RADIUS } else { RADIUS };
        let tip = node.center + vec2(0.0, toward * (edge + ARROW));
        let corners = vec![tip, tip + vec2(-4.0, -4.0 * toward), tip + vec2(4.0, -4.0 * toward)];
        painter.add(Shape::convex_polygon(corners, color, Stroke::NONE));
    }
    if standing.is_soloed {
        solo(painter, look, node.center);
    }
}

/// The word above a node that is listened to alone, or below it where there is no room.
fn solo(painter: &Painter, look: &Look, center: Pos2) {
    let is_high = center.y - WORD < painter.clip_rect().top() + WORD;
    let at = center + vec2(0.0, if is_high { WORD } else { -WORD });
    let width = write::width(painter, Role::Scale, "Solo") + 8.0;
    let pad = Rect::from_center_size(at, vec2(width, 14.0));
    paint::rounded(painter, pad, 2.0, look.palette.plot.faded(0.75));
    write::text(painter, look.palette.near, at, Align2::CENTER_CENTER, Role::Scale, "Solo");
}

#[cfg(test)]
mod tests {
    use super::super::axes::GainRange;
    use super::*;
    use runout_dsp_core::settings::{BandChannel, BandShape};

    fn axes() -> Axes {
        Axes::new(Rect::from_min_size(pos2(0.0, 0.0), vec2(944.0, 316.0)), GainRange::Six)
    }

    fn with(bands: &[EqualizerBand]) -> EqualizerParams {
        let mut equalizer = EqualizerParams::default();
        equalizer.bands[..bands.len()].copy_from_slice(bands);
        equalizer
    }

    fn bell(frequency_hz: f32, gain_db: f32) -> EqualizerBand {
        EqualizerBand { enabled: true, frequency_hz, gain_db, ..EqualizerBand::default() }
    }

    #[test]
    fn a_node_beyond_the_range_says_where_it_is() {
        let (axes, equalizer) = (axes(), with(&[bell(100.0, 6.0), bell(100.0, 6.5), bell(100.0, -30.0)]));
        let nodes = nodes(&axes, 48_000.0, 2, &equalizer);
        assert_eq!([nodes[0].beyond, nodes[1].beyond, nodes[2].beyond], [None, Some(-1.0), Some(1.0)]);
        assert!(nodes.iter().all(|node| axes.plot.contains(node.center)));
    }

    #[test]
    fn a_node_above_half_the_rate_is_where_the_band_acts() {
        let high = EqualizerBand { shape: BandShape::HighCut, ..bell(30_000.0, 0.0) };
        let node = nodes(&axes(), 44_100.0, 2, &with(&[high]))[0];
        // 0.499 of 44.1 kHz.
        assert!((axes().frequency().frequency_hz(node.center.x) - 22_006.0).abs() < 10.0);
    }

    #[test]
    fn what_does_not_act_is_known() {
        let side = EqualizerBand { channel: BandChannel::Side, ..bell(100.0, 1.0) };
        let off = EqualizerBand { enabled: false, ..bell(100.0, 1.0) };
        let acts =
            |channels| nodes(&axes(), 48_000.0, channels, &with(&[side, off])).iter().map(|node| node.acts).collect();
        let (stereo, mono): (Vec<bool>, Vec<bool>) = (acts(2), acts(1));
        assert_eq!((stereo, mono), (vec![true, false], vec![false, false]));
    }

    #[test]
    fn the_nearest_node_is_meant_but_the_chosen_one_before_it() {
        let nodes = nodes(&axes(), 48_000.0, 2, &with(&[bell(1000.0, 0.0), bell(1100.0, 0.0)]));
        let between = nodes[0].center.lerp(nodes[1].center, 0.4);
        assert_eq!(hit(&nodes, between, None), Some(0));
        assert_eq!(hit(&nodes, between, Some(1)), Some(1));
        let edge = nodes[0].center - vec2(12.0, 0.0);
        assert_eq!(hit(&nodes, edge, None), Some(0));
        assert_eq!(hit(&nodes, edge - vec2(0.5, 0.0), None), None);
        assert_eq!(hit(&nodes, edge - vec2(2.0, 0.0), Some(0)), Some(0));
    }
}
