//! Sets aside what is not the story: by name, by links, by the words of headings and lines.

use std::collections::HashSet;

use super::Page;
use super::signs::{Name, SIGNS};
use crate::html::dom::{Attribute, NodeId};
use crate::html::tag::Tag;
use crate::words::{self, Class};
use crate::{BlockKind, Hash};

/// The most words of a caption.
const CAPTION_WORDS: u32 = 120;

/// The fewest words that are not said twice by chance.
const REPEAT_WORDS: u32 = 8;

/// The most words of a heading that opens a box.
const BOX_HEADING_WORDS: u32 = 8;

/// The most words of a line that is known by its opening.
const LINE_WORDS: u32 = 12;

/// The most words of a line that asks something of the reader.
const PLEA_WORDS: u32 = 25;

/// How sure an element's tag and names are that it is not the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Keep,
    /// It may go with a story: set aside when it holds next to no prose.
    Weakly,
    /// Set aside unless it holds much of the page's prose.
    Likely,
    /// Set aside unless it holds all of it.
    Surely,
}

impl Page<'_> {
    /// Sets aside what says by its tag or names, with at least the certainty of `from`, that it is
    /// not the story; but a name alone does not take away most of the page's prose.
    pub(super) fn set_aside_by_name(&mut self, from: Verdict) {
        let prose = self.kept_prose();
        let all = prose.all();
        let mut id = 0;
        while (id as usize) < self.dom.len() {
            let inside = self.inside(id);
            if self.dom.tag(id) == Tag::Text || inside.is_empty() {
                id = self.dom.end(id);
                continue;
            }
            let held = prose.over(inside.clone());
            let verdict = self.verdict(id);
            let cut = match verdict {
                _ if verdict < from => false,
                Verdict::Keep => false,
                Verdict::Surely => held < all || all == 0,
                Verdict::Likely => u64::from(held) * 10 <= u64::from(all) * 3,
                Verdict::Weakly => held < 40 && held * 10 <= all,
            };
            if cut {
                self.set_aside(inside);
                id = self.dom.end(id);
                continue;
            }
            if verdict >= Verdict::Likely {
                self.doubted[inside].fill(true);
            }
            id += 1;
        }
    }

    /// What an element's tag and names say of it, before its text is looked at.
    fn verdict(&self, id: NodeId) -> Verdict {
        use Tag::*;
        let tag = self.dom.tag(id);
        if matches!(tag, Html | Body | Main)
            || self.attribute(id, Attribute::ItemProp) == "articleBody"
        {
            return Verdict::Keep;
        }
        let is_apart =
            matches!(tag, Nav | Menu | Dialog | Footer | Aside | Button | Form | Fieldset | Label);
        if is_apart
            || self.is_hidden(id)
            || SIGNS.is_furniture_role(self.attribute(id, Attribute::Role))
        {
            return if self.is_named(id, Name::Comment) {
                Verdict::Surely
            } else {
                Verdict::Likely
            };
        }
        let names = self.names[id as usize];
        if names.has(Name::Comment) && !self.holds_heading(id) {
            Verdict::Surely
        } else if names.has(Name::Story) {
            Verdict::Keep
        } else if names.has(Name::Furniture) || names.has(Name::Comment) {
            Verdict::Likely
        } else if names.has(Name::Weak) {
            Verdict::Weakly
        } else {
            Verdict::Keep
        }
    }

    fn is_hidden(&self, id: NodeId) -> bool {
        let style: String =
            self.attribute(id, Attribute::Style).chars().filter(|c| !c.is_whitespace()).collect();
        style.contains("display:none")
            || style.contains("visibility:hidden")
            || self.dom.attribute(id, Attribute::Hidden).is_some()
            || self.attribute(id, Attribute::AriaHidden) == "true"
    }

    /// Whether an element holds the page's first heading, as no readers' comments do.
    fn holds_heading(&self, id: NodeId) -> bool {
        self.first_h1.is_some_and(|h1| self.dom.subtree(id).contains(&h1))
    }

    pub(super) fn set_aside_outside(&mut self, root: NodeId) {
        let inside = self.inside(root);
        self.set_aside(0..inside.start);
        self.set_aside(inside.end..self.pieces.len());
    }

    /// What follows a heading such as "Related", up to the end of its box.
    pub(super) fn set_aside_boxes(&mut self, root: NodeId) {
        let all = self.inside(root);
        let whole = self.prose.over(all.clone());
        for at in all {
            let piece = &self.pieces[at];
            if self.aside[at]
                || piece.words > BOX_HEADING_WORDS
                || !SIGNS.is_furniture_heading(&piece.text)
            {
                continue;
            }
            // The box is the largest element around the heading that starts with it.
            let around = self.dom.ancestors(piece.nodes.0).take_while(|&id| id != root);
            let starts_here = |&id: &NodeId| self.inside(id).start == at;
            let bound = around.take_while(starts_here).last().map(|id| self.inside(id));
            let bound = bound.unwrap_or(at..at + 1);
            let small = u64::from(self.prose.over(bound.clone())) * 10 < u64::from(whole) * 4;
            self.set_aside(if small { bound } else { at..at + 1 });
        }
    }

    /// Elements in the story whose text is mostly links, unless the words before announce them.
    pub(super) fn set_aside_link_lists(&mut self, root: NodeId) {
        use Tag::*;
        let most = self.words.over(self.inside(root)) / 2;
        let mut id = root + 1;
        while id < self.dom.end(root) {
            let tag = self.dom.tag(id);
            let inside = self.inside(id);
            if tag == Text || inside.is_empty() {
                id = self.dom.end(id);
                continue;
            }
            let words = self.words.over(inside.clone());
            let linked = u64::from(self.linked.over(inside.clone())) * 10;
            let share = u64::from(words) * if words < 200 { 6 } else { 8 };
            let listed = matches!(tag, Ul | Ol | Dl | Div | Section | Table);
            if listed && linked > share && words <= most && !self.is_announced(inside.start) {
                self.set_aside(inside);
                id = self.dom.end(id);
            } else {
                id += 1;
            }
        }
    }

    /// Whether the piece before this one announces it: "The candidates are:".
    fn is_announced(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let piece = &self.pieces[before];
        !self.aside[before] && piece.words >= 3 && piece.linked == 0 && piece.text.ends_with(':')
    }

    /// Whether the list or table that a piece stands in is announced.
    fn is_in_announced_list(&self, at: usize) -> bool {
        let is_list = |&id: &NodeId| matches!(self.dom.tag(id), Tag::Ul | Tag::Ol | Tag::Table);
        let list = self.dom.ancestors(self.pieces[at].nodes.0).find(is_list);
        list.is_some_and(|list| self.is_announced(self.inside(list).start))
    }

    /// Lines that are never part of a story, and links that stand alone.
    pub(super) fn set_aside_lines(&mut self, root: NodeId) {
        for at in self.inside(root) {
            let piece = &self.pieces[at];
            let known = piece.words <= LINE_WORDS && SIGNS.is_furniture_line(&piece.text);
            let is_row = piece.kind == BlockKind::TableRow;
            let wordless = !is_row && !piece.text.contains(char::is_alphabetic);
            let is_title = self.title == Some(at);
            let pleads = piece.words <= PLEA_WORDS && pleads(&piece.text);
            if !is_title && (known || pleads || wordless || self.is_bare_link(at)) {
                self.set_aside(at..at + 1);
            }
        }
    }

    fn is_bare_link(&self, at: usize) -> bool {
        let piece = &self.pieces[at];
        if piece.linked < piece.words {
            return false;
        }
        match piece.kind {
            BlockKind::TableRow | BlockKind::ListItem => !self.is_in_announced_list(at),
            _ => !(self.dom.tag(piece.holder) == Tag::P && piece.ends_sentence()),
        }
    }

    /// What elements name as captions are.
    pub(super) fn find_captions(&mut self) {
        for id in self.dom.ids().filter(|&id| self.names[id as usize].has(Name::Caption)) {
            let inside = self.inside(id);
            if self.words.over(inside.clone()) <= CAPTION_WORDS {
                self.pieces[inside].iter_mut().for_each(|it| it.kind = BlockKind::Caption);
            }
        }
    }

    /// What is said twice: a lead shown for small screens too, a caption under each size of picture.
    pub(super) fn set_aside_repeats(&mut self, root: NodeId) {
        let start = self.inside(root).start;
        let mut seen = HashSet::new();
        for at in 0..self.pieces.len() {
            let piece = &self.pieces[at];
            let may_repeat = at < start || piece.kind == BlockKind::Caption;
            let told = !self.aside[at] && piece.words >= REPEAT_WORDS;
            if told && may_repeat && !seen.insert(Hash::of(piece.text.as_bytes()).0) {
                self.set_aside(at..at + 1);
            }
        }
    }
}

/// Whether a line speaks to the reader in words that no story has: "You have read 2 of 3 free articles
/// this month." A quotation may.
fn pleads(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !(c.is_alphanumeric() || "@'’.".contains(c)));
    let words: Vec<String> = words
        .map(|word| word.trim_matches('.').to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    let hits = words::hits(&words);
    let has = |class: Class| hits.iter().any(|hit| hit.class == class);
    has(Class::Phrase) && has(Class::Reader) && !text.contains(['"', '“', '«'])
}

#[cfg(test)]
mod tests {
    use super::pleads;

    #[test]
    fn what_is_asked_of_the_reader_is_no_story() {
        assert!(pleads("You have read 2 of 3 free articles this month. Take a trial subscription"));
        assert!(!pleads("The clinic gave out free articles of clothing to 300 families."));
        assert!(!pleads("“You have read 2 of 3 free articles,” the minister told the paper."));
    }
}
