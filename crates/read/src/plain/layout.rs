//! Lines → parts: which lines are one paragraph, and which stand alone.

use std::ops::Range;

use super::signs::{self, Sign};

/// A run of lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its bytes of the text, without signs and white space at the ends.
    pub(super) span: Range<usize>,
    pub(super) sign: Sign,
    /// Whether it is set in from the margin its neighbours keep.
    pub(super) indented: bool,
    /// Whether an empty line stands before it.
    pub(super) apart: bool,
}

/// One line, without white space at its ends.
#[derive(Debug, Clone)]
struct Line {
    span: Range<usize>,
    indent: usize,
    width: usize,
    sign: Sign,
    /// Where the words begin, behind the sign.
    words: usize,
    /// Whether an empty line stands before it.
    apart: bool,
}

/// Cuts a text into parts.
pub(super) fn parts(text: &str, markdown: bool) -> Vec<Part> {
    let lines = lines(text, markdown);
    let wrap = wrap_width(text, &lines);
    let margin = margin(&lines);
    let mut parts: Vec<Part> = Vec::new();
    let mut first = 0;
    for next in 1..=lines.len() {
        if next < lines.len() && continues(text, &lines, first, next, wrap) {
            continue;
        }
        let (head, tail) = (&lines[first], &lines[next - 1]);
        parts.push(Part {
            span: head.words..tail.span.end,
            sign: head.sign,
            indented: lines[first..next].iter().all(|line| line.indent >= margin + 2),
            apart: head.apart,
        });
        first = next;
    }
    parts.retain(|part| !part.span.is_empty());
    parts
}

/// The lines that show something.
fn lines(text: &str, markdown: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut apart = false;
    let mut start = 0;
    for piece in text.split_inclusive(is_line_end) {
        let at = start;
        start += piece.len();
        let shown = piece.trim_matches(is_invisible);
        if shown.is_empty() {
            apart = true;
            continue;
        }
        let lead = piece.len() - piece.trim_start_matches(is_invisible).len();
        let span = at + lead..at + lead + shown.len();
        let (sign, width_of_sign) = signs::of(shown, markdown);
        lines.push(Line {
            words: span.start + width_of_sign,
            indent: piece[..lead].chars().map(|c| if c == '\t' { 8 } else { 1 }).sum(),
            width: shown.chars().count(),
            span,
            sign,
            apart: std::mem::take(&mut apart),
        });
    }
    lines
}

/// Line feeds, form feeds and Unicode's own separators end a line.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// White space, and marks that show nothing.
pub(super) fn is_invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// The width at which the file's lines were broken, if they were: then a line followed by another
/// is nearly always too full to take the next line's first word.
fn wrap_width(text: &str, lines: &[Line]) -> Option<usize> {
    let inner =
        |pair: &&[Line]| !pair[1].apart && pair[1].sign == Sign::None && pair[0].sign != Sign::Row;
    let pairs: Vec<&[Line]> = lines.windows(2).filter(inner).collect();
    let mut widths: Vec<usize> = pairs.iter().map(|pair| pair[0].indent + pair[0].width).collect();
    widths.sort_unstable();
    let wide = *widths.get(widths.len().saturating_sub(1) - widths.len() / 50)?;
    if pairs.len() < 3 || !(40..=140).contains(&wide) {
        return None;
    }
    // A line broken at a width rarely ends a sentence; lines of one length that all do are a list.
    let (mut full, mut all, mut open) = (0, 0, 0);
    for pair in pairs {
        all += pair[0].width;
        if is_full(text, &pair[0], &pair[1], wide) {
            full += pair[0].width;
            let ends = text[pair[0].span.clone()].ends_with(['.', '!', '?', '…', ':', '。']);
            open += if ends { 0 } else { pair[0].width };
        }
    }
    (full * 10 >= all * 7 && open * 10 >= full * 6).then_some(wide)
}

/// Whether the next line's first word would not have fitted on this one.
fn is_full(text: &str, line: &Line, next: &Line, wrap: usize) -> bool {
    let mut word = 0;
    for c in text[next.span.clone()].chars().take_while(|c| !c.is_whitespace()).take(25) {
        word += 1;
        if is_ideographic(c) {
            break;
        }
    }
    line.indent + line.width + 1 + word > wrap
}

/// Scripts that break a line between any two characters.
fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}')
}

/// The indentation that most of the text keeps.
fn margin(lines: &[Line]) -> usize {
    let mut indents: Vec<usize> = lines.iter().map(|line| line.indent).collect();
    let middle = indents.len() / 2;
    if indents.is_empty() {
        return 0;
    }
    *indents.select_nth_unstable(middle).1
}

/// Whether the line `next` goes on with the part that starts at line `first`.
fn continues(text: &str, lines: &[Line], first: usize, next: usize, wrap: Option<usize>) -> bool {
    let (head, last, line) = (&lines[first], &lines[next - 1], &lines[next]);
    if line.apart || matches!(head.sign, Sign::Row | Sign::Rule | Sign::Heading) {
        return false;
    }
    if head.sign == Sign::Quote && line.sign == Sign::Quote {
        return line.words < line.span.end && last.words < last.span.end;
    }
    if line.sign != Sign::None {
        return false;
    }
    let item = head.sign == Sign::Item;
    if item && line.indent > head.indent {
        return true;
    }
    let shifted = if next - 1 == first {
        line.indent > last.indent && !item
    } else {
        line.indent != last.indent
    };
    if shifted {
        return false;
    }
    let last_text = &text[last.span.clone()];
    let goes_on = text[line.span.clone()].starts_with(char::is_lowercase)
        && !last_text.ends_with(['.', '!', '?', ':', '|', '>', '”', '"']);
    match wrap {
        Some(wrap) => is_full(text, last, line, wrap) || (goes_on && last.width * 2 > wrap),
        None => {
            let first = text[line.span.clone()].split_whitespace().next().unwrap_or_default();
            let long = line.width >= 30 || text[line.span.clone()].ends_with('.');
            goes_on && long && (50..160).contains(&last.width) && !first.contains(['@', '/', '.'])
        }
    }
}
