//! The lines of the bands and of their sums.

use egui::{Painter, Pos2, pos2};
use runout_dsp_core::equalizer::kernel::acting_on;

use super::nodes::Node;
use super::scales;
use super::traces::{Subject, Sum, Traces};
use crate::equalizer_view::bands;
use crate::look::{Look, size};
use crate::paint;
use crate::palette::Color;

/// Opacity of a band's fill, and of the chosen one's.
const FILL: f32 = 0.10;
const CHOSEN_FILL: f32 = 0.26;

/// Opacity of the line of a band that is not chosen, and of one that is not heard while another is listened to.
const LINE: f32 = 0.65;
const UNHEARD: f32 = 0.3;

/// From the plot's right edge to the letters of the sums, which stand beside the spectrum's levels, points.
const LETTERS: f32 = 52.0;

/// The distance of two letters, and of a letter from a node, points.
const LETTER_ROOM: f32 = 14.0;
const NODE_ROOM: f32 = 18.0;

/// How often the letters step to the left, out of a node's way.
const LETTER_STEPS: u8 = 8;

/// How much of its channel's color a sum has where it differs from the others.
const TINT: f32 = 0.5;

/// How the lines are shown.
#[derive(Clone, Copy)]
pub struct Lines<'a> {
    /// Where to paint.
    pub painter: &'a Painter,
    /// The colors.
    pub look: &'a Look,
    /// What the lines are of.
    pub subject: &'a Subject,
    /// The lines.
    pub traces: &'a Traces,
    /// The chosen band's slot.
    pub chosen: Option<usize>,
    /// The slot that is listened to alone.
    pub soloed: Option<usize>,
    /// Whether the equalizer is bypassed.
    pub bypassed: bool,
}

impl Lines<'_> {
    /// Paints the bands, the chosen one last, and the sums over them, whose letters keep off the nodes.
    pub fn paint(&self, nodes: &[Node]) {
        let used = self.subject.bands.iter().enumerate().filter(|(_, band)| bands::is_in_use(band));
        used.filter(|(slot, _)| Some(*slot) != self.chosen).for_each(|(slot, _)| self.band(slot));
        if let Some(chosen) = self.chosen {
            self.band(chosen);
        }
        let palette = self.look.palette;
        let is_heard = !self.bypassed && self.soloed.is_none();
        let color = if is_heard { palette.value_text } else { palette.scale_text };
        for sum in self.traces.sums() {
            let own = sum.path.mark(palette).filter(|_| is_heard);
            let tinted = own.map_or(color, |(_, own)| color.mixed(own, TINT));
            self.strong(&sum.runs, tinted);
        }
        self.strong(self.traces.common_runs(), color);
        self.letters(nodes);
    }

    fn strong(&self, runs: &[Vec<Pos2>], color: Color) {
        for run in runs {
            paint::curve(self.painter, run.clone(), size::STROKE_STRONG, color);
        }
    }

    fn band(&self, slot: usize) {
        let Some(band) = self.subject.bands.get(slot) else { return };
        let palette = self.look.palette;
        let is_chosen = self.chosen == Some(slot);
        let acts = band.enabled && acting_on(band.channel, self.subject.channels).is_some();
        if !acts && !is_chosen {
            return;
        }
        let is_heard = self.soloed.is_none_or(|soloed| soloed == slot);
        let color = if acts && !self.bypassed { bands::color(palette, band.channel) } else { palette.scale_text };
        let zero = self.subject.axes.y(0.0);
        let fill = if is_chosen { CHOSEN_FILL } else { FILL };
        let (width, line) = if is_chosen { (size::STROKE, 1.0) } else { (1.0, LINE) };
        if acts && is_heard {
            // As one: between two runs the curve is beyond the edge, and the fill goes along it.
            paint::area(self.painter, &self.traces.band(slot).concat(), zero, color.faded(fill));
        }
        for run in self.traces.band(slot) {
            paint::curve(self.painter, run.clone(), width, color.faded(if is_heard { line } else { UNHEARD }));
        }
    }

    /// The letters of the sums at the right end of their lines, apart from each other and off the nodes.
    fn letters(&self, nodes: &[Node]) {
        let axes = self.subject.axes;
        let right = axes.end_x(self.subject.sample_rate).min(axes.plot.right() - LETTERS);
        let marked = || self.traces.sums().iter().filter_map(|sum| Some((sum, sum.path.mark(self.look.palette)?)));
        for steps in 0..LETTER_STEPS {
            let x = right - f32::from(steps) * LETTER_ROOM;
            let mut letters: Vec<_> = marked().filter_map(|(sum, mark)| Some((end(sum, x)?, mark))).collect();
            letters.sort_by(|one, other| one.0.y.total_cmp(&other.0.y));
            let mut places: Vec<Pos2> = letters.iter().map(|(at, _)| *at).collect();
            spread(&mut places);
            let is_free = |at: &Pos2| nodes.iter().all(|node| node.center.distance(*at) >= NODE_ROOM);
            if steps + 1 < LETTER_STEPS && !places.iter().all(is_free) {
                continue;
            }
            for (at, (_, (letter, color))) in places.into_iter().zip(letters) {
                scales::letter(self.painter, self.look, at, letter, color);
            }
            return;
        }
    }
}

/// The last point of a sum's line left of a place.
fn end(sum: &Sum, x: f32) -> Option<Pos2> {
    sum.runs.iter().flatten().rfind(|point| point.x <= x).copied()
}

/// Moves neighbors in height apart until each has room, about their middle; in order of height.
fn spread(places: &mut [Pos2]) {
    let mut first = 0;
    while first < places.len() {
        let mut last = first;
        while places
            .get(last + 1)
            .is_some_and(|next| next.y - places[last].y < LETTER_ROOM && (next.x - places[last].x).abs() < LETTER_ROOM)
        {
            last += 1;
        }
        let group = &mut places[first..=last];
        let middle = group.iter().map(|at| at.y).sum::<f32>() / group.len() as f32;
        let top = middle - LETTER_ROOM * (group.len() - 1) as f32 / 2.0;
        for (index, at) in group.iter_mut().enumerate().skip(usize::from(first == last)) {
            *at = pos2(at.x, top + LETTER_ROOM * index as f32);
        }
        first = last + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_at_one_height_stand_apart() {
        let mut places = [pos2(5.0, 50.0), pos2(5.0, 50.0), pos2(5.0, 90.0)];
        spread(&mut places);
        assert_eq!(places, [pos2(5.0, 43.0), pos2(5.0, 57.0), pos2(5.0, 90.0)]);
        let mut places = [pos2(5.0, 50.0), pos2(105.0, 50.0)];
        spread(&mut places);
        assert_eq!(places, [pos2(5.0, 50.0), pos2(105.0, 50.0)]);
    }
}
