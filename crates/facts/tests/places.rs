//! The pack's examples of places, and hostile texts.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

mod support;

use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};

use atalaya_facts::gazetteer::{Entry, PlaceKind};
use atalaya_facts::pack::{Files, Problem};
use atalaya_facts::value::Cited;
use atalaya_facts::value::place::{self, Form, Place, Precision, Senses, Words};

use support::{gazetteer, parse, root};

fn words(language: &str) -> Words {
    let path = format!("places/{language}.toml");
    let text = fs::read_to_string(root().join("packs/world").join(&path)).unwrap();
    let mut problems: Vec<Problem> = Vec::new();
    let words = Words::load(&Files::from([(path, text)]), &mut problems);
    assert_eq!(problems, []);
    words
}

fn read(words: &Words, text: &str) -> Vec<Cited<Place>> {
    let doc = parse(text);
    let names = place::names(words, gazetteer(), &doc);
    let senses = place::resolve(words, gazetteer(), &names);
    place::places(words, gazetteer(), &doc, &senses)
}

/// A place of the map as the corpora write it: country, kind, name.
fn on_the_map(entry: &Entry<'_>) -> String {
    let kind = format!("{:?}", entry.kind).to_lowercase();
    let within = entry.region1.map(|row| gazetteer().entry(row).name);
    let within = within.filter(|_| entry.kind == PlaceKind::City && entry.country == "US");
    let within = within.map_or(String::new(), |name| format!(", {name}"));
    format!("{} {kind} {}{within}", entry.country, entry.name).trim_start().to_owned()
}

/// A place as the corpora write it.
fn told(text: &str, cited: &Cited<Place>) -> String {
    let Place { name, relation, entry, precision, extent, facility, form } = &cited.value;
    let mut parts = vec![name.clone()];
    parts.extend(relation.map(|relation| format!("{relation:?}").to_lowercase()));
    parts.extend(extent.map(|extent| format!("{extent:?}").to_lowercase()));
    parts.extend(facility.clone());
    parts.extend((*form != Form::Name).then(|| format!("{form:?}").to_lowercase()));
    let words = &text[cited.span.clone()];
    parts.extend((words != name).then(|| format!("\"{words}\"")));
    let map = entry.map_or_else(String::new, |row| on_the_map(&gazetteer().entry(row)));
    let map = format!("{map} ({})", format!("{precision:?}").to_lowercase());
    format!("{} = {}", parts.join(" · "), map.trim_start())
}

/// The sentences of a corpus with the lines below them.
fn examples(text: &str) -> Vec<(String, Vec<String>)> {
    let mut examples: Vec<(String, Vec<String>)> = Vec::new();
    for line in text.lines() {
        if let Some(sentence) = line.strip_prefix("> ") {
            examples.push((sentence.to_owned(), Vec::new()));
        } else if let (Some(value), Some(last)) = (line.strip_prefix("- "), examples.last_mut()) {
            last.1.push(value.to_owned());
        }
    }
    examples
}

/// `UPDATE=1` writes what is read into the corpus; the difference is then for a person to judge.
#[test]
fn english_examples_give_their_places() {
    let path = root().join("packs/world/places/en.md");
    let corpus = fs::read_to_string(&path).unwrap();
    let words = words("en");
    let mut read_now = String::new();
    for line in corpus.lines().filter(|line| !line.starts_with("- ")) {
        writeln!(read_now, "{line}").unwrap();
        if let Some(sentence) = line.strip_prefix("> ") {
            for cited in read(&words, sentence) {
                writeln!(read_now, "- {}", told(sentence, &cited)).unwrap();
            }
        }
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &read_now).unwrap();
    } else {
        assert_eq!(examples(&read_now), examples(&corpus));
    }
}

#[test]
fn spanish_names_are_their_places() {
    let corpus = fs::read_to_string(root().join("packs/world/places/es.md")).unwrap();
    let words = words("es");
    for (sentence, lines) in examples(&corpus) {
        let expected: Vec<(&str, &str)> =
            lines.iter().map(|line| line.split_once(" = ").unwrap()).collect();
        let spans = expected.iter().map(|(name, _)| {
            let start = sentence.find(name).unwrap();
            start..start + name.len()
        });
        let names = place::spans(&words, gazetteer(), &sentence, spans);
        let senses = place::resolve(&words, gazetteer(), &names);
        for (name, (_, expected)) in names.iter().zip(&expected) {
            let row = senses.of(gazetteer(), name);
            let found = row.map(|row| on_the_map(&gazetteer().entry(row)));
            assert_eq!(found.as_deref().unwrap_or("not found"), *expected, "{}", name.text);
        }
    }
}

#[test]
fn every_people_belongs_to_a_place_of_the_gazetteer() {
    for language in ["en", "es"] {
        let words = words(language);
        let missing: Vec<&str> = words
            .peoples()
            .filter(|form| place::candidates(&words, gazetteer(), form).is_empty())
            .collect();
        assert_eq!(missing, Vec::<&str>::new(), "{language}");
    }
}

#[test]
fn one_report_tells_places_of_one_name_apart() {
    let words = words("en");
    let text = "Paris. Students in Lamar County, Texas, came to Paris from Dallas and Tyler.";
    let start = text.rfind("Paris").unwrap();
    let spans = [0..5, 19..31, 33..38, start..start + 5, 60..66, 71..76];
    let names = place::spans(&words, gazetteer(), text, spans);
    let senses = place::resolve(&words, gazetteer(), &names);
    let entry = gazetteer().entry(senses.of(gazetteer(), &names[0]).unwrap());
    assert_eq!(on_the_map(&entry), "US city Paris, Texas");
    let alone = place::spans(&words, gazetteer(), "Paris", std::iter::once(0..5));
    let senses = place::resolve(&words, gazetteer(), &alone);
    let entry = gazetteer().entry(senses.of(gazetteer(), &alone[0]).unwrap());
    assert_eq!(on_the_map(&entry), "FR city Paris");
}

#[test]
fn spans_hold_their_names() {
    let words = words("en");
    for text in ["In “Quito”, Ecuador’s capital — São Paulo too.", "", "é", "Perú\u{a0}Perú"]
    {
        for cited in read(&words, text) {
            assert!(text[cited.span.clone()].contains(&cited.value.name));
            assert_eq!(cited.value.entry.is_none(), cited.value.precision == Precision::NotFound);
        }
    }
}

/// How long it takes to name and resolve given spans; the parser's own time is not asked.
fn time(text: &str, spans: Vec<std::ops::Range<usize>>) -> (Duration, Senses) {
    let words = words("en");
    gazetteer();
    let start = Instant::now();
    let names = place::spans(&words, gazetteer(), text, spans);
    let senses = place::resolve(&words, gazetteer(), &names);
    for name in &names {
        std::hint::black_box(senses.of(gazetteer(), name));
    }
    (start.elapsed(), senses)
}

#[test]
fn hostile_names_cost_linear_time() {
    let limit = Duration::from_secs(20);
    for unit in ["a", "San ", "north ", "São-", "the "] {
        let text = unit.repeat((1 << 20) / unit.len());
        let whole = 0..text.trim_end().len();
        assert!(time(&text, vec![whole]).0 < limit, "1 MB of {unit:?}");
    }
    let mut text = String::new();
    let mut spans = Vec::new();
    for number in 0..10_000 {
        let start = text.len();
        let name = ["San José", "Springfield", "Santa Ana", "Georgia", "Nowhere"][number % 5];
        write!(text, "{name} {number}").unwrap();
        spans.push(start..start + name.len());
        text.push_str(", ");
    }
    assert!(time(&text, spans).0 < limit, "10,000 names");
    let text = "Quito,".repeat(100_000);
    let spans = (0..100_000).map(|number| number * 6..number * 6 + 5);
    assert!(time(&text, spans.collect()).0 < limit, "100,000 names without a space");
    let many = gazetteer_names(10_000);
    let text = many.join(", ");
    let mut at = 0;
    let spans = many.iter().map(|name| {
        at += name.len() + 2;
        at - name.len() - 2..at - 2
    });
    assert!(time(&text, spans.collect()).0 < limit, "10,000 different names");
}

/// The first names of the gazetteer's towns.
fn gazetteer_names(count: usize) -> Vec<String> {
    gazetteer().rows().skip(100_000).take(count).map(|entry| entry.name.to_owned()).collect()
}
