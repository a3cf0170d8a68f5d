//! The brief: the picture in a few pages, each sentence with the passages it rests on.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::picture::{Fact, Picture, Topic};
use crate::store::{Passage, Store};

mod render;
mod sections;

pub use render::{html, markdown};

/// A brief, ready to be written as Markdown or HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// The heading.
    pub title: String,
    /// Its sections, in order; none is empty.
    pub sections: Vec<Section>,
    /// The passages that are cited, by number from 1.
    pub notes: Vec<Note>,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Its heading.
    pub title: &'static str,
    /// Its sentences.
    pub lines: Vec<Line>,
}

/// A sentence with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The sentence.
    pub text: String,
    /// The numbers of its notes; there is one at least.
    pub notes: Vec<usize>,
    /// Whether all of it goes back to one origin.
    pub single: bool,
}

/// A passage of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The report's identifier.
    pub report: String,
    /// The outlet, or where it was found.
    pub from: String,
    /// The headline.
    pub title: Option<String>,
    /// When it was published.
    pub published: Option<String>,
    /// Where the passage starts, in code points.
    pub start: u64,
    /// Where it ends, exclusive.
    pub end: u64,
    /// Its words.
    pub text: String,
}

/// What a brief is to be about.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Only what speaks of this.
    pub about: Option<Topic>,
    /// What came since: the identifiers of the reports.
    pub since: Option<BTreeSet<String>>,
}

/// Writes the brief of a room. It depends on the room and on what is wanted alone.
///
/// # Errors
/// SQLite's.
pub fn brief(store: &Store, wanted: &Wanted) -> rusqlite::Result<Brief> {
    let picture = Picture::outline(store)?;
    let failed = RefCell::new(None);
    // Of all passages few are cited: each is read when it is.
    let passage = |claim: &str| {
        let told = store.telling(claim);
        told.unwrap_or_else(|error| {
            failed.borrow_mut().get_or_insert(error);
            None
        })
    };
    let made = write(&picture, &passage, wanted);
    match failed.take() {
        Some(error) => Err(error),
        None => Ok(made),
    }
}

fn write(picture: &Picture, passage: &dyn Fn(&str) -> Option<Passage>, wanted: &Wanted) -> Brief {
    let about = wanted.about.as_ref();
    let chosen =
        |fact: &&Fact| about.is_none_or(|about| about.has(&fact.id, &fact.kind, &fact.caption));
    let facts: Vec<&Fact> = picture.facts.iter().filter(chosen).collect();
    let (notes, numbers) = (Vec::new(), BTreeMap::new());
    let mut writer = Writer { picture, passage, facts, notes, numbers };
    let sections = sections::all(&mut writer, wanted);
    Brief {
        title: match &wanted.about {
            Some(about) => format!("Brief: {}", about.name),
            None => "Brief".to_owned(),
        },
        sections: sections.into_iter().filter(|section| !section.lines.is_empty()).collect(),
        notes: writer.notes,
    }
}

/// Collects the passages that sentences rest on.
pub(crate) struct Writer<'a> {
    picture: &'a Picture,
    passage: &'a dyn Fn(&str) -> Option<Passage>,
    facts: Vec<&'a Fact>,
    notes: Vec<Note>,
    numbers: BTreeMap<(String, u64, u64), usize>,
}

/// A sentence names no more passages than this.
const MOST: usize = 6;

impl Writer<'_> {
    /// A sentence that rests on claims; none if none of them is there to be cited.
    fn line<'c>(
        &mut self,
        text: String,
        claims: impl IntoIterator<Item = &'c String>,
        single: bool,
    ) -> Option<Line> {
        let mut notes: Vec<usize> = Vec::new();
        for claim in claims {
            if notes.len() == MOST {
                break;
            }
            notes.extend(self.note(claim).filter(|number| !notes.contains(number)));
        }
        (!notes.is_empty()).then_some(Line { text, notes, single })
    }

    /// The number of a claim's passage.
    fn note(&mut self, claim: &str) -> Option<usize> {
        let passage = (self.passage)(claim)?;
        let at = |key: &str| passage.claim[key].as_u64().unwrap_or_default();
        let key = (passage.report.clone(), at("start"), at("end"));
        if let Some(&number) = self.numbers.get(&key) {
            return Some(number);
        }
        let number = self.notes.len() + 1;
        self.notes.push(Note {
            report: passage.report.clone(),
            text: flat(passage.claim["text"].as_str().unwrap_or_default()),
            from: passage.outlet.unwrap_or(passage.source),
            title: passage.title,
            published: passage.published,
            start: key.1,
            end: key.2,
        });
        self.numbers.insert(key, number);
        Some(number)
    }
}

/// A text on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
