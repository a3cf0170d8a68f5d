//! Dates and times of day as reports print them, read only where they leave no doubt.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its bytes of the text, with the time of day where one follows.
    pub(crate) span: Range<usize>,
    /// ISO 8601, as far as it is known; absent where the order of day and month is in doubt or the
    /// year is missing.
    pub(crate) when: Option<String>,
}

static MONTHS: LazyLock<HashMap<&str, i8>> = LazyLock::new(|| {
    let rows = table(include_str!("words/months.txt"));
    rows.flat_map(|row| {
        let mut words = row.split(' ');
        let month =
            words.next().and_then(|n| n.parse().ok()).expect("each row opens with a number");
        words.map(move |word| (word, month))
    })
    .collect()
});

static WEEKDAYS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    table(include_str!("words/weekdays.txt")).flat_map(|r| r.split(' ')).collect()
});

/// The rows of a word table: one a line, `#` for comments.
pub(crate) fn table(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The dates in a text, in order. Only dates with a year, and numbers that look like one, count.
pub(crate) fn find(text: &str) -> Vec<Found> {
    let has_year = text.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    let tokens = if has_year { tokens(text) } else { Vec::new() };
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match date_at(&tokens, at) {
            Some((date, used)) => {
                let (time, more) = time_after(&tokens, at + used);
                let start = tokens[at].start;
                let end = tokens[at + used + more - 1].end();
                let when = date.iso().map(|day| match (&time, date.day) {
                    (Some(time), Some(_)) => format!("{day}T{time}"),
                    _ => day,
                });
                found.push(Found { span: start..end, when });
                at += used + more;
            }
            None => at += 1,
        }
    }
    found
}

/// Whether `word` is a month's or a weekday's name.
pub(crate) fn is_calendar_word(word: &str) -> bool {
    MONTHS.contains_key(word) || WEEKDAYS.contains(&word)
}

/// A run of letters, a run of digits, or one other character.
#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    start: usize,
    text: &'a str,
    /// Whether white space stands before it.
    spaced: bool,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn number(&self) -> Option<u32> {
        (self.text.len() <= 4).then(|| self.text.parse().ok()).flatten()
    }

    fn month(&self) -> Option<i8> {
        let known = self.text.len() <= 10 && self.text.starts_with(char::is_alphabetic);
        known.then(|| MONTHS.get(self.text.to_lowercase().as_str()).copied()).flatten()
    }

    fn is(&self, any: &[&str]) -> bool {
        any.iter().any(|word| word.eq_ignore_ascii_case(self.text))
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let class = |c: char| match c {
        _ if c.is_ascii_digit() => 0,
        _ if c.is_alphabetic() => 1,
        _ if c.is_whitespace() => 2,
        _ => 3,
    };
    let mut tokens = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut spaced = true;
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            spaced = true;
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            if class(c) == 3 || class(next) != class(c) {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        tokens.push(Token { start, text: &text[start..end], spaced });
        spaced = false;
    }
    tokens
}

#[derive(Debug, Clone, Copy)]
struct Date {
    year: u32,
    month: Option<i8>,
    day: Option<u32>,
}

impl Date {
    fn iso(&self) -> Option<String> {
        let month = self.month?;
        let day = i8::try_from(self.day.unwrap_or(1)).ok()?;
        let date = jiff::civil::Date::new(i16::try_from(self.year).ok()?, month, day).ok()?;
        let text = date.to_string();
        Some(if self.day.is_some() { text } else { text[..7].to_owned() })
    }
}

/// The date that begins at token `at`, and how many tokens it takes.
fn date_at(tokens: &[Token<'_>], at: usize) -> Option<(Date, usize)> {
    let before = at.checked_sub(1).map(|i| tokens[i].text);
    if !tokens[at].spaced && before.is_some_and(|t| !"([|\"'·•,:".contains(t)) {
        return None;
    }
    let rest = &tokens[at..];
    numeric(rest).or_else(|| day_first(rest)).or_else(|| month_first(rest))
}

/// `2025-03-03`, `2025/3/3`, `03/04/2025`, `13.4.2025`.
fn numeric(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let [a, sign, b, again, c, ..] = tokens else { return None };
    if !sign.is(&["-", "/", "."]) || sign.text != again.text || b.spaced || c.spaced {
        return None;
    }
    if tokens.get(5).is_some_and(|next| !next.spaced && next.is(&["-", "/"])) {
        return None;
    }
    let (x, y, z) = (a.number()?, b.number()?, c.number()?);
    let month = |n: u32| i8::try_from(n).ok().filter(|n| (1..=12).contains(n));
    if a.text.len() == 4 && is_year(x) && b.text.len() <= 2 && c.text.len() <= 2 {
        return Some((Date { year: x, month: Some(month(y)?), day: Some(z) }, 5));
    }
    if c.text.len() != 4 || !is_year(z) || a.text.len() > 2 || b.text.len() > 2 {
        return None;
    }
    let (month, day) = match (month(x), month(y)) {
        (Some(m), Some(_)) if x == y => (Some(m), Some(x)),
        // Day and month can't be told apart: no date rather than a guess.
        (Some(_), Some(_)) => (None, None),
        (None, Some(m)) => (Some(m), Some(x)),
        (Some(m), None) => (Some(m), Some(y)),
        (None, None) => return None,
    };
    Some((Date { year: z, month, day }, 5))
}

/// `3 March 2025`, `3rd of March, 2025`, `3 de marzo de 2025`, `March 2025`.
fn day_first(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let mut at = 0;
    let day = tokens[0].number().filter(|day| (1..=31).contains(day));
    if day.is_some() {
        at += 1;
        at += skip(tokens, at, &["st", "nd", "rd", "th", "º", "°"]);
        at += skip(tokens, at, &["de", "of", "-"]);
    }
    let month = tokens.get(at)?.month()?;
    at += 1;
    let short = tokens[at - 1].text.chars().count() <= 4;
    at += skip(tokens, at, if short { &["."] } else { &[] });
    at += skip(tokens, at, &["de", "del", "of", ",", "-"]);
    let year = tokens.get(at).filter(|t| t.text.len() == 4)?.number().filter(|&y| is_year(y))?;
    Some((Date { year, month: Some(month), day }, at + 1))
}

/// `March 3, 2025`, `Mar. 3 2025`, `marzo 3 de 2025`.
fn month_first(tokens: &[Token<'_>]) -> Option<(Date, usize)> {
    let month = tokens[0].month()?;
    let mut at = 1;
    at += skip(tokens, at, &["."]);
    let day = tokens.get(at)?.number().filter(|day| (1..=31).contains(day))?;
    at += 1;
    at += skip(tokens, at, &["st", "nd", "rd", "th"]);
    at += skip(tokens, at, &[",", "de", "del"]);
    let year = tokens.get(at).filter(|t| t.text.len() == 4)?.number().filter(|&y| is_year(y))?;
    Some((Date { year, month: Some(month), day: Some(day) }, at + 1))
}

fn skip(tokens: &[Token<'_>], at: usize, words: &[&str]) -> usize {
    usize::from(tokens.get(at).is_some_and(|token| token.is(words)))
}

/// Years in which a report can have been published.
fn is_year(year: u32) -> bool {
    (1800..2200).contains(&year)
}

/// The time of day after a date as `14:05`, `14:05:09` with the zone where one is written, and how
/// many tokens it takes.
fn time_after(tokens: &[Token<'_>], at: usize) -> (Option<String>, usize) {
    let mut used = 0;
    while tokens
        .get(at + used)
        .is_some_and(|t| t.is(&["T", "at", "a", "las", ",", "-", "–", "|", "·", "•"]))
        && used < 3
    {
        used += 1;
    }
    let rest = tokens.get(at + used..).unwrap_or_default();
    let Some((mut clock, mut more)) = clock(rest) else { return (None, 0) };
    if let Some((zone, width)) = zone(&rest[more..]) {
        clock.push_str(&zone);
        more += width;
    }
    (Some(clock), used + more)
}

/// `14:05`, `14:05:09`, `2:05 p.m.`, `14h05`.
fn clock(tokens: &[Token<'_>]) -> Option<(String, usize)> {
    let [hour, colon, minute, ..] = tokens else { return None };
    if !colon.is(&[":", "h"]) || minute.text.len() != 2 || hour.text.len() > 2 {
        return None;
    }
    let (mut hour, minute) = (hour.number()?, minute.number()?);
    let mut used = 3;
    let mut second = None;
    if let [colon, token, ..] = &tokens[used..]
        && colon.is(&[":"])
        && token.text.len() == 2
    {
        second = token.number();
        used += 2;
        if let [point, fraction, ..] = &tokens[used..]
            && point.text == "."
            && !fraction.spaced
            && fraction.text.bytes().all(|b| b.is_ascii_digit())
        {
            used += 2;
        }
    }
    let (half, width) = half_of_day(&tokens[used..]);
    if let Some(after_noon) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if after_noon { 12 } else { 0 };
        used += width;
    }
    if hour > 23 || minute > 59 || second.is_some_and(|s| s > 59) {
        return None;
    }
    let second = second.map_or(String::new(), |s| format!(":{s:02}"));
    Some((format!("{hour:02}:{minute:02}{second}"), used))
}

/// `am`, `p.m.`: whether it is after noon, and how many tokens it takes.
fn half_of_day(tokens: &[Token<'_>]) -> (Option<bool>, usize) {
    match tokens {
        [half, ..] if half.is(&["am", "pm"]) => (Some(half.is(&["pm"])), 1),
        [half, a, m, b, ..]
            if half.is(&["a", "p"]) && a.is(&["."]) && m.is(&["m"]) && b.is(&["."]) =>
        {
            (Some(half.is(&["p"])), 4)
        }
        _ => (None, 0),
    }
}

/// `Z`, `UTC`, `GMT`, `-05:00`, `+0530`. Letters for other zones are left alone: many mean more
/// than one.
fn zone(tokens: &[Token<'_>]) -> Option<(String, usize)> {
    let first = tokens.first()?;
    if first.is(&["z", "utc", "gmt"]) {
        return match zone(&tokens[1..]) {
            Some((offset, width)) if !first.is(&["z"]) && !tokens[1].spaced => {
                Some((offset, width + 1))
            }
            _ => Some(("Z".to_owned(), 1)),
        };
    }
    let sign = match first.text {
        "+" => '+',
        "-" | "−" => '-',
        _ => return None,
    };
    let hours = tokens.get(1).filter(|t| !t.spaced)?;
    let (hour, minute, width) = match (hours.text.len(), tokens.get(2), tokens.get(3)) {
        (4, ..) => (hours.text[..2].parse().ok()?, hours.text[2..].parse().ok()?, 2),
        (1 | 2, Some(colon), Some(minutes)) if colon.text == ":" && minutes.text.len() == 2 => {
            (hours.number()?, minutes.number()?, 4)
        }
        (1 | 2, ..) => (hours.number()?, 0, 2),
        _ => return None,
    };
    (hour <= 14 && minute <= 59).then(|| (format!("{sign}{hour:02}:{minute:02}"), width))
}

#[cfg(test)]
mod tests {
    use super::find;

    fn when(text: &str) -> Vec<Option<String>> {
        find(text).into_iter().map(|found| found.when).collect()
    }

    fn one(text: &str) -> String {
        let found = when(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found[0].clone().unwrap_or_else(|| panic!("{text} is in doubt"))
    }

    #[test]
    fn dates_as_people_print_them() {
        for text in [
            "3 March 2025",
            "March 3, 2025",
            "Mar. 3, 2025",
            "Monday, 3rd of March, 2025",
            "3 de marzo de 2025",
            "marzo 3 de 2025",
            "2025-03-03",
            "2025/3/3",
            "Lunes 3 de marzo del 2025",
            "3-Mar-2025",
        ] {
            assert_eq!(one(text), "2025-03-03", "{text}");
        }
        assert_eq!(one("25/12/2024"), "2024-12-25");
        assert_eq!(one("12/25/2024"), "2024-12-25");
        assert_eq!(one("5.5.2024"), "2024-05-05");
        assert_eq!(one("Updated in March 2025"), "2025-03");
    }

    #[test]
    fn times_and_zones() {
        for (text, expected) in [
            ("2025-03-03T14:05:00-05:00", "2025-03-03T14:05:00-05:00"),
            ("2025-03-03T14:05:09.123Z", "2025-03-03T14:05:09Z"),
            ("2025-03-03 14:05", "2025-03-03T14:05"),
            ("3 March 2025 14:05 GMT", "2025-03-03T14:05Z"),
            ("March 3, 2025 at 2:05 p.m.", "2025-03-03T14:05"),
            ("March 3, 2025, 12:10 AM", "2025-03-03T00:10"),
            ("Mon, 03 Mar 2025 14:05:00 -0500", "2025-03-03T14:05:00-05:00"),
            ("3 de marzo de 2025 a las 14h05", "2025-03-03T14:05"),
            ("3 March 2025 14:05 UTC+2", "2025-03-03T14:05+02:00"),
            ("March 3, 2025 2:05 PM EST", "2025-03-03T14:05"),
        ] {
            assert_eq!(one(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_in_doubt_stays_unknown() {
        assert_eq!(when("03/04/2025"), [None]);
        assert_eq!(when("31 February 2025"), [None]);
        for text in ["March 3", "3 de marzo", "in 2025", "14:05", "1.2.3.4", "555-1234-2025", "May"]
        {
            assert!(when(text).is_empty(), "{text}");
        }
    }
}
