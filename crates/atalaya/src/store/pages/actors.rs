//! Actors, a part of their list at a time, and who did what to whom.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::quoted;
use crate::store::Store;
use crate::store::fused::json;
use crate::store::notes::Notes;

/// An actor in a list.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the actor")]
pub struct ActorRow {
    pub id: String,
    pub name: String,
    pub sort: String,
    pub class: Option<String>,
    pub country: Option<String>,
    pub mentions: u64,
    pub facts: u64,
}

/// Who did something to or with whom, in one fact.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the names are the documentation")]
pub struct Edge {
    pub fact: i64,
    pub source: String,
    pub target: String,
}

impl Store {
    /// The one actor of an identifier, or that goes by a name.
    ///
    /// # Errors
    /// SQLite's.
    pub fn actor_named(&self, name: &str) -> rusqlite::Result<Option<String>> {
        if self.actor_row(name)?.is_some() {
            return Ok(Some(name.to_owned()));
        }
        let found = self.actor_page(Some(name), None, 20, 0)?;
        let same: Vec<&ActorRow> =
            found.iter().filter(|actor| actor.name.to_lowercase() == name.to_lowercase()).collect();
        Ok(match (&same[..], &found[..]) {
            ([one], _) => Some(one.id.clone()),
            (_, [one]) => Some(one.id.clone()),
            _ => None,
        })
    }

    /// Who did something to or with whom in facts, by row. Where it was is no one of them.
    ///
    /// # Errors
    /// SQLite's.
    pub fn edges_of(&self, rows: &[i64]) -> rusqlite::Result<Vec<Edge>> {
        let sql = "SELECT fact, source, target FROM edges WHERE fact = ?1 AND NOT EXISTS \
                   (SELECT 1 FROM fact_places WHERE fact_places.fact = edges.fact AND fact_places.role = edges.role)";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut edges = Vec::new();
        for row in rows {
            let found = statement.query_map([row], |row| {
                Ok(Edge { fact: row.get(0)?, source: row.get(1)?, target: row.get(2)? })
            })?;
            for edge in found {
                edges.push(edge?);
            }
        }
        Ok(edges)
    }

    /// A part of the list of actors, those in most facts first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn actor_page(
        &self,
        words: Option<&str>,
        sort: Option<&str>,
        limit: u64,
        skip: u64,
    ) -> rusqlite::Result<Vec<ActorRow>> {
        let sql = "SELECT actor, name, sort, class, country, mentions, facts FROM actor_rows WHERE CHOSEN \
                   ORDER BY facts DESC, mentions DESC, name, actor LIMIT ?3 OFFSET ?4";
        let chosen = match (words, sort) {
            (Some(_), _) => {
                "row IN (SELECT rowid FROM actor_words WHERE actor_words MATCH ?1) AND (?2 IS NULL OR sort = ?2)"
            }
            (None, Some(_)) => "?1 IS NULL AND sort = ?2",
            (None, None) => "?1 IS NULL AND ?2 IS NULL",
        };
        let mut statement = self.db.prepare_cached(&sql.replace("CHOSEN", chosen))?;
        let words = words.map(quoted);
        statement.query_map(params![words, sort, limit, skip], actor_row)?.collect()
    }

    /// How many actors a search by words finds.
    ///
    /// # Errors
    /// SQLite's.
    pub fn actor_total(&self, words: &str, sort: Option<&str>) -> rusqlite::Result<u64> {
        let sql = "SELECT count(*) FROM actor_rows WHERE row IN (SELECT rowid FROM actor_words WHERE actor_words MATCH ?1) \
                   AND (?2 IS NULL OR sort = ?2)";
        self.db.prepare_cached(sql)?.query_row(params![quoted(words), sort], |row| row.get(0))
    }

    /// How many actors there are of each sort.
    ///
    /// # Errors
    /// SQLite's.
    pub fn actor_sorts(&self) -> rusqlite::Result<Vec<(String, u64)>> {
        let sql = "SELECT sort, count(*) FROM actor_rows GROUP BY sort ORDER BY sort";
        self.db.prepare_cached(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    /// An actor's line.
    ///
    /// # Errors
    /// SQLite's.
    pub fn actor_row(&self, id: &str) -> rusqlite::Result<Option<ActorRow>> {
        let sql = "SELECT actor, name, sort, class, country, mentions, facts FROM actor_rows WHERE actor = ?1";
        self.db.prepare_cached(sql)?.query_row([id], actor_row).optional()
    }

    /// The actor that an identifier is of now: one that was merged with another since has the other's, and
    /// an address with its own still leads to it.
    ///
    /// # Errors
    /// SQLite's.
    pub fn actor_now(&self, id: &str) -> rusqlite::Result<String> {
        let now = Notes::of(&self.db).once(&format!("{id} who of"))?;
        let now = now.and_then(|now| serde_json::from_str(&now).ok());
        Ok(now.unwrap_or_else(|| id.to_owned()))
    }

    /// A whole actor, as it was fused.
    ///
    /// # Errors
    /// SQLite's.
    pub fn whole_actor<T: DeserializeOwned>(&self, id: &str) -> rusqlite::Result<Option<T>> {
        let sql = "SELECT actor FROM actors_told WHERE id = ?1";
        self.db.prepare_cached(sql)?.query_row([id], |row| json(row, 0)).optional()
    }
}

fn actor_row(row: &Row<'_>) -> rusqlite::Result<ActorRow> {
    Ok(ActorRow {
        id: row.get(0)?,
        name: row.get(1)?,
        sort: row.get(2)?,
        class: row.get(3)?,
        country: row.get(4)?,
        mentions: row.get(5)?,
        facts: row.get(6)?,
    })
}
