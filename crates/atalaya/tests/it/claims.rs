//! Claims: each with its words, listed as asked for, and what was let go with its reason.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Desk, story};

/// The texts of a room's reports by their identifiers, as characters.
fn texts(desk: &Desk, room: &str) -> BTreeMap<String, Vec<char>> {
    let reports = desk.json(&["reports", "--json", "--room", room]);
    let text = |report: &Value| {
        let id = report["id"].as_str().unwrap().to_owned();
        let shown = desk.json(&["show", &id, "--json", "--room", room]).remove(0);
        (id, shown["text"].as_str().unwrap().chars().collect())
    };
    reports.iter().map(text).collect()
}

/// Whether a part of a claim has the words that stand at its offsets.
fn stands(text: &[char], part: &Value) -> bool {
    let at = |key: &str| usize::try_from(part[key].as_u64().unwrap()).unwrap();
    let words: String = text[at("start")..at("end")].iter().collect();
    !words.trim().is_empty() && part["text"] == words.as_str()
}

#[test]
fn every_claim_has_its_words() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["demo", "--room", "d.atalaya"]).code, Some(0));
    let texts = texts(&desk, "d.atalaya");
    let claims = desk.json(&["claims", "--json", "--room", "d.atalaya"]);
    assert!(claims.len() > 150, "{}", claims.len());
    for claim in &claims {
        let text = &texts[claim["report"]["id"].as_str().unwrap()];
        let list = |key: &str| claim[key].as_array().unwrap().iter();
        let parts = list("roles").chain(list("attribution")).chain([claim, &claim["trigger"]]);
        let wrong: Vec<&Value> = parts.filter(|part| !stands(text, part)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}\n{claim:#}");
        let stands_for = list("roles").map(|role| &role["antecedent"]);
        assert!(stands_for.filter(|words| !words.is_null()).all(|words| stands(text, words)));
    }
}

#[test]
fn claims_are_listed_as_asked_for() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["demo", "--room", "d.atalaya"]).code, Some(0));
    let all = desk.json(&["claims", "--json", "--room", "d.atalaya"]);
    for (option, key) in [("--kind", "kind"), ("--family", "family")] {
        for wanted in all.iter().map(|claim| claim[key].as_str().unwrap()).take(40) {
            let some = desk.json(&["claims", option, wanted, "--json", "--room", "d.atalaya"]);
            assert_eq!(some.len(), all.iter().filter(|claim| claim[key] == wanted).count());
        }
    }
    let report = all[0]["report"]["id"].as_str().unwrap();
    let some = desk.json(&["claims", "--report", report, "--json", "--room", "d.atalaya"]);
    assert!(!some.is_empty() && some.iter().all(|claim| claim["report"]["id"] == report));
    let exported = desk.run(&["export", "claims", "--room", "d.atalaya"]);
    assert_eq!(exported.out.lines().count(), all.len());
}

#[test]
fn what_is_let_go_is_kept_with_its_reason() {
    let desk = Desk::new();
    desk.write("a.txt", story(1));
    desk.json(&["add", "a.txt", "--json"]);
    let db = rusqlite::Connection::open(desk.path("room.atalaya")).unwrap();
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert!(count("SELECT count(*) FROM dropped WHERE why <> '' AND stop > start") > 0);
    assert_eq!(count("SELECT count(*) FROM dropped WHERE rule NOT LIKE '%/%'"), 0);
    assert_eq!(desk.run(&["remove", "a.txt", "--yes"]).code, Some(0));
    assert_eq!(count("SELECT count(*) FROM dropped"), 0);
}
