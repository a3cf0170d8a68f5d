//! Values drawn for people: the quantities, times and places that a text states.

use std::io::Write;

use atalaya_facts::Gazetteer;
use atalaya_facts::reading::Part;
use atalaya_facts::value::{period, quantity};

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
        let relation = value.relation.map(|relation| relation.name());
        let facility = value.facility.as_ref().map(|facility| format!(" a {facility}"));
        let precision = value.precision.name().to_owned();
        let stands = format!("{}{}", relation.unwrap_or_default(), facility.unwrap_or_default());
        vec![words(part, cited.span.clone()), shown, precision, tame(stands.trim())]
    });
    print(&["words", "place", "precision", "relation"], rows.collect(), out)
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
