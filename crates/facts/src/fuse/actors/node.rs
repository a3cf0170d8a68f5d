//! What one report tells of one actor: the piece that actors are joined of.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Office;
use super::names::Name;
use crate::fuse::input::{Actor, Mention, Part, Place, Report, Value};
use crate::fuse::judgement::Reason;
use crate::gazetteer::{Gazetteer, PlaceKind, Row};
use crate::pack::{Class, Pack, Stands};

/// What one report tells of one actor.
#[derive(Debug)]
pub(super) struct Node {
    /// Its mentions.
    pub(super) spans: Vec<(usize, usize)>,
    /// Its names as they stand, with how often.
    pub(super) names: BTreeMap<String, usize>,
    pub(super) class: Option<Class>,
    pub(super) country: Option<String>,
    pub(super) offices: BTreeSet<Office>,
    /// What makes it one with all others that have it.
    pub(super) key: Option<Key>,
    pub(super) entry: Option<Row>,
    pub(super) is_place: bool,
    /// Whether it is a mention of its own, and not just a name in a claim.
    pub(super) founds: bool,
    /// The countries that its report speaks of.
    pub(super) spoken: BTreeSet<String>,
    /// Whether its class says no more than what sort of name it is.
    pub(super) vague: bool,
    pub(super) person: bool,
}

/// What can be told for sure to be the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Key {
    Country(String),
    Place(Row, String),
    Government(String),
    /// The holder of a post of a country, where the report does not name them.
    Holder(String, String),
}

impl Key {
    pub(super) fn reason(&self) -> Reason {
        match self {
            Key::Country(code) => Reason::new("the same country", code.clone()),
            Key::Place(_, name) => Reason::new("the same place on the map", name.clone()),
            Key::Government(code) => Reason::new("the government of one country", code.clone()),
            Key::Holder(post, code) => {
                Reason::new("the same post of one country", format!("{post}, {code}"))
            }
        }
    }
}

/// The nodes of a report, in the order of their first words.
pub(super) fn nodes(pack: &Pack, gazetteer: &Gazetteer, report: &Report) -> Vec<Node> {
    Maker { pack, gazetteer }.report(report)
}

/// Names that only claims tell of: "Trump himself". They say who is meant, and found no actor.
fn named_in_claims(report: &Report) -> Vec<Mention> {
    let known: BTreeSet<(usize, usize)> =
        report.mentions.iter().map(|mention| (mention.start, mention.end)).collect();
    let mut seen = BTreeSet::new();
    let parts = report.claims.iter().flat_map(|claim| &claim.roles);
    let named = parts.filter(|part| {
        let is_name = matches!(&part.value, Value::Actor(actor) if actor.form == "name");
        let before = known.range(..(part.end, 0)).next_back();
        let overlaps = before.is_some_and(|&(_, end)| part.start < end);
        is_name && part.antecedent.is_none() && !overlaps && seen.insert((part.start, part.end))
    });
    let mention = |part: &Part| Mention {
        start: part.start,
        end: part.end,
        referent: None,
        value: part.value.clone(),
    };
    named.map(mention).collect()
}

/// The name that a mention is, if it is one.
fn name(mention: &Mention) -> Option<&str> {
    match &mention.value {
        Value::Actor(actor) if actor.form == "name" => Some(&actor.name),
        _ => None,
    }
}

struct Maker<'a> {
    pack: &'a Pack,
    gazetteer: &'a Gazetteer,
}

impl Maker<'_> {
    fn report(&self, report: &Report) -> Vec<Node> {
        let mut groups: BTreeMap<u32, Vec<&Mention>> = BTreeMap::new();
        let mut alone: Vec<Vec<&Mention>> = Vec::new();
        let mut spoken = BTreeSet::new();
        let told = named_in_claims(report);
        for mention in &report.mentions {
            match &mention.value {
                Value::Actor(actor) => spoken.extend(actor.country.clone()),
                Value::Place(place) => spoken.extend(place.country.clone()),
                _ => continue,
            }
            match mention.referent {
                Some(referent) => groups.entry(referent).or_default().push(mention),
                None if self.stands_for_one(mention) => alone.push(vec![mention]),
                None => {}
            }
        }
        let mut all: Vec<Vec<&Mention>> = groups.into_values().chain(alone).collect();
        let mut called: BTreeMap<&str, usize> = BTreeMap::new();
        for (number, group) in all.iter().enumerate() {
            for name in group.iter().filter_map(|mention| name(mention)) {
                called.entry(name).or_insert(number);
            }
        }
        let mentioned = all.len();
        for (mention, name) in told.iter().filter_map(|mention| Some((mention, name(mention)?))) {
            let number = *called.entry(name).or_insert(all.len());
            match all.get_mut(number) {
                Some(group) => group.push(mention),
                None => all.push(vec![mention]),
            }
        }
        let node = |(number, mentions): (usize, Vec<&Mention>)| Node {
            founds: number < mentioned,
            ..self.node(&mentions, &spoken)
        };
        let mut nodes: Vec<Node> = all.into_iter().enumerate().map(node).collect();
        nodes.sort_by(|a, b| a.spans.cmp(&b.spans));
        nodes
    }

    /// Whether a description can mean one body or person only: a country's government, the holder of
    /// its post.
    fn stands_for_one(&self, mention: &Mention) -> bool {
        let Value::Actor(actor) = &mention.value else { return false };
        self.government(actor).is_some() || self.holder(actor).is_some()
    }

    fn government(&self, actor: &Actor) -> Option<String> {
        let class = self.pack.classes.by_name(actor.class.as_deref()?)?;
        let government = self.pack.classes.standing_for(Stands::Capital)?;
        (class == government).then(|| actor.country.clone())?
    }

    fn holder(&self, actor: &Actor) -> Option<(String, String)> {
        let post = actor.office.as_deref()?;
        let offices = &self.pack.offices;
        let alone = offices.by_name(post).is_some_and(|post| offices.stands_alone(post));
        let now = actor.tense.as_deref() == Some(super::CURRENT);
        (alone && now && actor.form == "description")
            .then(|| Some((post.to_owned(), actor.country.clone()?)))?
    }

    fn node(&self, mentions: &[&Mention], spoken: &BTreeSet<String>) -> Node {
        let mut spans: Vec<(usize, usize)> =
            mentions.iter().map(|mention| (mention.start, mention.end)).collect();
        spans.sort_unstable();
        let mut node = Node {
            spans,
            names: BTreeMap::new(),
            class: None,
            country: None,
            offices: BTreeSet::new(),
            key: None,
            entry: None,
            is_place: false,
            founds: true,
            spoken: spoken.clone(),
            vague: true,
            person: false,
        };
        for mention in mentions {
            match &mention.value {
                Value::Actor(actor) => self.add_actor(&mut node, actor, mentions.len() == 1),
                Value::Place(place) => self.add_place(&mut node, place),
                _ => {}
            }
        }
        self.finish(node)
    }

    fn add_actor(&self, node: &mut Node, actor: &Actor, only: bool) {
        if actor.form == "name" || only {
            *node.names.entry(actor.name.clone()).or_default() += 1;
        }
        let class = actor.class.as_deref().and_then(|name| self.pack.classes.by_name(name));
        // "Unit 7, a squad of soldiers": the soldiers are many, and the unit is a body.
        let members = actor.several && !only && self.pack.classes.is_person(class);
        if let Some(class) = class.filter(|_| !members || actor.form == "name") {
            node.class =
                Some(node.class.map_or(class, |known| super::better(self.pack, known, class)));
        }
        if node.country.is_none() {
            node.country.clone_from(&actor.country);
        }
        if let Some(post) = &actor.office {
            node.offices.insert(Office {
                post: post.clone(),
                tense: actor.tense.clone().unwrap_or_default(),
                country: actor.country.clone(),
            });
        }
        if node.key.is_none() {
            let government = self.government(actor).map(Key::Government);
            let holder = only.then(|| self.holder(actor)).flatten();
            node.key = government.or(holder.map(|(post, country)| Key::Holder(post, country)));
        }
        if let (true, Some(row)) = (node.entry.is_none(), self.country(actor)) {
            let code = self.gazetteer.entry(row).country.to_owned();
            node.entry = Some(row);
            node.country = Some(code.clone());
            node.key = Some(Key::Country(code));
        }
    }

    /// The country that an actor is.
    fn country(&self, actor: &Actor) -> Option<Row> {
        let country = self.pack.classes.standing_for(Stands::Country)?;
        let is = actor.class.as_deref() == Some(self.pack.classes.name(country));
        let named = (is && actor.form == "name").then(|| self.gazetteer.find(&actor.name));
        let mut rows = named?.map(|(row, _)| row);
        rows.find(|&row| self.gazetteer.entry(row).kind == PlaceKind::Country)
    }

    fn add_place(&self, node: &mut Node, place: &Place) {
        // What a people is called is no name of its country.
        if place.form.as_deref() == Some("name") || node.names.is_empty() {
            let name = place.entry.as_ref().filter(|_| place.form.as_deref() != Some("name"));
            *node.names.entry(name.unwrap_or(&place.name).clone()).or_default() += 1;
        }
        node.is_place = true;
        let Some(row) = self.row(place) else { return };
        let entry = self.gazetteer.entry(row);
        node.entry = Some(row);
        node.country = Some(entry.country.to_owned()).filter(|code| !code.is_empty());
        node.key = Some(match entry.kind {
            PlaceKind::Country => Key::Country(entry.country.to_owned()),
            _ => Key::Place(row, entry.name.to_owned()),
        });
    }

    /// The row of a place that was found on the map before.
    fn row(&self, place: &Place) -> Option<Row> {
        let name = place.entry.as_ref()?;
        if place.kind.as_deref() == Some(PlaceKind::Country.name())
            && let Some(row) =
                place.country.as_deref().and_then(|code| self.gazetteer.country(code))
        {
            return Some(row);
        }
        let mut rows = self.gazetteer.find(name).map(|(row, _)| row);
        rows.find(|&row| {
            let entry = self.gazetteer.entry(row);
            entry.geonameid == place.geonameid && entry.name == name.as_str()
        })
    }

    fn finish(&self, mut node: Node) -> Node {
        let classes = &self.pack.classes;
        node.vague = classes.is_default(node.class) || node.class.is_none();
        node.person = classes.is_person(node.class);
        if node.key.is_none() {
            for name in node.names.keys() {
                let name = Name::of(self.pack, self.gazetteer, name);
                node.country = node.country.take().or(name.country);
            }
        }
        if node.country.is_none() && !node.offices.is_empty() {
            node.country = node.offices.iter().find_map(|office| office.country.clone());
        }
        node
    }
}
