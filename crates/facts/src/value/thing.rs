//! Things: what is taken, carried, built or signed, by the nouns of the pack.

use std::ops::Range;

use atalaya_parse::{Doc, Pos, Token};

use crate::pack::{Class, Meaning, Pack};
use crate::value::found::Found;
use crate::value::quantity::Quantity;
use crate::value::{Cited, noun_phrase};

/// The most measures and containers within one another: "boxes of packages of bricks of cocaine".
const DEEPEST: usize = 4;

/// A thing that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thing {
    /// The token that heads its own words, by its number in the text.
    pub head: usize,
    /// Its noun in the dictionary's form with the nouns before it, in small letters but for names.
    pub name: String,
    /// Its class; none where the pack has no such noun.
    pub class: Option<Class>,
}

/// Reads the things with a class out of a text, in the order of their heads. The unit of a quantity
/// is no thing again; an actor whose class is of both is.
pub fn things(
    pack: &Pack,
    doc: &Doc,
    found: &Found,
    quantities: &[Cited<Quantity>],
) -> Vec<Cited<Thing>> {
    let measured = |token: Token<'_>| {
        let bytes = token.bytes();
        let after = quantities.partition_point(|quantity| quantity.span.end <= bytes.start);
        quantities.get(after).is_some_and(|quantity| {
            let of = quantity.value.of.as_ref().map(|of| of.span.start);
            quantity.value.unit.is_some()
                && quantity.span.contains(&bytes.start)
                && of.is_some_and(|of| bytes.start < of)
        })
    };
    let heads = doc.tokens().filter(|&token| noun_phrase::is_head(token) && !measured(token));
    heads
        .filter_map(|token| {
            // What it measures is a thing of its own.
            if innermost(pack, doc, token).index() != token.index() {
                return None;
            }
            let (class, tokens) = class(pack, doc, found, token);
            class.filter(|&class| pack.classes.is_thing(class))?;
            let within = found.name(token.index());
            let within = within
                .is_some_and(|(_, run)| noun_phrase::head_of(doc, run) != Some(token.index()));
            (!within).then(|| thing(pack, doc, token, class, tokens))
        })
        .collect()
}

/// The thing that a token heads: of "six tons of cocaine" it is the cocaine. Its class may be
/// unknown.
pub fn thing_at(pack: &Pack, doc: &Doc, found: &Found, head: usize) -> Option<Cited<Thing>> {
    let token = innermost(pack, doc, (head < doc.len()).then(|| doc.token(head))?);
    if !matches!(token.pos(), Pos::Noun | Pos::Propn) {
        return None;
    }
    let (class, tokens) = class(pack, doc, found, token);
    Some(thing(pack, doc, token, class, tokens))
}

/// What is measured or contained in the end: the cocaine of "bricks of cocaine".
fn innermost<'d>(pack: &Pack, doc: &'d Doc, token: Token<'d>) -> Token<'d> {
    let inner = |token: &Token<'d>| measured(pack, doc, *token);
    std::iter::successors(Some(token), inner).take(DEEPEST + 1).last().unwrap_or(token)
}

/// The thing of a noun whose class and tokens are known.
fn thing(
    pack: &Pack,
    doc: &Doc,
    token: Token<'_>,
    class: Option<Class>,
    tokens: Range<usize>,
) -> Cited<Thing> {
    let phrase = noun_phrase::phrase(doc, token.index());
    let own = noun_phrase::own(pack, doc, phrase, token.index());
    let own = own.start.min(tokens.start)..own.end.max(tokens.end);
    let name =
        name(doc, token, compounds(doc, token.index(), &own).start.min(tokens.start)..tokens.end);
    let thing = Thing { head: token.index(), name, class };
    Cited::new(thing, doc.span(own).bytes())
}

/// What a measure or a container is of: the cocaine of "tons of cocaine".
fn measured<'d>(pack: &Pack, doc: &'d Doc, token: Token<'d>) -> Option<Token<'d>> {
    let alone = token.index()..token.index() + 1;
    let is_part = pack.actors.parts.at(doc, alone.start, alone.end).is_some();
    if !is_part && !pack.quantities.is_unit(token.text()) {
        return None;
    }
    let of = &pack.actors.of;
    noun_phrase::object(token, |link| of.at(doc, link.index(), link.index() + 1).is_some())
}

/// The class of a noun, and the tokens of the longest phrase that has one.
fn class(pack: &Pack, doc: &Doc, found: &Found, token: Token<'_>) -> (Option<Class>, Range<usize>) {
    let alone = token.index()..token.index() + 1;
    let heads = |run: &Range<usize>| noun_phrase::head_of(doc, run.clone()) == Some(alone.start);
    if let Some((number, run)) = found.name(token.index()).filter(|f| heads(&f.1)) {
        return (Some(pack.nouns.known[number].class), run);
    }
    match found.noun(token.index()) {
        Some((Meaning::Class(class), run)) if heads(&run) => (Some(class), run),
        _ => (None, alone),
    }
}

/// The head with the nouns right before it.
fn compounds(doc: &Doc, head: usize, own: &Range<usize>) -> Range<usize> {
    let is_part = |&index: &usize| {
        let token = doc.token(index);
        noun_phrase::modifies(token) && matches!(token.pos(), Pos::Noun | Pos::Propn)
            || token.text() == "-"
    };
    let before = (own.start..head).rev().take_while(is_part).count();
    let mut start = head - before;
    while start < head && doc.token(start).text() == "-" {
        start += 1;
    }
    start..own.end
}

/// The words of a thing's name, its head in the dictionary's form.
fn name(doc: &Doc, head: Token<'_>, tokens: Range<usize>) -> String {
    let mut name = String::new();
    for index in tokens {
        let token = doc.token(index);
        let word = if index == head.index() { token.lemma() } else { token.text() };
        match token.pos() {
            Pos::Propn => name.push_str(word),
            _ => name.push_str(&word.to_lowercase()),
        }
        if token.space_after() {
            name.push(' ');
        }
    }
    name.trim_end().to_owned()
}
