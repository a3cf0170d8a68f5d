//! The words of saying in a text: which word, by which rule, and who says it.

use std::ops::Range;

use atalaya_parse::{Pos, Token};

use crate::speech::{Entry, Words};

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
    let passive = token.children().any(|child| matches!(child.dep(), "auxpass" | "nsubjpass"));
    Some(Cue { at, entry, words: start..end, noun: false, passive })
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

/// A verb's subject, its own or that of the verb it depends on.
pub(super) fn subject(text: &Text<'_>, at: usize) -> Option<usize> {
    let mut at = at;
    for _ in 0..STEPS {
        if let Some(subject) = text.subject(at) {
            return Some(subject);
        }
        let token = text.token(at);
        let head = token.head();
        if token.is_root() {
            return None;
        }
        match token.dep() {
            "acl" | "relcl" => return nominal(head).then_some(head.index()),
            "conj" | "xcomp" | "advcl" | "pcomp" | "prep" | "ccomp" | "dep" | "parataxis" => {}
            _ => return None,
        }
        at = head.index();
    }
    None
}

pub(super) fn nominal(token: Token<'_>) -> bool {
    matches!(token.pos(), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num | Pos::Det | Pos::Adj)
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
