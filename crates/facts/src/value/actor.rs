//! Actors: who does and suffers what reports tell of, by name or by description.

mod alias;
mod extent;
mod find;
mod members;
mod office;
mod words;

use std::collections::HashSet;
use std::ops::Range;

use atalaya_parse::{Doc, Pos, Token};

use crate::gazetteer::{Gazetteer, PlaceKind};
use crate::pack::lexicon::Lexicon;
use crate::pack::{Class, Pack};
use crate::value::found::Found;
use crate::value::labels::{self, Labels};
use crate::value::place::{self, Place};
use crate::value::quantity::Quantity;
use crate::value::{Cited, noun_phrase};

pub(crate) use words::Amount;
pub use words::Words;

pub(crate) use alias::after as other_name;

/// How many people live in a place that a name may be told by.
const LARGE: u32 = 500_000;

/// Somebody or a body that acts.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// The token that heads the words, by its number in the text.
    pub head: usize,
    /// The name, without titles, or the describing words as they stand.
    pub name: String,
    /// How it is told who is meant.
    pub form: Form,
    /// Whether the words are of several: "soldiers", "a unit of soldiers".
    pub several: bool,
    /// Its class; none where nothing tells it, or the words are of two minds.
    pub class: Option<Class>,
    /// The ISO 3166-1 code of its country.
    pub country: Option<String>,
    /// The post that the words give it.
    pub office: Option<Office>,
    /// How many, or how much of it, where the words say so.
    pub extent: Option<Extent>,
    /// Those that the words name as belonging to it: "cartels such as A and B".
    pub members: Vec<Cited<Actor>>,
}

/// How it is told who is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// By name: "Daniel Noboa", "Los Choneros".
    Name,
    /// By description: "police dogs".
    Description,
    /// By a pronoun: "they".
    Pronoun,
}

impl Form {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Form::Name => "name",
            Form::Description => "description",
            Form::Pronoun => "pronoun",
        }
    }
}

/// A post that an actor holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// The post, as the pack calls it.
    pub post: String,
    /// The words that tell it.
    pub words: Range<usize>,
    /// The body whose post it is, as it stands.
    pub body: Option<String>,
    /// The ISO 3166-1 code of its country.
    pub country: Option<String>,
    /// When it is held.
    pub tense: Tense,
}

/// When a post is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tense {
    /// Before.
    Former,
    /// At the time of the report.
    Current,
    /// To come: "president-elect".
    Next,
    /// For now: "acting".
    Acting,
}

impl Tense {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Tense::Former => "former",
            Tense::Current => "current",
            Tense::Next => "next",
            Tense::Acting => "acting",
        }
    }
}

/// How many are meant, or how much.
#[derive(Debug, Clone, PartialEq)]
pub enum Extent {
    /// Each of them.
    All,
    /// More than half.
    Most,
    /// Some, it is not said how many.
    Some,
    /// Hardly any.
    Few,
    /// Not one: "no police".
    None,
    /// So many.
    Count(Quantity),
    /// Those that are named, and others: "such as".
    Examples,
}

impl Extent {
    /// The name used in the store and in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Extent::All => "all",
            Extent::Most => "most",
            Extent::Some => "some",
            Extent::Few => "few",
            Extent::None => "none",
            Extent::Count(_) => "count",
            Extent::Examples => "examples",
        }
    }
}

/// What actors are read from.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The words and classes.
    pub pack: &'a Pack,
    /// What the places are.
    pub gazetteer: &'a Gazetteer,
    /// The text.
    pub doc: &'a Doc,
    /// The pack's nouns and names in it.
    pub found: &'a Found,
    /// What sort of name each name of the whole report is.
    pub labels: &'a Labels,
    /// The places in the text.
    pub places: &'a [Cited<Place>],
    /// The quantities in the text.
    pub quantities: &'a [Cited<Quantity>],
}

/// Reads the actors out of a text, in the order of their heads.
pub fn actors(scene: Scene<'_>) -> Vec<Cited<Actor>> {
    let doc = scene.doc;
    let heads = doc.tokens().filter(|&token| find::is_candidate(scene, token));
    let mut found: Vec<Cited<Actor>> =
        heads.filter_map(|token| find::actor(scene, token.index())).collect();
    // Of "a crowd of protesters" the protesters are the crowd; a member of the gang is not the gang.
    let parts: HashSet<usize> =
        found.iter().filter_map(|actor| find::part_of(scene, actor.value.head)).collect();
    let several = |head: usize| doc.token(head).feature("Number") == Some("Plur");
    found.retain(|Cited { value, .. }| {
        let alone = value.form == Form::Name || !several(value.head);
        alone || !parts.contains(&value.head)
    });
    alias::add(scene, &mut found);
    members::join(scene, &mut found);
    found
}

/// The actor that a token heads, whatever part it plays in its sentence; without members.
pub fn actor_at(scene: Scene<'_>, head: usize) -> Option<Cited<Actor>> {
    let token = (head < scene.doc.len()).then(|| scene.doc.token(head))?;
    if !matches!(token.pos(), Pos::Noun | Pos::Propn) {
        return None;
    }
    find::actor(scene, head)
}

impl<'a> Scene<'a> {
    /// The place whose words hold a token.
    fn place(self, token: usize) -> Option<&'a Place> {
        let byte = self.doc.token(token).bytes().start;
        let next = self.places.partition_point(|place| place.span.end <= byte);
        let place = self.places.get(next).filter(|place| place.span.contains(&byte))?;
        Some(&place.value)
    }

    /// The code of the country that a token's place lies in.
    fn country(self, token: usize) -> Option<&'a str> {
        let place = self.place(token)?;
        let entry = self.gazetteer.entry(place.entry?);
        // A hamlet within a name is there by chance: the Supreme Court is not of Supreme.
        let large = entry.kind == PlaceKind::Country || entry.population >= LARGE;
        let entity = self.doc.token(token).entity();
        let whole = entity.is_some_and(|entity| labels::name(entity) == place.name);
        let told = place.form != place::Form::PartOfName || large || whole;
        (!entry.country.is_empty() && told).then_some(entry.country)
    }

    /// The one country that some tokens name.
    fn country_in(self, tokens: Range<usize>) -> Option<&'a str> {
        let mut found: Option<&str> = None;
        for country in tokens.filter_map(|token| self.country(token)) {
            if found.is_some_and(|other| other != country) {
                return None;
            }
            found = Some(country);
        }
        found
    }

    /// What a preposition among some governs after a token, and the tokens of its phrase.
    fn object(self, token: Token<'a>, links: &Lexicon<()>) -> Option<(Token<'a>, Range<usize>)> {
        let is_link =
            |link: Token<'_>| links.at(self.doc, link.index(), link.index() + 1).is_some();
        let object = noun_phrase::object(token, is_link)?;
        Some((object, noun_phrase::phrase(self.doc, object.index())))
    }
}
