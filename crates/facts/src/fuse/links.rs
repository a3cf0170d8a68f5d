//! Links: facts that hang together without being one.

use serde::Serialize;

use super::case::Case;
pub use super::compare::Relation;
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

impl Link {
    /// The link from a part to its whole.
    pub(super) fn part(from: &str, to: &str, words: &str) -> Link {
        Link {
            from: from.to_owned(),
            to: to.to_owned(),
            relation: Relation::Part.name(),
            reasons: vec![Reason::new("one sentence tells both", words)],
        }
    }

    /// The link from what is told to what it is about.
    pub(super) fn content(from: &str, to: &str, role: &str) -> Link {
        Link {
            from: from.to_owned(),
            to: to.to_owned(),
            relation: Relation::Content.name(),
            reasons: vec![Reason::new("told within it", role)],
        }
    }
}

/// Whether a relation leads from the first claim to the second.
pub(super) fn forward(relation: Relation, a: &Case<'_>, b: &Case<'_>) -> bool {
    // Of two that stand alike, the one with the smaller identifier comes first.
    let first = a.id() < b.id();
    match relation {
        Relation::Denied => b.telling.denied && (!a.telling.denied || first),
        Relation::Step => (a.telling.status, a.id()) < (b.telling.status, b.id()),
        Relation::CarriedOut => a.told() > b.told() || a.told() == b.told() && first,
        Relation::Part | Relation::Content => first,
    }
}

/// The claims that a claim holds in its roles, with the roles.
pub(super) fn held(case: &Case<'_>) -> Vec<(String, String)> {
    let parts = case.parts.iter().map(|part| &part.said).chain(&case.telling.roles);
    let held = parts.filter_map(|part| match &part.value {
        Value::Claim { id } => Some((part.role.clone(), id.clone())),
        _ => None,
    });
    held.collect()
}

impl Step {
    pub(super) fn of(rung: Status, fact: String, known: Option<String>) -> Step {
        Step { rung, status: rung.name(), fact, known }
    }
}

impl Ladder {
    /// The commitment that some rungs are of; none without a rung.
    pub(super) fn of(mut steps: Vec<Step>) -> Option<Ladder> {
        steps.sort();
        let id = steps.iter().map(|step| step.fact.clone()).min()?;
        // Where every rung has a date, the last one tells how it stands; else the highest.
        let dated = steps.iter().all(|step| step.known.is_some());
        let last = steps.iter().max_by_key(|step| (dated.then(|| step.known.clone()), step.rung));
        let state = last?.status;
        Some(Ladder { id, state, steps })
    }
}
