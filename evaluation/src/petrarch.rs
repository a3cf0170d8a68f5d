//! Who did what to whom, sentence by sentence, in the types that PLOVER had in 2016.

use std::collections::BTreeMap;
use std::io;

use atalaya_facts::claim::{self, Claim, Realis, Status};
use atalaya_facts::{Reading, extract};
use atalaya_read::Hint;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::engine::Reader;
use crate::set::Options;

#[derive(Deserialize)]
struct Sentence {
    id: String,
    text: String,
}

/// The old types of our kinds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    kinds: BTreeMap<String, Kind>,
    planned: BTreeMap<String, String>,
    stopped: BTreeMap<String, String>,
    armed: Armed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Kind {
    #[serde(rename = "type")]
    old: String,
    source: Vec<String>,
    target: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Armed {
    classes: Vec<String>,
    types: Vec<String>,
}

/// An event in the set's form.
struct Event {
    old: String,
    source: Option<String>,
    target: Option<String>,
}

pub(crate) fn run(options: &Options) -> io::Result<Value> {
    let table: Table = toml::from_str(include_str!("petrarch.toml")).map_err(io::Error::other)?;
    let reader = options.engine.reader()?;
    let sentences: Vec<Sentence> = options.items()?;
    let (mut predictions, mut events) = (Vec::new(), 0);
    for sentence in &sentences {
        let found = event(&reader, &table, &sentence.text);
        events += usize::from(found.is_some());
        let found: Vec<Value> = found.iter().map(written).collect();
        predictions.push(json!({ "id": sentence.id, "events": found }));
    }
    options.write(&predictions)?;
    Ok(json!({ "set": "petrarch", "sentences": sentences.len(), "events": events }))
}

fn written(event: &Event) -> Value {
    let Event { old, source, target } = event;
    json!({ "plover": old, "source_text": source, "target_text": target })
}

/// The one event of a sentence: the set codes what its main clause tells. That is the claim whose
/// words stand nearest to the root and in no other claim.
fn event(reader: &Reader, table: &Table, text: &str) -> Option<Event> {
    let report = atalaya_read::report(text.as_bytes(), Hint::default()).ok()?;
    let reading = reader.read(&report);
    let made = extract(&reader.pack, &reading);
    let coded = |claim: &Claim| table.kinds.contains_key(&claim.kind);
    let inner = |claim: &Claim| claim.within.is_some_and(|outer| coded(&made.claims[outer]));
    let main = made
        .claims
        .iter()
        .zip(&made.parts)
        .filter(|(claim, _)| coded(claim) && !inner(claim))
        .min_by_key(|(claim, part)| {
            (claim.presupposed, depth(&reading, **part, claim), claim.trigger.start)
        });
    main.map(|(claim, _)| coded_as(reader, table, text_of(&reading), &made.claims, claim))
}

fn text_of<'a>(reading: &'a Reading<'_>) -> &'a str {
    &reading.report.text
}

/// How many words lead from a claim's trigger up to the root of its sentence.
fn depth(reading: &Reading<'_>, part: usize, claim: &Claim) -> usize {
    let part = &reading.parts[part];
    let inside = |token: &atalaya_parse::Token<'_>| {
        let source = part.prepared.source(token.bytes());
        claim.trigger.start <= source.start && source.end <= claim.trigger.end
    };
    let depth = |token: atalaya_parse::Token<'_>| token.ancestors().count();
    part.doc.tokens().filter(inside).map(depth).min().unwrap_or(usize::MAX)
}

fn coded_as(reader: &Reader, table: &Table, text: &str, all: &[Claim], claim: &Claim) -> Event {
    let kind = &table.kinds[&claim.kind];
    let content = claim.roles.iter().find_map(|role| match role.value.value {
        claim::Value::Claim(inner) => Some(&all[inner]),
        _ => None,
    });
    let source = named(text, claim, &kind.source);
    let mut target = named(text, claim, &kind.target);
    // Whom a demand, a promise or a refusal is made to may stand in what is demanded.
    if let (None, Some(inner)) = (&target, content)
        && let Some(own) = table.kinds.get(&inner.kind)
    {
        let wanted = [named(text, inner, &own.target), named(text, inner, &own.source)];
        target = wanted.into_iter().flatten().find(|words| Some(words) != source.as_ref());
    }
    Event { old: old_type(reader, table, kind, claim), source, target }
}

/// The old type: what is only planned, asked for, refused or stopped has others.
fn old_type(reader: &Reader, table: &Table, kind: &Kind, claim: &Claim) -> String {
    let mut old = kind.old.as_str();
    let classes = &reader.pack.classes;
    let armed = |role: &claim::Role| match &role.value.value {
        claim::Value::Actor(actor) if kind.source.contains(&role.id) => {
            actor.class.is_some_and(|class| {
                let named = table.armed.classes.iter().filter_map(|name| classes.by_name(name));
                named.into_iter().any(|wider| classes.is_a(class, wider))
            })
        }
        _ => false,
    };
    if table.armed.types.iter().any(|own| own == old) && claim.roles.iter().any(armed) {
        old = "FIGHT";
    }
    let planned = table.planned.get(old).map_or(old, String::as_str);
    let stopped = table.stopped.get(old).map_or(old, String::as_str);
    let old = match (claim.status, claim.assertion.realis) {
        (Some(Status::Refused), _) => "REJECT",
        (Some(Status::Paused | Status::Ended | Status::Withdrawn), _) => stopped,
        (_, Realis::Requested) => "DEMAND",
        (_, Realis::Planned | Realis::Possible | Realis::Hypothetical)
            if claim.assertion.denied =>
        {
            "REJECT"
        }
        (_, Realis::Planned | Realis::Possible | Realis::Hypothetical) => planned,
        _ => old,
    };
    old.to_owned()
}

/// The words of those who play the first of the roles that anybody plays.
fn named(text: &str, claim: &Claim, roles: &[String]) -> Option<String> {
    let words = |role: &String| {
        let playing = claim.roles.iter().filter(|own| own.id == *role);
        let words = playing.map(|role| {
            let span = role.value.antecedent.as_ref().unwrap_or(&role.value.span);
            &text[span.clone()]
        });
        let words: Vec<&str> = words.collect();
        (!words.is_empty()).then(|| words.join("; "))
    };
    roles.iter().find_map(words)
}
