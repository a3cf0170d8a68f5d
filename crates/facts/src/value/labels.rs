//! What sort of name each name is: one answer over a whole report, where the parser has several.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use atalaya_parse::{Doc, Entity, Pos, Token};

use crate::gazetteer::{Gazetteer, NameKind, PlaceKind};
use crate::pack::{Class, Meaning, Pack, Stands};

use super::found::Found;
use super::noun_phrase;

/// What sort of name a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// Somebody's.
    Person,
    /// An organisation's, an armed group's, a body's of a state.
    Organisation,
    /// A people's, a religion's, a political camp's, or an adjective of these.
    People,
    /// A country's, a town's, a region's.
    Place,
    /// A building's, a port's, a base's.
    Facility,
    /// Something else's that has a name: an event, a law, a product.
    Other,
}

/// The sorts of the names of one report, and the classes that it tells of them.
#[derive(Debug, Default)]
pub struct Labels {
    /// None where the report is of two minds.
    labels: HashMap<String, Option<Label>>,
    classes: HashMap<String, Option<Class>>,
}

impl Labels {
    /// Decides what sort of name each is over the texts of one report: what the pack and the
    /// gazetteer say, else what the parser says most often.
    pub fn of(pack: &Pack, gazetteer: &Gazetteer, docs: &[(&Doc, &Found)]) -> Labels {
        let votes = votes(docs.iter().map(|&(doc, _)| doc));
        let mut labels = Labels::default();
        for (name, votes) in votes {
            labels.labels.insert(name.to_owned(), decide(pack, gazetteer, name, &votes));
        }
        for (doc, found) in docs {
            for entity in doc.entities() {
                let Some(class) = told(pack, doc, found, entity) else { continue };
                let name = name(entity).to_owned();
                let known = labels.classes.entry(name).or_insert(Some(class));
                *known = known.and_then(|known| pack.classes.narrower(known, class));
            }
        }
        labels
    }

    /// What sort of name an entity is over the report; none where it is no name, or the report is of
    /// two minds.
    pub fn label(&self, entity: Entity<'_>) -> Option<Label> {
        let own = of_entity(entity)?;
        self.labels.get(name(entity)).copied().unwrap_or(Some(own))
    }

    /// The class that the report gives a name where it tells what it is: "Los Topos, a drug gang".
    pub fn class(&self, name: &str) -> Option<Class> {
        self.classes.get(name).copied().flatten()
    }
}

/// What the parser's word for a sort of entity means.
pub(crate) fn of_entity(entity: Entity<'_>) -> Option<Label> {
    Some(match entity.label() {
        "PERSON" | "PER" => Label::Person,
        "ORG" => Label::Organisation,
        "NORP" => Label::People,
        "GPE" | "LOC" => Label::Place,
        "FAC" => Label::Facility,
        "EVENT" | "LAW" | "PRODUCT" | "WORK_OF_ART" | "MISC" => Label::Other,
        _ => return None,
    })
}

/// An entity's name, without article and possessive.
pub(crate) fn name(entity: Entity<'_>) -> &str {
    let range = own(entity);
    entity.span().root().map_or("", |token| token.doc().span(range).text())
}

/// An entity's tokens without article, possessive and signs at its ends.
pub(crate) fn own(entity: Entity<'_>) -> Range<usize> {
    let mut range = entity.span().range();
    let Some(doc) = entity.span().tokens().next().map(Token::doc) else { return range };
    let outer = |index: usize| {
        let token = doc.token(index);
        let bracket = matches!(token.text(), "(" | ")" | "\"" | "'" | "," | "[" | "]");
        matches!(token.pos(), Pos::Det | Pos::Space) || token.pos() == Pos::Punct || bracket
    };
    while !range.is_empty() && outer(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && (outer(range.end - 1) || doc.token(range.end - 1).pos() == Pos::Part)
    {
        range.end -= 1;
    }
    range
}

/// How often a name has each label.
type Votes = [u32; 6];

/// How many people live in a town whose name is taken for its own.
const LARGE: u32 = 200_000;

fn votes<'d>(docs: impl Iterator<Item = &'d Doc>) -> HashMap<&'d str, Votes> {
    let mut votes: HashMap<&str, Votes> = HashMap::new();
    let mut surnames: HashMap<&str, u32> = HashMap::new();
    for entity in docs.flat_map(Doc::entities) {
        let Some(label) = of_entity(entity) else { continue };
        let name = name(entity);
        if name.is_empty() {
            continue;
        }
        votes.entry(name).or_default()[label as usize] += 1;
        if label == Label::Person
            && let Some((_, surname)) = name.rsplit_once(' ')
        {
            // "al-Rahim" is also called "Rahim".
            let bare = surname.rsplit_once('-').map_or(surname, |(_, bare)| bare);
            for surname in BTreeSet::from([surname, bare]) {
                *surnames.entry(surname).or_default() += 1;
            }
        }
    }
    // A full name says of the surname alone what it is.
    for (surname, count) in surnames {
        if let Some(votes) = votes.get_mut(surname) {
            votes[Label::Person as usize] += 2 * count;
        }
    }
    votes
}

const LABELS: [Label; 6] = [
    Label::Person,
    Label::Organisation,
    Label::People,
    Label::Place,
    Label::Facility,
    Label::Other,
];

fn decide(pack: &Pack, gazetteer: &Gazetteer, name: &str, votes: &Votes) -> Option<Label> {
    if let Some(number) = pack.nouns.names.get(name) {
        let class = pack.nouns.known[number].class;
        let person = pack.classes.standing_for(Stands::Person);
        let is_person = person.is_some_and(|person| pack.classes.is_a(class, person));
        return Some(match (pack.classes.is_actor(class), is_person) {
            (true, true) => Label::Person,
            (true, false) => Label::Organisation,
            (false, _) => Label::Other,
        });
    }
    let country = |&(row, how): &(_, NameKind)| {
        let entry = gazetteer.entry(row);
        let large = entry.kind == PlaceKind::City && entry.population >= LARGE;
        let town = !name.contains(' ') && (large || entry.capital);
        let main = how == NameKind::Main && (town || entry.kind == PlaceKind::Region1);
        main || entry.kind == PlaceKind::Country && how != NameKind::Abbreviation
    };
    // A person can bear the name of a country, a region or a large town; the report then has it in full.
    if votes[Label::Person as usize] < 2 && gazetteer.find(name).any(|found| country(&found)) {
        return Some(Label::Place);
    }
    let most = *votes.iter().max()?;
    let mut best = LABELS.into_iter().filter(|&label| votes[label as usize] == most);
    let first = best.next();
    if best.next().is_some() { None } else { first }
}

/// The class that the words around an entity give it: an apposition, the noun it is part of, "is a".
fn told(pack: &Pack, doc: &Doc, found: &Found, entity: Entity<'_>) -> Option<Class> {
    if !matches!(of_entity(entity)?, Label::Person | Label::Organisation | Label::People) {
        return None;
    }
    if pack.places.is_people(name(entity)) {
        return None;
    }
    let root = doc.token(noun_phrase::head_of(doc, own(entity))?);
    let apposed = root.children().find(|child| child.dep() == "appos");
    let governor = (root.dep() == "appos").then(|| root.head());
    let said = (root.dep() == "nsubj")
        .then(|| root.head().children().find(|child| child.dep() == "attr"))
        .flatten();
    let group = (noun_phrase::modifies(root) && entity.span().range().end == root.head().index())
        .then(|| root.head());
    let candidates = [apposed, governor, said, group];
    candidates.into_iter().flatten().filter(|token| token.pos() == Pos::Noun).find_map(|token| {
        let (meaning, run) = found.noun(token.index())?;
        let class = match meaning {
            Meaning::Class(class) => class,
            Meaning::Post(_) => return None,
        };
        let person = pack.classes.standing_for(Stands::Person)?;
        let of_persons = pack.classes.is_a(class, person);
        let fits =
            (of_entity(entity)? == Label::Person) == of_persons || group.is_none() && !of_persons;
        let heads = noun_phrase::head_of(doc, run) == Some(token.index());
        (heads && fits && pack.classes.is_actor(class)).then_some(class)
    })
}
