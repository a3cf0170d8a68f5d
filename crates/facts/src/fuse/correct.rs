//! Corrections: what a person says a role of a claim is, in the place of what was read.
//!
//! Where a role tells a time or a place, the correction is read as one, so that the fact moves in time and on the
//! map; elsewhere it is the words that are shown.

use super::input::{Act, Anchor, Part, Period, Place, Telling, Value, Verb};
use crate::event::{Kind, Type};
use crate::gazetteer::{Entry, Gazetteer, PlaceKind};

/// A claim as a person corrected it; none if nobody did.
pub(super) fn telling(
    gazetteer: &Gazetteer,
    acts: &[Act],
    report: &str,
    told: &Telling,
    kind: Option<&Kind>,
) -> Option<Telling> {
    let mut corrected: Option<Telling> = None;
    for (role, value) in corrections(acts, report, told) {
        let types = kind.into_iter().flat_map(|kind| &kind.roles);
        let mut types = types.filter(|(name, _)| name == role).flat_map(|(_, types)| types);
        let value = match types.find(|kind| matches!(kind, Type::Place | Type::Period)) {
            Some(Type::Place) => Value::Place(place(gazetteer, value)),
            Some(_) => match period(value) {
                Some(period) => Value::Period(period),
                None => continue,
            },
            None => continue,
        };
        let own = corrected.get_or_insert_with(|| told.clone());
        let (text, start, end) = (shown(&value), told.trigger.start, told.trigger.end);
        let part = Part {
            role: role.to_owned(),
            text,
            start,
            end,
            antecedent: None,
            denied: false,
            value,
        };
        let at = own.roles.iter().position(|part| part.role == role);
        own.roles.retain(|part| part.role != role);
        own.roles.insert(at.unwrap_or(own.roles.len()).min(own.roles.len()), part);
    }
    corrected
}

/// What a person says a role of a claim is; the last word counts.
pub(super) fn said(acts: &[Act], report: &str, told: &Telling, role: &str) -> Option<String> {
    let said = corrections(acts, report, told).filter(|(own, _)| *own == role);
    said.last().map(|(_, value)| value.to_owned())
}

/// The roles of a claim that a person corrected, with their values, the oldest first.
fn corrections<'a>(
    acts: &'a [Act],
    report: &'a str,
    told: &'a Telling,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let span = (told.trigger.start, told.trigger.end);
    let fits = move |anchor: &&Anchor| {
        anchor.report == report
            && (anchor.start, anchor.end) == span
            && anchor.kind.as_ref().is_none_or(|kind| *kind == told.kind)
    };
    acts.iter().filter(|act| act.verb == Verb::Correct).flat_map(move |act| {
        let roles = act.anchors.iter().filter(fits).filter_map(|anchor| anchor.role.as_deref());
        roles.filter_map(|role| Some((role, act.value.as_deref()?)))
    })
}

fn shown(value: &Value) -> String {
    match value {
        Value::Place(place) => place.name.clone(),
        Value::Period(period) => period.edtf.clone(),
        _ => String::new(),
    }
}

/// How many live in a town that is meant by its name where a canton around it has the same.
const LARGE: u32 = 100_000;

/// The place of a name: of those in the country that may stand behind it ("Durán, EC") a country, else a large
/// town, else the first.
fn place(gazetteer: &Gazetteer, value: &str) -> Place {
    let (name, country) = match value.rsplit_once(", ") {
        Some((name, code)) if code.len() == 2 => (name, Some(code.to_uppercase())),
        _ => (value, None),
    };
    let rows = gazetteer.find(name).map(|(row, _)| gazetteer.entry(row));
    let rank = |entry: &Entry<'_>| match entry.kind {
        PlaceKind::Country => 0,
        PlaceKind::City if entry.capital || entry.population >= LARGE => 1,
        _ => 2,
    };
    let entry: Option<Entry<'_>> = rows
        .filter(|entry| country.as_ref().is_none_or(|code| entry.country == code.as_str()))
        .min_by_key(rank);
    Place {
        name: name.to_owned(),
        entry: entry.as_ref().map(|entry| entry.name.to_owned()),
        kind: entry.as_ref().map(|entry| entry.kind.name().to_owned()),
        form: Some("name".to_owned()),
        geonameid: entry.as_ref().and_then(|entry| entry.geonameid),
        country: entry.map(|entry| entry.country.to_owned()).filter(|code| !code.is_empty()),
    }
}

/// A day, a month or a year.
fn period(value: &str) -> Option<Period> {
    let first = match value.len() {
        4 => format!("{value}-01-01"),
        7 => format!("{value}-01"),
        _ => value.to_owned(),
    };
    let first: jiff::civil::Date = first.parse().ok()?;
    let last = match value.len() {
        4 => first.last_of_year(),
        7 => first.last_of_month(),
        _ => first,
    };
    Some(Period {
        kind: "when".to_owned(),
        edtf: value.to_owned(),
        first: Some(first.to_string()),
        last: Some(last.to_string()),
        anchor: "none".to_owned(),
    })
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests touch the world")]
mod tests {
    use super::*;

    #[test]
    fn a_name_means_a_country_or_a_large_town_before_what_lies_around_it() {
        let gazetteer =
            Gazetteer::load(std::fs::read("../../gazetteer/places.bin").unwrap()).unwrap();
        let kind = |name: &str| place(&gazetteer, name).kind.unwrap();
        assert_eq!(kind("Quito, EC"), PlaceKind::City.name());
        assert_eq!(kind("Ecuador"), PlaceKind::Country.name());
        assert_eq!(kind("Guayas, EC"), PlaceKind::Region1.name());
        assert!(place(&gazetteer, "Nowhere at all").kind.is_none());
    }
}
