//! `atalaya claims`: what the reports claim, with the words.

use std::io::Write;
use std::process::ExitCode;

use atalaya_facts::claim::Family;
use clap::Args;
use serde_json::{Map, Value};

use super::World;
use super::out::{Out, cut, number};
use crate::Error;
use crate::store::{Source, WantedClaims};

const HELP: &str = "\
One line a claim: its kind, how it is told (happened, planned, denied, …), who and what stands in it, and
the report. A claim is what one sentence says; what a report takes for granted is marked (presupposed).

With --json, one object a line: roles with their words and values, the trigger, the rule that fired, and
the sentence; offsets count code points, end exclusive.

Examples:
  atalaya claims --kind seize
  atalaya claims --family figure --report 3fa2
  atalaya claims --json | jq -r 'select(.denied) | .text'";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Claims {
    #[command(flatten)]
    which: Which,

    /// How many to list, 0 for all; --json always lists all
    #[arg(long, value_name = "N", default_value_t = 200)]
    limit: usize,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// Which claims are asked for.
#[derive(Debug, Args)]
pub struct Which {
    #[command(flatten)]
    sort: Sort,

    /// Only one report: the first digits of its id, or the file it was read from
    #[arg(long, value_name = "ID")]
    report: Option<String>,
}

/// Which sort of claims or facts is asked for.
#[derive(Debug, Args)]
pub struct Sort {
    /// Only one kind, such as seize
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,

    /// Only one family
    #[arg(long, value_name = "FAMILY", value_parser = Family::ALL.map(Family::name))]
    pub family: Option<String>,
}

impl Sort {
    /// Whether something of a kind and family is asked for.
    pub fn fits(&self, kind: &str, family: &str) -> bool {
        let is = |wanted: &Option<String>, own: &str| wanted.as_ref().is_none_or(|it| it == own);
        is(&self.kind, kind) && is(&self.family, family)
    }
}

impl Claims {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let limit = match self.limit {
            0 => usize::MAX,
            limit => limit,
        };
        if self.json {
            self.which.each(world, |source, claim| {
                out.json(&with_report(source, claim)).map_err(super::reports::Failure::from)
            })?;
            return Ok(ExitCode::SUCCESS);
        }
        let mut rows = Vec::new();
        let mut total = 0;
        self.which.each(world, |source, claim| {
            total += 1;
            if rows.len() < limit {
                rows.push(line(&source, &claim));
            }
            Ok(())
        })?;
        if rows.is_empty() {
            writeln!(out, "no report claims such a thing")?;
            return Ok(ExitCode::SUCCESS);
        }
        let more = total - rows.len();
        out.table(&["kind", "told as", "who and what", "report", "place"], rows)?;
        if more > 0 {
            writeln!(out, "… and {} more; list all with --limit 0", number(more as u64))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Which {
    /// Calls `each` for every claim that is asked for.
    pub fn each(
        &self,
        world: &World,
        each: impl FnMut(Source, Map<String, Value>) -> Result<(), super::reports::Failure>,
    ) -> Result<(), Error> {
        let room = world.open_derived()?;
        let report = self.report.as_ref().map(|name| room.store().one(name)).transpose()?;
        let wanted = WantedClaims {
            kind: self.sort.kind.clone(),
            family: self.sort.family.clone(),
            report: report.map(|(row, _)| row),
        };
        room.store().claims(&wanted, each).map_err(|failure| failure.told(&room))
    }
}

/// A claim with its report, in the order in which scripts are told of it.
pub fn with_report(source: Source, mut claim: Map<String, Value>) -> Map<String, Value> {
    let mut whole = Map::new();
    if let Some(id) = claim.remove("id") {
        whole.insert("id".to_owned(), id);
    }
    whole.insert("report".to_owned(), serde_json::to_value(source).unwrap_or_default());
    whole.extend(claim);
    whole
}

fn line(source: &Source, claim: &Map<String, Value>) -> Vec<String> {
    let text = |key: &str| claim.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let place = |key: &str| claim.get(key).and_then(Value::as_u64).unwrap_or_default();
    vec![
        text("kind"),
        told(claim),
        cut(&roles(claim), 90),
        source.id[..8].to_owned(),
        format!("{}–{}", place("start"), place("end")),
    ]
}

/// How a claim is told, in a few words.
pub fn told(claim: &Map<String, Value>) -> String {
    let text = |key: &str| claim.get(key).and_then(Value::as_str).map(str::to_owned);
    let is = |key: &str| claim.get(key).and_then(Value::as_bool).unwrap_or_default();
    let mut words: Vec<String> = text("status").or_else(|| text("realis")).into_iter().collect();
    words.extend(is("denied").then(|| "denied".to_owned()));
    words.extend(text("aspect").filter(|aspect| aspect != "once"));
    words.extend(is("presupposed").then(|| "presupposed".to_owned()));
    words.join(", ")
}

/// The roles of a claim, each with its words.
pub fn roles(claim: &Map<String, Value>) -> String {
    let one = |role: &Value| {
        let part = |key: &str| role.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        format!("{}: {}", part("role"), part("text"))
    };
    let roles = claim.get("roles").and_then(Value::as_array);
    roles.map(|roles| roles.iter().map(one).collect::<Vec<_>>().join(" · ")).unwrap_or_default()
}
