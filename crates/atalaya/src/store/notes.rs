//! The notes of fusion as one update reads and writes them: what was read is held, and what changes is
//! written once, at the end and in the order of keys, so that neighbours in a page are written together.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Bound::Excluded;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::keys::{self, APART};

/// So many notes are held that did not change; then all of them are let go.
const HELD: usize = 300_000;

/// From how many bytes on a note does not stand with its key, and from how many on it is a long one.
const BRIEF: usize = 48;
const LONG: usize = 600;

/// Keys with their notes.
type Found = Vec<(String, String)>;

pub(super) struct Notes<'d> {
    db: &'d Connection,
    /// What is known to stand, or not to stand, under keys that are no members.
    held: HashMap<String, Option<String>>,
    /// The keys among them that are not written yet.
    changed: HashSet<String>,
    /// All members of keys, by what their own keys begin with.
    members: HashMap<String, BTreeMap<String, String>>,
    /// Members of any keys that are not written yet.
    marks: BTreeMap<String, Option<String>>,
}

impl<'d> Notes<'d> {
    pub(super) fn of(db: &'d Connection) -> Notes<'d> {
        Notes {
            db,
            held: HashMap::new(),
            changed: HashSet::new(),
            members: HashMap::new(),
            marks: BTreeMap::new(),
        }
    }

    /// The note under a key.
    pub(super) fn note(&mut self, key: &str) -> rusqlite::Result<Option<String>> {
        let note = self.once(key)?;
        if !key.contains(APART) && !self.held.contains_key(key) {
            self.bound();
            self.held.insert(key.to_owned(), note.clone());
        }
        Ok(note)
    }

    /// The note under a key, without holding it.
    pub(super) fn once(&self, key: &str) -> rusqlite::Result<Option<String>> {
        if let Some(note) = self.known(key) {
            return Ok(note.map(str::to_owned));
        }
        let sql = "SELECT note FROM notes WHERE key = ?1";
        let mut statement = self.db.prepare_cached(sql)?;
        statement.query_row([stored(key)], |row| self.read(row, 0)).optional()
    }

    /// Whether there is a note under a key.
    pub(super) fn has(&self, key: &str) -> rusqlite::Result<bool> {
        if let Some(note) = self.known(key) {
            return Ok(note.is_some());
        }
        self.db.prepare_cached("SELECT 1 FROM notes WHERE key = ?1")?.exists([stored(key)])
    }

    /// Puts a note under a key, or takes it away.
    pub(super) fn keep(&mut self, key: &str, note: Option<String>) {
        if self.known(key).is_some_and(|known| known == note.as_deref()) {
            return;
        }
        let Some(group) = group(key) else {
            self.held.insert(key.to_owned(), note);
            self.changed.insert(key.to_owned());
            return;
        };
        if let Some(members) = self.members.get_mut(group) {
            match &note {
                Some(note) => members.insert(key.to_owned(), note.clone()),
                None => members.remove(key),
            };
        }
        self.marks.insert(key.to_owned(), note);
    }

    /// What is held of a key: its note, or that there is none.
    fn known(&self, key: &str) -> Option<Option<&str>> {
        match group(key) {
            None => self.held.get(key).map(Option::as_deref),
            Some(group) => match self.members.get(group) {
                Some(members) => Some(members.get(key).map(String::as_str)),
                None => self.marks.get(key).map(Option::as_deref),
            },
        }
    }

    /// Every member of a key, in order, by what their own keys begin with, and what follows them: they
    /// are held.
    pub(super) fn all(&mut self, from: &str, until: &str) -> rusqlite::Result<Found> {
        if let Some(members) = self.members.get(from) {
            return Ok(members.iter().map(|(key, note)| (key.clone(), note.clone())).collect());
        }
        let found = self.after(from, until, usize::MAX)?;
        if group(from) == Some(from) {
            self.bound();
            self.members.insert(from.to_owned(), found.iter().cloned().collect());
        }
        Ok(found)
    }

    /// So many notes at most between two texts, the first ones in order.
    pub(super) fn after(
        &mut self,
        from: &str,
        until: &str,
        most: usize,
    ) -> rusqlite::Result<Found> {
        self.write_between(from, until)?;
        self.between(AFTER, from, until, most)
    }

    /// The same, the last ones, in the opposite order.
    pub(super) fn before(
        &mut self,
        from: &str,
        until: &str,
        most: usize,
    ) -> rusqlite::Result<Found> {
        self.write_between(from, until)?;
        self.between(BEFORE, from, until, most)
    }

    /// Writes all that has changed.
    pub(super) fn write(&mut self) -> rusqlite::Result<()> {
        let marks = std::mem::take(&mut self.marks);
        let notes = self.changed.iter().filter_map(|key| self.held.get_key_value(key));
        let changed = marks.iter().chain(notes);
        let mut changed: Vec<_> =
            changed.map(|(key, note)| (keys::packed(key), key, note)).collect();
        changed.sort_unstable();
        for (_, key, note) in changed {
            write(self.db, key, note.as_deref())?;
        }
        self.changed.clear();
        Ok(())
    }

    /// Writes what has changed between two texts, so that it is found there.
    fn write_between(&mut self, from: &str, until: &str) -> rusqlite::Result<()> {
        let changed = self.marks.range::<str, _>((Excluded(from), Excluded(until)));
        let changed: Vec<String> = changed.map(|(key, _)| key.clone()).collect();
        for key in changed {
            let note = self.marks.remove(&key).flatten();
            write(self.db, &key, note.as_deref())?;
        }
        Ok(())
    }

    fn between(&self, sql: &str, from: &str, until: &str, most: usize) -> rusqlite::Result<Found> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut statement = self.db.prepare_cached(sql)?;
        let front = group(from).unwrap_or_default();
        let about = keys::packed(front).map_or(0, |packed| packed.len());
        let key = |row: &Row<'_>| match row.get_ref(0)? {
            ValueRef::Blob(key) => Ok(format!("{front}{}", keys::member(&key[about..]))),
            _ => row.get(0),
        };
        let rows = statement
            .query_map(params![stored(from), until_stored(from, until), most], |row| {
                Ok((key(row)?, self.read(row, 1)?))
            })?;
        rows.collect()
    }

    /// The note in a column, or where that says that it stands.
    fn read(&self, row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
        match row.get_ref(column)? {
            ValueRef::Null => Ok(String::new()),
            ValueRef::Integer(place) => {
                let sql = format!("SELECT note FROM {} WHERE id = ?1", table(place));
                self.db.prepare_cached(&sql)?.query_row([place.abs()], |row| row.get(0))
            }
            _ => row.get(column),
        }
    }

    /// Lets go of what is held and did not change, where it is too much.
    fn bound(&mut self) {
        if self.held.len() + self.members.len() > HELD + self.changed.len() {
            self.held.retain(|key, _| self.changed.contains(key));
            self.members.clear();
        }
    }
}

/// What the keys of all members of one key begin with, if this is one of them or that beginning itself.
fn group(key: &str) -> Option<&str> {
    key.find(APART).map(|at| &key[..=at])
}

const AFTER: &str = "SELECT key, note FROM notes WHERE key > ?1 AND key < ?2 ORDER BY key LIMIT ?3";
const BEFORE: &str =
    "SELECT key, note FROM notes WHERE key > ?1 AND key < ?2 ORDER BY key DESC LIMIT ?3";

/// A key as it is stored.
fn stored(key: &str) -> Value {
    keys::packed(key).map_or_else(|| Value::Text(key.to_owned()), Value::Blob)
}

/// The text up to which members of a key are asked for, as it is stored: one of them, or what follows all.
fn until_stored(from: &str, until: &str) -> Value {
    match (group(until), group(from).and_then(keys::packed)) {
        (None, Some(group)) => Value::Blob(keys::past(group)),
        _ => stored(until),
    }
}

/// The table of notes that stand apart from their keys, by the sign of their places.
fn table(place: i64) -> &'static str {
    if place < 0 { "long_notes" } else { "brief_notes" }
}

/// Writes a note, or takes it away.
fn write(db: &Connection, key: &str, note: Option<&str>) -> rusqlite::Result<()> {
    let key = stored(key);
    let with_key = matches!(&key, Value::Blob(key) if keys::is_among_its_like(key));
    let apart = note.filter(|note| !with_key && note.len() >= BRIEF);
    // Most are new and short, and need no look at what was there.
    if apart.is_none()
        && let Some(note) = note
    {
        let sql = "INSERT INTO notes VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        if db.prepare_cached(sql)?.execute(params![key, beside(note)])? > 0 {
            return Ok(());
        }
    }
    let sql = "SELECT note FROM notes WHERE key = ?1 AND typeof(note) = 'integer'";
    let place: Option<i64> =
        db.prepare_cached(sql)?.query_row([&key], |row| row.get(0)).optional()?;
    let sign = apart.map(|note| if note.len() < LONG { 1 } else { -1 });
    if let (Some(place), Some(note)) = (place, apart)
        && Some(place.signum()) == sign
    {
        let sql = format!("UPDATE {} SET note = ?2 WHERE id = ?1", table(place));
        return db.prepare_cached(&sql)?.execute(params![place.abs(), note]).map(|_| ());
    }
    if let Some(place) = place {
        let sql = format!("DELETE FROM {} WHERE id = ?1", table(place));
        db.prepare_cached(&sql)?.execute([place.abs()])?;
    }
    let Some(note) = note else {
        return db.prepare_cached("DELETE FROM notes WHERE key = ?1")?.execute([key]).map(|_| ());
    };
    let note = match sign {
        Some(sign) => {
            let sql = format!("INSERT INTO {} (note) VALUES (?1)", table(sign));
            db.prepare_cached(&sql)?.execute([note])?;
            Value::Integer(sign * db.last_insert_rowid())
        }
        None => beside(note),
    };
    let sql = "INSERT INTO notes VALUES (?1, ?2) ON CONFLICT DO UPDATE SET note = ?2";
    db.prepare_cached(sql)?.execute(params![key, note]).map(|_| ())
}

/// A note as it stands beside its key.
fn beside(note: &str) -> Value {
    if note.is_empty() { Value::Null } else { Value::Text(note.to_owned()) }
}
