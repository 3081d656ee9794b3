//! What is only for listening: solo, mute and delta of each band, as shares that glide.

use super::course::Course;
use crate::settings::{COMPRESSOR_BANDS, CompressorParams};

/// Solo, mute and delta of all bands.
#[derive(Clone, Debug)]
pub(super) struct Listening {
    /// 1 where a band is heard, 0 where it is muted or others are soloed.
    heard: [Course; COMPRESSOR_BANDS],
    /// 1 where only what is taken away from it is.
    delta: [Course; COMPRESSOR_BANDS],
}

impl Listening {
    pub(super) fn new(sample_rate: f64) -> Self {
        let mut course = Course::new();
        course.prepare(sample_rate);
        let courses = || std::array::from_fn(|_| course.clone());
        Self { heard: courses(), delta: courses() }
    }

    fn targets(params: &CompressorParams) -> [[f32; 2]; COMPRESSOR_BANDS] {
        let is_soloed = params.bands_in_use().iter().any(|band| band.solo);
        params.band.map(|band| {
            let is_heard = !band.mute && (band.solo || !is_soloed);
            [f32::from(u8::from(is_heard)), f32::from(u8::from(band.delta))]
        })
    }

    pub(super) fn jump(&mut self, params: &CompressorParams) {
        for (band, [heard, delta]) in Self::targets(params).into_iter().enumerate() {
            self.heard[band].jump(heard);
            self.delta[band].jump(delta);
        }
    }

    pub(super) fn aim(&mut self, params: &CompressorParams) {
        for (band, [heard, delta]) in Self::targets(params).into_iter().enumerate() {
            self.heard[band].aim(heard);
            self.delta[band].aim(delta);
        }
    }

    pub(super) fn advance(&mut self) {
        self.heard.iter_mut().chain(&mut self.delta).for_each(Course::advance);
    }

    /// Whether all of the first bands are heard as they are.
    pub(super) fn is_off(&self, bands: usize) -> bool {
        self.heard[..bands].iter().all(|heard| heard.rests_at(1.0))
            && self.delta[..bands].iter().all(|delta| delta.rests_at(0.0))
    }

    /// The shares of a band from a place in the slot on: heard, and delta.
    pub(super) fn shares(&self, band: usize, place: usize) -> (&[f32], &[f32]) {
        (self.heard[band].from(place), self.delta[band].from(place))
    }
}
