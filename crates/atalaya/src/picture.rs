//! The picture: all that a room's reports tell together, read from its tables to be shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::store::{Passage, Store};

/// All that a room's reports tell together.
#[derive(Debug, Default)]
pub struct Picture {
    /// The facts, dated ones first.
    pub facts: Vec<Fact>,
    /// Who and where, those with most mentions first.
    pub actors: Vec<Actor>,
    /// Facts that hang together.
    pub links: Vec<Link>,
    /// Figures over time.
    pub series: Vec<Series>,
    /// Commitments with their rungs.
    pub ladders: Vec<Ladder>,
    /// When undated reports were written.
    pub bounds: Vec<Bound>,
    /// Every claim with its report, by identifier.
    pub passages: BTreeMap<String, Passage>,
    /// The origin of each report.
    pub origins: BTreeMap<String, String>,
}

/// What one or several reports tell: see `atalaya_facts::fuse::Fact`.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the fact")]
pub struct Fact {
    pub id: String,
    pub kind: String,
    pub family: String,
    pub caption: String,
    pub realis: String,
    pub denied: bool,
    pub status: Option<String>,
    pub aspect: String,
    pub first: Option<String>,
    pub last: Option<String>,
    pub roles: Vec<Role>,
    pub claims: Vec<Told>,
    pub reports: usize,
    pub origins: usize,
    pub grade: u8,
    pub why: Vec<Reason>,
    pub history: Vec<Change>,
    pub actors: Vec<String>,
}

/// A role of a fact.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the role")]
pub struct Role {
    pub role: String,
    pub value: String,
    #[serde(default)]
    pub actor: Option<String>,
    pub agree: Vec<String>,
    pub differ: Vec<Other>,
    pub besides: Vec<Other>,
    #[serde(default)]
    pub corrected: bool,
}

/// Another value of a role.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the value")]
pub struct Other {
    pub claim: String,
    pub value: String,
}

/// A claim that tells a fact.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the claim")]
pub struct Told {
    pub claim: String,
    pub report: String,
    pub published: Option<String>,
}

/// What a report did to a fact.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the change")]
pub struct Change {
    pub report: String,
    pub published: Option<String>,
    pub what: String,
}

/// Why something was judged so.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the reason")]
pub struct Reason {
    pub rule: String,
    pub detail: String,
}

/// Somebody or somewhere.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the actor")]
pub struct Actor {
    pub id: String,
    pub name: String,
    pub sort: String,
    pub class: Option<String>,
    pub country: Option<String>,
    pub aliases: Vec<String>,
    pub offices: Vec<Office>,
    pub mentions: Vec<Spot>,
}

/// A post.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the office")]
pub struct Office {
    pub post: String,
    pub tense: String,
    pub country: Option<String>,
}

/// Words of a report.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the spot")]
pub struct Spot {
    pub report: String,
    pub start: usize,
    pub end: usize,
}

/// Two facts that hang together.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the link")]
pub struct Link {
    pub from: String,
    pub to: String,
    pub relation: String,
    pub reasons: Vec<Reason>,
}

/// Figures of one measure over time.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the series")]
pub struct Series {
    pub id: String,
    pub measure: String,
    pub points: Vec<Point>,
    pub pairs: Vec<Pair>,
}

/// One figure.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the figure")]
pub struct Point {
    pub claim: String,
    pub fact: String,
    pub report: String,
    pub published: Option<String>,
    pub when: Option<String>,
    pub value: String,
}

/// How two figures stand to each other.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the pair")]
pub struct Pair {
    pub left: String,
    pub right: String,
    pub standing: String,
    pub why: Reason,
}

/// A commitment.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the commitment")]
pub struct Ladder {
    pub id: String,
    pub state: String,
    pub steps: Vec<Step>,
}

/// A rung.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the rung")]
pub struct Step {
    pub status: String,
    pub fact: String,
    pub known: Option<String>,
}

/// When an undated report was written.
#[derive(Debug, Clone, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the bound")]
pub struct Bound {
    pub report: String,
    pub not_before: Option<String>,
    pub not_after: Option<String>,
    pub reasons: Vec<Reason>,
}

impl Picture {
    /// Reads the picture of a room.
    ///
    /// # Errors
    /// SQLite's.
    pub fn of(store: &Store) -> rusqlite::Result<Picture> {
        if !store.has_fused()? {
            return Ok(Picture::default());
        }
        Ok(Picture {
            facts: typed(store.facts()?),
            actors: typed(store.actors()?),
            links: typed(store.links()?),
            series: typed(store.series()?),
            ladders: typed(store.ladders()?),
            bounds: typed(store.bounds()?),
            passages: store.claim_passages()?,
            origins: store.origins()?,
        })
    }

    /// The links of a room alone.
    ///
    /// # Errors
    /// SQLite's.
    pub fn links(store: &Store) -> rusqlite::Result<Vec<Link>> {
        Ok(typed(store.links()?))
    }

    /// The actors of a room alone: enough to tell who a name stands for.
    ///
    /// # Errors
    /// SQLite's.
    pub fn cast(store: &Store) -> rusqlite::Result<Picture> {
        Ok(Picture { actors: typed(store.actors()?), ..Picture::default() })
    }

    /// The fact of an identifier.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// The actors that a name or the first digits of an identifier mean.
    pub fn named(&self, name: &str) -> Vec<&Actor> {
        let lower = name.to_lowercase();
        let called = |actor: &&Actor| {
            actor.name.to_lowercase() == lower
                || actor.aliases.iter().any(|alias| alias.to_lowercase() == lower)
        };
        let exact: Vec<&Actor> = self.actors.iter().filter(called).collect();
        if !exact.is_empty() {
            return exact;
        }
        let like = |actor: &&Actor| {
            let digits = lower.len() >= 4 && actor.id.starts_with(&lower);
            digits || actor.name.to_lowercase().contains(&lower)
        };
        self.actors.iter().filter(like).collect()
    }

    /// The facts that speak of somebody or something: an actor of that name plays a part, or the
    /// words stand in the caption.
    pub fn about(&self, what: &str) -> BTreeSet<String> {
        let about = self.topic(what);
        self.facts.iter().filter(|fact| about.has(fact)).map(|fact| fact.id.clone()).collect()
    }

    /// What a name or words stand for among the actors.
    pub fn topic(&self, what: &str) -> Topic {
        let actors = self.named(what).iter().map(|actor| actor.id.clone()).collect();
        Topic { actors, words: what.to_lowercase() }
    }

    /// Why a fact is contested, in a few words each; nothing if it is not.
    pub fn contested(&self, fact: &Fact) -> Vec<Contest> {
        let mut contests: Vec<Contest> = Vec::new();
        // Of figures, a later value is no contradiction: the series tells which are.
        let figure = fact.family == "figure";
        let at_odds = |role: &&Role| {
            let moved = figure && role.role == "value";
            !role.differ.is_empty() && !moved
        };
        for role in fact.roles.iter().filter(at_odds) {
            let others: BTreeSet<&str> =
                role.differ.iter().map(|other| other.value.as_str()).collect();
            let others = others.into_iter().collect::<Vec<_>>().join(" · ");
            contests.push(Contest {
                text: format!("{}: {} / {others}", role.role, role.value),
                claims: role
                    .agree
                    .iter()
                    .chain(role.differ.iter().map(|other| &other.claim))
                    .cloned()
                    .collect(),
            });
        }
        for link in self.links.iter().filter(|link| link.relation == "denied") {
            if link.from == fact.id
                && let Some(denial) = self.fact(&link.to)
            {
                let claims = denial.claims.iter().map(|told| told.claim.clone());
                let text = format!("denied: {}", denial.caption);
                contests.push(Contest { text, claims: claims.collect() });
            }
        }
        for series in &self.series {
            let point = |claim: &str| series.points.iter().find(|point| point.claim == claim);
            for pair in series.pairs.iter().filter(|pair| pair.standing == "contradicts") {
                if let (Some(one), Some(other)) = (point(&pair.left), point(&pair.right))
                    && one.fact == fact.id
                {
                    let text = format!("{}: {} / {}", series.measure, one.value, other.value);
                    contests.push(Contest {
                        text,
                        claims: vec![one.claim.clone(), other.claim.clone()],
                    });
                }
            }
        }
        contests
    }
}

impl Actor {
    /// Whether it plays a part in a fact. Of a place: whether a role has its name as the value.
    pub fn plays_in(&self, fact: &Fact) -> bool {
        let is_name = |value: &String| *value == self.name || self.aliases.contains(value);
        fact.actors.contains(&self.id)
            || self.sort == "place" && fact.roles.iter().any(|role| is_name(&role.value))
    }
}

/// Somebody or something that facts may speak of.
#[derive(Debug, Clone)]
pub struct Topic {
    actors: BTreeSet<String>,
    words: String,
}

impl Topic {
    /// Whether a fact speaks of it.
    pub fn has(&self, fact: &Fact) -> bool {
        fact.actors.iter().any(|actor| self.actors.contains(actor))
            || fact.caption.to_lowercase().contains(&self.words)
            || fact.kind == self.words
    }
}

/// A point on which reports are at odds.
#[derive(Debug, Clone)]
pub struct Contest {
    /// What is told, and what otherwise.
    pub text: String,
    /// The claims on both sides.
    pub claims: Vec<String>,
}

impl Fact {
    /// How it is told, in a few words.
    pub fn told(&self) -> String {
        let mut words = vec![self.status.clone().unwrap_or_else(|| self.realis.clone())];
        words.extend(self.denied.then(|| "denied".to_owned()));
        words.extend((self.aspect != "once").then(|| self.aspect.clone()));
        words.join(", ")
    }

    /// Whether it can have been between two days. One without a day is on neither side of a day.
    pub fn can_be(&self, since: Option<&str>, until: Option<&str>) -> bool {
        let (first, last) = (self.first.as_ref(), self.last.as_ref());
        since.is_none_or(|day| last.or(first).is_some_and(|last| last.as_str() >= day))
            && until.is_none_or(|day| first.or(last).is_some_and(|first| first.as_str() <= day))
    }

    /// When it was, in a few words.
    pub fn when(&self) -> Option<String> {
        match (&self.first, &self.last) {
            (Some(first), Some(last)) if first == last => Some(first.clone()),
            (None, None) => None,
            (first, last) => {
                let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "…".to_owned());
                Some(format!("{} – {}", end(first), end(last)))
            }
        }
    }
}

fn typed<T: DeserializeOwned>(values: Vec<Value>) -> Vec<T> {
    values.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect()
}
