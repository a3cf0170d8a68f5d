//! How a noun that tells of a deed is meant, by what it depends on, and whether it is denied.

use atalaya_parse::Pos;

use super::{Effect, Realis, Sum, is_condition, own, upwards_from, weigh};
use crate::clause::grammar::Grammar;
use crate::clause::labels::Relation;
use crate::clause::words::Words;

/// One step up from an event's noun: to its preposition's head, or to the verb it depends on.
pub(super) fn nominal_step(
    words: &Words,
    grammar: &Grammar<'_>,
    at: usize,
    head: usize,
    sum: &mut Sum,
) -> Option<usize> {
    let relation = grammar.relation(at);
    let (governor, preposition) = if relation == Relation::PrepositionObject {
        sum.denied ^= words.never.contains(grammar.token(head).norm());
        (grammar.head(head)?, Some(head))
    } else {
        (head, None)
    };
    // "if there are clashes".
    if matches!(relation, Relation::Attribute | Relation::Subject) {
        if grammar.is_predicate(governor) && is_condition(words, grammar, governor) {
            let realis = Some(Realis::Hypothetical);
            sum.add(Effect { realis, ..Effect::default() });
        }
        // "an attack would be folly".
        if relation == Relation::Subject && !is_definite(words, grammar, at) {
            left_open(words, grammar, governor, sum);
        }
        return None;
    }
    // "his decisions during the attack": the attack is none of them.
    if preposition.is_some_and(|at| words.apart.contains(&grammar.token(at).norm().to_lowercase()))
    {
        return None;
    }
    if preposition.is_some_and(|at| is_example(words, grammar, at, governor)) {
        // "threatened to act, including the murder of relatives".
        if grammar.is_predicate(governor) {
            left_open(words, grammar, governor, sum);
            return None;
        }
        return Some(governor);
    }
    // "the raid should be seen as a warning": what it is taken for is told.
    let taken = |at: usize| words.examples.contains(grammar.token(at).norm());
    if relation == Relation::PassiveSubject
        && grammar.those(governor, Relation::Preposition).any(taken)
    {
        return None;
    }
    // "information leading to the arrest": nobody has been arrested yet.
    let clue = grammar
        .head(governor)
        .filter(|_| grammar.relation(governor) == Relation::Participle && preposition.is_some());
    if clue.is_some_and(|noun| words.clues.contains(grammar.token(noun).lemma())) {
        sum.add(Effect::told(Realis::Possible));
        return None;
    }
    // "eager to rebut criticism", "will avenge the killings": what is answered is there.
    let answers = words.reacting.contains(grammar.token(governor).lemma());
    if answers && matches!(relation, Relation::Object | Relation::PassiveSubject) {
        return None;
    }
    let Some(effect) = super::governor(words, grammar, governor, preposition) else {
        let object = matches!(relation, Relation::Object | Relation::PassiveSubject);
        if object && !is_definite(words, grammar, at) {
            left_open(words, grammar, governor, sum);
        }
        return None;
    };
    // "charged with the murder": it has been done, whoever did it.
    if effect.granted && is_definite(words, grammar, at) {
        return None;
    }
    sum.add(effect);
    if grammar.is_predicate(governor) {
        // "the report condemns the killing": the killing does not go on.
        let before = sum.realis;
        weigh(words, grammar, governor, sum);
        if sum.realis == Realis::Ongoing {
            sum.realis = before;
        }
    }
    Some(governor)
}

/// "will face an inquiry", "to win a pledge": what a verb that is no deed yet has as its object, nothing
/// makes a deed.
fn left_open(words: &Words, grammar: &Grammar<'_>, verb: usize, sum: &mut Sum) {
    if !grammar.is_predicate(verb) || !sum.realis.is_real() {
        return;
    }
    let mut above = own(words, grammar, verb);
    upwards_from(words, grammar, verb, false, false, &mut above);
    if !above.realis.is_real() {
        sum.realis = above.realis;
    }
}

/// Whether a noun stands as an example of another: "crimes **including** theft", "such crimes **as** theft".
fn is_example(words: &Words, grammar: &Grammar<'_>, preposition: usize, noun: usize) -> bool {
    let word = grammar.token(preposition);
    let such = || {
        let before = preposition.checked_sub(1).map(|at| grammar.token(at).lemma() == "such");
        let of_noun = grammar.children(noun).any(|at| grammar.token(at).lemma() == "such");
        before == Some(true) || of_noun
    };
    let whole = word.pos() != Pos::Adp || word.norm().len() > 2;
    words.examples.contains(word.norm())
        && if grammar.is_predicate(noun) { whole } else { whole || such() }
}

/// Whether a clause tells of nobody in particular: "those who refuse", "anyone convicted of theft
/// faces prison".
pub(super) fn of_anyone(words: &Words, grammar: &Grammar<'_>, verb: usize) -> bool {
    let Some(noun) = grammar.head(verb) else { return false };
    if !words.anyone.contains(&grammar.token(noun).norm().to_lowercase()) {
        return false;
    }
    let main = grammar.owner(noun);
    // "those who allegedly killed him" are some.
    let open = |verb: usize| {
        !matches!(own(words, grammar, verb).realis, Realis::Happened | Realis::Possible)
    };
    match grammar.relation(verb) {
        Relation::Relative => open(verb),
        Relation::Participle => main != noun && open(main),
        _ => false,
    }
}

/// Whether a noun phrase says that there is none: "no camps", "nobody".
pub(super) fn denies(words: &Words, grammar: &Grammar<'_>, head: usize) -> bool {
    let none = |index: usize| words.none.contains(&grammar.token(index).norm().to_lowercase());
    // "not one envoy", "not a single shot".
    let not_one = || {
        let (first, _) = grammar.edges(head);
        let next = (first < head).then(|| grammar.token(first + 1));
        let stands = [Relation::Subject, Relation::PassiveSubject, Relation::Object];
        stands.contains(&grammar.relation(head))
            && words.never.contains(&grammar.token(first).norm().to_lowercase())
            && next.is_some_and(|next| matches!(next.pos(), Pos::Num | Pos::Det))
    };
    none(head) || grammar.those(head, Relation::Determiner).any(none) || not_one()
}

/// Whether a noun is the object of a verb that is negated: "won no trial", "had not achieved any
/// conviction".
pub(super) fn is_object_of_none(grammar: &Grammar<'_>, noun: usize) -> bool {
    let verb = grammar.head(noun).filter(|_| grammar.relation(noun) == Relation::Object);
    let definite = || grammar.first(noun, Relation::Possessive).is_some();
    verb.is_some_and(|verb| grammar.first(verb, Relation::Negation).is_some()) && !definite()
}

/// Whether a noun is taken for granted: "the recent raid", "his arrest".
pub(crate) fn is_definite(words: &Words, grammar: &Grammar<'_>, noun: usize) -> bool {
    grammar.children(noun).any(|child| match grammar.relation(child) {
        Relation::Possessive => true,
        Relation::Determiner => {
            words.definite.contains(&grammar.token(child).norm().to_lowercase())
        }
        _ => false,
    })
}
