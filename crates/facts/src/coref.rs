//! Who is who: which names within one report mean the same actor or place.

pub(crate) mod antecedent;
mod people;
mod union;

use std::collections::HashMap;

use atalaya_parse::Doc;

use crate::gazetteer::{Gazetteer, PlaceKind, Row};
use crate::pack::{Class, Pack, Stands};
use crate::value::Cited;
use crate::value::actor::{self, Actor, Form, Tense};
use crate::value::place::Place;

use people::People;
use union::Union;

/// What each mention of a report refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Referents {
    /// The referents, in the order of their first mentions: actors and places of one text after
    /// another, by where they stand.
    pub all: Vec<Referent>,
    actors: Vec<Vec<Option<usize>>>,
    places: Vec<Vec<Option<usize>>>,
}

/// An actor or place that a report tells of, once or often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referent {
    /// The fullest of its names.
    pub label: String,
    /// Its class, where its mentions agree on one.
    pub class: Option<Class>,
    /// The ISO 3166-1 code of its country, where its mentions agree on one.
    pub country: Option<String>,
}

impl Referents {
    /// The number of the referent of an actor: the text's place among the report's, the actor's among
    /// the text's. None for a description of nobody in particular, and where there is a choice.
    pub fn actor(&self, doc: usize, actor: usize) -> Option<usize> {
        *self.actors.get(doc)?.get(actor)?
    }

    /// The number of the referent of a place.
    pub fn place(&self, doc: usize, place: usize) -> Option<usize> {
        *self.places.get(doc)?.get(place)?
    }
}

/// One text of a report, with what was read in it.
pub type Text<'a> = (&'a Doc, &'a [Cited<Actor>], &'a [Cited<Place>]);

/// Finds which mentions of one report are of the same actor or place.
pub fn referents(pack: &Pack, gazetteer: &Gazetteer, docs: &[Text<'_>]) -> Referents {
    let mut finder = Finder {
        pack,
        gazetteer,
        docs,
        union: Union::default(),
        keys: HashMap::new(),
        people: People::default(),
        holders: HashMap::new(),
    };
    let mut nodes = finder.name();
    finder.join(&mut nodes);
    finder.hold(&mut nodes);
    finder.number(&nodes)
}

/// The mentions of one text, each with its node if it refers to something.
#[derive(Default)]
struct Nodes {
    actors: Vec<Option<usize>>,
    places: Vec<Option<usize>>,
}

/// What two mentions must share to be of one referent.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Place(Row),
    Name(String),
}

struct Finder<'a> {
    pack: &'a Pack,
    gazetteer: &'a Gazetteer,
    docs: &'a [Text<'a>],
    union: Union,
    keys: HashMap<Key, usize>,
    people: People,
    /// Who holds a post, by its name, its time and its country; at most two, for more tell no more.
    holders: HashMap<(String, Tense), HashMap<Option<String>, Vec<usize>>>,
}

impl Finder<'_> {
    /// Gives every name its node: equal names share one, and so do the forms of a person's name.
    fn name(&mut self) -> Vec<Nodes> {
        let docs = self.docs;
        let persons = docs.iter().flat_map(|(_, actors, _)| actors.iter());
        let names: Vec<String> = persons
            .filter(|actor| {
                actor.value.form == Form::Name && self.pack.classes.is_person(actor.value.class)
            })
            .map(|actor| self.gazetteer.fold(&actor.value.name))
            .collect();
        self.people = People::of(names, &mut self.union);
        let mut nodes = Vec::with_capacity(docs.len());
        for (_, actors, places) in docs {
            let places = places.iter().map(|place| Some(self.place(&place.value))).collect();
            let actors = actors.iter().map(|actor| self.actor(&actor.value)).collect();
            nodes.push(Nodes { actors, places });
        }
        nodes
    }

    fn place(&mut self, place: &Place) -> usize {
        let key = match place.entry {
            Some(row) => Key::Place(row),
            None => Key::Name(self.gazetteer.fold(&place.name)),
        };
        self.node(key)
    }

    fn actor(&mut self, actor: &Actor) -> Option<usize> {
        if actor.form != Form::Name {
            return None;
        }
        if let Some(row) = self.country(actor) {
            return Some(self.node(Key::Place(row)));
        }
        let name = self.gazetteer.fold(&actor.name);
        // What the parser takes for an organisation somewhere can be a person's name all the same.
        let unsure = self.pack.classes.is_default(actor.class);
        if self.pack.classes.is_person(actor.class) || unsure && self.people.knows(&name) {
            return self.people.find(&name);
        }
        let bare = self.without_article(&name).to_owned();
        Some(self.node(Key::Name(bare)))
    }

    fn node(&mut self, key: Key) -> usize {
        let union = &mut self.union;
        *self.keys.entry(key).or_insert_with(|| union.node())
    }

    fn without_article<'n>(&self, name: &'n str) -> &'n str {
        let articles = self.pack.actors.articles.iter();
        let mut bare =
            articles.filter_map(|article| name.strip_prefix(article.as_str())?.strip_prefix(' '));
        bare.next().filter(|bare| !bare.is_empty()).unwrap_or(name)
    }

    /// The country that an actor is, if it is one.
    fn country(&self, actor: &Actor) -> Option<Row> {
        let country = self.pack.classes.standing_for(Stands::Country)?;
        if actor.class != Some(country) {
            return None;
        }
        let mut rows = self.gazetteer.find(&actor.name).map(|(row, _)| row);
        rows.find(|&row| self.gazetteer.entry(row).kind == PlaceKind::Country)
    }

    /// Joins what the text says is the same: other names beside names, appositions.
    fn join(&mut self, nodes: &mut [Nodes]) {
        for ((doc, actors, _), nodes) in self.docs.iter().zip(nodes) {
            let heads: HashMap<usize, usize> =
                actors.iter().enumerate().map(|(at, actor)| (actor.value.head, at)).collect();
            for (at, actor) in actors.iter().enumerate() {
                if actor.value.form == Form::Name
                    && let Some(tokens) = actor::other_name(self.pack, doc, actor)
                    && let Some(other) = tokens.filter_map(|token| heads.get(&token)).next()
                    && let (Some(one), Some(other)) = (nodes.actors[at], nodes.actors[*other])
                {
                    self.union.join(one, other);
                }
                let beside = beside(doc, &actor.value).and_then(|token| heads.get(&token));
                if let Some(&other) = beside {
                    match (nodes.actors[at], nodes.actors[other]) {
                        (None, Some(node)) => nodes.actors[at] = Some(node),
                        (Some(node), None) => nodes.actors[other] = Some(node),
                        _ => {}
                    }
                }
            }
        }
    }

    /// Gives a post that stands alone its holder, if the report has named one and only one so far.
    fn hold(&mut self, nodes: &mut [Nodes]) {
        for ((doc, actors, _), nodes) in self.docs.iter().zip(nodes) {
            for (at, actor) in actors.iter().enumerate() {
                let actor = &actor.value;
                // Several presidents are nobody's other name.
                if doc.token(actor.head).feature("Number") == Some("Plur") {
                    continue;
                }
                let Some(office) = &actor.office else { continue };
                let key = (office.post.clone(), office.tense);
                let country = office.country.clone().or_else(|| actor.country.clone());
                if let Some(node) = nodes.actors[at] {
                    let node = self.union.root(node);
                    let known = self.holders.entry(key).or_default().entry(country).or_default();
                    if known.len() < 2 && !known.contains(&node) {
                        known.push(node);
                    }
                } else if actor.extent.is_none()
                    && self.stands_alone(&office.post)
                    && !self.is_any(doc, actor.head)
                {
                    nodes.actors[at] = self.holder(&key, country.as_deref());
                }
            }
        }
    }

    /// "a spokesman": whoever it is, nobody has named him.
    fn is_any(&self, doc: &Doc, head: usize) -> bool {
        let definite = &self.pack.clauses.definite;
        let determiner = doc.token(head).children().find(|child| child.dep() == "det");
        determiner.is_some_and(|word| !definite.contains(&word.norm().to_lowercase()))
    }

    fn stands_alone(&self, post: &str) -> bool {
        let offices = &self.pack.offices;
        offices.by_name(post).is_some_and(|post| offices.stands_alone(post))
    }

    /// The one holder of a post whose country is no other: an unknown one can be any.
    fn holder(&self, key: &(String, Tense), country: Option<&str>) -> Option<usize> {
        let holders = self.holders.get(key)?;
        let mut fitting: Vec<usize> = holders
            .iter()
            .filter(|(of, _)| country.is_none() || of.is_none() || of.as_deref() == country)
            .flat_map(|(_, holders)| holders.iter().copied())
            .collect();
        fitting.sort_unstable();
        fitting.dedup();
        match fitting[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Numbers the referents by their first mentions, and tells of each what its mentions agree on.
    fn number(&mut self, nodes: &[Nodes]) -> Referents {
        let mut referents = Referents::default();
        let mut numbers: HashMap<usize, usize> = HashMap::new();
        for ((_, actors, places), nodes) in self.docs.iter().zip(nodes) {
            let mut mentions: Vec<(usize, usize, Seen<'_>)> = Vec::new();
            for (cited, node) in actors.iter().zip(&nodes.actors) {
                let seen = Seen::Actor(&cited.value);
                mentions.extend(node.map(|node| (cited.span.start, node, seen)));
            }
            for (cited, node) in places.iter().zip(&nodes.places) {
                let seen = Seen::Place(&cited.value);
                mentions.extend(node.map(|node| (cited.span.start, node, seen)));
            }
            mentions.sort_by_key(|mention| mention.0);
            for (_, node, seen) in mentions {
                let root = self.union.root(node);
                match numbers.get(&root) {
                    Some(&number) => self.add(&mut referents.all[number], seen),
                    None => {
                        numbers.insert(root, referents.all.len());
                        let first = self.first(seen);
                        referents.all.push(first);
                    }
                }
            }
            let union = &mut self.union;
            let mut number = |node: &Option<usize>| numbers.get(&union.root((*node)?)).copied();
            referents.actors.push(nodes.actors.iter().map(&mut number).collect());
            referents.places.push(nodes.places.iter().map(&mut number).collect());
        }
        referents
    }

    fn first(&self, seen: Seen<'_>) -> Referent {
        match seen {
            Seen::Actor(actor) => Referent {
                label: actor.name.clone(),
                class: actor.class,
                country: actor.country.clone(),
            },
            Seen::Place(place) => {
                let entry = place.entry.map(|row| self.gazetteer.entry(row));
                let country = entry.map(|entry| entry.country).filter(|code| !code.is_empty());
                let label = entry.map_or(place.name.as_str(), |entry| entry.name);
                Referent {
                    label: label.to_owned(),
                    class: None,
                    country: country.map(str::to_owned),
                }
            }
        }
    }

    fn add(&self, referent: &mut Referent, seen: Seen<'_>) {
        let Seen::Actor(actor) = seen else { return };
        let persons = |class: &Class| self.pack.classes.is_person(Some(*class));
        referent.class = match (referent.class, actor.class) {
            // "Unit 7, a squad of soldiers": the soldiers are many, and the unit is a body.
            (Some(known), Some(class)) if actor.several && persons(&class) && !persons(&known) => {
                Some(known)
            }
            (Some(known), Some(class)) if self.pack.classes.is_default(Some(class)) => Some(known),
            (Some(known), Some(class)) if self.pack.classes.is_default(Some(known)) => Some(class),
            (Some(known), Some(class)) => self.pack.classes.narrower(known, class),
            (known, class) => known.or(class),
        };
        if referent.country.is_none() {
            referent.country.clone_from(&actor.country);
        }
        let words = |name: &str| (name.split_whitespace().count(), name.len());
        if actor.form == Form::Name && words(&actor.name) > words(&referent.label) {
            referent.label.clone_from(&actor.name);
        }
    }
}

#[derive(Clone, Copy)]
enum Seen<'a> {
    Actor(&'a Actor),
    Place(&'a Place),
}

/// The token that stands in apposition to an actor's.
fn beside(doc: &Doc, actor: &Actor) -> Option<usize> {
    let token = doc.token(actor.head);
    (token.dep() == "appos").then(|| token.head().index())
}
