//! `atalaya stories`: which reports tell one story, from how many origins, and what they tell alike.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::ExitCode;

use atalaya_facts::story;
use clap::Args;
use jiff::civil::Date;
use serde::Serialize;

use super::World;
use super::out::{Out, cut, number, plural, tame};
use crate::Error;
use crate::picture::Bound;
use crate::room::Room;
use crate::store::Summary;

const HELP: &str = "\
A story is what reports are about: reports that share enough telling words, numbers and names, and were
published within a month of each other, tell one. Only reports in English are grouped. What counts are the
origins: five reports of one origin are one source. A story is wider than a fact; what two of its
reports or more tell alike is listed with it. A report that does not say when it was published shows
between which days it must have been, where others tell.

Examples:
  atalaya stories                     stories of two reports or more, most origins first
  atalaya stories --reports 5         only what five reports or more are about
  atalaya stories --json | jq -r 'select(.origins == 1) | .reports[].source'
                                      stories that only seem to be told by many";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Stories {
    /// Only stories of so many reports
    #[arg(long, value_name = "N", default_value_t = 2)]
    reports: usize,

    /// How many to list, 0 for all; --json always lists all
    #[arg(long, value_name = "N", default_value_t = 50)]
    limit: usize,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// Reports of one story lie no more days apart.
const APART: i32 = 31;

/// Reports about one thing.
#[derive(Debug, Serialize)]
struct Story {
    /// Its identifier: its smallest report's.
    id: String,
    /// The first and the last day on which one of its reports was published, as far as they say.
    first: Option<String>,
    last: Option<String>,
    origins: usize,
    /// In the order of publication.
    reports: Vec<Teller>,
    /// What two of its reports or more tell alike, what most tell first.
    facts: Vec<Alike>,
}

#[derive(Debug, Serialize)]
struct Teller {
    id: String,
    source: String,
    outlet: Option<String>,
    title: Option<String>,
    published: Option<String>,
    /// Between which days an undated report must have been written.
    not_before: Option<String>,
    not_after: Option<String>,
    origin: Option<String>,
}

#[derive(Debug, Serialize)]
struct Alike {
    fact: String,
    caption: String,
    reports: usize,
}

impl Stories {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open_fused()?;
        let mut stories = stories(&room, world)?;
        stories.retain(|story| story.reports.len() >= self.reports.max(2));
        if self.json {
            for story in &stories {
                out.json(story)?;
            }
            return Ok(ExitCode::SUCCESS);
        }
        let most = if self.limit == 0 { usize::MAX } else { self.limit };
        for story in stories.iter().take(most) {
            print(story, out)?;
        }
        if stories.is_empty() {
            writeln!(out, "no two reports tell one story")?;
        } else if stories.len() > most {
            let more = number((stories.len() - most) as u64);
            writeln!(out, "… and {more} more; list all with --limit 0")?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The stories of a room, those of most origins first.
fn stories(room: &Room, world: &World) -> Result<Vec<Story>, Error> {
    let (store, fail) = (room.store(), |error| room.fail(error));
    let mut summaries: Vec<Summary> = Vec::new();
    let list = |report: Summary| {
        summaries.extend(Some(report).filter(|report| report.language.as_deref() == Some("en")));
        Ok::<_, rusqlite::Error>(())
    };
    store.reports(false, list).map_err(fail)?;
    let prose = summaries.iter().map(|report| store.prose(&report.id));
    let prose = prose.collect::<rusqlite::Result<Vec<String>>>().map_err(fail)?;
    let prose: Vec<&str> = prose.iter().map(String::as_str).collect();
    let days: Vec<Option<Date>> = summaries.iter().map(|report| day(&report.published)).collect();
    let near = |one: usize, other: usize| match (days[one], days[other]) {
        (Some(one), Some(other)) => (one - other).get_days().abs() <= APART,
        _ => true,
    };
    let numbers = story::stories_near(&world.engine()?.pack, &prose, &near);
    let mut told: BTreeMap<usize, Vec<Summary>> = BTreeMap::new();
    for (report, number) in summaries.into_iter().zip(numbers) {
        told.entry(number).or_default().push(report);
    }
    told.retain(|_, reports| reports.len() > 1);
    let origins = store.origins().map_err(fail)?;
    let bounds: Vec<Bound> = store.bounds().map_err(fail)?;
    let bounds = bounds.into_iter().map(|bound| (bound.report.clone(), bound)).collect();
    let mut stories = Vec::new();
    for reports in told.into_values() {
        let ids: BTreeSet<&str> = reports.iter().map(|report| report.id.as_str()).collect();
        let facts = store.told_together(&ids).map_err(fail)?;
        let facts =
            facts.into_iter().map(|(fact, caption, reports)| Alike { fact, caption, reports });
        stories.push(made(reports, &origins, &bounds, facts.collect()));
    }
    stories.sort_by_key(|story| {
        (Reverse((story.origins, story.reports.len())), story.first.clone(), story.id.clone())
    });
    Ok(stories)
}

fn made(
    reports: Vec<Summary>,
    origins: &BTreeMap<String, String>,
    bounds: &BTreeMap<String, Bound>,
    facts: Vec<Alike>,
) -> Story {
    let teller = |report: Summary| {
        let bound = bounds.get(&report.id).filter(|_| report.published.is_none());
        Teller {
            not_before: bound.and_then(|bound| bound.not_before.clone()),
            not_after: bound.and_then(|bound| bound.not_after.clone()),
            origin: origins.get(&report.id).cloned(),
            id: report.id,
            source: report.source,
            outlet: report.outlet,
            title: report.title,
            published: report.published,
        }
    };
    let mut reports: Vec<Teller> = reports.into_iter().map(teller).collect();
    reports.sort_by_key(|one| (one.published.is_none(), one.published.clone(), one.id.clone()));
    let days = || reports.iter().filter_map(|one| day(&one.published));
    // A report of which no origin is known is one of its own.
    let own = reports.iter().map(|one| one.origin.as_ref().unwrap_or(&one.id));
    Story {
        id: reports.iter().map(|one| one.id.clone()).min().unwrap_or_default(),
        first: days().min().map(|day| day.to_string()),
        last: days().max().map(|day| day.to_string()),
        origins: own.collect::<BTreeSet<_>>().len(),
        facts,
        reports,
    }
}

fn print(story: &Story, out: &mut Out) -> Result<(), Error> {
    let days = match (&story.first, &story.last) {
        (Some(first), Some(last)) if first == last => format!(" · {first}"),
        (Some(first), Some(last)) => format!(" · {first} – {last}"),
        _ => String::new(),
    };
    let reports = plural(story.reports.len() as u64, "report", "reports");
    let origins = plural(story.origins as u64, "origin", "origins");
    let head = format!("{} · {reports}, {origins}{days}", &story.id[..8]);
    writeln!(out, "{}", out.bold(&head))?;
    for report in &story.reports {
        let title = report.title.as_ref().unwrap_or(&report.source);
        let outlet = report.outlet.as_deref().unwrap_or("–");
        let id = &report.id[..8];
        writeln!(out, "  {id}  {:24}  {:20}  {}", when(report), cut(outlet, 20), tame(title))?;
    }
    for Alike { fact, caption, reports } in &story.facts {
        let told = out.dim(&format!("told by {reports}:"));
        writeln!(out, "    {told} {} {}", &fact[..8], tame(caption))?;
    }
    Ok(())
}

/// When a report was published, or between which days.
fn when(report: &Teller) -> String {
    match (&report.published, &report.not_before, &report.not_after) {
        (Some(day), ..) => day.chars().take(10).collect(),
        (None, Some(first), Some(last)) => format!("{first} – {last}"),
        (None, Some(first), None) => format!("{first} or later"),
        (None, None, Some(last)) => format!("{last} or before"),
        (None, None, None) => "not stated".to_owned(),
    }
}

fn day(published: &Option<String>) -> Option<Date> {
    published.as_ref()?.get(..10)?.parse().ok()
}
