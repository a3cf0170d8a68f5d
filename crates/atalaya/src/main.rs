//! The `atalaya` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    atalaya::cli::run(std::env::args_os())
}
