//! The values of the imager that glide, each over the slot of the grid that the stream is in.

use crate::course::Course;
use crate::settings::{IMAGER_BANDS, ImagerParams};
use crate::units::gain_from_db;

/// All that glides of one band.
#[derive(Clone, Debug)]
pub(super) struct BandMotion {
    /// The width less 1.
    pub(super) widening: Course,
    pub(super) decorrelation: Course,
    /// What is heard of the band, less 1: for listening.
    pub(super) hearing: Course,
}

/// The values that a rest has.
const REST: f32 = 0.0;

impl BandMotion {
    fn each(&mut self) -> [&mut Course; 3] {
        [&mut self.widening, &mut self.decorrelation, &mut self.hearing]
    }

    /// Whether its width is left as it is.
    pub(super) fn is_plain(&self) -> bool {
        self.widening.rests_at(REST)
    }

    /// Whether nothing of it is decorrelated.
    pub(super) fn is_correlated(&self) -> bool {
        self.decorrelation.rests_at(REST)
    }

    /// Whether all of it is heard.
    pub(super) fn is_heard(&self) -> bool {
        self.hearing.rests_at(REST)
    }
}

/// All that glides, each as what it adds to doing nothing.
#[derive(Clone, Debug)]
pub(super) struct Motion {
    pub(super) bands: [BandMotion; IMAGER_BANDS],
    /// Gains of middle and side, less 1.
    pub(super) mid: Course,
    pub(super) side: Course,
    /// What rotation and balance make of left and right: left of left less 1, left of right, right of left, right of right
    /// less 1.
    pub(super) turn: [Course; 4],
    /// How much of the whole is taken out of what is heard, less than 0: for listening.
    pub(super) delta: Course,
    /// Whether everything stands and stays where it is.
    is_still: bool,
}

impl Motion {
    /// At rest.
    pub(super) fn new(sample_rate: f64) -> Self {
        let mut course = Course::new();
        course.prepare(sample_rate);
        let band = || BandMotion { widening: course.clone(), decorrelation: course.clone(), hearing: course.clone() };
        Self {
            bands: std::array::from_fn(|_| band()),
            mid: course.clone(),
            side: course.clone(),
            turn: std::array::from_fn(|_| course.clone()),
            delta: course.clone(),
            is_still: true,
        }
    }

    fn each(&mut self) -> impl Iterator<Item = &mut Course> {
        let whole = [&mut self.mid, &mut self.side].into_iter().chain(&mut self.turn);
        self.bands.iter_mut().flat_map(BandMotion::each).chain(whole).chain([&mut self.delta])
    }

    /// Takes values: at once, or from the next slot on.
    pub(super) fn take(&mut self, params: &ImagerParams, at_once: bool) {
        for (course, target) in self.each().zip(targets(params)) {
            if at_once { course.jump(target) } else { course.aim(target) }
        }
        self.is_still = at_once;
    }

    /// At the beginning of a slot.
    pub(super) fn on_grid(&mut self) {
        if !self.is_still {
            self.each().for_each(Course::advance);
            let is_still = self.each().all(|course| course.is_at_rest());
            self.is_still = is_still;
        }
    }

    /// Whether everything stands and stays where it is.
    pub(super) fn is_still(&self) -> bool {
        self.is_still
    }

    /// Whether what is not changed is heard as it is.
    pub(super) fn is_whole(&self) -> bool {
        self.delta.rests_at(REST)
    }

    /// Whether left and right stay where they are.
    pub(super) fn is_upright(&self) -> bool {
        self.turn.iter().all(|course| course.rests_at(REST))
    }
}

/// Where each value goes, in the order of [`Motion::each`].
fn targets(params: &ImagerParams) -> impl Iterator<Item = f32> + use<> {
    let in_use = (params.bands as usize).clamp(1, IMAGER_BANDS);
    let (bands, is_soloed) = (params.band, params.band[..in_use].iter().any(|band| band.solo));
    let band = move |place: usize| {
        let (band, is_used) = (bands[place], place < in_use);
        let used = |value: f32| if is_used { value } else { REST };
        let hearing = if is_soloed && !band.solo { -1.0 } else { 0.0 };
        [used(band.width - 1.0), used(band.decorrelation), used(hearing)]
    };
    let gain = |db: f32| (gain_from_db(f64::from(db)) - 1.0) as f32;
    let delta = if params.delta { -1.0 } else { REST };
    let whole = [gain(params.mid_gain_db), gain(params.side_gain_db)];
    (0..IMAGER_BANDS).flat_map(band).chain(whole).chain(turn(params.rotation_deg, params.balance)).chain([delta])
}

/// What a rotation (to the right where it is above 0) and then a balance make of left and right, less what they are.
fn turn(rotation_deg: f32, balance: f32) -> [f32; 4] {
    let (sine, cosine) = f64::from(rotation_deg).to_radians().sin_cos();
    let left = 1.0 - f64::from(balance).max(0.0);
    let right = 1.0 + f64::from(balance).min(0.0);
    [left * cosine - 1.0, -left * sine, right * sine, right * cosine - 1.0].map(|value| value as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_turn_to_the_right_puts_the_middle_right() {
        let [a, b, c, d] = turn(45.0, 0.0);
        let (left, right) = (1.0 + a + b, 1.0 + d + c);
        assert!(left.abs() < 1e-6 && (right - std::f32::consts::SQRT_2).abs() < 1e-6, "{left} {right}");
        assert_eq!(turn(0.0, 0.0), [0.0; 4]);
    }

    #[test]
    fn balance_lowers_the_other_side_alone() {
        assert_eq!(turn(0.0, 0.25), [-0.25, 0.0, 0.0, 0.0]);
        assert_eq!(turn(0.0, -1.0), [0.0, 0.0, 0.0, -1.0]);
    }
}
