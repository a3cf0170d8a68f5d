//! What most sets have in common: a file of JSON Lines to read, and predictions to write.

use std::fs;
use std::io;
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::engine;

/// A set's file, where its predictions go, and what to read it with.
#[derive(clap::Args)]
#[group(skip)]
pub(crate) struct Options {
    /// The set's file, one JSON object a line.
    #[arg(long)]
    data: PathBuf,
    /// Where to write the predictions, in the form that the set's scorer reads.
    #[arg(long)]
    predictions: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) engine: engine::Engine,
}

impl Options {
    /// The items of the set.
    pub(crate) fn items<T: DeserializeOwned>(&self) -> io::Result<Vec<T>> {
        let text = fs::read_to_string(&self.data)?;
        text.lines().map(|line| serde_json::from_str(line).map_err(io::Error::other)).collect()
    }

    /// Writes what was predicted, if it is wanted.
    pub(crate) fn write(&self, predictions: &[Value]) -> io::Result<()> {
        let Some(path) = &self.predictions else { return Ok(()) };
        let lines: Vec<String> = predictions.iter().map(|line| format!("{line}\n")).collect();
        fs::write(path, lines.concat())
    }
}
