//! The random numbers of dither.

/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): one multiplication chain without a loop-carried dependency but the
/// counter's.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noise(u64);

impl Noise {
    /// The counter's step: 2^64 over the golden ratio.
    const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

    /// The numbers of a seed, other ones for each channel.
    pub(super) fn new(seed: u32, channel: usize) -> Self {
        // Far apart on the counter's circle: channels do not meet within any programme.
        Self((u64::from(seed) << 32 | channel as u64).wrapping_mul(0xD134_2543_DE82_EF95))
    }

    /// Triangular noise in steps: between -1 and 1, power 1/6.
    #[inline(always)]
    pub(super) fn triangular(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(Self::STEP);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let mixed = mixed ^ (mixed >> 31);
        let (high, low) = ((mixed >> 32) as u32, mixed as u32);
        (f64::from(high) - f64::from(low)) / 4_294_967_296.0
    }
}
