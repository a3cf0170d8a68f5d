//! Links: facts that hang together without being one.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use super::compare::Relation;
use super::facts::{Compared, Found, Scene};
use super::groups::Groups;
use super::input::Value;
use super::judgement::Reason;
use crate::claim::Status;

/// Two facts that hang together, from the first to the second.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Link {
    /// What was planned, told, the lower rung, the part.
    pub from: String,
    /// What was done, denied, the higher rung, the whole.
    pub to: String,
    /// How they hang together.
    pub relation: &'static str,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A commitment with the rungs that it has climbed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ladder {
    /// Its identifier: its smallest fact's.
    pub id: String,
    /// The rung that is told last, or the highest where not all have dates.
    pub state: &'static str,
    /// Its rungs from the lowest on, each with the fact that tells it.
    pub steps: Vec<Step>,
}

/// A rung that a commitment has climbed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Step {
    /// The rung.
    #[serde(skip)]
    rung: Status,
    /// Its name.
    pub status: &'static str,
    /// The fact.
    pub fact: String,
    /// The earliest date that is known of it: its own, else that of its first report.
    pub known: Option<String>,
}

/// The links between facts, each once, in order.
pub(super) fn links(scene: Scene<'_>, found: &Found, compared: &[Compared]) -> Vec<Link> {
    let fact_of = fact_of(found);
    let mut links: BTreeMap<(String, String, &str), Vec<Reason>> = BTreeMap::new();
    for (a, b, comparison) in compared {
        let (Some(relation), Some(one), Some(other)) =
            (comparison.relation, fact_of.get(a), fact_of.get(b))
        else {
            continue;
        };
        if one == other {
            continue;
        }
        let (from, to) =
            if forward(scene, relation, *a, *b) { (*one, *other) } else { (*other, *one) };
        let ids = (found.facts[from].id.clone(), found.facts[to].id.clone(), relation.name());
        links.entry(ids).or_insert_with(|| comparison.reasons.clone());
    }
    for (from, to, role) in contents(scene, &fact_of) {
        let ids =
            (found.facts[from].id.clone(), found.facts[to].id.clone(), Relation::Content.name());
        links.entry(ids).or_insert_with(|| vec![Reason::new("told within it", role)]);
    }
    let link = |((from, to, relation), reasons)| Link { from, to, relation, reasons };
    links.into_iter().map(link).collect()
}

fn fact_of(found: &Found) -> BTreeMap<usize, usize> {
    let members = found.members.iter().enumerate();
    members.flat_map(|(fact, cases)| cases.iter().map(move |&case| (case, fact))).collect()
}

/// Whether a relation leads from the first claim to the second.
fn forward(scene: Scene<'_>, relation: Relation, a: usize, b: usize) -> bool {
    let (a, b) = (&scene.cases[a], &scene.cases[b]);
    match relation {
        Relation::Denied => b.telling.denied,
        Relation::Step => a.telling.status < b.telling.status,
        Relation::CarriedOut => a.told() > b.told(),
        Relation::Part | Relation::Content => true,
    }
}

/// Facts whose claims hold claims of other facts in a role.
fn contents(
    scene: Scene<'_>,
    fact_of: &BTreeMap<usize, usize>,
) -> BTreeSet<(usize, usize, String)> {
    let ids: BTreeMap<&str, usize> =
        scene.cases.iter().enumerate().map(|(at, case)| (case.id(), at)).collect();
    let mut contents = BTreeSet::new();
    for (at, case) in scene.cases.iter().enumerate() {
        for part in &case.telling.roles {
            let Value::Claim { id } = &part.value else { continue };
            let inner = ids.get(id.as_str()).and_then(|inner| fact_of.get(inner));
            if let (Some(&outer), Some(&inner)) = (fact_of.get(&at), inner)
                && outer != inner
            {
                contents.insert((outer, inner, part.role.clone()));
            }
        }
    }
    contents
}

/// The commitments: facts with rungs, those linked as steps of one another together.
pub(super) fn ladders(scene: Scene<'_>, found: &Found) -> Vec<Ladder> {
    let numbers: BTreeMap<&str, usize> =
        found.facts.iter().enumerate().map(|(at, fact)| (fact.id.as_str(), at)).collect();
    let mut groups = Groups::new(found.facts.len());
    let steps = [Relation::Step.name(), Relation::CarriedOut.name()];
    for link in found.links.iter().filter(|link| steps.contains(&link.relation)) {
        if let (Some(&a), Some(&b)) =
            (numbers.get(link.from.as_str()), numbers.get(link.to.as_str()))
        {
            groups.join(a, b);
        }
    }
    let ladder = |members: Vec<usize>| {
        let mut steps: Vec<Step> =
            members.iter().filter_map(|&fact| step(scene, found, fact)).collect();
        steps.sort();
        let id = steps.iter().map(|step| step.fact.clone()).min()?;
        // Where every rung has a date, the last one tells how it stands; else the highest.
        let dated = steps.iter().all(|step| step.known.is_some());
        let last = steps.iter().max_by_key(|step| (dated.then(|| step.known.clone()), step.rung));
        let state = last?.status;
        Some(Ladder { id, state, steps })
    };
    groups.all().into_iter().filter_map(ladder).collect()
}

fn step(scene: Scene<'_>, found: &Found, number: usize) -> Option<Step> {
    let fact = &found.facts[number];
    if fact.family != crate::claim::Family::Commitment || fact.denied {
        return None;
    }
    let members = found.members[number].iter().map(|&case| &scene.cases[case]);
    let rung = members.filter_map(|case| case.telling.status).max()?;
    let published = fact.claims.iter().find_map(|told| told.published.clone());
    let known = fact.first.clone().or(published);
    Some(Step { rung, status: rung.name(), fact: fact.id.clone(), known })
}
