//! `/map`: facts where they are; what has no place on the map is listed beside it.

use std::collections::{BTreeMap, BTreeSet};

use maud::html;
use serde_json::{Value, json};

use super::facts;
use crate::store::pages::{FactRow, Filter, PlaceOf};
use crate::web::answer::{Answer, Failure};
use crate::web::asked::Form;
use crate::web::view::{self, Look};

/// How many facts a map or a timeline shows at most, the first of the list.
pub const MOST: u64 = 1_000;

/// How many a page of the list beside the map shows.
const PAGE: u64 = 50;

const NAMES: [&str; 6] = ["family", "kind", "country", "place", "actor", "outlet"];

/// The page.
pub fn page(look: Look<'_>) -> Result<Answer, Failure> {
    if matches!(look.asked.form, Form::GeoJson | Form::Json) {
        return geojson(look, &look.asked.filter());
    }
    let filter = look.asked.filter().marked("placed");
    if look.asked.form == Form::Csv {
        return facts::csv(look, &filter, "facts");
    }
    let shown = look.store().fact_page(&filter, PAGE, (look.asked.page() - 1) * PAGE)?;
    let counted = look.store().counted(&filter)?;
    let main = html! {
        h1 { (look.say("Map")) }
        (view::chips(look)?)
        div.with-facets {
            (view::facets(look, &filter, &counted, &NAMES)?)
            section.results {
                figure.map data-map={ "/map.geojson" (look.asked.query()) } {
                    figcaption { (look.say("Facts where they are; the list below tells the same.")) }
                }
                (view::downloads(look, &[Form::GeoJson, Form::Csv]))
                @if shown.is_empty() { p.empty { (look.say("No fact here has a place.")) } } @else { (view::cards(look, &shown)) }
                (view::pager(look, shown.len(), PAGE, Some(counted.total)))
            }
        }
    };
    Ok(look.page("map", look.say("Map"), &main))
}

/// The places of the facts of a filter, as GeoJSON.
pub fn geojson(look: Look<'_>, filter: &Filter) -> Result<Answer, Failure> {
    let filter = &filter.marked("placed");
    let facts = look.store().fact_page(filter, MOST, 0)?;
    let rows: Vec<i64> = facts.iter().map(|fact| fact.row).collect();
    let mut places: BTreeMap<i64, Vec<PlaceOf>> = BTreeMap::new();
    for place in look.store().places_of(&rows)? {
        places.entry(place.fact).or_default().push(place);
    }
    let (mut features, mut unplaced) = (Vec::new(), BTreeMap::<String, Vec<Value>>::new());
    let mut countries = BTreeSet::new();
    for fact in &facts {
        let own = places.get(&fact.row).map(Vec::as_slice).unwrap_or_default();
        for place in own {
            countries.extend(place.country.clone());
            match place.lat.zip(place.lon) {
                Some(at) => features.push(point(fact, place, at)),
                None => unplaced.entry(place.name.clone()).or_default().push(link(fact)),
            }
        }
        features.extend(route(fact, own));
    }
    let unplaced: Vec<Value> = unplaced
        .into_iter()
        .map(|(place, facts)| json!({ "place": place, "facts": facts }))
        .collect();
    let total = look.store().fact_total(filter)?;
    Ok(Answer::geojson(&json!({
        "type": "FeatureCollection", "features": features, "unplaced": unplaced, "countries": countries,
        "shown": facts.len(), "total": total,
    })))
}

/// A fact as a way to it.
pub fn link(fact: &FactRow) -> Value {
    json!({ "id": fact.id, "caption": fact.caption, "url": format!("/facts/{}", fact.id) })
}

fn point(fact: &FactRow, place: &PlaceOf, (lat, lon): (f64, f64)) -> Value {
    let (precision, radius) = extent(place.precision.as_deref());
    json!({
        "type": "Feature",
        "geometry": { "type": "Point", "coordinates": [lon, lat] },
        "properties": {
            "id": fact.id, "caption": fact.caption, "kind": fact.kind, "family": fact.family, "first": fact.first,
            "last": fact.last, "place": place.name, "role": place.role, "precision": precision, "radius_km": radius,
            "reports": fact.reports, "origins": fact.origins, "grade": fact.credibility, "url": format!("/facts/{}", fact.id),
        },
    })
}

/// How far around its point a place may reach, by what sort of place it is.
fn extent(precision: Option<&str>) -> (&str, u32) {
    match precision {
        Some("site" | "point" | "facility") => ("point", 1),
        Some("town") => ("town", 5),
        Some("near-town") => ("town", 25),
        Some("district" | "region2") => ("region2", 40),
        Some("region" | "region1") => ("region", 120),
        Some("country") => ("country", 400),
        Some(other) => (other, 100),
        None => ("unknown", 100),
    }
}

/// The way that something took, where a fact tells from where to where.
fn route(fact: &FactRow, places: &[PlaceOf]) -> Option<Value> {
    let of = |role: &str| -> Vec<&PlaceOf> {
        places
            .iter()
            .filter(|place| place.role == role && place.lat.is_some() && place.lon.is_some())
            .collect()
    };
    let (from, via, to) = (of("from"), of("via"), of("to"));
    let stops: Vec<&PlaceOf> =
        from.iter().take(1).chain(&via).chain(to.iter().take(1)).copied().collect();
    if stops.len() < 2 {
        return None;
    }
    let line: Vec<[Option<f64>; 2]> = stops.iter().map(|stop| [stop.lon, stop.lat]).collect();
    let name = |places: &[&PlaceOf]| {
        places.iter().map(|place| place.name.clone()).collect::<Vec<_>>().join(", ")
    };
    Some(json!({
        "type": "Feature",
        "geometry": { "type": "LineString", "coordinates": line },
        "properties": {
            "id": fact.id, "caption": fact.caption, "route": true, "kind": fact.kind, "family": fact.family, "from": name(&from),
            "via": name(&via), "to": name(&to), "first": fact.first, "last": fact.last, "url": format!("/facts/{}", fact.id),
        },
    }))
}
