//! How a time is written for people: "since January 2024" for `2024-01/..`.

use serde::Deserialize;

use crate::pack::{self, Files, Problem};

/// The words of one language, loaded from `times/xx.toml`. In each template, what stands in braces is filled.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Wording {
    months: Vec<String>,
    seasons: Vec<String>,
    day: String,
    month: String,
    season: String,
    quarter: String,
    halves: Vec<String>,
    decade: String,
    clock: String,
    yearless_day: String,
    yearless_month: String,
    /// A day without a year, standing alone.
    on: String,
    /// A month or season without a year, standing alone.
    #[serde(rename = "in")]
    within: String,
    /// A day where a stretch begins or ends.
    end: String,
    since: String,
    until: String,
    between: String,
    either: String,
    about: String,
}

/// A time of the calendar, as far as it is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment<'e> {
    year: Option<u16>,
    part: Part,
    clock: Option<&'e str>,
}

/// Which part of a year is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Decade,
    Century,
    Month(usize),
    Day(usize, u8),
    Season(usize),
    Quarter(usize),
    Half(usize),
}

impl Wording {
    /// Loads `times/xx.toml`; what is wrong in it is added to `problems`. A pack without one writes no times.
    pub fn load(files: &Files, problems: &mut Vec<Problem>) -> Wording {
        let mut own =
            files.iter().filter(|(path, _)| path.starts_with("times/") && path.ends_with(".toml"));
        own.find_map(|(path, text)| pack::read::<Wording>(path, text, problems)).unwrap_or_default()
    }

    /// A time in ISO 8601-2 in words; none where it tells nothing that can be written, and for what is no time.
    pub fn told(&self, edtf: &str) -> Option<String> {
        if self.months.len() < 12 {
            return None;
        }
        if let Some(either) = edtf.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let (one, other) = either.split_once(',')?;
            return Some(fill(
                &self.either,
                &[("one", self.one(one)?), ("other", self.one(other)?)],
            ));
        }
        match edtf.split_once('/') {
            Some((from, "..")) => Some(fill(&self.since, &[("from", self.end(moment(from)?)?)])),
            Some(("..", to)) => Some(fill(&self.until, &[("to", self.end(moment(to)?)?)])),
            Some((from, to)) => self.between(moment(from)?, moment(to)?),
            None => self.one(edtf),
        }
    }

    /// One time that stands alone.
    fn one(&self, edtf: &str) -> Option<String> {
        if let Some(plain) = edtf.strip_suffix('~') {
            return Some(fill(&self.about, &[("time", self.bare(moment(plain)?)?)]));
        }
        let moment = moment(edtf)?;
        let words = self.bare(moment)?;
        Some(match (moment.year, moment.part) {
            (None, Part::Day(..)) => fill(&self.on, &[("day", words)]),
            (None, _) => fill(&self.within, &[("time", words)]),
            (Some(_), _) => words,
        })
    }

    /// From one time to another; what both have in common is said once.
    fn between(&self, from: Moment<'_>, to: Moment<'_>) -> Option<String> {
        let one_year = from.year == to.year;
        let from = match (from.part, to.part) {
            (Part::Day(month, day), Part::Day(other, _)) if one_year && month == other => {
                fill(&self.end, &[("day", day.to_string())])
            }
            (Part::Day(..), Part::Day(..)) | (Part::Month(_), Part::Month(_)) if one_year => {
                self.end(Moment { year: None, ..from })?
            }
            _ => self.end(from)?,
        };
        Some(fill(&self.between, &[("from", from), ("to", self.end(to)?)]))
    }

    /// A time as the end of a stretch.
    fn end(&self, moment: Moment<'_>) -> Option<String> {
        let words = self.bare(moment)?;
        let is_day = matches!(moment.part, Part::Day(..));
        Some(if is_day { fill(&self.end, &[("day", words)]) } else { words })
    }

    /// A time without words before it.
    fn bare(&self, moment: Moment<'_>) -> Option<String> {
        let year = moment.year.map(|year| year.to_string()).unwrap_or_default();
        let month = |number: usize| self.months.get(number - 1).cloned();
        let words = match (moment.part, moment.year) {
            (Part::Whole, Some(_)) => year,
            (Part::Decade, Some(_)) => fill(&self.decade, &[("year", year)]),
            (Part::Century, Some(first)) => {
                fill(&self.between, &[("from", year), ("to", (first + 99).to_string())])
            }
            (Part::Month(number), Some(_)) => {
                fill(&self.month, &[("month", month(number)?), ("year", year)])
            }
            (Part::Month(number), None) => fill(&self.yearless_month, &[("month", month(number)?)]),
            (Part::Day(number, day), told) => {
                let template = if told.is_some() { &self.day } else { &self.yearless_day };
                let parts = [("day", day.to_string()), ("month", month(number)?), ("year", year)];
                fill(template, &parts)
            }
            (Part::Season(number), told) => {
                let season = self.seasons.get(number)?.clone();
                match told {
                    Some(_) => fill(&self.season, &[("season", season), ("year", year)]),
                    None => season,
                }
            }
            (Part::Quarter(number), Some(_)) => {
                fill(&self.quarter, &[("number", (number + 1).to_string()), ("year", year)])
            }
            (Part::Half(number), Some(_)) => fill(self.halves.get(number)?, &[("year", year)]),
            (
                Part::Whole | Part::Decade | Part::Century | Part::Quarter(_) | Part::Half(_),
                None,
            ) => {
                return None;
            }
        };
        Some(match moment.clock {
            Some(clock) => fill(&self.clock, &[("day", words), ("time", clock.to_owned())]),
            None => words,
        })
    }
}

fn fill(template: &str, values: &[(&str, String)]) -> String {
    values.iter().fold(template.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    })
}

/// Reads one time; none where it is no time, or where nothing of it is known.
fn moment(edtf: &str) -> Option<Moment<'_>> {
    let (date, clock) = edtf.split_once('T').map_or((edtf, None), |(day, hour)| (day, Some(hour)));
    let mut parts = date.split('-');
    let year = parts.next()?;
    let (month, day) = (parts.next(), parts.next());
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if year.len() != 4 || parts.next().is_some() || clock.is_some_and(|clock| clock.len() < 4) {
        return None;
    }
    let known: Option<u16> = if digits(year) { Some(year.parse().ok()?) } else { None };
    let part = match (month, day) {
        (None, _) if known.is_some() => Part::Whole,
        (None, _) => return whole(year),
        (Some(month), day) if month.len() == 2 && digits(month) => {
            let number: usize = month.parse().ok()?;
            match (number, day) {
                (1..=12, None) => Part::Month(number),
                (1..=12, Some(day)) => Part::Day(number, day.parse().ok()?),
                (21..=24, None) => Part::Season(number - 21),
                (33..=36, None) => Part::Quarter(number - 33),
                (40..=41, None) => Part::Half(number - 40),
                _ => return None,
            }
        }
        _ => return None,
    };
    (known.is_some() || year == "XXXX").then_some(Moment { year: known, part, clock })
}

/// A decade or a century, by the year it begins with.
fn whole(year: &str) -> Option<Moment<'_>> {
    let known = year.trim_end_matches('X');
    let (years, part) = match known.len() {
        3 => (10, Part::Decade),
        2 => (100, Part::Century),
        _ => return None,
    };
    let first: u16 = known.parse().ok()?;
    Some(Moment { year: Some(first * years), part, clock: None })
}
