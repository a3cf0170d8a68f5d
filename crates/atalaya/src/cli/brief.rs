//! `atalaya brief`: the picture in a few pages, each sentence with its passages.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;

use super::World;
use super::out::{self, Out};
use crate::Error;
use crate::brief::{self, Wanted};
use crate::picture::Topic;

const HELP: &str = "\
Markdown on standard output: headline facts, what changed, what is contested, commitments and where they
stand, figures, casualties, who is for and against, allegations with answers, what is not known, and which
reports it is made of. Every sentence ends with the numbers of the passages it rests on, which are listed
at the end; what goes back to one origin is marked as single source. The same room gives the same brief.

Examples:
  atalaya brief > brief.md
  atalaya brief --about Manta --html > manta.html
  atalaya brief --since 2025-04-01";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Brief {
    /// Only what speaks of an actor or place, by name, or holds these words
    #[arg(long, value_name = "NAME")]
    about: Option<String>,

    /// Tell what changed since a day or a moment in UTC
    #[arg(long, value_name = "WHEN", value_parser = super::changes::moment)]
    since: Option<String>,

    /// Write a page of HTML instead
    #[arg(long)]
    html: bool,

    /// Print it as one JSON object: sections, sentences, notes
    #[arg(long, conflicts_with = "html")]
    json: bool,
}

impl Brief {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        self.write(world, out)?;
        Ok(ExitCode::SUCCESS)
    }

    /// Writes the brief, and gives the number of its sentences.
    pub fn write(self, world: &World, to: &mut dyn Write) -> Result<u64, Error> {
        let room = world.open_fused()?;
        let fail = |error| room.fail(error);
        let since = self.since.as_ref().map(|since| super::changes::arrived(room.store(), since));
        let since = since.transpose().map_err(fail)?;
        let about = self.about.as_ref().map(|about| Topic::find(room.store(), about));
        let about = about.transpose().map_err(fail)?;
        let made = brief::brief(room.store(), &Wanted { about, since }).map_err(fail)?;
        if let (true, Some(about)) = (made.sections.is_empty(), &self.about) {
            out::note(&format!(
                "no report speaks of {about}; see who and what there is: atalaya actors"
            ));
        }
        if self.json {
            writeln!(to, "{}", serde_json::to_string(&made).map_err(io::Error::from)?)?;
        } else if self.html {
            write!(to, "{}", brief::html(&made))?;
        } else {
            write!(to, "{}", brief::markdown(&made))?;
        }
        Ok(made.sections.iter().map(|section| section.lines.len() as u64).sum())
    }
}
