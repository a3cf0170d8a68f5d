//! Words and phrases of the pack, found at a token of a parsed text: the longest wins.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use atalaya_parse::{Doc, Token};

/// No token that is longer than this is part of a phrase, so that a word of a million letters is
/// looked up no slower.
const LONGEST_TOKEN: usize = 64;

/// Phrases and what each means. Words are parted by whatever is no letter or digit, so hyphens and
/// full stops don't tell phrases apart.
#[derive(Debug)]
pub(crate) struct Lexicon<T> {
    phrases: HashMap<String, T>,
    /// Their first words: without one of these no phrase is looked for.
    firsts: HashSet<String>,
    /// How many words the longest has.
    longest: usize,
    /// Whether phrases match as they are written only, not in any case and form.
    exact: bool,
}

impl<T> Default for Lexicon<T> {
    fn default() -> Lexicon<T> {
        Lexicon { phrases: HashMap::new(), firsts: HashSet::new(), longest: 0, exact: false }
    }
}

impl<T: Copy> Lexicon<T> {
    /// A lexicon whose phrases match only as they are written, as names do.
    pub(crate) fn exact() -> Lexicon<T> {
        Lexicon { exact: true, ..Lexicon::default() }
    }

    /// Adds a phrase, its words in the dictionary's form. Gives what it meant before, if anything.
    pub(crate) fn add(&mut self, phrase: &str, meaning: T) -> Option<T> {
        let phrase = if self.exact { phrase.to_owned() } else { phrase.to_lowercase() };
        let words: Vec<&str> = words(&phrase).collect();
        self.firsts.extend(words.first().map(|&word| word.to_owned()));
        self.longest = self.longest.max(words.len());
        self.phrases.insert(words.join(" "), meaning)
    }

    /// Adds a form of a phrase unless it has a meaning of its own.
    pub(crate) fn add_form(&mut self, phrase: &str, meaning: T) {
        let words: Vec<&str> = words(phrase).collect();
        self.firsts.extend(words.first().map(|&word| word.to_owned()));
        self.phrases.entry(words.join(" ")).or_insert(meaning);
    }

    /// The phrases, in no order.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = (&str, T)> {
        self.phrases.iter().map(|(phrase, meaning)| (phrase.as_str(), *meaning))
    }

    /// What a phrase means that is written out.
    pub(crate) fn get(&self, phrase: &str) -> Option<T> {
        let phrase = if self.exact { phrase.to_owned() } else { phrase.to_lowercase() };
        self.phrases.get(&words(&phrase).collect::<Vec<_>>().join(" ")).copied()
    }

    /// The longest phrase that begins with a token and ends before another, and the token after it.
    pub(crate) fn at(&self, doc: &Doc, start: usize, end: usize) -> Option<(T, usize)> {
        let first = doc.token(start);
        let [first_text, first_lemma] = self.forms(first);
        let known = |form: &str| words(form).next().is_some_and(|word| self.firsts.contains(word));
        if !known(&first_text) && !known(&first_lemma) {
            return None;
        }
        // The words so far, as they stand, and with the first in the dictionary's form.
        let (mut whole, mut headed) = (String::new(), String::new());
        let mut found = None;
        for index in start..end.min(start + 2 * self.longest) {
            let token = doc.token(index);
            let [text, lemma] = self.forms(token);
            if words(&text).next().is_none() {
                if index > start && self.joins(token.text()) {
                    continue;
                }
                break;
            }
            let inflected = joined(&whole, &lemma);
            whole = joined(&whole, &text);
            headed = joined(&headed, if index == start { &lemma } else { &text });
            let meaning =
                [&whole, &inflected, &headed].into_iter().find_map(|k| self.phrases.get(k));
            if let Some(&meaning) = meaning {
                found = Some((meaning, index + 1));
            }
        }
        found
    }

    /// The longest phrase that ends before a token, begins no earlier than another, and its first token.
    pub(crate) fn before(&self, doc: &Doc, end: usize, from: usize) -> Option<(T, usize)> {
        let first = from.max(end.saturating_sub(2 * self.longest));
        (first..end).find_map(|start| {
            let (meaning, reached) = self.at(doc, start, end)?;
            // A title's full stop can be a token of its own.
            let rest = (reached..end).all(|at| self.joins(doc.token(at).text()));
            rest.then_some((meaning, start))
        })
    }

    /// The longest phrase that holds a token, and its tokens.
    pub(crate) fn around(&self, doc: &Doc, token: usize) -> Option<(T, Range<usize>)> {
        let sentence = doc.token(token).sentence().range();
        let first = sentence.start.max((token + 1).saturating_sub(2 * self.longest));
        let runs = (first..=token).filter_map(|start| {
            let (meaning, end) = self.at(doc, start, sentence.end)?;
            (end > token).then_some((meaning, start..end))
        });
        // Of two that are as long the later: it ends further on, nearer to the head.
        runs.max_by_key(|(_, run)| run.len())
    }

    /// Whether a sign can stand within a phrase.
    fn joins(&self, sign: &str) -> bool {
        matches!(sign, "-" | "–" | "'" | "’") || self.exact && sign == "."
    }

    fn forms(&self, token: Token<'_>) -> [String; 2] {
        if token.text().len() > LONGEST_TOKEN {
            return [String::new(), String::new()];
        }
        if self.exact {
            return [key(token.text()), key(token.text())];
        }
        [key(&token.text().to_lowercase()), key(&token.lemma().to_lowercase())]
    }
}

/// The words of a text: what stands between signs and spaces.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn key(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}

fn joined(start: &str, word: &str) -> String {
    if start.is_empty() { word.to_owned() } else { format!("{start} {word}") }
}
