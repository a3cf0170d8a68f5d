//! Values drawn for people: the quantities, times and places that a text states.

use std::io::Write;

use atalaya_facts::value::{period, place, quantity};
use atalaya_parse::Doc;
use jiff::civil::Date;

use super::out::{Out, tame};
use crate::{Error, world};

/// One line a quantity: its words, what they come to, and of what.
pub fn quantities(doc: &Doc, out: &mut Out) -> Result<(), Error> {
    let found = quantity::quantities(world::english(), doc);
    let rows = found.into_iter().map(|cited| {
        let value = &cited.value;
        let of = value.of.as_ref().map(|of| of.value.clone()).unwrap_or_default();
        vec![words(doc, cited.span.clone()), amount(value), tame(&of)]
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
pub fn periods(doc: &Doc, published: Option<Date>, out: &mut Out) -> Result<(), Error> {
    let found = period::periods(&world::english().periods, doc, published);
    let rows = found.into_iter().map(|cited| {
        let value = &cited.value;
        let about = if value.approximate { "about " } else { "" };
        let anchor = match &value.anchor {
            period::Anchor::Published => "the published date",
            period::Anchor::Text => "the text",
            period::Anchor::None => "",
        };
        vec![words(doc, cited.span.clone()), format!("{about}{}", value.edtf), anchor.to_owned()]
    });
    print(&["words", "time", "reckoned from"], rows.collect(), out)
}

/// One line a place: its words, which place it is, and how the text stands to it.
pub fn places(doc: &Doc, out: &mut Out) -> Result<(), Error> {
    let (words_for_places, gazetteer) = (&world::english().places, world::gazetteer());
    let names = place::names(words_for_places, gazetteer, doc);
    let senses = place::resolve(words_for_places, gazetteer, &names);
    let found = place::places(words_for_places, gazetteer, doc, &senses);
    let rows = found.into_iter().map(|cited| {
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
        let relation = value.relation.map(|relation| format!("{relation:?}").to_lowercase());
        let facility = value.facility.as_ref().map(|facility| format!(" a {facility}"));
        let precision = format!("{:?}", value.precision);
        let stands = format!("{}{}", relation.unwrap_or_default(), facility.unwrap_or_default());
        vec![words(doc, cited.span.clone()), shown, precision, tame(stands.trim())]
    });
    print(&["words", "place", "precision", "relation"], rows.collect(), out)
}

fn words(doc: &Doc, span: std::ops::Range<usize>) -> String {
    tame(&doc.text()[span])
}

fn print(headings: &[&str], rows: Vec<Vec<String>>, out: &mut Out) -> Result<(), Error> {
    if rows.is_empty() {
        writeln!(out, "none")?;
        return Ok(());
    }
    Ok(out.table(headings, rows)?)
}
