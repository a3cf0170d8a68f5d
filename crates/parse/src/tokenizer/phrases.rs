//! Finds exceptions that the other rules have broken up, among the tokens of a text.

use std::collections::HashMap;

/// Sequences of tokens, by the ids of their texts.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// From a node and a token to the next node; node 0 is the beginning of all sequences.
    next: HashMap<(u32, u64), u32>,
    /// Whether a sequence ends at a node.
    ends: Vec<bool>,
}

/// A stretch of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Phrases {
    pub(super) fn add(&mut self, tokens: &[u64]) {
        if self.ends.is_empty() {
            self.ends.push(false);
        }
        let mut node = 0;
        for &token in tokens {
            let new = self.ends.len() as u32;
            node = *self.next.entry((node, token)).or_insert(new);
            if node == new {
                self.ends.push(false);
            }
        }
        self.ends[node as usize] = !tokens.is_empty();
    }

    /// Where sequences that begin with a token go on; 0 if none does.
    pub(super) fn start(&self, token: u64) -> u32 {
        self.next.get(&(0, token)).copied().unwrap_or(0)
    }

    /// Adds all sequences that begin at `start`; `token` gives the id of a token's text.
    pub(super) fn find(
        &self,
        start: usize,
        len: usize,
        token: impl Fn(usize) -> u64,
        found: &mut Vec<Found>,
    ) {
        let (mut node, mut end) = (0, start);
        while end < len {
            match self.next.get(&(node, token(end))) {
                Some(&next) => node = next,
                None => return,
            }
            end += 1;
            if self.ends[node as usize] {
                found.push(Found { start, end });
            }
        }
    }
}

/// Keeps the longest, then the earliest, of those that overlap; in the order of the text.
///
/// A candidate that is dropped still blocks the tokens it covers, as in spaCy.
pub(super) fn choose(found: &mut Vec<Found>, tokens: usize) {
    found.sort_unstable_by_key(|span| (std::cmp::Reverse(span.end - span.start), span.start));
    let mut covered = vec![false; tokens];
    found.retain(|span| {
        let free = !covered[span.start] && !covered[span.end - 1];
        covered[span.start..span.end].fill(true);
        free
    });
    found.sort_unstable_by_key(|span| span.start);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_candidate_blocks_its_tokens() {
        let span = |start, end| Found { start, end };
        let mut found = vec![span(0, 3), span(2, 4), span(3, 4), span(5, 6)];
        choose(&mut found, 6);
        assert_eq!(found, [span(0, 3), span(5, 6)]);
    }

    #[test]
    fn finds_every_sequence_from_a_start() {
        let mut phrases = Phrases::default();
        phrases.add(&[7, 8]);
        phrases.add(&[7]);
        phrases.add(&[7, 8, 9]);
        let text = [7, 8, 7];
        let mut found = Vec::new();
        phrases.find(0, 3, |i| text[i], &mut found);
        phrases.find(2, 3, |i| text[i], &mut found);
        let ends: Vec<_> = found.iter().map(|f| (f.start, f.end)).collect();
        assert_eq!(ends, [(0, 1), (0, 2), (2, 3)]);
        assert_eq!(phrases.start(8), 0);
        assert_ne!(phrases.start(7), 0);
    }
}
