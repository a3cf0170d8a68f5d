//! Text files: which lines are the story.

use crate::charset::{self, Decoded};
use crate::{Block, BlockKind, Format, Hash, Hint, ReadError, Report, language};

/// Reads a text file.
pub(crate) fn report(bytes: &[u8], hint: Hint<'_>, format: Format) -> Result<Report, ReadError> {
    let Decoded { text, map, charset } = charset::decode(bytes, hint.charset);
    let mut blocks = Vec::new();
    let mut at = 0;
    for part in text.split("\n\n") {
        let start = at + (part.len() - part.trim_start().len());
        let span = start..start + part.trim().len();
        at += part.len() + 2;
        if !span.is_empty() {
            let source = Some(map.source(span.clone()));
            blocks.push(Block { kind: BlockKind::Paragraph, span, source });
        }
    }
    if blocks.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(Report {
        source: hint.source.to_owned(),
        format,
        charset,
        hash: Hash::of(bytes),
        title: None,
        byline: None,
        outlet: None,
        canonical: None,
        published: None,
        language: language::identify(&text),
        text,
        blocks,
        origin: Some(map),
    })
}
