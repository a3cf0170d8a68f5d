//! What the parser is given of a report: plain signs, usual case, and the way back to the report.

use std::ops::Range;

use atalaya_read::{BlockKind, Report};

use crate::gazetteer::Gazetteer;
use crate::pack::Pack;

use super::truecase::Case;

/// A block, or a table's cell, as the parser is given it.
///
/// Each code point of it stands for one of the report's; white space in a row has become one space,
/// and marks that show nothing are gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The block's place in [`Report::blocks`].
    pub block: usize,
    /// What the parser is given.
    pub text: String,
    /// Where the text and the report's part ways, in order.
    runs: Vec<Run>,
    /// Where the last run ends in the report.
    end: usize,
}

/// A stretch of text from its start up to the next one's, as long in the report as here; or one
/// character that is not, so that `source..source_end` is all it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    text: usize,
    source: usize,
    source_end: usize,
}

impl Prepared {
    /// The words of [`Report::text`] that a span of this text stands for; what cuts through a
    /// character takes the whole of it.
    pub fn source(&self, span: Range<usize>) -> Range<usize> {
        let start = self.text.floor_char_boundary(span.start);
        let end = self.text.ceil_char_boundary(span.end.min(self.text.len()));
        let from = self.start_of(start);
        if span.is_empty() || end <= start { from..from } else { from..self.end_of(end) }
    }

    /// Where the character that starts at a byte starts in the report.
    fn start_of(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.end;
        }
        let run = self.runs[self.runs.partition_point(|run| run.text <= at) - 1];
        run.source + (at - run.text)
    }

    /// Where the character that ends at a byte ends in the report.
    fn end_of(&self, at: usize) -> usize {
        let index = self.runs.partition_point(|run| run.text < at) - 1;
        let run = self.runs[index];
        let next = self.runs.get(index + 1).map_or(self.text.len(), |next| next.text);
        if at == next { run.source_end } else { run.source + (at - run.text) }
    }

    /// Makes the text of a piece of the report, each character as `usual` writes it.
    fn new(report: &Report, block: usize, span: Range<usize>, usual: &str) -> Prepared {
        let start = span.start;
        let mut prepared = Prepared { block, text: String::new(), runs: Vec::new(), end: start };
        let mut space = None;
        for ((offset, from), to) in report.text[span].char_indices().zip(usual.chars()) {
            let source = start + offset;
            match plain(to) {
                None => {}
                Some(' ') => {
                    space.get_or_insert((source, from.len_utf8()));
                }
                Some(to) => {
                    let space = space.take().filter(|_| !prepared.text.is_empty());
                    space.into_iter().for_each(|(at, length)| prepared.push(at, length, ' '));
                    prepared.push(source, from.len_utf8(), to);
                }
            }
        }
        prepared
    }

    fn push(&mut self, source: usize, length: usize, to: char) {
        let (text, source_end) = (self.text.len(), source + length);
        let same = to.len_utf8() == length;
        match self.runs.last_mut() {
            Some(run)
                if same && run.source_end == source && run.source + (text - run.text) == source =>
            {
                run.source_end = source_end;
            }
            _ => self.runs.push(Run { text, source, source_end }),
        }
        self.text.push(to);
        self.end = source_end;
    }
}

/// What of a report is parsed, in its order: the blocks of its story, each on its own. Titles,
/// headings and captions are phrases and sentences like any other. A table's rows are no sentences,
/// so that each cell that holds a word is a piece of its own.
pub fn prepare(pack: &Pack, gazetteer: &Gazetteer, report: &Report) -> Vec<Prepared> {
    let case = Case::of(pack, gazetteer, report);
    let mut pieces = Vec::new();
    for (block, found) in report.blocks.iter().enumerate() {
        if !found.kind.is_story() {
            continue;
        }
        let cells = match found.kind {
            BlockKind::TableRow => cells(&report.text, found.span.clone()),
            _ => vec![found.span.clone()],
        };
        for span in cells {
            let usual = case.restored(&report.text[span.clone()]);
            let prepared = Prepared::new(report, block, span, &usual);
            if prepared.text.contains(char::is_alphanumeric) {
                pieces.push(prepared);
            }
        }
    }
    pieces
}

/// A table row's cells, without the tabs between them.
fn cells(text: &str, row: Range<usize>) -> Vec<Range<usize>> {
    let mut start = row.start;
    let cells = text[row].split('\t').map(|cell| {
        let span = start..start + cell.len();
        start = span.end + 1;
        span
    });
    cells.collect()
}

/// A character's plain form: quotation marks, apostrophes, hyphens and spaces as a typewriter has
/// them. None for marks that show nothing.
fn plain(character: char) -> Option<char> {
    Some(match character {
        '\u{AD}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}' => return None,
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => '"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | '´' | '`' | 'ʼ' | '＇' => '\'',
        '\u{2010}' | '\u{2011}' | '\u{2212}' => '-',
        space if space.is_whitespace() => ' ',
        other => other,
    })
}
