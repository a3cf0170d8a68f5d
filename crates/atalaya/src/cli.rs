//! The command line: `atalaya COMMAND`, one file a command.

mod actors;
mod add;
mod brief;
mod changes;
mod claims;
mod compare;
mod contested;
mod demo;
mod explain;
mod export;
mod facts;
mod info;
mod judge;
mod mcp;
mod mentions;
mod model;
mod out;
mod pack;
mod parse;
mod problems;
mod progress;
mod read;
mod rebuild;
mod remove;
mod reports;
mod search;
mod serve;
mod show;
mod sources;
mod stories;
mod tree;
mod values;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::Error;
use crate::room::{Room, Writer};
use crate::store::{self, State};
use crate::world::{self, Engine};
pub use changes::moment;
use out::Out;

const ABOUT: &str = "Turns a pile of news reports into a sourced picture of a crisis.";

const EXAMPLES: &str = "\
Examples:
  atalaya demo                        see it work on the reports it comes with
  atalaya add reports/                read a folder into ./room.atalaya
  atalaya reports                     list what is there
  atalaya search 'Manta AND pier'     find words in the stories
  atalaya show 3fa2                   read one report, without its page furniture
  atalaya mentions --kind place       list the places that the reports name
  atalaya facts --reports 2           list what two reports or more tell
  atalaya serve                       look at it in a browser
  atalaya brief > brief.md            write the picture down, each sentence with its passages
  atalaya problems                    see which files could not be read, and why

Everything is kept in one file, ./room.atalaya unless --room says otherwise. Nothing is ever sent
anywhere. What a report does not say, such as its date, is shown as missing and never filled in.";

#[derive(Debug, Parser)]
#[command(name = "atalaya", about = ABOUT, after_help = EXAMPLES, disable_version_flag = true)]
#[command(subcommand_required = false, arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    world: World,

    /// Print the version; with --verbose also what it is built of
    #[arg(short = 'V', long)]
    version: bool,

    /// With --version: print more
    #[arg(long, requires = "version")]
    verbose: bool,

    #[command(subcommand)]
    command: Option<Command>,
}

/// What every command is told.
#[derive(Debug, Args)]
struct World {
    /// The room: the one file that everything is kept in
    #[arg(long, global = true, value_name = "FILE", default_value = "room.atalaya")]
    room: PathBuf,

    /// How long to wait while another process writes to the room
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 10)]
    wait: u64,

    /// A pack of your own, laid over the one inside the program: more words, or other ones
    #[arg(long, global = true, value_name = "DIR")]
    pack: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build a small room from reports that Atalaya comes with, and show what is in it
    Demo(demo::Demo),
    /// Read files, folders or standard input into the room
    Add(add::Add),
    /// List the reports in the room
    Reports(reports::Reports),
    /// Read one report
    Show(show::Show),
    /// Find words in titles and stories
    Search(search::Search),
    /// List what the reports mention: actors, things, places, quantities, times
    Mentions(mentions::Mentions),
    /// List what the reports claim: events, promises, figures
    Claims(claims::Claims),
    /// List who and where, over all reports
    Actors(actors::Actors),
    /// List what the reports tell together
    Facts(facts::Facts),
    /// Show one fact with all who tell it
    Fact(facts::One),
    /// List where reports are at odds
    Contested(contested::Contested),
    /// List which reports tell one story, from how many origins
    Stories(stories::Stories),
    /// List outlets with what they told
    Sources(sources::Sources),
    /// Rate an outlet
    Source(sources::Source),
    /// List what is new since a moment
    Changes(changes::Changes),
    /// Write the picture in a few pages, each sentence with its passages
    Brief(brief::Brief),
    /// Decide what is one, what is not, what a report does not say
    Judge(judge::Judge),
    /// Take the last decision back
    Undo(judge::Undo),
    /// Show the room in a browser
    Serve(serve::Serve),
    /// Write what the room holds in forms that other programs read
    Export(export::Export),
    /// Set a table of your own beside the room's figures
    Compare(compare::Compare),
    /// Answer assistants over the Model Context Protocol
    Mcp(mcp::Mcp),
    /// List what could not be read, or only with a loss
    Problems(problems::Problems),
    /// Read files without a room, and print what was found in them
    Read(read::Read),
    /// Take a report out of the room
    Remove(remove::Remove),
    /// Read all reports in the room for values again
    Rebuild(rebuild::Rebuild),
    /// Count what the room holds
    Info(info::Info),
    /// Parse text: tokens, lemmas, tree and entities, as spaCy gives them
    Parse(parse::Parse),
    /// Show what Atalaya makes of a sentence, step by step
    Explain(explain::Explain),
    /// Add, list and remove parsing models
    Model(model::Models),
    /// Check a pack of words
    Pack(pack::Packs),
}

/// Runs the command that `args` spell, and gives the process's exit status: 0 when all went well, 1
/// when something could not be read or done, 2 when the command was not understood.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed = Cli::command().try_get_matches_from(args).and_then(|m| Cli::from_arg_matches(&m));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let mut out = Out::stdout();
    let done =
        dispatch(cli, &mut out).and_then(|code| out.flush().map(|()| code).map_err(Error::from));
    match done {
        Ok(code) => code,
        // The reader of our output has seen enough: `atalaya reports | head`.
        Err(Error::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let _ = out.flush();
            out::complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: Cli, out: &mut Out) -> Result<ExitCode, Error> {
    let world = &cli.world;
    match cli.command {
        None => version(cli.verbose, out),
        Some(Command::Demo(command)) => command.run(world, out),
        Some(Command::Add(command)) => command.run(world, out),
        Some(Command::Reports(command)) => command.run(world, out),
        Some(Command::Show(command)) => command.run(world, out),
        Some(Command::Search(command)) => command.run(world, out),
        Some(Command::Mentions(command)) => command.run(world, out),
        Some(Command::Claims(command)) => command.run(world, out),
        Some(Command::Actors(command)) => command.run(world, out),
        Some(Command::Facts(command)) => command.run(world, out),
        Some(Command::Fact(command)) => command.run(world, out),
        Some(Command::Contested(command)) => command.run(world, out),
        Some(Command::Stories(command)) => command.run(world, out),
        Some(Command::Sources(command)) => command.run(world, out),
        Some(Command::Source(command)) => command.run(world, out),
        Some(Command::Changes(command)) => command.run(world, out),
        Some(Command::Brief(command)) => command.run(world, out),
        Some(Command::Judge(command)) => command.run(world, out),
        Some(Command::Undo(command)) => command.run(world, out),
        Some(Command::Serve(command)) => command.run(world, out),
        Some(Command::Export(command)) => command.run(world, out),
        Some(Command::Compare(command)) => command.run(world, out),
        Some(Command::Mcp(command)) => command.run(world),
        Some(Command::Problems(command)) => command.run(world, out),
        Some(Command::Read(command)) => command.run(out),
        Some(Command::Remove(command)) => command.run(world, out),
        Some(Command::Rebuild(command)) => command.run(world, out),
        Some(Command::Info(command)) => command.run(world, out),
        Some(Command::Parse(command)) => command.run(out),
        Some(Command::Explain(command)) => command.run(world, out),
        Some(Command::Model(command)) => command.run(out),
        Some(Command::Pack(command)) => command.run(out),
    }
}

fn version(verbose: bool, out: &mut Out) -> Result<ExitCode, Error> {
    writeln!(out, "atalaya {}", env!("CARGO_PKG_VERSION"))?;
    if verbose {
        writeln!(out, "schema of the room: {}", store::schema_version())?;
        writeln!(out, "SQLite: {}", rusqlite::version())?;
        writeln!(out, "place names: GeoNames, CC BY 4.0, changed")?;
        writeln!(out, "English pipeline: en_core_web_md 3.8.0 by Explosion, MIT")?;
        writeln!(out, "licence: {}", env!("CARGO_PKG_LICENSE"))?;
    }
    Ok(ExitCode::SUCCESS)
}

impl World {
    /// The options that name this room and pack in another command, where they are needed.
    fn option(&self) -> String {
        world::option(&self.room, self.pack.as_deref())
    }

    fn engine(&self) -> Result<Engine, Error> {
        Engine::load(self.pack.as_deref())
    }

    fn open(&self) -> Result<Room, Error> {
        Room::open(&self.room)
    }

    /// Opens the room to read what was derived in it, and warns if that is not what this program
    /// would derive.
    fn open_derived(&self) -> Result<Room, Error> {
        let room = self.open()?;
        let fingerprint = world::fingerprint(self.pack.as_deref())?;
        let state = room.store().state(&fingerprint).map_err(|error| room.fail(error))?;
        let why = match state {
            State::Whole => return Ok(room),
            State::Partial(left) => {
                let reports = out::plural(left, "report was", "reports were");
                format!("{reports} not read for values yet; go on")
            }
            State::Stale => {
                "what follows was read by another version of Atalaya, its pack or its models; \
                             bring it up to date"
                    .to_owned()
            }
        };
        out::warn(&format!("{why} with: atalaya rebuild{}", self.option()));
        Ok(room)
    }

    /// Opens the room to read what its reports tell together, and warns if that is out of date.
    fn open_fused(&self) -> Result<Room, Error> {
        let room = self.open_derived()?;
        if !room.store().is_fused().map_err(|error| room.fail(error))? {
            let option = self.option();
            out::warn(&format!(
                "facts are out of date; make them anew with: atalaya rebuild{option}"
            ));
        }
        Ok(room)
    }

    fn write(&self, make: bool, doing: &str) -> Result<Writer, Error> {
        let wait = Duration::from_secs(self.wait);
        Writer::open(&self.room, make, doing, wait, |holder| {
            out::note(&format!("waiting for {holder} …"));
        })
    }
}
