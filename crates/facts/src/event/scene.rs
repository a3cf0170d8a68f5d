//! Where and when: places and times given to the clause they belong to, wherever the parser hung them.

use std::collections::HashSet;

use super::rules::Type;
use super::values::{View, is_of_deed};
use super::{Draft, Filler};
use crate::claim::{Aspect, Family, Realis, Value};
use crate::clause::grammar::{Grammar, REACH};
use crate::clause::labels::{Relation, VerbForm, verb_form};
use crate::value::Cited;
use crate::value::period::{self, Precision};
use crate::value::place::{self, Form};
use atalaya_parse::{Pos, Token};

/// The longest words between brackets or dashes that are looked through.
const LONG: usize = 40;

/// Fills `where` and `when` of every draft.
pub(super) fn add(view: &View<'_>, drafts: &mut [Draft]) {
    let scene = Scene::of(view);
    let heads: Vec<usize> = drafts.iter().map(|draft| draft.carrier).collect();
    let nouns: HashSet<usize> = drafts.iter().map(|draft| draft.head).collect();
    for draft in drafts.iter_mut() {
        let kind = &view.pack.kinds.kinds[draft.kind];
        if let Some(role) = kind.role("where") {
            for token in stands(view, &scene.places, draft, &heads, &nouns) {
                let Some(place) = view.place(token) else { continue };
                let value = Filler::Value(Value::Place(place.value.clone()));
                push(draft, role, Cited::new(value, place.span.clone()));
            }
        }
        if let Some(role) = kind.role("when") {
            for token in stands(view, &scene.periods, draft, &heads, &nouns).into_iter().take(1) {
                let Some(period) = view.period(token) else { continue };
                let value = Filler::Value(Value::Period(period.value.clone()));
                push(draft, role, Cited::new(value, period.span.clone()));
                sum(draft, &period.value);
            }
        }
    }
}

fn push(draft: &mut Draft, role: usize, cited: Cited<Filler>) {
    let held = draft
        .roles
        .iter()
        .any(|(_, other)| other.span.start < cited.span.end && cited.span.start < other.span.end);
    if !held {
        draft.roles.push((role, cited));
    }
}

/// A count of things over a stretch of time is a sum, not one deed.
fn sum(draft: &mut Draft, period: &period::Period) {
    let counted = draft.roles.iter().any(|(_, cited)| {
        matches!(&cited.value, Filler::Value(Value::Quantity(quantity)) if quantity.low.is_some_and(|low| low > 1.0))
    });
    let stretch =
        matches!(period.precision, Precision::Range | Precision::Length) || period.length.is_some();
    if counted && stretch && draft.aspect == Aspect::Once {
        draft.aspect = Aspect::Total;
    }
}

/// The tokens of the places and times that can tell where and when something was.
struct Scene {
    places: Vec<usize>,
    periods: Vec<usize>,
}

impl Scene {
    fn of(view: &View<'_>) -> Scene {
        let token = |start: usize, end: usize| {
            let doc = view.doc();
            let first = doc.token_at(start)?.index();
            let last = doc.token_at(end.saturating_sub(1))?.index();
            doc.span(first..last + 1).root().map(atalaya_parse::Token::index)
        };
        let places = view.part.places.iter().filter(|cited| {
            is_scene(&cited.value)
                && !is_compared(view, cited.span.start)
                && !token(cited.span.start, cited.span.end)
                    .is_some_and(|at| is_owner(view, at) || is_of_name(view, at))
                || token(cited.span.start, cited.span.end)
                    .is_some_and(|at| is_scene_within(view, &cited.value, at))
        });
        let periods = view.part.periods.iter().filter(|cited| {
            !matches!(cited.value.kind, period::Kind::Set)
                && !matches!(cited.value.precision, Precision::Order(_))
                && (cited.value.kind == period::Kind::When || cited.value.length.is_some())
        });
        Scene {
            places: places.filter_map(|c| token(c.span.start, c.span.end)).collect(),
            periods: periods.filter_map(|c| token(c.span.start, c.span.end)).collect(),
        }
    }
}

/// Whether a place only owns the body that somebody is of: "an officer in Peru's army", not "in Lima's
/// south".
fn is_owner(view: &View<'_>, token: usize) -> bool {
    let grammar = view.grammar;
    let owned = grammar.head(token).filter(|&owned| view.actor(owned).is_some());
    let of = owned
        .filter(|_| grammar.relation(token) == Relation::Possessive)
        .and_then(|owned| grammar.head(owned))
        .and_then(|preposition| grammar.head(preposition));
    of.is_some_and(|of| view.actor(of).is_some())
}

/// Whether a place's name only stands within another or with a body's: "the Rota administration", "the Lima
/// Palace", "the Lima office of the party"; "Sonora state" and "Manta airport" are where it stands.
fn is_of_name(view: &View<'_>, token: usize) -> bool {
    let grammar = view.grammar;
    let noun = grammar.head(token).filter(|_| grammar.relation(token) == Relation::Compound);
    noun.is_some_and(|noun| {
        let of = grammar
            .those(noun, Relation::Preposition)
            .any(|preposition| grammar.token(preposition).norm() == view.pack.clauses.possession);
        let body = || view.class(noun).is_some_and(|class| view.pack.classes.is_actor(class));
        let kind = view.pack.places.is_kind(grammar.token(noun).lemma());
        view.place(noun).is_none()
            && (of && !kind || grammar.token(noun).pos() == Pos::Propn || body())
    })
}

/// Whether a place is only what another is compared with: "a larger toll than in Juarez".
fn is_compared(view: &View<'_>, start: usize) -> bool {
    let Some(first) = view.doc().token_at(start).map(atalaya_parse::Token::index) else {
        return false;
    };
    first.checked_sub(2).is_some_and(|at| {
        view.pack.clauses.baselines.contains(&view.doc().token(at).norm().to_lowercase())
    })
}

/// Whether a place's words can say where something was: "in", "near", "off"; never "from" and "to".
pub(crate) fn is_scene(place: &place::Place) -> bool {
    use place::Relation::{At, Between, Near, Off};
    place.form != Form::Adjective && matches!(place.relation, Some(At | Near | Off | Between))
}

/// Whether a place stands within a phrase that says where: "in cities like Lyon", "in the city of Lyon".
fn is_scene_within(view: &View<'_>, place: &place::Place, token: usize) -> bool {
    if place.relation.is_some() || place.form != Form::Name {
        return false;
    }
    let grammar = view.grammar;
    let mut at = token;
    for _ in 0..4 {
        let Some(head) = grammar.head(at) else { return false };
        match grammar.relation(at) {
            Relation::PrepositionObject => {
                let Some(noun) =
                    grammar.head(head).filter(|_| at != token || !grammar.is_predicate(head))
                else {
                    return false;
                };
                let word = grammar.token(head).norm().to_lowercase();
                if at != token && view.pack.places.says_where(&word) {
                    return true;
                }
                at = noun;
            }
            Relation::Conjunct | Relation::Apposition => at = head,
            _ => return false,
        }
    }
    false
}

/// The tokens among `all` that belong to a draft: those of its own clause, or else the sole one that
/// hangs on a participle within it, or else those of the clause whose participle it is.
fn stands(
    view: &View<'_>,
    all: &[usize],
    draft: &Draft,
    heads: &[usize],
    nouns: &HashSet<usize>,
) -> Vec<usize> {
    let grammar = view.grammar;
    let sentence = view.doc().token(draft.head).sentence().range();
    let first = all.partition_point(|&token| token < sentence.start);
    let near: Vec<usize> = all[first..]
        .iter()
        .copied()
        .take_while(|token| sentence.contains(token))
        .take(REACH)
        .collect();
    let own: Vec<usize> = near
        .iter()
        .copied()
        .filter(|&token| {
            is_own(grammar, token, draft)
                && !is_anothers(grammar, token, draft, nouns)
                && !is_of_somebody(view, token, draft)
                && !is_of_content(view, token, draft)
                && !is_anothers_day(view, token, draft)
                && !is_inserted(grammar, token, draft.head)
        })
        .collect();
    if !own.is_empty() {
        return own;
    }
    let below = near
        .iter()
        .copied()
        .filter(|&token| is_below(view, token, draft, heads) && !is_of_crime(view, token, draft))
        .filter(|&token| !is_of_content(view, token, draft))
        .filter(|&token| !is_anothers_day(view, token, draft));
    let below: Vec<usize> = below.collect();
    if below.len() == 1 {
        return below;
    }
    above(view, &near, draft).into_iter().filter(|&at| !is_anothers_day(view, at, draft)).collect()
}

/// Whether a token hangs on the draft's noun or verb, with no other predicate between.
fn is_own(grammar: &Grammar<'_>, token: usize, draft: &Draft) -> bool {
    let carried = draft.carrier != draft.head || grammar.is_predicate(draft.head);
    if carried && grammar.owner(token) == draft.carrier {
        return true;
    }
    std::iter::successors(Some(token), |&at| {
        (!grammar.is_predicate(at)).then(|| grammar.head(at)).flatten()
    })
    .take(REACH)
    .any(|at| at == draft.head)
}

/// Whether a noun that tells an event of its own stands between a token and the draft: "after the arrests
/// in May they fled".
fn is_anothers(grammar: &Grammar<'_>, token: usize, draft: &Draft, nouns: &HashSet<usize>) -> bool {
    let up = std::iter::successors(Some(token), |&at| {
        (!grammar.is_predicate(at)).then(|| grammar.head(at)).flatten()
    });
    let between = up.take(REACH).take_while(|&at| at != draft.head && at != draft.carrier);
    between.into_iter().any(|at| nouns.contains(&at) && !grammar.is_predicate(at))
}

/// Whether a place or time only says of whom a role is told: "Acioli, a judge in Niteroi, was killed",
/// "captured the head of operations in Lima".
fn is_of_somebody(view: &View<'_>, token: usize, draft: &Draft) -> bool {
    let grammar = view.grammar;
    let mut nouns = 0;
    let mut at = token;
    for _ in 0..REACH {
        let Some(head) = grammar.head(at).filter(|_| !grammar.is_predicate(at)) else {
            return false;
        };
        if at == draft.head || at == draft.carrier {
            return false;
        }
        let noun = matches!(grammar.token(at).pos(), Pos::Noun | Pos::Propn);
        if noun && at != token && view.place(at).is_none() && view.period(at).is_none() {
            nouns += 1;
            if grammar.relation(at) == Relation::Apposition && view.actor(at).is_some() {
                return true;
            }
        }
        if nouns > 1 && view.actor(at).is_some() {
            return true;
        }
        at = head;
    }
    false
}

/// Whether a time is of a deed that the draft's only follows or precedes: "charged after a raid in May".
fn is_anothers_day(view: &View<'_>, token: usize, draft: &Draft) -> bool {
    let grammar = view.grammar;
    if view.period(token).is_none() {
        return false;
    }
    let mut at = token;
    let mut noun = false;
    for _ in 0..REACH {
        let Some(head) = grammar.head(at).filter(|_| at != draft.head && at != draft.carrier)
        else {
            return false;
        };
        let word = grammar.token(at).norm().to_lowercase();
        if grammar.relation(at) == Relation::Preposition && view.pack.clauses.later.contains(&word)
        {
            return noun;
        }
        noun |=
            matches!(grammar.token(at).pos(), Pos::Noun | Pos::Propn) && view.period(at).is_none();
        at = head;
    }
    false
}

/// Whether a place or time stands within brackets or between dashes that the deed stands before or behind: "sells in Asia
/// (in Nigeria it is cheaper)".
fn is_inserted(grammar: &Grammar<'_>, token: usize, deed: usize) -> bool {
    let sentence = grammar.token(token).sentence().range();
    let text = |at: &usize| grammar.token(*at).text();
    let opens = (sentence.start..token).rev().take(LONG).find(|at| matches!(text(at), "(" | ")"));
    let bracket = opens.filter(|at| text(at) == "(");
    let is_dash = |at: &usize| matches!(text(at), "--" | "—" | "–");
    let before = || (sentence.start..token).rev().take(LONG).find(is_dash);
    let after = || (token + 1..sentence.end).take(LONG).find(is_dash);
    let closes = || (token + 1..sentence.end).take(LONG).find(|at| text(at) == ")");
    let within = |first: usize, last: usize| !(first..last).contains(&deed);
    match bracket {
        Some(first) => closes().is_some_and(|last| within(first, last)),
        None => before().zip(after()).is_some_and(|(first, last)| within(first, last)),
    }
}

/// Whether a place or time is that of the crime for which somebody is judged: "jailed for the 1995 murder of
/// Ruiz at a Lima rally".
fn is_of_crime(view: &View<'_>, token: usize, draft: &Draft) -> bool {
    let crime = view.pack.kinds.kinds[draft.kind].role("crime");
    let mut crimes = draft.roles.iter().filter(|(role, _)| Some(*role) == crime);
    let within = |span: &std::ops::Range<usize>| {
        let last = span.end.saturating_sub(1);
        let noun = view.doc().token_at(last).map(atalaya_parse::Token::index);
        let noun = noun.map(|noun| view.grammar.edges(noun));
        noun.is_some_and(|(first, last)| (first..=last).contains(&token))
    };
    crimes.any(|(_, cited)| within(&cited.span))
}

/// Whether a place or time stands within what is said, asked for or looked into, or right behind whom it is
/// said of: "condemned the invasion of Kuwait in August", "accused a club in Lima of fraud".
fn is_of_content(view: &View<'_>, token: usize, draft: &Draft) -> bool {
    let (grammar, doc) = (view.grammar, view.doc());
    let kind = &view.pack.kinds.kinds[draft.kind];
    let says = matches!(kind.family, Family::Allegation | Family::Position);
    let first = view.place(token).map(|place| place.span.start);
    let first = first.or_else(|| view.period(token).map(|period| period.span.start));
    draft.roles.iter().any(|(role, cited)| {
        // "signed an agreement in May": the name is that of what was done then.
        let content = kind.roles[*role].1.contains(&Type::Text) && kind.roles[*role].0 != "name";
        let last = doc.token_at(cited.span.end.saturating_sub(1)).map(Token::index);
        let start = doc.token_at(cited.span.start).map(Token::index);
        let (Some(start), Some(last)) = (start, last) else { return false };
        let within = || {
            let head = doc.span(start..last.max(start) + 1).root().map(Token::index);
            let edges = head.map(|head| grammar.edges(head));
            start > draft.head
                && edges.is_some_and(|(first, last)| (first..=last).contains(&token))
                && head.is_some_and(|head| {
                    let (first, last) = grammar.edges(head);
                    let deed = grammar.is_predicate(head) || is_of_deed(view, token, head);
                    (deed || says) && !(first..=last).contains(&draft.head)
                })
        };
        // A preposition and an article may stand between.
        let beside = || {
            let first = first.and_then(|at| doc.token_at(at)).map(Token::index);
            first.is_some_and(|first| {
                start > draft.carrier
                    && last < first
                    && first - last <= 3
                    && (last + 1..first)
                        .all(|at| matches!(grammar.token(at).pos(), Pos::Adp | Pos::Det))
                    && view.place(token).is_some()
                    && draft.roles.iter().any(|(_, other)| {
                        doc.token_at(other.span.start).is_some_and(|it| it.index() > first)
                    })
            })
        };
        content && within() || says && beside()
    })
}

/// Whether a token hangs on a participle within the draft's clause, which tells no event itself.
fn is_below(view: &View<'_>, token: usize, draft: &Draft, heads: &[usize]) -> bool {
    let grammar = view.grammar;
    // "40 were killed, including 16 killed on Monday": the day is theirs alone.
    let example = |noun: usize| {
        let above =
            grammar.head(noun).filter(|_| grammar.relation(noun) == Relation::PrepositionObject);
        above.is_some_and(|at| view.pack.clauses.examples.contains(grammar.token(at).norm()))
    };
    let mut at = grammar.owner(token);
    for _ in 0..REACH {
        if at == draft.carrier || at == draft.head {
            return true;
        }
        let bare = matches!(grammar.relation(at), Relation::Participle | Relation::Adverbial)
            && matches!(verb_form(grammar.token(at)), VerbForm::PastParticiple | VerbForm::Gerund);
        if !bare || heads.contains(&at) {
            return false;
        }
        let Some(head) = grammar.head(at) else { return false };
        if example(head) {
            return false;
        }
        if head == draft.head {
            return true;
        }
        at = grammar.owner(head);
    }
    false
}

/// Whether what stands with one verb is told of the next too: "on Monday they met, and signed" and "met on
/// Monday and signed"; "met on Monday, but signed" and "was asked on Monday to sign" leave the day open.
fn is_shared(view: &View<'_>, token: usize, verb: usize, next: usize, draft: &Draft) -> bool {
    let grammar = view.grammar;
    let between = token.min(next)..token.max(next);
    match grammar.relation(next) {
        // "was caught on Monday and is accused": what goes on is not of a day long past.
        Relation::Conjunct
            if draft.assertion.realis == Realis::Ongoing && is_past(grammar, verb) =>
        {
            false
        }
        // "condemned the raid on the port on Monday and left": the day is the raid's.
        Relation::Conjunct => {
            let noun = |at: usize| grammar.token(at).pos() == Pos::Noun;
            // "the invasion of Kuwait": what a noun is of makes more of it than a thing.
            let deed = |at: usize| {
                let token = grammar.token(at);
                let of = token.norm() == view.pack.clauses.possession;
                of && grammar.head(at).is_some_and(noun)
                    || noun(at) && view.pack.kinds.tells(&token.lemma().to_lowercase())
            };
            token < verb
                || between.take(REACH).all(|at| grammar.token(at).pos() != Pos::Punct)
                    && !(verb + 1..token).take(REACH).any(deed)
        }
        Relation::Open => next < token || draft.assertion.realis.is_real(),
        _ => true,
    }
}

/// Whether a verb is told in the past: "was caught", "left".
fn is_past(grammar: &Grammar<'_>, verb: usize) -> bool {
    let aids = [Relation::Auxiliary, Relation::PassiveAuxiliary];
    let first = grammar.children(verb).find(|&child| aids.contains(&grammar.relation(child)));
    verb_form(grammar.token(first.unwrap_or(verb))) == VerbForm::Past
}

/// Those of the clause that a participle, an infinitive or a joined verb without its own depends on.
fn above(view: &View<'_>, near: &[usize], draft: &Draft) -> Vec<usize> {
    let grammar = view.grammar;
    let mut at = draft.carrier;
    for _ in 0..3 {
        let shares = match grammar.relation(at) {
            // "a week before he is set to leave" is a clause of its own.
            Relation::Adverbial => {
                let own = [Relation::Subject, Relation::PassiveSubject];
                let told = own.iter().any(|&own| grammar.first(at, own).is_some());
                // "was in Bath when they were shot": that is where.
                let then = grammar.those(at, Relation::Adverb).any(|at| {
                    view.pack.clauses.whenever.contains(&grammar.token(at).norm().to_lowercase())
                });
                (!told || then)
                    && matches!(
                        verb_form(grammar.token(at)),
                        VerbForm::Gerund | VerbForm::PastParticiple
                    )
                    && !grammar.those(at, Relation::Mark).any(|mark| {
                        view.pack.clauses.apart.contains(&grammar.token(mark).norm().to_lowercase())
                    })
            }
            Relation::Open => true,
            Relation::Conjunct => {
                grammar.is_predicate(at)
                    && grammar.first(at, Relation::Subject).is_none()
                    && grammar.first(at, Relation::PassiveSubject).is_none()
            }
            _ => false,
        };
        let Some(head) = grammar.head(at).filter(|_| shares) else { return Vec::new() };
        let found: Vec<usize> = near
            .iter()
            .copied()
            .filter(|&token| {
                grammar.owner(token) == head && is_shared(view, token, head, at, draft)
            })
            .collect();
        if !found.is_empty() {
            return found;
        }
        at = head;
    }
    Vec::new()
}
