//! Series: figures that count the same over time, with how each pair stands.

use std::collections::BTreeMap;

use serde::Serialize;

use super::case::Case;
use super::facts::{Found, Scene};
use super::figures::{self, Standing};
use super::groups::Groups;
use super::judgement::Reason;
use crate::claim::Family;

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

/// The series of two figures or more, in the order of their identifiers.
pub(super) fn series(scene: Scene<'_>, found: &Found) -> Vec<Series> {
    let figures: Vec<(usize, usize)> = found
        .members
        .iter()
        .enumerate()
        .filter(|(fact, _)| found.facts[*fact].family == Family::Figure)
        .flat_map(|(fact, cases)| cases.iter().map(move |&case| (fact, case)))
        .collect();
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (_, case)) in figures.iter().enumerate() {
        if let Some(counted) = &scene.cases[*case].counted {
            blocks.entry(counted.measure.clone()).or_default().push(at);
        }
    }
    let mut groups = Groups::new(figures.len());
    let mut pairs: Vec<(usize, usize, Standing, Reason)> = Vec::new();
    for block in blocks.values() {
        for (at, &a) in block.iter().enumerate() {
            for &b in &block[at + 1..] {
                let (one, other) = (&scene.cases[figures[a].1], &scene.cases[figures[b].1]);
                let Some((standing, why)) = figures::stand(scene.pack, scene.gazetteer, one, other)
                else {
                    continue;
                };
                if standing != Standing::OtherPopulation {
                    groups.join(a, b);
                    pairs.push((a, b, standing, why));
                }
            }
        }
    }
    let mut all: Vec<Series> = groups
        .all()
        .into_iter()
        .filter(|members| members.len() > 1)
        .map(|members| one(scene, found, &figures, &members, &pairs))
        .collect();
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

fn one(
    scene: Scene<'_>,
    found: &Found,
    figures: &[(usize, usize)],
    members: &[usize],
    pairs: &[(usize, usize, Standing, Reason)],
) -> Series {
    let id = |at: usize| scene.cases[figures[at].1].id().to_owned();
    let mut points: Vec<Point> = members
        .iter()
        .map(|&at| {
            let (fact, case) = figures[at];
            point(scene, &found.facts[fact].id, &scene.cases[case])
        })
        .collect();
    points.sort_by_key(|point| (point.when.clone(), point.published.clone(), point.claim.clone()));
    let pairs = pairs.iter().filter(|(a, _, _, _)| members.contains(a));
    let pairs = pairs.map(|(a, b, standing, why)| {
        let (one, other) = (id(*a), id(*b));
        let (left, right) = if one <= other { (one, other) } else { (other, one) };
        Pair { left, right, standing: *standing, why: why.clone() }
    });
    let mut pairs: Vec<Pair> = pairs.collect();
    pairs.sort_by(|a, b| (&a.left, &a.right).cmp(&(&b.left, &b.right)));
    let first = members.iter().map(|&at| id(at)).min().unwrap_or_default();
    let measure =
        found.facts[figures[members[0]].0].roles.iter().find(|role| role.role == "measure");
    let measure = measure.map(|role| role.value.clone()).unwrap_or_default();
    Series { id: first, measure, points, pairs }
}

fn point(scene: Scene<'_>, fact: &str, case: &Case<'_>) -> Point {
    let report = &scene.room.reports[case.report];
    let value = case.parts.iter().find(|part| part.role == "value");
    Point {
        claim: case.id().to_owned(),
        fact: fact.to_owned(),
        report: report.id.clone(),
        published: report.published.clone(),
        when: case.when().map(|when| when.edtf.clone()),
        value: value.map(|part| part.said.text.clone()).unwrap_or_default(),
    }
}
