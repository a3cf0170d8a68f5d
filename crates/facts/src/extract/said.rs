//! Statements as claims, and who says what the claims within them tell.

use std::collections::HashMap;
use std::ops::Range;

use atalaya_parse::{Pos, Token};

use crate::claim::{Aspect, Assertion, Claim, Family, Link, Realis, Value};
use crate::clause::labels::{Relation, VerbForm, is_question_word, is_relative_pronoun, verb_form};
use crate::clause::{Clause, Form, Slot};
use crate::event::{Draft, Filler, View};
use crate::pack::Pack;
use crate::reading::{Part, Reading};
use crate::speech::Sense;
use crate::statement::{self, Role, Source, Statement};
use crate::value::Cited;
use crate::value::actor::{self, Actor};

/// The statements of one text as drafts, each with its place among `statements`.
pub(super) fn drafts(
    view: &View<'_>,
    clauses: &[Clause],
    statements: &[(usize, &Statement)],
) -> Vec<(usize, Draft)> {
    let kinds = &view.pack.kinds.kinds;
    let Some(kind) = kinds.iter().position(|kind| kind.family == Family::Statement) else {
        return Vec::new();
    };
    let made = statements
        .iter()
        .filter_map(|&(index, said)| Some((index, draft(view, clauses, kind, said)?)));
    made.collect()
}

fn draft(view: &View<'_>, clauses: &[Clause], kind: usize, said: &Statement) -> Option<Draft> {
    let doc = view.doc();
    let content = span(said)?;
    let indirect = said.form == statement::Form::Indirect;
    if indirect && !says(view, &content)
        || said.form != statement::Form::Direct && !is_told(view, said)
    {
        return None;
    }
    let head =
        said.verb.or_else(|| doc.token_at(content.start).map(atalaya_parse::Token::index))?;
    let role =
        |name: &str| view.pack.kinds.kinds[kind].roles.iter().position(|(role, _)| role == name);
    let pieces: Vec<&str> = said.content.iter().map(|piece| &doc.text()[piece.clone()]).collect();
    let mut roles = Vec::new();
    let speaks = said.sources.iter().any(|source| source.role == Role::Speaker);
    for source in said.sources.iter().filter(|source| source.part == said.part) {
        // "told them in a letter": the letter only carries it.
        if source.role == Role::Document && speaks {
            continue;
        }
        let heard = source.role == Role::Recipient;
        if heard && source.span.start < content.end && content.start < source.span.end {
            continue;
        }
        let name = if source.role == Role::Recipient { "recipient" } else { "speaker" };
        // Who asks is not who is asked.
        let known = said
            .sources
            .iter()
            .any(|other| other.role == Role::Speaker && other.span == source.span);
        if let Some(role) = role(name).filter(|_| !heard || !known) {
            roles.push((role, speaker(view, source)));
        }
    }
    let clause = said.verb.and_then(|verb| {
        clauses.binary_search_by_key(&verb, |clause| clause.head).ok().map(|at| &clauses[at])
    });
    // "stressed the need, stating …": the subject is the main verb's.
    if let (Some(clause), Some(role)) = (clause, role("speaker"))
        && !roles.iter().any(|(other, _)| *other == role)
    {
        let subject = clause.at(&Slot::Subject).find_map(|arg| view.actor(arg.head));
        roles.extend(
            subject.map(|actor| {
                (role, Cited::new(Filler::Value(Value::Actor(actor.value)), actor.span))
            }),
        );
    }
    // "which explains why", "this raises fears", "a petition was denied": nobody speaks.
    let infinitive = doc.token_at(content.start).is_some_and(|token| token.pos() == Pos::Part);
    let nobody = |(role, cited): &(usize, Cited<Filler>)| {
        let name = &view.pack.kinds.kinds[kind].roles[*role].0;
        let Filler::Value(Value::Actor(actor)) = &cited.value else { return true };
        name != "speaker" || !can_speak(view, actor.head, infinitive)
    };
    // "accused of theft", "said to be worth millions", "when asked".
    let unsaid = said.verb.is_some_and(|verb| view.grammar.is_passive(verb));
    if indirect && roles.iter().all(nobody) && (!roles.is_empty() || unsaid) {
        return None;
    }
    let words = Filler::Value(Value::Text(pieces.join(" ")));
    roles.push((role("content")?, Cited::new(words, content.clone())));
    let told = Assertion { realis: Realis::Happened, denied: false };
    // That somebody denies something is told as so; what is denied is the content.
    let realis = clause.map_or(told.realis, |clause| clause.assertion.realis);
    // "they can be heard warning that": who warns has warned.
    let participle = said.verb.is_some_and(|verb| verb_form(doc.token(verb)) == VerbForm::Gerund);
    let realis = if participle { told.realis } else { realis };
    let realis = if realis == Realis::Ongoing { Realis::Happened } else { realis };
    // "to determine where they are": what is yet to be shown says nothing.
    let shown = view.pack.speech.sense(&said.rule) == Some(Sense::Evidence);
    if indirect && shown && !realis.is_real() {
        return None;
    }
    Some(Draft {
        kind,
        head,
        carrier: head,
        trigger: said.cue.clone().unwrap_or(content),
        rule: said.rule.clone(),
        assertion: Assertion { realis, ..told },
        status: None,
        aspect: Aspect::Once,
        presupposed: false,
        roles,
        form: Form::Verb,
        absorbed: Vec::new(),
    })
}

/// Whether somebody says it, or a document or finding shows it: to believe, to hope and to refuse is
/// to say nothing.
fn is_told(view: &View<'_>, said: &Statement) -> bool {
    match view.pack.speech.sense(&said.rule) {
        Some(Sense::Attitude | Sense::Act) => false,
        // "described them as gangs" only names, if it does not quote.
        Some(Sense::Naming) => said.form != statement::Form::Indirect,
        // "…, suggesting that": so says the report, not who did what stands before.
        Some(Sense::Evidence) => said.verb.is_none_or(|verb| {
            let inferred = view.grammar.relation(verb) == Relation::Adverbial
                && verb_form(view.doc().token(verb)) == VerbForm::Gerund;
            !inferred && said.sources.iter().any(|source| is_document(view, source))
        }),
        _ => true,
    }
}

/// Whether words can be a speaker's: no "which" and no "this", and what promises to do something is
/// somebody.
fn can_speak(view: &View<'_>, head: usize, infinitive: bool) -> bool {
    let token = view.doc().token(head);
    let acts = view.actor(head).is_some() || view.class(head).is_none();
    !points(token)
        && !is_relative_pronoun(token)
        && !is_thing(view.pack, view.part, token)
        && (!infinitive || acts)
}

/// Whether a word names a thing that is no document: a trial or a mine says nothing.
fn is_thing(pack: &Pack, part: &Part, head: Token<'_>) -> bool {
    let at = head.index();
    let acts = part.actors.iter().any(|actor| actor.value.head == at);
    let thing = part.things.iter().any(|thing| thing.value.head == at);
    thing && !acts && !pack.speech.documents.contains(head.lemma())
}

/// Whether a word only points: "this", "that".
fn points(token: Token<'_>) -> bool {
    token.pos() == Pos::Det || token.feature("PronType") == Some("Dem") || is_question_word(token)
}

/// Whether a source is a text, figures, or somebody: a case or a fact shows something and says nothing.
fn is_document(view: &View<'_>, source: &Source) -> bool {
    let Some(head) = source.head else { return false };
    let documents = &view.pack.speech.documents;
    documents.contains(view.doc().token(head).lemma()) || view.actor(head).is_some()
}

/// Whether words say something rather than name it: "that it rained", not "support for the plan".
fn says(view: &View<'_>, content: &Range<usize>) -> bool {
    let doc = view.doc();
    let first = doc.token_at(content.start).map_or(0, atalaya_parse::Token::index);
    let last = (first..doc.len()).take_while(|&at| doc.token(at).bytes().start < content.end);
    let inside = first..first + last.count();
    // "criticised the cost of guarding him": a noun with a clause in it is a noun.
    let root = doc.span(inside.clone()).root().map_or(first, atalaya_parse::Token::index);
    if view.grammar.relation(root) == Relation::Object && !view.grammar.is_predicate(root) {
        return false;
    }
    inside.clone().any(|at| {
        view.grammar.is_predicate(at)
            && !matches!(
                view.grammar.relation(at),
                Relation::Relative | Relation::Participle | Relation::PrepositionClause
            )
    })
}

/// From the first word of what is said to the last.
fn span(said: &Statement) -> Option<Range<usize>> {
    let start = said.content.iter().map(|piece| piece.start).min()?;
    let end = said.content.iter().map(|piece| piece.end).max()?;
    Some(start..end)
}

fn speaker(view: &View<'_>, source: &Source) -> Cited<Filler> {
    // "Justice and Interior Minister Ana Ruiz": the person at the end, not the first word.
    let named = view.part.actors.iter().find(|actor| {
        actor.span.end == source.span.end
            && actor.span.start > source.span.start
            && actor.value.form == actor::Form::Name
            && view.pack.classes.is_person(actor.value.class)
    });
    let head = source.head.and_then(|head| view.actor(head));
    let plain = |actor: &Cited<Actor>| !view.pack.classes.is_person(actor.value.class);
    let joined =
        source.head.is_some_and(|head| view.grammar.first(head, Relation::Conjunct).is_some());
    let known = match (head, named) {
        (Some(head), Some(named)) if joined && plain(&head) => Some(named.clone()),
        (head, _) => head,
    };
    match known {
        Some(actor) => Cited::new(Filler::Value(Value::Actor(actor.value)), actor.span),
        None => {
            let name = view.doc().text()[source.span.clone()].to_owned();
            let actor = view.stranger(source.head.unwrap_or_default(), name);
            Cited::new(Filler::Value(Value::Actor(actor)), source.span.clone())
        }
    }
}

/// The most speakers that a claim is led through: of more, those nearest to it count.
const DEEPEST: usize = 16;

/// Tells of every claim within a statement who says it. `made` are the claims with the statement
/// that each is, if it is one.
pub(super) fn attribute(
    pack: &Pack,
    reading: &Reading<'_>,
    statements: &[Statement],
    made: &mut [(usize, Option<usize>, Claim)],
) {
    let own = made.iter().enumerate().filter_map(|(at, (_, said, _))| Some(((*said)?, at)));
    let claims: HashMap<usize, usize> = own.collect();
    let holders: Vec<Holder> = statements.iter().map(|said| holder(reading, said)).collect();
    for (part, own, claim) in made {
        let first = statements.partition_point(|said| said.part < *part);
        let last = statements.partition_point(|said| said.part <= *part);
        let mut around: Vec<usize> = (first..last)
            .rev()
            .filter(|said| Some(*said) != *own && holds(&holders[*said], &claim.trigger))
            .take(DEEPEST)
            .collect();
        around.sort_by_key(|said| holders[*said].iter().map(Range::len).sum::<usize>());
        let links: Vec<Link> =
            around.iter().flat_map(|said| links(pack, reading, &statements[*said])).collect();
        let inner = around.iter().find_map(|said| claims.get(said)).copied();
        // Who somebody is stands beside what is said of him, and is the report's own.
        if !matches!(claim.family, Family::Office | Family::Relation) {
            claim.attribution = links;
            claim.within = claim.within.or(inner);
        }
    }
}

/// The words of a statement's content, in bytes of the report's text.
type Holder = Vec<Range<usize>>;

fn holder(reading: &Reading<'_>, said: &Statement) -> Holder {
    let source = |span: &Range<usize>| reading.parts[said.part].prepared.source(span.clone());
    said.content.iter().map(source).collect()
}

fn holds(content: &[Range<usize>], words: &Range<usize>) -> bool {
    content.iter().any(|piece| piece.start <= words.start && words.end <= piece.end)
}

fn links(pack: &Pack, reading: &Reading<'_>, said: &Statement) -> Vec<Link> {
    let via = said.sources.iter().find(|source| source.role == Role::Recipient);
    let name = |source: &Source| {
        let part = &reading.parts[source.part];
        let actor =
            source.head.and_then(|head| part.actors.iter().find(|actor| actor.value.head == head));
        let words = || part.doc.text()[source.span.clone()].to_owned();
        let class = actor.and_then(|actor| actor.value.class);
        (
            actor.map_or_else(words, |actor| actor.value.name.clone()),
            class.map(|class| pack.classes.name(class).to_owned()),
        )
    };
    // "figures which show": who "which" is the sentence tells, not its words.
    let named = |source: &&Source| {
        let head = source.head.map(|head| reading.parts[source.part].doc.token(head));
        head.is_none_or(|head| {
            let thing = said.verb.is_some() && is_thing(pack, &reading.parts[source.part], head);
            !is_relative_pronoun(head) && !points(head) && !thing
        })
    };
    let speakers =
        said.sources.iter().filter(|source| source.role != Role::Recipient).filter(named);
    speakers
        .map(|source| {
            let (own, class) = name(source);
            Link {
                span: reading.parts[source.part].prepared.source(source.span.clone()),
                name: own,
                class,
                via: via.map(|via| name(via).0),
                quoted: said.form != statement::Form::Indirect,
                when: None,
            }
        })
        .collect()
}
