//! Facts as objects of STIX 2.1: incidents and notes, who and where, and opinions on how far they are
//! confirmed.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{Entry, Loss, Made, Seen, Spot};
use crate::store::{Telling, Who};

/// The confidence that STIX gives to each grade of credibility (its appendix A); none to 6, which
/// cannot be judged.
const CONFIDENCE: [u8; 5] = [90, 70, 50, 30, 10];

/// How identifiers are made: each is a name in this space, so that the same is always called the same.
const SPACE: Uuid = Uuid::from_u128(0x6b1c_8f0e_3d5a_4c27_9a41_a7a1_a1a0_0021);

/// A fact with the identities and the place that were not written before.
pub fn objects(entry: &Entry<'_>, seen: &mut Seen) -> Result<Made, Loss> {
    if entry.tellings.is_empty() {
        return Err("none of its claims is there any more");
    }
    let at = Times::of(entry);
    let incident = entry.kind().is_some_and(|kind| kind.stix.is_some())
        && entry.is_done()
        && entry.fact.aspect == "once";
    let mut notes: Vec<Loss> = Vec::new();
    let mut objects: Vec<Value> = Vec::new();
    let mut refs: Vec<(String, &str)> = Vec::new();
    for who in entry.actors.values().filter(|who| who.sort != "place") {
        let identity = identity(who);
        refs.push((text(&identity, "id"), "related-to"));
        objects.push(identity);
    }
    if let Some(spot) = entry.spot() {
        let location = location(&spot);
        refs.push((text(&location, "id"), "located-at"));
        objects.push(location);
    }
    let object = match incident {
        true => {
            notes.push("an incident has no field for the day: it stands in its description");
            self::incident(entry, &at)
        }
        false if refs.is_empty() => {
            return Err("nobody named and no place on the map, of whom a note could be");
        }
        false => note(entry, &at, &refs),
    };
    let own = text(&object, "id");
    objects.push(object);
    if incident {
        objects.extend(refs.iter().map(|(to, how)| relationship(&own, to, how, &at)));
    }
    objects.extend(opinion(entry, &own, &at));
    objects.retain(|object| {
        let id = text(object, "id");
        match object["type"].as_str() {
            Some("identity" | "location") => seen.first(&id),
            _ => {
                seen.met(&id);
                true
            }
        }
    });
    Ok(Made { rows: objects.iter().map(Value::to_string).collect(), notes })
}

/// When an object is said to have been created and last changed.
struct Times {
    created: String,
    modified: String,
}

/// Stands where no day is told: for who and where, and for what undated reports tell.
const NO_DAY: &str = "1970-01-01T00:00:00.000Z";

impl Times {
    /// The days of publication of the telling that gave the fact its identifier, and of the last one: the
    /// same in every room that holds these reports. The first cannot change while the identifier stays.
    fn of(entry: &Entry<'_>) -> Times {
        let founding = entry.tellings.iter().find(|told| told.is(&entry.fact.id));
        let created = founding.and_then(published).unwrap_or_else(|| NO_DAY.to_owned());
        let last = entry.tellings.iter().filter_map(published).max();
        let modified = last.filter(|last| *last > created).unwrap_or_else(|| created.clone());
        Times { created, modified }
    }

    /// Of what has no day of its own.
    fn none() -> Times {
        Times { created: NO_DAY.to_owned(), modified: NO_DAY.to_owned() }
    }
}

/// The day of publication as a moment in UTC to the millisecond, as the standard writes it.
fn published(told: &Telling) -> Option<String> {
    let day = told.passage.published.as_ref()?.get(..10)?;
    let day: jiff::civil::Date = day.parse().ok()?;
    Some(format!("{day}T00:00:00.000Z"))
}

/// What every object has.
fn base(kind: &str, key: &str, at: &Times) -> Value {
    json!({
        "type": kind, "spec_version": "2.1", "id": id(kind, key), "created": at.created, "modified": at.modified,
    })
}

/// The identifier of what a key names.
pub fn id(kind: &str, key: &str) -> String {
    format!("{kind}--{}", Uuid::new_v5(&SPACE, format!("{kind} {key}").as_bytes()))
}

fn with(mut object: Value, fields: Value) -> Value {
    if let (Some(object), Value::Object(fields)) = (object.as_object_mut(), fields) {
        object.extend(fields.into_iter().filter(|(_, value)| !value.is_null()));
    }
    object
}

fn identity(who: &Who) -> Value {
    let class = match who.sort.as_str() {
        "person" => "individual",
        _ => "organization",
    };
    with(
        base("identity", &who.id, &Times::none()),
        json!({
            "name": who.name, "identity_class": class, "labels": who.class.as_ref().map(|class| [class]),
        }),
    )
}

fn location(spot: &Spot) -> Value {
    let key = format!("{} {} {}", spot.name, spot.lat, spot.lon);
    with(
        base("location", &key, &Times::none()),
        json!({
            "name": spot.name, "latitude": spot.lat, "longitude": spot.lon,
            "country": spot.country, "administrative_area": spot.region1, "external_references": spot.geonameid.map(|id| json!([
                { "source_name": "GeoNames", "external_id": id.to_string() }
            ])),
        }),
    )
}

fn incident(entry: &Entry<'_>, at: &Times) -> Value {
    let description = entry.fact.when().map(|when| format!("{} · {when}", entry.fact.caption));
    with(
        base("incident", &entry.fact.id, at),
        json!({
            "name": entry.fact.caption, "description": description, "labels": labels(entry),
            "confidence": confidence(entry), "external_references": references(entry),
        }),
    )
}

fn note(entry: &Entry<'_>, at: &Times, refs: &[(String, &str)]) -> Value {
    let mut content = format!("{} ({})", entry.fact.caption, entry.fact.told());
    if let Some(when) = entry.fact.when() {
        content.push_str(&format!(" · {when}"));
    }
    let refs: Vec<&String> = refs.iter().map(|(id, _)| id).collect();
    with(
        base("note", &entry.fact.id, at),
        json!({
            "abstract": entry.fact.kind, "content": content, "labels": labels(entry), "object_refs": refs,
            "confidence": confidence(entry), "external_references": references(entry),
        }),
    )
}

fn relationship(from: &str, to: &str, how: &str, at: &Times) -> Value {
    with(
        base("relationship", &format!("{from} {to}"), at),
        json!({
            "relationship_type": how, "source_ref": from, "target_ref": to,
        }),
    )
}

/// What other reports make of it: they agree, or tell it otherwise. One origin alone is no opinion.
fn opinion(entry: &Entry<'_>, own: &str, at: &Times) -> Option<Value> {
    let differ: Vec<String> = entry
        .fact
        .roles
        .iter()
        .flat_map(|role| {
            role.differ
                .iter()
                .map(|other| format!("{}: {} / {}", role.role, role.value, other.value))
        })
        .collect();
    let (opinion, why) = match (differ.is_empty(), entry.fact.origins) {
        (false, _) => ("disagree", format!("told otherwise: {}", differ.join("; "))),
        (true, 2) => ("agree", "told by 2 independent origins".to_owned()),
        (true, 3..) => {
            ("strongly-agree", format!("told by {} independent origins", entry.fact.origins))
        }
        (true, _) => return None,
    };
    Some(with(
        base("opinion", &entry.fact.id, at),
        json!({
            "opinion": opinion, "explanation": why, "object_refs": [own],
        }),
    ))
}

fn labels<'e>(entry: &'e Entry<'_>) -> Vec<&'e str> {
    let fact = &entry.fact;
    let denied = fact.denied.then_some("denied");
    [fact.kind.as_str(), fact.realis.as_str()].into_iter().chain(denied).collect()
}

fn confidence(entry: &Entry<'_>) -> Option<u8> {
    CONFIDENCE.get(usize::from(entry.fact.grade).checked_sub(1)?).copied()
}

fn references(entry: &Entry<'_>) -> Vec<Value> {
    let one = |told: &Telling| {
        let date = told.passage.published.as_deref().unwrap_or("undated");
        with(
            json!({
                "source_name": told.from(), "description": format!("{date}: “{}”", told.sentence()),
                "external_id": told.passage.report,
            }),
            // The standard wants to know what was found at an address.
            json!({ "url": told.url, "hashes": told.url.as_ref().map(|_| json!({ "SHA-256": told.sha256 })) }),
        )
    };
    entry.tellings.iter().map(one).collect()
}

fn text(object: &Value, key: &str) -> String {
    object[key].as_str().unwrap_or_default().to_owned()
}
