//! `atalaya demo`: a first picture, from reports that the program carries with it.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use include_dir::{Dir, DirEntry, include_dir};

use super::add::add;
use super::out::Out;
use super::{World, reports};
use crate::Error;
use crate::room::files::{Found, From};
use crate::room::{LIMIT, Room};
use crate::store::Place;

static DEMO: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../demo");

const HELP: &str = "\
The reports are of our own writing: invented papers on a real crisis, with the dates missing, the page
furniture, the copies and the contradictions that real ones have. The room is ./demo.atalaya unless
--room says otherwise; running it again adds nothing.";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Demo {}

impl Demo {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        // The user's own room is not for the demo's reports, unless it is named.
        let default = world.room.as_os_str() == "room.atalaya";
        let room = if default { PathBuf::from("demo.atalaya") } else { world.room.clone() };
        let world = World { room, wait: world.wait, pack: world.pack.clone() };
        let engine = world.engine()?;
        let mut writer = world.write(true, "demo")?;
        let (added, _) = add(&mut writer, &engine, found(), LIMIT)?;
        drop(writer);
        let room = world.open()?;
        let mut rows = Vec::new();
        let list = |report| {
            rows.push(reports::line(&report));
            Ok::<_, rusqlite::Error>(())
        };
        room.store().reports(false, list).map_err(|error| room.fail(error))?;
        let total = rows.len();
        reports::print(rows, total, out)?;
        next(&room, &world, out)?;
        Ok(if added.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn next(room: &Room, world: &World, out: &mut Out) -> Result<(), Error> {
    let option = world.option();
    let counts = room.store().counts().map_err(|error| room.fail(error))?;
    writeln!(
        out,
        "\n{} holds {} reports, {} of which do not say when they were published. Go on:",
        world.room.display(),
        counts.reports,
        counts.undated
    )?;
    for (command, what) in [
        ("serve --open", "see it in a browser"),
        ("facts --reports 2", "what two reports or more tell"),
        ("facts --about Manta", "what is told of a place"),
        ("brief", "the picture, each sentence with its passages"),
        ("claims --kind seize", "who seized what, sentence by sentence"),
        ("search 'Manta pier'", "find words"),
    ] {
        writeln!(out, "  {}  {}", out.bold(&format!("atalaya {command}{option}")), out.dim(what))?;
    }
    if let Some(first) = room.store().search("Manta", 1)?.0.first() {
        let command = format!("atalaya show {}{option}", &first.id[..8]);
        writeln!(
            out,
            "  {}  {}",
            out.bold(&command),
            out.dim("read one, without its page furniture")
        )?;
    }
    Ok(())
}

fn found() -> Vec<Found> {
    let mut found = Vec::new();
    collect(&DEMO, &mut found);
    found.sort_by(|a, b| a.place.cmp(&b.place));
    found
}

fn collect(folder: &Dir<'_>, found: &mut Vec<Found>) {
    for entry in folder.entries() {
        match entry {
            DirEntry::Dir(folder) => collect(folder, found),
            DirEntry::File(file) => {
                let name = format!("demo/{}", file.path().display());
                let place = Place { kind: "file", name };
                found.push(Found { place, from: From::Input(file.contents().to_vec()) });
            }
        }
    }
}
