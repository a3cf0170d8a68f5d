//! What a text is about: its words, numbers and pairs of words, each with how much it tells.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::pack::{self, Files, Pack, Problem};

/// How much a word tells that every text has.
const COMMON: f64 = 0.3;
/// How much a word of the dictionary tells.
const ORDINARY: f64 = 1.0;
/// How much a name tells, or a number.
pub(super) const TELLING: f64 = 2.0;
/// How much two words in a row tell, of which neither is common.
const PAIR: f64 = 3.0;

/// Words by how much they tell of a story, and those that tell of one deed.
#[derive(Debug, Default)]
pub struct Words {
    common: BTreeSet<String>,
    inflections: Vec<(String, String)>,
    derivations: Vec<String>,
    light: BTreeSet<String>,
    /// The family of each word that has one, by its stem.
    families: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    inflections: Vec<(String, String)>,
    derivations: Vec<String>,
    light: Vec<String>,
    alike: Vec<Vec<String>>,
    common: String,
}

/// No word loses so much that less than this is left of it, in bytes.
const STEM: usize = 3;
/// Nor so much by an ending that makes another word of it.
const ROOT: usize = 4;

impl Words {
    /// Reads every `stories/xx.toml`, and adds to the problems what is wrong with them.
    pub fn load(files: &Files, problems: &mut Vec<Problem>) -> Words {
        let mut words = Words::default();
        for (path, text) in files {
            if !path.starts_with("stories/") || !path.ends_with(".toml") {
                continue;
            }
            let Some(file) = pack::read::<File>(path, text, problems) else { continue };
            words.inflections.extend(file.inflections);
            words.derivations.extend(file.derivations);
            words.light.extend(file.light);
            words.common.extend(file.common.split_whitespace().map(str::to_owned));
            for family in file.alike {
                let Some(first) = family.first().cloned() else { continue };
                for word in family {
                    let stem = words.derived(&word).to_owned();
                    words.families.entry(stem).or_insert_with(|| first.clone());
                }
            }
        }
        words
    }

    /// Whether a word tells of another deed each time.
    pub(super) fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// What stands for the deed that a word tells of: its family, else its stem.
    pub(super) fn deed(&self, lemma: &str) -> String {
        let stem = self.derived(lemma);
        self.families.get(stem).cloned().unwrap_or_else(|| stem.to_owned())
    }

    fn derived<'w>(&self, word: &'w str) -> &'w str {
        let left =
            |ending: &String| word.strip_suffix(ending.as_str()).filter(|left| left.len() >= ROOT);
        self.derivations.iter().find_map(left).unwrap_or(word)
    }

    /// A word without the ending that its place in the sentence gives it.
    fn stem(&self, word: &str) -> String {
        let stem = |(ending, instead): &(String, String)| {
            let left = word.strip_suffix(ending.as_str()).filter(|left| left.len() >= STEM)?;
            Some(format!("{left}{instead}"))
        };
        self.inflections.iter().find_map(stem).unwrap_or_else(|| word.to_owned())
    }

    fn is_common(&self, word: &str, stem: &str) -> bool {
        self.common.contains(word)
            || self.common.contains(stem)
            || self.common.contains(&format!("{stem}e"))
    }
}

/// A word of a text.
struct Piece {
    stem: String,
    weight: f64,
    /// Whether the one before it stands next to it.
    joined: bool,
}

/// What a text is about, and how much each of it tells.
pub fn terms(pack: &Pack, text: &str) -> BTreeMap<String, f64> {
    let pieces = pieces(pack, text);
    let mut words: BTreeMap<&str, (f64, i32)> = BTreeMap::new();
    for piece in &pieces {
        let (weight, times) = words.entry(&piece.stem).or_default();
        *weight = weight.max(piece.weight);
        *times += 1;
    }
    // What is told again tells more, but less each time.
    let often = |(weight, times): (f64, i32)| weight * (1.0 + f64::from(times).ln());
    let words = words.into_iter().map(|(stem, told)| (stem.to_owned(), often(told)));
    let telling = |pair: &[Piece]| pair[1].joined && pair.iter().all(|one| one.weight > COMMON);
    let pairs = pieces.windows(2).filter(|pair| telling(pair));
    let pairs = pairs.map(|pair| (format!("{} {}", pair[0].stem, pair[1].stem), PAIR));
    words.chain(pairs).collect()
}

/// The words and numbers of a text. Shorter words than three letters tell nothing.
fn pieces(pack: &Pack, text: &str) -> Vec<Piece> {
    let words = &pack.stories;
    let part = |letter: char| letter.is_alphanumeric() || "'’-.,".contains(letter);
    let mut pieces = Vec::new();
    let mut joined = false;
    for run in text.split(|letter: char| !part(letter)) {
        let word = run.trim_matches(|letter: char| !letter.is_alphanumeric());
        joined &= run.starts_with(char::is_alphanumeric);
        if word.is_empty() {
            continue;
        }
        let word = word.replace('’', "'").to_lowercase();
        let is_number = word.starts_with(|letter: char| letter.is_ascii_digit());
        let stem = words.stem(&word);
        let weight = match () {
            () if is_number => TELLING,
            () if word.chars().count() < STEM || words.is_common(&word, &stem) => COMMON,
            () if pack.case.is_small(&word) || pack.case.is_small(&stem) => ORDINARY,
            () => TELLING,
        };
        let counts = is_number || word.chars().count() >= STEM;
        if counts {
            pieces.push(Piece { stem, weight, joined });
        }
        joined = counts && run.ends_with(char::is_alphanumeric);
    }
    pieces
}
