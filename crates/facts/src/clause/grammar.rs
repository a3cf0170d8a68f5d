//! A text's grammar in our terms: what each token is to its head, and which predicate it belongs to.

use std::collections::HashSet;

use atalaya_parse::{Doc, Pos, Token};

use super::labels::{
    Relation, VerbForm, is_body, is_personal, is_relative_pronoun, relation, verb_form,
};

/// The most steps that are taken up or along a tree for one question.
pub(crate) const REACH: usize = 24;

/// The relations of a text, each looked up once.
pub(crate) struct Grammar<'d> {
    pub(crate) doc: &'d Doc,
    relations: Vec<Relation>,
    owners: Vec<usize>,
    /// The first and the last token below each.
    edges: Vec<(usize, usize)>,
}

impl<'d> Grammar<'d> {
    pub(crate) fn of(doc: &'d Doc) -> Grammar<'d> {
        let relations: Vec<Relation> = doc.tokens().map(|token| relation(token.dep())).collect();
        let mut grammar = Grammar { doc, relations, owners: Vec::new(), edges: edges(doc) };
        grammar.owners = grammar.owners();
        grammar
    }

    /// The first and the last token of all that depends on a token, itself included.
    pub(crate) fn edges(&self, index: usize) -> (usize, usize) {
        self.edges[index]
    }

    pub(crate) fn token(&self, index: usize) -> Token<'d> {
        self.doc.token(index)
    }

    /// How a token stands to its head.
    pub(crate) fn relation(&self, index: usize) -> Relation {
        self.relations[index]
    }

    /// The head of a token; none for a root.
    pub(crate) fn head(&self, index: usize) -> Option<usize> {
        let token = self.token(index);
        (!token.is_root()).then(|| token.head().index())
    }

    /// The dependents of a token, in order.
    pub(crate) fn children(
        &self,
        index: usize,
    ) -> impl DoubleEndedIterator<Item = usize> + use<'d> {
        self.token(index).children().map(Token::index)
    }

    /// The dependents that stand in one relation.
    pub(crate) fn those(
        &self,
        index: usize,
        wanted: Relation,
    ) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.children(index).filter(move |&child| self.relation(child) == wanted)
    }

    /// The first dependent in one relation.
    pub(crate) fn first(&self, index: usize, wanted: Relation) -> Option<usize> {
        self.those(index, wanted).next()
    }

    /// The nearest predicate that a token stands under, or is.
    pub(crate) fn owner(&self, index: usize) -> usize {
        self.owners[index]
    }

    /// Whether a token heads a clause: a verb, or what the parser has treated as one.
    pub(crate) fn is_predicate(&self, index: usize) -> bool {
        let token = self.token(index);
        let verbal = matches!(token.pos(), Pos::Verb | Pos::Aux);
        let governed = matches!(
            self.relation(index),
            Relation::Auxiliary | Relation::PassiveAuxiliary | Relation::Copula
        );
        let adjectival = matches!(
            self.relation(index),
            Relation::Adjective | Relation::Compound | Relation::Case | Relation::Preposition
        );
        (verbal && !governed && !adjectival && !self.is_name_taken_for_verb(index))
            || (!verbal && self.has_verbal_frame(index))
    }

    /// "Trump himself met …": a name that is a verb, too, and stands as a subject with "himself".
    pub(crate) fn is_name_taken_for_verb(&self, index: usize) -> bool {
        let token = self.token(index);
        let mut below = self.children(index);
        let (first, rest) = (below.next(), below.next());
        let reflexive = |at: usize| self.token(at).feature("Reflex") == Some("Yes");
        token.pos() == Pos::Verb
            && self.relation(index) == Relation::Subject
            && token.text().starts_with(char::is_uppercase)
            && rest.is_none()
            && first.is_some_and(|at| at == index + 1 && reflexive(at))
    }

    /// Whether a preposition depends on a verb.
    pub(crate) fn is_predicate_of(&self, preposition: usize) -> bool {
        self.head(preposition).is_some_and(|head| self.is_predicate(head))
    }

    /// Whether an adjective or noun has a subject and an object: the tagger has missed a verb.
    fn has_verbal_frame(&self, index: usize) -> bool {
        matches!(self.token(index).pos(), Pos::Adj | Pos::Noun | Pos::Propn)
            && self.first(index, Relation::Object).is_some()
            && (self.first(index, Relation::Subject).is_some()
                || self.relation(index) == Relation::Root)
    }

    /// Whether a verb is told in the passive.
    pub(crate) fn is_passive(&self, verb: usize) -> bool {
        let marked = self.children(verb).any(|child| {
            matches!(
                self.relation(child),
                Relation::PassiveAuxiliary | Relation::PassiveSubject | Relation::Agent
            )
        });
        marked || self.is_bare_passive(verb) || self.is_garden_path(verb)
    }

    /// "Two men extradited in July have named him": the parser takes the participle for the verb, and
    /// joins the verb to it without a conjunction.
    fn is_garden_path(&self, verb: usize) -> bool {
        let past = matches!(verb_form(self.token(verb)), VerbForm::Past | VerbForm::PastParticiple);
        let none = |relation| self.first(verb, relation).is_none();
        if !past || none(Relation::Subject) || !none(Relation::Object) || !none(Relation::Auxiliary)
        {
            return false;
        }
        let joins = self.children(verb).any(|at| {
            let token = self.token(at);
            token.pos() == Pos::Cconj
                || token.pos() == Pos::Punct && at > verb && at + 1 < self.doc.len()
        });
        !joins
            && self.those(verb, Relation::Conjunct).any(|other| {
                self.is_predicate(other)
                    && self.first(other, Relation::Subject).is_none()
                    && self.first(other, Relation::Auxiliary).is_some()
            })
    }

    /// A past participle without its auxiliary: of a noun ("boats stopped off …"), or joined to a
    /// passive ("were held and charged").
    fn is_bare_passive(&self, verb: usize) -> bool {
        if verb_form(self.token(verb)) != VerbForm::PastParticiple
            || self.first(verb, Relation::Auxiliary).is_some()
        {
            return false;
        }
        match self.relation(verb) {
            Relation::Participle => true,
            // "was found shot".
            Relation::Open => self.head(verb).is_some_and(|found| self.is_passive(found)),
            Relation::Adverbial => self.first(verb, Relation::Object).is_none(),
            Relation::Conjunct => {
                let before = self.chain(verb).find(|&other| {
                    self.first(other, Relation::Auxiliary).is_some()
                        || self.first(other, Relation::PassiveAuxiliary).is_some()
                        || self.relation(other) != Relation::Conjunct
                });
                before.is_some_and(|before| {
                    self.first(before, Relation::PassiveAuxiliary).is_some()
                        || matches!(self.relation(before), Relation::Participle | Relation::Open)
                })
            }
            _ => false,
        }
    }

    /// The verbs that a joined verb follows, nearest first.
    fn chain(&self, verb: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(verb), |&at| {
            (self.relation(at) == Relation::Conjunct).then(|| self.head(at)).flatten()
        })
        .skip(1)
        .take(REACH)
    }

    /// Whether a noun that the parser takes for an apposition is the next of a list: "thirteen houses, 40
    /// cars and $500".
    fn is_next(&self, noun: usize, other: usize) -> bool {
        let counted = |at: usize| self.first(at, Relation::Number).is_some();
        counted(noun) && counted(other) && self.first(other, Relation::Conjunct).is_some()
    }

    /// A noun phrase's head and those joined to it: "two rifles, 9 kilos and $500".
    pub(crate) fn joined(&self, head: usize) -> Vec<usize> {
        let mut all = vec![head];
        let mut next = 0;
        while let Some(&at) = all.get(next) {
            if all.len() > REACH {
                break;
            }
            let nominal = |&child: &usize| !self.is_predicate(child);
            all.extend(self.those(at, Relation::Conjunct).filter(nominal));
            all.extend(
                self.those(at, Relation::Apposition).filter(|&other| self.is_next(at, other)),
            );
            next += 1;
        }
        all.sort_unstable();
        all
    }

    /// Whether a verb is of the third person and one: "calls".
    pub(super) fn is_third(&self, verb: usize) -> bool {
        let verb = self.token(verb);
        verb.feature("Person") == Some("3") && verb.feature("Number") == Some("Sing")
    }

    /// Whether a verb can have a subject by its number: "weaknesses" do not "calls".
    pub(super) fn agrees(&self, verb: usize, noun: usize) -> bool {
        let third = self.is_third(verb);
        let (verb, noun) = (self.token(verb), self.token(noun));
        let points = noun.feature("PronType") == Some("Dem");
        let plural = noun.feature("Number") == Some("Plur") && (noun.pos() == Pos::Noun || points);
        let one = noun.feature("Number") == Some("Sing")
            && self.first(noun.index(), Relation::Conjunct).is_none();
        // "Mora remains at large and police admit": who admits is several.
        verb_form(verb) != VerbForm::Present || !(third && plural || !third && one)
    }

    /// The noun that a relative pronoun stands for; the word itself, if it is none.
    pub(crate) fn antecedent(&self, index: usize) -> usize {
        if !is_relative_pronoun(self.token(index)) {
            return index;
        }
        let mut at = index;
        for _ in 0..REACH {
            let Some(head) = self.head(at) else { return index };
            if self.relation(at) == Relation::Relative {
                let of = self.in_number(at, head);
                return if is_personal(self.token(index)) { self.someone(of) } else { of };
            }
            at = head;
        }
        index
    }

    /// The noun that a relative clause is of: what its verb is of in number, where the parser hangs it on
    /// the last of several nouns: "the nephews of a minister who were convicted".
    fn in_number(&self, verb: usize, noun: usize) -> usize {
        let finite = self.children(verb).find(|&child| {
            matches!(self.relation(child), Relation::Auxiliary | Relation::PassiveAuxiliary)
        });
        let finite = self.token(finite.unwrap_or(verb));
        if !matches!(verb_form(finite), VerbForm::Present | VerbForm::Past) {
            return noun;
        }
        let one = finite.feature("Number") == Some("Sing");
        let tells = verb_form(finite) == VerbForm::Present || finite.lemma() == "be";
        let several = |noun: usize| {
            let plural = self.token(noun).feature("Number") == Some("Plur");
            plural || self.first(noun, Relation::Conjunct).is_some()
        };
        let fits = |noun: usize| !tells || several(noun) != one;
        let above = |&at: &usize| match self.relation(at) {
            Relation::PrepositionObject => self.head(at).and_then(|of| self.head(of)),
            Relation::Apposition => self.head(at),
            _ => None,
        };
        let nouns = std::iter::successors(Some(noun), above).take(REACH);
        let mut nouns = nouns.take_while(|&at| !self.is_predicate(at));
        nouns.find(|&at| fits(at)).unwrap_or(noun)
    }

    /// Whom "who" can stand for: "a member of the League, who fled" is the member.
    fn someone(&self, noun: usize) -> usize {
        let body = |at: usize| self.token(at).entity().is_some_and(|it| is_body(it.label()));
        let mut at = noun;
        for _ in 0..REACH {
            let above = match self.relation(at) {
                Relation::PrepositionObject => self.head(at).and_then(|of| self.head(of)),
                Relation::Apposition => self.head(at),
                _ => None,
            };
            match above.filter(|&above| body(at) && !self.is_predicate(above)) {
                Some(above) => at = above,
                None if body(at) => return noun,
                None => return at,
            }
        }
        noun
    }

    /// What a preposition depends on: of a verb's object, the verb, where the two belong together in
    /// the pack ("accuse … of"), for the parser hangs it on either.
    pub(super) fn governor(&self, pairs: &HashSet<String>, preposition: usize) -> Option<usize> {
        let head = self.head(preposition)?;
        let object = matches!(self.relation(head), Relation::Object | Relation::PassiveSubject);
        let verb = self.head(head).filter(|_| object);
        let pair = |verb: &usize| {
            let name = self.token(preposition).norm().to_lowercase();
            pairs.contains(&format!("{} {name}", self.token(*verb).lemma()))
        };
        // What stands before the verb is the noun's: "the nephews of a minister were convicted".
        let behind = |verb: &usize| *verb < preposition;
        Some(verb.filter(behind).filter(pair).unwrap_or(head))
    }

    fn owners(&self) -> Vec<usize> {
        let mut owners = vec![usize::MAX; self.doc.len()];
        let mut path = Vec::new();
        for start in 0..self.doc.len() {
            let mut at = start;
            let owner = loop {
                if owners[at] != usize::MAX {
                    break owners[at];
                }
                path.push(at);
                match self.head(at) {
                    _ if self.is_predicate(at) => break at,
                    Some(head) => at = head,
                    None => break at,
                }
            };
            path.drain(..).for_each(|token| owners[token] = owner);
        }
        owners
    }
}

/// The first and last token below each token, from the leaves up.
fn edges(doc: &Doc) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> =
        doc.tokens().filter(|token| token.is_root()).map(Token::index).collect();
    let mut next = 0;
    while let Some(&at) = order.get(next) {
        order.extend(doc.token(at).children().map(Token::index));
        next += 1;
    }
    let mut edges: Vec<(usize, usize)> = (0..doc.len()).map(|index| (index, index)).collect();
    for &at in order.iter().rev() {
        let token = doc.token(at);
        if !token.is_root() {
            let head = token.head().index();
            edges[head] = (edges[head].0.min(edges[at].0), edges[head].1.max(edges[at].1));
        }
    }
    edges
}
