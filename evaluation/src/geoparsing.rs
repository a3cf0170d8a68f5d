//! The `geoparsing` set: names of places found in news and put on the map.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::Instant;

use atalaya_facts::gazetteer::{Gazetteer, Row};
use atalaya_facts::pack::Files;
use atalaya_facts::value::place::{self, Form, Name, Senses, Words};
use atalaya_parse::Pipeline;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::offsets::Offsets;

/// What to measure.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// A file of the set, in JSON Lines.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
    /// Whether names are found, too, or given.
    #[arg(long, value_enum, default_value_t = Task::Own)]
    task: Task,
    /// Where to write predictions, in JSON Lines.
    #[arg(long, value_name = "OUT")]
    predictions: Option<PathBuf>,
    /// The folder that holds `gazetteer`, `packs` and `models`.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    tree: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Task {
    /// Names are found in the text and put on the map.
    Own,
    /// Names are given by their spans, and put on the map.
    Given,
}

#[derive(Deserialize)]
struct Text {
    id: String,
    text: String,
    toponyms: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    // A few spans of the set begin before their text.
    start: i64,
    end: i64,
    lat: Option<f64>,
    lon: Option<f64>,
}

impl Gold {
    fn span(&self) -> Range<usize> {
        let point = |at: i64| usize::try_from(at).unwrap_or(0);
        point(self.start)..point(self.end)
    }
}

/// What the annotators of a set marked.
#[derive(Clone, Copy, Deserialize)]
struct Marked {
    adjectives: bool,
    parts: bool,
}

/// What places are read with.
struct Engine {
    gazetteer: Gazetteer,
    words: Words,
    pipeline: Option<Pipeline>,
    /// How long the gazetteer took to load, its file being read already.
    load_seconds: f64,
}

/// Reads every text, writes predictions, and counts what can be counted without the set's scorer.
pub(crate) fn run(options: &Options) -> Result<Value, String> {
    let tables: BTreeMap<String, Marked> =
        toml::from_str(include_str!("geoparsing.toml")).map_err(|e| e.to_string())?;
    let set = options.data.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let marked = tables.get(&set).copied().unwrap_or(Marked { adjectives: true, parts: true });
    let engine = engine(options)?;
    let file = read(&options.data)?;
    let mut out = match &options.predictions {
        Some(path) => Some(std::fs::File::create(path).map_err(|e| told(path, &e))?),
        None => None,
    };
    let mut counts = Counts::default();
    for line in String::from_utf8_lossy(&file).lines() {
        let text: Text = serde_json::from_str(line).map_err(|e| e.to_string())?;
        let offsets = Offsets::of(&text.text);
        let found = match options.task {
            Task::Given => given(&engine, &text, &offsets, &mut counts),
            Task::Own => own(&engine, &text, marked, &mut counts),
        };
        if let Some(out) = &mut out {
            let toponyms: Vec<Value> =
                found.iter().map(|(span, row)| toponym(&engine, &offsets, span, *row)).collect();
            let line = json!({ "id": text.id, "toponyms": toponyms });
            writeln!(out, "{line}").map_err(|e| e.to_string())?;
        }
        counts.found += found.len();
        counts.placed += found.iter().filter(|(_, row)| row.is_some()).count();
    }
    counts.load_seconds = engine.load_seconds;
    Ok(counts.figures(&set, options.task))
}

/// Names at the given spans, and for each whether the answer, or any row of that name, is near.
fn given(
    engine: &Engine,
    text: &Text,
    offsets: &Offsets,
    counts: &mut Counts,
) -> Vec<(Range<usize>, Option<Row>)> {
    let Engine { gazetteer, words, .. } = engine;
    let spans = text.toponyms.iter().map(|gold| offsets.bytes(gold.span()));
    let names = place::spans(words, gazetteer, &text.text, spans);
    let senses = place::resolve(words, gazetteer, &names);
    for (gold, name) in text.toponyms.iter().zip(&names) {
        let (Some(lat), Some(lon)) = (gold.lat, gold.lon) else { continue };
        let near = |row: Row| km(gazetteer, row, lat, lon) <= 161.0;
        let rows = place::candidates(words, gazetteer, &name.text);
        counts.given += 1;
        counts.known += usize::from(!rows.is_empty());
        counts.most += usize::from(rows.iter().any(|&(row, _)| near(row)));
        counts.right += usize::from(senses.of(gazetteer, name).is_some_and(near));
    }
    placed(gazetteer, &senses, names)
}

fn own(
    engine: &Engine,
    text: &Text,
    marked: Marked,
    counts: &mut Counts,
) -> Vec<(Range<usize>, Option<Row>)> {
    let Engine { gazetteer, words, pipeline, .. } = engine;
    let Some(pipeline) = pipeline else { return Vec::new() };
    let start = Instant::now();
    let doc = pipeline.parse(&text.text);
    counts.parse_seconds += start.elapsed().as_secs_f64();
    let start = Instant::now();
    let names = place::names(words, gazetteer, &doc);
    let senses = place::resolve(words, gazetteer, &names);
    let kept = names.into_iter().filter(|name| match name.form {
        Form::Name => true,
        Form::Adjective => marked.adjectives,
        Form::PartOfName => marked.parts,
    });
    let found = placed(gazetteer, &senses, kept.collect());
    counts.place_seconds += start.elapsed().as_secs_f64();
    found
}

fn placed(
    gazetteer: &Gazetteer,
    senses: &Senses,
    names: Vec<Name>,
) -> Vec<(Range<usize>, Option<Row>)> {
    let row = |name: &Name| senses.of(gazetteer, name);
    names.into_iter().map(|name| (name.span.clone(), row(&name))).collect()
}

fn toponym(engine: &Engine, offsets: &Offsets, span: &Range<usize>, row: Option<Row>) -> Value {
    let entry = row.map(|row| engine.gazetteer.entry(row));
    json!({
        "start": offsets.point(span.start),
        "end": offsets.point(span.end),
        "lat": entry.map(|e| e.lat),
        "lon": entry.map(|e| e.lon),
        "geonameid": entry.and_then(|e| e.geonameid).map(|id| id.to_string()),
        "country": entry.map(|e| e.country),
    })
}

fn km(gazetteer: &Gazetteer, row: Row, lat: f64, lon: f64) -> f64 {
    let entry = gazetteer.entry(row);
    entry.km(&atalaya_facts::gazetteer::Entry { lat, lon, ..entry })
}

#[derive(Default)]
struct Counts {
    given: usize,
    known: usize,
    most: usize,
    right: usize,
    found: usize,
    placed: usize,
    load_seconds: f64,
    parse_seconds: f64,
    place_seconds: f64,
}

impl Counts {
    fn figures(&self, set: &str, task: Task) -> Value {
        let share = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
        match task {
            Task::Given => json!({
                "set": "geoparsing", "file": set, "task": "given", "given": self.given,
                "accuracy_161km": share(self.right, self.given),
                "most_possible": share(self.most, self.given),
                "of_the_most": share(self.right, self.most),
                "in_gazetteer": share(self.known, self.given),
            }),
            Task::Own => json!({
                "set": "geoparsing", "file": set, "task": "own", "found": self.found,
                "placed": self.placed, "load_seconds": self.load_seconds, "parse_seconds": self.parse_seconds,
                "place_seconds": self.place_seconds,
            }),
        }
    }
}

fn engine(options: &Options) -> Result<Engine, String> {
    let mut files = Files::new();
    for name in names(&options.tree.join("packs/world/places"))? {
        let path = options.tree.join("packs/world/places").join(&name);
        let text = String::from_utf8(read(&path)?).map_err(|e| told(&path, &e))?;
        files.insert(format!("places/{name}"), text);
    }
    let mut problems = Vec::new();
    let words = Words::load(&files, &mut problems);
    if let Some(problem) = problems.first() {
        return Err(problem.to_string());
    }
    let bytes = read(&options.tree.join("gazetteer/places.bin"))?;
    let start = Instant::now();
    let gazetteer = Gazetteer::load(bytes).map_err(|e| e.to_string())?;
    let load_seconds = start.elapsed().as_secs_f64();
    let pipeline = match options.task {
        Task::Given => None,
        Task::Own => {
            let folder = options.tree.join("models/en");
            let model = names(&folder)?.into_iter().find(|name| name.ends_with(".model"));
            let model = read(&folder.join(model.ok_or("no model in models/en")?))?;
            Some(Pipeline::load([("model", model)]).map_err(|e| e.to_string())?)
        }
    };
    Ok(Engine { gazetteer, words, pipeline, load_seconds })
}

fn names(folder: &Path) -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(folder).map_err(|e| told(folder, &e))?;
    let name = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = entries.filter_map(Result::ok).map(name).collect();
    names.sort();
    Ok(names)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|e| told(path, &e))
}

fn told(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}
