//! One deed, one claim: what is told twice in a sentence is told once, and what lacks its roles is let go.

use super::values::View;
use super::{Draft, Dropped, Filler};
use super::{general, rules};
use crate::claim::{Aspect, Value};
use crate::clause::Form;
use crate::clause::labels::Relation;
use crate::value::{Cited, actor};
use atalaya_parse::Pos;

/// Lets go of drafts that tell what another tells, and of those that lack what their kind requires.
pub(super) fn settle(view: &View<'_>, drafts: &mut Vec<Draft>, dropped: &mut Vec<Dropped>) {
    let mut gone: Vec<Option<String>> = vec![None; drafts.len()];
    let by_head = |drafts: &[Draft], head: usize| {
        let start = drafts.partition_point(|draft| draft.head < head);
        let count = drafts[start..].iter().take_while(|draft| draft.head == head).count();
        start..start + count
    };
    for index in 0..drafts.len() {
        if gone[index].is_some() {
            continue;
        }
        for absorbed in &drafts[index].absorbed {
            for other in by_head(drafts, *absorbed) {
                let harms = view.pack.kinds.kinds[drafts[other].kind].casualties;
                if other != index && harms && !drafts[other].absorbed.contains(&drafts[index].head)
                {
                    gone[other] = Some(format!("told by {}", drafts[index].rule));
                }
            }
        }
    }
    for index in 0..drafts.len() {
        gone[index] = gone[index]
            .take()
            .or_else(|| nominal(view, drafts, index))
            .or_else(|| lacks(view, &drafts[index]))
            .or_else(|| general::sort(view, &drafts[index]))
            .or_else(|| general::idea(view, &drafts[index]))
            .or_else(|| general::nobody(view, &drafts[index]))
            .or_else(|| general::alternative(view, &drafts[index]))
            .or_else(|| general::question(view, &drafts[index]))
            .or_else(|| general::headline(view, &drafts[index]));
    }
    let mut reasons = gone.into_iter();
    drafts.retain(|draft| match reasons.next().flatten() {
        Some(why) => {
            dropped.push(draft.dropped(why));
            false
        }
        None => true,
    });
}

/// A noun of one kind that a verb of the same kind has as its own words or in a role: "sign a deal".
fn nominal(view: &View<'_>, drafts: &[Draft], index: usize) -> Option<String> {
    let draft = &drafts[index];
    if draft.form != Form::Noun {
        return None;
    }
    let bytes = view.doc().token(draft.head).bytes();
    let sentence = view.doc().token(draft.head).sentence().range();
    let start = drafts.partition_point(|other| other.head < sentence.start);
    let near = drafts[start..].iter().take_while(|other| other.head < sentence.end).take(64);
    let told =
        near.filter(|other| other.kind == draft.kind && other.head != draft.head).find(|other| {
            let words = other.trigger.start <= bytes.start && bytes.end <= other.trigger.end;
            let role = other.roles.iter().any(|(_, cited)| {
                !matches!(cited.value, Filler::Clause(_))
                    && cited.span.start <= bytes.start
                    && bytes.end <= cited.span.end
            });
            other.form != Form::Noun
                && (words || role || view.grammar.owner(draft.head) == other.head)
        });
    told.map(|other| format!("told by {}", other.rule))
}

/// Whether a role is filled by a pronoun of which nothing is known: "its deal".
fn is_nobody(cited: &Cited<Filler>) -> bool {
    let Filler::Value(Value::Actor(actor)) = &cited.value else { return false };
    actor.form == actor::Form::Pronoun && actor.class.is_none()
}

/// What the kind requires, asked again when all is read; and a noun alone tells nothing.
fn lacks(view: &View<'_>, draft: &Draft) -> Option<String> {
    let kind = &view.pack.kinds.kinds[draft.kind];
    let has = |name: &String| draft.roles.iter().any(|(role, _)| kind.roles[*role].0 == *name);
    if let Some(name) = kind.all.iter().find(|name| !has(name)) {
        return Some(format!("no {name}"));
    }
    if !kind.any.is_empty() && !kind.any.iter().any(has) {
        return Some(format!("none of {}", kind.any.join(", ")));
    }
    if names_only(view, draft)
        || draft.practice && !is_somebodys(view, draft) && draft.aspect != Aspect::Repeated
    {
        return Some("a noun that only names such deeds".to_owned());
    }
    if is_quarrel(view, draft) {
        return Some("two people may fight in words".to_owned());
    }
    let told = |(role, cited): &(usize, Cited<Filler>)| {
        !rules::is_scene(&kind.roles[*role].0) && !is_nobody(cited)
    };
    // "it was an attack": the copula adds nobody.
    let bare =
        draft.carrier == draft.head || view.grammar.relation(draft.head) == Relation::Attribute;
    (draft.form == Form::Noun && !draft.roles.iter().any(told) && bare)
        .then(|| "a noun without anybody or anything".to_owned())
}

/// Whether somebody by name does it to somebody or nobody, and nothing tells with what, where or who was hurt:
/// "Mr. Mora attacked Mr. Ruiz", "her attacks".
fn is_quarrel(view: &View<'_>, draft: &Draft) -> bool {
    let kind = &view.pack.kinds.kinds[draft.kind];
    let name = draft.rule.rsplit('/').next();
    let verbal = kind.triggers.iter().any(|it| it.verbal && Some(it.name.as_str()) == name);
    if !verbal {
        return false;
    }
    let classes = &view.pack.classes;
    let person = |cited: &Cited<Filler>| match &cited.value {
        Filler::Value(Value::Actor(actor)) => {
            !actor.several && (classes.is_person(actor.class) || actor.form == actor::Form::Pronoun)
        }
        _ => false,
    };
    let named = |cited: &Cited<Filler>| match &cited.value {
        Filler::Value(Value::Actor(actor)) => actor.form != actor::Form::Description,
        _ => false,
    };
    let role = |role: usize| kind.roles[role].0.as_str();
    let mut agents = draft.roles.iter().filter(|(at, _)| role(*at) == "agent").peekable();
    let known = agents.peek().is_some();
    known
        && agents.all(|(_, agent)| person(agent) && named(agent))
        && draft.roles.iter().all(|(at, cited)| match role(*at) {
            "agent" | "when" => true,
            "target" => person(cited) || is_unknown(cited),
            _ => false,
        })
}

/// Whether of somebody nothing is known but a name: "Mora".
fn is_unknown(cited: &Cited<Filler>) -> bool {
    matches!(&cited.value, Filler::Value(Value::Actor(actor))
        if actor.form == actor::Form::Name && actor.class.is_none() && !actor.several)
}

/// Whether it is told by whom a practice is carried on, where or when: "extortion by gangs", not
/// "reducing extortion of shops".
pub(super) fn is_somebodys(view: &View<'_>, draft: &Draft) -> bool {
    let kind = &view.pack.kinds.kinds[draft.kind];
    let told = |name: &str| {
        ["agent", "giver", "from", "to", "via"].contains(&name) || rules::is_scene(name)
    };
    draft.roles.iter().any(|(role, _)| told(&kind.roles[*role].0))
}

/// Whether a noun only names deeds of a sort among other things: "charges ranging from car theft to
/// …", "fields such as cargo theft". Neither article nor owner, place nor time makes it one of them.
fn names_only(view: &View<'_>, draft: &Draft) -> bool {
    let grammar = view.grammar;
    if draft.form != Form::Noun || draft.carrier != draft.head {
        return false;
    }
    // "a road construction business", "the robbery squad": the noun says of what sort another is.
    if grammar.relation(draft.head) == Relation::Compound && !is_of_deed(view, draft.head) {
        return true;
    }
    if is_sort(view, draft.head) {
        return true;
    }
    let singular = view.doc().token(draft.head).feature("Number") == Some("Sing");
    let bare = grammar.children(draft.head).all(|child| {
        matches!(grammar.relation(child), Relation::Compound | Relation::Conjunct | Relation::Other)
            || matches!(view.doc().token(child).pos(), Pos::Punct | Pos::Cconj)
    });
    let mut at = draft.head;
    while grammar.relation(at) == Relation::Conjunct
        && let Some(head) = grammar.head(at)
    {
        at = head;
    }
    let under = grammar.head(at).filter(|_| grammar.relation(at) == Relation::PrepositionObject);
    let of_noun = under.and_then(|preposition| grammar.head(preposition));
    let below = of_noun.is_some_and(|noun| {
        !grammar.is_predicate(noun) || grammar.relation(noun) == Relation::Participle
    });
    singular && bare && below
}

/// Whether the noun that another stands before tells of a deed, too: "murder charges", "bomb attack probe".
fn is_of_deed(view: &View<'_>, noun: usize) -> bool {
    let above = view.grammar.head(noun);
    above.is_some_and(|above| {
        let token = view.doc().token(above);
        view.grammar.is_predicate(above)
            || view.pack.kinds.tells(&token.lemma().to_lowercase())
            || token.pos() == Pos::Propn
    })
}

/// Whether a noun only says what something is like: "a form of protest", "begin as robberies".
fn is_sort(view: &View<'_>, noun: usize) -> bool {
    let (grammar, words) = (view.grammar, &view.pack.clauses);
    let Some(preposition) =
        grammar.head(noun).filter(|_| grammar.relation(noun) == Relation::PrepositionObject)
    else {
        return false;
    };
    let Some(above) = grammar.head(preposition) else { return false };
    let of = grammar.token(preposition).norm() == words.possession;
    // "define fights as clashes", but "crimes such as murder".
    let such = preposition > 0 && grammar.token(preposition - 1).lemma() == "such";
    let told = [Relation::Determiner, Relation::Possessive, Relation::Number];
    let bare = !grammar.children(noun).any(|child| told.contains(&grammar.relation(child)));
    let like = grammar.token(preposition).pos() == Pos::Adp
        && grammar.token(preposition).norm().len() == 2
        && words.examples.contains(grammar.token(preposition).norm());
    bare && (of && words.sorts.contains(grammar.token(above).lemma())
        || like
            && (grammar.is_predicate(above)
                || grammar.relation(above) == Relation::Object && !such))
}
