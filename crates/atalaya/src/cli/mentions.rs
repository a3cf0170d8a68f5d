//! `atalaya mentions`: what the reports mention, with the words.

use std::io::Write;
use std::process::ExitCode;

use atalaya_facts::reading::MentionKind;
use clap::Args;

use super::World;
use super::out::{Out, cut, number};
use crate::Error;
use crate::store::{Mention, Wanted};

const HELP: &str = "\
One line a mention: its words, what they were read as, its class, the report, and where the words stand
in the report's text, in code points, end exclusive. Classes of actors and things are the pack's
(police, weapon, …); a place's is what it is on the map (country, city, …), a quantity's what it measures
(mass, money, …), a time's what it tells (when, duration, set).

With --json, one object a line with the whole value: a place's coordinates, a quantity's bounds, a
time's first and last day.

Examples:
  atalaya mentions --kind place
  atalaya mentions --kind actor --class police
  atalaya mentions --kind quantity --class mass
  atalaya mentions --report 3fa2
  atalaya mentions --json | jq -r 'select(.value.country == \"EC\") | .text'";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Mentions {
    /// Only one sort of value
    #[arg(long, value_name = "KIND", value_parser = MentionKind::ALL.map(MentionKind::name))]
    kind: Option<String>,

    /// Only one report: the first digits of its id, or the file it was read from
    #[arg(long, value_name = "ID")]
    report: Option<String>,

    /// Only one class
    #[arg(long, value_name = "CLASS")]
    class: Option<String>,

    /// How many to list, 0 for all; --json always lists all
    #[arg(long, value_name = "N", default_value_t = 200)]
    limit: usize,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

impl Mentions {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open_derived()?;
        let kind = |kind: &MentionKind| Some(kind.name()) == self.kind.as_deref();
        let wanted = Wanted {
            kind: MentionKind::ALL.iter().find(|it| kind(it)).map(|kind| kind.name()),
            report: self.report.as_ref().map(|name| room.store().one(name)).transpose()?.map(first),
            class: self.class,
        };
        let limit = match self.limit {
            0 => usize::MAX,
            limit => limit,
        };
        let mut rows = Vec::new();
        let mut total = 0;
        let listed = room.store().mentions(&wanted, |mention| {
            total += 1;
            if self.json {
                out.json(&mention)?;
            } else if rows.len() < limit {
                rows.push(line(&mention));
            }
            Ok::<_, super::reports::Failure>(())
        });
        listed.map_err(|failure| failure.told(&room))?;
        if !self.json {
            print(rows, total, out)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn first((row, _): (i64, String)) -> i64 {
    row
}

fn line(mention: &Mention) -> Vec<String> {
    vec![
        cut(&mention.text, 40),
        mention.kind.clone(),
        cut(&mention.label, 40),
        mention.class.clone().unwrap_or_default(),
        mention.report.id[..8].to_owned(),
        format!("{}–{}", mention.start, mention.end),
    ]
}

fn print(rows: Vec<Vec<String>>, total: usize, out: &mut Out) -> Result<(), Error> {
    if rows.is_empty() {
        writeln!(out, "no report mentions such a thing")?;
        return Ok(());
    }
    let more = total - rows.len();
    out.table(&["words", "kind", "read as", "class", "report", "place"], rows)?;
    if more > 0 {
        writeln!(out, "… and {} more; list all with --limit 0", number(more as u64))?;
    }
    Ok(())
}
