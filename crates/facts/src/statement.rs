//! Statements: who said what, in which words, through whom.

mod according;
mod asides;
mod content;
mod cue;
mod direct;
mod marks;
mod text;

use std::ops::Range;

use atalaya_parse::{Doc, Token};

use crate::speech::Words;

use cue::Cue;
use text::Text;

/// Something that someone said, wrote, thinks or shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// The number of the text it stands in; all bytes are of this text unless a field says otherwise.
    pub part: usize,
    /// The words of saying; none where a dash, a colon or the quotation before tells the speaker.
    pub cue: Option<Range<usize>>,
    /// The pack's rule, `speech/say`, or the construction's name.
    pub rule: String,
    /// How near to the speaker's own words it is.
    pub form: Form,
    /// What is said, in order, without quotation marks around it.
    pub content: Vec<Range<usize>>,
    /// Who says it, the innermost first; whom it was told to comes last.
    pub sources: Vec<Source>,
    /// Whether the speaker denies it: "denied that", "did not say".
    pub denied: bool,
    /// The token of the verb or noun of saying.
    pub verb: Option<usize>,
    /// Whether it goes on with the statement before it, whose quotation runs over paragraphs.
    pub continues: bool,
    /// Whether something is to be done, and nothing told: "urged them to leave".
    pub asks: bool,
    /// Whether it judges what is known: "blamed them for the arrest".
    pub judges: bool,
}

/// How a statement is rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In quotation marks throughout.
    Direct,
    /// With some words in quotation marks.
    Mixed,
    /// In the reporter's words.
    Indirect,
}

/// One link of the chain from whose mouth a statement comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The number of the text that names it.
    pub part: usize,
    /// The token that the noun phrase hangs on.
    pub head: Option<usize>,
    /// The noun phrase.
    pub span: Range<usize>,
    /// What part it plays.
    pub role: Role,
    /// What "who" or "he" stands for, where the sentence leaves no doubt: a text's number and bytes.
    pub antecedent: Option<(usize, Range<usize>)>,
    /// The noun that "who" or "which" stands for.
    pub noun: Option<usize>,
}

/// The part of a source in a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It says it.
    Speaker,
    /// It is told, and passes it on: the broadcaster in "told the broadcaster".
    Recipient,
    /// It is a text or a body of data that says it.
    Document,
}

/// The statements of a report's texts, which are given in order.
pub fn statements(words: &Words, docs: &[&Doc]) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    let mut awaits = None;
    for (part, doc) in docs.iter().enumerate() {
        let text = Text::new(doc);
        let (mut here, next) = of_text(words, &text, part, awaits.take());
        here.sort_by_key(|statement| statement.content.first().map_or(0, |range| range.start));
        found.append(&mut here);
        // Between paragraphs of a quotation stands nothing but perhaps an empty text.
        awaits = next;
    }
    found
}

/// What the end of a text says of the quotation that opens the next.
struct Awaited {
    /// Its statement, but for the content.
    statement: Statement,
}

fn of_text(
    words: &Words,
    text: &Text<'_>,
    part: usize,
    mut awaited: Option<Awaited>,
) -> (Vec<Statement>, Option<Awaited>) {
    let mut found: Vec<Statement> = Vec::new();
    // The statement whose quotation a sentence that is nothing but a quotation goes on with.
    let mut open: Option<usize> = None;
    let mut last_cues: Vec<Cue> = Vec::new();
    // Who spoke in the sentence before.
    let mut carried: Option<Vec<Source>> = None;
    for unit in &text.units {
        let cues: Vec<Cue> = unit
            .clone()
            .filter(|&at| text.outside(at))
            .filter_map(|at| cue::cue(words, text, at))
            .collect();
        if cues.is_empty()
            && let Some(quote) = direct::whole(text, unit)
        {
            let inner = text.quotes[quote].0.inner.clone();
            if let Some(open) = open {
                found[open].content.push(inner);
                continue;
            }
            if let Some(sources) = &carried {
                open = Some(found.len());
                found.push(carry(part, inner, sources.clone()));
                continue;
            }
            if let Some(Awaited { statement }) = awaited.take() {
                open = Some(found.len());
                found.push(Statement { part, content: vec![inner], ..statement });
                continue;
            }
        }
        awaited = None;
        let first = found.len();
        let (said, used) = direct::quotations(words, text, part, unit, &cues);
        open = (!said.is_empty()).then(|| first + said.len() - 1);
        found.extend(said);
        for cue in cues.iter().filter(|cue| !used.contains(&cue.at)) {
            found.extend(content::reported(words, text, part, unit, &cues, cue));
        }
        carried = found[first..]
            .iter()
            .find(|s| {
                words.sense(&s.rule) == Some(crate::speech::Sense::Speech) && !s.sources.is_empty()
            })
            .map(|s| s.sources.clone());
        found.extend(according::according(words, text, part, unit, &cues));
        found.extend(direct::headline(words, text, part, unit, &cues));
        last_cues = cues;
    }
    let next = awaits(words, text, part, &last_cues, open.map(|open| &found[open]));
    (found, next)
}

/// A quotation that is a sentence of its own, said by the speaker of the sentence before.
fn carry(part: usize, inner: Range<usize>, sources: Vec<Source>) -> Statement {
    Statement {
        part,
        cue: None,
        rule: "carried".to_owned(),
        form: Form::Direct,
        content: vec![inner],
        sources,
        denied: false,
        verb: None,
        continues: false,
        asks: false,
        judges: false,
    }
}

/// What the end of a text says of a quotation that may open the next: a colon leads to it, or the
/// last quotation was not closed.
fn awaits(
    words: &Words,
    text: &Text<'_>,
    part: usize,
    cues: &[Cue],
    open: Option<&Statement>,
) -> Option<Awaited> {
    let unclosed = text.quotes.last().is_some_and(|(quotation, _)| !quotation.closed);
    if let Some(open) = open.filter(|_| unclosed) {
        let statement = Statement { cue: None, verb: None, continues: true, ..open.clone() };
        return Some(Awaited { statement });
    }
    let unit = text.units.last()?;
    let last = text.last(unit).filter(|&last| text.is_mark(last, &[":"]))?;
    let statement = direct::led(words, text, part, &(unit.start..last + 1), cues)?;
    let statement = Statement { cue: None, verb: None, ..statement };
    Some(Awaited { statement })
}

/// A statement by its cue.
fn by_cue(
    words: &Words,
    text: &Text<'_>,
    part: usize,
    cue: &Cue,
    speaker: Option<usize>,
) -> Statement {
    let entry = cue.entry(words);
    let negated = text.token(cue.at).children().any(|child| child.dep() == "neg");
    let mut sources: Vec<Source> = Vec::new();
    if let Some(head) = speaker {
        sources.push(source(words, text, part, head));
        if entry.hears {
            sources[0].role = Role::Recipient;
        }
    }
    if !cue.noun && !entry.hears {
        sources.extend(recipient(words, text, part, cue));
    }
    if let Some(document) = cue::document(words, text, cue)
        && sources.iter().all(|source| source.head != Some(document))
    {
        sources.push(source(words, text, part, document));
    }
    Statement {
        part,
        cue: Some(text.doc.span(cue.words.clone()).bytes()),
        rule: entry.rule.clone(),
        form: Form::Indirect,
        content: Vec::new(),
        sources,
        denied: entry.denies != negated,
        verb: Some(cue.at),
        continues: false,
        asks: false,
        judges: false,
    }
}

/// A source by the head of its noun phrase.
fn source(words: &Words, text: &Text<'_>, part: usize, head: usize) -> Source {
    let token = text.token(head);
    let document = words.is_document(token);
    // "who" stands for the noun that its clause hangs on.
    let relative = token.tag().starts_with('W').then(|| {
        let clause = std::iter::once(token).chain(token.ancestors()).take(4);
        clause.into_iter().find(|token| token.dep() == "relcl").map(|token| token.head().index())
    });
    let noun = relative.flatten().map(|noun| of_thing(words, text, token, noun));
    let antecedent = noun.map(|noun| text.doc.span(cue::phrase(text, noun)).bytes());
    Source {
        part,
        head: Some(head),
        span: whole_words(text.doc.text(), text.doc.span(cue::phrase(text, head)).bytes()),
        role: if document { Role::Document } else { Role::Speaker },
        antecedent: antecedent.map(|bytes| (part, bytes)),
        noun,
    }
}

/// A phrase without half a word at its end: "e-mails" where the parser sees "e".
fn whole_words(text: &str, span: Range<usize>) -> Range<usize> {
    let joined = text[span.end..].strip_prefix('-').map_or(0, |rest| {
        let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if word == 0 { 0 } else { word + 1 }
    });
    span.start..span.end + joined
}

/// "the deal with the prosecutors, which states that": "which" is no people, but the text they made.
fn of_thing(words: &Words, text: &Text<'_>, pronoun: Token<'_>, noun: usize) -> usize {
    let people = text.token(noun);
    let above = people.head().head();
    let which = pronoun.tag() == "WDT" && pronoun.norm() == "which";
    let hangs = people.dep() == "pobj" && people.head().dep() == "prep";
    let plain = people.tag() == "NNS" && words.is_doer(people) && !words.is_document(people);
    let text_of_theirs = which && hangs && plain && above.pos() == atalaya_parse::Pos::Noun;
    if text_of_theirs { above.index() } else { noun }
}

/// Whom a verb's subject told.
fn recipient(words: &Words, text: &Text<'_>, part: usize, cue: &Cue) -> Option<Source> {
    if !cue.entry(words).hearer {
        return None;
    }
    let hearer = text.token(cue.at).children().find(|child| {
        let object = matches!(child.dep(), "dobj" | "dative" | "iobj") && child.index() > cue.at;
        (object || child.dep() == "nsubjpass") && text.outside(child.index())
    })?;
    let noun = match hearer.dep() {
        "dative" => hearer.children().find(|child| child.dep() == "pobj").unwrap_or(hearer),
        _ => hearer,
    };
    (cue::nominal(noun) && text.outside(noun.index()))
        .then(|| Source { role: Role::Recipient, ..source(words, text, part, noun.index()) })
}

/// How a statement is rendered whose content has these tokens.
fn form(text: &Text<'_>, content: &[Range<usize>]) -> Form {
    let counts = content.iter().map(|range| text.count(range));
    match counts.fold((0, 0), |all, (words, quoted)| (all.0 + words, all.1 + quoted)) {
        (_, 0) => Form::Indirect,
        (words, quoted) if words == quoted => Form::Direct,
        _ => Form::Mixed,
    }
}
