//! What a number counts: the base of a share, all of a list, the noun that a compound ends in.

use atalaya_parse::{Pos, Token};

use super::scene::is_baseline;
use super::{is_noun, is_share};
use crate::clause::grammar::REACH;
use crate::clause::labels::{Relation, VerbForm, verb_form};
use crate::event::View;
use crate::value::Cited;
use crate::value::quantity::Quantity;

/// Whether a share only stands beside another for comparison, and what it is of is left unsaid: "40
/// percent of the cases, compared to just 2 percent by the guards".
pub(super) fn is_beside(
    view: &View<'_>,
    before: Option<&Cited<Quantity>>,
    cited: &Cited<Quantity>,
) -> bool {
    use crate::value::quantity::SHARE;
    let share =
        |it: &Cited<Quantity>| it.value.unit.as_deref() == Some(SHARE) || is_share(&it.value);
    let doc = view.doc();
    let Some(first) = doc.token_at(cited.span.start) else { return false };
    let sentence = first.sentence().bytes();
    let follows = before.is_some_and(|it| share(it) && it.span.start >= sentence.start);
    share(cited) && cited.value.of.is_none() && follows && is_baseline(view, first.index())
}

/// A bare number right after a count of the same sentence counts the same: "from 900 men to 1,200".
pub(super) fn counting(
    view: &View<'_>,
    before: Option<&Cited<Quantity>>,
    cited: &Cited<Quantity>,
) -> Cited<Quantity> {
    let mut whole = cited.clone();
    // `more than four "war taxes"`: an opening mark is none of its words.
    let words = &view.doc().text()[cited.span.clone()];
    whole.span.end -= words.len() - words.trim_end_matches(['"', '“', '\'', '‘', ' ']).len();
    let sentence = |at: usize| view.doc().token_at(at).map(|token| token.sentence().range());
    if let Some(before) = before
        && whole.value.unit.is_none()
        && whole.value.of.is_none()
        && before.value.unit.is_none()
        && !before.value.of.as_ref().is_some_and(|of| is_only_a_sum(view, of))
        && sentence(before.span.start) == sentence(cited.span.start)
        && !is_of_a_noun(view, before, cited)
    {
        whole.value.of = before.value.of.clone();
    }
    if let Some(before) = before.filter(|before| shares_base(view, before, &whole)) {
        whole.value.of = before.value.of.clone();
    }
    if let Some(before) = before.filter(|before| is_either(view, before, &whole)) {
        whole.span.start = before.span.start;
        whole.value.low = before.value.low.or(whole.value.low);
    }
    narrowed(view, listed(view, compound(view, whole)))
}

/// Whether a bare number belongs to a noun of its own: the 4.9 of "a margin of error between 3.1 and 4.9".
fn is_of_a_noun(view: &View<'_>, before: &Cited<Quantity>, cited: &Cited<Quantity>) -> bool {
    let doc = view.doc();
    let Some(first) = doc.token_at(cited.span.start).map(Token::index) else { return false };
    let own = |at: usize| {
        let start = doc.token(at).bytes().start;
        before.span.contains(&start) || cited.span.contains(&start)
    };
    std::iter::successors(Some(first), |&at| view.grammar.head(at))
        .take(REACH)
        .take_while(|&at| !view.grammar.is_predicate(at))
        .any(|at| is_noun(view, at) && !own(at) && view.period(at).is_none())
}

/// Whether what is counted is only "the number" or "the total".
fn is_only_a_sum(view: &View<'_>, of: &Cited<String>) -> bool {
    let noun = view.doc().token_at(of.span.end.saturating_sub(1));
    let sums = &view.pack.clauses.figures.sums;
    noun.is_some_and(|noun| sums.contains(&noun.lemma().to_lowercase()))
}

/// A share with what narrows down its base: "76 percent of its exports **to Peru**" is not of all exports.
fn narrowed(view: &View<'_>, mut whole: Cited<Quantity>) -> Cited<Quantity> {
    let doc = view.doc();
    let part = is_share(&whole.value)
        || whole.value.unit.as_deref() == Some(crate::value::quantity::SHARE);
    let Some(of) = whole.value.of.as_ref().filter(|of| part && of.span.end == whole.span.end)
    else {
        return whole;
    };
    let Some(noun) = doc.token_at(of.span.end.saturating_sub(1)).map(Token::index) else {
        return whole;
    };
    let narrowing = &view.pack.clauses.figures.narrowing;
    let leads = |&at: &usize| {
        view.grammar.head(at) == Some(noun)
            && narrowing.contains(&doc.token(at).norm().to_lowercase())
    };
    let next = Some(noun + 1).filter(|&at| at < doc.len()).filter(leads);
    let object = next.and_then(|at| view.grammar.first(at, Relation::PrepositionObject));
    let Some(object) = object.filter(|&at| {
        at <= noun + 5
            && view.period(at).is_none()
            && (noun..at).all(|at| doc.token(at).pos() != Pos::Punct)
    }) else {
        return whole;
    };
    let end = doc.token(object).bytes().end;
    let span = of.span.start..end;
    whole.value.of = Some(Cited::new(doc.text()[span.clone()].to_owned(), span));
    whole.span.end = end;
    whole
}

/// A count with the noun that what the reader took for it only stands before: "100 cattle **smuggling
/// rings**".
fn compound(view: &View<'_>, mut whole: Cited<Quantity>) -> Cited<Quantity> {
    let doc = view.doc();
    let Some(of) = whole.value.of.as_ref().filter(|of| of.span.end == whole.span.end) else {
        return whole;
    };
    let Some(noun) = doc.token_at(of.span.end.saturating_sub(1)).map(Token::index) else {
        return whole;
    };
    // "100 cattle **rustling gangs**": the noun that has the number.
    let number = doc
        .token_at(whole.span.start)
        .map(|token| (token.index()..noun).take(4))
        .and_then(|mut at| at.find(|&at| view.grammar.relation(at) == Relation::Number))
        .and_then(|at| view.grammar.head(at));
    let within = |at: usize| {
        let token = doc.token(at);
        is_noun(view, at)
            || token.text() == "-"
            || token.pos() == Pos::Verb && verb_form(token) == VerbForm::Gerund
    };
    let number = number.filter(|&at| {
        at > noun && at <= noun + 4 && is_noun(view, at) && (noun + 1..at).all(within)
    });
    let head = std::iter::successors(Some(noun), |&at| {
        let compound = view.grammar.relation(at) == Relation::Compound;
        view.grammar.head(at).filter(|&head| compound && head > at && is_noun(view, head))
    });
    let last = head.take(4).last().unwrap_or(noun);
    let last = number.map_or(last, |number| number.max(last));
    if last == noun || last > noun + 4 || doc.token(noun).pos() != Pos::Noun {
        return whole;
    }
    let end = doc.token(last).bytes().end;
    let span = of.span.start..end;
    whole.value.of = Some(Cited::new(doc.text()[span.clone()].to_owned(), span));
    whole.span.end = end;
    whole
}

/// Whether a share is one of several of the same: "60 percent of the cases in Lima and 70 percent in Cali",
/// "while the other 90 percent".
fn shares_base(view: &View<'_>, before: &Cited<Quantity>, share: &Cited<Quantity>) -> bool {
    let doc = view.doc();
    if !(is_share(&before.value) && is_share(&share.value)) || share.value.of.is_some() {
        return false;
    }
    let (Some(first), Some(last)) =
        (doc.token_at(share.span.start), doc.token_at(share.span.end.saturating_sub(1)))
    else {
        return false;
    };
    let (first, last) = (first.index(), last.index());
    let same = doc.token_at(before.span.start).map(|token| token.sentence().range())
        == Some(doc.token(first).sentence().range());
    let listed = last + 1 < doc.len()
        && doc.token(last + 1).pos() == Pos::Adp
        && first > 0
        && matches!(doc.token(first - 1).pos(), Pos::Punct | Pos::Cconj);
    let rest = first > 0
        && view.pack.clauses.figures.rest.contains(&doc.token(first - 1).norm().to_lowercase());
    same && before.value.of.is_some() && (listed || rest)
}

/// "hundreds or even thousands of deaths": both ends are one number.
fn is_either(view: &View<'_>, before: &Cited<Quantity>, cited: &Cited<Quantity>) -> bool {
    let text = view.doc().text();
    let between = text.get(before.span.end..cited.span.start).unwrap_or_default();
    let mut words = between.split_whitespace();
    let or = words.next().is_some_and(|word| view.pack.clauses.figures.either.contains(word));
    or && words.count() <= 1
        && before.value.of.is_none()
        && before.value.unit == cited.value.unit
        && cited.value.unit.is_none()
}

/// A count of several sorts together: "500 police and soldiers" counts both.
fn listed(view: &View<'_>, mut whole: Cited<Quantity>) -> Cited<Quantity> {
    let Some(of) = whole.value.of.as_ref().filter(|_| whole.value.unit.is_none()) else {
        return whole;
    };
    let doc = view.doc();
    let Some(noun) = doc.token_at(of.span.end.saturating_sub(1)).map(Token::index) else {
        return whole;
    };
    let all = view.grammar.joined(noun);
    let plain = |&at: &usize| {
        let token = doc.token(at);
        let many =
            token.feature("Number") == Some("Plur") || view.pack.pronouns.is_collective(token);
        let free = view.grammar.children(at).all(|child| {
            !matches!(
                view.grammar.relation(child),
                Relation::Number | Relation::Determiner | Relation::Possessive
            )
        });
        at == noun || token.pos() == Pos::Noun && many && free && view.quantity(at).is_none()
    };
    let inside = of.span.start < of.span.end && whole.span.end == of.span.end;
    if all.len() < 2 || all.first() != Some(&noun) || !all.iter().all(plain) || !inside {
        return whole;
    }
    let last = all[all.len() - 1];
    let near = (noun..last).all(|at| !view.grammar.is_predicate(at));
    let end = doc.token(last).bytes().end;
    if near && end > whole.span.end {
        let span = of.span.start..end;
        whole.value.of = Some(Cited::new(doc.text()[span.clone()].to_owned(), span));
        whole.span.end = end;
    }
    whole
}
