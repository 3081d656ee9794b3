//! Random albums for tests, each from a seed.

use super::timeline::Part;

/// Numbers from a seed: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
pub struct Random(pub u64);

impl Random {
    /// A whole number below `count`, which is at least 1.
    pub fn below(&mut self, count: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % count
    }

    /// A sample from -1 to 1.
    pub fn sample(&mut self) -> f32 {
        self.below(1 << 24) as f32 / (1 << 23) as f32 - 1.0
    }

    /// One of some.
    pub fn one_of<T: Copy>(&mut self, some: &[T]) -> T {
        some[self.below(some.len() as u64) as usize]
    }

    /// Up to 12 tracks of `shortest` to twice `shortest` frames: a third joins the one before, a third crossfades into the
    /// next, gaps are up to `shortest`.
    pub fn album(&mut self, shortest: u64) -> Vec<Part> {
        let count = 1 + self.below(12);
        let mut parts: Vec<Part> = (0..count)
            .map(|_| Part {
                frames: shortest + self.below(shortest),
                gap_before_frames: if self.below(3) == 0 { 0 } else { self.below(shortest) },
                crossfade_frames: if self.below(3) == 0 { 1 + self.below(shortest / 2) } else { 0 },
            })
            .collect();
        if let Some(last) = parts.last_mut() {
            last.crossfade_frames = 0;
        }
        parts
    }
}
