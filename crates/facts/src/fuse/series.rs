//! Series: figures that count the same over time, with how each pair stands.

use serde::Serialize;

use super::case::Case;
use super::figures::Standing;
use super::judgement::Reason;
use super::web::ordered;

/// Figures of one measure and one set.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Series {
    /// Its identifier: its smallest claim's.
    pub id: String,
    /// What is counted, in the words of its first point.
    pub measure: String,
    /// The figures, by the time they count over, then by publication.
    pub points: Vec<Point>,
    /// How each two of them stand to each other.
    pub pairs: Vec<Pair>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// The claim.
    pub claim: String,
    /// The fact it tells.
    pub fact: String,
    /// Its report.
    pub report: String,
    /// When that was published.
    pub published: Option<String>,
    /// The time it counts over.
    pub when: Option<String>,
    /// The amount, in the report's words.
    pub value: String,
}

/// How two figures stand to each other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Pair {
    /// One claim.
    pub left: String,
    /// The other.
    pub right: String,
    /// How they stand.
    pub standing: Standing,
    /// The rule that decided it.
    pub why: Reason,
}

/// A series of points and of how each two that were judged stand to each other.
pub(super) fn series(
    id: &str,
    measure: String,
    mut points: Vec<Point>,
    pairs: Vec<Pair>,
) -> Series {
    points.sort_by_key(|point| (point.when.clone(), point.published.clone(), point.claim.clone()));
    Series { id: id.to_owned(), measure, points, pairs }
}

/// How two claims stand to each other, the smaller first.
pub(super) fn pair(one: &str, other: &str, standing: Standing, why: Reason) -> Pair {
    let (left, right) = ordered(one, other);
    Pair { left, right, standing, why }
}

pub(super) fn point(fact: &str, case: &Case<'_>) -> Point {
    let value = case.parts.iter().find(|part| part.role == "value");
    Point {
        claim: case.id().to_owned(),
        fact: fact.to_owned(),
        report: case.report.id.clone(),
        published: case.report.published.clone(),
        when: case.when().map(|when| when.edtf.clone()),
        value: value.map(|part| part.said.text.clone()).unwrap_or_default(),
    }
}
