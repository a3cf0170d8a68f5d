//! The `evaluate` command: measures Atalaya on public test sets.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// Measures Atalaya on public test sets and on sets it generates. The figures stand in one JSON
/// object on the last line.
#[derive(Parser)]
#[command(name = "evaluate", version)]
struct Command {
    #[command(subcommand)]
    set: Set,
}

/// One test set, named as its folder is.
#[derive(Subcommand)]
enum Set {}

/// What every set takes.
#[derive(Args)]
struct Common {
    /// The set's JSON Lines file.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// Which of the set's tasks to run; its first by default.
    #[arg(long)]
    task: Option<String>,
    /// Where to write the predictions, in the form that the set's scorer reads.
    #[arg(long, value_name = "OUT")]
    predictions: Option<PathBuf>,
}

fn main() -> ExitCode {
    match Command::parse().set {}
}
