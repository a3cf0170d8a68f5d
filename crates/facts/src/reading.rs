//! Readings: a report's blocks as they are parsed, the values they state, and its mentions.

mod prepare;
mod truecase;

use std::ops::Range;

use atalaya_parse::Doc;
use atalaya_read::{BlockKind, Report};
use jiff::civil::Date;

use crate::coref::{self, Referents};
use crate::gazetteer::Gazetteer;
use crate::pack::{Class, Pack};
use crate::value::Cited;
use crate::value::actor::{self, Actor, Scene};
use crate::value::found::Found;
use crate::value::labels::Labels;
use crate::value::period::{self, Period};
use crate::value::place::{self, Place};
use crate::value::quantity::{self, Quantity};
use crate::value::thing::{self, Thing};

pub use prepare::{Prepared, prepare};
pub use truecase::Words;

/// All that was read out of one report, before any claim is made of it.
#[derive(Debug)]
pub struct Reading<'r> {
    /// The report.
    pub report: &'r Report,
    /// The day it was published, where it says so to the day.
    pub published: Option<Date>,
    /// Its story, piece by piece, in order.
    pub parts: Vec<Part>,
    /// What sort of name each of its names is.
    pub labels: Labels,
    /// Which of its actors and places are the same; texts are numbered as the parts.
    pub referents: Referents,
    /// What it mentions, in the order of the text.
    pub mentions: Vec<Mention>,
}

/// A piece of a report that was parsed on its own: a block, or a table's cell.
#[derive(Debug)]
pub struct Part {
    /// The block it is or stands in: its place in [`Report::blocks`].
    pub block: usize,
    /// What that block is.
    pub kind: BlockKind,
    /// What the parser was given, and the way back.
    pub prepared: Prepared,
    /// What it made of it.
    pub doc: Doc,
    /// The pack's nouns and names in that.
    pub found: Found,
    /// The quantities it states. The spans of these and all values are bytes of [`Prepared::text`].
    pub quantities: Vec<Cited<Quantity>>,
    /// The times it tells.
    pub periods: Vec<Cited<Period>>,
    /// The places it names, each decided over the whole report.
    pub places: Vec<Cited<Place>>,
    /// The actors it tells of, in the order of their heads.
    pub actors: Vec<Cited<Actor>>,
    /// The things it names, in the order of their heads.
    pub things: Vec<Cited<Thing>>,
}

impl Part {
    /// The place among the actors of the one that a token heads.
    pub(crate) fn actor_at(&self, head: usize) -> Option<usize> {
        self.actors.binary_search_by_key(&head, |actor| actor.value.head).ok()
    }

    /// Whether a token heads a thing.
    pub(crate) fn is_thing(&self, head: usize) -> bool {
        self.things.binary_search_by_key(&head, |thing| thing.value.head).is_ok()
    }
}

/// Words of a report that stand for something, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// What sort of value it is.
    pub kind: MentionKind,
    /// Its words, in bytes of [`Report::text`].
    pub span: Range<usize>,
    /// Its part: a place in [`Reading::parts`].
    pub part: usize,
    /// Its place among the part's values of its kind.
    pub index: usize,
    /// What it is, in a few words: a name, an amount, a time.
    pub label: String,
    /// Its class: of an actor or thing one of the pack's, of a place what it is on the map, of a
    /// quantity what it measures, of a time what it tells. Absent where that is not known.
    pub class: Option<String>,
    /// Mentions with one number stand for one and the same; absent where nothing is known of that.
    pub referent: Option<u32>,
}

/// The sorts of values that are mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum MentionKind {
    Actor,
    Thing,
    Place,
    Quantity,
    Period,
}

impl MentionKind {
    /// All of them.
    pub const ALL: [MentionKind; 5] = [
        MentionKind::Actor,
        MentionKind::Thing,
        MentionKind::Place,
        MentionKind::Quantity,
        MentionKind::Period,
    ];

    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            MentionKind::Actor => "actor",
            MentionKind::Thing => "thing",
            MentionKind::Place => "place",
            MentionKind::Quantity => "quantity",
            MentionKind::Period => "period",
        }
    }
}

/// Reads the values out of what was [`prepare`]d and then parsed, in the order of the report.
pub fn read<'r>(
    pack: &Pack,
    gazetteer: &Gazetteer,
    report: &'r Report,
    docs: Vec<(Prepared, Doc)>,
) -> Reading<'r> {
    let published = published(report);
    let names: Vec<Vec<place::Name>> =
        docs.iter().map(|(_, doc)| place::names(&pack.places, gazetteer, doc)).collect();
    let senses = place::resolve(&pack.places, gazetteer, names.iter().flatten());
    let found: Vec<Found> = docs.iter().map(|(_, doc)| Found::of(pack, doc)).collect();
    let all: Vec<(&Doc, &Found)> = docs.iter().map(|(_, doc)| doc).zip(&found).collect();
    let labels = Labels::of(pack, gazetteer, &all);
    let parts = docs.into_iter().zip(found).zip(&names).map(|(((prepared, doc), found), names)| {
        let quantities = quantity::quantities(pack, &doc);
        let periods = period::periods(&pack.periods, &doc, published);
        let places = place::placed(&pack.places, gazetteer, &doc, names, &senses);
        let scene = Scene {
            pack,
            gazetteer,
            doc: &doc,
            found: &found,
            labels: &labels,
            places: &places,
            quantities: &quantities,
        };
        let actors = actor::actors(scene);
        let things = thing::things(pack, &doc, &found, &quantities);
        let (block, kind) = (prepared.block, report.blocks[prepared.block].kind);
        Part { block, kind, prepared, doc, found, quantities, periods, places, actors, things }
    });
    let parts: Vec<Part> = parts.collect();
    let texts: Vec<coref::Text<'_>> = parts
        .iter()
        .map(|part| (&part.doc, part.actors.as_slice(), part.places.as_slice()))
        .collect();
    let referents = coref::referents(pack, gazetteer, &texts);
    let mentions = mentions(pack, gazetteer, &parts, &referents);
    Reading { report, published, parts, labels, referents, mentions }
}

/// The day of publication, where the report tells it to the day.
fn published(report: &Report) -> Option<Date> {
    report.published.as_ref()?.when.get(..10)?.parse().ok()
}

/// What the parts mention, in the order of the text.
fn mentions(
    pack: &Pack,
    gazetteer: &Gazetteer,
    parts: &[Part],
    referents: &Referents,
) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let mut add = |kind, index, span: &Range<usize>, (label, class)| {
            let span = part.prepared.source(span.clone());
            let referent = match kind {
                MentionKind::Actor => referents.actor(at, index),
                MentionKind::Place => referents.place(at, index),
                MentionKind::Thing | MentionKind::Quantity | MentionKind::Period => None,
            };
            let referent = referent.map(|number| number as u32);
            mentions.push(Mention { kind, span, part: at, index, label, class, referent });
        };
        let named = |class: Option<Class>| class.map(|class| pack.classes.name(class).to_owned());
        for (index, cited) in part.actors.iter().enumerate() {
            let shown = (cited.value.name.clone(), named(cited.value.class));
            add(MentionKind::Actor, index, &cited.span, shown);
        }
        for (index, cited) in part.things.iter().enumerate() {
            let shown = (cited.value.name.clone(), named(cited.value.class));
            add(MentionKind::Thing, index, &cited.span, shown);
        }
        for (index, cited) in part.places.iter().enumerate() {
            add(MentionKind::Place, index, &cited.span, shown_place(gazetteer, &cited.value));
        }
        for (index, cited) in part.quantities.iter().enumerate() {
            add(MentionKind::Quantity, index, &cited.span, shown_quantity(pack, &cited.value));
        }
        for (index, cited) in part.periods.iter().enumerate() {
            add(MentionKind::Period, index, &cited.span, shown_period(&cited.value));
        }
    }
    let order = |mention: &Mention| (mention.span.start, mention.span.end, mention.kind);
    mentions.sort_by(|a, b| order(a).cmp(&order(b)).then(a.index.cmp(&b.index)));
    mentions
}

/// A mention's label and class.
type Shown = (String, Option<String>);

fn shown_place(gazetteer: &Gazetteer, place: &Place) -> Shown {
    match place.entry.map(|row| gazetteer.entry(row)) {
        Some(entry) => (entry.name.to_owned(), Some(entry.kind.name().to_owned())),
        None => (place.name.clone(), None),
    }
}

fn shown_quantity(pack: &Pack, quantity: &Quantity) -> Shown {
    let unit = quantity.unit.as_deref();
    let measure = unit.map(|unit| pack.unit(unit).map_or(unit, |unit| unit.measure.as_str()));
    (quantity.to_string(), measure.map(str::to_owned))
}

fn shown_period(period: &Period) -> Shown {
    (period.edtf.clone(), Some(period.kind.name().to_owned()))
}
