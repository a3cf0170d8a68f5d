//! Text files: which parts are the story, and what the text says of itself.

mod alone;
mod furniture;
mod head;
mod layout;
mod repeats;
mod signs;
mod traits;

use std::ops::Range;

use crate::charset::{self, Decoded};
use crate::words::Field;
use crate::{Block, BlockKind, ByteMap, Format, Hash, Hint, ReadError, Report, language};

use furniture::Page;
use signs::Sign;
use traits::{End, Traits};

/// Reads a text file.
pub(crate) fn report(bytes: &[u8], hint: Hint<'_>, format: Format) -> Result<Report, ReadError> {
    let Decoded { text, map, charset } = charset::decode(bytes, hint.charset);
    let parts = layout::parts(&text, format == Format::Markdown);
    if parts.is_empty() {
        return Err(ReadError::Empty);
    }
    let page = Page::of(&text, &parts);
    let blocks = blocks(&page, &map);
    let story: Vec<&str> = blocks
        .iter()
        .filter(|block| block.kind.is_story())
        .map(|block| &text[block.span.clone()])
        .collect();
    let title = blocks.iter().find(|block| block.kind == BlockKind::Title);
    Ok(Report {
        source: hint.source.to_owned(),
        format,
        charset,
        hash: Hash::of(bytes),
        title: title.map(|block| one_line(&text[block.span.clone()])),
        byline: head::byline(&page),
        outlet: head::outlet(&page),
        canonical: None,
        published: head::published(&page),
        language: language::identify(&story.join("\n")),
        blocks,
        origin: Some(map),
        text,
    })
}

/// A title without the ends of lines in it.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The blocks of a page whose parts are told apart.
fn blocks(page: &Page<'_>, map: &ByteMap) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(page.parts.len());
    let mut push = |kind, span: Range<usize>| {
        blocks.push(Block { kind, source: Some(map.source(span.clone())), span });
    };
    for (place, part) in page.parts.iter().enumerate() {
        let kind = kind(page, place);
        match titled_header(page, place) {
            // The key of "Subject: …" is furniture, its value the headline.
            Some(value) => {
                let key = page.texts[place][..value.start].trim_end().len();
                push(BlockKind::Furniture, part.span.start..part.span.start + key);
                push(BlockKind::Title, part.span.start + value.start..part.span.start + value.end);
            }
            None => push(kind, part.span.clone()),
        }
    }
    blocks
}

/// Where the headline stands in a header line that gives it, when no other line is the title.
fn titled_header(page: &Page<'_>, place: usize) -> Option<Range<usize>> {
    let alone = page.title.is_none() && page.furniture[place] && place < head::HEAD;
    let header = alone.then(|| head::header(page.texts[place])).flatten()?;
    (header.field == Field::Title).then_some(header.value)
}

/// What a part is.
fn kind(page: &Page<'_>, place: usize) -> BlockKind {
    let look = &page.traits[place];
    match page.parts[place].sign {
        _ if page.furniture[place] => BlockKind::Furniture,
        _ if page.title == Some(place) => BlockKind::Title,
        Sign::Heading => BlockKind::Heading,
        Sign::Item => BlockKind::ListItem,
        Sign::Quote => BlockKind::Quotation,
        Sign::Row => BlockKind::TableRow,
        Sign::Rule => BlockKind::Furniture,
        Sign::None if look.spoken && look.end == End::Bare => BlockKind::Quotation,
        Sign::None if is_caption(page.texts[place], look) => BlockKind::Caption,
        Sign::None if look.is_prose() && page.parts[place].indented => BlockKind::Quotation,
        Sign::None if look.is_prose() => BlockKind::Paragraph,
        Sign::None if heads(page, place) => BlockKind::Heading,
        Sign::None => BlockKind::Paragraph,
    }
}

/// Whether prose or a list follows a line that is neither.
fn heads(page: &Page<'_>, place: usize) -> bool {
    let next = (place + 1..page.parts.len()).find(|&i| !page.furniture[i]);
    page.traits[place].words <= 24 && page.traits[place].end != End::Open && next.is_some()
}

/// What stands under a picture: a sentence that ends in a credit in brackets.
fn is_caption(text: &str, look: &Traits) -> bool {
    let credit = text.ends_with([')', ']']) && look.has(crate::words::Class::Credit);
    let bracket = text.rfind(['(', '[']).filter(|&at| at > 0 && text.len() - at < 80);
    credit
        && look.words <= 50
        && bracket.is_some_and(|at| Traits::of(&text[at..]).has(crate::words::Class::Credit))
}
