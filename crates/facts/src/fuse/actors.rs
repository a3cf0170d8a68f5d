//! Actors: one for each person, body, group and place, over all reports.

mod names;
mod node;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::groups::Groups;
use super::input::{Act, Anchor, Room, Verb};
use super::judgement::{Judgement, Reason, Verdict};
use crate::gazetteer::Gazetteer;
use crate::pack::Pack;

use names::Likeness;
use node::{Key, Node};

/// Somebody or somewhere, over all reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// Its identifier: its smallest member's.
    pub id: String,
    /// The fullest name that is usual.
    pub name: String,
    /// `person`, `body` or `place`.
    pub sort: Sort,
    /// The class in the pack; of a place what it is on the map.
    pub class: Option<String>,
    /// The ISO 3166-1 code of its country.
    pub country: Option<String>,
    /// Whether it is a country.
    pub is_country: bool,
    /// Every name it is told by, in the order of the alphabet.
    pub aliases: Vec<String>,
    /// The posts it is told to hold.
    pub offices: Vec<Office>,
    /// Where it is mentioned, in the order of reports and texts.
    pub mentions: Vec<Spot>,
}

/// What sort of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Sort {
    Person,
    Body,
    Place,
}

/// A post that somebody is told to hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Office {
    /// The post, as the pack calls it.
    pub post: String,
    /// When it is held, as its report tells.
    pub tense: String,
    /// The country's code.
    pub country: Option<String>,
}

/// Some words of a report, by its place among the reports.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Spot {
    /// The report's identifier.
    pub report: String,
    /// Where the words start.
    pub start: usize,
    /// Where they end, exclusive.
    pub end: usize,
}

/// All actors, and which mention is of which.
#[derive(Debug, Clone, Default)]
pub struct Actors {
    /// The actors, in the order of their identifiers.
    pub all: Vec<Actor>,
    /// What was judged of their members, with reasons.
    pub judgements: Vec<Judgement>,
    /// The acts whose words are no longer there.
    pub astray: Vec<Act>,
    /// Per report, the spans of its mentions with their actors, in the order of the text.
    of: Vec<BTreeMap<(usize, usize), usize>>,
    countries: BTreeMap<String, usize>,
}

impl Actors {
    /// The actor that words of a report stand for.
    pub fn at(&self, report: usize, start: usize, end: usize) -> Option<usize> {
        self.of.get(report)?.get(&(start, end)).copied()
    }

    /// The actor of a name that is mentioned within some words of a report, or around them.
    pub fn called(&self, report: usize, start: usize, end: usize, name: &str) -> Option<usize> {
        let overlaps = |&(&(from, to), _): &(&(usize, usize), &usize)| from < end && start < to;
        let mut found = self.of.get(report)?.iter().filter(overlaps).map(|(_, actor)| *actor);
        found.find(|&actor| self.all[actor].aliases.iter().any(|alias| alias == name))
    }

    /// The actors that a report mentions.
    pub fn of_report(&self, report: usize) -> BTreeSet<usize> {
        self.of.get(report).into_iter().flat_map(|spans| spans.values().copied()).collect()
    }

    /// The actor that a country is, by its code.
    pub fn country(&self, code: &str) -> Option<usize> {
        self.countries.get(code).copied()
    }
}

/// Finds out who is who over all reports. A pair is judged by what the two reports say and by what
/// the pack and the gazetteer know; a person's acts outrank all of it.
pub fn actors(pack: &Pack, gazetteer: &Gazetteer, room: &Room) -> Actors {
    let nodes = node::nodes(pack, gazetteer, room);
    let mut joiner =
        Joiner { pack, groups: Groups::new(nodes.len()), judgements: Vec::new(), nodes: &nodes };
    let astray = joiner.decide(room);
    joiner.map();
    let pairs = joiner.pairs();
    joiner.join_alike(&pairs);
    joiner.join_short(&pairs);
    joiner.join_holders();
    let Joiner { mut groups, mut judgements, .. } = joiner;
    judgements.sort();
    judgements.dedup();
    let mut groups = groups.all();
    groups.retain(|group| group.iter().any(|&node| nodes[node].founds));
    let mut found = gather(pack, gazetteer, room, &nodes, &groups);
    found.judgements = judgements;
    found.astray = astray;
    found
}

/// The tense of a post that is held at the time of the report.
const CURRENT: &str = "current";

struct Joiner<'a> {
    pack: &'a Pack,
    groups: Groups,
    judgements: Vec<Judgement>,
    nodes: &'a [Node],
}

/// Two nodes whose names have something in common.
struct Pair {
    left: usize,
    right: usize,
    likeness: Likeness,
}

impl Joiner<'_> {
    /// Does what a person decided; gives the acts whose words are no longer there.
    fn decide(&mut self, room: &Room) -> Vec<Act> {
        let reports: BTreeMap<&str, usize> =
            room.reports.iter().enumerate().map(|(at, report)| (report.id.as_str(), at)).collect();
        let mut astray = Vec::new();
        for act in &room.acts {
            let named = act.anchors.iter().all(|anchor| anchor.kind.is_none());
            if !named || act.anchors.len() != 2 {
                continue;
            }
            let find = |anchor: &Anchor| {
                let report = *reports.get(anchor.report.as_str())?;
                self.nodes.iter().position(|node| node.report == report && node.holds(anchor))
            };
            match (act.verb, find(&act.anchors[0]), find(&act.anchors[1])) {
                (Verb::Same, Some(a), Some(b)) => {
                    let why = vec![Reason::new("a person said so", "")];
                    self.join(a, b, why);
                }
                (Verb::Different, Some(a), Some(b)) => {
                    self.groups.part(a, b);
                    let why = vec![Reason::new("a person said so", "")];
                    self.note(a, b, Verdict::Different, why);
                }
                (Verb::Same | Verb::Different, ..) => astray.push(act.clone()),
                _ => {}
            }
        }
        astray
    }

    /// Joins what is the same on the map, and governments of one country.
    fn map(&mut self) {
        let mut firsts: BTreeMap<&Key, usize> = BTreeMap::new();
        for (at, node) in self.nodes.iter().enumerate() {
            let Some(key) = &node.key else { continue };
            match firsts.get(key) {
                Some(&first) => {
                    self.join(first, at, vec![key.reason()]);
                }
                None => {
                    firsts.insert(key, at);
                }
            }
        }
    }

    /// Pairs of nodes whose names have something in common, each once, in order.
    fn pairs(&self) -> Vec<Pair> {
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, node) in self.nodes.iter().enumerate().filter(|(_, node)| node.key.is_none()) {
            for key in node.block_keys() {
                blocks.entry(key).or_default().push(at);
            }
        }
        let mut seen = Vec::new();
        for block in blocks.values() {
            for (at, &left) in block.iter().enumerate() {
                seen.extend(
                    block[at + 1..].iter().map(|&right| (left.min(right), left.max(right))),
                );
            }
        }
        let alike = |(left, right): (usize, usize)| {
            let likeness = names::likeness(&self.nodes[left], &self.nodes[right])?;
            Some(Pair { left, right, likeness })
        };
        seen.sort_unstable();
        seen.dedup();
        seen.into_iter().filter(|(left, right)| left != right).filter_map(alike).collect()
    }

    /// Joins those whose full names are one, if nothing speaks against it.
    fn join_alike(&mut self, pairs: &[Pair]) {
        for Pair { left, right, likeness } in pairs.iter().filter(|pair| pair.likeness.is_full()) {
            let (one, other) = (&self.nodes[*left], &self.nodes[*right]);
            match one.clash(other, self.pack) {
                Some(clash) => {
                    self.groups.part(*left, *right);
                    self.note(*left, *right, Verdict::Different, vec![likeness.reason(), clash]);
                }
                None => {
                    let mut why = vec![likeness.reason()];
                    why.extend(one.support(other));
                    self.join(*left, *right, why);
                }
            }
        }
    }

    /// Joins a short name with the one group that it can stand for, if more than the name says so;
    /// then what is left of one short name with each other, if they hold one post.
    fn join_short(&mut self, pairs: &[Pair]) {
        let mut candidates: BTreeMap<usize, Vec<(usize, &Likeness)>> = BTreeMap::new();
        for Pair { left, right, likeness } in pairs.iter().filter(|pair| pair.likeness.is_part()) {
            let short = if likeness.left_is_short { *left } else { *right };
            let long = left + right - short;
            candidates.entry(short).or_default().push((long, likeness));
        }
        let joins: Vec<_> = candidates
            .into_iter()
            .filter_map(|(short, longs)| self.stands_for(short, &longs))
            .collect();
        for (short, long, why) in joins {
            self.join(short, long, why);
        }
        for Pair { left, right, likeness } in pairs.iter().filter(|pair| pair.likeness.is_word()) {
            let (one, other) = (&self.nodes[*left], &self.nodes[*right]);
            if one.clash(other, self.pack).is_none()
                && let Some(post) = one.post(other)
            {
                self.join(*left, *right, vec![likeness.reason(), post]);
            }
        }
    }

    /// The one that a short name stands for, and why; what is undecided is noted.
    fn stands_for(
        &mut self,
        short: usize,
        longs: &[(usize, &Likeness)],
    ) -> Option<(usize, usize, Vec<Reason>)> {
        let fits = |(long, _): &&(usize, &Likeness)| {
            self.nodes[short].clash(&self.nodes[*long], self.pack).is_none()
        };
        let longs: Vec<_> = longs.iter().filter(fits).copied().collect();
        let roots: BTreeSet<usize> =
            longs.iter().map(|(long, _)| self.groups.root(*long)).collect();
        let best = longs.iter().find_map(|(long, likeness)| {
            Some((*long, likeness, self.nodes[short].support(&self.nodes[*long])?))
        });
        if let Some((long, likeness, support)) = best
            && roots.len() == 1
        {
            return Some((short, long, vec![likeness.reason(), support]));
        }
        let why = match roots.len() {
            1 => Reason::new("the name alone", "nothing else tells that they are one"),
            _ => Reason::new("more than one could be meant", roots.len().to_string()),
        };
        for (long, likeness) in longs.iter().take(2) {
            self.note(short, *long, Verdict::Unsure, vec![likeness.reason(), why.clone()]);
        }
        None
    }

    /// Joins "the president of" a country with the one who is told to be that.
    fn join_holders(&mut self) {
        for at in 0..self.nodes.len() {
            let Some(Key::Holder(post, country)) = &self.nodes[at].key else { continue };
            let holds = |node: &Node| {
                node.key.is_none()
                    && node.country.as_ref() == Some(country)
                    && node
                        .offices
                        .iter()
                        .any(|office| office.post == *post && office.tense == CURRENT)
            };
            let holders: Vec<usize> =
                (0..self.nodes.len()).filter(|&other| holds(&self.nodes[other])).collect();
            let roots: BTreeSet<usize> =
                holders.iter().map(|&holder| self.groups.root(holder)).collect();
            if let ([_], Some(&holder)) =
                (&roots.into_iter().collect::<Vec<_>>()[..], holders.first())
            {
                let told = format!("{post}, {country}");
                self.join(
                    holder,
                    at,
                    vec![Reason::new("the one who is told to hold the post", told)],
                );
            }
        }
    }

    fn join(&mut self, a: usize, b: usize, why: Vec<Reason>) {
        if self.groups.joined(a, b) {
            return;
        }
        if self.groups.join(a, b) {
            self.note(a, b, Verdict::Same, why);
        }
    }

    fn note(&mut self, a: usize, b: usize, verdict: Verdict, reasons: Vec<Reason>) {
        let (left, right) = (self.nodes[a].id.clone(), self.nodes[b].id.clone());
        self.judgements.push(Judgement { left, right, verdict, reasons });
    }
}

/// Makes an actor of each group.
fn gather(
    pack: &Pack,
    gazetteer: &Gazetteer,
    room: &Room,
    nodes: &[Node],
    groups: &[Vec<usize>],
) -> Actors {
    let mut all: Vec<(Actor, &Vec<usize>)> =
        groups.iter().map(|group| (actor(pack, gazetteer, room, nodes, group), group)).collect();
    all.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let mut actors = Actors { of: vec![BTreeMap::new(); room.reports.len()], ..Actors::default() };
    for (number, (actor, group)) in all.into_iter().enumerate() {
        for node in group.iter().map(|&node| &nodes[node]) {
            for span in &node.spans {
                actors.of[node.report].insert(*span, number);
            }
        }
        if let (true, Some(code)) = (actor.is_country, &actor.country) {
            actors.countries.insert(code.clone(), number);
        }
        actors.all.push(actor);
    }
    actors
}

fn actor(
    pack: &Pack,
    gazetteer: &Gazetteer,
    room: &Room,
    nodes: &[Node],
    group: &[usize],
) -> Actor {
    let members: Vec<&Node> = group.iter().map(|&node| &nodes[node]).collect();
    let id = members.iter().map(|node| node.id.as_str()).min().unwrap_or_default().to_owned();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, count) in members.iter().flat_map(|node| &node.names) {
        *names.entry(name).or_default() += count;
    }
    let mut mentions: Vec<Spot> = members
        .iter()
        .flat_map(|node| {
            let report = &room.reports[node.report].id;
            node.spans.iter().map(|&(start, end)| Spot { report: report.clone(), start, end })
        })
        .collect();
    mentions.sort();
    let class = members
        .iter()
        .filter_map(|node| node.class)
        .fold(None, |known, class| Some(known.map_or(class, |known| better(pack, known, class))));
    let key = members.iter().find_map(|node| node.key.as_ref());
    let on_map = members.iter().find_map(|node| node.entry).map(|row| gazetteer.entry(row));
    let sort = match key {
        Some(Key::Country(_) | Key::Place(..)) => Sort::Place,
        Some(Key::Holder(..)) => Sort::Person,
        _ if pack.classes.is_person(class) => Sort::Person,
        None if members.iter().all(|node| node.is_place) => Sort::Place,
        _ => Sort::Body,
    };
    let offices: BTreeSet<Office> = members.iter().flat_map(|node| node.offices.clone()).collect();
    let country = members.iter().find_map(|node| node.country.clone());
    Actor {
        id,
        name: on_map.map_or_else(|| usual(&names), |entry| entry.name.to_owned()),
        sort,
        class: match on_map {
            Some(entry) => Some(entry.kind.name().to_owned()),
            None => class.map(|class| pack.classes.name(class).to_owned()),
        },
        country,
        is_country: matches!(key, Some(Key::Country(_))),
        aliases: names.keys().map(|name| (*name).to_owned()).collect(),
        offices: offices.into_iter().collect(),
        mentions,
    }
}

/// The class that tells more of two.
fn better(pack: &Pack, a: crate::Class, b: crate::Class) -> crate::Class {
    let classes = &pack.classes;
    match (classes.is_default(Some(a)), classes.is_default(Some(b))) {
        (true, false) => b,
        (false, true) => a,
        _ => classes.narrower(a, b).unwrap_or_else(|| {
            // Of two that say different things, the deeper one; then the first by name.
            let order = |class| (std::cmp::Reverse(classes.depth(class)), classes.name(class));
            if order(a) <= order(b) { a } else { b }
        }),
    }
}

/// Of a group's names the one of two words or more that is told most often, then the longest.
fn usual(names: &BTreeMap<&str, usize>) -> String {
    let rank = |(name, count): &(&&str, &usize)| {
        let words = name.split_whitespace().count();
        (words > 1, **count, words, name.len(), std::cmp::Reverse((**name).to_owned()))
    };
    names.iter().max_by_key(rank).map(|(name, _)| (*name).to_owned()).unwrap_or_default()
}
