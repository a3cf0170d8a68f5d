//! Words and phrases of the pack, found at a piece of a text: the longest wins.

use std::collections::{HashMap, HashSet};

use super::pieces::{Kind, Pieces};
use crate::lookup::{Quick, in_small};

/// The longest piece that is looked up, in bytes: no phrase has a longer one.
pub(crate) const LONGEST: usize = 64;

/// Phrases and what each means. Words match in any case, symbols in their own alone.
#[derive(Debug)]
pub(crate) struct Phrases<T> {
    words: HashMap<String, T, Quick>,
    symbols: HashMap<String, T, Quick>,
    /// Their first and last pieces in lower case: without one of these, no phrase is looked for.
    outer: HashSet<String, Quick>,
    /// How many pieces the longest has.
    longest: usize,
}

impl<T> Default for Phrases<T> {
    fn default() -> Phrases<T> {
        Phrases {
            words: HashMap::default(),
            symbols: HashMap::default(),
            outer: HashSet::default(),
            longest: 0,
        }
    }
}

impl<T: Copy> Phrases<T> {
    /// Adds a phrase, with all that `kilo(s)` stands for. Gives what it meant before, if anything.
    pub(crate) fn add_word(&mut self, phrase: &str, meaning: T) -> Option<T> {
        let mut known = None;
        for form in forms(phrase) {
            let key = self.key(&form.to_lowercase());
            known = self.words.insert(key, meaning).or(known);
        }
        known
    }

    /// Adds a symbol, which only its own letters write. Gives what it meant before, if anything.
    pub(crate) fn add_symbol(&mut self, symbol: &str, meaning: T) -> Option<T> {
        let key = self.key(symbol);
        self.symbols.insert(key, meaning)
    }

    fn key(&mut self, phrase: &str) -> String {
        let pieces = Pieces::new(phrase);
        self.longest = self.longest.max(pieces.len());
        for outer in [0, pieces.len().saturating_sub(1)] {
            self.outer.insert(pieces.text(outer).to_lowercase());
        }
        let mut key = String::new();
        for index in 0..pieces.len() {
            push(&mut key, &pieces, index);
        }
        key
    }

    /// The longest phrase that begins at a piece, and the piece after it.
    pub(crate) fn at(&self, pieces: &Pieces<'_>, start: usize) -> Option<(T, usize)> {
        if !self.bounds(pieces, start) {
            return None;
        }
        let mut key = String::new();
        let mut found = None;
        // Hyphens are no part of a key, so they don't count towards its length.
        for index in start..pieces.len().min(start + 2 * self.longest) {
            push(&mut key, pieces, index);
            if pieces.dash(index) && index > start {
                continue;
            }
            if let Some(meaning) = self.get(&key) {
                found = Some((meaning, index + 1));
            }
        }
        found
    }

    /// The longest phrase that ends before a piece and begins no earlier than another, and its
    /// first piece.
    pub(crate) fn before(
        &self,
        pieces: &Pieces<'_>,
        end: usize,
        from: usize,
    ) -> Option<(T, usize)> {
        if !end.checked_sub(1).is_some_and(|at| pieces.dash(at) || self.bounds(pieces, at)) {
            return None;
        }
        let earliest = from.max(end.saturating_sub(self.longest));
        (earliest..end).find_map(|start| {
            let mut key = String::new();
            (start..end).for_each(|index| push(&mut key, pieces, index));
            self.get(&key).map(|meaning| (meaning, start))
        })
    }

    /// Whether some phrase begins or ends with a piece.
    pub(crate) fn bounds(&self, pieces: &Pieces<'_>, index: usize) -> bool {
        let text = pieces.text(index);
        text.len() <= LONGEST && in_small(text, |text| self.outer.contains(text))
    }

    /// The first and last pieces of the phrases, in lower case.
    pub(crate) fn outer(&self) -> impl Iterator<Item = &str> {
        self.outer.iter().map(String::as_str)
    }

    /// What a phrase means that is no more than one piece, or whose pieces are parted by spaces.
    pub(crate) fn get(&self, key: &str) -> Option<T> {
        let exact = self.symbols.get(key).copied();
        exact.or_else(|| in_small(key, |key| self.words.get(key).copied()))
    }
}

/// Adds a piece to a key. Hyphens between words don't tell phrases apart.
fn push(key: &mut String, pieces: &Pieces<'_>, index: usize) {
    if pieces.dash(index) && !key.is_empty() {
        return;
    }
    if !key.is_empty() {
        key.push(' ');
    }
    // No phrase is longer than this, and a run of a million letters is looked up no slower.
    let text = pieces.text(index);
    if text.len() <= LONGEST {
        key.push_str(text);
    } else {
        key.push('\u{0}');
    }
    debug_assert!(pieces.is(index, Kind::Mark) || !text.is_empty(), "pieces are never empty");
}

/// What a word with optional tails stands for: `kilogram(me)(s)` is four words.
fn forms(phrase: &str) -> Vec<String> {
    let Some((head, rest)) = phrase.split_once('(') else { return vec![phrase.to_owned()] };
    let Some((tail, rest)) = rest.split_once(')') else { return vec![phrase.to_owned()] };
    let rests = forms(rest);
    let with = rests.iter().map(|rest| format!("{head}{tail}{rest}"));
    rests.iter().map(|rest| format!("{head}{rest}")).chain(with).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_wins_whatever_joins_its_words() {
        let mut phrases = Phrases::default();
        phrases.add_word("mile(s)", 1);
        phrases.add_word("mile(s) per hour", 2);
        phrases.add_symbol("MW", 3);
        assert_eq!(phrases.at(&Pieces::new("Miles-per-hour now"), 0), Some((2, 5)));
        assert_eq!(phrases.at(&Pieces::new("miles away"), 0), Some((1, 1)));
        assert_eq!(phrases.at(&Pieces::new("MW"), 0), Some((3, 1)));
        assert_eq!(phrases.at(&Pieces::new("mw"), 0), None);
        assert_eq!(phrases.before(&Pieces::new("at miles per hour x"), 4, 0), Some((2, 1)));
    }

    #[test]
    fn optional_tails_unfold() {
        assert_eq!(forms("kilogram(me)(s)").len(), 4);
        assert_eq!(forms("foot"), ["foot"]);
    }
}
