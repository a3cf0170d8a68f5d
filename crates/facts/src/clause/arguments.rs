//! Who stands where in a clause, with passives, relative clauses, control and conjunction undone.

use atalaya_parse::Pos;

use super::assertion::is_condition;
use super::grammar::{Grammar, REACH};
use super::labels::{
    Relation, VerbForm, is_expletive, is_impersonal, is_question_word, is_relative_pronoun,
    verb_form,
};
use super::words::Words;
use super::{Arg, Form, Slot};

/// The arguments of a verb.
pub(super) fn of_verb(words: &Words, grammar: &Grammar<'_>, verb: usize) -> Vec<Arg> {
    let mut args = Vec::new();
    let passive = grammar.is_passive(verb);
    let shown = surface_subjects(words, grammar, verb);
    let slot = if passive { Slot::Object } else { Slot::Subject };
    push(grammar, &mut args, &slot, shown.into_iter());
    dependents(words, grammar, verb, &mut args);
    missing_object(grammar, verb, passive, &mut args);
    around_objects(words, grammar, &mut args);
    args
}

/// The arguments of a noun that tells of an event, with those of the light verb that carries it.
pub(super) fn of_noun(
    words: &Words,
    grammar: &Grammar<'_>,
    noun: usize,
    carrier: Option<usize>,
) -> Vec<Arg> {
    let mut args = Vec::new();
    for child in grammar.children(noun) {
        match grammar.relation(child) {
            Relation::Possessive => {
                push(grammar, &mut args, &Slot::Possessive, std::iter::once(child));
            }
            Relation::Compound | Relation::Adjective => {
                args.push(Arg { slot: Slot::Compound, head: child });
            }
            Relation::Preposition => preposition(words, grammar, child, &mut args),
            Relation::Oblique => oblique(grammar, child, &mut args),
            Relation::Participle => clausal(grammar, child, &mut args),
            _ => {}
        }
    }
    nested_agents(words, grammar, &mut args);
    push(grammar, &mut args, &Slot::Bearer, bearers(words, grammar, noun).into_iter());
    if let Some(verb) = carrier {
        carried(words, grammar, noun, verb, &mut args);
    }
    args
}

/// Of whom a noun is told: "Mora is a founder", "Mora, a founder of the League", "founder Ana Mora".
fn bearers(words: &Words, grammar: &Grammar<'_>, noun: usize) -> Vec<usize> {
    let mut at = noun;
    for _ in 0..REACH {
        match grammar.head(at).filter(|_| grammar.relation(at) == Relation::Conjunct) {
            Some(head) => at = head,
            None => break,
        }
    }
    let name = |at: &usize| grammar.token(*at).pos() == Pos::Propn;
    // "the founder of the League, Ana Mora"; after several stands who they are of.
    let one = grammar.token(noun).feature("Number") != Some("Plur");
    // "a unit of the Frontier Guard (CFG)": the short form is not the unit's.
    let short = |at: &usize| *at > 0 && grammar.token(*at - 1).text() == "(";
    let named = grammar.those(noun, Relation::Apposition).rfind(|at| name(at) && !short(at));
    let mut all: Vec<usize> = named.filter(|_| one).into_iter().collect();
    let head = grammar.head(at);
    match grammar.relation(at) {
        Relation::Attribute => {
            let told = |verb: &usize| grammar.is_predicate(*verb) && !exists(grammar, *verb);
            if let Some(verb) = head.filter(told) {
                let objects: Vec<usize> = grammar.those(verb, Relation::Object).collect();
                let none = objects.is_empty();
                all.extend(if none { surface_subjects(words, grammar, verb) } else { objects });
            }
        }
        Relation::Apposition => all.extend(head),
        Relation::Compound => all.extend(head.filter(name)),
        _ => {}
    }
    all
}

/// Whether a verb only says that there is something: "there are members".
fn exists(grammar: &Grammar<'_>, verb: usize) -> bool {
    grammar.children(verb).any(|child| is_expletive(grammar.token(child)))
}

/// The arguments of an adjective that is told of somebody.
pub(super) fn of_adjective(
    words: &Words,
    grammar: &Grammar<'_>,
    adjective: usize,
    verb: usize,
) -> Vec<Arg> {
    let mut args = Vec::new();
    let objects: Vec<usize> = grammar.those(verb, Relation::Object).collect();
    let told = if objects.is_empty() { surface_subjects(words, grammar, verb) } else { objects };
    push(grammar, &mut args, &Slot::Subject, told.into_iter());
    for at in [adjective, verb] {
        for child in grammar.those(at, Relation::Preposition) {
            preposition(words, grammar, child, &mut args);
        }
    }
    args
}

/// What a light or occurring verb gives to the noun it carries.
fn carried(words: &Words, grammar: &Grammar<'_>, noun: usize, verb: usize, args: &mut Vec<Arg>) {
    let own = of_verb(words, grammar, verb);
    // "the attack took place on the outskirts" says where it was.
    let occurs =
        grammar.first(verb, Relation::Subject).is_some_and(|at| grammar.joined(at).contains(&noun))
            && words.occur.contains(&verb_with_particle(grammar, verb));
    let telling = words.telling.contains(&verb_with_particle(grammar, verb));
    for arg in own {
        let is_noun = grammar.joined(arg.head).contains(&noun) || arg.head == noun;
        match arg.slot {
            Slot::Subject | Slot::Object | Slot::Compound | Slot::Possessive | Slot::Attribute
                if is_noun => {}
            Slot::Subject if !telling => args.push(arg),
            Slot::Prep(_) if !occurs && !is_noun && !args.contains(&arg) => args.push(arg),
            Slot::Indirect => args.push(arg),
            _ => {}
        }
    }
}

fn push(
    grammar: &Grammar<'_>,
    args: &mut Vec<Arg>,
    slot: &Slot,
    heads: impl Iterator<Item = usize>,
) {
    for head in heads {
        let meant = grammar.antecedent(head);
        // "Vela, who was killed in 2009, and Rey, who …": a relative clause is of what stands before it.
        let told = |&at: &usize| meant == head || at < head;
        for head in grammar.joined(meant).into_iter().filter(told) {
            let arg = Arg { slot: slot.clone(), head };
            if !args.contains(&arg) {
                args.push(arg);
            }
        }
    }
}

/// The nouns that stand as a verb's subject, its own or one it shares.
pub(super) fn surface_subjects(words: &Words, grammar: &Grammar<'_>, verb: usize) -> Vec<usize> {
    let mut at = verb;
    for _ in 0..REACH {
        let own: Vec<usize> = grammar
            .children(at)
            .filter(|&child| {
                matches!(grammar.relation(child), Relation::Subject | Relation::PassiveSubject)
            })
            .filter(|&child| !grammar.is_predicate(child))
            .collect();
        // "says that weaknesses hinder work and calls for reform": the first subject does not agree.
        let agrees = at == verb || own.iter().all(|&noun| grammar.agrees(verb, noun));
        if !own.is_empty() && agrees {
            return own;
        }
        match shared(words, grammar, at) {
            Shared::Nouns(nouns) => return nouns,
            Shared::Subject(other) => at = other,
            Shared::None if agrees || !grammar.is_third(verb) => return Vec::new(),
            Shared::None => return own,
        }
    }
    Vec::new()
}

/// Where a verb without a subject has it from.
enum Shared {
    None,
    Subject(usize),
    Nouns(Vec<usize>),
}

fn shared(words: &Words, grammar: &Grammar<'_>, verb: usize) -> Shared {
    let Some(head) = grammar.head(verb) else { return Shared::None };
    match grammar.relation(verb) {
        Relation::Conjunct if grammar.is_predicate(head) => Shared::Subject(head),
        Relation::Open | Relation::Complement if grammar.is_predicate(head) => {
            // "a man we think will win": it is he who wins.
            if grammar.relation(verb) == Relation::Complement && is_finite_by_modal(grammar, verb) {
                return gap(grammar, head);
            }
            if grammar.relation(verb) == Relation::Complement
                && !matches!(
                    verb_form(grammar.token(verb)),
                    VerbForm::Infinitive | VerbForm::Gerund
                )
            {
                return Shared::None;
            }
            controller(words, grammar, head)
        }
        Relation::Adverbial if grammar.is_predicate(head) => match verb_form(grammar.token(verb)) {
            VerbForm::Present | VerbForm::Past => Shared::None,
            _ => beside(grammar, verb, head).map_or(Shared::Subject(head), Shared::Nouns),
        },
        Relation::PrepositionClause => below_preposition(words, grammar, head),
        Relation::Relative => Shared::None,
        Relation::Participle => of_participle(words, grammar, verb, head),
        _ => Shared::None,
    }
}

/// Whether an auxiliary other than "to" gives an infinitive its tense: "will leave".
fn is_finite_by_modal(grammar: &Grammar<'_>, verb: usize) -> bool {
    verb_form(grammar.token(verb)) == VerbForm::Infinitive
        && grammar.those(verb, Relation::Auxiliary).any(|at| grammar.token(at).pos() != Pos::Part)
}

/// The noun that a relative clause is of, where a clause within it lacks its subject.
fn gap(grammar: &Grammar<'_>, verb: usize) -> Shared {
    match grammar.head(verb).filter(|_| grammar.relation(verb) == Relation::Relative) {
        Some(noun) => Shared::Nouns(vec![noun]),
        None => Shared::None,
    }
}

/// "with **Oslo** having paid": the noun that stands right before a participle, under a preposition of
/// the verb above.
fn beside(grammar: &Grammar<'_>, verb: usize, head: usize) -> Option<Vec<usize>> {
    let participle = grammar
        .those(verb, Relation::Auxiliary)
        .any(|auxiliary| verb_form(grammar.token(auxiliary)) == VerbForm::Gerund);
    let (first, _) = grammar.edges(verb);
    let noun = grammar
        .those(head, Relation::Preposition)
        .flat_map(|preposition| grammar.those(preposition, Relation::PrepositionObject))
        .find(|&noun| noun + 1 == first);
    noun.filter(|_| participle).map(|noun| vec![noun])
}

/// Who does what a verb's open complement says: its object, but for verbs like "promise".
fn controller(words: &Words, grammar: &Grammar<'_>, head: usize) -> Shared {
    let by_subject = words.subject_control.contains(grammar.token(head).lemma());
    let object = grammar
        .first(head, Relation::Object)
        .or_else(|| grammar.first(head, Relation::Indirect))
        .filter(|&object| grammar.token(object).pos() != Pos::Adp);
    // "it would be unwise to build": nobody builds.
    let impersonal = |subject: usize| is_impersonal(grammar.token(subject));
    if grammar.first(head, Relation::Attribute).is_some()
        && grammar.first(head, Relation::Subject).is_some_and(impersonal)
    {
        return Shared::None;
    }
    // "it was decided to build": neither does "it".
    if grammar.is_passive(head)
        && words.impersonal.contains(grammar.token(head).lemma())
        && grammar.first(head, Relation::PassiveSubject).is_some_and(impersonal)
    {
        return Shared::None;
    }
    // "aid was used to buy arms": the aid buys nothing.
    if words.instruments.contains(grammar.token(head).lemma()) && grammar.is_passive(head) {
        return Shared::None;
    }
    match object {
        Some(object) if !by_subject => Shared::Nouns(vec![object]),
        _ => call_upon(words, grammar, head)
            .map_or(Shared::Subject(head), |noun| Shared::Nouns(vec![noun])),
    }
}

/// "calls on **Paris** to send": the object of a preposition that is part of the verb.
fn call_upon(words: &Words, grammar: &Grammar<'_>, head: usize) -> Option<usize> {
    let verb = grammar.token(head).lemma();
    let preposition = grammar.those(head, Relation::Preposition).find(|&child| {
        words.governors_with.contains(&format!("{verb} {}", grammar.token(child).norm()))
    })?;
    grammar.first(preposition, Relation::PrepositionObject)
}

/// "accused **him** of killing"; "left after killing".
fn below_preposition(words: &Words, grammar: &Grammar<'_>, preposition: usize) -> Shared {
    let governor = grammar.governor(&words.governors_with, preposition);
    let Some(verb) = governor.filter(|&verb| grammar.is_predicate(verb)) else {
        // "**Mora's** way of moving gold".
        let owner = governor.and_then(|noun| grammar.first(noun, Relation::Possessive));
        return owner.map_or(Shared::None, |owner| Shared::Nouns(vec![owner]));
    };
    let of_object = words.object_prepositions.contains(grammar.token(preposition).norm());
    match grammar.first(verb, Relation::Object) {
        Some(object) if of_object && !grammar.is_passive(verb) => Shared::Nouns(vec![object]),
        _ => Shared::Subject(verb),
    }
}

fn of_participle(words: &Words, grammar: &Grammar<'_>, verb: usize, noun: usize) -> Shared {
    if verb_form(grammar.token(verb)) != VerbForm::Infinitive {
        return Shared::Nouns(vec![noun]);
    }
    // "signed a deal to build": who signs builds; "the army's plan to build": the army.
    if let Some(owner) = grammar.first(noun, Relation::Possessive) {
        return Shared::Nouns(vec![owner]);
    }
    let Some(head) = grammar.head(noun) else { return Shared::None };
    match grammar.relation(noun) {
        // "thwarted an attempt to steal": who thwarts does not steal.
        Relation::Object
            if words.governors.get(grammar.token(head).lemma()).is_some_and(|it| it.denied) =>
        {
            Shared::None
        }
        Relation::Object | Relation::Attribute if grammar.is_predicate(head) => {
            Shared::Subject(head)
        }
        _ => Shared::None,
    }
}

/// What depends on a verb itself, its subjects apart.
fn dependents(words: &Words, grammar: &Grammar<'_>, verb: usize, args: &mut Vec<Arg>) {
    for child in grammar.children(verb) {
        let one = || std::iter::once(child);
        match grammar.relation(child) {
            Relation::Object if !grammar.is_predicate(child) => {
                push(grammar, args, &Slot::Object, one());
            }
            Relation::Indirect if grammar.token(child).pos() == Pos::Adp => {
                push(
                    grammar,
                    args,
                    &Slot::Indirect,
                    grammar.those(child, Relation::PrepositionObject),
                );
                preposition(words, grammar, child, args);
            }
            Relation::Indirect => push(grammar, args, &Slot::Indirect, one()),
            Relation::Agent if grammar.token(child).pos() == Pos::Adp => {
                push(
                    grammar,
                    args,
                    &Slot::Subject,
                    grammar.those(child, Relation::PrepositionObject),
                );
            }
            Relation::Agent => push(grammar, args, &Slot::Subject, one()),
            Relation::Attribute => push(grammar, args, &Slot::Attribute, one()),
            Relation::Preposition => preposition(words, grammar, child, args),
            Relation::Oblique => oblique(grammar, child, args),
            Relation::Complement | Relation::Open | Relation::Subject
                if grammar.is_predicate(child) && !is_condition(words, grammar, child) =>
            {
                clausal(grammar, child, args);
            }
            Relation::Adverbial if verb_form(grammar.token(child)) == VerbForm::Infinitive => {
                args.push(Arg { slot: Slot::Purpose, head: child });
            }
            Relation::Adverbial => participle_as_preposition(grammar, child, args),
            _ => {}
        }
    }
}

/// A complement clause: "that …", "to …", "…ing".
fn clausal(grammar: &Grammar<'_>, verb: usize, args: &mut Vec<Arg>) {
    let slot = match verb_form(grammar.token(verb)) {
        VerbForm::Infinitive if grammar.relation(verb) != Relation::Complement => Slot::To,
        VerbForm::Infinitive if to_infinitive(grammar, verb) => Slot::To,
        VerbForm::Gerund if grammar.first(verb, Relation::Auxiliary).is_none() => Slot::Ing,
        _ if grammar.relation(verb) == Relation::Participle || asks(grammar, verb) => return,
        // "asked about it, replied: …": what has neither subject nor conjunction is no such clause.
        VerbForm::Past if is_subjectless(grammar, verb) => return,
        _ => Slot::That,
    };
    args.push(Arg { slot, head: verb });
    let subjects = [Relation::Subject, Relation::PassiveSubject];
    let doers = grammar.children(verb).filter(|&at| subjects.contains(&grammar.relation(at)));
    push(grammar, args, &Slot::Doer, doers.filter(|&at| !grammar.is_predicate(at)));
}

/// Whether a clause has neither a subject nor anything that leads it.
fn is_subjectless(grammar: &Grammar<'_>, verb: usize) -> bool {
    let told = [Relation::Subject, Relation::PassiveSubject, Relation::Mark, Relation::Auxiliary];
    !grammar.children(verb).any(|at| told.contains(&grammar.relation(at)))
}

/// Whether a clause is a question told, "asked what they wanted", or put: "asked: Did they leave?"
fn asks(grammar: &Grammar<'_>, verb: usize) -> bool {
    let (first, _) = grammar.edges(verb);
    let turned = grammar.relation(first) == Relation::Auxiliary
        && [Relation::Subject, Relation::PassiveSubject]
            .into_iter()
            .any(|subject| grammar.first(verb, subject).is_some());
    first < verb && (turned || is_question_word(grammar.token(first)))
}

/// Whether an infinitive with a subject has its particle: "wants Paris **to** send".
fn to_infinitive(grammar: &Grammar<'_>, verb: usize) -> bool {
    grammar.those(verb, Relation::Auxiliary).any(|aux| grammar.token(aux).pos() == Pos::Part)
}

/// A preposition with its nouns: "from Quito", "out of the port", "accused of stealing".
fn preposition(words: &Words, grammar: &Grammar<'_>, at: usize, args: &mut Vec<Arg>) {
    let mut name = grammar.token(at).norm().to_lowercase();
    let mut end = at;
    for _ in 0..3 {
        let Some(next) = grammar.first(end, Relation::Preposition) else { break };
        if next != end + 1 && grammar.first(end, Relation::PrepositionObject).is_some() {
            break;
        }
        name = format!("{name} {}", grammar.token(next).norm().to_lowercase());
        end = next;
    }
    let name = words.same_prepositions.get(&name).cloned().unwrap_or(name);
    // "in order to leave", "in exchange for a pardon": the noun is part of the preposition.
    let set = |noun: usize| {
        words.set_phrases.contains(&format!("{name} {}", grammar.token(noun).norm().to_lowercase()))
    };
    let nouns = || grammar.those(end, Relation::PrepositionObject).filter(|&noun| !set(noun));
    // "kidnapped up to 16 advisers": the words bound a number, and the noun is the object.
    let bounds = |noun: usize| {
        let (first, _) = grammar.edges(noun);
        first == end + 1 && grammar.token(first).pos() == Pos::Num
    };
    let objects = words.bounds.contains(&name) && !args.iter().any(|arg| arg.slot == Slot::Object);
    push(
        grammar,
        args,
        &Slot::Object,
        nouns().filter(|&noun| objects && grammar.is_predicate_of(at) && bounds(noun)),
    );
    push(grammar, args, &Slot::Prep(name.clone()), nouns());
    // "at least for now" is no clause.
    let clauses = grammar.those(end, Relation::PrepositionClause);
    for verb in clauses.filter(|&verb| grammar.is_predicate(verb)) {
        args.push(Arg { slot: Slot::Prep(name.clone()), head: verb });
        args.push(Arg { slot: Slot::Ing, head: verb });
    }
}

fn oblique(grammar: &Grammar<'_>, noun: usize, args: &mut Vec<Arg>) {
    let cases: Vec<&str> =
        grammar.those(noun, Relation::Case).map(|case| grammar.token(case).norm()).collect();
    if !cases.is_empty() {
        push(grammar, args, &Slot::Prep(cases.join(" ").to_lowercase()), std::iter::once(noun));
    }
}

/// "using knives", "including two boats": a participle with an object works as a preposition.
fn participle_as_preposition(grammar: &Grammar<'_>, verb: usize, args: &mut Vec<Arg>) {
    let bare = verb_form(grammar.token(verb)) == VerbForm::Gerund
        && grammar.first(verb, Relation::Subject).is_none();
    if bare {
        let name = grammar.token(verb).norm().to_lowercase();
        push(grammar, args, &Slot::Prep(name), grammar.those(verb, Relation::Object));
    }
}

/// The object of a relative clause without its pronoun: "the men police arrested".
fn missing_object(grammar: &Grammar<'_>, verb: usize, passive: bool, args: &mut Vec<Arg>) {
    let has = |slot: &Slot| args.iter().any(|arg| arg.slot == *slot);
    if passive || grammar.relation(verb) != Relation::Relative || has(&Slot::Object) {
        return;
    }
    // "the deal in which the firm admitted to fraud": the firm admitted no deal.
    let relative = |at: usize| is_relative_pronoun(grammar.token(at));
    let pronoun = grammar.children(verb).any(|child| {
        relative(child)
            || grammar
                .those(child, Relation::PrepositionObject)
                .any(|at| at == child + 1 && relative(at))
    });
    if let Some(noun) = grammar.head(verb).filter(|_| has(&Slot::Subject) && !pronoun) {
        push(grammar, args, &Slot::Object, std::iter::once(noun));
    }
}

/// What hangs on the objects: "two tons **from Cali**", "cocaine hidden **under bananas**".
fn around_objects(words: &Words, grammar: &Grammar<'_>, args: &mut Vec<Arg>) {
    let objects: Vec<usize> =
        args.iter().filter(|arg| arg.slot == Slot::Object).map(|arg| arg.head).collect();
    for object in objects.into_iter().take(REACH) {
        let mut nouns = vec![object];
        nouns.extend(below_of(grammar, object));
        for noun in nouns {
            for child in grammar.children(noun) {
                match grammar.relation(child) {
                    Relation::Preposition => preposition(words, grammar, child, args),
                    Relation::Participle => participle_prepositions(words, grammar, child, args),
                    _ => {}
                }
            }
        }
    }
}

/// The noun of a measure: "cocaine" of "six tons of cocaine".
fn below_of(grammar: &Grammar<'_>, noun: usize) -> Option<usize> {
    let preposition = grammar
        .those(noun, Relation::Preposition)
        .find(|&child| child == noun + 1 && grammar.token(child).pos() == Pos::Adp)?;
    grammar.first(preposition, Relation::PrepositionObject)
}

fn participle_prepositions(words: &Words, grammar: &Grammar<'_>, verb: usize, args: &mut Vec<Arg>) {
    if verb_form(grammar.token(verb)) == VerbForm::Infinitive {
        return;
    }
    for child in grammar.those(verb, Relation::Preposition) {
        preposition(words, grammar, child, args);
    }
    if verb_form(grammar.token(verb)) == VerbForm::Gerund {
        let name = grammar.token(verb).norm().to_lowercase();
        push(grammar, args, &Slot::Prep(name), grammar.those(verb, Relation::Object));
    }
}

/// "the arrest of its leader **by marines**": the parser hangs it on the leader.
fn nested_agents(words: &Words, grammar: &Grammar<'_>, args: &mut Vec<Arg>) {
    let nouns: Vec<usize> =
        args.iter().filter(|arg| matches!(&arg.slot, Slot::Prep(_))).map(|arg| arg.head).collect();
    for noun in nouns.into_iter().take(REACH) {
        for child in grammar.those(noun, Relation::Preposition) {
            if words.agents.contains(grammar.token(child).norm()) {
                preposition(words, grammar, child, args);
            }
        }
    }
    for arg in args.iter_mut() {
        if matches!(&arg.slot, Slot::Prep(name) if words.agents.contains(name)) {
            arg.slot = Slot::Subject;
        }
    }
}

/// The verb that carries an event's noun, and how.
pub(super) fn carrier(words: &Words, grammar: &Grammar<'_>, noun: usize) -> Option<usize> {
    let mut at = noun;
    for _ in 0..REACH {
        if grammar.relation(at) != Relation::Conjunct {
            break;
        }
        at = grammar.head(at)?;
    }
    let verb = grammar.head(at).filter(|&verb| grammar.is_predicate(verb))?;
    let name = verb_with_particle(grammar, verb);
    let object = matches!(grammar.relation(at), Relation::Object)
        || (grammar.relation(at) == Relation::PassiveSubject);
    let subject = grammar.relation(at) == Relation::Subject;
    // "should be seen as": what it is taken for is told, not that it was.
    let taken = || {
        grammar
            .those(verb, Relation::Preposition)
            .any(|at| words.examples.contains(grammar.token(at).norm()))
    };
    let telling = || words.telling.contains(&name) && !taken();
    let carries = (object && (words.light.contains(&name) || telling()))
        || (subject && words.occur.contains(&name));
    carries.then_some(verb)
}

/// A verb's lemma with its particle: "carry out".
pub(super) fn verb_with_particle(grammar: &Grammar<'_>, verb: usize) -> String {
    let lemma = grammar.token(verb).lemma().to_lowercase();
    match grammar.first(verb, Relation::Particle) {
        Some(particle) => format!("{lemma} {}", grammar.token(particle).norm().to_lowercase()),
        None => lemma,
    }
}

/// The verb of which an adjective is told, if it is told of somebody.
pub(super) fn predicated(grammar: &Grammar<'_>, adjective: usize) -> Option<usize> {
    // "with an envoy present": a clause without its verb.
    if grammar.first(adjective, Relation::Subject).is_some() {
        return Some(adjective);
    }
    let mut at = adjective;
    for _ in 0..REACH {
        match grammar.relation(at) {
            Relation::Attribute => {
                return grammar.head(at).filter(|&verb| grammar.is_predicate(verb));
            }
            Relation::Conjunct => at = grammar.head(at)?,
            _ => return None,
        }
    }
    None
}

/// Which form of predicate a token is.
pub(super) fn form(grammar: &Grammar<'_>, index: usize) -> Option<Form> {
    match grammar.token(index).pos() {
        _ if grammar.is_predicate(index) => Some(Form::Verb),
        Pos::Noun | Pos::Propn => Some(Form::Noun),
        Pos::Adj | Pos::Verb => Some(Form::Adjective),
        _ => None,
    }
}
