//! Clause 7: every parameter has a range, a default and a step; values on the step survive a host's 0..1 float; what is
//! out of range is refused.

use runout_dsp_core::settings::{Kind, Scale, parameters};
use runout_tests::random::Random;

use crate::battery::{Outcome, seed};

/// What is asked of a parameter's values.
struct Asked<'a> {
    id: &'a str,
    kind: Kind,
    default: f32,
}

#[test]
fn clause_7_every_parameter_keeps_its_range_default_and_step() {
    let mut random = Random::new(seed());
    let list = parameters();
    // A table that has lost a module would make this test ask less.
    assert!(list.len() > 300, "{} parameters", list.len());
    for parameter in &list {
        let asked = Asked { id: &parameter.id, kind: parameter.kind, default: parameter.default_value() };
        pass(&asked, &mut random).unwrap_or_else(|error| panic!("{}: {error}", parameter.id));
    }
}

fn pass(asked: &Asked, random: &mut Random) -> Outcome {
    ends_and_default(asked)?;
    rounding(asked, random)?;
    a_hosts_float(asked, random)
}

fn ends_and_default(asked: &Asked) -> Outcome {
    let (kind, (lowest, highest)) = (asked.kind, asked.kind.range());
    if lowest >= highest {
        return Err(format!("{lowest} to {highest} is no range"));
    }
    for value in [lowest, highest, asked.default] {
        if kind.rounded(f64::from(value)).to_bits() != value.to_bits() || kind.checked(f64::from(value)) != Ok(value) {
            return Err(format!("{value} is not a value of its own range and step"));
        }
    }
    let width = f64::from(highest - lowest);
    let beyond = [f64::from(lowest) - 0.1 * width, f64::from(highest) + 0.1 * width, f64::NAN, f64::INFINITY];
    for value in beyond {
        if kind.checked(value).is_ok() {
            return Err(format!("{value} is taken"));
        }
        let rounded = kind.rounded(value);
        if !(lowest..=highest).contains(&rounded) {
            return Err(format!("{value} is rounded to {rounded}"));
        }
    }
    Ok(())
}

/// The step that the design gives a value, by the unit in the parameter's name.
fn step_of(asked: &Asked, value: f64) -> f64 {
    let ends_in = |suffixes: &[&str]| suffixes.iter().any(|suffix| asked.id.ends_with(suffix));
    match asked.kind {
        Kind::Switch | Kind::Choice(_) => 1.0,
        _ if ends_in(&[".seed", ".bands", ".solo"]) => 1.0,
        _ if asked.id.contains("_hz") => match value {
            value if value < 1000.0 => 0.01,
            value if value < 10_000.0 => 0.1,
            _ => 1.0,
        },
        _ if ends_in(&["_db", "_dbtp", "_dbfs", "_ms", "_deg", "_db_per_oct"]) => 0.01,
        _ if ends_in(&[".q"]) => 0.0001,
        _ => 0.001,
    }
}

/// Rounding goes to the nearest multiple of the step, and a second time changes nothing.
fn rounding(asked: &Asked, random: &mut Random) -> Outcome {
    let (lowest, highest) = asked.kind.range();
    for _ in 0..500 {
        let value = random.between(f64::from(lowest), f64::from(highest));
        let rounded = asked.kind.rounded(value);
        let step = step_of(asked, value);
        // Half a step, and the rounding of the result to f32.
        let most = 0.5 * step * (1.0 + 1e-9) + f64::from(rounded.abs()) * 6e-8;
        if (f64::from(rounded) - value).abs() > most {
            return Err(format!("{value} is rounded to {rounded}, not to a step of {step}"));
        }
        let steps = f64::from(rounded) / step;
        if (steps - steps.round()).abs() > 6e-8 * steps.abs() + 1e-9 {
            return Err(format!("{value} is rounded to {rounded}, which is on no step of {step}"));
        }
        if asked.kind.rounded(f64::from(rounded)).to_bits() != rounded.to_bits() {
            return Err(format!("{rounded} is not kept"));
        }
    }
    Ok(())
}

/// Maps a value to a host's 0..1 and back.
type Travel = fn(f32, (f32, f32)) -> f64;

/// The travels that hosts and frameworks use, with the float they keep.
const TRAVELS: [(&str, Scale, Travel); 4] = [
    ("linear in f32", Scale::Linear, |value, (lowest, highest)| {
        let place = (value - lowest) / (highest - lowest);
        f64::from(lowest + place * (highest - lowest))
    }),
    ("linear in f64, kept as f32", Scale::Linear, |value, (lowest, highest)| {
        let (lowest, width) = (f64::from(lowest), f64::from(highest) - f64::from(lowest));
        let place = ((f64::from(value) - lowest) / width) as f32;
        lowest + f64::from(place) * width
    }),
    ("logarithmic in f32", Scale::Logarithmic, |value, (lowest, highest)| {
        // A range from 0 is counted from a thousandth of its end, with 0 as it is.
        let from = lowest.max(highest / 1000.0);
        let place = (value.max(from) / from).ln() / (highest / from).ln();
        if value < from { f64::from(value) } else { f64::from(from * (place * (highest / from).ln()).exp()) }
    }),
    ("a power in f32", Scale::Logarithmic, |value, (lowest, highest)| {
        let middle = (lowest.max(highest / 1000.0) * highest).sqrt();
        let factor = 0.5f32.ln() / ((middle - lowest) / (highest - lowest)).ln();
        let place = ((value - lowest) / (highest - lowest)).powf(factor);
        f64::from(place.powf(1.0 / factor) * (highest - lowest) + lowest)
    }),
];

fn a_hosts_float(asked: &Asked, random: &mut Random) -> Outcome {
    let Kind::Number { lowest, highest, scale, .. } = asked.kind else { return Ok(()) };
    let travels = TRAVELS.iter().filter(|travel| travel.1 == scale);
    for (name, _, travel) in travels {
        for _ in 0..2000 {
            let even = random.between(f64::from(lowest), f64::from(highest));
            // Logarithmic travels are the finest at their lower end.
            let low = f64::from(lowest) + f64::from(highest - lowest) * random.share().powi(6);
            for value in [even, low].map(|value| asked.kind.rounded(value)) {
                let back = travel(value, (lowest, highest));
                let rounded = asked.kind.rounded(back);
                if rounded.to_bits() != value.to_bits() {
                    return Err(format!("{name}, {value} comes back as {back}: {rounded}"));
                }
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod on_trial {
    use super::*;
    use runout_dsp_core::settings::{Step, Unit};

    fn outcome(id: &str, lowest: f32, highest: f32, step: Step, default: f32) -> Outcome {
        let kind = Kind::Number { lowest, highest, step, unit: Unit::None, scale: Scale::Linear };
        pass(&Asked { id, kind, default }, &mut Random::new(1))
    }

    #[test]
    fn every_fault_of_a_parameter_is_seen() {
        assert_eq!(outcome("x.gain_db", -24.0, 24.0, Step::Hundredth, 0.0), Ok(()));
        assert!(outcome("x.gain_db", 24.0, 24.0, Step::Hundredth, 24.0).unwrap_err().contains("no range"));
        assert!(outcome("x.gain_db", -24.0, 24.0, Step::Hundredth, 25.0).unwrap_err().contains("not a value"));
        assert!(outcome("x.gain_db", -24.0, 24.0, Step::Hundredth, 0.005).unwrap_err().contains("not a value"));
        assert!(outcome("x.gain_db", -24.001, 24.0, Step::Hundredth, 0.0).unwrap_err().contains("not a value"));
        assert!(outcome("x.gain_db", -24.0, 24.0, Step::Thousandth, 0.0).unwrap_err().contains("no step"));
        assert!(outcome("x.share", -24.0, 24.0, Step::Hundredth, 0.0).unwrap_err().contains("not to a step"));
        // A step of 0.01 in a range of 100 000 is finer than a 0..1 in f32.
        assert!(outcome("x.a_ms", 0.0, 100_000.0, Step::Hundredth, 0.0).is_err());
    }
}
