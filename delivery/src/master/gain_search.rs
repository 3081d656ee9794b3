//! Finds the gain that gives a loudness, by measuring: loudness rises with gain, one for one below the limiter and slower
//! above it.
//!
//! Gains are whole hundredths of a dB, the parameter's step. Secant steps, held inside the bracket of what was too quiet
//! and too loud; a bisection where a secant step did not halve the bracket.

/// How near is near enough, LU.
const AIM_LU: f64 = 0.02;
/// How far off counts as met, LU.
const MET_LU: f64 = 0.05;
/// The most measurements: the range of the gain has 7201 values, which 13 bisections single out; secant and bisection
/// steps take turns at worst.
const MOST_MEASUREMENTS: usize = 30;
/// Below this slope, LU for each dB, the limiter takes what the gain gives.
const SATURATED_SLOPE: f64 = 0.5;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// The gain that comes nearest, hundredths of a dB.
    pub gain: i32,
    /// What it gives, LUFS.
    pub integrated_lufs: f64,
    /// Why that is not the loudness wanted, where it is not.
    pub shortfall: Option<Shortfall>,
}

/// Why a loudness cannot be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// There is no loudness even with the highest gain.
    Silent,
    /// More gain gives hardly more loudness, up to the end of the range.
    Saturated,
    /// The gain would have to leave its range.
    OutOfRange,
    /// Loudness steps over what is wanted between two neighboring gains: blocks pass the gate or do not.
    Jump,
}

/// A gain in hundredths of a dB and its loudness in LUFS.
type Point = (i32, f64);

/// Finds the gain for `wanted_lufs` within `range` (inclusive), both ends in hundredths of a dB, beginning near
/// `guess_db`. `loudness_at` measures, LUFS.
///
/// # Errors
/// The first error of `loudness_at`.
pub fn find_gain<Error>(
    wanted_lufs: f64,
    guess_db: f64,
    range: (i32, i32),
    mut loudness_at: impl FnMut(i32) -> Result<f64, Error>,
) -> Result<Found, Error> {
    let mut known = Known { wanted_lufs, range, quiet: None, loud: None, slope: 1.0 };
    let mut nearest: Option<Point> = None;
    let mut previous: Option<Point> = None;
    // The cast saturates: an infinite guess (nothing passed the gate) begins at the end of the range.
    let mut gain = ((guess_db * 100.0).round() as i32).clamp(range.0, range.1);
    for _ in 0..MOST_MEASUREMENTS {
        let point = (gain, loudness_at(gain)?);
        let off_lu = |point: Point| (point.1 - wanted_lufs).abs();
        if nearest.is_none_or(|nearest| off_lu(point) < off_lu(nearest)) {
            nearest = Some(point);
        }
        if off_lu(point) <= AIM_LU {
            break;
        }
        if let Some(slope) = previous.and_then(|previous| slope_between(previous, point)) {
            known.slope = slope;
        }
        previous = Some(point);
        match known.next_gain(point) {
            Some(next) => gain = next,
            None => break,
        }
    }
    let nearest = nearest.unwrap_or((gain, f64::NEG_INFINITY));
    let met = (nearest.1 - wanted_lufs).abs() <= MET_LU;
    Ok(Found { gain: nearest.0, integrated_lufs: nearest.1, shortfall: (!met).then(|| known.shortfall(nearest)) })
}

/// What the measurements so far say.
struct Known {
    wanted_lufs: f64,
    range: (i32, i32),
    /// The highest gain known to be too quiet.
    quiet: Option<Point>,
    /// The lowest gain known to be too loud.
    loud: Option<Point>,
    /// LU for each dB, of the last two measurements.
    slope: f64,
}

impl Known {
    /// Takes a measurement, and names the next gain to measure; `None` where none is left between those known, or beyond
    /// them in the range.
    fn next_gain(&mut self, point: Point) -> Option<i32> {
        let before = self.width();
        if point.1 < self.wanted_lufs {
            self.quiet = Some(point)
        } else {
            self.loud = Some(point)
        }
        // At least a hundredth, and no wilder than 20 dB at a time however flat the slope.
        let step = |missing_lu: f64| (missing_lu / self.slope * 100.0).round().clamp(1.0, 2000.0) as i32;
        let (lowest, highest) = self.range;
        match (self.quiet, self.loud) {
            (Some((low, low_lufs)), Some((high, high_lufs))) => {
                if high - low <= 1 {
                    return None;
                }
                let slow = before.zip(self.width()).is_some_and(|(before, now)| 2 * now > before);
                let share = (self.wanted_lufs - low_lufs) / (high_lufs - low_lufs);
                let share = if slow || !share.is_finite() { 0.5 } else { share };
                Some((low + (f64::from(high - low) * share).round() as i32).clamp(low + 1, high - 1))
            }
            (Some((low, low_lufs)), None) => {
                (low < highest).then(|| low.saturating_add(step(self.wanted_lufs - low_lufs)).min(highest))
            }
            (None, Some((high, high_lufs))) => {
                (high > lowest).then(|| high.saturating_sub(step(high_lufs - self.wanted_lufs)).max(lowest))
            }
            (None, None) => None,
        }
    }

    /// Hundredths of a dB between what was too quiet and too loud.
    fn width(&self) -> Option<i32> {
        self.quiet.zip(self.loud).map(|(quiet, loud)| loud.0 - quiet.0)
    }

    /// Why the nearest is not near.
    fn shortfall(&self, nearest: Point) -> Shortfall {
        match nearest {
            (_, f64::NEG_INFINITY) => Shortfall::Silent,
            _ if self.loud.is_none() && self.slope < SATURATED_SLOPE => Shortfall::Saturated,
            _ if self.loud.is_none() || self.quiet.is_none() => Shortfall::OutOfRange,
            _ => Shortfall::Jump,
        }
    }
}

/// LU for each dB between two measurements, kept where a step by it makes sense.
fn slope_between(one: Point, other: Point) -> Option<f64> {
    let slope = (other.1 - one.1) / (f64::from(other.0 - one.0) / 100.0);
    slope.is_finite().then(|| slope.clamp(0.02, 1.5))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    const RANGE: (i32, i32) = (-3600, 3600);

    /// The search over a curve of loudness (LUFS) over gain (dB), and how often it measured.
    fn search(wanted_lufs: f64, guess_db: f64, curve: impl Fn(f64) -> f64) -> (Found, usize) {
        let mut count = 0;
        let found = find_gain(wanted_lufs, guess_db, RANGE, |gain| {
            count += 1;
            assert!((RANGE.0..=RANGE.1).contains(&gain));
            Ok::<_, Infallible>(curve(f64::from(gain) / 100.0))
        });
        (found.unwrap(), count)
    }

    /// Loudness under a limiter: one for one, then bending to a limit.
    fn limited(start_lufs: f64, most_lufs: f64) -> impl Fn(f64) -> f64 {
        move |gain_db| {
            let free = start_lufs + gain_db;
            // A smooth minimum, 3 LU wide.
            -3.0 * ((-free / 3.0).exp() + (-most_lufs / 3.0).exp()).ln()
        }
    }

    #[test]
    fn what_needs_no_limiting_is_found_at_once() {
        let (found, count) = search(-14.0, 4.0, |gain_db| -18.0 + gain_db);
        assert_eq!((found.gain, count, found.shortfall), (400, 1, None));
    }

    #[test]
    fn a_limiters_curve_is_followed_in_a_few_passes() {
        for start_lufs in [-40.0, -23.0, -18.0, -9.0] {
            for wanted_lufs in [-23.0, -14.0, -9.0] {
                let (found, count) = search(wanted_lufs, wanted_lufs - start_lufs, limited(start_lufs, -6.0));
                assert!((found.integrated_lufs - wanted_lufs).abs() <= AIM_LU, "{start_lufs} {wanted_lufs} {found:?}");
                assert!(count <= 7, "{start_lufs} to {wanted_lufs} took {count} passes");
            }
        }
    }

    #[test]
    fn what_cannot_be_met_says_why_and_comes_near() {
        let (found, _) = search(-5.0, 13.0, limited(-18.0, -7.0));
        assert_eq!((found.gain, found.shortfall), (3600, Some(Shortfall::Saturated)));
        let (found, _) = search(-14.0, 56.0, |gain_db| -70.0 + gain_db);
        assert_eq!((found.gain, found.shortfall), (3600, Some(Shortfall::OutOfRange)));
        let (found, _) = search(-60.0, -56.0, |gain_db| -4.0 + gain_db);
        assert_eq!((found.gain, found.shortfall), (-3600, Some(Shortfall::OutOfRange)));
        let (found, _) = search(-14.0, f64::INFINITY, |_| f64::NEG_INFINITY);
        assert_eq!(found.shortfall, Some(Shortfall::Silent));
    }

    #[test]
    fn a_step_over_the_target_is_narrowed_to_neighbors() {
        let (found, count) =
            search(-14.0, 4.0, |gain_db| if gain_db < 5.123 { -20.0 + gain_db } else { -18.0 + gain_db });
        assert_eq!(found.shortfall, Some(Shortfall::Jump));
        assert!((512..=513).contains(&found.gain), "{found:?}");
        assert!(count < MOST_MEASUREMENTS);
    }

    #[test]
    fn a_gate_that_opens_on_the_way_up_is_passed() {
        let curve = |gain_db: f64| if gain_db < 6.0 { f64::NEG_INFINITY } else { -40.0 + gain_db };
        let (found, _) = search(-14.0, 2.0, curve);
        assert!((found.integrated_lufs + 14.0).abs() <= AIM_LU, "{found:?}");
    }
}
