//! What changes the room: reports come, change, move and go, each change within a transaction.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::{Store, derived};
use crate::offsets;
use crate::room::Analysis;
use atalaya_read::{Hash, Report};

/// What was found at a place.
#[derive(Debug)]
pub enum Arrival {
    /// Bytes that are in the room already.
    Known(Hash),
    /// A report, its original packed by [`pack`], and what was lost in reading it.
    Report {
        /// The report.
        report: Box<Report>,
        /// The original, packed.
        packed: Vec<u8>,
        /// The original's length in bytes.
        original_bytes: usize,
        /// `(kind, message)` for all that could be read only with a loss.
        losses: Vec<(&'static str, String)>,
        /// What the engine made of it; without it the report waits to be read for values.
        analysis: Option<Analysis>,
    },
    /// Nothing that could be read: `(kind, message)`.
    Problem(&'static str, String),
}

/// What an arrival came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Outcome {
    /// A report that was not in the room.
    Added,
    /// Other bytes than were last found at this place.
    Version,
    /// Bytes that the room had from another place.
    Location,
    /// Nothing new.
    AlreadyThere,
    /// It could not be read.
    Problem,
}

/// A place where something was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// `file` or `input`.
    pub kind: &'static str,
    /// The path.
    pub name: String,
}

impl Store {
    /// Stores what was found at each place, all or nothing.
    ///
    /// # Errors
    /// SQLite's; nothing was stored then.
    pub fn arrive(
        &mut self,
        now: &str,
        arrivals: impl IntoIterator<Item = (Place, Arrival)>,
    ) -> rusqlite::Result<Vec<Outcome>> {
        let transaction = self.db.transaction()?;
        let outcomes = arrivals
            .into_iter()
            .map(|(place, arrival)| arrive(&transaction, now, &place, arrival))
            .collect::<rusqlite::Result<_>>()?;
        transaction.commit()?;
        Ok(outcomes)
    }

    /// Takes the report in row `id` out of the room. What it had replaced at a place is the newest
    /// there again.
    ///
    /// # Errors
    /// SQLite's; nothing was removed then.
    pub fn remove(&mut self, id: i64, now: &str) -> rusqlite::Result<()> {
        let transaction = self.db.transaction()?;
        remove(&transaction, id, now)?;
        transaction.commit()
    }

    /// Lets SQLite bring its statistics up to date and move its log into the room's file.
    ///
    /// # Errors
    /// SQLite's.
    pub fn tidy(&self) -> rusqlite::Result<()> {
        self.db.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")
    }
}

fn arrive(
    db: &Transaction<'_>,
    now: &str,
    place: &Place,
    arrival: Arrival,
) -> rusqlite::Result<Outcome> {
    db.prepare_cached("DELETE FROM problems WHERE place = ?1")?.execute([&place.name])?;
    let mut made = None;
    let (id, new) = match arrival {
        Arrival::Problem(kind, message) => {
            problem(db, now, place, kind, &message, None)?;
            return Ok(Outcome::Problem);
        }
        Arrival::Known(hash) => match row(db, &hash)? {
            Some(id) => (id, false),
            None => return Ok(Outcome::AlreadyThere),
        },
        Arrival::Report { report, packed, original_bytes, losses, analysis } => {
            made = analysis;
            let (id, new) = match row(db, &report.hash)? {
                Some(id) => (id, false),
                None => (insert(db, now, &report, &packed, original_bytes)?, true),
            };
            for (kind, message) in losses {
                problem(db, now, place, kind, &message, Some(id))?;
            }
            (id, new)
        }
    };
    let outcome = locate(db, now, id, place, new)?;
    // It waits for this if it is the newest now.
    made.map_or(Ok(()), |analysis| derived::write(db, id, &analysis))?;
    if outcome != Outcome::AlreadyThere {
        log(db, now, id, outcome, place)?;
    }
    Ok(outcome)
}

fn row(db: &Connection, hash: &Hash) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT id FROM reports WHERE hash = ?1";
    db.prepare_cached(sql)?.query_row([&hash.0[..]], |row| row.get(0)).optional()
}

fn problem(
    db: &Connection,
    now: &str,
    place: &Place,
    kind: &str,
    message: &str,
    report: Option<i64>,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO problems (place, kind, message, report, at) VALUES (?1, ?2, ?3, ?4, ?5)";
    db.prepare_cached(sql)?.execute(params![place.name, kind, message, report, now])?;
    Ok(())
}

fn insert(
    db: &Connection,
    now: &str,
    report: &Report,
    packed: &[u8],
    original_bytes: usize,
) -> rusqlite::Result<i64> {
    let sql = "INSERT INTO reports (hash, name, source, format, charset, title, byline, outlet, canonical, \
               published, published_from, language, added, newest, original_bytes, text, original) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, ?14, ?15, ?16)";
    db.prepare_cached(sql)?.execute(params![
        &report.hash.0[..],
        name(&report.hash),
        report.source,
        report.format.name(),
        report.charset,
        report.title,
        report.byline,
        report.outlet,
        report.canonical,
        report.published.as_ref().map(|published| &published.when),
        report.published.as_ref().map(|published| published.from.name()),
        report.language.map(|language| language.0),
        now,
        original_bytes,
        report.text,
        packed,
    ])?;
    let id = db.last_insert_rowid();
    blocks(db, id, report)?;
    Ok(id)
}

/// The name a report goes by: the first 16 hexadecimal digits of its hash.
pub fn name(hash: &Hash) -> String {
    hash.to_string()[..16].to_owned()
}

fn blocks(db: &Connection, id: i64, report: &Report) -> rusqlite::Result<()> {
    let bytes = report.blocks.iter().flat_map(|block| [block.span.start, block.span.end]);
    let points = offsets::code_points(&report.text, bytes);
    let sql = "INSERT INTO blocks VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let mut statement = db.prepare_cached(sql)?;
    for (n, (block, span)) in report.blocks.iter().zip(points.chunks(2)).enumerate() {
        let source = block.source.as_ref();
        let (start, stop) = (source.map(|source| source.start), source.map(|source| source.end));
        statement.execute(params![id, n, block.kind.name(), span[0], span[1], start, stop])?;
    }
    Ok(())
}

/// Notes that a report was found at a place, and at the address it calls its own.
fn locate(
    db: &Connection,
    now: &str,
    id: i64,
    place: &Place,
    new: bool,
) -> rusqlite::Result<Outcome> {
    let sql = "SELECT canonical FROM reports WHERE id = ?1";
    let canonical: Option<String> = db.prepare_cached(sql)?.query_row([id], |row| row.get(0))?;
    let here = stand(db, now, id, place.kind, &place.name)?;
    let there = match &canonical {
        Some(url) => stand(db, now, id, "url", url)?,
        None => Stood::Still,
    };
    for older in [here, there].iter().filter_map(Stood::replaced) {
        refresh(db, older)?;
    }
    refresh(db, id)?;
    Ok(match (here, there) {
        (Stood::InsteadOf(_), _) | (_, Stood::InsteadOf(_)) => Outcome::Version,
        _ if new => Outcome::Added,
        (Stood::First, _) => Outcome::Location,
        _ => Outcome::AlreadyThere,
    })
}

/// How a report came to stand at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stood {
    /// It stood there before.
    Still,
    /// Nothing did.
    First,
    /// Another report did.
    InsteadOf(i64),
}

impl Stood {
    fn replaced(&self) -> Option<i64> {
        match self {
            Stood::InsteadOf(older) => Some(*older),
            Stood::Still | Stood::First => None,
        }
    }
}

fn stand(db: &Connection, now: &str, id: i64, kind: &str, place: &str) -> rusqlite::Result<Stood> {
    let sql = "SELECT report FROM locations WHERE kind = ?1 AND place = ?2 AND current = 1";
    let before: Option<i64> =
        db.prepare_cached(sql)?.query_row([kind, place], |row| row.get(0)).optional()?;
    if before == Some(id) {
        return Ok(Stood::Still);
    }
    let sql = "UPDATE locations SET current = 0 WHERE kind = ?1 AND place = ?2 AND current = 1";
    db.prepare_cached(sql)?.execute([kind, place])?;
    let sql = "INSERT INTO locations (kind, place, report, replaces, seen, current) VALUES (?1, ?2, ?3, ?4, ?5, 1)";
    db.prepare_cached(sql)?.execute(params![kind, place, id, before, now])?;
    Ok(before.map_or(Stood::First, Stood::InsteadOf))
}

/// Works out whether a report is still the newest, and lets the search index and what was derived
/// follow.
///
/// It is, while it stands at some file, and at its own address if it has one.
fn refresh(db: &Connection, id: i64) -> rusqlite::Result<()> {
    let sql = "SELECT newest, \
               EXISTS (SELECT 1 FROM locations WHERE report = ?1 AND kind <> 'url' AND current) \
               AND (SELECT max(current) FROM locations WHERE report = ?1 AND kind = 'url') IS NOT 0 \
               FROM reports WHERE id = ?1";
    let (was, is): (bool, bool) =
        db.prepare_cached(sql)?.query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if was == is {
        return Ok(());
    }
    db.prepare_cached("UPDATE reports SET newest = ?2 WHERE id = ?1")?.execute(params![id, is])?;
    if is {
        index(db, id)?;
        derived::wait(db, id)
    } else {
        unindex(db, id)?;
        derived::forget(db, id)
    }
}

fn index(db: &Connection, id: i64) -> rusqlite::Result<()> {
    let (title, text): (Option<String>, String) = db
        .prepare_cached("SELECT title, text FROM reports WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let mut statement = db.prepare_cached(
        "SELECT start, stop FROM blocks WHERE report = ?1 AND kind <> 'furniture' ORDER BY n",
    )?;
    let spans = statement
        .query_map([id], |row| Ok([row.get(0)?, row.get(1)?]))?
        .collect::<rusqlite::Result<Vec<[usize; 2]>>>()?;
    let bytes = offsets::bytes(&text, spans.into_iter().flatten());
    let story: Vec<&str> = bytes.chunks(2).map(|span| &text[span[0]..span[1]]).collect();
    db.prepare_cached("INSERT INTO search (rowid, title, story) VALUES (?1, ?2, ?3)")?
        .execute(params![id, title, story.join("\n\n")])?;
    Ok(())
}

fn unindex(db: &Connection, id: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([id])?;
    Ok(())
}

fn log(
    db: &Connection,
    now: &str,
    id: i64,
    outcome: Outcome,
    place: &Place,
) -> rusqlite::Result<()> {
    let what = match outcome {
        Outcome::Added => "added",
        Outcome::Version => "version",
        Outcome::Location => "location",
        Outcome::AlreadyThere | Outcome::Problem => return Ok(()),
    };
    let sql = "INSERT INTO arrivals (at, what, hash, place) \
               SELECT ?2, ?3, hash, ?4 FROM reports WHERE id = ?1";
    db.prepare_cached(sql)?.execute(params![id, now, what, place.name])?;
    Ok(())
}

fn remove(db: &Connection, id: i64, now: &str) -> rusqlite::Result<()> {
    let sql = "SELECT kind, place FROM locations WHERE report = ?1 AND current = 1";
    let places = db
        .prepare(sql)?
        .query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(String, String)>>>()?;
    let sql = "INSERT INTO arrivals (at, what, hash, place) SELECT ?2, 'removed', hash, source FROM reports WHERE id = ?1";
    db.execute(sql, params![id, now])?;
    unindex(db, id)?;
    db.execute("DELETE FROM reports WHERE id = ?1", [id])?;
    for (kind, place) in places {
        let sql = "SELECT id, report FROM locations WHERE kind = ?1 AND place = ?2 ORDER BY id DESC LIMIT 1";
        let older: Option<(i64, i64)> =
            db.query_row(sql, [kind, place], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        if let Some((location, report)) = older {
            db.execute("UPDATE locations SET current = 1 WHERE id = ?1", [location])?;
            refresh(db, report)?;
        }
    }
    Ok(())
}

/// Packs an original for the store.
pub fn pack(original: &[u8]) -> Vec<u8> {
    let room = Vec::with_capacity(original.len() / 2 + 64);
    let mut encoder = ZlibEncoder::new(room, Compression::new(6));
    encoder
        .write_all(original)
        .and_then(|()| encoder.finish())
        .expect("writing to memory does not fail")
}

/// Unpacks an original of `length` bytes.
///
/// # Errors
/// When `packed` is not what [`pack`] made of `length` bytes.
pub fn unpack(packed: &[u8], length: u64) -> io::Result<Vec<u8>> {
    let mut original = Vec::new();
    ZlibDecoder::new(packed).take(length + 1).read_to_end(&mut original)?;
    if original.len() as u64 == length {
        Ok(original)
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidData, "the original is damaged"))
    }
}
