//! Sine and powers from additions and multiplications alone: a system's library may round these differently, and the
//! music has to be the same, to the bit, on every machine.

/// The sine of a phase in turns, 0 or more; within 1e-9.
pub(super) fn sine_of_turns(turns: f64) -> f64 {
    let mut place = turns - (turns + 0.5) as i64 as f64;
    if place > 0.25 {
        place = 0.5 - place;
    } else if place < -0.25 {
        place = -0.5 - place;
    }
    let angle = place * std::f64::consts::TAU;
    let square = angle * angle;
    // Taylor to the 13th power: the next term is 7e-10 at a quarter turn.
    let tail = 1.0 / 39_916_800.0 * (square / 156.0 - 1.0);
    let series = 1.0 / 362_880.0 + square * tail;
    let series = -1.0 / 5040.0 + square * series;
    let series = 1.0 / 120.0 + square * series;
    let series = -1.0 / 6.0 + square * series;
    angle + angle * square * series
}

/// 2 to a power.
pub(super) fn power_of_two(exponent: f64) -> f64 {
    let whole = exponent.round();
    let remainder = (exponent - whole) * std::f64::consts::LN_2;
    let (mut sum, mut term) = (1.0, 1.0);
    for order in 1..16 {
        term *= remainder / f64::from(order);
        sum += term;
    }
    let whole = whole as i32;
    let power = f64::from_bits(((1023 + whole.unsigned_abs().min(1000) as u64) & 0x7FF) << 52);
    if whole < 0 { sum / power } else { sum * power }
}

/// The linear gain of a level in dB.
pub(super) fn gain(level_db: f64) -> f64 {
    power_of_two(level_db / 6.020_599_913_279_624)
}

/// The frequency of a MIDI note number, Hz.
pub(super) fn note_hz(note: f64) -> f64 {
    440.0 * power_of_two((note - 69.0) / 12.0)
}

/// The factor by which something falls in one frame that falls by 60 dB in a time in seconds.
pub(super) fn decay_factor(fall_s: f64, sample_rate: f64) -> f64 {
    power_of_two(-9.965_784_284_662_087 / (fall_s * sample_rate))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_sine_and_power() {
        for step in 0..10_000 {
            let turns = f64::from(step) * 0.001_37;
            assert!((sine_of_turns(turns) - (turns * std::f64::consts::TAU).sin()).abs() < 1e-9, "{turns}");
            let exponent = f64::from(step - 5000) * 0.01;
            assert!((power_of_two(exponent) / exponent.exp2() - 1.0).abs() < 1e-13, "{exponent}");
        }
        assert!((note_hz(69.0) - 440.0).abs() < 1e-12);
        assert!((decay_factor(0.5, 48_000.0).powi(24_000) - 1e-3).abs() < 1e-9);
    }
}
