//! The pack's examples of actors and things, and hostile texts.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

mod support;

use std::fmt::Write;

use atalaya_facts::value::actor::{Actor, Extent, Form, Office, Tense, actors};
use atalaya_facts::value::labels::Labels;
use atalaya_facts::value::place::{self, Place};
use atalaya_facts::value::quantity::{Quantity, quantities};
use atalaya_facts::value::thing::{Thing, things};
use atalaya_facts::{Cited, Class};
use atalaya_parse::Doc;

use support::{english, gazetteer, parse};

/// All that is read in one text.
struct Read {
    doc: Doc,
    places: Vec<Cited<Place>>,
    actors: Vec<Cited<Actor>>,
    things: Vec<Cited<Thing>>,
}

fn read(text: &str) -> Read {
    let (pack, doc) = (english(), parse(text));
    let quantities: Vec<Cited<Quantity>> = quantities(pack, &doc);
    let names = place::names(&pack.places, gazetteer(), &doc);
    let senses = place::resolve(&pack.places, gazetteer(), &names);
    let places = place::places(&pack.places, gazetteer(), &doc, &senses);
    let labels = Labels::of(pack, gazetteer(), &[&doc]);
    let actors = actors(pack, gazetteer(), &doc, &labels, &places, &quantities);
    let things = things(pack, &doc, &actors, &quantities);
    Read { doc, places, actors, things }
}

fn class(class: Option<Class>) -> &'static str {
    class.map_or("?", |class| english().classes.name(class))
}

/// An actor as the corpora write it.
fn actor(text: &str, cited: &Cited<Actor>) -> String {
    let actor = &cited.value;
    let words = &text[cited.span.clone()];
    let mut told = format!("{} · {words}", class(actor.class));
    if actor.form == Form::Name && words != actor.name {
        write!(told, " = {}", actor.name).unwrap();
    }
    actor.country.iter().for_each(|country| write!(told, " · {country}").unwrap());
    actor.office.iter().for_each(|held| write!(told, " · {}", office(held)).unwrap());
    match &actor.extent {
        Some(Extent::Count(count)) => {
            let count = Quantity { of: None, ..count.clone() };
            write!(told, " · {count}").unwrap();
        }
        Some(extent) => write!(told, " · {}", format!("{extent:?}").to_lowercase()).unwrap(),
        None => {}
    }
    if !actor.members.is_empty() {
        let members = actor.members.iter().map(|member| member.value.name.as_str());
        write!(told, " · [{}]", members.collect::<Vec<_>>().join(", ")).unwrap();
    }
    told
}

fn office(office: &Office) -> String {
    let mut told = match office.tense {
        Tense::Current => String::new(),
        tense => format!("{} ", format!("{tense:?}").to_lowercase()),
    };
    told.push_str(&office.post);
    office.body.iter().for_each(|body| write!(told, " of \"{body}\"").unwrap());
    office.country.iter().for_each(|country| write!(told, " of {country}").unwrap());
    told
}

/// Actors and things as the corpora write them, in the order of the words.
fn told(text: &str) -> Vec<String> {
    let found = read(text);
    let actors = found.actors.iter().map(|cited| (cited.value.head, actor(text, cited)));
    let things = found.things.iter().map(|cited| {
        let thing = &cited.value;
        let told =
            format!("{} · {} = {}", class(thing.class), &text[cited.span.clone()], thing.name);
        (thing.head, format!("thing {told}"))
    });
    let mut told: Vec<(usize, String)> = actors.chain(things).collect();
    told.sort_by_key(|(head, _)| *head);
    told.into_iter().map(|(_, told)| told).collect()
}

#[test]
fn every_sentence_gives_its_actors_and_things() {
    let folders = ["actors/", "extents/", "offices/", "things/", "titles/"];
    let sentences = support::check(&folders, told);
    assert!(std::env::var_os("UPDATE").is_some() || sentences > 100, "{sentences} sentences");
}
