//! Facts as events of PLOVER, in JSON Lines.

use serde_json::{Value, json};

use super::{Entry, Loss, Made, Party, Seen};

/// The quad code of each type: verbal and material cooperation, verbal and material conflict.
const TYPES: [(&str, u8); 16] = [
    ("AGREE", 1),
    ("CONSULT", 1),
    ("SUPPORT", 1),
    ("CONCEDE", 1),
    ("COOPERATE", 2),
    ("AID", 2),
    ("RETREAT", 2),
    ("REQUEST", 3),
    ("ACCUSE", 3),
    ("REJECT", 3),
    ("THREATEN", 3),
    ("PROTEST", 4),
    ("SANCTION", 4),
    ("MOBILIZE", 4),
    ("COERCE", 4),
    ("ASSAULT", 4),
];

/// Types that need somebody to whom it is done.
const NEED_RECIPIENT: [&str; 3] = ["COOPERATE", "AID", "SANCTION"];

/// A fact as an event.
pub fn event(entry: &Entry<'_>, _: &mut Seen) -> Result<Made, Loss> {
    let code = entry.kind().and_then(|kind| kind.plover.as_ref());
    let code = code.ok_or("its kind has no PLOVER type")?;
    let (kind, mode) = kind_of(entry, code)?;
    let quad = TYPES.iter().find(|(name, _)| *name == kind).map(|(_, quad)| quad);
    let quad = quad.ok_or("its kind has a type that PLOVER does not know")?;
    let [first, last] = entry.days().ok_or("no day, which PLOVER requires")?;
    let [actor, recipient] = entry.sides();
    if actor.is_empty() {
        return Err("nobody is told to act, whom PLOVER requires");
    }
    if recipient.is_empty() && NEED_RECIPIENT.contains(&kind) {
        return Err("no recipient, whom PLOVER requires for this type");
    }
    let side = |side: &[Party]| side.iter().map(|party| entity(entry, party)).collect::<Vec<_>>();
    let mut event = json!({
        "id": entry.fact.id, "has_event": true, "date": first.to_string(), "actor": side(&actor),
        "recipient": side(&recipient), "event": [kind], "quad_code": quad,
        "event_text": entry.tellings.iter().filter_map(|told| told.passage.claim["trigger"]["text"].as_str())
            .collect::<Vec<_>>(),
        "mode": mode.into_iter().collect::<Vec<_>>(),
        "text": entry.fact.caption, "text_info": text_info(entry), "cite_info": cite_info(entry),
        "coder": concat!("Atalaya ", env!("CARGO_PKG_VERSION")),
    });
    let mut notes: Vec<Loss> = Vec::new();
    if first != last {
        event["enddate"] = json!(last.to_string());
        event["comment"] = json!(format!("between {first} and {last}"));
        notes.push("the day is not known: date and enddate are bounds, told in comment");
    }
    match entry.spot() {
        Some(spot) => event["event_loc"] = location(&spot),
        None => notes.push("no place on the map"),
    }
    let size = size(entry, &mut notes);
    if size != json!({}) {
        event["size"] = size;
    }
    Ok(Made { rows: vec![event.to_string()], notes })
}

/// The type and mode. What is promised or planned is another type than what is done.
fn kind_of<'c>(entry: &Entry<'_>, code: &'c str) -> Result<(&'c str, Option<&'c str>), Loss> {
    let (kind, mode) = code.split_once('/').map_or((code, None), |(kind, mode)| (kind, Some(mode)));
    if entry.fact.denied {
        return Err("told not to be so");
    }
    if matches!(entry.fact.aspect.as_str(), "total" | "repeated") {
        return Err("a sum or a habit, not one event");
    }
    match (entry.fact.realis.as_str(), kind) {
        ("happened" | "ongoing", _) => Ok((kind, mode)),
        ("planned", "COOPERATE" | "AID" | "SUPPORT" | "CONSULT") => Ok(("AGREE", None)),
        ("planned", "RETREAT") => Ok(("CONCEDE", None)),
        _ => Err("not told as done, and PLOVER has no type for it as it is told"),
    }
}

fn entity(entry: &Entry<'_>, party: &Party) -> Value {
    let sector = party.class.and_then(|class| entry.pack.classes.plover(class));
    json!({ "entity_text": party.name, "code": party.country, "sector": sector })
}

fn location(spot: &super::Spot) -> Value {
    let resolution = match spot.kind.as_str() {
        "country" => 1,
        "region1" => 2,
        "region2" => 3,
        _ => 4,
    };
    json!({
        "extracted_place": spot.told, "resolved_place": spot.name, "geonameid": spot.geonameid,
        "lat": spot.lat, "lon": spot.lon, "country_code": spot.country, "resolution": resolution,
    })
}

fn size(entry: &Entry<'_>, notes: &mut Vec<Loss>) -> Value {
    let mut size = json!({});
    for outcome in ["dead", "injured"] {
        match entry.people(outcome) {
            Ok(Some(count)) => size[outcome] = json!(count.best),
            Ok(None) => {}
            Err(why) => notes.push(why),
        }
    }
    size
}

fn text_info(entry: &Entry<'_>) -> Value {
    let sentences = entry.tellings.iter().map(super::Telling::sentence);
    json!({ "text_story": sentences.collect::<Vec<_>>() })
}

fn cite_info(entry: &Entry<'_>) -> Value {
    let Some(told) = entry.tellings.first() else { return Value::Null };
    json!({
        "citation": told.passage.report, "publication": told.passage.outlet, "title": told.passage.title,
        "url": told.url, "language": told.language,
    })
}
