//! What reading values and making claims cost on top of parsing, in one run on one thread.
//!
//! `cargo bench -p atalaya-facts --bench values -- FILE` takes JSON Lines whose objects have a `text`,
//! or one text file a report; without a file it reads the demo's reports.

#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a bench touches the world")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use atalaya_facts::pack::{self, Files};
use atalaya_facts::reading::{self, Prepared};
use atalaya_facts::value::actor::Scene;
use atalaya_facts::value::found::Found;
use atalaya_facts::value::labels::Labels;
use atalaya_facts::value::{actor, period, place, quantity, thing};
use atalaya_facts::{Gazetteer, Pack, coref};
use atalaya_parse::{Doc, Pipeline};
use atalaya_read::{Hint, Report};

/// Rounds over all reports; the fastest of each stage counts.
const ROUNDS: usize = 3;

const STAGES: [&str; 13] = [
    "parsing",
    "preparing",
    "names of places",
    "places",
    "quantities",
    "times",
    "nouns",
    "labels",
    "actors",
    "things",
    "who is who",
    "all readers",
    "claims",
];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let files: Vec<PathBuf> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).map(PathBuf::from).collect();
    let reports = if files.is_empty() { folder(&root.join("demo")) } else { texts(&files) };
    let (pack, took) = timed(|| pack(&root));
    println!("pack loaded in {:.1} ms", took.as_secs_f64() * 1e3);
    let bytes = fs::read(root.join("gazetteer/places.bin")).expect("the gazetteer");
    let (gazetteer, took) = timed(|| Gazetteer::load(bytes).expect("a sound gazetteer"));
    println!("gazetteer loaded in {:.1} ms", took.as_secs_f64() * 1e3);
    let pipeline = pipeline(&root.join("models/en"));
    let mut best = [Duration::MAX; STAGES.len()];
    let mut counts = (0, 0);
    for _ in 0..ROUNDS {
        let mut times = [Duration::ZERO; STAGES.len()];
        counts = (0, 0);
        for report in &reports {
            let read = whole(&pack, &gazetteer, &pipeline, report, &mut times);
            stages(&pack, &gazetteer, &pipeline, report, &mut times);
            counts = (counts.0 + read.0, counts.1 + read.1);
        }
        for (best, time) in best.iter_mut().zip(times) {
            *best = time.min(*best);
        }
    }
    println!("{} reports, {} tokens, {} mentions", reports.len(), counts.0, counts.1);
    for (name, time) in STAGES.iter().zip(best) {
        let share = 100.0 * time.as_secs_f64() / best[0].as_secs_f64();
        let token = time.as_secs_f64() * 1e6 / counts.0 as f64;
        println!(
            "{name:16}{:>9.1} ms{token:>8.2} µs a token{share:>7.1} % of parsing",
            time.as_secs_f64() * 1e3
        );
    }
}

/// Reads one report as `add` does, adds what parsing, all readers and claims took, and gives its tokens
/// and mentions.
fn whole(
    pack: &Pack,
    gazetteer: &Gazetteer,
    pipeline: &Pipeline,
    report: &Report,
    times: &mut [Duration; STAGES.len()],
) -> (usize, usize) {
    let (prepared, preparing) = timed(|| reading::prepare(pack, gazetteer, report));
    let texts: Vec<&str> = prepared.iter().map(|prepared| prepared.text.as_str()).collect();
    let (docs, parsing) = timed(|| pipeline.parse_all(&texts, 1));
    let tokens = docs.iter().map(Doc::len).sum();
    let docs: Vec<(Prepared, Doc)> = prepared.into_iter().zip(docs).collect();
    let (reading, took) = timed(|| reading::read(pack, gazetteer, report, docs));
    times[0] += parsing;
    times[11] += preparing + took;
    times[12] += timed(|| atalaya_facts::extract(pack, &reading)).1;
    (tokens, reading.mentions.len())
}

/// Reads one report again, and adds what each reader took.
fn stages(
    pack: &Pack,
    gazetteer: &Gazetteer,
    pipeline: &Pipeline,
    report: &Report,
    times: &mut [Duration; STAGES.len()],
) {
    let mut lap = |stage: usize, took: Duration| times[stage] += took;
    let (prepared, took) = timed(|| reading::prepare(pack, gazetteer, report));
    lap(1, took);
    let texts: Vec<&str> = prepared.iter().map(|prepared| prepared.text.as_str()).collect();
    let docs = pipeline.parse_all(&texts, 1);
    let (names, took) = timed(|| {
        docs.iter().map(|doc| place::names(&pack.places, gazetteer, doc)).collect::<Vec<_>>()
    });
    lap(2, took);
    let (found, took) = timed(|| docs.iter().map(|doc| Found::of(pack, doc)).collect::<Vec<_>>());
    lap(6, took);
    let all: Vec<(&Doc, &Found)> = docs.iter().zip(&found).collect();
    let (labels, took) = timed(|| Labels::of(pack, gazetteer, &all));
    lap(7, took);
    let (senses, took) = timed(|| place::resolve(&pack.places, gazetteer, names.iter().flatten()));
    lap(3, took);
    let mut parts = Vec::new();
    for (&(doc, found), names) in all.iter().zip(&names) {
        let (places, took) = timed(|| place::placed(&pack.places, gazetteer, doc, names, &senses));
        lap(3, took);
        let (quantities, took) = timed(|| quantity::quantities(pack, doc));
        lap(4, took);
        lap(5, timed(|| period::periods(&pack.periods, doc, None)).1);
        let scene = Scene {
            pack,
            gazetteer,
            doc,
            found,
            labels: &labels,
            places: &places,
            quantities: &quantities,
        };
        let (actors, took) = timed(|| actor::actors(scene));
        lap(8, took);
        lap(9, timed(|| thing::things(pack, doc, found, &quantities)).1);
        parts.push((actors, places));
    }
    let texts: Vec<coref::Text<'_>> = docs
        .iter()
        .zip(&parts)
        .map(|(doc, (actors, places))| (doc, actors.as_slice(), places.as_slice()))
        .collect();
    lap(10, timed(|| coref::referents(pack, gazetteer, &texts)).1);
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let started = Instant::now();
    let done = work();
    (done, started.elapsed())
}

fn texts(files: &[PathBuf]) -> Vec<Report> {
    let mut reports = Vec::new();
    for file in files {
        let bytes = fs::read(file).expect("a file to read");
        if file.extension().is_some_and(|ending| ending == "jsonl") {
            for line in String::from_utf8_lossy(&bytes).lines() {
                let object: serde_json::Value = serde_json::from_str(line).expect("JSON Lines");
                let text = object["text"].as_str().expect("a text").replace("\\n", "\n");
                reports.extend(report(text.as_bytes(), ""));
            }
        } else {
            reports.extend(report(&bytes, &file.to_string_lossy()));
        }
    }
    reports
}

fn folder(folder: &Path) -> Vec<Report> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the demo's reports")
        .filter_map(|entry| Some(entry.ok()?.path()).filter(|path| path.is_file()))
        .collect();
    files.sort();
    texts(&files)
}

fn report(bytes: &[u8], source: &str) -> Option<Report> {
    let report = atalaya_read::report(bytes, Hint { source, ..Hint::default() }).ok()?;
    report.language.is_none_or(|language| language.0 == "en").then_some(report)
}

fn pack(root: &Path) -> Pack {
    let mut files = Files::new();
    collect(&root.join("packs/world"), "", &mut files);
    Pack::load(&pack::of_language(&files, "en")).expect("a sound pack")
}

fn collect(folder: &Path, prefix: &str, files: &mut Files) {
    for entry in fs::read_dir(folder).expect("the pack").filter_map(Result::ok) {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read_to_string(entry.path()).expect("a text file"));
        }
    }
}

fn pipeline(folder: &Path) -> Pipeline {
    let models = fs::read_dir(folder).expect("the English model").filter_map(Result::ok);
    let model =
        models.map(|entry| entry.path()).find(|path| path.extension() == Some("model".as_ref()));
    let bytes = fs::read(model.expect("the English model")).expect("a model that can be read");
    Pipeline::load([("model".to_owned(), bytes)]).expect("a sound model")
}
