//! The values that reports state, each with the words it was read from.

pub mod actor;
pub mod found;
pub mod labels;
mod noun_phrase;
pub mod period;
pub mod place;
pub mod quantity;
pub mod thing;

use std::ops::Range;

/// A value, and the words that say it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cited<T> {
    /// What was read.
    pub value: T,
    /// The words, in bytes of the text that was parsed.
    pub span: Range<usize>,
    /// The words of what these words stand for, where they are "it" or "the official".
    pub antecedent: Option<Range<usize>>,
}

impl<T> Cited<T> {
    /// A value read from the words in `span`.
    pub fn new(value: T, span: Range<usize>) -> Cited<T> {
        Cited { value, span, antecedent: None }
    }
}
