//! Rewrites Python's regular expressions for a linear-time engine.
//!
//! Two things differ. The classes `\d`, `\w` and `\s` are spelled out as Python has them; and the
//! engine has no look-around, so an alternative's fixed-width assertions become part of what it
//! matches, and the caller takes their characters off the match again.

use std::fmt::Write as _;

use regex::{Regex, RegexBuilder};
use thiserror::Error;

use crate::tables::unicode::{ALPHA, DECIMAL, NUMERIC};

/// The longest pattern that is taken; spaCy's longest has 16,000 characters.
const LONGEST: usize = 200_000;

/// Memory that one compiled pattern may take.
const SIZE_LIMIT: usize = 24 << 20;

const SPACE: &str = r"\t-\r\x1c-\x20\x85\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000";

/// Part of spaCy's URL pattern: dotted numbers, with private networks shut out by look-ahead.
const PUBLIC_HOST: &str = concat!(
    r"(?!(?:10|127)(?:\.\d{1,3}){3})",
    r"(?!(?:169\.254|192\.168)(?:\.\d{1,3}){2})",
    r"(?!172\.(?:1[6-9]|2\d|3[0-1])(?:\.\d{1,3}){2})",
    r"(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.(?:1?\d{1,2}|2[0-4]\d|25[0-5])){2}"
);

/// Why a pattern can't be used.
#[derive(Debug, Error)]
pub(crate) enum PatternError {
    /// Python's dialect has it, this one does not.
    #[error("a regular expression uses {0}, which is not supported: {1}")]
    Unsupported(&'static str, String),
    /// Too long, or too big when compiled.
    #[error("a regular expression is too long")]
    TooLong,
    /// Not a regular expression.
    #[error("a regular expression is wrong: {0}")]
    Wrong(Box<regex::Error>),
}

/// Alternatives of one pattern that ask for equally many characters on either side of a match.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) regex: Regex,
    /// How many characters at a match's start were only looked at.
    pub(super) behind: usize,
    /// How many characters at a match's end were only looked at.
    pub(super) ahead: usize,
}

/// Where the alternatives of a pattern must match.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Start,
    End,
    Anywhere,
}

/// The groups of a pattern, in the order in which they are to be tried.
pub(super) fn groups(pattern: &str, place: Place) -> Result<Vec<Group>, PatternError> {
    if pattern.len() > LONGEST {
        return Err(PatternError::TooLong);
    }
    let mut joined: Vec<Alternative> = Vec::new();
    for source in split(pattern) {
        for alternative in alternative(anchored(source, place)?)? {
            // What ends at the end is told apart by its start alone, so its order is free.
            let fits = |other: &Alternative| {
                (other.behind, other.ahead) == (alternative.behind, alternative.ahead)
            };
            let found = match place {
                Place::End => joined.iter_mut().find(|other| fits(other)),
                _ => joined.last_mut().filter(|other| fits(other)),
            };
            match found {
                Some(other) => {
                    let _ = write!(other.source, "|{}", alternative.source);
                }
                None => joined.push(alternative),
            }
        }
    }
    let group = |Alternative { source, behind, ahead }| {
        let source = match place {
            Place::Start => format!(r"\A(?:{source})"),
            Place::End => format!(r"(?:{source})\z"),
            Place::Anywhere => source,
        };
        Ok(Group { regex: compile(&source)?, behind, ahead })
    };
    joined.into_iter().map(group).collect()
}

/// A pattern that is to match from the start of a text, as a whole.
pub(super) fn whole(pattern: &str) -> Result<Regex, PatternError> {
    if pattern.len() > LONGEST {
        return Err(PatternError::TooLong);
    }
    let source = match pattern.split_once(PUBLIC_HOST) {
        Some((before, after)) => {
            format!("{}{}{}", translate(before)?, public_host(), translate(after)?)
        }
        None => translate(pattern)?,
    };
    compile(&format!(r"\A(?:{source})"))
}

/// A pattern of a rule that searches a text, as Python's `re.search` does.
pub(crate) fn search(pattern: &str) -> Result<Regex, PatternError> {
    if pattern.len() > LONGEST {
        return Err(PatternError::TooLong);
    }
    compile(&translate(pattern)?)
}

/// The same language as [`PUBLIC_HOST`] without look-ahead, in the engine's dialect.
fn public_host() -> String {
    let digits = ranges(&[&DECIMAL]);
    let d = format!("[{digits}]");
    let but = |these: &str| format!("[{digits}--[{these}]]");
    let two_hundreds = format!("2[0-4]{d}|25[0-5]");
    let part = format!("(?:1?{d}{{1,2}}|{two_hundreds})");
    // All first numbers but 10, 127, 169, 172 and 192.
    let first = [
        format!("[2-9]{d}?|1|1{}|1{}{d}|1[013458]{d}", but("0"), but("0-9")),
        format!("12{}|16{}|1[79]{}|2[01]{d}|22[0-3]", but("7"), but("9"), but("2")),
    ];
    let but_254 = format!("(?:1?{d}{{1,2}}|2[0-4]{d}|25[0-35])");
    let but_168 = format!("(?:{d}{{1,2}}|1{}{d}|16{}|{two_hundreds})", but("6"), but("8"));
    let but_16_to_31 =
        format!("(?:{d}|1{}|{}{d}|3{}|1{d}{d}|{two_hundreds})", but("6-9"), but("1-3"), but("01"));
    let first = first.join("|");
    format!(r"(?:(?:{first})\.{part}|169\.{but_254}|192\.{but_168}|172\.{but_16_to_31})\.{part}")
}

struct Alternative {
    source: String,
    behind: usize,
    ahead: usize,
}

fn unsupported<T>(what: &'static str, pattern: &str) -> Result<T, PatternError> {
    Err(PatternError::Unsupported(what, pattern.chars().take(40).collect()))
}

fn compile(source: &str) -> Result<Regex, PatternError> {
    let built = RegexBuilder::new(source).size_limit(SIZE_LIMIT).build();
    built.map_err(|error| PatternError::Wrong(Box::new(error)))
}

/// Takes the anchor off an alternative.
fn anchored(source: &str, place: Place) -> Result<&str, PatternError> {
    match place {
        Place::Anywhere => Ok(source),
        Place::Start => match source.strip_prefix('^') {
            Some(rest) => Ok(rest),
            None => unsupported("a prefix without `^`", source),
        },
        Place::End => match source.strip_suffix('$') {
            Some(rest) if !ends_in_escape(rest) => Ok(rest),
            _ => unsupported("a suffix without `$`", source),
        },
    }
}

fn ends_in_escape(source: &str) -> bool {
    let slashes = source.len() - source.trim_end_matches('\\').len();
    slashes % 2 == 1
}

/// Turns the assertions at an alternative's ends into characters that are matched.
///
/// "Not followed by" makes two: followed by another character, and by nothing.
fn alternative(source: &str) -> Result<Vec<Alternative>, PatternError> {
    let (body, behind) = leading_assertion(source)?;
    if behind.as_ref().is_some_and(|seen| seen.negative) {
        return unsupported("a negative look-behind", source);
    }
    let (body, ahead) = trailing_assertion(body)?;
    let body = translate(body)?;
    let before = behind.as_ref().map_or(Ok(String::new()), |seen| translate(&seen.source))?;
    let after = ahead.as_ref().map_or(Ok(String::new()), |seen| translate(&seen.source))?;
    let width = |seen: &Option<Assertion>| seen.as_ref().map_or(0, |seen| seen.width);
    let mut made = vec![Alternative {
        source: format!("{before}(?:{body}){after}"),
        behind: width(&behind),
        ahead: width(&ahead),
    }];
    if ahead.is_some_and(|seen| seen.negative) {
        let source = format!(r"{before}(?:{body})\z");
        made.push(Alternative { source, behind: width(&behind), ahead: 0 });
    }
    Ok(made)
}

/// What an assertion looks at, always equally many characters.
struct Assertion {
    source: String,
    width: usize,
    negative: bool,
}

fn leading_assertion(source: &str) -> Result<(&str, Option<Assertion>), PatternError> {
    let negative = source.starts_with("(?<!");
    if !negative && !source.starts_with("(?<=") {
        return Ok((source, None));
    }
    let end = group_end(source, 0);
    let seen = assertion(&source[4..end], negative, source)?;
    Ok((&source[end..], Some(seen)))
}

fn trailing_assertion(source: &str) -> Result<(&str, Option<Assertion>), PatternError> {
    let mut at = 0;
    while at < source.len() {
        let end = atom_end(source, at);
        let negative = source[at..].starts_with("(?!");
        if end == source.len() && (negative || source[at..].starts_with("(?=")) {
            let seen = assertion(&source[at + 3..], negative, source)?;
            return Ok((&source[..at], Some(seen)));
        }
        at = end;
    }
    Ok((source, None))
}

/// Reads an assertion from behind its opening sign to its closing parenthesis.
fn assertion(group: &str, negative: bool, whole: &str) -> Result<Assertion, PatternError> {
    let Some(inner) = group.strip_suffix(')') else {
        return unsupported("a group without an end", whole);
    };
    let (mut width, mut at) = (0, 0);
    while at < inner.len() {
        if inner[at..].starts_with(['(', ')', '|', '*', '+', '?', '{', '.', '^', '$']) {
            return unsupported("look-around of several widths", whole);
        }
        at = atom_end(inner, at);
        width += 1;
    }
    if !negative {
        return Ok(Assertion { source: inner.to_owned(), width, negative });
    }
    if width != 1 {
        return unsupported("negative look-around over several characters", whole);
    }
    let source = match inner.strip_prefix('[') {
        Some(class) => match class.strip_prefix('^') {
            Some(class) => format!("[{class}"),
            None => format!("[^{class}"),
        },
        None => format!("[^{inner}]"),
    };
    Ok(Assertion { source, width, negative })
}

/// The alternatives of a pattern's top level.
fn split(pattern: &str) -> Vec<&str> {
    let (mut parts, mut start, mut at) = (Vec::new(), 0, 0);
    while at < pattern.len() {
        if pattern[at..].starts_with('|') {
            parts.push(&pattern[start..at]);
            start = at + 1;
        }
        at = atom_end(pattern, at);
    }
    parts.push(&pattern[start..]);
    parts
}

/// Where the escape, class, group or single character at `at` ends.
fn atom_end(pattern: &str, at: usize) -> usize {
    let rest = &pattern[at..];
    let mut chars = rest.chars();
    match chars.next() {
        Some('\\') => {
            let digits = match chars.next() {
                Some('u') => 4,
                Some('U') => 8,
                Some('x') => 2,
                _ => 0,
            };
            chars.by_ref().take(digits).for_each(drop);
            pattern.len() - chars.as_str().len()
        }
        Some('[') => class_end(pattern, at),
        Some('(') => group_end(pattern, at),
        Some(c) => at + c.len_utf8(),
        None => pattern.len(),
    }
}

fn class_end(pattern: &str, at: usize) -> usize {
    let mut end = at + 1;
    for skipped in ['^', ']'] {
        end += usize::from(pattern[end..].starts_with(skipped));
    }
    while end < pattern.len() && !pattern[end..].starts_with(']') {
        let step =
            pattern[end..].chars().take(if pattern[end..].starts_with('\\') { 2 } else { 1 });
        end += step.map(char::len_utf8).sum::<usize>();
    }
    (end + 1).min(pattern.len())
}

fn group_end(pattern: &str, at: usize) -> usize {
    let (mut depth, mut end) = (1, at + 1);
    while end < pattern.len() && depth > 0 {
        match pattern.as_bytes()[end] {
            b'(' => {
                depth += 1;
                end += 1;
            }
            b')' => {
                depth -= 1;
                end += 1;
            }
            _ => end = atom_end(pattern, end),
        }
    }
    end
}

/// Writes a pattern without look-around in the engine's dialect.
fn translate(pattern: &str) -> Result<String, PatternError> {
    let mut out = String::with_capacity(pattern.len() * 2);
    let (mut at, mut repeated) = (0, false);
    while at < pattern.len() {
        let rest = &pattern[at..];
        if repeated && rest.starts_with('+') {
            return unsupported("a possessive repetition", pattern);
        }
        repeated = rest.starts_with(['*', '+', '?', '}']);
        at += match rest.as_bytes()[0] {
            b'\\' => {
                let (item, len) = escape(rest, pattern)?;
                match item {
                    Item::Char(c) => push_char(&mut out, c),
                    Item::Class(class) => out.push_str(&class),
                    Item::Anchor(anchor) => out.push_str(anchor),
                }
                len
            }
            b'[' => {
                let len = class_end(rest, 0);
                class(&rest[..len], &mut out)?;
                len
            }
            b'(' => {
                let (text, len) = opening(rest)?;
                out.push_str(text);
                len
            }
            b'^' => {
                out.push_str(r"\A");
                1
            }
            b'$' => {
                out.push_str(r"\z");
                1
            }
            _ => {
                let len = rest.chars().next().map_or(1, char::len_utf8);
                out.push_str(&rest[..len]);
                len
            }
        };
    }
    Ok(out)
}

/// What opens the same group in the engine's dialect, and the length of what opens it here.
fn opening(rest: &str) -> Result<(&'static str, usize), PatternError> {
    match rest {
        _ if rest.starts_with("(?:") => Ok(("(?:", 3)),
        _ if rest.starts_with("(?u)") => Ok(("", 4)),
        _ if rest.starts_with("(?") => unsupported("a special group", rest),
        _ => Ok(("(?:", 1)),
    }
}

enum Item {
    Char(char),
    Class(String),
    Anchor(&'static str),
}

/// Reads an escape; returns what it stands for and its length.
fn escape(rest: &str, pattern: &str) -> Result<(Item, usize), PatternError> {
    let end = atom_end(rest, 0);
    let item = match rest[1..].chars().next() {
        Some('d') => Item::Class(format!("[{}]", ranges(&[&DECIMAL]))),
        Some('D') => Item::Class(format!("[^{}]", ranges(&[&DECIMAL]))),
        Some('w') => Item::Class(format!("[{}_]", ranges(&[&ALPHA, &NUMERIC]))),
        Some('W') => Item::Class(format!("[^{}_]", ranges(&[&ALPHA, &NUMERIC]))),
        Some('s') => Item::Class(format!("[{SPACE}]")),
        Some('S') => Item::Class(format!("[^{SPACE}]")),
        Some('A') => Item::Anchor(r"\A"),
        Some('Z') => Item::Anchor(r"\z"),
        Some('n') => Item::Char('\n'),
        Some('r') => Item::Char('\r'),
        Some('t') => Item::Char('\t'),
        Some('f') => Item::Char('\u{c}'),
        Some('v') => Item::Char('\u{b}'),
        Some('u' | 'U' | 'x') => {
            let point = u32::from_str_radix(&rest[2..end], 16).ok();
            match point.and_then(char::from_u32) {
                Some(c) => Item::Char(c),
                None => return unsupported("a character that does not exist", rest),
            }
        }
        Some(c) if !c.is_ascii_alphanumeric() => Item::Char(c),
        _ => return unsupported("an escape", &pattern[pattern.len() - rest.len()..]),
    };
    Ok((item, end))
}

/// Writes a class; the engine's own meta characters inside are escaped.
fn class(source: &str, out: &mut String) -> Result<(), PatternError> {
    let Some(mut rest) = source.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) else {
        return unsupported("a class without an end", source);
    };
    out.push('[');
    if let Some(negated) = rest.strip_prefix('^') {
        out.push('^');
        rest = negated;
    }
    while !rest.is_empty() {
        let (item, len) = class_item(rest, source)?;
        rest = &rest[len..];
        match item {
            Item::Char(first) => {
                push_char(out, first);
                if rest.starts_with('-') && rest.len() > 1 {
                    let (Item::Char(last), len) = class_item(&rest[1..], source)? else {
                        return unsupported("a range to a class", source);
                    };
                    out.push('-');
                    push_char(out, last);
                    rest = &rest[1 + len..];
                }
            }
            Item::Class(class) => out.push_str(&class),
            Item::Anchor(_) => return unsupported("an escape", source),
        }
    }
    out.push(']');
    Ok(())
}

fn class_item(rest: &str, source: &str) -> Result<(Item, usize), PatternError> {
    match rest.chars().next() {
        Some('\\') => escape(rest, source),
        Some(c) => Ok((Item::Char(c), c.len_utf8())),
        None => unsupported("a class without an end", source),
    }
}

fn push_char(out: &mut String, c: char) {
    let _ = write!(out, "\\x{{{:X}}}", u32::from(c));
}

fn ranges(tables: &[&[(char, char)]]) -> String {
    let mut out = String::new();
    for (first, last) in tables.iter().copied().flatten() {
        let _ = write!(out, "\\x{{{:X}}}-\\x{{{:X}}}", u32::from(*first), u32::from(*last));
    }
    out
}
