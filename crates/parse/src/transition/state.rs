//! The state of a dependency parse: a stack, a buffer, and the arcs so far.

use super::scorer::MISSING;
use crate::labels::Label;

/// The state of a parse of one document. Words are numbers of tokens; [`MISSING`] is no word.
#[derive(Debug, Default)]
pub(crate) struct State {
    stack: Vec<u32>,
    /// Words that were put back before the buffer, the next one last.
    rebuffer: Vec<u32>,
    /// The first word of the buffer that was never on the stack.
    next: u32,
    length: u32,
    /// The value of `next` when nothing was left of the words before it.
    needed: u32,
    nodes: Vec<Node>,
}

/// What is known of a word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Node {
    /// The word it depends on.
    pub(crate) head: u32,
    pub(crate) label: Label,
    /// Its dependents on either side that were attached last.
    last_left: u32,
    last_right: u32,
    /// The dependent that was attached to the same side of the same head before it.
    previous: u32,
    unshiftable: bool,
    starts_sentence: bool,
}

const NEW: Node = Node {
    head: MISSING,
    label: Label::EMPTY,
    last_left: MISSING,
    last_right: MISSING,
    previous: MISSING,
    unshiftable: false,
    starts_sentence: false,
};

impl State {
    /// Starts a document of some tokens.
    pub(crate) fn start(&mut self, length: usize) {
        self.stack.clear();
        self.rebuffer.clear();
        (self.next, self.length, self.needed) = (0, length as u32, 0);
        self.nodes.clear();
        self.nodes.resize(length, NEW);
        if let Some(first) = self.nodes.first_mut() {
            first.starts_sentence = true;
        }
    }

    /// The words with their heads, once the parse is over.
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Gives back the room for the words of a long document.
    pub(crate) fn shrink(&mut self) {
        self.nodes = Vec::new();
    }

    /// The word at a depth of the stack, 0 being the top.
    pub(crate) fn stack(&self, depth: usize) -> u32 {
        let place = self.stack.len().checked_sub(depth + 1);
        place.map_or(MISSING, |place| self.stack[place])
    }

    /// The word at a place of the buffer.
    pub(crate) fn buffer(&self, place: usize) -> u32 {
        let back = self.rebuffer.len();
        if place < back {
            return self.rebuffer[back - 1 - place];
        }
        let word = self.next + (place - back) as u32;
        if word < self.length { word } else { MISSING }
    }

    /// How many words are on the stack.
    pub(crate) fn depth(&self) -> usize {
        self.stack.len()
    }

    /// Whether the buffer has at least this many words.
    pub(crate) fn buffer_has(&self, count: usize) -> bool {
        (self.length - self.next) as usize + self.rebuffer.len() >= count
    }

    /// The first word that was never on the stack: everything before it has been seen.
    pub(crate) fn next(&self) -> usize {
        self.next as usize
    }

    /// The first word that may still be asked for: where nothing was left of the words before.
    pub(crate) fn first_needed(&self) -> usize {
        self.needed as usize
    }

    /// Whether all words have been dealt with.
    pub(crate) fn is_final(&self) -> bool {
        self.stack.is_empty() && !self.buffer_has(1)
    }

    /// Gives up: no move is possible.
    pub(crate) fn abandon(&mut self) {
        self.stack.clear();
        self.rebuffer.clear();
        (self.next, self.needed) = (self.length, self.length);
    }

    pub(crate) fn has_head(&self, word: u32) -> bool {
        self.nodes[word as usize].head != MISSING
    }

    pub(crate) fn is_unshiftable(&self, word: u32) -> bool {
        self.nodes[word as usize].unshiftable
    }

    pub(crate) fn starts_sentence(&self, word: u32) -> bool {
        word != MISSING && self.nodes[word as usize].starts_sentence
    }

    /// The dependent before a word that was attached last.
    pub(crate) fn last_left(&self, word: u32) -> u32 {
        if word == MISSING { MISSING } else { self.nodes[word as usize].last_left }
    }

    /// The dependent after a word that was attached last.
    pub(crate) fn last_right(&self, word: u32) -> u32 {
        if word == MISSING { MISSING } else { self.nodes[word as usize].last_right }
    }

    /// Moves the buffer's first word to the stack.
    pub(crate) fn push(&mut self) {
        let word = self.rebuffer.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(word);
    }

    /// Takes the top off the stack.
    pub(crate) fn pop(&mut self) {
        self.stack.pop();
        // A word may still be asked for as a dependent of the next one.
        if self.stack.is_empty()
            && self.rebuffer.is_empty()
            && self.last_left(self.buffer(0)) == MISSING
        {
            self.needed = self.next;
        }
    }

    /// Moves the stack's top back before the buffer, never to be pushed without an arc.
    pub(crate) fn unshift(&mut self) {
        if let Some(word) = self.stack.pop() {
            self.nodes[word as usize].unshiftable = true;
            self.rebuffer.push(word);
        }
    }

    /// Lets a word be pushed again.
    pub(crate) fn make_shiftable(&mut self, word: u32) {
        self.nodes[word as usize].unshiftable = false;
    }

    /// Starts a sentence with a word.
    pub(crate) fn break_before(&mut self, word: u32) {
        self.nodes[word as usize].starts_sentence = true;
    }

    /// Makes a word depend on another, instead of on what it may depend on so far.
    pub(crate) fn attach(&mut self, word: u32, head: u32, label: Label) {
        self.detach(word);
        let last = self.last(word, head);
        let previous = std::mem::replace(last, word);
        let node = &mut self.nodes[word as usize];
        (node.head, node.label, node.previous) = (head, label, previous);
    }

    /// Removes a word's arc. It is the last that its head got on that side: the words between the
    /// two have left the stack.
    fn detach(&mut self, word: u32) {
        let Node { head, previous, .. } = self.nodes[word as usize];
        if head != MISSING {
            let last = self.last(word, head);
            if *last == word {
                *last = previous;
            }
        }
    }

    fn last(&mut self, word: u32, head: u32) -> &mut u32 {
        let head_node = &mut self.nodes[head as usize];
        if word < head { &mut head_node.last_left } else { &mut head_node.last_right }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_needed_while_something_hangs_on_them() {
        let mut state = State::default();
        state.start(4);
        state.push();
        // The first word depends on the second, and is one of its features until that is gone.
        state.attach(0, 1, Label(7));
        state.pop();
        assert_eq!((state.stack(0), state.last_left(1)), (MISSING, 0));
        assert_eq!(state.first_needed(), 0);
        state.push();
        state.pop();
        assert_eq!(state.first_needed(), 2);
    }

    #[test]
    fn a_word_that_is_attached_anew_leaves_its_old_head() {
        let mut state = State::default();
        state.start(4);
        state.push();
        state.attach(1, 0, Label(1));
        state.push();
        state.attach(2, 0, Label(2));
        assert_eq!(state.last_right(0), 2);
        state.attach(2, 3, Label(3));
        assert_eq!((state.last_right(0), state.last_left(3)), (1, 2));
        assert_eq!(state.nodes()[2].head, 3);
    }

    #[test]
    fn words_that_are_put_back_come_before_the_buffer() {
        let mut state = State::default();
        state.start(3);
        state.push();
        state.push();
        state.unshift();
        assert_eq!((state.buffer(0), state.buffer(1), state.buffer(2)), (1, 2, MISSING));
        assert!(state.is_unshiftable(1) && state.buffer_has(2) && !state.buffer_has(3));
        state.abandon();
        assert!(state.is_final());
    }
}
