//! Whether what a clause tells is done again and again.

use atalaya_parse::Pos;

use super::{Realis, Sum};
use crate::clause::grammar::{Grammar, REACH};
use crate::clause::labels::{Relation, VerbForm, is_question_word, is_relative_pronoun, verb_form};
use crate::clause::words::Words;
use crate::clause::{Clause, Form, Slot};

/// Whether a clause tells of a habit: "frequent raids", "gangs smuggle guns".
pub(super) fn is_repeated(
    words: &Words,
    grammar: &Grammar<'_>,
    clause: &Clause,
    sum: &Sum,
) -> bool {
    let told = |index: usize| {
        grammar.children(index).any(|child| {
            matches!(grammar.relation(child), Relation::Adverb | Relation::Adjective)
                && words.repeated.contains(&grammar.token(child).norm().to_lowercase())
        })
    };
    // "Nine men are behind bars": what they are is no habit.
    let habit = sum.realis == Realis::Ongoing
        && grammar.token(clause.carrier).pos() != Pos::Aux
        && verb_form(grammar.token(clause.carrier)) == VerbForm::Present
        && grammar.first(clause.carrier, Relation::Auxiliary).is_none();
    // "gangs smuggle guns" is a habit; "he faces charges" and "we urge you to go" are none.
    let several = clause.args.iter().any(|arg| {
        let token = grammar.token(arg.head);
        arg.slot == Slot::Subject
            && token.feature("Number") == Some("Plur")
            && token.feature("Person") != Some("1")
    });
    let carried = clause.form == Form::Verb
        || clause.carrier != clause.head && grammar.relation(clause.head) == Relation::Object;
    told(clause.carrier)
        || told(clause.head)
        || habit && several && carried
        || sum.realis == Realis::Ongoing && is_whenever(words, grammar, clause.carrier)
        || is_known_to(words, grammar, clause.carrier)
        || clause.form == Form::Noun
            && (is_of_series(words, grammar, clause.head) || is_rife(words, grammar, clause.head))
        || is_rate(words, grammar, clause.carrier)
}

/// "when bosses are jailed, others follow".
fn is_whenever(words: &Words, grammar: &Grammar<'_>, verb: usize) -> bool {
    let leads = |child: usize| {
        matches!(grammar.relation(child), Relation::Mark | Relation::Adverb)
            && words.whenever.contains(&grammar.token(child).norm().to_lowercase())
    };
    let simple = |verb: usize| {
        let carrier = grammar.first(verb, Relation::PassiveAuxiliary).unwrap_or(verb);
        verb_form(grammar.token(carrier)) == VerbForm::Present
    };
    grammar.relation(verb) == Relation::Adverbial
        && grammar.children(verb).any(leads)
        && simple(verb)
        && grammar.head(verb).is_some_and(simple)
}

/// "are known to steal", "used to extort": the verb above tells of a habit; what is used to do something
/// does it once.
fn is_known_to(words: &Words, grammar: &Grammar<'_>, verb: usize) -> bool {
    let mut at = verb;
    for _ in 0..REACH {
        match grammar.head(at).filter(|_| grammar.relation(at) == Relation::Conjunct) {
            Some(head) => at = head,
            None => break,
        }
    }
    let Some(above) = grammar.head(at).filter(|_| grammar.relation(at) == Relation::Open) else {
        return false;
    };
    let lemma = grammar.token(above).lemma();
    let mut signs = grammar.those(at, Relation::Auxiliary);
    // "the gun he used to kill him": it was used once.
    let subject = grammar.first(above, Relation::Subject);
    let pronoun = subject.is_some_and(|at| is_relative_pronoun(grammar.token(at)));
    let means = words.instruments.contains(lemma)
        && (grammar.is_passive(above)
            || subject.is_none()
            || grammar.relation(above) == Relation::Relative && !pronoun
            || grammar.first(above, Relation::Object).is_some());
    // "know how to build mines".
    let able =
        grammar.those(at, Relation::Adverb).any(|adverb| is_question_word(grammar.token(adverb)));
    !means
        && !able
        && signs.any(|sign| {
            words.habits.contains(&format!("{lemma} {}", grammar.token(sign).norm().to_lowercase()))
        })
}

/// "kidnappings are common", "clashes have been a frequent occurrence".
pub(super) fn is_rife(words: &Words, grammar: &Grammar<'_>, noun: usize) -> bool {
    let verb = grammar.head(noun).filter(|_| grammar.relation(noun) == Relation::Subject);
    let said = verb.into_iter().flat_map(|verb| grammar.those(verb, Relation::Attribute));
    said.flat_map(|at| std::iter::once(at).chain(grammar.those(at, Relation::Adjective)))
        .any(|at| words.rife.contains(&grammar.token(at).norm().to_lowercase()))
}

/// "a string of seizures".
fn is_of_series(words: &Words, grammar: &Grammar<'_>, noun: usize) -> bool {
    let of = grammar.head(noun).filter(|_| grammar.relation(noun) == Relation::PrepositionObject);
    of.filter(|&of| grammar.token(of).norm() == words.possession)
        .and_then(|of| grammar.head(of))
        .is_some_and(|above| words.series.contains(grammar.token(above).lemma()))
}

/// "killed one man for every twenty it arrested".
fn is_rate(words: &Words, grammar: &Grammar<'_>, verb: usize) -> bool {
    let (first, last) = grammar.edges(verb);
    (first..last).take(4 * REACH).any(|at| {
        words.purposes.contains(grammar.token(at).norm())
            && words.whenever.contains(grammar.token(at + 1).norm())
            && at + 2 <= last
            && grammar.token(at + 2).pos() == Pos::Num
            && grammar.owner(at) == grammar.owner(verb)
    })
}
