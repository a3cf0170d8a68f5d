//! Terrorist incidents in Latin American news of 1988 to 1991, as MUC-4 asks for them: who, what, whom,
//! with what.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use atalaya_facts::claim::{self, Aspect, Claim, Role};
use atalaya_facts::fuse::incidents::{self, Deed};
use atalaya_facts::value::actor::{Actor, Form};
use atalaya_facts::{Class, Reading, extract};
use atalaya_parse::Doc;
use atalaya_read::Hint;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::engine::Reader;
use crate::set::Options;

#[derive(Deserialize)]
struct Text {
    id: String,
    text: String,
}

/// Which of our kinds, roles and classes the set asks for, and as what.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    incidents: Incidents,
    /// What the set calls incidents of a kind; all others are attacks.
    sorts: BTreeMap<String, String>,
    accusations: Accusations,
    fighters: Classes,
    bodies: Classes,
    countries: Classes,
    weapons: Classes,
    members: BTreeSet<String>,
    targets: Classes,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Incidents {
    kinds: Vec<String>,
    perpetrator: Vec<String>,
    victim: Vec<String>,
    weapon: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Accusations {
    kinds: Vec<String>,
    perpetrator: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Classes {
    classes: Vec<String>,
}

/// Entities by the set's roles; each once, by the words that tell most.
type Entities = BTreeMap<&'static str, Vec<Vec<String>>>;

pub(crate) fn run(options: &Options) -> io::Result<Value> {
    let table: Table = toml::from_str(include_str!("muc4.toml")).map_err(io::Error::other)?;
    let reader = options.engine.reader()?;
    let texts: Vec<Text> = options.items()?;
    let found: Vec<Found> = texts.iter().map(|text| found(&reader, &table, &text.text)).collect();
    let predictions = texts.iter().zip(&found).map(|(text, found)| written(&text.id, found));
    options.write(&predictions.collect::<Vec<_>>())?;
    let entities: usize =
        found.iter().flat_map(|found| found.entities.values()).map(Vec::len).sum();
    let incidents: usize = found.iter().map(|found| found.incidents.len()).sum();
    Ok(json!({ "set": "muc4", "texts": texts.len(), "entities": entities, "incidents": incidents }))
}

/// What is found in one text.
#[derive(Default)]
struct Found {
    entities: Entities,
    incidents: Vec<Incident>,
}

/// An incident with those who play a part in it.
#[derive(Default)]
struct Incident {
    sort: Option<String>,
    entities: Entities,
    day: Option<String>,
    places: BTreeSet<String>,
    country: Option<String>,
}

/// Gathers who did what to whom in a text: over all of it, and by incident.
fn found(reader: &Reader, table: &Table, text: &str) -> Found {
    let Ok(report) = atalaya_read::report(text.as_bytes(), Hint::default()) else {
        return Found::default();
    };
    let reading = reader.read(&report);
    let made = extract(&reader.pack, &reading);
    let mut found = Found::default();
    let asked = |claim: &&(&Claim, usize)| {
        table.incidents.kinds.contains(&claim.0.kind)
            || table.accusations.kinds.contains(&claim.0.kind)
    };
    let claims: Vec<(&Claim, usize)> = made.claims.iter().zip(made.parts.iter().copied()).collect();
    let claims: Vec<(&Claim, usize)> = claims.iter().filter(asked).copied().collect();
    let deed = |&(claim, _): &(&Claim, usize)| {
        let sort = table.sorts.get(&claim.kind).cloned();
        Deed::of(&reader.gazetteer, claim, sort, &table.incidents.victim)
    };
    let deeds: Vec<Deed> = claims.iter().map(deed).collect();
    let mut incidents: BTreeMap<usize, Incident> = BTreeMap::new();
    for (((claim, part), deed), number) in
        claims.iter().zip(&deeds).zip(incidents::incidents(&deeds))
    {
        let fillers = fillers(reader, table, &reading, *part, claim);
        let told = claim.aspect == Aspect::Once && table.incidents.kinds.contains(&claim.kind);
        let incident = incidents.entry(number).or_default();
        for (role, words) in fillers {
            add(&mut found.entities, role, words.clone());
            add(&mut incident.entities, role, words);
        }
        if told {
            set(reader, incident, claim, deed);
        }
    }
    let home = home(reader, &reading);
    let told = incidents.into_values().filter(|incident| !incident.entities.is_empty());
    found.incidents = told
        .map(|incident| Incident {
            country: incident.country.clone().or_else(|| home.clone()),
            ..incident
        })
        .collect();
    found
}

/// Adds to an incident its sort, when and where it was.
fn set(reader: &Reader, incident: &mut Incident, claim: &Claim, deed: &Deed) {
    incident.sort = incident.sort.take().or_else(|| deed.sort.clone());
    let day = deed.days.filter(|(first, last)| first == last).map(|(day, _)| day.to_string());
    incident.day = incident.day.take().or(day);
    for role in &claim.roles {
        let claim::Value::Place(place) = &role.value.value else { continue };
        incident.places.insert(place.name.to_lowercase());
        let entry = place.entry.map(|row| reader.gazetteer.entry(row));
        let country = entry.and_then(|entry| reader.gazetteer.country(entry.country));
        let country = country.map(|row| reader.gazetteer.entry(row).name.to_lowercase());
        incident.country = incident.country.take().or(country);
    }
}

/// The country that most of a text's places lie in; of several the first by name.
fn home(reader: &Reader, reading: &Reading<'_>) -> Option<String> {
    let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
    for place in reading.parts.iter().flat_map(|part| &part.places) {
        let Some(row) = place.value.entry else { continue };
        let country = reader.gazetteer.country(reader.gazetteer.entry(row).country);
        if let Some(row) = country {
            *countries.entry(reader.gazetteer.entry(row).name).or_default() += 1;
        }
    }
    let most = countries.into_iter().rev().max_by_key(|(_, times)| *times)?;
    Some(most.0.to_lowercase())
}

/// Those who play a part in a claim that the set asks for, with its name.
fn fillers(
    reader: &Reader,
    table: &Table,
    reading: &Reading<'_>,
    part: usize,
    claim: &Claim,
) -> Vec<(&'static str, String)> {
    let mut fillers = Vec::new();
    for role in &claim.roles {
        let Some(name) = role_of(reader, table, &reading.parts[part].doc, claim, role) else {
            continue;
        };
        fillers.push((name, words(reading, part, role)));
        if name.starts_with("Perp") {
            fillers.extend(within(reading, part, role).into_iter().map(|body| ("PerpOrg", body)));
        }
    }
    fillers
}

/// A text's findings as the set writes them.
fn written(id: &str, found: &Found) -> Value {
    let sort = |incident: &Incident| incident.sort.clone().unwrap_or_else(|| "attack".to_owned());
    let template = |incident: &Incident| {
        let mut template = json!(incident.entities);
        template["incident_type"] = json!(sort(incident));
        template
    };
    let incident = |incident: &Incident| {
        json!({ "type": sort(incident), "date": incident.day, "country": incident.country,
            "places": incident.places })
    };
    json!({ "id": id, "ree": found.entities,
        "templates": found.incidents.iter().map(template).collect::<Vec<_>>(),
        "incidents": found.incidents.iter().map(incident).collect::<Vec<_>>() })
}

fn add(entities: &mut Entities, role: &'static str, words: String) {
    let known = entities.entry(role).or_default();
    if !words.is_empty() && !known.iter().any(|own| own.contains(&words)) {
        known.push(vec![words]);
    }
}

/// What the set calls the part that somebody or something plays in a claim.
fn role_of(
    reader: &Reader,
    table: &Table,
    doc: &Doc,
    claim: &Claim,
    role: &Role,
) -> Option<&'static str> {
    let of = |names: &[String]| names.contains(&role.id);
    let incident = table.incidents.kinds.contains(&claim.kind);
    let accusation = table.accusations.kinds.contains(&claim.kind);
    let perpetrator = incident && of(&table.incidents.perpetrator)
        || accusation && of(&table.accusations.perpetrator);
    let suffers = incident && of(&table.incidents.victim);
    let person = |actor: &Actor| reader.pack.classes.is_person(actor.class);
    match &role.value.value {
        claim::Value::Actor(actor) if perpetrator => {
            let several = doc.token(actor.head).feature("Number") == Some("Plur");
            let members = table.members.contains(doc.token(actor.head).lemma());
            // A name of which nothing is known is a person's, if it is no plural.
            let named = actor.form == Form::Name && (actor.class.is_some() || several);
            let body = named || is(reader, actor.class, &table.bodies) && !members;
            let country = is(reader, actor.class, &table.countries);
            (!country).then_some(if body && !person(actor) { "PerpOrg" } else { "PerpInd" })
        }
        // Victims are told by their names alone, and soldiers and fighters are none.
        claim::Value::Actor(actor) if suffers && person(actor) => {
            let fights = is(reader, actor.class, &table.fighters);
            (actor.form == Form::Name && !fights).then_some("Victim")
        }
        claim::Value::Actor(actor) if suffers => {
            is(reader, actor.class, &table.targets).then_some("Target")
        }
        claim::Value::Thing(thing) if suffers => {
            is(reader, thing.class, &table.targets).then_some("Target")
        }
        claim::Value::Thing(thing) if incident && of(&table.incidents.weapon) => {
            is(reader, thing.class, &table.weapons).then_some("Weapon")
        }
        _ => None,
    }
}

fn is(reader: &Reader, class: Option<Class>, wanted: &Classes) -> bool {
    let classes = &reader.pack.classes;
    class.is_some_and(|class| {
        let named = wanted.classes.iter().filter_map(|name| classes.by_name(name));
        named.into_iter().any(|wider| classes.is_a(class, wider))
    })
}

/// The organisations that stand within the words for a perpetrator: "FMLN guerrillas".
fn within(reading: &Reading<'_>, part: usize, role: &Role) -> Vec<String> {
    let part = &reading.parts[part];
    let claim::Value::Actor(actor) = &role.value.value else { return Vec::new() };
    let Some(own) = part.actors.iter().find(|own| own.value.head == actor.head) else {
        return Vec::new();
    };
    let entities = part.doc.entities().filter(|entity| {
        let bytes = entity.bytes();
        entity.label() == "ORG" && own.span.start <= bytes.start && bytes.end < own.span.end
    });
    entities.map(|entity| plain(entity.text())).collect()
}

fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The words of a role as the set has them: without an article, of names the fullest alone.
fn words(reading: &Reading<'_>, part: usize, role: &Role) -> String {
    let span = role.value.antecedent.as_ref().unwrap_or(&role.value.span);
    let words = match &role.value.value {
        claim::Value::Actor(actor)
            if role.value.antecedent.is_none() && actor.form == Form::Name =>
        {
            let actors = &reading.parts[part].actors;
            let own = actors.iter().position(|own| own.value.head == actor.head);
            let referent = own.and_then(|own| reading.referents.actor(part, own));
            let fullest = referent.map(|number| reading.referents.all[number].label.clone());
            fullest.unwrap_or_else(|| actor.name.clone())
        }
        claim::Value::Actor(actor)
            if role.value.antecedent.is_none() && actor.form == Form::Pronoun =>
        {
            String::new()
        }
        _ => reading.report.text[span.clone()].to_owned(),
    };
    plain(&words)
}
