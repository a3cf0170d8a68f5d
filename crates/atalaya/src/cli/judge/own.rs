//! `atalaya judge add`: a claim of a person's own, tied to the words that make it.

use clap::Args;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::act;
use crate::Error;
use crate::room::Room;
use crate::store::{StoredAct, StoredAnchor};
use crate::world::Engine;

const HELP: &str = "\
The words must stand in the report as you give them. A role's value is one that the report mentions, by
its words or by what `atalaya mentions` calls it; anything else is kept as text.

Examples:
  atalaya judge add 9e87 --kind escape --words \"three got out\" --role facility=Babahoyo
  atalaya judge add 9e87 --kind meet --words \"shook hands\" --role a=Noboa --role b=Trump";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Add {
    /// The report: the first digits of its id, or the file it was read from
    report: String,

    /// The kind of claim, such as meet
    #[arg(long)]
    kind: String,

    /// The words that say so, as they stand in the report
    #[arg(long)]
    words: String,

    /// A role and its value
    #[arg(long, value_name = "ROLE=VALUE", value_parser = parted)]
    role: Vec<(String, String)>,
}

fn parted(text: &str) -> Result<(String, String), String> {
    let (role, value) = text.split_once('=').ok_or("write a role as NAME=VALUE")?;
    Ok((role.to_owned(), value.to_owned()))
}

impl Add {
    /// The act that adds the claim.
    pub fn act(&self, engine: &Engine, room: &Room) -> Result<StoredAct, Error> {
        let fail = |error| room.fail(error);
        let known = engine.pack.kinds.by_name(&self.kind);
        let kind =
            known.ok_or_else(|| Error::Unanswered(format!("there is no kind {}", self.kind)))?;
        let (row, report) = room.store().one(&self.report)?;
        let text = room.store().details(row).map_err(fail)?.text;
        let Some(at) = text.find(&self.words) else {
            let why = format!("these words do not stand in {}: {}", &report[..8], self.words);
            return Err(Error::Unanswered(why));
        };
        let start = text[..at].chars().count();
        let end = start + self.words.chars().count();
        let mut roles = Vec::new();
        for (role, name) in &self.role {
            if !kind.roles.iter().any(|(own, _)| own == role) {
                let roles: Vec<&str> = kind.roles.iter().map(|(role, _)| role.as_str()).collect();
                let why = format!("{} has no role {role}; it has {}", self.kind, roles.join(", "));
                return Err(Error::Unanswered(why));
            }
            let found = room.store().mention(row, name).map_err(fail)?;
            let (start, end, value) =
                found.unwrap_or_else(|| (start, end, json!({ "type": "text", "text": name })));
            roles.push(
                json!({ "role": role, "text": name, "start": start, "end": end, "value": value }),
            );
        }
        let status = kind.done.map(atalaya_facts::claim::Status::name);
        let id = id(&report, &self.kind, start, end);
        let claim: Value = json!({
            "id": id, "family": kind.family.name(), "kind": self.kind, "realis": "happened", "denied": false,
            "status": status, "aspect": "once", "presupposed": false, "attribution": [], "roles": roles,
            "trigger": { "text": self.words, "start": start, "end": end }, "start": start, "end": end,
            "text": self.words, "within": null, "rule": "person",
        });
        let anchor = StoredAnchor { report, start, end, kind: Some(self.kind.clone()), role: None };
        let shown = format!("{}: {}", self.kind, self.words);
        Ok(act("claim", vec![anchor], Some(claim.to_string()), shown))
    }
}

/// A claim's identifier, as of those that are read: a hash of its report, kind and words.
fn id(report: &str, kind: &str, start: usize, end: usize) -> String {
    let hash = Sha256::digest(format!("person\n{report}\n{kind}\n{start}-{end}"));
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
