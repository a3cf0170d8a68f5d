//! What a language calls classes and offices: nouns, and names of those that have one.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::classes::{Class, Classes};
use super::lexicon::Lexicon;
use super::offices::{Offices, Post};
use crate::pack::{self, Files, Problem};

/// What a noun of the pack means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// A class: "police officer".
    Class(Class),
    /// An office: "prime minister".
    Post(Post),
}

/// The nouns and names of the classes and offices in one language.
#[derive(Debug)]
pub struct Nouns {
    pub(crate) nouns: Lexicon<Meaning>,
    /// Short forms that stand before names only: "Gen.".
    pub(crate) titles: Lexicon<Post>,
    pub(crate) names: Lexicon<usize>,
    pub(crate) known: Vec<KnownName>,
}

/// An actor or thing that the pack knows by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownName {
    /// Its name in full.
    pub is: String,
    /// Its class.
    pub class: Class,
    /// The ISO 3166-1 code of its country.
    pub country: Option<String>,
}

/// `actors/NAME/xx.toml` and `things/NAME/xx.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    label: String,
    #[serde(default)]
    nouns: Vec<Spanned<String>>,
    #[serde(default)]
    name: Vec<NameEntry>,
    #[serde(default)]
    narrower: BTreeMap<Spanned<String>, Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    label: String,
    #[serde(default)]
    nouns: Vec<Spanned<String>>,
    #[serde(default)]
    name: Vec<NameEntry>,
}

/// `offices/NAME/xx.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PostsFile {
    post: BTreeMap<Spanned<String>, PostWords>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PostWords {
    label: String,
    #[serde(default)]
    nouns: Vec<Spanned<String>>,
    #[serde(default)]
    titles: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameEntry {
    is: Spanned<String>,
    #[serde(default)]
    also: Vec<Spanned<String>>,
    country: Option<Spanned<String>>,
}

fn order(meaning: Meaning) -> (Option<Class>, Option<Post>) {
    match meaning {
        Meaning::Class(class) => (Some(class), None),
        Meaning::Post(post) => (None, Some(post)),
    }
}

impl Default for Nouns {
    fn default() -> Nouns {
        Nouns {
            nouns: Lexicon::default(),
            titles: Lexicon::exact(),
            names: Lexicon::exact(),
            known: Vec::new(),
        }
    }
}

impl Nouns {
    /// Reads what a language calls the classes and posts, and adds to the problems what is wrong.
    pub(crate) fn load(
        files: &Files,
        classes: &mut Classes,
        offices: &mut Offices,
        plurals: &[[String; 2]],
        problems: &mut Vec<Problem>,
    ) -> Nouns {
        let mut nouns = Nouns::default();
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".toml")) {
            let (family, rest) = path.split_once('/').unwrap_or_default();
            let Some((folder, file)) = rest.rsplit_once('/') else { continue };
            if matches!(file, "actor.toml" | "thing.toml" | "office.toml") {
                continue;
            }
            let file = (path.as_str(), text.as_str());
            match family {
                "actors" | "things" => nouns.add_classes(file, folder, classes, problems),
                "offices" => nouns.add_posts(file, offices, problems),
                _ => {}
            }
        }
        nouns.add_plurals(plurals);
        nouns
    }

    /// Adds the plurals of all nouns, for the parser takes words with a capital for names, and leaves
    /// these as they stand.
    fn add_plurals(&mut self, plurals: &[[String; 2]]) {
        let mut forms: Vec<(String, Meaning)> = Vec::new();
        for (noun, meaning) in self.nouns.phrases() {
            for [one, many] in plurals {
                if let Some(stem) = noun.strip_suffix(one.as_str()) {
                    forms.push((format!("{stem}{many}"), meaning));
                }
            }
        }
        // Where two nouns could have one plural, the order of the words decides, not that of a map.
        forms.sort_by(|a, b| a.0.cmp(&b.0).then(order(a.1).cmp(&order(b.1))));
        for (form, meaning) in forms {
            self.nouns.add_form(&form, meaning);
        }
    }

    fn add_classes(
        &mut self,
        file: (&str, &str),
        folder: &str,
        classes: &mut Classes,
        problems: &mut Vec<Problem>,
    ) {
        let Some(File { label, nouns, name, narrower }) = pack::read(file.0, file.1, problems)
        else {
            return;
        };
        self.add(file, (folder, 0), Entry { label, nouns, name }, classes, problems);
        for (key, entry) in narrower {
            let (at, name) = (key.span().start, key.into_inner());
            self.add(file, (&name, at), entry, classes, problems);
        }
    }

    fn add_posts(
        &mut self,
        file: (&str, &str),
        offices: &mut Offices,
        problems: &mut Vec<Problem>,
    ) {
        let Some(PostsFile { post }) = pack::read(file.0, file.1, problems) else { return };
        for (key, words) in post {
            let (at, name) = (key.span().start, key.into_inner());
            let Some(post) = offices.by_name(&name) else {
                let message = format!("there is no post `{name}`");
                let hint = "its folder's office.toml must tell of it";
                problems.push(Problem::at(file.0, file.1, at, message).hint(hint));
                continue;
            };
            if !offices.call(post, words.label) {
                let message = format!("`{name}` is called something already");
                problems.push(Problem::at(file.0, file.1, at, message));
            }
            for noun in words.nouns {
                let at = noun.span().start;
                self.add_noun(file, noun.get_ref(), at, Meaning::Post(post), problems);
            }
            for title in words.titles {
                if self.titles.add(title.get_ref(), post).is_some_and(|other| other != post) {
                    let message = format!("\"{}\" is another's title already", title.get_ref());
                    problems.push(Problem::at(file.0, file.1, title.span().start, message));
                }
            }
        }
    }

    fn add(
        &mut self,
        file: (&str, &str),
        (name, at): (&str, usize),
        entry: Entry,
        classes: &mut Classes,
        problems: &mut Vec<Problem>,
    ) {
        let Some(class) = classes.by_name(name) else {
            let message = format!("there is no class `{name}`");
            let hint = "its folder's actor.toml or thing.toml must tell of it";
            problems.push(Problem::at(file.0, file.1, at, message).hint(hint));
            return;
        };
        if !classes.call(class, entry.label) {
            let message = format!("`{name}` is called something already");
            problems.push(Problem::at(file.0, file.1, at, message));
        }
        for noun in entry.nouns {
            let at = noun.span().start;
            self.add_noun(file, noun.get_ref(), at, Meaning::Class(class), problems);
        }
        for name in entry.name {
            self.add_name(file, name, class, problems);
        }
    }

    fn add_noun(
        &mut self,
        file: (&str, &str),
        noun: &str,
        at: usize,
        meaning: Meaning,
        problems: &mut Vec<Problem>,
    ) {
        if self.nouns.add(noun, meaning).is_some() {
            let message = format!("\"{noun}\" has a meaning already");
            let problem = Problem::at(file.0, file.1, at, message);
            problems.push(problem.hint("a noun belongs to one class or office"));
        }
    }

    fn add_name(
        &mut self,
        file: (&str, &str),
        name: NameEntry,
        class: Class,
        problems: &mut Vec<Problem>,
    ) {
        if let Some(country) = &name.country
            && !matches!(country.get_ref().as_bytes(), [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase())
        {
            let message = format!("\"{}\" is no country's code", country.get_ref());
            let problem = Problem::at(file.0, file.1, country.span().start, message);
            problems.push(problem.hint("write ISO 3166-1, as \"EC\""));
        }
        let number = self.known.len();
        for form in std::iter::once(&name.is).chain(&name.also) {
            if self.names.add(form.get_ref(), number).is_some_and(|other| other != number) {
                let message = format!("\"{}\" is another's name already", form.get_ref());
                problems.push(Problem::at(file.0, file.1, form.span().start, message));
            }
        }
        let country = name.country.map(Spanned::into_inner);
        self.known.push(KnownName { is: name.is.into_inner(), class, country });
    }
}
