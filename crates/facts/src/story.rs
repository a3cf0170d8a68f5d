//! Stories: which texts tell of one event, by what they are about, and which of their words tell of
//! one deed in it.
//!
//! How much a word tells is the pack's to say, and never counted over the texts: two texts are as
//! like each other in a room of ten as in one of ten thousand.

mod groups;
mod words;

use std::collections::BTreeMap;

use crate::pack::Pack;

pub use words::{Words, terms};

/// Texts are of one story where what they are about is at least so like, on average.
const ALIKE: f64 = 0.22;

/// The story of each text: texts with one number tell of one event. Numbers go by the first text of
/// each story. Time and memory grow with the pairs of texts that share something telling.
pub fn stories(pack: &Pack, texts: &[&str]) -> Vec<usize> {
    let texts: Vec<BTreeMap<String, f64>> = texts.iter().map(|text| terms(pack, text)).collect();
    groups::groups(texts.len(), &likenesses(&texts), ALIKE)
}

/// How like each other texts are, from 0 to 1, for each two that share something telling.
fn likenesses(texts: &[BTreeMap<String, f64>]) -> BTreeMap<(usize, usize), f64> {
    let mut holders: BTreeMap<&str, Vec<(usize, f64)>> = BTreeMap::new();
    for (number, text) in texts.iter().enumerate() {
        let length = text.values().map(|weight| weight * weight).sum::<f64>().sqrt();
        for (term, weight) in text {
            holders.entry(term).or_default().push((number, weight / length));
        }
    }
    let mut alike = BTreeMap::new();
    for (number, text) in texts.iter().enumerate() {
        let mut row: BTreeMap<usize, (f64, bool)> = BTreeMap::new();
        for term in text.keys() {
            let holders = &holders[term.as_str()];
            let at = holders.partition_point(|(holder, _)| *holder < number);
            let (_, own) = holders[at];
            for &(other, weight) in &holders[at + 1..] {
                let (sum, telling) = row.entry(other).or_default();
                *sum += own * weight;
                *telling |= texts[number][term] >= words::TELLING;
            }
        }
        let telling = row.into_iter().filter(|(_, (_, telling))| *telling);
        alike.extend(telling.map(|(other, (sum, _))| ((number, other), sum)));
    }
    alike
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
        let alike = likenesses(&texts);
        assert_eq!(alike.len(), 1);
        assert!((alike[&(0, 1)] - 0.5).abs() < 1e-12);
    }
}
