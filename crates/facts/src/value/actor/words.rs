//! The words around the names of actors: titles, how much of them is meant, what introduces members.

use std::collections::HashSet;

use serde::Deserialize;

use super::Tense;
use crate::pack::lexicon::Lexicon;
use crate::pack::{self, Files, Problem};

/// The words of one language around the names of actors.
#[derive(Debug)]
pub struct Words {
    /// What stands before names and tells nothing else: "Mr.".
    pub(crate) honorifics: Lexicon<()>,
    /// Verbs and nouns by which an office ends: "resigned", "his death".
    pub(crate) leaving: HashSet<String>,
    /// Verbs by which another ends it: "was ousted".
    pub(crate) removed: HashSet<String>,
    /// "former", "acting" before a post, and "elect" after it.
    pub(crate) tenses: Lexicon<Tense>,
    /// What may be left out at the start of a name: "Los".
    pub(crate) articles: Vec<String>,
    /// With what a group's name may begin, and a person's never: "Los".
    pub(crate) groups: Vec<String>,
    /// What makes another post of a post: "deputy", and its name.
    pub(crate) ranks: Lexicon<usize>,
    pub(crate) rank_names: Vec<String>,
    /// What stands between a post and whose it is: "of", "for".
    pub(crate) links: Lexicon<()>,
    /// Of these, those before where somebody is sent: "ambassador **to** Peru".
    pub(crate) destinations: HashSet<String>,
    /// What leads to those in whose time a post was held: "a minister **under** Mora".
    pub(crate) under: HashSet<String>,
    /// How nouns end when there are several: the ending of one, and that of more.
    pub(crate) plurals: Vec<[String; 2]>,
    pub(crate) extents: Lexicon<Amount>,
    /// What stands between a part and its whole: "of".
    pub(crate) of: Lexicon<()>,
    /// Nouns that stand for so many of what follows: "group", "shipment".
    pub(crate) parts: Lexicon<()>,
    /// What introduces some of several: "such as".
    pub(crate) examples: Lexicon<()>,
    /// What introduces another name: "alias".
    pub(crate) aliases: Lexicon<()>,
    /// What stands before an actor that is no subject: "by", "with".
    pub(crate) beside: Lexicon<()>,
    /// How nouns for people end: "er", of "hiker".
    people: Vec<String>,
    /// Nouns that end so and are no people: "number".
    not_people: HashSet<String>,
}

/// How many of the actors meant by a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    All,
    Most,
    Some,
    Few,
    None,
}

/// `titles/xx.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TitlesFile {
    articles: Vec<String>,
    groups: Vec<String>,
    honorifics: Vec<String>,
    former: Vec<String>,
    current: Vec<String>,
    next: Vec<String>,
    acting: Vec<String>,
    links: Vec<String>,
    #[serde(default)]
    destinations: Vec<String>,
    #[serde(default)]
    under: Vec<String>,
    #[serde(default)]
    leaving: Vec<String>,
    #[serde(default)]
    removed: Vec<String>,
    ranks: std::collections::BTreeMap<String, Vec<String>>,
}

/// `extents/xx.toml`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtentsFile {
    plurals: Vec<[String; 2]>,
    all: Vec<String>,
    most: Vec<String>,
    some: Vec<String>,
    few: Vec<String>,
    none: Vec<String>,
    of: Vec<String>,
    parts: Vec<String>,
    examples: Vec<String>,
    aliases: Vec<String>,
    beside: Vec<String>,
    people: Vec<String>,
    not_people: Vec<String>,
}

impl Default for Words {
    fn default() -> Words {
        Words {
            honorifics: Lexicon::exact(),
            tenses: Lexicon::default(),
            articles: Vec::new(),
            groups: Vec::new(),
            ranks: Lexicon::default(),
            rank_names: Vec::new(),
            links: Lexicon::default(),
            destinations: HashSet::new(),
            under: HashSet::new(),
            leaving: HashSet::new(),
            removed: HashSet::new(),
            plurals: Vec::new(),
            extents: Lexicon::default(),
            of: Lexicon::default(),
            parts: Lexicon::default(),
            examples: Lexicon::default(),
            aliases: Lexicon::default(),
            beside: Lexicon::default(),
            people: Vec::new(),
            not_people: HashSet::new(),
        }
    }
}

impl Words {
    /// Reads the folders `titles` and `extents`, and adds to the problems what is wrong with them.
    pub(crate) fn load(files: &Files, problems: &mut Vec<Problem>) -> Words {
        let mut words = Words::default();
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".toml")) {
            if path.starts_with("titles/") {
                words.add_titles(pack::read(path, text, problems));
            } else if path.starts_with("extents/") {
                words.add_extents(pack::read(path, text, problems));
            }
        }
        words
    }

    fn add_titles(&mut self, file: Option<TitlesFile>) {
        let Some(file) = file else { return };
        let TitlesFile {
            articles,
            groups,
            honorifics,
            former,
            current,
            next,
            acting,
            links,
            destinations,
            under,
            leaving,
            removed,
            ranks,
        } = file;
        self.leaving.extend(leaving);
        self.removed.extend(removed);
        self.destinations.extend(destinations);
        self.under.extend(under);
        add(&mut self.honorifics, honorifics, ());
        add(&mut self.tenses, former, Tense::Former);
        add(&mut self.tenses, current, Tense::Current);
        add(&mut self.tenses, next, Tense::Next);
        add(&mut self.tenses, acting, Tense::Acting);
        add(&mut self.links, links, ());
        self.articles.extend(articles);
        self.groups.extend(groups);
        for (name, words) in ranks {
            add(&mut self.ranks, words, self.rank_names.len());
            self.rank_names.push(name);
        }
    }

    fn add_extents(&mut self, file: Option<ExtentsFile>) {
        let Some(file) = file else { return };
        self.plurals.extend(file.plurals);
        add(&mut self.extents, file.all, Amount::All);
        add(&mut self.extents, file.most, Amount::Most);
        add(&mut self.extents, file.some, Amount::Some);
        add(&mut self.extents, file.few, Amount::Few);
        add(&mut self.extents, file.none, Amount::None);
        add(&mut self.of, file.of, ());
        add(&mut self.parts, file.parts, ());
        add(&mut self.examples, file.examples, ());
        add(&mut self.aliases, file.aliases, ());
        add(&mut self.beside, file.beside, ());
        self.people.extend(file.people);
        self.not_people.extend(file.not_people);
    }

    /// Whether a noun, by its lemma, ends as nouns for people do: "hiker". For nouns of no class.
    pub(crate) fn ends_like_people(&self, lemma: &str) -> bool {
        // "car", "oar": a stem of two letters is none.
        let made =
            |ending: &String| lemma.strip_suffix(ending.as_str()).is_some_and(|it| it.len() > 2);
        self.people.iter().any(made) && !self.not_people.contains(lemma)
    }
}

fn add<T: Copy>(lexicon: &mut Lexicon<T>, words: Vec<String>, meaning: T) {
    for word in words {
        lexicon.add(&word, meaning);
    }
}
