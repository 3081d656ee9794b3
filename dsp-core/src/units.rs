//! Units and their conversions. Silence is negative infinity, never a sentinel.

/// Linear amplitude of a level in dB: 0 dB is 1, negative infinity is 0.
pub fn gain_from_db(level_db: f64) -> f64 {
    10f64.powf(level_db / 20.0)
}

/// Level in dB of a linear amplitude; of 0 it is negative infinity. The sign of the amplitude does not matter.
pub fn db_from_gain(gain: f64) -> f64 {
    20.0 * gain.abs().log10()
}

/// Level in dB of a linear power; of 0 it is negative infinity.
pub fn db_from_power(power: f64) -> f64 {
    10.0 * power.log10()
}

/// Linear power of a level in dB.
pub fn power_from_db(level_db: f64) -> f64 {
    10f64.powf(level_db / 10.0)
}

/// The nearest whole number of frames to a time in ms at a sample rate in Hz.
pub fn frames_from_ms(time_ms: f64, sample_rate: f64) -> usize {
    (time_ms * 1e-3 * sample_rate).round() as usize
}

/// Time in ms of a number of frames at a sample rate in Hz.
pub fn ms_from_frames(frames: usize, sample_rate: f64) -> f64 {
    frames as f64 / sample_rate * 1e3
}

/// The largest `f32` that is not above `value`.
pub fn f32_at_most(value: f64) -> f32 {
    let nearest = value as f32;
    if f64::from(nearest) > value { nearest.next_down() } else { nearest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_are_each_others_inverse() {
        for level_db in [-144.0, -23.0, -0.3, 0.0, 6.0, 120.0] {
            // 1e-12 dB: a few roundings of f64.
            assert!((db_from_gain(gain_from_db(level_db)) - level_db).abs() < 1e-12);
            assert!((db_from_power(power_from_db(level_db)) - level_db).abs() < 1e-12);
        }
        assert_eq!(frames_from_ms(ms_from_frames(704, 48_000.0), 48_000.0), 704);
    }

    #[test]
    fn silence_is_negative_infinity() {
        assert_eq!(db_from_gain(0.0), f64::NEG_INFINITY);
        assert_eq!(gain_from_db(f64::NEG_INFINITY), 0.0);
    }

    #[test]
    fn the_nearest_f32_below_is_never_above() {
        for level_db in -2000..0 {
            let exact = gain_from_db(f64::from(level_db) / 100.0);
            let below = f32_at_most(exact);
            assert!(f64::from(below) <= exact && f64::from(below.next_up()) > exact);
        }
    }
}
