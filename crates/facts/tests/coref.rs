//! Who is who in reports of our own writing, and in hostile ones.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

mod support;

use std::time::{Duration, Instant};

use atalaya_facts::Cited;
use atalaya_facts::coref::{Text, referents};
use atalaya_facts::value::actor::{Actor, Form};

use support::report::read;
use support::{english, gazetteer, parse};

/// Each actor of a report's texts, and the name of whom it refers to.
fn told(texts: &[&str]) -> Vec<(String, String)> {
    let read = read(texts);
    let texts: Vec<Text<'_>> =
        read.iter().map(|read| (&read.doc, &read.actors[..], &read.places[..])).collect();
    let found = referents(english(), gazetteer(), &texts);
    let mut told = Vec::new();
    for (doc, text) in texts.iter().enumerate() {
        for (at, actor) in text.1.iter().enumerate() {
            let whom = found.actor(doc, at).map_or("-", |number| &found.all[number].label);
            told.push((text.0.text()[actor.span.clone()].to_owned(), whom.to_owned()));
        }
    }
    told
}

/// Whom the mentions with some words refer to.
fn whom(told: &[(String, String)], words: &str) -> Vec<String> {
    told.iter().filter(|(own, _)| own == words).map(|(_, whom)| whom.clone()).collect()
}

#[test]
fn surnames_and_titles_are_of_the_person_named_in_full() {
    let told = told(&[
        "Mora promises radars",
        "President Luis Mora met Ana Ruiz on Monday.",
        "Mr. Mora said that Ruiz was right. President Mora left early.",
    ]);
    assert_eq!(whom(&told, "Mr. Mora"), ["Luis Mora"]);
    assert_eq!(whom(&told, "President Mora"), ["Luis Mora"]);
    assert_eq!(whom(&told, "Ruiz"), ["Ana Ruiz"]);
}

#[test]
fn a_surname_of_two_people_is_nobody_s() {
    let told = told(&[
        "Pedro Salas met Marta Salas in Lima.",
        "On Friday Mr. Salas refused to talk. Marta Salas agreed.",
    ]);
    assert_eq!(whom(&told, "Mr. Salas"), ["-"]);
    assert_eq!(whom(&told, "Marta Salas"), ["Marta Salas", "Marta Salas"]);
}

#[test]
fn a_post_alone_is_its_one_holder_s() {
    let told = told(&[
        "The president was not there at first.",
        "Ecuadorian President Luis Mora signed the decree. The president said he was pleased.",
        "Peruvian President Ana Ruiz did not. Later the president left.",
    ]);
    assert_eq!(whom(&told, "president"), ["-", "Luis Mora", "-"]);
}

#[test]
fn short_names_are_of_the_long_ones_beside_them() {
    let told = told(&[
        "Fighters of the Eastern Liberation Front (ELF) freed Luis Mora, alias \"Topo\".",
        "The ELF said that Topo was ill.",
    ]);
    assert_eq!(whom(&told, "ELF"), ["Eastern Liberation Front", "Eastern Liberation Front"]);
    assert_eq!(whom(&told, "Topo"), ["Luis Mora", "Luis Mora"]);
}

#[test]
fn countries_and_their_adjectives_are_one() {
    let read = read(&["Spain sent a ship.", "The Spanish navy left Spain."]);
    let texts: Vec<Text<'_>> =
        read.iter().map(|read| (&read.doc, &read.actors[..], &read.places[..])).collect();
    let found = referents(english(), gazetteer(), &texts);
    let spain = found.actor(0, 0);
    assert!(spain.is_some());
    assert_eq!(found.place(0, 0), spain);
    assert_eq!([found.place(1, 0), found.place(1, 1)], [spain, spain]);
}

#[test]
fn fifty_thousand_mentions_are_read_in_linear_time() {
    let doc = parse(&"x ".repeat(10));
    let person = english().classes.by_name("person");
    let actor = |number: usize| {
        let name = match number % 4 {
            0 => format!("Name{} Mora", number % 9_000),
            1 => "Mora".to_owned(),
            2 => format!("Only{number}"),
            _ => format!("Name{} Mora Ruiz Peña", number % 700),
        };
        let head = number % 10;
        let (form, class) = (Form::Name, person);
        let actor = Actor {
            head,
            name,
            form,
            several: false,
            class,
            country: None,
            office: None,
            extent: None,
            members: Vec::new(),
        };
        Cited::new(actor, head * 2..head * 2 + 1)
    };
    let time = |count: usize| {
        let actors: Vec<Cited<Actor>> = (0..count).map(actor).collect();
        let begun = Instant::now();
        let found = referents(english(), gazetteer(), &[(&doc, &actors, &[])]);
        assert!(found.all.len() > count / 4);
        begun.elapsed()
    };
    let (once, twice) = (time(50_000), time(100_000));
    assert!(once < Duration::from_secs(20), "{once:?}");
    assert!(twice < Duration::from_millis(500) + 4 * once, "{once:?}, {twice:?}");
}

#[test]
fn a_body_of_soldiers_is_no_soldier() {
    let class = |text: &str, name: &str| {
        let read = read(&[text]);
        let texts: Vec<Text<'_>> =
            read.iter().map(|read| (&read.doc, &read.actors[..], &read.places[..])).collect();
        let found = referents(english(), gazetteer(), &texts);
        let whom = found.all.into_iter().find(|referent| referent.label == name).unwrap();
        english().classes.name(whom.class.unwrap()).to_owned()
    };
    let unit = "Task Force Condor, a unit of soldiers and marines, left Lima on Monday.";
    assert_eq!(class(unit, "Task Force Condor"), "organisation");
    let man = "Pedro Salas, a soldier from Lima, left on Monday.";
    assert_eq!(class(man, "Pedro Salas"), "soldier");
}
