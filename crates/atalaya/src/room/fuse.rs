//! Fusing: after reports came or went, or a person decided something, facts are brought up to date.

use std::sync::atomic::{AtomicBool, Ordering};

use super::{Writer, now};
use crate::error::Error;
use crate::store::StoredAct;
use crate::world::Engine;

impl Writer {
    /// Writes down what a person decided, and makes facts anew.
    ///
    /// # Errors
    /// [`Error::Stale`] before anything is done; the store's.
    pub fn decide(&mut self, engine: &Engine, acts: &[StoredAct]) -> Result<(), Error> {
        self.admit(engine)?;
        self.store.decide(acts).map_err(|error| Error::store(&self.path, error))?;
        self.reread(engine, acts)?;
        self.fuse(engine, &AtomicBool::new(false))
    }

    /// Takes back the decision that an act is of, or the last one that still stands, makes facts anew,
    /// and gives its acts.
    ///
    /// # Errors
    /// As [`Writer::decide`].
    pub fn undo(&mut self, engine: &Engine, which: Option<i64>) -> Result<Vec<StoredAct>, Error> {
        self.admit(engine)?;
        let undone =
            self.store.undo(which, &now()).map_err(|error| Error::store(&self.path, error))?;
        self.reread(engine, &undone)?;
        self.fuse(engine, &AtomicBool::new(false))?;
        Ok(undone)
    }

    /// Goes on where an earlier run was stopped: reads what waits to be read, and makes facts anew.
    ///
    /// # Errors
    /// As [`Writer::decide`].
    pub fn refresh(&mut self, engine: &Engine) -> Result<(), Error> {
        self.admit(engine)?;
        let on = AtomicBool::new(false);
        self.catch_up(engine, &on, |_| {})?;
        self.fuse(engine, &on)
    }

    /// Reads reports again whose own date was corrected.
    fn reread(&mut self, engine: &Engine, acts: &[StoredAct]) -> Result<(), Error> {
        self.store.reread(acts).map_err(|error| Error::store(&self.path, error))?;
        self.catch_up(engine, &AtomicBool::new(false), |_| {}).map(|_| ())
    }

    /// Brings actors and facts up to date with what the room holds, some reports at a time: what was done
    /// stays done when `stop` is set, and the rest waits for the next writer.
    ///
    /// # Errors
    /// The store's; what was there stays then, and is known to be out of date.
    pub fn fuse(&mut self, engine: &Engine, stop: &AtomicBool) -> Result<(), Error> {
        loop {
            let fused = self.store.fuse(&engine.pack, &engine.gazetteer);
            let fused = fused.map_err(|error| Error::store(&self.path, error))?;
            if fused || stop.load(Ordering::Relaxed) {
                return Ok(());
            }
        }
    }
}
