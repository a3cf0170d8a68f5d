//! The interface's own words, in English and Spanish. English stands in the pages; Spanish here.

mod spanish;

use spanish::{NAMES, SPANISH};

/// Spanish for the pack's kinds: name and label in each line.
const KINDS: &str = include_str!("words/kinds.es.tsv");

/// A language of the interface.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Lang {
    /// The language of a code.
    pub fn from_code(code: &str) -> Option<Lang> {
        match code {
            "en" => Some(Lang::En),
            "es" => Some(Lang::Es),
            _ => None,
        }
    }

    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Es => "es",
        }
    }

    /// What its speakers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::En => "English",
            Lang::Es => "español",
        }
    }

    /// The other one.
    pub fn other(self) -> Lang {
        match self {
            Lang::En => Lang::Es,
            Lang::Es => Lang::En,
        }
    }

    /// The first language that a browser asks for and that there is.
    pub fn accepted(header: &str) -> Lang {
        let mut codes = header.split(',').filter_map(|range| range.split([';', '-']).next());
        codes.find_map(|code| Lang::from_code(code.trim())).unwrap_or_default()
    }

    /// Words of a page in this language.
    pub fn say(self, english: &'static str) -> &'static str {
        match self {
            Lang::En => english,
            Lang::Es => SPANISH
                .iter()
                .find(|(own, _)| *own == english)
                .map_or(english, |(_, spanish)| spanish),
        }
    }

    /// What a kind of the pack is called, where this is not the language of its label.
    pub fn kind(self, name: &str) -> Option<&'static str> {
        let mut lines = KINDS.lines().filter(|_| self == Lang::Es);
        lines
            .find_map(|line| line.split_once('\t').filter(|(own, _)| *own == name))
            .map(|(_, label)| label)
    }

    /// A word of a closed set, such as a rung or a family, in this language.
    pub fn name(self, word: &str) -> String {
        let spanish =
            (self == Lang::Es).then(|| NAMES.iter().find(|(own, _)| *own == word)).flatten();
        spanish.map_or_else(|| word.replace('-', " "), |(_, spanish)| (*spanish).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn the_browser_is_heard() {
        assert_eq!(Lang::accepted("de-DE,es-EC;q=0.9,en;q=0.8"), Lang::Es);
        assert_eq!(Lang::accepted("fr"), Lang::En);
        assert_eq!(Lang::Es.say("Facts"), "Hechos");
        assert_eq!(Lang::Es.name("under-way"), "en marcha");
        assert_eq!(Lang::En.name("under-way"), "under way");
    }

    #[test]
    fn every_kind_is_there_in_spanish() {
        let engine = crate::world::Engine::load(None).unwrap();
        let kinds = engine.pack.kinds.kinds.iter();
        let missing: Vec<&str> = kinds
            .map(|kind| kind.name.as_str())
            .filter(|name| Lang::Es.kind(name).is_none())
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
        assert_eq!(KINDS.lines().count(), engine.pack.kinds.kinds.len(), "one is there too many");
        assert_eq!(Lang::En.kind("seize"), None);
    }

    /// Every text in `say("…")` anywhere in the pages.
    fn said(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                said(&entry.path(), found);
            } else if entry.path().extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(entry.path()).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap();
                for part in text.split("say(\"").skip(1) {
                    found.push(part.split('"').next().unwrap().to_owned());
                }
            }
        }
    }

    #[test]
    fn all_that_pages_say_is_there_in_spanish() {
        let mut found = Vec::new();
        said(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut found);
        assert!(found.len() > 50, "{}", found.len());
        let missing: Vec<&String> =
            found.iter().filter(|english| !SPANISH.iter().any(|(own, _)| own == english)).collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }
}
