//! Web pages: bytes → tree → blocks and metadata.
//!
//! A page in a gzip stream is read, and so is the page in a web archive (MHTML). Where a block's
//! bytes stand in the original is kept as far as it is exact: always for plain pages, in archives
//! unless the page is in base64 there, never in a gzip stream, whose bytes are not the page's.

pub(crate) mod dom;
pub(crate) mod tag;
pub(crate) mod tree;
mod wrapping;

use unicode_normalization::UnicodeNormalization;

use crate::article::{self, Story, Told};
use crate::{Block, BlockKind, Format, Hash, Hint, ReadError, Report, charset, metadata};
use dom::Dom;
use tag::Tag;

/// The longest page that is read, in bytes of UTF-8.
const MAX_TEXT: usize = 1 << 30;

/// Reads a web page.
pub(crate) fn report(bytes: &[u8], hint: Hint<'_>) -> Result<Report, ReadError> {
    read(bytes, bytes, hint, None, Some)
}

/// Reads a web page that stands inside something else, or `None` when nothing else is there.
pub(crate) fn wrapped(bytes: &[u8], hint: Hint<'_>) -> Option<Result<Report, ReadError>> {
    let page = match wrapping::unwrap(bytes, hint)? {
        Ok(page) => page,
        Err(error) => return Some(Err(error)),
    };
    let inner = Hint { charset: hint.charset.or(page.charset.as_deref()), ..hint };
    let map = page.map.as_ref();
    let address = page.address.as_deref();
    Some(read(bytes, &page.bytes, inner, address, |range| map.map(|map| map.source(range))))
}

/// Reads the page in `page`, which stands in `original`; `back` leads from the bytes of the one to
/// those of the other.
fn read(
    original: &[u8],
    page: &[u8],
    hint: Hint<'_>,
    address: Option<&str>,
    back: impl Fn(std::ops::Range<usize>) -> Option<std::ops::Range<usize>>,
) -> Result<Report, ReadError> {
    let declared = hint.charset.map(str::to_owned).or_else(|| declared_charset(page));
    let decoded = charset::decode(page, declared.as_deref());
    if decoded.text.len() > MAX_TEXT {
        return Err(ReadError::TooLarge { what: "more than a gigabyte of text" });
    }
    let dom = tree::parse(&decoded.text)?;
    let statements = metadata::statements(&dom);
    let story = article::story(&dom, &statements.titles(), &statements.descriptions());
    if !story.blocks.iter().any(|it| it.kind.is_story() && it.kind != BlockKind::Title) {
        return Err(ReadError::NoStory { why: why_no_story(&dom, &story) });
    }
    let metadata = statements.metadata(&story, address.unwrap_or(hint.source));
    let (text, blocks) = laid_out(story.blocks, |range| back(decoded.map.source(range)));
    Ok(Report {
        source: hint.source.to_owned(),
        format: Format::Html,
        charset: decoded.charset,
        hash: Hash::of(original),
        title: metadata.title,
        byline: metadata.byline,
        outlet: metadata.outlet,
        canonical: metadata.canonical,
        published: metadata.published,
        language: metadata.language,
        text,
        blocks,
        origin: None,
    })
}

/// The blocks' texts, a blank line between them, and the blocks in that text.
fn laid_out(
    told: Vec<Told>,
    back: impl Fn(std::ops::Range<usize>) -> Option<std::ops::Range<usize>>,
) -> (String, Vec<Block>) {
    let mut text = String::new();
    let mut blocks = Vec::with_capacity(told.len());
    for piece in told {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.extend(piece.text.nfc());
        let source = piece.source.and_then(&back);
        blocks.push(Block { kind: piece.kind, span: start..text.len(), source });
    }
    (text, blocks)
}

fn why_no_story(dom: &Dom, story: &Story) -> &'static str {
    let has = |tag: Tag| dom.ids().any(|id| dom.tag(id) == tag);
    if !story.blocks.is_empty() {
        "the page has only menus, links or a title"
    } else if has(Tag::Frameset) || has(Tag::Frame) {
        "the page is a frameset"
    } else if has(Tag::Script) {
        "the page has only scripts"
    } else {
        "the page has no text"
    }
}

/// How much of a page is looked at for the encoding that its `<meta>` declares.
const PRESCAN: usize = 16 * 1024;

/// The encoding that a page's `<meta>` elements declare: `<meta charset=…>`, or the content type of
/// `<meta http-equiv=…>`.
fn declared_charset(page: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&page[..page.len().min(PRESCAN)]).to_ascii_lowercase();
    let mut rest = head.as_str();
    while let Some(at) = rest.find("<meta") {
        let element = &rest[at..];
        let element = &element[..element.find('>').unwrap_or(element.len())];
        if let Some((_, label)) = element.split_once("charset") {
            let label = label.trim_start().strip_prefix('=').unwrap_or_default();
            let label =
                label.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
            let end = label.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
            let label = &label[..end.unwrap_or(label.len())];
            // A declaration that could be read as ASCII is not in UTF-16, whatever it says.
            if !label.is_empty() {
                let wide = label.starts_with("utf-16");
                return Some(if wide { "utf-8".to_owned() } else { label.to_owned() });
            }
        }
        rest = &rest[at + 5..];
    }
    None
}
