//! `atalaya facts` and `atalaya fact`: what the reports tell together, and one fact with all who tell it.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;
use serde::Deserialize;
use serde_json::{Value, json};

use super::World;
use super::claims::Sort;
use super::out::{Out, cut, number, tame};
use super::reports::Failure;
use crate::Error;
use crate::picture::{Fact, Picture, Topic};
use crate::store::Store;

const HELP: &str = "\
One line a fact: what one or several reports tell. Reports are counted, and so are origins: copies,
rewrites and reports that take it from one agency go back to one. Credibility runs from 1 (confirmed by
independent origins) to 6 (cannot be judged), by the rule in docs/facts.md; one source alone is a 6
unless you rated its outlet.

Examples:
  atalaya facts --kind seize
  atalaya facts --about \"Daniel Noboa\"
  atalaya facts --reports 2            what two reports or more tell
  atalaya fact 3fa2                    all who tell it, side by side
  atalaya facts --json | jq -r 'select(.grade <= 2) | .caption'";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Facts {
    #[command(flatten)]
    which: Which,

    /// How many to list, 0 for all; --json always lists all
    #[arg(long, value_name = "N", default_value_t = 200)]
    limit: usize,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// Which facts are asked for.
#[derive(Debug, Args)]
pub struct Which {
    #[command(flatten)]
    sort: Sort,

    /// Only what speaks of an actor or place, by name, or holds these words
    #[arg(long, value_name = "NAME")]
    about: Option<String>,

    /// Only what so many reports tell
    #[arg(long, value_name = "N", default_value_t = 1)]
    reports: usize,

    /// Only what can have been on this day or later; what has no day is left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    since: Option<String>,

    /// Only what can have been on this day or before; what has no day is left out
    #[arg(long, value_name = "DAY", value_parser = day)]
    until: Option<String>,
}

impl Facts {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open_fused()?;
        let limit = if self.limit == 0 { usize::MAX } else { self.limit };
        let (mut rows, mut total) = (Vec::new(), 0);
        let listed = (|| {
            let topic = self.which.topic(room.store())?;
            room.store().each_fact(|value| {
                let Ok(fact) = Fact::deserialize(&value) else { return Ok(()) };
                if !self.which.fits(&fact, topic.as_ref()) {
                    return Ok(());
                }
                total += 1;
                if self.json {
                    out.json(&value)?;
                } else if rows.len() < limit {
                    rows.push(line(&fact));
                }
                Ok::<_, Failure>(())
            })
        })();
        listed.map_err(|failure| failure.told(&room))?;
        if self.json {
            return Ok(ExitCode::SUCCESS);
        }
        if rows.is_empty() {
            writeln!(out, "no report tells such a thing")?;
            return Ok(ExitCode::SUCCESS);
        }
        table(rows, total, out)
    }
}

impl Which {
    /// Who or what the facts are to speak of.
    pub fn topic(&self, store: &Store) -> rusqlite::Result<Option<Topic>> {
        let about = self.about.as_ref();
        about.map(|about| Topic::find(store, about)).transpose()
    }

    /// Whether a fact is asked for. One without a day is on neither side of a day.
    pub fn fits(&self, fact: &Fact, topic: Option<&Topic>) -> bool {
        self.sort.fits(&fact.kind, &fact.family)
            && topic.is_none_or(|topic| topic.has(&fact.id, &fact.kind, &fact.caption))
            && fact.reports >= self.reports
            && fact.can_be(self.since.as_deref(), self.until.as_deref())
    }
}

/// A day, as facts have them.
fn day(text: &str) -> Result<String, String> {
    let day: Result<jiff::civil::Date, _> = text.parse();
    day.map(|day| day.to_string()).map_err(|_| "a day is written like 2025-03-31".to_owned())
}

/// Prints a table of the first of so many facts.
fn table(rows: Vec<Vec<String>>, total: usize, out: &mut Out) -> Result<ExitCode, Error> {
    let more = total - rows.len();
    out.table(&["fact", "kind", "told as", "what", "when", "reports", "origins", "cred."], rows)?;
    if more > 0 {
        writeln!(out, "… and {} more; list all with --limit 0", number(more as u64))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn line(fact: &Fact) -> Vec<String> {
    vec![
        fact.id[..8].to_owned(),
        fact.kind.clone(),
        fact.told(),
        cut(&fact.caption, 80),
        fact.when().unwrap_or_default(),
        fact.reports.to_string(),
        fact.origins.to_string(),
        fact.grade.to_string(),
    ]
}

const FACT_HELP: &str = "\
Shows every role with its value, and what others tell instead; every telling with its report and words;
how reports added to it; the facts it hangs together with; why its credibility is what it is, and why its
claims were taken for one.

Examples:
  atalaya fact 3fa2
  atalaya fact 3fa2 --json";

#[derive(Debug, Args)]
#[command(after_help = FACT_HELP)]
pub struct One {
    /// The fact: the first digits of its id, or of a claim's that tells it
    #[arg(value_name = "ID")]
    id: String,

    /// Print it as one JSON object
    #[arg(long)]
    json: bool,
}

impl One {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open_fused()?;
        let fail = |error| room.fail(error);
        let picture = Picture::of(room.store()).map_err(fail)?;
        let fact = find(&picture, &self.id)?;
        let mut judgements = Vec::new();
        for told in &fact.claims {
            for judgement in room.store().judgements(&told.claim).map_err(fail)? {
                if !judgements.contains(&judgement) {
                    judgements.push(judgement);
                }
            }
        }
        if self.json {
            let stored = room.store().facts().map_err(fail)?;
            let mut value = stored
                .into_iter()
                .find(|value| value["id"] == fact.id.as_str())
                .unwrap_or_default();
            let tellings = fact.claims.iter().filter_map(|told| picture.passages.get(&told.claim));
            value["tellings"] = tellings.map(|passage| passage.claim.clone()).collect();
            value["judgements"] = json!(judgements);
            let links = room.store().links_around(&fact.id).map_err(fail)?;
            value["links"] = crate::export::links(&links, &fact.id);
            out.json(&value)?;
            return Ok(ExitCode::SUCCESS);
        }
        show(&picture, fact, &judgements, out)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// The fact that the first digits of its identifier mean, or of a claim's that tells it.
pub fn find<'p>(picture: &'p Picture, id: &str) -> Result<&'p Fact, Error> {
    let named: Vec<&Fact> = picture.facts.iter().filter(|fact| fact.id.starts_with(id)).collect();
    let named = match named.is_empty() {
        false => named,
        true => {
            let tells = |fact: &&Fact| fact.claims.iter().any(|told| told.claim.starts_with(id));
            picture.facts.iter().filter(tells).collect()
        }
    };
    match named[..] {
        [one] => Ok(one),
        [] => Err(Error::NoFact(id.to_owned())),
        _ => Err(Error::ManyFacts {
            name: id.to_owned(),
            candidates: named.iter().take(5).map(|fact| fact.id[..12].to_owned()).collect(),
        }),
    }
}

fn show(picture: &Picture, fact: &Fact, judgements: &[Value], out: &mut Out) -> Result<(), Error> {
    let title = out.bold(&tame(&fact.caption));
    writeln!(
        out,
        "{title}\n{} · {} · {} · {}",
        &fact.id[..8],
        fact.kind,
        fact.told(),
        fact.family
    )?;
    for role in &fact.roles {
        let mark = if role.corrected { " (set by you)" } else { "" };
        writeln!(out, "  {}: {}{mark}", role.role, tame(&role.value))?;
        for (word, others) in [("differs", &role.differ), ("besides", &role.besides)] {
            for other in others {
                let dim =
                    out.dim(&format!("    {word}: {} ({})", tame(&other.value), &other.claim[..8]));
                writeln!(out, "{dim}")?;
            }
        }
    }
    let (reports, origins) = (fact.reports, fact.origins);
    writeln!(out, "\ntold by {reports} reports, {origins} origins · credibility {}", fact.grade)?;
    for reason in &fact.why {
        writeln!(out, "  {}: {}", reason.rule, tame(&reason.detail))?;
    }
    writeln!(out)?;
    for told in &fact.claims {
        let Some(passage) = picture.passages.get(&told.claim) else { continue };
        let from = passage.outlet.as_deref().unwrap_or(&passage.source);
        let date = told.published.as_deref().unwrap_or("undated");
        let did = fact.history.iter().find(|change| change.report == told.report);
        let did = did.map(|change| change.what.as_str()).unwrap_or_default();
        writeln!(
            out,
            "{} {} {} · {} · {did}",
            &told.claim[..8],
            &told.report[..8],
            tame(from),
            date
        )?;
        let words = passage.claim["text"].as_str().unwrap_or_default();
        writeln!(out, "  “{}”", tame(words))?;
    }
    for link in picture.links.iter().filter(|link| link.from == fact.id || link.to == fact.id) {
        let (word, other) =
            if link.from == fact.id { ("→", &link.to) } else { ("←", &link.from) };
        let caption = picture.fact(other).map(|fact| cut(&fact.caption, 90)).unwrap_or_default();
        writeln!(out, "{word} {}: {} {caption}", link.relation, &other[..8])?;
    }
    for judgement in judgements {
        let text =
            |key: &str| judgement[key].as_str().and_then(|id| id.get(..8)).unwrap_or_default();
        let reasons = judgement["reasons"].as_array().into_iter().flatten();
        let reasons = reasons.map(|reason| {
            let part = |key: &str| tame(reason[key].as_str().unwrap_or_default());
            format!("{} ({})", part("rule"), cut(&part("detail"), 60))
        });
        let verdict = judgement["verdict"].as_str().unwrap_or_default();
        let reasons = reasons.collect::<Vec<_>>().join("; ");
        let dim = out.dim(&format!("{} and {}: {verdict}: {reasons}", text("left"), text("right")));
        writeln!(out, "{dim}")?;
    }
    Ok(())
}
