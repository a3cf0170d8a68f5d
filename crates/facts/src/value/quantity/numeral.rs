//! Numbers in digits and in words.

use std::ops::Range;

use super::pieces::{Kind, Pieces};
use super::words::{NumberWord, Words};
use crate::lookup::in_small;

/// A number as a text writes it, without what it measures or counts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Number {
    /// The number, or the least that a vague one means.
    pub(crate) value: f64,
    /// The most that a vague number means.
    pub(crate) most: Option<f64>,
    pub(crate) pieces: Range<usize>,
    /// Whether it is nothing but one run of digits, as years and labels are.
    pub(crate) plain: bool,
    /// Whether it is a part of one: "two thirds", "one in five".
    pub(crate) fraction: bool,
    /// The power of ten of the scale that it ends with, which a range's other end may share.
    pub(crate) power: i32,
}

/// The most pieces of one number in words: beyond, no number is meant.
const MOST_PIECES: usize = 24;

/// The most groups of digits that make one number: beyond, it is a list or a code.
const MOST_GROUPS: usize = 8;

/// A number and where reading went on.
#[derive(Debug, Clone, Copy)]
struct Run {
    value: f64,
    end: usize,
    plain: bool,
    fraction: bool,
    power: i32,
}

/// The number that begins at a piece. It has no sign yet.
pub(crate) fn number(words: &Words, pieces: &Pieces<'_>, start: usize) -> Option<Number> {
    let reader = Reader { words, pieces };
    if let Some(vague) = reader.vague(start) {
        return Some(vague);
    }
    let run = reader.fraction_of_nothing(start).or_else(|| {
        let run = reader.run(start)?;
        let run = reader.decimals(run);
        Some(reader.fraction(start, run).or_else(|| reader.ratio(run)).unwrap_or(run))
    })?;
    let Run { value, end, plain, fraction, power } = run;
    let number = Number { value, most: None, pieces: start..end, plain, fraction, power };
    value.is_finite().then_some(number)
}

/// The whole number in words or digits that begins at a piece, and the piece after it.
pub(crate) fn cardinal(words: &Words, pieces: &Pieces<'_>, start: usize) -> Option<(f64, usize)> {
    Reader { words, pieces }.run(start).map(|run| (run.value, run.end))
}

struct Reader<'a, 't> {
    words: &'a Words,
    pieces: &'a Pieces<'t>,
}

impl Reader<'_, '_> {
    fn word(&self, index: usize) -> Option<NumberWord> {
        if !self.pieces.is(index, Kind::Word) || self.pieces.text(index).len() > 40 {
            return None;
        }
        in_small(self.pieces.text(index), |word| self.words.numbers.get(word).copied())
    }

    /// Digits, number words and the scales that follow them: "twenty-three", "1.2 million".
    fn run(&self, start: usize) -> Option<Run> {
        let (mut total, mut group, mut last) = (0.0, None::<f64>, i32::MAX);
        let (mut end, mut plain, mut power) = (start, false, 0);
        let mut digits = false;
        while end - start < MOST_PIECES {
            let begun = end > start;
            let (at, joined) = if begun { self.past_joint(end) } else { (end, false) };
            if self.pieces.is(at, Kind::Digits) || self.pieces.text(at).starts_with(['.', ',']) {
                let Some(literal) = self.literal(at) else { break };
                if !self.takes_digits(begun, joined, group, last, &literal) {
                    break;
                }
                let more = literal.value + if joined { group.unwrap_or(0.0) } else { 0.0 };
                (group, end, digits) = (Some(more), literal.end, true);
                plain = !begun && literal.plain;
                power = 0;
                continue;
            }
            match self.word(at) {
                Some(NumberWord::Article) if !begun && self.article_counts(at + 1) => {
                    (group, end) = (Some(1.0), at + 1);
                }
                Some(NumberWord::Cardinal(more)) => {
                    let more = f64::from(more);
                    let fits = match group {
                        None => !begun || last != i32::MAX,
                        Some(group) => !digits && fits(group, more),
                    };
                    // "six billion and five trillion" are two numbers.
                    let next = self.word(at + 1);
                    let larger = matches!(next, Some(NumberWord::Scale(scale)) if scale > last);
                    // "six million and two thirds": what follows "and" is a fraction.
                    let parts = last > 2 && matches!(next, Some(NumberWord::Denominator(_)));
                    let odd = group.is_some_and(|group| group > 100.0 && group % 100.0 != 0.0);
                    let apart = more >= 100.0 || (last > 2 && larger) || parts || odd;
                    if !fits || (joined && apart) {
                        break;
                    }
                    (group, end) = (Some(group.unwrap_or(0.0) + more), at + 1);
                    power = 0;
                }
                Some(NumberWord::Scale(scale)) if !joined => {
                    if scale == 2 {
                        if group.is_some_and(|group| group % 100.0 == 0.0 && group != 0.0) {
                            break;
                        }
                        group = Some(shifted(group.unwrap_or(1.0), 2));
                    } else if scale > last {
                        total = shifted(total + group.take().unwrap_or(0.0), scale);
                    } else {
                        total += shifted(group.take().unwrap_or(1.0), scale);
                    }
                    (last, end, digits, plain) = (scale, at + 1, false, false);
                    power = scale;
                }
                Some(NumberWord::Collective(each)) if !joined || begun => {
                    group = Some(group.unwrap_or(1.0) * f64::from(each));
                    (end, plain, power) = (at + 1, false, 0);
                    break;
                }
                _ => break,
            }
        }
        let value = total + group.unwrap_or(0.0);
        (end > start).then_some(Run { value, end, plain, fraction: false, power })
    }

    /// The piece after a hyphen or "and" that may join number words, and whether it was "and".
    fn past_joint(&self, end: usize) -> (usize, bool) {
        if self.pieces.dash(end) && self.pieces.glued(end) && self.pieces.glued(end + 1) {
            (end + 1, false)
        } else if self.word(end) == Some(NumberWord::And) {
            (end + 1, true)
        } else {
            (end, false)
        }
    }

    /// Whether digits may go on with a number: "4 thousand 3 hundred and 21".
    fn takes_digits(
        &self,
        begun: bool,
        joined: bool,
        group: Option<f64>,
        last: i32,
        literal: &Run,
    ) -> bool {
        if !begun {
            return true;
        }
        let rest = 10f64.powi(last.min(18));
        let scaled =
            matches!(self.word(literal.end), Some(NumberWord::Scale(scale)) if scale < last);
        match group {
            None => !joined && last != i32::MAX && scaled && literal.value < rest,
            Some(group) => joined && last == 2 && group % 100.0 == 0.0 && literal.value < 100.0,
        }
    }

    /// Whether "a" before a piece stands for one.
    fn article_counts(&self, next: usize) -> bool {
        use NumberWord::{Collective, Denominator, Scale};
        matches!(self.word(next), Some(Scale(_) | Collective(_) | Denominator(_)))
    }

    /// Digits with what groups them, decimals, a power of ten, or a written fraction.
    fn literal(&self, start: usize) -> Option<Run> {
        let (mut digits, end, grouped) = self.whole(start)?;
        let mut run = Run { value: 0.0, end, plain: !grouped, fraction: false, power: 0 };
        if let Some(more) = self.after_point(run.end) {
            digits.push('.');
            digits.push_str(self.pieces.text(run.end + 1));
            (run.end, run.plain) = (more, false);
        }
        if let Some((exponent, end)) = self.exponent(run.end) {
            digits.push('e');
            digits.push_str(&exponent);
            (run.end, run.plain) = (end, false);
        }
        run.value = digits.parse().ok()?;
        if let Some((part, end)) = self.written_fraction(start, run) {
            return Some(Run { value: part, end, plain: false, fraction: true, power: 0 });
        }
        Some(run)
    }

    /// The whole part: "1,234", "1 234", or nothing before ".5".
    fn whole(&self, start: usize) -> Option<(String, usize, bool)> {
        let pieces = self.pieces;
        if !pieces.is(start, Kind::Digits) {
            let after = start
                .checked_sub(1)
                .is_some_and(|before| pieces.glued(start) && !pieces.is(before, Kind::Mark));
            let point = pieces.text(start).chars().eq([self.words.decimal]);
            let opens = point && !after && pieces.is(start + 1, Kind::Digits);
            return (opens && pieces.glued(start + 1)).then(|| (String::new(), start, true));
        }
        let mut digits = pieces.text(start).to_owned();
        if digits.len() > 3 || digits.starts_with('0') {
            return Some((digits, start + 1, false));
        }
        for groups in [self.groups(start), self.spaced_groups(start)] {
            if let Some(&last) = groups.last() {
                groups.iter().for_each(|&group| digits.push_str(pieces.text(group)));
                return Some((digits, last + 1, true));
            }
        }
        Some((digits, start + 1, false))
    }

    /// The groups of three after a first one, or of two and a last of three as in India.
    fn groups(&self, start: usize) -> Vec<usize> {
        let pieces = self.pieces;
        let next = |at: usize| {
            let mark = pieces.text(at).chars().eq([self.words.group]) && pieces.glued(at);
            (mark && pieces.is(at + 1, Kind::Digits) && pieces.glued(at + 1)).then_some(at + 1)
        };
        let first = next(start + 1);
        let groups: Vec<usize> =
            std::iter::successors(first, |&group| next(group + 1)).take(MOST_GROUPS + 1).collect();
        let len = |group: &usize| pieces.text(*group).len();
        let Some((last, middle)) = groups.split_last() else { return groups };
        let sound = groups.len() <= MOST_GROUPS
            && len(last) == 3
            && (middle.iter().all(|g| len(g) == 3) || middle.iter().all(|g| len(g) == 2));
        if sound { groups } else { Vec::new() }
    }

    /// The groups of three that spaces part, as in "1 234 567".
    fn spaced_groups(&self, start: usize) -> Vec<usize> {
        let pieces = self.pieces;
        let next = |group: usize| {
            let (this, next) = (pieces.get(group)?, pieces.get(group + 1)?);
            let gap = &pieces.text[this.end..next.start];
            let one = gap.chars().count() == 1 && !gap.contains(['\n', '\r', '\t']);
            (next.kind == Kind::Digits && one).then_some(group + 1)
        };
        let groups: Vec<usize> = std::iter::successors(next(start), |&group| next(group))
            .take(MOST_GROUPS + 1)
            .collect();
        let threes = groups.iter().all(|&group| pieces.text(group).len() == 3);
        if threes && groups.len() <= MOST_GROUPS { groups } else { Vec::new() }
    }

    /// The piece after the decimals that follow, unless the dots go on as in 192.168.1.2.
    fn after_point(&self, at: usize) -> Option<usize> {
        let pieces = self.pieces;
        let point = |at: usize| {
            pieces.text(at).chars().eq([self.words.decimal])
                && pieces.is(at + 1, Kind::Digits)
                && pieces.glued(at + 1)
        };
        let begins = at == 0 || !pieces.is(at - 1, Kind::Digits) || !pieces.glued(at);
        let dotted = |at: usize| point(at) && pieces.glued(at);
        let goes_on = !begins && at >= 3 && pieces.is(at - 3, Kind::Digits) && dotted(at - 2);
        let alone = begins && pieces.is(at, Kind::Mark);
        (point(at) && (alone || pieces.glued(at)) && !dotted(at + 2) && !goes_on).then_some(at + 2)
    }

    /// What follows a number as its power of ten: `e-3`, `×10^6`, `x10^6`.
    fn exponent(&self, at: usize) -> Option<(String, usize)> {
        let pieces = self.pieces;
        let mut next = match pieces.text(at) {
            "e" | "E" if pieces.glued(at) && pieces.glued(at + 1) => at + 1,
            "x" | "×" if pieces.text(at + 1) == "10" && pieces.text(at + 2) == "^" => at + 3,
            _ => return None,
        };
        let mut exponent = String::new();
        if pieces.dash(next) || pieces.text(next) == "+" {
            exponent.push_str(if pieces.dash(next) { "-" } else { "" });
            next += 1;
        }
        let digits = pieces.text(next);
        let sound = pieces.is(next, Kind::Digits) && pieces.glued(next) && digits.len() <= 3;
        exponent.push_str(digits);
        sound.then_some((exponent, next + 1))
    }

    /// A fraction in figures after or instead of a whole number: "3/4", "2 1/4", "2½", "½".
    fn written_fraction(&self, start: usize, run: Run) -> Option<(f64, usize)> {
        let pieces = self.pieces;
        if !run.plain {
            return None;
        }
        if let Some(part) = vulgar(pieces.text(run.end)) {
            return Some((run.value + part, run.end + 1));
        }
        let over = |at: usize| {
            let (top, bottom) = (pieces.text(at), pieces.text(at + 2));
            let sound = pieces.is(at, Kind::Digits)
                && pieces.text(at + 1) == "/"
                && pieces.glued(at + 1)
                && pieces.is(at + 2, Kind::Digits)
                && pieces.glued(at + 2)
                && top.len() <= 3
                && bottom.len() <= 3
                && !(pieces.text(at + 3) == "/" && pieces.glued(at + 3));
            let (top, bottom): (f64, f64) = (top.parse().ok()?, bottom.parse().ok()?);
            (sound && top < bottom).then_some((top / bottom, at + 3))
        };
        let chained = start > 0 && pieces.text(start - 1) == "/" && pieces.glued(start);
        if chained {
            return None;
        }
        let alone = over(start);
        alone.or_else(|| over(run.end).map(|(part, end)| (run.value + part, end)))
    }

    /// "half a million", "half of", "¾": a fraction that no number begins.
    fn fraction_of_nothing(&self, start: usize) -> Option<Run> {
        let fraction = |value, end| Run { value, end, plain: false, fraction: true, power: 0 };
        if let Some(part) = vulgar(self.pieces.text(start)) {
            return Some(fraction(part, start + 1));
        }
        let Some(NumberWord::Denominator(parts @ (2 | 4))) = self.word(start) else { return None };
        let part = fraction(1.0 / f64::from(parts), start + 1);
        let of = self.words.of.at(self.pieces, start + 1).is_some();
        self.times_scale(part).or((of && parts == 2).then_some(part))
    }

    /// "two point five": the decimals in words.
    fn decimals(&self, run: Run) -> Run {
        if run.plain || self.word(run.end) != Some(NumberWord::Point) {
            return run;
        }
        let mut digits = String::new();
        let mut end = run.end + 1;
        while let Some(NumberWord::Cardinal(more)) = self.word(end)
            && digits.len() < 15
        {
            // "seventy-one" is 71 and not 701.
            let tens = digits.ends_with('0') && digits.len() > 1 && more < 10 && more > 0;
            if tens && self.pieces.dash(end - 1) {
                digits.pop();
            }
            digits.push_str(&more.to_string());
            end += 1;
            if self.pieces.dash(end) && self.pieces.glued(end) {
                end += 1;
            }
        }
        let value = format!("{}.{digits}", run.value).parse().ok();
        let read = value.filter(|_| !digits.is_empty());
        let read = read.map(|value| match self.word(end) {
            Some(NumberWord::Scale(scale)) => {
                Run { value: shifted(value, scale), end: end + 1, power: scale, ..run }
            }
            _ => Run { value, end, ..run },
        });
        read.unwrap_or(run)
    }

    /// "five and a quarter", "a million and a half", or a fraction alone.
    fn fraction(&self, start: usize, run: Run) -> Option<Run> {
        let alone = self.denominated(start, run);
        if alone.is_some() || self.word(run.end) != Some(NumberWord::And) {
            return alone;
        }
        let part = self.run(run.end + 1)?;
        let part = self.denominated(run.end + 1, part).filter(|part| part.fraction)?;
        let whole = if run.power >= 3 { run.power } else { 0 };
        let value = run.value + shifted(part.value, whole);
        (part.value < 1.0).then_some(Run { value, end: part.end, plain: false, ..run })
    }

    /// "two thirds", "two thirds of a million": a number over the one that follows.
    fn denominated(&self, start: usize, run: Run) -> Option<Run> {
        let article = self.word(start) == Some(NumberWord::Article) && run.end == start + 1;
        let dash = self.pieces.dash(run.end) && self.pieces.glued(run.end);
        let at = run.end + usize::from(dash);
        if let Some(NumberWord::Denominator(parts)) = self.word(at)
            && run.value > 0.0
            && run.value.fract() == 0.0
        {
            let end = at + 1;
            // "a third attack" is an ordinal, "a third of them" is not.
            let of = self.words.of.at(self.pieces, end).is_some();
            let goes_on = self.pieces.is(end, Kind::Word)
                || (self.pieces.dash(end) && self.pieces.is(end + 1, Kind::Word));
            if article && parts != 2 && !of && goes_on {
                return self.times_scale(Run { value: 1.0 / f64::from(parts), end, ..run });
            }
            let value = run.value / f64::from(parts);
            let part = Run { value, end, plain: false, fraction: true, power: 0 };
            return Some(self.times_scale(part).unwrap_or(part));
        }
        None
    }

    /// A fraction of a scale: "half a million", "half a dozen", "two thirds of a million".
    fn times_scale(&self, part: Run) -> Option<Run> {
        let mut at = part.end;
        if let Some(((), end)) = self.words.of.at(self.pieces, at) {
            at = end;
        }
        if self.word(at) == Some(NumberWord::Article) {
            at += 1;
        }
        let value = match self.word(at)? {
            NumberWord::Scale(scale) => part.value * 10f64.powi(scale),
            NumberWord::Collective(each) => part.value * f64::from(each),
            _ => return None,
        };
        Some(Run { value, end: at + 1, plain: false, fraction: false, power: 0 })
    }

    /// "one in five", "nine out of ten".
    fn ratio(&self, run: Run) -> Option<Run> {
        let ((), at) = self.words.ratio.at(self.pieces, run.end)?;
        let whole = self.run(at)?;
        let years = whole.plain && whole.value >= 1000.0;
        let measured = self.words.after_number.at(self.pieces, whole.end).is_some();
        let sound = run.value > 0.0
            && run.value < whole.value
            && run.value.fract() == 0.0
            && run.power == 0
            && !years
            && !measured;
        let value = run.value / whole.value;
        sound.then_some(Run { value, end: whole.end, plain: false, fraction: true, power: 0 })
    }

    /// "dozens", "tens of thousands", "several hundred".
    fn vague(&self, start: usize) -> Option<Number> {
        let article = usize::from(self.word(start) == Some(NumberWord::Article));
        let (low, high, end) = match self.word(start + article)? {
            NumberWord::Vague(each) if article == 0 => {
                let next =
                    self.words.of.at(self.pieces, start + 1).map_or(start + 1, |(_, end)| end);
                match self.word(next) {
                    Some(NumberWord::Vague(of)) if of > each => {
                        (each * of, 10.0 * each * of, next + 1)
                    }
                    _ => (each, 10.0 * each, start + 1),
                }
            }
            NumberWord::Loose(low, high) => {
                let next = start + article + 1;
                let next = self.words.of.at(self.pieces, next).map_or(next, |(_, end)| end);
                let each = match self.word(next)? {
                    NumberWord::Scale(scale) => 10f64.powi(scale),
                    NumberWord::Collective(each) => f64::from(each),
                    _ => return None,
                };
                (low * each, high * each, next + 1)
            }
            _ => return None,
        };
        let pieces = start..end;
        let (plain, fraction, power) = (false, false, 0);
        Some(Number { value: low, most: Some(high), pieces, plain, fraction, power })
    }
}

/// Whether a number word may be added to a group: "twenty" + "three", "two hundred" + "six".
fn fits(group: f64, more: f64) -> bool {
    let (hundreds, tens) = (group % 100.0, group % 10.0);
    (more < 10.0 && hundreds >= 20.0 && tens == 0.0)
        || (more < 100.0 && group >= 100.0 && hundreds == 0.0)
}

/// A number times a power of ten, as exact as its decimals are.
pub(crate) fn shifted(value: f64, power: i32) -> f64 {
    format!("{value}e{power}").parse().unwrap_or(f64::INFINITY)
}

/// The value of a fraction that is one character.
fn vulgar(text: &str) -> Option<f64> {
    let (top, bottom) = match text {
        "½" => (1, 2),
        "⅓" => (1, 3),
        "⅔" => (2, 3),
        "¼" => (1, 4),
        "¾" => (3, 4),
        "⅕" => (1, 5),
        "⅖" => (2, 5),
        "⅗" => (3, 5),
        "⅘" => (4, 5),
        "⅙" => (1, 6),
        "⅚" => (5, 6),
        "⅐" => (1, 7),
        "⅛" => (1, 8),
        "⅜" => (3, 8),
        "⅝" => (5, 8),
        "⅞" => (7, 8),
        "⅑" => (1, 9),
        "⅒" => (1, 10),
        _ => return None,
    };
    Some(f64::from(top) / f64::from(bottom))
}
