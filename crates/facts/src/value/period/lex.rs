//! Text cut into runs of letters, runs of figures, and single marks.

use std::ops::Range;

/// What stands before a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Gap {
    /// Nothing.
    None,
    /// White space.
    Space,
    /// The beginning, or an empty line: nothing reads across it.
    Break,
}

/// A run of letters, a run of figures, or one mark.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// In bytes of the text.
    pub(crate) span: Range<usize>,
    pub(crate) gap: Gap,
    /// In lower case.
    pub(crate) word: String,
}

impl Piece {
    /// The number that a run of at most `most` figures stands for.
    pub(crate) fn figures(&self, most: usize) -> Option<u32> {
        let figures = !self.word.is_empty() && self.word.bytes().all(|byte| byte.is_ascii_digit());
        (figures && self.word.len() <= most).then(|| self.word.parse().ok()).flatten()
    }
}

/// The pieces of a text.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut class = Class::Mark;
    let mut gap = Gap::Break;
    let mut lines = 0;
    for (start, char) in text.char_indices() {
        if char.is_whitespace() {
            lines += usize::from(char == '\n');
            gap = if lines > 1 || gap == Gap::Break { Gap::Break } else { Gap::Space };
            continue;
        }
        let now = Class::of(char);
        let end = start + char.len_utf8();
        match pieces.last_mut() {
            Some(last) if gap == Gap::None && now == class && now != Class::Mark => {
                last.span.end = end;
            }
            _ => pieces.push(Piece { span: start..end, gap, word: String::new() }),
        }
        if let Some(last) = pieces.last_mut() {
            last.word.extend(plain(char).to_lowercase());
        }
        (class, gap, lines) = (now, Gap::None, 0);
    }
    pieces
}

/// Typographic marks as their plain forms.
fn plain(char: char) -> char {
    match char {
        '‘' | '’' => '\'',
        '‐' | '‑' | '–' => '-',
        char => char,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letters,
    Figures,
    Mark,
}

impl Class {
    fn of(char: char) -> Class {
        match char {
            '0'..='9' => Class::Figures,
            char if char.is_alphabetic() => Class::Letters,
            _ => Class::Mark,
        }
    }
}
