//! Times: when something was, how long it took, how often, each with the words that say it.

mod attach;
mod calendar;
mod chart;
mod lex;
mod meaning;
mod pattern;
mod resolve;
mod wording;
mod words;

use std::ops::Range;

use atalaya_parse::{Doc, Pos};
pub use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use self::chart::Chart;
use self::resolve::Resolver;
pub use self::wording::Wording;
pub use self::words::Words;
use super::Cited;

/// A time, as far as the words and the published date settle it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Whether it tells when, how long or how often.
    pub kind: Kind,
    /// In ISO 8601-2 (EDTF): `2024-07`, `XXXX-07`, `2018/..`, `[2025-03-04,2025-04-03]` where either
    /// may be meant, `2024-08-01T14:30`; a duration or the time between repetitions in ISO 8601
    /// (`P3D`, `PXY`). A week is the interval of its days.
    pub edtf: String,
    /// The first day, when it is known.
    pub first: Option<Date>,
    /// The last day, when it is known.
    pub last: Option<Date>,
    /// How finely it is told.
    pub precision: Precision,
    /// What it is reckoned from.
    pub anchor: Anchor,
    /// Whether the words say that it is only about so.
    pub approximate: bool,
    /// Which part of the stretch is meant; `edtf` tells the whole.
    pub part: Option<Part>,
    /// The time of day, if it has a name rather than an hour.
    pub daypart: Option<Daypart>,
    /// The weekday, if it is named.
    pub weekday: Option<Weekday>,
    /// The length of a stretch told by its length ("the past five years"), in ISO 8601: `P5Y`.
    pub length: Option<String>,
    /// The token that it modifies: the verb it hangs on, or what its phrase does.
    pub of: Option<usize>,
    /// The ends of a range, each with its own words.
    pub ends: Vec<Cited<Period>>,
}

/// What a time tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// When something was.
    When,
    /// How long it took.
    Duration,
    /// How often it is.
    Set,
}

impl Kind {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Kind::When => "when",
            Kind::Duration => "duration",
            Kind::Set => "set",
        }
    }
}

/// How finely a time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Precision {
    /// Only that it lies before, at or after the time of writing.
    Order(Order),
    Century,
    Decade,
    Year,
    Half,
    Season,
    Quarter,
    Month,
    Week,
    Weekend,
    Day,
    Hour,
    Minute,
    /// A range from one period to another.
    Range,
    /// A duration or repetition, which has no place in time.
    Length,
}

impl Precision {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Precision::Order(Order::Past) => "past",
            Precision::Order(Order::Present) => "present",
            Precision::Order(Order::Future) => "future",
            Precision::Century => "century",
            Precision::Decade => "decade",
            Precision::Year => "year",
            Precision::Half => "half",
            Precision::Season => "season",
            Precision::Quarter => "quarter",
            Precision::Month => "month",
            Precision::Week => "week",
            Precision::Weekend => "weekend",
            Precision::Day => "day",
            Precision::Hour => "hour",
            Precision::Minute => "minute",
            Precision::Range => "range",
            Precision::Length => "length",
        }
    }
}

/// What a time is reckoned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The report's published date; where that is unknown, so is the year, the month or the day.
    Published,
    /// Another time in the text: "two years later".
    Text,
    /// Nothing: it stands by itself.
    None,
}

impl Anchor {
    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Anchor::Published => "published",
            Anchor::Text => "text",
            Anchor::None => "none",
        }
    }
}

/// Where a time lies, seen from the time of writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Order {
    Past,
    Present,
    Future,
}

/// A part of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Part {
    Start,
    Early,
    Mid,
    Late,
    End,
    /// Up to the time of writing: "earlier this year".
    Before,
    /// From the time of writing on: "later this year".
    After,
}

/// A part of a day that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names are the documentation")]
pub enum Daypart {
    Dawn,
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// The times that a text tells, in its order and without overlap.
///
/// Without a published date, or where the words don't say, what is known is kept (`XXXX-07`) and
/// nothing is guessed. Takes time in proportion to the text.
pub fn periods(words: &Words, doc: &Doc, published: Option<Date>) -> Vec<Cited<Period>> {
    read(words, doc, published).0
}

/// The times, and the pattern forms that found each of them.
fn read(
    words: &Words,
    doc: &Doc,
    published: Option<Date>,
) -> (Vec<Cited<Period>>, Vec<Vec<usize>>) {
    let pieces = lex::pieces(doc.text());
    let mut chart = Chart::new(words, doc, &pieces);
    let matches = chart.matches();
    let mut resolver = Resolver::new(words, doc, &pieces, published);
    let mut periods = Vec::new();
    let mut forms = Vec::new();
    for found in matches {
        if chart.is_bare_year(&found) && !chart.stands_as_year(&found) {
            continue;
        }
        if let Some(period) = resolver.period(&found) {
            if is_shouted_name(doc, &period.span) {
                continue;
            }
            periods.push(period);
            forms.push(found.forms.to_vec());
        }
    }
    (periods, forms)
}

/// Whether a word for a time is the end of a name in capitals, in a text that is not: "told USA TODAY".
fn is_shouted_name(doc: &Doc, words: &Range<usize>) -> bool {
    let loud = |text: &str| text.len() > 1 && text.chars().all(|c| c.is_ascii_uppercase());
    if !loud(&doc.text()[words.clone()]) {
        return false;
    }
    let Some(token) = doc.token_at(words.start) else { return false };
    let before = token.index().checked_sub(1).map(|at| doc.token(at));
    let quiet = || token.sentence().text().chars().any(char::is_lowercase);
    before.is_some_and(|before| {
        before.pos() == Pos::Propn
            && loud(before.text())
            && before.sentence().range() == token.sentence().range()
    }) && quiet()
}

#[cfg(test)]
mod tests;
