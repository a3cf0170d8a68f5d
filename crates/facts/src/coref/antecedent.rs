//! What "he", "they", "the group" stand for: one compatible actor within two sentences, or nobody.

use std::ops::Range;

use atalaya_parse::{Doc, Pos, Token};

use super::Referents;
use crate::clause::grammar::{Grammar, REACH};
use crate::clause::labels::Relation;
use crate::clause::subjects;
use crate::pack::{Class, Pack};
use crate::reading::{Part, Reading};
use crate::value::actor::{Actor, Form};

/// How many sentences before its own a word's antecedent is looked for in.
const SENTENCES: usize = 2;
/// The most actors that are looked at for one word.
const MOST: usize = 64;

/// All that a report's words can stand for.
pub(crate) struct Antecedents<'a> {
    pack: &'a Pack,
    parts: &'a [Part],
    referents: &'a Referents,
    grammars: Vec<Grammar<'a>>,
    /// Where the sentences of each part start.
    sentences: Vec<Vec<usize>>,
}

/// What a pronoun asks of what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// "he", "she".
    Person,
    /// "it".
    Body,
    /// "they".
    Several,
    /// "the group": somebody of a class.
    Class(Class),
}

/// What the clauses above a word say of whom it stands for.
enum Above {
    /// A subject that it can stand for.
    Is(Candidate),
    /// Somebody of whom too little is known.
    Unknown,
    /// Nobody.
    Nobody,
}

/// An actor as a candidate: its part, and its place among the part's actors.
type Candidate = (usize, usize);

impl<'a> Antecedents<'a> {
    pub(crate) fn of(pack: &'a Pack, reading: &'a Reading<'_>) -> Antecedents<'a> {
        let parts = reading.parts.as_slice();
        Antecedents {
            pack,
            parts,
            referents: &reading.referents,
            grammars: parts.iter().map(|part| Grammar::of(&part.doc)).collect(),
            sentences: parts.iter().map(|part| starts(&part.doc)).collect(),
        }
    }

    /// The grammar of a part.
    pub(crate) fn grammar(&self, part: usize) -> &Grammar<'a> {
        &self.grammars[part]
    }

    /// The words that an actor's words stand for, in bytes of the report's text.
    pub(crate) fn find(&self, part: usize, actor: &Actor) -> Option<Range<usize>> {
        let (at, index) = self.candidate(part, actor)?;
        // "the army and police": "they" are both, and one name would be half of them.
        let several = self.pronoun(self.doc(part).token(actor.head)) == Some(Wanted::Several);
        if several && self.is_joined((at, index)) {
            return None;
        }
        let part = &self.parts[at];
        Some(part.prepared.source(part.actors[index].span.clone()))
    }

    /// The actor that a pronoun or description stands for.
    pub(crate) fn actor(&self, part: usize, actor: &Actor) -> Option<&'a Actor> {
        self.candidate(part, actor).map(|candidate| self.told(candidate))
    }

    fn candidate(&self, part: usize, actor: &Actor) -> Option<Candidate> {
        let token = self.doc(part).token(actor.head);
        let wanted = match actor.form {
            Form::Name => return None,
            Form::Pronoun => {
                self.pronoun(token).filter(|wanted| self.is_clear(part, token, *wanted))?
            }
            Form::Description => {
                if let Some(named) = self.beside_it(part, actor.head) {
                    return Some(named);
                }
                if let Some(named) = self.known(part, actor.head) {
                    return Some(named);
                }
                self.described(part, actor)?
            }
        };
        let several = token.feature("Number") == Some("Plur");
        let before: Vec<Candidate> = self.before(part, token).take(MOST).collect();
        let fits = |&candidate: &Candidate| {
            self.fits(wanted, candidate, several)
                && !self.beside(part, actor.head, candidate)
                && !self.is_another_sex(token, candidate)
        };
        let fitting: Vec<Candidate> = before.into_iter().filter(fits).collect();
        match self.above(part, actor.head, &fitting) {
            Above::Is(above) => return Some(above),
            Above::Unknown => return None,
            Above::Nobody => {}
        }
        let (first, rest) = fitting.split_first()?;
        rest.iter().all(|other| self.same(*first, *other)).then_some(*first)
    }

    /// "It" as an object is a thing more often than a body: only as a subject or possessor it is clear.
    fn is_clear(&self, part: usize, token: Token<'_>, wanted: Wanted) -> bool {
        let clear = [Relation::Subject, Relation::PassiveSubject, Relation::Possessive];
        wanted != Wanted::Body || clear.contains(&self.grammars[part].relation(token.index()))
    }

    /// What a pronoun asks for; none of those that stand for anybody.
    fn pronoun(&self, token: Token<'_>) -> Option<Wanted> {
        let norm = token.norm().to_lowercase();
        let stands = &self.pack.pronouns;
        [
            (&stands.person, Wanted::Person),
            (&stands.body, Wanted::Body),
            (&stands.several, Wanted::Several),
        ]
        .into_iter()
        .find(|(words, _)| words.contains(&norm))
        .map(|(_, wanted)| wanted)
    }

    /// "the group", "these rebels": a class and nothing else that tells who is meant.
    fn described(&self, part: usize, actor: &Actor) -> Option<Wanted> {
        let grammar = &self.grammars[part];
        let mut definite = false;
        for child in grammar.children(actor.head) {
            match grammar.relation(child) {
                Relation::Determiner => {
                    let norm = grammar.token(child).norm().to_lowercase();
                    definite |= self.pack.clauses.definite.contains(&norm);
                }
                Relation::Adjective
                | Relation::Compound
                | Relation::Possessive
                | Relation::Number
                | Relation::Preposition
                | Relation::Relative
                | Relation::Participle
                | Relation::Conjunct => return None,
                _ => {}
            }
        }
        let class = actor.class.filter(|&class| !self.pack.classes.is_default(Some(class)))?;
        (definite && actor.extent.is_none()).then_some(Wanted::Class(class))
    }

    /// The nearest name before of what coreference knows a description to stand for.
    fn known(&self, part: usize, head: usize) -> Option<Candidate> {
        let referent = self.referents.actor(part, self.parts[part].actor_at(head)?)?;
        if self.doc(part).token(head).feature("Number") == Some("Plur") {
            return None;
        }
        // "the minister" is no party, "the faction" no person.
        let classes = &self.pack.classes;
        let own = self.parts[part].actor_at(head).and_then(|at| self.told((part, at)).class);
        let fits = |class: Option<Class>| {
            own.is_none() || class.is_none() || classes.is_person(own) == classes.is_person(class)
        };
        let named = |candidate: &Candidate| {
            let actor = self.told(*candidate);
            self.referents.actor(candidate.0, candidate.1) == Some(referent)
                && actor.form == Form::Name
                && fits(actor.class)
        };
        let here = self.back(part, head);
        let earlier = (0..part).rev().flat_map(|part| self.back(part, usize::MAX));
        here.chain(earlier).take(MOST * MOST).find(named)
    }

    /// The actors before a word, nearest first: in its sentence, the two before, and at the start of
    /// a part in the part before.
    fn before(&self, part: usize, token: Token<'_>) -> impl Iterator<Item = Candidate> + '_ {
        let starts = &self.sentences[part];
        let own = starts.partition_point(|&start| start <= token.index()).saturating_sub(1);
        let from = starts.get(own.saturating_sub(SENTENCES)).copied().unwrap_or(0);
        let here = self.back(part, token.index());
        let here = here.take_while(move |candidate| self.told(*candidate).head >= from);
        let missing = SENTENCES.saturating_sub(own);
        let earlier = part.checked_sub(1).filter(|_| missing > 0);
        let earlier = earlier.into_iter().flat_map(move |part| {
            let starts = &self.sentences[part];
            let from = starts.get(starts.len().saturating_sub(missing)).copied().unwrap_or(0);
            let within = self.back(part, usize::MAX);
            within.take_while(move |candidate| self.told(*candidate).head >= from)
        });
        here.chain(earlier)
    }

    /// The actors of a part whose heads stand before a token, nearest first.
    fn back(&self, part: usize, token: usize) -> impl Iterator<Item = Candidate> + '_ {
        let end = self.parts[part].actors.partition_point(|actor| actor.value.head < token);
        (0..end).rev().map(move |at| (part, at))
    }

    fn fits(&self, wanted: Wanted, candidate: Candidate, several_meant: bool) -> bool {
        let actor = self.told(candidate);
        let person = self.pack.classes.is_person(actor.class);
        let several = self.several(candidate);
        match wanted {
            _ if actor.form == Form::Pronoun => false,
            Wanted::Person => {
                person
                    && !several
                    && !self.is_plural(candidate)
                    && !self.is_collective(candidate)
                    && !self.is_placed(candidate)
                    && self.is_told_of(candidate)
            }
            Wanted::Body => {
                actor.class.is_some() && !several && (!person || self.is_collective(candidate))
            }
            Wanted::Several => {
                several || self.is_collective(candidate) || actor.class.is_some() && !person
            }
            Wanted::Class(class) => {
                // "the authorities" are several, and a name is of one.
                actor.form == Form::Name
                    && !several_meant
                    && person == self.pack.classes.is_person(Some(class))
                    && actor.class.is_some_and(|own| self.pack.classes.is_a(own, class))
            }
        }
    }

    /// "the team": several people as one.
    fn is_collective(&self, (part, at): Candidate) -> bool {
        let token = self.doc(part).token(self.told((part, at)).head);
        self.pack.pronouns.is_collective(token)
    }

    fn is_joined(&self, (part, at): Candidate) -> bool {
        let head = self.told((part, at)).head;
        self.grammars[part].first(head, Relation::Conjunct).is_some()
            || self.grammars[part].relation(head) == Relation::Conjunct
    }

    fn is_place(&self, part: usize, token: Token<'_>) -> bool {
        let (bytes, places) = (token.bytes(), &self.parts[part].places);
        let next = places.partition_point(|place| place.span.end <= bytes.start);
        places.get(next).is_some_and(|place| place.span.start <= bytes.start)
    }

    /// Whether a description is of somebody whom a sentence is about: "she" is no "change warrior" that one is
    /// called.
    fn is_told_of(&self, (part, at): Candidate) -> bool {
        let actor = self.told((part, at));
        let told = [Relation::Subject, Relation::PassiveSubject];
        // "a lot of voters" is nobody.
        actor.form == Form::Name
            || actor.extent.is_none() && told.contains(&self.grammars[part].relation(actor.head))
    }

    /// "she" is not "Mrs. Clark's father", and "he" not "Ana Mora". What a description's noun tells counts, and
    /// what a name begins with.
    fn is_another_sex(&self, pronoun: Token<'_>, (part, at): Candidate) -> bool {
        let words = &self.pack.pronouns;
        let Some(wanted) = words.sex(pronoun.norm()) else { return false };
        let (doc, actor) = (self.doc(part), &self.parts[part].actors[at]);
        let told = match actor.value.form {
            Form::Description => words.sex(doc.token(actor.value.head).lemma()),
            _ => {
                let first = doc.token_at(actor.span.start).map_or(actor.value.head, Token::index);
                let title = first.checked_sub(1).filter(|&at| doc.token(at).pos() == Pos::Propn);
                let own = first..=actor.value.head;
                let mut near = title.into_iter().chain(own.filter(|&at| at < actor.value.head));
                near.find_map(|at| words.sex(doc.token(at).text()))
            }
        };
        told.is_some_and(|told| told != wanted)
    }

    /// "the head of the agency, **Ana Mora**, said": the name that stands beside a description of one.
    fn beside_it(&self, part: usize, head: usize) -> Option<Candidate> {
        let grammar = &self.grammars[part];
        let one = grammar.token(head).feature("Number") == Some("Sing");
        let (_, last) = grammar.edges(head);
        // The parser may hang the name on what the description is of.
        let of = grammar
            .those(head, Relation::Preposition)
            .filter_map(|of| grammar.first(of, Relation::PrepositionObject));
        let near = std::iter::once(head).chain(of);
        let mut names = near.flat_map(|noun| grammar.those(noun, Relation::Apposition));
        let name = |&at: &usize| at <= last && grammar.token(at).pos() == Pos::Propn;
        let at = names.find(name).filter(|_| one)?;
        let index = self.parts[part].actor_at(at)?;
        let named = self.told((part, index));
        let set_off = self.parts[part].actors[index].span.start;
        let before =
            self.doc(part).token_at(set_off).and_then(|first| first.index().checked_sub(1));
        let comma = before.is_some_and(|at| self.doc(part).token(at).text() == ",");
        let person = named.form == Form::Name && self.pack.classes.is_person(named.class);
        (person && comma && !self.is_joined((part, index))).then_some((part, index))
    }

    /// "Angkor Wat": a name that is all a place's.
    fn is_placed(&self, (part, at): Candidate) -> bool {
        let actor = &self.parts[part].actors[at];
        let places = &self.parts[part].places;
        let next = places.partition_point(|place| place.span.end < actor.span.end);
        let same = places.get(next).is_some_and(|place| place.span == actor.span);
        same && actor.value.office.is_none() && actor.value.name.contains(' ')
    }

    /// "the Meyendorffs": a name of several.
    fn is_plural(&self, (part, at): Candidate) -> bool {
        let token = self.doc(part).token(self.told((part, at)).head);
        token.feature("Number") == Some("Plur")
    }

    fn several(&self, candidate: Candidate) -> bool {
        let actor = self.told(candidate);
        let token = self.doc(candidate.0).token(actor.head);
        actor.form == Form::Description && token.feature("Number") == Some("Plur")
            || self.grammars[candidate.0].first(actor.head, Relation::Conjunct).is_some()
    }

    /// Whether a word and a candidate play parts in one clause, or the candidate is part of the
    /// word's own phrase: these are two.
    fn beside(&self, part: usize, head: usize, candidate: Candidate) -> bool {
        if candidate.0 != part {
            return false;
        }
        let grammar = &self.grammars[part];
        let other = self.told(candidate).head;
        let possessive = grammar.relation(head) == Relation::Possessive;
        let (first, last) = grammar.edges(head);
        let verb = grammar.owner(head);
        let object = matches!(
            grammar.relation(head),
            Relation::Object | Relation::PrepositionObject | Relation::Indirect
        );
        (first..=last).contains(&other)
            || !possessive && verb == grammar.owner(other)
            // "the gang buys guns before taking them": who takes is not taken.
            || object && subjects(&self.pack.clauses, grammar, verb).contains(&other)
            // "the court lets them meet": they are not the court.
            || self.is_told_to(part, head)
                && grammar.head(verb).is_some_and(|above| {
                    subjects(&self.pack.clauses, grammar, grammar.owner(above)).contains(&other)
                })
    }

    /// Whether a word is the subject of a clause without a tense: "lets **them** meet".
    fn is_told_to(&self, part: usize, head: usize) -> bool {
        let grammar = &self.grammars[part];
        grammar.relation(head) == Relation::Subject
            && grammar.token(head).feature("Case") == Some("Acc")
    }

    /// The subject of a clause that the word's clause stands under: "Chile said it would …".
    fn above(&self, part: usize, head: usize, fitting: &[Candidate]) -> Above {
        let grammar = &self.grammars[part];
        let mut at = grammar.owner(head);
        // "Mora spoke of his wish": whose it is may be told by the subject of the same clause.
        let own = grammar.relation(head) == Relation::Possessive;
        for step in 0..REACH {
            if step > 0 || !own {
                let Some(above) = grammar.head(at) else { return Above::Nobody };
                at = grammar.owner(above);
            }
            let subject = grammar
                .first(at, Relation::Subject)
                .or_else(|| grammar.first(at, Relation::PassiveSubject));
            let is = |candidate: &&Candidate| {
                candidate.0 == part
                    && subject.is_some_and(|subject| {
                        let own = self.told(**candidate).head;
                        own == subject || grammar.antecedent(subject) == own
                    })
            };
            if let Some(found) = fitting.iter().find(is) {
                return Above::Is(*found);
            }
            // "Before his arrest, Mora …": whose it is stands behind.
            let behind = |subject: usize| {
                own && step == 0 && subject > head && grammar.token(subject).pos() == Pos::Propn
            };
            let speaks = self.pack.clauses.saying.contains(grammar.token(at).lemma());
            let says = |subject: usize| {
                speaks && !own && step == 0 && self.is_somebody(part, head, subject)
            };
            if subject.is_some_and(|at| behind(at) || self.is_stranger(part, at) || says(at)) {
                return Above::Unknown;
            }
        }
        Above::Nobody
    }

    /// "The Dover native says he …": somebody of whom nothing is known but that he speaks.
    fn is_somebody(&self, part: usize, head: usize, subject: usize) -> bool {
        let token = self.doc(part).token(subject);
        let person = self.pronoun(self.doc(part).token(head)) == Some(Wanted::Person);
        let actor = self.parts[part].actor_at(subject);
        person
            && token.pos() == Pos::Noun
            && token.feature("Number") == Some("Sing")
            && actor.is_none()
            && !self.pack.speech.is_document(token)
    }

    /// "Comba fled when he …", "Byron's role is denied since he …": a name of which nothing is known
    /// stands nearer than any that is.
    fn is_stranger(&self, part: usize, subject: usize) -> bool {
        let grammar = &self.grammars[part];
        let owner = grammar.first(subject, Relation::Possessive);
        [Some(subject), owner].into_iter().flatten().any(|at| {
            let token = grammar.token(at);
            let person = token.entity().is_some_and(|entity| entity.label() == "PERSON");
            let actor =
                self.parts[part].actor_at(at).map(|index| &self.parts[part].actors[index].value);
            let unknown = actor.is_none_or(|actor| actor.class.is_none());
            token.pos() == Pos::Propn
                && (person || actor.is_some() || !self.is_place(part, token))
                && (at != subject || unknown)
        })
    }

    fn same(&self, one: Candidate, other: Candidate) -> bool {
        let referent = |candidate: Candidate| self.referents.actor(candidate.0, candidate.1);
        match (referent(one), referent(other)) {
            (Some(one), Some(other)) => one == other,
            _ => self.told(one).name == self.told(other).name,
        }
    }

    fn told(&self, (part, at): Candidate) -> &'a Actor {
        &self.parts[part].actors[at].value
    }

    fn doc(&self, part: usize) -> &'a Doc {
        &self.parts[part].doc
    }
}

/// The tokens that sentences start with.
fn starts(doc: &Doc) -> Vec<usize> {
    doc.sentences().map(|sentence| sentence.range().start).collect()
}
