//! Shows where the time goes: `stages MODEL DOCUMENTS [ROUNDS]`; MODEL is a folder or a flat file,
//! DOCUMENTS has a JSON string a line. Prints microseconds of processor time
//! per token for each stage.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use cpu_time::ThreadTime;

use atalaya_parse::{Doc, Pipeline, Stage};

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, documents, rounds @ ..] = arguments.as_slice() else {
        return Err("stages MODEL DOCUMENTS [ROUNDS]".into());
    };
    let rounds: usize = rounds.first().map_or(Ok(5), |rounds| rounds.parse())?;
    let texts = fs::read_to_string(documents)?;
    let texts = texts.lines().map(serde_json::from_str).collect::<Result<Vec<String>, _>>()?;
    let files = files(Path::new(model));
    let (start, processor) = (Instant::now(), ThreadTime::now());
    let pipeline = Pipeline::load(files)?;
    let loaded = processor.elapsed();
    pipeline.parse("Ready.");
    let ready = processor.elapsed();
    println!(
        "loaded in {loaded:.1?}, a sentence parsed after {ready:.1?} of the processor's, {:.1?}",
        start.elapsed()
    );
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    for round in 1..=rounds {
        let (times, tokens) = round_of(&pipeline, &texts);
        let total: f64 = times.values().sum();
        print!(
            "round {round}: {:.0} words/s, {:.2} µs/token:",
            words as f64 / total,
            per(total, tokens)
        );
        for (stage, seconds) in times {
            print!(" {stage:?} {:.2}", per(seconds, tokens));
        }
        println!();
    }
    Ok(())
}

/// The files of a folder, or a flat model as if it were part of the program.
fn files(path: &Path) -> Vec<(String, Cow<'static, [u8]>)> {
    let mut files = support::files(path);
    if let [(_, bytes)] = files.as_mut_slice() {
        let mut aligned = vec![0u64; bytes.len().div_ceil(8)];
        bytemuck::cast_slice_mut(&mut aligned)[..bytes.len()].copy_from_slice(bytes);
        *bytes = Cow::Borrowed(&bytemuck::cast_slice(aligned.leak())[..bytes.len()]);
    }
    files
}

fn round_of(pipeline: &Pipeline, texts: &[String]) -> (BTreeMap<Stage, f64>, usize) {
    let mut times = BTreeMap::new();
    let mut tokens = 0;
    for text in texts {
        let mut last = ThreadTime::now();
        let mut observe = |stage| {
            let now = ThreadTime::now();
            *times.entry(stage).or_default() += now.duration_since(last).as_secs_f64();
            last = now;
        };
        let docs = pipeline.parse_observed(&[text], &mut observe);
        tokens += docs.iter().map(Doc::len).sum::<usize>();
    }
    (times, tokens)
}

fn per(seconds: f64, tokens: usize) -> f64 {
    seconds * 1e6 / tokens as f64
}
