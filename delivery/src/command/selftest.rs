//! `runout selftest`: the cases of EBU Tech 3341 and 3342, synthesized and read back by the meter that measures files.

use serde_json::{Value, json};

use super::Ending;
use super::arguments::SelftestArguments;
use super::output;
use crate::failure::Failure;
use crate::selftest::{self, CaseResult, Check, Status};

/// Runs every case and says what was read.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(arguments: &SelftestArguments) -> Result<Ending, Failure> {
    let results = selftest::run(arguments.rate);
    let passed = results.iter().all(|result| result.status != Status::Failed);
    if arguments.json {
        output::print_json(&document(&results, arguments.rate, passed))?;
    } else {
        output::print(&text(&results, arguments.rate))?;
    }
    Ok(Ending::of(passed))
}

fn word(status: Status) -> &'static str {
    match status {
        Status::Passed => "passed",
        Status::Failed => "failed",
        Status::NotRun => "not run",
    }
}

fn document(results: &[CaseResult], rate_hz: u32, passed: bool) -> Value {
    let check = |check: &Check| {
        json!({
            "reading": check.reading,
            "expected": check.expected,
            "tolerance_below": check.tolerance_below,
            "tolerance_above": check.tolerance_above,
            "unit": check.unit,
            // A reading of silence is not finite, and null.
            "read": check.read,
            "passed": check.passed(),
        })
    };
    let cases: Vec<Value> = results
        .iter()
        .map(|result| {
            json!({
                "name": result.name,
                "signal": result.signal,
                "status": word(result.status),
                "note": result.note,
                "checks": result.checks.iter().map(check).collect::<Vec<_>>(),
            })
        })
        .collect();
    json!({ "sample_rate": rate_hz, "passed": passed, "cases": cases })
}

/// A line a case; of one that failed also every reading that is off.
fn text(results: &[CaseResult], rate_hz: u32) -> String {
    let width = results.iter().map(|result| result.name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for result in results {
        let padding = " ".repeat(width - result.name.chars().count());
        text += &format!("{:<7}  {}{padding}  {}\n", word(result.status), result.name, result.signal);
        if result.status != Status::Passed {
            let off = result.checks.iter().filter(|check| !check.passed()).map(Check::to_string);
            for line in result.note.iter().cloned().chain(off) {
                text += &format!("         {line}\n");
            }
        }
    }
    let count = |status| results.iter().filter(|result| result.status == status).count();
    let (passed, failed, not_run) = (count(Status::Passed), count(Status::Failed), count(Status::NotRun));
    text + &format!("\nAt {rate_hz} Hz: {passed} passed, {failed} failed, {not_run} not run.\n")
}
