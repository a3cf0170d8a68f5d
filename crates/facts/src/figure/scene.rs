//! When and where a figure is of.

use std::ops::Range;

use atalaya_parse::{Pos, Token};

use super::{is_noun, is_share};
use crate::claim::Value;
use crate::clause::grammar::REACH;
use crate::clause::labels::Relation;
use crate::event::{Filler, Type, View, typed};
use crate::value::Cited;
use crate::value::period;
use crate::value::quantity::Quantity;

/// The time that stands right behind a quantity ("900 in 2022"), or else that of its clause.
pub(super) fn own_time(
    view: &View<'_>,
    quantity: &Quantity,
    own: Range<usize>,
    owner: usize,
) -> Option<Cited<Filler>> {
    let (first, last) = (own.start, own.end - 1);
    let sentence = view.doc().token(first).sentence().range();
    let compared = is_baseline(view, first);
    let period = |at: usize| {
        let cited = view.period(at)?;
        let start = is_share(quantity) && is_start(view, cited);
        let order = matches!(cited.value.precision, period::Precision::Order(_));
        let other = start
            || is_an_age(view, cited)
            || is_of_a_document(view, at)
            || is_owner(view, cited, own.clone())
            || is_of_next(view, cited, own.clone());
        let own = !order && !other && !is_baseline(view, at);
        (own && cited.value.kind == period::Kind::When).then(|| {
            Cited::new(Filler::Value(Value::Period(cited.value.clone())), cited.span.clone())
        })
    };
    // "after the killing of two men on March 10": the killing's.
    let free = |found: &Cited<Filler>| !is_of_another_deed(view, &found.span, &own);
    let beside = (last + 1..sentence.end.min(last + 4)).find_map(period).filter(free);
    // "78 cases in 2014, compared to 52 the year before": 2014 is not theirs.
    if compared {
        return beside;
    }
    beside.or_else(|| {
        let (start, end) = view.grammar.edges(owner);
        let near = start.max(owner.saturating_sub(2 * REACH))..=end.min(owner + 2 * REACH);
        // Of several times none is surely the number's.
        let mut told = near
            .filter(|&at| {
                view.grammar.owner(at) == owner && !is_of_another(view, at, first..last + 1)
            })
            .filter_map(period);
        let one = told.next();
        let same = |other: &Cited<Filler>| one.as_ref().is_some_and(|one| one.span == other.span);
        // Behind several numbers it may be another's.
        let sure = |found: &Cited<Filler>| {
            found.span.start < view.doc().token(first).bytes().start || is_alone(view, &own)
        };
        told.all(|other| same(&other)).then_some(()).and(one.clone()).filter(free).filter(sure)
    })
}

/// The token right before a time's words.
fn before(view: &View<'_>, time: &Cited<period::Period>) -> Option<usize> {
    view.doc().token_at(time.span.start)?.index().checked_sub(1)
}

/// Whether a change is reckoned from a time: "a cut of 10 percent from 2012".
fn is_start(view: &View<'_>, time: &Cited<period::Period>) -> bool {
    let starts = &view.pack.clauses.figures.starts;
    let range = matches!(time.value.precision, period::Precision::Range);
    let word = before(view, time).map(|at| view.doc().token(at).norm().to_lowercase());
    !range && word.is_some_and(|word| starts.contains(&word))
}

/// Whether a time is somebody's age: "in their twenties and thirties".
fn is_an_age(view: &View<'_>, time: &Cited<period::Period>) -> bool {
    let whose = |at: usize| {
        view.doc().token(at).pos() == Pos::Pron && view.grammar.relation(at) == Relation::Possessive
    };
    let joined = |at: usize| {
        view.period(at).is_some() || view.doc().token(at).pos() == Pos::Cconj || whose(at)
    };
    before(view, time)
        .is_some_and(|at| (at.saturating_sub(2)..=at).rev().take_while(|&at| joined(at)).any(whose))
}

/// Whether a time is of another deed that the number's only follows or precedes: "sent 2,000 soldiers after
/// the murder of two farmers there on March 10".
fn is_of_another_deed(view: &View<'_>, time: &Range<usize>, own: &Range<usize>) -> bool {
    let doc = view.doc();
    let Some(start) = doc.token_at(time.start).map(Token::index) else { return false };
    let sentence = doc.token(start).sentence().range().start;
    let near = (start.saturating_sub(REACH / 2).max(sentence)..start)
        .rev()
        .take_while(|&at| doc.token(at).pos() != Pos::Punct && !own.contains(&at));
    let mut noun = false;
    for at in near {
        if view.pack.clauses.apart.contains(&doc.token(at).norm().to_lowercase()) {
            return noun;
        }
        noun |= is_noun(view, at) && view.period(at).is_none();
    }
    false
}

/// Whether a time stands right behind another number: the 2010 of "up from 108 in 2010".
fn is_of_another(view: &View<'_>, at: usize, own: Range<usize>) -> bool {
    (at.saturating_sub(3)..at).any(|before| {
        !own.contains(&before) && view.period(before).is_none() && view.quantity_at(before)
    })
}

/// Whether a time is what a change is reckoned from: "a cut of 10 percent from 2012".
pub(super) fn is_baseline(view: &View<'_>, at: usize) -> bool {
    let before = (at.saturating_sub(6)..at).map(|at| view.doc().token(at).norm().to_lowercase());
    before.into_iter().any(|word| view.pack.clauses.baselines.contains(&word))
}

/// Whether a time says of what sort the noun behind it is: "for **evening** prayers".
fn is_of_next(view: &View<'_>, time: &Cited<period::Period>, own: Range<usize>) -> bool {
    let last = view.doc().token_at(time.span.end.saturating_sub(1)).map(Token::index);
    let noun = last.and_then(|last| {
        let compound = view.grammar.relation(last) == Relation::Compound;
        view.grammar.head(last).filter(|&noun| compound && noun == last + 1)
    });
    noun.is_some_and(|noun| !own.contains(&noun) && view.period(noun).is_none())
}

/// Whether a number is the only one of its sentence.
fn is_alone(view: &View<'_>, own: &Range<usize>) -> bool {
    let sentence = view.doc().token(own.start).sentence().range();
    let number = |at: usize| view.quantity_at(at) || view.doc().token(at).pos() == Pos::Num;
    let other = |at: usize| !own.contains(&at) && view.period(at).is_none() && number(at);
    !sentence.into_iter().any(other)
}

/// Whether a time owns the noun behind it: "a cut from **November's** level".
fn is_owner(view: &View<'_>, time: &Cited<period::Period>, own: Range<usize>) -> bool {
    let last = view.doc().token_at(time.span.end.saturating_sub(1)).map(Token::index);
    last.is_some_and(|last| {
        let noun = view.grammar.head(last).filter(|&noun| noun > last && !own.contains(&noun));
        view.grammar.relation(last) == Relation::Possessive && noun.is_some()
    })
}

/// Whether a time belongs to a text's name: "the 2011 report".
fn is_of_a_document(view: &View<'_>, at: usize) -> bool {
    let grammar = view.grammar;
    let beside = matches!(
        grammar.relation(at),
        Relation::Number | Relation::Compound | Relation::Adjective | Relation::NounAdverb
    );
    let noun = grammar.head(at).filter(|_| beside);
    noun.is_some_and(|noun| view.pack.speech.is_document(view.doc().token(noun)))
}

/// The place that stands right behind a quantity ("900 in Lima"), or else the first of its clause that no
/// other noun has for itself.
pub(super) fn place(
    view: &View<'_>,
    own: Range<usize>,
    head: usize,
    owner: usize,
) -> Option<Cited<Filler>> {
    let scene =
        |&at: &usize| view.place(at).is_some_and(|cited| crate::event::is_scene(&cited.value));
    let sentence = view.doc().token(head).sentence().range();
    let behind = (own.end..sentence.end.min(own.end + 5))
        .take_while(|&at| view.doc().token(at).pos() != Pos::Punct && !view.quantity_at(at));
    let close = |&at: &usize| {
        scene(&at) && !view.grammar.head(at).is_some_and(|above| is_bearing(view, above))
    };
    let beside = behind.filter(close).find_map(|at| typed(view, at, Type::Place));
    if beside.is_some() && is_share_in_list(view, &own) {
        return beside;
    }
    let (first, last) = view.grammar.edges(owner);
    let near = first.max(owner.saturating_sub(2 * REACH))..=last.min(owner + 2 * REACH);
    near.filter(|&at| view.grammar.owner(at) == owner)
        .filter(scene)
        .filter(|&at| is_free(view, at, &own, head, owner))
        .find_map(|at| typed(view, at, Type::Place))
}

/// Whether a quantity is one of several, each with what stands behind it: "61 percent in Lima".
fn is_share_in_list(view: &View<'_>, own: &Range<usize>) -> bool {
    let doc = view.doc();
    own.end < doc.len()
        && doc.token(own.end).pos() == Pos::Adp
        && own.start > 0
        && matches!(doc.token(own.start - 1).pos(), Pos::Punct | Pos::Cconj)
}

/// Whether a place is the clause's or the quantity's own: not of another noun ("dealers with shops in
/// Peru") nor beside it ("next to Chile"), and not the clause's where that tells of something else ("after
/// the murder of 30 farmers, both increased their patrols along the border").
fn is_free(view: &View<'_>, at: usize, own: &Range<usize>, head: usize, owner: usize) -> bool {
    let grammar = view.grammar;
    let above_head: Vec<usize> = std::iter::successors(Some(head), |&at| grammar.head(at))
        .take(REACH)
        .take_while(|&at| at != owner)
        .collect();
    let core = above_head.len() <= 2;
    let mut next = at;
    for _ in 0..REACH {
        if own.contains(&next) || above_head.contains(&next) {
            return true;
        }
        let Some(above) = grammar.head(next).filter(|_| next != owner) else { return core };
        // "a stake in the **Lima** firm", "**Lima** police said": the firm's, the police's.
        let bears = matches!(grammar.relation(next), Relation::Compound | Relation::Adjective)
            && !own.contains(&above)
            && !above_head.contains(&above)
            && view.place(above).is_none();
        if bears {
            return false;
        }
        let preposition = grammar.relation(next) == Relation::Preposition;
        let noun = is_noun(view, above) && !own.contains(&above) && !above_head.contains(&above);
        if preposition && is_near(view, next)
            || noun && preposition && view.place(above).is_none() && above < at && above > head
        {
            return false;
        }
        next = above;
    }
    core
}

/// Whether a preposition leads to what lies beside: "next to".
fn is_near(view: &View<'_>, preposition: usize) -> bool {
    let nearby = &view.pack.clauses.figures.nearby;
    let is = |at: usize| nearby.contains(&view.doc().token(at).norm().to_lowercase());
    is(preposition) || preposition.checked_sub(1).is_some_and(is) || is_bearing(view, preposition)
}

/// "25 miles east of Lima", but not "in the east of Lima".
fn is_bearing(view: &View<'_>, preposition: usize) -> bool {
    let directions = &view.pack.clauses.figures.directions;
    let is = |at: &usize| directions.contains(&view.doc().token(*at).norm().to_lowercase());
    let direction = preposition.checked_sub(1).filter(is);
    let before = direction.and_then(|at| at.checked_sub(1));
    before.is_some_and(|at| view.doc().token(at).pos() != Pos::Det)
}
