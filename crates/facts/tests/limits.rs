//! What is too much of one thing is bounded, and comes to something clear.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::disallowed_methods, reason = "a test may read the tree")]

mod support;

use std::collections::BTreeSet;

use atalaya_facts::fuse::input::{Act, Anchor, Mention, Report, Room, Verb};
use atalaya_facts::fuse::{Whole, fuse, update};

use support::room::{attack, person, report, room};
use support::{english, gazetteer};

/// How many notes are kept for each of so many of a kind.
fn notes(room: &Room) -> usize {
    let mut memory = Whole::of(room);
    let all: BTreeSet<String> = room.reports.iter().map(|report| report.id.clone()).collect();
    update(english(), gazetteer(), &mut memory, &all);
    memory.notes().len()
}

fn repeated(times: usize) -> Room {
    let claims = vec![attack("Manta", Some("2025-03-01"), 12.0); times];
    room(vec![report("a", Some("2025-03-02"), claims)])
}

#[test]
fn one_claim_told_again_and_again_is_one_fact_and_costs_as_much_each_time() {
    let fused = fuse(english(), gazetteer(), &repeated(600));
    assert_eq!(fused.facts.len(), 1);
    assert_eq!((fused.facts[0].claims.len(), fused.facts[0].reports), (600, 1));
    let (few, many) = (notes(&repeated(300)), notes(&repeated(600)));
    assert!(many < 2 * few + few / 5, "{few} notes for 300, {many} for 600");
}

/// A report that mentions so many people of one surname, each once.
fn namesakes(number: usize) -> Report {
    let mention = |at: usize| {
        let name = format!("{}{} Mora", (b'A' + u8::try_from(at % 26).unwrap()) as char, at / 26);
        let value = serde_json::from_value(person(&name, Some("EC"), None)).unwrap();
        let referent = Some(u32::try_from(at).unwrap());
        Mention { start: 10 * at, end: 10 * at + 5, referent, value }
    };
    Report { id: "1".repeat(16), mentions: (0..number).map(mention).collect(), ..Report::default() }
}

#[test]
fn many_people_of_one_surname_stay_many_and_the_surname_alone_is_nobody() {
    let short = |mut report: Report| {
        let value = serde_json::from_value(person("Mora", Some("EC"), None)).unwrap();
        report.id = "2".repeat(16);
        report.mentions = vec![Mention { start: 0, end: 4, referent: Some(0), value }];
        report
    };
    let one = namesakes(1);
    let fused = fuse(english(), gazetteer(), &room(vec![one.clone(), short(one)]));
    assert_eq!(fused.actors.len(), 1, "of one bearer the surname is his");
    let many = namesakes(1000);
    let fused = fuse(english(), gazetteer(), &room(vec![many.clone(), short(many)]));
    assert_eq!(fused.actors.len(), 1001);
    let (few, many) = (notes(&room(vec![namesakes(500)])), notes(&room(vec![namesakes(1000)])));
    assert!(many < 2 * few + few / 5, "{few} notes for 500, {many} for 1,000");
}

#[test]
fn decisions_in_a_ring_end_and_the_last_on_a_pair_counts() {
    let reports: Vec<Report> = ["a", "b", "c"]
        .iter()
        .map(|id| report(id, Some("2025-03-02"), vec![attack("Manta", Some("2025-03-01"), 12.0)]))
        .collect();
    let act = |verb: Verb, one: usize, other: usize| {
        let anchor = |at: usize| {
            let claim = &reports[at].claims[0];
            let (start, end) = (claim.trigger.start, claim.trigger.end);
            let (report, kind) = (reports[at].id.clone(), Some(claim.kind.clone()));
            Anchor { report, start, end, kind, role: None }
        };
        Act { verb, anchors: vec![anchor(one), anchor(other)], value: None }
    };
    let facts = |acts: Vec<Act>| {
        let room = Room { reports: reports.clone(), acts, ..Room::default() };
        fuse(english(), gazetteer(), &room).facts.len()
    };
    assert_eq!(facts(vec![]), 1);
    // One is the second, the second the third, and the third is not the first: what was joined first
    // stays joined.
    let ring = vec![act(Verb::Same, 0, 1), act(Verb::Same, 1, 2), act(Verb::Different, 2, 0)];
    assert_eq!(facts(ring), 1);
    let apart = [(0, 1), (1, 2), (2, 0)].map(|(one, other)| act(Verb::Different, one, other));
    assert_eq!(facts(apart.to_vec()), 3);
    // On one pair the last decision counts.
    let mut again = apart.to_vec();
    again.push(act(Verb::Same, 1, 0));
    assert_eq!(facts(again), 2);
}

/// A ring of so many decisions, of which every third says that two are not one.
#[test]
fn a_long_ring_of_decisions_ends_and_comes_to_the_same_again() {
    const RING: usize = 300;
    let id = |at: usize| format!("{at:016}");
    let reports: Vec<Report> = (0..RING)
        .map(|at| {
            // Each of a month and number of its own, so that nothing but the decisions makes them one.
            let day = format!("{}-{:02}-01", 2000 + at / 12, at % 12 + 1);
            let mut told = report("a", None, vec![attack("Manta", Some(&day), at as f64 + 11.0)]);
            told.id = id(at);
            told.claims[0].id = id(at);
            told
        })
        .collect();
    let anchor = |at: usize| {
        let claim = &reports[at % RING].claims[0];
        let (start, end) = (claim.trigger.start, claim.trigger.end);
        let kind = Some(claim.kind.clone());
        Anchor { report: reports[at % RING].id.clone(), start, end, kind, role: None }
    };
    let act = |at: usize| {
        let verb = if at % 3 == 2 { Verb::Different } else { Verb::Same };
        Act { verb, anchors: vec![anchor(at), anchor(at + 1)], value: None }
    };
    let acts: Vec<Act> = (0..RING).map(act).collect();
    let whole = Room { reports, acts, ..Room::default() };
    let fused = fuse(english(), gazetteer(), &whole);
    // Three stand together, then comes one that is told apart.
    assert_eq!(fused.facts.len(), RING / 3);
    assert_eq!(fused, fuse(english(), gazetteer(), &whole));
}
