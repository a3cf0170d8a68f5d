//! Prints the analysis of documents as JSON, with the fields of spaCy's `Doc.to_json` and each
//! token's norm: `parse_json MODEL < documents`, a JSON string a line; MODEL is a folder.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own")]

use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::Path;

use atalaya_parse::{Doc, Span};
use serde_json::{Value, json};

#[path = "../tests/support/mod.rs"]
mod support;

fn main() -> Result<(), Box<dyn Error>> {
    let model = std::env::args().nth(1).ok_or("which model? parse_json MODEL < documents")?;
    let pipeline = support::load(Path::new(&model));
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let text: String = serde_json::from_str(&line?)?;
        writeln!(out, "{}", to_json(&pipeline.parse(&text)))?;
    }
    Ok(out.flush()?)
}

fn to_json(doc: &Doc) -> Value {
    let places = places(doc);
    let span = |span: Span| {
        let range = span.range();
        (places[range.start].0, places[range.end - 1].1)
    };
    let entities = doc.entities().map(|entity| {
        let (start, end) = span(entity.span());
        json!({"start": start, "end": end, "label": entity.label()})
    });
    let sentences = doc.sentences().map(|sentence| {
        let (start, end) = span(sentence);
        json!({"start": start, "end": end})
    });
    let tokens = doc.tokens().map(|token| {
        let (start, end) = places[token.index()];
        json!({
            "id": token.index(), "start": start, "end": end, "tag": token.tag(),
            "pos": token.pos().name(), "morph": token.morph(), "lemma": token.lemma(),
            "dep": token.dep(), "head": token.head().index(), "norm": token.norm(),
        })
    });
    json!({
        "text": doc.text(),
        "ents": entities.collect::<Vec<_>>(),
        "sents": sentences.collect::<Vec<_>>(),
        "tokens": tokens.collect::<Vec<_>>(),
    })
}

/// Where each token starts and ends, in code points.
fn places(doc: &Doc) -> Vec<(usize, usize)> {
    let mut place = 0;
    let token_places = doc.tokens().map(|token| {
        let start = place;
        let end = start + token.text().chars().count();
        place = end + usize::from(token.space_after());
        (start, end)
    });
    token_places.collect()
}
