//! Quantities: how many, how much, how large a share, which in a row.

mod amount;
mod numeral;
mod phrases;
mod pieces;
mod rank;
mod reading;
mod words;

use std::fmt;
use std::ops::Range;

use atalaya_parse::Doc;

use self::pieces::Pieces;
use crate::pack::Pack;
use crate::value::Cited;

pub use words::{Unit, Words};

/// How many or how much. Both ends the same: just that. One end: "more than six", "up to 500".
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// The least it can be, by the words; a share is a part of one, a percentage a number.
    pub low: Option<f64>,
    /// The most it can be, by the words.
    pub high: Option<f64>,
    /// What it is measured in: a unit of the pack (`kilogram`, `USD`), one by another
    /// (`kilometre/hour`), or [`SHARE`] or [`RANK`]. None for a count.
    pub unit: Option<String>,
    /// Whether the words say that it is near, not exactly so: "about", "dozens".
    pub approximate: bool,
    /// What is counted or measured, in the dictionary's forms, and the words for it.
    pub of: Option<Cited<String>>,
}

/// The unit of a part of a whole: "two thirds of the prisoners".
pub const SHARE: &str = "share";

/// The unit of a place in a row: "the second attack", "the largest seizure".
pub const RANK: &str = "rank";

/// Every quantity that a text states, in the order of its words.
pub fn quantities(pack: &Pack, doc: &Doc) -> Vec<Cited<Quantity>> {
    let words = &pack.quantities;
    let pieces = Pieces::new(doc.text());
    let opens = words.openers(&pieces);
    let mut found = reading::stated(words, doc, &pieces, &opens);
    rank::add(words, doc, &pieces, &opens, &mut found);
    found
}

/// Every number that stands in a text, dates and labels too: its value and its words. It looks at
/// no grammar, so it needs no parsing.
pub fn numbers(pack: &Pack, text: &str) -> Vec<Cited<f64>> {
    reading::numbers(&pack.quantities, text)
}

/// Every number with its bounds that stands in a text, and every range, without what they count.
pub fn intervals(pack: &Pack, text: &str) -> Vec<Cited<Interval>> {
    reading::intervals(&pack.quantities, text)
}

/// Every ordinal number that stands in a text: "30th", "twenty-first".
pub fn ordinals(pack: &Pack, text: &str) -> Vec<Cited<f64>> {
    rank::ordinals(&pack.quantities, text)
}

/// A number or a range of numbers, as words bound it.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// The low end, and whether it belongs to the interval.
    pub low: Option<(f64, bool)>,
    /// The high end, and whether it belongs to the interval.
    pub high: Option<(f64, bool)>,
    /// Its unit, by its name in the pack.
    pub unit: Option<String>,
    /// Where the numbers and their unit stand, without the bounds.
    pub core: Range<usize>,
}

impl Pack {
    /// A unit of the pack by its name.
    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.quantities.units.iter().find(|unit| unit.id == id)
    }
}

/// The notation of the pack's examples: `6.. ton · cocaine`, `~24000 · prisoner`, `20..30 percent`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.approximate {
            write!(f, "~")?;
        }
        match (self.low, self.high) {
            (Some(low), Some(high)) if low == high => write!(f, "{low}")?,
            (low, high) => {
                low.map_or(Ok(()), |low| write!(f, "{low}"))?;
                write!(f, "..")?;
                high.map_or(Ok(()), |high| write!(f, "{high}"))?;
            }
        }
        self.unit.as_ref().map_or(Ok(()), |unit| write!(f, " {unit}"))?;
        self.of.as_ref().map_or(Ok(()), |of| write!(f, " · {}", of.value))
    }
}
