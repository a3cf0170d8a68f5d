//! Words and phrases of the pack, found at a token of a parsed text: the longest wins.

use std::collections::HashMap;
use std::ops::Range;

use atalaya_parse::{Doc, Span, Token};

use crate::lookup::{Quick, in_small};

/// No token that is longer than this is part of a phrase, so that a word of a million letters is
/// looked up no slower.
const LONGEST_TOKEN: usize = 64;

/// Phrases and what each means. Words are parted by whatever is no letter or digit, so hyphens and
/// full stops don't tell phrases apart.
///
/// The phrases are a tree: each word leads from one node to the next. A word that is in no phrase,
/// as most are, is known to be by one look-up.
#[derive(Debug)]
pub(crate) struct Lexicon<T> {
    /// The words of the phrases.
    words: HashMap<Box<str>, Word, Quick>,
    /// Where a word leads from any node but the first, by the word's number.
    next: HashMap<(u32, u32), u32, Quick>,
    /// What the phrase means that ends at a node.
    meanings: Vec<Option<T>>,
    /// The phrases, each with the node where it ends.
    phrases: Vec<(Box<str>, u32)>,
    /// How many words the longest phrase has.
    longest: usize,
    /// Whether phrases match as they are written only, not in any case and form.
    exact: bool,
}

/// A word of some phrase.
#[derive(Debug, Clone, Copy)]
struct Word {
    number: u32,
    /// The node that it leads to where phrases start, if any begins with it.
    first: Option<u32>,
}

/// The longest phrase of a lexicon around each token of a text, signs apart.
#[derive(Debug)]
pub(crate) struct Runs<T>(Vec<Option<(T, Range<usize>)>>);

impl<T: Copy> Runs<T> {
    /// The longest phrase that holds a token, and its tokens.
    pub(crate) fn around(&self, token: usize) -> Option<(T, Range<usize>)> {
        self.0[token].clone()
    }

    /// Adds a phrase that begins after all that were added before it.
    fn add(&mut self, doc: &Doc, meaning: T, run: Range<usize>) {
        for token in run.clone().filter(|&token| !is_sign(doc.token(token))) {
            // Of two that are as long the later: it ends further on, nearer to the head.
            let known = self.0[token].as_ref();
            if known.is_none_or(|(_, known)| known.len() <= run.len()) {
                self.0[token] = Some((meaning, run.clone()));
            }
        }
    }
}

/// The node where phrases start.
const ROOT: u32 = 0;

impl<T> Default for Lexicon<T> {
    fn default() -> Lexicon<T> {
        let (words, next, meanings) = (HashMap::default(), HashMap::default(), vec![None]);
        Lexicon { words, next, meanings, phrases: Vec::new(), longest: 0, exact: false }
    }
}

impl<T: Copy> Lexicon<T> {
    /// A lexicon whose phrases match only as they are written, as names do.
    pub(crate) fn exact() -> Lexicon<T> {
        Lexicon { exact: true, ..Lexicon::default() }
    }

    /// Adds a phrase, its words in the dictionary's form. Gives what it meant before, if anything.
    pub(crate) fn add(&mut self, phrase: &str, meaning: T) -> Option<T> {
        self.set(phrase, |old| old.replace(meaning))
    }

    /// Adds a form of a phrase unless it has a meaning of its own.
    pub(crate) fn add_form(&mut self, phrase: &str, meaning: T) {
        self.set(phrase, |old| Some(*old.get_or_insert(meaning)));
    }

    /// The phrases, in the order in which they were added.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = (&str, T)> {
        let phrases = self.phrases.iter();
        phrases.filter_map(|(phrase, node)| Some((&**phrase, self.meanings[*node as usize]?)))
    }

    /// Does something with what a phrase means.
    fn set(&mut self, phrase: &str, set: impl FnOnce(&mut Option<T>) -> Option<T>) -> Option<T> {
        let phrase = if self.exact { phrase.to_owned() } else { phrase.to_lowercase() };
        let phrase = words(&phrase).collect::<Vec<_>>().join(" ");
        let mut node = ROOT;
        for word in words(&phrase) {
            let number = self.words.len() as u32;
            let word = self.words.entry(word.into()).or_insert(Word { number, first: None });
            let fresh = self.meanings.len() as u32;
            node = match node {
                ROOT => *word.first.get_or_insert(fresh),
                node => *self.next.entry((node, word.number)).or_insert(fresh),
            };
            if node == fresh {
                self.meanings.push(None);
            }
        }
        if node == ROOT {
            return None;
        }
        self.longest = self.longest.max(words(&phrase).count());
        let meaning = &mut self.meanings[node as usize];
        if meaning.is_none() {
            self.phrases.push((phrase.into(), node));
        }
        set(meaning)
    }

    /// What a phrase means that is written out.
    pub(crate) fn get(&self, phrase: &str) -> Option<T> {
        self.meanings[self.walk(Some(ROOT), phrase)? as usize]
    }

    /// The longest phrase that begins with a token and ends before another, and the token after it.
    pub(crate) fn at(&self, doc: &Doc, start: usize, end: usize) -> Option<(T, usize)> {
        // The words so far, as they stand, and with the first in the dictionary's form.
        let (mut whole, mut headed) = (Some(ROOT), Some(ROOT));
        let mut found = None;
        for index in start..end.min(start + 2 * self.longest) {
            let token = doc.token(index);
            if is_sign(token) {
                if index > start && self.joins(token.text()) {
                    continue;
                }
                break;
            }
            let before = whole;
            whole = self.walk(whole, token.text());
            let own = self.exact || token.lemma() == token.text();
            let inflected = if own { whole } else { self.walk(before, token.lemma()) };
            headed = if index == start { inflected } else { self.walk(headed, token.text()) };
            let ends = [whole, inflected, headed].into_iter().flatten();
            if let Some(meaning) = ends.filter_map(|node| self.meanings[node as usize]).next() {
                found = Some((meaning, index + 1));
            }
            if whole.is_none() && headed.is_none() {
                break;
            }
        }
        found
    }

    /// The longest phrase that ends before a token, begins no earlier than another, and its first token.
    pub(crate) fn before(&self, doc: &Doc, end: usize, from: usize) -> Option<(T, usize)> {
        let first = from.max(end.saturating_sub(2 * self.longest));
        let last = end.checked_sub(1).filter(|&last| last >= first)?;
        let known = self.goes_on(doc.token(last));
        known.then(|| self.earliest(doc, last, first)..end)?.find_map(|start| {
            let (meaning, reached) = self.at(doc, start, end)?;
            // A title's full stop can be a token of its own.
            let rest = (reached..end).all(|at| self.joins(doc.token(at).text()));
            rest.then_some((meaning, start))
        })
    }

    /// The longest phrase around each token of a text.
    pub(crate) fn runs(&self, doc: &Doc) -> Runs<T> {
        let mut runs = Runs(vec![None; doc.len()]);
        for sentence in doc.sentences().map(Span::range) {
            for start in sentence.clone() {
                if let Some((meaning, end)) = self.at(doc, start, sentence.end) {
                    runs.add(doc, meaning, start..end);
                }
            }
        }
        runs
    }

    /// The first token that a phrase with a known one in it can begin with: all between are words
    /// of some phrase, or signs.
    fn earliest(&self, doc: &Doc, token: usize, first: usize) -> usize {
        let known = |index: &usize| self.goes_on(doc.token(*index));
        (first..token).rev().take_while(known).last().unwrap_or(token)
    }

    /// Whether a token can stand within a phrase.
    fn goes_on(&self, token: Token<'_>) -> bool {
        if is_sign(token) { self.joins(token.text()) } else { self.knows(token) }
    }

    /// Whether a sign can stand within a phrase.
    fn joins(&self, sign: &str) -> bool {
        matches!(sign, "-" | "–" | "'" | "’") || self.exact && sign == "."
    }

    /// Whether a token is a word of some phrase, in one of its forms.
    fn knows(&self, token: Token<'_>) -> bool {
        let listed = |text: &str| {
            self.lowered(text, |text| match is_word(text) {
                true => self.words.contains_key(text),
                false => words(text).all(|word| self.words.contains_key(word)),
            })
        };
        let lemma = || !self.exact && token.lemma() != token.text() && listed(token.lemma());
        !is_sign(token) && (listed(token.text()) || lemma())
    }

    /// The node that a text's words lead to from another.
    fn walk(&self, from: Option<u32>, text: &str) -> Option<u32> {
        let from = from?;
        let step = |node, word: &str| {
            let word = self.words.get(word)?;
            if node == ROOT { word.first } else { self.next.get(&(node, word.number)).copied() }
        };
        self.lowered(text, |text| match is_word(text) {
            true => step(from, text),
            false => words(text).try_fold(from, step),
        })
    }

    /// Does something with a text as this lexicon writes it.
    fn lowered<R>(&self, text: &str, with: impl FnOnce(&str) -> R) -> R {
        if self.exact { with(text) } else { in_small(text, with) }
    }
}

/// Whether a token is no word of a phrase: without letters and digits, or too long.
fn is_sign(token: Token<'_>) -> bool {
    token.text().len() > LONGEST_TOKEN
        || !is_word(token.text()) && !token.text().contains(char::is_alphanumeric)
}

/// Whether a text is one word as most tokens are, without looking at every character's nature.
fn is_word(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The words of a text: what stands between signs and spaces.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
