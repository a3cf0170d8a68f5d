//! `atalaya explain`: what Atalaya makes of a sentence, step by step.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;

use super::out::Out;
use super::{tree, values};
use crate::{Error, model};

const HELP: &str = "\
Today it shows the parse (tokens, tree, entities) and the values that it states: quantities, times and
places. Times are reckoned from --published; without it, what is known is kept and nothing is guessed.
Values are read from English only.

Example:
  atalaya explain 'Police dogs found six tons of cocaine at a port near Guayaquil.'";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Explain {
    /// The sentence
    #[arg(required = true, value_name = "SENTENCE")]
    sentence: Vec<String>,

    /// The model, by name or by language (see `atalaya model list`)
    #[arg(long, value_name = "NAME", default_value = "en")]
    model: String,

    /// When the report was published, as 2025-03-31
    #[arg(long, value_name = "DATE")]
    published: Option<jiff::civil::Date>,
}

impl Explain {
    pub fn run(self, out: &mut Out) -> Result<ExitCode, Error> {
        let pipeline = model::find(&self.model)?.load()?;
        let doc = pipeline.parse(&self.sentence.join(" "));
        for (heading, draw) in PARSE {
            step(heading, out, |out| draw(&doc, out))?;
        }
        if pipeline.language() == "en" {
            step("quantities", out, |out| values::quantities(&doc, out))?;
            step("times", out, |out| values::periods(&doc, self.published, out))?;
            step("places", out, |out| values::places(&doc, out))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A step of parsing: its heading, and how it is drawn.
type Step = (&'static str, fn(&atalaya_parse::Doc, &mut Out) -> Result<(), Error>);

const PARSE: [Step; 3] =
    [("tokens", tree::table), ("tree", tree::tree), ("entities", tree::entities)];

fn step(
    heading: &str,
    out: &mut Out,
    draw: impl FnOnce(&mut Out) -> Result<(), Error>,
) -> Result<(), Error> {
    writeln!(out, "{}", out.bold(heading))?;
    draw(out)?;
    writeln!(out)?;
    Ok(())
}
