//! The room's SQLite file: opening it, recognising it, and the statements that read and write it.

mod derived;
mod entries;
mod file;
mod fused;
mod fusing;
mod keys;
mod notes;
pub mod pages;
mod reports;
mod search;
mod snippet;
mod write;

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

pub use derived::{Mention, Source, State, Wanted, WantedClaims};
pub use entries::{Line, Named, Telling, Who};
pub use file::{APPLICATION_ID, beside, create, recognise, schema_version};
pub use fused::{Passage, StoredAct, StoredAnchor};
pub use reports::{Block, Counts, Details, Location, Problem, Summary};
pub use search::{Hit, plain_words};
pub use write::{Arrival, Outcome, Place, name, pack};

use crate::error::Error;

/// An open room's connection. All that is written goes through [`write`], within a transaction.
#[derive(Debug)]
pub struct Store {
    pub(crate) db: Connection,
}

impl Store {
    /// Opens the room at `path` for reading.
    ///
    /// # Errors
    /// When there is no room at `path`, when the file is something else, is cut short, or was made
    /// by a newer version.
    pub fn open(path: &Path) -> Result<Store, Error> {
        file::recognise(path)?;
        // Opened for writing where that is allowed, so that SQLite can put its side files away.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).and_then(usable);
        // A room on a medium that cannot be written to can still be read, as it stands.
        let db = db.or_else(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::ReadOnly) => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                Connection::open_with_flags(file::immutable_uri(path), flags).and_then(usable)
            }
            _ => Err(error),
        });
        let db = db.and_then(|db| db.pragma_update(None, "query_only", true).map(|()| db));
        Ok(Store { db: db.map_err(|error| Error::store(path, error))? })
    }

    /// Opens the room at `path` for writing, and brings its tables up to today's shape.
    ///
    /// # Errors
    /// As [`Store::open`], and when the file cannot be written to.
    pub fn open_to_write(path: &Path) -> Result<Store, Error> {
        file::recognise(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).and_then(usable);
        let mut db = db.map_err(|error| Error::store(path, error))?;
        file::migrate(&mut db, path)?;
        steady(&db).map_err(|error| Error::store(path, error))?;
        Ok(Store { db })
    }
}

/// Sets a writing connection up so that adding costs the same in a full room as in an empty one: the
/// log is moved into the file in larger pieces, the search index is merged in fewer steps, and what a
/// statement may have to take back is noted in memory, not in a file that grows until the end.
fn steady(db: &Connection) -> rusqlite::Result<()> {
    db.pragma_update(None, "temp_store", "MEMORY")?;
    db.pragma_update(None, "cache_size", -128_000)?;
    db.pragma_update(None, "wal_autocheckpoint", 64_000)?;
    db.execute("INSERT INTO search (search, rank) VALUES ('automerge', 16)", []).map(|_| ())
}

/// Sets a connection up, and reads one row to see that it works.
fn usable(db: Connection) -> rusqlite::Result<Connection> {
    db.busy_timeout(std::time::Duration::from_secs(10))?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "synchronous", "NORMAL")?;
    db.pragma_update(None, "cache_size", -32_000)?;
    db.set_prepared_statement_cache_capacity(256);
    // Else every statement on a range would be planned anew for each two ends.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok(db)
}
