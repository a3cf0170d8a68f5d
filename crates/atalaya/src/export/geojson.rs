//! Facts as features of GeoJSON (RFC 7946).

use serde_json::{Value, json};

use super::{Entry, Loss, Made, Seen, csv};

/// A fact as a feature. Every fact fits: one without a place on the map has no geometry.
pub fn feature(entry: &Entry<'_>, _: &mut Seen) -> Result<Made, Loss> {
    let fact = &entry.fact;
    let spot = entry.spot();
    let point =
        |spot: &super::Spot| json!({ "type": "Point", "coordinates": [spot.lon, spot.lat] });
    let [who, whom] = entry.sides().map(|side| csv::names(&side));
    let some = |text: String| (!text.is_empty()).then_some(text);
    let tellings = entry.tellings.iter().map(|told| {
        json!({
            "from": told.from(), "published": told.passage.published, "url": told.url,
            "report": told.passage.report, "text": told.sentence(),
        })
    });
    let feature = json!({
        "type": "Feature", "id": fact.id, "geometry": spot.as_ref().map(point),
        "properties": {
            "family": fact.family, "kind": fact.kind, "caption": fact.caption,
            "realis": fact.realis, "status": fact.status, "denied": fact.denied,
            "first": fact.first, "last": fact.last, "who": some(who), "whom": some(whom),
            "where": some(entry.words("where")), "place": spot.as_ref().map(|spot| &spot.name),
            "place_kind": spot.as_ref().map(|spot| &spot.kind),
            "place_precision": spot.as_ref().map(|spot| &spot.precision),
            "country": spot.as_ref().and_then(|spot| spot.country.as_ref()),
            "geonameid": spot.as_ref().and_then(|spot| spot.geonameid),
            "reports": fact.reports, "origins": fact.origins, "credibility": fact.grade,
            "tellings": tellings.collect::<Vec<Value>>(),
        },
    });
    let notes = spot.is_none().then_some("no place on the map: its geometry is null");
    Ok(Made { rows: vec![feature.to_string()], notes: notes.into_iter().collect() })
}
