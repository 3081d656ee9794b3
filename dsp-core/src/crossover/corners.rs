//! Which bands are wanted: how many, and where they meet.

use super::MOST_BANDS;

/// The most crossovers.
pub(super) const MOST_CROSSOVERS: usize = MOST_BANDS - 1;

/// The lowest crossover, Hz.
const LOWEST_HZ: f64 = 10.0;

/// The highest crossover, of the sample rate.
const HIGHEST_OF_RATE: f64 = 0.49;

/// How much slower than other smoothed values crossovers glide: one that leaps over a tone from one end of the spectrum
/// to the other in less time than 60 ms is heard as a click beside it.
pub(crate) const SLOWER: f64 = 4.0;

/// Crossovers in order, as far apart as they were asked for: two may be equal, for nothing divides by their distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Corners {
    /// The number of bands, 1 to [`MOST_BANDS`].
    pub bands: usize,
    /// Where they meet, Hz, ascending: one fewer than bands, the others at the highest there can be.
    pub hz: [f64; MOST_CROSSOVERS],
}

impl Corners {
    /// As many bands as wanted, at most one more than there are crossovers. Crossovers are put in order and kept between
    /// 10 Hz and 0.49 of the rate (Hz); one that is not a number stands at the highest place.
    pub fn new(bands: usize, crossover_hz: &[f32], sample_rate: f64) -> Self {
        let highest_hz = HIGHEST_OF_RATE * sample_rate;
        let bands = bands.clamp(1, MOST_BANDS).min(crossover_hz.len() + 1);
        let mut hz = [highest_hz; MOST_CROSSOVERS];
        for (hz, wanted) in hz[..bands - 1].iter_mut().zip(crossover_hz) {
            let wanted = f64::from(*wanted);
            // Not a number compares false with everything.
            *hz = if wanted < highest_hz { wanted.max(LOWEST_HZ) } else { highest_hz };
        }
        hz.sort_unstable_by(f64::total_cmp);
        Self { bands, hz }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossovers_are_put_in_order_and_in_range() {
        let corners = |bands, hz: &[f32]| Corners::new(bands, hz, 48_000.0);
        let top = 0.49 * 48_000.0;
        assert_eq!(corners(4, &[500.0, 100.0, 500.0]).hz, [100.0, 500.0, 500.0, top, top]);
        assert_eq!(corners(3, &[1e9, -5.0, 700.0, 800.0]).hz, [10.0, top, top, top, top]);
        assert_eq!(corners(3, &[f32::NAN, 1000.0]).hz[..2], [1000.0, top]);
        assert_eq!((corners(9, &[1.0; 9]).bands, corners(0, &[]).bands, corners(6, &[200.0]).bands), (6, 1, 2));
    }
}
