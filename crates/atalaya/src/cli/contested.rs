//! `atalaya contested`: where reports are at odds.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::World;
use super::out::{Out, tame};
use crate::Error;
use crate::picture::{self, Fact};

const HELP: &str = "\
Where reports cannot all be right: values of one role that exclude each other, what is told by some and
denied by others, figures of one measure, set and time that differ and of which none is the later one.
What only completes another telling is not listed, and neither is a figure that moved with time.

Examples:
  atalaya contested
  atalaya contested --json";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Contested {
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

impl Contested {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open_fused()?;
        let (store, fail) = (room.store(), |error| room.fail(error));
        let mut any = false;
        for id in store.contested_facts().map_err(fail)? {
            let Some(fact) = store.whole_fact::<Fact>(&id).map_err(fail)? else { continue };
            for contest in picture::contests_of(store, &fact).map_err(fail)? {
                any = true;
                if self.json {
                    let (text, claims) = (contest.text, contest.claims);
                    out.json(&json!({ "fact": fact.id, "caption": fact.caption, "at_odds": text, "claims": claims }))?;
                } else {
                    writeln!(out, "{} {}", &fact.id[..8], tame(&fact.caption))?;
                    let odds = out.found(&tame(&contest.text));
                    writeln!(out, "  {odds}")?;
                }
            }
        }
        if !any && !self.json {
            writeln!(out, "nothing is contested")?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
