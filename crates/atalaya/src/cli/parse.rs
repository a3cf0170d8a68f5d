//! `atalaya parse`: texts in, spaCy's analysis out.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use atalaya_parse::{Doc, Pipeline};
use clap::Args;

use super::out::Out;
use super::tree;
use crate::{Error, export, model};

const HELP: &str = "\
With --json, each line of the input is one document as a JSON string, and each line of the output one
document in the form of spaCy's Doc.to_json. Without it, or with --text, the whole input is one document of
plain text.

Examples:
  echo 'Marines seized two rifles in Manta.' | atalaya parse
  atalaya parse --conllu story.txt
  jq '.text' reports.jsonl | atalaya parse --json > docs.jsonl
  atalaya parse --model es --table nota.txt";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Parse {
    /// The text; standard input when there is none, or for -
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// The model, by name or by language (see `atalaya model list`)
    #[arg(long, value_name = "NAME", default_value = "en")]
    model: String,

    /// Print one JSON object a document
    #[arg(long, group = "form")]
    json: bool,

    /// Print the CoNLL-U format of Universal Dependencies
    #[arg(long, group = "form")]
    conllu: bool,

    /// Print a table for people: this is what is done unless something else is asked for
    #[arg(long, group = "form")]
    table: bool,

    /// With --json: the input is one plain text, not a JSON string a line
    #[arg(long, requires = "json")]
    text: bool,
}

/// How much text is parsed at a time.
const BATCH_BYTES: usize = 1 << 20;

impl Parse {
    pub fn run(self, out: &mut Out) -> Result<ExitCode, Error> {
        let pipeline = model::find(&self.model)?.load()?;
        let path = self.file.as_deref().filter(|path| path.as_os_str() != "-");
        let input = open(path)?;
        if self.json && !self.text {
            return json_lines(&pipeline, input, path, out);
        }
        let doc = pipeline.parse(&whole(input, path)?);
        if self.json {
            out.json(&export::doc(&doc))?;
        } else if self.conllu {
            export::conllu(&doc, out)?;
        } else {
            tree::table(&doc, out)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn open(path: Option<&Path>) -> Result<Box<dyn BufRead>, Error> {
    match path {
        None => Ok(Box::new(BufReader::new(io::stdin()))),
        Some(path) => match File::open(path) {
            Ok(file) => Ok(Box::new(BufReader::new(file))),
            Err(error) => Err(Error::file("open", path, error)),
        },
    }
}

fn name(path: Option<&Path>) -> &Path {
    path.unwrap_or(Path::new("standard input"))
}

fn whole(mut input: impl Read, path: Option<&Path>) -> Result<String, Error> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes).map_err(|error| Error::file("read", name(path), error))?;
    Ok(String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

fn json_lines(
    pipeline: &Pipeline,
    input: impl BufRead,
    path: Option<&Path>,
    out: &mut Out,
) -> Result<ExitCode, Error> {
    let mut batch: Vec<String> = Vec::new();
    let mut bytes = 0;
    for (number, line) in input.lines().enumerate() {
        let line = line.map_err(|error| Error::file("read", name(path), error))?;
        let text: String = serde_json::from_str(&line).map_err(|error| {
            let why = format!(
                "line {} is no JSON string ({error}); for plain text say --text",
                number + 1
            );
            Error::file("read", name(path), io::Error::other(why))
        })?;
        bytes += text.len();
        batch.push(text);
        if bytes >= BATCH_BYTES {
            print(pipeline, &batch, out)?;
            batch.clear();
            bytes = 0;
        }
    }
    print(pipeline, &batch, out)?;
    Ok(ExitCode::SUCCESS)
}

fn print(pipeline: &Pipeline, texts: &[String], out: &mut Out) -> io::Result<()> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let docs: Vec<Doc> = pipeline.parse_all(texts, threads);
    docs.iter().try_for_each(|doc| out.json(&export::doc(doc)))
}
