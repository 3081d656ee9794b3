//! The stereo mix that instruments play into.

/// Where an instrument stands: linear gains to the left, the right and the room.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub left: f32,
    pub right: f32,
    pub room: f32,
}

impl Place {
    /// A place from -1 (left) to 1 (right), with a level and a share for the room; linear.
    pub fn new(pan: f32, level: f32, room: f32) -> Self {
        // Balance law: the near side stays, the far one falls. The center is as loud as on one side.
        Self { left: level * (1.0 - pan).min(1.0), right: level * (1.0 + pan).min(1.0), room: level * room }
    }
}

/// The mix: two sides, and what is sent to the room.
pub(super) struct Mix {
    pub sample_rate: f64,
    pub left: Vec<f32>,
    pub right: Vec<f32>,
    pub room: Vec<f32>,
}

impl Mix {
    pub fn new(sample_rate: f64, frames: usize) -> Self {
        Self { sample_rate, left: vec![0.0; frames], right: vec![0.0; frames], room: vec![0.0; frames] }
    }

    /// Adds what `next` gives, sample by sample, from a time in seconds on for a duration in seconds.
    pub fn play(&mut self, start_s: f64, duration_s: f64, place: Place, mut next: impl FnMut() -> f64) {
        let start = ((start_s * self.sample_rate).round() as usize).min(self.left.len());
        let end = (start + (duration_s * self.sample_rate).round() as usize).min(self.left.len());
        let sides = self.left[start..end].iter_mut().zip(&mut self.right[start..end]);
        for ((left, right), room) in sides.zip(&mut self.room[start..end]) {
            let sample = next() as f32;
            *left += sample * place.left;
            *right += sample * place.right;
            *room += sample * place.room;
        }
    }

    /// Rounds off the highest peaks, as a console's bus would: what is left is a mix that still wants mastering.
    pub fn glue(&mut self) {
        for sample in self.left.iter_mut().chain(&mut self.right) {
            *sample = rounded_off(DRIVE * *sample);
        }
    }
}

/// Level into the glue, so that only the highest peaks are touched.
const DRIVE: f32 = 0.55;

/// A rational stand-in for the hyperbolic tangent, exact in slope at 0 and flat at 3.
fn rounded_off(sample: f32) -> f32 {
    let sample = sample.clamp(-3.0, 3.0);
    let square = sample * sample;
    sample * (27.0 + square) / (27.0 + 9.0 * square)
}
