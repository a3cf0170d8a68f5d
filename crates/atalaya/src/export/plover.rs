//! Facts as events of PLOVER, in JSON Lines.

use atalaya_facts::standards;
use serde_json::{Value, json};

use super::entry::DEAD;
use super::{Country, Entry, Loss, Made, Party, Seen};

/// A fact as an event.
pub fn event(entry: &Entry<'_>, _: &mut Seen) -> Result<Made, Loss> {
    let kind = entry.kind().ok_or("its kind is not in the pack")?;
    let code = kind.plover.as_deref().ok_or("its kind has no PLOVER type")?;
    let told = standards::plover(code).ok_or("its kind has a type that PLOVER does not know")?;
    let (event, quad, mode) = told_as(entry, told)?;
    let [first, last] = entry.days().ok_or("no day, which PLOVER requires")?;
    let needs_recipient = standards::PLOVER_NEEDS_RECIPIENT.contains(&event);
    let [mut actor, mut recipient] = entry.sides();
    // What is done to each other has actors alone, but where PLOVER asks for a recipient.
    let mutual = kind.mutual && !needs_recipient && !recipient.is_empty();
    if mutual {
        actor.append(&mut recipient);
    }
    if actor.is_empty() {
        return Err("nobody is told to act, whom PLOVER requires");
    }
    if recipient.is_empty() && needs_recipient {
        return Err("no recipient, whom PLOVER requires for this type");
    }
    let both = (mutual && event == "ASSAULT").then_some(standards::SIDE_AB);
    let side = |side: &[Party]| side.iter().map(|party| entity(entry, party)).collect::<Vec<_>>();
    let mut event = json!({
        "id": entry.fact.id, "has_event": true, "date": first.to_string(), "actor": side(&actor),
        "recipient": side(&recipient), "event": [event], "quad_code": quad,
        "event_text": entry.tellings.iter().filter_map(|told| told.passage.claim["trigger"]["text"].as_str())
            .collect::<Vec<_>>(),
        "mode": mode.into_iter().chain(both).collect::<Vec<_>>(),
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

type Code = (&'static str, u8, Option<&'static str>);

/// The type, quad code and mode. What is promised or planned is another type than what is done.
fn told_as(entry: &Entry<'_>, code: Code) -> Result<Code, Loss> {
    let known =
        |event| standards::plover(event).ok_or("its kind has a type that PLOVER does not know");
    if entry.fact.denied {
        return Err("told not to be so");
    }
    if entry.is_halted() {
        return Err("told to be paused, refused, withdrawn or ended: not the thing itself");
    }
    if matches!(entry.fact.aspect.as_str(), "total" | "repeated") {
        return Err("a sum or a habit, not one event");
    }
    match (entry.fact.realis.as_str(), code.0) {
        ("happened" | "ongoing", _) => Ok(code),
        // To sign is to support; to be about to is to agree.
        (_, "SUPPORT") if entry.is_signed() => Ok(code),
        ("planned", "COOPERATE" | "AID" | "SUPPORT" | "CONSULT") => known("AGREE"),
        ("planned", "RETREAT") => known("CONCEDE"),
        _ => Err("not told as done, and PLOVER has no type for it as it is told"),
    }
}

/// Somebody: the country's code of three letters, or what stands in its place for bodies of none.
fn entity(entry: &Entry<'_>, party: &Party) -> Value {
    let sort = party.class.and_then(|class| entry.pack.classes.plover(class));
    let none = sort.filter(|sort| standards::PLOVER_NON_STATE.contains(sort));
    let country = party.country.as_deref().and_then(Country::of).map(|country| country.iso3);
    let sector = sort.filter(|_| none.is_none());
    json!({ "entity_text": party.name, "code": country.or(none), "sector": sector })
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
        "lat": spot.lat, "lon": spot.lon, "city": (spot.kind == "city").then_some(&spot.name),
        "district": spot.region2, "province": spot.region1, "country_code": spot.country, "resolution": resolution,
    })
}

fn size(entry: &Entry<'_>, notes: &mut Vec<Loss>) -> Value {
    let mut size = json!({});
    for outcome in [DEAD, "injured"] {
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
