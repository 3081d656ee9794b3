//! What is only for listening: solo, mute and delta of each band, as shares that glide.

use super::course::Course;
use crate::settings::{COMPRESSOR_BANDS, CompressorBand, CompressorParams};

/// Solo, mute and delta of all bands.
#[derive(Clone, Debug)]
pub(super) struct Listening {
    /// 1 where a band is heard, 0 where it is muted or others are soloed.
    heard: [Course; COMPRESSOR_BANDS],
    /// 1 where only what is taken away from it is.
    delta: [Course; COMPRESSOR_BANDS],
    /// 1 where anything is heard differently.
    share: Course,
    /// Whether anything may move.
    is_awake: bool,
}

impl Listening {
    pub(super) fn new(sample_rate: f64) -> Self {
        let mut course = Course::new();
        course.prepare(sample_rate);
        let courses = || std::array::from_fn(|_| course.clone());
        Self { heard: courses(), delta: courses(), share: course.clone(), is_awake: false }
    }

    fn targets(params: &CompressorParams) -> [[f32; 2]; COMPRESSOR_BANDS] {
        let is_soloed = params.bands_in_use().iter().any(|band| band.solo);
        params.band.map(|band| {
            let is_heard = !band.mute && (band.solo || !is_soloed);
            [f32::from(u8::from(is_heard)), f32::from(u8::from(band.delta))]
        })
    }

    fn share_of(params: &CompressorParams) -> f32 {
        f32::from(u8::from(params.bands_in_use().iter().any(CompressorBand::is_listened_to)))
    }

    pub(super) fn jump(&mut self, params: &CompressorParams) {
        self.share.jump(Self::share_of(params));
        for (band, [heard, delta]) in Self::targets(params).into_iter().enumerate() {
            self.heard[band].jump(heard);
            self.delta[band].jump(delta);
        }
    }

    pub(super) fn aim(&mut self, params: &CompressorParams) {
        self.is_awake = true;
        self.share.aim(Self::share_of(params));
        for (band, [heard, delta]) in Self::targets(params).into_iter().enumerate() {
            self.heard[band].aim(heard);
            self.delta[band].aim(delta);
        }
    }

    pub(super) fn advance(&mut self) {
        if self.is_awake {
            self.each().for_each(Course::advance);
            let is_awake = self.each().any(|course| !course.is_at_rest());
            self.is_awake = is_awake;
        }
    }

    fn each(&mut self) -> impl Iterator<Item = &mut Course> {
        self.heard.iter_mut().chain(&mut self.delta).chain([&mut self.share])
    }

    /// Whether all bands in use are heard as they are.
    pub(super) fn is_off(&self) -> bool {
        self.share.rests_at(0.0)
    }

    /// How much anything is heard differently, from a place in the slot on.
    pub(super) fn share(&self, place: usize) -> &[f32] {
        self.share.from(place)
    }

    /// The shares of a band from a place in the slot on: heard, and delta.
    pub(super) fn shares(&self, band: usize, place: usize) -> (&[f32], &[f32]) {
        (self.heard[band].from(place), self.delta[band].from(place))
    }
}
