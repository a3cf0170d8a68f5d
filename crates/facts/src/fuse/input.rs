//! What fusion is given: reports with what they mention and claim, a person's acts, and ratings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::claim::{Aspect, Family, Realis, Status};

/// All that is fused: everything here is read from reports or done by a person.
#[derive(Debug, Clone, Default)]
pub struct Room {
    /// The newest version of every report that was read.
    pub reports: Vec<Report>,
    /// What a person decided, oldest first.
    pub acts: Vec<Act>,
    /// The user's rating of outlets, A (reliable) to F (cannot be judged), by the outlet's name.
    pub ratings: BTreeMap<String, char>,
}

/// A report as fusion sees it. All offsets count code points of its text.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Its identifier: the first digits of its hash.
    pub id: String,
    /// The headline.
    pub title: Option<String>,
    /// The paper, agency or site.
    pub outlet: Option<String>,
    /// When it was published, as it says so.
    pub published: Option<String>,
    /// The paragraphs of its story.
    pub passages: Vec<String>,
    /// What it mentions, in the order of its text.
    pub mentions: Vec<Mention>,
    /// What it claims, in the order of its text.
    pub claims: Vec<Telling>,
}

/// Words of a report that stand for somebody or somewhere.
#[derive(Debug, Clone)]
pub struct Mention {
    /// Where its words start.
    pub start: usize,
    /// Where they end, exclusive.
    pub end: usize,
    /// Mentions of one report with one number stand for the same.
    pub referent: Option<u32>,
    /// Who or where.
    pub value: Value,
}

/// One claim of one report, in the shape of the machine contract.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Telling {
    /// Its identifier.
    pub id: String,
    /// The sort of its kind.
    pub family: Family,
    /// The kind's name in the pack.
    pub kind: String,
    /// How it is told.
    pub realis: Realis,
    /// Whether it is told not to be so.
    #[serde(default, skip_serializing_if = "is_false")]
    pub denied: bool,
    /// The rung of the ladder that the words prove.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Once, again and again, in sum, or as a state.
    pub aspect: Aspect,
    /// Whether the words take it for granted.
    #[serde(default, skip_serializing_if = "is_false")]
    pub presupposed: bool,
    /// Who says so, outermost last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attribution: Vec<Said>,
    /// Who, what, where, when.
    pub roles: Vec<Part>,
    /// The words that the rule was found by.
    pub trigger: Words,
    /// Where its sentence starts.
    pub start: usize,
    /// Where its sentence ends, exclusive.
    pub end: usize,
    /// Its sentence.
    pub text: String,
    /// The claim that this one is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<String>,
}

/// Some words of a report.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Words {
    /// The words.
    #[serde(default)]
    pub text: String,
    /// Where they start.
    pub start: usize,
    /// Where they end, exclusive.
    pub end: usize,
}

/// Somebody who says so.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Said {
    /// The name, or the words without an article.
    pub name: String,
    /// The speaker's class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Through whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<String>,
    /// Whether the claim stands within quotation marks of theirs.
    #[serde(default, skip_serializing_if = "is_false")]
    pub quoted: bool,
    /// Where the words start.
    pub start: usize,
    /// Where they end, exclusive.
    pub end: usize,
}

/// A part played in a claim.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Part {
    /// The role's name.
    pub role: String,
    /// The words.
    #[serde(default)]
    pub text: String,
    /// Where they start.
    pub start: usize,
    /// Where they end, exclusive.
    pub end: usize,
    /// What the words stand for, where they are "it" or "the official".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub antecedent: Option<Words>,
    /// Whether just this is denied.
    #[serde(default, skip_serializing_if = "is_false")]
    pub denied: bool,
    /// Who or what.
    pub value: Value,
}

/// A value as the machine contract writes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are those of the values")]
pub enum Value {
    Actor(Actor),
    Thing {
        name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        class: Option<String>,
    },
    Quantity(Quantity),
    Place(Place),
    Period(Period),
    Text {
        text: String,
    },
    /// Another claim of the report, by its identifier.
    Claim {
        id: String,
    },
}

/// Somebody who acts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the value")]
pub struct Actor {
    pub name: String,
    #[serde(default)]
    pub form: String,
    #[serde(default, skip_serializing_if = "is_false")]
    pub several: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tense: Option<String>,
    /// How many are meant, where that is told: "two presidents" are no one of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extent: Option<serde_json::Value>,
}

/// An amount.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the value")]
pub struct Quantity {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    #[serde(default, skip_serializing_if = "is_false")]
    pub approximate: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
}

/// A place.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the value")]
pub struct Place {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonameid: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// A time; days as `2024-07-31`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are those of the value")]
pub struct Period {
    #[serde(default)]
    pub kind: String,
    pub edtf: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    #[serde(default)]
    pub anchor: String,
}

/// What is usual is not written down.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
pub(super) fn is_false(value: &bool) -> bool {
    !value
}

/// Something that a person decided, tied to words so that it outlives a rebuild.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Act {
    /// What was decided.
    pub verb: Verb,
    /// The words it is about.
    pub anchors: Vec<Anchor>,
    /// The new value, for a correction.
    pub value: Option<String>,
}

/// What a person can decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Verb {
    /// Two are one.
    Same,
    /// Two are not one.
    Different,
    /// A claim is not what its report says.
    Reject,
    /// A role of a claim is another value.
    Correct,
}

impl Verb {
    /// Every verb.
    pub const ALL: [Verb; 4] = [Verb::Same, Verb::Different, Verb::Reject, Verb::Correct];

    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verb::Same => "same",
            Verb::Different => "different",
            Verb::Reject => "reject",
            Verb::Correct => "correct",
        }
    }

    /// The verb of a name.
    pub fn from_name(name: &str) -> Option<Verb> {
        Verb::ALL.into_iter().find(|verb| verb.name() == name)
    }
}

/// Words of a report: of a mention, or those that a claim of some kind was found by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Anchor {
    /// The report.
    pub report: String,
    /// Where the words start.
    pub start: usize,
    /// Where they end, exclusive.
    pub end: usize,
    /// The claim's kind; none: a mention.
    pub kind: Option<String>,
    /// A role of the claim.
    pub role: Option<String>,
}
