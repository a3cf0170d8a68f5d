//! The nouns and names of the pack in a text, looked for once for all readers.

use std::ops::Range;

use atalaya_parse::Doc;

use crate::pack::lexicon::Runs;
use crate::pack::{Meaning, Pack};

/// The longest noun and the longest name of the pack around each token of a text.
#[derive(Debug)]
pub struct Found {
    nouns: Runs<Meaning>,
    names: Runs<usize>,
}

impl Found {
    /// Looks for them in a text.
    pub fn of(pack: &Pack, doc: &Doc) -> Found {
        Found { nouns: pack.nouns.nouns.runs(doc), names: pack.nouns.names.runs(doc) }
    }

    /// The longest noun that holds a token, and its tokens.
    pub(crate) fn noun(&self, token: usize) -> Option<(Meaning, Range<usize>)> {
        self.nouns.around(token)
    }

    /// The number of the longest name that holds a token, and its tokens.
    pub(crate) fn name(&self, token: usize) -> Option<(usize, Range<usize>)> {
        self.names.around(token)
    }
}
