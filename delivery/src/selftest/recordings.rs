//! EBU Tech 3341 cases 7 and 8 and Tech 3342 cases 5 and 6: EBU's own recordings, where a user has them.

use super::{Case, Check, Outcome};
use crate::measure::measure;
use crate::progress::Progress;
use runout_dsp_core::loudness::Readings;
use std::path::{Path, PathBuf};

/// The environment variable that names the folder of EBU's loudness test set (tech.ebu.ch/publications/ebu_loudness_test_set).
pub const EBU_FILES_VARIABLE: &str = "RUNOUT_EBU_FILES";

/// How the name of the narrow-range programme begins in the test set.
const NARROW: &str = "seq-3341-7_seq-3342-5";

/// How the name of the wide-range programme begins in the test set.
const WIDE: &str = "seq-3341-2011-8_seq-3342-6";

/// The loudness cases.
pub const LOUDNESS_CASES: &[Case] = &[
    Case {
        name: "EBU Tech 3341 case 7",
        signal: "EBU's recording of narrow range: I is -23 LUFS",
        check: |_| recording(NARROW, integrated),
    },
    Case {
        name: "EBU Tech 3341 case 8",
        signal: "EBU's recording of wide range: I is -23 LUFS",
        check: |_| recording(WIDE, integrated),
    },
];

/// The loudness range cases.
pub const RANGE_CASES: &[Case] = &[
    Case {
        name: "EBU Tech 3342 case 5",
        signal: "EBU's recording of narrow range: LRA is 5 LU",
        check: |_| recording(NARROW, |readings| Check::range(5.0, readings.loudness_range.range_lu)),
    },
    Case {
        name: "EBU Tech 3342 case 6",
        signal: "EBU's recording of wide range: LRA is 15 LU",
        check: |_| recording(WIDE, |readings| Check::range(15.0, readings.loudness_range.range_lu)),
    },
];

fn integrated(readings: &Readings) -> Check {
    Check::loudness("I", -23.0, readings.integrated_lufs)
}

/// Measures the recording whose name begins so.
fn recording(beginning: &str, check: fn(&Readings) -> Check) -> Outcome {
    let Some(folder) = std::env::var_os(EBU_FILES_VARIABLE) else {
        return Outcome::NotRun(format!(
            "EBU's recordings may not be passed on: set {EBU_FILES_VARIABLE} to the folder of EBU's loudness test set"
        ));
    };
    match find(Path::new(&folder), beginning) {
        Ok(Some(path)) => match measured(&path) {
            Ok(readings) => Outcome::Checked(vec![check(&readings)]),
            Err(reason) => Outcome::Broken(reason),
        },
        Ok(None) => Outcome::NotRun(format!("{} holds no {beginning}*.wav", folder.display())),
        Err(error) => Outcome::Broken(format!("{EBU_FILES_VARIABLE}: {}: {error}", folder.display())),
    }
}

/// The file in the folder whose name begins so, the first by name.
fn find(folder: &Path, beginning: &str) -> std::io::Result<Option<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with(beginning) && name.ends_with(".wav") {
            found.push(path);
        }
    }
    Ok(found.into_iter().min())
}

/// All readings of a file.
fn measured(path: &Path) -> Result<Readings, String> {
    let (measurement, _) = measure(path, None, &Progress::none()).map_err(|failure| failure.to_string())?;
    Ok(measurement.readings)
}
