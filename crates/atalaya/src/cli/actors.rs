//! `atalaya actors`: who and where, over all reports.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::World;
use super::out::{Out, cut, number, tame};
use crate::Error;
use crate::picture::{Actor, Picture};

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
        let fail = |error| room.fail(error);
        let picture = Picture::of(room.store()).map_err(fail)?;
        let named: Option<BTreeSet<&str>> = self
            .name
            .as_ref()
            .map(|name| picture.named(name).iter().map(|actor| actor.id.as_str()).collect());
        let wanted = |actor: &&Actor| {
            named.as_ref().is_none_or(|named| named.contains(actor.id.as_str()))
                && self.sort.as_ref().is_none_or(|sort| *sort == actor.sort)
        };
        let actors: Vec<&Actor> = picture.actors.iter().filter(wanted).collect();
        if self.json {
            for value in room.store().actors().map_err(fail)? {
                if actors.iter().any(|actor| value["id"] == actor.id.as_str()) {
                    out.json(&value)?;
                }
            }
            return Ok(ExitCode::SUCCESS);
        }
        match (&actors[..], &self.name) {
            ([], _) => writeln!(out, "no report names such an actor")?,
            ([one], Some(_)) => {
                let judgements = room.store().judgements(&one.id).map_err(fail)?;
                show(one, &picture, &judgements, out)?;
            }
            _ => list(&actors, self.limit, out)?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn list(actors: &[&Actor], limit: usize, out: &mut Out) -> Result<(), Error> {
    let limit = if limit == 0 { usize::MAX } else { limit };
    let rows = actors.iter().take(limit).map(|actor| {
        vec![
            actor.id[..8].to_owned(),
            cut(&actor.name, 44),
            actor.sort.clone(),
            actor.class.clone().unwrap_or_default(),
            actor.country.clone().unwrap_or_default(),
            reports(actor).to_string(),
            actor.mentions.len().to_string(),
        ]
    });
    out.table(&["id", "name", "sort", "class", "country", "reports", "mentions"], rows)?;
    if actors.len() > limit {
        let more = number((actors.len() - limit) as u64);
        writeln!(out, "… and {more} more; list all with --limit 0")?;
    }
    Ok(())
}

fn reports(actor: &Actor) -> usize {
    actor.mentions.iter().map(|mention| &mention.report).collect::<BTreeSet<_>>().len()
}

fn show(
    actor: &Actor,
    picture: &Picture,
    judgements: &[serde_json::Value],
    out: &mut Out,
) -> Result<(), Error> {
    let title = out.bold(&tame(&actor.name));
    let class = actor.class.clone().unwrap_or_else(|| "class not known".to_owned());
    writeln!(out, "{title}\n{} · {} · {class}", &actor.id[..8], actor.sort)?;
    writeln!(out, "also: {}", tame(&actor.aliases.join(", ")))?;
    for office in &actor.offices {
        let country = office.country.clone().unwrap_or_default();
        writeln!(out, "post: {} {} {country}", office.tense, office.post)?;
    }
    writeln!(out, "{} mentions in {} reports", actor.mentions.len(), reports(actor))?;
    for judgement in judgements {
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
    let facts = picture.facts.iter().filter(|fact| actor.plays_in(fact)).count();
    writeln!(out, "plays a part in {facts} facts: atalaya facts --about {}", json!(actor.name))?;
    Ok(())
}
