//! The pack: what the engine knows of the world and of the words for it, loaded from data files.

mod classes;
pub mod corpus;
pub(crate) mod lexicon;
mod offices;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use atalaya_parse::Token;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use crate::reading;
use crate::value::{actor, period, place, quantity};
use crate::{clause, event, speech, story};

pub use classes::{Class, Classes, Stands};
pub use offices::{Offices, Post};
pub(crate) use words::Meaning;
pub use words::{KnownName, Nouns};

/// All that was loaded, for one language: what holds in any, and the words of this one. One field
/// a family of words; each is loaded by the reader that uses it.
#[derive(Debug)]
pub struct Pack {
    /// Words for numbers, measures and bounds.
    pub quantities: quantity::Words,
    /// Words for times.
    pub periods: period::Words,
    /// How times are written for people.
    pub times: period::Wording,
    /// The words around the names of places.
    pub places: place::Words,
    /// Words by their usual case.
    pub case: reading::Words,
    /// The classes of actors and things.
    pub classes: Classes,
    /// The posts that people hold.
    pub offices: Offices,
    /// What the language calls classes and posts.
    pub nouns: Nouns,
    /// The words around the names of actors.
    pub actors: actor::Words,
    /// The words that say how a clause is meant.
    pub clauses: clause::Words,
    /// The words for what becomes of people.
    pub casualties: event::Casualties,
    /// The words for saying.
    pub speech: speech::Words,
    /// The kinds of claims with their triggers.
    pub kinds: event::Kinds,
    /// The pronouns that stand for people, groups and bodies.
    pub pronouns: Pronouns,
    /// Words by how much they tell of what a text is about.
    pub stories: story::Words,
}

/// A pack's files by their paths within it, such as `periods/en.toml`.
pub type Files = BTreeMap<String, String>;

/// The folders that some reader reads; whatever else lies in a pack is a mistake.
const FOLDERS: [&str; 21] = [
    "actors",
    "bounds",
    "case",
    "casualties",
    "events",
    "extents",
    "light",
    "measures",
    "modality",
    "negation",
    "numbers",
    "offices",
    "periods",
    "places",
    "pronouns",
    "ranks",
    "speech",
    "stories",
    "things",
    "times",
    "titles",
];

/// Something wrong in a pack file, told so that its author can mend it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file's path within the pack.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem at a byte of a file's text.
    pub fn at(file: &str, text: &str, byte: usize, message: impl Into<String>) -> Problem {
        Problem {
            file: file.to_owned(),
            line: line(text, byte),
            message: message.into(),
            hint: None,
        }
    }

    /// The same problem with what to do about it.
    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Problem {
        Problem { hint: Some(hint.into()), ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, "\n  {hint}"))
    }
}

impl Pack {
    /// Loads the pack of one language, or tells everything that is wrong with it at once.
    /// [`of_language`] picks that language's files out of a pack in several.
    ///
    /// # Errors
    /// Every problem in every file, in the order of files and lines.
    pub fn load(files: &Files) -> Result<Pack, Vec<Problem>> {
        let mut problems = Vec::new();
        tree(files, &mut problems);
        let quantities = quantity::Words::load(files, &mut problems);
        let periods = period::Words::load(files, &mut problems);
        let times = period::Wording::load(files, &mut problems);
        let places = place::Words::load(files, &mut problems);
        let case = reading::Words::load(files, &mut problems);
        let mut classes = Classes::load(files, &mut problems);
        let mut offices = Offices::load(files, &classes, &mut problems);
        let actors = actor::Words::load(files, &mut problems);
        let plurals = &actors.plurals;
        let nouns = Nouns::load(files, &mut classes, &mut offices, plurals, &mut problems);
        let mut clauses = clause::Words::load(files, &mut problems);
        let casualties = event::Casualties::load(files, &mut problems);
        let speech = speech::Words::load(files, &mut problems);
        clauses.saying.extend(speech.saying().map(str::to_owned));
        let kinds = event::Kinds::load(files, &classes, &mut problems);
        let pronouns = pronouns(files, &mut problems);
        let stories = story::Words::load(files, &mut problems);
        if problems.is_empty() {
            return Ok(Pack {
                quantities,
                periods,
                times,
                places,
                case,
                classes,
                offices,
                nouns,
                actors,
                clauses,
                casualties,
                speech,
                kinds,
                pronouns,
                stories,
            });
        }
        problems.sort();
        problems.dedup();
        Err(problems)
    }
}

/// The pronouns that stand for people, groups and bodies.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pronouns {
    /// Those that stand for anybody who acts.
    persons: BTreeSet<String>,
    /// Those that stand for one person told before: "he".
    pub person: BTreeSet<String>,
    /// Those that stand for a body told before: "it".
    pub body: BTreeSet<String>,
    /// Those that stand for several people, or a body, told before: "they".
    pub several: BTreeSet<String>,
    /// Nouns for several people as one, whom "they" and "it" stand for, and never "she": "team".
    pub collectives: BTreeSet<String>,
    /// Pronouns, nouns, titles and first names of women, in small letters.
    female: BTreeSet<String>,
    /// Those of men.
    male: BTreeSet<String>,
}

/// Of whom a word is, where it tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sex {
    /// "she", "Mrs.", "aunt", "Maria".
    Female,
    /// "he", "Mr.", "uncle", "Pedro".
    Male,
}

impl Pronouns {
    /// Of whom a word is, if it tells.
    pub(crate) fn sex(&self, word: &str) -> Option<Sex> {
        let word = word.to_lowercase();
        let female = self.female.contains(&word).then_some(Sex::Female);
        female.or_else(|| self.male.contains(&word).then_some(Sex::Male))
    }

    /// Whether a word, in small letters, stands for somebody who acts.
    pub fn stands_for_actor(&self, word: &str) -> bool {
        [&self.persons, &self.person, &self.body, &self.several]
            .into_iter()
            .any(|words| words.contains(word))
    }

    /// Whether a noun is of several people as one: "team".
    pub fn is_collective(&self, noun: Token<'_>) -> bool {
        self.collectives.contains(&noun.lemma().to_lowercase())
    }

    /// Whether a noun is of several: "soldiers", "team".
    pub(crate) fn is_of_several(&self, noun: Token<'_>) -> bool {
        noun.feature("Number") == Some("Plur") || self.is_collective(noun)
    }
}

/// The words of `pronouns/xx.toml`.
fn pronouns(files: &Files, problems: &mut Vec<Problem>) -> Pronouns {
    let own =
        files.iter().filter(|(path, _)| path.starts_with("pronouns/") && path.ends_with(".toml"));
    let mut all = Pronouns::default();
    for file in own.filter_map(|(path, text)| read::<Pronouns>(path, text, problems)) {
        all.persons.extend(file.persons);
        all.person.extend(file.person);
        all.body.extend(file.body);
        all.female.extend(file.female);
        all.male.extend(file.male);
        all.several.extend(file.several);
        all.collectives.extend(file.collectives);
    }
    all
}

/// Every problem of a pack in all its languages, in the order of files and lines; none if it is
/// sound.
pub fn check(files: &Files) -> Vec<Problem> {
    let mut problems = BTreeSet::new();
    for language in languages(files) {
        problems.extend(Pack::load(&of_language(files, &language)).err().unwrap_or_default());
    }
    problems.into_iter().collect()
}

/// The codes of the languages that a pack has words in.
pub fn languages(files: &Files) -> BTreeSet<String> {
    files.keys().filter_map(|path| language(path)).map(str::to_owned).collect()
}

/// The files that one language needs: its own, and those that hold in any.
pub fn of_language(files: &Files, code: &str) -> Files {
    let wanted = |path: &str| language(path).is_none_or(|language| language == code);
    let kept = files.iter().filter(|(path, _)| wanted(path));
    kept.map(|(path, text)| (path.clone(), text.clone())).collect()
}

/// The language that a file's name tells: `en` for `numbers/en.toml`.
fn language(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    let stem = name.strip_suffix(".toml").or_else(|| name.strip_suffix(".md"))?;
    (stem.len() == 2 && stem.bytes().all(|byte| byte.is_ascii_lowercase())).then_some(stem)
}

/// What is wrong with the tree itself: files nobody reads, words without their examples.
fn tree(files: &Files, problems: &mut Vec<Problem>) {
    for (path, text) in files {
        let Some((folder, _)) = path.split_once('/') else { continue };
        if !FOLDERS.contains(&folder) {
            let message = format!("nothing reads the folder `{folder}`");
            let hint = format!("the folders are {}", FOLDERS.join(", "));
            problems.push(Problem::at(path, text, 0, message).hint(hint));
        }
        let (Some(stem), Some(_)) = (path.strip_suffix(".toml"), language(path)) else { continue };
        if !files.contains_key(&format!("{stem}.md")) {
            let problem = Problem::at(path, text, 0, "its words have no examples");
            problems.push(problem.hint(format!("write {stem}.md beside it")));
        }
    }
}

/// Reads one TOML file into its type, and tells all that is wrong with it. Keys that the type does
/// not know are problems too, if it is marked `deny_unknown_fields`, as all of them are.
pub fn read<T: DeserializeOwned>(file: &str, text: &str, problems: &mut Vec<Problem>) -> Option<T> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let at = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
        problems.extend(errors.iter().map(|e| Problem::at(file, text, at(e), e.message())));
        return None;
    }
    let (span, mut table) = (table.span(), table.into_inner());
    let mut removed: Vec<String> = Vec::new();
    // What is wrong is told and taken out until nothing is, so that one mistake hides no other.
    loop {
        let whole = Deserializer::from(Spanned::new(span.clone(), table.clone()));
        let error = match T::deserialize(whole) {
            Ok(value) => return removed.is_empty().then_some(value),
            Err(error) => error,
        };
        let at = error.span().unwrap_or_default().start;
        let missing = error.message().starts_with("missing field");
        if !(missing && removed.iter().any(|key| error.message().contains(&format!("`{key}`")))) {
            problems.push(Problem::at(file, text, at, error.message()));
        }
        removed.push(remove(&mut table, at)?);
    }
}

/// Takes the innermost entry whose key or value holds a byte out of a table, and gives its key.
fn remove(table: &mut DeTable<'_>, byte: usize) -> Option<String> {
    let holds = |value: &Spanned<DeValue<'_>>| value.span().contains(&byte);
    for (key, value) in table.iter_mut() {
        // A table under its own header spans the header alone, so its entries are asked anyway.
        if !key.span().contains(&byte)
            && let DeValue::Table(inner) = value.get_mut()
            && let Some(key) = remove(inner, byte)
        {
            return Some(key);
        }
    }
    let found = table.iter().find(|(key, value)| key.span().contains(&byte) || holds(value));
    let key = found.map(|(key, _)| key.clone())?;
    table.remove(&key);
    Some(key.into_inner().into_owned())
}

/// The number of the line that holds a byte.
pub fn line(text: &str, byte: usize) -> usize {
    text.as_bytes()[..byte.min(text.len())].iter().filter(|&&byte| byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[expect(dead_code, reason = "what is read, not what is done with it, is tested")]
        name: String,
        #[expect(dead_code, reason = "what is read, not what is done with it, is tested")]
        inner: BTreeMap<String, Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[expect(dead_code, reason = "what is read, not what is done with it, is tested")]
        factor: f64,
    }

    #[test]
    fn every_problem_of_a_file_is_told_with_its_line() {
        let text = "name = \"a\"\nnmae = 1\n\n[inner.x]\nfactor = \"much\"\n\n[inner.y]\nfactor = 1\nsort = 2\n";
        let mut problems = Vec::new();
        assert!(read::<Outer>("a.toml", text, &mut problems).is_none());
        problems.sort();
        let lines: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [2, 5, 9], "{problems:?}");
    }

    #[test]
    fn broken_syntax_is_told_with_its_line() {
        let mut problems = Vec::new();
        assert!(read::<Outer>("a.toml", "name = \"a\"\n[inner\n", &mut problems).is_none());
        assert_eq!(problems[0].line, 2, "{problems:?}");
    }

    #[test]
    fn a_language_takes_its_own_files_and_the_common_ones() {
        let files: Files = ["numbers/en.toml", "numbers/es.toml", "measures/mass/measure.toml"]
            .map(|path| (path.to_owned(), String::new()))
            .into();
        let kept: Vec<String> = of_language(&files, "es").into_keys().collect();
        assert_eq!(kept, ["measures/mass/measure.toml", "numbers/es.toml"]);
        assert_eq!(languages(&files).len(), 2);
    }

    #[test]
    fn strays_and_words_without_examples_are_problems() {
        let files: Files = ["numbers/en.toml", "nubmers/en.toml", "nubmers/en.md"]
            .map(|path| (path.to_owned(), String::new()))
            .into();
        let mut problems = Vec::new();
        tree(&files, &mut problems);
        let files: Vec<&str> = problems.iter().map(|problem| problem.file.as_str()).collect();
        assert_eq!(files, ["nubmers/en.md", "nubmers/en.toml", "numbers/en.toml"]);
    }
}
