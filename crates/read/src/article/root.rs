//! Finds the element that holds the story: the one around the most prose.

use super::pieces::Piece;
use super::signs::Name;
use super::{Page, Sums};
use crate::BlockKind;
use crate::html::dom::{Attribute, NodeId};
use crate::html::tag::Tag;

/// What a piece is worth to an element, for every element between them.
const NEARNESS: f32 = 0.75;

/// Elements that a piece is worth less than this to are not looked at.
const LEAST: f32 = 0.05;

/// What a piece is worth whose element says it is not the story.
const DOUBTED: f32 = 0.4;

/// The most words that a further part of the story need have to be one.
const PART_WORDS: u32 = 80;

/// How much more prose, in tenths, an outer element must hold to be taken for the story's.
const RAISE: u32 = 13;

impl Page<'_> {
    /// The element that holds the story: the one around the most prose, where what stands deeper
    /// inside it counts for less, and its own names for more.
    pub(super) fn root(&self) -> NodeId {
        let mut held = vec![0.0_f32; self.dom.len()];
        for at in (0..self.pieces.len()).filter(|&at| !self.aside[at]) {
            let piece = &self.pieces[at];
            let mut worth = worth(piece) * if self.doubted[at] { DOUBTED } else { 1.0 };
            let least = worth.abs() * LEAST;
            let around = std::iter::once(piece.holder).chain(self.dom.ancestors(piece.holder));
            for id in around.filter(|&id| !is_passed_over(self.dom.tag(id), piece.kind)) {
                held[id as usize] += worth;
                worth *= NEARNESS;
                if worth.abs() <= least {
                    break;
                }
            }
        }
        let mut best = (0, 0.0);
        for (id, held) in held.iter().enumerate().filter(|(_, held)| **held > 0.0) {
            let score = held * (1.0 + self.favour(id as NodeId));
            if score > best.1 {
                best = (id as NodeId, score);
            }
        }
        let prose = self.kept_prose();
        let wide = self.widened(best.0, &prose);
        self.raised(wide, &prose)
    }

    /// How much an element's own names recommend it, as a share of its worth.
    fn favour(&self, id: NodeId) -> f32 {
        if self.attribute(id, Attribute::ItemProp).contains("articleBody") {
            2.0
        } else if self.is_named(id, Name::Story) {
            1.2
        } else if self.dom.tag(id) == Tag::Article {
            0.5
        } else if self.is_named(id, Name::Content) || self.dom.tag(id) == Tag::Main {
            0.25
        } else {
            0.0
        }
    }

    /// The story's element, or one further out when the story goes on in others of its name.
    fn widened(&self, root: NodeId, prose: &Sums) -> NodeId {
        let class = self.attribute(root, Attribute::Class);
        let article = self.dom.ancestors(root).find(|&it| self.dom.tag(it) == Tag::Article);
        let least = (prose.over(self.inside(root)) / 6).min(PART_WORDS);
        let mut wide = root;
        let mut id = article.unwrap_or(0);
        let end = self.dom.end(id);
        while id < end {
            let alike = self.dom.tag(id) == self.dom.tag(root)
                && self.attribute(id, Attribute::Class) == class
                && (!class.is_empty() || self.dom.parent(id) == self.dom.parent(root));
            if alike && !self.dom.subtree(wide).contains(&id) && prose.over(self.inside(id)) > least
            {
                while !self.dom.subtree(wide).contains(&id) {
                    wide = self.dom.parent(wide).unwrap_or(0);
                }
            }
            id += 1;
        }
        wide
    }

    /// The story's element, or the nearest one further out that is named as the story's and holds
    /// more prose.
    fn raised(&self, root: NodeId, prose: &Sums) -> NodeId {
        if self.favour(root) > 0.0 {
            return root;
        }
        let own = prose.over(self.inside(root));
        let named = self.dom.ancestors(root).find(|&it| self.favour(it) > 0.0);
        named.filter(|&it| prose.over(self.inside(it)) * 10 > own * RAISE).unwrap_or(root)
    }
}

/// What a piece adds to the worth of the elements around it, in words.
fn worth(piece: &Piece) -> f32 {
    let free = piece.words.saturating_sub(piece.linked);
    if piece.is_prose() || (piece.linked == 0 && piece.ends_sentence()) {
        free as f32
    } else if piece.linked == 0 {
        0.0
    } else {
        -1.0 - piece.linked.min(10) as f32
    }
}

/// Elements that hold prose as its form asks, and are not looked at as the story's own.
fn is_passed_over(tag: Tag, kind: BlockKind) -> bool {
    use Tag::*;
    let of_table = kind == BlockKind::TableRow && matches!(tag, Tr | Tbody | Table);
    of_table
        || tag.is_inline()
        || tag.is_heading()
        || matches!(tag, P | Li | Ul | Ol | Dl | Dt | Dd | Blockquote | Figure | Figcaption | Pre)
}
