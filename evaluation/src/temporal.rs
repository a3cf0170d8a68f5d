//! The `temporal` set: times in texts, as TimeML values.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use atalaya_facts::value::period::{Date, Period, Words, periods};
use atalaya_parse::Pipeline;
use serde::Deserialize;
use serde_json::{Value, json};

mod timex;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A file of the set, one JSON object a line.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// Texts with their times, or single sentences with what is to be found in them.
    #[arg(long, value_enum, default_value_t = Task::Timex)]
    task: Task,
    /// Where to write what was found, for the set's own scorer.
    #[arg(long, value_name = "OUT")]
    predictions: Option<PathBuf>,
    /// The model to parse with.
    #[arg(long, value_name = "MODEL", default_value = "models/en/en_core_web_md-3.8.0.model")]
    model: PathBuf,
    /// The pack whose words to read by.
    #[arg(long, value_name = "FOLDER", default_value = "packs/world")]
    pack: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Task {
    Timex,
    Specs,
}

/// A text of the set.
#[derive(Deserialize)]
struct Item {
    id: String,
    #[serde(default)]
    lang: String,
    #[serde(default, rename = "type")]
    class: String,
    text: Option<String>,
    input: Option<String>,
    dct: Option<String>,
    reference: Option<String>,
    #[serde(default)]
    timexes: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    start: usize,
    end: usize,
    value: Option<String>,
}

/// Reads the file's texts, writes what was found, and scores where the file has the answers.
pub(crate) fn run(options: &Options) -> Result<Value, String> {
    let bytes = file(&options.model)?;
    let pipeline = Pipeline::load([("model", bytes)]).map_err(|error| error.to_string())?;
    let words = words(&options.pack)?;
    let mut out = match &options.predictions {
        Some(path) => Some(std::fs::File::create(path).map_err(|e| told(path, &e))?),
        None => None,
    };
    let mut score = Score::default();
    let data = String::from_utf8(file(&options.data)?).map_err(|error| error.to_string())?;
    let specs = options.task == Task::Specs;
    for line in data.lines() {
        let item: Item = serde_json::from_str(line).map_err(|error| error.to_string())?;
        if specs && (item.lang != "en" || item.class != "DateTime") {
            continue;
        }
        let Some(text) = item.text.as_ref().or(item.input.as_ref()) else { continue };
        let day = item.dct.as_ref().or(item.reference.as_ref()).and_then(|day| day.get(..10));
        let published = day.and_then(|day| day.parse::<Date>().ok());
        let doc = pipeline.parse(text);
        let found = periods(&words, &doc, published);
        let found: Vec<Timex> = if specs {
            found.iter().map(|p| Timex::new(text, p.span.clone(), &p.value)).collect()
        } else {
            found
                .iter()
                .flat_map(timex::parts)
                .map(|p| Timex::new(text, p.span.clone(), &p.value))
                .collect()
        };
        score.add(&item.timexes, &found);
        if let Some(out) = &mut out {
            let row = if specs {
                let results: Vec<Value> = found.iter().map(Timex::spec).collect();
                json!({"id": item.id, "results": results})
            } else {
                let timexes: Vec<Value> = found.iter().map(Timex::timex).collect();
                json!({"id": item.id, "timexes": timexes})
            };
            writeln!(out, "{row}").map_err(|error| error.to_string())?;
        }
    }
    Ok(score.figures())
}

/// A time that was found, in characters of the text.
struct Timex {
    start: usize,
    end: usize,
    text: String,
    class: &'static str,
    value: String,
}

impl Timex {
    fn new(text: &str, span: std::ops::Range<usize>, period: &Period) -> Timex {
        let start = text[..span.start].chars().count();
        let end = start + text[span.clone()].chars().count();
        let (class, value) = timex::value(period);
        Timex { start, end, text: text[span].to_owned(), class, value }
    }

    fn timex(&self) -> Value {
        json!({"start": self.start, "end": self.end, "type": self.class, "value": self.value})
    }

    fn spec(&self) -> Value {
        let last = self.end.saturating_sub(1);
        json!({"text": self.text, "start": self.start, "end": last, "timex": self.value})
    }
}

/// Counts as the set's scorer does: overlap, and overlap with the same value.
#[derive(Default)]
struct Score {
    gold: usize,
    found: usize,
    overlap: usize,
    value: usize,
}

impl Score {
    fn add(&mut self, gold: &[Gold], found: &[Timex]) {
        self.gold += gold.len();
        self.found += found.len();
        let mut used = vec![false; found.len()];
        for gold in gold {
            let shared = |t: &Timex| gold.end.min(t.end).saturating_sub(gold.start.max(t.start));
            let free = (0..found.len()).filter(|&i| !used[i] && shared(&found[i]) > 0);
            let Some(best) = free.rev().max_by_key(|&i| shared(&found[i])) else { continue };
            used[best] = true;
            self.overlap += 1;
            self.value += usize::from(gold.value.as_deref() == Some(&found[best].value));
        }
    }

    fn figures(&self) -> Value {
        let f1 = |n: usize| 200.0 * n as f64 / (self.gold + self.found).max(1) as f64;
        json!({
            "set": "temporal", "gold": self.gold, "found": self.found,
            "relaxed_f1": f1(self.overlap), "value_f1": f1(self.value),
        })
    }
}

fn words(pack: &Path) -> Result<Words, String> {
    let path = pack.join("periods/en.toml");
    let text = String::from_utf8(file(&path)?).map_err(|error| error.to_string())?;
    let mut problems = Vec::new();
    let words = Words::load(&[("periods/en.toml".to_owned(), text)].into(), &mut problems);
    match problems.first() {
        Some(problem) => Err(problem.to_string()),
        None => Ok(words),
    }
}

fn file(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| told(path, &error))
}

fn told(path: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", path.display())
}
