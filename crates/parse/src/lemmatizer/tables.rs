//! A rule lemmatizer's tables, read from spaCy's file.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use crate::msgpack::{self, Value};
use crate::strings::{hash, id};

use super::LemmatizerError;

/// Pairs of old and new ending, or of word and lemma.
pub(super) type Pairs = Vec<(Box<str>, Box<str>)>;

/// The tables of a lemmatizer. Keys are ids of parts of speech in lower case, or of rules.
#[derive(Debug, Default)]
pub(super) struct Tables {
    rules: HashMap<u64, Pairs>,
    exceptions: HashMap<u64, HashMap<Box<str>, Vec<Box<str>>>>,
    index: HashMap<u64, Words>,
    groups: HashMap<u64, Vec<Group>>,
}

/// Rules for words with certain features.
#[derive(Debug)]
pub(super) struct Group {
    /// The id of the rules.
    pub(super) rules: u64,
    /// The features a word must have, each `Name=Value`.
    pub(super) features: Vec<Box<str>>,
}

/// A set of words, kept as their hashes.
#[derive(Debug, Default)]
pub(super) struct Words(HashSet<u64, BuildHasherDefault<AsItIs>>);

impl Words {
    pub(super) fn contains(&self, word: &str) -> bool {
        self.0.contains(&hash(word.as_bytes()))
    }
}

impl Tables {
    /// Reads the file `lemmatizer/lookups/lookups.bin` of a model.
    pub(super) fn read(bytes: &[u8]) -> Result<Tables, LemmatizerError> {
        let file = msgpack::read(bytes)?;
        Ok(Tables {
            rules: table(&file, "lemma_rules", pairs)?,
            exceptions: table(&file, "lemma_exc", exceptions)?,
            index: table(&file, "lemma_index", words)?,
            groups: table(&file, "lemma_rules_groups", groups)?,
        })
    }

    /// Whether anything is known of a part of speech.
    pub(super) fn know(&self, pos: u64) -> bool {
        self.index.get(&pos).is_some_and(|words| !words.0.is_empty())
            || self.exceptions.get(&pos).is_some_and(|words| !words.is_empty())
            || !self.rules(pos).is_empty()
    }

    pub(super) fn rules(&self, name: u64) -> &[(Box<str>, Box<str>)] {
        self.rules.get(&name).map_or(&[], Vec::as_slice)
    }

    /// The lemmas of a word that follows no rule; `None` if it is not listed.
    pub(super) fn exceptions(&self, pos: u64, word: &str) -> Option<&[Box<str>]> {
        self.exceptions.get(&pos)?.get(word).map(Vec::as_slice)
    }

    pub(super) fn in_index(&self, pos: u64, word: &str) -> bool {
        self.index.get(&pos).is_some_and(|words| words.contains(word))
    }

    pub(super) fn groups(&self, pos: u64) -> &[Group] {
        self.groups.get(&pos).map_or(&[], Vec::as_slice)
    }

    /// Rules whose old endings are used as patterns: those of groups, and those named.
    pub(super) fn pattern_rules(
        &self,
        named: &[&str],
    ) -> impl Iterator<Item = &(Box<str>, Box<str>)> {
        let names = named.iter().map(|name| id(name)).collect::<Vec<_>>();
        let grouped = self.groups.values().flatten().map(|group| group.rules);
        grouped.chain(names).flat_map(|name| self.rules(name))
    }
}

/// Reads one table; a file may lack it.
fn table<'a, T>(
    file: &Value<'a>,
    name: &'static str,
    read: impl Fn(&Value<'a>) -> Option<T>,
) -> Result<HashMap<u64, T>, LemmatizerError> {
    let Some(table) = file.get(name) else {
        return Ok(HashMap::new());
    };
    let pairs = table.map().ok_or(LemmatizerError::Form(name))?.iter();
    let pairs = pairs.map(|(key, value)| Some((key.uint()?, read(value)?)));
    pairs.collect::<Option<_>>().ok_or(LemmatizerError::Form(name))
}

fn pairs(value: &Value<'_>) -> Option<Pairs> {
    let pair = |pair: &Value<'_>| match pair.array()? {
        [old, new] => Some((old.text()?.into(), new.text()?.into())),
        _ => None,
    };
    value.array()?.iter().map(pair).collect()
}

fn exceptions(value: &Value<'_>) -> Option<HashMap<Box<str>, Vec<Box<str>>>> {
    let texts = |value: &Value<'_>| -> Option<Vec<Box<str>>> {
        value.array()?.iter().map(|text| text.text().map(Box::from)).collect()
    };
    value.map()?.iter().map(|(word, lemmas)| Some((word.text()?.into(), texts(lemmas)?))).collect()
}

fn words(value: &Value<'_>) -> Option<Words> {
    let words = value.array()?.iter().map(|word| Some(hash(word.bytes()?)));
    Some(Words(words.collect::<Option<_>>()?))
}

fn groups(value: &Value<'_>) -> Option<Vec<Group>> {
    let group = |group: &Value<'_>| match group.array()? {
        [rules, features] => {
            let features = features.array()?.iter().map(|text| text.text().map(Box::from));
            Some(Group { rules: id(rules.text()?), features: features.collect::<Option<_>>()? })
        }
        _ => None,
    };
    value.array()?.iter().map(group).collect()
}

/// Takes a hash for a hash.
#[derive(Debug, Default)]
struct AsItIs(u64);

impl Hasher for AsItIs {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
