//! Bounds: between which days an undated report was written, as others and its own words tell.

use serde::Serialize;

use super::case::{Case, Told};
use super::judgement::Reason;
use super::update::Brief;
use crate::value::period::Date;

/// When an undated report was written, at the earliest and at the latest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bound {
    /// The report.
    pub report: String,
    /// It is no older than this day.
    pub not_before: Option<String>,
    /// It is no younger than this day.
    pub not_after: Option<String>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// What is known of one undated report.
#[derive(Default)]
pub(super) struct Limits {
    not_before: Option<(Date, Reason)>,
    not_after: Option<(Date, Reason)>,
}

impl Limits {
    /// What the report tells of its own claim's day.
    pub(super) fn own(&mut self, case: &Case<'_>) {
        if let Some(day) = case.when().and_then(|when| when.first)
            && case.told() == Told::Done
        {
            let words = case.telling.text.chars().take(120).collect::<String>();
            self.after(day, Reason::new("it tells of this day as past", words));
        }
    }

    /// What others tell of the day of a fact that it tells as done.
    pub(super) fn fact(&mut self, case: &Case<'_>, fact: &Brief) {
        let first = fact.first.as_deref().and_then(|day| day.parse().ok());
        if let Some(day) = first.filter(|_| case.told() == Told::Done) {
            self.after(day, Reason::new("another report dates what it tells", &fact.caption));
        }
    }

    /// What it tells as planned had not been done when it was written.
    pub(super) fn planned(&mut self, case: &Case<'_>, held: &Brief) {
        let told = held.published.as_ref().and_then(|(first, _)| first.parse().ok());
        let last = day(held.last.as_ref()).or(told);
        if let Some(last) = last.filter(|_| case.told() == Told::Ahead) {
            self.before(last, Reason::new("it tells as planned what was done then", &held.caption));
        }
    }

    /// What it tells as done had been planned before.
    pub(super) fn done(&mut self, planned: &Brief, held: &Brief) {
        let announced = planned.published.as_ref().and_then(|(_, last)| last.parse().ok());
        if let Some(first) = announced {
            self.after(first, Reason::new("it tells as done what was planned then", &held.caption));
        }
    }

    /// The bounds, if there are any.
    pub(super) fn bound(self, report: &str) -> Option<Bound> {
        let Limits { not_before, not_after } = self;
        (not_before.is_some() || not_after.is_some()).then(|| Bound {
            report: report.to_owned(),
            not_before: not_before.as_ref().map(|(day, _)| day.to_string()),
            not_after: not_after.as_ref().map(|(day, _)| day.to_string()),
            reasons: not_before.into_iter().chain(not_after).map(|(_, reason)| reason).collect(),
        })
    }

    /// Of one day the first reason in the order of their words.
    fn after(&mut self, day: Date, reason: Reason) {
        let later = self
            .not_before
            .as_ref()
            .is_none_or(|(known, why)| *known < day || *known == day && reason < *why);
        if later {
            self.not_before = Some((day, reason));
        }
    }

    fn before(&mut self, day: Date, reason: Reason) {
        let earlier = self
            .not_after
            .as_ref()
            .is_none_or(|(known, why)| *known > day || *known == day && reason < *why);
        if earlier {
            self.not_after = Some((day, reason));
        }
    }
}

fn day(day: Option<&String>) -> Option<Date> {
    day?.get(..10)?.parse().ok()
}
