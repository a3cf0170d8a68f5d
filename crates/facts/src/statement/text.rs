//! A text laid out for the search: its quotations, its sentences with quotations kept whole, and the reach of every word.

use std::ops::Range;

use atalaya_parse::{Doc, Pos, Token};

use super::marks::{self, Quotation};

/// A parsed text with what the search asks for again and again, each reckoned once.
pub(super) struct Text<'d> {
    pub(super) doc: &'d Doc,
    /// The outermost quotations, and their tokens with the marks.
    pub(super) quotes: Vec<(Quotation, Range<usize>)>,
    /// For each token the quotation it stands in.
    quote_of: Vec<Option<usize>>,
    /// For each token the first and the last of its subtree, end exclusive.
    reach: Vec<Range<usize>>,
    /// For each token its subject outside the quotations.
    subject: Vec<Option<usize>>,
    /// How many words stand before each token, and how many of them in quotations.
    words: Vec<(usize, usize)>,
    /// The sentences: tokens, a quotation never cut.
    pub(super) units: Vec<Range<usize>>,
}

impl<'d> Text<'d> {
    pub(super) fn new(doc: &'d Doc) -> Text<'d> {
        let mut quote_of = vec![None; doc.len()];
        let mut quotes = Vec::new();
        for quotation in marks::quotations(doc.text()) {
            let tokens = tokens_within(doc, &quotation.outer);
            if tokens.is_empty() {
                continue;
            }
            quote_of[tokens.clone()].fill(Some(quotes.len()));
            quotes.push((quotation, tokens));
        }
        let subject = subjects(doc, &quote_of);
        let words = counts(doc, &quote_of);
        let reach = reaches(doc);
        let mut text = Text { doc, quotes, quote_of, reach, subject, words, units: Vec::new() };
        text.units = text.split();
        text
    }

    pub(super) fn token(&self, index: usize) -> Token<'d> {
        self.doc.token(index)
    }

    /// The quotation that a token stands in, its marks included.
    pub(super) fn quote(&self, index: usize) -> Option<usize> {
        self.quote_of.get(index).copied().flatten()
    }

    pub(super) fn outside(&self, index: usize) -> bool {
        self.quote(index).is_none()
    }

    /// From the first to the last word that depends on a token.
    pub(super) fn reach(&self, index: usize) -> Range<usize> {
        self.reach[index].clone()
    }

    /// A verb's own subject, if it stands outside the quotations.
    pub(super) fn subject(&self, index: usize) -> Option<usize> {
        self.subject[index]
    }

    /// How many words some tokens hold, and how many of them in quotations.
    pub(super) fn count(&self, tokens: &Range<usize>) -> (usize, usize) {
        let (first, last) = (self.words[tokens.start], self.words[tokens.end.max(tokens.start)]);
        (last.0 - first.0, last.1 - first.1)
    }

    /// The last token of a stretch that is no blank.
    pub(super) fn last(&self, tokens: &Range<usize>) -> Option<usize> {
        tokens.clone().rev().find(|&index| !self.token(index).is_space())
    }

    /// The first token of a stretch that is no blank.
    pub(super) fn first(&self, tokens: &Range<usize>) -> Option<usize> {
        tokens.clone().find(|&index| !self.token(index).is_space())
    }

    /// Whether a token is one of these marks, outside quotations.
    pub(super) fn is_mark(&self, index: usize, marks: &[&str]) -> bool {
        self.outside(index) && marks.contains(&self.token(index).text())
    }

    /// Whether a token ends a sentence outside quotations.
    pub(super) fn is_stop(&self, index: usize) -> bool {
        matches!(self.token(index).text(), "." | "?" | "!" | "…" | "..." | "?!" | "!!")
    }

    /// Cuts the text into sentences. The parser's own cuts count only where no quotation is near,
    /// for there it often goes wrong.
    fn split(&self) -> Vec<Range<usize>> {
        let mut units = Vec::new();
        let mut start = 0;
        for index in 1..self.doc.len() {
            if self.cut_before(index) {
                units.push(start..index);
                start = index;
            }
        }
        if start < self.doc.len() {
            units.push(start..self.doc.len());
        }
        units
    }

    fn cut_before(&self, index: usize) -> bool {
        if self.quote(index).is_some() && self.quote(index) == self.quote(index - 1) {
            return false;
        }
        let before = (0..index).rev().take(3).find(|&i| !self.token(i).is_space());
        let Some(before) = before else { return false };
        if self.token(index).is_space() {
            return false;
        }
        match self.quote(before) {
            None if self.is_stop(before) => {
                self.token(index).is_sentence_start()
                    || self.quote(index).is_some()
                    || big(self.token(index))
            }
            None => {
                self.token(index).is_sentence_start()
                    && big(self.token(index))
                    && self.token(before).text().ends_with('.')
            }
            Some(quote) => {
                let ending = self.last_mark(quote);
                let next = self.quote(index).is_some() || big(self.token(index));
                match ending {
                    Some('.') => next,
                    Some('?' | '!' | '…') => next && !self.tag_follows(index),
                    // `… and banks" But the ministry`: the stop was forgotten.
                    _ => {
                        self.quote(index).is_none()
                            && big(self.token(index))
                            && self.token(index).pos() == Pos::Cconj
                    }
                }
            }
        }
    }

    /// The last character of a quotation.
    pub(super) fn last_mark(&self, quote: usize) -> Option<char> {
        let inner = self.quotes[quote].0.inner.clone();
        let quoted = self.doc.text()[inner].trim_end();
        quoted.trim_end_matches(['\'', '’', '"', '”', '\u{a0}']).chars().next_back()
    }

    /// Whether what stands after a quotation looks like its tag: a short clause whose verb ends it.
    fn tag_follows(&self, index: usize) -> bool {
        if self.quote(index).is_some() {
            return false;
        }
        let clause = (index..self.doc.len().min(index + 12))
            .take_while(|&i| self.outside(i) && !self.is_stop(i));
        let verb = clause.clone().find(|&i| self.token(i).pos() == Pos::Verb);
        let Some(verb) = verb else { return false };
        // What a tag's verb says was said before it.
        let next = verb + 1;
        next >= self.doc.len()
            || self.is_stop(next)
            || self.token(next).text() == ","
            || self.quote(next).is_some()
            || matches!(self.token(next).pos(), Pos::Adp | Pos::Adv | Pos::Sconj)
    }

    /// The bytes of some tokens, without blanks and commas at their ends, and without the marks of
    /// quotations of which only one end stands there.
    pub(super) fn bytes(&self, tokens: Range<usize>) -> Option<Range<usize>> {
        let mut range = tokens;
        let idle = |index: usize| {
            let text = self.token(index).text();
            matches!(text, "," | ":" | ";" | "." | "-" | "--" | "—" | "–") || text.trim().is_empty()
        };
        while !range.is_empty() && idle(range.start) {
            range.start += 1;
        }
        while !range.is_empty() && idle(range.end - 1) {
            range.end -= 1;
        }
        let bytes = self.doc.span(range).bytes();
        (!bytes.is_empty()).then_some(bytes)
    }
}

/// Whether a word begins with a capital or a figure, as sentences do.
fn big(token: Token<'_>) -> bool {
    let first = token.text().chars().next().unwrap_or(' ');
    first.is_uppercase() || first.is_numeric() || matches!(first, '[' | '(')
}

fn tokens_within(doc: &Doc, bytes: &Range<usize>) -> Range<usize> {
    let mut first = 0..doc.len();
    while first.start < first.end {
        let middle = usize::midpoint(first.start, first.end);
        match doc.token(middle).bytes().end <= bytes.start {
            true => first.start = middle + 1,
            false => first.end = middle,
        }
    }
    let start = first.start;
    let mut last = start..doc.len();
    while last.start < last.end {
        let middle = usize::midpoint(last.start, last.end);
        match doc.token(middle).bytes().start < bytes.end {
            true => last.start = middle + 1,
            false => last.end = middle,
        }
    }
    start..last.start
}

/// Every token's subtree as a range, from the leaves up.
fn reaches(doc: &Doc) -> Vec<Range<usize>> {
    let mut order: Vec<usize> =
        doc.tokens().filter(|token| token.is_root()).map(Token::index).collect();
    let mut next = 0;
    while let Some(&index) = order.get(next) {
        order.extend(doc.token(index).children().map(Token::index));
        next += 1;
    }
    let mut reach: Vec<Range<usize>> = (0..doc.len()).map(|index| index..index + 1).collect();
    for &index in order.iter().rev() {
        let head = doc.token(index).head().index();
        let own = reach[index].clone();
        reach[head] = reach[head].start.min(own.start)..reach[head].end.max(own.end);
    }
    reach
}

fn counts(doc: &Doc, quote_of: &[Option<usize>]) -> Vec<(usize, usize)> {
    let mut counts = vec![(0, 0)];
    let (mut words, mut quoted) = (0, 0);
    for token in doc.tokens() {
        if token.text().chars().any(char::is_alphanumeric) {
            words += 1;
            quoted += usize::from(quote_of[token.index()].is_some());
        }
        counts.push((words, quoted));
    }
    counts
}

fn subjects(doc: &Doc, quote_of: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut subjects = vec![None; doc.len()];
    for token in doc.tokens() {
        let subject = matches!(token.dep(), "nsubj" | "nsubjpass" | "csubj");
        // The parser calls many a word a subject where a quotation has led it astray.
        let fits = quote_of[token.index()].is_none() && super::cue::nominal(token);
        if subject && fits {
            subjects[token.head().index()].get_or_insert(token.index());
        }
    }
    subjects
}
