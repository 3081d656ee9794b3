//! The random numbers of dither.

/// Numbers that are a mixture of their place and of two keys (the steps and factors of `triple32`, from C. Wellons' search
/// for mixtures of 32 bits with the least bias, hash-prospector): none waits for the one before, so that as many are made at
/// once as a vector is wide. They repeat after 2^32 samples, which are 25 hours at 48 kHz.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noise {
    /// One moves the numbers along the circle of places, the other makes them other numbers.
    keys: [u32; 2],
    /// The next place, in steps of [`Self::STEP`].
    place: u32,
}

impl Noise {
    /// From one place to the next: 2^32 over the golden ratio.
    const STEP: u32 = 0x9E37_79B9;

    /// The numbers of a seed, other ones for each channel.
    pub(super) fn new(seed: u32, channel: usize) -> Self {
        // SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): neighbors get keys that have nothing in common.
        let mixed = (u64::from(seed) << 32 | channel as u64).wrapping_mul(0xD134_2543_DE82_EF95);
        let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let mixed = mixed ^ (mixed >> 31);
        Self { keys: [(mixed >> 32) as u32, mixed as u32], place: 0 }
    }

    /// Triangular noise in steps for the frame that comes so many after the next one: between -1 and 1, power 1/6.
    ///
    /// It is the difference of two numbers of 16 bits. So fine a grid leaves in the error's mean less than 2^-17 of a step
    /// of the signal, and in its power next to nothing.
    #[inline(always)]
    pub(super) fn triangular(&self, frame: usize) -> f32 {
        let place = self.place.wrapping_add((frame as u32).wrapping_mul(Self::STEP));
        let mixed = place.wrapping_add(self.keys[0]);
        let mixed = (mixed ^ (mixed >> 17)).wrapping_mul(0xED5A_D4BB).wrapping_add(self.keys[1]);
        let mixed = (mixed ^ (mixed >> 11)).wrapping_mul(0xAC4C_1B51);
        let mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x3184_8BAB);
        let mixed = mixed ^ (mixed >> 14);
        let difference = (mixed >> 16) as i32 - (mixed & 0xFFFF) as i32;
        difference as f32 * (1.0 / 65_536.0)
    }

    /// Goes on by so many frames.
    #[inline(always)]
    pub(super) fn advance(&mut self, frames: usize) {
        self.place = self.place.wrapping_add((frames as u32).wrapping_mul(Self::STEP));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAMES: usize = 1 << 20;

    fn numbers(seed: u32, channel: usize) -> Vec<f64> {
        let noise = Noise::new(seed, channel);
        (0..FRAMES).map(|frame| f64::from(noise.triangular(frame))).collect()
    }

    /// The correlation of two signals, the second so many frames later.
    fn correlation(one: &[f64], other: &[f64], lag: usize) -> f64 {
        let products: f64 = one.iter().zip(&other[lag..]).map(|(one, other)| one * other).sum();
        6.0 * products / (FRAMES - lag) as f64
    }

    #[test]
    fn the_numbers_are_triangular() {
        let numbers = numbers(1, 0);
        let mut counts = [0.0; 64];
        for number in &numbers {
            assert!(number.abs() < 1.0);
            counts[((number + 1.0) * 32.0) as usize] += 1.0;
        }
        let chi_square: f64 = (0..64)
            .map(|place| {
                // The triangle's share between the edges of a 64th of its width.
                let expected = FRAMES as f64 * (f64::from(place.min(63 - place)) + 0.5) / 1024.0;
                (counts[place as usize] - expected).powi(2) / expected
            })
            .sum();
        // 63 degrees of freedom: 63 with a deviation of 11.2; five of them.
        assert!((chi_square - 63.0).abs() < 56.0, "{chi_square}");
    }

    #[test]
    fn no_number_tells_of_another() {
        // Near ones, which would be heard as color, and those at which periods of powers of two would show.
        let [one, other, next] = [numbers(1, 0), numbers(1, 1), numbers(2, 0)];
        for lag in (0..64).chain([100, 128, 256, 441, 512, 1000, 1024, 4096, 65_536]) {
            for (name, found) in [
                ("itself", correlation(&one, &one, lag.max(1))),
                ("the other channel", correlation(&one, &other, lag)),
                ("the next seed", correlation(&one, &next, lag)),
            ] {
                // A million independent numbers correlate by 0.001; five of them.
                assert!(found.abs() < 0.005, "{name}, {lag} frames later: {found}");
            }
        }
    }

    #[test]
    fn going_on_leads_to_the_same_numbers() {
        let mut noise = Noise::new(7, 1);
        let expected: Vec<f32> = (0..100).map(|frame| noise.triangular(frame)).collect();
        noise.advance(37);
        assert_eq!((0..63).map(|frame| noise.triangular(frame)).collect::<Vec<_>>(), expected[37..]);
    }
}
