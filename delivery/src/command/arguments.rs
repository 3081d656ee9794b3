//! The arguments of every call.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::audio_sink::{Existing, FileDepth, FormatWord, format_word};

/// Masters, measures and delivers audio files.
#[derive(Parser, Debug)]
#[command(name = "runout", version, about, subcommand_required = true, disable_help_subcommand = true)]
#[command(
    after_help = "Exit status: 0 done (and passed), 1 a check or target failed, 2 bad usage or input, 130 interrupted."
)]
pub struct Invocation {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Render a mix through the mastering chain, to a delivery target if one is named
    Master(MasterArguments),
    /// Measure loudness, loudness range, peaks, PLR and PSR; pass or fail against a target
    Measure(MeasureArguments),
    /// Render, sequence and deliver an album: levels, gaps, fades, formats, tags, cue sheet, checksums, report
    Album(AlbumArguments),
    /// List the delivery targets with their sources
    Targets(TargetsArguments),
    /// Synthesize the cases of EBU Tech 3341 and 3342 and read them back
    Selftest(SelftestArguments),
}

/// Arguments of `runout master`.
#[derive(Args, Debug)]
pub struct MasterArguments {
    /// The mix: WAV, RF64, FLAC, MP3, AIFF or OGG Vorbis; mono or stereo, 22.05 to 384 kHz
    pub mix: PathBuf,
    /// The file to deliver
    #[arg(short, long = "output", value_name = "OUT")]
    pub out: PathBuf,
    /// The chain file (TOML); the default chain without
    #[arg(long, value_name = "FILE")]
    pub chain: Option<PathBuf>,
    /// Meet a delivery target: limiter on, ceiling no higher than the target's, input gain found
    #[arg(long, value_name = "NAME")]
    pub target: Option<String>,
    /// Format of the output: wav, flac, mp3, ogg, mp3-KBPS (32 to 320) or ogg-QUALITY (-1 to 10); follows the name of OUT
    #[arg(long, value_name = "F", value_parser = format_word)]
    pub format: Option<FormatWord>,
    /// Bits of the output: 16, 24 or 32f (float); FLAC has no floats, MP3 and OGG have no word length
    #[arg(long, value_enum, default_value_t = Depth::TwentyFour)]
    pub depth: Depth,
    /// Sample rate of the output, 22050 to 384000; the mix's without
    #[arg(long, value_name = "HZ")]
    pub rate: Option<u32>,
    /// A tag of the output: title, artist, album, album-artist, track (N or N/M), date, genre, isrc, upc, copyright,
    /// composer; may be repeated
    #[arg(long = "tag", value_name = "KEY=VALUE")]
    pub tags: Vec<String>,
    /// The cover of the output: PNG or JPEG, at most 12 MB
    #[arg(long, value_name = "FILE")]
    pub picture: Option<PathBuf>,
    /// Write what was measured and rendered to a JSON file
    #[arg(long, value_name = "FILE.json")]
    pub report: Option<PathBuf>,
    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,
    /// Replace files that exist
    #[arg(long)]
    pub force: bool,
    /// Compute on every machine with the same instructions: the same bits everywhere, slower
    #[arg(long)]
    pub portable: bool,
}

/// Arguments of `runout measure`.
#[derive(Args, Debug)]
pub struct MeasureArguments {
    /// Files to measure, or folders of them: mono, stereo, 5.1 or 7.1.4, 8 to 384 kHz; several are also read as one album
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Say pass or fail against a delivery target
    #[arg(long, value_name = "NAME")]
    pub target: Option<String>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Write M, S, I and true peak every 100 ms to a CSV file; of one FILE
    #[arg(long, value_name = "FILE.csv")]
    pub log: Option<PathBuf>,
    /// Replace a log that exists
    #[arg(long, requires = "log")]
    pub force: bool,
    /// Files measured at a time; as many as there are processors
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
}

/// Arguments of `runout album`.
#[derive(Args, Debug)]
pub struct AlbumArguments {
    /// The album file (TOML): tracks, levels, gaps, fades, formats
    pub album: PathBuf,
    /// The folder to deliver to; made where it is missing
    #[arg(short = 'o', long = "output", value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Print the report as JSON
    #[arg(long)]
    pub json: bool,
    /// Replace files that exist
    #[arg(long)]
    pub force: bool,
    /// Tracks and files worked on at a time; as many as there are processors
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub jobs: Option<u16>,
    /// Compute on every machine with the same instructions: the same bits everywhere, slower
    #[arg(long)]
    pub portable: bool,
}

/// Arguments of `runout targets`.
#[derive(Args, Debug)]
pub struct TargetsArguments {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `runout selftest`.
#[derive(Args, Debug)]
pub struct SelftestArguments {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// Sample rate of the synthesized signals
    #[arg(long, value_name = "HZ", default_value_t = 48_000, value_parser = clap::value_parser!(u32).range(8_000..=384_000))]
    pub rate: u32,
}

/// Word lengths of delivered files.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// 16-bit integers
    #[value(name = "16")]
    Sixteen,
    /// 24-bit integers
    #[value(name = "24")]
    TwentyFour,
    /// 32-bit float
    #[value(name = "32f")]
    Float,
}

impl From<Depth> for FileDepth {
    fn from(depth: Depth) -> Self {
        match depth {
            Depth::Sixteen => Self::Integer16,
            Depth::TwentyFour => Self::Integer24,
            Depth::Float => Self::Float32,
        }
    }
}

/// What `--force` means.
pub fn existing(force: bool) -> Existing {
    if force { Existing::Replace } else { Existing::Keep }
}
