//! Quotations set off from their sentence, and the words that say whose they are.

use std::ops::Range;

use atalaya_parse::Pos;

use crate::speech::Words;

use super::cue::{self, Cue};
use super::text::Text;
use super::{Form, Statement, by_cue, source};

const DASHES: [&str; 4] = ["-", "--", "—", "–"];
/// How far from a quotation its words of saying are looked for, in tokens.
const FAR: usize = 40;

/// The quotation that is all of a sentence.
pub(super) fn whole(text: &Text<'_>, unit: &Range<usize>) -> Option<usize> {
    let joins = |i: &usize| {
        text.outside(*i) && matches!(text.token(*i).pos(), Pos::Cconj | Pos::Punct | Pos::Space)
    };
    let first = unit.clone().take(4).find(|i| !joins(i))?;
    let quote = text.quote(first)?;
    let rest = text.quotes[quote].1.end.min(unit.end)..unit.end;
    rest.clone().all(|i| text.is_stop(i) || text.token(i).is_space()).then_some(quote)
}

/// A quotation in its sentence.
struct Place<'a> {
    quote: usize,
    /// What stands before it: from the sentence's start or the quotation before.
    before: Range<usize>,
    /// What stands after it: to the sentence's end or the next quotation.
    after: Range<usize>,
    cues_before: &'a [Cue],
    cues_after: &'a [Cue],
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
    // The cue of each statement that has one, and the last one's number.
    let mut used: Vec<usize> = Vec::new();
    let mut latest: Option<(usize, usize)> = None;
    for place in places(text, unit, cues) {
        let inner = text.quotes[place.quote].0.inner.clone();
        // "I am ready," and, "So is the town."
        let joined = text.count(&place.before).0 <= 1
            && place.before.clone().all(|i| matches!(text.token(i).pos(), Pos::Cconj | Pos::Punct));
        let set_off = set_off(words, text, &place);
        if let Some((number, _)) = latest.filter(|_| joined && set_off && !place.before.is_empty())
            && lead(words, text, &place).is_none()
        {
            found[number].content.push(inner);
            continue;
        }
        latest = latest.filter(|_| set_off);
        if !set_off {
            continue;
        }
        let Some((cue, gap)) = whose(words, text, &place) else {
            found.extend(
                named(words, text, part, &place)
                    .map(|statement| Statement { content: vec![inner], ..statement }),
            );
            continue;
        };
        if let Some((number, _)) = latest.filter(|&(_, at)| at == cue.at) {
            found[number].content.push(inner);
            continue;
        }
        if used.contains(&cue.at) {
            continue;
        }
        let mut statement = by_cue(words, text, part, cue, speaker(words, text, cue, gap));
        statement.form = Form::Direct;
        statement.content.push(inner);
        used.push(cue.at);
        latest = Some((found.len(), cue.at));
        found.push(statement);
    }
    (found, used)
}

/// The quotations that begin in a sentence, with what stands around each.
fn places<'a>(text: &Text<'_>, unit: &Range<usize>, cues: &'a [Cue]) -> Vec<Place<'a>> {
    let within = |range: &Range<usize>| {
        let first = cues.partition_point(|cue| cue.at < range.start);
        &cues[first..cues.partition_point(|cue| cue.at < range.end).max(first)]
    };
    let first = text.quotes.partition_point(|(_, tokens)| tokens.start < unit.start);
    let mut places = Vec::new();
    let mut from = unit.start;
    for quote in first..text.quotes.len() {
        let tokens = &text.quotes[quote].1;
        if tokens.start >= unit.end {
            break;
        }
        let next = text.quotes.get(quote + 1).map_or(unit.end, |(_, next)| next.start);
        let (before, after) = (from..tokens.start, tokens.end..next.min(unit.end).max(tokens.end));
        let (cues_before, cues_after) = (within(&before), within(&after));
        from = after.start;
        places.push(Place { quote, before, after, cues_before, cues_after });
    }
    places
}

/// Whether a quotation stands for itself: no part of a clause around it.
fn set_off(words: &Words, text: &Text<'_>, place: &Place<'_>) -> bool {
    let (quotation, tokens) = &text.quotes[place.quote];
    let inner = text.doc.text()[quotation.inner.clone()].trim();
    let first = inner.chars().next().unwrap_or(' ');
    let big = first.is_uppercase() || first.is_numeric() || "[(…'‘.#@".contains(first);
    let led = place.cues_before.iter().rev().any(|cue| cue.entry(words).takes.quotation);
    if is_name(text, place) {
        return false;
    }
    let begins = match text.last(&place.before) {
        None => true,
        Some(last) if text.is_mark(last, &[":"]) => true,
        Some(last) if text.is_mark(last, &[","]) || text.is_mark(last, &DASHES) => big || led,
        Some(last) => {
            let cue = place.cues_before.last();
            cue.is_some_and(|cue| cue.words.end > last && cue.entry(words).takes.quotation)
                || (big && place.before.len() <= 2)
        }
    };
    let last = text.last_mark(place.quote).unwrap_or(' ');
    let ends = match text.first(&place.after) {
        _ if ",.?!…—-".contains(last) || !quotation.closed => true,
        None => true,
        Some(next) if text.is_mark(next, &[",", "."]) || text.is_mark(next, &DASHES) => true,
        // "… tweeted, "Thank you" on Friday."
        Some(next) => {
            big && led && tokens.len() > 4 && matches!(text.token(next).pos(), Pos::Adp | Pos::Adv)
        }
    };
    begins && ends
}

/// Whether a quotation is a name that stands behind a noun, as in `alias "The Tall One,"`: few words, each
/// with a capital, and no verb.
fn is_name(text: &Text<'_>, place: &Place<'_>) -> bool {
    let tokens = &text.quotes[place.quote].1;
    let words = || tokens.clone().map(|at| text.token(at)).filter(|it| it.pos() != Pos::Punct);
    let big = |token: atalaya_parse::Token<'_>| {
        token.text().starts_with(|c: char| c.is_uppercase() || c.is_numeric())
            || matches!(token.pos(), Pos::Adp | Pos::Det | Pos::Part | Pos::Cconj)
    };
    let verb = |token: atalaya_parse::Token<'_>| matches!(token.pos(), Pos::Verb | Pos::Aux);
    let before = place.before.clone().rev().find(|&at| !text.is_mark(at, &[","]));
    let noun = before.is_some_and(|at| {
        let pos = text.token(at).pos();
        matches!(pos, Pos::Noun | Pos::Propn) || pos == Pos::Cconj && place.quote > 0
    });
    noun && words().count() <= 4
        && !words().any(verb)
        && words().all(big)
        && !place.cues_before.last().is_some_and(|cue| near(text, cue, tokens.start))
}

/// Whether a verb of saying and its subject stand right before a token: "the mayor said,".
fn near(text: &Text<'_>, cue: &Cue, at: usize) -> bool {
    (cue.words.end..at).all(|between| {
        let token = text.token(between);
        token.pos() == Pos::Punct || token.head().index() == cue.at
    })
}

/// The words of saying that a quotation belongs to, and the stretch in which they stand.
fn whose<'p>(
    words: &Words,
    text: &Text<'_>,
    place: &'p Place<'_>,
) -> Option<(&'p Cue, &'p Range<usize>)> {
    let tag = tag(words, text, place);
    let lead = lead(words, text, place);
    // What ends in a comma goes on in its tag, whatever leads to it with a colon.
    let tagged = text.last_mark(place.quote) == Some(',') && tag.is_some();
    let colon = text.last(&place.before).is_some_and(|last| text.is_mark(last, &[":"]));
    let lead = lead.filter(|_| !(tagged && colon));
    lead.map(|cue| (cue, &place.before)).or_else(|| tag.map(|cue| (cue, &place.after)))
}

/// The verb before a quotation that says whose it is: "She said on Friday: "…"".
fn lead<'p>(words: &Words, text: &Text<'_>, place: &'p Place<'_>) -> Option<&'p Cue> {
    let last = text.last(&place.before)?;
    let cue = place.cues_before.iter().rev().take(4).find(|c| c.entry(words).takes.quotation)?;
    let mark = text.is_mark(last, &[",", ":"]) || text.is_mark(last, &DASHES);
    // "a reporter who writes a blog in English. "…"": a clause about somebody leads to nothing far.
    if last >= cue.words.end && is_about(text, cue) {
        return None;
    }
    // "said the plan is absurd, so, "Why would he?"": the quotation only goes on with what is said.
    let clause = text.token(cue.at).children().any(|child| {
        child.dep() == "ccomp"
            && child.index() > cue.words.end
            && child.index() < last
            && text.outside(child.index())
            && text.subject(child.index()).is_some()
    });
    let colon = text.is_mark(last, &[":"]);
    if clause && !colon {
        return None;
    }
    ((mark && last < cue.at + FAR) || last < cue.words.end).then_some(cue)
}

/// Whether a verb tells of a noun: in a relative clause, or joined to one's verb.
fn is_about(text: &Text<'_>, cue: &Cue) -> bool {
    let verb = text.token(cue.at);
    let joined = std::iter::once(verb).chain(verb.ancestors()).take(4);
    let mut chain = joined.into_iter().skip_while(|verb| verb.dep() == "conj");
    chain.next().is_some_and(|verb| verb.dep() == "relcl") && text.subject(cue.at).is_none()
}

/// The verb after a quotation that says whose it is: ""…," said the mayor, who".
fn tag<'p>(words: &Words, text: &Text<'_>, place: &'p Place<'_>) -> Option<&'p Cue> {
    let relative = |cue: &Cue| {
        let subject = text.subject(cue.at);
        text.token(cue.at).dep() == "relcl"
            && subject.is_some_and(|subject| text.token(subject).tag().starts_with('W'))
    };
    place.cues_after.iter().take(8).find(|cue| {
        let near = cue.at < place.after.start + FAR;
        let about = relative(cue) || is_about(text, cue);
        near && cue.entry(words).takes.quotation && !cue.noun && !about
    })
}

/// Who a verb in a gap between quotations says it of.
fn speaker(words: &Words, text: &Text<'_>, cue: &Cue, gap: &Range<usize>) -> Option<usize> {
    if cue.passive {
        return cue::agent(text, cue.at).or_else(|| text.subject(cue.at));
    }
    let own = text.subject(cue.at).filter(|subject| gap.contains(subject));
    let inherited = || cue::subject(words, text, cue);
    let bound = cue::is_aside(text, cue)
        || matches!(text.token(cue.at).dep(), "conj" | "xcomp" | "pcomp" | "acl");
    own.or_else(|| inherited().filter(|subject| bound && gap.contains(subject)))
        .or_else(|| if cue::is_aside(text, cue) { inherited() } else { None })
        .or_else(|| before(text, cue, gap))
        .or_else(|| after(text, cue, gap))
        .or_else(inherited)
}

/// The noun phrase before a verb, where the parser knows of no subject.
fn before(text: &Text<'_>, cue: &Cue, gap: &Range<usize>) -> Option<usize> {
    let near = (gap.start..cue.words.start).rev().take_while(|&i| text.token(i).pos() != Pos::Verb);
    let mut found = near.take(16).find(|&i| name_like(text, i))?;
    // The topmost noun: what else stands there belongs to it, relative clauses too.
    for above in text.token(found).ancestors().take(8) {
        if !(gap.contains(&above.index()) && above.index() < cue.words.start) {
            break;
        }
        if name_like(text, above.index()) {
            found = above.index();
        }
    }
    Some(found)
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

/// The statement that words before a quotation lead to with a colon, without its content.
pub(super) fn led(
    words: &Words,
    text: &Text<'_>,
    part: usize,
    before: &Range<usize>,
    cues: &[Cue],
) -> Option<Statement> {
    let takes = |cue: &&Cue| before.contains(&cue.at) && cue.entry(words).takes.quotation;
    let statement = cues
        .iter()
        .rev()
        .take(4)
        .find(takes)
        .map(|cue| by_cue(words, text, part, cue, speaker(words, text, cue, before)));
    let statement = statement.or_else(|| {
        let last = text.last(before)?;
        let head = head_of_name(text, &(before.start..last))
            .or_else(|| main_speaker(text, &(before.start..last)))?;
        Some(by_name(words, text, part, "colon", head))
    })?;
    Some(Statement { form: Form::Direct, ..statement })
}

/// A quotation whose speaker a colon before it or a dash after it names, without a verb of saying.
fn named(words: &Words, text: &Text<'_>, part: usize, place: &Place<'_>) -> Option<Statement> {
    let Place { before, after, .. } = place;
    let (last, first) = (text.last(before), text.first(after));
    if let Some(last) = last.filter(|&last| text.is_mark(last, &[":"])) {
        let gap = before.start..last;
        let head = head_of_name(text, &gap).or_else(|| main_speaker(text, &gap))?;
        return Some(by_name(words, text, part, "colon", head));
    }
    let first = first.filter(|&first| text.is_mark(first, &DASHES))?;
    let head = name_on_line(text, &(first + 1..after.end))?;
    Some(by_name(words, text, part, "dash", head))
}

fn by_name(words: &Words, text: &Text<'_>, part: usize, rule: &str, head: usize) -> Statement {
    Statement {
        part,
        cue: None,
        rule: rule.to_owned(),
        form: Form::Direct,
        content: Vec::new(),
        sources: vec![source(words, text, part, head)],
        denied: false,
        verb: None,
        continues: false,
        asks: false,
        judges: false,
    }
}

/// A headline that names at its end who says it: "Minister Took Bribes: Prosecutor".
pub(super) fn headline(
    words: &Words,
    text: &Text<'_>,
    part: usize,
    unit: &Range<usize>,
    cues: &[Cue],
) -> Option<Statement> {
    let colon = unit.clone().rev().find(|&at| text.is_mark(at, &[":"]))?;
    let (told, named) = (unit.start..colon, colon + 1..unit.end);
    let word = |at: &usize| text.token(*at).pos() != Pos::Punct && !text.token(*at).is_space();
    let title = |at: usize| {
        let token = text.token(at);
        !token.text().starts_with(char::is_lowercase)
            || matches!(token.pos(), Pos::Adp | Pos::Det | Pos::Part | Pos::Num | Pos::Cconj)
    };
    let all = || unit.clone().filter(word);
    let verb = |at: usize| matches!(text.token(at).pos(), Pos::Verb | Pos::Aux);
    let names = named.clone().filter(word).count();
    let fits = (1..=5).contains(&names)
        && cues.is_empty()
        && all().all(|at| text.outside(at) && title(at))
        && told.clone().any(verb)
        && !told.clone().take(2).any(|at| text.token(at).tag().starts_with('W'))
        && !named.clone().any(|at| verb(at) || text.token(at).pos() == Pos::Adp);
    let last = named.rev().find(word).filter(|_| fits)?;
    let mut statement = by_name(words, text, part, "headline", last);
    statement.form = Form::Indirect;
    statement.content = vec![text.bytes(told)?];
    Some(statement)
}

/// The head of a name behind a dash. What stands there is the last of its line, and the parser may
/// take the full stop of a title for the end of a sentence: "– Lt. Ana Ruiz".
fn name_on_line(text: &Text<'_>, gap: &Range<usize>) -> Option<usize> {
    let rest = gap.end..text.token(gap.clone().next()?).doc().len();
    let stops = gap.clone().next_back().is_some_and(|last| text.token(last).text().ends_with('.'));
    let titled = gap.len() <= 4 && stops && !rest.is_empty();
    titled.then(|| head_of_name(text, &rest)).flatten().or_else(|| head_of_name(text, gap))
}

/// The head of a stretch that is a name and what describes it, and no clause.
fn head_of_name(text: &Text<'_>, gap: &Range<usize>) -> Option<usize> {
    let verb = |i| text.token(i).pos() == Pos::Verb;
    if gap.len() > 12 || gap.clone().any(verb) {
        return None;
    }
    let mut head = gap.clone().find(|&i| name_like(text, i))?;
    for above in text.token(head).ancestors().take(8) {
        if !(gap.contains(&above.index()) && name_like(text, above.index())) {
            break;
        }
        head = above.index();
    }
    Some(head)
}

/// The subject of the clause that leads to a quotation: "The mayor issued a short statement: "…"".
fn main_speaker(text: &Text<'_>, gap: &Range<usize>) -> Option<usize> {
    let verbs = gap.clone().rev().take(FAR).filter(|&i| text.token(i).pos() == Pos::Verb);
    let subject = |at| text.subject(at).filter(|subject| gap.contains(subject));
    verbs.filter(|&i| text.token(i).dep() != "relcl").find_map(subject)
}
