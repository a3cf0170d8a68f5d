//! Stories: which texts tell of one event, by what they are about, and which of their words tell of
//! one deed in it.
//!
//! How much a word tells is the pack's to say, and never counted over the texts: two texts are as
//! like each other in a room of ten as in one of ten thousand.

mod groups;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::pack::Pack;

pub use words::{Words, terms};

/// Texts are of one story where what they are about is at least so like, on average.
const ALIKE: f64 = 0.22;

/// The story of each text: texts with one number tell of one event. Numbers go by the first text of
/// each story. Time and memory grow with the pairs of texts that share something telling.
pub fn stories(pack: &Pack, texts: &[&str]) -> Vec<usize> {
    stories_near(pack, texts, &|_, _| true)
}

/// The same, of texts of which only some can be of one story: those that are `near`.
pub fn stories_near(
    pack: &Pack,
    texts: &[&str],
    near: &dyn Fn(usize, usize) -> bool,
) -> Vec<usize> {
    let texts: Vec<Terms> = texts.iter().map(|text| terms(pack, text)).collect();
    groups::groups(texts.len(), &likenesses(&texts, near), ALIKE)
}

/// What a text is about, with how much each of it tells.
type Terms = BTreeMap<String, f64>;

/// How like each other texts are, from 0 to 1, for each two that are near and share something telling.
fn likenesses(
    texts: &[Terms],
    near: &dyn Fn(usize, usize) -> bool,
) -> BTreeMap<(usize, usize), f64> {
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, text) in texts.iter().enumerate() {
        for term in text.keys() {
            holders.entry(term).or_default().push(number);
        }
    }
    let length = |text: &Terms| text.values().map(|weight| weight * weight).sum::<f64>().sqrt();
    let lengths: Vec<f64> = texts.iter().map(length).collect();
    let mut alike = BTreeMap::new();
    for (number, text) in texts.iter().enumerate() {
        let telling = text.iter().filter(|(_, weight)| **weight >= words::TELLING);
        let mut others: BTreeSet<usize> = BTreeSet::new();
        for (term, _) in telling {
            let holders = &holders[term.as_str()];
            let later = &holders[holders.partition_point(|holder| *holder <= number)..];
            others.extend(later.iter().filter(|other| near(number, **other)));
        }
        for other in others {
            let sum = shared(text, lengths[number], &texts[other], lengths[other]);
            alike.insert((number, other), sum);
        }
    }
    alike
}

/// How much two texts share, each made as long as the other.
fn shared(one: &Terms, length: f64, other: &Terms, other_length: f64) -> f64 {
    let mut theirs = other.iter().peekable();
    let mut sum = 0.0;
    for (term, weight) in one {
        while theirs.next_if(|(their, _)| *their < term).is_some() {}
        if let Some((_, their)) = theirs.next_if(|(their, _)| *their == term) {
            sum += (weight / length) * (their / other_length);
        }
    }
    sum
}

/// A word of some text that tells of a deed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// The text's number.
    pub text: usize,
    /// The word as the dictionary has it.
    pub lemma: &'a str,
}

/// The deed of each word: words with one number tell of one deed. `stories` is the story of each text.
/// Within a story one word tells of one deed, and so do words of one family; words that tell little
/// do so only within one text.
pub fn deeds(pack: &Pack, stories: &[usize], words: &[Word<'_>]) -> Vec<usize> {
    let mut numbers: BTreeMap<(usize, String, Option<usize>), usize> = BTreeMap::new();
    let mut number = |word: &Word<'_>| {
        let lemma = word.lemma.to_lowercase();
        let text = pack.stories.is_light(&lemma).then_some(word.text);
        let next = numbers.len();
        *numbers.entry((stories[word.text], pack.stories.deed(&lemma), text)).or_insert(next)
    };
    words.iter().map(&mut number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_as_like_as_their_terms() {
        let text = |terms: &[&str]| terms.iter().map(|term| ((*term).to_owned(), 2.0)).collect();
        let texts = [text(&["a", "b"]), text(&["b", "c"]), text(&["d"])];
        let alike = likenesses(&texts, &|_, _| true);
        assert_eq!(alike.len(), 1);
        assert!((alike[&(0, 1)] - 0.5).abs() < 1e-12);
        assert!(likenesses(&texts, &|_, _| false).is_empty());
    }
}
