//! Facts in the layout of UCDP's Georeferenced Event Dataset. The layout alone: the rows are the room's.

use std::collections::BTreeMap;

use super::entry::DEAD;
use super::{Count, Country, Entry, Loss, Made, Seen, Spot, acled, csv};

/// The columns, in the order of the dataset.
pub const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// A fact as a row.
pub fn row(entry: &Entry<'_>, _: &mut Seen) -> Result<Made, Loss> {
    if !entry.kind().is_some_and(|kind| kind.ucdp) {
        return Err("its kind is no use of armed force");
    }
    if !entry.is_done() || entry.fact.aspect != "once" {
        return Err("not told as done once");
    }
    let deaths = entry.people(DEAD)?.filter(|count| count.best >= 1.0);
    let deaths = deaths.ok_or("nobody is told to have died, and UCDP counts deadly events")?;
    let [first, last] = entry.days().ok_or("no day")?;
    let date_prec = match (last - first).get_days() {
        0 => "1",
        1..=5 => "2",
        6 => "3",
        7..31 => "4",
        31..366 => "5",
        _ => return Err("the time is told no closer than within more than a year"),
    };
    let [one, other] = entry.sides();
    let sorts = [&one, &other].map(|side| acled::inter(entry.pack, side));
    let (violence, turned) = violence(sorts)?;
    let [a, b] = if turned { [other, one] } else { [one, other] };
    // Whom violence is done to in type 3 are "Civilians", whoever they were.
    let b = if violence == "3" { "Civilians".to_owned() } else { csv::names(&b) };
    let a = csv::names(&a);
    let spot = entry.spot().ok_or("no place on the map")?;
    let mut row: BTreeMap<&str, String> = [
        ("id", number(&entry.fact.id)),
        ("relid", entry.fact.id.clone()),
        ("year", first.year().to_string()),
        ("type_of_violence", violence.to_owned()),
        ("dyad_name", format!("{a} - {b}")),
        ("side_a", a),
        ("side_b", b),
        ("date_prec", date_prec.to_owned()),
        ("date_start", first.to_string()),
        ("date_end", last.to_string()),
        ("event_clarity", if date_prec == "1" { "1" } else { "2" }.to_owned()),
    ]
    .into();
    row.extend(told(entry));
    row.extend(place(&spot));
    row.extend(deadly(deaths, violence == "3"));
    let line = COLUMNS.map(|column| row.remove(column).unwrap_or_default());
    Ok(csv::line(line).into())
}

/// 1 a state against a state or rebels, 2 between groups, 3 against civilians; and whether the second
/// side stands first, as states do in type 1. UCDP's type 1 is about government or territory, which
/// rebels want by ACLED's definition and other groups do not.
fn violence([one, other]: [Option<&str>; 2]) -> Result<(&'static str, bool), Loss> {
    let state = |side: &str| side == "State forces";
    let rebels = |side: &str| side == "Rebel group";
    let group =
        |side: &str| matches!(side, "Rebel group" | "Political militia" | "Identity militia");
    let (Some(one), Some(other)) = (one, other) else {
        return Err("the sort of one side is not told");
    };
    match (one, other) {
        (one, "Civilians" | "Protesters") if state(one) || group(one) => Ok(("3", false)),
        (one, other) if state(one) && (rebels(other) || state(other)) => Ok(("1", false)),
        (one, other) if rebels(one) && state(other) => Ok(("1", true)),
        (one, other) if group(one) && group(other) => Ok(("2", false)),
        (one, other) if state(one) && group(other) || group(one) && state(other) => Err(
            "a state against a group that is not told to fight for government or territory, as UCDP asks",
        ),
        _ => Err("the sides are no organised actors as UCDP defines them"),
    }
}

fn told(entry: &Entry<'_>) -> Vec<(&'static str, String)> {
    let join = |part: fn(&super::Telling) -> Option<&str>| {
        let parts: Vec<&str> =
            entry.tellings.iter().map(|told| part(told).unwrap_or_default()).collect();
        parts.join(";")
    };
    vec![
        ("number_of_sources", entry.fact.reports.to_string()),
        ("source_article", join(|told| Some(&told.passage.report))),
        ("source_office", join(|told| told.passage.outlet.as_deref())),
        ("source_date", join(|told| told.passage.published.as_deref())),
        ("source_headline", join(|told| told.passage.title.as_deref())),
        ("source_original", entry.sources().join(";")),
    ]
}

fn place(spot: &Spot) -> Vec<(&'static str, String)> {
    let (kind, precision) = (spot.kind.as_str(), spot.precision.as_str());
    let where_prec = match (kind, precision) {
        ("country", _) => "6",
        ("sea", _) => "7",
        ("region1", _) => "4",
        ("region2", _) => "3",
        (_, "near-town") => "2",
        (_, "town") => "1",
        _ => "5",
    };
    let land = spot.land();
    let of_land = |part: fn(&Country) -> &'static str| land.as_ref().map(part).unwrap_or_default();
    vec![
        ("where_prec", where_prec.to_owned()),
        ("where_coordinates", spot.name.clone()),
        ("where_description", spot.told.clone()),
        ("adm_1", spot.region1.clone().unwrap_or_default()),
        ("adm_2", spot.region2.clone().unwrap_or_default()),
        ("latitude", spot.lat.to_string()),
        ("longitude", spot.lon.to_string()),
        ("geom_wkt", format!("POINT ({} {})", spot.lon, spot.lat)),
        ("country", of_land(|land| land.ucdp).to_owned()),
        ("country_id", of_land(|land| land.gleditsch_ward).to_owned()),
        ("region", of_land(Country::ucdp_region).to_owned()),
    ]
}

/// The dead. On which side they died is not told, but in violence against civilians.
fn deadly(count: Count, civilians: bool) -> Vec<(&'static str, String)> {
    let own = if civilians { "deaths_civilians" } else { "deaths_unknown" };
    let number = |number: f64| number.to_string();
    vec![
        (own, number(count.best)),
        ("best", number(count.best)),
        ("low", number(count.low)),
        ("high", number(count.high)),
    ]
}

/// An identifier as a number, as the dataset has them: the first twelve of its digits.
fn number(id: &str) -> String {
    let digits = id.get(..12).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    digits.map(|number| number.to_string()).unwrap_or_default()
}
