//! Parsing and entity recognition as a series of moves, each the best-scored of those allowed.

pub(crate) mod arc_eager;
pub(crate) mod biluo;
pub(crate) mod moves;
pub(crate) mod scorer;
pub(crate) mod state;
pub(crate) mod tree;
