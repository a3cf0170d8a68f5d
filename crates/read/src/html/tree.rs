//! Builds a page's tree out of html5gum's tokens: forgiving, bounded in depth, linear in time.
//!
//! HTML's own algorithm for bad nesting is quadratic on hostile pages and forgets where text came
//! from. This one keeps to what matters for reading: which elements end others (a paragraph ends
//! where a list starts), that an end tag without its start means nothing, and that no end tag
//! reaches out of its table cell.

use std::cell::Cell;
use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Readable, Reader, Span, StringReader, Tokenizer};

use super::dom::{Attribute, Dom, NodeId};
use super::tag::{TAGS, Tag};
use crate::ReadError;

/// Elements nested deeper than this are left out, though their text is kept; browsers do the same.
const MAX_DEPTH: usize = 512;

/// The most elements and pieces of text that a page has.
const MAX_NODES: usize = 1 << 24;

/// Attribute values are cut here, but for those of `<meta>` and addresses none that long is read.
const MAX_VALUE: usize = 16 * 1024;

/// The tree of a page that has been decoded, and is shorter than 4 GiB.
///
/// # Errors
///
/// [`ReadError::TooLarge`] for a page of more elements than any that is written.
pub(crate) fn parse(page: &str) -> Result<Dom, ReadError> {
    let mut builder = Builder::default();
    builder.open(Tag::Html, 0);
    let attributes = Cell::new(0);
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
        if let CallbackEvent::AttributeName { .. } = event {
            attributes.set(attributes.get() + 1);
        }
        builder.event(&event, span.start as u32, span.end as u32);
        None::<Infallible>
    });
    emitter.naively_switch_states(true);
    let reader = Paced { page: page.to_reader(), attributes: &attributes };
    let pauses = Tokenizer::new_with_emitter(reader, emitter).filter(Result::is_err);
    pauses.for_each(drop);
    while !builder.open.is_empty() {
        builder.pop();
    }
    if builder.dom.len() >= MAX_NODES {
        return Err(ReadError::TooLarge { what: "more than sixteen million elements" });
    }
    Ok(builder.dom)
}

/// Reads a page, and pauses the tokenizer after every so many attributes.
///
/// Within one tag the tokenizer calls itself for each attribute in double quotes, so a tag with a
/// million of them would overflow the stack. An error from its reader takes it back to where it
/// started, and it goes on from there.
struct Paced<'p, 'c> {
    page: StringReader<'p>,
    attributes: &'c Cell<u32>,
}

/// How many attributes are read before a pause.
const PACE: u32 = 256;

#[derive(Debug, thiserror::Error)]
#[error("a pause")]
struct Pause;

impl Paced<'_, '_> {
    fn pace(&self) -> Result<(), Pause> {
        if self.attributes.get() < PACE {
            return Ok(());
        }
        self.attributes.set(0);
        Err(Pause)
    }
}

impl Reader for Paced<'_, '_> {
    type Error = Pause;

    fn read_byte(&mut self) -> Result<Option<u8>, Pause> {
        self.pace()?;
        let Ok(byte) = self.page.read_byte();
        Ok(byte)
    }

    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> Result<bool, Pause> {
        let Ok(read) = self.page.try_read_string(text, case_sensitive);
        Ok(read)
    }

    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        buffer: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Pause> {
        self.pace()?;
        let Ok(read) = self.page.read_until(needle, buffer);
        Ok(read)
    }
}

#[derive(Default)]
struct Builder {
    dom: Dom,
    /// The elements not yet closed, outermost first.
    open: Vec<(Tag, NodeId)>,
    /// How many of each tag are open, so that end tags without a start cost nothing.
    open_count: Vec<u32>,
    /// Start tags left out for their depth, whose end tags are to be left out too.
    skipped: usize,
    /// The start tag being read: its attributes follow its name.
    starting: Option<Starting>,
    attribute: Option<Attribute>,
}

#[derive(Clone, Copy)]
struct Starting {
    tag: Tag,
    node: Option<NodeId>,
}

impl Builder {
    fn event(&mut self, event: &CallbackEvent<'_>, start: u32, end: u32) {
        match event {
            CallbackEvent::OpenStartTag { name } => self.start(Tag::named(name), start),
            CallbackEvent::AttributeName { name } => {
                self.value(&[]);
                self.attribute = Attribute::named(name);
            }
            CallbackEvent::AttributeValue { value } => self.value(value),
            CallbackEvent::CloseStartTag { self_closing } => self.started_until(*self_closing, end),
            CallbackEvent::EndTag { name } => self.end(Tag::named(name)),
            CallbackEvent::String { value } => self.text(value, start, end),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    }

    /// Gives the attribute last named its value. One without a value has an empty one.
    fn value(&mut self, value: &[u8]) {
        let Some(name) = self.attribute.take() else { return };
        if self.starting.is_none_or(|starting| starting.node.is_none()) {
            return;
        }
        let value = String::from_utf8_lossy(value);
        self.dom.push_attribute(name, &value[..value.floor_char_boundary(MAX_VALUE)]);
    }

    fn start(&mut self, tag: Tag, at: u32) {
        self.attribute = None;
        self.close_implied(tag);
        if self.open.len() >= MAX_DEPTH || self.dom.len() >= MAX_NODES {
            self.starting = Some(Starting { tag, node: None });
            return;
        }
        let node = self.dom.push(tag, self.open.last().map(|&(_, id)| id), at..at);
        self.starting = Some(Starting { tag, node: Some(node) });
    }

    fn started_until(&mut self, self_closing: bool, end: u32) {
        self.value(&[]);
        let Some(Starting { tag, node }) = self.starting.take() else { return };
        let closed = tag.is_void() || (self_closing && matches!(tag, Tag::Svg | Tag::Math));
        match node {
            Some(node) => {
                self.dom.end_tag_at(node, end);
                if !closed {
                    self.push_open(tag, node);
                }
            }
            None if !closed => self.skipped += 1,
            None => {}
        }
    }

    fn open(&mut self, tag: Tag, at: u32) {
        let node = self.dom.push(tag, self.open.last().map(|&(_, id)| id), at..at);
        self.push_open(tag, node);
    }

    fn push_open(&mut self, tag: Tag, node: NodeId) {
        self.open.push((tag, node));
        self.open_count.resize(TAGS, 0);
        self.open_count[tag as usize] += 1;
    }

    fn pop(&mut self) {
        if let Some((tag, node)) = self.open.pop() {
            self.open_count[tag as usize] -= 1;
            self.dom.close(node);
        }
    }

    fn is_open(&self, tag: Tag) -> bool {
        self.open_count.get(tag as usize).is_some_and(|&count| count > 0)
    }

    /// Closes what the start of `tag` ends without an end tag.
    fn close_implied(&mut self, tag: Tag) {
        use Tag::*;
        if tag.ends_paragraph() && self.is_open(P) {
            self.close_up_to(|it| it == P, Tag::is_scope);
        }
        if self.is_open(Head) && !belongs_in_head(tag) {
            self.close_up_to(|it| it == Head, |_| false);
        }
        match tag {
            Li => self.close_up_to(
                |it| it == Li,
                |it| matches!(it, Ul | Ol | Menu | Dir) || it.is_scope(),
            ),
            Dd | Dt => self.close_up_to(|it| matches!(it, Dd | Dt), |it| it == Dl || it.is_scope()),
            Option | Optgroup => self.close_up_to(|it| it == Option, |it| it == Select),
            Td | Th => self.close_up_to(|it| matches!(it, Td | Th), |it| it == Table),
            Tr => self.close_up_to(|it| it == Tr, |it| it == Table),
            Tbody | Thead | Tfoot => {
                self.close_up_to(|it| matches!(it, Tbody | Thead | Tfoot), |it| it == Table);
            }
            A => self.close_up_to(|it| it == A, |it| !it.is_inline()),
            _ if tag.is_heading() && self.open.last().is_some_and(|(it, _)| it.is_heading()) => {
                self.pop();
            }
            _ => {}
        }
    }

    /// Closes the innermost open element that `is` holds for, and all within it, unless a `wall`
    /// stands before it.
    fn close_up_to(&mut self, is: impl Fn(Tag) -> bool, wall: impl Fn(Tag) -> bool) {
        for depth in (1..self.open.len()).rev() {
            let tag = self.open[depth].0;
            if is(tag) {
                while self.open.len() > depth {
                    self.pop();
                }
                return;
            }
            if wall(tag) {
                return;
            }
        }
    }

    fn end(&mut self, tag: Tag) {
        self.starting = None;
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        if tag.is_heading() {
            return self.close_up_to(Tag::is_heading, |it| !it.is_inline());
        }
        if !self.is_open(tag) || matches!(tag, Tag::Html | Tag::Body) {
            return;
        }
        match tag {
            // A link ends where it says, even from inside a paragraph that was not closed.
            Tag::A => self.close_up_to(
                |it| it == tag,
                |it| !it.is_inline() && it != Tag::P && !it.is_heading(),
            ),
            _ if tag.is_inline() => self.close_up_to(|it| it == tag, |it| !it.is_inline()),
            Tag::Table | Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                self.close_up_to(|it| it == tag, |it| it == Tag::Table);
            }
            _ => self.close_up_to(|it| it == tag, |it| it.is_scope() && it != tag),
        }
    }

    fn text(&mut self, value: &[u8], start: u32, end: u32) {
        let Some(&(tag, parent)) = self.open.last() else { return };
        let text = String::from_utf8_lossy(value);
        if tag == Tag::Head && !text.trim().is_empty() {
            self.pop();
            return self.text(value, start, end);
        }
        if self.dom.len() >= MAX_NODES || matches!(tag, Tag::Style | Tag::Iframe | Tag::Noscript) {
            return;
        }
        if tag == Tag::Script && !self.is_linked_data(parent) {
            return;
        }
        self.dom.push(Tag::Text, Some(parent), start..end);
        self.dom.push_text(&text);
    }

    fn is_linked_data(&self, script: NodeId) -> bool {
        self.dom.attribute(script, Attribute::Type).is_some_and(|it| it.contains("ld+json"))
    }
}

fn belongs_in_head(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        Base | Head | Html | Link | Meta | Noscript | Script | Style | Template | Title | Other
    )
}
