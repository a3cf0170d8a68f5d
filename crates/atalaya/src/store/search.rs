//! Full-text search over titles and stories.

use rusqlite::{OptionalExtension, params};
use serde::Serialize;

use super::{Store, snippet};
use crate::error::Error;

/// Of more matches than this, those that came last are ranked.
const RANKED: u32 = 5_000;

/// A report that matches a search.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Hit {
    /// The report.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// The paper, agency or site.
    pub outlet: Option<String>,
    /// When it was published, where the report says so.
    pub published: Option<String>,
    /// Where it was first found.
    pub source: String,
    /// Words of the story around the match.
    pub snippet: String,
    /// The matching words in the snippet, in code points, end exclusive.
    pub matches: Vec<(usize, usize)>,
}

impl Store {
    /// The reports that match `query` in FTS5's syntax, best first, and how many there are in all. Of very many, the
    /// last to come are ranked.
    ///
    /// # Errors
    /// When the query is not in FTS5's syntax, or SQLite refuses.
    pub fn search(&self, query: &str, limit: usize) -> Result<(Vec<Hit>, u64), Error> {
        self.matches(query, limit).map_err(|error| match &error {
            rusqlite::Error::SqliteFailure(_, Some(why)) if is_syntax(why) => {
                Error::Search(why.trim_start_matches("fts5: ").to_owned())
            }
            _ => Error::Store { path: "search".into(), error },
        })
    }

    fn matches(&self, query: &str, limit: usize) -> rusqlite::Result<(Vec<Hit>, u64)> {
        let latest =
            "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT 1 OFFSET ?2";
        let first: Option<i64> = self
            .db
            .prepare_cached(latest)?
            .query_row(params![query, RANKED], |row| row.get(0))
            .optional()?;
        let sql = "SELECT name, reports.title, outlet, published, source, search.story \
                   FROM search JOIN reports ON reports.id = search.rowid WHERE search MATCH ?1 AND search.rowid > ?3 \
                   ORDER BY bm25(search, 4.0, 1.0), name LIMIT ?2";
        let wanted = snippet::wanted(query);
        let mut statement = self.db.prepare_cached(sql)?;
        let hits = statement
            .query_map(params![query, limit, first.unwrap_or(0)], |row| {
                let story = row.get_ref(5)?.as_str()?;
                let (snippet, matches) = snippet::of(story, &wanted);
                Ok(Hit {
                    id: row.get(0)?,
                    title: row.get(1)?,
                    outlet: row.get(2)?,
                    published: row.get(3)?,
                    source: row.get(4)?,
                    snippet,
                    matches,
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        let count = "SELECT count(*) FROM search WHERE search MATCH ?1";
        Ok((hits, self.db.query_row(count, [query], |row| row.get(0))?))
    }
}

/// Whether SQLite's message is about the query and not about the room.
fn is_syntax(why: &str) -> bool {
    ["fts5: ", "no such column: ", "unterminated string", "unknown special query"]
        .iter()
        .any(|start| why.starts_with(start))
}

/// The query that looks for every word of `words` as it stands, signs and all.
pub fn plain_words(words: &str) -> String {
    let quoted = words.split_whitespace().map(|word| format!("\"{}\"", word.replace('"', "\"\"")));
    quoted.collect::<Vec<_>>().join(" ")
}
