//! Figures: how many and how much, with what is counted, of whom, where and when.

use std::ops::Range;

use crate::claim::{Aspect, Assertion, Family, Realis, Value};
use crate::clause::grammar::REACH;
use crate::clause::labels::Relation;
use crate::clause::{Clause, Form, Slot};
use crate::event::{Draft, Filler, Type, View, typed};
use crate::value::Cited;
use crate::value::period;
use crate::value::quantity::{Quantity, RANK};

/// A bare count below this is told in passing and no figure.
const LEAST: f64 = 20.0;

/// The figures of one text that no event holds.
pub(crate) fn figures(view: &View<'_>, clauses: &[Clause], events: &[Draft]) -> Vec<Draft> {
    let Some(kind) = view.pack.kinds.kinds.iter().position(|kind| kind.family == Family::Figure)
    else {
        return Vec::new();
    };
    let spans = told(events);
    let mut figures: Vec<Draft> = Vec::new();
    let mut before: Option<&Cited<Quantity>> = None;
    for cited in &view.part.quantities {
        let held = spans.binary_search_by(|span| order(span, &cited.span)).is_ok();
        let whole = counting(view, before, cited);
        if !held {
            figures.extend(figure(view, clauses, kind, &whole));
        }
        before = Some(cited);
    }
    figures
}

/// A bare number right after a count of the same sentence counts the same: "from 900 men to 1,200".
fn counting(
    view: &View<'_>,
    before: Option<&Cited<Quantity>>,
    cited: &Cited<Quantity>,
) -> Cited<Quantity> {
    let mut whole = cited.clone();
    let sentence = |at: usize| view.doc().token_at(at).map(|token| token.sentence().range());
    if let Some(before) = before
        && whole.value.unit.is_none()
        && whole.value.of.is_none()
        && before.value.unit.is_none()
        && sentence(before.span.start) == sentence(cited.span.start)
    {
        whole.value.of = before.value.of.clone();
    }
    whole
}

/// The words of quantities that events hold, in order.
fn told(events: &[Draft]) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = events
        .iter()
        .flat_map(|draft| &draft.roles)
        .filter(|(_, cited)| matches!(cited.value, Filler::Value(Value::Quantity(_))))
        .map(|(_, cited)| cited.span.clone())
        .collect();
    spans.sort_by_key(|span| (span.start, span.end));
    spans
}

fn order(a: &Range<usize>, b: &Range<usize>) -> std::cmp::Ordering {
    (a.start, a.end).cmp(&(b.start, b.end))
}

fn figure(
    view: &View<'_>,
    clauses: &[Clause],
    kind: usize,
    cited: &Cited<Quantity>,
) -> Option<Draft> {
    let doc = view.doc();
    let first = doc.token_at(cited.span.start)?.index();
    let last = doc.token_at(cited.span.end.saturating_sub(1))?.index();
    let head = doc.span(first..last + 1).root()?.index();
    let owner = view.grammar.owner(head);
    let clause =
        clauses.binary_search_by_key(&owner, |clause| clause.head).ok().map(|at| &clauses[at]);
    // "the first half of 2012": part of a date.
    if (first..=last).any(|at| view.period(at).is_some()) {
        return None;
    }
    let when = own_time(view, first, last, owner);
    if !tells(view, &cited.value, head, when.is_some()) {
        return None;
    }
    let role =
        |name: &str| view.pack.kinds.kinds[kind].roles.iter().position(|(role, _)| role == name);
    let mut roles = Vec::new();
    let value = Filler::Value(Value::Quantity(cited.value.clone()));
    roles.push((role("value")?, Cited::new(value, cited.span.clone())));
    let mut add = |name: &str, filler: Option<Cited<Filler>>| {
        if let (Some(role), Some(filler)) = (role(name), filler) {
            roles.push((role, filler));
        }
    };
    add("measure", measure(view, &cited.value, head, clause));
    add("subject", clause.and_then(|clause| subject(view, clause, head)));
    add("among", among(view, &cited.value, head));
    add("when", when);
    add("where", place(view, owner));
    let assertion =
        clause.map_or(Assertion { realis: Realis::Happened, denied: false }, |c| c.assertion);
    let total = cited.value.unit.is_none() && roles.len() > 2;
    Some(Draft {
        kind,
        head,
        carrier: clause.map_or(head, |clause| clause.carrier),
        trigger: cited.span.clone(),
        rule: rule(view, kind, &cited.value),
        assertion,
        status: None,
        aspect: if total { Aspect::Total } else { Aspect::Once },
        presupposed: false,
        roles,
        form: Form::Noun,
        absorbed: Vec::new(),
    })
}

fn rule(view: &View<'_>, kind: usize, quantity: &Quantity) -> String {
    let name = &view.pack.kinds.kinds[kind].name;
    let what = match quantity.unit.as_deref() {
        Some(RANK) => RANK,
        Some(crate::value::quantity::SHARE) => crate::value::quantity::SHARE,
        Some(_) => "amount",
        None => "count",
    };
    format!("{name}/{what}")
}

/// Whether a quantity says enough by itself to be a figure.
fn tells(view: &View<'_>, quantity: &Quantity, head: usize, dated: bool) -> bool {
    let large = quantity.low.or(quantity.high).is_some_and(|value| value >= LEAST);
    match quantity.unit.as_deref() {
        // "the largest seizure ever" is a figure; "the second attack" is not.
        Some(RANK) => {
            quantity.low == Some(1.0)
                && quantity.of.is_some()
                && superlative(view, head)
                && among(view, quantity, head).is_some()
        }
        Some(unit) => view.pack.unit(unit).is_none_or(|unit| !unit.aside),
        None => quantity.of.is_some() && (dated || large),
    }
}

/// Whether a noun has an adjective in the superlative.
fn superlative(view: &View<'_>, head: usize) -> bool {
    let (first, last) = view.grammar.edges(head);
    (first..=last.min(first + REACH))
        .any(|at| view.doc().token(at).feature("Degree") == Some("Sup"))
}

/// What is measured: what the quantity counts, or the noun that has it.
fn measure(
    view: &View<'_>,
    quantity: &Quantity,
    head: usize,
    clause: Option<&Clause>,
) -> Option<Cited<Filler>> {
    if let Some(of) = &quantity.of {
        let at = view.doc().token_at(of.span.end.saturating_sub(1))?.index();
        return typed(view, at, Type::Actor).or_else(|| typed(view, at, Type::Thing)).or_else(
            || Some(Cited::new(Filler::Value(Value::Text(of.value.clone())), of.span.clone())),
        );
    }
    // "a 150-metre pier": the noun that the measure stands before.
    let noun = view.grammar.head(head).filter(|_| {
        matches!(
            view.grammar.relation(head),
            Relation::Compound | Relation::Adjective | Relation::Number
        )
    });
    let noun = noun.or_else(|| {
        let clause = clause?;
        clause.at(&Slot::Subject).map(|arg| arg.head).find(|&subject| subject != head)
    });
    noun.and_then(|noun| typed(view, noun, Type::Thing))
}

/// Who or what has it: the subject of its clause, or the possessor.
fn subject(view: &View<'_>, clause: &Clause, head: usize) -> Option<Cited<Filler>> {
    let own = clause.at(&Slot::Subject).map(|arg| arg.head).find(|&subject| subject != head)?;
    typed(view, own, Type::Actor)
        .or_else(|| typed(view, own, Type::Place))
        .or_else(|| typed(view, own, Type::Thing))
}

/// Among whom something is the largest: "in Latin America".
fn among(view: &View<'_>, quantity: &Quantity, head: usize) -> Option<Cited<Filler>> {
    if quantity.unit.as_deref() != Some(RANK) {
        return None;
    }
    let (first, last) = view.grammar.edges(head);
    (first..=last.min(first + REACH)).find_map(|at| typed(view, at, Type::Place))
}

/// The time that stands right behind a quantity ("900 in 2022"), or else that of its clause.
fn own_time(view: &View<'_>, first: usize, last: usize, owner: usize) -> Option<Cited<Filler>> {
    let sentence = view.doc().token(first).sentence().range();
    let period = |at: usize| {
        let cited = view.period(at)?;
        (cited.value.kind == period::Kind::When
            && !matches!(cited.value.precision, period::Precision::Order(_)))
        .then(|| Cited::new(Filler::Value(Value::Period(cited.value.clone())), cited.span.clone()))
    };
    let beside = (last + 1..sentence.end.min(last + 4)).find_map(period);
    beside.or_else(|| {
        let (first, last) = view.grammar.edges(owner);
        let near = first.max(owner.saturating_sub(2 * REACH))..=last.min(owner + 2 * REACH);
        near.filter(|&at| view.grammar.owner(at) == owner).find_map(period)
    })
}

/// The place of the quantity's clause.
fn place(view: &View<'_>, owner: usize) -> Option<Cited<Filler>> {
    let (first, last) = view.grammar.edges(owner);
    let near = first.max(owner.saturating_sub(2 * REACH))..=last.min(owner + 2 * REACH);
    near.filter(|&at| view.grammar.owner(at) == owner)
        .filter(|&at| view.place(at).is_some_and(|cited| crate::event::is_scene(&cited.value)))
        .find_map(|at| typed(view, at, Type::Place))
}
