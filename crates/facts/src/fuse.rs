//! Fusion: from what each report says to actors and facts that several reports tell of.
//!
//! An [`update`] takes the reports that came, went or changed, and looks at what they could touch. What
//! it comes to is a function of what the room holds: neither the order in which reports came nor how
//! many came at once leaves a trace. All that is made is named after what it is made of.

pub mod actors;
mod bounds;
mod case;
mod compare;
mod correct;
mod facts;
mod figures;
mod groups;
pub mod incidents;
pub mod input;
pub mod judgement;
mod links;
pub mod memory;
mod origins;
mod outline;
mod series;
mod standing;
mod statements;
mod update;
mod web;

use std::collections::BTreeMap;

use crate::gazetteer::Gazetteer;
use crate::pack::Pack;

pub use actors::{Actor, Spot};
pub use bounds::Bound;
pub use facts::{Change, Fact, Other, Placed, Settled, Told};
pub use figures::Standing;
pub use input::Room;
pub use judgement::{Judgement, Reason, Verdict};
pub use links::{Ladder, Link, Relation, Step};
pub use memory::{Memory, Whole};
pub use series::{Pair, Point, Series};
pub use standing::{Credibility, Evidence, credibility};
pub use update::{Update, update};

/// All that reports tell together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fused {
    /// Who and where, in the order of identifiers.
    pub actors: Vec<Actor>,
    /// Where each report mentions whom.
    pub spots: BTreeMap<String, Vec<Spot>>,
    /// What each report goes back to: an origin is called after the smallest of its reports.
    pub origins: BTreeMap<String, String>,
    /// What they tell, in the order of identifiers.
    pub facts: Vec<Fact>,
    /// Which facts hang together.
    pub links: Vec<Link>,
    /// Figures over time.
    pub series: Vec<Series>,
    /// Commitments with their rungs.
    pub ladders: Vec<Ladder>,
    /// When undated reports were written.
    pub bounds: Vec<Bound>,
    /// What was judged, of actors, claims and reports, with reasons.
    pub judgements: Vec<Judgement>,
    /// Acts whose words are no longer there.
    pub astray: Vec<input::Act>,
}

/// Fuses what the reports of a room say, all at once.
pub fn fuse(pack: &Pack, gazetteer: &Gazetteer, room: &Room) -> Fused {
    let mut memory = Whole::of(room);
    let reports = room.reports.iter().map(|report| report.id.clone()).collect();
    let update = update(pack, gazetteer, &mut memory, &reports);
    let mut fused = Fused::default();
    fused.apply(update);
    fused
}

impl Fused {
    /// Takes over what an update has changed.
    pub fn apply(&mut self, update: Update) {
        let Update { actors, spots, origins, facts, relinked, links, .. } = update;
        turn(&mut self.actors, actors, |actor| actor.id.clone());
        self.spots.extend(spots);
        self.spots.retain(|_, spots| !spots.is_empty());
        for (report, origin) in origins {
            match origin {
                Some(origin) => self.origins.insert(report, origin),
                None => self.origins.remove(&report),
            };
        }
        turn(&mut self.facts, facts, |fact| fact.id.clone());
        self.links.retain(|link| !relinked.contains(&link.from) && !relinked.contains(&link.to));
        self.links.extend(links);
        self.links.sort();
        turn(&mut self.series, update.series, |series| series.id.clone());
        turn(&mut self.ladders, update.ladders, |ladder| ladder.id.clone());
        turn(&mut self.bounds, update.bounds, |bound| bound.report.clone());
        turn(&mut self.judgements, update.judgements, |judged| {
            (judged.left.clone(), judged.right.clone())
        });
        self.astray = update.astray;
    }
}

/// Puts what is new in the place of what was there, by what it is called.
fn turn<K: Ord, V>(all: &mut Vec<V>, news: BTreeMap<K, Option<V>>, key: impl Fn(&V) -> K) {
    let mut by_key: BTreeMap<K, V> = all.drain(..).map(|value| (key(&value), value)).collect();
    for (key, value) in news {
        match value {
            Some(value) => by_key.insert(key, value),
            None => by_key.remove(&key),
        };
    }
    all.extend(by_key.into_values());
}
