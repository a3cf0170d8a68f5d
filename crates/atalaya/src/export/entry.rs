//! A fact with all who tell it, and what formats ask of it: who, whom, where, when, how many.

use std::collections::BTreeMap;

use atalaya_facts::event::Kind;
use atalaya_facts::{Class, Pack};
use jiff::civil::Date;
use serde_json::Value;

use super::Country;
use crate::picture::{Fact, Role};
use crate::store::{Store, Telling, Who};

/// A fact with all who tell it.
#[derive(Debug)]
pub struct Entry<'p> {
    /// The words and classes.
    pub pack: &'p Pack,
    /// The fact.
    pub fact: Fact,
    /// Its tellings, in the order of publication.
    pub tellings: Vec<Telling>,
    /// The actors that play a part, by identifier.
    pub actors: BTreeMap<String, Who>,
}

/// Somebody who plays a part in a fact.
#[derive(Debug, Clone)]
pub struct Party {
    /// The name, or the words where there is none.
    pub name: String,
    /// The actor over all reports, where it is known.
    pub actor: Option<String>,
    /// The class in the pack.
    pub class: Option<Class>,
    /// The country's code.
    pub country: Option<String>,
}

/// A place on the map.
#[derive(Debug, Clone)]
pub struct Spot {
    /// The name as it is told.
    pub told: String,
    /// The name on the map.
    pub name: String,
    /// `city`, `region1`, `region2`, `country`, …
    pub kind: String,
    /// How closely it is told: `town`, `near-town`, …
    pub precision: String,
    /// The country's code.
    pub country: Option<String>,
    /// The first level region that it is or lies in.
    pub region1: Option<String>,
    /// The second level region that it is or lies in.
    pub region2: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// In GeoNames.
    pub geonameid: Option<u64>,
}

impl Spot {
    /// Whether no more than the country is known.
    pub fn is_country(&self) -> bool {
        self.kind == "country"
    }

    /// Its country's codes and names.
    pub fn land(&self) -> Option<Country> {
        Country::of(self.country.as_deref()?)
    }
}

/// How many people: what is told most, and the least and most that anybody tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count {
    /// What most tell; the lower bound of a range.
    pub best: f64,
    /// The least that is told.
    pub low: f64,
    /// The most that is told.
    pub high: f64,
}

impl<'p> Entry<'p> {
    /// Reads the tellings and actors of a fact. `own` are the claims that a person made.
    ///
    /// # Errors
    /// SQLite's.
    pub fn of(
        pack: &'p Pack,
        store: &Store,
        fact: Fact,
        own: &BTreeMap<String, Value>,
    ) -> rusqlite::Result<Entry<'p>> {
        let mut tellings = Vec::new();
        for told in &fact.claims {
            tellings.extend(store.telling_in(&told.report, &told.claim, own)?);
        }
        let mut actors = BTreeMap::new();
        for id in &fact.actors {
            actors.extend(store.who(id)?.map(|who| (id.clone(), who)));
        }
        Ok(Entry { pack, fact, tellings, actors })
    }

    /// Its kind in the pack.
    pub fn kind(&self) -> Option<&'p Kind> {
        self.pack.kinds.by_name(&self.fact.kind)
    }

    /// Whether it is told as done, once or going on, and not denied. That a commitment was paused is
    /// told as happened too, but is not the thing itself.
    pub fn is_done(&self) -> bool {
        matches!(self.fact.realis.as_str(), "happened" | "ongoing")
            && !self.fact.denied
            && !self.is_halted()
    }

    /// Whether what is told is that it was paused, refused, withdrawn or ended.
    pub fn is_halted(&self) -> bool {
        let status = self.fact.status.as_deref();
        matches!(status, Some("paused" | "refused" | "withdrawn" | "ended"))
    }

    /// Whether what is told is that it was signed or is in force, though what it promises may be to come.
    pub fn is_signed(&self) -> bool {
        let status = self.fact.status.as_deref();
        matches!(status, Some("signed" | "approved" | "in-force")) && !self.fact.denied
    }

    /// The settled values of a role.
    pub fn settled<'e>(&'e self, role: &'e str) -> impl Iterator<Item = &'e Role> {
        self.fact.roles.iter().filter(move |own| own.role == role)
    }

    /// What a role holds, in words; several values are joined.
    pub fn words(&self, role: &str) -> String {
        let values: Vec<&str> = self.settled(role).map(|role| role.value.as_str()).collect();
        values.join("; ")
    }

    /// The value that a settled role was taken from; none where a person set it.
    pub fn typed<'e>(&'e self, role: &Role) -> Option<&'e Value> {
        if role.corrected {
            return None;
        }
        let told = self.tellings.iter().filter(|told| role.agree.iter().any(|id| told.is(id)));
        let parts =
            told.flat_map(|told| told.passage.claim["roles"].as_array().into_iter().flatten());
        let parts: Vec<&Value> = parts.filter(|part| part["role"] == role.role.as_str()).collect();
        // One claim may tell several values of a role: the one whose words were settled on.
        let exact = parts.iter().find(|part| part["text"] == role.value.as_str());
        exact.or(parts.first()).map(|part| &part["value"])
    }

    /// Who does it and whom it is done to, by the kind's `sides`. Of what is mutual and told of in
    /// one role, the first told stands on one side and the rest on the other.
    pub fn sides(&self) -> [Vec<Party>; 2] {
        let Some(kind) = self.kind() else { return [Vec::new(), Vec::new()] };
        let side = |roles: &Vec<String>| {
            let mut sides = roles.iter().map(|role| self.parties(role));
            sides.find(|side| !side.is_empty()).unwrap_or_default()
        };
        let [mut who, whom] = kind.sides.each_ref().map(side);
        match kind.mutual && whom.is_empty() && who.len() > 1 {
            true => {
                let rest = who.split_off(1);
                [who, rest]
            }
            false => [who, whom],
        }
    }

    /// Who stands in a role, each once.
    fn parties(&self, role: &str) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::new();
        for party in self.settled(role).filter_map(|role| self.party(role)) {
            if !parties.iter().any(|other| other.name == party.name) {
                parties.push(party);
            }
        }
        parties
    }

    /// Who stands in a role; none where it is no actor.
    fn party(&self, role: &Role) -> Option<Party> {
        let value = self.typed(role);
        let who = role.actor.as_ref().and_then(|id| self.actors.get(id));
        if who.is_none() && value.is_none_or(|value| value["type"] != "actor") {
            return None;
        }
        let text = |key: &str| value.and_then(|value| value[key].as_str()).map(str::to_owned);
        let classes = &self.pack.classes;
        let of = |name: Option<&str>| name.and_then(|name| classes.by_name(name));
        let told = of(value.and_then(|value| value["class"].as_str()));
        let known = of(who.and_then(|who| who.class.as_deref()));
        Some(Party {
            name: who.map_or_else(|| role.value.clone(), |who| who.name.clone()),
            actor: who.map(|who| who.id.clone()),
            // These words may say no more than "organisation" of what others call a gang.
            class: if classes.is_default(told) { known.or(told) } else { told },
            country: who.and_then(|who| who.country.clone()).or_else(|| text("country")),
        })
    }

    /// Where it was, if the map knows the place that is told.
    pub fn spot(&self) -> Option<Spot> {
        let spots = self.settled("where").filter_map(|role| spot(self.typed(role)?));
        // Of several, the narrowest: a town in its country.
        let widths = ["city", "region2", "region1", "country"];
        let width = |spot: &Spot| widths.iter().position(|kind| *kind == spot.kind).unwrap_or(2);
        spots.min_by_key(width)
    }

    /// The days it can have been, both ends known.
    pub fn days(&self) -> Option<[Date; 2]> {
        let day = |day: &Option<String>| day.as_ref()?.get(..10)?.parse().ok();
        Some([day(&self.fact.first)?, day(&self.fact.last)?])
    }

    /// The classes of all its values.
    pub fn classes<'e>(&'e self, wanted: impl Fn(&str) -> bool + 'e) -> Vec<Class> {
        let roles = self.fact.roles.iter().filter(|role| wanted(&role.role));
        let classes = roles.filter_map(|role| {
            let class = self.typed(role).and_then(|value| value["class"].as_str());
            let who = || self.actors.get(role.actor.as_ref()?)?.class.as_deref();
            self.pack.classes.by_name(class.or_else(who)?)
        });
        classes.collect()
    }

    /// How many people are told to have come to an outcome; the reason where that is no number.
    pub fn people(&self, outcome: &str) -> Result<Option<Count>, &'static str> {
        let mut told: Vec<&Role> = self.settled(outcome).collect();
        // Whoever was killed is dead, though no report may say that in so many words.
        let dies = self.kind().and_then(|kind| kind.dies.as_deref()).filter(|_| outcome == DEAD);
        let outcome = dies.filter(|_| told.is_empty()).unwrap_or(outcome);
        if told.is_empty() {
            told = self.settled(outcome).collect();
        }
        let amounts: Vec<Option<[f64; 2]>> =
            told.iter().map(|role| self.typed(role).and_then(amount)).collect();
        match amounts[..] {
            [] => Ok(None),
            [Some([low, high])] => {
                let others = told[0].differ.iter();
                let others = others.filter_map(|other| {
                    let telling = self.tellings.iter().find(|told| told.is(&other.claim))?;
                    amount(&telling.parts(outcome).next()?["value"])
                });
                let all: Vec<[f64; 2]> = others.chain([[low, high]]).collect();
                let least = all.iter().fold(low, |least, [low, _]| least.min(*low));
                let most = all.iter().fold(high, |most, [_, high]| most.max(*high));
                Ok(Some(Count { best: low, low: least, high: most }))
            }
            _ if amounts.iter().all(|amount| *amount == Some([1.0, 1.0])) => {
                let many = amounts.len() as f64;
                Ok(Some(Count { best: many, low: many, high: many }))
            }
            _ => Err("people are told in groups or words that give no number"),
        }
    }

    /// The outlets or files that tell it, in order, each once.
    pub fn sources(&self) -> Vec<String> {
        let mut sources: Vec<String> = Vec::new();
        for told in &self.tellings {
            let source = told.from().to_owned();
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        sources
    }
}

impl Telling {
    /// Whether it is the claim of an identifier.
    pub fn is(&self, claim: &str) -> bool {
        self.passage.claim["id"] == claim
    }

    /// What the claim tells in a role.
    pub fn parts<'t>(&'t self, role: &'t str) -> impl Iterator<Item = &'t Value> {
        let parts = self.passage.claim["roles"].as_array().into_iter().flatten();
        parts.filter(move |part| part["role"] == role)
    }

    /// Its sentence, on one line.
    pub fn sentence(&self) -> String {
        let text = self.passage.claim["text"].as_str().unwrap_or_default();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The outlet, or where the report was found.
    pub fn from(&self) -> &str {
        self.passage.outlet.as_deref().unwrap_or(&self.passage.source)
    }
}

/// The outcome of those who died.
pub const DEAD: &str = "dead";

/// How many people a value tells of.
fn amount(value: &Value) -> Option<[f64; 2]> {
    match value["type"].as_str()? {
        "quantity" => {
            let low = value["low"].as_f64()?;
            Some([low, value["high"].as_f64().unwrap_or(low).max(low)])
        }
        "actor" if value["several"] == false && value["extent"].is_null() => Some([1.0, 1.0]),
        "actor" => amount(value.get("extent").filter(|extent| extent.is_object())?),
        _ => None,
    }
}

/// A place's value, if it has coordinates.
fn spot(value: &Value) -> Option<Spot> {
    let text = |key: &str| value[key].as_str().map(str::to_owned);
    // A region is its own level's.
    let level =
        |level: &str| text(level).or_else(|| text("entry").filter(|_| value["kind"] == level));
    Some(Spot {
        told: text("name")?,
        name: text("entry")?,
        kind: text("kind")?,
        precision: text("precision").unwrap_or_default(),
        country: text("country"),
        region1: level("region1"),
        region2: level("region2"),
        lat: value["lat"].as_f64()?,
        lon: value["lon"].as_f64()?,
        geonameid: value["geonameid"].as_u64(),
    })
}
