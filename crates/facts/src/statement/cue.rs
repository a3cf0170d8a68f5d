//! The words of saying in a text: which word, by which rule, and who says it.

use std::ops::Range;

use atalaya_parse::{Pos, Token};

use crate::clause::labels::is_impersonal;
use crate::speech::{Entry, Sense, Words};

use super::text::Text;

/// A verb or noun of saying.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    pub(super) at: usize,
    pub(super) entry: usize,
    /// The words of the cue: its auxiliaries, the word, what belongs to it.
    pub(super) words: Range<usize>,
    pub(super) noun: bool,
    pub(super) passive: bool,
    /// Whether its object is told: "told the broadcaster".
    pub(super) hearer: bool,
}

/// How many steps are taken up the tree for a subject.
const STEPS: usize = 6;

impl Cue {
    pub(super) fn entry<'w>(&self, words: &'w Words) -> &'w Entry {
        &words.entries[self.entry]
    }
}

/// The cue that a token is.
pub(super) fn cue(words: &Words, text: &Text<'_>, at: usize) -> Option<Cue> {
    let token = text.token(at);
    match token.pos() {
        Pos::Verb | Pos::Aux => verb(words, text, token),
        Pos::Noun => noun(words, token),
        _ => None,
    }
}

fn noun(words: &Words, token: Token<'_>) -> Option<Cue> {
    let at = token.index();
    let entry = *words.nouns.get(token.lemma())?;
    (token.dep() != "compound").then(|| Cue {
        at,
        entry,
        words: at..at + 1,
        noun: true,
        passive: false,
        hearer: false,
    })
}

fn verb(words: &Words, text: &Text<'_>, token: Token<'_>) -> Option<Cue> {
    let at = token.index();
    if matches!(token.dep(), "aux" | "auxpass" | "amod" | "compound") {
        return None;
    }
    let lemma = token.lemma().to_lowercase();
    let forms = words.verbs.get(lemma.as_str())?;
    let (entry, end) =
        forms.iter().find_map(|form| rest(text, at, &form.rest).map(|end| (form.entry, end)))?;
    let before = (at.saturating_sub(6)..at).rev().take_while(|&i| {
        let other = text.token(i);
        text.outside(i)
            && other.head().index() == at
            && matches!(other.dep(), "aux" | "auxpass" | "neg" | "advmod")
    });
    let start = before.last().unwrap_or(at);
    let helped = token.children().any(|child| child.dep() == "aux");
    // "when asked", "a claim denied by": a participle that nothing helps is passive too.
    let reduced =
        token.tag() == "VBN" && !helped && matches!(token.dep(), "acl" | "advcl" | "relcl");
    let passive =
        reduced || token.children().any(|child| matches!(child.dep(), "auxpass" | "nsubjpass"));
    let hearer = words.entries[entry].hearer;
    Some(Cue { at, entry, words: start..end, noun: false, passive, hearer })
}

/// Where the further words of a verb end, if they stand after it: at once, or after an object.
fn rest(text: &Text<'_>, at: usize, rest: &[String]) -> Option<usize> {
    let mut end = at + 1;
    for word in rest {
        let is = |&i: &usize| {
            let token = text.token(i);
            text.outside(i) && (token.norm() == word || token.lemma() == word)
        };
        end = (end..text.doc.len().min(end + 2)).find(is)? + 1;
    }
    Some(end)
}

/// Who says what a verb says: its subject, its own or that of the verb it depends on.
pub(super) fn subject(words: &Words, text: &Text<'_>, cue: &Cue) -> Option<usize> {
    if let Some(subject) = text.subject(cue.at) {
        return Some(subject);
    }
    if let Some(name) = inverted(text, cue) {
        return Some(name);
    }
    if is_aside(text, cue) {
        return main_subject(text, cue.at);
    }
    // "claimed that "lax laws" had encouraged them": the laws' verb is nobody else's.
    let own = |child: &Token<'_>| {
        matches!(child.dep(), "nsubj" | "nsubjpass") && !text.outside(child.index())
    };
    if text.token(cue.at).children().any(|child| own(&child)) {
        return None;
    }
    if let Some(speaker) = resumed(words, text, cue) {
        return Some(speaker);
    }
    let mut at = cue.at;
    for _ in 0..STEPS {
        if let Some(subject) = text.subject(at).filter(|&subject| agrees(text, cue.at, subject)) {
            return Some(subject);
        }
        let (token, head) = (text.token(at), text.token(at).head());
        if let Some(subject) = beside(text, token).or_else(|| quoted(words, text, token)) {
            return Some(subject);
        }
        match token.dep() {
            _ if token.is_root() => return None,
            // "prompted the minister to declare": whom the verb moves speaks.
            "xcomp" if controlled(words, text, token).is_some() => {
                return controlled(words, text, token);
            }
            // "it would be unwise to propose": nobody does.
            "xcomp" | "advcl" if is_impersonal_frame(text, head) => return None,
            "acl" | "relcl" => return owner(words, text, head),
            "conj" | "xcomp" | "advcl" | "pcomp" | "prep" | "ccomp" | "dep" | "parataxis" => {}
            _ => return None,
        }
        at = head.index();
    }
    None
}

/// "The paper quoted **the mayor** as saying": whom it quotes says it.
fn quoted<'d>(words: &Words, text: &Text<'d>, verb: Token<'d>) -> Option<usize> {
    let (preposition, quoting) = (verb.head(), verb.head().head());
    let leads = verb.dep() == "pcomp" && words.like.contains(preposition.norm());
    let object = quoting
        .children()
        .find(|child| child.dep() == "dobj" && child.index() < preposition.index())?;
    (leads && nominal(object) && text.outside(object.index())).then(|| object.index())
}

/// The object that an infinitive's governing verb moves to it.
fn controlled(words: &Words, text: &Text<'_>, verb: Token<'_>) -> Option<usize> {
    let particle = verb.children().any(|child| child.tag() == "TO");
    let between = |child: &Token<'_>| {
        child.dep() == "dobj" && child.index() < verb.index() && child.index() > verb.head().index()
    };
    let object = verb.head().children().find(between)?;
    // "used data to show": the data are only used.
    let acts = nominal(object) && !words.is_document(object);
    (particle && acts && text.outside(object.index())).then(|| object.index())
}

fn is_impersonal_frame(text: &Text<'_>, verb: Token<'_>) -> bool {
    let subject = text.subject(verb.index()).map(|subject| text.token(subject));
    // "it is hard to say", "makes it hard to say".
    let told = verb.pos() == Pos::Adj
        || verb.children().any(|child| matches!(child.dep(), "acomp" | "attr"));
    told && subject.is_some_and(is_impersonal)
}

/// "said that the court had met, but had asked": a joined pluperfect goes on with the one that is said.
fn beside(text: &Text<'_>, verb: Token<'_>) -> Option<usize> {
    let pluperfect =
        |verb: Token<'_>| verb.children().any(|c| c.dep() == "aux" && c.tag() == "VBD");
    let head = verb.head();
    if verb.dep() != "conj" || !pluperfect(verb) || pluperfect(head) {
        return None;
    }
    let said = head.children().find(|c| c.dep() == "ccomp" && pluperfect(*c))?;
    text.subject(said.index()).filter(|&subject| subject < verb.index())
}

/// "He said the bank knew of it, but stressed that": who said it goes on, not the bank.
fn resumed(words: &Words, text: &Text<'_>, cue: &Cue) -> Option<usize> {
    let verb = text.token(cue.at);
    let (said, saying) = (verb.head(), verb.head().head());
    let joins = cue.words.start.checked_sub(2).is_some_and(|before| {
        text.is_mark(before, &[","]) && text.token(before + 1).pos() == Pos::Cconj
    });
    let speech = words.verbs.get(saying.lemma()).is_some_and(|forms| {
        forms.iter().any(|form| {
            let entry = &words.entries[form.entry];
            entry.sense == Sense::Speech && entry.takes.clause
        })
    });
    let past = [verb, said, saying].iter().all(|verb| verb.tag() == "VBD");
    // "said he has left and suggested that": what is said is told in another tense.
    let apart = || {
        let shifts = |c: &Token<'_>| c.dep() == "aux" && matches!(c.tag(), "VBZ" | "VBP" | "MD");
        let plain = !verb.children().any(|child| child.dep() == "aux");
        let before = cue.words.start.checked_sub(1).map(|at| text.token(at));
        let joined = before.is_some_and(|before| before.pos() == Pos::Cconj);
        let tenses = verb.tag() == "VBD" && saying.tag() == "VBD";
        joined && plain && tenses && said.children().any(|child| shifts(&child))
    };
    let past = joins && past || apart();
    let led = saying.index() < said.index();
    (led && speech && past && verb.dep() == "conj" && said.dep() == "ccomp")
        .then(|| text.subject(saying.index()))
        .flatten()
}

/// Whether a verb can have a subject by its number: "weaknesses" do not "calls for".
pub(super) fn agrees(text: &Text<'_>, verb: usize, subject: usize) -> bool {
    let noun = text.token(subject);
    let joined = noun.children().any(|child| child.dep() == "conj");
    match (text.token(verb).tag(), noun.feature("Number")) {
        ("VBZ", Some("Plur")) => noun.pos() == Pos::Propn,
        ("VBP", Some("Sing")) => joined || noun.pos() != Pos::Noun,
        _ => true,
    }
}

/// Whether a verb of saying and its speaker's name end a sentence: "…, reported El Faro."
pub(super) fn trails(text: &Text<'_>, cue: &Cue, unit: &Range<usize>) -> bool {
    let Some(name) = inverted(text, cue).filter(|_| cue.words.start > unit.start + 1) else {
        return false;
    };
    let rest = text.reach(name).end..unit.end;
    let plain = |at: usize| text.token(at).pos() == Pos::Punct;
    // "…, reported El Faro at the time."
    let time = || {
        let said = |at: usize| matches!(text.token(at).pos(), Pos::Verb | Pos::Aux);
        let last = text.last(&rest).is_some_and(plain);
        rest.len() <= 5
            && last
            && text.token(rest.start).dep() == "prep"
            && !rest.clone().any(|at| said(at) || text.is_mark(at, &[","]))
    };
    rest.clone().all(plain) || time()
}

/// The name right behind a verb of saying that follows what is said: "…, reported El Faro". The parser
/// takes it for the object.
pub(super) fn inverted(text: &Text<'_>, cue: &Cue) -> Option<usize> {
    let before = cue.words.start.checked_sub(1)?;
    // "…, the director, told El Faro": whom the paper's name stands behind is told.
    if cue.hearer || !text.is_mark(before, &[","]) || text.token(cue.at).tag() == "VBG" {
        return None;
    }
    let name = text.token(cue.at).children().find(|child| child.dep() == "dobj")?;
    (name.pos() == Pos::Propn && text.reach(name.index()).start == cue.words.end)
        .then(|| name.index())
}

/// Whether a participle goes on with the speaker of its sentence: ", adding that".
pub(super) fn is_aside(text: &Text<'_>, cue: &Cue) -> bool {
    let before = cue.words.start.checked_sub(1);
    text.token(cue.at).tag() == "VBG"
        && before.is_some_and(|i| text.is_mark(i, &[",", "-", "--", "—", "–"]) || !text.outside(i))
}

/// The subject of the clause that a participle goes on with: the outermost one it hangs on.
fn main_subject(text: &Text<'_>, at: usize) -> Option<usize> {
    let mut found = None;
    let mut below = text.token(at);
    for above in below.ancestors().take(2 * STEPS) {
        let own = text.subject(above.index());
        // A clause with its own subject beside another does not belong to that one's.
        if found.is_some() && matches!(below.dep(), "conj" | "advcl") {
            break;
        }
        found = own.filter(|&subject| subject < at).or(found);
        below = above;
    }
    found
}

/// Who speaks in "a statement saying": the statement, or whoever issued it.
fn owner(words: &Words, text: &Text<'_>, noun: Token<'_>) -> Option<usize> {
    let verb = noun.head();
    let issued = noun.dep() == "dobj" && words.light.contains(verb.lemma());
    let issuer = issued.then(|| text.subject(verb.index())).flatten();
    issuer.or_else(|| (nominal(noun) && text.outside(noun.index())).then(|| noun.index()))
}

/// The document through which a verb says: "issued a statement saying", "said in a statement".
pub(super) fn document(words: &Words, text: &Text<'_>, cue: &Cue) -> Option<usize> {
    let token = text.token(cue.at);
    let known = |noun: &Token<'_>| words.is_document(*noun) && text.outside(noun.index());
    if token.dep() == "acl" && !is_aside(text, cue) {
        return Some(token.head()).filter(known).map(Token::index);
    }
    let leads = |child: &Token<'_>| {
        child.dep() == "prep" && child.index() > cue.at && words.through.contains(child.norm())
    };
    let nouns = token.children().filter(leads).flat_map(Token::children);
    nouns.filter(|noun| noun.dep() == "pobj").find(known).map(Token::index)
}

pub(super) fn nominal(token: Token<'_>) -> bool {
    matches!(
        token.pos(),
        Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Det | Pos::Adj | Pos::X
    )
}

/// Who does it in the passive: "by the mayor".
pub(super) fn agent(text: &Text<'_>, at: usize) -> Option<usize> {
    let by = text.token(at).children().find(|child| child.dep() == "agent")?;
    by.children().find(|child| child.dep() == "pobj").map(Token::index).filter(|&i| text.outside(i))
}

/// The noun phrase of a head: with what stands before it and the phrases that belong to it, but
/// without clauses and appositions.
pub(super) fn phrase(text: &Text<'_>, head: usize) -> Range<usize> {
    let token = text.token(head);
    let mut start = text.reach(head).start;
    let mut end = head + 1;
    for child in token.children() {
        let index = child.index();
        if index > head
            && matches!(child.dep(), "prep" | "cc" | "conj" | "case" | "poss" | "compound" | "flat")
        {
            end = end.max(text.reach(index).end);
        } else if index > head {
            break;
        }
    }
    // A quotation is nobody's name.
    while start < head && !text.outside(start) {
        start += 1;
    }
    while end > head + 1 && !text.outside(end - 1) {
        end -= 1;
    }
    start..end
}
