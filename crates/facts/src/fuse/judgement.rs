//! Judgements: whether two are one, with the reasons as data.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// Whether two are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// They are.
    Same,
    /// They are not.
    Different,
    /// Nothing decides it; they stay two.
    Unsure,
}

impl Verdict {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Same => "same",
            Verdict::Different => "different",
            Verdict::Unsure => "unsure",
        }
    }
}

/// Why: the rule that spoke, and what it spoke of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Reason {
    /// The rule's name.
    pub rule: Cow<'static, str>,
    /// What it found, in the reports' own words.
    pub detail: String,
}

impl Reason {
    /// A reason.
    pub fn new(rule: &'static str, detail: impl Into<String>) -> Reason {
        Reason { rule: Cow::Borrowed(rule), detail: detail.into() }
    }
}

/// What was judged of two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Judgement {
    /// One, by its identifier.
    pub left: String,
    /// The other.
    pub right: String,
    /// Whether they are one.
    pub verdict: Verdict,
    /// Why.
    pub reasons: Vec<Reason>,
}
