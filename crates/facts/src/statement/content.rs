//! What is said in the reporter's words: the clause, phrase or noun that a word of saying leads to.
#![expect(
    clippy::single_range_in_vec_init,
    reason = "what is said is a list of stretches, often of one"
)]

use std::ops::Range;

use atalaya_parse::{Pos, Token};

use crate::speech::{Phrase, Sense, Words};

use super::cue::{self, Cue, nominal};
use super::text::Text;
use super::{Statement, by_cue, form, source};

/// The statement of a cue outside quotations, if something is said by it.
pub(super) fn reported(
    words: &Words,
    text: &Text<'_>,
    part: usize,
    unit: &Range<usize>,
    cues: &[Cue],
    cue: &Cue,
) -> Option<Statement> {
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
        false if trails => vec![unit.start..cue.words.start - 1],
        false => complement(words, text, &before_tag, cues, cue)
            .or_else(|| around(words, text, unit, cue, speaker))
            .or_else(|| on_the_surface(words, text, unit, cue))?,
    };
    let content: Vec<Range<usize>> = content
        .into_iter()
        .map(|range| whole_quotes(text, range, cue))
        .filter(|range| !range.is_empty())
        .collect();
    let bytes: Vec<Range<usize>> =
        content.iter().filter_map(|range| text.bytes(range.clone())).collect();
    if bytes.is_empty() {
        return None;
    }
    let mut statement = by_cue(words, text, part, cue, speaker);
    statement.form = form(text, &content);
    statement.content = bytes;
    Some(statement)
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
        let takes = cues[number].entry(words).takes;
        !cues[number].noun && (takes.object || takes.clause)
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
    let object = token.children().any(|c| c.dep() == "dobj" && after(&c) && nominal(c));
    let own = |child: &Token<'_>| child.dep() == "ccomp" && (after(child) || !object);
    let clause = token.children().filter(own).find(|child| match shape(*child) {
        Shape::Clause => takes.clause || takes.question,
        Shape::Infinitive => takes.infinitive,
        Shape::Gerund => takes.gerund || takes.clause,
    });
    if let Some(clause) = clause {
        return Some(of_clause(words, text, unit, cues, cue, clause));
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
        let object = object.filter(|c| c.index() < open.index() && !entry.hearer);
        let start = object.map_or(reach.start, |object| text.reach(object.index()).start);
        return Some(with_passive_subject(words, text, unit, cue, start..reach.end));
    }
    // "a boat called Marlin" bears a name, which nobody says.
    let bears = cue.passive && token.dep() == "acl" && cue::agent(text, cue.at).is_none();
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
        (None, None) => return passive_object(text, cue, takes.object),
    };
    let (first, last) = (text.reach(first.index()), text.reach(last.index()));
    Some(vec![first.start.max(cue.words.end)..last.end.max(first.end).min(unit.end)])
}

/// "The raid was condemned by the union": what the passive's subject names.
fn passive_object(text: &Text<'_>, cue: &Cue, takes: bool) -> Option<Vec<Range<usize>>> {
    let subject = text.subject(cue.at).filter(|_| takes && cue.passive)?;
    cue::agent(text, cue.at)?;
    let reach = text.reach(subject);
    Some(vec![reach.start..reach.end.min(cue.words.start).max(reach.start)])
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
    Some(start.max(cue.words.end)..text.reach(verdict.index()).end)
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
        let mut content = vec![reach.start.max(cue.words.end)..on(text, unit, cues, end)];
        if reach.start < tag_start(text, cue) {
            content.insert(0, reach.start..tag_start(text, cue));
        }
        return content;
    }
    let tag = tag_start(text, cue);
    let mut content = vec![unit.start..tag.max(unit.start)];
    if reach.end > cue.words.end {
        content.push(tag_end(text, cue, unit)..reach.end);
    }
    content
}

/// Where a sentence goes back from what is said to who says it: "have denied that they fired, **and
/// have blamed** the crowd". A joined verb without a subject shares its auxiliary with the one it joins.
fn back(text: &Text<'_>, cue: &Cue, clause: Token<'_>) -> Option<usize> {
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

/// A clause that ends in "and" goes on to the end of its sentence, if nothing else is said there.
fn on(text: &Text<'_>, unit: &Range<usize>, cues: &[Cue], end: usize) -> usize {
    let joins = end > 0 && text.token(end - 1).pos() == Pos::Cconj;
    let alone = cues.last().is_none_or(|last| last.at < end);
    if joins && alone { unit.end } else { end }
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

/// Cuts a clause before a participle of saying that goes on with the speaker: ", adding that".
fn cut(words: &Words, text: &Text<'_>, cues: &[Cue], cue: &Cue, range: Range<usize>) -> usize {
    let first = cues.partition_point(|other| other.at <= cue.at);
    cues[first..]
        .iter()
        .take_while(|other| other.at < range.end)
        .take(16)
        .find(|other| {
            let before = other.words.start.checked_sub(1).map(|i| text.token(i).text());
            text.token(other.at).tag() == "VBG"
                && other.entry(words).sense == Sense::Speech
                && before == Some(",")
                && other.words.start > range.start + 1
        })
        .map_or(range.end, |other| other.words.start - 1)
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
    if !aside || !cue.entry(words).takes.clause || cue.passive && speaker.is_none() && !like {
        return None;
    }
    let reach = text.reach(cue.at);
    // "as noted" is an aside, "as big as was said" is not.
    if like
        && reach.start > unit.start
        && !text.is_mark(reach.start - 1, &[",", "-", "--", "—", "–"])
    {
        return None;
    }
    let hole = reach.start.max(unit.start).min(tag_start(text, cue))..reach.end.min(unit.end);
    let unit = &fronted(text, unit, token.head(), hole.start);
    let mut content = vec![unit.start..hole.start, hole.end..unit.end];
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
    let start = tag_start(text, cue);
    let comma = start.checked_sub(1).filter(|&i| i > unit.start)?;
    let ends = text.token(comma).text() == "," || !text.outside(comma);
    let said = (unit.start..comma).any(|i| text.token(i).pos() == Pos::Verb || !text.outside(i));
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

/// What is said according to a source that a phrase names: "according to a leaked memo".
pub(super) fn according(
    words: &Words,
    text: &Text<'_>,
    part: usize,
    unit: &Range<usize>,
) -> Vec<Statement> {
    let mut found = Vec::new();
    for at in unit.clone().filter(|&at| text.outside(at)) {
        let Some((rule, named)) = phrase(words, text, unit, at) else { continue };
        let end = rule.words.len() + at;
        let reach = text.reach(named);
        let hole = at..reach.end.max(end).min(unit.end);
        let unit = &fronted(text, unit, text.token(at).head(), at);
        // "Crime fell, according to police, although …": what stands behind is another's.
        let told = hole.start > unit.start
            && (unit.start..hole.start)
                .any(|i| text.token(i).is_root() && text.token(i).pos() == Pos::Verb);
        let after = if told { hole.end..hole.end } else { hole.end..unit.end };
        let content = [unit.start..hole.start, after];
        // A "but" before it says nothing.
        let says =
            |at: usize| !matches!(text.token(at).pos(), Pos::Punct | Pos::Cconj | Pos::Space);
        let content: Vec<Range<usize>> =
            content.into_iter().filter(|range| range.clone().any(says)).collect();
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
        });
    }
    found
}

/// The pack's phrase for a source that begins at a token, with the source.
fn phrase<'w>(
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
fn fronted(text: &Text<'_>, unit: &Range<usize>, head: Token<'_>, at: usize) -> Range<usize> {
    let own = text.subject(head.index()).is_some();
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
