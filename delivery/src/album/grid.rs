//! Whether samples lie on the grid of an integer, so that a file of that word length holds them as they are.

/// The word lengths that hold every sample so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    fits_16: bool,
    fits_24: bool,
}

impl Default for Grid {
    /// Of no sample yet: all do.
    fn default() -> Self {
        Self { fits_16: true, fits_24: true }
    }
}

impl Grid {
    /// Takes samples, a slice a channel.
    pub fn take(&mut self, block: &[&mut [f32]]) {
        let on = |full_scale: f32| block.iter().all(|plane| plane.iter().all(|sample| is_on(*sample, full_scale)));
        self.fits_16 = self.fits_16 && on(32_768.0);
        self.fits_24 = self.fits_24 && (self.fits_16 || on(8_388_608.0));
    }

    /// Whether integers of so many bits, 16 or 24, hold every sample exactly.
    pub fn fits(self, bits: u32) -> bool {
        match bits {
            16 => self.fits_16,
            _ => self.fits_24,
        }
    }
}

fn is_on(sample: f32, full_scale: f32) -> bool {
    let scaled = sample * full_scale;
    scaled == scaled.round_ties_even() && (-full_scale..full_scale).contains(&scaled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(samples: &[f32]) -> (bool, bool) {
        let mut grid = Grid::default();
        for sample in samples {
            grid.take(&[&mut [*sample]]);
        }
        (grid.fits(16), grid.fits(24))
    }

    #[test]
    fn a_word_length_fits_as_long_as_every_sample_does() {
        assert_eq!(grid(&[]), (true, true));
        assert_eq!(grid(&[0.0, -1.0, 0.5, 1.0 / 32_768.0]), (true, true));
        assert_eq!(grid(&[0.5, 1.0 / 8_388_608.0, 0.5]), (false, true));
        assert_eq!(grid(&[0.5, 1.0 / 16_777_216.0]), (false, false));
        assert_eq!(grid(&[1.0]), (false, false), "full scale itself is one step too high");
        assert_eq!(grid(&[f32::NAN]), (false, false));
    }
}
