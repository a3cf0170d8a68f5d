//! Bounds: between which days an undated report was written, as others and its own words tell.

use std::collections::BTreeMap;

use serde::Serialize;

use super::case::{Case, Told};
use super::compare::Relation;
use super::facts::{Found, Scene};
use super::judgement::Reason;
use crate::value::period::Date;

/// When an undated report was written, at the earliest and at the latest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bound {
    /// The report.
    pub report: String,
    /// It is no older than this day.
    pub not_before: Option<String>,
    /// It is no younger than this day.
    pub not_after: Option<String>,
    /// Why.
    pub reasons: Vec<Reason>,
}

#[derive(Default)]
struct Limits {
    not_before: Option<(Date, Reason)>,
    not_after: Option<(Date, Reason)>,
}

impl Limits {
    fn after(&mut self, day: Date, reason: Reason) {
        if self.not_before.as_ref().is_none_or(|(known, _)| *known < day) {
            self.not_before = Some((day, reason));
        }
    }

    fn before(&mut self, day: Date, reason: Reason) {
        if self.not_after.as_ref().is_none_or(|(known, _)| *known > day) {
            self.not_after = Some((day, reason));
        }
    }
}

/// The bounds of every report that does not say when it was published. What a report says of its own
/// date is never touched.
pub(super) fn bounds(scene: Scene<'_>, found: &Found) -> Vec<Bound> {
    let mut limits: BTreeMap<usize, Limits> = BTreeMap::new();
    let undated = |case: &Case<'_>| scene.room.reports[case.report].published.is_none();
    for case in scene.cases.iter().filter(|case| undated(case)) {
        if let Some(day) = case.when().and_then(|when| when.first)
            && case.told() == Told::Done
        {
            let words = case.telling.text.chars().take(120).collect::<String>();
            let reason = Reason::new("it tells of this day as past", words);
            limits.entry(case.report).or_default().after(day, reason);
        }
    }
    for (fact, members) in found.members.iter().enumerate() {
        let Some(day) = found.facts[fact].first.as_deref().and_then(|day| day.parse().ok()) else {
            continue;
        };
        for case in members.iter().map(|&case| &scene.cases[case]) {
            if undated(case) && case.told() == Told::Done {
                let reason =
                    Reason::new("another report dates what it tells", &found.facts[fact].caption);
                limits.entry(case.report).or_default().after(day, reason);
            }
        }
    }
    carried_out(scene, found, &mut limits);
    let mut bounds: Vec<Bound> = limits
        .into_iter()
        .map(|(report, Limits { not_before, not_after })| Bound {
            report: scene.room.reports[report].id.clone(),
            not_before: not_before.as_ref().map(|(day, _)| day.to_string()),
            not_after: not_after.as_ref().map(|(day, _)| day.to_string()),
            reasons: not_before.into_iter().chain(not_after).map(|(_, reason)| reason).collect(),
        })
        .collect();
    bounds.sort_by(|a, b| a.report.cmp(&b.report));
    bounds
}

/// What a report tells as planned had not been done when it was written; what it tells as done was.
fn carried_out(scene: Scene<'_>, found: &Found, limits: &mut BTreeMap<usize, Limits>) {
    let numbers: BTreeMap<&str, usize> =
        found.facts.iter().enumerate().map(|(at, fact)| (fact.id.as_str(), at)).collect();
    for link in found.links.iter().filter(|link| link.relation == Relation::CarriedOut.name()) {
        let (Some(&planned), Some(&done)) =
            (numbers.get(link.from.as_str()), numbers.get(link.to.as_str()))
        else {
            continue;
        };
        let day =
            |day: &Option<String>| day.as_ref().and_then(|day| day.get(..10)?.parse::<Date>().ok());
        let held = &found.facts[done];
        let told = held.claims.iter().filter_map(|told| day(&told.published)).min();
        if let Some(last) = day(&held.last).or(told) {
            for case in found.members[planned].iter().map(|&case| &scene.cases[case]) {
                if scene.room.reports[case.report].published.is_none() && case.told() == Told::Ahead
                {
                    let reason =
                        Reason::new("it tells as planned what was done then", &held.caption);
                    limits.entry(case.report).or_default().before(last, reason);
                }
            }
        }
        let announced =
            found.facts[planned].claims.iter().filter_map(|told| day(&told.published)).max();
        if let Some(first) = announced {
            for case in found.members[done].iter().map(|&case| &scene.cases[case]) {
                if scene.room.reports[case.report].published.is_none() {
                    let reason =
                        Reason::new("it tells as done what was planned then", &held.caption);
                    limits.entry(case.report).or_default().after(first, reason);
                }
            }
        }
    }
}
