//! Cuts a page into its pieces of text: paragraphs, headings, list items, rows, captions.

use std::ops::Range;

use crate::BlockKind;
use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::tag::Tag;

/// A piece of text that stands by itself on the page.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) kind: BlockKind,
    /// White space folded; a row's cells stand between tabs.
    pub(super) text: String,
    /// The first and last text node it was made of.
    pub(super) nodes: (NodeId, NodeId),
    /// The element that holds it all, and is no part of a line itself.
    pub(super) holder: NodeId,
    /// The decoded page's bytes from its first character to its last.
    pub(super) source: Range<usize>,
    /// Whether nothing but it stands in those bytes.
    pub(super) is_whole: bool,
    pub(super) words: u32,
    /// How many of the words are links.
    pub(super) linked: u32,
}

impl Piece {
    /// Whether it reads like written sentences and not like a label or a link.
    pub(super) fn is_prose(&self) -> bool {
        let ends = self.ends_sentence() || self.text.ends_with([':', ';']);
        self.linked * 2 <= self.words && (self.words >= 20 || (self.words >= 6 && ends))
    }

    /// Its words that are no links, if it is prose.
    pub(super) fn prose(&self) -> u32 {
        if self.is_prose() { self.words - self.linked } else { 0 }
    }

    pub(super) fn ends_sentence(&self) -> bool {
        let closing = ['"', '\'', '”', '“', '’', '»', '«', ')', ']'];
        let text = self.text.trim_end_matches(closing);
        text.ends_with(['.', '!', '?', '…', '。', '！', '？'])
    }
}

/// The page's pieces in page order.
pub(super) fn pieces(dom: &Dom) -> Vec<Piece> {
    let mut cutter =
        Cutter { dom, rows: data_rows(dom), pieces: Vec::new(), open: Open::default() };
    cutter.run();
    cutter.pieces
}

#[derive(Default)]
struct Open {
    text: String,
    nodes: Option<(NodeId, NodeId)>,
    source: Range<usize>,
    /// Something was left out since the last word, and since the first.
    skipped: bool,
    is_broken: bool,
    words: u32,
    linked: u32,
    /// White space is due before the next word.
    space: bool,
    /// Line breaks since the last word.
    breaks: u32,
}

struct Cutter<'a> {
    dom: &'a Dom,
    /// Rows to be kept in one piece, in page order.
    rows: Vec<NodeId>,
    pieces: Vec<Piece>,
    open: Open,
}

/// An element the cutter is inside of.
struct Inside {
    end: NodeId,
    id: NodeId,
    tag: Tag,
    link: bool,
    row: bool,
    pre: bool,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let mut inside: Vec<Inside> = Vec::new();
        let mut id = 0;
        while (id as usize) < self.dom.len() {
            while let Some(left) = inside.pop_if(|it| it.end <= id) {
                self.leave(&left);
            }
            let tag = self.dom.tag(id);
            if tag.is_unread() {
                self.open.skipped = true;
                if !tag.is_inline() && tag != Tag::Script && tag != Tag::Style {
                    self.open.space = true;
                }
                id = self.dom.end(id);
                continue;
            }
            if tag == Tag::Text {
                self.text(id, inside.last());
            } else {
                let around = inside.last();
                let entered = Inside {
                    end: self.dom.end(id),
                    id,
                    tag,
                    link: tag == Tag::A && self.dom.attribute(id, Attribute::Href).is_some()
                        || tag == Tag::Button
                        || around.is_some_and(|it| it.link),
                    row: around.is_some_and(|it| it.row) || self.rows.binary_search(&id).is_ok(),
                    pre: tag == Tag::Pre || around.is_some_and(|it| it.pre),
                };
                self.enter(&entered);
                if entered.end > id + 1 {
                    inside.push(entered);
                } else {
                    self.leave(&entered);
                }
            }
            id += 1;
        }
        self.flush();
    }

    fn enter(&mut self, it: &Inside) {
        match it.tag {
            Tag::Br => {
                self.open.breaks += 1;
                self.open.space = true;
                if self.open.breaks > 1 && !it.row {
                    self.flush();
                }
            }
            Tag::Td | Tag::Th if it.row => self.cell(),
            _ if it.row && self.rows.binary_search(&it.id).is_err() => {
                self.open.space |= !it.tag.is_inline();
            }
            _ if !it.tag.is_inline() => self.flush(),
            _ => {}
        }
    }

    fn leave(&mut self, it: &Inside) {
        if it.row && self.rows.binary_search(&it.id).is_err() {
            self.open.space |= !it.tag.is_inline();
        } else if !it.tag.is_inline() && it.tag != Tag::Br {
            self.flush();
        }
    }

    fn cell(&mut self) {
        if !self.open.text.is_empty() {
            self.open.text.push('\t');
            self.open.space = false;
        }
    }

    fn text(&mut self, id: NodeId, around: Option<&Inside>) {
        let text = self.dom.text(id);
        let source = self.dom.source(id);
        // Without entities the decoded text is the page's own, and offsets in it are exact.
        let exact = source.len() == text.len();
        let link = around.is_some_and(|it| it.link);
        let mut at = 0;
        for word in text.split(char::is_whitespace) {
            let start = at;
            at += word.len();
            if word.is_empty() || word.chars().all(is_invisible) {
                at += text[at..].chars().next().map_or(0, char::len_utf8);
                self.open.space = true;
                continue;
            }
            let open = &mut self.open;
            if open.space && !open.text.is_empty() && !open.text.ends_with('\t') {
                open.text.push(' ');
            }
            open.text.extend(word.chars().filter(|&c| !is_invisible(c)));
            open.space = at < text.len();
            open.breaks = 0;
            open.is_broken |= open.skipped && open.nodes.is_some();
            open.skipped = false;
            let (from, to) = if exact {
                (source.start + start, source.start + at)
            } else {
                (source.start, source.end)
            };
            match &mut open.nodes {
                Some((_, last)) => *last = id,
                None => {
                    open.nodes = Some((id, id));
                    open.source.start = from;
                }
            }
            open.source.end = to;
            let count = word_count(word);
            open.words += count;
            open.linked += if link { count } else { 0 };
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        }
    }

    fn flush(&mut self) {
        let open = std::mem::take(&mut self.open);
        let Some(nodes) = open.nodes else { return };
        let holder = holder(self.dom, nodes);
        self.pieces.push(Piece {
            kind: kind(self.dom, holder),
            text: open.text.trim_end().to_owned(),
            nodes,
            holder,
            source: open.source,
            is_whole: !open.is_broken,
            words: open.words,
            linked: open.linked,
        });
    }
}

/// The nearest element around a piece that is not part of a line.
fn holder(dom: &Dom, (first, last): (NodeId, NodeId)) -> NodeId {
    dom.ancestors(first).find(|&id| dom.end(id) > last && !dom.tag(id).is_inline()).unwrap_or(0)
}

/// What a piece is, by the elements around it.
fn kind(dom: &Dom, holder: NodeId) -> BlockKind {
    let around = std::iter::once(holder).chain(dom.ancestors(holder)).map(|id| dom.tag(id));
    for tag in around {
        match tag {
            _ if tag.is_heading() => return BlockKind::Heading,
            Tag::Figcaption | Tag::Caption | Tag::Figure => return BlockKind::Caption,
            Tag::Li | Tag::Dd | Tag::Dt => return BlockKind::ListItem,
            Tag::Blockquote => return BlockKind::Quotation,
            Tag::Tr => return BlockKind::TableRow,
            Tag::Td | Tag::Th | Tag::Article | Tag::Section | Tag::Table => {
                return BlockKind::Paragraph;
            }
            _ => {}
        }
    }
    BlockKind::Paragraph
}

/// The rows of tables that hold data: nothing in them but cells of plain text. Tables that lay out
/// a page are read as if they were not there.
fn data_rows(dom: &Dom) -> Vec<NodeId> {
    let mut rows = Vec::new();
    let mut id = 0;
    while (id as usize) < dom.len() {
        if dom.tag(id) == Tag::Table {
            let mut of_table = Vec::new();
            if is_data(dom, id, &mut of_table) {
                rows.append(&mut of_table);
                id = dom.end(id);
                continue;
            }
        }
        id += 1;
    }
    rows
}

/// The longest text, in bytes, that a cell of data holds.
const MAX_CELL: usize = 400;

fn is_data(dom: &Dom, table: NodeId, rows: &mut Vec<NodeId>) -> bool {
    let (mut cells, mut cell_end, mut cell_text, mut paragraphs) = (0, 0, 0, 0);
    let mut breaks = 0;
    for id in dom.subtree(table).skip(1) {
        match dom.tag(id) {
            Tag::Table
            | Tag::Form
            | Tag::Article
            | Tag::Section
            | Tag::Ul
            | Tag::Ol
            | Tag::Blockquote
            | Tag::Pre => return false,
            tag if tag.is_heading() => return false,
            Tag::Tr => rows.push(id),
            Tag::Td | Tag::Th => {
                (cells, cell_end, cell_text, paragraphs) = (cells + 1, dom.end(id), 0, 0);
            }
            Tag::P | Tag::Div if id < cell_end => {
                paragraphs += 1;
                if paragraphs > 2 {
                    return false;
                }
            }
            Tag::Br if id < cell_end => {
                // Two line breaks are how old pages end a paragraph.
                breaks += 1;
                paragraphs += i32::from(breaks == 2);
                if paragraphs > 2 {
                    return false;
                }
            }
            Tag::Text if id < cell_end && !dom.text(id).trim().is_empty() => {
                breaks = 0;
                cell_text += dom.text(id).trim().len();
                if cell_text > MAX_CELL {
                    return false;
                }
            }
            _ => {}
        }
    }
    cells > rows.len()
}

/// Characters that are not seen: soft hyphens, zero-width spaces, byte order marks.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// How many words a run of characters without white space is: one, but in scripts that put no white
/// space between words, one for two characters.
fn word_count(word: &str) -> u32 {
    let dense = word
        .chars()
        .filter(|&c| matches!(c, '\u{3040}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'))
        .count();
    if dense > 1 {
        dense.div_ceil(2) as u32
    } else {
        u32::from(word.chars().any(char::is_alphanumeric))
    }
}
