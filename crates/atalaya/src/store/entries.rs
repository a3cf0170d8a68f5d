//! Facts one by one, each with all who tell it: for what is too large to be held whole.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::OptionalExtension;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fused::{json, own_claim};
use super::{Passage, Store};

/// One telling of a fact: a claim in its report.
#[derive(Debug, Clone)]
pub struct Telling {
    /// The claim with its report.
    pub passage: Passage,
    /// The address that the report calls its own.
    pub url: Option<String>,
    /// The report's language.
    pub language: Option<String>,
    /// SHA-256 of the report's original bytes, in hexadecimal.
    pub sha256: String,
    /// The words before the claim's sentence.
    pub before: String,
    /// The words after it.
    pub after: String,
}

/// A fact in a line, to choose by.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are those of the fact")]
pub struct Line {
    pub id: String,
    pub kind: String,
    pub family: String,
    pub caption: String,
    pub first: Option<String>,
    pub last: Option<String>,
    pub reports: usize,
}

/// What an actor goes by.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are those of the actor")]
pub struct Named {
    pub id: String,
    pub sort: String,
    pub name: String,
    pub aliases: Vec<String>,
}

/// An actor without its mentions.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are those of the actor")]
pub struct Who {
    pub id: String,
    pub name: String,
    pub sort: String,
    pub class: Option<String>,
    pub country: Option<String>,
}

/// How many code points of a report's text stand around a telling.
const AROUND: i64 = 32;

impl Store {
    /// Calls `each` for every fact, in the order of [`Store::facts`], holding one at a time.
    ///
    /// # Errors
    /// SQLite's, or what `each` returns.
    pub fn each_fact<E: From<rusqlite::Error>>(
        &self,
        mut each: impl FnMut(Value) -> Result<(), E>,
    ) -> Result<(), E> {
        if !self.has_fused()? {
            return Ok(());
        }
        // What is sorted are identifiers alone: whole facts would fill the memory that sorting takes.
        let sql = "SELECT id FROM facts \
                   ORDER BY coalesce(last, first) IS NULL, coalesce(last, first), id";
        let mut statement = self.db.prepare(sql)?;
        let mut whole = self.db.prepare("SELECT fact FROM facts WHERE id = ?1")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            each(whole.query_row([id], |row| json(row, 0))?)?;
        }
        Ok(())
    }

    /// Calls `each` for the line of every fact, in the order of [`Store::facts`].
    ///
    /// # Errors
    /// SQLite's.
    pub fn each_line(&self, mut each: impl FnMut(Line)) -> rusqlite::Result<()> {
        if !self.has_fused()? {
            return Ok(());
        }
        let sql = "SELECT fact, kind, family, caption, first, last, reports FROM fact_rows \
                   ORDER BY day = '', day, fact";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            each(Line {
                id: row.get(0)?,
                kind: row.get(1)?,
                family: row.get(2)?,
                caption: row.get(3)?,
                first: row.get(4)?,
                last: row.get(5)?,
                reports: row.get(6)?,
            });
        }
        Ok(())
    }

    /// Calls `each` for every actor, in the order of [`Store::actors`], holding one at a time.
    ///
    /// # Errors
    /// SQLite's, or what `each` returns.
    pub fn each_actor<E: From<rusqlite::Error>>(
        &self,
        mut each: impl FnMut(Value) -> Result<(), E>,
    ) -> Result<(), E> {
        if !self.has_fused()? {
            return Ok(());
        }
        let sql = "SELECT id FROM actors LEFT JOIN actor_mentions ON actor_mentions.actor = id \
                   GROUP BY id ORDER BY count(report) DESC, name, id";
        let mut statement = self.db.prepare(sql)?;
        let mut whole = self.db.prepare("SELECT actor FROM actors_told WHERE id = ?1")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            each(whole.query_row([id], |row| json(row, 0))?)?;
        }
        Ok(())
    }

    /// Calls `each` for the names of every actor: its identifier, sort, name, and other names.
    ///
    /// # Errors
    /// SQLite's.
    pub fn each_name(&self, mut each: impl FnMut(Named)) -> rusqlite::Result<()> {
        if !self.has_fused()? {
            return Ok(());
        }
        let sql =
            "SELECT id, sort, name, coalesce(actor -> '$.aliases', '[]') FROM actors ORDER BY id";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, sort, name) = (row.get(0)?, row.get(1)?, row.get(2)?);
            each(Named { id, sort, name, aliases: json(row, 3)? });
        }
        Ok(())
    }

    /// The facts that an actor plays a part in.
    ///
    /// # Errors
    /// SQLite's.
    pub fn facts_of_actor(&self, actor: &str) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT fact FROM fact_actors WHERE actor = ?1";
        self.db.prepare_cached(sql)?.query_map([actor], |row| row.get(0))?.collect()
    }

    /// The facts that tell of a place that goes by one of these names, in small letters.
    ///
    /// # Errors
    /// SQLite's.
    pub fn facts_at(&self, names: &BTreeSet<String>) -> rusqlite::Result<Vec<String>> {
        let mut statement = self.db.prepare_cached("SELECT DISTINCT name FROM fact_places")?;
        let places = statement.query_map([], |row| row.get::<_, String>(0))?;
        let places = places.collect::<rusqlite::Result<Vec<String>>>()?;
        let sql = "SELECT DISTINCT fact_rows.fact FROM fact_places \
                   JOIN fact_rows ON fact_rows.row = fact_places.fact WHERE fact_places.name = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut facts = Vec::new();
        for place in places.iter().filter(|place| names.contains(&place.to_lowercase())) {
            for fact in statement.query_map([place], |row| row.get(0))? {
                facts.push(fact?);
            }
        }
        Ok(facts)
    }

    /// The facts whose identifiers begin so, at most so many.
    ///
    /// # Errors
    /// SQLite's.
    pub fn facts_beginning(&self, start: &str, limit: u64) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT fact FROM fact_rows WHERE fact >= ?1 AND fact < ?1 || 'g' ORDER BY fact LIMIT ?2";
        let mut statement = self.db.prepare_cached(sql)?;
        statement.query_map(rusqlite::params![start, limit], |row| row.get(0))?.collect()
    }

    /// The links from and to a fact, in the order of [`Store::links`]: from, to, relation.
    ///
    /// # Errors
    /// SQLite's.
    pub fn links_around(&self, fact: &str) -> rusqlite::Result<Vec<[String; 3]>> {
        let sql = "SELECT fact, other, relation FROM links WHERE fact = ?1 \
                   UNION SELECT fact, other, relation FROM links WHERE other = ?1 ORDER BY 1, 2, 3";
        let mut statement = self.db.prepare_cached(sql)?;
        statement.query_map([fact], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?.collect()
    }

    /// The facts that may be contested, in the order of [`Store::facts`].
    ///
    /// # Errors
    /// SQLite's.
    pub fn contested_facts(&self) -> rusqlite::Result<Vec<String>> {
        if !self.has_fused()? {
            return Ok(Vec::new());
        }
        let sql = "SELECT fact FROM fact_rows WHERE fact IN (SELECT fact FROM contests) \
                   ORDER BY day = '', day, fact";
        self.db.prepare_cached(sql)?.query_map([], |row| row.get(0))?.collect()
    }

    /// The series in which a figure is contradicted.
    ///
    /// # Errors
    /// SQLite's.
    pub fn contradictions<T: DeserializeOwned>(&self, fact: &str) -> rusqlite::Result<Vec<T>> {
        let sql = "SELECT series FROM contests JOIN series ON series.id = other \
                   WHERE fact = ?1 AND why = 'contradicts' ORDER BY series.id";
        self.db.prepare_cached(sql)?.query_map([fact], |row| json(row, 0))?.collect()
    }

    /// Words of a newest report, and where it was found.
    ///
    /// # Errors
    /// SQLite's.
    pub fn words_of(
        &self,
        report: &str,
        start: usize,
        end: usize,
    ) -> rusqlite::Result<Option<(String, String)>> {
        let sql = "SELECT source, substr(text, ?2, ?3) FROM reports WHERE name = ?1 AND newest = 1";
        let places = rusqlite::params![report, start + 1, end.saturating_sub(start)];
        let mut statement = self.db.prepare_cached(sql)?;
        statement.query_row(places, |row| Ok((row.get(0)?, row.get(1)?))).optional()
    }

    /// The claims that a person made, by identifier.
    ///
    /// # Errors
    /// SQLite's.
    pub fn own_claims(&self) -> rusqlite::Result<BTreeMap<String, Value>> {
        let standing = self.acts()?.into_iter().filter(|act| act.undone.is_none());
        let claims = standing.filter_map(|act| own_claim(&act));
        Ok(claims.map(|(_, claim)| (text(&claim, "id"), claim)).collect())
    }

    /// A claim in the report of a name; none if it is not there any more. `own` are those that a
    /// person made.
    ///
    /// # Errors
    /// SQLite's.
    pub fn telling_in(
        &self,
        report: &str,
        claim: &str,
        own: &BTreeMap<String, Value>,
    ) -> rusqlite::Result<Option<Telling>> {
        let claim = match own.get(claim) {
            Some(claim) => Some(claim.clone()),
            None => {
                let sql = "SELECT claim FROM claims JOIN reports ON reports.id = report \
                           WHERE name = ?1 AND newest = 1 AND claims.id = ?2";
                let mut statement = self.db.prepare_cached(sql)?;
                statement.query_row([report, claim], |row| json(row, 0)).optional()?
            }
        };
        let Some(claim) = claim else { return Ok(None) };
        let at = |key: &str| claim[key].as_i64().unwrap_or_default();
        let (start, end) = (at("start"), at("end"));
        let before = start.min(AROUND);
        let sql = "SELECT source, outlet, title, published, canonical, language, lower(hex(hash)), \
                   substr(text, ?2, ?3), substr(text, ?4, ?5) \
                   FROM reports WHERE name = ?1 AND newest = 1";
        let places = (report, start - before + 1, before, end + 1, AROUND);
        let mut statement = self.db.prepare_cached(sql)?;
        let found = statement.query_row(places, |row| {
            let passage = Passage {
                report: report.to_owned(),
                source: row.get(0)?,
                outlet: row.get(1)?,
                title: row.get(2)?,
                published: row.get(3)?,
                claim,
            };
            let (url, language, sha256) = (row.get(4)?, row.get(5)?, row.get(6)?);
            Ok(Telling { passage, url, language, sha256, before: row.get(7)?, after: row.get(8)? })
        });
        found.optional()
    }

    /// An actor without its mentions.
    ///
    /// # Errors
    /// SQLite's.
    pub fn who(&self, id: &str) -> rusqlite::Result<Option<Who>> {
        let sql = "SELECT id, name, sort, class, country FROM actors WHERE id = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        let found = statement.query_row([id], |row| {
            let (id, name, sort) = (row.get(0)?, row.get(1)?, row.get(2)?);
            Ok(Who { id, name, sort, class: row.get(3)?, country: row.get(4)? })
        });
        found.optional()
    }
}

fn text(claim: &Value, key: &str) -> String {
    claim[key].as_str().unwrap_or_default().to_owned()
}
