//! Measures parsing on demand, for `scripts/speed.py`: `speed MODEL DOCUMENTS THREADS` loads both
//! (a folder; JSON strings, one a line) and then, for every line it is sent, parses all documents
//! once and prints the seconds that took, the tokens, and the most memory used so far in bytes.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own")]

use std::error::Error;
use std::fs;
use std::io::{self, BufRead, Write};
use std::path::Path;
use std::time::Instant;

use atalaya_parse::{Doc, Pipeline};

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, documents, threads] = arguments.as_slice() else {
        return Err("speed MODEL DOCUMENTS THREADS".into());
    };
    let threads: usize = threads.parse()?;
    let texts = fs::read_to_string(documents)?;
    let texts = texts.lines().map(serde_json::from_str).collect::<Result<Vec<String>, _>>()?;
    let start = Instant::now();
    let pipeline = support::load(Path::new(model));
    let mut out = io::stdout().lock();
    writeln!(out, "loaded {} {}", start.elapsed().as_secs_f64(), peak_memory())?;
    out.flush()?;
    for line in io::stdin().lock().lines() {
        line?;
        let start = Instant::now();
        let tokens = parse(&pipeline, &texts, threads);
        writeln!(out, "parsed {} {tokens} {}", start.elapsed().as_secs_f64(), peak_memory())?;
        out.flush()?;
    }
    Ok(())
}

/// How many tokens the texts have. Documents are dropped after every few, as a reader of many does.
fn parse(pipeline: &Pipeline, texts: &[String], threads: usize) -> usize {
    let some = texts.chunks(256);
    some.map(|texts| pipeline.parse_all(texts, threads).iter().map(Doc::len).sum::<usize>()).sum()
}

/// The most memory this process has held at once, in bytes; 0 where the system doesn't tell.
fn peak_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}
