//! What a time hangs on in the sentence, and whether that lies behind or ahead.

use std::ops::Range;

use atalaya_parse::{Doc, Pos, Token};

use super::Order;
use super::words::Tense;

/// How far up the tree a verb is looked for.
const REACH: usize = 12;

/// How many of a verb's dependents are looked at, so that a list without end costs no more.
const DEPENDENTS: usize = 60;

/// The token that the words in a range of bytes modify: their verb if there is one above them.
pub(crate) fn head<'d>(doc: &'d Doc, bytes: &Range<usize>) -> Option<Token<'d>> {
    let first = doc.token_at(bytes.start)?;
    let last = doc.token_at(bytes.end.checked_sub(1)?)?;
    let root = doc.span(first.index()..last.index() + 1).root()?;
    let above = || std::iter::once(root).chain(root.ancestors()).take(REACH);
    let verb = above().find(|token| matches!(token.pos(), Pos::Verb | Pos::Aux));
    verb.or_else(|| (!root.is_root()).then(|| root.head()))
}

/// Whether a verb speaks of what was or of what will be; none if its form doesn't show it.
pub(crate) fn direction(tense: &Tense, head: Token<'_>) -> Option<Order> {
    for verb in std::iter::once(head).chain(head.ancestors()).take(3) {
        if !matches!(verb.pos(), Pos::Verb | Pos::Aux) {
            break;
        }
        let children = || verb.children().take(DEPENDENTS);
        let future = |token: Token<'_>| tense.future.iter().any(|word| *word == token.norm());
        if children().any(|child| child.index() < verb.index() && future(child)) {
            return Some(Order::Future);
        }
        let ahead = |token: Token<'_>| tense.ahead.iter().any(|lemma| lemma == token.lemma());
        if ahead(verb) || !verb.is_root() && ahead(verb.head()) {
            return Some(Order::Future);
        }
        let own = verb.feature("Tense");
        let helped = children()
            .any(|child| child.pos() == Pos::Aux && child.feature("Tense") == Some("Past"));
        if own == Some("Past") || helped {
            return Some(Order::Past);
        }
        if verb.feature("VerbForm") == Some("Fin") {
            return Some(Order::Present);
        }
    }
    None
}
