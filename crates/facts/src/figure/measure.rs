//! What is measured by a quantity.

use std::ops::Range;

use atalaya_parse::{Pos, Token};

use super::{is_noun, is_share, one_of, other_subject};
use crate::claim::Value;
use crate::clause::labels::{Relation, VerbForm, verb_form};
use crate::clause::{Clause, Slot};
use crate::event::{Filler, Type, View};
use crate::value::Cited;
use crate::value::quantity::Quantity;
use crate::value::thing::Thing;

/// The most words for what has changed.
const MOST: usize = 12;

/// What is measured, or why it is not told: what the quantity counts, the noun it stands before or
/// behind, or what is told to be so much. A number of nothing is no figure.
pub(super) fn measure(
    view: &View<'_>,
    quantity: &Quantity,
    head: usize,
    words: &Range<usize>,
    clause: Option<&Clause>,
) -> Result<Cited<Filler>, Option<&'static str>> {
    if let Some(turned) = turned(view, quantity, head, clause) {
        return turned.ok_or(Some("it is told by how much something changed"));
    }
    let found = of_what(view, quantity, head, words, clause).ok_or(None)?;
    let found =
        particular(view, quantity, found, words).ok_or(Some("it is not told what is counted"))?;
    // "a total of over 3.5 billion pesos": pesos are no measure of themselves.
    let within = found.span.start >= words.start && found.span.end <= words.end;
    let number = view.doc().text()[found.span.clone()].contains(|c: char| c.is_ascii_digit());
    if within && number && quantity.of.is_none() {
        return Err(Some("it is not told what is counted"));
    }
    // "3 million shares, or 20 percent": another number is no measure.
    let other = view.part.quantities.iter().any(|other| {
        is_share(quantity)
            && quantity.of.is_none()
            && other.span != *words
            && other.span.start < found.span.end
            && found.span.start < other.span.end
            && (other.span.start >= words.end || other.span.end <= words.start)
    });
    match other {
        true => Err(Some("it is a share of another number")),
        false => Ok(completed(view, found, words)),
    }
}

/// What is measured with what a noun like "stake" or "increase" is of: "a stake in the mine", "a rise in
/// thefts". Where and when it was are told apart from it.
fn completed(view: &View<'_>, found: Cited<Filler>, words: &Range<usize>) -> Cited<Filler> {
    let whole = || {
        let doc = view.doc();
        let clauses = &view.pack.clauses;
        let last = doc.token_at(found.span.end.checked_sub(1)?)?.index();
        let lemma = doc.token(last).lemma().to_lowercase();
        let part = clauses.figures.parts.contains(&lemma);
        let completes = part || clauses.changes.contains(&lemma);
        let at = (last + 1 < doc.len()).then_some(last + 1).filter(|_| completes)?;
        let leads = clauses.figures.completing.contains(doc.token(at).norm())
            && view.grammar.relation(at) == Relation::Preposition;
        let object = view.grammar.first(at, Relation::PrepositionObject).filter(|_| leads)?;
        // "a stake in Connaught" is in a firm, whatever place bears its name.
        let alone = view.grammar.edges(object).1 == object;
        let free = (part && alone || view.place(object).is_none()) && view.period(object).is_none();
        let span = found.span.start..doc.token(object).bytes().end;
        // The noun may be the number's own: "75 copies of the rifle".
        let apart = span.end <= words.start || words.end <= found.span.end;
        let named = is_noun(view, object) && free && apart;
        named.then(|| {
            let text = doc.text()[span.clone()].to_owned();
            Cited::new(Filler::Value(Value::Text(text)), span)
        })
    };
    whole().or_else(|| with_participle(view, &found)).unwrap_or(found)
}

/// "84 cases **involving hand grenades**": such a noun counts what the participle behind it tells.
fn with_participle(view: &View<'_>, found: &Cited<Filler>) -> Option<Cited<Filler>> {
    let doc = view.doc();
    let last = doc.token_at(found.span.end.checked_sub(1)?)?.index();
    let bare = view.pack.clauses.figures.bare.contains(&doc.token(last).lemma().to_lowercase());
    let participle = view.grammar.first(last, Relation::Participle).filter(|_| bare)?;
    let (first, end) = view.grammar.edges(participle);
    let words = participle..end + 1;
    let plain = first == participle
        && participle == last + 1
        && words.len() <= MOST
        && verb_form(doc.token(participle)) == VerbForm::Gerund
        && words.clone().all(|at| doc.token(at).pos() != Pos::Punct && view.period(at).is_none());
    let span = found.span.start..doc.span(words).bytes().end;
    let text = doc.text()[span.clone()].to_owned();
    plain.then(|| Cited::new(Filler::Value(Value::Text(text)), span))
}

/// What a number measures, by the words around it.
fn of_what(
    view: &View<'_>,
    quantity: &Quantity,
    head: usize,
    words: &Range<usize>,
    clause: Option<&Clause>,
) -> Option<Cited<Filler>> {
    // "a drop of 538 cases", "a rate of 70 per 100,000 inhabitants": the drop, the rate.
    let changes = &view.pack.clauses.changes;
    let lemma = |noun: usize| view.doc().token(noun).lemma().to_lowercase();
    let own = quantity.of.as_ref().filter(|of| !is_reckoned_by(view, of.span.start));
    let change = of_noun(view, head).filter(|&noun| changes.contains(&lemma(noun)));
    // "a total of 20 boats": the boats.
    let sum = |noun: usize| {
        own.is_some()
            && quantity.unit.is_none()
            && view.pack.clauses.figures.sums.contains(&lemma(noun))
    };
    if let Some(change) = change.filter(|&noun| !sum(noun)) {
        return noun(view, change);
    }
    if is_rate(view, words.end) {
        return None;
    }
    // "the rate was 81.5 per 100,000 residents": the rate's, not the residents'.
    if reckons(view, words) {
        return subject_of(clause.filter(|clause| is_attribute(clause, head))?, view, head);
    }
    // "debt is 60 percent of GDP": the debt is so much.
    if own.is_some_and(|of| is_whole(view, quantity, head, clause, of)) {
        return subject_of(clause?, view, head);
    }
    if let Some(of) = own {
        return counted(view, of);
    }
    if let Some(beside) = beside(view, head) {
        return noun(view, beside).map(|found| without(view, found, words));
    }
    // "lowered the rate by 90 percent": the rate, not who lowered it.
    let subject =
        clause.is_some_and(|clause| clause.at(&Slot::Subject).any(|arg| arg.head == head));
    // "lost the district 68 percent to 31": no share of the district.
    let aside = clause.is_some_and(|clause| clause.at(&Slot::Object).any(|arg| arg.head != head));
    let led = view.grammar.head(head).is_some_and(|at| is_preposition(view, at));
    if is_share(quantity) && aside && !led && !subject {
        return None;
    }
    let changed = clause.filter(|_| !subject);
    // "won the presidency with 52 percent" tells no share of the presidency.
    let before = view.grammar.head(head).filter(|&at| is_preposition(view, at));
    let by = before.is_none_or(|at| view.pack.clauses.figures.narrowing.contains(&norm(view, at)));
    if is_share(quantity) && !by {
        return None;
    }
    let changed = changed.and_then(|clause| clause.at(&Slot::Object).find(|arg| arg.head != head));
    if let Some(arg) = changed.filter(|_| is_share(quantity)) {
        // "favoured Mora 46 percent to 30": no share of his, nor of those who favoured him.
        return noun(view, arg.head).filter(|_| !is_somebody(view, arg.head));
    }
    if is_share(quantity) && clause.is_some_and(|clause| is_somebodys_share(view, clause, head)) {
        return None;
    }
    // "the toll is $5", "deaths rose 40 percent".
    subject_of(clause.filter(|clause| tells_so_much(view, clause, quantity, head))?, view, head)
}

/// Whether a share is only told of whom, and not of what: "Mora is at 40 percent", "the agency cranked out 12
/// percent".
fn is_somebodys_share(view: &View<'_>, clause: &Clause, head: usize) -> bool {
    let Some(subject) = other_subject(clause, head) else { return false };
    let actor = view.actor(subject);
    let person = actor.as_ref().is_some_and(|actor| {
        view.pack.classes.is_person(actor.value.class) || actor.value.class.is_none()
    });
    let lemma = view.doc().token(clause.head).lemma().to_lowercase();
    let figures = &view.pack.clauses.figures;
    let done = clause.at(&Slot::Object).any(|arg| arg.head == head)
        && !figures.holding.contains(&lemma)
        && !figures.turns.contains(&lemma)
        && !makes(view, clause);
    person || view.doc().token(subject).pos() == Pos::Pron || done && actor.is_some()
}

/// Whether a clause tells what share its subject is: "represent", "make up".
fn makes(view: &View<'_>, clause: &Clause) -> bool {
    let lemma = view.doc().token(clause.head).lemma().to_lowercase();
    let particle = view.grammar.first(clause.head, Relation::Particle);
    let whole = particle.map_or(lemma.clone(), |at| format!("{lemma} {}", norm(view, at)));
    view.pack.clauses.figures.making.contains(&whole)
}

/// Whether what a share is of is only what its clause's subject is set against.
fn is_whole(
    view: &View<'_>,
    quantity: &Quantity,
    head: usize,
    clause: Option<&Clause>,
    of: &Cited<String>,
) -> bool {
    let figures = &view.pack.clauses.figures;
    let last = view.doc().token_at(of.span.end.saturating_sub(1));
    let whole = last.is_some_and(|last| {
        figures.wholes.contains(&last.lemma().to_lowercase())
            || figures.wholes.contains(&last.norm().to_lowercase())
    });
    let subject = |clause: &Clause| clause.at(&Slot::Subject).any(|arg| arg.head == head);
    is_share(quantity) && whole && !clause.is_some_and(subject)
}

/// What a share tells the change of: "thefts rose" of "thefts rose 40 percent", "lowered the rate" of
/// "lowered the rate by 90 percent". None if it is no change; a change of nothing if its words do not stand
/// together.
fn turned(
    view: &View<'_>,
    quantity: &Quantity,
    head: usize,
    clause: Option<&Clause>,
) -> Option<Option<Cited<Filler>>> {
    let clause = clause.filter(|_| is_share(quantity) && quantity.of.is_none())?;
    let doc = view.doc();
    let verb = clause.head;
    let turns = &view.pack.clauses.figures.turns;
    if !turns.contains(&doc.token(verb).lemma().to_lowercase()) || head < verb {
        return None;
    }
    let direct = view.grammar.head(head) == Some(verb);
    let preposition = view.grammar.head(head).filter(|&at| view.grammar.head(at) == Some(verb));
    let by = preposition.filter(|_| view.grammar.relation(head) == Relation::PrepositionObject);
    // "rose to 40 percent": that is what it is now.
    let to = by.is_some_and(|at| {
        view.pack.clauses.figures.narrowing.contains(&doc.token(at).norm().to_lowercase())
            && !view.pack.clauses.agents.contains(&doc.token(at).norm().to_lowercase())
    });
    if to || !direct && by.is_none() {
        return None;
    }
    let object = clause.at(&Slot::Object).map(|arg| arg.head).find(|&at| at != head && at > verb);
    let words = match object {
        Some(object) => verb..view.grammar.edges(object).1 + 1,
        None => {
            let subject = other_subject(clause, head).filter(|&at| at < verb);
            let Some(subject) = subject else { return Some(None) };
            let start = view.grammar.edges(subject).0;
            (start..subject).find(|&at| view.period(at).is_none()).unwrap_or(subject)..verb + 1
        }
    };
    let plain = words.len() <= MOST
        && words.end <= head
        && words.clone().all(|at| doc.token(at).pos() != Pos::Punct)
        && !words.clone().any(|at| at != verb && view.grammar.is_predicate(at))
        && words.clone().any(|at| is_noun(view, at) && !is_sum(view, at));
    let span = doc.span(words).bytes();
    let text = doc.text()[span.clone()].to_owned();
    Some(plain.then(|| Cited::new(Filler::Value(Value::Text(text)), span)))
}

fn is_sum(view: &View<'_>, at: usize) -> bool {
    view.pack.clauses.figures.sums.contains(&view.doc().token(at).lemma().to_lowercase())
}

/// What is counted, where the noun found says nothing of it: the drugs of "$2 billion worth of drugs",
/// the deaths of "the number of deaths". None if that is not told.
fn particular(
    view: &View<'_>,
    quantity: &Quantity,
    found: Cited<Filler>,
    words: &Range<usize>,
) -> Option<Cited<Filler>> {
    let doc = view.doc();
    let first = doc.token_at(found.span.start)?.index();
    let last = doc.token_at(found.span.end.saturating_sub(1))?.index();
    let bare = (first..last).all(|at| {
        doc.token(at).pos() == Pos::Det
            || view.pack.clauses.figures.sums.contains(&doc.token(at).norm().to_lowercase())
    });
    let unit = view.pack.quantities.is_unit(doc.token(last).text());
    if !bare || !is_sum(view, last) && !unit {
        return Some(found);
    }
    let mut next =
        last.max(doc.token_at(words.end.saturating_sub(1)).map_or(last, Token::index)) + 1;
    if next < doc.len() && is_sum(view, next) {
        next += 1;
    }
    // "billions of dollars back in remittances".
    if next < doc.len() && doc.token(next).pos() == Pos::Adv {
        next += 1;
    }
    // The noun's own phrase may stand before the number: "the number of deaths was 40".
    let own = view.grammar.those(last, Relation::Preposition).find(|&at| at == last + 1);
    let at = own.or_else(|| (next < doc.len()).then_some(next))?;
    let object = view.grammar.first(at, Relation::PrepositionObject)?;
    let free = view.place(object).is_none() && view.period(object).is_none();
    let plain = doc.token(at).pos() == Pos::Adp && free && is_noun(view, object);
    // "the share of women rose to 40 percent": the share, not the women.
    if plain && own.is_some() && is_share(quantity) {
        let span = found.span.start..doc.token(object).bytes().end;
        let text = doc.text()[span.clone()].to_owned();
        return Some(Cited::new(Filler::Value(Value::Text(text)), span));
    }
    plain.then(|| noun(view, object)).flatten()
}

/// What a noun that is no count's own names.
fn noun(view: &View<'_>, at: usize) -> Option<Cited<Filler>> {
    one_of(view, at, [Type::Thing, Type::Actor])
}

/// What a quantity counts.
fn counted(view: &View<'_>, of: &Cited<String>) -> Option<Cited<Filler>> {
    let last = view.doc().token_at(of.span.end.saturating_sub(1))?;
    // "billions of dollars" counts nothing.
    if view.pack.quantities.is_unit(last.text()) {
        return None;
    }
    let words = || Cited::new(Filler::Value(Value::Text(of.value.clone())), of.span.clone());
    let found = one_of(view, last.index(), [Type::Actor, Type::Thing]);
    // "police officers and cadets" are counted together.
    let found = found.filter(|found| {
        found.span.start <= of.span.start
            || view.grammar.joined(last.index()).len() < 2
            || found.span.start < of.span.end && !of.value.contains(' ')
    });
    let several = of.value == view.doc().text()[of.span.clone()] && of.value.contains(" and ");
    let narrowing = &view.pack.clauses.figures.narrowing;
    let narrowed = of.value == view.doc().text()[of.span.clone()]
        && of.value.split(' ').skip(1).any(|word| narrowing.contains(word));
    Some(
        found
            .filter(|_| !several && !narrowed)
            .map_or_else(words, |found| unhyphened(view, found, of)),
    )
}

/// Whether a noun is a name of somebody.
fn is_somebody(view: &View<'_>, at: usize) -> bool {
    view.doc().token(at).pos() == Pos::Propn
}

/// What is counted with the word that a hyphen joins to it, and without the number: "**high-**ranking
/// officers".
fn unhyphened(view: &View<'_>, found: Cited<Filler>, of: &Cited<String>) -> Cited<Filler> {
    let text = view.doc().text();
    let start = found.span.start;
    let before = &text[..start];
    if before.ends_with('-') {
        let word = before.trim_end_matches('-');
        let word = word.rfind(|c: char| !c.is_alphanumeric()).map_or(0, |at| at + 1);
        return Cited::new(found.value, word..found.span.end);
    }
    match start < of.span.start && of.span.end <= found.span.end {
        true => Cited::new(found.value, of.span.start..found.span.end),
        false => found,
    }
}

/// The subject of a clause that tells a quantity; a pronoun says nothing of what is measured.
fn subject_of(clause: &Clause, view: &View<'_>, head: usize) -> Option<Cited<Filler>> {
    let subject = other_subject(clause, head)?;
    noun(view, subject).filter(|_| view.doc().token(subject).pos() != Pos::Pron)
}

fn is_preposition(view: &View<'_>, at: usize) -> bool {
    view.grammar.relation(at) == Relation::Preposition
}

fn norm(view: &View<'_>, at: usize) -> String {
    view.doc().token(at).norm().to_lowercase()
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
pub(super) fn of_noun(view: &View<'_>, head: usize) -> Option<usize> {
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
pub(super) fn is_per(view: &View<'_>, token: usize) -> bool {
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
        // "$47,000 to the agency": whom it went to is not measured.
        let leads = view.pack.clauses.figures.narrowing.contains(&norm(view, preposition));
        let noun = grammar.first(preposition, Relation::PrepositionObject).filter(|_| !leads)?;
        let plain = view.place(noun).is_none() && view.period(noun).is_none();
        (plain && is_noun(view, noun)).then_some(noun)
    };
    phrase(head)
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
