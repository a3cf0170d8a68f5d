//! Values drawn for people: the quantities, times, actors, things and places that a text states.

use std::io::Write;

use atalaya_facts::reading::Part;
use atalaya_facts::value::actor::Tense;
use atalaya_facts::value::{period, quantity};
use atalaya_facts::{Class, Gazetteer, Pack};

use atalaya_facts::{Extraction, Reading};

use super::out::{Out, tame};
use crate::Error;

/// One line a quantity: its words, what they come to, and of what.
pub fn quantities(part: &Part, out: &mut Out) -> Result<(), Error> {
    let rows = part.quantities.iter().map(|cited| {
        let value = &cited.value;
        let of = value.of.as_ref().map(|of| of.value.clone()).unwrap_or_default();
        vec![words(part, cited.span.clone()), amount(value), tame(&of)]
    });
    print(&["words", "amount", "of"], rows.collect(), out)
}

fn amount(value: &quantity::Quantity) -> String {
    let about = if value.approximate { "about " } else { "" };
    let unit = value.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let range = match (value.low, value.high) {
        (Some(low), Some(high)) if low == high => format!("{low}"),
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("{low} or more"),
        (None, Some(high)) => format!("up to {high}"),
        (None, None) => "unknown".to_owned(),
    };
    format!("{about}{range}{unit}")
}

/// One line a time: its words, its value in EDTF, and what it is reckoned from.
pub fn periods(part: &Part, out: &mut Out) -> Result<(), Error> {
    let rows = part.periods.iter().map(|cited| {
        let value = &cited.value;
        let about = if value.approximate { "about " } else { "" };
        let anchor = match &value.anchor {
            period::Anchor::Published => "the published date",
            period::Anchor::Text => "the text",
            period::Anchor::None => "",
        };
        vec![words(part, cited.span.clone()), format!("{about}{}", value.edtf), anchor.to_owned()]
    });
    print(&["words", "time", "reckoned from"], rows.collect(), out)
}

/// One line a place: its words, which place it is, and how the text stands to it.
pub fn places(part: &Part, gazetteer: &Gazetteer, out: &mut Out) -> Result<(), Error> {
    let rows = part.places.iter().map(|cited| {
        let value = &cited.value;
        let entry = value.entry.map(|row| gazetteer.entry(row));
        let shown = entry.map_or("not found".to_owned(), |entry| {
            let country = if entry.country.is_empty() {
                String::new()
            } else {
                format!(" ({})", entry.country)
            };
            format!("{}{country} {:.2}, {:.2}", entry.name, entry.lat, entry.lon)
        });
        let relation = value.relation.map(atalaya_facts::value::place::Relation::name);
        let facility = value.facility.as_ref().map(|facility| format!(" a {facility}"));
        let precision = value.precision.name().to_owned();
        let stands = format!("{}{}", relation.unwrap_or_default(), facility.unwrap_or_default());
        vec![words(part, cited.span.clone()), shown, precision, tame(stands.trim())]
    });
    print(&["words", "place", "precision", "relation"], rows.collect(), out)
}

/// One line an actor: its words, its name, its class, its country and its post.
pub fn actors(part: &Part, pack: &Pack, out: &mut Out) -> Result<(), Error> {
    let rows = part.actors.iter().map(|cited| {
        let actor = &cited.value;
        let country = actor.country.clone().unwrap_or_default();
        let post = actor.office.as_ref().map(|office| match office.tense {
            Tense::Current => office.post.clone(),
            other => format!("{} {}", other.name(), office.post),
        });
        let (name, class) = (tame(&actor.name), class(pack, actor.class));
        vec![words(part, cited.span.clone()), name, class, country, post.unwrap_or_default()]
    });
    print(&["words", "actor", "class", "country", "post"], rows.collect(), out)
}

/// One line a thing: its words, its name and its class.
pub fn things(part: &Part, pack: &Pack, out: &mut Out) -> Result<(), Error> {
    let rows = part.things.iter().map(|cited| {
        let thing = &cited.value;
        vec![words(part, cited.span.clone()), tame(&thing.name), class(pack, thing.class)]
    });
    print(&["words", "thing", "class"], rows.collect(), out)
}

fn class(pack: &Pack, class: Option<Class>) -> String {
    class.map_or(String::new(), |class| pack.classes.name(class).to_owned())
}

fn words(part: &Part, span: std::ops::Range<usize>) -> String {
    tame(&part.prepared.text[span])
}

fn print(headings: &[&str], rows: Vec<Vec<String>>, out: &mut Out) -> Result<(), Error> {
    if rows.is_empty() {
        writeln!(out, "none")?;
        return Ok(());
    }
    Ok(out.table(headings, rows)?)
}

/// One line a claim: its kind, how it is told, its roles, and the rule that found it.
pub fn claims(reading: &Reading<'_>, made: &Extraction, out: &mut Out) -> Result<(), Error> {
    let text = &reading.report.text;
    let rows = made.claims.iter().map(|claim| {
        let roles: Vec<String> = claim
            .roles
            .iter()
            .map(|role| format!("{}: {}", role.id, &text[role.value.span.clone()]))
            .collect();
        let status = claim.status.map(atalaya_facts::claim::Status::name);
        let mut told = status.unwrap_or(claim.assertion.realis.name()).to_owned();
        if claim.assertion.denied {
            told.push_str(", denied");
        }
        if claim.presupposed {
            told.push_str(", presupposed");
        }
        vec![claim.rule.clone(), told, tame(&roles.join(" · "))]
    });
    print(&["rule", "told as", "who and what"], rows.collect(), out)
}

/// One line a rule that was tried and let go, and why.
pub fn dropped(reading: &Reading<'_>, made: &Extraction, out: &mut Out) -> Result<(), Error> {
    let rows = made.dropped.iter().map(|(part, dropped)| {
        let words = &reading.parts[*part].doc.text()[dropped.trigger.clone()];
        vec![dropped.rule.clone(), tame(words), dropped.why.clone()]
    });
    print(&["rule", "words", "why not"], rows.collect(), out)
}
