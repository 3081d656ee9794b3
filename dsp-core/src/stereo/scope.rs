//! The goniometer: the newest frames as points, middle upwards and side to the right.

/// How many points are kept.
pub const POINTS: usize = 2048;

/// Points a second of sound, about: they last for a third of a second.
const POINTS_PER_S: f64 = 6000.0;

/// The newest points of a stereo signal.
#[derive(Clone, Debug)]
pub struct Scope {
    points: Box<[[f32; 2]]>,
    /// Where the next point goes.
    next: usize,
    /// Every how many frames there is a point, and how many are still to pass.
    every: usize,
    left: usize,
}

impl Scope {
    /// A scope of a sample rate, Hz, that has seen silence. Allocates, nothing else does.
    pub fn new(sample_rate: f64) -> Self {
        let every = (sample_rate / POINTS_PER_S).round().max(1.0) as usize;
        Self { points: vec![[0.0; 2]; POINTS].into(), next: 0, every, left: 0 }
    }

    /// Takes frames, left and right. What is not a number counts as silence.
    pub fn push(&mut self, frames: &[[f32; 2]]) {
        for [left, right] in frames {
            if self.left > 0 {
                self.left -= 1;
                continue;
            }
            self.left = self.every - 1;
            let [left, right] = [left, right].map(|sample| if sample.is_finite() { *sample } else { 0.0 });
            // A diamond: what is only left lies on its upper left side.
            self.points[self.next] = [0.5 * (right - left), 0.5 * (left + right)];
            self.next = (self.next + 1) % POINTS;
        }
    }

    /// The points from the oldest, each to the right and upwards: full scale of one channel is half of each.
    pub fn points(&self) -> impl ExactSizeIterator<Item = [f32; 2]> + '_ {
        (0..POINTS).map(|place| self.points[(self.next + place) % POINTS])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_points_come_last_and_lie_where_they_belong() {
        let mut scope = Scope::new(6000.0);
        scope.push(&[[1.0, 1.0], [1.0, 0.0], [0.0, 1.0], [1.0, -1.0]]);
        let points: Vec<[f32; 2]> = scope.points().collect();
        assert_eq!(points.len(), POINTS);
        assert_eq!(points[POINTS - 4..], [[0.0, 1.0], [-0.5, 0.5], [0.5, 0.5], [-1.0, 0.0]]);
    }

    #[test]
    fn higher_rates_have_as_many_points_a_second() {
        for sample_rate in [48_000.0, 192_000.0] {
            let mut scope = Scope::new(sample_rate);
            scope.push(&vec![[1.0, 1.0]; (0.1 * sample_rate) as usize]);
            assert_eq!(scope.points().filter(|[_, up]| *up == 1.0).count(), 600, "{sample_rate} Hz");
        }
    }
}
