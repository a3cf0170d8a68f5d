//! Events: the claims that the pack's triggers find in clauses, with who and what stands around them.

mod caption;
pub(crate) mod casualties;
mod condition;
mod general;
mod rules;
mod scene;
mod settle;
mod values;

use std::ops::Range;

use crate::claim::{Aspect, Assertion, Family, Realis, Status, Value};
use crate::clause::labels::{Relation, VerbForm, verb_form};
use crate::clause::{Arg, Clause, Form, Slot};
use crate::value::actor::Tense;
use crate::value::{Cited, period};
use atalaya_parse::{Pos, Token};
use atalaya_read::BlockKind;

pub use caption::{Caption, Filling};
pub use casualties::Words as Casualties;
pub use rules::{Answers, Fill, Kind, Kinds, OUTCOMES, Spares, Stix, Trigger, Type};
pub(crate) use scene::is_scene;
use values::said_whole;
pub(crate) use values::{View, complemented, typed, value};

/// How far from a predicate a time that recurs is looked for, in words.
const NEAR: usize = 24;

/// A claim within one text, before it is set among the others of its report.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The kind's place in the pack.
    pub kind: usize,
    /// The token that the rule was found by.
    pub head: usize,
    /// The token that carries its tense.
    pub carrier: usize,
    /// The words of the trigger, in bytes of the text.
    pub trigger: Range<usize>,
    /// `kind/trigger`.
    pub rule: String,
    /// How it is told.
    pub assertion: Assertion,
    /// The rung of its ladder.
    pub status: Option<Status>,
    /// How often.
    pub aspect: Aspect,
    /// Whether it is taken for granted.
    pub presupposed: bool,
    /// Whether it is carried on rather than done once: "extortion".
    pub practice: bool,
    /// Its roles, by their place among the kind's roles.
    pub roles: Vec<(usize, Cited<Filler>)>,
    /// What its trigger is.
    pub form: Form,
    /// The predicates that told of its casualties.
    pub absorbed: Vec<usize>,
}

impl Draft {
    /// Whether it is told when it was. `kind` is its kind.
    pub(crate) fn is_dated(&self, kind: &Kind) -> bool {
        self.roles.iter().any(|(role, _)| kind.roles[*role].0 == "when")
    }

    /// That it was let go, and why.
    pub(crate) fn dropped(&self, why: String) -> Dropped {
        Dropped { rule: self.rule.clone(), trigger: self.trigger.clone(), why }
    }
}

/// What fills a role of a draft.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "nearly all of them are values")]
pub enum Filler {
    /// A value.
    Value(Value),
    /// The claim, if any, whose predicate is this token, or stands in its clause; else its words.
    Clause(usize),
}

/// Why a claim or a role was let go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The rule.
    pub rule: String,
    /// The words of the trigger.
    pub trigger: Range<usize>,
    /// Why, in a few words.
    pub why: String,
}

/// The events of one text, and what was let go.
pub(crate) fn events(view: &View<'_>, clauses: &[Clause]) -> (Vec<Draft>, Vec<Dropped>) {
    let mut drafts = Vec::new();
    let mut dropped = Vec::new();
    for clause in clauses {
        let mut best: Vec<(Weight, Draft)> = Vec::new();
        for (found, words) in found(view, clause) {
            match draft(view, clause, found, &words) {
                Ok(draft) => keep_best(&mut best, weight(view, found, &draft), draft),
                Err(why) => dropped.push(why),
            }
        }
        // "a DDoS attack" is told by these words, not by "attack".
        let most = best.iter().map(|((_, _, words, _), _)| *words).max().unwrap_or(0);
        let whole = |weight: &Weight| clause.form != Form::Noun || most == 0 || weight.2 > 0;
        drafts.extend(best.into_iter().filter(|(it, _)| whole(it)).map(|(_, draft)| draft));
    }
    let mut drafts: Vec<Draft> =
        drafts.into_iter().map(|draft| casualties::add(view, clauses, draft)).collect();
    scene::add(view, &mut drafts);
    drafts.iter_mut().for_each(|draft| carry_on(view, draft));
    drafts.iter_mut().for_each(|draft| general::make_habit(view, draft));
    drafts.iter_mut().for_each(|draft| face(view, draft));
    condition::add(view, &mut drafts);
    settle::settle(view, &mut drafts, &mut dropped);
    (drafts, dropped)
}

/// Of two sides that are told alike, the last stands against the first: "clashes between miners and police".
fn face(view: &View<'_>, draft: &mut Draft) {
    let kind = &view.pack.kinds.kinds[draft.kind];
    // "rebels and bandits attacked": neither is attacked.
    if draft.form == Form::Verb && !kind.mutual {
        return;
    }
    let [[first], [second]] = kind.sides.each_ref().map(Vec::as_slice) else { return };
    let either = kind.any.contains(first) && kind.any.contains(second);
    let (Some(first), Some(second)) = (kind.role(first), kind.role(second)) else { return };
    if !either || draft.roles.iter().any(|(role, _)| *role == second) {
        return;
    }
    let mut alike = draft.roles.iter_mut().filter(|(role, _)| *role == first);
    if alike.next().is_some()
        && let Some((role, _)) = alike.last()
    {
        *role = second;
    }
}

/// A practice goes on, unless it is told when it was: "extortion of drivers by gangs".
fn carry_on(view: &View<'_>, draft: &mut Draft) {
    let kind = &view.pack.kinds.kinds[draft.kind];
    if draft.practice
        && !draft.is_dated(kind)
        && draft.assertion.realis == Realis::Happened
        && settle::is_somebodys(view, draft)
    {
        draft.assertion.realis = Realis::Ongoing;
        draft.aspect = aspect(kind, true);
    }
}

/// Which of two triggers of one kind on one word wins: the more constrained slots, then the deeper
/// classes, then the more words, then the one that stands first.
type Weight = (usize, usize, usize, std::cmp::Reverse<usize>);

fn weight(view: &View<'_>, found: &rules::Found, draft: &Draft) -> Weight {
    let trigger = trigger(view, found);
    let constrained = trigger.slots.iter().filter(|(_, fills)| {
        fills.iter().any(|fill| !fill.one_of.is_empty() || !fill.none_of.is_empty())
    });
    let depth: usize = trigger
        .slots
        .iter()
        .flat_map(|(_, fills)| fills)
        .flat_map(|fill| &fill.one_of)
        .map(|&class| view.pack.classes.depth(class))
        .sum();
    let filled = draft.roles.len();
    (
        constrained.count() + 10 * found.rest.len() + filled,
        depth,
        found.rest.len(),
        std::cmp::Reverse(found.trigger),
    )
}

fn keep_best(best: &mut Vec<(Weight, Draft)>, weight: Weight, draft: Draft) {
    match best.iter_mut().find(|(_, other)| other.kind == draft.kind) {
        Some(other) if other.0 < weight => *other = (weight, draft),
        Some(_) => {}
        None => best.push((weight, draft)),
    }
}

fn trigger<'a>(view: &View<'a>, found: &rules::Found) -> &'a Trigger {
    &view.pack.kinds.kinds[found.kind].triggers[found.trigger]
}

/// The triggers whose words stand in a clause, with the tokens of these words.
fn found<'a>(view: &View<'a>, clause: &Clause) -> Vec<(&'a rules::Found, Vec<usize>)> {
    let token = view.doc().token(clause.head);
    // "Sin Embargo" is a paper: a word of a name tells of nothing.
    if clause.form == Form::Noun && token.pos() == Pos::Propn && view.is_named(clause.head) {
        return Vec::new();
    }
    let kinds = &view.pack.kinds;
    let lemma = token.lemma().to_lowercase();
    let norm = token.norm().to_lowercase();
    let map = match clause.form {
        Form::Verb => &kinds.verbs,
        Form::Noun => &kinds.nouns,
        Form::Adjective => &kinds.adjectives,
    };
    let mut all: Vec<&rules::Found> = map.get(&lemma).into_iter().flatten().collect();
    // "designate" that the tagger took for an adjective is no lemma of a verb.
    // "found" is "find", never "to found".
    let past = clause.form == Form::Verb
        && matches!(verb_form(token), VerbForm::Past | VerbForm::PastParticiple);
    if norm != lemma && !(past && token.pos() == Pos::Verb) {
        all.extend(map.get(&norm).into_iter().flatten());
    }
    let rest = |found: &rules::Found| match clause.form {
        Form::Verb => after(view, clause, &found.rest),
        Form::Noun | Form::Adjective => before(view, clause.head, &found.rest),
    };
    let other = |found: &rules::Found| {
        let trigger = &kinds.kinds[found.kind].triggers[found.trigger];
        trigger.unless.iter().any(|(lead, words)| {
            is_word(token, lead)
                && match clause.form {
                    Form::Verb => after(view, clause, words).is_some(),
                    Form::Noun | Form::Adjective => before(view, clause.head, words).is_some(),
                }
        })
    };
    let fits = all.into_iter().filter(|found| !other(found));
    fits.filter_map(|found| Some((found, rest(found)?))).collect()
}

/// The tokens of a verb's further words: each hangs on the verb, or on the word before it.
fn after(view: &View<'_>, clause: &Clause, rest: &[String]) -> Option<Vec<usize>> {
    let mut tokens = vec![clause.head];
    for word in rest {
        let next = tokens.iter().rev().take(2).find_map(|&at| {
            let children = view.doc().token(at).children();
            children.into_iter().find(|child| goes_on(clause.head, *child, word)).map(Token::index)
        });
        let passive = || {
            let objects = clause.args.iter().filter(|arg| arg.slot == Slot::Object);
            objects.map(|arg| arg.head).find(|&head| is_word(view.doc().token(head), word))
        };
        tokens.push(next.or_else(passive)?);
    }
    // "pleads not guilty" is no plea of guilt.
    let (first, last) = (clause.head, tokens.iter().copied().max().unwrap_or(clause.head));
    let between = |&at: &usize| !tokens.contains(&at);
    let negated = |at: usize| view.grammar.relation(at) == Relation::Negation;
    if (first..last).filter(between).any(negated) {
        return None;
    }
    // "break down into" is no "break into".
    let particle = view.grammar.first(clause.head, Relation::Particle);
    particle.is_none_or(|at| tokens.contains(&at)).then_some(tokens)
}

/// Whether a word goes on with a verb: particles and prepositions stand behind it, and "according" is
/// no "accord".
fn goes_on(verb: usize, child: Token<'_>, word: &str) -> bool {
    let small = matches!(child.pos(), Pos::Adp | Pos::Part);
    let same = match child.pos() {
        Pos::Verb => {
            child.norm().eq_ignore_ascii_case(word) || child.dep() != "prep" && is_word(child, word)
        }
        _ => is_word(child, word),
    };
    same && (!small || child.index() > verb)
}

fn is_word(token: Token<'_>, word: &str) -> bool {
    token.lemma().eq_ignore_ascii_case(word) || token.norm().eq_ignore_ascii_case(word)
}

/// The tokens of a noun's words before it.
fn before(view: &View<'_>, head: usize, rest: &[String]) -> Option<Vec<usize>> {
    let start = head.checked_sub(rest.len())?;
    let matches =
        rest.iter().enumerate().all(|(index, word)| is_word(view.doc().token(start + index), word));
    matches.then(|| (start..=head).collect())
}

/// A claim of one trigger in one clause, or why there is none.
fn draft(
    view: &View<'_>,
    clause: &Clause,
    found: &rules::Found,
    words: &[usize],
) -> Result<Draft, Dropped> {
    let kind = &view.pack.kinds.kinds[found.kind];
    let trigger = trigger(view, found);
    let rule = format!("{}/{}", kind.name, trigger.name);
    let span = words.iter().map(|&word| view.doc().token(word).bytes());
    let start = span.clone().map(|bytes| bytes.start).min().unwrap_or_default();
    let end = span.map(|bytes| bytes.end).max().unwrap_or_default();
    let drop = |why: &str| Dropped { rule: rule.clone(), trigger: start..end, why: why.to_owned() };
    if clause.anyone {
        return Err(drop("it is told of nobody in particular"));
    }
    let roles = roles(view, clause, trigger, words, found.kind).map_err(|why| drop(&why))?;
    let has = |name: &String| roles.iter().any(|(role, _)| kind.roles[*role].0 == *name);
    // Casualties, places and times are read later: what needs them is asked again then.
    let later = |name: &String| rules::is_read_later(name);
    if let Some(missing) = kind.all.iter().find(|name| !has(name) && !later(name)) {
        return Err(drop(&format!("no {missing}")));
    }
    if !kind.any.is_empty() && !kind.any.iter().any(|name| has(name) || later(name)) {
        return Err(drop(&format!("none of {}", kind.any.join(", "))));
    }
    // "sent men to burn the crops", "paid to support a campaign": whether they did is left open.
    let deed = matches!(kind.family, Family::Event | Family::Position);
    if clause.supposed && !clause.assertion.realis.is_real() && deed {
        return Err(drop("only an infinitive tells of it"));
    }
    let (told, mut repeated) = told(view, kind, clause);
    repeated |= roles.iter().any(|(_, cited)| is_rate(view, cited));
    let (mut assertion, status) = meant(kind, trigger, clause.status, told);
    if trigger.negated {
        if !assertion.denied {
            return Err(drop("its words tell of it only where they are denied"));
        }
        // "failed to reply": that is how it was done.
        assertion.denied = false;
        if assertion.realis == Realis::Attempted {
            assertion.realis = Realis::Happened;
        }
    }
    // "called on them to oppose it", "could support it": where they stand is not told.
    let stands = assertion.realis.is_real() || assertion.realis == Realis::Planned;
    if kind.family == Family::Position && clause.form == Form::Verb && !stands {
        return Err(drop("no stand is told"));
    }
    Ok(Draft {
        kind: found.kind,
        head: clause.head,
        carrier: clause.carrier,
        trigger: start..end,
        rule,
        assertion,
        status,
        aspect: aspect(kind, repeated && (is_deed(kind) || assertion.realis != Realis::Ongoing)),
        presupposed: clause.presupposed,
        practice: trigger.practice && is_bare(view, clause),
        roles,
        form: clause.form,
        absorbed: Vec::new(),
    })
}

/// Whether a value is so much in every stretch of time: "20 tons a month", "40 migrants per day".
fn is_rate(view: &View<'_>, cited: &Cited<Filler>) -> bool {
    let (doc, figures) = (view.doc(), &view.pack.clauses.figures);
    let token = |byte: usize| doc.token_at(byte).map(Token::index);
    let Some(last) = token(cited.span.end.saturating_sub(1)) else { return false };
    let first = token(cited.span.start).unwrap_or(last);
    let numbered = (first..=last).take(NEAR).any(|at| doc.token(at).pos() == Pos::Num);
    if !numbered || !matches!(cited.value, Filler::Value(Value::Quantity(_) | Value::Actor(_))) {
        return false;
    }
    let word = |at: usize| doc.token(at).norm().to_lowercase();
    (first..(last + 2).min(doc.len().saturating_sub(1))).any(|at| {
        figures.each.contains(&word(at)) && figures.spans.contains(doc.token(at + 1).lemma())
    })
}

/// Whether a verb within a sentence is written with a capital: a headline that no mark tells.
fn is_in_title_case(view: &View<'_>, verb: usize) -> bool {
    let token = view.doc().token(verb);
    token.pos() == Pos::Verb
        && token.index() > token.sentence().range().start
        && token.text().starts_with(char::is_uppercase)
}

/// Whether a noun stands without an article, an owner or a number, and nothing carries it: "extortion of
/// drivers", not "the extortion of a driver".
fn is_bare(view: &View<'_>, clause: &Clause) -> bool {
    let children = view.grammar.children(clause.head);
    let told = [Relation::Determiner, Relation::Possessive, Relation::Number];
    clause.form == Form::Noun
        && clause.carrier == clause.head
        && view.doc().token(clause.head).feature("Number") != Some("Plur")
        && !children.into_iter().any(|child| told.contains(&view.grammar.relation(child)))
}

/// How a clause is told of a kind, and whether of a habit.
fn told(view: &View<'_>, kind: &Kind, clause: &Clause) -> (Assertion, bool) {
    let headline = matches!(view.part.kind, BlockKind::Title | BlockKind::Heading)
        || is_in_title_case(view, clause.carrier);
    let attribute =
        clause.form == Form::Noun && view.grammar.relation(clause.head) == Relation::Attribute;
    let present = || verb_form(view.doc().token(clause.carrier)) == VerbForm::Present;
    let realis = match clause.assertion.realis {
        // In a headline the present tells what has happened: "Police seize a ton". And "this is the
        // fifth such murder": the murder has been.
        Realis::Ongoing if (headline || attribute && !kind.standing) && present() => {
            Realis::Happened
        }
        // "Ministers Blame Drought, Ignore Reports": a verb without a sign of another form.
        Realis::Planned if headline && is_bare_verb(view, clause) => Realis::Happened,
        Realis::Happened if kind.standing && is_beside_a_name(view, clause) => Realis::Ongoing,
        // "are former members".
        Realis::Ongoing if kind.standing && is_former(view, clause) => Realis::Happened,
        // "the raids follow two others": they have been.
        Realis::Ongoing if clause.form == Form::Noun && is_sequel(view, clause) => Realis::Happened,
        realis => realis,
    };
    let news = headline && clause.assertion.realis == Realis::Ongoing && realis == Realis::Happened;
    let repeated = clause.repeated && !news || recurs(view, clause);
    (Assertion { realis, ..clause.assertion }, repeated)
}

/// Whether a noun says what somebody is without a verb and without "former": "Mora, a member of …".
fn is_beside_a_name(view: &View<'_>, clause: &Clause) -> bool {
    clause.form == Form::Noun && clause.carrier == clause.head && !is_former(view, clause)
}

/// Whether a verb has a subject and nothing before it, be its form a present's or an infinitive's.
fn is_bare_verb(view: &View<'_>, clause: &Clause) -> bool {
    let none = |relation| view.grammar.first(clause.head, relation).is_none();
    clause.form == Form::Verb
        && matches!(
            verb_form(view.doc().token(clause.head)),
            VerbForm::Infinitive | VerbForm::Present
        )
        && none(Relation::Auxiliary)
        && !none(Relation::Subject)
}

/// Whether "former" stands before a noun.
fn is_former(view: &View<'_>, clause: &Clause) -> bool {
    let (first, _) = view.grammar.edges(clause.head);
    let tenses = &view.pack.actors.tenses;
    clause.form == Form::Noun
        && (first.max(clause.head.saturating_sub(NEAR))..clause.head).any(|at| {
            tenses.at(view.doc(), at, clause.head).is_some_and(|(tense, _)| tense == Tense::Former)
        })
}

/// Whether a verb that tells what came before its subject carries a noun: "follow".
fn is_sequel(view: &View<'_>, clause: &Clause) -> bool {
    clause.carrier != clause.head
        && view.pack.clauses.sequel.contains(view.doc().token(clause.carrier).lemma())
        && view.grammar.first(clause.carrier, Relation::Object).is_some()
}

/// Whether a clause has a time that recurs: "every year".
fn recurs(view: &View<'_>, clause: &Clause) -> bool {
    let (first, last) = view.grammar.edges(clause.carrier);
    let near = first.max(clause.carrier.saturating_sub(NEAR))..=last.min(clause.carrier + NEAR);
    near.into_iter().any(|at| {
        view.grammar.owner(at) == view.grammar.owner(clause.carrier)
            && view.period(at).is_some_and(|cited| cited.value.kind == period::Kind::Set)
    })
}

/// How a claim is told: by its trigger, by what governs it, and by the rung that they prove.
fn meant(
    kind: &Kind,
    trigger: &Trigger,
    governed: Option<Status>,
    told: Assertion,
) -> (Assertion, Option<Status>) {
    let realis = match trigger.realis {
        Some(realis) if told.realis.is_real() => realis,
        Some(realis) => realis.max(told.realis),
        None => told.realis,
    };
    let Some(done) = kind.done else {
        return (Assertion { realis, denied: told.denied }, None);
    };
    let own = trigger.status.unwrap_or(Status::Delivered);
    let status = match (governed, realis) {
        (Some(status), _) => status,
        // What may be, or was only tried, is on no rung.
        (None, Realis::Possible | Realis::Attempted) => {
            return (Assertion { realis, denied: told.denied }, None);
        }
        (None, Realis::Requested) => Status::Requested,
        (None, Realis::Planned | Realis::Hypothetical) => own.min(Status::Proposed),
        (None, Realis::Ongoing) if own == Status::Delivered => Status::UnderWay,
        (None, _) => own,
    };
    let by_status = status.realis(done);
    // A doubt or a condition is more than a rung can say.
    let realis = match realis {
        Realis::Hypothetical | Realis::Possible => realis,
        _ => by_status,
    };
    let denied = told.denied && status != Status::Refused;
    (Assertion { realis, denied }, Some(status))
}

/// Whether a kind is of deeds: "villagers blame the police" is a stand, no habit.
fn is_deed(kind: &Kind) -> bool {
    matches!(kind.family, Family::Event | Family::Commitment)
}

fn aspect(kind: &Kind, repeated: bool) -> Aspect {
    if kind.standing {
        Aspect::Standing
    } else if repeated {
        Aspect::Repeated
    } else {
        Aspect::Once
    }
}

/// The roles that a trigger's slots fill in a clause, or why it does not fire.
fn roles(
    view: &View<'_>,
    clause: &Clause,
    trigger: &Trigger,
    words: &[usize],
    kind: usize,
) -> Result<Vec<(usize, Cited<Filler>)>, String> {
    let mut roles: Vec<(usize, Cited<Filler>)> = Vec::new();
    let mut used: Vec<usize> = Vec::new();
    let mut filled: Vec<&Slot> = Vec::new();
    for (slot, fills) in &trigger.slots {
        if is_doer_after_all(view, clause, trigger, (slot, fills), kind) {
            continue;
        }
        let args = standing(view, clause, trigger, slot, words);
        let mut fits = false;
        let mut odd = false;
        for arg in &args {
            if used.contains(&arg.head) && !matches!(slot, Slot::To | Slot::That | Slot::Ing) {
                continue;
            }
            // "members of the army": the army is in whom they are.
            if clause.form == Form::Verb
                && matches!(slot, Slot::Prep(_))
                && roles.iter().any(|(_, held)| within_actor(view, held, arg.head))
            {
                continue;
            }
            let types = |role: usize| &view.pack.kinds.kinds[kind].roles[role].1;
            let fill = fills.iter().find_map(|fill| {
                let filler = value(view, arg, fill, &view.pack.kinds.kinds[kind])?;
                let says = types(fill.role).contains(&Type::Text);
                let filler = if says { said_whole(view, filler, trigger) } else { filler };
                Some((fill.role, filler))
            });
            match fill {
                // "one of his promises": the trigger fills no role of its own.
                Some((_, filler))
                    if clause.form == Form::Noun && holds(view, &filler, clause.head) => {}
                // "the money you give": whoever it is, nobody is told of; "we will kill you" is somebody.
                Some(_) if *slot == Slot::Subject && is_anybody(view, clause, arg.head) => {
                    odd = true;
                }
                // "those fled", "the person who fired": the role stays open.
                Some(_) if is_nameless(view, clause, arg.head) => {
                    fits = true;
                    used.push(arg.head);
                }
                Some((role, filler)) => {
                    fits = true;
                    used.push(arg.head);
                    let mut same = roles.iter().filter(|(other, _)| *other == role);
                    // "Rome and Bonn resumed their drills": who they are has been said.
                    let told = match is_pronoun(view, arg.head) {
                        true => same.next().is_some(),
                        false => same.any(|(_, cited)| cited.span == filler.span),
                    };
                    if !told {
                        roles.push((role, filler));
                    }
                }
                // Of what nothing is known, nothing keeps a rule from firing: the role stays open.
                None if *slot == Slot::Subject
                    && !trigger.known.contains(slot)
                    && is_unknown(view, arg.head) => {}
                None => odd |= is_core(clause, slot, arg),
            }
        }
        if odd && !fits {
            return Err(format!("the {} does not fit", slot.name()));
        }
        if fits {
            filled.push(slot);
        }
    }
    if let Some(needs) =
        trigger.needs.iter().find(|needs| !needs.iter().any(|need| filled.contains(&need)))
    {
        return Err(format!("no {}", needs.first().map_or("slot", Slot::name)));
    }
    let stands = |slot: &&Slot| !standing(view, clause, trigger, slot, words).is_empty();
    if let Some(slot) = trigger.without.iter().find(stands) {
        return Err(format!("there is a {}", slot.name()));
    }
    Ok(roles)
}

/// "his dismissal of the claims": where an "of" tells whom it is done to, the owner does it.
fn is_doer_after_all(
    view: &View<'_>,
    clause: &Clause,
    trigger: &Trigger,
    (slot, fills): (&Slot, &[Fill]),
    kind: usize,
) -> bool {
    let of = Slot::Prep(view.pack.clauses.possession.clone());
    let object = trigger.slots.iter().find(|(slot, _)| *slot == Slot::Object);
    let kind = &view.pack.kinds.kinds[kind];
    let told = |arg: &Arg, fill: &Fill| value(view, arg, fill, kind).is_some();
    let same = object.is_some_and(|(_, objects)| {
        let mut own = objects.iter().filter(|one| fills.iter().any(|other| other.role == one.role));
        own.any(|fill| clause.at(&of).any(|arg| told(arg, fill)))
    });
    *slot == Slot::Possessive && same
}

/// Whether a word stands in the words of an actor that fills a role.
fn within_actor(view: &View<'_>, held: &Cited<Filler>, head: usize) -> bool {
    matches!(held.value, Filler::Value(Value::Actor(_))) && holds(view, held, head)
}

fn holds(view: &View<'_>, filler: &Cited<Filler>, head: usize) -> bool {
    let bytes = view.doc().token(head).bytes();
    filler.span.start <= bytes.start && bytes.end <= filler.span.end
}

/// Whether a word names nobody: "those", "who" of a question, or "person" of "the person who fired".
fn is_nameless(view: &View<'_>, clause: &Clause, head: usize) -> bool {
    let (grammar, token) = (view.grammar, view.doc().token(head));
    let points = token.feature("PronType") == Some("Dem") && token.pos() == Pos::Pron;
    let told = || {
        grammar.relation(clause.carrier) == Relation::Relative
            && grammar.head(clause.carrier) == Some(head)
            && view.pack.clauses.nameless.contains(token.lemma())
    };
    // "did not say who fired": nobody is told.
    let asks = token.tag() == "WP" && grammar.antecedent(head) == head;
    // "anyone who leaves is shot", "everybody with a permit was asked to".
    let any = view.pack.clauses.anyone.contains(&token.norm().to_lowercase())
        && [Relation::Relative, Relation::Preposition, Relation::Participle]
            .into_iter()
            .any(|told| grammar.first(head, told).is_some());
    points || asks || any || told()
}

/// Whether a pronoun stands for anybody who does what is done at all times: "the money you give", not "you gave".
fn is_anybody(view: &View<'_>, clause: &Clause, head: usize) -> bool {
    let word = view.doc().token(head).norm().to_lowercase();
    clause.assertion.realis == Realis::Ongoing && view.pack.clauses.anybody.contains(&word)
}

fn is_pronoun(view: &View<'_>, head: usize) -> bool {
    view.doc().token(head).pos() == Pos::Pron
}

/// Whether nothing is known of what stands at a token: neither its class nor that it is a clause.
fn is_unknown(view: &View<'_>, head: usize) -> bool {
    view.class(head).is_none()
        && view.actor(head).is_none()
        && view.place(head).is_none()
        && view.period(head).is_none()
        && !view.grammar.is_predicate(head)
}

/// Whether something that fits no entry keeps a rule from firing: who does it, what it is done to.
fn is_core(clause: &Clause, slot: &Slot, arg: &Arg) -> bool {
    match clause.form {
        Form::Verb | Form::Adjective => matches!(slot, Slot::Subject | Slot::Object),
        Form::Noun => *slot == arg.slot && matches!(slot, Slot::Subject),
    }
}

/// What stands in a slot, the trigger's own words apart. A noun's subject and object stand in
/// possessives, compounds and "of".
fn standing<'a>(
    view: &View<'_>,
    clause: &'a Clause,
    trigger: &Trigger,
    slot: &Slot,
    words: &[usize],
) -> Vec<&'a Arg> {
    let names = |wanted: &Slot| trigger.slots.iter().any(|(slot, _)| slot == wanted);
    let of = Slot::Prep(view.pack.clauses.possession.clone());
    let wanted: Vec<Slot> = match (clause.form, slot) {
        (Form::Noun, Slot::Subject) => {
            let mut slots = vec![Slot::Subject];
            if !names(&Slot::Possessive) {
                slots.push(Slot::Possessive);
            }
            if !names(&Slot::Compound) {
                slots.push(Slot::Compound);
            }
            if !names(&Slot::Object) && !names(&of) {
                slots.push(of);
            }
            slots
        }
        (Form::Noun, Slot::Object) => {
            let mut slots = vec![];
            if !names(&of) {
                slots.push(of);
            }
            if !names(&Slot::Compound) {
                slots.push(Slot::Compound);
            }
            slots
        }
        // A language's sign of the infinitive may be a preposition, too.
        (_, Slot::To) => vec![Slot::To, Slot::Prep(slot.name().to_owned())],
        (_, slot) => vec![slot.clone()],
    };
    // "draft agreements": what says how the noun is meant is none of its parts.
    let says_how = |arg: &Arg| {
        let token = view.doc().token(arg.head);
        arg.slot == Slot::Compound
            && view.pack.clauses.modifiers.contains_key(&token.norm().to_lowercase())
    };
    let free = |arg: &&Arg| !words.contains(&arg.head) && !says_how(arg);
    let label = names(&Slot::Attribute).then(|| label(view, clause)).flatten();
    let mut all = Vec::new();
    for slot in &wanted {
        let stands = |arg: &&Arg| match Some(arg.head) == label {
            true => *slot == Slot::Attribute,
            false => arg.slot == *slot,
        };
        all.extend(clause.args.iter().filter(stands).filter(free));
    }
    all
}

/// Of a verb's two objects the second, which the parser takes a label for: "designated the group **a terrorist
/// organisation**".
fn label(view: &View<'_>, clause: &Clause) -> Option<usize> {
    let own = |head: &usize| {
        view.grammar.relation(*head) == Relation::Object
            && view.grammar.head(*head) == Some(clause.head)
    };
    let mut objects = clause.at(&Slot::Object).map(|arg| arg.head).filter(own);
    let (_, second, third) = (objects.next()?, objects.next()?, objects.next());
    third.is_none().then_some(second)
}
