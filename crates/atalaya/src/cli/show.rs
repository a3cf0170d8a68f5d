//! `atalaya show`: one report, clean, by blocks, or as it was found.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;

use super::World;
use super::out::{self, Out, plural, tame, tame_lines};
use crate::Error;
use crate::offsets;
use crate::store::Details;

const HELP: &str = "\
ID is the first digits of a report's id (four or more), or the file it was read from.

Examples:
  atalaya show 3fa2
  atalaya show reports/manta.html --blocks
  atalaya show 3fa2 --original > page.html";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Show {
    /// The report
    #[arg(value_name = "ID")]
    id: String,

    /// Show every block with its kind and its place in the text, furniture included
    #[arg(long, conflicts_with = "original")]
    blocks: bool,

    /// Write the original bytes as they were found
    #[arg(long)]
    original: bool,

    /// Print one JSON object
    #[arg(long, conflicts_with_all = ["blocks", "original"])]
    json: bool,
}

impl Show {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open()?;
        let (row, _) = room.store().one(&self.id)?;
        if self.original {
            out.write_all(&room.store().original(row).map_err(|error| room.fail(error))?)?;
            return Ok(ExitCode::SUCCESS);
        }
        let report = room.store().details(row).map_err(|error| room.fail(error))?;
        if self.json {
            out.json(&report)?;
        } else {
            head(&report, out)?;
            body(&report, self.blocks, out)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn head(report: &Details, out: &mut Out) -> Result<(), Error> {
    let summary = &report.summary;
    let title = summary.title.as_deref().unwrap_or("(no title)");
    writeln!(out, "{}", out.bold(&tame(title)))?;
    let published = match (&summary.published, &summary.published_from) {
        (Some(when), Some(from)) => format!("{when} (from its {from})"),
        _ => "not stated".to_owned(),
    };
    let language = match summary.language.as_deref() {
        None => "could not be told".to_owned(),
        Some("en") => "English".to_owned(),
        Some(code) => format!("{} – stored and searchable, not analysed yet", out::language(code)),
    };
    let mut lines = vec![("published", published), ("language", language)];
    lines.extend(summary.outlet.clone().map(|outlet| ("outlet", outlet)));
    lines.extend(summary.byline.clone().map(|byline| ("byline", byline)));
    lines.extend(report.canonical.clone().map(|url| ("address", url)));
    for location in report.locations.iter().filter(|location| location.kind != "url") {
        let replaces =
            location.replaces.as_ref().map(|older| format!(", a newer version of {}", &older[..8]));
        let gone = if location.current { "" } else { " (something newer is there now)" };
        lines.push((
            "found at",
            format!("{}{}{gone}", location.place, replaces.unwrap_or_default()),
        ));
    }
    lines.push((
        "id",
        format!("{}  {}, {}", summary.id, out::size(report.original_bytes), report.charset),
    ));
    lines.extend(report.problems.iter().map(|problem| ("problem", problem.clone())));
    for (name, value) in lines {
        writeln!(out, "{} {}", out.dim(&format!("{name:<10}")), tame(&value))?;
    }
    if !summary.newest {
        writeln!(out, "{}", out.bold("A newer version has taken this report's place."))?;
    }
    writeln!(out)?;
    Ok(())
}

fn body(report: &Details, blocks: bool, out: &mut Out) -> Result<(), Error> {
    let points = report.blocks.iter().flat_map(|block| [block.start, block.end]);
    let bytes = offsets::bytes(&report.text, points);
    let mut left_out = 0;
    for (block, span) in report.blocks.iter().zip(bytes.chunks(2)) {
        let words = tame_lines(&report.text[span[0]..span[1]]);
        let furniture = block.kind == "furniture";
        if blocks {
            let place = format!("{} {}–{}", block.kind, block.start, block.end);
            let words = if furniture { out.dim(&words) } else { words };
            writeln!(out, "{}\n{words}\n", out.dim(&place))?;
        } else if furniture {
            left_out += 1;
        } else {
            let words = match block.kind.as_str() {
                "title" | "heading" => out.bold(&words),
                "list-item" => format!("• {words}"),
                "quotation" => format!("> {}", words.replace('\n', "\n> ")),
                _ => words,
            };
            writeln!(out, "{words}\n")?;
        }
    }
    if left_out > 0 {
        let count = plural(left_out, "block", "blocks");
        writeln!(
            out,
            "{}",
            out.dim(&format!("{count} of page furniture left out; see all with --blocks"))
        )?;
    }
    Ok(())
}
