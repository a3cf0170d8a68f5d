//! `atalaya problems`: what could not be read, or only with a loss.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;

use super::World;
use super::out::{Out, tame};
use crate::Error;

const HELP: &str = "\
A file that is read well later loses its problems: mend the file and add it again.";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Problems {
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

impl Problems {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open()?;
        let problems = room.store().problems().map_err(|error| room.fail(error))?;
        if self.json {
            problems.iter().try_for_each(|problem| out.json(problem))?;
        } else if problems.is_empty() {
            writeln!(out, "no problems: everything that was added could be read")?;
        } else {
            let rows = problems.iter().map(|problem| {
                let stored = if problem.report.is_some() { "stored all the same: " } else { "" };
                vec![
                    tame(&problem.place),
                    problem.kind.clone(),
                    format!("{stored}{}", tame(&problem.message)),
                ]
            });
            out.table(&["file", "kind", "what happened"], rows)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
