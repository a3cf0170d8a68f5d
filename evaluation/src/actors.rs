//! Who is who over all reports, against a list made by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::PathBuf;

use serde::Deserialize;
use serde_json::{Value, json};

/// What `atalaya export actors` printed, and who is meant.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// What `atalaya export actors` printed for a room of the reports.
    #[arg(long)]
    data: PathBuf,
    /// A line for each report and words of it: who they stand for.
    #[arg(long, default_value = "evaluation/actors/demo.tsv")]
    list: PathBuf,
}

#[derive(Deserialize)]
struct Actor {
    id: String,
    mentions: Vec<Mention>,
}

#[derive(Deserialize)]
struct Mention {
    source: String,
    start: usize,
    end: usize,
    text: String,
}

/// Words of a report, by its file and their place.
type Spot = (String, usize, usize);

pub(crate) fn run(options: &Options) -> io::Result<Value> {
    let list = fs::read_to_string(&options.list)?;
    let row = |line: &str| {
        let mut cells = line.split('\t').map(str::to_owned);
        Some(((cells.next()?, cells.next()?), cells.next()?))
    };
    let list: BTreeMap<(String, String), String> = list.lines().skip(1).filter_map(row).collect();
    let (mut meant, mut told): (BTreeMap<Spot, &str>, BTreeMap<Spot, BTreeSet<String>>) =
        (BTreeMap::new(), BTreeMap::new());
    for line in fs::read_to_string(&options.data)?.lines() {
        let actor: Actor = serde_json::from_str(line).map_err(io::Error::other)?;
        for mention in actor.mentions {
            let words = mention.text.split_whitespace().collect::<Vec<_>>().join(" ");
            let file = |(file, _): &(String, String)| mention.source.ends_with(&format!("/{file}"));
            let Some((_, who)) = list.iter().find(|(row, _)| file(row) && row.1 == words) else {
                continue;
            };
            let spot = (mention.source, mention.start, mention.end);
            meant.insert(spot.clone(), who);
            told.entry(spot).or_default().insert(actor.id.clone());
        }
    }
    // The name of an embassy is its country's, too: words that stand for two are left out.
    told.retain(|_, actors| actors.len() == 1);
    let told: BTreeMap<Spot, String> = told
        .into_iter()
        .filter_map(|(spot, actors)| Some((spot, actors.into_iter().next()?)))
        .collect();
    let (ours, theirs) =
        (groups(told.iter()), groups(told.keys().map(|spot| (spot, &meant[spot]))));
    let share = |by: &dyn Fn(&Spot) -> (usize, usize)| {
        told.keys().map(by).map(|(part, whole)| part as f64 / whole as f64).sum::<f64>()
            / told.len().max(1) as f64
    };
    let both = |spot: &Spot| {
        let (own, other) = (&ours[told[spot].as_str()], &theirs[meant[spot]]);
        (own.intersection(other).count(), own.len(), other.len())
    };
    let precision = share(&|spot| (both(spot).0, both(spot).1));
    let recall = share(&|spot| (both(spot).0, both(spot).2));
    Ok(
        json!({ "set": "actors", "mentions": told.len(), "actors": theirs.len(), "found": ours.len(),
        "b3": { "precision": precision, "recall": recall,
            "f1": 2.0 * precision * recall / (precision + recall) } }),
    )
}

/// The words that stand for one, by whom they stand for.
fn groups<'a, N: AsRef<str> + 'a + ?Sized>(
    spots: impl Iterator<Item = (&'a Spot, &'a N)>,
) -> BTreeMap<&'a str, BTreeSet<&'a Spot>> {
    let mut groups: BTreeMap<&str, BTreeSet<&Spot>> = BTreeMap::new();
    for (spot, who) in spots {
        groups.entry(who.as_ref()).or_default().insert(spot);
    }
    groups
}
