//! Rooms written by hand, so that what is tested does not hang on how sentences are read.

#![allow(clippy::needless_pass_by_value, reason = "values are written where they are used")]

use atalaya_facts::fuse::input::{Mention, Report, Room};
use serde_json::{Value, json};

use super::gazetteer;

/// A report whose claims and mentions stand in a row, each five code points long.
pub fn report(id: &str, published: Option<&str>, claims: Vec<Value>) -> Report {
    let mut report =
        Report { id: id.repeat(16), published: published.map(str::to_owned), ..Report::default() };
    report.outlet = Some(format!("The {id} Post"));
    for (n, mut claim) in claims.into_iter().enumerate() {
        let start = 1000 * n;
        claim["id"] = json!(format!("{id}{n:015}"));
        claim["start"] = json!(start);
        claim["end"] = json!(start + 500);
        claim["trigger"] = json!({ "start": start, "end": start + 5 });
        for key in ["realis", "denied", "aspect", "text"] {
            if claim[key].is_null() {
                claim[key] = match key {
                    "realis" => json!("happened"),
                    "denied" => json!(false),
                    "aspect" => json!("once"),
                    _ => json!("Something was told."),
                };
            }
        }
        for (m, role) in claim["roles"].as_array_mut().unwrap().iter_mut().enumerate() {
            let at = start + 10 * (m + 1);
            role["start"] = json!(at);
            role["end"] = json!(at + 5);
            let name = role["value"]["name"].as_str().unwrap_or_default().to_owned();
            role["text"] = role["value"]["text"].as_str().map_or(json!(name), |text| json!(text));
            let kind = role["value"]["type"].as_str().unwrap();
            if kind == "place" || kind == "actor" && role["value"]["form"] == "name" {
                let value = serde_json::from_value(role["value"].clone()).unwrap();
                let referent = Some(u32::try_from(10 * n + m).unwrap());
                report.mentions.push(Mention { start: at, end: at + 5, referent, value });
            }
        }
        report.claims.push(serde_json::from_value(claim).unwrap());
    }
    report
}

pub fn role(role: &str, value: Value) -> Value {
    json!({ "role": role, "value": value })
}

pub fn person(name: &str, country: Option<&str>, office: Option<&str>) -> Value {
    let class = if office.is_some() { "head-of-state" } else { "person" };
    let tense = office.map(|_| "current");
    json!({ "type": "actor", "form": "name", "name": name, "class": class, "country": country,
            "office": office, "tense": tense })
}

pub fn group(name: &str, class: &str) -> Value {
    json!({ "type": "actor", "form": "description", "name": name, "class": class, "country": null,
            "office": null, "tense": null })
}

pub fn town(name: &str) -> Value {
    let (row, _) = gazetteer()
        .find(name)
        .find(|(row, _)| gazetteer().entry(*row).country == "EC")
        .unwrap_or_else(|| panic!("no {name}"));
    let entry = gazetteer().entry(row);
    json!({ "type": "place", "name": name, "entry": entry.name, "kind": entry.kind.name(), "form": "name",
            "geonameid": entry.geonameid, "country": entry.country })
}

pub fn day(day: &str) -> Value {
    json!({ "type": "period", "kind": "when", "edtf": day, "first": day, "last": day, "anchor": "none" })
}

pub fn people(number: f64) -> Value {
    json!({ "type": "quantity", "low": number, "high": number, "unit": null, "of": "people" })
}

pub fn attack(place: &str, when: Option<&str>, dead: f64) -> Value {
    let mut roles = vec![
        role("agent", group("gunmen", "armed-actor")),
        role("dead", people(dead)),
        role("where", town(place)),
    ];
    roles.extend(when.map(|when| role("when", day(when))));
    json!({ "family": "event", "kind": "attack", "roles": roles, "attribution": [] })
}

pub fn room(reports: Vec<Report>) -> Room {
    Room { reports, ..Room::default() }
}

pub fn figure(number: f64, when: &str) -> Value {
    json!({ "family": "figure", "kind": "figure", "aspect": "total", "attribution": [], "roles": [
        role("measure", group("detainees", "detainee")),
        role("value", people(number)),
        role("subject", json!({ "type": "actor", "form": "name", "name": "Prison Service", "class": "authority", "country": "EC" })),
        role("where", town("Guayaquil")),
        role("when", day(when)),
    ] })
}
