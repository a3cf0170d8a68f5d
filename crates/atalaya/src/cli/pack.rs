//! `atalaya pack check`: what is wrong with a pack, all at once.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use atalaya_facts::pack;
use clap::{Args, Subcommand};

use super::out::{Out, plural};
use crate::{Error, world};

#[derive(Debug, Args)]
pub struct Packs {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Tell everything that is wrong with a pack's files, as file:line with a hint
    Check {
        /// The pack's folder, such as packs/world
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

impl Packs {
    pub fn run(self, out: &mut Out) -> Result<ExitCode, Error> {
        let Verb::Check { folder } = self.verb;
        let files = world::folder_files(&folder)?;
        let problems = pack::check(&files);
        for problem in &problems {
            writeln!(out, "{problem}")?;
        }
        let read = plural(files.len() as u64, "file", "files");
        if problems.is_empty() {
            writeln!(out, "{read} read, nothing wrong")?;
            return Ok(ExitCode::SUCCESS);
        }
        writeln!(out, "{read} read, {}", plural(problems.len() as u64, "problem", "problems"))?;
        Ok(ExitCode::FAILURE)
    }
}
