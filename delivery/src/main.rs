//! The `runout` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    runout_delivery::command::run(std::env::args_os())
}
