//! Claims: what one sentence says, with its roles, each cited.

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use crate::clause::{Assertion, Realis};
use crate::value::Cited;
use crate::value::actor::Actor;
use crate::value::period::Period;
use crate::value::place::Place;
use crate::value::quantity::Quantity;
use crate::value::thing::Thing;

/// What one sentence says: an event, a statement, a figure, a promise.
///
/// All ranges are bytes of the report's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The kind's name in the pack.
    pub kind: String,
    /// What sort of claim its kind is.
    pub family: Family,
    /// How it is told.
    pub assertion: Assertion,
    /// The rung of the ladder that the words prove, for kinds that climb one.
    pub status: Option<Status>,
    /// Once, again and again, in sum, or as a state.
    pub aspect: Aspect,
    /// Whether the words take it for granted rather than tell it.
    pub presupposed: bool,
    /// Who says so, innermost first, outermost last. Nobody: the outlet itself.
    pub attribution: Vec<Link>,
    /// Who, what, where, when, in the order of the kind's roles.
    pub roles: Vec<Role>,
    /// The words that the rule was found by.
    pub trigger: Range<usize>,
    /// The sentence.
    pub sentence: Range<usize>,
    /// The claim of the same report that this one is part of, by its place in the list.
    pub within: Option<usize>,
    /// The rule that fired: `seize/find`.
    pub rule: String,
}

/// What sort of claim a kind is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Family {
    Event,
    Commitment,
    Figure,
    Statement,
    Position,
    Allegation,
    Office,
    Relation,
}

impl Family {
    /// All of them.
    pub const ALL: [Family; 8] = [
        Family::Event,
        Family::Commitment,
        Family::Figure,
        Family::Statement,
        Family::Position,
        Family::Allegation,
        Family::Office,
        Family::Relation,
    ];

    /// The name used in the pack, the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Family::Event => "event",
            Family::Commitment => "commitment",
            Family::Figure => "figure",
            Family::Statement => "statement",
            Family::Position => "position",
            Family::Allegation => "allegation",
            Family::Office => "office",
            Family::Relation => "relation",
        }
    }
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Aspect {
    /// One occurrence.
    Once,
    /// A habit.
    Repeated,
    /// A sum over a time.
    Total,
    /// A state.
    Standing,
}

impl Aspect {
    /// The name used in the pack, the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Aspect::Once => "once",
            Aspect::Repeated => "repeated",
            Aspect::Total => "total",
            Aspect::Standing => "standing",
        }
    }
}

/// The rungs of a commitment, the lowest first, and what can happen to one beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Status {
    Requested,
    Proposed,
    Negotiating,
    Promised,
    Signed,
    Approved,
    Funded,
    UnderWay,
    Delivered,
    InForce,
    Paused,
    Resumed,
    Refused,
    Withdrawn,
    Ended,
}

impl Status {
    /// The name used in the pack, the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Status::Requested => "requested",
            Status::Proposed => "proposed",
            Status::Negotiating => "negotiating",
            Status::Promised => "promised",
            Status::Signed => "signed",
            Status::Approved => "approved",
            Status::Funded => "funded",
            Status::UnderWay => "under-way",
            Status::Delivered => "delivered",
            Status::InForce => "in-force",
            Status::Paused => "paused",
            Status::Resumed => "resumed",
            Status::Refused => "refused",
            Status::Withdrawn => "withdrawn",
            Status::Ended => "ended",
        }
    }

    /// How a commitment of this status is told, where the thing is done from the rung `done` on.
    pub fn realis(self, done: Status) -> Realis {
        match self {
            Status::Requested => Realis::Requested,
            Status::UnderWay | Status::Resumed => Realis::Ongoing,
            Status::Paused | Status::Ended | Status::Withdrawn => Realis::Happened,
            Status::Refused => Realis::Planned,
            rung if rung >= done => Realis::Happened,
            _ => Realis::Planned,
        }
    }
}

/// A part that somebody or something plays in a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// The role's name in the pack.
    pub id: String,
    /// Who or what, with its words.
    pub value: Cited<Value>,
    /// Whether just this is denied: "not by the army".
    pub denied: bool,
}

/// The seven kinds of values that roles take.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Value {
    Actor(Actor),
    Thing(Thing),
    Quantity(Quantity),
    Place(Place),
    Period(Period),
    Text(String),
    /// Another claim of the report, by its place in the list.
    Claim(usize),
}

/// Somebody who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The words for who says it.
    pub span: Range<usize>,
    /// The name, or the words without an article.
    pub name: String,
    /// The class of the speaker in the pack, by name.
    pub class: Option<String>,
    /// Through whom: the broadcaster told, the paper quoted.
    pub via: Option<String>,
    /// Whether the claim stands within quotation marks of theirs.
    pub quoted: bool,
    /// When it was said, in EDTF.
    pub when: Option<String>,
}
