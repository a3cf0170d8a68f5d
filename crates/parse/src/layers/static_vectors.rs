//! Looks up words in a table of vectors made beforehand.

use std::borrow::Cow;

use crate::LoadError;
use crate::archive::Archive;

/// The table that all encoders of a pipeline share.
#[derive(Debug)]
pub(crate) struct StaticVectors {
    /// Ids of words, in ascending order.
    keys: Cow<'static, [u64]>,
    /// The row of each key.
    rows: Cow<'static, [u32]>,
    table: Cow<'static, [f32]>,
    width: usize,
}

impl StaticVectors {
    /// Takes the table from an archive.
    pub(crate) fn load(archive: &Archive) -> Result<StaticVectors, LoadError> {
        let [count] = archive.shape("vocab/keys", 8)?;
        let [height, width] = archive.shape("vocab/vectors", 4)?;
        let vectors = StaticVectors {
            keys: archive.longs("vocab/keys", [count])?,
            rows: archive.words("vocab/rows", [count])?,
            table: archive.floats("vocab/vectors", [height, width])?,
            width,
        };
        if !vectors.keys.is_sorted() {
            return Err(LoadError::corrupt("vocab/keys", "the keys are not in order"));
        }
        if vectors.rows.iter().any(|&row| row as usize >= height) {
            return Err(LoadError::corrupt("vocab/rows", "a row is not in the table"));
        }
        Ok(vectors)
    }

    /// How many numbers a vector has.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// The vector of a word's id, if it has one.
    pub(crate) fn get(&self, id: u64) -> Option<&[f32]> {
        let place = self.keys.binary_search(&id).ok()?;
        Some(&self.table[self.rows[place] as usize * self.width..][..self.width])
    }
}
