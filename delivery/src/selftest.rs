//! The meter reads back what EBU Tech 3341 (version 4) and Tech 3342 prescribe: every signal of their tables is made from
//! its written definition, measured, and compared with the reading and the tolerance of the table.
//!
//! `runout selftest` shows the results and the conformance tests assert them. EBU's own recordings (Tech 3341 cases 7
//! and 8, Tech 3342 cases 5 and 6) may not be passed on: they are read from the folder that the environment variable
//! [`EBU_FILES_VARIABLE`] names, and reported as not run without it.

mod bench;
mod loudness_cases;
mod peak_cases;
mod range_cases;
mod recordings;

pub use recordings::EBU_FILES_VARIABLE;

use std::fmt;

/// One signal of the tables with what must be read.
#[derive(Clone, Copy)]
pub struct Case {
    /// Document and number, such as "EBU Tech 3341 case 9".
    pub name: &'static str,
    /// What the signal is and what is read.
    pub signal: &'static str,
    /// Makes and measures the signal at a sample rate in Hz.
    check: fn(f64) -> Outcome,
}

/// One reading beside what the table says.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// What was read, such as "S after 3 s, least".
    pub reading: String,
    /// What the table says, in `unit`.
    pub expected: f64,
    /// How far below a reading may lie, in the unit's steps (LU or dB).
    pub tolerance_below: f64,
    /// How far above a reading may lie.
    pub tolerance_above: f64,
    /// LUFS, LU or dBTP.
    pub unit: &'static str,
    /// What the meter reads.
    pub read: f64,
}

/// What became of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Every reading is within its tolerance.
    Passed,
    /// A reading is not, or the signal could not be measured.
    Failed,
    /// The signal is not there to be measured.
    NotRun,
}

/// A case and what was read.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseResult {
    /// Document and number.
    pub name: &'static str,
    /// What the signal is and what is read.
    pub signal: &'static str,
    /// Every reading; none where the case was not run.
    pub checks: Vec<Check>,
    /// What became of it.
    pub status: Status,
    /// Why a case was not run or could not be measured.
    pub note: Option<String>,
}

/// What measuring a signal gives.
enum Outcome {
    Checked(Vec<Check>),
    NotRun(String),
    Broken(String),
}

impl Check {
    /// Loudness in LUFS, within 0.1 LU.
    fn loudness(reading: impl Into<String>, expected: f64, read: f64) -> Self {
        Self { reading: reading.into(), expected, tolerance_below: 0.1, tolerance_above: 0.1, unit: "LUFS", read }
    }

    /// True peak in dBTP, at most 0.2 dB above and 0.4 dB below.
    fn true_peak(expected: f64, read: f64) -> Self {
        let reading = "true peak".into();
        Self { reading, expected, tolerance_below: 0.4, tolerance_above: 0.2, unit: "dBTP", read }
    }

    /// Loudness range in LU, within 1 LU.
    fn range(expected: f64, read: f64) -> Self {
        let reading = "loudness range".into();
        Self { reading, expected, tolerance_below: 1.0, tolerance_above: 1.0, unit: "LU", read }
    }

    /// Whether the reading is within the tolerance; one that is no number is not.
    pub fn passed(&self) -> bool {
        let lowest = self.expected - self.tolerance_below;
        let highest = self.expected + self.tolerance_above;
        (lowest..=highest).contains(&self.read)
    }
}

impl fmt::Display for Check {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { reading, expected, tolerance_below, tolerance_above, unit, read } = self;
        write!(formatter, "{reading}: {read:.2} {unit}, expected {expected:.1} (")?;
        if tolerance_below == tolerance_above {
            write!(formatter, "±{tolerance_above:.1})")
        } else {
            write!(formatter, "+{tolerance_above:.1} -{tolerance_below:.1})")
        }
    }
}

impl Case {
    /// Makes the signal at a sample rate in Hz and measures it.
    pub fn run(&self, sample_rate_hz: u32) -> CaseResult {
        let (checks, status, note) = match (self.check)(f64::from(sample_rate_hz)) {
            Outcome::Checked(checks) => {
                let passed = !checks.is_empty() && checks.iter().all(Check::passed);
                (checks, if passed { Status::Passed } else { Status::Failed }, None)
            }
            Outcome::NotRun(reason) => (Vec::new(), Status::NotRun, Some(reason)),
            Outcome::Broken(reason) => (Vec::new(), Status::Failed, Some(reason)),
        };
        CaseResult { name: self.name, signal: self.signal, checks, status, note }
    }
}

/// Every case in the order of the tables.
pub fn cases() -> impl Iterator<Item = &'static Case> {
    let tables = [loudness_cases::CASES, recordings::LOUDNESS_CASES, peak_cases::CASES, range_cases::CASES];
    tables.into_iter().flatten().chain(recordings::RANGE_CASES)
}

/// Runs every case at a sample rate in Hz (EBU's recordings at their own). Takes about a second at 48 kHz.
pub fn run(sample_rate_hz: u32) -> Vec<CaseResult> {
    cases().map(|case| case.run(sample_rate_hz)).collect()
}
