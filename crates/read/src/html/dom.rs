//! A page as a tree that keeps, for every piece of text, the bytes it was read from.

use std::ops::Range;

use super::tag::Tag;

/// A node of a [`Dom`], by its place in page order.
pub(crate) type NodeId = u32;

/// How much of an element's text is enough to tell a name or a date, in bytes.
const OPENING: usize = 300;

/// Stands where there is no node.
const NONE: NodeId = NodeId::MAX;

/// A web page's elements and text, in page order: a node's descendants are the nodes right after it.
#[derive(Debug, Default)]
pub(crate) struct Dom {
    nodes: Vec<Node>,
    attributes: Vec<(Attribute, Range<u32>)>,
    /// All decoded text and attribute values, one after another.
    pool: String,
}

#[derive(Debug, Clone)]
struct Node {
    tag: Tag,
    parent: NodeId,
    /// One past the last descendant.
    end: NodeId,
    /// Text: its decoded characters in the pool. Element: its attributes.
    data: Range<u32>,
    /// The page's bytes that it was read from; of an element, its start tag.
    source: Range<u32>,
}

/// The attributes that reading a page needs; all others are skipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attribute {
    Id,
    Class,
    Role,
    ItemProp,
    ItemType,
    Rel,
    Href,
    Style,
    Hidden,
    AriaHidden,
    Content,
    Name,
    Property,
    HttpEquiv,
    Charset,
    DateTime,
    Lang,
    Type,
    PubDate,
    Title,
}

impl Attribute {
    pub(crate) fn named(name: &[u8]) -> Option<Attribute> {
        Some(match name {
            b"id" => Attribute::Id,
            b"class" => Attribute::Class,
            b"role" => Attribute::Role,
            b"itemprop" => Attribute::ItemProp,
            b"itemtype" => Attribute::ItemType,
            b"rel" => Attribute::Rel,
            b"href" => Attribute::Href,
            b"style" => Attribute::Style,
            b"hidden" => Attribute::Hidden,
            b"aria-hidden" => Attribute::AriaHidden,
            b"content" => Attribute::Content,
            b"name" => Attribute::Name,
            b"property" => Attribute::Property,
            b"http-equiv" => Attribute::HttpEquiv,
            b"charset" => Attribute::Charset,
            b"datetime" => Attribute::DateTime,
            b"lang" | b"xml:lang" => Attribute::Lang,
            b"type" => Attribute::Type,
            b"pubdate" => Attribute::PubDate,
            b"title" => Attribute::Title,
            _ => return None,
        })
    }
}

impl Dom {
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    pub(crate) fn ids(&self) -> Range<NodeId> {
        0..self.nodes.len() as NodeId
    }

    pub(crate) fn tag(&self, id: NodeId) -> Tag {
        self.nodes[id as usize].tag
    }

    /// The element that holds `id`; `None` for the page itself.
    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        Some(self.nodes[id as usize].parent).filter(|&parent| parent != NONE)
    }

    /// The elements that hold `id`, the nearest first.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |&id| self.parent(id))
    }

    /// One past the last descendant of `id`.
    pub(crate) fn end(&self, id: NodeId) -> NodeId {
        self.nodes[id as usize].end
    }

    /// `id` and all that it holds, in page order.
    pub(crate) fn subtree(&self, id: NodeId) -> Range<NodeId> {
        id..self.end(id)
    }

    /// What stands right inside `id`.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.end(id);
        let first = Some(id + 1).filter(|&child| child < end);
        std::iter::successors(first, move |&child| Some(self.end(child)).filter(|&next| next < end))
    }

    /// The characters of a text node; empty for elements.
    pub(crate) fn text(&self, id: NodeId) -> &str {
        let node = &self.nodes[id as usize];
        match node.tag {
            Tag::Text => &self.pool[node.data.start as usize..node.data.end as usize],
            _ => "",
        }
    }

    /// The first few hundred bytes of text inside `id`, white space folded.
    pub(crate) fn opening_text(&self, id: NodeId) -> String {
        let mut text = String::new();
        for word in self.subtree(id).flat_map(|id| self.text(id).split_whitespace()) {
            if text.len() + word.len() > OPENING {
                break;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        text
    }

    /// The page's bytes that a text, or an element's start tag, was read from.
    pub(crate) fn source(&self, id: NodeId) -> Range<usize> {
        let source = &self.nodes[id as usize].source;
        source.start as usize..source.end as usize
    }

    /// The value of an element's attribute.
    pub(crate) fn attribute(&self, id: NodeId, name: Attribute) -> Option<&str> {
        let node = &self.nodes[id as usize];
        if node.tag == Tag::Text {
            return None;
        }
        let attributes = &self.attributes[node.data.start as usize..node.data.end as usize];
        let (_, value) = attributes.iter().find(|(it, _)| *it == name)?;
        Some(&self.pool[value.start as usize..value.end as usize])
    }
}

/// Building, for [`super::tree`] alone.
impl Dom {
    /// Adds an element or text as the last child of `parent`, which must be open.
    pub(super) fn push(&mut self, tag: Tag, parent: Option<NodeId>, source: Range<u32>) -> NodeId {
        let id = self.nodes.len() as NodeId;
        let data = match tag {
            Tag::Text => self.pool.len() as u32..self.pool.len() as u32,
            _ => self.attributes.len() as u32..self.attributes.len() as u32,
        };
        self.nodes.push(Node { tag, parent: parent.unwrap_or(NONE), end: id + 1, data, source });
        id
    }

    /// Adds to the newest node's text.
    pub(super) fn push_text(&mut self, text: &str) {
        self.pool.push_str(text);
        if let Some(node) = self.nodes.last_mut() {
            node.data.end = self.pool.len() as u32;
        }
    }

    /// Adds an attribute to the newest node. Of two with one name the first counts.
    pub(super) fn push_attribute(&mut self, name: Attribute, value: &str) {
        let start = self.pool.len() as u32;
        let Some(node) = self.nodes.last_mut() else { return };
        let own = &self.attributes[node.data.start as usize..];
        if own.iter().any(|(it, _)| *it == name) {
            return;
        }
        self.pool.push_str(value);
        self.attributes.push((name, start..self.pool.len() as u32));
        node.data.end = self.attributes.len() as u32;
    }

    /// Ends the start tag of the newest node at byte `end` of the page.
    pub(super) fn end_tag_at(&mut self, id: NodeId, end: u32) {
        self.nodes[id as usize].source.end = end;
    }

    /// Closes an element: whatever was added since stands inside it.
    pub(super) fn close(&mut self, id: NodeId) {
        self.nodes[id as usize].end = self.nodes.len() as NodeId;
    }
}
