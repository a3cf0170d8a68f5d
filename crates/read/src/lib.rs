//! Reads a news report out of bytes: `report(bytes, hint) -> Report`.
//!
//! The crate knows nothing of grammar, and touches neither files nor the clock: what it is given is
//! all it has. The stages are `charset` (bytes → text, with the way back), then for text files
//! `plain` (which lines are the story), for web pages `html` and `article`, then `metadata` (title,
//! byline, outlet, date) and `language`.

mod report;

pub use report::{
    Block, BlockKind, ByteMap, Format, Hash, Hint, Language, Published, PublishedFrom, ReadError,
    Report,
};
