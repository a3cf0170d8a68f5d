//! The corpora beside the pack's words, hostile text, and what must be told about a bad pack file.
#![allow(clippy::disallowed_methods, reason = "tests read the pack and the model from the tree")]

use std::fmt::Write as _;
use std::sync::LazyLock;
use std::time::Instant;

use atalaya_parse::Pipeline;

use super::*;
use crate::pack::Files;

const PACK: &str = "../../packs/world/periods";

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    let bytes = std::fs::read("../../models/en/en_core_web_md-3.8.0.model").unwrap();
    Pipeline::load([("model", bytes)]).unwrap()
});

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let text = std::fs::read_to_string(format!("{PACK}/en.toml")).unwrap();
    let mut problems = Vec::new();
    let words = Words::load(&Files::from([("periods/en.toml".to_owned(), text)]), &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    words
});

/// A period as the corpora write it.
fn shown(text: &str, found: &Cited<Period>) -> String {
    let period = &found.value;
    let mut shown = format!("- {} = {}", &text[found.span.clone()], period.edtf);
    let mut add = |word: String| {
        let word = if word.starts_with("length") { word } else { word.to_lowercase() };
        write!(shown, ", {word}").unwrap();
    };
    if period.kind != Kind::When {
        add(format!("{:?}", period.kind));
    }
    if let Precision::Order(order) = period.precision {
        add(format!("{order:?}"));
    }
    period.length.iter().for_each(|length| add(format!("length {length}")));
    period.part.iter().for_each(|part| add(format!("{part:?}")));
    period.daypart.iter().for_each(|part| add(format!("{part:?}")));
    if period.first.is_none() {
        period.weekday.iter().for_each(|day| add(format!("{day:?}")));
    }
    if period.approximate {
        add("about".to_owned());
    }
    match period.anchor {
        Anchor::None => {}
        anchor => add(format!("from {anchor:?}")),
    }
    shown
}

/// A corpus with what is found put in place of what it expects, and what fired on the way.
fn rewritten(corpus: &str) -> (String, Vec<bool>, String) {
    let mut published = None;
    let mut fired = vec![false; WORDS.forms.len()];
    let (mut out, mut spans) = (String::new(), String::new());
    for line in corpus.lines() {
        if let Some(day) = line.strip_prefix("## ") {
            published = day.strip_prefix("Published ").map(|day| day.parse::<Date>().unwrap());
        }
        if line.starts_with("- ") {
            continue;
        }
        writeln!(out, "{line}").unwrap();
        let Some(text) = line.strip_prefix("> ") else { continue };
        let (found, forms) = read(&WORDS, &PIPELINE.parse(text), published);
        for period in &found {
            writeln!(out, "{}", shown(text, period)).unwrap();
            writeln!(spans, "{}", text[period.span.clone()].to_lowercase()).unwrap();
        }
        forms.iter().flatten().for_each(|&form| fired[form] = true);
    }
    (out, fired, spans)
}

/// With UPDATE set, the expectations are rewritten, and the difference is for review.
#[test]
fn english_corpus_gives_what_it_says_and_every_entry_fires() {
    let path = format!("{PACK}/en.md");
    let corpus = std::fs::read_to_string(&path).unwrap();
    let (out, fired, spans) = rewritten(&corpus);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &out).unwrap();
    } else {
        for (line, (is, should)) in out.lines().zip(corpus.lines()).enumerate() {
            assert_eq!(is, should, "{path}:{}", line + 1);
        }
        assert_eq!(out.lines().count(), corpus.lines().count());
    }
    let mut silent = Vec::new();
    let mut at = 0;
    for pattern in &WORDS.patterns {
        for form in &pattern.forms {
            if !fired[at] && pattern.means != words::Means::Nothing {
                silent.push(format!("{}: {form}", pattern.name));
            }
            at += 1;
        }
    }
    let spans = lex::pieces(&spans);
    for (word, entries) in &WORDS.senses {
        for entry in entries {
            let said = |place: usize| {
                let rest = &spans[place..];
                rest[0].word == *word
                    && entry.tail.iter().zip(&rest[1..]).filter(|(a, b)| a.1 == b.word).count()
                        == entry.tail.len()
            };
            if !(0..spans.len()).any(said) {
                silent.push(format!("word: {word} {:?}", entry.sense));
            }
        }
    }
    silent.sort();
    assert!(silent.is_empty(), "these never fire in {path}:\n{}", silent.join("\n"));
}

fn found(text: &str, published: Option<Date>) -> Vec<String> {
    let periods = periods(&WORDS, &PIPELINE.parse(text), published);
    periods.iter().map(|period| shown(text, period)).collect()
}

#[test]
fn a_time_tells_the_verb_it_hangs_on() {
    let text = "The minister said on Monday that the port reopened last week.";
    let doc = PIPELINE.parse(text);
    let verbs: Vec<&str> = periods(&WORDS, &doc, None)
        .iter()
        .map(|period| doc.token(period.value.of.unwrap()).text())
        .collect();
    assert_eq!(verbs, ["said", "reopened"]);
}

#[test]
fn impossible_dates_are_not_read_as_days() {
    assert_eq!(found("It happened on 31/31/2024.", None), Vec::<String>::new());
    let day = Some(jiff::civil::date(2024, 3, 1));
    assert!(found("They met on 31 June.", day).iter().all(|period| !period.contains("06-31")));
    let last = Some(Date::MAX);
    found("In 500000 years, next year, a century from now, in 900 centuries' time.", last);
    found("900000 centuries ago and 9 decades earlier, last century.", Some(Date::MIN));
}

#[test]
fn hostile_text_costs_linear_time() {
    let texts = |times: usize| {
        [
            "from March 3 to May 5 to between 1999 and ".repeat(times),
            "9".repeat(times * 10),
            "twenty hundred thousand and one ".repeat(times),
            "late early mid-end of the last week of ".repeat(times),
        ]
    };
    // The parser's own time is not at issue: the words are matched without it.
    let doc = PIPELINE.parse("May");
    let cost = |text: &str| {
        let pieces = lex::pieces(text);
        let start = Instant::now();
        let count = Chart::new(&WORDS, &doc, &pieces).matches().len();
        (start.elapsed().as_secs_f64(), count)
    };
    for (small, large) in texts(1_000).iter().zip(&texts(10_000)) {
        let ((short, few), (long, many)) = (cost(small), cost(large));
        assert!(long < 40.0 * short + 0.5, "{short} s and {long} s");
        assert!(many <= few * 10 + 10);
    }
}

#[test]
fn a_bad_file_is_told_by_its_lines() {
    let text = std::fs::read_to_string(format!("{PACK}/en.toml")).unwrap();
    let told = |from: &str, to: &str| {
        assert!(text.contains(from));
        let text = text.replacen(from, to, 1);
        let mut problems = Vec::new();
        Words::load(&Files::from([("periods/en.toml".to_owned(), text)]), &mut problems);
        problems
    };
    let problems = told("\"[just|only] {amount} ago\"", "\"[just|only {amount} ago\"");
    assert_eq!(problems.len(), 1);
    assert!(problems[0].line > 100 && problems[0].message.contains("`]` is missing"));
    assert!(told("{amount} from now", "{period} from now")[0].message.contains("level"));
    assert!(told("{amount} from now", "{sometime} from now")[0].message.contains("sometime"));
    assert!(told("means = \"amount\"", "means = \"nonsense\"")[0].message.contains("nonsense"));
}
