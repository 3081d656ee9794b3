//! A parameter as a control has it: its place on the travel, its steps, and its value as it is shown and typed.

mod step;
mod whole;
mod words;

use std::sync::LazyLock;

use runout_dsp_core::settings::{Kind, Parameter, Scale, Unit, parameters};

pub use step::{gridded, stepped};
pub use whole::{put, read};
pub use words::{exact, label, parsed, range, sentence, shown, word};

/// The parameter with an id; `None` for one that the chain does not have.
pub fn find(id: &str) -> Option<&'static Parameter> {
    static ALL: LazyLock<Vec<Parameter>> = LazyLock::new(|| {
        let mut all = parameters();
        all.sort_by(|one, other| one.id.cmp(&other.id));
        all
    });
    let found = ALL.binary_search_by(|parameter| parameter.id.as_str().cmp(id)).ok()?;
    ALL.get(found)
}

/// Where a value stands on a control's travel, 0 to 1.
pub fn position(parameter: &Parameter, value: f32) -> f32 {
    let (lowest, highest) = ends(parameter);
    let value = f64::from(value).clamp(lowest, highest);
    let share = match scale(parameter) {
        Scale::Linear => (value - lowest) / (highest - lowest),
        Scale::Logarithmic if lowest > 0.0 => (value / lowest).ln() / (highest / lowest).ln(),
        Scale::Logarithmic => (value / highest * (OFF_RATIO - 1.0)).ln_1p() / OFF_RATIO.ln(),
    };
    share as f32
}

/// The value at a position on a control's travel, 0 to 1; rounded to the parameter's step.
pub fn value_at(parameter: &Parameter, position: f32) -> f32 {
    parameter.kind.rounded(unrounded_at(parameter, f64::from(position)))
}

/// Where a control's arc begins: at 0 where values go both ways, else at the lower end.
pub fn origin(parameter: &Parameter) -> f32 {
    let (lowest, highest) = ends(parameter);
    if lowest < 0.0 && highest > 0.0 { position(parameter, 0.0) } else { 0.0 }
}

/// A logarithmic travel that starts at 0 spans this ratio: equal distances are nearly equal ratios, and 0 is its end.
const OFF_RATIO: f64 = 1000.0;

/// The value at a position, before it is rounded.
fn unrounded_at(parameter: &Parameter, position: f64) -> f64 {
    let (lowest, highest) = ends(parameter);
    let position = position.clamp(0.0, 1.0);
    match scale(parameter) {
        Scale::Linear => lowest + position * (highest - lowest),
        Scale::Logarithmic if lowest > 0.0 => lowest * (highest / lowest).powf(position),
        Scale::Logarithmic => highest * (OFF_RATIO.powf(position) - 1.0) / (OFF_RATIO - 1.0),
    }
}

/// Lowest and highest value.
fn ends(parameter: &Parameter) -> (f64, f64) {
    let (lowest, highest) = parameter.kind.range();
    (f64::from(lowest), f64::from(highest))
}

fn scale(parameter: &Parameter) -> Scale {
    match parameter.kind {
        Kind::Number { scale, .. } => scale,
        Kind::Switch | Kind::Choice(_) => Scale::Linear,
    }
}

/// Whether a number is a share, which is shown in percent.
fn is_share(kind: &Kind) -> bool {
    use runout_dsp_core::settings::Step;
    matches!(kind, Kind::Number { step: Step::Thousandth, unit: Unit::None, scale: Scale::Linear, .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_parameter_is_found_and_nothing_else() {
        for parameter in parameters() {
            assert_eq!(find(&parameter.id).map(|found| found.id.clone()), Some(parameter.id));
        }
        assert!(find("limiter.nothing").is_none() && find("").is_none());
    }

    #[test]
    fn positions_and_values_are_each_others_inverse() {
        for parameter in parameters() {
            let (lowest, highest) = parameter.kind.range();
            assert_eq!(value_at(&parameter, 0.0), lowest, "{}", parameter.id);
            assert_eq!(value_at(&parameter, 1.0), highest, "{}", parameter.id);
            let mut before = f32::NEG_INFINITY;
            for thousandths in 0..=1000 {
                let value = value_at(&parameter, thousandths as f32 / 1000.0);
                assert!(value >= before, "{} falls at {thousandths}", parameter.id);
                before = value;
                // A value on its step keeps its place: what a position gives back is the same number.
                assert_eq!(value_at(&parameter, position(&parameter, value)), value, "{}", parameter.id);
            }
        }
    }

    #[test]
    fn equal_distances_are_equal_ratios_where_it_says_so() {
        let release = find("limiter.release_ms").unwrap();
        // 1 to 1000 ms: the middle is their geometric mean, to the step of 0.01 ms.
        assert_eq!(value_at(release, 0.5), 31.62);
        let mono = find("imager.mono_below_hz").unwrap();
        assert_eq!((value_at(mono, 0.0), position(mono, 0.0)), (0.0, 0.0));
        let ratio = value_at(mono, 0.9) / value_at(mono, 0.8);
        // Nearly: the lower end, 0, costs 1 % at this place.
        assert!((ratio / 1000f32.powf(0.1) - 1.0).abs() < 0.01, "{ratio}");
    }

    #[test]
    fn arcs_begin_at_zero_where_values_go_both_ways() {
        assert_eq!(origin(find("limiter.input_gain_db").unwrap()), 0.5);
        assert_eq!(origin(find("limiter.ceiling_dbtp").unwrap()), 0.0);
        assert_eq!(origin(find("limiter.link").unwrap()), 0.0);
    }
}
