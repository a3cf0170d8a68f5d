//! The derived tables: what the engine made of each report, written and dropped report by report.

use atalaya_read::{Block, BlockKind, Format, Hash, Language, Published, PublishedFrom, Report};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::fused::{corrected_date, dated};
use super::{Store, StoredAct};
use crate::offsets;
use crate::room::{Analysis, ClaimRow, DropRow, MentionRow};

/// How the derived tables stand to an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// They are that engine's, and whole.
    Whole,
    /// They are that engine's, but so many reports are still to be read.
    Partial(u64),
    /// Another engine made them.
    Stale,
}

/// Which mentions are asked for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Of this sort of value only.
    pub kind: Option<&'static str>,
    /// Of this report only, by its row.
    pub report: Option<i64>,
    /// Of this class only.
    pub class: Option<String>,
}

/// Which claims are asked for.
#[derive(Debug, Clone, Default)]
pub struct WantedClaims {
    /// Of this kind only.
    pub kind: Option<String>,
    /// Of this report only, by its row.
    pub report: Option<i64>,
    /// Of this family only.
    pub family: Option<String>,
}

/// A mention, with its report.
#[derive(Debug, Serialize)]
pub struct Mention {
    /// The report that it stands in.
    pub report: Source,
    /// `actor`, `thing`, `place`, `quantity` or `period`.
    pub kind: String,
    /// Its words, as they stand in the report.
    pub text: String,
    /// Where they start in the report's text, in code points.
    pub start: usize,
    /// Where they end, exclusive.
    pub end: usize,
    /// What it is, in a few words.
    pub label: String,
    /// Its class.
    pub class: Option<String>,
    /// Mentions of one report with one number stand for the same.
    pub referent: Option<u32>,
    /// The whole value.
    pub value: Box<RawValue>,
}

/// Which report something was read in.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    /// The first 16 hexadecimal digits of the original's SHA-256.
    pub id: String,
    /// Where it was first found.
    pub source: String,
    /// The headline.
    pub title: Option<String>,
    /// The paper, agency or site.
    pub outlet: Option<String>,
    /// When it was published; absent when it does not say.
    pub published: Option<String>,
}

impl Store {
    /// How the derived tables stand to the engine of a fingerprint.
    ///
    /// # Errors
    /// SQLite's.
    pub fn state(&self, fingerprint: &str) -> rusqlite::Result<State> {
        if !self.has_derived()? {
            return Ok(State::Stale);
        }
        let pending = self.pending()?;
        Ok(match self.meta("fingerprint")? {
            Some(made) if made == fingerprint && pending == 0 => State::Whole,
            Some(made) if made == fingerprint => State::Partial(pending),
            // Nothing is mixed in a room that holds nothing.
            _ if self.db.query_row("SELECT NOT EXISTS (SELECT 1 FROM reports)", [], first)? => {
                State::Whole
            }
            _ => State::Stale,
        })
    }

    /// Whether the room has the derived tables: one that an older version made gets them from the
    /// next writer.
    fn has_derived(&self) -> rusqlite::Result<bool> {
        self.db.query_row("PRAGMA user_version", [], |row| Ok(row.get::<_, u32>(0)? >= 2))
    }

    /// How many reports are still to be read for values.
    ///
    /// # Errors
    /// SQLite's.
    pub fn pending(&self) -> rusqlite::Result<u64> {
        self.db.query_row("SELECT count(*) FROM pending", [], first)
    }

    /// Notes which engine makes the derived tables from now on.
    ///
    /// # Errors
    /// SQLite's.
    pub fn sign(&mut self, fingerprint: &str) -> rusqlite::Result<()> {
        sign(&self.db, fingerprint)
    }

    /// Drops all that was derived and notes whose engine makes it again. All reports are pending
    /// then: a process that is killed at any moment leaves what was made since, and the rest.
    ///
    /// # Errors
    /// SQLite's; nothing was dropped then.
    pub fn drop_derived(&mut self, fingerprint: &str) -> rusqlite::Result<()> {
        let transaction = self.db.transaction()?;
        transaction.execute_batch(
            "DELETE FROM dropped; DELETE FROM claims; DELETE FROM mentions; DELETE FROM pending; \
             INSERT INTO pending SELECT id FROM reports WHERE newest = 1;",
        )?;
        transaction.execute_batch(super::fusing::WIPE)?;
        sign(&transaction, fingerprint)?;
        transaction.commit()
    }

    /// The next reports to read for values: no more than `reports`, and no more than one whose
    /// originals are longer than `bytes` together.
    ///
    /// # Errors
    /// SQLite's.
    pub fn next_pending(&self, reports: usize, bytes: u64) -> rusqlite::Result<Vec<(i64, Report)>> {
        // Few wait, and many are there: not the other way round.
        let sql = "SELECT report, original_bytes FROM pending CROSS JOIN reports ON id = report ORDER BY report";
        let mut statement = self.db.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        let (mut next, mut length) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            length += row.get::<_, u64>(1)?;
            if next.len() == reports || !next.is_empty() && length > bytes {
                break;
            }
            let id = row.get(0)?;
            next.push((id, self.report(id)?));
        }
        Ok(next)
    }

    /// Stores what was made of reports, all or nothing.
    ///
    /// # Errors
    /// SQLite's; nothing was stored then.
    pub fn derive(&mut self, made: &[(i64, Analysis)]) -> rusqlite::Result<()> {
        let transaction = self.db.transaction()?;
        for (report, analysis) in made {
            write(&transaction, *report, analysis)?;
        }
        transaction.commit()
    }

    /// Calls `each` for every mention that is wanted, by report in the order of their dates, then in
    /// the order of the text.
    ///
    /// # Errors
    /// SQLite's, or what `each` returns.
    pub fn mentions<E: From<rusqlite::Error>>(
        &self,
        wanted: &Wanted,
        mut each: impl FnMut(Mention) -> Result<(), E>,
    ) -> Result<(), E> {
        if !self.has_derived()? {
            return Ok(());
        }
        let sql = "SELECT name, source, title, outlet, published, kind, substr(text, start + 1, stop - start), \
                   start, stop, label, class, referent, value \
                   FROM reports JOIN mentions ON report = id \
                   WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR report = ?2) AND (?3 IS NULL OR class = ?3) \
                   ORDER BY published IS NULL, published, name, n";
        let mut statement = self.db.prepare(sql)?;
        let mut rows = statement.query(params![wanted.kind, wanted.report, wanted.class])?;
        while let Some(row) = rows.next()? {
            each(mention(row)?)?;
        }
        Ok(())
    }

    /// Calls `each` for every claim that is wanted, with its report, by report in the order of their
    /// dates, then in the order of the text.
    ///
    /// # Errors
    /// SQLite's, or what `each` returns.
    pub fn claims<E: From<rusqlite::Error>>(
        &self,
        wanted: &WantedClaims,
        mut each: impl FnMut(Source, Map<String, Value>) -> Result<(), E>,
    ) -> Result<(), E> {
        if !self.has_derived()? {
            return Ok(());
        }
        let fact = match self.has_fused()? {
            true => "(SELECT fact FROM fact_claims WHERE fact_claims.claim = claims.id)",
            false => "NULL",
        };
        let sql = "SELECT name, source, title, outlet, published, claims.claim, FACT \
                   FROM reports JOIN claims ON report = reports.id \
                   WHERE (?1 IS NULL OR kind = ?1) AND (?2 IS NULL OR report = ?2) AND (?3 IS NULL OR family = ?3) \
                   ORDER BY published IS NULL, published, name, n";
        let mut statement = self.db.prepare(&sql.replace("FACT", fact))?;
        let mut rows = statement.query(params![wanted.kind, wanted.report, wanted.family])?;
        while let Some(row) = rows.next()? {
            let text: String = row.get(5)?;
            let mut claim: Map<String, Value> = serde_json::from_str(&text).map_err(|error| {
                let kind = rusqlite::types::Type::Text;
                rusqlite::Error::FromSqlConversionFailure(5, kind, Box::new(error))
            })?;
            claim.insert("fact".to_owned(), row.get::<_, Option<String>>(6)?.into());
            each(source(row)?, claim)?;
        }
        Ok(())
    }

    /// Notes that reports whose own date a person corrected, or corrected back, are to be read again:
    /// "last July" means another one.
    ///
    /// # Errors
    /// SQLite's.
    pub fn reread(&mut self, acts: &[StoredAct]) -> rusqlite::Result<()> {
        let transaction = self.db.transaction()?;
        for report in acts.iter().filter_map(dated) {
            let sql = "SELECT id FROM reports WHERE name = ?1 AND newest = 1";
            let row: Option<i64> = transaction.query_row(sql, [report], first).optional()?;
            if let Some(row) = row {
                forget(&transaction, row)?;
                wait(&transaction, row)?;
            }
        }
        transaction.commit()
    }

    /// A report as it was read, or with the date that a person set, without the way back to its original.
    fn report(&self, id: i64) -> rusqlite::Result<Report> {
        let details = self.details(id)?;
        let summary = details.summary;
        let points = details.blocks.iter().flat_map(|block| [block.start, block.end]);
        let bytes = offsets::bytes(&details.text, points);
        let blocks = details.blocks.iter().zip(bytes.chunks(2)).map(|(block, span)| Block {
            kind: BlockKind::from_name(&block.kind).unwrap_or(BlockKind::Furniture),
            span: span[0]..span[1],
            source: None,
        });
        let blocks = blocks.collect();
        let from = summary.published_from.as_deref().and_then(PublishedFrom::from_name);
        let hash = self.db.query_row("SELECT hash FROM reports WHERE id = ?1", [id], first)?;
        let published = summary.published.zip(from).map(|(when, from)| Published { when, from });
        let set = corrected_date(&self.acts()?, &summary.id);
        let set = set.map(|when| Published { when, from: PublishedFrom::Header });
        Ok(Report {
            source: summary.source,
            format: Format::from_name(&summary.format).unwrap_or(Format::Plain),
            // What the original was read in says nothing of its text.
            charset: "",
            hash: Hash(hash),
            title: summary.title,
            byline: summary.byline,
            outlet: summary.outlet,
            canonical: details.canonical,
            published: set.or(published),
            language: summary.language.as_deref().and_then(Language::from_tag),
            text: details.text,
            blocks,
            origin: None,
        })
    }
}

/// Writes what was made of a report in the place of what was there, if the report is still waiting
/// for it.
pub(super) fn write(db: &Connection, report: i64, analysis: &Analysis) -> rusqlite::Result<()> {
    let waits = db.prepare_cached("DELETE FROM pending WHERE report = ?1")?.execute([report])?;
    if waits == 0 {
        return Ok(());
    }
    let sql = "INSERT INTO mentions VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let mut statement = db.prepare_cached(sql)?;
    for (n, mention) in analysis.mentions.iter().enumerate() {
        let MentionRow { kind, start, stop, label, class, referent, value } = mention;
        statement.execute(params![report, n, kind, start, stop, label, class, referent, value])?;
    }
    let sql = "INSERT INTO claims VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut statement = db.prepare_cached(sql)?;
    for (n, row) in analysis.claims.iter().enumerate() {
        let ClaimRow { id, kind, family, claim } = row;
        statement.execute(params![report, n, id, kind, family, claim])?;
    }
    let sql = "INSERT INTO dropped VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut statement = db.prepare_cached(sql)?;
    for (n, row) in analysis.dropped.iter().enumerate() {
        let DropRow { rule, start, stop, why } = row;
        statement.execute(params![report, n, rule, start, stop, why])?;
    }
    Ok(())
}

/// Drops what was made of a report.
pub(super) fn forget(db: &Connection, report: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM pending WHERE report = ?1")?.execute([report])?;
    db.prepare_cached("DELETE FROM mentions WHERE report = ?1")?.execute([report])?;
    db.prepare_cached("DELETE FROM claims WHERE report = ?1")?.execute([report])?;
    db.prepare_cached("DELETE FROM dropped WHERE report = ?1")?.execute([report])?;
    Ok(())
}

/// Notes that a report is to be read for values.
pub(super) fn wait(db: &Connection, report: i64) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO pending VALUES (?1)")?.execute([report])?;
    Ok(())
}

fn sign(db: &Connection, fingerprint: &str) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO meta VALUES ('fingerprint', ?1)";
    db.execute(sql, [fingerprint]).map(|_| ())
}

fn first<T: rusqlite::types::FromSql>(row: &Row<'_>) -> rusqlite::Result<T> {
    row.get(0)
}

fn source(row: &Row<'_>) -> rusqlite::Result<Source> {
    Ok(Source {
        id: row.get(0)?,
        source: row.get(1)?,
        title: row.get(2)?,
        outlet: row.get(3)?,
        published: row.get(4)?,
    })
}

fn mention(row: &Row<'_>) -> rusqlite::Result<Mention> {
    let report = source(row)?;
    let value = RawValue::from_string(row.get(12)?).map_err(|error| {
        let kind = rusqlite::types::Type::Text;
        rusqlite::Error::FromSqlConversionFailure(12, kind, Box::new(error))
    })?;
    Ok(Mention {
        report,
        kind: row.get(5)?,
        text: row.get(6)?,
        start: row.get(7)?,
        end: row.get(8)?,
        label: row.get(9)?,
        class: row.get(10)?,
        referent: row.get(11)?,
        value,
    })
}
