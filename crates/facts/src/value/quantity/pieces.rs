//! A text cut into runs of digits, runs of letters, and single marks.
//!
//! Tokenizers differ on "50mL" and "$4.2b"; what numbers are made of is cut finer, and the same way
//! in texts and in the pack's words.

use std::ops::Range;

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Decimal digits 0–9 alone.
    Digits,
    /// Letters alone.
    Word,
    /// One other character that is no white space.
    Mark,
}

/// A run of digits or letters, or a single mark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
    /// Whether white space or the text's beginning stands before it.
    pub(crate) spaced: bool,
}

/// A text and its pieces.
#[derive(Debug)]
pub(crate) struct Pieces<'t> {
    pub(crate) text: &'t str,
    pub(crate) all: Vec<Piece>,
}

impl<'t> Pieces<'t> {
    pub(crate) fn new(text: &'t str) -> Pieces<'t> {
        let mut all: Vec<Piece> = Vec::with_capacity(text.len() / 4);
        let mut spaced = true;
        for (start, char) in text.char_indices() {
            let end = start + char.len_utf8();
            let kind = match char {
                '0'..='9' => Kind::Digits,
                char if char.is_alphabetic() => Kind::Word,
                char if char.is_whitespace() => {
                    spaced = true;
                    continue;
                }
                _ => Kind::Mark,
            };
            match all.last_mut() {
                Some(last) if !spaced && kind != Kind::Mark && last.kind == kind => last.end = end,
                _ => all.push(Piece { start, end, kind, spaced }),
            }
            spaced = false;
        }
        Pieces { text, all }
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn get(&self, index: usize) -> Option<Piece> {
        self.all.get(index).copied()
    }

    /// The characters of a piece; none past the end.
    pub(crate) fn text(&self, index: usize) -> &'t str {
        self.get(index).map_or("", |piece| &self.text[piece.start..piece.end])
    }

    pub(crate) fn is(&self, index: usize, kind: Kind) -> bool {
        self.get(index).is_some_and(|piece| piece.kind == kind)
    }

    /// Whether a piece follows the one before it without white space.
    pub(crate) fn glued(&self, index: usize) -> bool {
        self.get(index).is_some_and(|piece| !piece.spaced)
    }

    /// Whether a piece is one of the dashes that join numbers and words.
    pub(crate) fn dash(&self, index: usize) -> bool {
        matches!(self.text(index), "-" | "–" | "—" | "‐" | "‑" | "−")
    }

    /// The bytes of a stretch of pieces.
    pub(crate) fn bytes(&self, pieces: Range<usize>) -> Range<usize> {
        let start = self.get(pieces.start).map_or(self.text.len(), |piece| piece.start);
        let last = pieces.end.checked_sub(1).and_then(|last| self.get(last));
        start..last.map_or(start, |piece| piece.end.max(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_letters_and_marks_part() {
        let pieces = Pieces::new("US$4.2bn or 50mL");
        let texts: Vec<&str> = (0..pieces.len()).map(|index| pieces.text(index)).collect();
        assert_eq!(texts, ["US", "$", "4", ".", "2", "bn", "or", "50", "mL"]);
        assert!(pieces.glued(1) && !pieces.glued(6) && pieces.glued(8));
        assert_eq!(pieces.bytes(2..6), 3..8);
    }
}
