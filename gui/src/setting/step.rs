//! The steps that a wheel, an arrow key and a drag go in: round numbers in the unit that is shown.

use runout_dsp_core::settings::{Kind, Parameter, Scale, Step, Unit};

use super::{ends, is_share, unrounded_at};

/// How many fine steps make one.
const FINE: f64 = 10.0;

/// The value some steps from `value`: 0.1 dB, 1 %, the second digit of a time, the third of a frequency; `fine` steps are
/// a tenth of that. Ends at the ends of the range.
pub fn stepped(parameter: &Parameter, value: f32, steps: i32, fine: bool) -> f32 {
    let mut value = f64::from(value);
    for _ in 0..steps.abs() {
        // Downwards from 10 the step is that of 9.9.
        let near = if steps < 0 { value - value.abs() * 1e-6 } else { value };
        let step = step(parameter, near, fine);
        value = f64::from(on_grid(parameter, value + step * f64::from(steps.signum()), step));
    }
    value as f32
}

/// The value at an unrounded position of a control's travel, on the grid of its steps.
pub fn gridded(parameter: &Parameter, position: f64, fine: bool) -> f32 {
    let value = unrounded_at(parameter, position);
    let step = step(parameter, value, fine);
    // The ends are always reached, whether or not they lie on the grid.
    if position <= 0.0 || position >= 1.0 { parameter.kind.rounded(value) } else { on_grid(parameter, value, step) }
}

/// The nearest value on a grid.
fn on_grid(parameter: &Parameter, value: f64, step: f64) -> f32 {
    parameter.kind.rounded((value / step).round() * step)
}

/// The step near a value.
fn step(parameter: &Parameter, value: f64, fine: bool) -> f64 {
    let coarse = match parameter.kind {
        Kind::Switch | Kind::Choice(_) | Kind::Number { step: Step::Whole, .. } => return 1.0,
        Kind::Number { scale: Scale::Logarithmic, unit, .. } => {
            let (lowest, highest) = ends(parameter);
            let digits = if unit == Unit::Hz && lowest > 0.0 { 3 } else { 2 };
            // Toward 0 a grid of digits would have no end: below a hundredth of the range it stays as it is there.
            let magnitude = value.abs().max(lowest.max(highest / 100.0 * f64::from(u8::from(lowest == 0.0))));
            // The grace keeps 10, which may be 9.999 999 after a float, with the tens.
            10f64.powi((magnitude * (1.0 + 1e-7)).log10().floor() as i32 + 1 - digits)
        }
        kind if is_share(&kind) => 0.01,
        Kind::Number { unit: Unit::Degrees, .. } => 1.0,
        Kind::Number { unit: Unit::Ms, highest, .. } if highest > 100.0 => 1.0,
        Kind::Number { .. } => 0.1,
    };
    let step = if fine { coarse / FINE } else { coarse };
    step.max(finest(parameter))
}

/// The least step that a value can take anywhere in the range.
fn finest(parameter: &Parameter) -> f64 {
    match parameter.kind {
        Kind::Number { step: Step::Hundredth | Step::Frequency, .. } => 0.01,
        Kind::Number { step: Step::Thousandth, .. } => 0.001,
        Kind::Number { step: Step::TenThousandth, .. } => 0.0001,
        Kind::Number { step: Step::Whole, .. } | Kind::Switch | Kind::Choice(_) => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::setting::find;
    use runout_dsp_core::settings::parameters;

    #[test]
    fn steps_are_round_numbers() {
        for (id, value, steps, fine, expected) in [
            ("limiter.ceiling_dbtp", -1.0, 1, false, -0.9),
            ("limiter.ceiling_dbtp", -1.0, -3, true, -1.03),
            ("limiter.ceiling_dbtp", -0.05, 10, false, 0.0),
            ("limiter.input_gain_db", 0.0, -1, false, -0.1),
            ("limiter.link", 1.0, -1, false, 0.99),
            ("limiter.release_ms", 80.0, 1, false, 81.0),
            ("limiter.release_ms", 83.27, 1, false, 84.0),
            ("limiter.release_ms", 100.0, 1, false, 110.0),
            ("limiter.release_ms", 100.0, -1, false, 99.0),
            ("limiter.lookahead_ms", 4.0, 1, false, 4.1),
            ("limiter.lookahead_ms", 10.0, -1, false, 9.9),
            ("equalizer.band.1.frequency_hz", 1000.0, 1, false, 1010.0),
            ("equalizer.band.1.frequency_hz", 238.0, 1, false, 239.0),
            ("imager.mono_below_hz", 0.0, 1, false, 0.1),
            ("limiter.style", 1.0, 1, false, 2.0),
        ] {
            assert_eq!(stepped(find(id).unwrap(), value, steps, fine), expected, "{id} from {value}");
        }
    }

    #[test]
    fn a_step_always_moves_until_the_end() {
        // Whole numbers, such as seeds, are their own steps.
        let is_whole = |kind: Kind| matches!(kind, Kind::Number { step: Step::Whole, .. });
        for parameter in parameters().into_iter().filter(|parameter| !is_whole(parameter.kind)) {
            let (lowest, highest) = parameter.kind.range();
            for (from, to, direction) in [(lowest, highest, 1), (highest, lowest, -1)] {
                let mut value = from;
                let mut taken = 0;
                while value != to {
                    let next = stepped(&parameter, value, direction, false);
                    assert!((next - value) * direction as f32 > 0.0, "{} is stuck at {value}", parameter.id);
                    (value, taken) = (next, taken + 1);
                }
                assert!(taken <= 5000, "{} takes {taken} steps", parameter.id);
            }
        }
    }

    #[test]
    fn a_drag_reaches_both_ends_and_goes_in_steps() {
        let gain = find("limiter.input_gain_db").unwrap();
        assert_eq!((gridded(gain, 0.0, false), gridded(gain, 1.0, true)), (-36.0, 36.0));
        // 0.6141 of -36 to 36 dB is 8.215 dB.
        assert_eq!((gridded(gain, 0.6141, false), gridded(gain, 0.6141, true)), (8.2, 8.22));
    }
}
