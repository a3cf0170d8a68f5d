//! Facts and actors as JSON, in the form that scripts rely on.

use serde_json::{Value, json};

use crate::picture::{Actor, Fact, Spot};

/// A fact with its [`links`]. `differ` names the claims; `differing` says what they tell.
pub fn fact(fact: &Fact, links: &Value) -> Value {
    let roles: Vec<Value> = fact
        .roles
        .iter()
        .map(|role| {
            let differ: Vec<&String> = role.differ.iter().map(|other| &other.claim).collect();
            let told = |others: &[crate::picture::Other]| -> Vec<Value> {
                others.iter().map(|other| json!({ "claim": other.claim, "value": other.value })).collect()
            };
            json!({
                "role": role.role, "value": role.value, "agree": role.agree, "differ": differ,
                "differing": told(&role.differ), "besides": told(&role.besides), "corrected": role.corrected,
            })
        })
        .collect();
    let why: Vec<Value> = fact
        .why
        .iter()
        .map(|reason| json!({ "rule": reason.rule, "detail": reason.detail }))
        .collect();
    let history: Vec<Value> = fact
        .history
        .iter()
        .map(|change| json!({ "report": change.report, "published": change.published, "what": change.what }))
        .collect();
    json!({
        "id": fact.id, "kind": fact.kind, "family": fact.family, "caption": fact.caption, "roles": roles,
        "claims": fact.claims.iter().map(|told| &told.claim).collect::<Vec<_>>(),
        "origins": fact.origins, "reports": fact.reports, "credibility": fact.grade, "why": why,
        "status": fact.status, "realis": fact.realis, "denied": fact.denied, "aspect": fact.aspect,
        "first": fact.first, "last": fact.last, "history": history, "actors": fact.actors,
        "links": links,
    })
}

/// The facts that a fact hangs together with, of links as from, to, relation. Links that lead to it
/// are marked.
pub fn links(links: &[[String; 3]], id: &str) -> Value {
    let links = links.iter().map(|[from, to, relation]| {
        let other = if from == id { to } else { from };
        json!({ "fact": other, "relation": relation, "to_here": to == id })
    });
    links.collect()
}

/// An actor. Mentions have their words and where the report was found, if the room still has it.
///
/// # Errors
/// What `words` returns.
pub fn actor<E>(
    actor: &Actor,
    mut words: impl FnMut(&Spot) -> Result<Option<(String, String)>, E>,
) -> Result<Value, E> {
    let mut mentions: Vec<Value> = Vec::with_capacity(actor.mentions.len());
    for spot in &actor.mentions {
        let (source, text) = words(spot)?.unzip();
        let text = text.unwrap_or_default();
        mentions.push(json!({
            "report": spot.report, "source": source, "start": spot.start, "end": spot.end, "text": text,
        }));
    }
    let offices: Vec<Value> = actor
        .offices
        .iter()
        .map(|office| json!({ "post": office.post, "tense": office.tense, "country": office.country }))
        .collect();
    Ok(json!({
        "id": actor.id, "name": actor.name, "class": actor.class, "sort": actor.sort, "country": actor.country,
        "aliases": actor.aliases, "offices": offices, "mentions": mentions,
    }))
}
