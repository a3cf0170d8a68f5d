//! Text cut into runs of letters, runs of figures, and single marks.

use std::borrow::Cow;
use std::ops::Range;

/// How long pieces are on average at the least, in bytes with what stands between them.
const SHORT: usize = 4;

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
pub(crate) struct Piece<'t> {
    /// In bytes of the text.
    pub(crate) span: Range<usize>,
    pub(crate) gap: Gap,
    /// In lower case.
    pub(crate) word: Cow<'t, str>,
}

impl Piece<'_> {
    /// The number that a run of at most `most` figures stands for.
    pub(crate) fn figures(&self, most: usize) -> Option<u32> {
        let figures = !self.word.is_empty() && self.word.bytes().all(|byte| byte.is_ascii_digit());
        (figures && self.word.len() <= most).then(|| self.word.parse().ok()).flatten()
    }
}

/// The pieces of a text.
pub(crate) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces: Vec<Piece<'_>> = Vec::with_capacity(text.len() / SHORT);
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
            _ => pieces.push(Piece { span: start..end, gap, word: Cow::default() }),
        }
        (class, gap, lines) = (now, Gap::None, 0);
    }
    for piece in &mut pieces {
        piece.word = small(&text[piece.span.clone()]);
    }
    pieces
}

/// A piece in lower case, without a copy where that is as it stands, as with most.
fn small(piece: &str) -> Cow<'_, str> {
    match piece.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        true => Cow::Borrowed(piece),
        false => Cow::Owned(piece.chars().flat_map(|char| plain(char).to_lowercase()).collect()),
    }
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
