//! EBU Tech 3342 cases 1 to 4: loudness range.

use super::bench::{outcome, play, tone};
use super::{Case, Check, Outcome};

/// The cases in the order of the table, without EBU's own recordings.
pub const CASES: &[Case] = &[
    Case {
        name: "EBU Tech 3342 case 1",
        signal: "20 s each at -20 and -30 dBFS: LRA is 10 LU",
        check: |rate| range(10.0, &[-20.0, -30.0], rate),
    },
    Case {
        name: "EBU Tech 3342 case 2",
        signal: "20 s each at -20 and -15 dBFS: LRA is 5 LU",
        check: |rate| range(5.0, &[-20.0, -15.0], rate),
    },
    Case {
        name: "EBU Tech 3342 case 3",
        signal: "20 s each at -40 and -20 dBFS: LRA is 20 LU",
        check: |rate| range(20.0, &[-40.0, -20.0], rate),
    },
    Case {
        name: "EBU Tech 3342 case 4",
        signal: "20 s each at -50, -35, -20, -35 and -50 dBFS: LRA is 15 LU",
        check: |rate| range(15.0, &[-50.0, -35.0, -20.0, -35.0, -50.0], rate),
    },
];

/// 20 s at each level: the loudness range.
fn range(expected_lu: f64, levels_dbfs: &[f64], rate: f64) -> Outcome {
    let tones: Vec<_> = levels_dbfs.iter().map(|level_dbfs| tone(20.0, *level_dbfs)).collect();
    let readings = play(&tones, rate, |_, _| {});
    outcome(readings.map(|readings| vec![Check::range(expected_lu, readings.loudness_range.range_lu)]))
}
