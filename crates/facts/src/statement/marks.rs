//! Quotation marks, paired over a whole text before anything else is asked of it.

use std::ops::Range;

/// A quotation that lies in no other: the text between its marks, and with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quotation {
    /// The text between the marks, in bytes.
    pub(super) inner: Range<usize>,
    /// The same with its marks.
    pub(super) outer: Range<usize>,
    /// Whether its second mark was found; without it, it runs to the end.
    pub(super) closed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Opens,
    Closes,
    Either,
}

/// A quotation mark: its place, its way, and whether it is a single one.
#[derive(Debug, Clone)]
struct Mark {
    bytes: Range<usize>,
    way: Way,
    single: bool,
}

/// The most marks without a second that are looked at one by one.
const UNCLOSED: usize = 64;

/// The outermost quotations of a text, in order.
pub(super) fn quotations(text: &str) -> Vec<Quotation> {
    let marks = marks(text);
    let mut found = Vec::new();
    let mut rest = marks.as_slice();
    for _ in 0..UNCLOSED {
        let Some(first) = paired(rest, &mut found) else { return found };
        // A quotation that goes on in the next paragraph is opened again there, not within itself.
        let after = rest.partition_point(|mark| mark.bytes.start <= first.start);
        // A mark with spaces on both sides that nothing closes is a slip.
        if rest[after - 1].way == Way::Either {
            rest = &rest[after..];
            continue;
        }
        let next = rest[after..].iter().position(|mark| !mark.single && mark.way == Way::Opens);
        let Some(next) = next.map(|next| after + next) else {
            leftover(text, &first, &mut found);
            return found;
        };
        let end = rest[next].bytes.start;
        let inner = first.end..first.end + text[first.end..end].trim_end().len();
        found.push(Quotation { outer: first.start..inner.end, inner, closed: false });
        rest = &rest[next..];
    }
    if let Some(first) = paired(rest, &mut found) {
        leftover(text, &first, &mut found);
    }
    found
}

/// Adds the quotations between marks in order, and tells the first mark that has no second.
fn paired(marks: &[Mark], found: &mut Vec<Quotation>) -> Option<Range<usize>> {
    let mut open: Vec<Range<usize>> = Vec::new();
    // A single mark may be an apostrophe, so it never holds double ones, nor counts among them.
    let mut single: Option<Range<usize>> = None;
    let closed = |first: Range<usize>, last: Range<usize>| Quotation {
        inner: first.end..last.start,
        outer: first.start..last.end,
        closed: true,
    };
    for Mark { bytes, way, single: is_single } in marks {
        match (*is_single, *way) {
            (true, Way::Opens) if open.is_empty() => single = Some(bytes.clone()),
            (true, Way::Closes) => {
                found.extend(single.take().map(|first| closed(first, bytes.clone())));
            }
            (true, _) => {}
            (false, way) if way == Way::Opens || (way == Way::Either && open.is_empty()) => {
                single = None;
                open.push(bytes.clone());
            }
            (false, _) => {
                let first = open.pop().filter(|_| open.is_empty());
                found.extend(first.map(|first| closed(first, bytes.clone())));
            }
        }
    }
    open.into_iter().next()
}

/// A mark that opens and has no second runs to the end of the text, as where a quotation goes over
/// paragraphs; the marks after it lie within it.
fn leftover(text: &str, first: &Range<usize>, found: &mut Vec<Quotation>) {
    let end = text.trim_end().len().max(first.end);
    found.push(Quotation { inner: first.end..end, outer: first.start..end, closed: false });
}

/// Every mark that may be one of quotation.
fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before = ' ';
    let mut rest = text.char_indices().peekable();
    while let Some((at, mark)) = rest.next() {
        let double = mark == '\'' && rest.next_if(|&(_, next)| next == '\'').is_some();
        let after = rest.peek().map_or(' ', |&(_, next)| next);
        let end = at + mark.len_utf8() + usize::from(double);
        let way = match mark {
            '"' => Some(way(before, after)),
            '\'' if double => Some(way(before, after)),
            '“' | '«' | '„' | '‘' => Some(Way::Opens),
            '”' | '»' => Some(Way::Closes),
            '\'' | '’' => single(before, after),
            _ => None,
        };
        let single = !double && matches!(mark, '\'' | '‘' | '’');
        marks.extend(way.map(|way| Mark { bytes: at..end, way, single }));
        before = mark;
    }
    marks
}

fn way(before: char, after: char) -> Way {
    let gap = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '-' | '\'' | '‘');
    match (gap(before), gap(after) || ".,;:!?)]".contains(after)) {
        (true, false) => Way::Opens,
        (false, true) => Way::Closes,
        _ => Way::Either,
    }
}

/// A single mark is a quotation's only where it can be no apostrophe: after a space, or after the
/// stop that ends what is quoted.
fn single(before: char, after: char) -> Option<Way> {
    let stops = ".,!?…".contains(before);
    if stops && !after.is_alphanumeric() {
        return Some(Way::Closes);
    }
    let opens = (before.is_whitespace() || before == '(') && after.is_alphabetic();
    opens.then_some(Way::Opens)
}
