//! The gazetteer: countries, regions, towns and waters by their names, read in place from one file.
//!
//! The file is little-endian: the bytes `atalaya\x01`, the number of sections and of rows, then where
//! each section starts and how long it is (two `u32` each). The sections are
//!
//! 0. rows of 32 bytes: id, start of the name in section 1, rows of the first and second level region
//!    (`u32::MAX`: none), population (`u32`); latitude and longitude in 1/100,000 degree (`i32`);
//!    ISO 3166-1 code (2 bytes), kind (1 byte), and the source of the coordinates (low 4 bits) with
//!    16 for a country's seat of government;
//! 1. the rows' names, one after another in the order of the rows;
//! 2. starts of the folded names in section 3, with one end (`u32`); 3. the folded names, sorted;
//! 4. starts of each folded name's entries in section 5, with one end; 5. the entries: a row in the
//!    low 28 bits, above them how the row bears the name;
//! 6. what letters fold to: a code point and up to four bytes; 7. words and what they fold to.

mod fold;

use std::borrow::Cow;
use std::ops::Range;

use fold::Folding;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Places by their names, borrowed from the bytes of one file.
#[derive(Debug)]
pub struct Gazetteer {
    bytes: Cow<'static, [u8]>,
    sections: Sections,
    folding: Folding,
}

/// A place: its number in the gazetteer that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Row(pub(crate) u32);

/// What the gazetteer knows of a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entry<'g> {
    /// Its number.
    pub row: Row,
    /// Its number in GeoNames; none for places of our own table.
    pub geonameid: Option<u32>,
    /// Its name, usually in English or its own language.
    pub name: &'g str,
    /// What it is.
    pub kind: PlaceKind,
    /// Its country's ISO 3166-1 code; empty for seas and regions of the world.
    pub country: &'g str,
    /// The first level region it lies in.
    pub region1: Option<Row>,
    /// The second level region it lies in.
    pub region2: Option<Row>,
    /// Whether it is its country's seat of government.
    pub capital: bool,
    /// How many people live in it; zero where nobody knows.
    pub population: u32,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// Where its coordinates come from.
    pub source: CoordinateSource,
}

/// What a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the names are the documentation")]
#[repr(u8)]
pub enum PlaceKind {
    Country,
    /// A state, province, department or the like: the first level below a country.
    Region1,
    /// A county, municipality, canton or the like: the second level.
    Region2,
    City,
    /// A part of the world or of a country that is no administrative unit: "the Sahel".
    Region,
    Sea,
    River,
    Lake,
    Mountains,
}

/// Where a place's coordinates come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum CoordinateSource {
    /// GeoNames.
    Published,
    /// The middle of its largest part, from published borders.
    Shape,
    /// The middle of the towns within it.
    Towns,
    /// Nothing better than the place that it lies in.
    Above,
    /// Our own table, to the degree.
    Table,
}

/// How a place bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NameKind {
    /// It is its name.
    Main,
    /// It is one of its other names.
    Alias,
    /// It is its name but for a word like "County".
    Stripped,
    /// It is an abbreviation, to be believed only where a place is expected.
    Abbreviation,
}

/// Why bytes are not a gazetteer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GazetteerError {
    /// The file begins otherwise: it is something else, or of another version.
    #[error("not a gazetteer of this version")]
    Header,
    /// A part of the file is cut short or contradicts another.
    #[error("damaged gazetteer: {0}")]
    Damaged(&'static str),
}

const MAGIC: &[u8; 8] = b"atalaya\x01";
const NONE: u32 = u32::MAX;
const RECORD: usize = 32;
const CAPITAL: u8 = 16;
const ROW_BITS: u32 = (1 << 28) - 1;

#[derive(Debug)]
struct Sections {
    rows: Range<usize>,
    names: Range<usize>,
    key_starts: Range<usize>,
    keys: Range<usize>,
    entry_starts: Range<usize>,
    entries: Range<usize>,
}

impl Gazetteer {
    /// Takes a gazetteer's bytes, and makes sure that nothing in them can mislead a later look-up.
    ///
    /// # Errors
    /// If the bytes are not a whole gazetteer.
    pub fn load(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Gazetteer, GazetteerError> {
        let bytes = bytes.into();
        let [rows, names, key_starts, keys, entry_starts, entries, letters, words] =
            sections(&bytes)?;
        let folding = Folding::load(&bytes[letters], &bytes[words])
            .ok_or(GazetteerError::Damaged("folding"))?;
        let sections = Sections { rows, names, key_starts, keys, entry_starts, entries };
        let gazetteer = Gazetteer { bytes, sections, folding };
        gazetteer.check()?;
        Ok(gazetteer)
    }

    /// The form under which a name is looked up: small plain letters, single spaces, no full stops or
    /// apostrophes.
    pub fn fold(&self, name: &str) -> String {
        self.folding.fold(name)
    }

    /// The places that bear a name, in the order of their kinds, and how they bear it.
    pub fn find<'g>(
        &'g self,
        name: &str,
    ) -> impl ExactSizeIterator<Item = (Row, NameKind)> + use<'g> {
        self.find_folded(&self.fold(name))
    }

    /// As [`Gazetteer::find`], of a name that is folded already.
    pub fn find_folded<'g>(
        &'g self,
        key: &str,
    ) -> impl ExactSizeIterator<Item = (Row, NameKind)> + use<'g> {
        let entries = self.key(key).map_or(0..0, |index| self.entry_range(index));
        entries.map(|at| {
            let entry = self.number(&self.sections.entries, at);
            (Row(entry & ROW_BITS), NameKind::from_bits(entry >> 28))
        })
    }

    /// Whether some place bears a folded name, or a longer one that starts with it and a space.
    pub fn starts(&self, key: &str) -> bool {
        let next = self.position(key);
        let Some(found) = (next < self.key_count()).then(|| self.key_at(next)) else {
            return false;
        };
        if found == key.as_bytes() {
            return true;
        }
        let longer = [key.as_bytes(), b" "].concat();
        let next = self.position_bytes(&longer);
        next < self.key_count() && self.key_at(next).starts_with(&longer)
    }

    /// All that is known of a place.
    pub fn entry(&self, row: Row) -> Entry<'_> {
        let record = self.record(row.0 as usize);
        let number = |at: usize| u32_at(record, at);
        let names = &self.bytes[self.sections.names.clone()];
        let next = row.0 as usize + 1;
        let end =
            if next < self.len() { u32_at(self.record(next), 4) as usize } else { names.len() };
        let country: &[u8] = if record[28] == 0 { &[] } else { &record[28..30] };
        Entry {
            row,
            geonameid: Some(number(0)).filter(|&id| id != 0),
            name: text(&names[number(4) as usize..end]),
            kind: PlaceKind::ALL[record[30] as usize],
            country: text(country),
            region1: Some(number(8)).filter(|&row| row != NONE).map(Row),
            region2: Some(number(12)).filter(|&row| row != NONE).map(Row),
            capital: record[31] & CAPITAL != 0,
            population: number(16),
            lat: f64::from(number(20).cast_signed()) / 1e5,
            lon: f64::from(number(24).cast_signed()) / 1e5,
            source: CoordinateSource::ALL[(record[31] & !CAPITAL) as usize],
        }
    }

    /// The country with an ISO 3166-1 code of two letters.
    pub fn country(&self, code: &str) -> Option<Row> {
        let mut countries = self.rows().take_while(|entry| entry.kind == PlaceKind::Country);
        countries.find(|entry| entry.country == code).map(|entry| entry.row)
    }

    /// All places, in the order of their kinds and numbers.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Entry<'_>> {
        (0..self.len()).map(|row| self.entry(Row(row as u32)))
    }

    /// How many places there are.
    pub fn len(&self) -> usize {
        self.sections.rows.len() / RECORD
    }

    /// Whether there is no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn record(&self, row: usize) -> &[u8] {
        &self.bytes[self.sections.rows.start + row * RECORD..][..RECORD]
    }

    fn number(&self, section: &Range<usize>, index: usize) -> u32 {
        u32_at(&self.bytes, section.start + 4 * index)
    }

    fn key_count(&self) -> usize {
        self.sections.key_starts.len() / 4 - 1
    }

    fn key_at(&self, index: usize) -> &[u8] {
        let start = self.number(&self.sections.key_starts, index) as usize;
        let end = self.number(&self.sections.key_starts, index + 1) as usize;
        &self.bytes[self.sections.keys.clone()][start..end]
    }

    fn entry_range(&self, key: usize) -> Range<usize> {
        let starts = &self.sections.entry_starts;
        self.number(starts, key) as usize..self.number(starts, key + 1) as usize
    }

    fn key(&self, key: &str) -> Option<usize> {
        let index = self.position(key);
        (index < self.key_count() && self.key_at(index) == key.as_bytes()).then_some(index)
    }

    fn position(&self, key: &str) -> usize {
        self.position_bytes(key.as_bytes())
    }

    /// The first folded name that is not before a key.
    fn position_bytes(&self, key: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.key_count());
        while low < high {
            let middle = low.midpoint(high);
            if self.key_at(middle) < key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn check(&self) -> Result<(), GazetteerError> {
        let damaged = |part| Err(GazetteerError::Damaged(part));
        let Sections { rows, names, key_starts, keys, entry_starts, entries } = &self.sections;
        if !rows.len().is_multiple_of(RECORD) || self.len() > ROW_BITS as usize {
            return damaged("rows");
        }
        let Ok(names) = std::str::from_utf8(&self.bytes[names.clone()]) else {
            return damaged("names");
        };
        self.check_rows(names)?;
        let starts = |section: &Range<usize>, end: usize| {
            let mut numbers = self.bytes[section.clone()].chunks_exact(4).map(|n| u32_at(n, 0));
            section.len().is_multiple_of(4)
                && numbers.clone().is_sorted()
                && numbers.next_back().is_some_and(|last| last as usize == end)
        };
        if !starts(key_starts, keys.len()) {
            return damaged("the starts of names");
        }
        if entry_starts.len() != key_starts.len()
            || !entries.len().is_multiple_of(4)
            || !starts(entry_starts, entries.len() / 4)
        {
            return damaged("the starts of entries");
        }
        let count = self.len() as u32;
        let mut numbers = self.bytes[entries.clone()].chunks_exact(4).map(|n| u32_at(n, 0));
        if numbers.all(|entry| entry & ROW_BITS < count && entry >> 28 < 4) {
            Ok(())
        } else {
            damaged("entries")
        }
    }

    fn check_rows(&self, names: &str) -> Result<(), GazetteerError> {
        let mut start = 0;
        let count = self.len() as u32;
        for row in 0..self.len() {
            let record = self.record(row);
            let name = u32_at(record, 4) as usize;
            let above = [u32_at(record, 8), u32_at(record, 12)];
            let sound = name >= start
                && names.is_char_boundary(name)
                && above.iter().all(|&row| row == NONE || row < count)
                && (record[28] == 0 || record[28..30].iter().all(u8::is_ascii_uppercase))
                && (record[30] as usize) < PlaceKind::ALL.len()
                && ((record[31] & !CAPITAL) as usize) < CoordinateSource::ALL.len();
            if !sound {
                return Err(GazetteerError::Damaged("rows"));
            }
            start = name;
        }
        Ok(())
    }
}

impl Entry<'_> {
    /// The great-circle distance to another place, in kilometres.
    pub fn km(&self, other: &Entry<'_>) -> f64 {
        let [a, b] = [self.lat.to_radians(), other.lat.to_radians()];
        let half = |angle: f64| (angle / 2.0).sin().powi(2);
        let x = half(b - a) + a.cos() * b.cos() * half((other.lon - self.lon).to_radians());
        2.0 * 6371.0 * x.sqrt().min(1.0).asin()
    }
}

impl PlaceKind {
    const ALL: [PlaceKind; 9] = [
        PlaceKind::Country,
        PlaceKind::Region1,
        PlaceKind::Region2,
        PlaceKind::City,
        PlaceKind::Region,
        PlaceKind::Sea,
        PlaceKind::River,
        PlaceKind::Lake,
        PlaceKind::Mountains,
    ];

    /// The name used in the store and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            PlaceKind::Country => "country",
            PlaceKind::Region1 => "region1",
            PlaceKind::Region2 => "region2",
            PlaceKind::City => "city",
            PlaceKind::Region => "region",
            PlaceKind::Sea => "sea",
            PlaceKind::River => "river",
            PlaceKind::Lake => "lake",
            PlaceKind::Mountains => "mountains",
        }
    }
}

impl CoordinateSource {
    const ALL: [CoordinateSource; 5] = [
        CoordinateSource::Published,
        CoordinateSource::Shape,
        CoordinateSource::Towns,
        CoordinateSource::Above,
        CoordinateSource::Table,
    ];
}

impl NameKind {
    fn from_bits(bits: u32) -> NameKind {
        match bits {
            0 => NameKind::Main,
            1 => NameKind::Alias,
            2 => NameKind::Stripped,
            _ => NameKind::Abbreviation,
        }
    }
}

fn sections(bytes: &[u8]) -> Result<[Range<usize>; 8], GazetteerError> {
    const COUNT: usize = 8;
    let start = 16 + 8 * COUNT;
    if bytes.len() < start || &bytes[..8] != MAGIC || u32_at(bytes, 8) as usize != COUNT {
        return Err(GazetteerError::Header);
    }
    let section = |index: usize| {
        let at = 16 + 8 * index;
        let from = u32_at(bytes, at) as usize;
        from..from.saturating_add(u32_at(bytes, at + 4) as usize)
    };
    let all: [Range<usize>; COUNT] = std::array::from_fn(section);
    if all.iter().any(|range| range.start < start || range.end > bytes.len()) {
        return Err(GazetteerError::Damaged("cut short"));
    }
    if u32_at(bytes, 12) as usize * RECORD != all[0].len() {
        return Err(GazetteerError::Damaged("rows"));
    }
    Ok(all)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("loading checked the names and where they start")
}

#[cfg(test)]
mod tests;
