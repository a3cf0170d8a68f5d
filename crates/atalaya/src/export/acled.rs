//! Facts in the layout of ACLED's tables. The layout alone: the rows are the room's.

use atalaya_facts::Pack;
use jiff::civil::Date;

use super::{Entry, Loss, Made, Party, Seen, Spot, csv};

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
    let code = code(entry)?;
    // Types of ACLED hold slashes themselves: the longest that the code begins with is meant.
    let split = ["Explosions/Remote violence"]
        .iter()
        .find_map(|kind| code.strip_prefix(kind).map(|rest| (*kind, rest)));
    let (kind, sub) = match split {
        Some((kind, rest)) => (kind, rest.trim_start_matches('/')),
        None => code.split_once('/').unwrap_or((code, "")),
    };
    let days = entry.days().ok_or("no day")?;
    let (day, time_precision) = day(days)?;
    let spot = entry.spot().ok_or("no place on the map")?;
    if spot.is_country() {
        return Err("of the place no more than the country is told");
    }
    let [one, other] = entry.sides();
    let (inter1, inter2) = (inter(entry.pack, &one), inter(entry.pack, &other));
    let mut notes: Vec<Loss> = Vec::new();
    let fatalities = match entry.people("dead") {
        Ok(count) => count.map(|count| count.best.to_string()).unwrap_or_default(),
        Err(why) => {
            notes.push(why);
            String::new()
        }
    };
    let civilians = inter2 == Some("Civilians") && kind != "Strategic developments";
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let [actor1, assoc_actor_1] = actors(&one);
    let [actor2, assoc_actor_2] = actors(&other);
    let admin = |kind: &str| if spot.kind == kind { spot.name.clone() } else { String::new() };
    Ok(Made {
        rows: vec![csv::line([
            entry.fact.id.clone(),
            day.to_string(),
            day.year().to_string(),
            time_precision.to_owned(),
            disorder(kind, sub).to_owned(),
            kind.to_owned(),
            sub.to_owned(),
            actor1,
            assoc_actor_1,
            text(inter1),
            actor2,
            assoc_actor_2,
            text(inter2),
            interaction(inter1, inter2, other.is_empty()),
            text(civilians.then_some("Civilian targeting")),
            String::new(),
            String::new(),
            spot.country.clone().unwrap_or_default(),
            admin("region1"),
            admin("region2"),
            String::new(),
            spot.name.clone(),
            spot.lat.to_string(),
            spot.lon.to_string(),
            geo_precision(&spot).to_owned(),
            entry.sources().join("; "),
            String::new(),
            notes_of(entry),
            fatalities,
            String::new(),
            entry.tellings.first().map(|told| told.added.clone()).unwrap_or_default(),
        ])],
        notes,
    })
}

/// The type that the pack gives: by the class of whom it is done to, else of anybody, else of all.
fn code<'p>(entry: &Entry<'p>) -> Result<&'p str, Loss> {
    let kind = entry.kind().ok_or("its kind is not in the pack")?;
    if kind.acled.is_empty() {
        return Err("its kind has no ACLED type");
    }
    if !entry.is_done() {
        return Err("not told as done");
    }
    if entry.fact.aspect != "once" {
        return Err("a sum, a habit or a state, not one event");
    }
    let doer = kind.roles.first().map(|(role, _)| role.as_str());
    let classes = &entry.pack.classes;
    let by_class = |found: &[atalaya_facts::Class]| {
        let fits = kind.acled.iter().filter_map(|(name, code)| {
            let wanted = classes.by_name(name)?;
            let is = found.iter().any(|class| classes.is_a(*class, wanted));
            is.then(|| (classes.depth(wanted), code.as_str()))
        });
        fits.max_by_key(|(depth, _)| *depth).map(|(_, code)| code)
    };
    by_class(&entry.classes(|role| Some(role) != doer))
        .or_else(|| by_class(&entry.classes(|_| true)))
        .or_else(|| kind.acled.get("*").map(String::as_str))
        .ok_or("its kind has an ACLED type for other actors or things only")
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

/// What sort of actor a side is; the first that the pack knows the sort of.
pub fn inter<'p>(pack: &'p Pack, side: &[Party]) -> Option<&'p str> {
    side.iter().find_map(|party| pack.classes.acled(party.class?))
}

/// Which sorts meet; `alone` where nobody is told on the other side. A side of no known sort tells nothing.
fn interaction(one: Option<&str>, other: Option<&str>, alone: bool) -> String {
    match (one, other) {
        (Some(one), Some(other)) => format!("{one}-{other}"),
        (Some(one), None) if alone => format!("{one} only"),
        _ => String::new(),
    }
}

fn actors(side: &[Party]) -> [String; 2] {
    let (first, rest) = side.split_at(side.len().min(1));
    [csv::names(first), csv::names(rest)]
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
