//! The `language` set: whole documents, each in a folder named by its language's code.

use std::collections::BTreeMap;
use std::path::PathBuf;

use atalaya_read::Hint;
use serde_json::{Value, json};

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A folder with a folder for each language, named by its ISO 639-1 code.
    #[arg(long, value_name = "FOLDER")]
    data: PathBuf,
    /// Read only so many characters of each document, up to the end of a word.
    #[arg(long, value_name = "CHARACTERS")]
    first: Option<usize>,
}

/// Reads every document and counts the languages told right.
pub(crate) fn run(options: &Options) -> Result<Value, String> {
    let mut languages: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for folder in entries(&options.data)? {
        let code = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for file in entries(&folder)? {
            let bytes = std::fs::read(&file).map_err(|e| format!("{}: {e}", file.display()))?;
            let bytes = match options.first {
                Some(first) => beginning(&String::from_utf8_lossy(&bytes), first).into_bytes(),
                None => bytes,
            };
            let told = match atalaya_read::report(&bytes, Hint::default()) {
                Ok(report) => report.language.map_or("none".to_owned(), |l| l.to_string()),
                Err(error) => format!("error: {error}"),
            };
            *languages.entry(code.clone()).or_default().entry(told).or_default() += 1;
        }
    }
    let (mut right, mut none, mut all) = (0, 0, 0);
    for (code, told) in &languages {
        let own: usize = told.values().sum();
        let hit = told.get(code).copied().unwrap_or(0);
        println!("{code}: {hit} of {own}  {}", json!(told));
        right += hit;
        none += told.get("none").copied().unwrap_or(0);
        all += own;
    }
    Ok(json!({
        "set": "language",
        "languages": languages.len(),
        "documents": all,
        "right": right,
        "left_open": none,
        "wrong": all - right - none,
        "accuracy": right as f64 / all.max(1) as f64,
    }))
}

fn beginning(text: &str, characters: usize) -> String {
    let cut: String = text.chars().take(characters).collect();
    cut.rsplit_once(' ').map_or(cut.clone(), |(whole, _)| whole.to_owned())
}

fn entries(folder: &PathBuf) -> Result<Vec<PathBuf>, String> {
    let read = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<PathBuf> = read.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}
