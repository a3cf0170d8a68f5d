//! The pack's examples of actors and things, and hostile texts.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

mod support;

use std::fmt::Write;
use std::time::{Duration, Instant};

use atalaya_facts::pack::{self, Files};
use atalaya_facts::value::actor::{Actor, Extent, Form, Office, Tense};
use atalaya_facts::value::quantity::Quantity;
use atalaya_facts::{Cited, Class};

use support::english;
use support::report::read;

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
    let found = read(&[text]).remove(0);
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

#[test]
fn classes_are_what_stands_above_them() {
    let classes = &english().classes;
    let class = |name: &str| classes.by_name(name).unwrap();
    assert!(classes.is_a(class("police-dog"), class("authority")));
    assert!(classes.is_a(class("police-dog"), class("animal")));
    assert!(classes.is_a(class("cocaine"), class("contraband")));
    assert!(!classes.is_a(class("contraband"), class("cocaine")));
    for body in ["embassy", "media-outlet", "university", "navy", "ministry", "gang", "company"] {
        assert!(!classes.is_person(Some(class(body))), "{body}");
    }
    assert_eq!(classes.plover(class("police-officer")), Some("COP"));
    assert_eq!(classes.acled(class("navy")), Some("State forces"));
    let (actors, things): (Vec<Class>, Vec<Class>) =
        classes.iter().partition(|&class| classes.is_actor(class));
    assert!(actors.len() >= 80 && things.len() >= 150, "{} {}", actors.len(), things.len());
}

/// What is wrong with a pack to which files were added.
fn told_of(added: &[(&str, &str)]) -> String {
    let mut files: Files = support::files();
    for (path, text) in added {
        files.insert((*path).to_owned(), (*text).to_owned());
    }
    let told: Vec<String> = pack::check(&files).iter().map(ToString::to_string).collect();
    told.join("\n")
}

#[test]
fn mistakes_in_classes_are_told() {
    let actor = "broader = [\"polise\"]\n\n[narrower.cocaine]\nbroader = [\"zz\"]\n";
    let words =
        "label = \"Z\"\nnouns = [\"police officer\", \"zed\"]\n\n[narrower.zy]\nlabel = \"Y\"\n";
    let office = "[post.zet]\nclass = \"nobody\"\n";
    let told = told_of(&[
        ("actors/zz/actor.toml", actor),
        ("actors/zz/en.toml", words),
        ("actors/zz/en.md", ""),
        ("actors/ya/actor.toml", "broader = [\"yb\"]\n"),
        ("actors/yb/actor.toml", "broader = [\"ya\"]\n"),
        ("actors/yc/actor.toml", "broader = [\"ya\"]\n"),
        ("offices/zz/office.toml", office),
    ]);
    for part in [
        "actors/zz/actor.toml:1: there is no class `polise`",
        "`cocaine` is there already",
        "\"police officer\" has a meaning already",
        "actors/zz/en.toml:4: there is no class `zy`",
        "actors/ya/actor.toml:1: `ya` is broader than itself",
        "actors/yb/actor.toml:1: `yb` is broader than itself",
        "offices/zz/office.toml:2: there is no class `nobody`",
    ] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }
    assert!(!told.contains("`yc`"), "{told}");
}

#[test]
fn hostile_texts_take_linear_time() {
    let texts = [
        "A".repeat(1_000_000),
        "police ".repeat(5_000),
        "the mayor, the governor, ".repeat(1_000),
        "Luis Mora, alias Topo, ".repeat(1_000),
        "gangs such as gangs such as ".repeat(1_000),
        "soldiers and rebels and ".repeat(1_000),
        "Ecuador's navy's ".repeat(1_000),
        "groups of groups of ".repeat(1_000),
        "President Gen. Mr. ".repeat(1_000),
        "former deputy acting ".repeat(1_000) + "minister",
        "(FLN) ".repeat(2_000),
        "tons of boxes of ".repeat(1_000) + "cocaine",
    ];
    for text in texts {
        let shown = &text[..20];
        let once = time(&text);
        let twice = time(&text.repeat(2));
        assert!(once < Duration::from_secs(20), "{shown}… took {once:?}");
        assert!(twice < Duration::from_millis(500) + 4 * once, "{shown}… took {once:?}, {twice:?}");
    }
}

/// How long reading takes; most of it is the parser's time, which is linear too.
fn time(text: &str) -> Duration {
    let begun = Instant::now();
    for found in read(&[text]) {
        for actor in &found.actors {
            assert!(text.get(actor.span.clone()).is_some());
        }
    }
    begun.elapsed()
}
