//! The pack's examples of kinds: what each sentence must give of its kind, and what it must not.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch the world")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;

use atalaya_facts::claim::{Aspect, Claim};

use support::claims::claims;
use support::{english, root};

/// A claim in the notation of the corpora.
fn told(claim: &Claim, text: &str) -> String {
    let mut line =
        claim.status.map_or(claim.assertion.realis.name(), |status| status.name()).to_owned();
    if claim.assertion.denied {
        line.push_str(" · denied");
    }
    if claim.aspect != Aspect::Once {
        write!(line, " · {}", claim.aspect.name()).unwrap();
    }
    if claim.presupposed {
        line.push_str(" · presupposed");
    }
    for role in &claim.roles {
        write!(line, " · {}: {}", role.id, &text[role.value.span.clone()]).unwrap();
    }
    line
}

/// An example of a corpus: what the engine reads in it, and what a person notes where that differs.
struct Example {
    sentence: String,
    read: Vec<String>,
    noted: Vec<String>,
}

/// A corpus as lines of its own and examples.
fn corpus(text: &str) -> Vec<Result<Example, String>> {
    let mut all: Vec<Result<Example, String>> = Vec::new();
    for line in text.lines() {
        let last = all.last_mut().and_then(|last| last.as_mut().ok());
        match (line.split_once(' '), last) {
            (Some((">", sentence)), _) => all.push(Ok(Example {
                sentence: sentence.to_owned(),
                read: Vec::new(),
                noted: Vec::new(),
            })),
            (Some(("-", claim)), Some(example)) => example.read.push(claim.to_owned()),
            (Some(("~", claim)), Some(example)) => example.noted.push(claim.to_owned()),
            _ => all.push(Err(line.to_owned())),
        }
    }
    all
}

/// The same claims but for articles and the order of their parts.
fn alike(a: &[String], b: &[String]) -> bool {
    let parts = |claims: &[String]| {
        let mut parts: Vec<Vec<String>> = claims
            .iter()
            .map(|claim| {
                let mut parts: Vec<String> = claim
                    .split(" · ")
                    .map(|part| {
                        let (role, words) = part.split_once(": ").unwrap_or(("", part));
                        let words = ["the ", "a ", "an "]
                            .iter()
                            .find_map(|article| {
                                words.to_lowercase().strip_prefix(article).map(str::to_owned)
                            })
                            .unwrap_or_else(|| words.to_lowercase());
                        format!("{role}: {words}")
                    })
                    .collect();
                parts.sort();
                parts
            })
            .collect();
        parts.sort();
        parts
    };
    parts(a) == parts(b)
}

const NONE: &str = "none";

/// `UPDATE=1` writes what is read into the corpora, `UPDATE=aid,seize` into those of these kinds. Where
/// it differs from what a person has noted, that is kept below it, after a `~`: a known miss.
#[test]
fn every_kind_gives_its_examples() {
    let update = std::env::var("UPDATE").unwrap_or_default();
    let written = |kind: &str| update == "1" || update.split(',').any(|it| it == kind);
    let mut fired: BTreeSet<String> = BTreeSet::new();
    let mut odd = String::new();
    let mut counts: BTreeMap<String, [usize; 5]> = BTreeMap::new();
    for kind in &english().kinds.kinds {
        let path = root().join(format!("packs/world/events/{}/en.md", kind.name));
        let mut now = String::new();
        for part in corpus(&fs::read_to_string(&path).unwrap()) {
            let example = match part {
                Ok(example) => example,
                Err(line) => {
                    writeln!(now, "{line}").unwrap();
                    continue;
                }
            };
            let (all, text) = claims(&[&example.sentence]);
            let own: Vec<&Claim> =
                all.claims.iter().filter(|claim| claim.kind == kind.name).collect();
            fired.extend(own.iter().map(|claim| claim.rule.clone()));
            let found: Vec<String> = own.iter().map(|claim| told(claim, &text)).collect();
            let noted: Vec<String> = match example.noted.as_slice() {
                [] => example.read.clone(),
                [none] if none == NONE => Vec::new(),
                noted => noted.to_vec(),
            };
            let count = counts.entry(kind.name.clone()).or_default();
            count[0] += 1;
            count[1] += usize::from(alike(&found, &noted));
            count[2] += usize::from(noted.is_empty());
            count[3] += usize::from(noted.is_empty() && !found.is_empty());
            count[4] += usize::from(!noted.is_empty() && found.is_empty());
            if found != example.read {
                writeln!(
                    odd,
                    "[{}] {}\n  was  {:#?}\n  now  {found:#?}",
                    kind.name, example.sentence, example.read
                )
                .unwrap();
            }
            writeln!(now, "> {}", example.sentence).unwrap();
            found.iter().for_each(|claim| writeln!(now, "- {claim}").unwrap());
            if !alike(&found, &noted) {
                let none = vec![NONE.to_owned()];
                let noted = if noted.is_empty() { &none } else { &noted };
                noted.iter().for_each(|claim| writeln!(now, "~ {claim}").unwrap());
            }
        }
        if written(&kind.name) {
            fs::write(&path, now).unwrap();
        }
    }
    let silent: Vec<String> = english()
        .kinds
        .kinds
        .iter()
        .flat_map(|kind| {
            kind.triggers.iter().map(move |trigger| format!("{}/{}", kind.name, trigger.name))
        })
        .filter(|rule| !fired.contains(rule))
        .collect();
    if let Some(path) = std::env::var_os("SHOW") {
        let mut table = String::new();
        let mut sum = [0; 5];
        for (kind, count) in &counts {
            writeln!(table, "{kind:20} sentences, as noted, of none, false, missed: {count:?}")
                .unwrap();
            sum.iter_mut().zip(count).for_each(|(sum, count)| *sum += count);
        }
        writeln!(table, "{:20} {sum:?}", "all").unwrap();
        fs::write(path, format!("{odd}\n{table}\nsilent: {silent:#?}\n")).unwrap();
    }
    if update.is_empty() {
        assert!(odd.is_empty(), "{odd}");
        assert!(silent.is_empty(), "triggers that fire in no example: {silent:#?}");
    }
}
