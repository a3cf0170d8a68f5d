//! A report read whole: its texts with their actors, places and things.
#![allow(dead_code, reason = "each test takes what it needs")]

use atalaya_facts::Cited;
use atalaya_facts::value::actor::{Actor, Scene, actors};
use atalaya_facts::value::found::Found;
use atalaya_facts::value::labels::Labels;
use atalaya_facts::value::place::{self, Place};
use atalaya_facts::value::quantity::{Quantity, quantities};
use atalaya_facts::value::thing::{Thing, things};
use atalaya_parse::Doc;

use super::{english, gazetteer, parse};

/// All that is read in one text.
pub struct Read {
    pub doc: Doc,
    pub places: Vec<Cited<Place>>,
    pub actors: Vec<Cited<Actor>>,
    pub things: Vec<Cited<Thing>>,
}

/// Reads the texts of one report.
pub fn read(texts: &[&str]) -> Vec<Read> {
    let pack = english();
    let docs: Vec<Doc> = texts.iter().map(|text| parse(text)).collect();
    let found: Vec<Found> = docs.iter().map(|doc| Found::of(pack, doc)).collect();
    let labels = Labels::of(pack, gazetteer(), &docs.iter().zip(&found).collect::<Vec<_>>());
    let names = |doc| place::names(&pack.places, gazetteer(), doc);
    let names: Vec<place::Name> = docs.iter().flat_map(names).collect();
    let senses = place::resolve(&pack.places, gazetteer(), &names);
    let read = |(doc, found): (Doc, Found)| {
        let quantities: Vec<Cited<Quantity>> = quantities(pack, &doc);
        let places = place::places(&pack.places, gazetteer(), &doc, &senses);
        let actors = actors(Scene {
            pack,
            gazetteer: gazetteer(),
            doc: &doc,
            found: &found,
            labels: &labels,
            places: &places,
            quantities: &quantities,
        });
        let things = things(pack, &doc, &found, &quantities);
        Read { doc, places, actors, things }
    };
    docs.into_iter().zip(found).map(read).collect()
}
