//! Facts: what claims of one or several reports tell alike, with every value and who tells it.

mod caption;
mod settle;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use serde::Serialize;

use super::case::Case;
use super::groups::Groups;
use super::input::Act;
use super::standing::{Credibility, Evidence, credibility};
use crate::claim::Family;
use crate::gazetteer::Gazetteer;
use crate::pack::Pack;

pub use settle::{Other, Placed, Settled};

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

/// What a fact is made with, besides its claims.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) pack: &'a Pack,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) acts: &'a [Act],
    pub(super) ratings: &'a BTreeMap<String, char>,
    /// The origin of each report.
    pub(super) origins: &'a BTreeMap<String, String>,
    /// The names of actors.
    pub(super) names: &'a BTreeMap<String, String>,
    /// What speaks against the fact.
    pub(super) against: Against,
}

/// What speaks against a fact.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Against {
    pub(super) denied: bool,
    pub(super) contradicted: bool,
}

/// Something taken for granted supports a fact, and never founds one.
pub(super) fn founded(cases: &[Rc<Case<'_>>]) -> bool {
    cases.iter().any(|case| !case.telling.presupposed)
}

/// The fact that some claims tell.
pub(super) fn fact(scene: Scene<'_>, cases: &[Rc<Case<'_>>]) -> Fact {
    let mut cases: Vec<&Case<'_>> = cases.iter().map(Rc::as_ref).collect();
    let order = |case: &&Case<'_>| {
        let published = case.report.published.clone();
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
            let (claim, published) = (case.id().to_owned(), case.report.published.clone());
            Told { claim, report: case.report.id.clone(), published }
        })
        .collect();
    let reports: BTreeSet<&str> = cases.iter().map(|case| case.report.id.as_str()).collect();
    let origins = origins(scene, &cases);
    // What tells otherwise of a part of it does not confirm it.
    let odd = roles.iter().flat_map(|role| &role.differ).map(|other| other.claim.as_str());
    let odd: HashSet<&str> = odd.collect();
    let agreeing = cases.iter().filter(|case| !odd.contains(case.id())).copied();
    let agreeing: Vec<&Case<'_>> = agreeing.collect();
    let confirming = self::origins(scene, if agreeing.is_empty() { &cases } else { &agreeing });
    let evidence = Evidence {
        origins: confirming,
        best: rating(scene, &cases),
        denied: scene.against.denied,
        against: usize::from(scene.against.contradicted),
    };
    let who: BTreeSet<&str> =
        cases.iter().flat_map(|case| &case.parts).filter_map(|part| part.value.actor()).collect();
    Fact {
        id,
        kind: lead.telling.kind.clone(),
        family: lead.telling.family,
        caption: caption::caption(scene, lead, &roles),
        realis: lead.telling.realis.name(),
        denied: lead.telling.denied,
        status: lead.telling.status.map(crate::claim::Status::name),
        aspect: lead.telling.aspect.name(),
        first,
        last,
        history: history(scene, &cases, &odd),
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

/// How many independent origins claims go back to.
fn origins(scene: Scene<'_>, cases: &[&Case<'_>]) -> usize {
    let mut origins = Origins::default();
    cases.iter().for_each(|case| origins.add(scene, case));
    origins.count
}

/// Counts the independent origins of claims, one after the other. A report goes back to its text's origin,
/// to its outlet and to the agency that it is marked with; what it takes from a medium that it names goes
/// back to that.
#[derive(Default)]
struct Origins {
    /// The number of each name.
    numbers: HashMap<String, usize>,
    groups: Groups,
    count: usize,
}

impl Origins {
    fn add(&mut self, scene: Scene<'_>, case: &Case<'_>) {
        let report = &case.report;
        let names: Vec<String> = if case.media.is_empty() {
            let outlet = report.outlet.iter().map(|outlet| outlet.to_lowercase());
            let text = format!("text {:?}", scene.origins.get(&report.id));
            outlet.chain(case.agency.clone()).chain([text]).collect()
        } else {
            case.media.iter().cloned().collect()
        };
        let numbers: Vec<usize> = names.into_iter().map(|name| self.number(name)).collect();
        for pair in numbers.windows(2) {
            let apart = self.groups.root(pair[0]) != self.groups.root(pair[1]);
            self.count -= usize::from(apart && self.groups.join(pair[0], pair[1]));
        }
    }

    fn number(&mut self, name: String) -> usize {
        let Origins { numbers, groups, count } = self;
        *numbers.entry(name).or_insert_with(|| {
            *count += 1;
            groups.grow()
        })
    }
}

/// The best rating of the outlets that tell it.
fn rating(scene: Scene<'_>, cases: &[&Case<'_>]) -> Option<char> {
    let outlets = cases.iter().filter_map(|case| case.report.outlet.as_ref());
    outlets.filter_map(|outlet| scene.ratings.get(outlet).copied()).min()
}

/// What each report did to the fact, in the order of publication; `odd` are the claims that differ.
fn history(scene: Scene<'_>, cases: &[&Case<'_>], odd: &HashSet<&str>) -> Vec<Change> {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut origins = Origins::default();
    let mut changes = Vec::new();
    for case in cases {
        let report = &case.report;
        if !seen.insert(&report.id) {
            continue;
        }
        let before = origins.count;
        origins.add(scene, case);
        let what = match before {
            0 => "told",
            _ if odd.contains(case.id()) => "differs",
            _ if origins.count > before => "confirmed",
            _ => "repeated",
        };
        let published = report.published.clone();
        changes.push(Change { report: report.id.clone(), published, what });
    }
    changes
}
