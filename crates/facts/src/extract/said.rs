//! Statements as claims, and who says what the claims within them tell.

use std::collections::HashMap;
use std::ops::Range;

use atalaya_parse::{Pos, Token};

use crate::claim::{Aspect, Assertion, Claim, Family, Link, Realis, Value};
use crate::clause::labels::{Relation, VerbForm, is_question_word, is_relative_pronoun, verb_form};
use crate::clause::{Clause, Form, Slot};
use crate::event::{Draft, Filler, Kind, View};
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
    let Some(kind) = view.pack.kinds.without_triggers(Family::Statement) else {
        return Vec::new();
    };
    let draft = |said| Telling::of(view, clauses, kind, said)?.draft();
    statements.iter().filter_map(|&(index, said)| Some((index, draft(said)?))).collect()
}

/// A statement with what its text tells of it.
struct Telling<'a> {
    view: &'a View<'a>,
    said: &'a Statement,
    /// The kind's place in the pack, and the kind.
    number: usize,
    kind: &'a Kind,
    /// From the first word of what is said to the last.
    content: Range<usize>,
    /// The clause of the verb of saying.
    clause: Option<&'a Clause>,
}

impl<'a> Telling<'a> {
    fn of(
        view: &'a View<'a>,
        clauses: &'a [Clause],
        number: usize,
        said: &'a Statement,
    ) -> Option<Telling<'a>> {
        let clause = said.verb.and_then(|verb| {
            clauses.binary_search_by_key(&verb, |clause| clause.head).ok().map(|at| &clauses[at])
        });
        let kind = &view.pack.kinds.kinds[number];
        Some(Telling { view, said, number, kind, content: span(said)?, clause })
    }

    /// The statement as a draft; none if nobody says anything.
    fn draft(&self) -> Option<Draft> {
        let (view, said) = (self.view, self.said);
        if self.is_empty() {
            return None;
        }
        let (mut roles, realis) = (self.sources(), self.realis());
        if roles.is_empty() && self.is_indirect() && self.is_bare_gerund() {
            return None;
        }
        if self.is_indirect() && (self.is_unsaid(&roles) || self.is_open(realis)) {
            return None;
        }
        let first = || view.doc().token_at(self.content.start).map(Token::index);
        let head = said.verb.or_else(first)?;
        let pieces = said.content.iter().map(|piece| &view.doc().text()[piece.clone()]);
        let words = Filler::Value(Value::Text(pieces.collect::<Vec<_>>().join(" ")));
        roles.push((self.kind.role("content")?, Cited::new(words, self.content.clone())));
        Some(Draft {
            kind: self.number,
            head,
            carrier: head,
            trigger: said.cue.clone().unwrap_or_else(|| self.content.clone()),
            rule: said.rule.clone(),
            // That somebody denies something is told as so; what is denied is the content.
            assertion: Assertion { realis, denied: false },
            status: None,
            aspect: Aspect::Once,
            presupposed: false,
            practice: false,
            roles,
            form: Form::Verb,
            absorbed: Vec::new(),
        })
    }

    fn is_indirect(&self) -> bool {
        self.said.form == statement::Form::Indirect
    }

    /// Whether it only names something, or tells what somebody thinks.
    fn is_empty(&self) -> bool {
        if self.said.verb.is_none() && self.said.sources.iter().any(|it| is_measure(self.view, it))
        {
            return true;
        }
        self.is_indirect() && !says(self.view, &self.content)
            || self.said.form != statement::Form::Direct && !is_told(self.view, self.said)
    }

    /// Who says it, and to whom.
    fn sources(&self) -> Vec<(usize, Cited<Filler>)> {
        let (said, view) = (self.said, self.view);
        let speakers: Vec<&Source> =
            said.sources.iter().filter(|source| source.role == Role::Speaker).collect();
        let mut roles = Vec::new();
        for source in said.sources.iter().filter(|source| source.part == said.part) {
            let (name, wanted) = match source.role {
                Role::Speaker => ("speaker", true),
                // "told them in a letter": the letter only carries it.
                Role::Document => ("speaker", speakers.is_empty()),
                // Who asks is not who is asked.
                Role::Recipient => {
                    let asks = speakers.iter().any(|other| other.span == source.span);
                    ("recipient", !asks && !overlaps(&source.span, &self.content))
                }
            };
            if let Some(role) = self.kind.role(name).filter(|_| wanted) {
                roles.push((role, speaker(view, source)));
            }
        }
        roles.extend(self.subject(&roles));
        roles
    }

    /// "stressed the need, stating …": the subject is the main verb's, where nobody else speaks.
    fn subject(&self, roles: &[(usize, Cited<Filler>)]) -> Option<(usize, Cited<Filler>)> {
        let speaker = self.kind.role("speaker")?;
        if roles.iter().any(|(role, _)| *role == speaker) {
            return None;
        }
        let actor = self.clause?.at(&Slot::Subject).find_map(|arg| self.view.actor(arg.head))?;
        Some((speaker, Cited::new(Filler::Value(Value::Actor(actor.value)), actor.span)))
    }

    /// "which explains why", "this raises fears", "a petition was denied", "said to be worth millions":
    /// nobody speaks.
    fn is_unsaid(&self, roles: &[(usize, Cited<Filler>)]) -> bool {
        let first = self.view.doc().token_at(self.content.start);
        let infinitive = first.is_some_and(|token| token.pos() == Pos::Part);
        let speaks = |(role, cited): &(usize, Cited<Filler>)| {
            let Filler::Value(Value::Actor(actor)) = &cited.value else { return false };
            Some(*role) == self.kind.role("speaker") && can_speak(self.view, actor.head, infinitive)
        };
        let passive = || self.said.verb.is_some_and(|verb| self.view.grammar.is_passive(verb));
        !roles.iter().any(speaks) && (!roles.is_empty() || passive())
    }

    /// "even conceding that …": a participle that nobody is told to speak by.
    fn is_bare_gerund(&self) -> bool {
        let verb = self.said.verb.map(|verb| self.view.doc().token(verb));
        verb.is_some_and(|verb| verb_form(verb) == VerbForm::Gerund)
    }

    /// How the saying is told.
    fn realis(&self) -> Realis {
        let verb = self.said.verb.map(|verb| self.view.doc().token(verb));
        // "they can be heard warning that": who warns has warned.
        let participle = verb.is_some_and(|verb| verb_form(verb) == VerbForm::Gerund);
        match self.clause.filter(|_| !participle).map(|clause| clause.assertion.realis) {
            None | Some(Realis::Ongoing) => Realis::Happened,
            Some(realis) => realis,
        }
    }

    /// "to determine where they are": what is yet to be shown says nothing.
    fn is_open(&self, realis: Realis) -> bool {
        let shown = self.view.pack.speech.sense(&self.said.rule) == Some(Sense::Evidence);
        shown && !realis.is_real()
    }
}

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether somebody says it, or a document or finding shows it: to believe, to hope and to refuse is
/// to say nothing.
fn is_told(view: &View<'_>, said: &Statement) -> bool {
    match view.pack.speech.sense(&said.rule) {
        Some(Sense::Attitude | Sense::Act) => false,
        // "described them as gangs" only names, if it does not quote.
        Some(Sense::Naming) => said.form != statement::Form::Indirect && !said.sources.is_empty(),
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
    let document = || pack.speech.documents.contains(head.lemma());
    part.is_thing(at) && part.actor_at(at).is_none() && !document()
}

/// Whether a word only points: "this", "that".
fn points(token: Token<'_>) -> bool {
    token.pos() == Pos::Det || token.feature("PronType") == Some("Dem") || is_question_word(token)
}

/// Whether a source stands in the text at hand: who speaks may be told a paragraph before.
fn is_here(view: &View<'_>, source: &Source) -> bool {
    source.part == view.index()
}

/// Whether a source is a text, figures, or somebody: a case or a fact shows something and says nothing.
fn is_document(view: &View<'_>, source: &Source) -> bool {
    let Some(head) = source.head.filter(|_| is_here(view, source)) else { return false };
    let documents = &view.pack.speech.documents;
    documents.contains(view.doc().token(head).lemma()) || view.actor(head).is_some()
}

/// Whether a source is only so many of something: "according to five categories".
fn is_measure(view: &View<'_>, source: &Source) -> bool {
    let Some(head) = source.head.filter(|_| is_here(view, source)) else { return false };
    let documents = &view.pack.speech.documents;
    view.quantity(head).is_some()
        && view.actor(head).is_none()
        && view.class(head).is_none()
        && !documents.contains(view.doc().token(head).lemma())
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
        let named = matches!(claim.family, Family::Office | Family::Relation)
            && pack.kinds.by_name(&claim.kind).is_some_and(|kind| kind.triggers.is_empty());
        if !named {
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
        let actor = source.head.and_then(|head| part.actor_at(head)).map(|at| &part.actors[at]);
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
