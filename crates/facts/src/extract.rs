//! Extraction: from a reading to the claims its sentences make.

mod answers;
mod counters;
mod embedded;
mod links;
mod said;

use std::collections::BTreeMap;
use std::ops::Range;

use atalaya_parse::{Doc, Pos, Token};

use crate::claim::{Claim, Family, Role, Value};
use crate::clause;
use crate::coref::antecedent::Antecedents;
use crate::event::{self, Draft, Dropped, Filler, Type, View, complemented, typed};
use crate::figure;
use crate::office;
use crate::pack::Pack;
use crate::reading::{Part, Reading};
use crate::statement::{self, Statement};
use crate::value::Cited;

/// What one report says, and what was let go on the way.
#[derive(Debug, Clone, Default)]
pub struct Extraction {
    /// The claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// The part of the reading that each claim stands in.
    pub parts: Vec<usize>,
    /// What was let go, with its part.
    pub dropped: Vec<(usize, Dropped)>,
}

/// The claims of a report, in the order of its text.
pub fn extract(pack: &Pack, reading: &Reading<'_>) -> Extraction {
    let docs: Vec<&Doc> = reading.parts.iter().map(|part| &part.doc).collect();
    let statements = statement::statements(&pack.speech, &docs);
    let antecedents = Antecedents::of(pack, reading);
    let (mut dropped, mut told) = (Vec::new(), office::Told::default());
    // Part, statement, claim.
    let mut made: Vec<(usize, Option<usize>, Claim)> = Vec::new();
    for (index, part) in reading.parts.iter().enumerate() {
        let first = statements.partition_point(|said| said.part < index);
        let own = statements[first..].iter().take_while(|said| said.part == index);
        let own: Vec<(usize, &Statement)> = (first..).zip(own).collect();
        let view = View::of(pack, part, index, &antecedents);
        let (mut drafts, mut gone) = drafts(&view, &own, &mut told);
        bound(&view, &mut drafts, &mut gone);
        gone.extend(embedded::drop(&view, &mut drafts));
        dropped.extend(gone.into_iter().map(|gone| (index, gone)));
        let start = made.len();
        let claims = claims(&view, &drafts, start);
        made.extend(drafts.iter().zip(claims).map(|((said, _), claim)| (index, *said, claim)));
    }
    links::attribute(pack, reading, &statements, &mut made);
    refer(&antecedents, &reading.report.text, &mut made);
    answers::link(pack, reading, &mut made);
    answers::spare(pack, &mut made);
    let parts = made.iter().map(|(part, _, _)| *part).collect();
    Extraction { claims: made.into_iter().map(|(_, _, claim)| claim).collect(), parts, dropped }
}

/// Gives the pronouns and descriptions in roles the words of what they stand for.
fn refer(antecedents: &Antecedents<'_>, report: &str, made: &mut [(usize, Option<usize>, Claim)]) {
    for (part, _, claim) in made {
        let held: Vec<Range<usize>> =
            claim.roles.iter().map(|role| role.value.span.clone()).collect();
        let mut meant: Vec<Range<usize>> = Vec::new();
        for (index, role) in claim.roles.iter_mut().enumerate() {
            if let (Value::Actor(actor), None) = (&role.value.value, &role.value.antecedent) {
                // "Hussein, with whom the king met": the king is not Hussein.
                let other = |found: &Range<usize>| {
                    held.iter().enumerate().any(|(at, span)| {
                        at != index && report[span.clone()] == report[found.clone()]
                    })
                };
                // "they robbed them": nor are those who were robbed who robbed them.
                let found = antecedents.find(*part, actor);
                let found = found.filter(|found| !other(found) && !meant.contains(found));
                meant.extend(found.clone());
                role.value.antecedent = found;
            }
        }
    }
}

/// A draft, and which statement it is.
type Made = (Option<usize>, Draft);

/// The events, figures, offices and statements of one text, in its order.
fn drafts(
    view: &View<'_>,
    own: &[(usize, &Statement)],
    told: &mut office::Told,
) -> (Vec<Made>, Vec<Dropped>) {
    let (pack, part) = (view.pack, view.part);
    let tells = |token: usize| {
        let token = part.doc.token(token);
        pack.kinds.tells(&token.lemma().to_lowercase())
            || pack.kinds.tells(&token.norm().to_lowercase())
    };
    let clauses = clause::clauses(&pack.clauses, view.grammar, &tells);
    let (events, mut dropped) = event::events(view, &clauses);
    let (figures, gone) = figure::figures(view, &clauses, &events);
    dropped.extend(gone);
    let offices = office::offices(view, told);
    let all = events.into_iter().chain(figures).chain(offices);
    let mut drafts: Vec<Made> = all.map(|draft| (None, draft)).collect();
    let said = said::drafts(view, &clauses, own);
    drafts.extend(said.into_iter().map(|(index, draft)| (Some(index), draft)));
    drafts.sort_by_key(|(said, draft)| (draft.head, draft.kind, *said));
    (drafts, dropped)
}

/// The longest sentence that tells claims, in bytes, and the most claims of one. Each claim shows its
/// sentence, so that without bounds a text that never ends one would cost its length squared.
const LONGEST: usize = 10_000;
const MOST: usize = 64;

/// Lets go of what a sentence tells beyond these bounds.
fn bound(view: &View<'_>, drafts: &mut Vec<Made>, dropped: &mut Vec<Dropped>) {
    let (mut sentence, mut told) = (0..0, 0);
    drafts.retain(|(_, draft)| {
        let own = view.doc().token(draft.head).sentence().bytes();
        told = if own == sentence { told + 1 } else { 1 };
        sentence = own;
        let why = match (sentence.len(), told) {
            (length, _) if length > LONGEST => "the sentence is too long",
            (_, told) if told > MOST => "the sentence tells too much",
            _ => return true,
        };
        dropped.push(draft.dropped(why.to_owned()));
        false
    });
}

/// Sets the drafts of a text among the claims of their report, of which there are `start` before.
fn claims(view: &View<'_>, drafts: &[Made], start: usize) -> Vec<Claim> {
    // What a name says of itself is no content of another claim.
    let kinds = &view.pack.kinds.kinds;
    let named =
        |draft: &Draft| matches!(kinds[draft.kind].family, Family::Office | Family::Relation);
    let mut by_token: BTreeMap<usize, usize> = BTreeMap::new();
    for (index, (_, draft)) in
        drafts.iter().enumerate().filter(|(_, (said, draft))| said.is_none() && !named(draft))
    {
        by_token.entry(draft.head).or_insert(index);
    }
    for (index, (_, draft)) in
        drafts.iter().enumerate().filter(|(_, (said, draft))| said.is_none() && !named(draft))
    {
        by_token.entry(draft.carrier).or_insert(index);
    }
    let mut claims: Vec<Claim> =
        drafts.iter().map(|(_, draft)| claim(view, draft, &by_token, start, drafts)).collect();
    for index in 0..claims.len() {
        for role in claims[index].roles.clone() {
            if let Value::Claim(inner) = role.value.value
                && inner != start + index
            {
                let within = &mut claims[inner - start].within;
                *within = within.or(Some(start + index));
            }
        }
    }
    claims
}

fn claim(
    view: &View<'_>,
    draft: &Draft,
    by_token: &BTreeMap<usize, usize>,
    start: usize,
    drafts: &[Made],
) -> Claim {
    let part = view.part;
    let kind = &view.pack.kinds.kinds[draft.kind];
    let source = |span: &Range<usize>| part.prepared.source(span.clone());
    let mut roles: Vec<(usize, Role)> = Vec::new();
    for (role, cited) in &draft.roles {
        let inner = |token: &usize| {
            let inner = by_token.get(token).filter(|&&inner| drafts[inner].1.head != draft.head);
            inner.map(|inner| Cited::new(Value::Claim(start + inner), cited.span.clone()))
        };
        let cited = &match &cited.value {
            Filler::Value(value) => Cited { value: value.clone(), ..blank(cited) },
            Filler::Clause(token) => inner(token).unwrap_or_else(|| named(view, *token, cited)),
        };
        let value = cited.value.clone();
        let value = Cited {
            value: lifted(value, part),
            span: source(&cited.span),
            antecedent: cited.antecedent.as_ref().map(source),
        };
        roles.push((*role, Role { id: kind.roles[*role].0.clone(), value, denied: false }));
    }
    roles.sort_by_key(|(order, role)| (*order, role.value.span.start));
    let sentence = part.doc.token(draft.head).sentence().bytes();
    Claim {
        kind: kind.name.clone(),
        family: kind.family,
        assertion: draft.assertion,
        status: draft.status,
        aspect: draft.aspect,
        presupposed: draft.presupposed,
        attribution: Vec::new(),
        roles: roles.into_iter().map(|(_, role)| role).collect(),
        trigger: source(&draft.trigger),
        sentence: source(&sentence),
        within: None,
        rule: draft.rule.clone(),
    }
}

/// The words of a value without it.
fn blank(cited: &Cited<Filler>) -> Cited<Value> {
    let antecedent = cited.antecedent.clone();
    Cited { value: Value::Text(String::new()), span: cited.span.clone(), antecedent }
}

/// What tells no claim of its own: of a noun the thing it names, else the words.
fn named(view: &View<'_>, token: usize, cited: &Cited<Filler>) -> Cited<Value> {
    match typed(view, token, Type::Thing) {
        // "ties to the militia": the noun alone says too little.
        Some(Cited { value: Filler::Value(Value::Thing(_)), span, .. })
            if complemented(view, &span, &|_| false).end > span.end =>
        {
            // "multiple requests": what they are like is not cut off.
            let doc = view.doc();
            let first = doc.token_at(cited.span.start).map(Token::index);
            let first =
                first.and_then(|first| (first..token).find(|&at| doc.token(at).pos() != Pos::Det));
            let start = first.map_or(span.start, |first| doc.token(first).bytes().start);
            let span = start.min(span.start)..complemented(view, &span, &|_| false).end;
            Cited::new(Value::Text(view.doc().text()[span.clone()].to_owned()), span)
        }
        Some(Cited { value: Filler::Value(value), span, .. }) => Cited::new(value, span),
        _ => {
            let words = view.doc().text()[cited.span.clone()].to_owned();
            Cited::new(Value::Text(words), cited.span.clone())
        }
    }
}

/// A value whose inner spans point into the report's text, as its own does.
fn lifted(value: Value, part: &Part) -> Value {
    let source = |span: &Range<usize>| part.prepared.source(span.clone());
    match value {
        Value::Quantity(mut quantity) => {
            if let Some(of) = &mut quantity.of {
                of.span = source(&of.span);
            }
            Value::Quantity(quantity)
        }
        Value::Actor(mut actor) => {
            if let Some(office) = &mut actor.office {
                office.words = source(&office.words);
            }
            for member in &mut actor.members {
                member.span = source(&member.span);
            }
            Value::Actor(actor)
        }
        Value::Period(mut period) => {
            for end in &mut period.ends {
                end.span = source(&end.span);
            }
            Value::Period(period)
        }
        other => other,
    }
}
