//! Facts one by one, each with all who tell it: for what is too large to be held whole.

use std::collections::BTreeMap;

use rusqlite::OptionalExtension;
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
    /// When the report came into the room, in UTC.
    pub added: String,
    /// The words before the claim's sentence.
    pub before: String,
    /// The words after it.
    pub after: String,
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
        let sql = "SELECT fact FROM facts \
                   ORDER BY coalesce(last, first) IS NULL, coalesce(last, first), id";
        let mut statement = self.db.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            each(json(row, 0)?)?;
        }
        Ok(())
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
        let sql = "SELECT source, outlet, title, published, canonical, language, added, \
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
            let (url, language, added) = (row.get(4)?, row.get(5)?, row.get(6)?);
            Ok(Telling { passage, url, language, added, before: row.get(7)?, after: row.get(8)? })
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
