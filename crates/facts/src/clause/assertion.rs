//! How a clause is meant: as done, planned, asked for, possible; affirmed or denied.

mod habit;
mod nominal;

use atalaya_parse::Pos;
use serde::{Deserialize, Serialize};

use habit::{is_repeated, is_rife};
pub(crate) use nominal::is_definite;
use nominal::{denies, is_object_of_none, nominal_step, of_anyone};

use super::arguments::verb_with_particle;
use super::grammar::{Grammar, REACH};
use super::labels::{Relation, VerbForm, is_question_word, verb_form};
use super::words::{Effect, Words};
use super::{Clause, Form};
use crate::claim::Status;

/// Whether it is told as so, and how surely. The further down, the less is told as done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Realis {
    /// It was so.
    Happened,
    /// It is so, or going on.
    Ongoing,
    /// Somebody means to do it.
    Planned,
    /// Somebody wants it of somebody.
    Requested,
    /// Somebody has tried.
    Attempted,
    /// It may be, or somebody thinks so.
    Possible,
    /// It would be, if.
    Hypothetical,
}

impl Realis {
    /// Whether it is told as a deed or a state that is so.
    pub fn is_real(self) -> bool {
        matches!(self, Realis::Happened | Realis::Ongoing)
    }

    /// The name used in the pack, the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Realis::Happened => "happened",
            Realis::Ongoing => "ongoing",
            Realis::Planned => "planned",
            Realis::Requested => "requested",
            Realis::Attempted => "attempted",
            Realis::Possible => "possible",
            Realis::Hypothetical => "hypothetical",
        }
    }
}

/// Realis and polarity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Assertion {
    /// How it is told.
    pub realis: Realis,
    /// Whether it is told not to be so.
    pub denied: bool,
}

/// What has been gathered on the way up from a predicate.
struct Sum {
    realis: Realis,
    denied: bool,
    status: Option<Status>,
    /// Whether only an infinitive tells that it is meant to be: "sent men to burn the crops".
    supposed: bool,
    /// Whether it is denied only by what is done against it: "prevented an attack".
    barred: bool,
}

impl Sum {
    /// Of a verb or noun itself, which tells what was.
    const TOLD: Sum = Sum {
        realis: Realis::Happened,
        denied: false,
        status: None,
        supposed: false,
        barred: false,
    };

    /// An infinitive that nothing known governs.
    fn suppose(&mut self, realis: Realis) {
        self.supposed |= self.realis.is_real();
        self.add(Effect::told(realis));
    }

    /// What governs weighs on what was read before: the less certain of the two holds.
    fn add(&mut self, effect: Effect) {
        // "aims to prevent attacks", "should be barred from entering": nothing has been prevented yet.
        if self.barred && effect.realis.is_some_and(|realis| !realis.is_real()) {
            self.denied ^= true;
            self.barred = false;
        }
        self.barred |= effect.denied && effect.realis == Some(Realis::Possible);
        if let Some(realis) = effect.realis {
            self.realis = if self.realis.is_real() { realis } else { self.realis.max(realis) };
        }
        self.denied ^= effect.denied;
        self.status = effect.status.or(self.status);
    }
}

/// Fills in how a clause is meant.
pub(super) fn assert(words: &Words, grammar: &Grammar<'_>, clause: Clause) -> Clause {
    let carried = clause.carrier != clause.head || clause.form == Form::Verb;
    let mut sum = if carried { own(words, grammar, clause.carrier) } else { Sum::TOLD };
    noun_itself(words, grammar, &clause, &mut sum);
    // "the talks resumed", "the truce ended".
    if clause.form == Form::Noun && clause.carrier != clause.head {
        let carried = words.governors.get(grammar.token(clause.carrier).lemma());
        let told = carried.filter(|_| grammar.relation(clause.head) == Relation::Subject);
        sum.status = told.and_then(|effect| effect.status).or(sum.status);
    }
    carried_by(words, grammar, &clause, &mut sum);
    upwards(words, grammar, clause.carrier, clause.form, &mut sum);
    sum.denied ^= !carried && clause.form == Form::Noun && is_object_of_none(grammar, clause.head);
    sum.denied ^= clause.form == Form::Noun && denies(words, grammar, clause.head);
    sum.denied ^= clause.args.iter().take(REACH).any(|arg| denies(words, grammar, arg.head));
    sum.denied ^= clause.form == Form::Noun && is_of_nobody(words, grammar, &clause);
    let presupposed =
        clause.form == Form::Noun && !carried && is_definite(words, grammar, clause.head);
    let open = sum.realis.is_real() || sum.realis == Realis::Planned;
    if question(grammar, clause.carrier) && open && !presupposed {
        sum.realis = Realis::Possible;
    }
    // "kidnappings are common".
    let rife = clause.form == Form::Noun && is_rife(words, grammar, clause.head);
    if rife && sum.realis == Realis::Happened {
        let verb = grammar.head(clause.head).map(|verb| own(words, grammar, verb).realis);
        sum.realis = verb.filter(|realis| *realis == Realis::Ongoing).unwrap_or(sum.realis);
    }
    let anyone = sum.realis.is_real() && of_anyone(words, grammar, clause.head);
    let repeated = is_repeated(words, grammar, &clause, &sum);
    let assertion = Assertion { realis: sum.realis, denied: sum.denied };
    let (status, supposed) = (sum.status, sum.supposed);
    Clause { assertion, status, presupposed, repeated, anyone, supposed, ..clause }
}

/// Whether nobody does what a noun is the object of, who is not told to take part in it: "no firm faced
/// prosecution".
fn is_of_nobody(words: &Words, grammar: &Grammar<'_>, clause: &Clause) -> bool {
    let object = grammar.relation(clause.head) == Relation::Object;
    let verb = grammar.head(clause.head).filter(|_| object);
    let subject = verb.and_then(|verb| grammar.first(verb, Relation::Subject));
    subject.is_some_and(|subject| {
        denies(words, grammar, subject) && clause.args.iter().all(|arg| arg.head != subject)
    })
}

/// "plan an attack", "order an inquiry": the verb that carries a noun may leave it undone.
fn carried_by(words: &Words, grammar: &Grammar<'_>, clause: &Clause, sum: &mut Sum) {
    let object =
        [Relation::Object, Relation::PassiveSubject].contains(&grammar.relation(clause.head));
    if clause.form != Form::Noun || clause.carrier == clause.head || !object {
        return;
    }
    let effect = words.governors.get(&verb_with_particle(grammar, clause.carrier));
    if let Some(&effect) = effect.filter(|effect| effect.realis.is_some()) {
        sum.add(effect);
    }
}

/// What a verb's own form, auxiliaries, negations and adverbs say.
fn own(words: &Words, grammar: &Grammar<'_>, verb: usize) -> Sum {
    let token = grammar.token(verb);
    let mut sum = Sum::TOLD;
    let form = verb_form(token);
    let mut aided = false;
    for child in grammar.children(verb) {
        let word = grammar.token(child);
        match grammar.relation(child) {
            Relation::Auxiliary => {
                let norm = word.norm().to_lowercase();
                let realis =
                    words.auxiliaries.get(&norm).or_else(|| words.auxiliaries.get(word.lemma()));
                // "they'd pulled over": before a participle it is "had".
                let had = realis == Some(&Realis::Hypothetical)
                    && form == VerbForm::PastParticiple
                    && !grammar
                        .children(verb)
                        .any(|other| other != child && is_auxiliary(grammar, other));
                if let Some(&realis) = realis.filter(|_| !had) {
                    let realis = if realis == Realis::Hypothetical && reported(words, grammar, verb)
                    {
                        Realis::Planned
                    } else {
                        realis
                    };
                    sum.add(Effect::told(realis));
                } else if word.pos() != Pos::Part {
                    aided = true;
                    // "were fighting": it went on then, not now.
                    let past = |at: usize| verb_form(grammar.token(at)) == VerbForm::Past;
                    let then = grammar.those(verb, Relation::Auxiliary).any(past);
                    if form == VerbForm::Gerund && !then && sum.realis == Realis::Happened {
                        sum.realis = Realis::Ongoing;
                    }
                }
            }
            // "are being investigated".
            // "are being investigated", "are patrolled".
            Relation::PassiveAuxiliary
                if sum.realis == Realis::Happened && is_present_passive(grammar, verb, child) =>
            {
                sum.realis = Realis::Ongoing;
            }
            Relation::Negation => sum.denied |= !is_merely(words, grammar, child),
            Relation::Adverb => {
                let norm = word.norm().to_lowercase();
                // "no longer".
                let none =
                    |at: usize| words.none.contains(&grammar.token(at).norm().to_lowercase());
                let denies = words.never.contains(&norm) || grammar.children(child).any(none);
                sum.denied ^= denies && !is_merely(words, grammar, child);
                // "almost certainly": the adverb is the next one's, that of "reportedly also" is not.
                let next =
                    child + 1 < grammar.doc.len() && grammar.token(child + 1).pos() == Pos::Adv;
                let own = |effect: &&Effect| !(next && effect.denied);
                if let Some(&effect) = words.modifiers.get(&norm).filter(own) {
                    sum.add(effect);
                }
            }
            _ => {}
        }
    }
    // "know how to build mines".
    let finite = is_finite_by_auxiliary(grammar, verb);
    if form == VerbForm::Infinitive
        && !finite
        && grammar.those(verb, Relation::Adverb).any(|at| asks(grammar, at))
    {
        sum.add(Effect::told(Realis::Possible));
    }
    // "that charge money and collaborate": joined to a present without a sign of another form.
    let joined = grammar.relation(verb) == Relation::Conjunct
        && grammar.first(verb, Relation::Auxiliary).is_none()
        && grammar.head(verb).is_some_and(|head| {
            verb_form(grammar.token(head)) == VerbForm::Present && grammar.is_predicate(head)
        });
    if form == VerbForm::Infinitive && joined && sum.realis == Realis::Happened {
        sum.realis = Realis::Ongoing;
    }
    // A headline's "Chile to Buy Boats"; "Ministers Blame Drought" is a present.
    if form == VerbForm::Infinitive && grammar.relation(verb) == Relation::Root && !finite {
        let present = sign(grammar, verb).is_none() && has_subject(grammar, verb);
        if !present {
            sum.add(Effect::told(Realis::Planned));
        } else if sum.realis == Realis::Happened {
            sum.realis = Realis::Ongoing;
        }
    }
    if form == VerbForm::Present && !aided && sum.realis == Realis::Happened {
        sum.realis = Realis::Ongoing;
    }
    // A headline's "Lima Investigating Bribes".
    let alone = form == VerbForm::Gerund && !aided && grammar.relation(verb) == Relation::Root;
    if alone && has_subject(grammar, verb) && sum.realis == Realis::Happened {
        sum.realis = Realis::Ongoing;
    }
    sum
}

/// "not just a transit point", "no longer only".
fn is_merely(words: &Words, grammar: &Grammar<'_>, negation: usize) -> bool {
    let next = (negation + 1 < grammar.doc.len()).then(|| grammar.token(negation + 1));
    next.is_some_and(|next| words.merely.contains(&next.norm().to_lowercase()))
}

/// Whether an auxiliary gives an infinitive its tense: "did leave", "will leave".
fn is_finite_by_auxiliary(grammar: &Grammar<'_>, verb: usize) -> bool {
    let mut auxiliaries = grammar.those(verb, Relation::Auxiliary);
    auxiliaries.any(|auxiliary| grammar.token(auxiliary).pos() != Pos::Part)
}

/// The sign of an infinitive: "to".
fn sign(grammar: &Grammar<'_>, verb: usize) -> Option<usize> {
    let mut auxiliaries = grammar.those(verb, Relation::Auxiliary);
    auxiliaries.find(|&auxiliary| grammar.token(auxiliary).pos() == Pos::Part)
}

/// The verb of the clause that a noun stands in, past the participles that hang on nouns.
fn main_verb(grammar: &Grammar<'_>, noun: usize) -> usize {
    let mut main = grammar.owner(noun);
    for _ in 0..REACH {
        let above = grammar.head(main).filter(|_| grammar.relation(main) == Relation::Participle);
        match above.map(|noun| grammar.owner(noun)).filter(|&above| above != main) {
            Some(above) => main = above,
            None => break,
        }
    }
    main
}

/// Whether a verb is an infinitive, be it in the passive: "to free", "to be freed".
fn is_infinitive(grammar: &Grammar<'_>, verb: usize) -> bool {
    let own = verb_form(grammar.token(verb));
    let passive = || {
        grammar.first(verb, Relation::PassiveAuxiliary).is_some()
            && sign(grammar, verb).is_some()
            && grammar.those(verb, Relation::Auxiliary).count() == 1
    };
    own == VerbForm::Infinitive || own == VerbForm::PastParticiple && passive()
}

/// A verb's form; that of "to be freed" is an infinitive.
fn form_of(grammar: &Grammar<'_>, verb: usize) -> VerbForm {
    match verb_form(grammar.token(verb)) {
        _ if is_infinitive(grammar, verb) => VerbForm::Infinitive,
        form => form,
    }
}

/// What a verb makes of an infinitive behind a preposition that belongs to it: "call **for** them to go".
fn through_mark(words: &Words, grammar: &Grammar<'_>, at: usize, verb: usize) -> Option<Effect> {
    let mark = grammar.first(at, Relation::Mark)?;
    let name = grammar.token(verb).lemma();
    words.governors.get(&format!("{name} {}", grammar.token(mark).norm().to_lowercase())).copied()
}

fn has_subject(grammar: &Grammar<'_>, verb: usize) -> bool {
    let subjects = [Relation::Subject, Relation::PassiveSubject];
    subjects.iter().any(|&subject| grammar.first(verb, subject).is_some())
}

fn asks(grammar: &Grammar<'_>, adverb: usize) -> bool {
    is_question_word(grammar.token(adverb))
}

/// Whether a passive tells what goes on: "are being held", "are held".
fn is_present_passive(grammar: &Grammar<'_>, verb: usize, auxiliary: usize) -> bool {
    let aided = grammar.first(verb, Relation::Auxiliary).is_some();
    match verb_form(grammar.token(auxiliary)) {
        VerbForm::Gerund => aided,
        VerbForm::Present => !aided,
        _ => false,
    }
}

fn is_auxiliary(grammar: &Grammar<'_>, index: usize) -> bool {
    matches!(grammar.relation(index), Relation::Auxiliary | Relation::PassiveAuxiliary)
}

/// Whether a verb stands under a verb of saying in the past, or tells more of somebody in a story told
/// in the past, where "would" tells a plan: "arrested two men who would cook the drug".
fn reported(words: &Words, grammar: &Grammar<'_>, verb: usize) -> bool {
    let past = |verb: usize| matches!(verb_form(grammar.token(verb)), VerbForm::Past);
    grammar.head(verb).is_some_and(|head| match grammar.relation(verb) {
        Relation::Complement => {
            words.saying.contains(grammar.token(head).lemma())
                && verb_form(grammar.token(head)) != VerbForm::Present
        }
        Relation::Relative => past(grammar.owner(head)),
        _ => false,
    }) && !conditional(words, grammar, verb)
}

/// Whether a clause hangs on a condition.
fn conditional(words: &Words, grammar: &Grammar<'_>, verb: usize) -> bool {
    grammar.those(verb, Relation::Adverbial).any(|clause| is_condition(words, grammar, clause))
}

/// Whether a clause is a condition: "if …", "unless …".
pub(crate) fn is_condition(words: &Words, grammar: &Grammar<'_>, verb: usize) -> bool {
    // "Should the government agree, …": an auxiliary before its subject.
    let subject = grammar.first(verb, Relation::Subject);
    grammar.children(verb).any(|child| {
        let leads = match grammar.relation(child) {
            Relation::Mark | Relation::Adverb => true,
            Relation::Auxiliary => {
                grammar.relation(verb) == Relation::Adverbial
                    && subject.is_some_and(|subject| child < subject)
            }
            _ => false,
        };
        leads && words.conditions.contains(&grammar.token(child).norm().to_lowercase())
    })
}

/// What the adjectives of a noun say of it: "alleged", "planned".
fn noun_itself(words: &Words, grammar: &Grammar<'_>, clause: &Clause, sum: &mut Sum) {
    if clause.form != Form::Noun {
        return;
    }
    for child in grammar.children(clause.head) {
        let word = grammar.token(child);
        match grammar.relation(child) {
            Relation::Adjective | Relation::Compound | Relation::Adverb => {
                let effect = words.modifiers.get(&word.norm().to_lowercase());
                if let Some(&effect) = effect.or_else(|| words.modifiers.get(word.lemma())) {
                    sum.add(effect);
                }
            }
            _ => {}
        }
    }
}

/// Walks up through what governs a predicate, and adds what each makes of it.
fn upwards(words: &Words, grammar: &Grammar<'_>, start: usize, form: Form, sum: &mut Sum) {
    let nominal = form == Form::Noun && !grammar.is_predicate(start);
    upwards_from(words, grammar, start, nominal, false, sum);
}

fn upwards_from(
    words: &Words,
    grammar: &Grammar<'_>,
    start: usize,
    mut nominal: bool,
    mut means: bool,
    sum: &mut Sum,
) {
    let mut at = start;
    // "reports showing that they met": what is shown has a tense of its own.
    let mut settled = false;
    for _ in 0..REACH {
        let Some(head) = grammar.head(at) else { return };
        match grammar.relation(at) {
            // "Building a wall will stop them": nobody has built it yet.
            Relation::Subject if !nominal && grammar.is_predicate(head) => {
                let above = own(words, grammar, head);
                if above.realis != Realis::Happened {
                    sum.add(Effect::told(Realis::Possible));
                }
                return;
            }
            Relation::Conjunct => {
                joined(words, grammar, at, head, nominal, sum);
                // "accused of theft and taking bribes": it stands where the noun does.
                nominal |= !grammar.is_predicate(head);
            }
            Relation::Complement | Relation::Open => {
                if !governed(words, grammar, at, head, sum) {
                    return;
                }
                settled |= grammar.relation(at) == Relation::Complement && is_finite(grammar, at);
                nominal = false;
            }
            // "tried to calm them by passing a law": the means is more than an attempt.
            Relation::PrepositionClause
                if words.agents.contains(grammar.token(head).norm()) && !means =>
            {
                means = true;
                let before = sum.realis;
                upwards_from(words, grammar, at, nominal, means, sum);
                if before.is_real() && sum.realis == Realis::Attempted && !sum.denied {
                    sum.realis = before;
                }
                return;
            }
            Relation::PrepositionClause => {
                sum.denied ^= words.never.contains(grammar.token(head).norm());
                let Some(governor) = grammar.governor(&words.governors_with, head) else { return };
                let known = self::governor(words, grammar, governor, Some(head));
                // "chemicals for making cocaine": what for, not what was done.
                // "methods of laundering money": a sort of deeds.
                let sort = grammar.token(head).norm() == words.possession
                    && words.sorts.contains(grammar.token(governor).lemma());
                let purpose = words.purposes.contains(grammar.token(head).norm()) || sort;
                let meant = Effect::told(Realis::Possible);
                // "stand together on fighting crime", "work on signing treaties".
                let aimed = words.aims.contains(grammar.token(head).norm());
                let known = known.or(aimed.then_some(Effect::told(Realis::Planned)));
                if !grammar.is_predicate(governor) {
                    sum.add(known.unwrap_or(if purpose { meant } else { Effect::default() }));
                    // "is responsible for guarding": the copula tells how it is.
                    let copula = grammar.head(governor).filter(|&above| {
                        grammar.relation(governor) == Relation::Attribute
                            && grammar.is_predicate(above)
                    });
                    if let Some(copula) = copula.filter(|_| known.is_some()) {
                        weigh(words, grammar, copula, sum);
                    }
                    return;
                }
                sum.add(known.unwrap_or_default());
                weigh(words, grammar, governor, sum);
                at = governor;
                continue;
            }
            Relation::Adverbial => {
                if is_condition(words, grammar, at) {
                    sum.add(Effect::told(Realis::Hypothetical));
                    return;
                }
                if is_open(words, grammar, at) {
                    sum.add(Effect::told(Realis::Possible));
                    return;
                }
                match form_of(grammar, at) {
                    // "calls for the gangs to unite".
                    VerbForm::Infinitive if through_mark(words, grammar, at, head).is_some() => {
                        sum.add(through_mark(words, grammar, at, head).unwrap_or_default());
                        weigh(words, grammar, head, sum);
                    }
                    // "used boys to smuggle drugs": what the means were used for is done.
                    VerbForm::Infinitive
                        if words.means.contains(grammar.token(head).lemma())
                            && grammar.first(head, Relation::Object).is_some() =>
                    {
                        weigh(words, grammar, head, sum);
                    }
                    // "lacks the money to build".
                    VerbForm::Infinitive if lacks(words, grammar, head).is_some() => {
                        sum.add(lacks(words, grammar, head).unwrap_or_default());
                        weigh(words, grammar, head, sum);
                    }
                    VerbForm::Infinitive => sum.suppose(Realis::Planned),
                    VerbForm::Gerund | VerbForm::PastParticiple if is_bare(grammar, at) => {
                        weigh(words, grammar, head, sum);
                    }
                    _ => return,
                }
            }
            // "an easy way to launder money".
            Relation::Relative if is_infinitive(grammar, at) => {
                let finite = is_finite_by_auxiliary(grammar, at);
                let of_noun = || of_noun(words, grammar, at, head, Realis::Possible);
                sum.add(if finite { Effect::default() } else { of_noun() });
                if !finite {
                    held(words, grammar, head, sum);
                }
                return;
            }
            Relation::Participle if !nominal => {
                match form_of(grammar, at) {
                    VerbForm::Infinitive => {
                        sum.supposed |= governor(words, grammar, head, None).is_none();
                        sum.add(of_noun(words, grammar, at, head, Realis::Planned));
                        held(words, grammar, head, sum);
                    }
                    // "is a port for drugs leaving Peru": it goes on while the main verb holds.
                    VerbForm::Gerund if sum.realis == Realis::Happened && !settled => {
                        let main = main_verb(grammar, head);
                        let holds = grammar.is_predicate(main).then(|| own(words, grammar, main));
                        match holds.map(|holds| holds.realis) {
                            Some(Realis::Ongoing) => sum.realis = Realis::Ongoing,
                            // "the centre would have involved agencies sharing data".
                            Some(realis)
                                if !realis.is_real() && !is_definite(words, grammar, head) =>
                            {
                                sum.add(Effect::told(realis));
                            }
                            _ => {}
                        }
                    }
                    // "allegedly sold arms stolen from the base": neither is known.
                    VerbForm::PastParticiple
                        if sum.realis == Realis::Happened
                            && is_alleged(words, grammar, main_verb(grammar, head))
                            && !is_definite(words, grammar, head) =>
                    {
                        sum.add(Effect::told(Realis::Possible));
                    }
                    // "charges that they have grown coca".
                    _ if grammar.first(at, Relation::Mark).is_some() => {
                        sum.add(governor(words, grammar, head, None).unwrap_or_default());
                    }
                    _ => {}
                }
                return;
            }
            Relation::Object
            | Relation::PassiveSubject
            | Relation::Subject
            | Relation::PrepositionObject
            | Relation::Attribute
            | Relation::Compound
                if nominal =>
            {
                match nominal_step(words, grammar, at, head, sum) {
                    Some(next) => at = next,
                    None => return,
                }
                nominal = !grammar.is_predicate(at);
                continue;
            }
            _ => return,
        }
        at = head;
    }
}

/// Whether an adverb alone leaves open what a verb tells: "allegedly sold", not "could sell".
fn is_alleged(words: &Words, grammar: &Grammar<'_>, verb: usize) -> bool {
    let helped = grammar.those(verb, Relation::Auxiliary).any(|at| grammar.token(at).tag() == "MD");
    grammar.is_predicate(verb) && !helped && own(words, grammar, verb).realis == Realis::Possible
}

/// What a noun makes of an infinitive below it; "the only one to sign" has signed.
fn of_noun(words: &Words, grammar: &Grammar<'_>, at: usize, noun: usize, usual: Realis) -> Effect {
    let only = |child: usize| words.only.contains(&grammar.token(child).norm().to_lowercase());
    if grammar.children(noun).any(only) || is_finite_by_auxiliary(grammar, at) {
        return Effect::default();
    }
    let usual = Effect::told(usual);
    let effect = governor(words, grammar, noun, None).unwrap_or(usual);
    // "has little ability to patrol".
    let scant = |child: usize| words.scant.contains(&grammar.token(child).norm().to_lowercase());
    let denied = effect.denied ^ grammar.those(noun, Relation::Adjective).any(scant);
    Effect { denied, ..effect }
}

/// What is made of a noun that an infinitive is of: "asked for **permission** to build", "dropped a
/// **plan** to build".
fn held(words: &Words, grammar: &Grammar<'_>, noun: usize, sum: &mut Sum) {
    let Some(above) = grammar.head(noun) else { return };
    let (verb, preposition) = match grammar.relation(noun) {
        Relation::Object | Relation::PassiveSubject => (above, None),
        Relation::PrepositionObject => match grammar.head(above) {
            Some(verb) => (verb, Some(above)),
            None => return,
        },
        _ => return,
    };
    if !grammar.is_predicate(verb) {
        return;
    }
    let effect = governor(words, grammar, verb, preposition).filter(|effect| !effect.granted);
    let Some(effect) = effect else { return };
    // "denied a request to free him": it was asked for all the same.
    if sum.realis == Realis::Requested && effect.denied {
        sum.status = effect.status.or(sum.status);
        return;
    }
    sum.add(effect);
    weigh(words, grammar, verb, sum);
}

/// What a verb makes of the purpose of its object, where there is none: "**lacks** the money to build".
fn lacks(words: &Words, grammar: &Grammar<'_>, verb: usize) -> Option<Effect> {
    let effect = words.governors.get(grammar.token(verb).lemma()).copied()?;
    let none = effect.denied && effect.realis == Some(Realis::Possible);
    (none && grammar.first(verb, Relation::Object).is_some()).then_some(effect)
}

/// Whether a clause tells of what has not come yet: "until the parliament approves it".
fn is_open(words: &Words, grammar: &Grammar<'_>, verb: usize) -> bool {
    let waits = |child: usize| words.open.contains(&grammar.token(child).norm().to_lowercase());
    verb_form(grammar.token(verb)) == VerbForm::Present
        && grammar.those(verb, Relation::Mark).any(waits)
}

/// Whether a clause has a tense of its own: "that they left", "that they were freed", not "that they
/// be freed".
fn is_finite(grammar: &Grammar<'_>, verb: usize) -> bool {
    match verb_form(grammar.token(verb)) {
        VerbForm::Present | VerbForm::Past => true,
        VerbForm::Infinitive => false,
        VerbForm::Gerund | VerbForm::PastParticiple => grammar.children(verb).any(|child| {
            matches!(grammar.relation(child), Relation::Auxiliary | Relation::PassiveAuxiliary)
                && verb_form(grammar.token(child)) != VerbForm::Infinitive
        }),
    }
}

/// Whether a participle has neither auxiliary nor conjunction: then it shares how the verb above is
/// meant.
fn is_bare(grammar: &Grammar<'_>, verb: usize) -> bool {
    let own = [Relation::Auxiliary, Relation::PassiveAuxiliary, Relation::Mark];
    !grammar.children(verb).any(|child| own.contains(&grammar.relation(child)))
}

/// What a joined verb shares with the first: its governor, and its auxiliary if it has none.
fn joined(
    words: &Words,
    grammar: &Grammar<'_>,
    at: usize,
    head: usize,
    nominal: bool,
    sum: &mut Sum,
) {
    let alone = grammar.children(at).any(|child| {
        matches!(
            grammar.relation(child),
            Relation::Subject | Relation::PassiveSubject | Relation::Auxiliary
        )
    });
    if nominal || alone || !grammar.is_predicate(head) {
        return;
    }
    // A joined participle without its auxiliary is often read as a past: "had not left or called".
    let form = |verb: usize| match verb_form(grammar.token(verb)) {
        VerbForm::Past if verb == at && is_aided(grammar, head) => VerbForm::PastParticiple,
        form => form,
    };
    if form(at) == form(head) {
        let other = own(words, grammar, head);
        // "was not arrested or charged".
        let either = grammar.children(head).any(|child| {
            head < child && child < at && words.either.contains(grammar.token(child).norm())
        });
        sum.denied ^= either && other.denied && !sum.denied;
        if !other.realis.is_real() {
            sum.add(Effect { status: other.status, ..Effect::told(other.realis) });
        } else if other.realis == Realis::Ongoing && sum.realis == Realis::Happened {
            sum.realis = Realis::Ongoing;
        }
    }
}

/// Whether a verb has an auxiliary.
fn is_aided(grammar: &Grammar<'_>, verb: usize) -> bool {
    grammar.children(verb).any(|child| is_auxiliary(grammar, child))
}

/// Whether a clause before its verb only stands beside it: "They accused Mora; she denied it".
fn is_apart(grammar: &Grammar<'_>, at: usize, head: usize) -> bool {
    let (_, last) = grammar.edges(at);
    let gap = last.saturating_sub(1)..head.min(last + REACH);
    at < head && gap.into_iter().any(|index| grammar.token(index).text() == ";")
}

/// Adds what the verb above a complement makes of it. Whether the walk goes on.
fn governed(words: &Words, grammar: &Grammar<'_>, at: usize, head: usize, sum: &mut Sum) -> bool {
    if is_apart(grammar, at, head) {
        return false;
    }
    if grammar.relation(at) == Relation::Complement && is_finite(grammar, at) {
        // "asked whether they fled": that is open.
        if is_condition(words, grammar, at) {
            sum.add(Effect::told(Realis::Possible));
            return false;
        }
        // "do not know who killed him": killed he was.
        let (first, _) = grammar.edges(at);
        if first < at && is_question_word(grammar.token(first)) {
            return false;
        }
    }
    // "have yet to arrest anyone": they have not.
    let yet = sign(grammar, at).and_then(|to| to.checked_sub(1)).is_some_and(|before| {
        words.unfulfilled.contains(&grammar.token(before).norm().to_lowercase())
    });
    if yet {
        sum.denied ^= true;
        return true;
    }
    let saying = words.saying.contains(grammar.token(head).lemma());
    let finite = is_finite(grammar, at);
    // "told them to leave" asks for it, "told them that it left" does not.
    let asks = |effect: Effect| effect.realis == Some(Realis::Requested) && finite && saying;
    // "sought to extend" is an attempt, "sought talks" is none.
    let open = (grammar.relation(at) == Relation::Open)
        .then(|| grammar.first(at, Relation::Auxiliary))
        .flatten()
        .filter(|&particle| grammar.token(particle).pos() == Pos::Part);
    let with = open.and_then(|particle| {
        let name = verb_with_particle(grammar, head);
        words.governors.get(&format!("{name} {}", grammar.token(particle).norm())).copied()
    });
    // "called on Paris to send".
    let through = || {
        let before = grammar.those(head, Relation::Preposition).filter(|&child| child < at);
        let name = grammar.token(head).lemma();
        let pair = |child: usize| format!("{name} {}", grammar.token(child).norm().to_lowercase());
        before.into_iter().find_map(|child| words.governors.get(&pair(child)).copied())
    };
    let plain = || governor(words, grammar, head, None);
    let effect = copula(words, grammar, at, head).or(with).or_else(through).or_else(plain);
    // "is said to have fled".
    let heard = open.is_some()
        && words.hearsay.contains(grammar.token(head).lemma())
        && grammar.is_passive(head);
    let effect = if heard { Some(Effect::told(Realis::Possible)) } else { effect };
    let known = match effect {
        Some(effect) if !asks(effect) => {
            sum.add(effect);
            true
        }
        _ => false,
    };
    if !known && !saying && is_infinitive(grammar, at) {
        sum.suppose(Realis::Planned);
    }
    if saying && grammar.relation(at) == Relation::Complement {
        return false;
    }
    // "the files show that he was freed": what is shown has a tense of its own.
    let own = sum.realis;
    weigh(words, grammar, head, sum);
    if finite && own == Realis::Happened && sum.realis == Realis::Ongoing {
        sum.realis = own;
    }
    true
}

/// "it is hard to export gold", "he is able to leave": the adjective under the copula governs.
fn copula(words: &Words, grammar: &Grammar<'_>, at: usize, verb: usize) -> Option<Effect> {
    let infinitive = is_infinitive(grammar, at);
    if grammar.token(verb).pos() == Pos::Adj {
        let known = governor(words, grammar, verb, None);
        return infinitive.then(|| known.unwrap_or(Effect::told(Realis::Possible)));
    }
    let adjective = grammar
        .those(verb, Relation::Attribute)
        .find(|&attribute| grammar.token(attribute).pos() == Pos::Adj)
        .filter(|_| grammar.token(verb).pos() == Pos::Aux)?;
    // "it is likely that they fled", but not "he is ready …, they fled".
    if !infinitive {
        let known = governor(words, grammar, adjective, None);
        let told = grammar.first(at, Relation::Mark).is_some_and(|mark| mark > adjective);
        return known.filter(|effect| told && effect.realis == Some(Realis::Possible));
    }
    let known = governor(words, grammar, adjective, None);
    Some(known.unwrap_or(Effect::told(Realis::Possible)))
}

/// What a governing word makes of what depends on it, if the pack knows it.
fn governor(
    words: &Words,
    grammar: &Grammar<'_>,
    head: usize,
    preposition: Option<usize>,
) -> Option<Effect> {
    let name = verb_with_particle(grammar, head);
    let with = preposition.map(|at| format!("{name} {}", grammar.token(at).norm().to_lowercase()));
    // "look into", "go to": with a preposition a verb is another.
    if preposition.is_some() && grammar.token(head).pos() == Pos::Verb {
        return with.and_then(|with| words.governors.get(&with)).copied();
    }
    // "set up", "go on": with a particle, too.
    if matches!(grammar.token(head).pos(), Pos::Noun | Pos::Propn) {
        return with
            .and_then(|with| words.governors.get(&with))
            .or_else(|| words.governing_nouns.get(&name))
            .copied();
    }
    let own = words.governors.get(&name);
    if grammar.first(head, Relation::Particle).is_some() {
        return own.copied();
    }
    with.and_then(|with| words.governors.get(&with))
        .or(own)
        .or_else(|| words.governors.get(grammar.token(head).lemma()))
        .or_else(|| {
            // "is determined to" is no "has determined that".
            let verb = grammar.token(head).pos() == Pos::Verb && grammar.is_predicate(head);
            let norm = grammar.token(head).norm().to_lowercase();
            words.governors.get(&norm).filter(|_| !verb || grammar.is_passive(head))
        })
        .copied()
}

/// How a governing verb is itself meant weighs on what it governs.
fn weigh(words: &Words, grammar: &Grammar<'_>, verb: usize, sum: &mut Sum) {
    let other = own(words, grammar, verb);
    // "will not let the army take the border": whether it would is left open.
    let left = sum.realis == Realis::Possible
        && sum.status.is_none()
        && grammar.token(verb).pos() == Pos::Verb;
    if !other.realis.is_real() {
        sum.add(Effect::told(other.realis));
        if left && other.denied {
            return;
        }
    } else if other.realis == Realis::Ongoing && sum.realis == Realis::Happened {
        sum.realis = Realis::Ongoing;
    }
    // "never stopped extorting" is no denial.
    sum.denied ^= other.denied && sum.status != Some(Status::Ended);
}

fn question(grammar: &Grammar<'_>, index: usize) -> bool {
    let sentence = grammar.token(index).sentence();
    sentence.tokens().next_back().is_some_and(super::labels::is_question)
}
