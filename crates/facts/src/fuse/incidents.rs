//! Incidents: which deeds of one report belong to one event, as a bomb and those it killed.

use std::collections::BTreeSet;

use crate::claim::{Claim, Value};
use crate::gazetteer::{Gazetteer, PlaceKind, Row};
use crate::value::period::Date;

/// One deed that a report tells of, as far as it tells an incident from others.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deed {
    /// What sort of incident it makes, if its kind says so; deeds of two sorts are of two incidents.
    pub sort: Option<String>,
    /// Whom or what it is done to, by names.
    pub done_to: BTreeSet<String>,
    /// The first and the last day it can have been.
    pub days: Option<(Date, Date)>,
    /// Where, each with the wider places around it; countries and seas tell nothing apart.
    pub places: Vec<Vec<Row>>,
}

impl Deed {
    /// The deed that a claim tells of; `done_to` are the roles of those it is done to.
    pub fn of(
        gazetteer: &Gazetteer,
        claim: &Claim,
        sort: Option<String>,
        done_to: &[String],
    ) -> Deed {
        let mut deed = Deed { sort, ..Deed::default() };
        for role in &claim.roles {
            match &role.value.value {
                Value::Place(place) => {
                    deed.places.extend(place.entry.and_then(|row| around(gazetteer, row)));
                }
                Value::Period(period) => deed.days = deed.days.or(period.first.zip(period.last)),
                Value::Actor(actor) if done_to.contains(&role.id) => {
                    deed.done_to.insert(actor.name.to_lowercase());
                }
                Value::Thing(thing) if done_to.contains(&role.id) => {
                    deed.done_to.insert(thing.name.to_lowercase());
                }
                _ => {}
            }
        }
        deed
    }

    /// Whether two deeds cannot be of one incident.
    fn apart(&self, other: &Deed) -> bool {
        let sorts = self.sort.is_some() && other.sort.is_some() && self.sort != other.sort;
        let shared = !self.done_to.is_disjoint(&other.done_to);
        sorts && !shared || self.other_time(other) || self.elsewhere(other)
    }

    /// Whether they lie more than a day apart.
    fn other_time(&self, other: &Deed) -> bool {
        let gap = |(_, last): (Date, Date), (first, _): (Date, Date)| (first - last).get_days() > 1;
        self.days.zip(other.days).is_some_and(|(one, two)| gap(one, two) || gap(two, one))
    }

    fn elsewhere(&self, other: &Deed) -> bool {
        let near = |one: &Vec<Row>| {
            other.places.iter().any(|two| one.contains(&two[0]) || two.contains(&one[0]))
        };
        !self.places.is_empty() && !other.places.is_empty() && !self.places.iter().any(near)
    }
}

/// A place with the wider ones around it, narrowest first; none for what is too wide.
fn around(gazetteer: &Gazetteer, row: Row) -> Option<Vec<Row>> {
    let entry = gazetteer.entry(row);
    let wide = matches!(entry.kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Sea);
    let wider = entry.region2.into_iter().chain(entry.region1);
    (!wide).then(|| std::iter::once(row).chain(wider).collect())
}

/// The incident of each deed of a report, in the order of its text: of those told before, the last
/// that the deed can be of; if there is none, a new one.
pub fn incidents(deeds: &[Deed]) -> Vec<usize> {
    let mut incidents: Vec<Vec<&Deed>> = Vec::new();
    // The incidents, the one that was told of last at the end.
    let mut recent: Vec<usize> = Vec::new();
    let mut of = Vec::with_capacity(deeds.len());
    for deed in deeds {
        let fits = |number: &usize| !incidents[*number].iter().any(|other| deed.apart(other));
        let number = recent.iter().rev().copied().find(fits).unwrap_or(incidents.len());
        match incidents.get_mut(number) {
            Some(incident) => incident.push(deed),
            None => incidents.push(vec![deed]),
        }
        recent.retain(|other| *other != number);
        recent.push(number);
        of.push(number);
    }
    of
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deed(sort: Option<&str>, day: Option<&str>, done_to: &[&str]) -> Deed {
        let day = day.map(|day| day.parse().expect("a day"));
        Deed {
            sort: sort.map(str::to_owned),
            days: day.map(|day| (day, day)),
            done_to: done_to.iter().map(|name| (*name).to_owned()).collect(),
            places: Vec::new(),
        }
    }

    #[test]
    fn deeds_are_of_the_last_incident_that_nothing_speaks_against() {
        let deeds = [
            deed(Some("bombing"), Some("2024-03-02"), &["bank"]),
            deed(None, None, &["guard"]),
            deed(Some("bombing"), Some("2024-02-11"), &[]),
            deed(Some("abduction"), None, &["mayor"]),
            deed(None, Some("2024-03-02"), &["mayor"]),
            deed(Some("arson"), None, &["bank"]),
        ];
        assert_eq!(incidents(&deeds), [0, 0, 1, 2, 2, 0]);
    }
}
