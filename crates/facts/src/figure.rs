//! Figures: how many and how much, with what is counted, of whom, where and when.

use std::ops::Range;

use atalaya_parse::Pos;

use crate::claim::{Aspect, Assertion, Family, Realis, Value};
use crate::clause::grammar::REACH;
use crate::clause::labels::Relation;
use crate::clause::{Clause, Form, Slot};
use crate::event::{Draft, Filler, Type, View, typed};
use crate::value::Cited;
use crate::value::period;
use crate::value::quantity::{Quantity, RANK};
use crate::value::thing::Thing;

/// A bare count below this is told in passing and no figure.
const LEAST: f64 = 20.0;

/// The longest words for what is measured, in bytes.
const LONGEST: usize = 100;

/// The figures of one text that no event holds.
pub(crate) fn figures(view: &View<'_>, clauses: &[Clause], events: &[Draft]) -> Vec<Draft> {
    let Some(kind) = view.pack.kinds.without_triggers(Family::Figure) else { return Vec::new() };
    let spans = told(events);
    let mut figures: Vec<Draft> = Vec::new();
    let mut before: Option<&Cited<Quantity>> = None;
    for cited in &view.part.quantities {
        let held = spans.binary_search_by(|span| order(span, &cited.span)).is_ok();
        let whole = counting(view, before, cited);
        if !held && !is_beside(view, before, cited) {
            figures.extend(figure(view, clauses, kind, &whole));
        }
        before = Some(cited);
    }
    figures
}

/// Whether a share only stands beside another for comparison, and what it is of is left unsaid: "40
/// percent of the cases, compared to just 2 percent by the guards".
fn is_beside(view: &View<'_>, before: Option<&Cited<Quantity>>, cited: &Cited<Quantity>) -> bool {
    use crate::value::quantity::SHARE;
    let share = |it: &Cited<Quantity>| it.value.unit.as_deref() == Some(SHARE);
    let doc = view.doc();
    let Some(first) = doc.token_at(cited.span.start) else { return false };
    let sentence = first.sentence().bytes();
    let follows = before.is_some_and(|it| share(it) && it.span.start >= sentence.start);
    share(cited) && cited.value.of.is_none() && follows && is_baseline(view, first.index())
}

/// A bare number right after a count of the same sentence counts the same: "from 900 men to 1,200".
fn counting(
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
    let when = own_time(view, first, last, owner);
    if is_another(view, first, last, head) || !tells(view, &cited.value, head, when.is_some()) {
        return None;
    }
    let clause =
        clauses.binary_search_by_key(&owner, |clause| clause.head).ok().map(|at| &clauses[at]);
    let role = |name: &str| view.pack.kinds.kinds[kind].role(name);
    let mut roles = Vec::new();
    let value = Filler::Value(Value::Quantity(cited.value.clone()));
    roles.push((role("value")?, Cited::new(value, cited.span.clone())));
    let mut add = |name: &str, filler: Option<Cited<Filler>>| {
        if let (Some(role), Some(filler)) = (role(name), filler) {
            roles.push((role, filler));
        }
    };
    let measure = measure(view, &cited.value, head, &cited.span, clause)?;
    // What takes so many words has been read wrongly.
    if measure.span.len() > LONGEST {
        return None;
    }
    add("measure", Some(measure));
    add("subject", clause.and_then(|clause| subject(view, clause, head)));
    add("among", among(view, &cited.value, head));
    add("when", when);
    add("where", place(view, owner));
    // "92 percent did not report it" denies no number.
    let told = clause.filter(|clause| is_told(clause, head)).map(|clause| clause.assertion.realis);
    let assertion = Assertion { realis: told.unwrap_or(Realis::Happened), denied: false };
    let total = cited.value.unit.is_none() && roles.len() > 2 && !recurs(view, head);
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
        practice: false,
        roles,
        form: Form::Noun,
        absorbed: Vec::new(),
    })
}

/// Whether a number is part of something else than a figure.
fn is_another(view: &View<'_>, first: usize, last: usize, head: usize) -> bool {
    // "the first half of 2012": part of a date.
    (first..=last).any(|at| view.period(at).is_some())
        // "116 guns for every 100,000 residents": what it is reckoned by.
        || first.checked_sub(1).is_some_and(|at| is_per(view, at))
        // "24 Horas" is a paper.
        || view.is_named(head)
}

/// Whether a token's sentence tells what happens again and again: "daily".
fn recurs(view: &View<'_>, token: usize) -> bool {
    let sentence = view.doc().token(token).sentence().bytes();
    let periods = &view.part.periods;
    let first = periods.partition_point(|cited| cited.span.start < sentence.start);
    let within = periods[first..].iter().take_while(|cited| cited.span.end <= sentence.end);
    within.into_iter().any(|cited| cited.value.kind == period::Kind::Set)
}

/// Whether a clause tells the quantity itself, not one that stands beside what it tells: "will hide it
/// among 40 boxes".
fn is_told(clause: &Clause, head: usize) -> bool {
    let core = [Slot::Subject, Slot::Object, Slot::Attribute];
    clause.args.iter().any(|arg| arg.head == head && core.contains(&arg.slot))
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

/// Whether a number only names again what is known: "the two groups", "its four bases".
fn is_known(view: &View<'_>, head: usize) -> bool {
    view.grammar.children(head).any(|child| match view.grammar.relation(child) {
        Relation::Possessive => true,
        Relation::Determiner => {
            let word = view.doc().token(child).norm().to_lowercase();
            view.pack.clauses.definite.contains(&word)
        }
        _ => false,
    })
}

/// Whether what stands first in a row is a deed or a number: "the largest seizure", not "the largest
/// city".
fn ranks(view: &View<'_>, head: usize) -> bool {
    let (first, last) = view.grammar.edges(head);
    let lemma = |at: usize| view.doc().token(at).lemma().to_lowercase();
    let counts = |at: usize| {
        let lemma = lemma(at);
        view.pack.kinds.tells(&lemma) || view.pack.clauses.changes.contains(&lemma)
    };
    (first..=last.min(first + REACH)).any(counts)
}

/// Whether a noun has an adjective in the superlative.
fn superlative(view: &View<'_>, head: usize) -> bool {
    let (first, last) = view.grammar.edges(head);
    (first..=last.min(first + REACH))
        .any(|at| view.doc().token(at).feature("Degree") == Some("Sup"))
}

/// What is measured: what the quantity counts, the noun it stands before or behind, or what is told to
/// be so much. A number of nothing is no figure.
fn measure(
    view: &View<'_>,
    quantity: &Quantity,
    head: usize,
    words: &Range<usize>,
    clause: Option<&Clause>,
) -> Option<Cited<Filler>> {
    // "a drop of 538 cases", "a rate of 70 per 100,000 inhabitants": the drop, the rate.
    let changes = &view.pack.clauses.changes;
    let change = of_noun(view, head)
        .filter(|&noun| changes.contains(&view.doc().token(noun).lemma().to_lowercase()));
    if let Some(change) = change {
        return noun(view, change);
    }
    if is_rate(view, words.end) {
        return None;
    }
    // "the rate was 81.5 per 100,000 residents": the rate's, not the residents'.
    if reckons(view, words) {
        return subject_of(clause.filter(|clause| is_attribute(clause, head))?, view, head);
    }
    if let Some(of) = quantity.of.as_ref().filter(|of| !is_reckoned_by(view, of.span.start)) {
        return counted(view, of);
    }
    if let Some(beside) = beside(view, head) {
        return noun(view, beside).map(|found| without(view, found, words));
    }
    // "lowered the rate by 90 percent": the rate, not who lowered it.
    let changed = clause.and_then(|clause| clause.at(&Slot::Object).find(|arg| arg.head != head));
    if let Some(arg) = changed.filter(|_| is_share(quantity)) {
        return noun(view, arg.head);
    }
    // "the toll is $5", "deaths rose 40 percent".
    subject_of(clause.filter(|clause| tells_so_much(view, clause, quantity, head))?, view, head)
}

/// What a noun that is no count's own names.
fn noun(view: &View<'_>, at: usize) -> Option<Cited<Filler>> {
    one_of(view, at, [Type::Thing, Type::Actor])
}

/// What stands at a token as a value of the first type that fits.
fn one_of(view: &View<'_>, at: usize, types: [Type; 2]) -> Option<Cited<Filler>> {
    types.into_iter().find_map(|wanted| typed(view, at, wanted))
}

/// What a quantity counts.
fn counted(view: &View<'_>, of: &Cited<String>) -> Option<Cited<Filler>> {
    let last = view.doc().token_at(of.span.end.saturating_sub(1))?;
    // "billions of dollars" counts nothing.
    if view.pack.quantities.is_unit(last.text()) {
        return None;
    }
    let words = || Cited::new(Filler::Value(Value::Text(of.value.clone())), of.span.clone());
    Some(one_of(view, last.index(), [Type::Actor, Type::Thing]).unwrap_or_else(words))
}

/// The subject of a clause that tells a quantity.
fn subject_of(clause: &Clause, view: &View<'_>, head: usize) -> Option<Cited<Filler>> {
    noun(view, other_subject(clause, head)?)
}

/// The head of a clause's subject, where that is not the quantity itself.
fn other_subject(clause: &Clause, head: usize) -> Option<usize> {
    clause.at(&Slot::Subject).map(|arg| arg.head).find(|&at| at != head)
}

fn is_attribute(clause: &Clause, head: usize) -> bool {
    clause.at(&Slot::Attribute).any(|arg| arg.head == head)
}

/// A thing without the words of the quantity before it: the increase of "a 31 percent increase".
fn without(view: &View<'_>, found: Cited<Filler>, quantity: &Range<usize>) -> Cited<Filler> {
    let Filler::Value(Value::Thing(thing)) = &found.value else { return found };
    if found.span.start >= quantity.end || found.span.end <= quantity.end {
        return found;
    }
    let text = &view.doc().text()[quantity.end..found.span.end];
    let start = found.span.end - text.trim_start_matches([' ', '-']).len();
    let name = view.doc().token(thing.head).lemma().to_owned();
    let thing = Thing { name, ..thing.clone() };
    Cited::new(Filler::Value(Value::Thing(thing)), start..found.span.end)
}

/// The noun that a quantity stands behind with "of": the rate of "a rate of 28".
fn of_noun(view: &View<'_>, head: usize) -> Option<usize> {
    let grammar = view.grammar;
    let preposition = grammar.head(head)?;
    let of = grammar.relation(head) == Relation::PrepositionObject
        && grammar.token(preposition).norm() == view.pack.clauses.possession;
    grammar.head(preposition).filter(|&noun| of && is_noun(view, noun))
}

/// Whether the words of a quantity say themselves by what it is reckoned: "28 per 100,000".
fn reckons(view: &View<'_>, words: &Range<usize>) -> bool {
    let text = &view.doc().text()[words.clone()];
    text.split_whitespace().any(|word| view.pack.quantities.is_per(word))
}

/// Whether a word says by what a number is reckoned: the month of "$450,000 per month".
fn is_reckoned_by(view: &View<'_>, start: usize) -> bool {
    let before = view.doc().token_at(start).and_then(|token| token.index().checked_sub(1));
    before.is_some_and(|at| is_per(view, at))
}

/// Whether a quantity is reckoned by so many of what stands behind it: "13 homicides per 100,000".
fn is_rate(view: &View<'_>, end: usize) -> bool {
    view.doc().token_at(end + 1).is_some_and(|next| is_per(view, next.index()))
}

/// Whether a word says that a number is reckoned by what follows: "per", "every".
fn is_per(view: &View<'_>, token: usize) -> bool {
    view.pack.quantities.is_per(&view.doc().token(token).norm().to_lowercase())
}

/// The noun beside a quantity: "a 150-metre pier", "a rate of 28 per 100,000", "$30 million in aid".
fn beside(view: &View<'_>, head: usize) -> Option<usize> {
    let grammar = view.grammar;
    let mut at = head;
    for _ in 0..3 {
        let above = grammar.head(at)?;
        match grammar.relation(at) {
            Relation::Compound | Relation::Adjective | Relation::Number | Relation::NounAdverb => {}
            // "10 metres deep": up to the noun.
            Relation::Adverb | Relation::Other if view.doc().token(above).pos() == Pos::Adj => {}
            Relation::PrepositionObject => return of_noun(view, at),
            _ => break,
        }
        if is_noun(view, above) {
            return Some(above);
        }
        at = above;
    }
    // "$30 million in aid", "50 million worth of copper".
    let phrase = |at: usize| {
        let preposition =
            grammar.those(at, Relation::Preposition).find(|&child| child == at + 1)?;
        let noun = grammar.first(preposition, Relation::PrepositionObject)?;
        let plain = view.place(noun).is_none() && view.period(noun).is_none();
        (plain && is_noun(view, noun)).then_some(noun)
    };
    phrase(head)
}

fn is_noun(view: &View<'_>, at: usize) -> bool {
    matches!(view.doc().token(at).pos(), Pos::Noun | Pos::Propn)
}

/// Whether a clause says of its subject that it is, or grows by, so much.
fn tells_so_much(view: &View<'_>, clause: &Clause, quantity: &Quantity, head: usize) -> bool {
    // "The UN says crime is down 25 percent" says nothing of the UN.
    let lemma = view.doc().token(clause.head).lemma().to_lowercase();
    let saying = view.pack.clauses.saying.contains(&lemma);
    is_attribute(clause, head)
        || is_share(quantity)
            && !saying
            && matches!(
                view.grammar.relation(head),
                Relation::Object | Relation::NounAdverb | Relation::PrepositionObject
            )
}

fn is_share(quantity: &Quantity) -> bool {
    quantity.unit.as_deref() == Some("percent")
}

/// Who has it: the subject of a clause whose object the quantity is.
fn subject(view: &View<'_>, clause: &Clause, head: usize) -> Option<Cited<Filler>> {
    clause.at(&Slot::Object).find(|arg| arg.head == head)?;
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

/// The time that stands right behind a quantity ("900 in 2022"), or else that of its clause.
fn own_time(view: &View<'_>, first: usize, last: usize, owner: usize) -> Option<Cited<Filler>> {
    let sentence = view.doc().token(first).sentence().range();
    let period = |at: usize| {
        let cited = view.period(at)?;
        (cited.value.kind == period::Kind::When
            && !matches!(cited.value.precision, period::Precision::Order(_))
            && !is_baseline(view, at))
        .then(|| Cited::new(Filler::Value(Value::Period(cited.value.clone())), cited.span.clone()))
    };
    let beside = (last + 1..sentence.end.min(last + 4)).find_map(period);
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
        told.all(|other| same(&other)).then_some(()).and(one)
    })
}

/// Whether a time stands right behind another number: the 2010 of "up from 108 in 2010".
fn is_of_another(view: &View<'_>, at: usize, own: Range<usize>) -> bool {
    (at.saturating_sub(3)..at).any(|before| {
        !own.contains(&before) && view.period(before).is_none() && view.quantity_at(before)
    })
}

/// Whether a time is what a change is reckoned from: "a cut of 10 percent from 2012".
fn is_baseline(view: &View<'_>, at: usize) -> bool {
    let before = (at.saturating_sub(6)..at).map(|at| view.doc().token(at).norm().to_lowercase());
    before.into_iter().any(|word| view.pack.clauses.baselines.contains(&word))
}

/// The place of the quantity's clause.
fn place(view: &View<'_>, owner: usize) -> Option<Cited<Filler>> {
    let (first, last) = view.grammar.edges(owner);
    let near = first.max(owner.saturating_sub(2 * REACH))..=last.min(owner + 2 * REACH);
    near.filter(|&at| view.grammar.owner(at) == owner)
        .filter(|&at| view.place(at).is_some_and(|cited| crate::event::is_scene(&cited.value)))
        .find_map(|at| typed(view, at, Type::Place))
}
