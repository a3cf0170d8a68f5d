//! What a person decides, as acts tied to words: made here for the command line and the web alike.

use std::ops::Range;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::Error;
use crate::picture::Actor;
use crate::room::{Room, now};
use crate::store::{StoredAct, StoredAnchor};
use crate::world::Engine;

/// The role under which a report's own date is corrected.
pub const PUBLISHED: &str = "published";

/// An act of this moment.
pub fn act(
    verb: &str,
    anchors: Vec<StoredAnchor>,
    value: Option<String>,
    shown: String,
) -> StoredAct {
    let (verb, at) = (verb.to_owned(), now());
    StoredAct { id: 0, at, verb, anchors, subject: None, value, shown, undone: None, reason: None }
}

/// The words that a claim of a report is tied to.
pub fn anchor(report: &str, claim: &Value) -> StoredAnchor {
    let at = |key: &str| {
        let offset = claim["trigger"][key].as_u64().unwrap_or_default();
        usize::try_from(offset).unwrap_or_default()
    };
    let kind = claim["kind"].as_str().map(str::to_owned);
    StoredAnchor { report: report.to_owned(), start: at("start"), end: at("end"), kind, role: None }
}

/// The words by which an actor is first mentioned.
pub fn mention(actor: &Actor) -> StoredAnchor {
    let spot = &actor.mentions[0];
    StoredAnchor {
        report: spot.report.clone(),
        start: spot.start,
        end: spot.end,
        kind: None,
        role: None,
    }
}

/// A report as a whole.
pub fn whole(report: &str, role: Option<&str>) -> StoredAnchor {
    StoredAnchor {
        report: report.to_owned(),
        start: 0,
        end: 0,
        kind: None,
        role: role.map(str::to_owned),
    }
}

/// The act that adds a claim of a person's own: the words of a report that say so, and roles by name. A
/// role's value is one that the report mentions, by its words or its label; anything else is text.
///
/// # Errors
/// When there is no such kind or role, or the words are none of the report's.
pub fn own_claim(
    engine: &Engine,
    room: &Room,
    (row, report): (i64, &str),
    kind_name: &str,
    words: Range<usize>,
    roles: &[(String, String)],
) -> Result<StoredAct, Error> {
    let fail = |error| room.fail(error);
    let known = engine.pack.kinds.by_name(kind_name);
    let kind = known.ok_or_else(|| Error::Unanswered(format!("there is no kind {kind_name}")))?;
    let text = room.store().details(row).map_err(fail)?.text;
    let said: String = text.chars().skip(words.start).take(words.len()).collect();
    if said.trim().is_empty() {
        return Err(Error::Unanswered("choose the words that say so".to_owned()));
    }
    let (start, end) = (words.start, words.start + said.chars().count());
    let mut told = Vec::new();
    for (role, name) in roles {
        if !kind.roles.iter().any(|(own, _)| own == role) {
            let roles: Vec<&str> = kind.roles.iter().map(|(role, _)| role.as_str()).collect();
            let why = format!("{kind_name} has no role {role}; it has {}", roles.join(", "));
            return Err(Error::Unanswered(why));
        }
        let found = room.store().mention(row, name).map_err(fail)?;
        let (start, end, value) =
            found.unwrap_or_else(|| (start, end, json!({ "type": "text", "text": name })));
        told.push(
            json!({ "role": role, "text": name, "start": start, "end": end, "value": value }),
        );
    }
    let status = kind.done.map(atalaya_facts::claim::Status::name);
    let claim: Value = json!({
        "id": id(report, kind_name, start, end), "family": kind.family.name(), "kind": kind_name, "realis": "happened",
        "denied": false, "status": status, "aspect": "once", "presupposed": false, "attribution": [], "roles": told,
        "trigger": { "text": said, "start": start, "end": end }, "start": start, "end": end,
        "text": said, "within": null, "rule": "person",
    });
    let kind = Some(kind_name.to_owned());
    let anchor = StoredAnchor { report: report.to_owned(), start, end, kind, role: None };
    Ok(act("claim", vec![anchor], Some(claim.to_string()), format!("{kind_name}: {said}")))
}

/// A claim's identifier, as of those that are read: a hash of its report, kind and words.
fn id(report: &str, kind: &str, start: usize, end: usize) -> String {
    let hash = Sha256::digest(format!("person\n{report}\n{kind}\n{start}-{end}"));
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
