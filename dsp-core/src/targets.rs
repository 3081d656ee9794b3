//! The delivery rules: what a platform or a medium wants, who says so, and whether a programme keeps to it.
//!
//! Platforms change their rules: each carries its source and the date it is as of. Most platforms publish nothing exact;
//! `commonly quoted` says so.

mod advice;
mod normalization;
mod verdict;

pub use advice::{Advice, Finding, Lever};
pub use normalization::{AlbumLevel, Normalization, TurnsUp};
pub use verdict::{TRUE_PEAK_TOLERANCE_DB, Verdict};

use crate::loudness::Readings;

/// One delivery rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// The name that the command takes and that is stored.
    pub name: &'static str,
    /// The name that an editor shows.
    pub label: &'static str,
    /// Integrated loudness wanted, LUFS; `None` where the rule has none.
    pub integrated_lufs: Option<f64>,
    /// How far from it passes, LU.
    pub tolerance_lu: f64,
    /// Highest true peak, dBTP.
    pub ceiling_dbtp: f64,
    /// Highest true peak of a programme that is louder than the tolerance allows, where the rule has another, dBTP.
    pub louder_ceiling_dbtp: Option<f64>,
    /// What it does to the level of what it plays; `None` where the rule is one for those who deliver only.
    pub normalization: Option<Normalization>,
    /// What else there is to know.
    pub note: &'static str,
    /// Who says so.
    pub source: &'static str,
    /// The source's date, or the month the figure was noted.
    pub date: &'static str,
}

/// A platform that normalizes: half an LU is what its own measurement may differ by.
const fn streaming(
    [name, label]: [&'static str; 2],
    integrated_lufs: f64,
    ceiling_dbtp: f64,
    note: &'static str,
    source: &'static str,
) -> Target {
    Target {
        name,
        label,
        integrated_lufs: Some(integrated_lufs),
        tolerance_lu: 0.5,
        ceiling_dbtp,
        louder_ceiling_dbtp: None,
        normalization: Some(Normalization::BOTH_WAYS),
        note,
        source,
        date: NOTED,
    }
}

/// When figures without a date of their own were noted.
const NOTED: &str = "2026-11";
const QUOTED: &str = "commonly quoted";
const PRACTICE: &str = "practice";

/// Every rule, in the order they are listed.
pub static TARGETS: [Target; 12] = [
    Target {
        louder_ceiling_dbtp: Some(-2.0),
        normalization: Some(Normalization { turns_up: TurnsUp::ToCeiling, ..Normalization::BOTH_WAYS }),
        ..streaming(
            ["spotify", "Spotify"],
            -14.0,
            -1.0,
            "-2 dBTP where louder than -14; listeners may choose -11 or -19; turned up only until -1 dBTP",
            "official page",
        )
    },
    streaming(["apple-music", "Apple Music"], -16.0, -1.0, "Sound Check", QUOTED),
    Target {
        normalization: Some(Normalization { turns_up: TurnsUp::Never, ..Normalization::BOTH_WAYS }),
        ..streaming(["youtube", "YouTube"], -14.0, -1.0, "turned down only: what is quieter stays so", QUOTED)
    },
    Target {
        normalization: Some(Normalization {
            album_level: AlbumLevel::LoudestTrack,
            always_by_album: true,
            ..Normalization::BOTH_WAYS
        }),
        ..streaming(["tidal", "Tidal"], -14.0, -1.0, "by album: the loudest track at the target", QUOTED)
    },
    streaming(["amazon-music", "Amazon Music"], -14.0, -2.0, "", QUOTED),
    streaming(["deezer", "Deezer"], -15.0, -1.0, "", QUOTED),
    Target {
        date: "2021",
        normalization: Some(Normalization {
            album_level: AlbumLevel::LoudestTrack,
            album_lufs: Some(-14.0),
            ..Normalization::BOTH_WAYS
        }),
        ..streaming(
            ["aes-streaming", "AES Streaming"],
            -16.0,
            -1.0,
            "music by track; an album's loudest track -14; speech -18",
            "AES TD1008",
        )
    },
    Target {
        tolerance_lu: 0.2,
        date: "2023",
        normalization: None,
        ..streaming(["ebu-r128", "EBU R 128"], -23.0, -1.0, "European broadcast", "EBU R 128")
    },
    Target {
        tolerance_lu: 2.0,
        date: "2013",
        normalization: None,
        ..streaming(["atsc-a85", "ATSC A/85"], -24.0, -2.0, "US broadcast", "ATSC A/85:2013")
    },
    Target {
        integrated_lufs: None,
        normalization: None,
        ..streaming(["cd", "CD"], 0.0, -0.3, "no loudness rule; the ceiling spares the player's converter", PRACTICE)
    },
    Target { normalization: None, ..streaming(["club", "Club"], -7.0, -0.5, "typical -9 to -6", PRACTICE) },
    Target {
        integrated_lufs: None,
        normalization: None,
        ..streaming(
            ["vinyl", "Vinyl"],
            0.0,
            -3.0,
            "no loudness rule; bass in mono below 150 Hz, no brick-wall limiting",
            PRACTICE,
        )
    },
];

impl Target {
    /// The rule of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.name == name)
    }

    /// A rule that a user sets: loudness, LUFS, with the tolerance of a platform that normalizes, and highest true peak, dBTP.
    pub const fn own(integrated_lufs: f64, ceiling_dbtp: f64) -> Self {
        Self { date: "", ..streaming(["own", "Own"], integrated_lufs, ceiling_dbtp, "", "the user") }
    }

    /// How far a measured programme is from the rule, and what to do with `lever` to meet it.
    pub fn advice(&self, readings: &Readings, lever: Lever) -> Advice {
        Verdict::new(self, None, readings.integrated_lufs, readings.true_peak_max_dbtp()).advice(lever)
    }
}
