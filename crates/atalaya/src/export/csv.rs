//! Facts as a table for spreadsheets, and rows of comma-separated values for every format that is one.

use super::{Entry, Loss, Made, Seen};

/// The columns.
pub const COLUMNS: [&str; 24] = [
    "fact",
    "family",
    "kind",
    "caption",
    "realis",
    "status",
    "aspect",
    "denied",
    "first",
    "last",
    "who",
    "whom",
    "where",
    "place",
    "country",
    "latitude",
    "longitude",
    "place_precision",
    "roles",
    "reports",
    "origins",
    "credibility",
    "sources",
    "passage",
];

/// A fact as a row. Every fact fits.
pub fn row(entry: &Entry<'_>, _: &mut Seen) -> Result<Made, Loss> {
    let fact = &entry.fact;
    let sides = entry.sides().map(|side| names(&side));
    let spot = entry.spot();
    let of = |part: fn(&super::Spot) -> String| spot.as_ref().map(part).unwrap_or_default();
    let roles = fact.roles.iter().map(|role| format!("{}: {}", role.role, role.value));
    let passage = entry.tellings.first().map(super::Telling::sentence).unwrap_or_default();
    let [who, whom] = sides;
    Ok(line([
        fact.id.clone(),
        fact.family.clone(),
        fact.kind.clone(),
        fact.caption.clone(),
        fact.realis.clone(),
        fact.status.clone().unwrap_or_default(),
        fact.aspect.clone(),
        fact.denied.to_string(),
        fact.first.clone().unwrap_or_default(),
        fact.last.clone().unwrap_or_default(),
        who,
        whom,
        entry.words("where"),
        of(|spot| spot.name.clone()),
        of(|spot| spot.country.clone().unwrap_or_default()),
        of(|spot| spot.lat.to_string()),
        of(|spot| spot.lon.to_string()),
        of(|spot| spot.precision.clone()),
        roles.collect::<Vec<_>>().join(" · "),
        fact.reports.to_string(),
        fact.origins.to_string(),
        fact.grade.to_string(),
        entry.sources().join("; "),
        passage,
    ])
    .into())
}

/// The names of a side, joined.
pub fn names(side: &[super::Party]) -> String {
    side.iter().map(|party| party.name.as_str()).collect::<Vec<_>>().join("; ")
}

/// Values as a line of a table, without its line end. Line ends within values become spaces: many
/// readers take a row for a line.
pub fn line<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let flat = |value: T| value.as_ref().split_whitespace().collect::<Vec<_>>().join(" ");
    // Writing to memory fails on no value.
    let _ = writer.write_record(values.into_iter().map(flat));
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default().trim_end_matches('\n').to_owned()
}
