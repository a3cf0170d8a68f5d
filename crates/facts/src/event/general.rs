//! Deeds told in general: of nobody, nothing, no place and no day in particular. "Gangs that extort
//! shops" are no extortion that happened, and "prosecutions remain rare" tells of none.

use atalaya_parse::Pos;
use atalaya_read::BlockKind;

use super::values::View;
use super::{Draft, Filler};
use crate::claim::{Aspect, Family, Realis, Value};
use crate::clause::Form;
use crate::clause::grammar::REACH;
use crate::clause::labels::{Relation, VerbForm, verb_form};
use crate::value::{Cited, actor, period};

/// Lets a deed that is told in general be a habit, unless a verb in the past tells that it was.
pub(super) fn make_habit(view: &View<'_>, draft: &mut Draft) {
    let told = draft.form == Form::Verb && is_deed(view, draft) && draft.aspect == Aspect::Once;
    if told && draft.assertion.realis.is_real() && is_habit(view, draft) {
        draft.assertion.realis = Realis::Ongoing;
        draft.aspect = Aspect::Repeated;
    }
}

/// Why a draft names nothing but a sort of deeds, if it does: "the rate of killings", "elected officials".
pub(super) fn sort(view: &View<'_>, draft: &Draft) -> Option<String> {
    let told = is_deed(view, draft) && draft.assertion.realis.is_real();
    let whichever = is_whichever(view, draft);
    let one = draft.aspect == Aspect::Repeated || is_particular(view, draft);
    if !told || one && !whichever {
        return None;
    }
    let sort = match draft.form {
        _ if whichever => true,
        Form::Noun => is_nouns_sort(view, draft),
        Form::Verb => is_attribute_of_sort(view, draft.head),
        Form::Adjective => false,
    };
    sort.then(|| "it names deeds of a sort".to_owned())
}

/// "to denote any murder of a woman": all that there may be.
fn is_whichever(view: &View<'_>, draft: &Draft) -> bool {
    let any = |at: usize| {
        let word = view.doc().token(at).norm().to_lowercase();
        view.pack.clauses.whichever.contains(&word)
    };
    draft.form == Form::Noun && view.grammar.those(draft.head, Relation::Determiner).any(any)
}

fn is_deed(view: &View<'_>, draft: &Draft) -> bool {
    let kind = &view.pack.kinds.kinds[draft.kind];
    matches!(kind.family, Family::Event | Family::Commitment) && !kind.standing
}

/// Whether anything that is told of a deed makes it one deed.
fn is_particular(view: &View<'_>, draft: &Draft) -> bool {
    let own = draft.form == Form::Noun && is_told_apart(view, draft.head);
    own || draft.roles.iter().any(|(_, cited)| tells_apart(view, cited))
}

/// Whether a role is filled by something in particular.
fn tells_apart(view: &View<'_>, cited: &Cited<Filler>) -> bool {
    let doc = view.doc();
    let head = || {
        let first = doc.token_at(cited.span.start)?.index();
        let last = doc.token_at(cited.span.end.saturating_sub(1))?.index();
        Some(doc.span(first..last.max(first) + 1).root()?.index())
    };
    match &cited.value {
        Filler::Value(Value::Period(period)) => !matches!(period.kind, period::Kind::Set),
        Filler::Value(Value::Quantity(_) | Value::Place(_)) => true,
        Filler::Value(Value::Actor(actor)) => match actor.form {
            actor::Form::Name => true,
            actor::Form::Pronoun => actor.class.is_some() || !actor.several,
            actor::Form::Description => is_told_apart(view, actor.head),
        },
        Filler::Value(_) => head().is_some_and(|head| is_told_apart(view, head)),
        Filler::Clause(_) => true,
    }
}

/// Whether a noun is a name, or has an article, an owner or a number: "the shops", "two shops".
fn is_told_apart(view: &View<'_>, noun: usize) -> bool {
    let grammar = view.grammar;
    let told = [Relation::Determiner, Relation::Possessive, Relation::Number];
    let token = view.doc().token(noun);
    matches!(token.pos(), Pos::Propn | Pos::Num)
        || grammar.children(noun).any(|child| {
            told.contains(&grammar.relation(child)) && !is_general(view, child)
                || grammar.relation(child) == Relation::Adjective
                    && view.doc().token(child).pos() == Pos::Propn
        })
}

/// Whether a determiner says that it is any: "any shop", "no shop".
fn is_general(view: &View<'_>, determiner: usize) -> bool {
    view.pack.clauses.general.contains(&view.doc().token(determiner).norm().to_lowercase())
}

/// Whether a verb has no tense of its own and none from above, and is told of nothing in particular:
/// "make a living by moving drugs".
fn is_habit(view: &View<'_>, draft: &Draft) -> bool {
    let grammar = view.grammar;
    // "fuel smuggled across the river": what some live by is told so, too.
    let practised = view.pack.kinds.kinds[draft.kind].triggers.iter().any(|it| it.practice);
    let aided = [Relation::Auxiliary, Relation::PassiveAuxiliary]
        .into_iter()
        .any(|aid| grammar.first(draft.carrier, aid).is_some());
    let bare = match verb_form(grammar.token(draft.carrier)) {
        VerbForm::Gerund => !aided,
        VerbForm::PastParticiple => practised && !aided,
        VerbForm::Present => practised,
        _ => false,
    };
    bare && !is_past(view, draft.carrier) && (!is_particular(view, draft) || is_flow(view, draft))
}

/// "most of the fuel smuggled across the river comes from Lagos": what moves while the main verb holds, on no day.
fn is_flow(view: &View<'_>, draft: &Draft) -> bool {
    let grammar = view.grammar;
    let kind = &view.pack.kinds.kinds[draft.kind];
    let practised = kind.triggers.iter().any(|trigger| trigger.practice);
    let noun = grammar.head(draft.carrier);
    let main = noun.map(|noun| grammar.owner(noun)).filter(|&main| grammar.is_predicate(main));
    let holds = main.is_some_and(|main| {
        verb_form(grammar.token(main)) == VerbForm::Present
            && grammar.relation(noun.unwrap_or(main)) == Relation::Subject
            || grammar.relation(noun.unwrap_or(main)) == Relation::PrepositionObject
                && verb_form(grammar.token(main)) == VerbForm::Present
    });
    practised
        && !draft.is_dated(kind)
        && holds
        && grammar.relation(draft.carrier) == Relation::Participle
        && verb_form(grammar.token(draft.carrier)) == VerbForm::PastParticiple
}

/// Why a deed that is not told as done is no more than an idea, if it is: "an easy way to move drugs". What
/// somebody asks for is told, and so is a step of a commitment by somebody.
pub(super) fn idea(view: &View<'_>, draft: &Draft) -> Option<String> {
    let undone = matches!(
        draft.assertion.realis,
        Realis::Planned | Realis::Possible | Realis::Hypothetical | Realis::Attempted
    );
    let none = undone && draft.status.is_none() && is_deed(view, draft);
    (none && !is_particular(view, draft)).then(|| "it is only an idea of such deeds".to_owned())
}

/// Why a denial of nobody in particular is none, if so: "suspects who have not been convicted".
pub(super) fn nobody(view: &View<'_>, draft: &Draft) -> Option<String> {
    let grammar = view.grammar;
    let relative = grammar.relation(draft.carrier) == Relation::Relative;
    let denied = draft.assertion.denied && draft.form == Form::Verb && is_deed(view, draft);
    (relative && denied && !is_particular(view, draft))
        .then(|| "it is denied of nobody in particular".to_owned())
}

/// Why a deed that "or" joins to another is let go, if it is: "40 rifles were lost or stolen" does not tell
/// which. Neither was, where both are denied.
pub(super) fn alternative(view: &View<'_>, draft: &Draft) -> Option<String> {
    let grammar = view.grammar;
    let deed = draft.form == Form::Verb && is_deed(view, draft) && !draft.assertion.denied;
    if !deed {
        return None;
    }
    let verb = draft.carrier;
    let or = |first: usize, last: usize| {
        grammar.children(first).any(|at| {
            first < at
                && at < last
                && grammar.token(at).pos() == Pos::Cconj
                && view.pack.clauses.either.contains(&grammar.token(at).norm().to_lowercase())
        })
    };
    let joined = |first: usize, last: usize| grammar.is_predicate(last) && or(first, last);
    let before = grammar.head(verb).filter(|_| grammar.relation(verb) == Relation::Conjunct);
    let one = before.is_some_and(|before| joined(before, verb))
        || grammar.those(verb, Relation::Conjunct).any(|after| joined(verb, after));
    one.then(|| "it is one of two that may have been".to_owned())
}

/// Why what is asked is no request, if so: "asked: do you have to choose?"
pub(super) fn question(view: &View<'_>, draft: &Draft) -> Option<String> {
    let doc = view.doc();
    let asks = |cited: &Cited<Filler>| {
        let last = doc.token_at(cited.span.end.saturating_sub(1)).map(atalaya_parse::Token::index);
        let mark = |last: usize| {
            doc.token(last).text() == "?"
                || last + 1 < doc.len() && doc.token(last + 1).text() == "?"
        };
        matches!(cited.value, Filler::Clause(_))
            && cited.span.start > draft.trigger.start
            && last.is_some_and(mark)
    };
    let event = view.pack.kinds.kinds[draft.kind].family == Family::Event;
    let opens = |at: usize| {
        matches!(doc.token(at).text(), "\"" | "“" | "'" | "‘" | "''" | "``" | ":" | ",")
    };
    let own = draft.head + 1 < doc.len() && opens(draft.head + 1);
    (event && own && draft.roles.iter().any(|(_, cited)| asks(cited)))
        .then(|| "it is a question".to_owned())
}

/// Why a verb that is written with a capital within a text is let go, if it is: a headline that the text
/// has swallowed, of which the parser knows too little.
pub(super) fn headline(view: &View<'_>, draft: &Draft) -> Option<String> {
    let marked = matches!(view.part.kind, BlockKind::Title | BlockKind::Heading)
        || view.doc().text().len() < 2 * view.doc().token(draft.carrier).sentence().bytes().len();
    (!marked && super::is_in_title_case(view, draft.carrier))
        .then(|| "it stands in a headline within the text".to_owned())
}

/// Whether a verb, or one that it shares its tense with, tells what was: "stole", "has stolen".
fn is_past(view: &View<'_>, verb: usize) -> bool {
    let grammar = view.grammar;
    let mut at = verb;
    for _ in 0..REACH {
        // "did leave", "were held", "has fled".
        let own = verb_form(grammar.token(at));
        let past = |child: usize| match (grammar.relation(child), verb_form(grammar.token(child))) {
            (Relation::Auxiliary | Relation::PassiveAuxiliary, VerbForm::Past) => true,
            (Relation::Auxiliary, VerbForm::Present) => own == VerbForm::PastParticiple,
            _ => false,
        };
        if own == VerbForm::Past || grammar.children(at).any(past) {
            return true;
        }
        // "sat down, smoking" goes on while they sat.
        let shares =
            [Relation::Conjunct, Relation::Adverbial, Relation::Open, Relation::Complement];
        match grammar.head(at).filter(|_| shares.contains(&grammar.relation(at))) {
            Some(head) if grammar.is_predicate(head) => at = head,
            _ => return false,
        }
    }
    false
}

/// Whether a noun alone names a sort of deeds, and no verb in the past tells that there were some.
fn is_nouns_sort(view: &View<'_>, draft: &Draft) -> bool {
    let grammar = view.grammar;
    if draft.carrier != draft.head {
        return false;
    }
    let verb = grammar.owner(draft.head);
    // "heard of executions of peasants by soldiers".
    let told = draft.roles.len() > 1 && is_past(view, verb);
    let tells_none = !is_past(view, verb) || !told && is_below_preposition(view, draft.head);
    grammar.is_predicate(verb) && verb != draft.head && tells_none
}

/// "weakened by police operations", "use of car bombings": several, without a number, that only help to say
/// what else was.
fn is_below_preposition(view: &View<'_>, noun: usize) -> bool {
    let grammar = view.grammar;
    let mut at = noun;
    for _ in 0..REACH {
        match grammar.head(at).filter(|_| grammar.relation(at) == Relation::Conjunct) {
            Some(head) => at = head,
            None => break,
        }
    }
    let Some(preposition) =
        grammar.head(at).filter(|_| grammar.relation(at) == Relation::PrepositionObject)
    else {
        return false;
    };
    // "a number of attacks", "unrest including attacks on shops", "the raids that they told of".
    let words = &view.pack.clauses;
    let definite = |noun: usize| {
        let the = |at: usize| words.definite.contains(&grammar.token(at).norm().to_lowercase());
        grammar.those(noun, Relation::Determiner).any(the)
    };
    let counted = grammar.head(preposition).is_some_and(|above| {
        words.figures.sums.contains(grammar.token(above).lemma()) && !definite(above)
    });
    let told = grammar.first(noun, Relation::Relative).is_some();
    !counted
        && !told
        && !words.examples.contains(grammar.token(preposition).norm())
        && view.doc().token(noun).feature("Number") == Some("Plur")
}

/// "elected officials", "smuggled goods": what a participle says of a noun that is told in general.
fn is_attribute_of_sort(view: &View<'_>, verb: usize) -> bool {
    let grammar = view.grammar;
    let before = |noun: usize| verb < noun && !is_told_apart(view, noun);
    matches!(grammar.relation(verb), Relation::Adjective | Relation::Compound)
        && grammar.head(verb).is_some_and(before)
}
