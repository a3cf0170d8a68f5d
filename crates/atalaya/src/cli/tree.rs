//! Parses drawn for people: a table of tokens, a tree in plain characters, a list of entities.

use std::io::Write;

use atalaya_parse::{Doc, Span, Token};

use super::out::{Out, tame};
use crate::Error;
use crate::offsets;

/// One line a token, an empty one between sentences.
pub fn table(doc: &Doc, out: &mut Out) -> Result<(), Error> {
    for (number, sentence) in doc.sentences().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let rows = sentence.tokens().map(row);
        out.table(
            &["", "token", "lemma", "pos", "tag", "morphology", "relation", "head", "entity"],
            rows,
        )?;
    }
    Ok(())
}

fn row(token: Token<'_>) -> Vec<String> {
    let head = if token.is_root() {
        "–".to_owned()
    } else {
        format!("{} {}", token.head().index(), shown(token.head().text()))
    };
    vec![
        token.index().to_string(),
        shown(token.text()),
        shown(token.lemma()),
        token.pos().name().to_owned(),
        token.tag().to_owned(),
        token.morph().to_owned(),
        token.dep().to_owned(),
        head,
        token.entity().map(|entity| entity.label().to_owned()).unwrap_or_default(),
    ]
}

/// White space made visible.
fn shown(text: &str) -> String {
    if text.trim().is_empty() { format!("{text:?}") } else { tame(text) }
}

/// Each sentence as a tree, dependents below their heads.
pub fn tree(doc: &Doc, out: &mut Out) -> Result<(), Error> {
    for sentence in doc.sentences() {
        for root in sentence.tokens().filter(|token| token.is_root()) {
            branches(root, out)?;
        }
    }
    Ok(())
}

/// Draws a token and all below it. A stack, not recursion: trees may be as deep as texts are long.
fn branches(root: Token<'_>, out: &mut Out) -> Result<(), Error> {
    let mut stack = vec![(root, String::new(), String::new())];
    while let Some((token, first, rest)) = stack.pop() {
        let relation = out.dim(&format!("{} {}", token.dep(), token.pos().name()));
        writeln!(out, "{first}{} {relation}", shown(token.text()))?;
        let children: Vec<_> = token.children().filter(|child| !child.is_space()).collect();
        let last = children.len().saturating_sub(1);
        for (at, child) in children.into_iter().enumerate().rev() {
            let (fork, below) = if at == last { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            // Beyond the width of any terminal the indentation stops, so that it stays linear.
            let indent = if rest.chars().count() > 240 { "… " } else { rest.as_str() };
            stack.push((child, format!("{indent}{fork}"), format!("{indent}{below}")));
        }
    }
    Ok(())
}

/// One line an entity, with its offsets in code points.
pub fn entities(doc: &Doc, out: &mut Out) -> Result<(), Error> {
    let spans: Vec<_> = doc.entities().map(atalaya_parse::Entity::span).collect();
    let points = offsets::code_points(
        doc.text(),
        spans.iter().flat_map(|span: &Span<'_>| [span.bytes().start, span.bytes().end]),
    );
    let rows: Vec<Vec<String>> = doc
        .entities()
        .zip(points.chunks(2))
        .map(|(entity, at)| {
            vec![entity.label().to_owned(), tame(entity.text()), format!("{}–{}", at[0], at[1])]
        })
        .collect();
    if rows.is_empty() {
        writeln!(out, "none")?;
        return Ok(());
    }
    Ok(out.table(&["label", "words", "at"], rows)?)
}
