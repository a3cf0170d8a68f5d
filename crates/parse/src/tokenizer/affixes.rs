//! Splits a chunk, text without white space, by prefixes, suffixes, infixes and exceptions.

use std::collections::HashMap;

use regex::Regex;

use super::pattern::{self, Group, Place};
use super::rules::{Rules, RulesError};

/// A tokenizer's compiled rules.
#[derive(Debug)]
pub(super) struct Affixes {
    prefix: Vec<Group>,
    suffix: Vec<Group>,
    infix: Vec<Group>,
    token: Option<Regex>,
    url: Option<Regex>,
    exceptions: HashMap<Box<str>, u32>,
    longest_exception: usize,
}

/// A part of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// A token of so many bytes.
    Token(usize),
    /// The tokens of an exception, by its place in [`Rules::exceptions`].
    Exception(u32),
}

impl Affixes {
    pub(super) fn new(rules: &Rules) -> Result<Affixes, RulesError> {
        let groups = |name, pattern: &Option<String>, place| match pattern {
            Some(pattern) => {
                pattern::groups(pattern, place).map_err(|error| RulesError::Pattern(name, error))
            }
            None => Ok(Vec::new()),
        };
        let whole = |name, pattern: &Option<String>| match pattern {
            Some(pattern) => {
                let whole = pattern::whole(pattern);
                whole.map(Some).map_err(|error| RulesError::Pattern(name, error))
            }
            None => Ok(None),
        };
        let texts = rules.exceptions.iter().map(|(text, _)| text.as_str());
        Ok(Affixes {
            prefix: groups("prefix_search", &rules.prefix, Place::Start)?,
            suffix: groups("suffix_search", &rules.suffix, Place::End)?,
            infix: groups("infix_finditer", &rules.infix, Place::Anywhere)?,
            token: whole("token_match", &rules.token)?,
            url: whole("url_match", &rules.url)?,
            longest_exception: texts.clone().map(str::len).max().unwrap_or(0),
            exceptions: texts.map(Box::from).zip(0..).collect(),
        })
    }

    /// The exception that a text is, by its place in the rules.
    pub(super) fn exception(&self, text: &str) -> Option<u32> {
        // Long texts are not even hashed: a chunk can shrink a character at a time.
        if text.len() > self.longest_exception {
            return None;
        }
        self.exceptions.get(text).copied()
    }

    /// Whether other rules would cut something off the text or split it.
    pub(super) fn touch(&self, text: &str) -> bool {
        self.prefix_len(text) > 0
            || self.infix.iter().any(|group| group.find(text, 0).is_some())
            || self.suffix_len(text) > 0
    }

    /// Splits a chunk; `with_exceptions` is off where the exceptions themselves are split.
    pub(super) fn split(&self, chunk: &str, with_exceptions: bool, out: &mut Vec<Cut>) {
        let exception = |text: &str| match with_exceptions && !text.is_empty() {
            true => self.exception(text),
            false => None,
        };
        if let Some(found) = exception(chunk) {
            out.push(Cut::Exception(found));
            return;
        }
        let (mut rest, mut suffixes) = (chunk, Vec::new());
        while !rest.is_empty() && !self.is_token(rest) && exception(rest).is_none() {
            let prefix = self.prefix_len(rest);
            if prefix > 0 && exception(&rest[prefix..]).is_some() {
                out.push(Cut::Token(prefix));
                rest = &rest[prefix..];
                break;
            }
            let suffix = self.suffix_len(&rest[prefix..]);
            let end = rest.len() - suffix;
            if suffix > 0 && exception(&rest[..end]).is_some() {
                suffixes.push(suffix);
                rest = &rest[..end];
                break;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            if prefix > 0 {
                out.push(Cut::Token(prefix));
            }
            if suffix > 0 {
                suffixes.push(suffix);
            }
            rest = &rest[prefix..end];
        }
        match exception(rest) {
            Some(found) => out.push(Cut::Exception(found)),
            None => self.split_core(rest, out),
        }
        out.extend(suffixes.into_iter().rev().map(Cut::Token));
    }

    /// Splits what is left between prefixes and suffixes by infixes, unless it is a URL.
    fn split_core(&self, core: &str, out: &mut Vec<Cut>) {
        if core.is_empty() {
            return;
        }
        if self.is_token(core) || self.url.as_ref().is_some_and(|url| url.is_match(core)) {
            out.push(Cut::Token(core.len()));
            return;
        }
        let mut done = 0;
        let mut infixes = Infixes::new(&self.infix, core);
        while let Some((start, end)) = infixes.next() {
            if start == 0 {
                continue;
            }
            let parts = [start - done, end - start];
            out.extend(parts.into_iter().filter(|&len| len > 0).map(Cut::Token));
            done = end;
        }
        if done < core.len() {
            out.push(Cut::Token(core.len() - done));
        }
    }

    fn is_token(&self, text: &str) -> bool {
        self.token.as_ref().is_some_and(|token| token.is_match(text))
    }

    /// The length of the prefix of the first alternative that matches, in bytes; 0 if none does.
    fn prefix_len(&self, text: &str) -> usize {
        let found = self.prefix.iter().find_map(|group| group.find(text, 0));
        found.map_or(0, |(_, end)| end)
    }

    /// The length of the longest suffix, in bytes; 0 if there is none.
    fn suffix_len(&self, text: &str) -> usize {
        let starts = self.suffix.iter().filter_map(|group| group.find(text, 0));
        starts.map(|(start, _)| text.len() - start).max().unwrap_or(0)
    }
}

impl Group {
    /// The leftmost match that starts at `from` or later, without what was only looked at.
    fn find(&self, text: &str, from: usize) -> Option<(usize, usize)> {
        let back = text[..from].chars().rev().take(self.behind).map(char::len_utf8);
        let found = self.regex.find_at(text, from - back.sum::<usize>())?;
        let matched = found.as_str();
        let behind = matched.chars().take(self.behind).map(char::len_utf8);
        let ahead = matched.chars().rev().take(self.ahead).map(char::len_utf8);
        Some((found.start() + behind.sum::<usize>(), found.end() - ahead.sum::<usize>()))
    }
}

/// The matches of all groups together, leftmost first, without overlap.
struct Infixes<'a> {
    groups: &'a [Group],
    text: &'a str,
    at: usize,
    /// Each group's next match, if it was looked for.
    next: Vec<Option<Option<(usize, usize)>>>,
}

impl<'a> Infixes<'a> {
    fn new(groups: &'a [Group], text: &'a str) -> Infixes<'a> {
        Infixes { groups, text, at: 0, next: vec![None; groups.len()] }
    }

    fn next(&mut self) -> Option<(usize, usize)> {
        let (text, at) = (self.text, self.at);
        if at > text.len() {
            return None;
        }
        let mut best: Option<(usize, usize)> = None;
        for (group, next) in self.groups.iter().zip(&mut self.next) {
            let is_stale = |found: &Option<(usize, usize)>| found.is_some_and(|f| f.0 < at);
            if next.as_ref().is_none_or(is_stale) {
                *next = Some(group.find(text, at));
            }
            if let Some(Some(found)) = *next
                && best.is_none_or(|best| found.0 < best.0)
            {
                best = Some(found);
            }
        }
        let (start, end) = best?;
        // An empty match is passed by; otherwise it would be found again.
        let step =
            if start == end { text[end..].chars().next().map_or(1, char::len_utf8) } else { 0 };
        self.at = end + step;
        Some((start, end))
    }
}
