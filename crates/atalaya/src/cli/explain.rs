//! `atalaya explain`: what Atalaya makes of a sentence, step by step.

use std::io::Write;
use std::process::ExitCode;

use clap::Args;

use super::out::Out;
use super::tree;
use crate::{Error, model};

const HELP: &str = "\
Today it shows the parse: tokens, tree and entities.

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
}

impl Explain {
    pub fn run(self, out: &mut Out) -> Result<ExitCode, Error> {
        let doc = model::find(&self.model)?.load()?.parse(&self.sentence.join(" "));
        for (heading, draw) in STEPS {
            writeln!(out, "{}", out.bold(heading))?;
            draw(&doc, out)?;
            writeln!(out)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A step's heading and how it is drawn.
type Step = (&'static str, fn(&atalaya_parse::Doc, &mut Out) -> Result<(), Error>);

const STEPS: [Step; 3] =
    [("tokens", tree::table), ("tree", tree::tree), ("entities", tree::entities)];
