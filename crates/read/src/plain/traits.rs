//! What a part of a text looks like, told from its words and signs alone.

use crate::dates;
use crate::words::{self, Class};

use super::layout::is_invisible;

/// How many words of a part are looked at; longer parts are prose.
const LOOKED_AT: usize = 80;

/// How a part ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// `.`, `!`, `?`, perhaps inside quotation marks.
    Stop,
    /// `…`: cut short.
    Cut,
    /// `:`, `,`, `;` or a dash: something must follow.
    Open,
    /// A word.
    Bare,
}

/// The look of one part.
#[derive(Debug, Clone)]
pub(super) struct Traits {
    /// How many words it has, up to [`LOOKED_AT`].
    pub(super) words: usize,
    /// How many of these are furniture's words, numbers or dates.
    pub(super) covered: usize,
    /// Which classes of furniture's words it has, as bits.
    pub(super) classes: u16,
    /// The class of the phrase it opens with.
    pub(super) opens: Option<Class>,
    /// Whether a colon, a bar or an arrow follows that phrase.
    pub(super) labelled: bool,
    /// How many phrases that mark whole sentences it has, not counting one at the end of a longer
    /// paragraph: "… he said. (Reporting by Ana Ruiz)".
    pub(super) phrases: usize,
    pub(super) end: End,
    /// How many words are written in lower case, and how many with a capital, among those that have
    /// more than three letters.
    pub(super) lower: usize,
    pub(super) capitals: usize,
    /// Whether every word, of any length, begins with a capital.
    pub(super) all_capitals: bool,
    /// How many cells bars, arrows or points divide it into.
    pub(super) cells: usize,
    /// Whether it holds a date with a year.
    pub(super) dated: bool,
    /// Whether it holds an address or an account's name.
    pub(super) linked: bool,
    /// Whether it opens with a quotation mark.
    pub(super) quoted: bool,
    /// Whether there is a quotation in it.
    pub(super) quotes: bool,
    /// Whether it is a quotation with its speaker behind a dash, or nothing but a quotation.
    pub(super) spoken: bool,
}

impl Traits {
    /// Looks at one part's text.
    pub(super) fn of(text: &str) -> Traits {
        let head = head(text);
        let raw = raw_words(head);
        // Only short parts can be furniture by their words.
        let is_short = raw.len() < LOOKED_AT;
        let named = if is_short { raw.as_slice() } else { &[] };
        let lowered: Vec<String> = named.iter().map(|word| word.to_lowercase()).collect();
        let found = if is_short { dates::find(head) } else { Vec::new() };
        let offset = |word: &str| word.as_ptr() as usize - head.as_ptr() as usize;
        let mut marks: Vec<bool> = raw
            .iter()
            .zip(&lowered)
            .map(|(word, low)| {
                let dated = found.iter().any(|date| date.span.contains(&offset(word)));
                dated || is_number(word) || dates::is_calendar_word(low)
            })
            .collect();
        let hits = words::hits(&lowered);
        let short = || hits.iter().filter(|hit| hit.class != Class::Phrase);
        for hit in short() {
            marks[hit.start..hit.start + hit.len].fill(true);
        }
        let opening = short().find(|hit| hit.start == 0);
        let long = |word: &&&str| word.chars().take(4).count() > 3;
        let capital = |word: &&&str| word.starts_with(char::is_uppercase);
        let letters = |word: &&&str| word.starts_with(char::is_alphabetic);
        Traits {
            words: raw.iter().map(|word| weight(word)).sum::<usize>().min(LOOKED_AT),
            covered: marks.iter().filter(|mark| **mark).count(),
            classes: short().fold(0, |set, hit| set | hit.class.bit()),
            opens: opening.map(|hit| hit.class),
            labelled: opening.is_some_and(|hit| is_labelled(head, raw[hit.len - 1], offset)),
            phrases: hits
                .iter()
                .filter(|hit| hit.class == Class::Phrase)
                .filter(|hit| raw.len() <= 25 || hit.start < raw.len() / 2)
                .count(),
            end: end(text),
            lower: raw.iter().filter(long).filter(letters).filter(|w| !capital(w)).count(),
            capitals: raw.iter().filter(long).filter(capital).count(),
            all_capitals: raw.iter().filter(letters).all(|word| capital(&word)),
            cells: cells(head),
            dated: !found.is_empty(),
            linked: is_linked(head),
            quotes: head.contains(['"', '“', '”', '«', '»', '‘']) || head.contains(" '"),
            spoken: is_spoken(text),
            quoted: text.starts_with(['"', '“', '‘', '«', '„', '\'', '「', '”']),
        }
    }

    /// Whether it has a phrase of `class`.
    pub(super) fn has(&self, class: Class) -> bool {
        self.classes & class.bit() != 0
    }

    /// Whether it reads as a sentence or more, not as a heading, a label or a name.
    pub(super) fn is_prose(&self) -> bool {
        match self.end {
            _ if self.words >= 22 && self.lower * 3 >= self.capitals => true,
            End::Stop | End::Cut => {
                let some = self.lower > 0 || self.quoted;
                let long = self.words >= 8 && self.lower > 0;
                self.words >= 2 && some && (long || self.lower * 4 >= self.capitals)
            }
            End::Open => self.words >= 6 && self.lower > self.capitals,
            End::Bare => self.spoken && self.words >= 6 && self.lower > self.capitals,
        }
    }

    /// Whether it is a date or an hour and nothing else.
    pub(super) fn is_hour(&self) -> bool {
        let timed = self.dated || self.has(Class::Clock);
        timed && self.words == self.covered && self.classes & !Class::Clock.bit() == 0
    }

    /// Whether it is in title case: long words with capitals.
    pub(super) fn is_title_case(&self) -> bool {
        self.capitals >= 2 && self.capitals >= self.lower * 3
    }
}

/// The text up to [`LOOKED_AT`] words, or so many bytes that no line of furniture is longer.
fn head(text: &str) -> &str {
    let mut end = text.len().min(LOOKED_AT * 12);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The words as they stand, without the signs around them.
fn raw_words(text: &str) -> Vec<&str> {
    text.split(|c: char| is_invisible(c) || "|›»>·•/—–→←,;:()[]\"“”«»…".contains(c))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && !"@#".contains(c)))
        .filter(|word| !word.is_empty())
        .take(LOOKED_AT)
        .collect()
}

/// What a run of letters counts as, in scripts that write words without gaps.
fn weight(word: &str) -> usize {
    if word.is_ascii() {
        return 1;
    }
    let dense = word.chars().filter(|c| matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{2E80}'..='\u{9FFF}')).count();
    dense.div_ceil(2).max(1)
}

/// A number, a share of one ("1.2K"), or a count.
fn is_number(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    digits > 0 && word.chars().count() - digits <= 2
}

/// How the text ends, quotation marks and brackets aside.
fn end(text: &str) -> End {
    let bare = text.trim_end_matches(|c: char| is_invisible(c) || "\"”’'»)]*_」』".contains(c));
    if bare.ends_with('…') || bare.ends_with("...") || bare.ends_with("&hellip;") {
        return End::Cut;
    }
    match bare.chars().next_back() {
        Some('.' | '!' | '?' | '。' | '！' | '？' | '؟' | '।' | '۔') => End::Stop,
        Some(':' | ',' | ';' | '—' | '–' | '、' | '：') => End::Open,
        _ => End::Bare,
    }
}

/// Whether a sign that sets a label apart follows `last`, the last word of a phrase.
fn is_labelled(text: &str, last: &str, offset: impl Fn(&str) -> usize) -> bool {
    let rest = text[offset(last) + last.len()..].trim_start_matches(['"', '”', ')', '*', '_']);
    rest.trim_start().starts_with([':', '|', '»', '›', '→', '>', '•', '·', '–', '—', '\u{2192}'])
        || rest.trim_start().starts_with("- ")
}

/// Whether this is “We need help.” – a resident, or the quotation alone.
fn is_spoken(text: &str) -> bool {
    let quote = |c: char| "\"“”‘’«»'".contains(c);
    if !text.starts_with(quote) {
        return false;
    }
    let Some(close) = text.rfind(quote).filter(|&at| at > 0) else { return false };
    let after = text[close..].trim_start_matches(quote).trim_start_matches([',', '.', ' ']);
    after.is_empty() || (after.starts_with(['–', '—', '-']) && after.len() < 120)
}

/// How many cells the text has that bars, arrows or points divide.
fn cells(text: &str) -> usize {
    let divides = |c: char| "|›»→•·>".contains(c);
    let by_signs = text.split(divides).filter(|cell| !cell.trim().is_empty()).count();
    let by_slash = text.split(" / ").filter(|cell| !cell.trim().is_empty()).count();
    by_signs.max(by_slash)
}

/// Whether the text holds an address of a page, a person's address, or an account's name.
fn is_linked(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.contains("://")
            || word.starts_with("www.")
            || (word.starts_with(['@', '#']) && word.len() > 2)
            || word
                .split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
    })
}
