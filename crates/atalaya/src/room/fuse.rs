//! Fusing: after reports came or went, or a person decided something, facts are made anew.

use std::sync::atomic::AtomicBool;

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
        self.fuse(engine)
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
        self.fuse(engine)?;
        Ok(undone)
    }

    /// Goes on where an earlier run was stopped: reads what waits to be read, and makes facts anew.
    ///
    /// # Errors
    /// As [`Writer::decide`].
    pub fn refresh(&mut self, engine: &Engine) -> Result<(), Error> {
        self.admit(engine)?;
        self.catch_up(engine, &AtomicBool::new(false), |_| {})?;
        self.fuse(engine)
    }

    /// Reads reports again whose own date was corrected.
    fn reread(&mut self, engine: &Engine, acts: &[StoredAct]) -> Result<(), Error> {
        self.store.reread(acts).map_err(|error| Error::store(&self.path, error))?;
        self.catch_up(engine, &AtomicBool::new(false), |_| {}).map(|_| ())
    }

    /// Makes actors and facts of all that the room holds, if anything they are made of has changed.
    ///
    /// # Errors
    /// The store's; what was there stays then, and is known to be out of date.
    pub fn fuse(&mut self, engine: &Engine) -> Result<(), Error> {
        let fail = |error| Error::store(&self.path, error);
        if self.store.is_fused().map_err(fail)? {
            return Ok(());
        }
        let room = self.store.fusion().map_err(fail)?;
        let fused = atalaya_facts::fuse::fuse(&engine.pack, &engine.gazetteer, &room);
        self.store.write_fused(&fused).map_err(|error| Error::store(&self.path, error))
    }
}
