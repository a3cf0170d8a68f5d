//! From reports to readings: what the parser is given, the way back, and hostile texts.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Instant;

use atalaya_facts::pack::corpus::examples;
use atalaya_facts::pack::{self, Files};
use atalaya_facts::reading::{self, MentionKind, Prepared, Reading};
use atalaya_facts::{Gazetteer, Pack};
use atalaya_parse::Pipeline;
use atalaya_read::{Block, BlockKind, Format, Hash, Published, PublishedFrom, Report};
use proptest::prelude::*;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn files() -> Files {
    fn collect(root: &Path, folder: &Path, files: &mut Files) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(root, &path, files);
            } else {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                files.insert(name.replace('\\', "/"), fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut files = Files::new();
    let world = root().join("packs/world");
    collect(&world, &world, &mut files);
    files
}

fn pack() -> &'static Pack {
    static PACK: OnceLock<Pack> = OnceLock::new();
    PACK.get_or_init(|| {
        Pack::load(&pack::of_language(&files(), "en")).unwrap_or_else(|problems| {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", told.join("\n"))
        })
    })
}

fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    GAZETTEER.get_or_init(|| {
        Gazetteer::load(fs::read(root().join("gazetteer/places.bin")).unwrap()).unwrap()
    })
}

fn pipeline() -> &'static Pipeline {
    static ENGLISH: OnceLock<Pipeline> = OnceLock::new();
    ENGLISH.get_or_init(|| {
        let files = fs::read_dir(root().join("models/en")).unwrap();
        let mut models = files.map(|entry| entry.unwrap().path());
        let model = models.find(|path| path.extension() == Some("model".as_ref()));
        let bytes = fs::read(model.expect("the English model is in the tree")).unwrap();
        Pipeline::load([("model".to_owned(), bytes)]).unwrap()
    })
}

/// A report of blocks, a line break between two.
fn report(blocks: &[(BlockKind, &str)]) -> Report {
    let mut text = String::new();
    let blocks = blocks.iter().map(|&(kind, words)| {
        let start = text.len();
        text.push_str(words);
        let span = start..text.len();
        text.push('\n');
        Block { kind, span, source: None }
    });
    let blocks = blocks.collect();
    Report {
        source: String::new(),
        format: Format::Plain,
        charset: "UTF-8",
        hash: Hash([0; 32]),
        title: None,
        byline: None,
        outlet: None,
        canonical: None,
        published: Some(Published {
            when: "2025-04-02T10:00".to_owned(),
            from: PublishedFrom::Header,
        }),
        language: None,
        text,
        blocks,
        origin: None,
    }
}

fn prepared(report: &Report) -> Vec<Prepared> {
    reading::prepare(pack(), gazetteer(), report)
}

fn read(report: &Report) -> Reading<'_> {
    let docs = prepared(report).into_iter().map(|prepared| {
        let doc = pipeline().parse(&prepared.text);
        (prepared, doc)
    });
    reading::read(pack(), gazetteer(), report, docs.collect())
}

#[test]
fn words_in_capitals_get_their_usual_case() {
    let path = root().join("packs/world/case/en.md");
    let mut wrong = Vec::new();
    for example in examples(&fs::read_to_string(path).unwrap()) {
        let report = report(&[(BlockKind::Paragraph, &example.sentence)]);
        let found = prepared(&report).remove(0).text;
        if example.values != [found.clone()] {
            wrong.push(format!("line {}: {found}", example.line));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_rest_of_the_report_tells_how_a_word_is_written() {
    let report = report(&[
        (BlockKind::Title, "MARISMA BLAMES CARTER FOR THE RAID"),
        (
            BlockKind::Paragraph,
            "The rebels of MARISMA said that a carter, not Reed, had told the police.",
        ),
    ]);
    let found = prepared(&report);
    assert_eq!(found[0].text, "MARISMA blames carter for the raid");
    assert_eq!(found[0].block, 0);
}

#[test]
fn signs_are_plain_and_lead_back() {
    let text = "“We\u{2019}ve\u{A0}seized\u{AD} six\u{202F}tons”,\n  she said\u{200B} – “¡más!”";
    let report = report(&[(BlockKind::Furniture, "Menu"), (BlockKind::Paragraph, text)]);
    let found = prepared(&report);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].text, "\"We've seized six tons\", she said – \"¡más!\"");
    let back = |words: &str| {
        let start = found[0].text.find(words).unwrap();
        &report.text[found[0].source(start..start + words.len())]
    };
    assert_eq!(back("We've"), "We\u{2019}ve");
    assert_eq!(back("six tons"), "six\u{202F}tons");
    assert_eq!(back("tons\", she"), "tons”,\n  she");
    assert_eq!(back("\"¡más!\""), "“¡más!”");
}

#[test]
fn table_rows_are_read_cell_by_cell() {
    let report = report(&[(BlockKind::TableRow, "Cocaine\t6 tons\t\t–\tManta")]);
    let texts: Vec<String> = prepared(&report).into_iter().map(|piece| piece.text).collect();
    assert_eq!(texts, ["Cocaine", "6 tons", "Manta"]);
    let reading = read(&report);
    let words: Vec<&str> = reading.mentions.iter().map(|m| &report.text[m.span.clone()]).collect();
    assert!(words.contains(&"6 tons"), "{words:?}");
}

#[test]
fn mentions_have_their_words() {
    let report = report(&[
        (BlockKind::Title, "NAVY STOPS BOAT OFF MANTA"),
        (
            BlockKind::Paragraph,
            "Sailors found six\u{A0}tons of cocaine near “Guayaquil” on Tuesday. Manta’s port was closed.",
        ),
    ]);
    let reading = read(&report);
    assert_eq!(reading.published.unwrap().to_string(), "2025-04-02");
    let told: Vec<(MentionKind, &str, &str)> = reading
        .mentions
        .iter()
        .map(|mention| (mention.kind, &report.text[mention.span.clone()], mention.label.as_str()))
        .collect();
    for wanted in [
        (MentionKind::Place, "MANTA", "Manta"),
        (MentionKind::Quantity, "six\u{A0}tons of cocaine", "6 ton · cocaine"),
        (MentionKind::Place, "Guayaquil", "Guayaquil"),
        (MentionKind::Period, "Tuesday", "2025-04-01"),
        (MentionKind::Place, "Manta", "Manta"),
    ] {
        assert!(told.contains(&wanted), "{wanted:?} is not in {told:?}");
    }
    assert!(reading.mentions.is_sorted_by_key(|mention| mention.span.start));
}

/// A run of text as hostile as can be, which still has words.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[A-Za-z]{1,8}",
        "[A-Z]{1,8}",
        "[“”‘’«»\"'.,;()\\[\\]–-]{1,2}",
        "[ \u{A0}\u{202F}\t\n\u{2003}]{1,3}",
        "[\u{AD}\u{200B}\u{FEFF}\u{301}]",
        "[ÁÉÑßİıǅﬁ警🏝]{1,3}",
        "[0-9]{1,4}",
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// The letters and digits of a text, in small letters where these are single ones.
fn bones(text: &str) -> Vec<char> {
    let small = |c: char| c.to_lowercase().next().filter(|_| c.to_lowercase().count() == 1);
    text.chars().filter(|c| c.is_alphanumeric()).map(|c| small(c).unwrap_or(c)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_span_leads_back_to_its_words(text in texts(), kind in 0..3_usize, a in 0.0..1.0, b in 0.0..1.0) {
        let kind = [BlockKind::Paragraph, BlockKind::TableRow, BlockKind::Title][kind];
        let report = report(&[(BlockKind::Paragraph, "Ünicode – first"), (kind, text.as_str())]);
        for piece in prepared(&report) {
            let at = |share: f64| (share * (piece.text.len() + 2) as f64) as usize;
            let span = at(a).min(at(b))..at(a).max(at(b));
            let back = piece.source(span.clone());
            // What comes back is a piece of the block, and of the report's characters.
            prop_assert!(report.text.get(back.clone()).is_some(), "{back:?}");
            let block = &report.blocks[piece.block].span;
            prop_assert!(block.start <= back.start && back.end <= block.end);
            let whole = covering(&piece.text, span);
            prop_assert_eq!(bones(&piece.text[whole.clone()]), bones(&report.text[back]));
            prop_assert!(!piece.text.contains("  ") && piece.text.trim() == piece.text);
        }
    }
}

/// The characters that a span touches.
fn covering(text: &str, span: Range<usize>) -> Range<usize> {
    let (start, end) = (span.start.min(text.len()), span.end.min(text.len()));
    if start >= end {
        return 0..0;
    }
    text.floor_char_boundary(start)..text.ceil_char_boundary(end)
}

#[test]
fn hostile_texts_take_time_in_proportion() {
    let texts: [(&str, String); 6] = [
        ("one word", "A".repeat(400_000)),
        ("words in capitals", "SAN LUIS DE LA ".repeat(20_000)),
        ("brackets", "THE (AB) ".repeat(30_000)),
        ("no word", "((((....''''".repeat(30_000)),
        ("many marks", "A\u{200B}\u{AD} “B” ".repeat(30_000)),
        ("tabs", "A\t".repeat(20_000)),
    ];
    for (name, text) in texts {
        let time = |text: &str| {
            let report = report(&[(BlockKind::TableRow, text), (BlockKind::Paragraph, text)]);
            let started = Instant::now();
            let pieces = prepared(&report);
            let spans = pieces.iter().map(|piece| piece.source(0..piece.text.len()).len());
            assert!(spans.sum::<usize>() <= 2 * text.len());
            started.elapsed()
        };
        let half = time(&text[..text.floor_char_boundary(text.len() / 4)]);
        let whole = time(&text);
        assert!(
            whole.as_secs_f64() < 0.5 + 12.0 * half.as_secs_f64(),
            "{name}: {half:?}, {whole:?}"
        );
    }
}
