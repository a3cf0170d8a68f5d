//! `rebuild`: all that was derived is dropped and made again from the stored reports.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::{Analysis, Writer, analyse};
use crate::error::Error;
use crate::store::State;
use crate::world::Engine;

/// What is read and stored at a time: all of it, or nothing.
const BATCH_REPORTS: usize = 256;
const BATCH_BYTES: u64 = 4 << 20;

/// What `rebuild` came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rebuilt {
    /// How many reports were read again.
    pub done: u64,
    /// How many are still to be read, when the user stopped it.
    pub left: u64,
    /// Whether it went on from where an earlier run was stopped.
    pub resumed: bool,
}

impl Writer {
    /// Drops all that was derived, and reads every report again; or goes on with that, if a run of the
    /// same engine was stopped. `progress` is told how many are done. When `stop` is set, the batch at
    /// hand is finished first.
    ///
    /// # Errors
    /// The store's. What was stored before stays stored, and the rest is known to be missing.
    pub fn rebuild(
        &mut self,
        engine: &Engine,
        stop: &AtomicBool,
        progress: impl FnMut(u64),
    ) -> Result<Rebuilt, Error> {
        let fail = |error| Error::store(&self.path, error);
        let state = self.store.state(engine.fingerprint()).map_err(fail)?;
        let resumed = matches!(state, State::Partial(_));
        if !resumed {
            self.store.drop_derived(engine.fingerprint()).map_err(fail)?;
        }
        let done = self.catch_up(engine, stop, progress)?;
        self.fuse(engine, stop)?;
        let left = self.store.pending().map_err(|error| Error::store(&self.path, error))?;
        Ok(Rebuilt { done, left, resumed })
    }

    /// Reads the reports that still wait to be read for values, batch by batch, and gives their number.
    pub(super) fn catch_up(
        &mut self,
        engine: &Engine,
        stop: &AtomicBool,
        mut progress: impl FnMut(u64),
    ) -> Result<u64, Error> {
        let fail = |error| Error::store(&self.path, error);
        let mut done = 0;
        while !stop.load(Ordering::Relaxed) {
            let batch = self.store.next_pending(BATCH_REPORTS, BATCH_BYTES).map_err(fail)?;
            if batch.is_empty() {
                break;
            }
            let made: Vec<(i64, Analysis)> =
                batch.par_iter().map(|(id, report)| (*id, analyse(engine, report))).collect();
            self.store.derive(&made).map_err(fail)?;
            done += made.len() as u64;
            progress(done);
        }
        Ok(done)
    }

    /// Makes sure that what the engine derives may stand in this room, and notes that it does.
    pub(super) fn admit(&mut self, engine: &Engine) -> Result<(), Error> {
        let fail = |error| Error::store(&self.path, error);
        match self.store.state(engine.fingerprint()).map_err(fail)? {
            State::Stale => {
                Err(Error::Stale { path: self.path.clone(), option: engine.option(&self.path) })
            }
            State::Whole | State::Partial(_) => self.store.sign(engine.fingerprint()).map_err(fail),
        }
    }
}
