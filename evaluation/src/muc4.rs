//! Terrorist incidents in Latin American news of 1988 to 1991, as MUC-4 asks for them: who, what, whom,
//! with what.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use atalaya_facts::claim::{self, Claim, Role};
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
    let (mut predictions, mut found) = (Vec::new(), 0);
    for text in &texts {
        let entities = entities(&reader, &table, &text.text);
        found += entities.values().map(Vec::len).sum::<usize>();
        predictions.push(json!({ "id": text.id, "ree": entities }));
    }
    options.write(&predictions)?;
    Ok(json!({ "set": "muc4", "texts": texts.len(), "entities": found }))
}

fn entities(reader: &Reader, table: &Table, text: &str) -> Entities {
    let mut entities = Entities::new();
    let Ok(report) = atalaya_read::report(text.as_bytes(), Hint::default()) else {
        return entities;
    };
    let reading = reader.read(&report);
    let made = extract(&reader.pack, &reading);
    for (claim, part) in made.claims.iter().zip(&made.parts) {
        for role in &claim.roles {
            let Some(name) = role_of(reader, table, &reading.parts[*part].doc, claim, role) else {
                continue;
            };
            add(&mut entities, name, words(&reading, *part, role));
            if name.starts_with("Perp") {
                let bodies = within(&reading, *part, role);
                bodies.into_iter().for_each(|body| add(&mut entities, "PerpOrg", body));
            }
        }
    }
    entities
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
