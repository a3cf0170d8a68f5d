//! `atalaya export`: what the room holds, in forms that other programs read.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::World;
use super::claims::{Which, with_report};
use super::out::Out;
use crate::picture::Picture;
use crate::{Error, export, offsets};

const HELP: &str = "\
JSON Lines on standard output, one object a claim, fact or actor. Offsets count code points into the report's text, end
exclusive. Fields may be added, and are never renamed.

Examples:
  atalaya export claims > claims.jsonl
  atalaya export claims --kind seize
  atalaya export facts --reports 2
  atalaya export actors > actors.jsonl";

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
    /// What the reports tell together, each with the claims that tell it
    Facts(super::facts::Which),
    /// Who and where, each with its mentions
    Actors,
}

impl Export {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        match self.what {
            What::Claims(which) => which.each(world, |source, claim| {
                out.json(&with_report(source, claim)).map_err(super::reports::Failure::from)
            })?,
            What::Facts(which) => {
                let room = world.open_fused()?;
                let picture = Picture::of(room.store()).map_err(|error| room.fail(error))?;
                let wanted = which.of(&picture);
                for fact in picture.facts.iter().filter(|fact| wanted.contains(&fact.id)) {
                    out.json(&export::fact(&picture, fact))?;
                }
            }
            What::Actors => {
                let room = world.open_fused()?;
                let picture = Picture::of(room.store()).map_err(|error| room.fail(error))?;
                let texts = room.store().texts().map_err(|error| room.fail(error))?;
                for actor in &picture.actors {
                    out.json(&export::actor(actor, |report, start, end| {
                        words(&texts, report, start, end)
                    }))?;
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The words of a mention, and where its report was found.
fn words(
    texts: &BTreeMap<String, (String, String)>,
    report: &str,
    start: usize,
    end: usize,
) -> (Option<String>, String) {
    let Some((source, text)) = texts.get(report) else { return (None, String::new()) };
    let bytes = offsets::bytes(text, [start, end]);
    (Some(source.clone()), text[bytes[0]..bytes[1]].to_owned())
}
