//! Who says what the claims within statements tell.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use atalaya_parse::{Doc, Pos, Token};

use super::counters::counter;
use super::said::{HEADLINE, is_thing, names_a_speaker, points};
use crate::claim::{Claim, Family, Link};
use crate::clause::grammar::REACH;
use crate::clause::labels::{Relation, is_body, is_question_word, is_relative_pronoun, relation};
use crate::figure::is_share;
use crate::pack::Pack;
use crate::reading::{Part, Reading};
use crate::speech::Sense;
use crate::statement::{self, Role, Source, Statement};
use crate::value::Cited;
use crate::value::actor::{self, Actor};

/// The name right behind a noun that says what it is, "the newspaper El Faro", and its words.
pub(super) fn named_beside(doc: &Doc, noun: usize) -> Option<(usize, Range<usize>)> {
    let token = doc.token(noun);
    if token.pos() != Pos::Noun {
        return None;
    }
    let own = token
        .children()
        .find(|child| relation(child.dep()) == Relation::Apposition && child.index() > noun);
    // The parser takes the two for two subjects, too.
    let subject = || {
        let verb = token.head();
        let same = |child: &Token<'_>| child.dep() == token.dep() && child.index() > noun;
        verb.children().find(same).filter(|_| relation(token.dep()) == Relation::Subject)
    };
    let name = own.or_else(subject)?;
    let first = name.children().map(Token::index).chain([name.index()]).min()?;
    let beside =
        (noun + 1..=first).all(|at| doc.token(at).pos() != Pos::Punct) && first <= noun + 2;
    let fits = name.pos() == Pos::Propn && beside;
    let small = doc.token(first).pos() == Pos::Det && first < name.index();
    let first = first + usize::from(small);
    fits.then(|| (name.index(), doc.token(first).bytes().start..name.bytes().end))
}

/// Whether an actor's words end within a possessor of a longer phrase.
pub(super) fn is_cut(text: &str, phrase: &Range<usize>, own: &Range<usize>) -> bool {
    let rest = text.get(own.end..phrase.end).unwrap_or_default();
    own.start >= phrase.start && (rest.starts_with("'s ") || rest.starts_with("’s "))
}

/// The whole name of a body of which an actor's words are only a part: "International Centre" of "the
/// International Centre **for Prison Studies**", "Office" of "**the United Nations'** Office on Drugs".
/// The pronoun of "another of their sources" stands for what it is one of.
pub(super) fn is_part_of_name(
    part: &Part,
    actor: &Cited<Actor>,
    phrase: &Range<usize>,
) -> Option<Range<usize>> {
    let (doc, own) = (&part.doc, &actor.span);
    if own.start < phrase.start || own.end > phrase.end || own == phrase {
        return None;
    }
    let pronoun = actor.value.form == actor::Form::Pronoun && own.start == phrase.start;
    let next = doc.token_at(own.end.saturating_sub(1))?.index() + 1;
    let leads = |at: usize| {
        at + 1 < doc.len()
            && doc.token(at).pos() == Pos::Adp
            && doc.token(at).bytes().end <= phrase.end
            && relation(doc.token(at).dep()) == Relation::Preposition
    };
    if pronoun {
        return leads(next).then(|| phrase.clone());
    }
    let head = doc.token(actor.value.head);
    let named = actor.value.form == actor::Form::Name
        && actor.value.office.is_none()
        && head.pos() == Pos::Propn
        && head.entity().is_none_or(|entity| is_body(entity.label()));
    let big = |at: usize| {
        let object = (at + 1..doc.len().min(at + 4)).find(|&at| doc.token(at).pos() != Pos::Det);
        object.is_some_and(|at| doc.token(at).pos() == Pos::Propn)
    };
    let short = phrase.len() <= LONGEST && doc.text()[phrase.clone()].chars().all(|c| c != ',');
    // "Tribuna do Norte": a name whose words are all one's.
    let inside =
        |token: &Token<'_>| token.bytes().start >= phrase.start && token.bytes().end <= phrase.end;
    let first = doc.token_at(phrase.start).map_or(next, Token::index);
    let first = first + usize::from(doc.token(first).pos() == Pos::Det);
    let whole = (first..doc.len()).map(|at| doc.token(at)).take_while(inside).take(8);
    let all = named
        && whole.clone().count() <= 6
        && whole.clone().all(|token| {
            matches!(token.pos(), Pos::Propn | Pos::X)
                || token.pos() == Pos::Adj && token.text().starts_with(char::is_uppercase)
        })
        && !whole.clone().any(|token| is_place_token(part, token));
    if all {
        return Some(doc.token(first).bytes().start.min(own.start)..phrase.end);
    }
    let goes_on = named && short && leads(next) && big(next) && !is_place_at(part, next);
    goes_on.then(|| phrase.clone())
}

/// Whether a preposition leads to a place: "the mayor in Lima" is not so called.
fn is_place_at(part: &Part, preposition: usize) -> bool {
    let doc = &part.doc;
    let near = preposition + 1..doc.len().min(preposition + 4);
    let object = near.into_iter().find(|&at| doc.token(at).pos() == Pos::Propn);
    let Some(start) = object.map(|at| doc.token(at).bytes().start) else { return false };
    part.places.iter().any(|place| place.span.contains(&start))
}

/// Whether a token stands in a place's name of its own.
fn is_place_token(part: &Part, token: Token<'_>) -> bool {
    let start = token.bytes().start;
    let place = part.places.iter().find(|place| place.span.contains(&start));
    place.is_some_and(|place| place.value.form != crate::value::place::Form::PartOfName)
}

/// The longest name of a body, in bytes.
const LONGEST: usize = 90;

/// An actor's words with the words of its own name or title right before them that were left out:
/// "**Attorney** General Mora", "**United** Nations Office".
pub(super) fn titled(doc: &Doc, phrase: &Range<usize>, own: Range<usize>) -> Range<usize> {
    let Some(first) = doc.token_at(own.start).map(Token::index) else { return own };
    let belongs = |at: &usize| {
        let token = doc.token(*at);
        token.pos() == Pos::Propn
            && matches!(
                relation(token.dep()),
                Relation::Compound | Relation::Adjective | Relation::Oblique
            )
            && token.bytes().start >= phrase.start
    };
    let start = (0..first).rev().take_while(belongs).last();
    start.map_or(own.start, |start| doc.token(start).bytes().start)..own.end
}

/// The most speakers that a claim is led through: of more, those nearest to it count.
const DEEPEST: usize = 16;

/// Tells of every claim within a statement who says it. `made` are the claims with the statement
/// that each is, if it is one.
pub(super) fn attribute(
    pack: &Pack,
    reading: &Reading<'_>,
    statements: &[Statement],
    made: &mut [(usize, Option<usize>, Claim)],
) {
    let own = made.iter().enumerate().filter_map(|(at, (_, said, _))| Some(((*said)?, at)));
    let claims: HashMap<usize, usize> = own.collect();
    // "may have told the police of the visit": who may have told it has not.
    let real = |at: &usize| made[*at].2.assertion.realis.is_real();
    let unreal: HashSet<usize> =
        claims.iter().filter(|(_, at)| !real(at)).map(|(said, _)| *said).collect();
    let holders: Vec<Holder> = statements.iter().map(|said| holder(reading, said)).collect();
    for (part, own, claim) in made {
        let first = statements.partition_point(|said| said.part < *part);
        let last = statements.partition_point(|said| said.part <= *part);
        let mut around: Vec<usize> = (first..last)
            .rev()
            .filter(|said| Some(*said) != *own && holds(&holders[*said], &claim.trigger))
            // "has called on the army to stop": who calls on it is not told of that by himself.
            .filter(|said| !is_of_cue(reading, &statements[*said], claim))
            .take(DEEPEST)
            .collect();
        around.sort_by_key(|said| holders[*said].iter().map(Range::len).sum::<usize>());
        let noun = is_noun(reading, *part, claim);
        let known = claim.presupposed || claim.family == Family::Figure || noun;
        let apart = claim.presupposed && noun && stands_apart(pack, reading, *part, claim);
        let aside = match around.is_empty() {
            true => None,
            false => aside(&reading.parts[*part], claim),
        };
        // Who somebody is stands beside what is said of him, and is the report's own, but not in a
        // quotation.
        let named = matches!(claim.family, Family::Office | Family::Relation)
            && pack.kinds.by_name(&claim.kind).is_some_and(|kind| kind.triggers.is_empty());
        let links: Vec<Link> = around
            .iter()
            .filter(|said| !(noun && claim.presupposed && unreal.contains(said)))
            .map(|said| &statements[*said])
            .filter(|said| !(said.asks || known && said.judges))
            .filter(|said| !(is_kept_back(reading, said) || noun && said.denied))
            .filter(|said| !(apart && said.form == statement::Form::Indirect))
            .filter(|said| !(named && said.form != statement::Form::Direct))
            .filter(|said| !aside.as_ref().is_some_and(|aside| is_left_by(said, aside)))
            .filter(|said| !(asks_what(reading, said) && thinks(pack, said)))
            .filter(|said| {
                said.rule != HEADLINE || names_a_speaker(pack, &reading.parts[said.part], said)
            })
            .filter(|said| {
                pack.speech.sense(&said.rule) != Some(Sense::Evidence) || shows(pack, reading, said)
            })
            .flat_map(|said| links(pack, reading, said))
            .collect();
        let inner = around.iter().find_map(|said| claims.get(said)).copied();
        claim.attribution = links;
        if claim.family == Family::Figure && claim.attribution.is_empty() {
            claim.attribution.extend(counter(pack, &reading.parts[*part], claim));
        }
        if !named {
            claim.within = claim.within.or(inner);
        }
    }
}

/// Whether a claim is told by the very words by which somebody says it.
fn is_of_cue(reading: &Reading<'_>, said: &Statement, claim: &Claim) -> bool {
    let prepared = &reading.parts[said.part].prepared;
    let cue = said.cue.clone().map(|cue| prepared.source(cue));
    cue.is_some_and(|cue| cue.start <= claim.trigger.start && claim.trigger.start < cue.end)
}

/// Whether a noun tells a claim: his visit is taken for granted where he denies what came of it.
fn is_noun(reading: &Reading<'_>, part: usize, claim: &Claim) -> bool {
    let part = &reading.parts[part];
    trigger(part, claim).is_some_and(|at| part.doc.token(at).pos() == Pos::Noun)
}

/// The token that the words of a claim's trigger start with.
pub(super) fn trigger(part: &Part, claim: &Claim) -> Option<usize> {
    let start = |at: usize| part.prepared.source(part.doc.token(at).bytes()).start;
    let (mut first, mut last) = (0, part.doc.len());
    while first < last {
        let middle = usize::midpoint(first, last);
        match start(middle) < claim.trigger.start {
            true => first = middle + 1,
            false => last = middle,
        }
    }
    (first < part.doc.len()).then_some(first)
}

/// Whether a deed that is taken for granted only says when another was, set apart by a comma: "the police
/// estimate a third passed Gdynia, following the seizure of ten tons". That is the report's own.
fn stands_apart(pack: &Pack, reading: &Reading<'_>, part: usize, claim: &Claim) -> bool {
    let part = &reading.parts[part];
    let Some(noun) = trigger(part, claim).map(|at| part.doc.token(at)) else { return false };
    let preposition = noun.head();
    let before = preposition.index().checked_sub(1).map(|at| part.doc.token(at));
    relation(noun.dep()) == Relation::PrepositionObject
        && pack.clauses.apart.contains(&preposition.norm().to_lowercase())
        && before.is_some_and(|before| before.text() == ",")
}

/// The relative clause that a claim stands in, where a comma sets it apart: "Mora, **who was fired**".
fn aside(part: &Part, claim: &Claim) -> Option<Range<usize>> {
    let doc = &part.doc;
    let up = std::iter::successors(trigger(part, claim), |&at| {
        let token = doc.token(at);
        (!token.is_root()).then(|| token.head().index())
    });
    let relative = |&at: &usize| relation(doc.token(at).dep()) == Relation::Relative;
    let verb = up.take(REACH).find(relative)?;
    let below = doc.token(verb).subtree();
    let (first, last) = below.fold((verb, verb), |(first, last), token| {
        (first.min(token.index()), last.max(token.index()))
    });
    let comma = first.checked_sub(1).is_some_and(|at| doc.token(at).text() == ",");
    comma.then_some(first..last + 1)
}

/// Whether a sentence leaves what somebody says for a clause set apart from it: "said that Mora, who was
/// fired in May, had fled". That is the report's own.
fn is_left_by(said: &Statement, aside: &Range<usize>) -> bool {
    said.form == statement::Form::Indirect && said.verb.is_some_and(|verb| verb < aside.start)
}

/// Whether it is not said: "did not say how many of those arrested were soldiers".
fn is_kept_back(reading: &Reading<'_>, said: &Statement) -> bool {
    let doc = &reading.parts[said.part].doc;
    said.verb.is_some_and(|verb| {
        doc.token(verb).children().any(|child| relation(child.dep()) == Relation::Negation)
    })
}

/// Whether its content is a question: "understand how guns are moved".
fn asks_what(reading: &Reading<'_>, said: &Statement) -> bool {
    let doc = &reading.parts[said.part].doc;
    let first = said.content.first().and_then(|content| doc.token_at(content.start));
    first.is_some_and(is_question_word)
}

/// Whether it tells what somebody has in mind: "knows", "learned".
fn thinks(pack: &Pack, said: &Statement) -> bool {
    pack.speech.sense(&said.rule) == Some(Sense::Attitude)
}

/// Whether a source of evidence is a text or somebody: "the size of the market suggests" is the report's.
fn shows(pack: &Pack, reading: &Reading<'_>, said: &Statement) -> bool {
    said.verb.is_none()
        || said.sources.iter().any(|source| {
            let part = &reading.parts[source.part];
            source.noun.or(source.head).is_some_and(|head| {
                let token = part.doc.token(head);
                pack.speech.is_document(token)
                    || part.actor_at(head).is_some()
                    || token.pos() == Pos::Propn
                    || token.pos() == Pos::Pron && !points(token)
            })
        })
}

/// The words of a statement's content, in bytes of the report's text.
type Holder = Vec<Range<usize>>;

fn holder(reading: &Reading<'_>, said: &Statement) -> Holder {
    let source = |span: &Range<usize>| reading.parts[said.part].prepared.source(span.clone());
    said.content.iter().map(source).collect()
}

fn holds(content: &[Range<usize>], words: &Range<usize>) -> bool {
    content.iter().any(|piece| piece.start <= words.start && words.end <= piece.end)
}

/// Whether those who say it are only counted: "72 percent of the voters said", "the proportion saying".
fn is_share_of_people(pack: &Pack, part: &Part, head: Token<'_>) -> bool {
    let figures = &pack.clauses.figures;
    let lemma = head.lemma().to_lowercase();
    let start = head.bytes().start;
    let at = part.quantities.partition_point(|quantity| quantity.span.end <= start);
    let quantity = part.quantities.get(at).filter(|quantity| quantity.span.contains(&start));
    quantity.is_some_and(|quantity| is_share(&quantity.value))
        || figures.sums.contains(&lemma) && !pack.speech.is_document(head)
}

/// How a source is called: by its name, or by the words that describe it where its head is not among
/// those of the name ("a member of the committee").
pub(super) fn called(part: &Part, actor: &Cited<Actor>, phrase: &Range<usize>) -> String {
    let head = part.doc.token(actor.value.head).text();
    let name = &actor.value.name;
    let text = part.doc.text();
    if !name.contains(head) && actor.value.form == actor::Form::Description {
        return text[actor.span.clone()].to_owned();
    }
    // "Directorate of Peru" of "the Directorate of Peru's police" is nobody.
    if is_cut(text, phrase, &actor.span) {
        return text[phrase.clone()].to_owned();
    }
    if let Some(whole) = is_part_of_name(part, actor, phrase) {
        return text[whole].to_owned();
    }
    let whole = titled(&part.doc, phrase, actor.span.clone());
    match text[actor.span.clone()] == **name && whole != actor.span {
        true => text[whole].to_owned(),
        false => name.clone(),
    }
}

fn links(pack: &Pack, reading: &Reading<'_>, said: &Statement) -> Vec<Link> {
    let via = said.sources.iter().find(|source| source.role == Role::Recipient);
    let name = |source: &Source| {
        let part = &reading.parts[source.part];
        let beside = source.head.and_then(|head| named_beside(&part.doc, head));
        let head = beside.as_ref().map(|(name, _)| *name).or(source.noun).or(source.head);
        let actor = head.and_then(|head| part.actor_at(head)).map(|at| &part.actors[at]);
        let span = match (&beside, &source.antecedent) {
            (Some((_, span)), _) => span.clone(),
            (None, Some((_, span))) if source.noun.is_some() => span.clone(),
            _ => source.span.clone(),
        };
        let words = || part.doc.text()[span.clone()].to_owned();
        let class = actor.and_then(|actor| actor.value.class);
        (
            actor.map_or_else(words, |actor| called(part, actor, &span)),
            class.map(|class| pack.classes.name(class).to_owned()),
        )
    };
    // "figures which show": who "which" is the sentence tells, not its words.
    let named = |source: &&Source| {
        let head = source.head.map(|head| reading.parts[source.part].doc.token(head));
        head.is_none_or(|head| {
            let thing = said.verb.is_some() && is_thing(pack, &reading.parts[source.part], head);
            let stands = source.noun.map(|noun| reading.parts[source.part].doc.token(noun));
            let told = stands.is_some_and(|noun| {
                let part = &reading.parts[source.part];
                pack.speech.is_document(noun) || part.actor_at(noun.index()).is_some()
            });
            let part = &reading.parts[source.part];
            (!is_relative_pronoun(head) && !points(head) || told)
                && !thing
                && !is_share_of_people(pack, part, head)
        })
    };
    // "said in a statement": the statement only carries what its speaker says.
    let spoken = said.sources.iter().any(|source| source.role == Role::Speaker && named(&source));
    let carries = |source: &&Source| spoken && source.role == Role::Document;
    let speakers = said
        .sources
        .iter()
        .filter(|source| source.role != Role::Recipient && !carries(source))
        .filter(named);
    speakers
        .map(|source| {
            let (own, class) = name(source);
            Link {
                span: reading.parts[source.part].prepared.source(source.span.clone()),
                name: own,
                class,
                via: via.map(|via| name(via).0),
                quoted: said.form != statement::Form::Indirect,
                when: None,
            }
        })
        .collect()
}
