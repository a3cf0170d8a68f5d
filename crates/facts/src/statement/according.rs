//! What is said according to a source that a phrase names.

use std::ops::Range;

use atalaya_parse::{Pos, Token};

use crate::speech::{Phrase, Words};

use super::content::part_of;
use super::cue::{self, Cue};
use super::text::Text;
use super::{Statement, form, source};

/// What is said according to a source that a phrase names: "according to a leaked memo".
pub(super) fn according(
    words: &Words,
    text: &Text<'_>,
    part: usize,
    unit: &Range<usize>,
    cues: &[Cue],
) -> Vec<Statement> {
    let mut found = Vec::new();
    for at in unit.clone().filter(|&at| text.outside(at)) {
        let Some((rule, named)) = phrase(words, text, unit, at) else { continue };
        let end = rule.words.len() + at;
        let unit = &part_of(text, unit, at);
        let unit = &(unit.start..closing_tag(text, unit, cues, at));
        let reach = text.reach(named);
        let hole = at..before_subject(text, unit, named, reach.end.max(end)).min(unit.end);
        let unit = &fronted(text, unit, text.token(at).head(), at);
        let unit = &own_words(words, text, unit, at, end);
        // "Crime fell, according to police, although …": what stands behind is another's.
        let told = hole.start > unit.start
            && (unit.start..hole.start)
                .any(|i| text.token(i).is_root() && text.token(i).pos() == Pos::Verb)
            || goes_on(text, unit, &hole);
        let last = reviewed(words, text, named, hole.end..unit.end);
        let after = hole.end..if told { hole.end } else { last };
        let content = [unit.start..hole.start, after];
        // A "but" before it says nothing.
        let says =
            |at: usize| !matches!(text.token(at).pos(), Pos::Punct | Pos::Cconj | Pos::Space);
        let verb = |at: usize| matches!(text.token(at).pos(), Pos::Verb | Pos::Aux);
        let before = content[0].clone().any(verb);
        // "…, according to a study by the bank": the rest of the source is not said. "It is, according to
        // them, a port": that is.
        let copula = |at: usize| text.token(at).is_root() && text.token(at).pos() == Pos::Aux;
        let open = content[0].clone().any(copula) && !goes_on(text, unit, &hole);
        let told = |range: &Range<usize>| {
            let apart = text.is_mark(range.start, &[","]);
            range.start < hole.start || !before || apart && (open || range.clone().any(verb))
        };
        let content: Vec<Range<usize>> =
            content.into_iter().filter(|range| range.clone().any(says) && told(range)).collect();
        let bytes: Vec<Range<usize>> =
            content.iter().filter_map(|range| text.bytes(range.clone())).collect();
        if bytes.is_empty() {
            continue;
        }
        found.push(Statement {
            part,
            cue: Some(text.doc.span(at..end).bytes()),
            rule: rule.rule.clone(),
            form: form(text, &content),
            content: bytes,
            sources: vec![source(words, text, part, named)],
            denied: false,
            verb: None,
            continues: false,
            asks: false,
            judges: false,
        });
    }
    found
}

/// What a source speaks for in its sentence: behind a joining word, as in "he was held in May and, according
/// to police, beaten", and behind a heading that runs into it, only what follows; and nothing that another
/// source behind it tells.
fn own_words(
    words: &Words,
    text: &Text<'_>,
    unit: &Range<usize>,
    at: usize,
    end: usize,
) -> Range<usize> {
    let mut unit = unit.clone();
    let before = at.checked_sub(1).filter(|&before| before >= unit.start);
    let comma = |at: usize| at > unit.start && text.is_mark(at, &[","]);
    let joined = before
        .map(|before| if comma(before) { before - 1 } else { before })
        .is_some_and(|before| text.token(before).pos() == Pos::Cconj && before > unit.start);
    let heading = text.token(at).text().starts_with(char::is_uppercase);
    if joined || heading {
        unit.start = at;
    }
    let next = (end..unit.end).find(|&other| phrase(words, text, &unit, other).is_some());
    if let Some(next) = next {
        let joins = |at: usize| text.token(at).pos() == Pos::Cconj || text.is_mark(at, &[","]);
        let mut last = next;
        while last > end && joins(last - 1) {
            last -= 1;
        }
        let said = (end..last).any(|at| matches!(text.token(at).pos(), Pos::Verb | Pos::Aux));
        if last < next && said {
            unit.end = last;
        }
    }
    unit
}

/// Whether another clause follows a source: "It is a market, according to police, **and last year he said** …".
fn goes_on(text: &Text<'_>, unit: &Range<usize>, hole: &Range<usize>) -> bool {
    let said = |range: Range<usize>| {
        range.into_iter().any(|at| {
            matches!(text.token(at).pos(), Pos::Verb | Pos::Aux) && text.subject(at).is_some()
        })
    };
    let next = (hole.end..unit.end).find(|&at| text.token(at).pos() != Pos::Punct);
    let joins = next.is_some_and(|at| text.token(at).pos() == Pos::Cconj);
    joins && said(unit.start..hole.start) && said(hole.end..unit.end)
}

/// Where what a source tells ends before what is told of the source itself: "According to the report, 40
/// boats sank, **although the report does not say when**".
fn reviewed(words: &Words, text: &Text<'_>, named: usize, range: Range<usize>) -> usize {
    let own = |at: &usize| {
        let mark = text.token(*at);
        let subject = text.subject(mark.head().index()).filter(|&subject| subject > *at);
        mark.dep() == "mark"
            && words.contrasts.contains(mark.norm())
            && *at > range.start + 1
            && text.is_mark(*at - 1, &[","])
            && subject
                .is_some_and(|subject| text.token(subject).lemma() == text.token(named).lemma())
    };
    range.clone().filter(|&at| text.outside(at)).find(own).map_or(range.end, |at| at - 1)
}

/// Where a sentence ends for a source named in front: before the tag of another that closes it, as in
/// "According to police, …, reported El Faro."
fn closing_tag(text: &Text<'_>, unit: &Range<usize>, cues: &[Cue], at: usize) -> usize {
    let after = cues.iter().filter(|cue| cue.at > at && !cue.noun);
    let tag = after.rev().take(2).find(|cue| cue::trails(text, cue, unit));
    tag.map_or(unit.end, |cue| cue.words.start - 1)
}

/// Where the words of a source end that the parser has given the subject of what it tells: "According to
/// the agency, Leticia in particular is …".
fn before_subject(text: &Text<'_>, unit: &Range<usize>, named: usize, end: usize) -> usize {
    let comma = (named + 1..end.min(unit.end)).find(|&at| text.is_mark(at, &[","]));
    let Some(comma) = comma.filter(|_| end < unit.end) else { return end };
    let verb = (end..unit.end).find(|&at| matches!(text.token(at).pos(), Pos::Verb | Pos::Aux));
    let bare = verb.is_some_and(|verb| {
        let main = std::iter::once(text.token(verb)).chain(text.token(verb).ancestors());
        let subject = main.take(3).into_iter().find_map(|it| text.subject(it.index()));
        subject.is_none_or(|subject| subject < end && subject > comma)
    });
    // "…, the new minister, an old ally, gave": the verb stands without another subject.
    let closed = text.is_mark(end, &[","]) || text.is_mark(end - 1, &[","]);
    let next = if text.is_mark(end, &[","]) { end + 1 } else { end };
    let finite = next < unit.end && matches!(text.token(next).tag(), "VBD" | "VBZ" | "VBP" | "MD");
    if bare && (!closed || finite) { comma } else { end }
}

/// The pack's phrase for a source that begins at a token, with the source.
pub(super) fn phrase<'w>(
    words: &'w Words,
    text: &Text<'_>,
    unit: &Range<usize>,
    at: usize,
) -> Option<(&'w Phrase, usize)> {
    let fits = |phrase: &&Phrase| {
        phrase.words.iter().enumerate().all(|(i, word)| {
            at + i < unit.end && text.token(at + i).norm() == word && text.outside(at + i)
        })
    };
    let phrase = words.phrases.get(text.token(at).norm())?.iter().find(fits)?;
    let last = text.token(at + phrase.words.len() - 1);
    let named = last.children().find(|child| child.dep() == "pobj")?;
    text.outside(named.index()).then_some((phrase, named.index()))
}

/// The clause that a source in front of its verb stands in, where it is one of several: "…, which,
/// according to police, …", "… and, as he noted, …". Else the whole sentence.
pub(super) fn fronted(
    text: &Text<'_>,
    unit: &Range<usize>,
    head: Token<'_>,
    at: usize,
) -> Range<usize> {
    let own = text.subject(head.index()).is_some();
    // "…, which was first found in 2011 according to police, is …": without a comma of its own, it tells
    // what stands right before it.
    // "…, the former having the highest rate according to police, …": nor has a participle's.
    let participle =
        head.dep() == "acl" || head.dep() == "advcl" && matches!(head.tag(), "VBG" | "VBN");
    let close = (head.dep() == "relcl" || participle && at > unit.start)
        && at > head.index()
        && !text.is_mark(at - 1, &[","]);
    if close {
        let reach = text.reach(head.index());
        return reach.start.max(unit.start)..reach.end.min(unit.end);
    }
    let clause = match head.dep() {
        "relcl" => true,
        "conj" | "ccomp" | "advcl" => own && text.reach(head.index()).start >= head.head().index(),
        _ => false,
    };
    if !clause || at >= head.index() {
        return unit.clone();
    }
    let reach = text.reach(head.index());
    reach.start.min(at).max(unit.start)..reach.end.min(unit.end)
}
