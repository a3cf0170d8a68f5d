//! Reports, a part of their list at a time: their claims, their copies, their outlets.

use std::collections::BTreeMap;

use rusqlite::types::Value as Bound;
use rusqlite::{OptionalExtension, params, params_from_iter};
use serde_json::Value;

use super::{MATCHES, Total, number, quoted};
use crate::store::fused::{corrected_date, json, passage};
use crate::store::reports::{SUMMARY, summary};
use crate::store::{Passage, Store, Summary};

/// Which reports are asked for.
#[derive(Debug, Clone, Default)]
pub struct ReportFilter {
    /// Words of the title and the story.
    pub words: Option<String>,
    /// Of this outlet.
    pub outlet: Option<String>,
    /// Only those that do not say when they were published.
    pub undated: bool,
}

/// Outlets, each with the number of its reports and of the origins that these go back to.
pub type Outlets = Vec<(Option<String>, u64, u64)>;

impl ReportFilter {
    fn conditions(&self) -> (String, Vec<Bound>) {
        let mut sql = "newest = 1".to_owned();
        let mut bound = Vec::new();
        if let Some(words) = &self.words {
            sql.push_str(&format!(
                " AND id IN (SELECT rowid FROM search WHERE search MATCH ? LIMIT {MATCHES})"
            ));
            bound.push(Bound::Text(quoted(words)));
        }
        if let Some(outlet) = &self.outlet {
            sql.push_str(" AND outlet = ?");
            bound.push(Bound::Text(outlet.clone()));
        }
        if self.undated {
            sql.push_str(" AND published IS NULL");
        }
        (sql, bound)
    }
}

impl Store {
    /// The reports that were found at a place, the last one first: identifier and title.
    ///
    /// # Errors
    /// SQLite's.
    pub fn found_at(&self, place: &str) -> rusqlite::Result<Vec<(String, Option<String>)>> {
        let sql = "SELECT name, title FROM locations JOIN reports ON reports.id = report \
                   WHERE locations.place = ?1 AND current = 1 ORDER BY locations.id DESC";
        self.db
            .prepare_cached(sql)?
            .query_map([place], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    }

    /// What could not be read at a place, or only with a loss.
    ///
    /// # Errors
    /// SQLite's.
    pub fn problems_at(&self, place: &str) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT message FROM problems WHERE place = ?1 ORDER BY id";
        self.db.prepare_cached(sql)?.query_map([place], |row| row.get(0))?.collect()
    }

    /// A claim with its report, a person's own among them.
    ///
    /// # Errors
    /// SQLite's.
    pub fn telling(&self, claim: &str) -> rusqlite::Result<Option<Passage>> {
        let sql = "SELECT name, source, outlet, title, published, told.told FROM told \
                   JOIN reports ON reports.id = told.report WHERE told.claim = ?1";
        self.db.prepare_cached(sql)?.query_row([claim], passage).optional()
    }

    /// The claims of a report, in the order of its text, each with the fact it tells.
    ///
    /// # Errors
    /// SQLite's.
    pub fn tellings_of(&self, report: i64) -> rusqlite::Result<Vec<(Value, Option<String>)>> {
        let sql = "SELECT told.told, (SELECT fact FROM fact_claims WHERE fact_claims.claim = told.claim) \
                   FROM told WHERE report = ?1 ORDER BY json_extract(told.told, '$.trigger.start'), told.claim";
        let mut statement = self.db.prepare_cached(sql)?;
        statement.query_map([report], |row| Ok((json(row, 0)?, row.get(1)?)))?.collect()
    }

    /// Between which days an undated report was written, with the reasons.
    ///
    /// # Errors
    /// SQLite's.
    pub fn bound_of(&self, report: &str) -> rusqlite::Result<Option<Value>> {
        let sql = "SELECT json_object('not_before', not_before, 'not_after', not_after, 'reasons', json(reasons)) \
                   FROM bounds JOIN reports ON id = report WHERE name = ?1";
        self.db.prepare_cached(sql)?.query_row([report], |row| json(row, 0)).optional()
    }

    /// When a report was published by what a person decided.
    ///
    /// # Errors
    /// SQLite's.
    pub fn date_corrected(&self, report: &str) -> rusqlite::Result<Option<String>> {
        Ok(corrected_date(&self.acts()?, report))
    }

    /// The other reports of a report's origin: identifier, outlet, title, published.
    ///
    /// # Errors
    /// SQLite's.
    pub fn copies_of(&self, report: i64) -> rusqlite::Result<Vec<Passage>> {
        let sql = "SELECT name, source, outlet, title, published, 'null' FROM origins JOIN reports ON reports.id = report \
                   WHERE origin = (SELECT origin FROM origins WHERE report = ?1) AND report <> ?1 \
                   ORDER BY published IS NULL, published, name LIMIT 50";
        self.db.prepare_cached(sql)?.query_map([report], passage)?.collect()
    }

    /// Origins that reports of more than one outlet go back to: origin, outlet, report, title.
    ///
    /// # Errors
    /// SQLite's.
    pub fn shared_origins(&self, limit: u64) -> rusqlite::Result<Vec<[String; 5]>> {
        let sql = "SELECT origin, coalesce(outlet, ''), name, coalesce(title, source), coalesce(published, '') FROM origins \
                   JOIN reports ON reports.id = report WHERE origin IN (SELECT origin FROM origins \
                   GROUP BY origin HAVING count(*) > 1 ORDER BY count(*) DESC, origin LIMIT ?1) \
                   ORDER BY origin, published IS NULL, published, name";
        let mut statement = self.db.prepare_cached(sql)?;
        statement
            .query_map([limit], |row| {
                Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?])
            })?
            .collect()
    }

    /// Outlets with the number of their reports and of the origins these go back to.
    ///
    /// # Errors
    /// SQLite's.
    pub fn outlets(&self) -> rusqlite::Result<Outlets> {
        let sql = "SELECT outlet, count(*), count(DISTINCT origin) FROM reports LEFT JOIN origins ON report = reports.id \
                   WHERE newest = 1 GROUP BY outlet ORDER BY 2 DESC, outlet";
        self.db
            .prepare_cached(sql)?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect()
    }

    /// The ratings that stand, by outlet.
    ///
    /// # Errors
    /// SQLite's.
    pub fn ratings(&self) -> rusqlite::Result<BTreeMap<String, String>> {
        let sql = "SELECT subject, value FROM acts WHERE verb = 'rate' AND undone IS NULL AND subject IS NOT NULL ORDER BY id";
        self.db.prepare_cached(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    /// How many origins all reports go back to.
    ///
    /// # Errors
    /// SQLite's.
    pub fn origin_count(&self) -> rusqlite::Result<u64> {
        self.db
            .prepare_cached("SELECT count(DISTINCT origin) FROM origins")?
            .query_row([], |row| row.get(0))
    }

    /// The story of a report: its text without furniture.
    ///
    /// # Errors
    /// SQLite's.
    pub fn story(&self, report: i64) -> rusqlite::Result<String> {
        let sql = "SELECT story FROM search WHERE rowid = ?1";
        let story: Option<String> =
            self.db.prepare_cached(sql)?.query_row([report], |row| row.get(0)).optional()?;
        Ok(story.unwrap_or_default())
    }

    /// A part of the list of reports, the latest first, undated ones last.
    ///
    /// # Errors
    /// SQLite's.
    pub fn report_page(
        &self,
        filter: &ReportFilter,
        limit: u64,
        skip: u64,
    ) -> rusqlite::Result<Vec<Summary>> {
        let (conditions, mut bound) = filter.conditions();
        let sql = format!(
            "SELECT {SUMMARY} FROM (SELECT id AS chosen FROM reports WHERE {conditions} \
             ORDER BY published DESC, name DESC LIMIT ? OFFSET ?) CROSS JOIN reports ON id = chosen \
             ORDER BY published DESC, name DESC"
        );
        bound.extend([number(limit), number(skip)]);
        let mut statement = self.db.prepare_cached(&sql)?;
        statement.query_map(params_from_iter(bound), summary)?.collect()
    }

    /// How many reports there are.
    ///
    /// # Errors
    /// SQLite's.
    pub fn report_total(&self, filter: &ReportFilter) -> rusqlite::Result<Total> {
        let (conditions, bound) = filter.conditions();
        // Words that very many reports hold are not followed to the last one.
        let sql = format!("SELECT count(*) FROM reports WHERE {conditions}");
        let number: u64 =
            self.db.prepare_cached(&sql)?.query_row(params_from_iter(bound), |row| row.get(0))?;
        Ok(Total { number, more: filter.words.is_some() && number >= MATCHES })
    }

    /// The reports that came since a moment, the last first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn came_since(&self, moment: &str, limit: u64) -> rusqlite::Result<Vec<(String, String)>> {
        let sql = "SELECT name, coalesce(title, source) FROM arrivals JOIN reports ON reports.hash = arrivals.hash \
                   WHERE at >= ?1 AND what IN ('added', 'version') AND newest = 1 ORDER BY arrivals.id DESC LIMIT ?2";
        self.db
            .prepare_cached(sql)?
            .query_map(params![moment, limit], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    }
}
