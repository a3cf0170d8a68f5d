//! Conditions: what a commitment hangs on, wherever it stands around the clause.

use std::ops::Range;

use super::rules::CONDITION;
use super::values::{View, phrase};
use super::{Draft, Filler};
use crate::claim::Value;
use crate::clause::is_condition;
use crate::clause::labels::Relation;
use crate::value::Cited;

/// How many governing clauses are looked at: "has said it would agree to send".
const STEPS: usize = 3;

/// Fills the condition of every draft whose kind has one.
pub(super) fn add(view: &View<'_>, drafts: &mut [Draft]) {
    for draft in drafts {
        let role = view.pack.kinds.kinds[draft.kind].role(CONDITION);
        let Some(role) = role.filter(|role| draft.roles.iter().all(|(it, _)| it != role)) else {
            continue;
        };
        if let Some(span) = condition(view, draft.carrier) {
            let words = view.doc().text()[span.clone()].to_owned();
            draft.roles.push((role, Cited::new(Filler::Value(Value::Text(words)), span)));
        }
    }
}

/// The words of the condition of a clause, its own or that of the clause above it.
fn condition(view: &View<'_>, carrier: usize) -> Option<Range<usize>> {
    let grammar = view.grammar;
    let mut at = carrier;
    for _ in 0..STEPS {
        if let Some(found) = grammar.children(at).find_map(|child| words_of(view, child)) {
            return Some(found);
        }
        let above = grammar.head(at)?;
        let goes_on =
            [Relation::Open, Relation::Complement, Relation::Object, Relation::Participle];
        if !goes_on.contains(&grammar.relation(at)) {
            return None;
        }
        at = above;
    }
    None
}

/// The words of what hangs on a clause, if it is a condition: "if Congress approves", "pending a vote",
/// "on condition that they disarm".
fn words_of(view: &View<'_>, child: usize) -> Option<Range<usize>> {
    let (grammar, words) = (view.grammar, &view.pack.clauses);
    match grammar.relation(child) {
        Relation::Adverbial if is_condition(words, grammar, child) => Some(phrase(view, child)),
        Relation::Preposition => {
            let leads = words.condition_prepositions.contains(grammar.token(child).norm());
            let noun = grammar.first(child, Relation::PrepositionObject)?;
            let named = || words.condition_nouns.contains(grammar.token(noun).lemma());
            (leads || named()).then(|| phrase(view, child))
        }
        // "pending approval": the parser may take it for a participle.
        Relation::Adverbial => {
            let leads = words.condition_prepositions.contains(grammar.token(child).norm());
            leads.then(|| phrase(view, child))
        }
        _ => None,
    }
}
