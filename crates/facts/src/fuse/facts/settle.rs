//! Settling: of each role the value most told, who tells it, and who tells otherwise.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;

use super::Scene;
use crate::claim::Family;
use crate::fuse::case::{Case, Known, Part, Where};
use crate::fuse::compare::{self, Weighed};
use crate::fuse::correct;
use crate::fuse::input::Value;
use crate::value::place::Precision;

/// A role of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// The role's name.
    pub role: String,
    /// The value most told, in a few words.
    pub value: String,
    /// Whether its words are of several: "soldiers".
    #[serde(skip)]
    pub several: bool,
    /// Whether its words are a pronoun of which nobody knows whom it means: "he", "I".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub pronoun: bool,
    /// Whether it is a time, as ISO 8601-2 writes it.
    #[serde(skip)]
    pub is_time: bool,
    /// Where it is on the map, if it is a place that a person set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Placed>,
    /// The actor or place that it is, by identifier.
    pub actor: Option<String>,
    /// The claims that tell it.
    pub agree: Vec<String>,
    /// What others tell that is at odds with it.
    pub differ: Vec<Other>,
    /// What others tell besides: less, more, or of another side.
    pub besides: Vec<Other>,
    /// Whether a person set it.
    pub corrected: bool,
}

/// A place on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Placed {
    /// Its number in GeoNames.
    pub geonameid: Option<u32>,
    /// Its name there.
    pub name: String,
    /// Its country's code.
    pub country: String,
    /// Degrees north.
    pub lat: String,
    /// Degrees east.
    pub lon: String,
    /// How close what is meant is to its coordinates.
    pub precision: &'static str,
}

/// Another value of a role.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Other {
    /// The claim that tells it.
    pub claim: String,
    /// The value, in a few words.
    pub value: String,
}

/// A value and the claim that tells it.
type Told<'c> = (&'c Case<'c>, &'c Part);

/// The roles of some claims, in the order of the kind's roles.
pub(super) fn roles(scene: Scene<'_>, cases: &[&Case<'_>]) -> Vec<Settled> {
    let mut names: Vec<&str> = Vec::new();
    let listed = cases.iter().filter_map(|case| case.kind).flat_map(|kind| &kind.roles);
    let told = cases.iter().flat_map(|case| &case.parts).map(|part| part.said.role.as_str());
    for name in listed.map(|(name, _)| name.as_str()).chain(told) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.into_iter().flat_map(|name| role(scene, cases, name)).collect()
}

/// The values of one role: one for each that is told of by itself, where one claim tells several.
fn role(scene: Scene<'_>, cases: &[&Case<'_>], name: &str) -> Vec<Settled> {
    let mut told: Vec<Told<'_>> = Vec::new();
    for case in cases {
        let parts = case.parts.iter().filter(|part| part.said.role == name);
        told.extend(parts.map(|part| (*case, part)));
    }
    // A pronoun tells nothing where somebody is named.
    if told.iter().any(|(_, part)| is_known(part)) {
        told.retain(|(_, part)| is_known(part) || !is_pronoun(part));
    }
    let clusters = clusters(scene, told);
    let mut settled: Vec<(Settled, Vec<Told<'_>>)> = Vec::new();
    for cluster in clusters {
        let (case, part) = cluster[0];
        // What a claim tells beside its first value is a value of its own.
        let own =
            settled.iter().all(|(_, first)| first.iter().any(|(other, _)| other.id() == case.id()));
        match settled.first_mut() {
            Some((first, values)) if !own => {
                let odds = values.first().is_some_and(|(_, other)| at_odds(scene, other, part));
                let others = cluster.iter().map(|(case, part)| Other {
                    claim: case.id().to_owned(),
                    value: label(scene, part),
                });
                if odds { first.differ.extend(others) } else { first.besides.extend(others) }
            }
            _ => settled.push((value(scene, name, &cluster), cluster)),
        }
    }
    settled.into_iter().map(|(settled, _)| settled).collect()
}

fn value(scene: Scene<'_>, name: &str, cluster: &[Told<'_>]) -> Settled {
    let (_, part) = cluster.iter().max_by_key(|(case, part)| rank(case, part)).expect("not empty");
    let actor = match &part.value {
        Known::Actor(who) => who.actor.clone(),
        _ => None,
    };
    let mut agree: Vec<String> = cluster.iter().map(|(case, _)| case.id().to_owned()).collect();
    agree.dedup();
    let correction = cluster.iter().find_map(|(case, _)| correction(scene, case, name));
    let place = correction.as_ref().and_then(|_| spot(scene, part));
    Settled {
        role: name.to_owned(),
        several: is_several(part),
        pronoun: correction.is_none() && actor.is_none() && means_nobody(part),
        is_time: is_dated(part),
        corrected: correction.is_some(),
        value: correction.unwrap_or_else(|| label(scene, part)),
        place,
        actor,
        agree,
        differ: Vec::new(),
        besides: Vec::new(),
    }
}

/// Where a place is on the map.
fn spot(scene: Scene<'_>, part: &Part) -> Option<Placed> {
    let Known::Place(Where { row: Some(row), .. }) = &part.value else { return None };
    let entry = scene.gazetteer.entry(*row);
    Some(Placed {
        geonameid: entry.geonameid,
        name: entry.name.to_owned(),
        country: entry.country.to_owned(),
        lat: entry.lat.to_string(),
        lon: entry.lon.to_string(),
        precision: Precision::of(&entry).name(),
    })
}

/// Whether a pronoun leads to no words of which one knows whom they mean.
fn means_nobody(part: &Part) -> bool {
    is_pronoun(part) && part.said.antecedent.as_ref().is_none_or(|words| words.text.is_empty())
}

fn is_pronoun(part: &Part) -> bool {
    matches!(&part.said.value, Value::Actor(actor) if actor.form == "pronoun")
}

/// Whether a verb after its words stands in the plural. Names are of one, whatever they end in.
fn is_several(part: &Part) -> bool {
    match &part.said.value {
        Value::Actor(actor) => actor.several && actor.form != "name",
        Value::Quantity(amount) => amount.low != Some(1.0),
        _ => false,
    }
}

/// Whether a value is shown as ISO 8601-2 writes it.
fn is_dated(part: &Part) -> bool {
    matches!(&part.value, Known::Period(when) if when.first.is_some() || when.last.is_some() || when.month.is_some())
}

fn is_known(part: &Part) -> bool {
    match &part.value {
        Known::Actor(who) => who.actor.is_some(),
        Known::Place(place) => place.row.is_some(),
        Known::Nothing => false,
        _ => true,
    }
}

/// What tells more: a value that is known, then the longer words, then the first claim.
fn rank(case: &Case<'_>, part: &Part) -> (bool, usize, Reverse<String>) {
    (is_known(part), part.said.text.len().min(200), Reverse(case.id().to_owned()))
}

/// Values that agree with the first of their cluster; the cluster told by most reports first.
fn clusters<'c>(scene: Scene<'_>, told: Vec<Told<'c>>) -> Vec<Vec<Told<'c>>> {
    let mut clusters: Vec<Vec<Told<'c>>> = Vec::new();
    for (case, part) in told {
        let fits = |cluster: &&mut Vec<Told<'_>>| {
            let first = &cluster[0].1.value;
            *first == part.value || compare::agree(scene.pack, scene.gazetteer, first, &part.value)
        };
        match clusters.iter_mut().find(fits) {
            Some(cluster) => cluster.push((case, part)),
            None => clusters.push(vec![(case, part)]),
        }
    }
    let reports = |cluster: &[Told<'_>]| {
        let reports = cluster.iter().map(|(case, _)| case.report.id.as_str());
        reports.collect::<BTreeSet<&str>>().len()
    };
    // Of figures told by as many, the one that was told last.
    let last = |cluster: &[Told<'_>]| {
        let figures = cluster.iter().filter(|(case, _)| case.telling.family == Family::Figure);
        figures.filter_map(|(case, _)| case.published).max()
    };
    clusters.sort_by_key(|cluster| Reverse((reports(cluster), last(cluster))));
    clusters
}

fn at_odds(scene: Scene<'_>, one: &Part, other: &Part) -> bool {
    let found = compare::values(scene.pack, scene.gazetteer, &one.value, &other.value);
    match found {
        Weighed::Conflict => true,
        // Two ways of putting it are not at odds; two amounts, two names or two countries are.
        Weighed::Differ => matches!(one.value, Known::Actor(_) | Known::Quantity(_)),
        Weighed::Agree | Weighed::Compatible => false,
    }
}

/// What a person says a role of a claim is.
fn correction(scene: Scene<'_>, case: &Case<'_>, role: &str) -> Option<String> {
    correct::said(scene.acts, &case.report.id, &case.telling, role)
}

/// A value in a few words.
fn label(scene: Scene<'_>, part: &Part) -> String {
    // "He" says nothing where the report tells whom it means.
    let meant =
        part.said.antecedent.as_ref().filter(|words| is_pronoun(part) && !words.text.is_empty());
    let text = meant.map_or(&part.said.text, |words| &words.text);
    let words = || {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        // Signs of Markdown that end up at the edge of a value are none of its words.
        words.trim_matches(['*', '_']).to_owned()
    };
    match &part.value {
        Known::Actor(who) => {
            let name = who.actor.as_ref().and_then(|actor| scene.names.get(actor));
            name.map_or_else(words, Clone::clone)
        }
        Known::Place(place) if place.row.is_some() && !part.said.text.contains(' ') => {
            place.name.clone()
        }
        Known::Period(when) if is_dated(part) => when.edtf.clone(),
        _ => words(),
    }
}
