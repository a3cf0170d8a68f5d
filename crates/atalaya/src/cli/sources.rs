//! `atalaya sources` and `atalaya source rate`: outlets, what they told, and how far you trust them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use super::World;
use super::out::{Out, cut};
use crate::Error;
use crate::picture::Picture;
use crate::room::now;
use crate::store::StoredAct;

const HELP: &str = "\
One line an outlet: its rating, its reports, the origins they go back to, and how many facts nobody else
tells. Reports that do not say where they appeared are counted together. Rate an outlet with
`atalaya source rate`; unrated ones are F, cannot be judged.

Examples:
  atalaya sources
  atalaya source rate \"The Guayas Ledger\" B";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Sources {
    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Default)]
struct Outlet {
    reports: BTreeSet<String>,
    origins: BTreeSet<String>,
    facts: usize,
    alone: usize,
}

impl Sources {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open_fused()?;
        let fail = |error| room.fail(error);
        let picture = Picture::of(room.store()).map_err(fail)?;
        let ratings = room.store().ratings().map_err(fail)?;
        let mut outlets: BTreeMap<Option<String>, Outlet> = BTreeMap::new();
        let list = |report: crate::store::Summary| {
            let outlet = outlets.entry(report.outlet).or_default();
            outlet.origins.extend(picture.origins.get(&report.id).cloned());
            outlet.reports.insert(report.id);
            Ok::<_, rusqlite::Error>(())
        };
        room.store().reports(false, list).map_err(fail)?;
        for outlet in outlets.values_mut() {
            let own = |fact: &&crate::picture::Fact| {
                fact.claims.iter().any(|told| outlet.reports.contains(&told.report))
            };
            let facts: Vec<_> = picture.facts.iter().filter(own).collect();
            outlet.facts = facts.len();
            outlet.alone = facts.iter().filter(|fact| fact.origins == 1).count();
        }
        let mut rows = Vec::new();
        for (name, outlet) in &outlets {
            let rating = name.as_ref().and_then(|name| ratings.get(name)).cloned();
            let Outlet { reports, origins, facts, alone } = outlet;
            if self.json {
                out.json(&json!({
                    "outlet": name, "rating": rating, "reports": reports.len(), "origins": origins.len(),
                    "facts": facts, "told_by_nobody_else": alone,
                }))?;
            }
            rows.push(vec![
                cut(name.as_deref().unwrap_or("(not stated)"), 50),
                rating.unwrap_or_else(|| "F".to_owned()),
                reports.len().to_string(),
                origins.len().to_string(),
                facts.to_string(),
                alone.to_string(),
            ]);
        }
        if !self.json {
            let headings =
                ["outlet", "rating", "reports", "origins", "facts", "told by nobody else"];
            out.table(&headings, rows)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

#[derive(Debug, Args)]
pub struct Source {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Rate an outlet from A (reliable) to F (cannot be judged)
    Rate(Rate),
}

const RATE_HELP: &str = "\
A reliable · B usually reliable · C fairly reliable · D not usually reliable · E unreliable · F cannot be
judged. The rating is yours: it is kept with the room, outlives rebuilding, and takes part in the
credibility of facts. `atalaya undo` takes it back.

Examples:
  atalaya source rate \"The Guayas Ledger\" B";

#[derive(Debug, Args)]
#[command(after_help = RATE_HELP)]
struct Rate {
    /// The outlet, as `atalaya sources` names it
    outlet: String,

    /// The rating
    #[arg(value_parser = ["A", "B", "C", "D", "E", "F"], ignore_case = true)]
    rating: String,
}

impl Source {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let What::Rate(Rate { outlet, rating }) = self.what;
        let rating = rating.to_uppercase();
        let shown = format!("{outlet} is rated {rating}");
        let act = StoredAct {
            id: 0,
            at: now(),
            verb: "rate".to_owned(),
            anchors: Vec::new(),
            subject: Some(outlet),
            value: Some(rating),
            shown: shown.clone(),
            undone: None,
            reason: None,
        };
        super::judge::decide(world, &[act])?;
        writeln!(out, "{shown}")?;
        Ok(ExitCode::SUCCESS)
    }
}
