//! Facts: what claims of one or several reports tell alike, with every value and who tells it.

mod caption;
mod settle;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::actors::Actors;
use super::case::Case;
use super::compare::{self, Comparison};
use super::groups::Groups;
use super::input::{Act, Anchor, Room, Verb};
use super::judgement::{Judgement, Reason, Verdict};
use super::links::Link;
use super::origins::{self, Origins};
use super::standing::{Credibility, Evidence, credibility};
use super::statements;
use crate::claim::Family;
use crate::gazetteer::Gazetteer;
use crate::pack::Pack;

pub use settle::{Other, Settled};

/// What one or several reports tell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fact {
    /// Its identifier: its smallest claim's.
    pub id: String,
    /// The kind's name in the pack.
    pub kind: String,
    /// The sort of its kind.
    pub family: Family,
    /// What it is, in one line.
    pub caption: String,
    /// How it is told: `happened`, `planned`, …
    pub realis: &'static str,
    /// Whether it is told not to be so.
    pub denied: bool,
    /// The rung of the ladder, for kinds that climb one.
    pub status: Option<&'static str>,
    /// Once, again and again, in sum, or as a state.
    pub aspect: &'static str,
    /// The first day it can have been, where its reports tell.
    pub first: Option<String>,
    /// The last day it can have been.
    pub last: Option<String>,
    /// Who, what, where, when: the value most told, and what others tell.
    pub roles: Vec<Settled>,
    /// The claims that tell it, in the order of publication, then of identifiers.
    pub claims: Vec<Told>,
    /// How many reports tell it.
    pub reports: usize,
    /// How many independent origins they go back to.
    pub origins: usize,
    /// How far it is confirmed, and why.
    #[serde(flatten)]
    pub credibility: Credibility,
    /// How its reports added to it, in the order of publication.
    pub history: Vec<Change>,
    /// The actors that play a part in it, by identifier.
    pub actors: Vec<String>,
}

/// A claim that tells a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Told {
    /// The claim.
    pub claim: String,
    /// Its report.
    pub report: String,
    /// When the report was published, if it says so.
    pub published: Option<String>,
}

/// What a report did to a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The report.
    pub report: String,
    /// When it was published.
    pub published: Option<String>,
    /// `told`, `repeated` (by a copy), `confirmed`, `differs`.
    pub what: &'static str,
}

/// Facts, and what was judged on the way.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) facts: Vec<Fact>,
    /// The cases of each fact.
    pub(super) members: Vec<Vec<usize>>,
    pub(super) links: Vec<Link>,
    pub(super) judgements: Vec<Judgement>,
    pub(super) astray: Vec<Act>,
    pub(super) origins: Origins,
}

/// All that facts are made from.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) pack: &'a Pack,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) room: &'a Room,
    pub(super) actors: &'a Actors,
    pub(super) origins: &'a Origins,
    pub(super) cases: &'a [Case<'a>],
}

/// Makes facts of claims: those judged the same are one, and facts that hang together are linked.
pub(super) fn facts(scene: Scene<'_>) -> Found {
    let mut groups = Groups::new(scene.cases.len());
    let mut found = Found::default();
    decide(scene, &mut groups, &mut found);
    let compared = compared(scene);
    join(scene, &mut groups, &compared, &mut found);
    let members: Vec<Vec<usize>> =
        groups.all().into_iter().filter(|group| founded(scene, group)).collect();
    let origins = origins::with_retold(scene.room, scene.origins, &by_report(scene, &members));
    let scene = Scene { origins: &origins, ..scene };
    let mut made: Vec<(Fact, Vec<usize>)> =
        members.into_iter().map(|group| (fact(scene, &group), group)).collect();
    made.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    (found.facts, found.members) = made.into_iter().unzip();
    found.links = super::links::links(scene, &found, &compared);
    found.judgements.sort();
    found.judgements.dedup();
    found.origins = origins;
    found
}

/// The facts that each report tells, in the order of its text, each where it is told first.
fn by_report(scene: Scene<'_>, members: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let of: BTreeMap<usize, usize> = members
        .iter()
        .enumerate()
        .flat_map(|(fact, cases)| cases.iter().map(move |&case| (case, fact)))
        .collect();
    let mut told: Vec<Vec<usize>> = vec![Vec::new(); scene.room.reports.len()];
    for (case, fact) in of {
        let facts = &mut told[scene.cases[case].report];
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    told
}

/// Something taken for granted supports a fact, and never founds one.
fn founded(scene: Scene<'_>, group: &[usize]) -> bool {
    group.iter().any(|&case| !scene.cases[case].telling.presupposed)
}

/// Two cases and what comparing them came to.
pub(super) type Compared = (usize, usize, Comparison);

/// Compares every two claims of one block, each pair once, in order.
fn compared(scene: Scene<'_>) -> Vec<Compared> {
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, case) in scene.cases.iter().enumerate() {
        for key in keys(case) {
            blocks.entry(key).or_default().push(at);
        }
    }
    let mut pairs = Vec::new();
    for block in blocks.values() {
        for (at, &a) in block.iter().enumerate() {
            pairs.extend(block[at + 1..].iter().map(|&b| (a, b)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    let cases = scene.cases;
    let compare = |(a, b): (usize, usize)| {
        let comparison = compare::compare(scene.pack, scene.gazetteer, &cases[a], &cases[b]);
        (a, b, comparison)
    };
    pairs.into_iter().map(compare).collect()
}

/// The blocks of a claim: those that could be one share one. As two agreements make two claims one,
/// two values make a block; runs of words for statements; the measure for figures.
fn keys(case: &Case<'_>) -> BTreeSet<String> {
    match case.telling.family {
        Family::Statement => statements::keys(case),
        Family::Figure => {
            let counted = case.counted.as_ref();
            counted.map(|counted| format!("figure {}", counted.measure)).into_iter().collect()
        }
        _ => {
            let keys: Vec<String> = case.keys().into_iter().collect();
            let mut blocks = BTreeSet::from([format!("{}|{}", case.root, case.telling.text)]);
            for (at, one) in keys.iter().enumerate() {
                for other in &keys[at + 1..] {
                    blocks.insert(format!("{}|{one}|{other}", case.root));
                }
            }
            blocks
        }
    }
}

/// Does what a person decided on claims.
fn decide(scene: Scene<'_>, groups: &mut Groups, found: &mut Found) {
    let find = |anchor: &Anchor| {
        scene.cases.iter().position(|case| {
            scene.room.reports[case.report].id == anchor.report
                && anchor.kind.as_ref() == Some(&case.telling.kind)
                && (case.telling.trigger.start, case.telling.trigger.end)
                    == (anchor.start, anchor.end)
        })
    };
    for act in &scene.room.acts {
        let on_claims = act.anchors.iter().all(|anchor| anchor.kind.is_some());
        if !on_claims || !matches!(act.verb, Verb::Same | Verb::Different) || act.anchors.len() != 2
        {
            continue;
        }
        let (Some(a), Some(b)) = (find(&act.anchors[0]), find(&act.anchors[1])) else {
            found.astray.push(act.clone());
            continue;
        };
        let verdict = if act.verb == Verb::Same {
            groups.join(a, b);
            Verdict::Same
        } else {
            groups.part(a, b);
            Verdict::Different
        };
        let (left, right) = (scene.cases[a].id().to_owned(), scene.cases[b].id().to_owned());
        let reasons = vec![Reason::new("a person said so", "")];
        found.judgements.push(Judgement { left, right, verdict, reasons });
    }
}

/// Joins what was judged the same, the surest first; what cannot be one stays apart.
fn join(scene: Scene<'_>, groups: &mut Groups, compared: &[Compared], found: &mut Found) {
    let mut same: Vec<&Compared> = Vec::new();
    for pair in compared {
        let (a, b, comparison) = pair;
        match comparison.verdict {
            Verdict::Same => same.push(pair),
            Verdict::Different if comparison.relation.is_some() => {
                groups.part(*a, *b);
            }
            Verdict::Different | Verdict::Unsure => {}
        }
    }
    same.sort_by_key(|(a, b, comparison)| (std::cmp::Reverse(comparison.weight), *a, *b));
    for (a, b, comparison) in same {
        if !groups.joined(*a, *b) && groups.join(*a, *b) {
            found.judgements.push(comparison.judgement(&scene.cases[*a], &scene.cases[*b]));
        }
    }
    found.judgements.extend(between(scene, groups, compared));
}

/// What was judged of claims of two facts: what links them, and what nearly made them one. Of each two
/// facts, the judgement that came nearest.
fn between(scene: Scene<'_>, groups: &mut Groups, compared: &[Compared]) -> Vec<Judgement> {
    let mut nearest: BTreeMap<(usize, usize), &Compared> = BTreeMap::new();
    for pair in compared {
        let (a, b, comparison) = pair;
        let told = comparison.relation.is_some() || comparison.weight >= compare::NEARLY;
        let (one, other) = (groups.root(*a), groups.root(*b));
        if !told || one == other {
            continue;
        }
        let best = nearest.entry((one.min(other), one.max(other))).or_insert(pair);
        if best.2.weight < comparison.weight {
            *best = pair;
        }
    }
    let judged = nearest.into_values();
    judged
        .map(|(a, b, comparison)| comparison.judgement(&scene.cases[*a], &scene.cases[*b]))
        .collect()
}

fn fact(scene: Scene<'_>, group: &[usize]) -> Fact {
    let mut cases: Vec<&Case<'_>> = group.iter().map(|&case| &scene.cases[case]).collect();
    let order = |case: &&Case<'_>| {
        let published = scene.room.reports[case.report].published.clone();
        (published.is_none(), published, case.id().to_owned())
    };
    cases.sort_by_key(order);
    let id = cases.iter().map(|case| case.id()).min().unwrap_or_default().to_owned();
    let roles = settle::roles(scene, &cases);
    // The narrowest kind told, and of several the first by name.
    let lead = lead(&cases);
    let (first, last) = days(&cases);
    let claims: Vec<Told> = cases
        .iter()
        .map(|case| {
            let report = &scene.room.reports[case.report];
            let (claim, published) = (case.id().to_owned(), report.published.clone());
            Told { claim, report: report.id.clone(), published }
        })
        .collect();
    let reports: BTreeSet<usize> = cases.iter().map(|case| case.report).collect();
    let origins = origins(scene, &cases);
    // What tells otherwise of a part of it does not confirm it.
    let differs = |case: &&&Case<'_>| {
        roles.iter().any(|role| role.differ.iter().any(|other| other.claim == case.id()))
    };
    let agreeing: Vec<&Case<'_>> = cases.iter().filter(|case| !differs(case)).copied().collect();
    let confirming = self::origins(scene, if agreeing.is_empty() { &cases } else { &agreeing });
    let evidence =
        Evidence { origins: confirming, best: rating(scene, &cases), ..Evidence::default() };
    let who: BTreeSet<&str> = cases
        .iter()
        .flat_map(|case| &case.parts)
        .filter_map(|part| match &part.value {
            super::case::Known::Actor(who) => who.actor,
            _ => None,
        })
        .map(|actor| scene.actors.all[actor].id.as_str())
        .collect();
    Fact {
        id,
        kind: lead.telling.kind.clone(),
        family: lead.telling.family,
        caption: caption::caption(lead, &roles),
        realis: lead.telling.realis.name(),
        denied: lead.telling.denied,
        status: lead.telling.status.map(crate::claim::Status::name),
        aspect: lead.telling.aspect.name(),
        first,
        last,
        history: history(scene, &cases, &roles),
        roles,
        claims,
        reports: reports.len(),
        origins,
        credibility: credibility(&evidence),
        actors: who.into_iter().map(str::to_owned).collect(),
    }
}

/// The claim that tells most: of the narrowest kind, with the most roles.
fn lead<'c>(cases: &[&'c Case<'c>]) -> &'c Case<'c> {
    let rank = |case: &&&Case<'_>| {
        let narrow = case.root != case.telling.kind;
        (
            narrow,
            !case.telling.presupposed,
            case.parts.len(),
            std::cmp::Reverse(case.id().to_owned()),
        )
    };
    cases.iter().max_by_key(rank).expect("a fact has a claim")
}

/// The days between which it lies: those of the narrowest time that is told.
fn days(cases: &[&Case<'_>]) -> (Option<String>, Option<String>) {
    let told = cases.iter().filter_map(|case| case.when());
    let narrowest = told.min_by_key(|when| (when.days().unwrap_or(i32::MAX), when.edtf.clone()));
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    narrowest.map_or((None, None), |when| (day(when.first), day(when.last)))
}

/// How many independent origins claims go back to. A report goes back to its text's origin, to its
/// outlet and to the agency that it is marked with; what it takes from a medium that it names goes back to that.
pub(super) fn origins(scene: Scene<'_>, cases: &[&Case<'_>]) -> usize {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut together: Vec<Vec<usize>> = Vec::new();
    for case in cases {
        let report = &scene.room.reports[case.report];
        let mut names: Vec<String> = if case.media.is_empty() {
            let outlet = report.outlet.iter().map(|outlet| outlet.to_lowercase());
            let text = format!("text {}", scene.origins.of[case.report]);
            outlet.chain(case.agency.clone()).chain([text]).collect()
        } else {
            case.media.iter().cloned().collect()
        };
        names.dedup();
        let mut number = |name: String| {
            let next = numbers.len();
            *numbers.entry(name).or_insert(next)
        };
        together.push(names.into_iter().map(&mut number).collect());
    }
    let mut groups = Groups::new(numbers.len());
    for names in &together {
        for pair in names.windows(2) {
            groups.join(pair[0], pair[1]);
        }
    }
    groups.all().len()
}

/// The best rating of the outlets that tell it.
pub(super) fn rating(scene: Scene<'_>, cases: &[&Case<'_>]) -> Option<char> {
    let outlets = cases.iter().filter_map(|case| scene.room.reports[case.report].outlet.as_ref());
    outlets.filter_map(|outlet| scene.room.ratings.get(outlet).copied()).min()
}

/// What each report did to the fact, in the order of publication.
fn history(scene: Scene<'_>, cases: &[&Case<'_>], roles: &[Settled]) -> Vec<Change> {
    let mut seen: Vec<&Case<'_>> = Vec::new();
    let mut changes = Vec::new();
    for case in cases {
        if seen.iter().any(|other| other.report == case.report) {
            continue;
        }
        let before = origins(scene, &seen);
        seen.push(case);
        let differs =
            roles.iter().any(|role| role.differ.iter().any(|other| other.claim == case.id()));
        let what = match before {
            0 => "told",
            _ if differs => "differs",
            _ if origins(scene, &seen) > before => "confirmed",
            _ => "repeated",
        };
        let report = &scene.room.reports[case.report];
        changes.push(Change {
            report: report.id.clone(),
            published: report.published.clone(),
            what,
        });
    }
    changes
}
