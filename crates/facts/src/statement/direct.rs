//! Quotations set off from their sentence, and the words that say whose they are.

use std::ops::Range;

use atalaya_parse::Pos;

use crate::speech::Words;

use super::cue::{self, Cue};
use super::text::Text;
use super::{Form, Statement, by_cue, source};

/// The quotation that is all of a sentence.
pub(super) fn whole(text: &Text<'_>, unit: &Range<usize>) -> Option<usize> {
    let mut words = unit.clone().filter(|&i| !text.token(i).is_space());
    let quote = text.quote(words.next()?)?;
    words.all(|i| text.quote(i) == Some(quote) || text.is_stop(i)).then_some(quote)
}

/// The statements of a sentence's quotations, and the tokens of the cues that they used up.
pub(super) fn quotations(
    words: &Words,
    text: &Text<'_>,
    part: usize,
    unit: &Range<usize>,
    cues: &[Cue],
) -> (Vec<Statement>, Vec<usize>) {
    let mut found: Vec<Statement> = Vec::new();
    let mut used: Vec<usize> = Vec::new();
    let quotes = in_unit(text, unit);
    for (number, &quote) in quotes.iter().enumerate() {
        let (quotation, tokens) = &text.quotes[quote];
        let from = number.checked_sub(1).map_or(unit.start, |n| text.quotes[quotes[n]].1.end);
        let to = quotes.get(number + 1).map_or(unit.end, |&next| text.quotes[next].1.start);
        let (before, after) = (from..tokens.start, tokens.end..to);
        if !set_off(text, unit, quote, &before, &after, cues, words) {
            continue;
        }
        let inner = quotation.inner.clone();
        let cue = lead(words, text, &before, cues).or_else(|| tag(words, text, &after, cues));
        let Some(cue) = cue else {
            found.extend(named(words, text, part, &before, &after, inner));
            continue;
        };
        if let Some(known) = used.iter().position(|&at| at == cue.at) {
            found[known].content.push(inner);
            continue;
        }
        let gap = if before.contains(&cue.at) { &before } else { &after };
        let mut statement = by_cue(words, text, part, cue, speaker(text, cue, gap));
        statement.form = Form::Direct;
        statement.content.push(inner);
        used.push(cue.at);
        // Statements by cue stand first, so that a cue's place tells its statement's.
        found.insert(used.len() - 1, statement);
    }
    (found, used)
}

/// The quotations that begin in a sentence.
fn in_unit(text: &Text<'_>, unit: &Range<usize>) -> Vec<usize> {
    let first = text.quotes.partition_point(|(_, tokens)| tokens.start < unit.start);
    (first..text.quotes.len()).take_while(|&q| text.quotes[q].1.start < unit.end).collect()
}

/// Whether a quotation stands for itself: no part of a clause around it.
fn set_off(
    text: &Text<'_>,
    unit: &Range<usize>,
    quote: usize,
    before: &Range<usize>,
    after: &Range<usize>,
    cues: &[Cue],
    words: &Words,
) -> bool {
    let (quotation, tokens) = &text.quotes[quote];
    let inner = text.doc.text()[quotation.inner.clone()].trim();
    let first = inner.chars().next().unwrap_or(' ');
    let starts_big = first.is_uppercase() || first.is_numeric() || "[(…'‘.".contains(first);
    let previous = before.clone().rev().find(|&i| !text.token(i).is_space());
    let begins = match previous {
        None => {
            tokens.start == unit.start
                || starts_big
                || before.is_empty() && from_quote(text, before.start)
        }
        Some(i) => match text.token(i).text() {
            ":" => true,
            "," | "-" | "--" | "—" | "–" => starts_big || cue_before(words, cues, i, before),
            _ => {
                cues.iter().any(|cue| cue.words.end == i + 1 && cue.entry(words).takes.quotation)
                    || (starts_big && before.len() <= 2)
            }
        },
    };
    let last = text.last_mark(quote).unwrap_or(' ');
    let next = after.clone().find(|&i| !text.token(i).is_space());
    let ends = ",.?!…—-".contains(last)
        || !quotation.closed
        || next.is_none_or(|i| matches!(text.token(i).text(), "," | "." | "-" | "--" | "—" | "–"));
    begins && ends
}

fn from_quote(text: &Text<'_>, at: usize) -> bool {
    at > 0 && !text.outside(at - 1)
}

/// Whether a verb that takes quotations stands shortly before.
fn cue_before(words: &Words, cues: &[Cue], at: usize, before: &Range<usize>) -> bool {
    cues.iter()
        .any(|cue| before.contains(&cue.at) && cue.at + 12 > at && cue.entry(words).takes.quotation)
}

/// The verb before a quotation that says whose it is: "She said on Friday: "…"".
fn lead<'c>(
    words: &Words,
    text: &Text<'_>,
    before: &Range<usize>,
    cues: &'c [Cue],
) -> Option<&'c Cue> {
    let last = before.clone().rev().find(|&i| !text.token(i).is_space())?;
    let fits = |cue: &&Cue| before.contains(&cue.at) && cue.entry(words).takes.quotation;
    let cue = cues.iter().rev().find(fits)?;
    let mark = text.token(last).text();
    (matches!(mark, "," | ":" | "-" | "--" | "—" | "–") || last < cue.words.end).then_some(cue)
}

/// The verb after a quotation that says whose it is: ""…," said the mayor, who".
fn tag<'c>(
    words: &Words,
    text: &Text<'_>,
    after: &Range<usize>,
    cues: &'c [Cue],
) -> Option<&'c Cue> {
    let fits = |cue: &&Cue| {
        let token = text.token(cue.at);
        after.contains(&cue.at)
            && cue.entry(words).takes.quotation
            && !cue.noun
            && !(token.dep() == "relcl"
                && text.subject(cue.at).is_some_and(|s| text.token(s).tag().starts_with('W')))
    };
    cues.iter().find(fits)
}

/// Who a verb in a gap between quotations says it of.
fn speaker(text: &Text<'_>, cue: &Cue, gap: &Range<usize>) -> Option<usize> {
    if cue.passive {
        return cue::agent(text, cue.at).or_else(|| cue::subject(text, cue.at));
    }
    let own = text.subject(cue.at).filter(|subject| gap.contains(subject));
    own.or_else(|| before(text, cue, gap))
        .or_else(|| after(text, cue, gap))
        .or_else(|| cue::subject(text, cue.at))
}

/// The noun phrase before a verb, where the parser knows of no subject.
fn before(text: &Text<'_>, cue: &Cue, gap: &Range<usize>) -> Option<usize> {
    let near = (gap.start..cue.words.start).rev().take_while(|&i| text.token(i).pos() != Pos::Verb);
    let mut at = near.take(16).find(|&i| name_like(text, i))?;
    for head in text.token(at).ancestors().take(8) {
        let inside = gap.contains(&head.index()) && head.index() < cue.words.start;
        if !(inside && name_like(text, head.index())) {
            break;
        }
        at = head.index();
    }
    Some(at)
}

/// The noun phrase right after a verb: "said the mayor of Loja".
fn after(text: &Text<'_>, cue: &Cue, gap: &Range<usize>) -> Option<usize> {
    let belongs = |&i: &usize| {
        let pos = text.token(i).pos();
        name_like(text, i) || matches!(pos, Pos::Det | Pos::Adj | Pos::Num | Pos::Part | Pos::Adv)
    };
    (cue.words.end..gap.end).take(16).take_while(belongs).filter(|&i| name_like(text, i)).last()
}

fn name_like(text: &Text<'_>, at: usize) -> bool {
    matches!(text.token(at).pos(), Pos::Noun | Pos::Propn | Pos::Pron)
}

/// A quotation whose speaker a colon before it or a dash after it names, without a verb.
fn named(
    words: &Words,
    text: &Text<'_>,
    part: usize,
    before: &Range<usize>,
    after: &Range<usize>,
    inner: Range<usize>,
) -> Option<Statement> {
    let dash = |i: usize| matches!(text.token(i).text(), "-" | "--" | "—" | "–");
    let colon = |i: usize| text.token(i).text() == ":";
    let (rule, gap) = match (before.clone().next_back(), after.clone().next()) {
        (Some(last), _) if colon(last) => ("colon", before.start..last),
        (_, Some(first)) if dash(first) => ("dash", first + 1..after.end),
        _ => return None,
    };
    let verb = gap.clone().any(|i| text.token(i).pos() == Pos::Verb);
    let name = gap.clone().take(10).find(|&i| name_like(text, i))?;
    if verb || gap.len() > 10 {
        return None;
    }
    let mut head = name;
    for above in text.token(name).ancestors().take(8) {
        if !(gap.contains(&above.index()) && name_like(text, above.index())) {
            break;
        }
        head = above.index();
    }
    Some(Statement {
        part,
        cue: None,
        rule: rule.to_owned(),
        form: Form::Direct,
        content: vec![inner],
        sources: vec![source(words, text, part, head)],
        denied: false,
        verb: None,
    })
}
