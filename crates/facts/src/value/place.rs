//! Places: names found in a text, how the text stands to them, and which place on the map they are.

mod find;
mod resolve;
mod words;

use std::ops::Range;

use atalaya_parse::Doc;

use crate::gazetteer::{CoordinateSource, Entry, Gazetteer, PlaceKind, Row};
use crate::value::Cited;

pub use find::{facility, names, spans};
pub use resolve::{Senses, candidates, resolve};
pub use words::Words;

/// A place that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its name as it stands in the text.
    pub name: String,
    /// How the text stands to it, if a word says so: "near", "off the coast of".
    pub relation: Option<Relation>,
    /// Its place in the gazetteer; none if the gazetteer has no such name.
    pub entry: Option<Row>,
    /// How close what is meant is to the coordinates of its entry.
    pub precision: Precision,
    /// How much of it is meant, if a word says so: "across", "northern".
    pub extent: Option<Extent>,
    /// What stands in it or near it: "port" in "a port near Guayaquil".
    pub facility: Option<String>,
    /// Whether it is named by its own name, by its people, or within another name.
    pub form: Form,
}

/// How a text stands to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// In it, on it or at it.
    At,
    /// Close to it, but not in it.
    Near,
    /// Between it and another.
    Between,
    /// At sea before it.
    Off,
    /// Coming from it.
    From,
    /// Going to it.
    Toward,
}

impl Relation {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Relation::At => "at",
            Relation::Near => "near",
            Relation::Between => "between",
            Relation::Off => "off",
            Relation::From => "from",
            Relation::Toward => "toward",
        }
    }
}

/// How much of a place is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// All of it.
    Whole,
    /// Some part of it, which has no name of its own.
    Part,
}

impl Extent {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Extent::Whole => "whole",
            Extent::Part => "part",
        }
    }
}

/// How a place is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// By its own name.
    Name,
    /// By its people or their adjective: "Ecuadorian". It tells a country, seldom a scene.
    Adjective,
    /// By its name within the name of something else: "the Guayaquil Chamber of Commerce".
    PartOfName,
}

impl Form {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Form::Name => "name",
            Form::Adjective => "adjective",
            Form::PartOfName => "part-of-name",
        }
    }
}

/// How close what is meant is to the coordinates of its entry, from the closest on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// The town itself, or some spot in it.
    Town,
    /// Near the town, or in a facility that bears its name.
    NearTown,
    /// Somewhere in a second level region.
    Region2,
    /// Somewhere in a first level region.
    Region1,
    /// Somewhere in a country.
    Country,
    /// Somewhere in a wide region, in a sea, along a river or in mountains.
    Wide,
    /// Nowhere on the map: the gazetteer has no such name.
    NotFound,
}

impl Precision {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Precision::Town => "town",
            Precision::NearTown => "near-town",
            Precision::Region2 => "region2",
            Precision::Region1 => "region1",
            Precision::Country => "country",
            Precision::Wide => "wide",
            Precision::NotFound => "not-found",
        }
    }
}

/// A name that may be a place's, before it is decided which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name alone: "Guayaquil" of "a port near Guayaquil".
    pub text: String,
    /// Where it stands, in bytes of its text.
    pub span: Range<usize>,
    /// How the place is named.
    pub form: Form,
    /// What the words beside it say it is: a region in "Guayas province".
    pub kind: Option<PlaceKind>,
    /// The name beside it that may be of what it lies in: "Ohio" after "Toledo, ".
    pub within: Option<String>,
}

/// Reads the places out of a text. `senses` tells which place a name is, over the whole report:
/// [`resolve`] makes them of the [`names`] of all its texts.
pub fn places(
    words: &Words,
    gazetteer: &Gazetteer,
    doc: &Doc,
    senses: &Senses,
) -> Vec<Cited<Place>> {
    placed(words, gazetteer, doc, &names(words, gazetteer, doc), senses)
}

/// The places that the [`names`] of a text are, by the senses of its report.
pub fn placed(
    words: &Words,
    gazetteer: &Gazetteer,
    doc: &Doc,
    names: &[Name],
    senses: &Senses,
) -> Vec<Cited<Place>> {
    names.iter().map(|name| place(words, gazetteer, doc, name, senses)).collect()
}

fn place(
    words: &Words,
    gazetteer: &Gazetteer,
    doc: &Doc,
    name: &Name,
    senses: &Senses,
) -> Cited<Place> {
    let entry = senses.of(gazetteer, name);
    let found = facility(words, doc, name);
    let precision = match entry {
        Some(row) => precision(&gazetteer.entry(row), found.relation, found.noun.is_some()),
        None => Precision::NotFound,
    };
    let place = Place {
        name: name.text.clone(),
        relation: found.relation,
        entry,
        precision,
        extent: found.extent,
        facility: found.noun,
        form: name.form,
    };
    Cited::new(place, found.span)
}

impl Precision {
    /// That of a place which is meant as it stands in the gazetteer.
    pub fn of(entry: &Entry<'_>) -> Precision {
        precision(entry, None, false)
    }
}

fn precision(entry: &Entry<'_>, relation: Option<Relation>, facility: bool) -> Precision {
    let beside = matches!(relation, Some(Relation::Near | Relation::Between | Relation::Off));
    match entry.kind {
        PlaceKind::City if beside || facility => Precision::NearTown,
        PlaceKind::City => Precision::Town,
        // Its coordinates are those of a wider place, so they are no closer than that.
        PlaceKind::Region2 if entry.source != CoordinateSource::Above => Precision::Region2,
        PlaceKind::Region1 | PlaceKind::Region2 => Precision::Region1,
        PlaceKind::Country => Precision::Country,
        PlaceKind::Region
        | PlaceKind::Sea
        | PlaceKind::River
        | PlaceKind::Lake
        | PlaceKind::Mountains => Precision::Wide,
    }
}
