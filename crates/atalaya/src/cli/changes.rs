//! `atalaya changes`: what reports that came since told, confirmed or told otherwise.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::World;
use super::out::{Out, cut};
use crate::Error;
use crate::picture::Picture;
use crate::store::Store;

const HELP: &str = "\
What is new since a moment: facts that reports which came to the room since then told first, confirmed
from an origin of their own, repeated, or told otherwise. When a report came is in the room's log; when it
was published plays no part.

Examples:
  atalaya changes --since 2025-04-01
  atalaya changes --since 2025-04-01T09:00:00Z --json";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Changes {
    /// A day or a moment in UTC: 2025-04-01, 2025-04-01T09:00:00Z
    #[arg(long, value_name = "WHEN", value_parser = moment)]
    since: String,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

impl Changes {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open_fused()?;
        let fail = |error| room.fail(error);
        let new = arrived(room.store(), &self.since).map_err(fail)?;
        let picture = Picture::of(room.store()).map_err(fail)?;
        let mut rows = Vec::new();
        for fact in &picture.facts {
            for change in fact.history.iter().filter(|change| new.contains(&change.report)) {
                let what = if change.what == "told" { "new" } else { change.what.as_str() };
                if self.json {
                    out.json(&json!({
                        "fact": fact.id, "what": what, "caption": fact.caption, "report": change.report,
                        "published": change.published,
                    }))?;
                }
                rows.push(vec![
                    what.to_owned(),
                    fact.id[..8].to_owned(),
                    cut(&fact.caption, 90),
                    change.report[..8].to_owned(),
                ]);
            }
        }
        if !self.json && rows.is_empty() {
            writeln!(out, "nothing has changed since {}", self.since)?;
        } else if !self.json {
            out.table(&["what", "fact", "", "report"], rows)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A day or a moment in UTC, as the room writes moments down.
///
/// # Errors
/// When it is neither.
pub fn moment(text: &str) -> Result<String, String> {
    let day = text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10;
    match text.parse::<jiff::Timestamp>() {
        Ok(moment) => Ok(moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
        Err(_) if day => Ok(text.to_owned()),
        Err(_) => Err("write a day as 2025-04-01, or a moment as 2025-04-01T09:00:00Z".to_owned()),
    }
}

/// The reports that came since a day or a moment.
pub fn arrived(store: &Store, since: &str) -> rusqlite::Result<BTreeSet<String>> {
    Ok(store.arrived_since(since)?.into_keys().collect())
}
