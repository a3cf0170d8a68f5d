//! Statements as claims, and who says what the claims within them tell.

use std::ops::Range;

use atalaya_parse::{Pos, Token};

use super::links::{is_cut, is_part_of_name, named_beside, titled};
use crate::claim::{Aspect, Assertion, Family, Realis, Value};
use crate::clause::labels::{
    Relation, VerbForm, is_question_word, is_relative_pronoun, relation, verb_form,
};
use crate::clause::{Clause, Form, Slot};
use crate::event::{Draft, Filler, Kind, View};
use crate::pack::Pack;
use crate::reading::Part;
use crate::speech::Sense;
use crate::statement::{self, Role, Source, Statement};
use crate::value::Cited;
use crate::value::actor::{self, Actor};
use crate::value::period;

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
        let open = said.asks || self.is_indirect();
        if roles.is_empty() && open && (said.asks || self.is_bare_participle()) {
            return None;
        }
        if self.is_deed(realis, &roles) || self.is_of_nobody(&roles) {
            return None;
        }
        let quoted = said.form == statement::Form::Direct;
        if !quoted && self.is_unsaid(&roles) || self.is_indirect() && self.is_open(realis) {
            return None;
        }
        let first = || view.doc().token_at(self.content.start).map(Token::index);
        let head = said.verb.or_else(first)?;
        let role = self.kind.role("content")?;
        roles.extend(pieces(view, said).into_iter().map(|piece| {
            let piece = self.own_words(piece);
            let words = view.doc().text()[piece.clone()].trim();
            let start = piece.end - view.doc().text()[piece.clone()].trim_start().len();
            let span = start..start + words.len();
            (role, Cited::new(Filler::Value(Value::Text(words.to_owned())), span))
        }));
        Some(Draft {
            kind: self.number,
            head,
            carrier: head,
            trigger: said.cue.clone().unwrap_or_else(|| self.content.clone()),
            rule: said.rule.clone(),
            // That somebody denies something is told as so; what is denied is the content.
            assertion: Assertion { realis, denied: self.is_kept_back() },
            status: None,
            aspect: Aspect::Once,
            presupposed: false,
            practice: false,
            roles,
            form: Form::Verb,
            absorbed: Vec::new(),
        })
    }

    /// "agreed to pay", "asked not to be named", "would let him push for a vote": something is or may be
    /// done, and nobody tells anything.
    fn is_deed(&self, realis: Realis, roles: &[(usize, Cited<Filler>)]) -> bool {
        let (said, words) = (self.said, &self.view.pack.speech);
        let told = |name: &str| roles.iter().any(|(role, _)| Some(*role) == self.kind.role(name));
        let first = self.view.doc().token_at(self.content.start);
        let infinitive = first.is_some_and(|token| {
            token.pos() == Pos::Part || relation(token.dep()) == Relation::Negation
        });
        let hearer = said.verb.and_then(|verb| self.view.grammar.first(verb, Relation::Object));
        let own = words.hears(&said.rule) && infinitive && !told("recipient") && hearer.is_none();
        let open = matches!(realis, Realis::Possible | Realis::Hypothetical);
        said.asks
            && said.form != statement::Form::Direct
            && (words.binds(&said.rule) || own || open)
    }

    /// "…, claims that the office has denied", "pleaded innocent to charges that": no speaker stands by what
    /// comes before, and who pleads does not say the charge.
    fn is_of_nobody(&self, roles: &[(usize, Cited<Filler>)]) -> bool {
        let (said, view) = (self.said, self.view);
        if said.form == statement::Form::Direct {
            return false;
        }
        let before = said.cue.as_ref().is_some_and(|cue| self.content.end <= cue.start);
        let passive = || said.verb.is_some_and(|verb| view.grammar.is_passive(verb));
        let adjective = || {
            said.verb.is_some_and(|verb| {
                let next = (verb + 1 < view.doc().len()).then(|| view.doc().token(verb + 1));
                next.is_some_and(|next| {
                    next.dep() == "acomp"
                        && next.head().index() == verb
                        && next.bytes().end < self.content.start
                        && said.cue.as_ref().is_none_or(|cue| cue.end <= next.bytes().start)
                })
            })
        };
        before && roles.is_empty() && said.verb.is_some() && !passive() || adjective()
    }

    /// "did not say what the penalty is": it was not said.
    fn is_kept_back(&self) -> bool {
        let negated = |verb| self.view.grammar.first(verb, Relation::Negation).is_some();
        let speech = self.view.pack.speech.sense(&self.said.rule) == Some(Sense::Speech);
        speech && self.said.verb.is_some_and(negated)
    }

    fn is_indirect(&self) -> bool {
        self.said.form == statement::Form::Indirect
    }

    /// Whether it only names something, or tells what somebody thinks.
    fn is_empty(&self) -> bool {
        if self.said.rule == HEADLINE && !names_a_speaker(self.view.pack, self.view.part, self.said)
        {
            return true;
        }
        if self.said.verb.is_none() && self.said.sources.iter().any(|it| is_measure(self.view, it))
        {
            return true;
        }
        if self.said.sources.iter().any(|it| is_nobody(self.view, it)) || self.is_figurative() {
            return true;
        }
        self.is_indirect() && !says(self.view, &self.content)
            || self.said.form != statement::Form::Direct && !is_told(self.view, self.said)
    }

    /// "it tells us where we are", "it is telling that": nobody speaks.
    fn is_figurative(&self) -> bool {
        let (words, view) = (&self.view.pack.speech, self.view);
        let Some(verb) = self.said.verb.filter(|_| self.is_indirect()) else { return false };
        let hears = words.hears(&self.said.rule);
        let text = |source: &Source| view.doc().text()[source.span.clone()].to_lowercase();
        let here = |source: &&Source| source.part == self.said.part;
        let mut sources = self.said.sources.iter().filter(here);
        let it = sources
            .clone()
            .any(|source| source.role == Role::Speaker && words.it.contains(&text(source)));
        let told: Option<&Source> = sources.find(|source| source.role == Role::Recipient);
        let us = told.is_some_and(|source| words.us.contains(&text(source)));
        let goes_on = verb_form(view.doc().token(verb)) == VerbForm::Gerund;
        hears && it && (us || goes_on && told.is_none())
    }

    /// A piece of what is said without what the reporter may add at its end: "…, which was a demand of the
    /// union", "…, supporting the view that"; and without what stands behind the dash that closes an aside:
    /// "One – she said it was **the older** – had left".
    fn own_words(&self, piece: Range<usize>) -> Range<usize> {
        let (view, said) = (self.view, self.said);
        if said.form == statement::Form::Direct {
            return piece;
        }
        let doc = view.doc();
        let quoted = |at: usize| {
            let text = &doc.text()[piece.start..at.max(piece.start)];
            text.matches(['"', '“', '”']).count() % 2 == 1
        };
        let first = doc.token_at(piece.start).map_or(0, Token::index);
        let inside = (first + 2..doc.len())
            .map(|at| doc.token(at))
            .take_while(|token| token.bytes().start < piece.end);
        let adds = |token: &Token<'_>| {
            let verb = match token.tag() {
                "WDT" | "WP" | "WP$" => token.ancestors().take(3).find(|it| it.dep() == "relcl"),
                "VBG" if token.dep() == "advcl" => Some(*token).filter(|verb| {
                    view.pack.speech.aftermath.contains(verb.lemma())
                        && view.grammar.first(verb.index(), Relation::Subject).is_none()
                }),
                _ => None,
            };
            let Some(verb) = verb else { return false };
            let (start, end) = view.grammar.edges(verb.index());
            // "several of whom": the clause begins before its pronoun.
            let comma = start > first && doc.token(start - 1).text() == ",";
            // What a long clause with asides in it hangs on is not sure.
            let plain = end - start <= LONGEST_ASIDE
                && (start..end).all(|at| !doc.token(at).text().starts_with("--"));
            comma && plain && start > first + 2 && doc.token(end).bytes().end >= piece.end
        };
        let cut = inside.into_iter().find(adds).map(|token| {
            let clause = std::iter::once(token).chain(token.ancestors());
            let verb = clause.take(4).into_iter().find(|it| matches!(it.dep(), "relcl" | "advcl"));
            let start = verb.map_or(token.index(), |verb| view.grammar.edges(verb.index()).0);
            doc.token(start - 1).bytes().start
        });
        let cut = cut.filter(|&at| !quoted(at));
        let closed = self.closing_dash(&piece);
        piece.start..cut.into_iter().chain(closed).fold(piece.end, usize::min)
    }

    /// The dash that closes the aside in which a verb of saying stands.
    fn closing_dash(&self, piece: &Range<usize>) -> Option<usize> {
        let verb = self.said.verb.filter(|_| self.is_indirect())?;
        let doc = self.view.doc();
        let sentence = doc.token(verb).sentence().bytes();
        let cue = doc.token(verb).bytes().start;
        [" _ ", " -- ", " – ", " — "].into_iter().find_map(|dash| {
            let opens = doc.text()[sentence.start..cue].matches(dash).count() == 1;
            let at = doc.text()[piece.clone()].find(dash)?;
            (opens && cue < piece.start && at > 0).then_some(piece.start + at)
        })
    }

    /// Who says it, and to whom.
    fn sources(&self) -> Vec<(usize, Cited<Filler>)> {
        let (said, view) = (self.said, self.view);
        let speakers: Vec<&Source> =
            said.sources.iter().filter(|source| source.role == Role::Speaker).collect();
        let mut roles = Vec::new();
        for source in said.sources.iter().filter(|source| source.part == said.part) {
            let (name, wanted) = match source.role {
                // Of a quotation whose sentence names nobody who can speak, it is open who does.
                Role::Speaker if !self.may_speak(source) => ("speaker", false),
                Role::Speaker => ("speaker", true),
                // "told them in a letter": the letter only carries it.
                Role::Document => ("speaker", speakers.is_empty()),
                // Who asks is not who is asked.
                Role::Recipient => {
                    let asks = speakers.iter().any(|other| other.span == source.span);
                    let hears = source.head.is_none_or(|head| can_speak(view, head, false));
                    ("recipient", !asks && hears && !overlaps(&source.span, &self.content))
                }
            };
            if let Some(role) = self.kind.role(name).filter(|_| wanted) {
                let cited = speaker(view, source);
                let span = whole_name(view, source, cited.span.clone());
                roles.push((role, Cited { span, ..cited }));
            }
        }
        roles.extend(self.subject(&roles));
        roles
    }

    /// Whether a source can speak at all: a failure or a rate does not.
    fn may_speak(&self, source: &Source) -> bool {
        let head = source.noun.or(source.head);
        self.said.form != statement::Form::Direct
            || head.is_none_or(|head| can_speak(self.view, head, false))
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
        let infinitive = self.said.asks || first.is_some_and(|token| token.pos() == Pos::Part);
        let speaks = |(role, cited): &(usize, Cited<Filler>)| {
            let Filler::Value(Value::Actor(actor)) = &cited.value else { return false };
            Some(*role) == self.kind.role("speaker") && can_speak(self.view, actor.head, infinitive)
        };
        let passive = || self.said.verb.is_some_and(|verb| self.view.grammar.is_passive(verb));
        !roles.iter().any(speaks) && (!roles.is_empty() || passive())
    }

    /// "even conceding that …", "hard to say whether …": a participle or infinitive that nobody is told to
    /// speak by.
    fn is_bare_participle(&self) -> bool {
        let verb = self.said.verb.map(|verb| self.view.doc().token(verb));
        verb.is_some_and(|verb| {
            let mut helpers = self.view.grammar.those(verb.index(), Relation::Auxiliary);
            let infinitive = helpers.any(|at| self.view.doc().token(at).pos() == Pos::Part);
            verb_form(verb) == VerbForm::Gerund || infinitive
        })
    }

    /// How the saying is told.
    fn realis(&self) -> Realis {
        let verb = self.said.verb.map(|verb| self.view.doc().token(verb));
        // "they can be heard warning that": who warns has warned.
        // "could win by arguing that": who may argue has not.
        let participle =
            verb.is_some_and(|verb| verb_form(verb) == VerbForm::Gerund && verb.dep() != "pcomp");
        // "it is alleged that …, reported El Faro": what is alleged is not the report.
        let plain = verb.is_some_and(|verb| {
            verb_form(verb) == VerbForm::Past
                && self.view.grammar.first(verb.index(), Relation::Auxiliary).is_none()
        });
        match self.clause.filter(|_| !participle).map(|clause| clause.assertion.realis) {
            None | Some(Realis::Ongoing) => Realis::Happened,
            Some(Realis::Possible) if plain => Realis::Happened,
            Some(realis) => realis,
        }
    }

    /// "to determine where they are": what is yet to be shown says nothing.
    fn is_open(&self, realis: Realis) -> bool {
        let shown = self.view.pack.speech.sense(&self.said.rule) == Some(Sense::Evidence);
        shown && !realis.is_real()
    }
}

/// Whether a source is nobody, or only how many: "no one could deny", "the percentage of people saying".
fn is_nobody(view: &View<'_>, source: &Source) -> bool {
    if source.role != Role::Speaker || !is_here(view, source) {
        return false;
    }
    let words = &view.pack.speech;
    let text = view.doc().text()[source.span.clone()].to_lowercase();
    let mute = source.head.is_some_and(|head| {
        let token = view.doc().token(head);
        token.pos() == Pos::Noun && words.mute.contains(token.lemma())
    });
    mute || words.nobodies.contains(&text)
}

/// The longest clause at the end of what is said that is taken for the reporter's, in tokens.
const LONGEST_ASIDE: usize = 24;

fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Whether somebody says it, or a document or finding shows it: to believe, to hope and to refuse is
/// to say nothing.
fn is_told(view: &View<'_>, said: &Statement) -> bool {
    match view.pack.speech.sense(&said.rule) {
        Some(Sense::Attitude | Sense::Act) => false,
        // "described them as gangs" only names, if it does not quote more than a name.
        Some(Sense::Naming) => {
            said.form != statement::Form::Indirect
                && !said.sources.is_empty()
                && !said.content.iter().all(|piece| is_title(view, piece))
        }
        // "…, suggesting that": so says the report, not who did what stands before.
        Some(Sense::Evidence) => said.verb.is_none_or(|verb| {
            let inferred = view.grammar.relation(verb) == Relation::Adverbial
                && verb_form(view.doc().token(verb)) == VerbForm::Gerund;
            // "he has found that people listen": so he lives and learns.
            let learns = words_marked(view, said)
                && said.sources.iter().any(|source| {
                    source.head.filter(|_| is_here(view, source)).is_some_and(|head| {
                        let token = view.doc().token(head);
                        token.pos() == Pos::Pron
                            && token.feature("Number") == Some("Sing")
                            && matches!(token.feature("Gender"), Some("Masc" | "Fem"))
                    })
                });
            !inferred && !learns && said.sources.iter().any(|source| is_document(view, source))
        }),
        Some(Sense::Speech) => !said.verb.is_some_and(|verb| comes_to(view, verb)),
        _ => true,
    }
}

/// Whether a statement's verb tells what is said only behind its conjunction: "found that".
fn words_marked(view: &View<'_>, said: &Statement) -> bool {
    view.pack.speech.is_marked(&said.rule)
}

/// "arrested 13 people, underlining how …": what was done comes to it, nobody says it.
fn comes_to(view: &View<'_>, verb: usize) -> bool {
    let token = view.doc().token(verb);
    let gerund =
        verb_form(token) == VerbForm::Gerund && view.grammar.relation(verb) == Relation::Adverbial;
    let main = view.grammar.head(verb).map(|main| view.doc().token(main).lemma().to_lowercase());
    let said = main.is_some_and(|main| view.pack.clauses.saying.contains(&main));
    gerund && !said && view.pack.speech.comes.contains(token.lemma())
}

/// Whether words are a name and no judgement: the "Triangle".
fn is_title(view: &View<'_>, words: &Range<usize>) -> bool {
    let text = &view.doc().text()[words.clone()];
    let letters = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let big = letters.skip_while(|word| word.chars().all(char::is_lowercase));
    let mut big = big.peekable();
    text.split_whitespace().count() <= 4
        && big.peek().is_some()
        && big.all(|word| word.starts_with(char::is_uppercase))
}

/// The pieces of what is said that say something: not the "which" of "which he said was full", nor the
/// "meanwhile" before who says it.
fn pieces(view: &View<'_>, said: &Statement) -> Vec<Range<usize>> {
    let tells = |piece: &&Range<usize>| {
        let first = view.doc().token_at(piece.start).map_or(0, Token::index);
        let inside = (first..view.doc().len())
            .take_while(|&at| view.doc().token(at).bytes().start < piece.end);
        let part = |at: usize| {
            let token = view.doc().token(at);
            let role = view.grammar.relation(at);
            !is_relative_pronoun(token)
                && (view.grammar.is_predicate(at)
                    || matches!(
                        role,
                        Relation::Subject
                            | Relation::PassiveSubject
                            | Relation::Object
                            | Relation::Attribute
                            | Relation::Root
                    ))
                && !matches!(token.pos(), Pos::Punct | Pos::Space | Pos::Adv | Pos::Sconj)
        };
        inside.into_iter().any(part)
    };
    match (said.form, said.content.split_last()) {
        (statement::Form::Direct, _) | (_, None) => said.content.clone(),
        (_, Some((last, before))) => before.iter().filter(tells).chain([last]).cloned().collect(),
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
        && !is_idle(view, token)
}

/// Whether a common noun of which nothing is known can hardly be somebody: "the failure", "the rate".
fn is_idle(view: &View<'_>, noun: Token<'_>) -> bool {
    let head = noun.index();
    // "the state of Chihuahua", "a version of the article".
    let of = || {
        let possession = &view.pack.clauses.possession;
        let of = |child: &Token<'_>| {
            relation(child.dep()) == Relation::Preposition && child.norm() == possession
        };
        let objects = noun.children().filter(of).flat_map(Token::children);
        objects
            .into_iter()
            .any(|object| object.pos() == Pos::Propn || view.pack.speech.is_document(object))
    };
    noun.pos() == Pos::Noun
        && noun.text().starts_with(char::is_lowercase)
        && view.actor(head).is_none()
        && view.class(head).is_none()
        && !view.pack.speech.is_document(noun)
        && !view.pack.speech.is_doer(noun)
        && view.quantity(head).is_none()
        && !of()
        && !view
            .grammar
            .those(head, Relation::Possessive)
            .any(|at| view.doc().token(at).pos() == Pos::Propn)
}

/// Whether a word names a thing that is no document: a trial or a mine says nothing.
pub(super) fn is_thing(pack: &Pack, part: &Part, head: Token<'_>) -> bool {
    let at = head.index();
    // "Sin Embargo" is a paper, though an embargo is a thing.
    // "the minister's office said".
    let owned = head
        .children()
        .any(|child| relation(child.dep()) == Relation::Possessive && child.pos() == Pos::Propn);
    let name = head.pos() == Pos::Propn || owned;
    part.is_thing(at) && part.actor_at(at).is_none() && !name && !pack.speech.is_document(head)
}

/// Whether a word only points: "this", "that".
pub(super) fn points(token: Token<'_>) -> bool {
    token.pos() == Pos::Det || token.feature("PronType") == Some("Dem") || is_question_word(token)
}

/// Whether a source stands in the text at hand: who speaks may be told a paragraph before.
fn is_here(view: &View<'_>, source: &Source) -> bool {
    source.part == view.index()
}

/// Whether a source is a text, figures, or somebody: a case or a fact shows something and says nothing.
fn is_document(view: &View<'_>, source: &Source) -> bool {
    let head = source.noun.or(source.head);
    let Some(head) = head.filter(|_| is_here(view, source)) else { return false };
    view.pack.speech.is_document(view.doc().token(head)) || view.actor(head).is_some()
}

/// The construction of a headline with its speaker at the end.
pub(super) const HEADLINE: &str = "headline";

/// Whether what a headline ends in is somebody who speaks, and no place or theme.
pub(super) fn names_a_speaker(pack: &Pack, part: &Part, said: &Statement) -> bool {
    said.sources.iter().filter_map(|source| source.head).any(|head| {
        let start = part.doc.token(head).bytes().start;
        let place = part.places.iter().any(|place| place.span.contains(&start));
        let report = pack.speech.is_document(part.doc.token(head));
        (report || part.actor_at(head).is_some()) && !place
    })
}

/// Whether a source is only so many of something: "according to five categories".
fn is_measure(view: &View<'_>, source: &Source) -> bool {
    let Some(head) = source.head.filter(|_| is_here(view, source)) else { return false };
    view.quantity(head).is_some()
        && view.actor(head).is_none()
        && view.class(head).is_none()
        && !view.pack.speech.is_document(view.doc().token(head))
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
        let of_noun = matches!(
            view.grammar.relation(at),
            Relation::Relative | Relation::Participle | Relation::PrepositionClause
        );
        // "told the officers he had been beaten": the parser hangs it on the officers.
        let own = at == root
            && view.grammar.relation(at) == Relation::Relative
            && !inside.clone().take(3).any(|at| is_relative_pronoun(doc.token(at)));
        view.grammar.is_predicate(at) && (!of_noun || own)
    })
}

/// From the first word of what is said to the last.
fn span(said: &Statement) -> Option<Range<usize>> {
    let start = said.content.iter().map(|piece| piece.start).min()?;
    let end = said.content.iter().map(|piece| piece.end).max()?;
    Some(start..end)
}

/// A speaker's words with the number that a hyphen joins to them, "**40-**year-old farmer Juan Mora", and
/// without the day on which he spoke: "an official **Monday**".
fn whole_name(view: &View<'_>, source: &Source, span: Range<usize>) -> Range<usize> {
    let text = view.doc().text();
    let before = &text[..span.start];
    let start = match before.ends_with('-') {
        true => before
            .rfind(|c: char| !c.is_alphanumeric() && c != '-')
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8)),
        false => span.start,
    };
    let day = view.part.periods.iter().find(|period| {
        period.span.end == span.end
            && period.span.start > span.start
            && period.value.kind == period::Kind::When
            && is_here(view, source)
    });
    let day = day.and_then(|day| {
        let first = view.doc().token_at(day.span.start)?.index();
        let last = view.doc().token(first.checked_sub(1)?);
        matches!(last.pos(), Pos::Noun | Pos::Propn).then(|| last.bytes().end)
    });
    start.min(span.start)..day.filter(|&end| end > span.start).unwrap_or(span.end)
}

fn speaker(view: &View<'_>, source: &Source) -> Cited<Filler> {
    let cited = |actor: Actor, span| Cited::new(Filler::Value(Value::Actor(actor)), span);
    // "the commission, which stated that": who "which" stands for.
    if let (Some(noun), Some((_, span))) = (source.noun, &source.antecedent) {
        return match view.actor(noun) {
            Some(actor) => cited(actor.value, actor.span),
            None => {
                cited(view.stranger(noun, view.doc().text()[span.clone()].to_owned()), span.clone())
            }
        };
    }
    // "the newspaper El Faro": the paper's name, with what it is.
    if let Some((name, span)) = source.head.and_then(|head| named_beside(view.doc(), head)) {
        let words = || view.stranger(name, view.doc().text()[span.clone()].to_owned());
        let actor = view.actor(name).map_or_else(words, |actor| actor.value);
        let start = source.span.start.min(span.start);
        return cited(actor, start..span.end);
    }
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
    // "a Bureau of Mines press release": the release, not the bureau that the words begin with.
    let document = source.role == Role::Document;
    match known.filter(|actor| !document || Some(actor.value.head) == source.head) {
        Some(actor) => {
            let cut = is_cut(view.doc().text(), &source.span, &actor.span);
            if let Some(span) = is_part_of_name(view.part, &actor, &source.span) {
                let name = view.doc().text()[span.clone()].to_owned();
                return cited(Actor { name, ..actor.value }, span);
            }
            let span = match cut {
                true => source.span.clone(),
                false => titled(view.doc(), &source.span, actor.span),
            };
            Cited::new(Filler::Value(Value::Actor(actor.value)), span)
        }
        None => {
            let name = view.doc().text()[source.span.clone()].to_owned();
            let actor = view.stranger(source.head.unwrap_or_default(), name);
            Cited::new(Filler::Value(Value::Actor(actor)), source.span.clone())
        }
    }
}
