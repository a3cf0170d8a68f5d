//! The closed set of words a pipeline annotates with: tags, dependencies, feature lists, entities.

use std::collections::HashMap;

/// A word of the pipeline's annotation, as a number in its [`Labels`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Label(pub(crate) u32);

impl Label {
    /// The empty word: not annotated, or annotated with nothing.
    pub(crate) const EMPTY: Label = Label(0);
}

/// The words themselves. Made at load, then only read; every document keeps a share of them.
#[derive(Debug)]
pub(crate) struct Labels {
    words: Vec<Box<str>>,
    numbers: HashMap<Box<str>, Label>,
}

impl Labels {
    pub(crate) fn new() -> Labels {
        Labels { words: vec!["".into()], numbers: HashMap::from([("".into(), Label::EMPTY)]) }
    }

    pub(crate) fn add(&mut self, word: &str) -> Label {
        if let Some(&label) = self.numbers.get(word) {
            return label;
        }
        let label = Label(self.words.len() as u32);
        self.words.push(word.into());
        self.numbers.insert(word.into(), label);
        label
    }

    #[inline]
    pub(crate) fn word(&self, label: Label) -> &str {
        &self.words[label.0 as usize]
    }
}
