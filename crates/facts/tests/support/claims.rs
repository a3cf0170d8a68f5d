//! The claims of a report of a few paragraphs.
#![allow(dead_code, reason = "each test takes what it needs")]

use atalaya_facts::{Extraction, extract, reading};
use atalaya_read::{Block, BlockKind, Hint};

use super::{english, gazetteer, parse};

/// The claims of paragraphs that stand together, and the text that their spans point into.
pub fn claims(paragraphs: &[&str]) -> (Extraction, String) {
    let bytes = format!("Report\n\n{}\n", paragraphs.join("\n\n"));
    let hint = Hint { source: "a.txt", ..Hint::default() };
    let mut report = atalaya_read::report(bytes.as_bytes(), hint).unwrap();
    // All of it is the story, whatever the reader takes so short a text for.
    report.blocks = paragraphs
        .iter()
        .map(|paragraph| {
            let words = paragraph.trim();
            let start = report.text.find(words).unwrap_or(0);
            let span = start..start + words.len();
            Block { kind: BlockKind::Paragraph, span, source: None }
        })
        .collect();
    let docs = reading::prepare(english(), gazetteer(), &report).into_iter().map(|prepared| {
        let doc = parse(&prepared.text);
        (prepared, doc)
    });
    let reading = reading::read(english(), gazetteer(), &report, docs.collect());
    (extract(english(), &reading), report.text.clone())
}
