//! Clauses: who does what to whom in the grammar's terms, whatever the order of the words.

mod arguments;
mod assertion;
pub(crate) mod grammar;
pub(crate) mod labels;
mod words;

pub use assertion::{Assertion, Realis};
pub(crate) use assertion::{is_condition, is_definite};
pub use words::Words;

use crate::claim::Status;
use grammar::Grammar;

/// A predicate with what stands around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The token of the predicate: a verb, a noun that tells of an event, an adjective.
    pub head: usize,
    /// What the predicate is.
    pub form: Form,
    /// The token that carries tense and negation: the predicate, its light verb or its copula.
    pub carrier: usize,
    /// Who stands in it.
    pub args: Vec<Arg>,
    /// Whether it is told as done, planned, denied.
    pub assertion: Assertion,
    /// The rung of a commitment that what governs it tells: "resumed building".
    pub status: Option<Status>,
    /// Whether the words take it for granted rather than tell it: "the recent raid on …".
    pub presupposed: bool,
    /// Whether it is told of a habit: "conduct frequent raids".
    pub repeated: bool,
    /// Whether it is told of nobody in particular: "anyone convicted of theft faces prison".
    pub anyone: bool,
    /// Whether nothing but an infinitive tells that it is meant to be: "sent men to burn the crops".
    pub supposed: bool,
}

/// What a predicate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// A verb.
    Verb,
    /// A noun that tells of an event.
    Noun,
    /// An adjective that is told of somebody.
    Adjective,
}

/// Somebody or something in a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arg {
    /// Where it stands.
    pub slot: Slot,
    /// The head of its noun phrase, or of its clause.
    pub head: usize,
}

/// Where something stands in a clause.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// Who does it.
    Subject,
    /// Whom or what it is done to.
    Object,
    /// For or to whom.
    Indirect,
    /// What it is or becomes.
    Attribute,
    /// A clause: "that …".
    That,
    /// Who does what such a clause says: "asked that **Oslo** pay".
    Doer,
    /// A clause: "to …".
    To,
    /// A clause of purpose beside the rest: "spent $40 **to help**".
    Purpose,
    /// A clause: "…ing".
    Ing,
    /// Of whom a noun is told: "**Mora** is a founder of the League".
    Bearer,
    /// The possessor of a noun.
    Possessive,
    /// A noun or adjective before the noun.
    Compound,
    /// The noun of a preposition, by the preposition's words.
    Prep(String),
}

impl Slot {
    /// Its name in the pack.
    pub fn name(&self) -> &str {
        match self {
            Slot::Subject => "subject",
            Slot::Object => "object",
            Slot::Indirect => "indirect",
            Slot::Attribute => "attribute",
            Slot::That => "that",
            Slot::Doer => "doer",
            Slot::To => "to",
            Slot::Purpose => "purpose",
            Slot::Ing => "ing",
            Slot::Bearer => "bearer",
            Slot::Possessive => "possessive",
            Slot::Compound => "compound",
            Slot::Prep(words) => words,
        }
    }
}

/// The clauses of a text: one for each verb, and one for each noun or adjective that `tells` says may
/// tell of an event.
pub(crate) fn clauses(
    words: &Words,
    grammar: &Grammar<'_>,
    tells: &dyn Fn(usize) -> bool,
) -> Vec<Clause> {
    (0..grammar.doc.len())
        .filter_map(|index| match arguments::form(grammar, index)? {
            Form::Verb => Some(verb(words, grammar, index)),
            Form::Noun if tells(index) => Some(noun(words, grammar, index)),
            Form::Adjective if tells(index) => adjective(words, grammar, index),
            _ => None,
        })
        .collect()
}

/// The nouns that do what a verb tells, whether they stand before it or it has them from another.
pub(crate) fn subjects(words: &Words, grammar: &Grammar<'_>, verb: usize) -> Vec<usize> {
    arguments::surface_subjects(words, grammar, verb)
}

fn verb(words: &Words, grammar: &Grammar<'_>, head: usize) -> Clause {
    let args = arguments::of_verb(words, grammar, head);
    assertion::assert(words, grammar, Clause::new(head, Form::Verb, head, args))
}

fn noun(words: &Words, grammar: &Grammar<'_>, head: usize) -> Clause {
    let carrier = arguments::carrier(words, grammar, head);
    let args = arguments::of_noun(words, grammar, head, carrier);
    // "he was not a member": the copula tells how.
    let carrier = carrier.or_else(|| arguments::predicated(grammar, head)).unwrap_or(head);
    assertion::assert(words, grammar, Clause::new(head, Form::Noun, carrier, args))
}

fn adjective(words: &Words, grammar: &Grammar<'_>, head: usize) -> Option<Clause> {
    let verb = arguments::predicated(grammar, head)?;
    let args = arguments::of_adjective(words, grammar, head, verb);
    Some(assertion::assert(words, grammar, Clause::new(head, Form::Adjective, verb, args)))
}

impl Clause {
    fn new(head: usize, form: Form, carrier: usize, args: Vec<Arg>) -> Clause {
        let assertion = Assertion { realis: Realis::Happened, denied: false };
        let (status, presupposed, repeated, anyone, supposed) = (None, false, false, false, false);
        Clause {
            head,
            form,
            carrier,
            args,
            assertion,
            status,
            presupposed,
            repeated,
            anyone,
            supposed,
        }
    }

    /// Everything that stands in one place.
    pub fn at<'a>(&'a self, slot: &'a Slot) -> impl Iterator<Item = &'a Arg> {
        self.args.iter().filter(move |arg| arg.slot == *slot)
    }
}
