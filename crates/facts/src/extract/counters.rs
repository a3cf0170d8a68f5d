//! Who counted: "the observatory recorded 40 deaths", "a poll puts it at 36 percent". Such a number is
//! theirs as much as one that they are quoted with.

use atalaya_parse::{Pos, Token};

use super::links::{called, trigger};
use crate::claim::{Claim, Link};
use crate::clause::grammar::REACH;
use crate::clause::labels::{Relation, relation};
use crate::pack::{Pack, Stands};
use crate::reading::Part;

/// The body or text that a figure's own clause tells to have counted it, if it does.
pub(super) fn counter(pack: &Pack, part: &Part, figure: &Claim) -> Option<Link> {
    let verb = verb(part, trigger(part, figure)?)?;
    figure.assertion.realis.is_real().then_some(())?;
    let subject = verb
        .children()
        .find(|child| relation(child.dep()) == Relation::Subject && child.index() < verb.index())?;
    let figures = &pack.clauses.figures;
    let lemma = verb.lemma().to_lowercase();
    let text = pack.speech.is_document(subject) && figures.gives.contains(&lemma);
    let body = || is_body(pack, part, subject) && figures.counts.contains(&lemma);
    (text || body()).then_some(())?;
    let words = subject.subtree().take(REACH).fold(subject.bytes(), |words, token| {
        words.start.min(token.bytes().start)..words.end.max(token.bytes().end)
    });
    let actor = part.actor_at(subject.index()).map(|at| &part.actors[at]);
    let class = actor.and_then(|actor| actor.value.class);
    Some(Link {
        span: part.prepared.source(words.clone()),
        name: actor.map_or_else(
            || part.doc.text()[words.clone()].to_owned(),
            |actor| called(part, actor, &words),
        ),
        class: class.map(|class| pack.classes.name(class).to_owned()),
        via: None,
        quoted: false,
        when: None,
    })
}

/// The verb of the clause that a token stands in, if it is not negated.
fn verb(part: &Part, from: usize) -> Option<Token<'_>> {
    let doc = &part.doc;
    let up = std::iter::successors(Some(doc.token(from)), |token| {
        (!token.is_root()).then(|| token.head())
    });
    let verb = up.take(REACH).find(|token| matches!(token.pos(), Pos::Verb | Pos::Aux))?;
    let negated = verb.children().any(|child| relation(child.dep()) == Relation::Negation);
    (!negated).then_some(verb)
}

/// Whether somebody is a body that can count, and no country: "Venezuela recorded" names no source.
fn is_body(pack: &Pack, part: &Part, subject: Token<'_>) -> bool {
    let actor = part.actor_at(subject.index()).map(|at| &part.actors[at].value);
    let class = actor.and_then(|actor| actor.class);
    let is = |stands: Stands| {
        let wanted = pack.classes.standing_for(stands);
        class.zip(wanted).is_some_and(|(class, wanted)| pack.classes.is_a(class, wanted))
    };
    class.is_some() && !is(Stands::Country) && !is(Stands::Person)
}
