//! The opened room: what every command works on.

mod add;
mod analyse;
pub mod files;
mod fuse;
mod lock;
mod rebuild;

use std::path::{Path, PathBuf};
use std::time::Duration;

pub use add::{Added, LIMIT, Progress};
pub use analyse::{Analysis, ClaimRow, DropRow, MentionRow, analyse, read, readable};
pub use rebuild::Rebuilt;

use crate::error::Error;
use crate::store::{self, Store};

/// A room opened for reading. Any number of processes can have it open, also while one writes.
#[derive(Debug)]
pub struct Room {
    path: PathBuf,
    store: Store,
}

/// A room opened for writing: one process at a time.
#[derive(Debug)]
pub struct Writer {
    path: PathBuf,
    store: Store,
    // Fields drop in order: the lock goes last, when SQLite has closed the file.
    _lock: lock::Lock,
}

impl Room {
    /// Opens the room at `path`.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open(path: &Path) -> Result<Room, Error> {
        Ok(Room { path: path.to_owned(), store: Store::open(path)? })
    }

    /// What the room holds.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Where the room is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The error of SQLite's `error`, with the room's name.
    pub fn fail(&self, error: rusqlite::Error) -> Error {
        Error::store(&self.path, error)
    }
}

impl Writer {
    /// Opens the room at `path` for writing, and makes it first if `make` and there is none.
    ///
    /// Waits up to `wait` while another process writes; `waiting` is then told who does. `doing` is
    /// what others are told while they wait for this one.
    ///
    /// # Errors
    /// As [`Store::open_to_write`], and [`Error::Locked`].
    pub fn open(
        path: &Path,
        make: bool,
        doing: &str,
        wait: Duration,
        waiting: impl Fn(&str),
    ) -> Result<Writer, Error> {
        // Looked at before the lock is taken, so that no lock file appears beside a foreign file.
        match store::recognise(path) {
            Err(Error::NoRoom(_)) if make => {}
            other => other?,
        }
        let lock = lock::Lock::take(path, doing, wait, waiting)?;
        if make && matches!(store::recognise(path), Err(Error::NoRoom(_))) {
            store::create(path, &now())?;
        }
        Ok(Writer { path: path.to_owned(), store: Store::open_to_write(path)?, _lock: lock })
    }

    /// Takes the report that `name` means out of the room, and gives its id.
    ///
    /// # Errors
    /// When there is no such report, or SQLite refuses; nothing was removed then.
    pub fn remove(&mut self, name: &str) -> Result<String, Error> {
        let (row, id) = self.store.one(name)?;
        self.store.remove(row, &now()).map_err(|error| Error::store(&self.path, error))?;
        Ok(id)
    }

    /// What the room holds.
    pub fn store(&self) -> &Store {
        &self.store
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Only a convenience: an untidied room is whole, and tidied by the next writer.
        let _ = self.store.tidy();
    }
}

/// This moment, as the room writes it down.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
