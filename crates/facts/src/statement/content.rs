//! What is said in the reporter's words: the clause, phrase or noun that a word of saying leads to.
#![expect(
    clippy::single_range_in_vec_init,
    reason = "what is said is a list of stretches, often of one"
)]

use std::ops::Range;

use atalaya_parse::{Pos, Token};

use crate::speech::{Sense, Words};

use super::according::{fronted, phrase};
use super::asides::{back, cut, joined, listed, on};
use super::cue::{self, Cue, nominal};
use super::text::Text;
use super::{Statement, by_cue, form};

/// The statement of a cue outside quotations, if something is said by it.
pub(super) fn reported(
    words: &Words,
    text: &Text<'_>,
    part: usize,
    unit: &Range<usize>,
    cues: &[Cue],
    cue: &Cue,
) -> Option<Statement> {
    // "So said the envoy": what was said stands before.
    let so = cue.words.start.checked_sub(1).is_some_and(|at| {
        unit.contains(&at) && words.so.contains(text.token(at).norm()) && at == unit.start
    });
    if so || words.so.contains(text.token(cue.words.start).norm()) && cue.words.start == unit.start
    {
        return None;
    }
    // "what the driver said": it is not told what.
    if text.token(cue.at).children().any(|c| c.dep() == "dobj" && c.tag() == "WP") {
        return None;
    }
    let trails = !cue.noun && cue::trails(text, cue, unit);
    let speaker = match trails {
        true => cue::inverted(text, cue),
        false => speaker(words, text, cue),
    };
    // "The bureau said that …, the paper reported": the tag at the end is another's.
    let before_tag = unit.start..tail(words, text, unit, cues, cue);
    if cue.noun && speaker.is_none() && belongs_to_verb(words, text, cues, cue) {
        return None;
    }
    let content = match cue.noun {
        true => noun_content(words, text, unit, cue)?,
        // "Mora said that it rained, reported El Faro": all that stands before.
        false if trails => vec![told_before(text, unit, cue)..cue.words.start - 1],
        false => around_inverted(text, unit, cue)
            .or_else(|| complement(words, text, &before_tag, cues, cue))
            .or_else(|| around(words, text, unit, cue, speaker))
            .or_else(|| on_the_surface(words, text, unit, cue))?,
    };
    let content = match cue.noun || trails {
        true => content,
        false => around_tag(words, text, &before_tag, cue, content),
    };
    let content: Vec<Range<usize>> = content
        .into_iter()
        .map(|range| without_brackets(text, whole_quotes(text, range, cue)))
        .map(|range| on_of(words, text, unit, range))
        .map(|range| without_joint(text, range))
        .map(|range| without_dateline(text, range))
        .filter(|range| !range.is_empty())
        .collect();
    // "to reveal such details would help": what an infinitive is to say stands behind it.
    let infinitive = !cue.noun && text.token(cue.at).children().any(|child| child.tag() == "TO");
    if infinitive && content.first().is_some_and(|range| range.start < cue.words.start) {
        return None;
    }
    let content = with_subject(text, &before_tag, cue, content);
    // "which it had said was unacceptable": what was is not told.
    if content.first().is_some_and(|said| lacks_subject(text, cue, said)) {
        return None;
    }
    let bytes: Vec<Range<usize>> =
        content.iter().filter_map(|range| text.bytes(range.clone())).collect();
    if bytes.is_empty() {
        return None;
    }
    let mut statement = by_cue(words, text, part, cue, speaker);
    // "there are reports that": nobody else says it.
    if cue.noun && statement.sources.is_empty() && words.is_document(text.token(cue.at)) {
        statement.sources.push(super::source(words, text, part, cue.at));
    }
    statement.form = form(text, &content);
    statement.content = bytes;
    statement.asks = asks(words, text, cue, &content);
    statement.judges = cue.entry(words).judges
        && statement.form == super::Form::Indirect
        && !tells_deed(text, cue);
    Some(statement)
}

/// What a tag stands in the midst of goes on behind it: "What comes next, he wrote, **is a new market**",
/// "It had got worse, she added, **because the police had left**".
fn around_tag(
    words: &Words,
    text: &Text<'_>,
    unit: &Range<usize>,
    cue: &Cue,
    content: Vec<Range<usize>>,
) -> Vec<Range<usize>> {
    let tag = tag_start(text, cue);
    let [before] = content.as_slice() else { return content };
    let name = cue::inverted(text, cue).map(|name| text.reach(name).end);
    let end = name.unwrap_or(cue.words.end);
    let closed = before.end <= tag
        && tag > before.start
        && text.is_mark(tag - 1, &[","])
        && end + 1 < unit.end
        && text.is_mark(end, &[","]);
    if !closed {
        return content;
    }
    let rest = end + 1..unit.end;
    let first = text.token(rest.start);
    let goes_on = matches!(first.dep(), "mark" | "prep")
        && !words.contrasts.contains(first.norm())
        && !words.like.contains(first.norm());
    let above = text.token(cue.at).head().index();
    let told_behind =
        rest.contains(&above) || rest.clone().any(|at| text.token(at).is_root() && at != cue.at);
    let told_before = before.clone().any(|at| {
        let token = text.token(at);
        token.is_root() || at == above || token.dep() == "ccomp" && token.head().index() == cue.at
    });
    match goes_on || told_behind && !told_before {
        true => vec![before.clone(), rest],
        false => content,
    }
}

/// What is said with its subject, where the parser has given that to the verb of saying: "said **his band and its
/// pilot** wrote it", "**The answer**, he told them, was simple".
fn with_subject(
    text: &Text<'_>,
    unit: &Range<usize>,
    cue: &Cue,
    content: Vec<Range<usize>>,
) -> Vec<Range<usize>> {
    let [said] = content.as_slice() else { return content };
    if !lacks_subject(text, cue, said) {
        return content;
    }
    let tag = tag_start(text, cue);
    if tag > unit.start + 1 && text.is_mark(tag - 1, &[","]) {
        return vec![unit.start..tag - 1, said.clone()];
    }
    let between = cue.words.end..said.start;
    let named = between.clone().any(|at| {
        text.outside(at) && matches!(text.token(at).dep(), "dobj" | "conj" | "appos" | "nsubj")
    });
    let plain =
        between.len() <= SUBJECT && !between.clone().any(|at| text.token(at).pos() == Pos::Adp);
    match named && plain && !cue.hearer {
        true => vec![cue.words.end..said.end],
        false => content,
    }
}

/// Whether what is said begins with a verb that has no subject.
fn lacks_subject(text: &Text<'_>, cue: &Cue, said: &Range<usize>) -> bool {
    let first = text.token(said.start);
    let finite = matches!(first.tag(), "VBD" | "VBZ" | "VBP" | "MD");
    !cue.noun && finite && text.outside(said.start) && said.start >= cue.words.end
}

/// The most words of a subject that is looked for behind a verb of saying.
const SUBJECT: usize = 24;

/// What is said without the place that a report opens with: "**LIMA -** The code could be used, he said".
fn without_dateline(text: &Text<'_>, range: Range<usize>) -> Range<usize> {
    let capital = |at: usize| {
        let word = text.token(at).text();
        word.chars().any(char::is_alphabetic) && !word.chars().any(char::is_lowercase)
    };
    let dash = range.clone().take(DATELINE).find(|&at| text.is_mark(at, &["-", "--", "—", "–"]));
    let opens = text.token(range.start).sentence().range().start == range.start;
    let place = |dash: &usize| *dash > range.start && (range.start..*dash).take(2).all(capital);
    let spaced = |dash: &usize| text.token(*dash - 1).space_after();
    match dash.filter(|_| opens).filter(place).filter(spaced) {
        Some(dash) if dash + 1 < range.end => dash + 1..range.end,
        _ => range,
    }
}

/// The most words of a place that a report opens with, its day and agency among them.
const DATELINE: usize = 8;

/// What is said without the "and" by which its speaker goes on: "said it rained, **and** asked …".
fn without_joint(text: &Text<'_>, mut range: Range<usize>) -> Range<usize> {
    let joint = |at: usize| text.outside(at) && text.token(at).pos() == Pos::Cconj;
    while range.len() > 1 && joint(range.end - 1) {
        range.end -= 1;
        if range.len() > 1 && text.is_mark(range.end - 1, &[","]) {
            range.end -= 1;
        }
    }
    range
}

/// What is said without what the reporter puts in brackets before it: "(See the report here) …".
fn without_brackets(text: &Text<'_>, range: Range<usize>) -> Range<usize> {
    let opens = range.clone().next().filter(|&at| text.is_mark(at, &["("]));
    let close = opens.and_then(|_| range.clone().find(|&at| text.is_mark(at, &[")"])));
    close.filter(|&at| at + 1 < range.end).map_or(range.start, |at| at + 1)..range.end
}

/// What is said with what its quoted noun is of: `a "recasting" **of the police**`.
fn on_of(words: &Words, text: &Text<'_>, unit: &Range<usize>, range: Range<usize>) -> Range<usize> {
    let next = range.end;
    let quoted = !range.is_empty() && text.quote(next - 1).is_some();
    let of = quoted
        && next < unit.end
        && text.outside(next)
        && words.of.contains(text.token(next).norm())
        && text.token(next).dep() == "prep";
    if of { range.start..text.reach(next).end.min(unit.end).max(next) } else { range }
}

/// Whether something is to be done and nothing told: "urged the courts to free him", "ordered a raid".
fn asks(words: &Words, text: &Text<'_>, cue: &Cue, content: &[Range<usize>]) -> bool {
    let entry = cue.entry(words);
    let inside = |child: &Token<'_>| content.iter().any(|range| range.contains(&child.index()));
    let clauses = || text.token(cue.at).children().filter(inside);
    let told = |child: Token<'_>| child.dep() == "ccomp" && shape(child) == Shape::Clause;
    let infinitive = |child: Token<'_>| {
        matches!(child.dep(), "xcomp" | "ccomp" | "acl") && shape(child) == Shape::Infinitive
    };
    // "claimed to have killed him" tells.
    entry.wants
        && !cue.passive
        && !clauses().any(told)
        && (clauses().any(infinitive) || entry.takes.object)
}

/// Whether somebody is accused of a deed that is told, "accused of taking bribes", and not of one that is
/// known, "blamed for the arrest".
fn tells_deed(text: &Text<'_>, cue: &Cue) -> bool {
    let prepositions = text.token(cue.at).children().filter(|child| child.dep() == "prep");
    prepositions.flat_map(Token::children).any(|child| child.dep() == "pcomp")
}

/// The part of a sentence between semicolons that a token stands in, where each part is a clause of its
/// own: "…; the office reported that …".
pub(super) fn part_of(text: &Text<'_>, unit: &Range<usize>, at: usize) -> Range<usize> {
    let clause = |range: Range<usize>| range.clone().any(|at| text.subject(at).is_some());
    let mut part = unit.clone();
    for semicolon in unit.clone().filter(|&at| text.is_mark(at, &[";"])) {
        if !clause(part.start..semicolon) || !clause(semicolon + 1..unit.end) {
            continue;
        }
        match semicolon < at {
            // The tag at the end is no clause of the last part: "…; a term of ten years, reported El Faro".
            true if !clause(semicolon + 1..at) => {}
            true => part.start = semicolon + 1,
            false => {
                part.end = semicolon;
                break;
            }
        }
    }
    part
}

/// Where what a tag at the end tells begins: behind the last semicolon, if a clause stands there.
fn told_before(text: &Text<'_>, unit: &Range<usize>, cue: &Cue) -> usize {
    let part = part_of(text, unit, cue.at);
    let mut own = part.start..cue.words.start;
    let clause = own.any(|at| text.subject(at).is_some());
    if clause { part.start } else { unit.start }
}

/// "The raid was the first, reported El Faro, and left two dead": a name behind its verb in the midst of
/// what it tells.
fn around_inverted(text: &Text<'_>, unit: &Range<usize>, cue: &Cue) -> Option<Vec<Range<usize>>> {
    let name = cue::inverted(text, cue)?;
    let end = text.reach(name).end.max(name + 1);
    let said = |range: &Range<usize>| range.clone().any(|at| text.token(at).pos() == Pos::Verb);
    let joined = end + 1 < unit.end
        && text.is_mark(end, &[","])
        && text.token(end + 1).pos() == Pos::Cconj
        && text
            .token(cue.at)
            .children()
            .any(|c| c.dep() == "conj" && c.index() > end && text.subject(c.index()).is_none());
    let before = part_of(text, unit, cue.at).start..cue.words.start - 1;
    let verb = before.clone().any(|at| matches!(text.token(at).pos(), Pos::Verb | Pos::Aux));
    let after = end + 1..part_of(text, unit, cue.at).end;
    (joined && verb && said(&after)).then(|| vec![before, after])
}

/// Where a sentence ends for a cue: before a tag that names another source for all of it.
fn tail(words: &Words, text: &Text<'_>, unit: &Range<usize>, cues: &[Cue], cue: &Cue) -> usize {
    let Some(last) = text.last(unit) else { return unit.end };
    let tags = cues.iter().rev().take(4).filter(|other| other.at > cue.words.end && !other.noun);
    let tag = tags.into_iter().find_map(|other| {
        if cue::trails(text, other, unit) {
            return Some(other.words.start - 1);
        }
        let start = tag_start(text, other);
        let closes = other.words.end == last && text.subject(other.at).is_some();
        (closes && start > cue.words.end && text.is_mark(start - 1, &[","])).then(|| start - 1)
    });
    let phrase = || {
        let at = (cue.words.end..unit.end).find(|&at| phrase(words, text, unit, at).is_some())?;
        let (_, named) = phrase(words, text, unit, at)?;
        let ends = text.reach(named).end >= last && text.token(cue.at).dep() != "advcl";
        (ends && text.is_mark(at - 1, &[","])).then(|| at - 1)
    };
    tag.or_else(phrase).unwrap_or(unit.end)
}

/// Who says what a cue says.
fn speaker(words: &Words, text: &Text<'_>, cue: &Cue) -> Option<usize> {
    let token = text.token(cue.at);
    if cue.noun {
        return noun_speaker(words, text, token);
    }
    if cue.passive {
        return cue::agent(text, cue.at);
    }
    cue::subject(words, text, cue).filter(|&subject| text.token(subject).dep() != "expl")
}

/// Whether a verb of saying has this noun in what it says, or in its document.
fn belongs_to_verb(words: &Words, text: &Text<'_>, cues: &[Cue], cue: &Cue) -> bool {
    let mut above = text.token(cue.at).head();
    if above.dep() == "prep" {
        above = above.head();
    }
    let verb = cues.binary_search_by_key(&above.index(), |other| other.at).ok();
    verb.is_some_and(|number| {
        let entry = cues[number].entry(words);
        // "heard reports that": the reports say it.
        !cues[number].noun && !entry.hears && (entry.takes.object || entry.takes.clause)
    })
}

/// Whose claim it is: "the mayor's claim", "a claim by the mayor", "the mayor made a claim".
fn noun_speaker(words: &Words, text: &Text<'_>, token: Token<'_>) -> Option<usize> {
    let owner = token.children().find(|child| child.dep() == "poss");
    let by = |child: &Token<'_>| child.dep() == "prep" && words.by.contains(child.norm());
    let by = || token.children().find(by)?.children().find(|child| child.dep() == "pobj");
    if let Some(owner) = owner.or_else(by) {
        return text.outside(owner.index()).then(|| owner.index());
    }
    let verb = token.head();
    let lent = token.dep() == "dobj" && words.light.contains(verb.lemma());
    lent.then(|| text.subject(verb.index())).flatten()
}

fn noun_content(
    words: &Words,
    text: &Text<'_>,
    unit: &Range<usize>,
    cue: &Cue,
) -> Option<Vec<Range<usize>>> {
    let entry = cue.entry(words);
    let clause = text.token(cue.at).children().find(|child| {
        let kind = matches!(child.dep(), "acl" | "ccomp" | "relcl");
        let fits = match shape(*child) {
            Shape::Infinitive => entry.takes.infinitive,
            Shape::Clause => {
                entry.takes.clause && child.children().any(|mark| mark.dep() == "mark")
            }
            Shape::Gerund => false,
        };
        kind && fits && child.index() > cue.at
    });
    let phrase = || {
        let leads = |child: &Token<'_>| {
            child.index() > cue.at && child.dep() == "prep" && entry.with.contains(child.norm())
        };
        text.token(cue.at)
            .children()
            .find(leads)?
            .children()
            .find(|c| matches!(c.dep(), "pobj" | "pcomp"))
    };
    let content = clause.or_else(phrase)?;
    let reach = text.reach(content.index());
    Some(vec![reach.start.max(cue.words.end)..reach.end.min(unit.end)])
}

/// The shape of a clause that something hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Clause,
    Infinitive,
    Gerund,
}

fn shape(token: Token<'_>) -> Shape {
    let aux = |tag: &str| {
        token.children().any(|c| matches!(c.dep(), "aux" | "auxpass") && c.tag() == tag)
    };
    let helped = token.children().any(|c| matches!(c.dep(), "aux" | "auxpass") && c.tag() != "TO");
    match token.tag() {
        _ if aux("TO") => Shape::Infinitive,
        "VBG" if !helped => Shape::Gerund,
        _ => Shape::Clause,
    }
}

/// What hangs on a verb of saying as the thing said.
fn complement(
    words: &Words,
    text: &Text<'_>,
    unit: &Range<usize>,
    cues: &[Cue],
    cue: &Cue,
) -> Option<Vec<Range<usize>>> {
    let entry = cue.entry(words);
    let takes = entry.takes;
    let token = text.token(cue.at);
    let after = |child: &Token<'_>| child.index() > cue.at;
    // "They paid 40 million -- the ministry requested 60": the clause before is none of its own.
    // "They fled, the envoy told the press": whom it is told to is no such object.
    let tag = tag_start(text, cue);
    let marks = [",", "\"", "''", "”"];
    let told = entry.hearer && tag > unit.start && text.is_mark(tag - 1, &marks);
    let object = !told && token.children().any(|c| c.dep() == "dobj" && after(&c) && nominal(c));
    // "…; the office reported that it had not": nor is one beyond a semicolon, nor beside a "that".
    let marked = cue.words.end < unit.end && text.token(cue.words.end).dep() == "mark";
    let apart = |child: &Token<'_>| {
        (child.index()..cue.words.start).any(|at| text.is_mark(at, &[";"]))
            || marked && !text.is_mark(cue.words.start - 1, &[","])
    };
    // "when they came, he threatened to leave": a clause of time is nothing said.
    let time = |child: &Token<'_>| {
        let opens = |c: &Token<'_>| c.index() < child.index() && c.tag() == "WRB";
        let first = text.reach(child.index()).start;
        child.children().any(|c| opens(&c)) && text.outside(first)
    };
    let own = |child: &Token<'_>| {
        child.dep() == "ccomp" && (after(child) || !object && !apart(child) && !time(child))
    };
    // "While few were hurt, residents say they were afraid": what it is set against is told by nobody.
    let set_against = |child: &Token<'_>| {
        let first = text.reach(child.index()).start;
        child.index() < cue.at && words.contrasts.contains(text.token(first).norm())
    };
    let behind = token.children().any(|child| child.dep() == "ccomp" && after(&child));
    let own = |child: &Token<'_>| own(child) && !(behind && set_against(child));
    let clause = token.children().filter(own).find(|child| match shape(*child) {
        Shape::Clause => (takes.clause || takes.question) && is_proven(words, text, cue, *child),
        Shape::Infinitive => takes.infinitive,
        Shape::Gerund => takes.gerund || takes.clause,
    });
    if let Some(clause) = clause {
        return Some(of_clause(words, text, unit, cues, cue, clause));
    }
    if let Some(clause) = told_hearer(text, cue).filter(|_| takes.clause) {
        let reach = text.reach(clause.index());
        return Some(vec![reach.start..reach.end.min(unit.end)]);
    }
    let open = token.children().filter(|c| c.dep() == "xcomp").filter(after).find(|child| {
        match shape(*child) {
            Shape::Infinitive => takes.infinitive,
            Shape::Gerund => takes.gerund,
            Shape::Clause => takes.predicate,
        }
    });
    if let Some(open) = open {
        let reach = text.reach(open.index());
        // "urged the courts to free him": who is to do it belongs to what is asked.
        let object = token.children().filter(after).find(|c| c.dep() == "dobj");
        let object = object.or_else(|| called_for(text, cue));
        let object = object.filter(|c| c.index() < open.index() && !entry.hearer);
        let start = object.map_or(reach.start, |object| text.reach(object.index()).start);
        // "urged them to unite and tried to show …": what the speaker does next is not asked for.
        let next = open.children().find(|c| {
            c.dep() == "conj"
                && matches!(c.tag(), "VBD" | "VBZ" | "VBP")
                && shape(open) == Shape::Infinitive
                && text.subject(c.index()).is_none()
        });
        let stop = next.and_then(|next| {
            open.children().find(|c| c.dep() == "cc" && c.index() < next.index()).map(Token::index)
        });
        let end = stop.unwrap_or_else(|| with_condition(words, text, unit, cue, reach.end));
        return Some(with_passive_subject(words, text, unit, cue, start..end));
    }
    // "a boat called Marlin" bears a name, which nobody says.
    // "gangs called either clans or bands": so they are named.
    let what = token.children().any(|c| c.dep() == "dobj") || token.dep() == "relcl";
    let named = entry.sense == Sense::Naming && !what && token.tag() != "VBG";
    let bears = cue.passive && token.dep() == "acl" && cue::agent(text, cue.at).is_none()
        || named && !cue.passive;
    if takes.predicate
        && !bears
        && let Some(range) = judgement(words, text, cue)
    {
        return Some(with_passive_subject(words, text, unit, cue, range));
    }
    let leads = |child: &Token<'_>| {
        after(child)
            && matches!(child.dep(), "prep" | "dative")
            && entry.with.contains(child.norm())
    };
    let phrase = token
        .children()
        .find(leads)
        .and_then(|prep| prep.children().find(|c| matches!(c.dep(), "pobj" | "pcomp")));
    let object = token.children().filter(after).find(|c| c.dep() == "dobj" && takes.object);
    let object = object.filter(|object| text.outside(object.index()) || takes.object);
    let (first, last) = match (object, phrase) {
        // "accused the guards of theft"
        (Some(object), Some(phrase)) => (object, phrase),
        (Some(only), None) | (None, Some(only)) => (only, only),
        (None, None) => return passive_object(words, text, cue, takes.object),
    };
    // "was accused by the court of theft": who is accused, and of what.
    if cue.passive && phrase.is_some() && object.is_none() {
        let reach = text.reach(first.index());
        return Some(with_passive_subject(words, text, unit, cue, reach));
    }
    let (first, last) = (text.reach(first.index()), text.reach(last.index()));
    Some(vec![first.start.max(cue.words.end)..last.end.max(first.end).min(unit.end)])
}

/// What a verb's own preposition leads to: the talks of "called for talks to end the war".
fn called_for<'d>(text: &Text<'d>, cue: &Cue) -> Option<Token<'d>> {
    let token = text.token(cue.at);
    let own = |child: &Token<'_>| child.dep() == "prep" && cue.words.contains(&child.index());
    let preposition = token.children().find(own)?;
    preposition.children().find(|child| child.dep() == "pobj")
}

/// Where what is threatened or promised ends with its condition: "threatened to resign **if the judge
/// left**".
fn with_condition(
    words: &Words,
    text: &Text<'_>,
    unit: &Range<usize>,
    cue: &Cue,
    end: usize,
) -> usize {
    let next = if end < unit.end && text.is_mark(end, &[","]) { end + 1 } else { end };
    let opens = cue.entry(words).wants
        && next < unit.end
        && text.outside(next)
        && words.conditions.contains(text.token(next).norm());
    if !opens {
        return end;
    }
    let clause = text.token(next).head();
    let own = clause.dep() == "advcl" && text.reach(clause.index()).start == next;
    if own { text.reach(clause.index()).end.min(unit.end) } else { end }
}

/// Whether a clause surely is one, where the verb has an everyday sense: "found that he had left", not
/// "found chemicals needed to process the drug".
fn is_proven(words: &Words, text: &Text<'_>, cue: &Cue, clause: Token<'_>) -> bool {
    let entry = cue.entry(words);
    let opened = clause.children().any(|child| {
        child.index() < clause.index()
            && (child.dep() == "mark" || child.tag().starts_with('W') && child.tag() != "WDT")
    }) || (cue.words.end..clause.index())
        .take(2)
        .any(|at| text.token(at).dep() == "mark" || text.token(at).tag().starts_with('W'));
    let finite = matches!(clause.tag(), "VBZ" | "VBP")
        || clause.children().any(|child| matches!(child.dep(), "aux" | "auxpass"));
    match entry.sense {
        _ if entry.marked => opened,
        Sense::Evidence => opened || finite,
        _ => true,
    }
}

/// "told the officers he had been beaten": the parser hangs what is told on whom it is told to.
fn told_hearer<'d>(text: &Text<'d>, cue: &Cue) -> Option<Token<'d>> {
    if !cue.hearer {
        return None;
    }
    let hearer = text.token(cue.at).children().find(|c| c.dep() == "dobj" && c.index() > cue.at)?;
    let clause = hearer.children().find(|c| c.dep() == "relcl")?;
    let subject = text.subject(clause.index())?;
    let bare =
        (hearer.index() + 1..clause.index()).all(|at| !text.token(at).tag().starts_with('W'));
    let object =
        || clause.children().any(|c| matches!(c.dep(), "dobj" | "agent" | "attr" | "acomp"));
    (bare && subject > hearer.index() && object()).then_some(clause)
}

/// "The raid was condemned by the union": what the passive's subject names.
fn passive_object(
    words: &Words,
    text: &Text<'_>,
    cue: &Cue,
    takes: bool,
) -> Option<Vec<Range<usize>>> {
    let subject = text.subject(cue.at).filter(|_| takes && cue.passive)?;
    let agent = cue::agent(text, cue.at)?;
    let reach = text.reach(subject);
    let subject = reach.start..reach.end.min(cue.words.start).max(reach.start);
    // The parser hangs "of stealing" on whoever accuses.
    let with = &cue.entry(words).with;
    let deed = text.token(agent).children().find(|child| {
        child.dep() == "prep"
            && with.contains(child.norm())
            && child.children().any(|inner| inner.dep() == "pcomp")
    });
    let deed = deed.map(|deed| deed.index() + 1..text.reach(deed.index()).end);
    Some(std::iter::once(subject).chain(deed).collect())
}

/// "The camp is believed to be empty": in the passive the subject belongs to what is said.
fn with_passive_subject(
    words: &Words,
    text: &Text<'_>,
    unit: &Range<usize>,
    cue: &Cue,
    range: Range<usize>,
) -> Vec<Range<usize>> {
    let range = range.start.max(cue.words.end)..range.end.min(unit.end);
    let subject = text.subject(cue.at).filter(|&s| text.token(s).dep() == "nsubjpass");
    match subject.filter(|_| cue.passive && !cue.entry(words).hearer) {
        Some(subject) => {
            let reach = text.reach(subject);
            vec![reach.start..reach.end.min(cue.words.start), range]
        }
        None => vec![range],
    }
}

/// "called the vote a farce", "described it as a farce".
fn judgement(words: &Words, text: &Text<'_>, cue: &Cue) -> Option<Range<usize>> {
    let token = text.token(cue.at);
    let verdict = token.children().filter(|c| c.index() > cue.at).find(|c| {
        matches!(c.dep(), "oprd" | "attr" | "acomp")
            || (c.dep() == "prep" && words.judged.contains(c.norm()))
    })?;
    let object = token.children().find(|c| c.dep() == "dobj" && c.index() > cue.at);
    let start =
        object.map_or(text.reach(verdict.index()), |object| text.reach(object.index())).start;
    let (start, end) = (start.max(cue.words.end), text.reach(verdict.index()).end);
    // "called it a farce, which was …": what is told of it besides is the reporter's.
    let beside = (start + 1..end).find(|&at| {
        text.outside(at)
            && matches!(text.token(at).tag(), "WDT" | "WP")
            && text.is_mark(at - 1, &[","])
    });
    Some(start..beside.map_or(end, |at| at - 1))
}

/// A clause that is said, before or after the verb, without the words of saying inside it.
fn of_clause(
    words: &Words,
    text: &Text<'_>,
    unit: &Range<usize>,
    cues: &[Cue],
    cue: &Cue,
    clause: Token<'_>,
) -> Vec<Range<usize>> {
    let reach = text.reach(clause.index());
    let reach = reach.start.max(unit.start)..reach.end.min(unit.end);
    if clause.index() > cue.at {
        let end = cut(words, text, cues, cue, reach.start.max(cue.words.end)..reach.end);
        let end = back(text, cue, clause).map_or(end, |back| back.min(end));
        let end = joined(text, cue, clause).map_or(end, |joined| joined.max(end).min(unit.end));
        let end = listed(text, cue, clause, end).map_or(end, |listed| listed.min(unit.end));
        let end = on(text, unit, cues, end);
        let mut content =
            vec![reach.start.max(cue.words.end)..listed_behind(text, unit, cues, end)];
        if reach.start < tag_start(text, cue) {
            content.insert(0, reach.start..tag_start(text, cue));
        }
        return content;
    }
    let tag = tag_start(text, cue);
    let unit = &part_of(text, unit, cue.at);
    let mut content = vec![unit.start..tag.max(unit.start)];
    if reach.end > cue.words.end {
        content.push(tag_end(text, cue, unit)..reach.end);
    }
    content
}

/// Where what is said goes on behind a colon: "reported that robberies had grown: **32 were counted in May**".
fn listed_behind(text: &Text<'_>, unit: &Range<usize>, cues: &[Cue], end: usize) -> usize {
    let colon = end < unit.end && text.is_mark(end, &[":"]) && text.outside(end);
    let rest = end + 1..unit.end;
    let told = rest.clone().any(|at| text.subject(at).is_some());
    let alone = cues.last().is_none_or(|last| last.at < end);
    let plain = rest.clone().all(|at| text.outside(at));
    if colon && told && alone && plain { unit.end } else { end }
}

/// Where a tag begins, "the ministry said": with its subject, or with the verb.
fn tag_start(text: &Text<'_>, cue: &Cue) -> usize {
    let subject = text.subject(cue.at).map(|subject| text.reach(subject).start);
    subject.map_or(cue.words.start, |start| start.min(cue.words.start))
}

/// Where a tag in the middle of a sentence ends: at the comma after it.
fn tag_end(text: &Text<'_>, cue: &Cue, unit: &Range<usize>) -> usize {
    let comma = (cue.words.end..unit.end)
        .take(24)
        .find(|&i| text.token(i).text() == "," && text.outside(i));
    comma.unwrap_or(cue.words.end)
}

/// A tag in or after the sentence that it says: "The guards, he said, had left", "as he noted".
fn around(
    words: &Words,
    text: &Text<'_>,
    unit: &Range<usize>,
    cue: &Cue,
    speaker: Option<usize>,
) -> Option<Vec<Range<usize>>> {
    let token = text.token(cue.at);
    let like = token.children().any(|c| {
        matches!(c.dep(), "mark" | "advmod" | "prep")
            && c.index() < cue.at
            && words.like.contains(c.norm())
    });
    let aside = token.dep() == "parataxis" || (like && token.dep() == "advcl");
    let entry = cue.entry(words);
    // "as people continue to wait" tells no saying, "as the office highlighted" does.
    let alone = !token.children().any(|c| {
        c.index() > cue.at && matches!(c.dep(), "dobj" | "xcomp" | "ccomp" | "acomp" | "attr")
    });
    let tells = matches!(entry.sense, Sense::Speech | Sense::Evidence)
        && (entry.takes.object || !entry.takes.quotation);
    let told = entry.takes.clause || like && alone && tells;
    if !aside || !told || cue.passive && speaker.is_none() && !like {
        return None;
    }
    let reach = text.reach(cue.at);
    // "as noted" is an aside, "as big as was said" is not.
    let comma = |at: usize| at > unit.start && text.is_mark(at - 1, &[","]);
    let joined =
        |at: usize| text.token(at).pos() == Pos::Cconj && (at == unit.start || like && comma(at));
    if like
        && reach.start > unit.start
        && !text.is_mark(reach.start - 1, &[",", "-", "--", "—", "–"])
        && !joined(reach.start - 1)
    {
        return None;
    }
    let hole = reach.start.max(unit.start).min(tag_start(text, cue))..reach.end.min(unit.end);
    // "…, she said, with many of them sent abroad": a tag between two clauses is of both.
    let between = !like && text.reach(token.head().index()).start >= hole.start;
    let unit = &match between {
        true => unit.clone(),
        false => fronted(text, unit, token.head(), hole.start),
    };
    // "It may fail, but as he argued, it would …": only what follows is his.
    let resumed = hole.start > unit.start + 1 && joined(hole.start - 1);
    let start = if resumed { hole.start } else { unit.start };
    let mut content = vec![start..hole.start, hole.end..unit.end];
    content.retain(|range| range.clone().any(|i| text.token(i).pos() != Pos::Punct));
    (!content.is_empty()).then_some(content)
}

/// Where the parser saw nothing: a tag at the end after a comma, or a clause right after the verb.
fn on_the_surface(
    words: &Words,
    text: &Text<'_>,
    unit: &Range<usize>,
    cue: &Cue,
) -> Option<Vec<Range<usize>>> {
    let entry = cue.entry(words);
    if !entry.takes.clause || entry.sense != Sense::Speech {
        return None;
    }
    // "said in a statement that": whatever the parser hangs the clause on.
    let near = cue.words.end..unit.end.min(cue.words.end + 10);
    let next =
        near.take_while(|&i| text.outside(i) && text.token(i).pos() != Pos::Verb).find(|&i| {
            let opens = text.token(i).dep() == "mark" && text.token(i).pos() == Pos::Sconj;
            opens
                && text.token(i).head().index() > i
                && matches!(text.token(i).head().dep(), "acl" | "ccomp" | "relcl")
                || (i == cue.words.end && text.is_mark(i, &[":"]))
        });
    if let Some(next) = next
        && next + 2 < unit.end
    {
        return Some(vec![next..unit.end]);
    }
    // "…, it has added 30 names": what is added stands behind.
    let object = |c: &Token<'_>| c.dep() == "dobj" && c.index() > cue.at && nominal(*c);
    if cue::inverted(text, cue).is_none() && text.token(cue.at).children().any(|c| object(&c)) {
        return None;
    }
    let unit = &part_of(text, unit, cue.at);
    let start = tag_start(text, cue);
    let comma = start.checked_sub(1).filter(|&i| i > unit.start)?;
    let ends = text.token(comma).text() == "," || !text.outside(comma);
    let said = (unit.start..comma).any(|i| text.token(i).pos() == Pos::Verb || !text.outside(i));
    // "the sentence fell on Mora, who pleaded guilty": that is no tag.
    if matches!(text.token(cue.at).dep(), "relcl" | "acl") {
        return None;
    }
    let last =
        !(cue.words.end..unit.end).any(|i| text.token(i).pos() == Pos::Verb || !text.outside(i));
    (ends && said && last && text.subject(cue.at).is_some()).then(|| vec![unit.start..start])
}

/// A range that holds a quotation's part holds it all.
fn whole_quotes(text: &Text<'_>, range: Range<usize>, cue: &Cue) -> Range<usize> {
    if range.is_empty() {
        return range;
    }
    let mut range = range;
    if let Some(quote) = text.quote(range.start) {
        range.start = text.quotes[quote].1.start;
    }
    if let Some(quote) = text.quote(range.end - 1) {
        range.end = text.quotes[quote].1.end;
    }
    debug_assert!(cue.at >= range.end || cue.at < range.start || !range.is_empty());
    range
}
