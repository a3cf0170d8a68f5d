//! `atalaya add`: files, folders and standard input come into the room.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;

use clap::Args;
use serde_json::json;

use super::World;
use super::out::{self, Out, number, plural};
use super::progress::{self, Teller};
use crate::Error;
use crate::room::files::{self, Found, Listing};
use crate::room::{Added, LIMIT, Writer};
use crate::store::{Outcome, Place};
use crate::world::Engine;

const HELP: &str = "\
Folders are read with all that is in them; hidden files, rooms, and the scripts, styles and pictures
that belong to saved pages are left out. Bytes that are in the room already add nothing. A file that
has changed since becomes a new version: the old one is kept, but no longer counted or searched.

English reports are parsed and read for values: actors, things, places, quantities and times, each with
its words. See them with `atalaya mentions`. Reports in other languages are kept and searched, and it is said how
many they are.

A file that cannot be read is noted as a problem, and the run goes on; see them with
`atalaya problems`. The exit status is 1 when there was any. Stop with Ctrl-C at any time: what was
stored stays, and the same command goes on from there.

Limits: a report can be at most 64 MiB long (see --limit).

Examples:
  atalaya add reports/ more/one.txt
  curl -s https://example.org/story | atalaya add -
  atalaya add reports/ --room ecuador.atalaya";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Add {
    /// Files and folders; - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// The longest report that is read, in MiB
    #[arg(long, value_name = "MIB", default_value_t = LIMIT >> 20)]
    limit: u64,

    /// Print what was done as one JSON object
    #[arg(long)]
    json: bool,
}

impl Add {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let limit = self.limit.saturating_mul(1 << 20);
        let Listing { found, left_out } = self.find(&world.room, limit)?;
        let engine = world.engine()?;
        let mut writer = world.write(true, "add")?;
        let (added, stopped) = add(&mut writer, &engine, found, limit)?;
        if self.json {
            out.json(&summary(&added, left_out))?;
        } else {
            report(&added, left_out, &writer, world, out)?;
        }
        if stopped && added.left > 0 {
            let left = plural(added.left, "file", "files");
            return Err(Error::Stopped(format!(
                "stopped with {left} to go; run the same command again to go on"
            )));
        }
        Ok(if added.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn find(&self, room: &Path, limit: u64) -> Result<Listing, Error> {
        let (input, paths): (Vec<_>, Vec<_>) =
            self.paths.iter().cloned().partition(|path| path.as_os_str() == "-");
        let mut listing = files::find(&paths, room);
        if !input.is_empty() {
            listing.found.push(standard_input(limit)?);
        }
        Ok(listing)
    }
}

/// Standard input as a place of its own, named by what came in, so that a second one is no version
/// of the first.
fn standard_input(limit: u64) -> Result<Found, Error> {
    let mut bytes = Vec::new();
    let limit = limit.saturating_add(1);
    io::stdin()
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|error| Error::file("read", Path::new("standard input"), error))?;
    let hash = atalaya_read::Hash::of(&bytes).to_string();
    let place = Place { kind: "input", name: format!("standard input {}", &hash[..8]) };
    Ok(Found { place, from: files::From::Input(bytes) })
}

/// Adds what was found, tells how it goes on standard error, and stops at Ctrl-C. Gives whether it
/// was stopped.
pub fn add(
    writer: &mut Writer,
    engine: &Engine,
    found: Vec<Found>,
    limit: u64,
) -> Result<(Added, bool), Error> {
    let stop = progress::stop_at_ctrl_c();
    let mut teller = Teller::new(found.len() as u64);
    let added = writer.add(found, limit, Some(engine), &stop, |progress| {
        let problems = match progress.problems {
            0 => String::new(),
            count => format!("{}  ", plural(count, "problem", "problems")),
        };
        teller.tell(progress.done, &problems, progress.place);
    });
    teller.finish();
    Ok((added?, stop.load(Ordering::Relaxed)))
}

const OUTCOMES: [(Outcome, &str, &str); 5] = [
    (Outcome::Added, "added", "added"),
    (Outcome::AlreadyThere, "already there", "already_there"),
    (Outcome::Version, "new versions", "new_versions"),
    (Outcome::Location, "known, at another place", "other_places"),
    (Outcome::Problem, "could not be read", "unreadable"),
];

fn summary(added: &Added, left_out: u64) -> serde_json::Value {
    let mut summary: BTreeMap<&str, serde_json::Value> =
        OUTCOMES.iter().map(|&(outcome, _, key)| (key, json!(added.of(outcome)))).collect();
    summary.insert("problems", json!(added.problems));
    let unread: BTreeMap<&str, u64> = added
        .unread
        .iter()
        .map(|(language, count)| (language.unwrap_or("unknown"), *count))
        .collect();
    summary.insert("not_read_for_values", json!(unread));
    summary.insert("left_out", json!(left_out));
    summary.insert("not_reached", json!(added.left));
    json!(summary)
}

fn report(
    added: &Added,
    left_out: u64,
    writer: &Writer,
    world: &World,
    out: &mut Out,
) -> Result<(), Error> {
    for (outcome, name, _) in OUTCOMES {
        writeln!(out, "{name:24}{:>9}", number(added.of(outcome)))?;
    }
    if left_out > 0 {
        let note = out.dim("  scripts, styles, pictures and the like");
        writeln!(out, "{:24}{:>9}{note}", "left out", number(left_out))?;
    }
    if !added.unread.is_empty() {
        let languages = added.unread.iter().map(|(language, count)| {
            format!("{} {}", language.map_or("language unknown", out::language), number(*count))
        });
        let languages = languages.collect::<Vec<_>>().join(", ");
        writeln!(out, "\nnot read for values, which is done for English: {languages}")?;
    }
    if !added.problems.is_empty() {
        let kinds = added.problems.iter().map(|(kind, count)| format!("{kind} {}", number(*count)));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        writeln!(out, "\nproblems: {kinds}\n  see them:  atalaya problems{}", world.option())?;
    }
    let fail = |error| Error::store(&world.room, error);
    let reports = writer.store().number().map_err(fail)?;
    let holds = plural(reports, "report", "reports");
    writeln!(out, "\n{} holds {}", world.room.display(), out.bold(&holds))?;
    if out.is_terminal() && reports > 0 {
        let room = world.option();
        writeln!(
            out,
            "  list them:  atalaya reports{room}\n  find words: atalaya search WORDS{room}"
        )?;
    }
    Ok(())
}
