//! Numbers with their bounds, ranges and units: "more than six tons", "between $20 and $30".

use std::ops::Range;

use super::numeral::{self, Number};
use super::pieces::{Kind, Pieces};
use super::words::{NumberWord, Opens, Sense, Words};
use crate::lookup::in_small;

/// An end of an amount, and whether the amount reaches it: "more than six" has none at six itself.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Limit {
    pub(crate) value: f64,
    pub(crate) included: bool,
}

/// A number or range of numbers with its unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    pub(crate) low: Option<Limit>,
    pub(crate) high: Option<Limit>,
    pub(crate) approximate: bool,
    pub(crate) unit: Option<usize>,
    /// The unit that this one is by: hours for kilometres per hour.
    pub(crate) per: Option<usize>,
    /// The whole, bounds and unit included.
    pub(crate) pieces: Range<usize>,
    /// The numbers alone.
    pub(crate) numbers: Range<usize>,
    /// Whether a range says so by its words.
    pub(crate) opened: bool,
    pub(crate) plain: bool,
    pub(crate) fraction: bool,
}

/// One end of a range, or the whole of what is none.
#[derive(Debug, Clone)]
struct Side {
    number: Number,
    unit: Option<usize>,
    per: Option<usize>,
    pieces: Range<usize>,
    /// Whether the unit stands before the number.
    prefixed: bool,
}

/// Every amount of a text, in order and without overlap. `counts` tells whether the words that
/// begin at a piece are something counted, which tells "12m people" from "12m long".
pub(crate) fn amounts(
    words: &Words,
    pieces: &Pieces<'_>,
    opens: &[Opens],
    counts: &dyn Fn(usize) -> bool,
) -> Vec<Amount> {
    let reader = Reader { words, pieces, counts };
    let mut found: Vec<Amount> = Vec::new();
    let (mut at, mut floor) = (0, 0);
    while at < pieces.len() {
        let amount = if opens[at].amount { reader.amount(at, floor) } else { None };
        let Some(amount) = amount else {
            at += 1;
            continue;
        };
        (at, floor) = (amount.pieces.end, amount.pieces.end);
        match found.last_mut() {
            Some(last) => reader.push(last, amount).into_iter().for_each(|more| found.push(more)),
            None => found.push(amount),
        }
    }
    found
}

struct Reader<'a, 't> {
    words: &'a Words,
    pieces: &'a Pieces<'t>,
    counts: &'a dyn Fn(usize) -> bool,
}

impl Reader<'_, '_> {
    /// The amount whose number or unit begins at a piece; its bound may stand before, but not
    /// before `floor`.
    fn amount(&self, start: usize, floor: usize) -> Option<Amount> {
        let first = self.side(start)?;
        // "from up to 252 miles to 287" opens before its bound.
        let near = first.pieces.start;
        let bound = self.words.before.before(self.pieces, near, floor).map_or(near, |(_, at)| at);
        let opens = |end| self.words.opens.before(self.pieces, end, floor);
        // "aged between 18 and 34" opens within what stands before the number.
        let within = || self.words.opens.before(self.pieces, first.number.pieces.start, near);
        let opening = opens(near).or_else(|| opens(bound)).or_else(|| Some((within()?.0, near)));
        let begin = opening.map_or(first.pieces.start, |(_, begin)| begin);
        let range = self.other_side(&first, opening.map(|(joins, _)| joins));
        let begin = if range.is_some() { begin } else { first.pieces.start };
        let opened = range.is_some() && opening.is_some();
        let mut amount = match &range {
            Some(second) => range_of(&first, second, begin),
            None => single(first),
        };
        amount.opened = opened;
        self.bound_before(&mut amount, floor);
        self.bound_after(&mut amount);
        Some(amount)
    }

    /// A number with its sign and unit.
    fn side(&self, start: usize) -> Option<Side> {
        let (mut negative, mut at) = (false, start);
        if let Some(next) = sign(self.words, self.pieces, at) {
            (negative, at) = (true, next);
        }
        let mut unit = None;
        let letters = at > 0 && self.pieces.glued(at) && self.pieces.is(at - 1, Kind::Word);
        if let Some((meant, next)) = self.words.before_number.at(self.pieces, at)
            && !(letters && self.pieces.is(at, Kind::Word))
        {
            (unit, at) = (Some(meant), next);
            if let Some(next) = sign(self.words, self.pieces, at) {
                (negative, at) = (true, next);
            }
        }
        let glued = at > 0 && self.pieces.glued(at) && self.pieces.is(at - 1, Kind::Word);
        if glued && unit.is_none() {
            return None;
        }
        let mut number = numeral::number(self.words, self.pieces, at)?;
        if negative {
            (number.value, number.most) = (-number.value, None);
        }
        let prefixed = unit.is_some();
        let mut side = Side { pieces: start..number.pieces.end, number, unit, per: None, prefixed };
        self.shorten(&mut side);
        self.measure(&mut side);
        Some(side)
    }

    /// A short scale glued to the digits: "$4.2b", "35m people", "10k".
    fn shorten(&self, side: &mut Side) {
        let at = side.number.pieces.end;
        let Some((power, next)) = self.words.short.at(self.pieces, at) else { return };
        let digits = at > 0 && self.pieces.is(at - 1, Kind::Digits);
        if !digits || (!self.pieces.glued(at) && side.unit.is_none()) {
            return;
        }
        let unit_too = self.words.after_number.at(self.pieces, at).is_some();
        let money_after = self.words.after_number.at(self.pieces, next).is_some();
        if side.unit.is_none() && unit_too && !money_after && !(self.counts)(next) {
            return;
        }
        side.number.value = numeral::shifted(side.number.value, power);
        side.number.pieces.end = next;
        side.pieces.end = next;
        (side.number.plain, side.number.power) = (false, power);
    }

    /// The unit after a number, and what it is by.
    fn measure(&self, side: &mut Side) {
        let mut at = side.number.pieces.end;
        let dash = self.pieces.dash(at) && self.pieces.glued(at) && self.pieces.glued(at + 1);
        at += usize::from(dash);
        // "millions of dollars" are measured as "a million dollars" is.
        if side.number.most.is_some()
            && let Some(((), next)) = self.words.of.at(self.pieces, at)
            && self.words.after_number.at(self.pieces, next).is_some()
        {
            at = next;
        }
        if let Some((meant, next)) = self.words.after_number.at(self.pieces, at)
            && self.unit_fits(side, at, meant.glued, next)
            && side.unit.is_none_or(|unit| self.alike(unit, meant.unit))
        {
            // "$5 Canadian" says more than its sign does.
            side.unit = Some(meant.unit);
            side.pieces.end = next;
        }
        let Some(unit) = side.unit else { return };
        let at = side.pieces.end;
        if let Some(((), next)) = self.words.per.at(self.pieces, at)
            && let Some((meant, end)) = self.words.after_number.at(self.pieces, next)
            && !meant.glued
            && meant.unit != unit
        {
            (side.per, side.pieces.end) = (Some(meant.unit), end);
        }
    }

    /// Whether a unit's word may count: letters that go on glued into digits are a name's.
    fn unit_fits(&self, side: &Side, at: usize, glued: bool, next: usize) -> bool {
        let digits = self.pieces.is(side.number.pieces.end - 1, Kind::Digits);
        let word = self.pieces.is(next - 1, Kind::Word);
        let goes_on = word && self.pieces.is(next, Kind::Digits) && self.pieces.glued(next);
        !goes_on && (!glued || (digits && self.pieces.glued(at)))
    }

    /// Whether two units measure the same, as all currencies do.
    fn alike(&self, one: usize, other: usize) -> bool {
        self.words.units[one].measure == self.words.units[other].measure
    }

    /// The other end of a range that a side begins.
    fn other_side(&self, first: &Side, opening: Option<usize>) -> Option<Side> {
        let at = first.pieces.end;
        let by_word = opening.and_then(|joins| self.words.joins[joins].at(self.pieces, at));
        let next = match by_word {
            Some(((), next)) => next,
            None if self.pieces.dash(at) => {
                // "7- or 8-inch" has its hyphen for the unit.
                let next = at + 1;
                let to = self.words.plain_joins.at(self.pieces, next);
                to.map_or(next, |(_, next)| next)
            }
            None => self.words.plain_joins.at(self.pieces, at)?.1,
        };
        // "0-to-60-mph" has hyphens throughout.
        let hyphen =
            self.pieces.dash(next) && self.pieces.glued(next) && self.pieces.glued(next + 1);
        let next = next + usize::from(hyphen && next > at + 1);
        // A second bound inside a range says no more than the range: "from 450 up to 900".
        let next = self.words.before.at(self.pieces, next).map_or(next, |(_, next)| next);
        let mut second = self.side(next)?;
        if second.number.most.is_some() || first.number.most.is_some() {
            return None;
        }
        let coefficient = second.number.value / 10f64.powi(second.number.power);
        let mut low = first.number.value;
        if first.number.power == 0 && second.number.power > 0 && low < coefficient {
            low = numeral::shifted(low, second.number.power);
        }
        let year = first.number.plain && (1900.0..=2100.0).contains(&low) && !second.number.plain;
        if year && by_word.is_none() {
            return None;
        }
        let units = match (first.unit, second.unit) {
            (None, None) => true,
            // "rose 64 points to 4,577": what follows is not of the first one's unit.
            (Some(_), None) => by_word.is_some() || first.prefixed,
            (None, Some(_)) => true,
            (Some(one), Some(other)) => one == other || (first.prefixed && self.alike(one, other)),
        };
        if !units || low >= second.number.value || first.number.fraction != second.number.fraction {
            return None;
        }
        second.unit = second.unit.or(first.unit);
        second.per = second.per.or(first.per);
        second.number.most = Some(low);
        Some(second)
    }

    /// "more than", "nearly", "at least about": the bounds before an amount.
    fn bound_before(&self, amount: &mut Amount, floor: usize) {
        for _ in 0..2 {
            let found = self.words.before.before(self.pieces, amount.pieces.start, floor);
            let Some((sense, start)) = found else { return };
            bound(amount, sense);
            amount.pieces.start = start;
        }
    }

    /// "or more", "or so": the bound after an amount, or between its number and what it counts.
    fn bound_after(&self, amount: &mut Amount) {
        if let Some((sense, end)) = self.words.after.at(self.pieces, amount.pieces.end) {
            bound(amount, sense);
            amount.pieces.end = end;
        }
    }

    /// Adds an amount to those found: two bounds on one thing become one amount, and a number
    /// without a unit takes that of its alternative.
    fn push(&self, last: &mut Amount, amount: Amount) -> Option<Amount> {
        let (from, to) = (last.pieces.end, amount.pieces.start);
        let joined =
            to > from && self.words.both.at(self.pieces, from).is_some_and(|(_, end)| end == to);
        let same = last.unit == amount.unit || last.unit.is_none();
        if joined && same {
            let pair = match (last.low, last.high, amount.low, amount.high) {
                (Some(low), None, None, Some(high)) | (None, Some(high), Some(low), None) => {
                    Some((low, high))
                }
                _ => None,
            };
            if let Some((low, high)) = pair.filter(|(low, high)| low.value < high.value) {
                (last.low, last.high) = (Some(low), Some(high));
                (last.unit, last.per) = (amount.unit, amount.per);
                last.pieces.end = amount.pieces.end;
                last.numbers.end = amount.numbers.end;
                return None;
            }
        }
        let dash = usize::from(self.pieces.dash(from));
        let either = self.words.either.at(self.pieces, from + dash);
        if last.unit.is_none() && !last.fraction && either.is_some_and(|(_, end)| end == to) {
            (last.unit, last.per) = (amount.unit, amount.per);
        }
        Some(amount)
    }
}

fn single(side: Side) -> Amount {
    let Side { number, unit, per, pieces, .. } = side;
    let limit = |value| Some(Limit { value, included: true });
    Amount {
        low: limit(number.value),
        high: limit(number.most.unwrap_or(number.value)),
        approximate: number.most.is_some(),
        unit,
        per,
        pieces,
        numbers: number.pieces,
        opened: false,
        plain: number.plain,
        fraction: number.fraction,
    }
}

/// A range; the low end in the second side's scale stands in its `most`.
fn range_of(first: &Side, second: &Side, start: usize) -> Amount {
    let low = second.number.most.unwrap_or(first.number.value);
    let limit = |value| Some(Limit { value, included: true });
    Amount {
        low: limit(low),
        high: limit(second.number.value),
        approximate: false,
        unit: second.unit,
        per: second.per,
        pieces: start..second.pieces.end,
        numbers: first.number.pieces.start..second.number.pieces.end,
        opened: false,
        plain: first.number.plain && second.number.plain,
        fraction: second.number.fraction,
    }
}

/// What a bound makes of an amount.
fn bound(amount: &mut Amount, sense: Sense) {
    let open = |limit: Option<Limit>| limit.map(|limit| Limit { included: false, ..limit });
    match sense {
        Sense::Above => (amount.low, amount.high) = (open(amount.low), None),
        Sense::AtLeast => amount.high = None,
        Sense::Below => (amount.low, amount.high) = (None, open(amount.high)),
        Sense::AtMost => amount.low = None,
        Sense::About => amount.approximate = true,
        Sense::Exactly => {}
    }
}

/// The piece after a sign, if a number or its currency follows.
pub(crate) fn sign(words: &Words, pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    if pieces.dash(at) {
        let free = at == 0
            || pieces.get(at)?.spaced
            || matches!(pieces.text(at - 1), "(" | "$" | "€" | "£" | "<" | ">" | "=");
        return (free && pieces.glued(at + 1)).then_some(at + 1);
    }
    let text = pieces.text(at);
    let minus = |text: &str| words.numbers.get(text) == Some(&NumberWord::Minus);
    (text.len() <= 40 && in_small(text, minus)).then_some(at + 1)
}
