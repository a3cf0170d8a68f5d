//! Code points, in which the public sets count, and the bytes that we count in.

use std::ops::Range;

/// Where each code point of a text starts.
pub(crate) struct Offsets(Vec<usize>);

impl Offsets {
    pub(crate) fn of(text: &str) -> Offsets {
        Offsets(text.char_indices().map(|(at, _)| at).chain([text.len()]).collect())
    }

    /// The bytes of a stretch of code points.
    pub(crate) fn bytes(&self, points: Range<usize>) -> Range<usize> {
        let at = |point: usize| self.0[point.min(self.0.len() - 1)];
        at(points.start)..at(points.end).max(at(points.start))
    }

    /// The number of the code point that starts at a byte.
    pub(crate) fn point(&self, byte: usize) -> usize {
        self.0.partition_point(|&start| start < byte)
    }
}
