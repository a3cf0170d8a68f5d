//! The `re3d` set: people, organisations and places in texts about security.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::Range;

use atalaya_facts::pack::Class;
use atalaya_facts::value::actor::{self, Actor, Form, Scene};
use atalaya_facts::value::found::Found;
use atalaya_facts::value::labels::Labels;
use atalaya_facts::value::place::{self, Place};
use atalaya_facts::value::thing::{self, Thing};
use atalaya_facts::value::{Cited, quantity};
use atalaya_facts::{Gazetteer, Pack};
use atalaya_parse::{Doc, Pipeline, Pos};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::offsets::Offsets;
use crate::set::Options;

#[derive(Deserialize)]
struct Text {
    id: String,
    text: String,
    entities: Vec<Gold>,
}

#[derive(Deserialize)]
struct Gold {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
}

/// What the set calls our classes, and how its annotators mark them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    person: Vec<String>,
    organisation: Vec<String>,
    location: Vec<String>,
    determiners: bool,
    links: bool,
    names: bool,
    directions: bool,
    pronouns: BTreeMap<String, BTreeSet<String>>,
    plain: BTreeMap<char, char>,
}

const PERSON: &str = "Person";
const ORGANISATION: &str = "Organisation";
const LOCATION: &str = "Location";

/// What texts are read with.
struct Reader {
    pack: Pack,
    gazetteer: Gazetteer,
    pipeline: Pipeline,
    table: Table,
}

/// One block of a text, and all that is read in it.
struct Block {
    /// Where it starts in the text.
    at: usize,
    doc: Doc,
    actors: Vec<Cited<Actor>>,
    things: Vec<Cited<Thing>>,
    places: Vec<Cited<Place>>,
}

/// Spans of bytes of a text, with what the set calls them.
type Marks = BTreeSet<(usize, usize, &'static str)>;

pub(crate) fn run(options: &Options) -> io::Result<Value> {
    let table = toml::from_str(include_str!("re3d.toml")).map_err(io::Error::other)?;
    let (pack, pipeline) = (options.engine.pack()?, options.engine.pipeline()?);
    let reader = Reader { pack, gazetteer: options.engine.gazetteer()?, pipeline, table };
    let (mut predictions, mut counts) = (Vec::new(), Counts::default());
    for text in options.items::<Text>()? {
        let plain = |c: char| reader.table.plain.get(&c).copied().unwrap_or(c);
        let plain: String = text.text.chars().map(plain).collect();
        let offsets = Offsets::of(&plain);
        let found: BTreeSet<(usize, usize, &str)> = marks(&reader, &plain)
            .into_iter()
            .map(|(start, end, kind)| (offsets.point(start), offsets.point(end), kind))
            .collect();
        counts.add(&text.entities, &found);
        let entities: Vec<Value> = found
            .iter()
            .map(|(start, end, kind)| json!({ "start": start, "end": end, "type": kind }))
            .collect();
        predictions.push(json!({ "id": text.id, "entities": entities }));
    }
    options.write(&predictions)?;
    Ok(counts.figures())
}

fn marks(reader: &Reader, text: &str) -> Marks {
    let mut marks = Marks::new();
    for block in blocks(reader, text) {
        for actor in &block.actors {
            mark_actor(reader, &block, actor, &mut marks);
        }
        for thing in &block.things {
            let kind = thing.value.class.and_then(|class| reader.kind(class));
            if kind == Some(LOCATION) {
                let span = reader.marked(&block, &thing.span);
                marks.insert((block.at + span.start, block.at + span.end, LOCATION));
            }
        }
        mark_places(reader, &block, &mut marks);
        for token in block.doc.tokens() {
            let shouted = token.text().len() > 1 && !token.text().contains(char::is_lowercase);
            let word = if shouted { String::new() } else { token.text().to_lowercase() };
            let kind = [PERSON, ORGANISATION, LOCATION].into_iter().find(|kind| {
                reader.table.pronouns.get(*kind).is_some_and(|words| words.contains(&word))
            });
            let span = token.bytes();
            marks.extend(kind.map(|kind| (block.at + span.start, block.at + span.end, kind)));
        }
    }
    marks
}

/// Reads a text line by line, as reports are read block by block.
fn blocks(reader: &Reader, text: &str) -> Vec<Block> {
    let Reader { pack, gazetteer, pipeline, .. } = reader;
    let mut at = 0;
    let mut docs: Vec<(usize, Doc)> = Vec::new();
    for line in text.split_inclusive('\n') {
        docs.push((at, pipeline.parse(line.trim_end())));
        at += line.len();
    }
    let found: Vec<Found> = docs.iter().map(|(_, doc)| Found::of(pack, doc)).collect();
    let all: Vec<(&Doc, &Found)> = docs.iter().map(|(_, doc)| doc).zip(&found).collect();
    let labels = Labels::of(pack, gazetteer, &all);
    let words = &pack.places;
    let names: Vec<_> =
        docs.iter().flat_map(|(_, doc)| place::names(words, gazetteer, doc)).collect();
    let senses = place::resolve(words, gazetteer, &names);
    let block = |((at, doc), found): ((usize, Doc), &Found)| {
        let quantities = quantity::quantities(pack, &doc);
        let places = place::places(words, gazetteer, &doc, &senses);
        let scene = Scene {
            pack,
            gazetteer,
            doc: &doc,
            found,
            labels: &labels,
            places: &places,
            quantities: &quantities,
        };
        let actors = actor::actors(scene);
        let things = thing::things(pack, &doc, found, &quantities);
        Block { at, doc, actors, things, places }
    };
    docs.into_iter().zip(&found).map(block).collect()
}

fn mark_actor(reader: &Reader, block: &Block, actor: &Cited<Actor>, marks: &mut Marks) {
    let value = &actor.value;
    let last = block.doc.token_at(actor.span.end - 1);
    let several = [Some(block.doc.token(value.head)), last].into_iter().flatten();
    let several = several.into_iter().any(|token| token.feature("Number") == Some("Plur"));
    let kind = match value.class.and_then(|class| reader.kind(class)) {
        Some(PERSON) if several => ORGANISATION,
        Some(kind) => kind,
        None => return,
    };
    let span = reader.marked(block, &actor.span);
    marks.insert((block.at + span.start, block.at + span.end, kind));
    if reader.table.names && value.form == Form::Name {
        let own = &block.doc.text()[actor.span.clone()];
        if let Some(start) = own.rfind(&value.name) {
            let start = block.at + actor.span.start + start;
            marks.insert((start, start + value.name.len(), kind));
        }
    }
}

fn mark_places(reader: &Reader, block: &Block, marks: &mut Marks) {
    let acting = |place: &Cited<Place>| {
        block.actors.iter().any(|actor| {
            let head = block.doc.token(actor.value.head).bytes();
            place.span.start <= head.start && head.end <= place.span.end
        })
    };
    for place in block.places.iter().filter(|place| !acting(place)) {
        let named = block.doc.text()[place.span.clone()].rfind(&place.value.name);
        let start = place.span.start + named.unwrap_or(0);
        let name = start..start + place.value.name.len();
        if place.value.form == place::Form::Name {
            let mut span = reader.marked(block, &name);
            let before = block.doc.token_at(name.start).and_then(|t| t.index().checked_sub(1));
            if reader.table.directions && place.value.extent.is_some() && span == name {
                span.start = before.map_or(span.start, |at| block.doc.token(at).bytes().start);
            }
            marks.insert((block.at + span.start, block.at + span.end, LOCATION));
        }
        if reader.table.names && place.value.form != place::Form::Adjective {
            marks.insert((block.at + name.start, block.at + name.end, LOCATION));
        }
    }
}

impl Reader {
    /// What the set calls a class.
    fn kind(&self, class: Class) -> Option<&'static str> {
        let classes = &self.pack.classes;
        let is = |names: &[String]| {
            let known = names.iter().filter_map(|name| classes.by_name(name));
            known.into_iter().any(|ancestor| classes.is_a(class, ancestor))
        };
        let Table { person, organisation, location, .. } = &self.table;
        let kinds = [(person, PERSON), (organisation, ORGANISATION), (location, LOCATION)];
        kinds.into_iter().find(|(names, _)| is(names)).map(|(_, kind)| kind)
    }

    /// Our words with what the set's annotators mark besides.
    fn marked(&self, block: &Block, span: &Range<usize>) -> Range<usize> {
        let doc = &block.doc;
        let Some(first) = doc.token_at(span.start) else { return span.clone() };
        let mut start = first.index();
        let is_before = |index: usize| {
            let token = doc.token(index);
            let own = token.pos() == Pos::Det || token.feature("Poss") == Some("Yes");
            let head = token.head().bytes().start;
            own && !token.is_space() && span.contains(&head)
        };
        let number = |index: usize| doc.token(index).pos() == Pos::Num;
        let mut before = start;
        while before > 0 && number(before - 1) {
            before -= 1;
        }
        if self.table.determiners && before > 0 && is_before(before - 1) {
            start = before - 1;
        }
        let mut end = span.end;
        if self.table.links
            && let Some(last) = doc.token_at(span.end.saturating_sub(1))
        {
            let of =
                last.children().find(|child| child.dep() == "prep" && child.index() > last.index());
            let tail = of.and_then(|of| of.subtree().last());
            end = tail.map_or(end, |tail| tail.bytes().end);
        }
        doc.token(start).bytes().start..end
    }
}

/// Right, found and marked spans by what the set calls them.
#[derive(Default)]
struct Counts {
    right: BTreeMap<&'static str, usize>,
    found: BTreeMap<&'static str, usize>,
    gold: BTreeMap<&'static str, usize>,
}

impl Counts {
    fn add(&mut self, gold: &[Gold], found: &BTreeSet<(usize, usize, &'static str)>) {
        for kind in [PERSON, ORGANISATION, LOCATION] {
            let gold: BTreeSet<(usize, usize)> =
                gold.iter().filter(|g| g.kind == kind).map(|g| (g.start, g.end)).collect();
            let found: BTreeSet<(usize, usize)> =
                found.iter().filter(|f| f.2 == kind).map(|f| (f.0, f.1)).collect();
            *self.right.entry(kind).or_default() += gold.intersection(&found).count();
            *self.found.entry(kind).or_default() += found.len();
            *self.gold.entry(kind).or_default() += gold.len();
        }
    }

    fn figures(&self) -> Value {
        let f1 = |right: usize, both: usize| 200.0 * right as f64 / both.max(1) as f64;
        let of = |kind: &str| f1(self.right[kind], self.found[kind] + self.gold[kind]);
        let sum = |counts: &BTreeMap<&str, usize>| counts.values().sum::<usize>();
        json!({
            "set": "re3d", "gold": sum(&self.gold), "found": sum(&self.found),
            "micro_f1": f1(sum(&self.right), sum(&self.found) + sum(&self.gold)),
            "person_f1": of(PERSON), "organisation_f1": of(ORGANISATION),
            "location_f1": of(LOCATION),
        })
    }
}
