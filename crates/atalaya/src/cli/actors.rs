//! `atalaya actors`: who and where, over all reports.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use serde::Deserialize;
use serde_json::json;

use super::World;
use super::out::{Out, cut, number, tame};
use super::reports::Failure;
use crate::Error;
use crate::picture::{self, Actor};
use crate::store::{Named, Store};

const HELP: &str = "\
One line an actor: a person, a body or group, or a place, however reports call it. Names alone never make
two persons one: with a name comes a post, a country, or that nobody else is called so.

With a name or the first digits of an id, shows one actor: its names, posts, and why its mentions were
taken for one. What is wrong you set right with `atalaya judge`.

Examples:
  atalaya actors --sort person
  atalaya actors \"Daniel Noboa\"
  atalaya actors --json | jq -r 'select(.country == \"EC\") | .name'";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Actors {
    /// One actor: a name, or the first digits of an id
    #[arg(value_name = "NAME")]
    name: Option<String>,

    /// Only one sort
    #[arg(long, value_name = "SORT", value_parser = ["person", "body", "place"])]
    sort: Option<String>,

    /// How many to list, 0 for all; --json always lists all
    #[arg(long, value_name = "N", default_value_t = 200)]
    limit: usize,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

impl Actors {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open_fused()?;
        let store = room.store();
        let limit = if self.limit == 0 { usize::MAX } else { self.limit };
        let (mut rows, mut total, mut one) = (Vec::new(), 0, None);
        let listed = (|| {
            let named = self.name.as_ref().map(|name| picture::named(store, name)).transpose()?;
            let named: Option<BTreeSet<String>> =
                named.map(|named| named.into_iter().map(|actor| actor.id).collect());
            store.each_actor(|value| {
                let Ok(actor) = Actor::deserialize(&value) else { return Ok(()) };
                let wanted = named.as_ref().is_none_or(|named| named.contains(&actor.id))
                    && self.sort.as_ref().is_none_or(|sort| *sort == actor.sort);
                if !wanted {
                    return Ok(());
                }
                total += 1;
                if self.json {
                    out.json(&value)?;
                } else if rows.len() < limit {
                    rows.push(line(&actor));
                }
                one = Some(actor);
                Ok::<_, Failure>(())
            })
        })();
        listed.map_err(|failure| failure.told(&room))?;
        match (total, one, &self.name) {
            _ if self.json => {}
            (0, ..) => writeln!(out, "no report names such an actor")?,
            (1, Some(one), Some(_)) => {
                show(&one, store, out).map_err(|failure| failure.told(&room))?;
            }
            _ => table(rows, total, out)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn line(actor: &Actor) -> Vec<String> {
    vec![
        actor.id[..8].to_owned(),
        cut(&actor.name, 44),
        actor.sort.clone(),
        actor.class.clone().unwrap_or_default(),
        actor.country.clone().unwrap_or_default(),
        reports(actor).to_string(),
        actor.mentions.len().to_string(),
    ]
}

/// Prints a table of the first of so many actors.
fn table(rows: Vec<Vec<String>>, total: usize, out: &mut Out) -> Result<(), Error> {
    let more = total - rows.len();
    out.table(&["id", "name", "sort", "class", "country", "reports", "mentions"], rows)?;
    if more > 0 {
        writeln!(out, "… and {} more; list all with --limit 0", number(more as u64))?;
    }
    Ok(())
}

fn reports(actor: &Actor) -> usize {
    actor.mentions.iter().map(|mention| &mention.report).collect::<BTreeSet<_>>().len()
}

fn show(actor: &Actor, store: &Store, out: &mut Out) -> Result<(), Failure> {
    let title = out.bold(&tame(&actor.name));
    let class = actor.class.clone().unwrap_or_else(|| "class not known".to_owned());
    writeln!(out, "{title}\n{} · {} · {class}", &actor.id[..8], actor.sort)?;
    writeln!(out, "also: {}", tame(&actor.aliases.join(", ")))?;
    for office in &actor.offices {
        let country = office.country.clone().unwrap_or_default();
        writeln!(out, "post: {} {} {country}", office.tense, office.post)?;
    }
    writeln!(out, "{} mentions in {} reports", actor.mentions.len(), reports(actor))?;
    for judgement in store.judgements(&actor.id)? {
        let reasons = judgement["reasons"].as_array().into_iter().flatten();
        let reasons = reasons.map(|reason| {
            let part = |key: &str| tame(reason[key].as_str().unwrap_or_default());
            format!("{} ({})", part("rule"), part("detail"))
        });
        let reasons = reasons.collect::<Vec<_>>().join("; ");
        let dim =
            out.dim(&format!("{}: {reasons}", judgement["verdict"].as_str().unwrap_or_default()));
        writeln!(out, "{dim}")?;
    }
    let (id, sort, name) = (actor.id.clone(), actor.sort.clone(), actor.name.clone());
    let named = Named { id, sort, name, aliases: actor.aliases.clone() };
    let facts = picture::facts_of(store, &named)?.len();
    writeln!(out, "plays a part in {facts} facts: atalaya facts --about {}", json!(actor.name))?;
    Ok(())
}
