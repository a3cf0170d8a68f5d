//! `atalaya export`: what the room holds, in forms that other programs read.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use atalaya_facts::Pack;
use clap::{Args, Subcommand};
use serde::Serialize;

use super::World;
use super::claims::with_report;
use super::out::{self, Out};
use super::reports::Failure;
use crate::export::{self, Entry, Format, Seen, Tally};
use crate::picture::{Actor, Fact, Spot};
use crate::room::Room;
use crate::{Error, world};

const HELP: &str = "\
Every format takes the same filters and writes to standard output, or to a file with -o. What a format has
no room for is left out, never bent to fit: with -o FILE the sums stand beside it in FILE.loss.json, and
why each fact was left out in FILE.loss.tsv; --loss tells the sums on standard error. Offsets count code
points into the report's text, end exclusive. docs/exports.md tells each format field by field.

Examples:
  atalaya export claims --kind seize > claims.jsonl
  atalaya export csv --about Manta -o manta.csv
  atalaya export geojson --since 2025-01-01 -o map.geojson
  atalaya export acled --loss > acled.csv
  atalaya export brief --html -o brief.html";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Export {
    #[command(subcommand)]
    what: What,

    /// Write to a file, with what did not fit beside it in FILE.loss.json and FILE.loss.tsv
    #[arg(short, long, global = true, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Tell how many went in, how many came out, and why the rest did not fit
    #[arg(long, global = true)]
    loss: bool,
}

type Facts = super::facts::Which;

#[derive(Debug, Subcommand)]
enum What {
    /// What the reports claim, sentence by sentence, as JSON Lines
    Claims(super::claims::Which),
    /// What the reports tell together, each with the claims that tell it, as JSON Lines
    Facts(Facts),
    /// Who and where, each with its mentions, as JSON Lines
    Actors,
    /// Facts as a table for spreadsheets
    Csv(Facts),
    /// Facts as features for maps
    Geojson(Facts),
    /// Events coded in PLOVER, as JSON Lines
    Plover(Facts),
    /// Events in the layout of ACLED's tables
    Acled(Facts),
    /// Deadly events in the layout of UCDP's Georeferenced Event Dataset
    Ucdp(Facts),
    /// Events, actors and articles as entities of FollowTheMoney
    Ftm(Facts),
    /// Incidents, notes, identities and opinions in STIX 2.1
    Stix(Facts),
    /// Each telling laid on its words, as W3C Web Annotations
    Annotations(Facts),
    /// The picture in a few pages of Markdown or HTML
    Brief(super::brief::Brief),
}

impl Export {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let Export { what, output, loss } = self;
        let mut file = output.as_deref().map(Sink::make).transpose()?;
        let to: &mut dyn Write = match &mut file {
            Some(sink) => &mut sink.file,
            None => out,
        };
        let mut losses =
            output.as_deref().map(|path| Sink::make(&beside(path, "tsv"))).transpose()?;
        let mut nowhere = io::sink();
        let table: &mut dyn Write = losses.as_mut().map_or(&mut nowhere, |sink| &mut sink.file);
        let tally = what.write(world, to, table)?;
        file.map(Sink::done).transpose()?;
        losses.map(Sink::done).transpose()?;
        if let Some(path) = &output {
            let mut sink = Sink::make(&beside(path, "json"))?;
            line(&mut sink.file, &tally)?;
            sink.done()?;
        }
        if loss {
            tally.lines().iter().for_each(|line| out::note(line));
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl What {
    /// Writes all that is wanted to `to`, and why what did not fit to `losses`.
    fn write(
        self,
        world: &World,
        to: &mut dyn Write,
        losses: &mut dyn Write,
    ) -> Result<Tally, Error> {
        let (name, which) = match self {
            What::Claims(which) => return claims(&which, world, to),
            What::Facts(which) => return facts(&which, world, to),
            What::Actors => return actors(world, to),
            What::Brief(brief) => return brief.write(world, to).map(all),
            What::Csv(which) => ("csv", which),
            What::Geojson(which) => ("geojson", which),
            What::Plover(which) => ("plover", which),
            What::Acled(which) => ("acled", which),
            What::Ucdp(which) => ("ucdp", which),
            What::Ftm(which) => ("ftm", which),
            What::Stix(which) => ("stix", which),
            What::Annotations(which) => ("annotations", which),
        };
        let format = Format::by_name(name).expect("every format of the command line is one");
        let pack = world::pack(world.pack.as_deref())?;
        let room = world.open_fused()?;
        let wanted = Wanted { format, which, pack };
        entries(&wanted, &room, to, losses).map_err(|failure| failure.told(&room))
    }
}

/// Which facts are written, how, and by which pack's words.
struct Wanted {
    format: Format,
    which: Facts,
    pack: Pack,
}

/// Writes the facts in a format, holding one at a time.
fn entries(
    wanted: &Wanted,
    room: &Room,
    to: &mut dyn Write,
    losses: &mut dyn Write,
) -> Result<Tally, Failure> {
    let Wanted { format, which, pack } = wanted;
    let store = room.store();
    let topic = which.topic(store)?;
    let own = store.own_claims()?;
    let (mut seen, mut tally, mut first) = (Seen::default(), Tally::default(), true);
    to.write_all(format.head.as_bytes())?;
    store.each_fact(|value| {
        let Ok(fact) = serde_json::from_value::<Fact>(value) else { return Ok(()) };
        if !which.fits(&fact, topic.as_ref()) {
            return Ok(());
        }
        let entry = Entry::of(pack, store, fact, &own)?;
        let made = (format.make)(&entry, &mut seen);
        tally.count(&made);
        losses.write_all(export::table(&entry, &made).as_bytes())?;
        for row in made.iter().flat_map(|made| &made.rows) {
            let between = if std::mem::take(&mut first) { "" } else { format.between };
            write!(to, "{between}{row}")?;
        }
        Ok::<_, Failure>(())
    })?;
    // Lines end where they are; a list that holds nothing is still closed.
    if !first || format.between != "\n" {
        to.write_all((format.foot)(&seen).as_bytes())?;
    }
    Ok(tally)
}

fn claims(which: &super::claims::Which, world: &World, to: &mut dyn Write) -> Result<Tally, Error> {
    let mut count = 0;
    which.each(world, |source, claim| {
        count += 1;
        line(to, &with_report(source, claim)).map_err(Failure::from)
    })?;
    Ok(all(count))
}

fn facts(which: &Facts, world: &World, to: &mut dyn Write) -> Result<Tally, Error> {
    let room = world.open_fused()?;
    let written = (|| {
        let topic = which.topic(room.store())?;
        let mut count = 0;
        room.store().each_fact(|value| {
            let Ok(fact) = serde_json::from_value::<Fact>(value) else { return Ok(()) };
            if which.fits(&fact, topic.as_ref()) {
                count += 1;
                let links = room.store().links_around(&fact.id)?;
                line(to, &export::fact(&fact, &export::links(&links, &fact.id)))?;
            }
            Ok::<_, Failure>(())
        })?;
        Ok::<_, Failure>(count)
    })();
    written.map(all).map_err(|failure| failure.told(&room))
}

fn actors(world: &World, to: &mut dyn Write) -> Result<Tally, Error> {
    let room = world.open_fused()?;
    let store = room.store();
    let mut count = 0;
    let written = store.each_actor(|value| {
        let Ok(actor) = serde_json::from_value::<Actor>(value) else { return Ok(()) };
        count += 1;
        let words = |spot: &Spot| store.words_of(&spot.report, spot.start, spot.end);
        line(to, &export::actor(&actor, words)?)?;
        Ok::<_, Failure>(())
    });
    written.map(|()| all(count)).map_err(|failure| failure.told(&room))
}

/// The sums of what all came out.
fn all(count: u64) -> Tally {
    Tally { went_in: count, came_out: count, rows: count, ..Tally::default() }
}

/// One JSON object on a line of its own.
fn line(to: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *to, value)?;
    to.write_all(b"\n")
}

/// A file that appears whole, or not at all.
struct Sink {
    path: PathBuf,
    part: PathBuf,
    file: BufWriter<File>,
}

impl Sink {
    fn make(path: &Path) -> Result<Sink, Error> {
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part).map_err(|error| Error::file("make", path, error))?;
        Ok(Sink { path: path.to_owned(), part, file: BufWriter::new(file) })
    }

    fn done(mut self) -> Result<(), Error> {
        let written = self.file.flush().and_then(|()| fs::rename(&self.part, &self.path));
        written.map_err(|error| Error::file("write", &self.path, error))
    }
}

/// `FILE.loss.ENDING`
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".loss.{ending}"));
    PathBuf::from(name)
}
