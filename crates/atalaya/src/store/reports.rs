//! What the room knows of its reports.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;

use super::Store;
use crate::error::Error;

/// One line about a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The first 16 hexadecimal digits of the original's SHA-256.
    pub id: String,
    /// Where it was first found.
    pub source: String,
    /// The headline.
    pub title: Option<String>,
    /// The paper, agency or site.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When it was published, in ISO 8601; absent when the report does not say.
    pub published: Option<String>,
    /// What in the report says when: `json-ld`, `dateline`, ….
    pub published_from: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// `plain`, `markdown`, `html`.
    pub format: String,
    /// When it came into the room.
    pub added: String,
    /// Whether no newer version has taken its place.
    pub newest: bool,
}

/// Everything about one report but its original bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Details {
    /// The line about it.
    #[serde(flatten)]
    pub summary: Summary,
    /// SHA-256 of the original bytes, in hexadecimal.
    pub sha256: String,
    /// The encoding the original was read in.
    pub charset: String,
    /// The address the page calls its own.
    pub canonical: Option<String>,
    /// The length of the original in bytes.
    pub original_bytes: u64,
    /// Where it was found.
    pub locations: Vec<Location>,
    /// What could be read only with a loss.
    pub problems: Vec<String>,
    /// The whole text, furniture included.
    pub text: String,
    /// The parts of the text.
    pub blocks: Vec<Block>,
}

/// A place where a report was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Location {
    /// `file`, `url` or `input`.
    pub kind: String,
    /// The path or address.
    pub place: String,
    /// When it was found there.
    pub seen: String,
    /// Whether it is the last thing that was found there.
    pub current: bool,
    /// The report that was found there before.
    pub replaces: Option<String>,
}

/// A part of a report's text; offsets count code points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// `title`, `paragraph`, `furniture`, ….
    pub kind: String,
    /// Where it starts.
    pub start: usize,
    /// Where it ends, exclusive.
    pub end: usize,
    /// Its bytes in the original, where it could be aligned.
    pub source: Option<(u64, u64)>,
}

pub(super) const SUMMARY: &str = "name, source, title, outlet, byline, published, published_from, language, format, added, newest";

pub(super) fn summary(row: &Row<'_>) -> rusqlite::Result<Summary> {
    Ok(Summary {
        id: row.get(0)?,
        source: row.get(1)?,
        title: row.get(2)?,
        outlet: row.get(3)?,
        byline: row.get(4)?,
        published: row.get(5)?,
        published_from: row.get(6)?,
        language: row.get(7)?,
        format: row.get(8)?,
        added: row.get(9)?,
        newest: row.get(10)?,
    })
}

impl Store {
    /// Calls `each` for every report, dated ones first, in the order of their dates; only the
    /// newest versions unless `all`.
    ///
    /// # Errors
    /// SQLite's, or what `each` returns.
    pub fn reports<E: From<rusqlite::Error>>(
        &self,
        all: bool,
        mut each: impl FnMut(Summary) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = format!(
            "SELECT {SUMMARY} FROM reports WHERE newest = 1 OR ?1 ORDER BY published IS NULL, published, name"
        );
        let mut statement = self.db.prepare(&sql)?;
        let mut rows = statement.query([all])?;
        while let Some(row) = rows.next()? {
            each(summary(row)?)?;
        }
        Ok(())
    }

    /// The row numbers and names of the reports that `name` could mean: the first digits of an id,
    /// or a place where a report is found now. At most five.
    ///
    /// # Errors
    /// SQLite's.
    pub fn named(&self, name: &str) -> rusqlite::Result<Vec<(i64, String)>> {
        let pair = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        let digits = name.to_ascii_lowercase();
        if (4..=64).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
        {
            let short = &digits[..digits.len().min(16)];
            let sql = "SELECT id, name FROM reports WHERE name >= ?1 AND name < ?1 || 'g' \
                       AND lower(hex(hash)) LIKE ?2 || '%' ORDER BY name LIMIT 5";
            let found: Vec<_> = self
                .db
                .prepare_cached(sql)?
                .query_map([short, &digits], pair)?
                .collect::<Result<_, _>>()?;
            if !found.is_empty() {
                return Ok(found);
            }
        }
        let sql = "SELECT DISTINCT reports.id, name FROM locations JOIN reports ON reports.id = report \
                   WHERE place = ?1 AND current = 1 ORDER BY name LIMIT 5";
        self.db.prepare_cached(sql)?.query_map([name], pair)?.collect()
    }

    /// The one report that `name` means.
    ///
    /// # Errors
    /// When there is none or more than one, or SQLite refuses.
    pub fn one(&self, name: &str) -> Result<(i64, String), Error> {
        let mut found =
            self.named(name).map_err(|error| Error::Store { path: name.into(), error })?;
        match found.len() {
            0 => Err(Error::NoReport(name.to_owned())),
            1 => Ok(found.remove(0)),
            _ => Err(Error::ManyReports {
                name: name.to_owned(),
                candidates: found.into_iter().map(|(_, name)| name).collect(),
            }),
        }
    }

    /// Everything about the report in row `id` but its original bytes.
    ///
    /// # Errors
    /// SQLite's.
    pub fn details(&self, id: i64) -> rusqlite::Result<Details> {
        let sql = format!(
            "SELECT {SUMMARY}, lower(hex(hash)), charset, canonical, original_bytes, text FROM reports WHERE id = ?1"
        );
        self.db.prepare_cached(&sql)?.query_row([id], |row| {
            Ok(Details {
                summary: summary(row)?,
                sha256: row.get(11)?,
                charset: row.get(12)?,
                canonical: row.get(13)?,
                original_bytes: row.get(14)?,
                text: row.get(15)?,
                locations: self.locations(id)?,
                problems: self.problems_of(id)?,
                blocks: self.blocks(id)?,
            })
        })
    }

    fn locations(&self, id: i64) -> rusqlite::Result<Vec<Location>> {
        let sql = "SELECT kind, place, seen, current, older.name FROM locations \
                   LEFT JOIN reports AS older ON older.id = replaces WHERE report = ?1 ORDER BY locations.id";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([id], |row| {
            Ok(Location {
                kind: row.get(0)?,
                place: row.get(1)?,
                seen: row.get(2)?,
                current: row.get(3)?,
                replaces: row.get(4)?,
            })
        })?;
        rows.collect()
    }

    fn problems_of(&self, id: i64) -> rusqlite::Result<Vec<String>> {
        let sql = "SELECT DISTINCT message FROM problems WHERE report = ?1 ORDER BY message";
        self.db.prepare_cached(sql)?.query_map([id], |row| row.get(0))?.collect()
    }

    fn blocks(&self, id: i64) -> rusqlite::Result<Vec<Block>> {
        let sql = "SELECT kind, start, stop, source_start, source_stop FROM blocks WHERE report = ?1 ORDER BY n";
        let mut statement = self.db.prepare_cached(sql)?;
        let rows = statement.query_map([id], |row| {
            let source: (Option<u64>, Option<u64>) = (row.get(3)?, row.get(4)?);
            Ok(Block {
                kind: row.get(0)?,
                start: row.get(1)?,
                end: row.get(2)?,
                source: source.0.zip(source.1),
            })
        })?;
        rows.collect()
    }

    /// The original bytes of the report in row `id`, as they were found.
    ///
    /// # Errors
    /// SQLite's; a damaged room can also hold bytes that do not unpack.
    pub fn original(&self, id: i64) -> rusqlite::Result<Vec<u8>> {
        let sql = "SELECT original, original_bytes FROM reports WHERE id = ?1";
        let (packed, length): (Vec<u8>, u64) =
            self.db.query_row(sql, [id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        super::write::unpack(&packed, length).map_err(|error| {
            let kind = rusqlite::types::Type::Blob;
            rusqlite::Error::FromSqlConversionFailure(0, kind, Box::new(error))
        })
    }

    /// Every original's hash: what need not be read again.
    ///
    /// # Errors
    /// SQLite's.
    pub fn hashes(&self) -> rusqlite::Result<Vec<[u8; 32]>> {
        self.db.prepare("SELECT hash FROM reports")?.query_map([], |row| row.get(0))?.collect()
    }

    /// Whether an original is in the room, by its hash.
    ///
    /// # Errors
    /// SQLite's.
    pub fn holds(&self, hash: &[u8; 32]) -> rusqlite::Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM reports WHERE hash = ?)";
        self.db.prepare_cached(sql)?.query_row([hash.as_slice()], |row| row.get(0))
    }

    /// What could not be read, or only with a loss: `(place, kind, message, report)`.
    ///
    /// # Errors
    /// SQLite's.
    pub fn problems(&self) -> rusqlite::Result<Vec<Problem>> {
        let sql = "SELECT place, kind, message, name, at FROM problems \
                   LEFT JOIN reports ON reports.id = report ORDER BY place, problems.id";
        let mut statement = self.db.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            Ok(Problem {
                place: row.get(0)?,
                kind: row.get(1)?,
                message: row.get(2)?,
                report: row.get(3)?,
                at: row.get(4)?,
            })
        })?;
        rows.collect()
    }

    /// The value kept under `key`, if any.
    ///
    /// # Errors
    /// SQLite's.
    pub fn meta(&self, key: &str) -> rusqlite::Result<Option<String>> {
        let sql = "SELECT value FROM meta WHERE key = ?1";
        self.db.query_row(sql, [key], |row| row.get(0)).optional()
    }

    /// How many reports there are, each in its newest version.
    ///
    /// # Errors
    /// SQLite's.
    pub fn number(&self) -> rusqlite::Result<u64> {
        let sql = "SELECT count(*) FROM reports WHERE newest = 1";
        self.db.query_row(sql, [], |row| row.get(0))
    }

    /// Numbers that describe the whole room: every report is looked at.
    ///
    /// # Errors
    /// SQLite's.
    pub fn counts(&self) -> rusqlite::Result<Counts> {
        let one = |sql: &str| self.db.query_row(sql, [], |row| row.get::<_, u64>(0));
        let text = |sql: &str| self.db.query_row(sql, [], |row| row.get::<_, Option<String>>(0));
        let mut languages = self.db.prepare(
            "SELECT language, count(*) FROM reports WHERE newest = 1 GROUP BY language ORDER BY 2 DESC, 1",
        )?;
        Ok(Counts {
            reports: one("SELECT count(*) FROM reports WHERE newest = 1")?,
            older_versions: one("SELECT count(*) FROM reports WHERE newest = 0")?,
            locations: one("SELECT count(*) FROM locations WHERE current = 1")?,
            undated: one("SELECT count(*) FROM reports WHERE newest = 1 AND published IS NULL")?,
            first: text("SELECT min(published) FROM reports WHERE newest = 1")?,
            last: text("SELECT max(published) FROM reports WHERE newest = 1")?,
            languages: languages
                .query_map(params![], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?,
            problems: one("SELECT count(*) FROM problems")?,
            original_bytes: one("SELECT coalesce(sum(original_bytes), 0) FROM reports")?,
            schema: one("PRAGMA user_version")?,
        })
    }
}

/// What could not be read, or only with a loss.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The file or folder.
    pub place: String,
    /// A word for its kind, for scripts: `empty`, `binary`, `too-large`, ….
    pub kind: String,
    /// What happened and what to do.
    pub message: String,
    /// The report that was stored all the same.
    pub report: Option<String>,
    /// When it was met.
    pub at: String,
}

/// Numbers that describe a whole room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Reports in their newest version.
    pub reports: u64,
    /// Reports that a newer version has replaced.
    pub older_versions: u64,
    /// Places that the reports are found at.
    pub locations: u64,
    /// Newest reports that do not say when they were published.
    pub undated: u64,
    /// The earliest date of publication.
    pub first: Option<String>,
    /// The latest date of publication.
    pub last: Option<String>,
    /// Newest reports by language, most first.
    pub languages: Vec<(Option<String>, u64)>,
    /// Things that could not be read, or only with a loss.
    pub problems: u64,
    /// The originals' length in bytes, unpacked.
    pub original_bytes: u64,
    /// The shape of the tables.
    pub schema: u64,
}
