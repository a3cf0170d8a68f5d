//! Names: taken apart, and how like two of them are.

use super::unit::Unit;
use crate::fuse::judgement::Reason;
use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::pack::Pack;

/// A name, taken apart.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// As it stands.
    pub(super) shown: String,
    /// Its words in the form that names are looked up by, without the country it begins with.
    words: Vec<String>,
    /// The country that it begins with.
    pub(super) country: Option<String>,
    /// The first letters of its words, if it is long enough to be shortened.
    initials: Option<String>,
    /// Whether it is written as an acronym.
    acronym: bool,
    /// What the pack calls it in full.
    known: Option<String>,
}

/// How two names are alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    Equal,
    Spelling,
    Known,
    LongerForm,
    Acronym,
    Surname,
    Untold,
    OneWord,
}

/// How the names of two are alike.
#[derive(Debug, Clone)]
pub(super) struct Likeness {
    how: How,
    left: String,
    right: String,
    /// Whether the first is the one whose name tells less.
    pub(super) left_is_short: bool,
}

impl Likeness {
    /// Whether the one is a part of the other, or the same without its country.
    pub(super) fn is_part(&self) -> bool {
        matches!(self.how, How::Surname | How::Untold)
    }

    /// Whether both are one same word.
    pub(super) fn is_word(&self) -> bool {
        self.how == How::OneWord
    }

    /// How sure it is: the surest is nought.
    pub(super) fn rank(&self) -> i32 {
        self.how as i32
    }

    /// Whether the names alone are enough, if nothing speaks against it.
    pub(super) fn is_full(&self) -> bool {
        !self.is_part() && !self.is_word()
    }

    pub(super) fn reason(&self) -> Reason {
        let rule = match self.how {
            How::Equal => "the same full name",
            How::Spelling => "the same name but for its spelling",
            How::Known => "names that the pack knows for one",
            How::LongerForm => "a longer form of the same name",
            How::Acronym => "an acronym and its expansion",
            How::Surname => "a part of the full name",
            How::Untold => "the same name, of which one does not tell the country",
            How::OneWord => "the same single word",
        };
        Reason::new(rule, format!("{} / {}", self.left, self.right))
    }
}

impl Name {
    pub(super) fn of(pack: &Pack, gazetteer: &Gazetteer, name: &str) -> Name {
        let known = pack.nouns.names.get(name).map(|at| &pack.nouns.known[at]);
        let folded = gazetteer.fold(&name.replace("'s ", " ").replace("’s ", " "));
        let mut words: Vec<String> = folded.split(' ').map(str::to_owned).collect();
        let article = |word: &String| pack.actors.articles.contains(word);
        if words.len() > 1 && article(&words[0]) {
            words.remove(0);
        }
        let country = known.and_then(|known| known.country.clone());
        let own = leading_country(gazetteer, &words);
        let country = match own {
            Some((length, code)) if length < words.len() => {
                words.drain(..length);
                Some(code)
            }
            _ => country,
        };
        let first = |word: &str| word.chars().next().filter(|first| first.is_uppercase());
        let initials: String = name.split_whitespace().filter_map(first).collect();
        let letters = name.chars().filter(|letter| letter.is_alphabetic());
        let acronym = (2..=6).contains(&letters.clone().count())
            && letters.clone().all(char::is_uppercase)
            && !name.contains(' ');
        Name {
            shown: name.to_owned(),
            words,
            country,
            initials: (initials.chars().count() > 2).then(|| initials.to_lowercase()),
            acronym,
            known: known.map(|known| known.is.clone()),
        }
    }

    /// What another name must share for the two to be compared: all words, the beginning of a word, a
    /// letter and a later word, the initials, or what the pack knows both for.
    pub(super) fn blocks(&self) -> Vec<String> {
        let mut blocks = vec![format!("all {}", self.words.join(" "))];
        blocks.extend(self.words.iter().map(|word| format!("word {}", stem(word))));
        if let Some(letter) = self.words[0].chars().next() {
            blocks.extend(self.words[1..].iter().map(|word| format!("given {letter} {word}")));
        }
        blocks.extend(self.initials.iter().map(|initials| format!("word {}", stem(initials))));
        blocks.extend(self.known.iter().map(|known| format!("known {known}")));
        blocks
    }

    /// The word that it is, if it is one: somebody's surname.
    pub(super) fn only(&self) -> Option<&str> {
        match &self.words[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The words that it could be called by for short.
    pub(super) fn later(&self) -> &[String] {
        &self.words[1..]
    }

    /// All its words.
    pub(super) fn whole(&self) -> String {
        self.words.join(" ")
    }

    fn like(&self, other: &Name, left: &Unit, right: &Unit) -> Option<How> {
        let persons = left.is_person() && right.is_person();
        let bodies = left.is_body() || right.is_body();
        let neither_person = !left.is_person() && !right.is_person();
        if let (Some(one), Some(two)) = (&self.known, &other.known)
            && one == two
        {
            return Some(How::Known);
        }
        if self.words == other.words {
            // One word may be anybody's surname; what a body calls itself is its own.
            let one = !self.shown.contains(' ') && !self.acronym;
            return Some(if one && !neither_person { How::OneWord } else { How::Equal });
        }
        let (short, long) =
            if self.words.len() <= other.words.len() { (self, other) } else { (other, self) };
        if !persons && short.acronym && long.initials.as_ref() == short.words.first() {
            return Some(How::Acronym);
        }
        if bodies && same_but_for_spelling(&self.words, &other.words) {
            return Some(How::Spelling);
        }
        if bodies {
            return None;
        }
        match &short.words[..] {
            [only] if long.words.len() > 1 && long.words[1..].contains(only) => Some(How::Surname),
            [_] => None,
            _ => longer_form(&short.words, &long.words).then_some(How::LongerForm),
        }
    }
}

/// The country that some words begin with, by name or by its people's.
fn leading_country(gazetteer: &Gazetteer, words: &[String]) -> Option<(usize, String)> {
    (1..=words.len().min(3)).rev().find_map(|length| {
        let name = words[..length].join(" ");
        let mut rows = gazetteer.find_folded(&name).map(|(row, _)| gazetteer.entry(row));
        let country = rows.find(|entry| entry.kind == PlaceKind::Country)?;
        Some((length, country.country.to_owned()))
    })
}

/// How the names of two are alike: the surest way that any two of them are.
pub(super) fn likeness(left: &Unit, right: &Unit) -> Option<Likeness> {
    let bodies = left.is_body() || right.is_body();
    let mut best: Option<Likeness> = None;
    for one in &left.parsed {
        for other in &right.parsed {
            let Some(mut how) = one.like(other, left, right) else { continue };
            // A body's name of a few words needs its country, unless both tell it.
            let untold = left.country().is_none() || right.country().is_none();
            if bodies
                && how == How::Equal
                && one.words.len() < 3
                && untold
                && one.known.is_none()
                && (left.country().is_some() || right.country().is_some())
            {
                how = How::Untold;
            }
            let left_is_short = match how {
                How::Untold => left.country().is_none(),
                _ => one.words.len() < other.words.len(),
            };
            if best.as_ref().is_none_or(|best| how < best.how) {
                let (left, right) = (one.shown.clone(), other.shown.clone());
                best = Some(Likeness { how, left, right, left_is_short });
            }
        }
    }
    best
}

/// Whether the shorter is the longer with words left out, and both begin with the same given name.
fn longer_form(short: &[String], long: &[String]) -> bool {
    let mut rest = long[1..].iter();
    let given = |one: &str, other: &str| {
        one == other
            || one.len() == 1 && other.starts_with(one)
            || other.len() == 1 && one.starts_with(other)
    };
    given(&short[0], &long[0]) && short[1..].iter().all(|word| rest.any(|other| other == word))
}

/// Whether two names differ in no more than a letter of a long word: "Defence", "Defense".
fn same_but_for_spelling(one: &[String], other: &[String]) -> bool {
    let alike = |(one, other): (&String, &String)| {
        one == other
            || one.len() == other.len()
                && one.len() >= 6
                && one.bytes().zip(other.bytes()).filter(|(one, other)| one != other).count() == 1
    };
    one.len() == other.len() && one.len() > 1 && one.iter().zip(other).all(alike)
}

/// The beginning of a word: its spelling may vary further on.
fn stem(word: &str) -> String {
    word.chars().take(5).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<String> {
        name.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn a_longer_form_begins_with_the_same_given_name() {
        let longer = |short: &str, long: &str| longer_form(&words(short), &words(long));
        assert!(longer("rocio palma", "rocio palma tigrero"));
        assert!(longer("r palma", "rocio palma tigrero"));
        assert!(!longer("ines palma", "rocio palma tigrero"));
        assert!(!longer("rocio tigrero mora", "rocio palma tigrero"));
    }

    #[test]
    fn a_letter_of_a_long_word_is_spelling() {
        let alike = |one: &str, other: &str| same_but_for_spelling(&words(one), &words(other));
        assert!(alike("defence ministry", "defense ministry"));
        assert!(!alike("north command", "south command"));
        assert!(!alike("unit five", "unit nine"));
    }
}
