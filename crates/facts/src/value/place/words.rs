//! The words around the names of places, as the pack has them.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use crate::gazetteer::PlaceKind;
use crate::lookup::Quick;
use crate::pack::{self, Files, Problem};

use super::{Extent, Relation};

/// The words of all languages that are loaded, in small letters.
#[derive(Debug, Default)]
pub struct Words {
    pub(super) relations: HashMap<String, Relation, Quick>,
    pub(super) extents: HashMap<String, Extent, Quick>,
    pub(super) kinds: HashMap<String, PlaceKind, Quick>,
    pub(super) before: Vec<String>,
    pub(super) after: Vec<String>,
    pub(super) facilities: HashSet<String, Quick>,
    pub(super) ordinary: HashSet<String, Quick>,
    /// The same in small letters, for texts in capitals.
    small_ordinary: HashSet<String, Quick>,
    /// Adjectives and names of peoples, as they are written, and the code or name of the place.
    pub(super) demonyms: HashMap<String, String, Quick>,
    /// The first letters of demonyms: capitals, which most words of a text have not.
    initials: HashSet<char, Quick>,
    /// The most words that a demonym has.
    pub(super) longest_demonym: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    relations: Relations,
    extent: Extents,
    kinds: Kinds,
    around: Around,
    facilities: Facilities,
    ordinary: Ordinary,
    demonyms: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Relations {
    at: Vec<String>,
    near: Vec<String>,
    between: Vec<String>,
    off: Vec<String>,
    from: Vec<String>,
    toward: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Extents {
    whole: Vec<String>,
    part: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kinds {
    country: Vec<String>,
    region1: Vec<String>,
    region2: Vec<String>,
    city: Vec<String>,
    river: Vec<String>,
    lake: Vec<String>,
    sea: Vec<String>,
    mountains: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Around {
    before: Vec<String>,
    after: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facilities {
    nouns: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ordinary {
    names: Vec<String>,
}

impl Words {
    /// Reads every `places/xx.toml`, and adds to the problems what is wrong with them.
    pub fn load(files: &Files, problems: &mut Vec<Problem>) -> Words {
        let mut words = Words::default();
        for (path, text) in files {
            if !path.starts_with("places/") || !path.ends_with(".toml") {
                continue;
            }
            let Some(file) = pack::read::<File>(path, text, problems) else { continue };
            words.add(file, path, text, problems);
        }
        // The longest first, so that a name is stripped of all that can be stripped at once.
        for list in [&mut words.before, &mut words.after] {
            list.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        }
        words
    }

    /// Whether a preposition says that something is in, at or near what follows.
    pub fn says_where(&self, preposition: &str) -> bool {
        matches!(self.relations.get(preposition), Some(Relation::At | Relation::Near))
    }

    /// Whether a noun is one for places: "province", "cities", "state".
    pub(crate) fn is_kind(&self, noun: &str) -> bool {
        self.kinds.contains_key(noun)
    }

    /// The adjectives and names of peoples that are known, in no order.
    pub fn peoples(&self) -> impl Iterator<Item = &str> {
        self.demonyms.keys().map(String::as_str)
    }

    /// Whether a word is an adjective or a name of a people.
    pub(crate) fn is_people(&self, word: &str) -> bool {
        self.demonyms.contains_key(word)
    }

    /// Whether a demonym can begin with a word.
    pub(super) fn begins_demonym(&self, word: &str) -> bool {
        word.chars().next().is_some_and(|initial| self.initials.contains(&initial))
    }

    /// Whether a name is a place's only by chance, in whatever case it is written.
    pub fn is_ordinary(&self, name: &str) -> bool {
        self.ordinary.contains(name) || self.small_ordinary.contains(&name.to_lowercase())
    }

    fn add(&mut self, file: File, path: &str, text: &str, problems: &mut Vec<Problem>) {
        let File { relations, extent, kinds, around, facilities, ordinary, demonyms } = file;
        let Relations { at, near, between, off, from, toward } = relations;
        let relations = [
            (Relation::At, at),
            (Relation::Near, near),
            (Relation::Between, between),
            (Relation::Off, off),
            (Relation::From, from),
            (Relation::Toward, toward),
        ];
        spread(&mut self.relations, relations);
        spread(&mut self.extents, [(Extent::Whole, extent.whole), (Extent::Part, extent.part)]);
        let Kinds { country, region1, region2, city, river, lake, sea, mountains } = kinds;
        let kinds = [
            (PlaceKind::Country, country),
            (PlaceKind::Region1, region1),
            (PlaceKind::Region2, region2),
            (PlaceKind::City, city),
            (PlaceKind::River, river),
            (PlaceKind::Lake, lake),
            (PlaceKind::Sea, sea),
            (PlaceKind::Mountains, mountains),
        ];
        spread(&mut self.kinds, kinds);
        self.before.extend(around.before);
        self.after.extend(around.after);
        self.facilities.extend(facilities.nouns);
        self.small_ordinary.extend(ordinary.names.iter().map(|name| name.to_lowercase()));
        self.ordinary.extend(ordinary.names);
        for (place, forms) in demonyms {
            for form in forms {
                self.initials.extend(form.chars().next());
                self.longest_demonym = self.longest_demonym.max(form.split_whitespace().count());
                if let Some(other) = self.demonyms.insert(form.clone(), place.clone())
                    && other != place
                {
                    problems.push(twice(path, text, &form, &other));
                }
            }
        }
    }
}

fn spread<T: Copy, const N: usize>(
    map: &mut HashMap<String, T, Quick>,
    lists: [(T, Vec<String>); N],
) {
    for (value, list) in lists {
        map.extend(list.into_iter().map(|word| (word, value)));
    }
}

fn twice(path: &str, text: &str, form: &str, other: &str) -> Problem {
    let at = text.find(&format!("\"{form}\"")).unwrap_or(0);
    Problem {
        file: path.to_owned(),
        line: pack::line(text, at),
        message: format!("\"{form}\" already belongs to {other}"),
        hint: Some("a word can stand for one place only".to_owned()),
    }
}
