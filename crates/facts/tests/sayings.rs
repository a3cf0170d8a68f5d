//! Every verb of saying tells who says what in a plain sentence of each kind that it can stand in.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use atalaya_facts::claim::Claim;
use atalaya_facts::statement::{Role, statements};

use support::claims::claims;
use support::{english, files, parse, root};

/// A sentence with a verb in one construction; the verb stands as the dictionary has it.
fn sentence(verb: &str, takes: &str) -> Option<String> {
    Some(match takes {
        "clause" => format!("The mayor will {verb} that the old bridge is unsafe."),
        "quotation" => format!("\"The old bridge is unsafe,\" the mayor will {verb}."),
        "question" => format!("The mayor will {verb} whether the old bridge is safe."),
        _ => return None,
    })
}

/// Verbs with their group's name and a construction of it.
fn verbs() -> Vec<(String, String, String)> {
    let files = files();
    let file: toml::Table = files["speech/en.toml"].parse().unwrap();
    let strings = |value: &toml::Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
    };
    let mut verbs = Vec::new();
    for group in file["verb"].as_array().unwrap() {
        // Who only hears says nothing.
        if group.get("hears").is_some() {
            continue;
        }
        for verb in strings(&group["words"]) {
            for takes in strings(&group["takes"]) {
                verbs.push((verb.clone(), group["name"].as_str().unwrap().to_owned(), takes));
            }
        }
    }
    verbs
}

/// Whether a sentence tells that the mayor says it, by the words of a group.
fn tells(sentence: &str, group: &str) -> bool {
    let doc = parse(sentence);
    let found = statements(&english().speech, &[&doc]);
    found.iter().filter(|statement| statement.rule == format!("speech/{group}")).any(|statement| {
        let mut sources = statement.sources.iter();
        sources.any(|source| {
            source.role == Role::Speaker && doc.text()[source.span.clone()].ends_with("mayor")
        })
    })
}

#[test]
fn every_verb_of_saying_tells_who_says_what() {
    let mut told: BTreeMap<String, Vec<bool>> = BTreeMap::new();
    for (verb, group, takes) in verbs() {
        if let Some(sentence) = sentence(&verb, &takes) {
            told.entry(verb).or_default().push(tells(&sentence, &group));
        }
    }
    assert!(told.len() > 150, "{} verbs", told.len());
    let silent: Vec<&String> =
        told.iter().filter(|(_, told)| !told.contains(&true)).map(|(verb, _)| verb).collect();
    assert!(silent.is_empty(), "verbs that tell nothing: {silent:?}");
    // "Will go on whether": not every verb stands well in every construction that its group takes.
    let all: Vec<bool> = told.into_values().flatten().collect();
    let wrong = all.iter().filter(|told| !**told).count();
    assert!(wrong * 50 < all.len(), "{wrong} of {} sentences tell nothing", all.len());
}

#[test]
fn a_dash_that_ends_a_text_names_nobody() {
    let doc = parse("\"We are nearly out of fuel, and the wells are dry.\" -");
    let found = statements(&english().speech, &[&doc]);
    assert!(found.iter().all(|statement| statement.sources.is_empty()), "{found:?}");
}

/// Who says what each claim of a sentence tells, in the notation of the corpus.
fn said(sentence: &str) -> Vec<String> {
    let (all, _) = claims(&[sentence]);
    let line = |claim: &Claim| {
        let links: Vec<&str> = claim.attribution.iter().map(|link| link.name.as_str()).collect();
        let who = if links.is_empty() { "article".to_owned() } else { links.join(" < ") };
        format!("{}: {who}", claim.kind)
    };
    all.claims.iter().map(line).collect()
}

#[test]
fn every_claim_is_told_by_who_tells_it() {
    let path = root().join("packs/world/speech/en.md");
    let text = fs::read_to_string(path).unwrap();
    let mut sentence = "";
    let mut missing = String::new();
    for line in text.lines() {
        match line.split_once(' ') {
            Some((">", words)) => sentence = words,
            Some(("-", wanted)) => {
                let found = said(sentence);
                if !found.iter().any(|line| line == wanted) {
                    writeln!(missing, "{sentence}\n  wanted {wanted}\n  found  {found:?}").unwrap();
                }
            }
            _ => {}
        }
    }
    assert!(missing.is_empty(), "{missing}");
}
