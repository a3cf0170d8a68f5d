//! `atalaya pack check`: what is wrong with a pack, all at once.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use atalaya_facts::pack::{self, Files};
use clap::{Args, Subcommand};

use super::out::{Out, plural};
use crate::Error;

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
        let files = files(&folder)?;
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

/// The words and examples below a folder.
fn files(folder: &Path) -> Result<Files, Error> {
    let mut files = Files::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::file("read", folder, error.into()))?;
        let ending = entry.path().extension().and_then(|ending| ending.to_str());
        if entry.file_type().is_file() && matches!(ending, Some("toml" | "md")) {
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let text = fs::read_to_string(entry.path())
                .map_err(|error| Error::file("read", entry.path(), error))?;
            files.insert(path.to_string_lossy().replace('\\', "/"), text);
        }
    }
    Ok(files)
}
