//! Figures: how many and how much, with what is counted, of whom, where and when.

mod counted;
mod doubt;
mod measure;
mod scene;

use std::ops::Range;

use atalaya_parse::Pos;
use atalaya_read::BlockKind;

use crate::claim::{Aspect, Assertion, Family, Realis, Value};
use crate::clause::grammar::REACH;
use crate::clause::labels::Relation;
use crate::clause::{Arg, Clause, Form, Slot, is_definite};
use crate::event::{Draft, Dropped, Filler, Type, View, typed};
use crate::value::Cited;
use crate::value::period;
use crate::value::quantity::{Quantity, RANK};

use self::counted::{counting, is_beside};
use self::doubt::{doubt, outlook};
use self::measure::{is_per, measure};
use self::scene::{own_time, place};

/// A bare count below this is told in passing and no figure.
const LEAST: f64 = 20.0;

/// The longest words for what is measured, in bytes.
const LONGEST: usize = 100;

/// The figures of one text that no event holds, and what was let go.
pub(crate) fn figures(
    view: &View<'_>,
    clauses: &[Clause],
    events: &[Draft],
) -> (Vec<Draft>, Vec<Dropped>) {
    let (mut figures, mut dropped) = (Vec::new(), Vec::new());
    let Some(kind) = view.pack.kinds.without_triggers(Family::Figure) else {
        return (figures, dropped);
    };
    let spans = told(events);
    let mut before: Option<Cited<Quantity>> = None;
    for cited in &view.part.quantities {
        let held = spans.binary_search_by(|span| order(span, &cited.span)).is_ok();
        let whole = counting(view, before.as_ref(), cited);
        if !held && !is_beside(view, before.as_ref(), &whole) {
            match figure(view, clauses, kind, &whole) {
                Ok(draft) => figures.push(draft),
                Err(Some(why)) => dropped.push(Dropped {
                    rule: rule(view, kind, &whole.value),
                    trigger: whole.span.clone(),
                    why: why.to_owned(),
                }),
                Err(None) => {}
            }
        }
        before = Some(whole);
    }
    (figures, dropped)
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

/// The figure of a quantity, or why it is let go; no reason where it never was one.
fn figure(
    view: &View<'_>,
    clauses: &[Clause],
    kind: usize,
    cited: &Cited<Quantity>,
) -> Result<Draft, Option<&'static str>> {
    let doc = view.doc();
    let first = doc.token_at(cited.span.start).ok_or(None)?.index();
    let last = doc.token_at(cited.span.end.saturating_sub(1)).ok_or(None)?.index();
    let head = doc.span(first..last + 1).root().ok_or(None)?.index();
    let owner = view.grammar.owner(head);
    let when = own_time(view, &cited.value, first..last + 1, owner);
    if is_another(view, first, last, head) || !tells(view, &cited.value, head, when.is_some()) {
        return Err(None);
    }
    if let Some(why) = doubt(view, &cited.value, first..last + 1) {
        return Err(Some(why));
    }
    let clause =
        clauses.binary_search_by_key(&owner, |clause| clause.head).ok().map(|at| &clauses[at]);
    let role = |name: &str| view.pack.kinds.kinds[kind].role(name);
    let mut roles = Vec::new();
    let value = Filler::Value(Value::Quantity(cited.value.clone()));
    roles.push((role("value").ok_or(None)?, Cited::new(value, cited.span.clone())));
    let mut add = |name: &str, filler: Option<Cited<Filler>>| {
        if let (Some(role), Some(filler)) = (role(name), filler) {
            roles.push((role, filler));
        }
    };
    let measure = measure(view, &cited.value, head, &cited.span, clause)?;
    // What takes so many words has been read wrongly.
    if measure.span.len() > LONGEST {
        return Err(Some("what is counted takes too many words"));
    }
    let foreseen = outlook(view, &measure.span, head, clause)
        .or_else(|| wanted(view, clause?, &cited.value, head));
    let counted = measure.span.clone();
    let apart =
        |place: &Cited<Filler>| place.span.end <= counted.start || counted.end <= place.span.start;
    add("measure", Some(measure));
    add("subject", clause.and_then(|clause| subject(view, clause, head)));
    add("among", among(view, &cited.value, head));
    // "the largest market": what stands first stands so at all times.
    add("when", when.filter(|_| cited.value.unit.as_deref() != Some(RANK)));
    let own = place(view, first..last + 1, head, owner).filter(apart);
    add("where", own.filter(|at| is_owners(view, head, at)));
    // "92 percent did not report it" denies no number.
    let told = clause
        .filter(|clause| is_told(view, clause, &cited.value, head))
        // "could not patrol the thousands of miles": so many there are.
        .filter(|clause| !(is_there(view, first, head) && is_open(clause.assertion.realis)))
        .map(|clause| clause.assertion.realis);
    // In a headline the present tells what has happened.
    let headline = matches!(view.part.kind, BlockKind::Title | BlockKind::Heading);
    // What somebody tried to do with so much is done or not: so much there is.
    // "seeks to buy 40 percent": that share there is not yet.
    let attempted = |realis: &Realis| *realis == Realis::Attempted && !is_share(&cited.value);
    // "a 25 percent decline": so much it has changed.
    let changed = is_change(view, &counted);
    let real =
        |realis: &Realis| attempted(realis) || (headline || changed) && *realis == Realis::Ongoing;
    // "seeks $40 million": they are not there yet.
    let told = told
        .filter(|realis| !(real(realis) || realis.is_real() && foreseen.is_some()))
        .or(foreseen);
    // "must win 53 percent": so much is needed, and nobody asks for it.
    if told == Some(Realis::Requested) && foreseen.is_none() {
        return Err(Some("it is told how much is needed"));
    }
    let assertion = Assertion { realis: told.unwrap_or(Realis::Happened), denied: false };
    // Who counts or holds them bounds a count as whose they are does.
    let counted = clause.is_some_and(|clause| {
        let who = || one_of(view, other_subject(clause, head)?, [Type::Actor, Type::Place]);
        clause.at(&Slot::Object).any(|arg| arg.head == head) && who().is_some()
    });
    let total = cited.value.unit.is_none() && (roles.len() > 2 || counted) && !recurs(view, head);
    Ok(Draft {
        kind,
        head,
        carrier: clause.map_or(head, |clause| clause.carrier),
        trigger: cited.span.clone(),
        rule: rule(view, kind, &cited.value),
        assertion,
        status: None,
        aspect: if total { Aspect::Total } else { Aspect::Once },
        presupposed: false,
        practice: false,
        roles,
        form: Form::Noun,
        absorbed: Vec::new(),
    })
}

/// Whether what is measured is a change: "decline".
fn is_change(view: &View<'_>, measure: &Range<usize>) -> bool {
    let last = view.doc().token_at(measure.end.saturating_sub(1));
    last.is_some_and(|last| {
        let lemma = last.lemma().to_lowercase();
        view.pack.clauses.changes.contains(&lemma)
            && view.pack.clauses.figures.turns.contains(&lemma)
    })
}

/// What a verb makes of so much that it only asks for or plans: "demanding $500,000", "seeks 40 boats".
fn wanted(view: &View<'_>, clause: &Clause, quantity: &Quantity, head: usize) -> Option<Realis> {
    let lemma = view.doc().token(clause.head).lemma().to_lowercase();
    let object = clause.at(&Slot::Object).any(|arg| arg.head == head);
    let passive = view.grammar.is_passive(clause.head);
    (object && !passive && quantity.unit.is_some()).then_some(())?;
    view.pack.clauses.wants(&lemma)
}

/// Whether a number is part of something else than a figure.
fn is_another(view: &View<'_>, first: usize, last: usize, head: usize) -> bool {
    // "the first half of 2012": part of a date.
    (first..=last).any(|at| view.period(at).is_some())
        // "116 guns for every 100,000 residents": what it is reckoned by.
        || first.checked_sub(1).is_some_and(|at| is_per(view, at))
        // "24 Horas" is a paper.
        || view.is_named(head)
        || is_of_a_name(view, first, last)
        // "three drug-related shootings": a word cut in two.
        || is_half(view, last)
        || is_of_a_list(view, first, head)
}

/// Whether a number belongs to a word or name before it: the 34 of "Plan 34", the million of a
/// "multi-million dollar business".
fn is_of_a_name(view: &View<'_>, first: usize, last: usize) -> bool {
    let doc = view.doc();
    let Some(before) = first.checked_sub(1).map(|at| doc.token(at)) else { return false };
    let joined = !before.space_after() && before.text().ends_with('-') && first >= 2;
    let behind = first == last
        && before.pos() == Pos::Propn
        && before.space_after()
        && doc.token(first).text().bytes().all(|byte| byte.is_ascii_digit())
        && (doc.token(first).head().index() == before.index()
            || last + 1 == doc.len()
            || view.grammar.relation(first) == Relation::Number
                && doc.token(last + 1).pos() == Pos::Punct);
    joined && doc.token(first - 2).pos() != Pos::Num || behind
}

/// Whether a hyphen joins the last word to what follows it.
fn is_half(view: &View<'_>, last: usize) -> bool {
    let doc = view.doc();
    let next = (last + 1 < doc.len()).then(|| doc.token(last + 1));
    !doc.token(last).space_after()
        && next.is_some_and(|next| next.text() == "-" && !next.space_after())
        && doc.token(last).pos() == Pos::Noun
}

/// Whether a number only counts the places of a list: "the 20 most wanted men", "the 10 largest cities".
fn is_of_a_list(view: &View<'_>, first: usize, head: usize) -> bool {
    let superlative = |at: usize| view.doc().token(at).feature("Degree") == Some("Sup");
    view.doc().token(first).pos() == Pos::Num && (first + 1..=head).any(superlative)
}

/// Whether a token's sentence tells what happens again and again: "daily".
fn recurs(view: &View<'_>, token: usize) -> bool {
    let sentence = view.doc().token(token).sentence().bytes();
    let periods = &view.part.periods;
    let first = periods.partition_point(|cited| cited.span.start < sentence.start);
    let within = periods[first..].iter().take_while(|cited| cited.span.end <= sentence.end);
    within.into_iter().any(|cited| cited.value.kind == period::Kind::Set)
}

/// Whether a place may be that of a number: "Callao's 30 districts" are where Callao is, and nowhere else.
fn is_owners(view: &View<'_>, head: usize, place: &Cited<Filler>) -> bool {
    let owner = view
        .grammar
        .those(head, Relation::Possessive)
        .find(|&at| view.doc().token(at).pos() == Pos::Propn);
    owner.is_none_or(|owner| {
        let (first, last) = view.grammar.edges(owner);
        let doc = view.doc();
        place.span.start >= doc.token(first).bytes().start
            && place.span.end <= doc.token(last).bytes().end
    })
}

/// Whether a clause tells the quantity itself, not one that stands beside what it tells: "will hide it
/// among 40 boxes".
fn is_told(view: &View<'_>, clause: &Clause, quantity: &Quantity, head: usize) -> bool {
    let core = [Slot::Subject, Slot::Object, Slot::Attribute];
    // "would pay $12 cash": the sum stands before what is paid.
    let sum = quantity.unit.is_some() && view.grammar.relation(head) != Relation::PrepositionObject;
    // "will get a $500 college scholarship": it stands before the last of them.
    let before = view.grammar.head(head).filter(|&noun| sum && noun > head && is_noun(view, noun));
    // "will pay tuition of $14,000", "will limit the crop to 10 hectares".
    let of = measure::of_noun(view, head).filter(|_| quantity.unit.is_some());
    let to = |arg: &Arg| {
        quantity.unit.is_some() && arg.slot == Slot::Prep("to".to_owned()) && arg.head == head
    };
    // "could raise the price 20 percent", "by 20 percent": the change is what is told.
    let lemma = view.doc().token(clause.head).lemma().to_lowercase();
    let turns = is_share(quantity) && view.pack.clauses.figures.turns.contains(&lemma);
    turns && head > clause.head
        || clause.args.iter().any(|arg| {
            let coming = Some(arg.head) == of && !clause.assertion.realis.is_real();
            let told = arg.head == head || Some(arg.head) == before || coming;
            told && core.contains(&arg.slot) || to(arg)
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
                && !is_newest(view, head)
                && quantity.of.is_some()
                && superlative(view, head)
                && among(view, quantity, head).is_some()
                && ranks(view, head)
        }
        Some(unit) => view.pack.unit(unit).is_none_or(|unit| !unit.aside),
        // "the two groups" are not counted here.
        None => {
            let few = || dated && quantity.low != Some(1.0) && !is_known(view, head);
            quantity.of.is_some() && (large || few())
        }
    }
}

/// Whether something is only the last of its sort: "the latest sign of".
fn is_newest(view: &View<'_>, head: usize) -> bool {
    view.grammar.those(head, Relation::Adjective).any(|at| {
        let token = view.doc().token(at);
        view.pack.clauses.figures.newest.contains(&token.norm().to_lowercase())
    })
}

fn is_open(realis: Realis) -> bool {
    matches!(realis, Realis::Possible | Realis::Hypothetical | Realis::Planned)
}

/// Whether so many or so much is told to be there already: "the thousands of miles", "Goa's 40 seats",
/// "the $2 billion deficit".
fn is_there(view: &View<'_>, first: usize, head: usize) -> bool {
    let clauses = &view.pack.clauses;
    let noun = view.grammar.head(head).filter(|&noun| noun > head && is_noun(view, noun));
    let known = |at: usize| is_definite(clauses, view.grammar, at);
    let article = first
        .checked_sub(1)
        .is_some_and(|at| clauses.definite.contains(&view.doc().token(at).norm().to_lowercase()));
    article || known(head) || noun.is_some_and(known)
}

/// Whether a number only names again what is known: "the two groups", "its four bases", "two of the gangs".
fn is_known(view: &View<'_>, head: usize) -> bool {
    let of = |at: usize| view.grammar.token(at).norm() == view.pack.clauses.possession;
    let partitive = view.doc().token(head).pos() == Pos::Num
        && view.grammar.those(head, Relation::Preposition).any(of);
    partitive || is_definite(&view.pack.clauses, view.grammar, head)
}

/// Whether what stands first in a row is itself a deed or a number: "the largest seizure", "the highest
/// rate", not "the largest port" nor "the greatest amount of trust".
fn ranks(view: &View<'_>, head: usize) -> bool {
    let lemma = view.doc().token(head).lemma().to_lowercase();
    let clauses = &view.pack.clauses;
    view.pack.kinds.tells(&lemma)
        || clauses.changes.contains(&lemma) && !clauses.figures.sums.contains(&lemma)
}

/// Whether a noun has an adjective in the superlative for itself.
fn superlative(view: &View<'_>, head: usize) -> bool {
    let adjectives = view.grammar.those(head, Relation::Adjective);
    adjectives.into_iter().any(|at| view.doc().token(at).feature("Degree") == Some("Sup"))
}

/// What stands at a token as a value of the first type that fits.
fn one_of(view: &View<'_>, at: usize, types: [Type; 2]) -> Option<Cited<Filler>> {
    types.into_iter().find_map(|wanted| typed(view, at, wanted))
}

/// The head of a clause's subject, where that is not the quantity itself.
fn other_subject(clause: &Clause, head: usize) -> Option<usize> {
    clause.at(&Slot::Subject).map(|arg| arg.head).find(|&at| at != head)
}

fn is_noun(view: &View<'_>, at: usize) -> bool {
    matches!(view.doc().token(at).pos(), Pos::Noun | Pos::Propn)
}

pub(crate) fn is_share(quantity: &Quantity) -> bool {
    quantity.unit.as_deref() == Some("percent")
}

/// Who has it: the subject of a clause whose object the quantity is, by a verb of having: who counts, finds
/// or seizes so many is not whose they are.
fn subject(view: &View<'_>, clause: &Clause, head: usize) -> Option<Cited<Filler>> {
    clause.at(&Slot::Object).find(|arg| arg.head == head)?;
    let lemma = view.doc().token(clause.head).lemma().to_lowercase();
    let own = view.grammar.first(clause.head, Relation::Subject);
    if own.is_none() || !view.pack.clauses.figures.holding.contains(&lemma) {
        return None;
    }
    one_of(view, other_subject(clause, head)?, [Type::Actor, Type::Place])
}

/// Among whom something is the largest: "in Latin America".
fn among(view: &View<'_>, quantity: &Quantity, head: usize) -> Option<Cited<Filler>> {
    if quantity.unit.as_deref() != Some(RANK) {
        return None;
    }
    let (first, last) = view.grammar.edges(head);
    (first..=last.min(first + REACH)).find_map(|at| typed(view, at, Type::Place))
}
