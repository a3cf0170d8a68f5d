//! Reads a news report out of bytes: `report(bytes, hint) -> Report`.
//!
//! The crate knows nothing of grammar, and touches neither files nor the clock: what it is given is
//! all it has. The stages are `sniff` (what the bytes are), `charset` (bytes → text, with the way
//! back), then for text files `plain` (which lines are the story), for web pages `html` and
//! `article`, then `metadata` (title, byline, outlet, date) and `language`.

mod article;
mod charset;
mod dateline;
mod dates;
mod html;
mod language;
mod metadata;
mod plain;
mod report;
mod sniff;
mod words;

pub use report::{
    Block, BlockKind, ByteMap, Format, Hash, Hint, Language, Published, PublishedFrom, ReadError,
    Report,
};

/// The agency that the first line of a story is marked with: "QUITO, 3 March 2025 (Reuters) –".
pub fn agency(prose: &str) -> Option<String> {
    dateline::dateline(prose)?.agency
}

/// Reads the report that `bytes` hold.
///
/// Total and linear in the size of `bytes`: any bytes give a report or say why not, and what a file
/// holds beyond its story is kept as [`BlockKind::Furniture`].
///
/// # Errors
///
/// [`ReadError::Empty`] when nothing but white space is there, [`ReadError::Binary`] when the bytes
/// are not text, [`ReadError::NoStory`] when a web page holds no story, [`ReadError::TooLarge`] when
/// one is too large to read.
pub fn report(bytes: &[u8], hint: Hint<'_>) -> Result<Report, ReadError> {
    if let Some(page) = html::wrapped(bytes, hint) {
        return page;
    }
    match sniff::format(bytes, hint)? {
        Format::Html => html::report(bytes, hint),
        format @ (Format::Plain | Format::Markdown) => plain::report(bytes, hint, format),
    }
}
