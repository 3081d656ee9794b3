//! `cargo xtask`: what a developer or a new user does with one call.

mod bench;
mod bundle;
mod daw;
mod demo;
mod packages;
mod python;
mod readme;
mod shots;
mod steps;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask <task>

  demo [MIX]   master MIX, or a 60 s mix that is synthesized, to the spotify target; show before and after, and prove
               that the plugin in a host makes the same file
  test         check formatting, lints and docs, and run every test
  bundle       build the plugins in release: target/bundled/Runout.clap and Runout.vst3
  install      the same, and copy them to your plugin folders
  daw          render each VST3 in Ardour, without a screen, and compare it with the command
  bench        measure every processor beside its rivals, and the editors; `bench compressor`, `bench editors`: these alone;
               `bench imager`: imager, output stage and the whole Master; `bench files`: whole calls of the command beside
               ffmpeg
  shots        paint the README's pictures of the editors anew: docs/images
  readme       write the README's tables of parameters anew from the settings
";

/// How a task ends: done, not passed (1), or not possible as asked (2).
enum Failure {
    /// A check did not pass; it has said why.
    NotPassed,
    /// Something is missing or wrong, in one line.
    NotPossible(String),
}

impl From<String> for Failure {
    fn from(reason: String) -> Self {
        Self::NotPossible(reason)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["demo"] => demo::run(None),
        ["demo", mix] if !mix.starts_with('-') => demo::run(Some(mix)),
        // Nothing is measured with the checks of a test on.
        ["bench", ..] if cfg!(debug_assertions) => steps::in_release(&arguments),
        ["bench"] => bench::run(),
        ["bench", "compressor"] => bench::run_compressors(),
        ["bench", "imager"] => bench::run_imagers(),
        ["bench", "editors"] => bench::run_editors(),
        ["bench", "files"] => bench::files::run(),
        ["bundle"] => bundle::run().map(|folder| println!("bundled in {}", folder.display())),
        ["install"] => bundle::install(),
        ["daw"] => daw::run(),
        ["test"] => test::run(),
        ["shots"] => shots::run(),
        ["readme"] => readme::run(),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        [] => Err(Failure::NotPossible(format!("a task is missing\n\n{USAGE}"))),
        other => Err(Failure::NotPossible(format!("`{}` is not a task\n\n{USAGE}", other.join(" ")))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::NotPassed) => ExitCode::from(1),
        Err(Failure::NotPossible(reason)) => {
            eprintln!("error: {reason}");
            ExitCode::from(2)
        }
    }
}
