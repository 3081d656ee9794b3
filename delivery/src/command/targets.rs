//! `runout targets`: the delivery rules.

use runout_dsp_core::targets::TARGETS;

use super::Ending;
use super::arguments::TargetsArguments;
use super::output;
use crate::failure::Failure;
use crate::report::{table, targets_json};

/// Lists the rules.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(arguments: &TargetsArguments) -> Result<Ending, Failure> {
    if arguments.json {
        output::print_json(&targets_json())?;
    } else {
        output::print(&text())?;
    }
    Ok(Ending::Passed)
}

fn text() -> String {
    let cells = |values: [&str; 5]| values.map(str::to_owned).to_vec();
    let mut rows = vec![
        cells(["target", "integrated", "tolerance", "true peak", " source, date"]),
        cells(["", "LUFS", "LU", "dBTP", ""]),
    ];
    for target in &TARGETS {
        let loudness = target.integrated_lufs.map(|wanted| format!("{wanted:.1}"));
        let tolerance = target.integrated_lufs.map(|_| format!("{:.1}", target.tolerance_lu));
        rows.push(vec![
            target.name.to_owned(),
            loudness.unwrap_or_else(|| "-".to_owned()),
            tolerance.unwrap_or_else(|| "-".to_owned()),
            format!("{:.1}", target.ceiling_dbtp),
            format!(" {}, {}", target.source, target.date),
        ]);
    }
    let notes = TARGETS.iter().filter(|target| !target.note.is_empty());
    let notes: String = notes.map(|target| format!("{}: {}\n", target.name, target.note)).collect();
    format!("{}\n{notes}", table(&rows, true))
}
