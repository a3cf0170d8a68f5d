//! Any text is parsed, damaged models are refused, and threads and batches change nothing.
#![allow(clippy::disallowed_methods, reason = "tests read files")]

mod support;

use atalaya_parse::{Doc, LoadError, Pipeline, Span};
use support::{root, shipped};

#[test]
fn any_text_is_parsed() {
    let pipeline = shipped();
    let long_word = "x".repeat(200_000);
    let deep = "(".repeat(5_000) + &")".repeat(5_000);
    let one_line = "the man who saw ".repeat(20_000);
    let texts = [
        "",
        " ",
        "\n",
        "a",
        "\0",
        "\0 \0\0 \u{1}",
        "🚢",
        "👩\u{200d}👩\u{200d}👧 🇪🇨 sail.",
        "قال الرئيس إن الاتفاق وقّع أمس.",
        "\u{202e}desrever\u{202c} text",
        "e\u{301}\u{301}\u{301} \u{feff}",
        "\u{2028}\u{2029}\u{85}\u{a0}",
        &long_word,
        &deep,
        &one_line,
    ];
    for text in texts {
        check(text, &pipeline.parse(text));
    }
}

/// The tokens and the single spaces make up the text, and the tree is one.
fn check(text: &str, doc: &Doc) {
    assert_eq!(doc.text(), text);
    let mut at = 0;
    for token in doc.tokens() {
        assert_eq!(token.bytes().start, at);
        at = token.bytes().end + usize::from(token.space_after());
        assert!(token.sentence().range().contains(&token.index()));
        assert!(token.head().index() < doc.len());
        assert!(token.children().all(|child| child.head().index() == token.index()));
    }
    assert_eq!(at, text.len());
    let sentences = doc.sentences().flat_map(Span::range);
    assert!(sentences.eq(0..doc.len()));
}

#[test]
fn threads_and_batches_change_nothing() {
    let pipeline = shipped();
    let texts = std::fs::read_to_string(root().join("crates/parse/tests/texts/en.txt")).unwrap();
    let mut texts: Vec<String> = texts.lines().map(str::to_owned).collect();
    texts.insert(7, String::new());
    texts.push(texts.join("\n"));
    let alone: Vec<String> = texts.iter().map(|text| print(&pipeline.parse(text))).collect();
    for threads in [0, 1, 2, 3, 8] {
        let docs = pipeline.parse_all(&texts, threads);
        assert_eq!(docs.iter().map(print).collect::<Vec<_>>(), alone, "{threads} threads");
    }
    assert!(pipeline.parse_all(&[] as &[&str], 2).is_empty());
}

fn print(doc: &Doc) -> String {
    let token = |token: atalaya_parse::Token| {
        let (tag, morph, lemma) = (token.tag(), token.morph(), token.lemma());
        format!("{token:?} {tag} {morph} {lemma} {}\n", token.is_sentence_start())
    };
    doc.tokens().map(token).chain(doc.entities().map(|entity| format!("{entity:?}\n"))).collect()
}

#[test]
fn a_damaged_model_is_refused() {
    let path = root().join("models/en/en_core_web_md-3.8.0.model");
    let bytes: &'static [u8] = std::fs::read(path).expect("the model is in the tree").leak();
    let mut state = 1u64;
    let mut random = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for length in (0..40).map(|_| random(bytes.len())).chain([0, 1, 7, 8, 11, 12, bytes.len() - 1])
    {
        let cut = Pipeline::load([("model", &bytes[..length])]);
        assert!(cut.is_err(), "cut to {length} bytes");
    }
    // The index and the first sections are text; damage there must be seen or do no harm.
    for _ in 0..60 {
        let mut damaged = bytes.to_vec();
        for _ in 0..3 {
            damaged[random(60_000)] = random(256) as u8;
        }
        if let Ok(pipeline) = Pipeline::load([("model", damaged)]) {
            pipeline.parse("Police seized 6.2 tonnes of cocaine at a port. It wasn't theirs.");
        }
    }
}

#[test]
fn what_is_missing_is_named() {
    let error = Pipeline::load([("readme", &b"no model"[..])]).unwrap_err();
    assert_eq!(error, LoadError::Missing("config.cfg".into()));
    let config = b"[nlp]\nlang = \"en\"\npipeline = [\"beam\"]\n[components.beam]\nfactory = \"beam_parser\"\n";
    let error = Pipeline::load([("a/config.cfg", &config[..])]).unwrap_err();
    assert!(error.to_string().contains("\"beam_parser\" is not supported"), "{error}");
    let config = b"[nlp]\nlang = \"en\"\npipeline = []\n";
    let error = Pipeline::load([("config.cfg", &config[..])]).unwrap_err();
    assert_eq!(error, LoadError::Missing("tokenizer".into()));
}
