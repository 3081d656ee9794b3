//! The values of a band that glide, each over the slot of the grid that the stream is in.

use super::computer::Shape;
use super::course::Course;
use super::key::KeyCourse;
use super::makeup;
use crate::dynamics::DB_PER_OCTAVE;
use crate::settings::CompressorBand;

/// All that glides in one band.
#[derive(Clone, Debug)]
pub(super) struct Motion {
    pub(super) shape: Shape<Course>,
    pub(super) link: Course,
    /// The make-up, with the automatic one, octaves.
    pub(super) makeup: Course,
    pub(super) mix: Course,
    /// Octaves over 1 ms.
    pub(super) attack: Course,
    pub(super) release: Course,
    pub(super) key: KeyCourse,
    /// Whether anything may move.
    is_awake: bool,
}

impl Motion {
    pub(super) fn new() -> Self {
        let course = Course::new;
        Self {
            shape: Shape { threshold: course(), share: course(), knee: course(), range: course() },
            link: course(),
            makeup: course(),
            mix: course(),
            attack: course(),
            release: course(),
            key: KeyCourse::new(),
            is_awake: false,
        }
    }

    fn each(&mut self) -> [&mut Course; 9] {
        let Shape { threshold, share, knee, range } = &mut self.shape;
        let Self { link, makeup, mix, attack, release, .. } = self;
        [threshold, share, knee, range, link, makeup, mix, attack, release]
    }

    fn targets(band: &CompressorBand, auto_makeup: bool) -> [f32; 9] {
        let shape = Shape::of(band);
        let makeup_db = f64::from(band.makeup_db) + if auto_makeup { makeup::automatic_db(band) } else { 0.0 };
        let makeup = (makeup_db / DB_PER_OCTAVE) as f32;
        let times = [band.attack_ms.log2(), band.release_ms.log2()];
        let Shape { threshold, share, knee, range } = shape;
        [threshold, share, knee, range, band.link, makeup, band.mix, times[0], times[1]]
    }

    /// Sets the sample rate, Hz.
    pub(super) fn prepare(&mut self, sample_rate: f64) {
        self.each().into_iter().for_each(|course| course.prepare(sample_rate));
        self.key.prepare(sample_rate);
    }

    /// Arrives at a band's values at once.
    pub(super) fn jump(&mut self, band: &CompressorBand, auto_makeup: bool) {
        self.each().into_iter().zip(Self::targets(band, auto_makeup)).for_each(|(course, target)| course.jump(target));
        self.key.jump(band);
    }

    /// Moves to a band's values.
    pub(super) fn aim(&mut self, band: &CompressorBand, auto_makeup: bool) {
        self.each().into_iter().zip(Self::targets(band, auto_makeup)).for_each(|(course, target)| course.aim(target));
        self.key.aim(band);
        self.is_awake = true;
    }

    /// Goes on to the next slot.
    pub(super) fn advance(&mut self) {
        if self.is_awake {
            self.each().into_iter().for_each(Course::advance);
            self.key.advance();
            self.is_awake = self.each().into_iter().any(|course| !course.is_at_rest()) || !self.key.is_at_rest();
        }
    }
}

impl Shape<Course> {
    pub(super) fn is_moving(&self) -> bool {
        self.threshold.is_moving() || self.share.is_moving() || self.knee.is_moving() || self.range.is_moving()
    }

    /// The shape where nothing moves.
    pub(super) fn still(&self) -> Shape<f32> {
        Shape {
            threshold: self.threshold.value(),
            share: self.share.value(),
            knee: self.knee.value(),
            range: self.range.value(),
        }
    }

    /// The shape along the frames from a place in the slot on.
    pub(super) fn along(&self, place: usize) -> Shape<&[f32]> {
        Shape {
            threshold: self.threshold.from(place),
            share: self.share.from(place),
            knee: self.knee.from(place),
            range: self.range.from(place),
        }
    }
}
