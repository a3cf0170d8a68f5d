//! `atalaya reports`: one line a report.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;

use super::World;
use super::out::{self, Out, cut, number};
use crate::Error;
use crate::room::Room;
use crate::store::Summary;

const HELP: &str = "\
Dated reports come first, in the order of their dates; then those that do not say when they were
published. A report's id is the first digits of its SHA-256: the first four or more are enough.

Examples:
  atalaya reports
  atalaya reports --json | jq -r 'select(.published == null) | .source'";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Reports {
    /// Also list versions that a newer one has replaced
    #[arg(long)]
    all: bool,

    /// How many to list, 0 for all; --json always lists all
    #[arg(long, value_name = "N", default_value_t = 200)]
    limit: usize,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

impl Reports {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open()?;
        if self.json {
            room.store()
                .reports(self.all, |report| Ok::<_, Failure>(out.json(&report)?))
                .map_err(|failure| failure.told(&room))?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut rows = Vec::new();
        let mut total = 0;
        let limit = if self.limit == 0 { usize::MAX } else { self.limit };
        let list = |report: Summary| {
            total += 1;
            if rows.len() < limit {
                rows.push(line(&report));
            }
            Ok::<_, rusqlite::Error>(())
        };
        room.store().reports(self.all, list).map_err(|error| room.fail(error))?;
        print(rows, total, out)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints a table of the first reports of `total`.
pub fn print(rows: Vec<Vec<String>>, total: usize, out: &mut Out) -> Result<(), Error> {
    if rows.is_empty() {
        writeln!(out, "the room is empty; fill it with: atalaya add FOLDER")?;
        return Ok(());
    }
    let more = total - rows.len();
    out.table(&["id", "published", "language", "outlet", "title"], rows)?;
    if more > 0 {
        writeln!(out, "… and {} more; list all with --limit 0", number(more as u64))?;
    }
    Ok(())
}

/// A report as a row of that table.
pub fn line(report: &Summary) -> Vec<String> {
    let or = |value: &Option<String>, missing: &str| value.as_deref().unwrap_or(missing).to_owned();
    let title = report.title.clone().unwrap_or_else(|| format!("({})", report.source));
    let version = if report.newest { "" } else { "older version: " };
    vec![
        report.id[..8].to_owned(),
        day(&or(&report.published, "not stated")).to_owned(),
        report.language.as_deref().map_or("unknown", out::language).to_owned(),
        cut(&or(&report.outlet, "–"), 28),
        cut(&format!("{version}{title}"), 90),
    ]
}

/// The day of an ISO 8601 time.
fn day(published: &str) -> &str {
    published.split('T').next().unwrap_or(published)
}

/// Why a listing stopped: the store or the output failed.
pub enum Failure {
    Store(rusqlite::Error),
    Output(std::io::Error),
}

impl Failure {
    /// The error of the command that listed a room.
    pub fn told(self, room: &Room) -> Error {
        match self {
            Failure::Store(error) => room.fail(error),
            Failure::Output(error) => error.into(),
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Failure {
        Failure::Store(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Output(error)
    }
}
