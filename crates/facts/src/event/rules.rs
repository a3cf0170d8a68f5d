//! The kinds and their triggers, as the pack has them.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use toml::Spanned;

use super::Caption;
use crate::claim::{Family, Realis, Status};
use crate::clause::Slot;
use crate::pack::{self, Files, Problem};
use crate::pack::{Class, Classes};
use crate::standards;

/// All kinds of one language, in the order of their names, and the triggers by their first word.
#[derive(Debug, Default)]
pub struct Kinds {
    /// The kinds, in the order of their names.
    pub kinds: Vec<Kind>,
    pub(super) verbs: HashMap<String, Vec<Found>>,
    pub(super) nouns: HashMap<String, Vec<Found>>,
    pub(super) adjectives: HashMap<String, Vec<Found>>,
}

/// A kind of claim.
#[derive(Debug)]
pub struct Kind {
    /// Its name: its folder's.
    pub name: String,
    /// What sort of claim it is.
    pub family: Family,
    /// The wider kind.
    pub broader: Option<String>,
    /// Kinds whose deeds are parts of it where one sentence tells both: the arrests of a raid.
    pub parts: Vec<String>,
    /// PLOVER's type and mode, of what happened.
    pub plover: Option<String>,
    /// ACLED's types by a class among the roles, `class` or `role: class`; `*` for any.
    pub acled: BTreeMap<String, String>,
    /// Whether it is armed force, which UCDP counts where organised actors use it and people die.
    pub ucdp: bool,
    /// The STIX object that it is told as, where that is more than a note.
    pub stix: Option<Stix>,
    /// The rung from which the thing is done; none for kinds without a ladder.
    pub done: Option<Status>,
    /// Whether its claims are states.
    pub standing: bool,
    /// What its claims answer.
    pub answers: Option<Answers>,
    /// When it does not name a private person where it names others.
    pub spares: Option<Spares>,
    /// Whether its words hardly ever mean anything else, so that it is told however far down a sentence they
    /// stand.
    pub plain: bool,
    /// Whether it harms people.
    pub casualties: bool,
    /// The role of those who die by it, where that is no role `dead`.
    pub dies: Option<String>,
    /// The ledger that its facts are listed in besides, as pages call it.
    pub ledger: Option<String>,
    /// Its roles with the types they take, in the file's order.
    pub roles: Vec<(String, Vec<Type>)>,
    /// Who does it and whom it is done to: of each the roles, the first that is told counts.
    pub sides: [Vec<String>; 2],
    /// Whether its sides do the same to each other: who stands on which means nothing.
    pub mutual: bool,
    /// Roles that must be filled.
    pub all: Vec<String>,
    /// Roles of which one must be filled.
    pub any: Vec<String>,
    /// Its name for people.
    pub label: String,
    /// What it is, in a sentence.
    pub about: String,
    /// How its claims are told in one line: the first whose roles have values.
    pub captions: Vec<Caption>,
    /// Its triggers, in the file's order.
    pub triggers: Vec<Trigger>,
}

impl Kind {
    /// ACLED's types, each with the role and the class that it is given for; no class: any.
    pub fn acled_types(&self) -> impl Iterator<Item = (Option<&str>, Option<&str>, &str)> {
        self.acled.iter().map(|(whose, code)| {
            let (role, class) = acled_of(whose);
            (role, Some(class).filter(|class| *class != "*"), code.as_str())
        })
    }

    /// Whether a role takes values of a type.
    pub fn takes(&self, role: &str, wanted: Type) -> bool {
        self.roles.iter().any(|(name, types)| name == role && types.contains(&wanted))
    }

    /// The place of a role among its roles.
    pub(crate) fn role(&self, name: &str) -> Option<usize> {
        self.roles.iter().position(|(role, _)| role == name)
    }

    /// Whether its claims can have a role: one of its own, where, when, or who came to harm.
    fn has_role(&self, name: &str) -> bool {
        self.role(name).is_some() || is_scene(name) || self.casualties && OUTCOMES.contains(&name)
    }
}

/// What claims of a kind answer: a denial answers an accusation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answers {
    /// The kind that is answered.
    pub kind: String,
    /// The role of the answering claim whose actor must be the same …
    pub who: String,
    /// … as that of this role of the answered claim.
    pub whom: String,
    /// The role of the answered claim that the answer fills.
    pub role: String,
}

/// The objects of STIX 2.1 that tell what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stix {
    /// `incident`.
    Incident,
}

/// A role in which a private person is not named unless others are told: who is accused, unless it is
/// told by whom and what he answers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spares {
    /// The role.
    pub role: String,
    /// Roles that must all be told.
    pub unless: Vec<String>,
    /// The role that the person has else, which no caption names.
    pub instead: String,
}

/// The types that a role takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Type {
    Actor,
    Thing,
    Quantity,
    Place,
    Period,
    Text,
    Claim,
}

/// Words that tell of a kind, and who stands where around them.
#[derive(Debug)]
pub struct Trigger {
    /// Its name within the kind.
    pub name: String,
    /// The rung that the words prove.
    pub status: Option<Status>,
    /// How the words are meant, if not as told.
    pub realis: Option<Realis>,
    /// Slots that must be filled: of each list, one.
    pub needs: Vec<Vec<Slot>>,
    /// Slots that must be empty.
    pub without: Vec<Slot>,
    /// Slots in which nobody may stand of whom nothing is known.
    pub known: Vec<Slot>,
    /// Phrases with these words that mean something else: "a great deal", the word of the trigger first.
    pub unless: Vec<(String, Vec<String>)>,
    /// Whether its nouns, bare of an article, name what goes on rather than one deed: "extortion".
    pub practice: bool,
    /// Whether its words tell of the kind only where they are denied: "did not answer".
    pub negated: bool,
    /// Whether its words tell of quarrels, too: "attacked her rival" in a speech.
    pub verbal: bool,
    /// Which roles the slots fill, in the file's order.
    pub slots: Vec<(Slot, Vec<Fill>)>,
}

/// A role that a slot fills, if what stands there is of one of the classes.
#[derive(Debug, Clone)]
pub struct Fill {
    /// The role's place among the kind's roles.
    pub role: usize,
    /// Types of which its value must be one; none: any that the role takes.
    pub types: Vec<Type>,
    /// Types of which its value must not be one.
    pub not_types: Vec<Type>,
    /// Classes of which it must be one; none: any.
    pub one_of: Vec<Class>,
    /// Classes that it must not be of.
    pub none_of: Vec<Class>,
}

/// A trigger under one of its words.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) kind: usize,
    pub(super) trigger: usize,
    /// The other words: after a verb, before a noun.
    pub(super) rest: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Concept {
    family: Family,
    broader: Option<Spanned<String>>,
    #[serde(default)]
    parts: Vec<Spanned<String>>,
    plover: Option<String>,
    #[serde(default)]
    acled: BTreeMap<String, String>,
    #[serde(default)]
    ucdp: bool,
    stix: Option<Stix>,
    #[serde(default)]
    ladder: bool,
    done: Option<Status>,
    #[serde(default)]
    standing: bool,
    #[serde(default)]
    plain: bool,
    #[serde(default)]
    casualties: bool,
    dies: Option<Spanned<String>>,
    answers: Option<Answers>,
    ledger: Option<String>,
    spares: Option<Spares>,
    sides: Option<Spanned<[Vec<String>; 2]>>,
    #[serde(default)]
    mutual: bool,
    roles: toml::Table,
    #[serde(default)]
    requires: Requires,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Requires {
    #[serde(default)]
    all: Vec<Spanned<String>>,
    #[serde(default)]
    any: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Language {
    label: String,
    about: String,
    caption: Spanned<Captions>,
    #[serde(default)]
    trigger: Vec<Spanned<RawTrigger>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Captions {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
struct RawTrigger {
    name: String,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    status: Option<Status>,
    realis: Option<Realis>,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    known: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    practice: bool,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    verbal: bool,
    #[serde(flatten)]
    slots: toml::Table,
}

/// The roles of kinds that harm people, besides their own.
pub const OUTCOMES: [&str; 5] = ["dead", "injured", "captured", "missing", "unharmed"];

/// The role for what a commitment hangs on.
pub(super) const CONDITION: &str = "condition";

/// The roles that say where and when.
const SCENE: [&str; 2] = ["where", "when"];

/// Whether a role says where or when.
pub(super) fn is_scene(role: &str) -> bool {
    SCENE.contains(&role)
}

/// Whether a role is filled from around the clause, after its own slots.
pub(super) fn is_read_later(role: &str) -> bool {
    is_scene(role) || OUTCOMES.contains(&role)
}

impl Kinds {
    /// Reads `events/<kind>/event.toml` and the language's file beside each, and adds to the problems
    /// what is wrong with them.
    pub fn load(files: &Files, classes: &Classes, problems: &mut Vec<Problem>) -> Kinds {
        let mut kinds = Kinds::default();
        for (path, text) in files {
            let Some(folder) = path.strip_suffix("/event.toml") else { continue };
            let Some(name) = folder.strip_prefix("events/") else { continue };
            let Some(concept) = pack::read::<Concept>(path, text, problems) else { continue };
            let Some(mut kind) = kind(name, concept, path, text, problems) else { continue };
            let words = files.iter().find(|(other, _)| {
                other
                    .strip_prefix(folder)
                    .is_some_and(|rest| rest.len() == 8 && rest.ends_with(".toml"))
            });
            if let Some((path, text)) = words
                && let Some(language) = pack::read::<Language>(path, text, problems)
            {
                kinds.add_words(&mut kind, language, &Source { path, text, classes }, problems);
            }
            kinds.kinds.push(kind);
        }
        dangling(files, &kinds, problems);
        miscoded(files, &kinds, classes, problems);
        kinds
    }

    fn add_words(
        &mut self,
        kind: &mut Kind,
        language: Language,
        source: &Source<'_>,
        problems: &mut Vec<Problem>,
    ) {
        let Language { label, about, caption, trigger } = language;
        (kind.label, kind.about) = (label, about);
        kind.captions = captions(kind, caption, source, problems);
        for raw in trigger {
            let at = raw.span().start;
            let raw = raw.into_inner();
            if kind.triggers.iter().any(|other| other.name == raw.name) {
                problems.push(source.problem(at, format!("two triggers are named `{}`", raw.name)));
            }
            let index = kind.triggers.len();
            let found = |rest| Found { kind: self.kinds.len(), trigger: index, rest };
            for verb in &raw.verbs {
                let mut words = verb.split(' ').map(str::to_owned);
                let first = words.next().unwrap_or_default();
                self.verbs.entry(first).or_default().push(found(words.collect()));
            }
            for (words, map) in
                [(&raw.nouns, &mut self.nouns), (&raw.adjectives, &mut self.adjectives)]
            {
                for word in words {
                    let mut rest: Vec<String> = word.split(' ').map(str::to_owned).collect();
                    let last = rest.pop().unwrap_or_default();
                    map.entry(last).or_default().push(found(rest));
                }
            }
            kind.triggers.push(trigger_of(kind, raw, at, source, problems));
        }
    }

    /// Whether a lemma may tell of an event as a noun or an adjective.
    pub(crate) fn tells(&self, lemma: &str) -> bool {
        self.nouns.contains_key(lemma) || self.adjectives.contains_key(lemma)
    }

    /// The one kind that a noun tells of, with what stands before it: "military aid". None where there
    /// is a choice.
    pub(crate) fn of_noun(&self, words: &[&str]) -> Option<&Kind> {
        let (last, before) = words.split_last()?;
        let fits = |found: &&Found| {
            let rest: Vec<&str> = found.rest.iter().map(String::as_str).collect();
            before.ends_with(&rest)
        };
        self.only(self.nouns.get(*last)?.iter().filter(fits))
    }

    /// The one kind that a verb tells of by itself: "help".
    pub(crate) fn of_verb(&self, lemma: &str) -> Option<&Kind> {
        self.only(self.verbs.get(lemma)?.iter().filter(|found| found.rest.is_empty()))
    }

    fn only<'f>(&self, mut found: impl Iterator<Item = &'f Found>) -> Option<&Kind> {
        let first = found.next()?.kind;
        found.all(|other| other.kind == first).then(|| self.kinds.get(first))?
    }

    /// The kind of a family that the engine tells by itself, without triggers: figures, statements.
    pub(crate) fn without_triggers(&self, family: Family) -> Option<usize> {
        self.kinds.iter().position(|kind| kind.family == family && kind.triggers.is_empty())
    }

    /// A kind by its name.
    pub fn by_name(&self, name: &str) -> Option<&Kind> {
        let index = self.kinds.binary_search_by(|kind| kind.name.as_str().cmp(name)).ok()?;
        self.kinds.get(index)
    }
}

/// A language's file and what it is read against.
struct Source<'a> {
    path: &'a str,
    text: &'a str,
    classes: &'a Classes,
}

impl Source<'_> {
    fn problem(&self, at: usize, message: String) -> Problem {
        Problem::at(self.path, self.text, at, message)
    }
}

fn kind(
    name: &str,
    concept: Concept,
    path: &str,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Option<Kind> {
    let mut roles: Vec<(String, Vec<Type>)> = Vec::new();
    for (role, types) in &concept.roles {
        let types = match types {
            toml::Value::Array(list) => list.clone(),
            one => vec![one.clone()],
        };
        let read: Result<Vec<Type>, _> = types.into_iter().map(toml::Value::try_into).collect();
        match read {
            Ok(types) => roles.push((role.clone(), types)),
            Err(error) => {
                let at = text.find(&format!("\n{role}")).map_or(0, |at| at + 1);
                problems.push(Problem::at(path, text, at, error.message()));
            }
        }
    }
    if concept.casualties {
        let types = || vec![Type::Quantity, Type::Actor];
        for outcome in OUTCOMES {
            if !roles.iter().any(|(role, _)| role == outcome) {
                roles.push((outcome.to_owned(), types()));
            }
        }
    }
    let condition = concept.ladder.then_some((CONDITION, Type::Text));
    for (role, kind_of) in
        condition.into_iter().chain([("where", Type::Place), ("when", Type::Period)])
    {
        if !roles.iter().any(|(name, _)| name == role) {
            roles.push((role.to_owned(), vec![kind_of]));
        }
    }
    let known = |role: &str| roles.iter().any(|(name, _)| name == role);
    for wanted in concept.requires.all.iter().chain(&concept.requires.any).chain(&concept.dies) {
        if !known(wanted.get_ref()) {
            let message = format!("there is no role `{}`", wanted.get_ref());
            problems.push(Problem::at(path, text, wanted.span().start, message));
        }
    }
    let sides = match concept.sides {
        Some(told) => {
            if let Some(role) =
                told.get_ref().iter().flatten().find(|role| !takes_actor(&roles, role))
            {
                let message =
                    format!("`sides` names `{role}`, which is no role that takes an actor");
                problems.push(Problem::at(path, text, told.span().start, message));
            }
            told.into_inner()
        }
        None => usual_sides(&roles),
    };
    let names = |list: Vec<Spanned<String>>| list.into_iter().map(Spanned::into_inner).collect();
    Some(Kind {
        name: name.to_owned(),
        family: concept.family,
        broader: concept.broader.map(Spanned::into_inner),
        parts: names(concept.parts),
        plover: concept.plover,
        acled: concept.acled,
        ucdp: concept.ucdp,
        stix: concept.stix,
        done: concept.ladder.then(|| concept.done.unwrap_or(Status::Delivered)),
        standing: concept.standing,
        answers: concept.answers,
        spares: concept.spares,
        plain: concept.plain,
        casualties: concept.casualties,
        dies: concept.dies.map(Spanned::into_inner),
        ledger: concept.ledger,
        sides,
        mutual: concept.mutual,
        roles,
        all: names(concept.requires.all),
        any: names(concept.requires.any),
        label: String::new(),
        about: String::new(),
        captions: Vec::new(),
        triggers: Vec::new(),
    })
}

/// Whether a role, other than of those who came to harm, takes an actor.
fn takes_actor(roles: &[(String, Vec<Type>)], role: &str) -> bool {
    let takes = |(name, types): &(String, Vec<Type>)| name == role && types.contains(&Type::Actor);
    roles.iter().any(takes) && !OUTCOMES.contains(&role)
}

/// Who and whom where the pack does not say: the first and the second of the roles that take an actor.
fn usual_sides(roles: &[(String, Vec<Type>)]) -> [Vec<String>; 2] {
    let mut found = roles.iter().map(|(role, _)| role).filter(|role| takes_actor(roles, role));
    [(); 2].map(|()| found.next().cloned().into_iter().collect())
}

/// A kind's captions, and problems for those that are none.
fn captions(
    kind: &Kind,
    told: Spanned<Captions>,
    source: &Source<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Caption> {
    let at = told.span().start;
    let templates = match told.into_inner() {
        Captions::One(template) => vec![template],
        Captions::Several(templates) => templates,
    };
    let mut read = |template: String| {
        let caption = Caption::parse(&template).and_then(|caption| {
            let unknown = caption.roles().into_iter().find(|role| !kind.has_role(role));
            unknown.map_or(Ok(()), |role| Err(format!("there is no role `{role}`")))?;
            Ok(caption)
        });
        let problem = |message| {
            problems.push(source.problem(at, format!("the caption \"{template}\": {message}")));
        };
        caption.map_err(problem).ok()
    };
    templates.into_iter().filter_map(&mut read).collect()
}

/// Wider kinds, and kinds with roles that are answered, that are not there.
fn dangling(files: &Files, kinds: &Kinds, problems: &mut Vec<Problem>) {
    for kind in &kinds.kinds {
        let mut tell = |key: &str, message: String| {
            let path = format!("events/{}/event.toml", kind.name);
            let text = files.get(&path).map_or("", String::as_str);
            problems.push(Problem::at(&path, text, text.find(key).unwrap_or(0), message));
        };
        if let Some(spares) = &kind.spares {
            let mut named = spares.unless.iter().chain([&spares.role, &spares.instead]);
            if let Some(role) = named.find(|role| kind.role(role).is_none()) {
                tell("spares", format!("there is no role `{role}`"));
            }
        }
        if let Some(Answers { kind: other, who, whom, role }) = &kind.answers {
            let other = kinds.by_name(other);
            let of_other = |role| other.is_some_and(|other| other.role(role).is_some());
            if kind.role(who).is_none() || !of_other(whom) || !of_other(role) {
                tell("answers", "`answers` names a kind or roles that are not there".to_owned());
            }
        }
        if let Some(broader) = kind.broader.as_ref().filter(|name| kinds.by_name(name).is_none()) {
            tell("broader", format!("there is no kind `{broader}` in events/"));
        }
        for part in kind.parts.iter().filter(|name| kinds.by_name(name).is_none()) {
            tell("parts", format!("there is no kind `{part}` in events/"));
        }
    }
}

/// Codes that PLOVER or ACLED do not have, and classes and roles that such a code is given for.
fn miscoded(files: &Files, kinds: &Kinds, classes: &Classes, problems: &mut Vec<Problem>) {
    for kind in &kinds.kinds {
        let path = format!("events/{}/event.toml", kind.name);
        let text = files.get(&path).map_or("", String::as_str);
        let mut tell = |at: &str, message: String| {
            problems.push(Problem::at(&path, text, text.find(at).unwrap_or(0), message));
        };
        if let Some(code) = kind.plover.as_ref().filter(|code| standards::plover(code).is_none()) {
            tell("plover", format!("PLOVER has no type or mode `{code}`"));
        }
        for (whose, code) in &kind.acled {
            if standards::acled(code).is_none() {
                tell(code, format!("ACLED has no type or sub-type `{code}`"));
            }
            let (role, class) = acled_of(whose);
            if role.is_some_and(|role| kind.role(role).is_none()) {
                tell(whose, format!("`{whose}` names no role of this kind"));
            }
            if class != "*" && classes.by_name(class).is_none() {
                tell(whose, format!("there is no class `{class}`"));
            }
        }
    }
}

/// What a type of ACLED is given for: `class`, or `role: class`.
fn acled_of(whose: &str) -> (Option<&str>, &str) {
    match whose.split_once(':') {
        Some((role, class)) => (Some(role.trim()), class.trim()),
        None => (None, whose),
    }
}

fn trigger_of(
    kind: &Kind,
    raw: RawTrigger,
    at: usize,
    source: &Source<'_>,
    problems: &mut Vec<Problem>,
) -> Trigger {
    if raw.verbs.is_empty() && raw.nouns.is_empty() && raw.adjectives.is_empty() {
        problems.push(source.problem(at, format!("the trigger `{}` has no words", raw.name)));
    }
    let mut slots = Vec::new();
    for (key, value) in &raw.slots {
        let entries: Vec<&str> = match value {
            toml::Value::String(one) => vec![one],
            toml::Value::Array(list) => list.iter().filter_map(toml::Value::as_str).collect(),
            _ => Vec::new(),
        };
        // The place in the file is found again by the words themselves: a flattened table has none.
        let near = source.text[at..].find(&format!("\n{key}")).map_or(at, |found| at + found + 1);
        if entries.is_empty() {
            problems.push(source.problem(near, format!("`{key}` is neither a role nor a list")));
        }
        let fills = entries.iter().filter_map(|entry| fill(kind, entry, near, source, problems));
        slots.push((slot(key), fills.collect()));
    }
    let either = |keys: &String| keys.split('|').map(|key| slot(key.trim())).collect();
    let needs = raw.needs.iter().map(either).collect();
    let without = raw.without.iter().map(|key| slot(key)).collect();
    let known = raw.known.iter().map(|key| slot(key)).collect();
    let unless = raw.unless.iter().map(|words| phrase(&raw, words)).collect();
    let RawTrigger { name, status, realis, practice, negated, verbal, .. } = raw;
    Trigger {
        name,
        status,
        realis,
        needs,
        without,
        known,
        unless,
        practice,
        negated,
        verbal,
        slots,
    }
}

/// The word of a phrase that the trigger stands for, and the others: of a noun those before it, of a verb
/// those behind it.
fn phrase(raw: &RawTrigger, words: &str) -> (String, Vec<String>) {
    let mut words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    let noun = words.last().is_some_and(|last| {
        let mut nouns = raw.nouns.iter().chain(&raw.adjectives);
        nouns.any(|noun| noun.rsplit(' ').next() == Some(last))
    });
    let lead = if noun { words.pop() } else { Some(words.remove(0)) };
    (lead.unwrap_or_default(), words)
}

/// `role`, `role: class`, `role: one | other`, `role: !class`, `role: claim`.
fn fill(
    kind: &Kind,
    entry: &str,
    at: usize,
    source: &Source<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Fill> {
    let (role, wanted) = entry.split_once(':').map_or((entry, ""), |(role, rest)| (role, rest));
    let role = role.trim();
    let Some(index) = kind.role(role) else {
        let known: Vec<&str> = kind.roles.iter().map(|(name, _)| name.as_str()).collect();
        let problem = source.problem(at, format!("`{}` has no role `{role}`", kind.name));
        problems.push(problem.hint(format!("its roles are {}", known.join(", "))));
        return None;
    };
    let mut fill = Fill {
        role: index,
        types: Vec::new(),
        not_types: Vec::new(),
        one_of: Vec::new(),
        none_of: Vec::new(),
    };
    for name in wanted.split('|').map(str::trim).filter(|name| !name.is_empty()) {
        let bare = name.trim_start_matches('!').trim();
        if let Ok(named) = toml::Value::from(bare).try_into() {
            let list = if bare == name { &mut fill.types } else { &mut fill.not_types };
            list.push(named);
            continue;
        }
        let (list, name) = match name.strip_prefix('!') {
            Some(name) => (&mut fill.none_of, name.trim()),
            None => (&mut fill.one_of, name),
        };
        match source.classes.by_name(name) {
            Some(class) => list.push(class),
            None => {
                let problem = source.problem(at, format!("there is no class `{name}`"));
                problems.push(problem.hint("classes are the folders in actors/ and things/"));
            }
        }
    }
    Some(fill)
}

/// The slot of a key: a term of the clause, or a preposition.
fn slot(key: &str) -> Slot {
    match key {
        "subject" => Slot::Subject,
        "object" => Slot::Object,
        "indirect" => Slot::Indirect,
        "attribute" => Slot::Attribute,
        "that" => Slot::That,
        "doer" => Slot::Doer,
        "to" => Slot::To,
        "purpose" => Slot::Purpose,
        "ing" => Slot::Ing,
        "bearer" => Slot::Bearer,
        "possessive" => Slot::Possessive,
        "compound" => Slot::Compound,
        preposition => Slot::Prep(preposition.to_owned()),
    }
}
