//! Answers: an accusation gets what the accused says to it, and the inquiry into him.

use crate::claim::{Claim, Role, Value};
use crate::event::Answers;
use crate::pack::Pack;
use crate::reading::Reading;
use crate::value::Cited;
use crate::value::actor::Form;

/// How many texts before its own an answer looks for what it answers.
const NEAR: usize = 4;

/// A claim with its part and the statement that it is.
type Made = (usize, Option<usize>, Claim);

/// Gives every claim that others of its report answer a role for each of them.
pub(super) fn link(pack: &Pack, reading: &Reading<'_>, made: &mut [Made]) {
    let mut found: Vec<(usize, usize, &str)> = Vec::new();
    for (at, (_, _, claim)) in made.iter().enumerate() {
        let kind = pack.kinds.by_name(&claim.kind);
        let Some(answers) = kind.and_then(|kind| kind.answers.as_ref()) else { continue };
        if let Some(answered) = answered(reading, made, at, answers) {
            found.push((answered, at, &answers.role));
        }
    }
    for (answered, at, role) in found {
        let span = made[at].2.trigger.clone();
        let claim = &mut made[answered].2;
        let value = Cited::new(Value::Claim(at), span);
        claim.roles.push(Role { id: role.to_owned(), value, denied: false });
        sort(pack, claim);
    }
}

/// Moves private persons out of the roles in which their kind spares them.
pub(super) fn spare(pack: &Pack, made: &mut [Made]) {
    for (_, _, claim) in made {
        let kind = pack.kinds.by_name(&claim.kind);
        let Some(spares) = kind.and_then(|kind| kind.spares.as_ref()) else { continue };
        let told = |name: &String| claim.roles.iter().any(|role| role.id == *name);
        if spares.unless.iter().all(told) {
            continue;
        }
        for role in claim.roles.iter_mut().filter(|role| role.id == spares.role) {
            if is_private(pack, &role.value.value) {
                role.id.clone_from(&spares.instead);
            }
        }
        sort(pack, claim);
    }
}

/// Whether somebody is a person with a name of whom nothing else is known: neither post nor class.
fn is_private(pack: &Pack, value: &Value) -> bool {
    let Value::Actor(actor) = value else { return false };
    actor.form == Form::Name
        && actor.office.is_none()
        && pack.classes.is_person(actor.class)
        && pack.classes.is_default(actor.class)
}

/// Puts the roles of a claim in the order of its kind's.
fn sort(pack: &Pack, claim: &mut Claim) {
    let kind = pack.kinds.by_name(&claim.kind);
    let order = |role: &Role| kind.and_then(|kind| kind.role(&role.id));
    claim.roles.sort_by_key(|role| (order(role), role.value.span.start));
}

/// The last claim before an answer that it can be an answer to: of the kind, and about the same actor.
fn answered(reading: &Reading<'_>, made: &[Made], at: usize, answers: &Answers) -> Option<usize> {
    let (part, _, claim) = &made[at];
    let who = names(reading, claim, &answers.who);
    let same = |other: &Claim| {
        let whom = names(reading, other, &answers.whom);
        whom.iter().any(|a| who.iter().any(|b| is_same(a, b)))
    };
    let fits = |index: &usize| {
        let (other_part, _, other) = &made[*index];
        *index != at
            && other.kind == answers.kind
            && other.sentence.start <= claim.sentence.start
            && other_part + NEAR >= *part
            && same(other)
    };
    let near = made[at..].iter().take_while(|(_, _, other)| other.sentence == claim.sentence);
    let last = at + near.count();
    (0..last).rev().take_while(|&index| made[index].0 + NEAR >= *part).find(fits)
}

/// The names of the actors in a role: of a pronoun what it stands for.
fn names(reading: &Reading<'_>, claim: &Claim, role: &str) -> Vec<String> {
    let text = &reading.report.text;
    let roles = claim.roles.iter().filter(|it| it.id == role);
    roles
        .filter_map(|role| {
            let Value::Actor(actor) = &role.value.value else { return None };
            let name = role.value.antecedent.as_ref().map(|span| text[span.clone()].to_owned());
            Some(name.unwrap_or_else(|| actor.name.clone()).to_lowercase())
        })
        .collect()
}

/// Whether two names can be one's: equal, or one the end of the other ("Ana Mora", "Mora").
fn is_same(a: &str, b: &str) -> bool {
    let ends = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    };
    ends(a, b) || ends(b, a)
}
