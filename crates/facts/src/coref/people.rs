//! The people of a report by the forms of their names: full, surname alone, first name alone.

use std::collections::HashMap;

use super::union::Union;

/// The most words of a name that are looked at.
const MOST_WORDS: usize = 8;

/// Who bears a word of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bearer {
    One(usize),
    /// More than one: the word alone tells nobody.
    Several,
}

/// The people of a report.
#[derive(Debug, Default)]
pub(super) struct People {
    /// By first name and each of the others.
    full: HashMap<(String, String), Bearer>,
    surnames: HashMap<String, Bearer>,
    firsts: HashMap<String, Bearer>,
    alone: HashMap<String, usize>,
}

impl People {
    /// The people of all folded names of a report.
    pub(super) fn of(mut names: Vec<String>, union: &mut Union) -> People {
        let mut people = People::default();
        // The fullest name first: shorter ones are then found to be of the same person. Names as full
        // as each other stay in the order of the text.
        names.sort_by_key(|name| std::cmp::Reverse(words(name).len()));
        for name in names {
            people.add(&name, union);
        }
        people
    }

    fn add(&mut self, name: &str, union: &mut Union) {
        match words(name)[..] {
            [] => {}
            [only] => {
                if !self.surnames.contains_key(only) && !self.firsts.contains_key(only) {
                    self.alone.entry(only.to_owned()).or_insert_with(|| union.node());
                }
            }
            [first, .., last] if self.full.contains_key(&pair(first, last)) => {}
            [first, ref others @ ..] => {
                let node = union.node();
                for other in others {
                    bear(&mut self.full, pair(first, other), node);
                    bear(&mut self.surnames, (*other).to_owned(), node);
                }
                bear(&mut self.firsts, first.to_owned(), node);
            }
        }
    }

    /// Whether a folded name is of some person, or of several.
    pub(super) fn knows(&self, name: &str) -> bool {
        match words(name)[..] {
            [only] => self.surnames.contains_key(only) || self.alone.contains_key(only),
            [first, .., last] => self.full.contains_key(&pair(first, last)),
            [] => false,
        }
    }

    /// The one person that a folded name is of.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let bearer = match words(name)[..] {
            [] => return None,
            [only] => match self.surnames.get(only).or_else(|| self.firsts.get(only)) {
                Some(bearer) => *bearer,
                None => return self.alone.get(only).copied(),
            },
            [first, .., last] => *self.full.get(&pair(first, last))?,
        };
        match bearer {
            Bearer::One(node) => Some(node),
            Bearer::Several => None,
        }
    }
}

fn words(name: &str) -> Vec<&str> {
    name.split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).collect()
}

fn pair(first: &str, other: &str) -> (String, String) {
    (first.to_owned(), other.to_owned())
}

fn bear<K: std::hash::Hash + Eq>(map: &mut HashMap<K, Bearer>, key: K, node: usize) {
    map.entry(key)
        .and_modify(|bearer| {
            if *bearer != Bearer::One(node) {
                *bearer = Bearer::Several;
            }
        })
        .or_insert(Bearer::One(node));
}
