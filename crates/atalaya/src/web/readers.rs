//! Connections that read: a few, kept open, each used by one request at a time. Who finds none free waits for one,
//! which is sooner than opening another.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tokio::sync::Semaphore;

use crate::Error;
use crate::room::Room;

/// Fewer than this never read at once: who takes a long table away must not keep all others waiting.
const LEAST: usize = 4;

/// Open rooms that wait to be asked.
#[derive(Debug)]
pub struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Room>>,
    turns: Semaphore,
    /// How many read at once: more would not be answered sooner, and whoever writes would get less done.
    most: usize,
}

impl Readers {
    /// Opens the first one, so that a room that cannot be opened is told at once.
    ///
    /// # Errors
    /// As [`Room::open`].
    pub fn open(path: &Path) -> Result<Readers, Error> {
        let idle = Mutex::new(vec![Room::open(path)?]);
        let most =
            std::thread::available_parallelism().map_or(LEAST, |cores| LEAST.max(2 * cores.get()));
        Ok(Readers { path: path.to_owned(), idle, turns: Semaphore::new(most), most })
    }

    /// Waits until a connection is free; it is until what is given is let go.
    pub async fn turn(&self) -> Option<tokio::sync::SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }

    /// Asks a room something. A connection that failed is not kept.
    ///
    /// # Errors
    /// As [`Room::open`], and what `ask` returns.
    pub fn ask<T, E: From<Error>>(&self, ask: impl FnOnce(&Room) -> Result<T, E>) -> Result<T, E> {
        let idle = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let room = idle.map_or_else(|| Room::open(&self.path), Ok)?;
        let answer = ask(&room)?;
        if let Ok(mut idle) = self.idle.lock()
            && idle.len() < self.most
        {
            idle.push(room);
        }
        Ok(answer)
    }
}
