//! `atalaya compare`: a table that the user holds beside the room's figures.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::World;
use super::out::{self, Out, cut};
use crate::compare::{self, Columns, Compared, Comparison, Held};
use crate::{Error, world};

const HELP: &str = "\
FILE is a table with a heading over each column, its values set apart by commas. Times are years, months or
days (2024, 2024-03, 2024-03-09), numbers are like 6,958 or 12.5. The room's figures are those whose words
hold the measure, however many reports tell them. Each is set beside the row of its time and place, or
beside the sum of rows that fill its time without a gap; it then

  agrees            the table's number is the one told, or within its bounds
  differs           by so much, and so many hundredths of the table's number
  other period      the table has nothing of just this time
  other population  the table has no such place
  no period told, no place told   so that nothing can be said

The page Figures of `atalaya serve` draws the same as a plot.

Examples:
  atalaya compare homicides.csv --measure homicides
  atalaya compare docs/compare/homicides.csv --measure homicides --when month --value homicides --where place
  atalaya compare table.csv --measure encounters --when year --value total --json";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Compare {
    /// The table
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// What is counted, in words of the reports
    #[arg(long, value_name = "WORDS")]
    measure: String,

    /// The column that tells the time
    #[arg(long, value_name = "COLUMN", default_value = "when")]
    when: String,

    /// The column that tells the number
    #[arg(long, value_name = "COLUMN", default_value = "value")]
    value: String,

    /// The column that tells the place, if there is one
    #[arg(long = "where", value_name = "COLUMN")]
    place: Option<String>,

    /// Print the comparison as one JSON object
    #[arg(long)]
    json: bool,
}

impl Compare {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let held = self.held()?;
        let pack = world::pack(world.pack.as_deref())?;
        let room = world.open_fused()?;
        let figures = compare::figures(room.store(), &pack, &self.measure)
            .map_err(|error| room.fail(error))?;
        if figures.is_empty() {
            out::note(&format!(
                "no report gives a figure of {}; see what there is: atalaya facts --family figure",
                self.measure
            ));
        }
        let comparison = compare::compare(held, figures);
        if self.json {
            out.json(&comparison)?;
        } else {
            show(&comparison, out)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// The rows of the user's table.
    fn held(&self) -> Result<Vec<Held>, Error> {
        let file =
            File::open(&self.file).map_err(|error| Error::file("read", &self.file, error))?;
        let columns = Columns {
            when: self.when.clone(),
            value: self.value.clone(),
            place: self.place.clone(),
        };
        compare::read(file, &columns).map_err(|why| table(&self.file, &why))
    }
}

fn table(path: &Path, why: &str) -> Error {
    Error::Table { path: path.to_owned(), why: why.to_owned() }
}

fn show(comparison: &Comparison, out: &mut Out) -> Result<(), Error> {
    let rows = comparison.figures.iter().map(row);
    out.table(&["fact", "told", "time", "by", "the table has", "stands"], rows)?;
    let lines: std::collections::BTreeSet<u64> =
        comparison.figures.iter().flat_map(|figure| figure.lines.iter().copied()).collect();
    let alone = comparison.held.iter().filter(|row| !lines.contains(&row.line)).count();
    writeln!(out, "{} of {} rows are beside no figure", alone, comparison.held.len())?;
    Ok(())
}

fn row(compared: &Compared) -> Vec<String> {
    let figure = &compared.figure;
    let days = figure.days.map(|[first, last]| format!("{first} – {last}")).unwrap_or_default();
    let held = compared.held.map(|held| match compared.lines.len() {
        1 => format!("{held} (line {})", compared.lines[0]),
        many => format!("{held} (sum of {many} lines)"),
    });
    let mut stands = compared.standing.name().to_owned();
    if let (true, Some(by)) = (compared.by != Some(0.0), compared.by) {
        let percent = compared.percent.map(|percent| format!(" ({percent:+.1} %)"));
        stands.push_str(&format!(" by {by:+}{}", percent.unwrap_or_default()));
    }
    if compared.place_not_told && compared.held.is_some() {
        stands.push_str(", place not told");
    }
    let id = figure.fact.get(..8).unwrap_or(&figure.fact).to_owned();
    let sources = cut(&figure.sources.join("; "), 40);
    vec![id, cut(&figure.caption, 50), days, sources, held.unwrap_or_default(), stands]
}
