//! What the pages of the web ask for: a part of a list at a time, each by an index of `pages.sql`.

mod actors;
mod lists;
mod reports;

use rusqlite::types::Value as Bound;
use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::fused::json;
use super::{Store, plain_words};

pub use actors::{ActorRow, Edge};
pub use lists::{COUNTED, Counted, Filter, Order, Total};
pub use reports::{Outlets, ReportFilter};

/// Words found in more than this many are followed to so many only.
const MATCHES: u64 = 20_000;

/// A fact in a list.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the fact")]
pub struct FactRow {
    pub id: String,
    pub kind: String,
    pub family: String,
    pub caption: String,
    pub told: String,
    pub denied: bool,
    pub first: Option<String>,
    pub last: Option<String>,
    pub precision: Option<String>,
    pub reports: u64,
    pub origins: u64,
    pub credibility: u8,
    pub contested: bool,
    /// When it was, in ISO 8601-2, where days alone do not tell it: "in July", "since 2018".
    #[serde(skip)]
    pub time: Option<String>,
    #[serde(skip)]
    pub row: i64,
}

/// A value of a facet, with how many facts have it.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct FacetValue {
    pub facet: String,
    pub value: String,
    pub label: String,
    pub count: u64,
}

/// A place of a fact.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the place")]
pub struct PlaceOf {
    pub role: String,
    pub place: String,
    pub name: String,
    pub country: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub precision: Option<String>,
    #[serde(skip)]
    pub fact: i64,
}

impl Store {
    /// Whether the room has the tables of pages: one of an older version gets them from the next writer.
    ///
    /// # Errors
    /// SQLite's.
    pub fn has_pages(&self) -> rusqlite::Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'fact_rows')";
        self.db.query_row(sql, [], |row| row.get(0))
    }

    /// Whether it has the indexes that lists are walked in: without them the same is shown, only slower.
    ///
    /// # Errors
    /// SQLite's.
    pub fn has_lists(&self) -> rusqlite::Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'rows_by_age')";
        self.db.query_row(sql, [], |row| row.get(0))
    }

    /// The most frequent values of one facet over all facts.
    ///
    /// # Errors
    /// SQLite's.
    pub fn facet_values(&self, facet: &str, most: usize) -> rusqlite::Result<Vec<FacetValue>> {
        let sql = "SELECT facet, value, label, n FROM facets WHERE facet = ?1 AND n > 0 ORDER BY n DESC, label, value LIMIT ?2";
        self.db.prepare_cached(sql)?.query_map(params![facet, most], facet_value)?.collect()
    }

    /// What a value of a facet is called.
    ///
    /// # Errors
    /// SQLite's.
    pub fn facet_label(&self, facet: &str, value: &str) -> rusqlite::Result<Option<String>> {
        let sql = "SELECT label FROM facets WHERE facet = ?1 AND value = ?2";
        self.db.prepare_cached(sql)?.query_row([facet, value], |row| row.get(0)).optional()
    }

    /// The whole identifier that the first digits of a fact's mean, if just one begins so; else the same.
    ///
    /// # Errors
    /// SQLite's.
    pub fn full_id(&self, start: &str) -> rusqlite::Result<String> {
        let sql = "SELECT fact FROM fact_rows WHERE fact >= ?1 AND fact < ?1 || 'g' LIMIT 2";
        let found: Vec<String> = match start.len() {
            4.. => self
                .db
                .prepare_cached(sql)?
                .query_map([start], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?,
            _ => Vec::new(),
        };
        Ok(if found.len() == 1 { found.concat() } else { start.to_owned() })
    }

    /// The row of a fact, by its identifier or one of its claims'.
    ///
    /// # Errors
    /// SQLite's.
    pub fn fact_row(&self, id: &str) -> rusqlite::Result<Option<FactRow>> {
        let sql = format!(
            "SELECT {FACT_ROW} FROM fact_rows WHERE fact = coalesce((SELECT id FROM facts WHERE id = ?1), \
             (SELECT fact FROM fact_claims WHERE claim = ?1))"
        );
        self.db.prepare_cached(&sql)?.query_row([id], fact_row).optional()
    }

    /// A whole fact, as it was fused.
    ///
    /// # Errors
    /// SQLite's.
    pub fn whole_fact<T: DeserializeOwned>(&self, id: &str) -> rusqlite::Result<Option<T>> {
        let sql = "SELECT fact FROM facts WHERE id = ?1";
        self.db.prepare_cached(sql)?.query_row([id], |row| json(row, 0)).optional()
    }

    /// The places of facts, by row.
    ///
    /// # Errors
    /// SQLite's.
    pub fn places_of(&self, rows: &[i64]) -> rusqlite::Result<Vec<PlaceOf>> {
        let sql = "SELECT role, place, name, country, lat, lon, precision, fact FROM fact_places WHERE fact = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut places = Vec::new();
        for row in rows {
            let found = statement.query_map([row], |row| {
                Ok(PlaceOf {
                    role: row.get(0)?,
                    place: row.get(1)?,
                    name: row.get(2)?,
                    country: row.get(3)?,
                    lat: row.get(4)?,
                    lon: row.get(5)?,
                    precision: row.get(6)?,
                    fact: row.get(7)?,
                })
            })?;
            for place in found {
                places.push(place?);
            }
        }
        Ok(places)
    }

    /// The links of a fact: relation, whether it leads here, and the other fact.
    ///
    /// # Errors
    /// SQLite's.
    pub fn links_of(&self, fact: &str) -> rusqlite::Result<Vec<(String, bool, FactRow)>> {
        let mut links = Vec::new();
        let sides = [
            ("SELECT relation, other FROM links WHERE fact = ?1", false),
            ("SELECT relation, fact FROM links WHERE other = ?1", true),
        ];
        for (sql, here) in sides {
            let sql = format!("{sql} ORDER BY 1, 2");
            let mut statement = self.db.prepare_cached(&sql)?;
            let found = statement.query_map([fact], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for pair in found.collect::<rusqlite::Result<Vec<(String, String)>>>()? {
                links.extend(self.fact_row(&pair.1)?.map(|row| (pair.0, here, row)));
            }
        }
        Ok(links)
    }

    /// The series that a fact or a series of that identifier stands in.
    ///
    /// # Errors
    /// SQLite's.
    pub fn series_of<T: DeserializeOwned>(&self, id: &str) -> rusqlite::Result<Option<T>> {
        let sql = "SELECT series FROM series WHERE id = ?1";
        self.db.prepare_cached(sql)?.query_row([id], |row| json(row, 0)).optional()
    }

    /// A part of the list of series.
    ///
    /// # Errors
    /// SQLite's.
    pub fn series_page<T: DeserializeOwned>(
        &self,
        limit: u64,
        skip: u64,
    ) -> rusqlite::Result<Vec<T>> {
        let sql = "SELECT series FROM series ORDER BY id LIMIT ?1 OFFSET ?2";
        self.db.prepare_cached(sql)?.query_map([limit, skip], |row| json(row, 0))?.collect()
    }

    /// The rungs of a commitment.
    ///
    /// # Errors
    /// SQLite's.
    pub fn ladder<T: DeserializeOwned>(&self, fact: &str) -> rusqlite::Result<Option<T>> {
        let sql = "SELECT ladder FROM ladders WHERE id = ?1";
        self.db.prepare_cached(sql)?.query_row([fact], |row| json(row, 0)).optional()
    }

    /// The reports that tell a fact, by identifier.
    ///
    /// # Errors
    /// SQLite's.
    pub fn reports_of(&self, row: i64) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT value FROM fact_facets JOIN facets ON id = fact_facets.facet \
                   WHERE fact = ?1 AND facets.facet = 'report' ORDER BY value";
        self.db.prepare_cached(sql)?.query_map([row], |row| row.get(0))?.collect()
    }

    /// Something that changes whenever facts may have: what came, and what was decided.
    ///
    /// # Errors
    /// SQLite's.
    pub fn state_of_facts(&self) -> rusqlite::Result<String> {
        let sql = "SELECT (SELECT max(id) FROM arrivals), (SELECT max(id) FROM acts), (SELECT max(undone) FROM acts), \
                   (SELECT group_concat(value) FROM meta), (SELECT count(*) FROM pending)";
        self.db.query_row(sql, [], |row| {
            let part = |at| row.get_ref(at).map(|value| format!("{value:?}"));
            Ok([part(0)?, part(1)?, part(2)?, part(3)?, part(4)?].concat())
        })
    }
}

const FACT_ROW: &str = "fact, kind, family, caption, told, denied, first, last, precision, reports, origins, credibility, \
                        EXISTS (SELECT 1 FROM contests WHERE contests.fact = fact_rows.fact), row, \
                        CASE WHEN first IS NULL OR last IS NULL THEN \
                        (SELECT role.value ->> 'value' FROM facts, json_each(facts.fact, '$.roles') AS role \
                         WHERE facts.id = fact_rows.fact AND role.value ->> 'role' = 'when' LIMIT 1) END";

fn fact_row(row: &Row<'_>) -> rusqlite::Result<FactRow> {
    Ok(FactRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        family: row.get(2)?,
        caption: row.get(3)?,
        told: row.get(4)?,
        denied: row.get(5)?,
        first: row.get(6)?,
        last: row.get(7)?,
        precision: row.get(8)?,
        reports: row.get(9)?,
        origins: row.get(10)?,
        credibility: row.get(11)?,
        contested: row.get(12)?,
        row: row.get(13)?,
        time: row.get(14)?,
    })
}

fn facet_value(row: &Row<'_>) -> rusqlite::Result<FacetValue> {
    Ok(FacetValue {
        facet: row.get(0)?,
        value: row.get(1)?,
        label: row.get(2)?,
        count: row.get(3)?,
    })
}

fn number(number: u64) -> Bound {
    Bound::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

fn marks(count: usize) -> String {
    vec!["?"; count.max(1)].join(", ")
}

/// Words as FTS5 finds them all, whatever signs stand among them; the last one may go on.
pub fn quoted(words: &str) -> String {
    let words = plain_words(words);
    if words.is_empty() { "\"\"".to_owned() } else { words + "*" }
}
