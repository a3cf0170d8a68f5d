//! `atalaya search`: words in titles and stories.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;

use super::World;
use super::out::{Out, number, tame};
use crate::Error;
use crate::offsets;
use crate::store::{Hit, plain_words};

const HELP: &str = "\
Accents and capitals do not matter: duran finds Durán. The words may be in FTS5's syntax:
  Manta pier              both words, anywhere in the story
  \"naval base\"            these words in a row
  cocaine OR heroin       either
  Noboa NOT Trump         the first without the second
  extort*                 words that begin so
  title: Manta            in the title
  NEAR(pier Manta, 5)     at most five words apart

Page furniture and replaced versions are not searched.";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Search {
    /// What to look for
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,

    /// How many reports to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

impl Search {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open()?;
        let words = self.words.join(" ");
        // Words with signs in them ("narco-terrorist") are no FTS5 syntax, but what they mean is plain.
        let found = room.store().search(&words, self.limit).or_else(|error| match error {
            Error::Search(_) if !words.contains('"') => {
                room.store().search(&plain_words(&words), self.limit)
            }
            error => Err(error),
        });
        let (hits, total) = found?;
        for hit in &hits {
            if self.json {
                out.json(hit)?;
            } else {
                print(hit, out)?;
            }
        }
        if !self.json {
            match (total, total - hits.len() as u64) {
                (0, _) => writeln!(out, "no report holds these words: {}", tame(&words))?,
                (_, 0) => {}
                (_, more) => {
                    writeln!(out, "… and {} more; show them with --limit {total}", number(more))?;
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn print(hit: &Hit, out: &mut Out) -> Result<(), Error> {
    let title = hit.title.as_deref().unwrap_or(&hit.source);
    writeln!(out, "{}  {}", out.dim(&hit.id[..8]), out.bold(&tame(title)))?;
    let published = hit.published.as_deref().unwrap_or("date not stated");
    let outlet =
        hit.outlet.as_deref().map_or(String::new(), |outlet| format!("{}, ", tame(outlet)));
    writeln!(out, "          {}", out.dim(&format!("{outlet}{published}")))?;
    writeln!(out, "          {}\n", highlighted(hit, out))?;
    Ok(())
}

fn highlighted(hit: &Hit, out: &Out) -> String {
    let points = hit.matches.iter().flat_map(|&(start, end)| [start, end]);
    let bytes = offsets::bytes(&hit.snippet, points);
    let mut line = String::new();
    let mut seen = 0;
    for span in bytes.chunks(2) {
        line.push_str(&hit.snippet[seen..span[0]]);
        line.push_str(&out.found(&hit.snippet[span[0]..span[1]]));
        seen = span[1];
    }
    line + &hit.snippet[seen..]
}
