//! Outlines: what of a claim suffices to see that it is not one with another, and does not hang together
//! with it. Of a claim's neighbours hardly any gets past that, and of the others the whole is never read.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::case::{Case, Head, Known, Part, speaks};
use super::figures;
use super::input::{self, Telling, Value, Words};
use super::web::short;
use crate::claim::{Aspect, Family, Realis};
use crate::pack::Pack;

/// What is kept of a claim to tell it from its neighbours, under short names: for each thousand reports
/// that come, some ten thousand are read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Outline {
    #[serde(rename = "f")]
    family: Family,
    #[serde(rename = "k")]
    kind: String,
    #[serde(rename = "r")]
    report: String,
    /// Its sentence, in few letters.
    #[serde(rename = "t")]
    text: String,
    /// Where its sentence starts and ends.
    #[serde(rename = "s")]
    span: (usize, usize),
    #[serde(rename = "d", default, skip_serializing_if = "input::is_false")]
    denied: bool,
    #[serde(rename = "p")]
    parts: Vec<(String, Known)>,
    /// Who says so, in the report's words.
    #[serde(rename = "w", default, skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    #[serde(rename = "b", default, skip_serializing_if = "BTreeSet::is_empty")]
    beside: BTreeSet<String>,
}

impl Outline {
    /// The outline of a claim: of a statement that counts nothing it has nobody but the speaker.
    pub(super) fn of(case: &Case<'_>) -> Outline {
        let told = case.telling.family == Family::Statement;
        let whole = !told || case.counted.is_some();
        let parts = case.parts.iter().filter(|part| whole || speaks(part));
        let speaker = case.parts.iter().find(|part| told && speaks(part));
        Outline {
            family: case.telling.family,
            kind: case.telling.kind.clone(),
            report: case.report.id.clone(),
            text: short(&case.telling.text),
            span: (case.telling.start, case.telling.end),
            denied: case.telling.denied,
            parts: parts.map(|part| (part.role.clone(), part.value.clone())).collect(),
            speaker: speaker.map(|part| part.said.text.clone()),
            beside: case.beside.clone(),
        }
    }

    /// A case of which only that is known, for [`super::compare::are_two`] and nothing else.
    pub(super) fn case(self, pack: &Pack) -> Case<'_> {
        let kind = pack.kinds.by_name(&self.kind);
        let text = self.speaker.unwrap_or_default();
        let part = |(role, value)| Part { role, value, said: said(&text) };
        let mut case = Case {
            report: Head { id: self.report, outlet: None, published: None },
            telling: Telling {
                id: String::new(),
                family: self.family,
                kind: self.kind,
                realis: Realis::Happened,
                denied: self.denied,
                status: None,
                aspect: Aspect::Once,
                presupposed: false,
                attribution: Vec::new(),
                roles: Vec::new(),
                trigger: Words::default(),
                start: self.span.0,
                end: self.span.1,
                text: self.text,
                within: None,
            },
            root: String::new(),
            kind,
            parts: self.parts.into_iter().map(part).collect(),
            published: None,
            beside: self.beside,
            media: BTreeSet::new(),
            agency: None,
            words: Vec::new(),
            counted: None,
            held_by: BTreeSet::new(),
            part_of: BTreeSet::new(),
            parts_told: BTreeSet::new(),
        };
        case.counted = figures::counted(&case);
        case
    }
}

/// A part's words, as far as an outline has them.
fn said(text: &str) -> input::Part {
    input::Part {
        role: String::new(),
        text: text.to_owned(),
        start: 0,
        end: 0,
        antecedent: None,
        denied: false,
        value: Value::Text { text: String::new() },
    }
}
