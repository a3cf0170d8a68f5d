//! Casualties: the dead, injured, captured, missing and unharmed of an event, from what is told around it.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::rules::{OUTCOMES, Type};
use super::values::View;
use super::{Draft, Filler};
use crate::claim::Value;
use crate::clause::grammar::REACH;
use crate::clause::labels::Relation;
use crate::clause::{Clause, Form, Slot};
use crate::pack::{self, Files, Problem};
use crate::value::Cited;

/// The words for what becomes of people, by lemma.
#[derive(Debug, Default)]
pub struct Words {
    verbs: HashMap<String, usize>,
    adjectives: HashMap<String, usize>,
    /// Verbs with which an adjective tells of their object: "left four dead".
    leave: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    leave: Vec<String>,
    dead: Outcome,
    injured: Outcome,
    captured: Outcome,
    missing: Outcome,
    unharmed: Outcome,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    verbs: Vec<String>,
    adjectives: Vec<String>,
}

impl Words {
    /// Reads `casualties/xx.toml`, and adds to the problems what is wrong with it.
    pub fn load(files: &Files, problems: &mut Vec<Problem>) -> Words {
        let mut words = Words::default();
        let own = |path: &&String| path.starts_with("casualties/") && path.ends_with(".toml");
        for path in files.keys().filter(own) {
            let Some(file) = pack::read::<File>(path, &files[path], problems) else { continue };
            words.leave.extend(file.leave);
            let outcomes = [file.dead, file.injured, file.captured, file.missing, file.unharmed];
            for (index, outcome) in outcomes.into_iter().enumerate() {
                words.verbs.extend(outcome.verbs.into_iter().map(|verb| (verb, index)));
                words.adjectives.extend(outcome.adjectives.into_iter().map(|word| (word, index)));
            }
        }
        words
    }
}

/// Adds to a draft the casualties that the clauses around it tell, and notes which these were.
pub(super) fn add(view: &View<'_>, clauses: &[Clause], mut draft: Draft) -> Draft {
    if !view.pack.kinds.kinds[draft.kind].casualties {
        return draft;
    }
    for clause in around(view, clauses, &draft) {
        // "mounted an operation to capture him": he has not been captured.
        if draft.assertion.realis.is_real() && !clause.assertion.realis.is_real() {
            continue;
        }
        let Some(outcome) = outcome(view, clause) else { continue };
        let found = people(view, clause);
        if found.is_empty() {
            continue;
        }
        let role = view.pack.kinds.kinds[draft.kind]
            .roles
            .iter()
            .position(|(name, _)| name == OUTCOMES[outcome]);
        let Some(role) = role else { continue };
        for filler in found {
            if !draft.roles.iter().any(|(_, cited)| cited.span == filler.span) {
                draft.roles.push((role, filler));
            }
        }
        draft.absorbed.push(clause.head);
    }
    draft
}

/// The clauses that may tell what came of an event.
fn around<'c>(view: &View<'_>, clauses: &'c [Clause], draft: &Draft) -> Vec<&'c Clause> {
    let at = clauses.partition_point(|clause| clause.head + 2 * REACH < draft.head);
    clauses[at..]
        .iter()
        .take_while(|clause| clause.head < draft.head + 3 * REACH)
        .filter(|clause| clause.form == Form::Verb && clause.head != draft.head)
        .filter(|clause| follows(view, clause, draft))
        .collect()
}

/// Whether a clause tells of a result: "…, killing three", "the attack killed three", "an attack in
/// which three were killed", "three were killed in an attack".
fn follows(view: &View<'_>, clause: &Clause, draft: &Draft) -> bool {
    let grammar = view.grammar;
    let told_of_noun = draft.form == Form::Noun
        && clause.args.iter().any(|arg| {
            let place = matches!(arg.slot, Slot::Subject | Slot::Prep(_));
            place && arg.head == draft.head
        });
    told_of_noun || {
        let mut at = clause.head;
        let mut steps = 0;
        loop {
            let Some(head) = grammar.head(at) else { break false };
            let joined = grammar.relation(at) == Relation::Conjunct;
            let result = grammar.relation(at) == Relation::Adverbial
                && !grammar.those(at, Relation::Mark).any(|_| true)
                && grammar.first(at, Relation::Subject).is_none();
            let relative = grammar.relation(at) == Relation::Relative && head == draft.head;
            if (joined || result || relative) && (head == draft.carrier || head == draft.head) {
                // What is joined has the same subject, or it is another story.
                break !joined || grammar.first(clause.head, Relation::Subject).is_none();
            }
            if !joined || steps == REACH {
                break false;
            }
            at = head;
            steps += 1;
        }
    }
}

fn outcome(view: &View<'_>, clause: &Clause) -> Option<usize> {
    let words = &view.pack.casualties;
    let lemma = view.doc().token(clause.head).lemma().to_lowercase();
    if words.leave.contains(&lemma) {
        let told = view
            .grammar
            .children(clause.head)
            .chain(clause.at(&Slot::Object).flat_map(|arg| view.grammar.children(arg.head)));
        return told
            .filter_map(|child| {
                let token = view.doc().token(child);
                let word = words.adjectives.get(&token.norm().to_lowercase());
                word.or_else(|| words.verbs.get(token.lemma())).copied()
            })
            .next();
    }
    words.verbs.get(&lemma).copied()
}

/// Who it happened to: quantities with what they count before people.
fn people(view: &View<'_>, clause: &Clause) -> Vec<Cited<Filler>> {
    clause.at(&Slot::Object).filter_map(|arg| person(view, arg.head)).collect()
}

fn person(view: &View<'_>, head: usize) -> Option<Cited<Filler>> {
    super::values::typed(view, head, Type::Quantity)
        .filter(|cited| match &cited.value {
            Filler::Value(Value::Quantity(quantity)) => quantity.unit.is_none(),
            _ => false,
        })
        .or_else(|| super::values::typed(view, head, Type::Actor))
}
