//! `atalaya read`: what is in files, without a room.

use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use atalaya_read::{Hint, Report};
use clap::Args;
use serde_json::{Value, json};

use super::out::{self, Out, tame, tame_lines};
use crate::Error;
use crate::offsets;
use crate::room::files;

const HELP: &str = "\
With --json, one object a file: source, title, byline, outlet, published, language, text, blocks
(kind, start, end) and problem. Offsets count Unicode code points into text, end exclusive; what is
not said is null.

Examples:
  atalaya read story.txt
  atalaya read --json reports/*.html > reports.jsonl";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Read {
    /// Files; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The encoding of the files, when it is known (windows-1252, Shift_JIS, …)
    #[arg(long, value_name = "NAME")]
    charset: Option<String>,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

impl Read {
    pub fn run(self, out: &mut Out) -> Result<ExitCode, Error> {
        let mut code = ExitCode::SUCCESS;
        for file in &self.files {
            let source = files::printable(file);
            let hint = Hint { source: &source, charset: self.charset.as_deref() };
            let report = bytes(file).map_err(|error| error.to_string()).and_then(|bytes| {
                atalaya_read::report(&bytes, hint).map_err(|error| error.to_string())
            });
            match &report {
                Ok(report) if self.json => out.json(&object(report))?,
                Ok(report) => print(report, out)?,
                Err(problem) => {
                    code = ExitCode::FAILURE;
                    if self.json {
                        out.json(&unreadable(&source, problem))?;
                    } else {
                        out::note(&format!("{}: {problem}", tame(&source)));
                    }
                }
            }
        }
        Ok(code)
    }
}

fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(file)
}

fn object(report: &Report) -> Value {
    let points = offsets::code_points(
        &report.text,
        report.blocks.iter().flat_map(|block| [block.span.start, block.span.end]),
    );
    let blocks = report.blocks.iter().zip(points.chunks(2)).map(
        |(block, span)| json!({ "kind": block.kind.name(), "start": span[0], "end": span[1] }),
    );
    json!({
        "source": report.source,
        "title": report.title,
        "byline": report.byline,
        "outlet": report.outlet,
        "published": report.published.as_ref().map(|published| &published.when),
        "language": report.language.map(|language| language.0),
        "text": report.text,
        "blocks": blocks.collect::<Vec<_>>(),
        "problem": null,
    })
}

fn unreadable(source: &str, problem: &str) -> Value {
    json!({
        "source": source, "title": null, "byline": null, "outlet": null, "published": null,
        "language": null, "text": "", "blocks": [], "problem": problem,
    })
}

fn print(report: &Report, out: &mut Out) -> Result<(), Error> {
    let title = report.title.as_deref().unwrap_or("(no title)");
    writeln!(out, "{}", out.bold(&tame(title)))?;
    let published =
        report.published.as_ref().map_or("date not stated", |published| &published.when);
    let language = report.language.map_or("language unknown", |language| out::language(language.0));
    writeln!(
        out,
        "{}\n",
        out.dim(&format!("{} · {published} · {language}", tame(&report.source)))
    )?;
    for block in &report.blocks {
        let words = tame_lines(&report.text[block.span.clone()]);
        let words = if block.kind.is_story() { words } else { out.dim(&words) };
        writeln!(out, "{}\n{words}\n", out.dim(block.kind.name()))?;
    }
    Ok(())
}
