//! Fusing: after reports came or went, or a person decided something, facts are made anew.

use super::Writer;
use crate::error::Error;
use crate::world::Engine;

impl Writer {
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
