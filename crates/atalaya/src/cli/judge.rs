//! `atalaya judge` and `atalaya undo`: what a person decides outranks the engine.

mod own;

use std::io::Write;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use super::World;
use super::facts::find;
use super::out::{Out, tame};
use crate::Error;
use crate::judge::{self, act};
use crate::picture::Picture;
use crate::store::{StoredAct, StoredAnchor};

const HELP: &str = "\
Your decisions are tied to the words they are about, so they outlive rebuilding, and they outrank whatever
the engine finds. Facts and claims are named by the first digits of their ids, actors by name or id.

Examples:
  atalaya judge same 3fa2 90bc                 two facts are one
  atalaya judge different 3fa2 90bc            two facts, or two claims of one, are not one
  atalaya judge same \"La Ceniza\" \"La Ceniza Regional Prison\"
  atalaya judge reject 51d0                    the report does not say this
  atalaya judge split 3fa2 51d0                this claim is not of this fact
  atalaya judge correct 51d0 where Babahoyo    this role is another
  atalaya judge add 9e87 --kind escape --words \"three got out\" --role facility=Babahoyo
  atalaya judge list                           what you decided
  atalaya undo                                 take the last decision back";

#[derive(Debug, Args)]
#[command(after_help = HELP)]
pub struct Judge {
    #[command(subcommand)]
    what: What,

    /// Print what was decided as JSON, one object a line
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Two facts, claims or actors are one
    Same(Two),
    /// Two facts, claims or actors are not one
    Different(Two),
    /// A report does not say this
    Reject {
        /// The claim: the first digits of its id
        claim: String,
    },
    /// A claim is not of the fact it was taken for
    Split {
        /// The fact
        fact: String,
        /// The claim
        claim: String,
    },
    /// A role of a claim is another value
    Correct {
        /// The claim
        claim: String,
        /// The role, such as where
        role: String,
        /// The right value
        value: String,
    },
    /// A report says something that was not read in it
    Add(own::Add),
    /// List what you decided, and what was taken back
    List,
}

#[derive(Debug, Args)]
struct Two {
    /// A fact or claim by id, or an actor by name or id
    one: String,
    /// Another
    other: String,
}

impl Judge {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let room = world.open_fused()?;
        let picture = Picture::of(room.store()).map_err(|error| room.fail(error))?;
        let acts = match &self.what {
            What::Same(two) => pair(&picture, "same", two)?,
            What::Different(two) => pair(&picture, "different", two)?,
            What::Reject { claim } => {
                let (id, anchor) = claim_anchor(&picture, claim)?;
                let words = words(&picture, &id);
                vec![act("reject", vec![anchor], None, format!("rejected: {words}"))]
            }
            What::Split { fact, claim } => split(&picture, fact, claim)?,
            What::Correct { claim, role, value } => {
                let (id, anchor) = claim_anchor(&picture, claim)?;
                let anchor = StoredAnchor { role: Some(role.clone()), ..anchor };
                let shown = format!("{role} is {value}: {}", words(&picture, &id));
                vec![act("correct", vec![anchor], Some(value.clone()), shown)]
            }
            What::Add(add) => {
                let engine = world.engine()?;
                vec![add.act(&engine, &room)?]
            }
            What::List => {
                let acts = room.store().acts().map_err(|error| room.fail(error))?;
                return list(&picture, &acts, self.json, out);
            }
        };
        drop(room);
        decide(world, &acts)?;
        match self.json {
            true => acts.iter().try_for_each(|act| out.json(act))?,
            false => writeln!(out, "{}", tame(&acts[0].shown))?,
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Writes decisions down and makes facts anew.
pub fn decide(world: &World, acts: &[StoredAct]) -> Result<(), Error> {
    let engine = world.engine()?;
    let mut writer = world.write(false, "judge")?;
    writer.decide(&engine, acts)
}

/// Two facts, claims or actors are one, or are not.
fn pair(picture: &Picture, verb: &str, two: &Two) -> Result<Vec<StoredAct>, Error> {
    let shown = format!("{verb}: {} / {}", two.one, two.other);
    let actor = |name: &str| match picture.named(name)[..] {
        [one] => Some(one),
        _ => None,
    };
    let claim = |name: &str| claim_anchor(picture, name).map(|(_, anchor)| anchor);
    match (claim(&two.one), claim(&two.other)) {
        (Ok(one), Ok(other)) => Ok(vec![act(verb, vec![one, other], None, shown)]),
        (one, other) => match (actor(&two.one), actor(&two.other)) {
            (Some(left), Some(right)) => {
                let anchors = vec![judge::mention(left), judge::mention(right)];
                Ok(vec![act(verb, anchors, None, shown)])
            }
            _ => Err(one.err().or(other.err()).unwrap_or_else(|| Error::NoFact(two.one.clone()))),
        },
    }
}

/// A claim is not one with any other of its fact.
fn split(picture: &Picture, fact: &str, claim: &str) -> Result<Vec<StoredAct>, Error> {
    let fact = find(picture, fact)?;
    let (id, anchor) = claim_anchor(picture, claim)?;
    let shown = format!("split from {}: {}", &fact.id[..8], words(picture, &id));
    let others = fact.claims.iter().filter(|told| told.claim != id);
    let anchors = others.filter_map(|told| Some(claim_anchor(picture, &told.claim).ok()?.1));
    let acts: Vec<StoredAct> = anchors
        .map(|other| act("different", vec![anchor.clone(), other], None, shown.clone()))
        .collect();
    if acts.is_empty() {
        return Err(Error::Unanswered(format!(
            "{} has no other claim to be split from",
            &fact.id[..8]
        )));
    }
    Ok(acts)
}

/// A claim by the first digits of its id, or the first of a fact, with the words it is tied to.
fn claim_anchor(picture: &Picture, name: &str) -> Result<(String, StoredAnchor), Error> {
    let mut named = picture.passages.iter().filter(|(id, _)| id.starts_with(name));
    let found = match (named.next(), named.next()) {
        (Some((id, _)), None) => id.clone(),
        _ => find(picture, name)?.claims[0].claim.clone(),
    };
    let passage = picture.passages.get(&found).ok_or_else(|| Error::NoFact(name.to_owned()))?;
    let anchor = judge::anchor(&passage.report, &passage.claim);
    Ok((found, anchor))
}

fn words(picture: &Picture, claim: &str) -> String {
    let passage = picture.passages.get(claim);
    let text = passage.and_then(|passage| passage.claim["text"].as_str()).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn list(
    picture: &Picture,
    acts: &[StoredAct],
    json: bool,
    out: &mut Out,
) -> Result<ExitCode, Error> {
    if json {
        acts.iter().try_for_each(|act| out.json(act))?;
        return Ok(ExitCode::SUCCESS);
    }
    if acts.is_empty() {
        writeln!(out, "you have decided nothing yet")?;
    }
    for act in acts {
        let undone =
            act.undone.as_ref().map(|at| format!(" (taken back {at})")).unwrap_or_default();
        let lost =
            act.undone.is_none() && !act.anchors.iter().all(|anchor| stands(picture, anchor));
        let astray = if lost { " (the words it is about are no longer there)" } else { "" };
        writeln!(out, "{} {}{undone}{astray}", act.at, tame(&act.shown))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether the words that an act is tied to are still read as what they were.
fn stands(picture: &Picture, anchor: &StoredAnchor) -> bool {
    if anchor.kind.is_none() {
        return picture.actors.iter().flat_map(|actor| &actor.mentions).any(|spot| {
            spot.report == anchor.report && (spot.start, spot.end) == (anchor.start, anchor.end)
        });
    }
    picture.passages.values().any(|passage| {
        let trigger = &passage.claim["trigger"];
        passage.report == anchor.report
            && passage.claim["kind"].as_str() == anchor.kind.as_deref()
            && trigger["start"].as_u64() == u64::try_from(anchor.start).ok()
            && trigger["end"].as_u64() == u64::try_from(anchor.end).ok()
    })
}

const UNDO_HELP: &str = "\
Takes back the last decision that still stands: a judgement or a rating. Nothing is lost: `atalaya judge
list` still shows it.

Examples:
  atalaya undo";

#[derive(Debug, Args)]
#[command(after_help = UNDO_HELP)]
pub struct Undo {
    /// Print what was taken back as JSON
    #[arg(long)]
    json: bool,
}

impl Undo {
    pub fn run(self, world: &World, out: &mut Out) -> Result<ExitCode, Error> {
        let engine = world.engine()?;
        let undone = world.write(false, "undo")?.undo(&engine, None)?;
        match (undone.first(), self.json) {
            (first, true) => out.json(&json!({ "undone": first.map(|act| &act.shown) }))?,
            (Some(act), false) => writeln!(out, "taken back: {}", tame(&act.shown))?,
            (None, false) => writeln!(out, "there is nothing to take back")?,
        }
        Ok(ExitCode::SUCCESS)
    }
}
