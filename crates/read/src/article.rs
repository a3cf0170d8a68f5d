//! Tells which pieces of a page are its story.
//!
//! 1. The page is cut into pieces of text (`pieces`).
//! 2. Elements that say by their tag or name that they are not the story are set aside
//!    (`furniture`, by the lists of `signs`).
//! 3. The story's element is the one around the most prose (`root`).
//! 4. Inside it, lists of links, boxes under headings such as "Related", and lines such as "Share
//!    this" are set aside (`furniture`); before it, the headline and the lead are found.

mod furniture;
mod pieces;
mod root;
mod signs;

use std::ops::Range;

use crate::BlockKind;
use crate::html::dom::{Attribute, Dom, NodeId};
use crate::html::tag::Tag;
use pieces::Piece;
use signs::{Name, Names, SIGNS};

/// One block of a page, told apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) kind: BlockKind,
    /// White space folded; a row's cells stand between tabs.
    pub(crate) text: String,
    /// The decoded page's bytes that it was read from; absent when something else stands amid them.
    pub(crate) source: Option<Range<usize>>,
    /// The text node that it starts with.
    pub(crate) node: NodeId,
}

/// A page's blocks in page order: the story's by their kind, all else as furniture.
#[derive(Debug, Default)]
pub(crate) struct Story {
    pub(crate) blocks: Vec<Told>,
    /// The blocks inside the story's element; before them stand the headline and the lead.
    pub(crate) body: Range<usize>,
    /// Which block is the headline.
    pub(crate) title: Option<usize>,
}

/// Tells a page's blocks apart. `titles` and `descriptions` are what the page's metadata calls it
/// and says of it.
pub(crate) fn story(dom: &Dom, titles: &[&str], descriptions: &[&str]) -> Story {
    let mut page = Page::new(dom);
    page.set_aside_by_name(furniture::Verdict::Surely);
    page.set_aside_by_name(furniture::Verdict::Weakly);
    let root = page.root();
    page.find_captions();
    page.find_title(root, titles);
    let lead = page.lead(root, descriptions);
    page.set_aside_outside(root);
    page.set_aside_boxes(root);
    page.set_aside_link_lists(root);
    page.set_aside_lines(root);
    for at in lead {
        page.aside[at] = false;
    }
    page.set_aside_repeats(root);
    page.told(root)
}

/// A page's pieces, with what is known of each so far.
struct Page<'a> {
    dom: &'a Dom,
    pieces: Vec<Piece>,
    /// What each node's `class` and `id` say of it.
    names: Vec<Names>,
    /// The page's first heading of the first rank.
    first_h1: Option<NodeId>,
    /// Sums of the pieces' words, of their linked words, and of the words of prose.
    words: Sums,
    linked: Sums,
    prose: Sums,
    /// Pieces that are not the story.
    aside: Vec<bool>,
    /// Pieces in elements that say they are not the story, but hold too much to take them at their
    /// word.
    doubted: Vec<bool>,
    /// The piece that is the headline.
    title: Option<usize>,
}

impl<'a> Page<'a> {
    fn new(dom: &'a Dom) -> Page<'a> {
        let pieces = pieces::pieces(dom);
        Page {
            dom,
            names: names(dom),
            first_h1: dom.ids().find(|&id| dom.tag(id) == Tag::H1),
            words: Sums::of(pieces.iter().map(|it| it.words)),
            linked: Sums::of(pieces.iter().map(|it| it.linked)),
            prose: Sums::of(pieces.iter().map(Piece::prose)),
            aside: vec![false; pieces.len()],
            doubted: vec![false; pieces.len()],
            title: None,
            pieces,
        }
    }

    /// The pieces inside an element.
    fn inside(&self, id: NodeId) -> Range<usize> {
        let end = self.dom.end(id);
        let from = self.pieces.partition_point(|piece| piece.nodes.0 < id);
        let to = from + self.pieces[from..].partition_point(|piece| piece.nodes.0 < end);
        from..to
    }

    fn set_aside(&mut self, range: Range<usize>) {
        self.aside[range].fill(true);
    }

    fn attribute(&self, id: NodeId, name: Attribute) -> &'a str {
        self.dom.attribute(id, name).unwrap_or_default()
    }

    fn is_named(&self, id: NodeId, name: Name) -> bool {
        self.names[id as usize].has(name)
    }

    /// Sums of the prose that has not been set aside.
    fn kept_prose(&self) -> Sums {
        let kept = self.pieces.iter().zip(&self.aside);
        Sums::of(kept.map(|(piece, aside)| if *aside { 0 } else { piece.prose() }))
    }

    /// The headline: the heading that says what the page's title says, or else the last heading of
    /// the first rank before the story's text.
    fn find_title(&mut self, root: NodeId, titles: &[&str]) {
        let inside = self.inside(root);
        let titles: Vec<String> = titles.iter().map(|it| fold(it)).collect();
        let says_title = |at: &usize| {
            let text = fold(&self.pieces[*at].text);
            let is_in = |title: &String| title.contains(&text) && text.len() * 3 > title.len();
            text.len() >= SHORTEST_TITLE && titles.iter().any(is_in)
        };
        let tag = |at: &usize| self.dom.tag(self.pieces[*at].holder);
        self.title = (0..inside.end)
            .filter(|at| tag(at).is_heading())
            .find(says_title)
            .or_else(|| {
                let mut before = 0..inside.end.min(inside.start + 3);
                before.rfind(|at| tag(at) == Tag::H1)
            })
            .or_else(|| (0..inside.start).rev().find(says_title));
    }

    /// The sentences between the headline and the story's element.
    fn lead(&self, root: NodeId, descriptions: &[&str]) -> Vec<usize> {
        let start = self.inside(root).start;
        let Some(title) = self.title.filter(|&title| title < start) else { return Vec::new() };
        let descriptions: Vec<String> = descriptions.iter().map(|it| fold(it)).collect();
        let is_description = |piece: &Piece| {
            let text = fold(&piece.text);
            let opening = &text[..text.floor_char_boundary(60)];
            descriptions.iter().any(|it| it.starts_with(opening))
        };
        let is_lead = |at: &usize| {
            let piece = &self.pieces[*at];
            let near = !self.aside[*at] && start - at <= LEAD_REACH;
            piece.is_prose()
                && piece.words >= LEAD_WORDS
                && piece.kind != BlockKind::Caption
                && (near || is_description(piece))
        };
        (title + 1..start).filter(is_lead).collect()
    }

    fn told(self, root: NodeId) -> Story {
        let body = self.inside(root);
        let Page { pieces, aside, title, .. } = self;
        let told = |(at, piece): (usize, Piece)| Told {
            kind: match () {
                () if title == Some(at) => BlockKind::Title,
                () if aside[at] => BlockKind::Furniture,
                () => piece.kind,
            },
            text: piece.text,
            source: piece.is_whole.then_some(piece.source),
            node: piece.nodes.0,
        };
        Story { blocks: pieces.into_iter().enumerate().map(told).collect(), body, title }
    }
}

/// What the `class` and `id` of every node say of it.
fn names(dom: &Dom) -> Vec<Names> {
    let mut names = vec![Names::default(); dom.len()];
    for id in dom.ids().filter(|&id| dom.tag(id) != Tag::Text) {
        let class = dom.attribute(id, Attribute::Class).unwrap_or_default();
        let anchor = dom.attribute(id, Attribute::Id).unwrap_or_default();
        let mut own = SIGNS.names(class);
        // The `id` of a heading, or one of many words, is an anchor made of the words of a heading.
        let tag = dom.tag(id);
        let spoken = tag.is_heading()
            || matches!(tag, Tag::P | Tag::A | Tag::Span)
            || anchor.split(['-', '_']).count() > ID_WORDS;
        if !spoken {
            own.join(SIGNS.names(anchor));
        }
        names[id as usize] = own;
    }
    names
}

/// The fewest bytes of a headline that is told by its words.
const SHORTEST_TITLE: usize = 8;

/// The fewest words of a lead.
const LEAD_WORDS: u32 = 8;

/// How many pieces before the story's element a lead may stand.
const LEAD_REACH: usize = 8;

/// The most words of an `id` that says what its element is.
const ID_WORDS: usize = 4;

/// Sums over ranges of pieces.
struct Sums(Vec<u32>);

impl Sums {
    fn of(values: impl Iterator<Item = u32>) -> Sums {
        let mut sums = vec![0_u32];
        let mut total = 0_u32;
        for value in values {
            total = total.saturating_add(value);
            sums.push(total);
        }
        Sums(sums)
    }

    fn over(&self, range: Range<usize>) -> u32 {
        self.0[range.end] - self.0[range.start]
    }

    fn all(&self) -> u32 {
        self.0.last().copied().unwrap_or_default()
    }
}

/// Letters and digits alone, in lower case.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
