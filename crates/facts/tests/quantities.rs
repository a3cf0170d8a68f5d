//! The pack's examples of quantities, and hostile texts.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

mod support;

use std::time::Instant;

use atalaya_facts::pack;
use atalaya_facts::pack::corpus::examples;
use atalaya_facts::value::quantity::{intervals, numbers, ordinals, quantities};

use support::{english, files, parse};

/// The folders whose examples are of quantities.
const OURS: [&str; 4] = ["bounds/", "measures/", "numbers/", "ranks/"];

/// What is read in a sentence, in the corpora's notation, and the words of each.
fn read(sentence: &str) -> Vec<(String, String)> {
    let doc = parse(sentence);
    let found = quantities(english(), &doc);
    let shown = |found: &atalaya_facts::Cited<_>| {
        let quantity: &atalaya_facts::value::quantity::Quantity = &found.value;
        (quantity.to_string(), sentence[found.span.clone()].to_owned())
    };
    found.iter().map(shown).collect()
}

#[test]
fn every_sentence_gives_its_values_and_no_others() {
    let values = |sentence: &str| read(sentence).into_iter().map(|(value, _)| value).collect();
    let sentences = support::check(&OURS, values);
    assert!(std::env::var_os("UPDATE").is_some() || sentences > 100, "{sentences} sentences");
}

/// The words of a TOML file: strings in arrays, and keys of tables of numbers.
fn entries(text: &str) -> Vec<String> {
    let mut entries = Vec::new();
    let table: toml::Table = text.parse().unwrap();
    let mut rest: Vec<(String, toml::Value)> = table.into_iter().collect();
    while let Some((key, value)) = rest.pop() {
        match value {
            toml::Value::Table(table) => rest.extend(table),
            toml::Value::Array(items) => {
                let words = items.iter().filter_map(|item| item.as_str().map(str::to_owned));
                let before = entries.len();
                entries.extend(words);
                let tables = items.iter().filter(|item| item.is_table()).cloned();
                rest.extend(tables.map(|item| (String::new(), item)));
                // `few = [2, 9]` is an entry by its key.
                if entries.len() == before && items.iter().all(|item| !item.is_table()) {
                    entries.push(key);
                }
            }
            toml::Value::Integer(_) => entries.push(key),
            _ => {}
        }
    }
    entries
}

/// Text as the pack's words are compared with it: hyphens part words.
fn plain(text: &str) -> String {
    let joined: String = text.chars().map(|c| if "-–".contains(c) { ' ' } else { c }).collect();
    format!(" {} ", joined.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn every_word_of_the_pack_is_used_in_its_corpus() {
    let files = files();
    let mut idle = Vec::new();
    let mut words = 0;
    for (name, text) in &files {
        if !name.ends_with("en.toml") || !OURS.iter().any(|folder| name.starts_with(folder)) {
            continue;
        }
        let corpus = examples(&files[&name.replace(".toml", ".md")]);
        // Words that make a number no quantity show in the sentences; all others in what is read.
        let read: String = corpus
            .iter()
            .flat_map(|example| read(&example.sentence))
            .map(|(_, words)| plain(&words))
            .collect();
        let sentences: String = corpus.iter().map(|example| plain(&example.sentence)).collect();
        let table: toml::Table = text.parse().unwrap();
        let refusing: Vec<String> = ["clock", "numbering"]
            .iter()
            .filter_map(|key| table.get(*key))
            .flat_map(|value| value.as_array().unwrap().clone())
            .map(|value| value.as_str().unwrap().to_owned())
            .collect();
        for entry in entries(text) {
            words += 1;
            let head = plain(entry.split('(').next().unwrap());
            let head = head.trim();
            let place = if refusing.contains(&entry) { &sentences } else { &read };
            if !place.contains(head) {
                idle.push(format!("{name}: {entry}"));
            }
        }
    }
    assert!(idle.is_empty(), "these never fire:\n{}", idle.join("\n"));
    assert!(words > 300, "{words} words");
}

#[test]
fn the_pack_is_sound() {
    assert_eq!(pack::check(&files()), []);
}

#[test]
fn mistakes_in_measures_are_told() {
    let mut files = files();
    let measure = "[unit.kilogram]\nfactor = 1\n\n[unit.flask]\nfacter = 34.5\n";
    files.insert("measures/zz/measure.toml".to_owned(), measure.to_owned());
    let words = "[unit.flaks]\nwords = [\"flask(s)\"]\n\n[unit.ton]\nwords = [\"kilo\"]\n";
    files.insert("measures/zz/en.toml".to_owned(), words.to_owned());
    files.insert("measures/zz/en.md".to_owned(), String::new());
    let told: Vec<String> = pack::check(&files).iter().map(ToString::to_string).collect();
    let told = told.join("\n");
    for part in ["zz/measure.toml:5", "zz/en.toml:1", "zz/en.toml:4", "`kilo` means"] {
        assert!(told.contains(part), "{part} is not in {told}");
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    let pack = english();
    let texts = [
        "7".repeat(100_000),
        "1,234,".repeat(5_000),
        "1.2.".repeat(5_000),
        "9-".repeat(10_000),
        "between ".repeat(10_000) + "5 and 6",
        "between 1 and 2 to ".repeat(2_500),
        "from 1 to 2 ".repeat(10_000),
        "more than ".repeat(10_000) + "6",
        "hundred million ".repeat(2_000),
        "one and ".repeat(10_000),
        "half of a ".repeat(10_000),
        "tens of ".repeat(10_000),
        "$ ".repeat(10_000),
        "-".repeat(20_000),
        "x".repeat(1_000_000),
        "1/2/".repeat(5_000),
        "5 per ".repeat(5_000),
    ];
    for text in texts {
        let (begun, shown) = (Instant::now(), &text[..20]);
        numbers(pack, &text);
        intervals(pack, &text);
        ordinals(pack, &text);
        let once = begun.elapsed();
        let (begun, twice) = (Instant::now(), text.repeat(2));
        numbers(pack, &twice);
        intervals(pack, &twice);
        ordinals(pack, &twice);
        let twice_as_long = begun.elapsed();
        assert!(once.as_secs() < 10, "{shown}… took {once:?}");
        assert!(
            twice_as_long.as_millis() < 200 + 6 * once.as_millis(),
            "{shown}… took {once:?}, {twice_as_long:?}"
        );
    }
}

#[test]
fn hostile_documents_are_read() {
    for text in ["7".repeat(100_000), "from 1 to 2 ".repeat(2_000), "one of ".repeat(2_000)] {
        for (_, words) in read(&text) {
            assert!(text.contains(&words));
        }
    }
}

#[test]
fn words_are_cited_where_they_stand() {
    let found =
        read("Nearly 24,000 people — “más o menos” — fled; more than six tons of coca burned.");
    let words: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
    assert_eq!(words, ["Nearly 24,000 people", "more than six tons of coca"]);
}
