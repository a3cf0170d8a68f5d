//! Other names that stand right beside a name: `alias "Topo"`, "(FLN)".

use std::collections::HashMap;
use std::ops::Range;

use atalaya_parse::{Doc, Pos};

use crate::pack::Pack;
use crate::value::Cited;

use super::{Actor, Form, Scene};

/// The most tokens of another name.
const LONGEST: usize = 6;

/// Adds the other names that stand beside names as actors of their own, and tells those that were
/// found already what they are other names of.
pub(super) fn add(scene: Scene<'_>, found: &mut Vec<Cited<Actor>>) {
    let heads: HashMap<usize, usize> =
        found.iter().enumerate().map(|(at, actor)| (actor.value.head, at)).collect();
    for at in 0..found.len() {
        let actor = &found[at];
        if actor.value.form != Form::Name {
            continue;
        }
        let Some(tokens) = after(scene.pack, scene.doc, actor) else { continue };
        let value = Actor {
            head: tokens.end - 1,
            name: scene.doc.span(tokens.clone()).text().to_owned(),
            office: None,
            extent: None,
            ..actor.value.clone()
        };
        match tokens.clone().find_map(|token| heads.get(&token)) {
            Some(&other) => {
                let other = &mut found[other].value;
                if scene.pack.classes.is_default(other.class) {
                    (other.class, other.country) = (value.class, value.country);
                }
            }
            None => found.push(Cited::new(value, scene.doc.span(tokens).bytes())),
        }
    }
    found.sort_by_key(|actor| actor.value.head);
}

/// The tokens of another name that follows an actor's. Short forms in brackets are of bodies: after a
/// person stands his party's.
pub(crate) fn after(pack: &Pack, doc: &Doc, actor: &Cited<Actor>) -> Option<Range<usize>> {
    let mut at = doc.token_at(actor.span.end.saturating_sub(1))?.index() + 1;
    let limit = doc.len().min(at + 2 * LONGEST);
    let text = |at: usize| (at < limit).then(|| doc.token(at).text());
    if text(at) == Some("(") {
        let inner = at + 1;
        let short = text(inner).is_some_and(is_acronym) && text(inner + 1) == Some(")");
        if short && !pack.classes.is_person(actor.value.class) {
            return Some(inner..inner + 1);
        }
        at = inner;
    } else if text(at) == Some(",") {
        at += 1;
    }
    let (_, next) = (at < limit).then(|| pack.actors.aliases.at(doc, at, limit))??;
    // "Mora called Ruiz": he is not so called.
    let calls = |verb: usize| {
        doc.token(verb).children().any(|child| child.dep() == "nsubj" && child.index() < verb)
    };
    if (at..next).any(calls) {
        return None;
    }
    at = next;
    let opened =
        |at: usize| text(at).is_some_and(|text| matches!(text, "\"" | "'" | "“" | "‘" | "«"));
    let mut quoted = false;
    while at < limit && (doc.token(at).pos() == Pos::Det || opened(at)) {
        quoted |= opened(at);
        at += 1;
    }
    // `known as the "Queen of Thieves"`: all between the marks.
    let closed =
        |at: &usize| text(*at).is_some_and(|text| matches!(text, "\"" | "'" | "”" | "’" | "»"));
    let whole = (at..limit.min(at + LONGEST + 1)).find(closed).filter(|&end| quoted && end > at);
    if let Some(end) = whole.filter(|_| begins_big(doc, at)) {
        let last = (at..end).rev().find(|&at| doc.token(at).pos() != Pos::Punct)?;
        return Some(at..last + 1);
    }
    let goes_on = |&at: &usize| {
        let token = doc.token(at);
        let big = token.text().chars().next().is_some_and(char::is_uppercase);
        big || token.pos() == Pos::Propn
    };
    let length = (at..limit.min(at + LONGEST)).take_while(goes_on).count();
    // "alias Jorge 40".
    let numbered = length > 0
        && at + length < limit
        && doc.token(at + length).pos() == Pos::Num
        && doc.token(at + length).text().chars().all(|c| c.is_ascii_digit())
        && (at + length + 1..limit).next().is_none_or(|next| doc.token(next).pos() == Pos::Punct);
    let length = length + usize::from(numbered);
    (length > 0).then_some(at..at + length)
}

/// Whether a word begins as names do.
fn begins_big(doc: &Doc, at: usize) -> bool {
    doc.token(at).text().starts_with(char::is_uppercase)
}

fn is_acronym(text: &str) -> bool {
    (2..=12).contains(&text.len())
        && text.chars().filter(|c| c.is_uppercase()).count() >= 2
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '&'))
}
