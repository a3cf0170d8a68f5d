//! Those that belong to an actor and are named beside it: "four cartels: A, B", "gangs such as A".

use std::ops::Range;

use atalaya_parse::Pos;

use crate::pack::Class;
use crate::value::Cited;

use super::{Actor, Extent, Form, Scene};

/// The most tokens between an actor and what introduces its members.
const GAP: usize = 2;

/// Gives actors the members that the words after them name. The members stay actors of their own.
pub(super) fn join(scene: Scene<'_>, found: &mut [Cited<Actor>]) {
    let tokens: Vec<Range<usize>> = found.iter().map(|actor| tokens(scene, actor)).collect();
    let mut next = 0;
    while next + 1 < found.len() {
        let whole = next;
        next += 1;
        let Some((start, examples)) = introduced(scene, tokens[whole].end) else { continue };
        let class = found[whole].value.class;
        let mut members = Vec::new();
        let mut at = start;
        while next < found.len() && between(scene, at..tokens[next].start) {
            inherit(scene, &mut found[next].value, class);
            members.push(found[next].clone());
            at = tokens[next].end;
            next += 1;
        }
        if members.is_empty() {
            continue;
        }
        // The last of a list can introduce another list.
        next -= 1;
        if examples && found[whole].value.extent.is_none() {
            found[whole].value.extent = Some(Extent::Examples);
        }
        found[whole].value.members = members;
    }
}

/// Gives a member of which no more is known than the sort of its name the class of the whole.
fn inherit(scene: Scene<'_>, member: &mut Actor, class: Option<Class>) {
    let classes = &scene.pack.classes;
    let alike = classes.is_person(class) == classes.is_person(member.class);
    let fits = member.class.is_none() || alike;
    if member.form == Form::Name && classes.is_default(member.class) && fits {
        member.class = class.or(member.class);
    }
}

fn tokens(scene: Scene<'_>, actor: &Cited<Actor>) -> Range<usize> {
    let token = |byte: usize| scene.doc.token_at(byte).map(atalaya_parse::Token::index);
    let start = token(actor.span.start).unwrap_or(actor.value.head);
    start..token(actor.span.end.saturating_sub(1)).unwrap_or(actor.value.head) + 1
}

/// Where a list starts after an actor, and whether it gives examples only.
fn introduced(scene: Scene<'_>, end: usize) -> Option<(usize, bool)> {
    for at in end..scene.doc.len().min(end + GAP) {
        let token = scene.doc.token(at);
        if token.is_sentence_start() {
            return None;
        }
        if token.text() == ":" {
            return Some((at + 1, false));
        }
        if let Some((_, end)) = scene.pack.actors.examples.at(scene.doc, at, scene.doc.len()) {
            return Some((end, true));
        }
        if token.text() != "," && token.text() != "(" && token.text() != "–" {
            return None;
        }
    }
    None
}

/// Whether nothing but signs, articles, numbers and "and" stand in a stretch.
fn between(scene: Scene<'_>, tokens: Range<usize>) -> bool {
    tokens.start <= tokens.end
        && tokens.len() <= 4
        && tokens.map(|index| scene.doc.token(index)).all(|token| {
            let stops = matches!(token.text(), "." | ";" | "!" | "?") || token.is_sentence_start();
            let idle = matches!(token.pos(), Pos::Punct | Pos::Det | Pos::Cconj | Pos::Num);
            idle && !stops
        })
}
