//! The picture: all that a room's reports tell together, read from its tables to be shown.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::store::{Named, Passage, Store};

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
    /// What is contested, by fact.
    pub contests: BTreeMap<String, Vec<Contest>>,
    /// Every claim with its report, by identifier.
    pub passages: BTreeMap<String, Passage>,
    /// The origin of each report.
    pub origins: BTreeMap<String, String>,
    /// The places of facts in their list, by identifier.
    places: BTreeMap<String, usize>,
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
    #[serde(default)]
    pub pronoun: bool,
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
            actors: typed(store.actors()?),
            passages: store.claim_passages()?,
            origins: store.origins()?,
            ..Picture::drawn(store, |_| {})?
        })
    }

    /// Reads what a brief is made of: no actors, passages and origins, and of facts not why they are
    /// believed and who agrees.
    ///
    /// # Errors
    /// SQLite's.
    pub fn outline(store: &Store) -> rusqlite::Result<Picture> {
        Picture::drawn(store, |fact| {
            fact.why = Vec::new();
            for role in &mut fact.roles {
                (role.agree, role.besides) = (Vec::new(), Vec::new());
            }
        })
    }

    /// The picture without actors, passages and origins, its facts lightened.
    fn drawn(store: &Store, lighten: impl Fn(&mut Fact)) -> rusqlite::Result<Picture> {
        if !store.has_fused()? {
            return Ok(Picture::default());
        }
        let mut facts: Vec<Fact> = Vec::new();
        store.each_fact(|value| {
            if let Ok(mut fact) = serde_json::from_value::<Fact>(value) {
                lighten(&mut fact);
                facts.push(fact);
            }
            Ok::<_, rusqlite::Error>(())
        })?;
        let places = facts.iter().enumerate().map(|(at, fact)| (fact.id.clone(), at)).collect();
        let mut contests = BTreeMap::new();
        for id in store.contested_facts()? {
            if let Some(fact) = store.whole_fact(&id)? {
                contests.insert(id, contests_of(store, &fact)?);
            }
        }
        Ok(Picture {
            facts,
            places,
            contests,
            links: store.links()?,
            series: store.series()?,
            ladders: store.ladders()?,
            bounds: store.bounds()?,
            ..Picture::default()
        })
    }

    /// The fact of an identifier.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.places.get(id).map(|&at| &self.facts[at])
    }

    /// The actors that a name or the first digits of an identifier mean.
    pub fn named(&self, name: &str) -> Vec<&Actor> {
        let lower = name.to_lowercase();
        let fits = |wanted: Fit| {
            let fit = |actor: &&Actor| fit(&lower, &actor.id, &actor.name, &actor.aliases);
            self.actors.iter().filter(move |actor| fit(actor) == wanted).collect::<Vec<_>>()
        };
        let exact = fits(Fit::Called);
        if exact.is_empty() { fits(Fit::Like) } else { exact }
    }

    /// Why a fact is contested, in a few words each; nothing if it is not.
    pub fn contested(&self, fact: &Fact) -> &[Contest] {
        self.contests.get(&fact.id).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Why a fact is contested, in a few words each; nothing if it is not.
///
/// # Errors
/// SQLite's.
pub fn contests_of(store: &Store, fact: &Fact) -> rusqlite::Result<Vec<Contest>> {
    // Of figures, a later value is no contradiction: the series tells which are.
    let figure = fact.family == "figure";
    let at_odds = |role: &&Role| {
        let moved = figure && role.role == "value";
        !role.differ.is_empty() && !moved
    };
    let mut contests: Vec<Contest> = fact.roles.iter().filter(at_odds).map(differs).collect();
    for [from, to, relation] in store.links_around(&fact.id)? {
        if relation == "denied"
            && from == fact.id
            && let Some(denial) = store.whole_fact::<Fact>(&to)?
        {
            let claims = denial.claims.iter().map(|told| told.claim.clone());
            let text = format!("denied: {}", denial.caption);
            contests.push(Contest { text, claims: claims.collect() });
        }
    }
    for series in store.contradictions::<Series>(&fact.id)? {
        contests.extend(contradicts(&series, fact));
    }
    Ok(contests)
}

/// A role of which reports tell values that exclude each other.
fn differs(role: &Role) -> Contest {
    let others: BTreeSet<&str> = role.differ.iter().map(|other| other.value.as_str()).collect();
    let others = others.into_iter().collect::<Vec<_>>().join(" · ");
    let differ = role.differ.iter().map(|other| &other.claim);
    Contest {
        text: format!("{}: {} / {others}", role.role, role.value),
        claims: role.agree.iter().chain(differ).cloned().collect(),
    }
}

/// Where a series has another figure in the place of a fact's.
fn contradicts(series: &Series, fact: &Fact) -> Vec<Contest> {
    let point = |claim: &str| series.points.iter().find(|point| point.claim == claim);
    let pairs = series.pairs.iter().filter(|pair| pair.standing == "contradicts");
    let contests = pairs.filter_map(|pair| {
        let (one, other) = (point(&pair.left)?, point(&pair.right)?);
        (one.fact == fact.id).then(|| Contest {
            text: format!("{}: {} / {}", series.measure, one.value, other.value),
            claims: vec![one.claim.clone(), other.claim.clone()],
        })
    });
    contests.collect()
}

/// How a name fits an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// It is called so.
    Called,
    /// Its name holds it, or its identifier begins so.
    Like,
    /// It does not.
    Not,
}

/// How a name in small letters fits an actor.
fn fit(lower: &str, id: &str, name: &str, aliases: &[String]) -> Fit {
    let own = name.to_lowercase();
    if own == lower || aliases.iter().any(|alias| alias.to_lowercase() == lower) {
        return Fit::Called;
    }
    let digits = lower.len() >= 4 && id.starts_with(lower);
    if digits || own.contains(lower) { Fit::Like } else { Fit::Not }
}

/// The actors that a name or the first digits of an identifier mean, without reading all of them at once.
///
/// # Errors
/// SQLite's.
pub fn named(store: &Store, name: &str) -> rusqlite::Result<Vec<Named>> {
    let lower = name.to_lowercase();
    let (mut called, mut like) = (Vec::new(), Vec::new());
    store.each_name(|actor| match fit(&lower, &actor.id, &actor.name, &actor.aliases) {
        Fit::Called => called.push(actor),
        Fit::Like => like.push(actor),
        Fit::Not => {}
    })?;
    Ok(if called.is_empty() { like } else { called })
}

/// The facts that an actor plays a part in. Of a place: also those that tell of a place of its name.
///
/// # Errors
/// SQLite's.
pub fn facts_of(store: &Store, actor: &Named) -> rusqlite::Result<BTreeSet<String>> {
    let mut facts: BTreeSet<String> = store.facts_of_actor(&actor.id)?.into_iter().collect();
    if actor.sort == "place" {
        let names = actor.aliases.iter().chain([&actor.name]).map(|name| name.to_lowercase());
        facts.extend(store.facts_at(&names.collect())?);
    }
    Ok(facts)
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
    /// As it was asked for.
    pub name: String,
    facts: BTreeSet<String>,
    words: String,
}

impl Topic {
    /// What a name or words stand for in a room: an actor or a place of that name, or words of captions.
    ///
    /// # Errors
    /// SQLite's.
    pub fn find(store: &Store, what: &str) -> rusqlite::Result<Topic> {
        let mut facts = BTreeSet::new();
        for actor in named(store, what)? {
            facts.extend(facts_of(store, &actor)?);
        }
        Ok(Topic { name: what.to_owned(), facts, words: what.to_lowercase() })
    }

    /// Whether a fact speaks of it.
    pub fn has(&self, id: &str, kind: &str, caption: &str) -> bool {
        self.facts.contains(id)
            || caption.to_lowercase().contains(&self.words)
            || kind == self.words
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
        can_be([self.first.as_deref(), self.last.as_deref()], since, until)
    }

    /// When it was, in a few words.
    pub fn when(&self) -> Option<String> {
        match (&self.first, &self.last) {
            (Some(first), Some(last)) if first == last => Some(first.clone()),
            (None, None) => None,
            (first, last) => {
                let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "..".to_owned());
                let stretch = format!("{}/{}", end(first), end(last));
                Some(crate::world::time(&stretch).unwrap_or(stretch))
            }
        }
    }
}

/// Whether what has a first and a last day can have been between two days.
pub fn can_be([first, last]: [Option<&str>; 2], since: Option<&str>, until: Option<&str>) -> bool {
    since.is_none_or(|day| last.or(first).is_some_and(|last| last >= day))
        && until.is_none_or(|day| first.or(last).is_some_and(|first| first <= day))
}

fn typed<T: DeserializeOwned>(values: Vec<Value>) -> Vec<T> {
    values.into_iter().filter_map(|value| serde_json::from_value(value).ok()).collect()
}
