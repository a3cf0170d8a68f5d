//! Where what is said ends: before what the reporter adds, and behind what the parser hangs elsewhere.

use std::ops::Range;

use atalaya_parse::{Pos, Token};

use crate::speech::{Sense, Words};

use super::cue::Cue;
use super::text::Text;

/// Where a sentence goes back from what is said to who says it: "have denied that they fired, **and
/// have blamed** the crowd". A joined verb without a subject shares its auxiliary with the one it joins.
pub(super) fn back(text: &Text<'_>, cue: &Cue, clause: Token<'_>) -> Option<usize> {
    let auxiliary = |verb: Token<'_>| {
        verb.children().find(|c| c.dep() == "aux" && c.tag() != "TO").map(|c| c.tag().to_owned())
    };
    let own = auxiliary(text.token(cue.at))?;
    if auxiliary(clause).is_some_and(|it| it == own) {
        return None;
    }
    let joined = clause.children().find(|c| {
        c.dep() == "conj"
            && text.subject(c.index()).is_none()
            && auxiliary(*c).as_ref() == Some(&own)
    })?;
    let conjunction = clause.children().rfind(|c| c.dep() == "cc" && c.index() < joined.index())?;
    Some(conjunction.index())
}

/// Where what is said goes on in a joined verb that the parser hangs on the verb of saying, though it has
/// the tense of what is said: "declared it is no route, **but is also a market**".
pub(super) fn joined(text: &Text<'_>, cue: &Cue, clause: Token<'_>) -> Option<usize> {
    let past = |verb: Token<'_>| match verb.tag() {
        "VBD" => Some(true),
        "VBZ" | "VBP" => Some(false),
        _ => None,
    };
    let (saying, said) = (past(text.token(cue.at))?, past(clause)?);
    let other = text.token(cue.at).children().find(|c| {
        c.dep() == "conj" && c.index() > clause.index() && text.subject(c.index()).is_none()
    })?;
    let same = other.pos() == clause.pos() || past(other) != Some(false);
    let own = past(other).is_some_and(|it| it != saying && (it || it == said));
    (own && same).then(|| text.reach(other.index()).end)
}

/// Where what is said goes on in a list of verbs that the parser hangs on the verb of saying: "said that
/// the gang bought rifles, **hid them, and sold them**". No list that the speaker begins lacks its "and".
pub(super) fn listed(text: &Text<'_>, cue: &Cue, clause: Token<'_>, end: usize) -> Option<usize> {
    let verb = text.token(cue.at).children().find(|c| {
        c.dep() == "conj" && c.index() > clause.index() && text.subject(c.index()).is_none()
    })?;
    let bare = text.reach(verb.index()).start;
    let next = end < text.doc.len() && text.is_mark(end, &[","]);
    let goes_on = verb.children().any(|c| c.dep() == "conj" && text.subject(c.index()).is_none());
    let list = next && verb.index() == end + 1 && bare >= end && goes_on;
    (list && verb.tag() == clause.tag()).then(|| text.reach(verb.index()).end)
}

/// A clause that ends in "and" goes on to the end of its sentence, if nothing else is said there.
pub(super) fn on(text: &Text<'_>, unit: &Range<usize>, cues: &[Cue], end: usize) -> usize {
    let joins = end > 0 && text.token(end - 1).pos() == Pos::Cconj;
    let alone = cues.last().is_none_or(|last| last.at < end);
    if joins && alone { unit.end } else { end }
}

/// Cuts a clause before a participle of saying that goes on with the speaker, ", adding that", and before
/// what the reporter makes of it: ", suggesting that", ", which means that", ", which he put down to".
pub(super) fn cut(
    words: &Words,
    text: &Text<'_>,
    cues: &[Cue],
    cue: &Cue,
    range: Range<usize>,
) -> usize {
    let comma = |at: usize| {
        let before = at.checked_sub(1)?;
        let set_off = text.is_mark(before, &[",", "—", "--", "–"])
            || text.quote(before).is_some() && text.outside(at);
        (set_off && at > range.start + 1)
            .then(|| before + usize::from(text.quote(before).is_some()))
    };
    let first = cues.partition_point(|other| other.at <= cue.at);
    let participle = cues[first..]
        .iter()
        .take_while(|other| other.at < range.end)
        .take(16)
        .filter(|other| {
            text.token(other.at).tag() == "VBG"
                && matches!(
                    other.entry(words).sense,
                    Sense::Speech | Sense::Evidence | Sense::Naming
                )
        })
        .find_map(|other| comma(other.words.start));
    let aside = (range.clone())
        .filter(|&at| text.outside(at) && text.token(at).tag() == "WDT")
        .filter(|&at| is_aside_of_saying(words, text, cues, cue, at))
        .find_map(comma);
    // "said that 20 had been hurt, while the army counted 30": what it is set against is another's.
    let contrast = (range.clone())
        .filter(|&at| text.outside(at) && words.contrasts.contains(text.token(at).norm()))
        .filter(|&at| text.token(at).dep() == "mark" && text.token(at).head().dep() == "advcl")
        .find_map(comma);
    // "…, perhaps the poorest of all": so the reporter guesses.
    let guess = (range.clone())
        .filter(|&at| text.outside(at) && words.guesses.contains(text.token(at).norm()))
        .filter(|&at| text.token(at).head().dep() == "appos")
        .find_map(comma);
    let shift = || shift(words, text, cues, cue, &range);
    let taken_up = (range.clone())
        .filter(|&at| text.outside(at) && is_taken_up(words, text, at))
        .find_map(|at| comma(text.token(at).children().next().map_or(at, |c| c.index().min(at))));
    // "…, giving rise to fears that": what the reporter says it comes to.
    let comes = (range.clone())
        .filter(|&at| text.outside(at) && text.token(at).tag() == "VBG")
        .filter(|&at| text.token(at).dep() == "advcl" && text.subject(at).is_none())
        .filter(|&at| words.aftermath.contains(text.token(at).lemma()))
        .find_map(comma);
    // "…, far above the average of 3 percent".
    let beyond = (range.clone())
        .filter(|&at| text.outside(at) && words.beyond.contains(text.token(at).norm()))
        .find_map(|at| comma(at).or_else(|| at.checked_sub(1).and_then(comma)));
    // "…, as other papers reported": what another says besides.
    let other = cues[first..]
        .iter()
        .take_while(|other| other.at < range.end)
        .take(16)
        .filter(|other| text.token(other.at).dep() == "advcl")
        .filter_map(|other| {
            let like = |c: &Token<'_>| c.dep() == "mark" && words.like.contains(c.norm());
            text.token(other.at).children().find(like).map(Token::index)
        })
        .filter(|&mark| range.contains(&mark))
        .find_map(comma);
    let all = [participle, aside, contrast, guess, shift(), taken_up, comes, beyond, other];
    all.into_iter().flatten().fold(range.end, usize::min)
}

/// Where the speaker goes on in another verb of saying, or the reporter to another speaker: "said that the
/// gang was growing, **and accused** the mayor", "**while in May he told**".
fn shift(
    words: &Words,
    text: &Text<'_>,
    cues: &[Cue],
    cue: &Cue,
    range: &Range<usize>,
) -> Option<usize> {
    let first = cues.partition_point(|other| other.at <= cue.at);
    let mut within = cues[first..].iter().take_while(|other| other.at < range.end).take(16);
    within.find_map(|other| {
        if other.noun || !matches!(other.entry(words).sense, Sense::Speech | Sense::Evidence) {
            return None;
        }
        let token = text.token(other.at);
        // "while on July 15 he told": a contrast that tells of another saying needs no comma.
        let mark = token
            .children()
            .find(|child| child.dep() == "mark" && words.contrasts.contains(child.norm()));
        if let Some(mark) = mark.filter(|mark| range.contains(&mark.index())) {
            return Some(mark.index()).filter(|&at| at > range.start + 1);
        }
        let before = other.words.start.checked_sub(1)?;
        let joins = text.token(before).pos() == Pos::Cconj && before > range.start + 1;
        let told = |tag: &str| matches!(tag, "VBD" | "VBZ" | "VBP");
        let same = told(token.tag()) && token.tag() == text.token(cue.at).tag();
        let set_off = text.is_mark(before - 1, &[","]);
        // "said it had lost men but acknowledged": the tense is that of saying, not of what is said.
        let apart = || {
            (range.start..before).any(|at| {
                matches!(text.token(at).tag(), "VBN" | "VBG")
                    && text.token(at).children().any(|c| matches!(c.dep(), "aux" | "auxpass"))
            })
        };
        let own = text.subject(other.at).is_none() && !other.passive;
        (joins && same && own && (set_off || apart()))
            .then(|| if set_off { before - 1 } else { before })
    })
}

/// Whether a noun behind a comma takes up what was said: "…, a figure which is lower than".
fn is_taken_up(words: &Words, text: &Text<'_>, at: usize) -> bool {
    let token = text.token(at);
    let clause =
        token.children().any(|child| matches!(child.dep(), "relcl" | "acl") && child.index() > at);
    let article = token.children().any(|child| child.dep() == "det" && child.index() < at);
    matches!(token.dep(), "appos" | "npadvmod" | "dep" | "conj")
        && (words.comments.contains(token.lemma()) || is_said_before(text, at))
        && article
        && clause
}

/// Whether a noun was said right before: "is in **decline** — a decline that".
fn is_said_before(text: &Text<'_>, at: usize) -> bool {
    let lemma = text.token(at).lemma();
    let near = at.saturating_sub(4)..at;
    near.into_iter()
        .any(|before| text.token(before).pos() == Pos::Noun && text.token(before).lemma() == lemma)
}

/// Whether a relative pronoun opens what the reporter adds: it tells what something means, or what the
/// same speaker says of it.
fn is_aside_of_saying(
    words: &Words,
    text: &Text<'_>,
    cues: &[Cue],
    cue: &Cue,
    which: usize,
) -> bool {
    let verb = text.token(which).head();
    let pronoun = |at: usize| text.token(at).pos() == Pos::Pron && text.token(at).tag() == "PRP";
    let own = text.subject(verb.index());
    let speaks = own.is_some_and(|subject| subject > which && pronoun(subject));
    let shows = (own == Some(which) || speaks)
        && words.means.contains(verb.lemma())
        && verb.dep() == "relcl";
    let told = cues.iter().any(|other| {
        other.at > which
            && other.at <= which + 3
            && other.entry(words).sense == Sense::Speech
            && other.at != cue.at
            && text.subject(other.at).is_some_and(|subject| subject > which && pronoun(subject))
    });
    // "…, which the author calls": another's words for it.
    let called = cues.iter().any(|other| {
        other.at == verb.index()
            && matches!(other.entry(words).sense, Sense::Speech | Sense::Naming)
            && own.is_some_and(|subject| subject > which)
    });
    // "…, which is incomplete": a judgement that ends the sentence.
    let judged = own == Some(which)
        && matches!(verb.dep(), "relcl" | "advcl")
        && verb.pos() == Pos::Aux
        && text.reach(verb.index()).len() <= 4
        && verb.children().any(|child| child.dep() == "acomp");
    shows || told || called || judged
}
