//! The words that furniture is made of, as tables by what they do on a page.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::dates::table;

/// What a word of furniture does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Class {
    Comments,
    Related,
    Share,
    Account,
    Legal,
    Advertisement,
    Navigation,
    Credit,
    Byline,
    Role,
    Time,
    Clock,
    Tags,
    /// Speaks to the reader.
    Reader,
    /// Marks a whole sentence.
    Phrase,
}

impl Class {
    fn named(name: &str) -> Option<Class> {
        Some(match name {
            "comments" => Class::Comments,
            "related" => Class::Related,
            "share" => Class::Share,
            "account" => Class::Account,
            "legal" => Class::Legal,
            "advertisement" => Class::Advertisement,
            "navigation" => Class::Navigation,
            "credit" => Class::Credit,
            "byline" => Class::Byline,
            "role" => Class::Role,
            "time" => Class::Time,
            "clock" => Class::Clock,
            "tags" => Class::Tags,
            "reader" => Class::Reader,
            "phrase" => Class::Phrase,
            _ => return None,
        })
    }

    /// The bit that stands for the class in a set of them.
    pub(crate) fn bit(self) -> u16 {
        1 << self as u16
    }
}

type Phrases = HashMap<&'static str, Vec<(Vec<&'static str>, Class)>>;

/// Every phrase by its first word, the longest first.
static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases: Phrases = HashMap::new();
    for row in table(include_str!("words/furniture.txt")) {
        let (class, list) = row.split_once(": ").expect("a row is `class: phrases`");
        let class = Class::named(class).expect("the class is one of ours");
        for phrase in list.split(", ") {
            let words: Vec<&str> = phrase.split(' ').collect();
            phrases.entry(words[0]).or_default().push((words, class));
        }
    }
    phrases
        .values_mut()
        .for_each(|list| list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len())));
    phrases
});

/// A phrase found among words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit {
    pub(crate) class: Class,
    pub(crate) start: usize,
    pub(crate) len: usize,
}

/// The phrases in `words` (in lower case), the longest at each place. A place may give one hit of a
/// class for short lines and one for whole sentences.
pub(crate) fn hits(words: &[String]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut covered = 0;
    for start in 0..words.len() {
        let Some(list) = PHRASES.get(words[start].as_str()) else { continue };
        let fits = |phrase: &&(Vec<&str>, Class)| {
            words[start..].len() >= phrase.0.len()
                && phrase.0.iter().zip(&words[start..]).all(|(a, b)| a == b)
        };
        let mut push = |hit: Option<&(Vec<&'static str>, Class)>| {
            hits.extend(hit.map(|(words, class)| Hit { class: *class, start, len: words.len() }));
            hit.map_or(0, |(words, _)| words.len())
        };
        push(list.iter().filter(|p| p.1 == Class::Phrase).find(fits));
        if start >= covered {
            covered = start + push(list.iter().filter(|p| p.1 != Class::Phrase).find(fits));
        }
    }
    hits
}

/// The field of a report that a header line fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Title,
    Byline,
    Outlet,
    Published,
    Other,
}

static FIELDS: LazyLock<HashMap<&str, Field>> = LazyLock::new(|| {
    let rows = table(include_str!("words/headers.txt"));
    rows.flat_map(|row| {
        let (field, keys) = row.split_once(": ").expect("a row is `field: keys`");
        let field = match field {
            "title" => Field::Title,
            "byline" => Field::Byline,
            "outlet" => Field::Outlet,
            "published" => Field::Published,
            _ => Field::Other,
        };
        keys.split(", ").map(move |key| (key, field))
    })
    .collect()
});

/// What the key of a header line names, if it is one.
pub(crate) fn field(key: &str) -> Option<Field> {
    FIELDS.get(key.trim().to_lowercase().as_str()).copied()
}
