//! Facts in the layout of ACLED's tables. The layout alone: the rows are the room's.

use std::collections::BTreeMap;

use atalaya_facts::{Pack, standards};
use jiff::civil::Date;

use super::entry::DEAD;
use super::{Country, Entry, Loss, Made, Party, Seen, Spot, csv};

/// The columns, in ACLED's order since March 2023.
pub const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// A fact as a row.
pub fn row(entry: &Entry<'_>, _: &mut Seen) -> Result<Made, Loss> {
    let (kind, sub) = code(entry)?;
    let (day, time_precision) = day(entry.days().ok_or("no day")?)?;
    let spot = entry.spot().ok_or("no place on the map")?;
    if spot.is_country() {
        return Err("of the place no more than the country is told");
    }
    let [one, other] = sides(entry, kind, &spot);
    let mut notes: Vec<Loss> = Vec::new();
    let fatalities = match entry.people(DEAD) {
        Ok(count) => count.map(|count| count.low.to_string()).unwrap_or_default(),
        Err(why) => {
            notes.push(why);
            String::new()
        }
    };
    let civilians = other.sort == Some("Civilians") && kind != "Strategic developments";
    let land = spot.land();
    let of_land = |part: fn(&Country) -> &'static str| land.as_ref().map(part).unwrap_or_default();
    let interaction = interaction(&one, &other);
    let mut row: BTreeMap<&str, String> = [
        ("event_id_cnty", entry.fact.id.clone()),
        ("event_date", day.to_string()),
        ("year", day.year().to_string()),
        ("time_precision", time_precision.to_owned()),
        ("disorder_type", disorder(kind, sub).to_owned()),
        ("event_type", kind.to_owned()),
        ("sub_event_type", sub.to_owned()),
        ("actor1", one.first),
        ("assoc_actor_1", one.rest),
        ("inter1", one.sort.unwrap_or_default().to_owned()),
        ("actor2", other.first),
        ("assoc_actor_2", other.rest),
        ("inter2", other.sort.unwrap_or_default().to_owned()),
        ("interaction", interaction),
        ("civilian_targeting", if civilians { "Civilian targeting" } else { "" }.to_owned()),
        ("iso", of_land(|land| land.numeric).to_owned()),
        ("region", of_land(|land| land.acled_region).to_owned()),
        ("country", of_land(|land| land.acled).to_owned()),
        ("fatalities", fatalities),
        ("source", entry.sources().join("; ")),
        ("notes", notes_of(entry)),
    ]
    .into();
    row.extend(place(&spot));
    let line = COLUMNS.map(|column| row.remove(column).unwrap_or_default());
    Ok(Made { rows: vec![csv::line(line)], notes })
}

/// The type that the pack gives: by the class of whom it is done to, else of anybody, else of all.
fn code(entry: &Entry<'_>) -> Result<(&'static str, &'static str), Loss> {
    let kind = entry.kind().ok_or("its kind is not in the pack")?;
    if kind.acled.is_empty() {
        return Err("its kind has no ACLED type");
    }
    if entry.fact.aspect != "once" {
        return Err("a sum, a habit or a state, not one event");
    }
    let doers = &kind.sides[0];
    let done_to = |role: &str| !doers.iter().any(|doer| doer == role);
    let code = by_class(entry, done_to)
        .or_else(|| by_class(entry, |_| true))
        .or_else(|| kind.acled_types().find(|(_, class, _)| class.is_none()).map(|(.., code)| code))
        .ok_or("its kind has an ACLED type for other actors or things only")?;
    let (name, sub) =
        standards::acled(code).ok_or("its kind has a type that ACLED does not know")?;
    // An agreement is one from when it is signed.
    match entry.is_done() || entry.is_signed() && sub == "Agreement" {
        true => Ok((name, sub)),
        false => Err("not told as done"),
    }
}

/// The type of the deepest class that stands in a role; a type that is given for one role counts in
/// that one alone.
fn by_class<'p>(entry: &Entry<'p>, wanted: impl Fn(&str) -> bool) -> Option<&'p str> {
    let classes = &entry.pack.classes;
    let fits = entry.kind()?.acled_types().filter_map(|(role, class, code)| {
        let class = classes.by_name(class?)?;
        let stands = |own: &str| match role {
            Some(role) => own == role,
            None => wanted(own),
        };
        let found = entry.classes(stands);
        found.iter().any(|own| classes.is_a(*own, class)).then(|| (classes.depth(class), code))
    });
    fits.max_by_key(|(depth, _)| *depth).map(|(_, code)| code)
}

/// The day, with ACLED's precision: 1 the day, 2 within a week, 3 within a month; the middle of the
/// time is given for the last two.
fn day([first, last]: [Date; 2]) -> Result<(Date, &'static str), Loss> {
    let days = (last - first).get_days();
    let precision = match days {
        0 => "1",
        1..7 => "2",
        7..31 => "3",
        _ => return Err("the time is told no closer than within more than a month"),
    };
    let middle = first.checked_add(jiff::Span::new().days(days / 2)).unwrap_or(first);
    Ok((middle, precision))
}

fn disorder(kind: &str, sub: &str) -> &'static str {
    match (kind, sub) {
        ("Strategic developments", _) => "Strategic developments",
        (_, "Excessive force against protesters") => "Political violence; Demonstrations",
        ("Protests", _) | (_, "Violent demonstration") => "Demonstrations",
        _ => "Political violence",
    }
}

/// One side: the first who is told, the rest, and what sort of actor it is.
struct Side<'p> {
    first: String,
    rest: String,
    sort: Option<&'p str>,
}

/// Both sides. Of demonstrations ACLED puts the demonstrators first, whoever acted.
fn sides<'p>(entry: &Entry<'p>, kind: &str, spot: &Spot) -> [Side<'p>; 2] {
    let [one, other] = entry.sides().map(|side| {
        let (first, rest) = side.split_at(side.len().min(1));
        let sort = inter(entry.pack, &side).map(|sort| abroad(sort, first, spot));
        Side { first: csv::names(first), rest: csv::names(rest), sort }
    });
    let who = match kind {
        "Protests" => "Protesters",
        "Riots" => "Rioters",
        _ => return [one, other],
    };
    let is_armed =
        |side: &Side<'_>| !matches!(side.sort, None | Some("Civilians" | "Protesters" | "Rioters"));
    let [mut one, other] =
        if is_armed(&one) && !is_armed(&other) { [other, one] } else { [one, other] };
    // Whoever protests is a protester there, whatever else they are.
    if !is_armed(&one) && !one.first.is_empty() {
        one.sort = Some(who);
    }
    [one, other]
}

/// State forces outside their own country are external ones.
fn abroad<'p>(sort: &'p str, first: &[Party], spot: &Spot) -> &'p str {
    let home = first.first().and_then(|party| party.country.as_ref());
    match (sort, home.zip(spot.country.as_ref())) {
        ("State forces", Some((home, here))) if home != here => "External/Other forces",
        _ => sort,
    }
}

/// What sort of actor a side is; the first that the pack knows the sort of.
pub fn inter<'p>(pack: &'p Pack, side: &[Party]) -> Option<&'p str> {
    side.iter().find_map(|party| pack.classes.acled(party.class?))
}

/// Which sorts meet; `only` where nobody is told on the other side. A side of no known sort tells nothing.
fn interaction(one: &Side<'_>, other: &Side<'_>) -> String {
    match (one.sort, other.sort) {
        (Some(one), Some(other)) => standards::acled_interaction(one, other),
        (Some(sort), None) if other.first.is_empty() => format!("{sort} only"),
        _ => String::new(),
    }
}

fn place(spot: &Spot) -> [(&'static str, String); 6] {
    [
        ("admin1", spot.region1.clone().unwrap_or_default()),
        ("admin2", spot.region2.clone().unwrap_or_default()),
        ("location", spot.name.clone()),
        ("latitude", spot.lat.to_string()),
        ("longitude", spot.lon.to_string()),
        ("geo_precision", geo_precision(spot).to_owned()),
    ]
}

/// 1 a town, 2 near one or a small part of a region, 3 a region.
fn geo_precision(spot: &Spot) -> &'static str {
    match (spot.kind.as_str(), spot.precision.as_str()) {
        ("region2", _) | (_, "near-town") => "2",
        ("region1", _) => "3",
        (_, "town") => "1",
        _ => "3",
    }
}

fn notes_of(entry: &Entry<'_>) -> String {
    let sentence = entry.tellings.first().map(super::Telling::sentence).unwrap_or_default();
    format!("{} — {sentence}", entry.fact.caption)
}
