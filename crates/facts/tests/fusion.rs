//! Fusion of claims written by hand, so that what is tested does not hang on how sentences are read.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::disallowed_methods, reason = "a test may read the tree")]
#![allow(clippy::needless_pass_by_value, reason = "values are written where they are used")]

mod support;

use std::collections::BTreeSet;

use atalaya_facts::fuse::actors::Sort;
use atalaya_facts::fuse::input::{Act, Anchor, Mention, Report, Room, Verb};
use atalaya_facts::fuse::{Fact, Fused, Series, fuse};
use serde_json::{Value, json};

use support::room::{attack, day, figure, group, people, person, report, role, room, town};
use support::{english, gazetteer};

fn fused(room: &Room) -> Fused {
    fuse(english(), gazetteer(), room)
}

/// How many origins there are.
fn origins(fused: &Fused) -> usize {
    fused.origins.values().collect::<BTreeSet<_>>().len()
}

/// How often an actor is mentioned.
fn spots(fused: &Fused, actor: &str) -> usize {
    fused.spots.values().flatten().filter(|spot| spot.actor == actor).count()
}

fn of_kind<'f>(fused: &'f Fused, kind: &str) -> Vec<&'f Fact> {
    fused.facts.iter().filter(|fact| fact.kind == kind).collect()
}

#[test]
fn two_death_tolls_of_one_attack_are_kept_side_by_side() {
    let one = report("a", Some("2025-03-02"), vec![attack("Manta", Some("2025-03-01"), 12.0)]);
    let two = report("b", Some("2025-03-03"), vec![attack("Manta", Some("2025-03-01"), 30.0)]);
    let fused = fused(&room(vec![one, two]));
    let facts = of_kind(&fused, "attack");
    assert_eq!(facts.len(), 1, "{facts:#?}");
    let dead: Vec<_> = facts[0].roles.iter().filter(|role| role.role == "dead").collect();
    assert_eq!((dead[0].agree.len(), dead[0].differ.len()), (1, 1));
    assert_eq!((facts[0].reports, facts[0].origins, facts[0].credibility.grade), (2, 2, 6));
}

#[test]
fn harm_needs_place_and_date() {
    let one = report("a", None, vec![attack("Manta", None, 12.0)]);
    let two = report("b", None, vec![attack("Manta", None, 12.0)]);
    let fused = fused(&room(vec![one, two]));
    assert_eq!(of_kind(&fused, "attack").len(), 2);
    let why = fused.judgements.iter().flat_map(|judged| &judged.reasons);
    assert!(why.into_iter().any(|reason| reason.rule.starts_with("harm needs")));
}

#[test]
fn other_days_and_other_towns_are_other_facts() {
    let reports = vec![
        report("a", None, vec![attack("Manta", Some("2025-03-01"), 12.0)]),
        report("b", None, vec![attack("Manta", Some("2025-03-09"), 12.0)]),
        report("c", None, vec![attack("Guayaquil", Some("2025-03-01"), 12.0)]),
    ];
    assert_eq!(of_kind(&fused(&room(reports)), "attack").len(), 3);
}

#[test]
fn what_is_denied_is_linked_to_what_is_told_and_both_are_doubtful() {
    let mut denial = attack("Manta", Some("2025-03-01"), 12.0);
    denial["denied"] = json!(true);
    let one = report("a", Some("2025-03-02"), vec![attack("Manta", Some("2025-03-01"), 12.0)]);
    let two = report("b", Some("2025-03-03"), vec![denial]);
    let fused = fused(&room(vec![one, two]));
    assert_eq!(of_kind(&fused, "attack").len(), 2);
    let link = &fused.links[0];
    assert_eq!(link.relation, "denied");
    assert!(fused.facts.iter().any(|fact| fact.id == link.to && fact.denied));
    assert!(fused.facts.iter().all(|fact| fact.credibility.grade == 4));
}

fn meeting(realis: &str, one: Value, other: Value, when: Option<&str>) -> Value {
    let mut roles = vec![role("a", one), role("b", other)];
    roles.extend(when.map(|when| role("when", day(when))));
    json!({ "family": "event", "kind": "meet", "realis": realis, "roles": roles, "attribution": [] })
}

#[test]
fn who_met_whom_does_not_matter_and_an_undated_report_gets_bounds() {
    let noon = || person("Ada Pine", Some("EC"), Some("president"));
    let olm = || person("Olm Reyes", Some("PE"), Some("president"));
    let reports = vec![
        report("a", None, vec![meeting("planned", noon(), olm(), None)]),
        report(
            "b",
            Some("2025-05-03"),
            vec![meeting("happened", olm(), noon(), Some("2025-05-02"))],
        ),
        report(
            "c",
            Some("2025-05-04"),
            vec![meeting("happened", noon(), olm(), Some("2025-05-02"))],
        ),
    ];
    let fused = fused(&room(reports));
    let facts = of_kind(&fused, "meet");
    assert_eq!(facts.iter().map(|fact| fact.reports).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(fused.links[0].relation, "carried-out");
    let bound = &fused.bounds[0];
    assert_eq!((&bound.report, bound.not_after.as_deref()), (&"a".repeat(16), Some("2025-05-02")));
    assert_eq!(fused.actors.iter().filter(|actor| actor.name == "Ada Pine").count(), 1);
}

#[test]
fn one_name_in_two_countries_is_two_people_unless_a_person_says_otherwise() {
    let one = person("Luis Mora", Some("EC"), None);
    let two = person("Luis Mora", Some("CO"), None);
    let other = || person("Olm Reyes", Some("PE"), Some("president"));
    let mut room = room(vec![
        report("a", None, vec![meeting("happened", one, other(), None)]),
        report("b", None, vec![meeting("happened", two, other(), None)]),
    ]);
    let count =
        |room: &Room| fused(room).actors.iter().filter(|actor| actor.name == "Luis Mora").count();
    assert_eq!(count(&room), 2);
    let anchor = |report: &str| Anchor {
        report: report.repeat(16),
        start: 10,
        end: 15,
        kind: None,
        role: None,
    };
    room.acts.push(Act { verb: Verb::Same, anchors: vec![anchor("a"), anchor("b")], value: None });
    assert_eq!(count(&room), 1);
    room.acts.push(Act { verb: Verb::Same, anchors: vec![anchor("a"), anchor("z")], value: None });
    assert_eq!(fused(&room).astray.len(), 1, "an act without its words is told");
}

#[test]
fn a_number_that_moves_is_a_series_and_only_what_excludes_itself_is_a_contradiction() {
    let standing = |reports| {
        let fused = fused(&room(reports));
        assert_eq!(fused.series.len(), 1, "{:#?}", fused.series);
        fused.series[0].pairs.iter().map(|pair| pair.standing.name()).collect::<Vec<_>>()
    };
    let told = |id, published, number, when| report(id, published, vec![figure(number, when)]);
    let (march, april) = ("2025-03-31", "2025-04-30");
    assert_eq!(
        standing(vec![
            told("a", Some("2025-05-01"), 32.0, march),
            told("b", Some("2025-05-01"), 5546.0, april)
        ]),
        ["other-period"]
    );
    assert_eq!(
        standing(vec![
            told("a", Some("2025-05-01"), 32.0, march),
            told("b", Some("2025-05-03"), 35.0, march)
        ]),
        ["revises"]
    );
    assert_eq!(
        standing(vec![
            told("a", Some("2025-05-01"), 32.0, march),
            told("b", Some("2025-05-01"), 35.0, march)
        ]),
        ["contradicts"]
    );
    assert_eq!(
        standing(vec![told("a", None, 32.0, march), told("b", None, 32.0, march)]),
        ["agrees"]
    );
}

/// So many people since a month, of whom nothing else is told.
fn people_since(number: f64, since: &str) -> Value {
    let when = json!({ "type": "period", "kind": "when", "edtf": since, "first": null, "last": null, "anchor": "none" });
    json!({ "family": "figure", "kind": "figure", "aspect": "total", "attribution": [], "roles": [
        role("measure", group("people", "person")), role("value", people(number)), role("when", when),
    ] })
}

#[test]
fn counts_since_one_day_of_one_size_are_a_series_though_no_more_is_told() {
    let told = |number, since, published| {
        let one = report("a", Some("2025-03-03"), vec![people_since(23_000.0, "2024-01/..")]);
        let other = report("b", Some(published), vec![people_since(number, since)]);
        fused(&room(vec![one, other])).series
    };
    let standings = |series: Vec<Series>| -> Vec<&str> {
        series.iter().flat_map(|series| &series.pairs).map(|pair| pair.standing.name()).collect()
    };
    assert_eq!(standings(told(23_900.0, "2024-01/..", "2025-03-21")), ["revises"]);
    assert_eq!(standings(told(21_400.0, "2024-01/..", "2025-03-03")), ["contradicts"]);
    assert_eq!(standings(told(23_000.0, "2024-01/..", "2025-03-21")), ["agrees"]);
    assert!(told(300.0, "2024-01/..", "2025-03-21").is_empty(), "of two sizes");
    assert!(told(23_900.0, "2023-01/..", "2025-03-21").is_empty(), "since two days");
    assert!(told(23_900.0, "2024/..", "2025-03-21").is_empty(), "since no day");
}

#[test]
fn the_arrests_of_a_raid_are_parts_of_it_and_no_second_telling() {
    let told = |arrests: &str| {
        let event = |kind: &str, place: &str| {
            let roles = vec![
                role("agent", group("police", "police")),
                role("target", group("suspects", "suspect")),
                role("where", town(place)),
                role("when", day("2025-03-01")),
            ];
            json!({ "family": "event", "kind": kind, "roles": roles, "attribution": [] })
        };
        let mut told = report("a", None, vec![event("raid", "Manta"), event("arrest", arrests)]);
        // Both stand in one sentence.
        let (start, end) = (told.claims[0].start, told.claims[1].end);
        told.claims.iter_mut().for_each(|claim| (claim.start, claim.end) = (start, end));
        fused(&room(vec![told]))
    };
    let fused = told("Manta");
    let link = &fused.links[0];
    assert_eq!(link.relation, "part");
    assert_eq!(link.from, of_kind(&fused, "arrest")[0].id);
    assert_eq!(link.to, of_kind(&fused, "raid")[0].id);
    assert!(told("Quito").links.is_empty(), "in two towns");
}

#[test]
fn a_commitment_climbs() {
    let aid = |status: &str, realis: &str| {
        json!({ "family": "commitment", "kind": "aid", "status": status, "realis": realis, "attribution": [],
            "roles": [
                role("giver", json!({ "type": "actor", "form": "name", "name": "Spain", "class": "country", "country": "ES" })),
                role("recipient", json!({ "type": "actor", "form": "name", "name": "Ecuador", "class": "country", "country": "EC" })),
                role("goods", json!({ "type": "thing", "name": "patrol boat", "class": "vessel" })),
            ] })
    };
    let fused = fused(&room(vec![
        report("b", Some("2025-07-01"), vec![aid("delivered", "happened")]),
        report("a", Some("2025-02-01"), vec![aid("promised", "planned")]),
        report("c", Some("2025-04-01"), vec![aid("signed", "planned")]),
    ]));
    assert_eq!(fused.ladders.len(), 1);
    let steps: Vec<&str> = fused.ladders[0].steps.iter().map(|step| step.status).collect();
    assert_eq!(
        (steps, fused.ladders[0].state),
        (vec!["promised", "signed", "delivered"], "delivered")
    );
    assert_eq!(of_kind(&fused, "aid").len(), 3);
}

#[test]
fn the_order_of_reports_changes_nothing() {
    let make = || {
        vec![
            report(
                "a",
                Some("2025-03-02"),
                vec![attack("Manta", Some("2025-03-01"), 12.0), figure(32.0, "2025-03-31")],
            ),
            report("b", Some("2025-03-03"), vec![attack("Manta", Some("2025-03-01"), 30.0)]),
            report(
                "c",
                None,
                vec![
                    figure(35.0, "2025-03-31"),
                    meeting(
                        "planned",
                        person("Ada Pine", None, None),
                        person("Olm Reyes", Some("PE"), Some("president")),
                        None,
                    ),
                ],
            ),
            report(
                "d",
                None,
                vec![meeting(
                    "happened",
                    person("Pine", None, None),
                    person("Reyes", None, Some("president")),
                    None,
                )],
            ),
        ]
    };
    let told = |reports| format!("{:?}", fused(&room(reports)));
    let first = told(make());
    for turn in 1..4 {
        let mut reports = make();
        reports.rotate_left(turn);
        assert_eq!(first, told(reports));
        let mut reports = make();
        reports.swap(0, turn);
        assert_eq!(first, told(reports));
    }
}

#[test]
fn the_same_facts_in_the_same_order_are_a_rewrite() {
    let towns = ["Manta", "Guayaquil", "Machala", "Quito", "Cuenca", "Loja", "Ambato"];
    let told = |towns: &[&str]| -> Vec<Value> {
        towns.iter().map(|town| attack(town, Some("2025-03-01"), 12.0)).collect()
    };
    let backward: Vec<&str> = towns.iter().rev().copied().collect();
    let origins = |second: &[&str]| {
        let one = report("a", Some("2025-03-02"), told(&towns));
        let two = report("b", Some("2025-03-03"), told(second));
        let fused = fused(&room(vec![one, two]));
        assert_eq!(of_kind(&fused, "attack").len(), towns.len());
        (origins(&fused), fused.facts[0].origins)
    };
    assert_eq!(origins(&towns), (1, 1));
    assert_eq!(origins(&backward), (2, 2));
}

#[test]
fn what_is_taken_from_one_medium_goes_back_to_it() {
    let told = |medium: Option<&str>| {
        let mut claim = attack("Manta", Some("2025-03-01"), 12.0);
        if let Some(medium) = medium {
            claim["attribution"] = json!([{ "name": medium, "class": "media-outlet", "via": null, "start": 0, "end": 4 }]);
        }
        vec![claim]
    };
    let count = |first: Option<&str>, second: Option<&str>| {
        let reports = vec![report("a", None, told(first)), report("b", None, told(second))];
        let fused = fused(&room(reports));
        let fact = of_kind(&fused, "attack")[0].clone();
        (fact.reports, fact.origins)
    };
    assert_eq!(count(Some("Radio Sol"), Some("Radio Sol")), (2, 1));
    assert_eq!(count(Some("Radio Sol"), Some("Radio Luna")), (2, 2));
    assert_eq!(count(None, Some("Radio Luna")), (2, 2));
    assert_eq!(count(None, Some("The a Post")), (2, 1), "taken from the outlet of the other");
}

#[test]
fn a_president_who_calls_on_a_president_is_the_other_one() {
    let mut claim = meeting(
        "happened",
        group("president", "head-of-state"),
        person("Olm Reyes", Some("PE"), Some("president")),
        None,
    );
    claim["roles"][0]["value"]["office"] = json!("president");
    let noon = person("Ada Pine", Some("EC"), Some("president"));
    let other = meeting("happened", noon.clone(), person("Luis Mora", None, None), None);
    let one = report("a", None, vec![other, claim]);
    let two = report(
        "b",
        None,
        vec![meeting("happened", noon, person("Olm Reyes", Some("PE"), Some("president")), None)],
    );
    let fused = fused(&room(vec![one, two]));
    assert!(of_kind(&fused, "meet").iter().any(|fact| fact.reports == 2), "{:#?}", fused.facts);
}

#[test]
fn bodies_are_one_under_every_name_and_two_in_two_countries() {
    let body = |name: &str, class: &str, country: Option<&str>| json!({ "type": "actor", "form": "name", "name": name, "class": class, "country": country, "office": null, "tense": null });
    let ministry = |name, country| body(name, "ministry", country);
    let met = |one: Value| {
        vec![meeting("happened", one, person("Olm Reyes", Some("PE"), Some("president")), None)]
    };
    let reports = vec![
        report("a", None, met(ministry("Ecuador's Defense Ministry", Some("EC")))),
        report("b", None, met(ministry("Ecuador's Defence Ministry", Some("EC")))),
        report("c", None, met(ministry("Spain's Defence Ministry", Some("ES")))),
        report("d", None, met(body("Drug Enforcement Administration", "state-agency", Some("US")))),
        report("e", None, met(body("DEA", "organisation", None))),
        report("f", None, met(body("Los Pardos", "gang", None))),
        report("9", None, met(body("Los Pardos", "organisation", None))),
    ];
    let fused = fused(&room(reports));
    let aliases = |name: &str| {
        let found =
            fused.actors.iter().find(|actor| actor.aliases.iter().any(|alias| alias == name));
        found.unwrap_or_else(|| panic!("no {name}")).aliases.clone()
    };
    assert_eq!(
        aliases("Ecuador's Defense Ministry"),
        ["Ecuador's Defence Ministry", "Ecuador's Defense Ministry"]
    );
    assert_eq!(aliases("Spain's Defence Ministry"), ["Spain's Defence Ministry"]);
    assert_eq!(aliases("DEA"), ["DEA", "Drug Enforcement Administration"]);
    assert_eq!(fused.actors.iter().filter(|actor| actor.name == "Los Pardos").count(), 1);
    let joins = fused.judgements.iter().filter(|judged| judged.verdict.name() == "same");
    assert!(
        joins.into_iter().all(|judged| !judged.reasons.is_empty()),
        "every join has its reasons"
    );
}

#[test]
fn short_words_are_one_statement_only_of_one_speaker() {
    let said = |speaker: Value, text: &str| {
        vec![json!({ "family": "statement", "kind": "statement", "attribution": [], "roles": [
            role("speaker", speaker), role("content", json!({ "type": "text", "text": text })),
        ] })]
    };
    let ada = || person("Ada Pine", Some("EC"), Some("president"));
    let count = |one: Value, other: Value, text: &str| {
        let reports =
            vec![report("a", None, said(one, text)), report("b", None, said(other, text))];
        of_kind(&fused(&room(reports)), "statement").len()
    };
    let short = "that he had received death threats";
    let long = "we will build the pier before the rains come and not a day later";
    let mayor = || group("mayor", "official");
    assert_eq!(count(ada(), ada(), short), 1);
    assert_eq!(count(ada(), mayor(), short), 2, "anybody could say that");
    assert_eq!(count(ada(), mayor(), long), 1);
    assert_eq!(count(ada(), person("Olm Reyes", Some("PE"), Some("president")), long), 2);
}

#[test]
fn a_unit_that_soldiers_make_up_is_no_person() {
    let actor = |name: &str, form: &str, class: &str, several: bool| -> Value {
        json!({ "type": "actor", "form": form, "name": name, "class": class, "country": null,
            "office": null, "tense": null, "several": several })
    };
    let of_one = |name: &str, words: Value| {
        let named = actor(name, "name", "organisation", false);
        let mention = |start: usize, value: Value| Mention {
            start,
            end: start + 5,
            referent: Some(0),
            value: serde_json::from_value(value).unwrap(),
        };
        let mentions = vec![mention(0, named), mention(10, words)];
        let report = Report { id: name[..1].repeat(16), mentions, ..Report::default() };
        let fused = fused(&room(vec![report]));
        (fused.actors[0].name.clone(), fused.actors[0].sort)
    };
    let unit = of_one("Task Force Condor", actor("soldiers", "description", "soldier", true));
    assert_eq!(unit, ("Task Force Condor".to_owned(), Sort::Body));
    let man = of_one("Segundo Salas", actor("soldier", "description", "soldier", false));
    assert_eq!(man, ("Segundo Salas".to_owned(), Sort::Person));
}

/// A country as one that acts.
fn country(name: &str, code: &str) -> Value {
    json!({ "type": "actor", "form": "name", "name": name, "class": "country", "country": code,
            "office": null, "tense": null })
}

fn thing(name: &str) -> Value {
    json!({ "type": "thing", "name": name, "class": null })
}

#[test]
fn a_name_that_only_a_claim_tells_of_joins_the_one_it_is_a_part_of() {
    let talks = |who: Value| {
        let roles =
            vec![role("a", who), role("b", country("Peru", "PE")), role("where", town("Quito"))];
        json!({ "family": "event", "kind": "meet", "roles": roles, "attribution": [] })
    };
    let full = person("Rosa Quintanilla", Some("PE"), Some("president"));
    let one = report("a", None, vec![talks(full)]);
    let mut two = report("b", None, vec![talks(person("Quintanilla", None, None))]);
    // The reader of the second found no mention in the words.
    two.mentions.retain(|mention| mention.start != 10);
    let fused = fused(&room(vec![one, two]));
    let people: Vec<_> = fused.actors.iter().filter(|actor| actor.sort == Sort::Person).collect();
    assert_eq!(people.len(), 1, "{people:#?}");
    assert_eq!(spots(&fused, &people[0].id), 2);
    assert_eq!(of_kind(&fused, "meet").len(), 1);
}

#[test]
fn a_name_that_only_a_claim_tells_of_founds_no_actor() {
    let roles = vec![role("a", person("Quintanilla", None, None)), role("where", town("Quito"))];
    let claim = json!({ "family": "event", "kind": "meet", "roles": roles, "attribution": [] });
    let mut alone = report("a", None, vec![claim]);
    alone.mentions.retain(|mention| mention.start != 10);
    assert!(fused(&room(vec![alone])).actors.iter().all(|actor| actor.sort != Sort::Person));
}

#[test]
fn help_is_help_in_other_words_and_asked_for_something_else_is_not() {
    let asks = |content: Value| {
        let roles = vec![
            role("agent", country("Peru", "PE")),
            role("recipient", country("Chile", "CL")),
            role("content", content),
        ];
        json!({ "family": "commitment", "kind": "request", "roles": roles, "attribution": [] })
    };
    let words = |text: &str| json!({ "type": "text", "text": text });
    let reports = vec![
        report("a", None, vec![asks(thing("military assistance"))]),
        report("b", None, vec![asks(words("to help fight the smugglers of the north"))]),
        report("c", None, vec![asks(words("to extradite a former minister"))]),
    ];
    let fused = fused(&room(reports));
    let mut told: Vec<usize> = of_kind(&fused, "request").iter().map(|fact| fact.reports).collect();
    told.sort_unstable();
    assert_eq!(told, [1, 2]);
}

#[test]
fn a_country_that_keeps_a_base_and_its_troops_there_are_one() {
    let station = |name: &str, value: Value| {
        let roles = vec![role(name, value), role("site", town("Manta"))];
        json!({ "family": "event", "kind": "station", "roles": roles, "attribution": [] })
    };
    let force = |class: &str, code: &str| {
        json!({ "type": "actor", "form": "description", "name": class, "class": class, "country": code,
                "office": null, "tense": null })
    };
    let reports = |who: Value| {
        let kept = station("sender", country("Chile", "CL"));
        vec![report("a", None, vec![kept]), report("b", None, vec![station("force", who)])]
    };
    let facts = |who: Value| of_kind(&fused(&room(reports(who))), "station").len();
    assert_eq!(facts(force("military", "CL")), 1);
    assert_eq!(facts(force("military", "PE")), 2);
    assert_eq!(facts(force("migrant", "CL")), 2);
}

#[test]
fn reports_of_one_agency_are_one_origin() {
    let told = |id: &str, line: &str| {
        let mut told = report(id, None, vec![attack("Manta", Some("2025-03-01"), 12.0)]);
        told.passages = vec![line.to_owned()];
        told
    };
    let one = told("a", "MANTA (AP) — Gunmen killed twelve in a bar.");
    let two = told("b", "MANTA, Ecuador (Associated Press) — Twelve died in an attack on a bar.");
    let three = told("c", "MANTA (EFE) — The attack on a bar left twelve dead.");
    let origins = |reports: Vec<Report>| of_kind(&fused(&room(reports)), "attack")[0].origins;
    assert_eq!(origins(vec![one.clone(), two.clone()]), 1);
    assert_eq!(origins(vec![one, two, three]), 2);
}
