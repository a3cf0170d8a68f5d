//! `atalaya export`: what the room holds, in forms that other programs read.

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::World;
use super::claims::{Which, with_report};
use super::out::Out;
use crate::Error;

const HELP: &str = "\
JSON Lines on standard output, one object a claim. Offsets count code points into the report's text, end
exclusive. Fields may be added, and are never renamed.

Examples:
  atalaya export claims > claims.jsonl
  atalaya export claims --kind seize";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Export {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// What the reports claim, sentence by sentence
    Claims(Which),
}

impl Export {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let What::Claims(which) = self.what;
        which.each(world, |source, claim| {
            out.json(&with_report(source, claim)).map_err(super::reports::Failure::from)
        })?;
        Ok(ExitCode::SUCCESS)
    }
}
