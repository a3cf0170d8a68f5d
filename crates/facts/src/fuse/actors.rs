//! Actors: one for each person, body, group and place, over all reports.
//!
//! What reports tell of one name is a unit; units are judged against each other and joined to actors.

mod names;
mod node;
mod unit;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::case;
use super::input::{Act, Report, Verb};
use super::judgement::{Reason, Verdict};
use super::memory::Notes;
use super::web::{Bond, Decided, Edge, Entry, Grouping, Regrouped, Tie, Web, decided, ordered};
use crate::gazetteer::Gazetteer;
use crate::pack::Pack;

use node::Key;
use unit::{Share, Unit};

/// Somebody or somewhere, over all reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Its identifier: that of its smallest unit, which is made of its name, country and sort.
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
}

/// What sort of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Sort {
    Person,
    Body,
    Place,
}

/// A post that somebody is told to hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Office {
    /// The post, as the pack calls it.
    pub post: String,
    /// When it is held, as its report tells.
    pub tense: String,
    /// The country's code.
    pub country: Option<String>,
}

/// Words of a report that stand for an actor.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Spot {
    /// Where the words start.
    pub start: usize,
    /// Where they end, exclusive.
    pub end: usize,
    /// The actor.
    pub actor: String,
}

/// What an update has changed of who is who.
#[derive(Debug, Default)]
pub(super) struct Recast {
    /// Actors that came, went or are told of otherwise.
    pub(super) actors: BTreeMap<String, Option<Actor>>,
    /// Actors that go by another name now.
    pub(super) renamed: BTreeSet<String>,
    /// Reports whose words stand for others now, or for the same of whom claims know otherwise.
    pub(super) reports: BTreeSet<String>,
}

/// No mention is longer, in code points.
const LONGEST: usize = 1_000;

/// What stands between the posts that a report seeks the holders of.
const POSTS: &str = "\u{1}";

/// The tense of a post that is held at the time of the report.
const CURRENT: &str = "current";

/// Of a word that more could be called by than this, nobody is found.
const MANY: usize = 64;

/// Judged by their names, each pair of units that stand near each other.
const NAMES: Web = Web("name");
/// Units joined by their full names.
const WHOLE: Grouping = Grouping("whole");
/// Units joined to actors.
const ACTORS: Grouping = Grouping("who");

/// Who the words of a report stand for.
#[derive(Debug, Default)]
pub(super) struct Cast {
    at: BTreeMap<(usize, usize), (String, BTreeSet<String>)>,
    actors: BTreeMap<String, Actor>,
}

impl Cast {
    /// The actor that words of the report stand for.
    pub(super) fn at(&self, start: usize, end: usize) -> Option<&Actor> {
        self.actors.get(&self.at.get(&(start, end))?.0)
    }

    /// The actor of a name that is mentioned within some words, or around them.
    pub(super) fn called(&self, start: usize, end: usize, name: &str) -> Option<&Actor> {
        let from = start.saturating_sub(LONGEST).min(end);
        let near = self.at.range((from, 0)..(end, 0));
        let overlapping = near.filter(|((_, to), _)| start < *to);
        let mut named = overlapping.filter(|(_, (_, names))| names.contains(name));
        self.actors.get(&named.next()?.1.0)
    }

    /// All that the report mentions, in the order of their identifiers.
    pub(super) fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.values()
    }

    /// The country of a code, if the report mentions it.
    pub(super) fn country(&self, code: &str) -> Option<&Actor> {
        self.actors
            .values()
            .find(|actor| actor.is_country && actor.country.as_deref() == Some(code))
    }

    /// Where the report mentions whom, in the order of its text.
    pub(super) fn spots(&self) -> Vec<Spot> {
        let spot = |(&(start, end), (actor, _)): (_, &(String, _))| Spot {
            start,
            end,
            actor: actor.clone(),
        };
        self.at.iter().map(spot).collect()
    }
}

/// Who the words of a report stand for, as it was found.
pub(super) fn cast(notes: &mut Notes<'_>, report: &str) -> Cast {
    let mut cast = Cast::default();
    for share in shares(notes, report) {
        let Some(id) = ACTORS.of(notes, &share.unit) else { continue };
        let Some(actor) = actor_of(notes, &id) else { continue };
        let names: BTreeSet<String> = share.names().cloned().collect();
        for &span in &share.spans {
            cast.at.insert(span, (id.clone(), names.clone()));
        }
        cast.actors.insert(id, actor);
    }
    cast
}

/// An actor, as it was last made.
pub(super) fn actor_of(notes: &mut Notes<'_>, id: &str) -> Option<Actor> {
    notes.get(&actor_at(id))
}

fn shares(notes: &mut Notes<'_>, report: &str) -> Vec<Share> {
    notes.get(&shares_at(report)).unwrap_or_default()
}

fn shares_at(report: &str) -> String {
    format!("{report} shares")
}

fn actor_at(id: &str) -> String {
    format!("{id} actor")
}

fn unit_at(id: &str) -> String {
    format!("{id} unit")
}

/// The reports that tell of a unit, each with the posts whose holders it may leave unnamed.
fn told_at(id: &str) -> String {
    format!("{id} told")
}

/// Finds out anew who is who where reports came, went or changed. A pair is judged by what reports say
/// and by what the pack and the gazetteer know; a person's acts outrank all of it.
pub(super) fn recast(
    pack: &Pack,
    gazetteer: &Gazetteer,
    notes: &mut Notes<'_>,
    reports: &BTreeMap<String, Option<Report>>,
    acts: &[Act],
) -> Recast {
    let mut work = Work { pack, gazetteer, notes, ties: Decided::new() };
    let told = work.tell(reports, acts);
    work.ties = act_ties(work.notes, acts);
    let mut touched = work.judge(&told);
    touched.extend(work.ties.keys().cloned());
    // What a person decided before may be taken back.
    touched.extend(work.notes.get::<Vec<String>>("decided units").unwrap_or_default());
    let on: Vec<&String> = work.ties.keys().collect();
    work.notes.set("decided units", Some(&on).filter(|on| !on.is_empty()));
    let ties = work.ties.clone();
    let whole = WHOLE.regroup(work.notes, &touched, &exists, &mut |notes, id| {
        let mut found = by_acts(&ties, id);
        found.extend(by_names(notes, id).into_iter().filter(|(_, tie)| !is_word(*tie)));
        found
    });
    touched.extend(work.stand(&told, &whole));
    let joined = ACTORS.regroup(work.notes, &touched, &exists, &mut |notes, id| {
        let mut found = by_acts(&ties, id);
        found.extend(by_names(notes, id));
        found.extend(by_stand(notes, id));
        found
    });
    work.settle_judgements();
    work.gather(&told, &joined, reports.keys())
}

fn exists(notes: &mut Notes<'_>, id: &str) -> bool {
    notes.has(&unit_at(id))
}

/// The order of joins: what a person decided, full names, what short names stand for, single words.
const STOOD: i32 = 100;
const WORD: i32 = 200;

fn is_word(tie: Tie) -> bool {
    tie >= Tie::Joined(WORD)
}

fn by_acts(ties: &Decided, id: &str) -> Vec<(String, Tie)> {
    ties.get(id).cloned().unwrap_or_default()
}

fn by_names(notes: &mut Notes<'_>, id: &str) -> Vec<(String, Tie)> {
    let bonds = NAMES.bonds(notes, id).into_iter();
    let tie = |(other, bond): (String, Bond)| match bond.verdict {
        Verdict::Same => Some((other, Tie::Joined(-bond.weight))),
        Verdict::Different => Some((other, Tie::Apart)),
        Verdict::Unsure => None,
    };
    bonds.filter_map(tie).collect()
}

fn by_stand(notes: &mut Notes<'_>, id: &str) -> Vec<(String, Tie)> {
    let mut found: Vec<String> = Vec::new();
    let same = |edge: &Edge| edge.verdict == Verdict::Same;
    found
        .extend(stands(notes, id).into_iter().filter(|(_, edge)| same(edge)).map(|(long, _)| long));
    for short in notes.marked(&stood_by(id)) {
        if stands(notes, &short).get(id).is_some_and(same) {
            found.push(short);
        }
    }
    found.into_iter().map(|other| (other, Tie::Joined(STOOD))).collect()
}

/// What a short name, or a post without a name, stands for, or could.
fn stands(notes: &mut Notes<'_>, id: &str) -> BTreeMap<String, Edge> {
    notes.get(&stands_at(id)).unwrap_or_default()
}

fn stands_at(id: &str) -> String {
    format!("{id} stands")
}

/// Those that stand, or could stand, for a unit.
fn stood_by(id: &str) -> String {
    format!("{id} stood by")
}

/// What a person decided of two units.
fn act_ties(notes: &mut Notes<'_>, acts: &[Act]) -> Decided {
    let acts = acts.iter().filter(|act| of_actors(act));
    decided(acts.filter_map(|act| {
        let mut find = |at: usize| {
            let anchor = &act.anchors[at];
            let shares = shares(notes, &anchor.report);
            let holds = |share: &&Share| share.spans.contains(&(anchor.start, anchor.end));
            shares.iter().find(holds).map(|share| share.unit.clone())
        };
        Some((find(0)?, find(1)?, act.verb == Verb::Same))
    }))
}

/// Whether a person decided with it who is who.
pub(super) fn of_actors(act: &Act) -> bool {
    let named = act.anchors.iter().all(|anchor| anchor.kind.is_none());
    named && act.anchors.len() == 2 && matches!(act.verb, Verb::Same | Verb::Different)
}

/// Whether the words of an act on actors are still there.
pub(super) fn is_found(notes: &mut Notes<'_>, act: &Act) -> bool {
    act.anchors.iter().all(|anchor| {
        let shares = shares(notes, &anchor.report);
        shares.iter().any(|share| share.spans.contains(&(anchor.start, anchor.end)))
    })
}

/// Units before and after an update; none: it was not there, it is no more.
type Told = BTreeMap<String, (Option<Unit>, Option<Unit>)>;

struct Work<'a, 'n, 'm> {
    pack: &'a Pack,
    gazetteer: &'a Gazetteer,
    notes: &'n mut Notes<'m>,
    ties: Decided,
}

impl Work<'_, '_, '_> {
    /// Takes what reports told out of units, and puts in what they tell now.
    fn tell(&mut self, reports: &BTreeMap<String, Option<Report>>, acts: &[Act]) -> Told {
        let decided: BTreeSet<(&str, usize, usize)> = acts
            .iter()
            .filter(|act| of_actors(act))
            .flat_map(|act| &act.anchors)
            .map(|anchor| (anchor.report.as_str(), anchor.start, anchor.end))
            .collect();
        let mut told = Told::new();
        for (id, report) in reports {
            for share in shares(self.notes, id) {
                self.unit(&mut told, &share.unit).take(&share);
                self.notes.unmark(&told_at(&share.unit), id);
            }
            let nodes =
                report.iter().flat_map(|report| node::nodes(self.pack, self.gazetteer, report));
            let shares: Vec<Share> = nodes
                .map(|node| {
                    let spans = node.spans.iter();
                    let mut words = spans.map(|&(start, end)| (id.as_str(), start, end));
                    let decided = words.any(|words| decided.contains(&words));
                    Share::of(self.pack, self.gazetteer, id, node, decided)
                })
                .collect();
            let sought: Vec<&str> = report.iter().flat_map(case::posts_sought).collect();
            for share in &shares {
                self.unit(&mut told, &share.unit).add(share);
                self.notes.mark_as(&told_at(&share.unit), id, sought.join(POSTS));
            }
            self.notes.set(&shares_at(id), report.as_ref().map(|_| &shares));
        }
        for (id, (_, unit)) in &mut told {
            let Some(now) = unit.take().filter(|unit| unit.shares > 0) else {
                self.notes.drop(&unit_at(id));
                continue;
            };
            self.notes.put(&unit_at(id), &now);
            *unit = Some(now.parsed(self.pack, self.gazetteer));
        }
        told
    }

    fn unit<'t>(&mut self, told: &'t mut Told, id: &str) -> &'t mut Unit {
        if !told.contains_key(id) {
            let known = self.load(id);
            told.insert(id.to_owned(), (known.clone(), Some(known.unwrap_or_default())));
        }
        told.get_mut(id).and_then(|(_, now)| now.as_mut()).expect("it was put in")
    }

    fn load(&mut self, id: &str) -> Option<Unit> {
        let unit: Unit = self.notes.get(&unit_at(id))?;
        Some(unit.parsed(self.pack, self.gazetteer))
    }

    /// Judges units that came or are told of otherwise by their names.
    fn judge(&mut self, told: &Told) -> BTreeSet<String> {
        let changed =
            told.iter().filter(|(_, (before, now))| is_changed(before.as_ref(), now.as_ref()));
        let mut gone = BTreeSet::new();
        let mut come = Vec::new();
        for (id, (_, now)) in changed {
            match now {
                Some(unit) => {
                    let (blocks, order) = (unit.blocks(), unit.order());
                    come.push(Entry { id: id.clone(), blocks, order });
                }
                None => {
                    gone.insert(id.clone());
                }
            }
        }
        let (pack, gazetteer) = (self.pack, self.gazetteer);
        let mut loaded: BTreeMap<String, Option<Unit>> = BTreeMap::new();
        let changed = NAMES.change(self.notes, &gone, &come, &mut |notes, one, other| {
            for id in [one, other] {
                if !loaded.contains_key(id) {
                    let unit: Option<Unit> = notes.get(&unit_at(id));
                    loaded.insert(id.to_owned(), unit.map(|unit| unit.parsed(pack, gazetteer)));
                }
            }
            judged(pack, loaded[one].as_ref()?, loaded[other].as_ref()?)
        });
        changed.touched
    }

    /// Finds out what short names and posts without a name stand for, wherever that may have changed;
    /// gives those of whom it has.
    fn stand(&mut self, told: &Told, whole: &Regrouped) -> BTreeSet<String> {
        let mut asked: BTreeSet<String> = BTreeSet::new();
        let mut words: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (id, (before, now)) in told {
            if !is_changed(before.as_ref(), now.as_ref()) {
                continue;
            }
            asked.insert(id.clone());
            self.index(id, before.as_ref(), now.as_ref(), &mut words);
        }
        for id in whole.moved.iter().filter(|id| !asked.contains(*id)).cloned().collect::<Vec<_>>()
        {
            let Some(unit) = self.load(&id) else { continue };
            for word in answers(&unit) {
                words.entry(word).or_default();
            }
        }
        for (word, (entered, left)) in words {
            // Of a word that many could be called by nothing was found, and nothing is.
            let now = self.notes.under(&answering(&word), MANY + 1 + entered).len();
            if now.min((now + left).saturating_sub(entered)) <= MANY {
                asked.extend(self.notes.marked(&asking(&word)));
            }
        }
        let mut touched = BTreeSet::new();
        for id in asked {
            self.answer(&id, &mut touched);
        }
        touched
    }

    /// Keeps the words that a unit asks and answers by.
    fn index(
        &mut self,
        id: &str,
        before: Option<&Unit>,
        now: Option<&Unit>,
        words: &mut BTreeMap<String, (usize, usize)>,
    ) {
        let of = |unit: Option<&Unit>, words: fn(&Unit) -> BTreeSet<String>| {
            unit.map(words).unwrap_or_default()
        };
        let (old, new) = (of(before, asks), of(now, asks));
        old.difference(&new).for_each(|word| self.notes.unmark(&asking(word), id));
        new.difference(&old).for_each(|word| self.notes.mark(&asking(word), id));
        let (old, new) = (of(before, answers), of(now, answers));
        for word in old.difference(&new) {
            self.notes.unmark(&answering(word), id);
            words.entry(word.clone()).or_default().1 += 1;
        }
        for word in new.difference(&old) {
            self.notes.mark(&answering(word), id);
            words.entry(word.clone()).or_default().0 += 1;
        }
        for word in old.intersection(&new) {
            words.entry(word.clone()).or_default();
        }
    }

    /// Finds out what a unit stands for.
    fn answer(&mut self, id: &str, touched: &mut BTreeSet<String>) {
        let before = stands(self.notes, id);
        let found: BTreeMap<String, Edge> = match self.load(id) {
            Some(unit) if unit.holder().is_some() => self.holder(&unit).into_iter().collect(),
            Some(unit) => self.short(id, &unit).into_iter().collect(),
            None => BTreeMap::new(),
        };
        if before == found {
            return;
        }
        touched.insert(id.to_owned());
        touched.extend(before.keys().chain(found.keys()).cloned());
        for long in before.keys() {
            self.notes.unmark(&stood_by(long), id);
            self.notes.judged.insert(ordered(id, long), None);
        }
        for (long, edge) in &found {
            self.notes.mark(&stood_by(long), id);
            self.notes.judged.insert(ordered(id, long), edge.judgement(id, long));
        }
        self.notes.set(&stands_at(id), Some(&found).filter(|found| !found.is_empty()));
    }

    /// The one that a short name stands for, and why; of what is undecided the first two that it could.
    fn short(&mut self, id: &str, unit: &Unit) -> Vec<(String, Edge)> {
        let mut longs: BTreeSet<String> = BTreeSet::new();
        for word in unit.asks() {
            let found = self.notes.under(&answering(&word), MANY + 1);
            if found.len() > MANY {
                return Vec::new();
            }
            longs.extend(found.into_iter().map(|(long, _)| long));
        }
        let mut fitting = Vec::new();
        for long in longs.into_iter().filter(|long| long != id) {
            let Some(other) = self.load(&long) else { continue };
            let likeness = names::likeness(unit, &other).filter(names::Likeness::is_part);
            let Some(likeness) = likeness.filter(|found| found.left_is_short) else { continue };
            if unit.clash(&other, self.pack).is_none() {
                let root = WHOLE.of(self.notes, &long).unwrap_or_else(|| long.clone());
                fitting.push((long, root, likeness, unit.support(&other)));
            }
        }
        let roots: BTreeSet<&String> = fitting.iter().map(|(_, root, ..)| root).collect();
        let best = fitting.iter().find_map(|(long, _, likeness, support)| {
            Some((long.clone(), vec![likeness.reason(), support.clone()?]))
        });
        if let (1, Some((long, reasons))) = (roots.len(), best) {
            return vec![(long, stood(Verdict::Same, reasons))];
        }
        let why = match roots.len() {
            1 => Reason::new("the name alone", "nothing else tells that they are one"),
            many => Reason::new("more than one could be meant", many.to_string()),
        };
        let unsure = fitting.iter().take(2).map(|(long, _, likeness, _)| {
            let reasons = vec![likeness.reason(), why.clone()];
            (long.clone(), stood(Verdict::Unsure, reasons))
        });
        unsure.collect()
    }

    /// The one who is told to hold a post, if that is one.
    fn holder(&mut self, unit: &Unit) -> Option<(String, Edge)> {
        let (post, country) = unit.holder()?;
        let word = format!("post {post} {country}");
        let holders = self.notes.under(&answering(&word), MANY + 1);
        let roots: BTreeSet<String> = holders
            .iter()
            .map(|(id, _)| WHOLE.of(self.notes, id).unwrap_or_else(|| id.clone()))
            .collect();
        let (first, _) = holders.first().filter(|_| roots.len() == 1 && holders.len() <= MANY)?;
        let told = format!("{post}, {country}");
        let why = vec![Reason::new("the one who is told to hold the post", told)];
        Some((first.clone(), stood(Verdict::Same, why)))
    }

    /// What stands of each two that were judged otherwise, by their names or by what one stands for.
    fn settle_judgements(&mut self) {
        let pairs: Vec<(String, String)> = self.notes.judged.keys().cloned().collect();
        for (one, other) in pairs {
            let edge = NAMES.edge(self.notes, &one, &other);
            let edge = edge.or_else(|| stands(self.notes, &one).remove(&other));
            let edge = edge.or_else(|| stands(self.notes, &other).remove(&one));
            let judged = edge.and_then(|edge| edge.judgement(&one, &other));
            self.notes.judged.insert((one, other), judged);
        }
    }

    /// Makes the actors anew of which something was told or joined otherwise.
    fn gather<'r>(
        &mut self,
        told: &Told,
        joined: &Regrouped,
        reports: impl Iterator<Item = &'r String>,
    ) -> Recast {
        let mut recast = Recast { reports: reports.cloned().collect(), ..Recast::default() };
        let mut groups: BTreeMap<String, Vec<String>> = joined.now.clone();
        for id in told.keys() {
            let Some(group) = ACTORS.of(self.notes, id) else { continue };
            let members = || ACTORS.members(self.notes, &group);
            groups.entry(group.clone()).or_insert_with(members);
        }
        for id in &joined.gone {
            self.remember(&mut recast, id, None);
        }
        for (id, members) in groups {
            let units: Vec<Unit> = members.iter().filter_map(|id| self.load(id)).collect();
            let founded = units.iter().any(|unit| unit.founded > 0);
            let actor = founded.then(|| self.actor(&id, &units));
            let before = self.remember(&mut recast, &id, actor.clone());
            let turned = before.as_ref().map(facing) != actor.as_ref().map(facing);
            let posts = posts_otherwise(before.as_ref(), actor.as_ref());
            if !turned && posts.is_empty() {
                continue;
            }
            for member in &members {
                let told = self.notes.under(&told_at(member), usize::MAX).into_iter();
                let seeks = |sought: &str| sought.split(POSTS).any(|post| posts.contains(post));
                let touched = told.filter(|(_, sought)| turned || seeks(sought));
                recast.reports.extend(touched.map(|(report, _)| report));
            }
        }
        for member in &joined.moved {
            recast.reports.extend(self.notes.marked(&told_at(member)));
        }
        recast
    }

    /// Keeps an actor; gives what was known of it before.
    fn remember(&mut self, recast: &mut Recast, id: &str, actor: Option<Actor>) -> Option<Actor> {
        let before = actor_of(self.notes, id);
        if before == actor {
            return before;
        }
        self.notes.set(&actor_at(id), actor.as_ref());
        let name = |actor: &Option<Actor>| actor.as_ref().map(|actor| actor.name.clone());
        if name(&before) != name(&actor) {
            recast.renamed.insert(id.to_owned());
        }
        recast.actors.insert(id.to_owned(), actor);
        before
    }

    fn actor(&self, id: &str, units: &[Unit]) -> Actor {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for (name, count) in units.iter().flat_map(|unit| &unit.names) {
            *names.entry(name).or_default() += count;
        }
        let classes = &self.pack.classes;
        let class = units.iter().filter_map(|unit| unit.class(self.pack));
        let class = class.reduce(|known, class| better(self.pack, known, class));
        let key = units.iter().find_map(Unit::key);
        let on_map = units.iter().find_map(Unit::entry).map(|row| self.gazetteer.entry(row));
        let sort = match key {
            Some(Key::Country(_) | Key::Place(..)) => Sort::Place,
            Some(Key::Holder(..)) => Sort::Person,
            _ if classes.is_person(class) => Sort::Person,
            None if units.iter().all(Unit::is_place) => Sort::Place,
            _ => Sort::Body,
        };
        let offices: BTreeSet<Office> = units.iter().flat_map(Unit::offices).cloned().collect();
        Actor {
            id: id.to_owned(),
            name: on_map.map_or_else(|| usual(&names), |entry| entry.name.to_owned()),
            sort,
            class: match on_map {
                Some(entry) => Some(entry.kind.name().to_owned()),
                None => class.map(|class| classes.name(class).to_owned()),
            },
            country: units.iter().find_map(Unit::country).cloned(),
            is_country: matches!(key, Some(Key::Country(_))),
            aliases: names.keys().map(|name| (*name).to_owned()).collect(),
            offices: offices.into_iter().collect(),
        }
    }
}

fn stood(verdict: Verdict, reasons: Vec<Reason>) -> Edge {
    Edge::of(verdict, 0, reasons)
}

/// What all claims know of an actor.
fn facing(actor: &Actor) -> (Sort, &Option<String>, &Option<String>, bool) {
    (actor.sort, &actor.class, &actor.country, actor.is_country)
}

/// The posts that an actor holds now and did not before, or the other way round. They matter only to
/// reports that leave the holder of such a post unnamed.
fn posts_otherwise(before: Option<&Actor>, now: Option<&Actor>) -> BTreeSet<String> {
    let posts = |actor: Option<&Actor>| -> BTreeSet<String> {
        let offices = actor.into_iter().flat_map(|actor| &actor.offices);
        offices.map(|office| office.post.clone()).collect()
    };
    let (before, now) = (posts(before), posts(now));
    before.symmetric_difference(&now).cloned().collect()
}

fn is_changed(before: Option<&Unit>, now: Option<&Unit>) -> bool {
    before.map(Unit::shape) != now.map(Unit::shape)
}

fn asks(unit: &Unit) -> BTreeSet<String> {
    let holder = unit.holder().map(|(post, country)| format!("post {post} {country}"));
    unit.asks().into_iter().chain(holder).collect()
}

fn answers(unit: &Unit) -> BTreeSet<String> {
    let posts = unit.holds().into_iter().map(|post| format!("post {post}"));
    unit.answers().into_iter().chain(posts).collect()
}

fn asking(word: &str) -> String {
    format!("asks {word}")
}

fn answering(word: &str) -> String {
    format!("answers {word}")
}

/// Judges two units by their names.
fn judged(pack: &Pack, one: &Unit, other: &Unit) -> Option<Edge> {
    let edge = |verdict, weight, reasons| Some(Edge::of(verdict, weight, reasons));
    if let Some(key) = one.key() {
        return (Some(key) == other.key()).then(|| edge(Verdict::Same, 0, vec![key.reason()]))?;
    }
    let likeness = names::likeness(one, other)?;
    let clash = one.clash(other, pack);
    if likeness.is_word() {
        let post = one.post(other).filter(|_| clash.is_none())?;
        return edge(Verdict::Same, -WORD, vec![likeness.reason(), post]);
    }
    match clash {
        _ if !likeness.is_full() => None,
        Some(clash) => edge(Verdict::Different, 0, vec![likeness.reason(), clash]),
        None => {
            let mut why = vec![likeness.reason()];
            why.extend(one.support(other));
            edge(Verdict::Same, -likeness.rank(), why)
        }
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
