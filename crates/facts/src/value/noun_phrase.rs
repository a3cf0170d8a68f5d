//! Noun phrases: where they begin before their head, and where their own words do.

use std::ops::Range;

use atalaya_parse::{Doc, Pos, Token};

use crate::pack::Pack;
use crate::value::actor::Amount;
use crate::value::labels;

/// The most tokens before a head that are looked at, so that a phrase without end costs no more.
const LONGEST: usize = 24;
/// The most steps up the tree from a word to the head whose phrase it is in.
const STEPS: usize = 6;

/// Whether a token can be the head of a noun phrase, not a modifier within one.
pub(crate) fn is_head(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Noun | Pos::Propn) && !modifies(token)
}

/// Whether a token modifies the noun after it, or goes on with the name before it.
pub(crate) fn modifies(token: Token<'_>) -> bool {
    match token.dep() {
        "compound" | "amod" | "nmod" | "nummod" | "quantmod" => {
            token.head().index() > token.index() && !is_listed(token)
        }
        "flat" | "flat:name" | "fixed" | "goeswith" => true,
        _ => false,
    }
}

/// Whether what the parser takes for a modifier is one of a list: the paste of "coca paste, marijuana
/// and fentanyl pills", the miners of "miners and street vendors".
fn is_listed(token: Token<'_>) -> bool {
    let next = token.index() + 1;
    let sign =
        (token.pos() == Pos::Noun && next < token.doc().len()).then(|| token.doc().token(next));
    let several = token.feature("Number") == Some("Plur");
    sign.is_some_and(|sign| sign.text() == "," || several && sign.pos() == Pos::Cconj)
}

/// The token that heads some tokens: the last that depends on none of the others, for in a phrase
/// that the parser tore apart that is the noun.
pub(crate) fn head_of(doc: &Doc, tokens: Range<usize>) -> Option<usize> {
    let outside = |&index: &usize| {
        let token = doc.token(index);
        let sign = matches!(token.pos(), Pos::Punct | Pos::Part | Pos::Space);
        !sign && (token.is_root() || !tokens.contains(&token.head().index()))
    };
    tokens.clone().rev().find(outside)
}

/// The tokens of a noun phrase up to its head, articles and numbers included.
pub(crate) fn phrase(doc: &Doc, head: usize) -> Range<usize> {
    let first = head.saturating_sub(LONGEST).max(doc.token(head).sentence().range().start);
    let mut start = head;
    while start > first && belongs(doc, start - 1, head) {
        start -= 1;
    }
    start..head + 1
}

/// Whether a token depends on one between itself and a head.
fn belongs(doc: &Doc, token: usize, head: usize) -> bool {
    let mut up = doc.token(token);
    for _ in 0..STEPS {
        if up.is_root() {
            return false;
        }
        up = up.head();
        if up.index() > token {
            return up.index() <= head;
        }
    }
    false
}

/// A phrase without its article, its quantity and whatever else comes before the words that tell
/// what its head is.
pub(crate) fn own(pack: &Pack, doc: &Doc, phrase: Range<usize>, head: usize) -> Range<usize> {
    let mut start = after_list(doc, &phrase);
    while start < head {
        let token = doc.token(start);
        if let Some((_, end)) = extent(pack, doc, start, head) {
            start = end;
        } else if is_idle(token) {
            start += 1;
        } else {
            break;
        }
    }
    start..phrase.end
}

/// How many a word at the start of a phrase says, and the token after it. The most of "the most
/// violent gang" says nothing.
pub(crate) fn extent(pack: &Pack, doc: &Doc, start: usize, head: usize) -> Option<(Amount, usize)> {
    let (amount, end) = pack.actors.extents.at(doc, start, head)?;
    let word = doc.token(start);
    let degree = end == start + 1 && word.dep() == "advmod" && word.head().index() != head;
    (!degree).then_some((amount, end))
}

/// Where a phrase begins after nouns of a list that the parser took for modifiers of its last: the
/// pills of "coca paste, marijuana and fentanyl pills".
fn after_list(doc: &Doc, phrase: &Range<usize>) -> usize {
    let parts = |&at: &usize| {
        let sign = doc.token(at);
        at > phrase.start
            && (sign.pos() == Pos::Cconj || sign.text() == ",")
            && doc.token(at - 1).pos() == Pos::Noun
    };
    phrase.clone().rev().find(parts).map_or(phrase.start, |at| at + 1)
}

fn is_idle(token: Token<'_>) -> bool {
    let named = token.entity().is_some_and(|entity| labels::of_entity(entity).is_some());
    match token.pos() {
        Pos::Det | Pos::Punct | Pos::Space | Pos::Part => true,
        Pos::Num | Pos::Adp | Pos::Sym | Pos::Adv => !named && token.dep() != "compound",
        Pos::Pron | Pos::Cconj | Pos::Sconj | Pos::Aux | Pos::Intj => true,
        _ => matches!(token.dep(), "quantmod" | "predet") || token.head().pos() == Pos::Num,
    }
}

/// What a preposition among some governs after a head: "cocaine" of "tons of cocaine".
pub(crate) fn object<'d>(
    head: Token<'d>,
    is_link: impl Fn(Token<'d>) -> bool,
) -> Option<Token<'d>> {
    let links = head.children().filter(|child| child.index() > head.index());
    links.filter(|&child| is_link(child)).find_map(|link| {
        link.children().find(|child| matches!(child.dep(), "pobj" | "obj" | "nmod"))
    })
}
