//! Offices and other names: what the words for an actor say of it by themselves.

use std::collections::HashSet;
use std::ops::Range;

use crate::claim::{Aspect, Assertion, Family, Realis, Value};
use crate::clause::Form;
use crate::event::{Draft, Filler, View};
use crate::value::Cited;
use crate::value::actor::{self, Actor, Office, Tense};

/// How far "alleged" may stand before a post, in words.
const NEAR: usize = 12;

/// What a report has told already: each office of each holder, and each other name, is told once.
#[derive(Debug, Default)]
pub(crate) struct Told(HashSet<(String, String, String)>);

/// The offices and other names in one text that the report has not told before it.
pub(crate) fn offices(view: &View<'_>, told: &mut Told) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for actor in view.part.actors.iter().filter(|it| it.value.form == actor::Form::Name) {
        let person = view.pack.classes.is_person(actor.value.class);
        if let Some(office) = actor.value.office.as_ref().filter(|_| person) {
            drafts.extend(held(view, actor, office, told));
        }
        drafts.extend(known_as(view, actor, told));
    }
    drafts
}

fn held(view: &View<'_>, actor: &Cited<Actor>, office: &Office, told: &mut Told) -> Option<Draft> {
    // `alias "Pastor Luis"`: the post is only part of what he is called.
    if is_alias(view, actor) || is_one_of_a_row(view, office) {
        return None;
    }
    let tense = tense(view, actor, office);
    let held = (actor.value.name.clone(), office.post.clone(), tense.name().to_owned());
    if !told.0.insert(held) {
        return None;
    }
    let mut roles =
        vec![("holder", of_post(view, actor, office)), ("post", words(view, &office.words))];
    roles.extend(body(view, actor, office).map(|span| ("body", words(view, &span))));
    let realis = match tense {
        _ if is_alleged(view, actor, office) => Realis::Possible,
        Tense::Former => Realis::Happened,
        Tense::Current | Tense::Acting => Realis::Ongoing,
        Tense::Next => Realis::Planned,
    };
    draft(view, Family::Office, actor, office.words.clone(), tense.name(), realis, roles)
}

/// Whether others held a post before or since, so that it is not told who holds it now: "Mora's first budget
/// director".
fn is_one_of_a_row(view: &View<'_>, office: &Office) -> bool {
    let post = view.doc().token_at(office.words.start).map(atalaya_parse::Token::index);
    let before = post.and_then(|post| post.checked_sub(1));
    before.is_some_and(|at| {
        let word = view.doc().token(at).norm().to_lowercase();
        view.pack.clauses.only.contains(&word) && at > 0 && view.doc().token(at - 1).tag() == "POS"
    })
}

/// Whether a name is another name of somebody: `Luis Mora, alias "Captain Blood"`.
fn is_alias(view: &View<'_>, actor: &Cited<Actor>) -> bool {
    let doc = view.doc();
    let Some(first) = doc.token_at(actor.span.start) else { return false };
    let (from, mut at) = (first.sentence().range().start, first.index());
    while at > from && doc.token(at - 1).pos() == atalaya_parse::Pos::Punct {
        at -= 1;
    }
    view.pack.actors.aliases.before(doc, at, from).is_some()
}

/// When the post is held; "former" may stand before the country: "former Chile President Luis Mora".
fn tense(view: &View<'_>, actor: &Cited<Actor>, office: &Office) -> Tense {
    let token = |at: usize| view.doc().token_at(at).map(atalaya_parse::Token::index);
    let (Some(first), Some(post)) = (token(actor.span.start), token(office.words.start)) else {
        return office.tense;
    };
    let tenses = &view.pack.actors.tenses;
    let first = first.min(post);
    if leaves(view, actor) {
        return Tense::Former;
    }
    let told = tenses.at(view.doc(), first, post.max(first)).or_else(|| {
        // "recently-slain Cobras leader": it stands before the name of the body.
        let from = view.doc().token(first).sentence().range().start;
        let hyphen = first > from && matches!(view.doc().token(first - 1).text(), "-" | "–");
        tenses.before(view.doc(), if hyphen { first - 1 } else { first }, from)
    });
    let tense = told.map_or(office.tense, |(tense, _)| tense);
    if tense == Tense::Current && is_of_a_year(view, actor) { Tense::Former } else { tense }
}

/// Whether a sentence tells of somebody in the past of a year that it names: "in 1972 Senator Mora won". The post
/// was held then.
fn is_of_a_year(view: &View<'_>, actor: &Cited<Actor>) -> bool {
    use crate::clause::labels::Relation;
    let (doc, grammar) = (view.doc(), view.grammar);
    let sentence = doc.token(actor.value.head).sentence().range();
    let year = |at: &usize| {
        let text = doc.token(*at).text();
        text.len() == 4
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && view.period(*at).is_some()
    };
    let owner = grammar.owner(actor.value.head);
    let helper = grammar.first(owner, Relation::Auxiliary);
    let passive = grammar.first(owner, Relation::PassiveAuxiliary);
    doc.token(helper.or(passive).unwrap_or(owner)).tag() == "VBD"
        && sentence.into_iter().any(|at| year(&at))
}

/// Whether a sentence tells how an office ends: "President Mora, whose death", "President Mora resigned".
fn leaves(view: &View<'_>, actor: &Cited<Actor>) -> bool {
    use crate::clause::labels::Relation;
    let (grammar, words) = (view.grammar, &view.pack.actors);
    let ends = |at: usize| words.leaving.contains(view.doc().token(at).lemma());
    let ended = |at: usize| words.removed.contains(view.doc().token(at).lemma());
    let head = actor.value.head;
    let own = grammar.head(head).is_some_and(|above| match grammar.relation(head) {
        Relation::Subject => ends(above),
        // "the death of Justice Mora".
        Relation::PrepositionObject => grammar.head(above).is_some_and(|noun| {
            grammar.token(above).norm() == view.pack.clauses.possession && ends(noun)
        }),
        Relation::PassiveSubject => ended(above),
        Relation::Possessive => ends(above),
        _ => false,
    });
    let told = |verb: usize| {
        let passive = grammar.is_passive(verb);
        let subject = grammar
            .those(verb, Relation::Subject)
            .chain(grammar.those(verb, Relation::PassiveSubject))
            .next();
        ends(verb) && !passive
            || ended(verb) && passive
            || subject.is_some_and(|noun| {
                ends(noun) && grammar.first(noun, Relation::Possessive).is_some()
            })
    };
    own || grammar.those(head, Relation::Relative).any(told)
}

/// Whether a post is only said to be held: "alleged Cobras leader Luis Mora".
fn is_alleged(view: &View<'_>, actor: &Cited<Actor>, office: &Office) -> bool {
    let token = |at: usize| view.doc().token_at(at).map(atalaya_parse::Token::index);
    let (Some(first), Some(post)) = (token(actor.span.start), token(office.words.start)) else {
        return false;
    };
    let from = view.doc().token(first).sentence().range().start;
    (first.saturating_sub(1).max(from)..=post.max(first))
        .take(NEAR)
        .any(|at| view.pack.clauses.doubts(view.doc().token(at).norm()))
}

fn known_as(view: &View<'_>, actor: &Cited<Actor>, told: &mut Told) -> Option<Draft> {
    let tokens = actor::other_name(view.pack, view.doc(), actor)?;
    let span = view.doc().span(tokens).bytes();
    let other = view.doc().text()[span.clone()].to_owned();
    if !told.0.insert((actor.value.name.clone(), other, String::new())) {
        return None;
    }
    let roles = vec![("name", own(view, actor)), ("other", words(view, &span))];
    draft(view, Family::Relation, actor, span, "beside", Realis::Ongoing, roles)
}

/// The words for the body whose post it is, where they stand behind the post's or before them.
fn body(view: &View<'_>, actor: &Cited<Actor>, office: &Office) -> Option<Range<usize>> {
    let name = office.body.as_deref()?;
    let sentence = view.doc().token(actor.value.head).sentence().bytes();
    let text = &view.doc().text()[sentence.clone()];
    let near = office.words.start.checked_sub(sentence.start)?;
    let behind = text.get(near..)?.find(name).map(|at| near + at);
    let at = sentence.start + behind.or_else(|| text.get(..near)?.rfind(name))?;
    Some(at..at + name.len())
}

fn holder(actor: &Cited<Actor>) -> Cited<Filler> {
    Cited::new(Filler::Value(Value::Actor(actor.value.clone())), actor.span.clone())
}

/// An actor by the words of its name from a token on.
fn from(view: &View<'_>, actor: &Cited<Actor>, first: usize) -> Cited<Filler> {
    let span = view.doc().token(first).bytes().start..actor.span.end;
    let name = view.doc().text()[span.clone()].to_owned();
    let actor = Actor { name, ..actor.value.clone() };
    Cited::new(Filler::Value(Value::Actor(actor)), span)
}

/// Who holds a post: of two that "and" joins, whose name it stands before: "Mora and **Senator Ruiz**".
fn of_post(view: &View<'_>, actor: &Cited<Actor>, office: &Office) -> Cited<Filler> {
    use atalaya_parse::Pos;
    let doc = view.doc();
    let index = |at: usize| doc.token_at(at).map(atalaya_parse::Token::index);
    let (Some(first), Some(post)) = (index(actor.span.start), index(office.words.start)) else {
        return holder(actor);
    };
    // Behind the name, "heads of", it may be both their post.
    let within = office.words.start < actor.span.end;
    let mut before = (first + 1..post.max(first + 1)).rev();
    let joins = before.find(|&at| within && doc.token(at).pos() == Pos::Cconj);
    joins.map_or_else(|| holder(actor), |at| from(view, actor, at + 1))
}

/// Whom another name is of: of two that "and" joins, the last, as in "the Ministry of Mines and **the Office
/// of Arms** (OA)".
fn own(view: &View<'_>, actor: &Cited<Actor>) -> Cited<Filler> {
    use atalaya_parse::Pos;
    let doc = view.doc();
    let index = |at: usize| doc.token_at(at).map(atalaya_parse::Token::index);
    let (Some(first), Some(last)) = (index(actor.span.start), index(actor.span.end - 1)) else {
        return holder(actor);
    };
    let joins = (first + 1..last).rev().find(|&at| {
        doc.token(at).pos() == Pos::Cconj && at + 1 < last && doc.token(at + 1).pos() == Pos::Det
    });
    joins.map_or_else(|| holder(actor), |at| from(view, actor, at + 2))
}

fn words(view: &View<'_>, span: &Range<usize>) -> Cited<Filler> {
    let words = view.doc().text()[span.clone()].to_owned();
    Cited::new(Filler::Value(Value::Text(words)), span.clone())
}

fn draft(
    view: &View<'_>,
    family: Family,
    actor: &Cited<Actor>,
    trigger: Range<usize>,
    rule: &str,
    realis: Realis,
    roles: Vec<(&str, Cited<Filler>)>,
) -> Option<Draft> {
    let kinds = &view.pack.kinds.kinds;
    let kind = view.pack.kinds.without_triggers(family)?;
    let roles =
        roles.into_iter().filter_map(|(name, cited)| Some((kinds[kind].role(name)?, cited)));
    Some(Draft {
        kind,
        head: actor.value.head,
        carrier: actor.value.head,
        trigger,
        rule: format!("{}/{rule}", kinds[kind].name),
        assertion: Assertion { realis, denied: false },
        status: None,
        aspect: Aspect::Standing,
        presupposed: false,
        practice: false,
        roles: roles.collect(),
        form: Form::Noun,
        absorbed: Vec::new(),
    })
}
