//! Which place each name of a report is: by what lies around it in the report, and by size.
//!
//! Every name has candidates, each with a score of its own (its size, its kind, how it bears the name,
//! what the words beside it say). From these each candidate gets a probability, and lends it to the
//! country, the region and the square of the map that it lies in. What the other names lend there is
//! added to the score, and so on for a few rounds: towns of one region confirm each other.

use std::collections::HashMap;

use crate::gazetteer::{Entry, Gazetteer, NameKind, PlaceKind, Row};
use crate::lookup::Quick;

use super::{Form, Name, Words};

/// The most places of one name that are weighed.
const MOST: usize = 80;
/// The most that the company of other names counts, so that a state is not taken for a hamlet of its
/// name because the hamlet's neighbours are named.
const MOST_SUPPORT: f64 = 9.0;
/// Rounds after which nothing changes any more in practice.
const ROUNDS: usize = 4;
/// A name with more words than this is looked up whole or not at all.
const MOST_WORDS: usize = 10;

/// Which place each name of a report is: one for a name throughout, but where the words beside it
/// tell two apart ("Paris, Texas").
#[derive(Debug, Clone, Default)]
pub struct Senses {
    rows: HashMap<(String, Option<String>), Row>,
}

impl Senses {
    /// The place that a name of the report is.
    pub fn of(&self, gazetteer: &Gazetteer, name: &Name) -> Option<Row> {
        let (key, within) = key(gazetteer, name);
        let alone = || self.rows.get(&(key.clone(), None)).copied();
        self.rows.get(&(key.clone(), within)).copied().or_else(alone)
    }
}

/// The places that a name may be, with how they bear it: of itself, or without words like "northern"
/// or "city of" around it.
pub fn candidates(words: &Words, gazetteer: &Gazetteer, name: &str) -> Vec<(Row, NameKind)> {
    if let Some(place) = words.demonyms.get(name) {
        let wide = |row: Row| {
            let entry = gazetteer.entry(row);
            let wide = matches!(entry.kind, PlaceKind::Region | PlaceKind::Region1);
            (wide, entry.population, std::cmp::Reverse(row))
        };
        let named = || gazetteer.find(place).map(|(row, _)| row).max_by_key(|&row| wide(row));
        let row = gazetteer.country(place).or_else(named);
        return row.into_iter().map(|row| (row, NameKind::Main)).collect();
    }
    let key = gazetteer.fold(name);
    let whole: Vec<_> = gazetteer.find_folded(&key).collect();
    if !whole.is_empty() || key.split(' ').count() > MOST_WORDS {
        return whole;
    }
    let mut rest = key.as_str();
    while let Some(shorter) = words.before.iter().find_map(|w| strip_first(rest, w)) {
        rest = shorter;
        let rows: Vec<_> = gazetteer.find_folded(rest).collect();
        if !rows.is_empty() {
            return rows;
        }
    }
    while let Some(shorter) = words.after.iter().find_map(|w| strip_last(rest, w)) {
        rest = shorter;
        let rows: Vec<_> = gazetteer.find_folded(rest).collect();
        if !rows.is_empty() {
            return rows;
        }
    }
    Vec::new()
}

fn strip_first<'n>(name: &'n str, word: &str) -> Option<&'n str> {
    name.strip_prefix(word)?.strip_prefix(' ')
}

fn strip_last<'n>(name: &'n str, word: &str) -> Option<&'n str> {
    name.strip_suffix(word)?.strip_suffix(' ')
}

/// Decides which places the names of one report are.
pub fn resolve<'n>(
    words: &Words,
    gazetteer: &Gazetteer,
    names: impl IntoIterator<Item = &'n Name>,
) -> Senses {
    let mut groups = groups(words, gazetteer, names);
    for _ in 0..ROUNDS {
        let lent = Lent::of(&groups);
        groups.iter_mut().for_each(|group| group.weigh(&lent));
    }
    let senses = groups.into_iter().filter_map(|group| {
        let best = group.candidates.iter().max_by(|a, b| a.share.total_cmp(&b.share))?;
        Some((group.key, best.row))
    });
    Senses { rows: senses.collect() }
}

fn key(gazetteer: &Gazetteer, name: &Name) -> (String, Option<String>) {
    let within = name.within.as_ref().map(|within| gazetteer.fold(within));
    // "Georgian" and "Georgia" are two names: the adjective can't be the American state's.
    match name.form {
        Form::Adjective => (name.text.clone(), None),
        Form::Name | Form::PartOfName => (gazetteer.fold(&name.text), within),
    }
}

/// All mentions of a name that must be of the same place.
struct Group {
    key: (String, Option<String>),
    count: f64,
    candidates: Vec<Candidate>,
}

struct Candidate {
    row: Row,
    /// What speaks for it whatever else the report names.
    own: f64,
    /// Its probability.
    share: f64,
    country: Option<u32>,
    region: Option<Row>,
    /// Its square of one degree, for places that are no wider.
    square: Option<(i32, i32)>,
}

fn groups<'n>(
    words: &Words,
    gazetteer: &Gazetteer,
    names: impl IntoIterator<Item = &'n Name>,
) -> Vec<Group> {
    let mut places: HashMap<(String, Option<String>), usize> = HashMap::new();
    let mut groups: Vec<(Group, &Name, Vec<PlaceKind>)> = Vec::new();
    for name in names {
        let key = key(gazetteer, name);
        let at = *places.entry(key.clone()).or_insert_with(|| {
            groups.push((Group { key, count: 0.0, candidates: Vec::new() }, name, Vec::new()));
            groups.len() - 1
        });
        groups[at].0.count += 1.0;
        groups[at].2.extend(name.kind);
    }
    let weighed = groups.into_iter().map(|(mut group, name, kinds)| {
        let above: Vec<Row> = match &name.within {
            Some(within) => candidates(words, gazetteer, within).iter().map(|c| c.0).collect(),
            None => Vec::new(),
        };
        let rows = candidates(words, gazetteer, &name.text);
        let mut all: Vec<Candidate> = rows
            .into_iter()
            .map(|(row, how)| Candidate::new(gazetteer, &gazetteer.entry(row), how, &above, &kinds))
            .collect();
        all.sort_by(|a, b| b.own.total_cmp(&a.own).then(a.row.cmp(&b.row)));
        all.truncate(MOST);
        group.candidates = all;
        group.share();
        group
    });
    weighed.collect()
}

impl Candidate {
    fn new(
        gazetteer: &Gazetteer,
        entry: &Entry<'_>,
        how: NameKind,
        above: &[Row],
        kinds: &[PlaceKind],
    ) -> Candidate {
        let size = f64::from(entry.population.max(100)).log10();
        let kind = match entry.kind {
            PlaceKind::Country => 5.0,
            PlaceKind::Region
            | PlaceKind::Sea
            | PlaceKind::River
            | PlaceKind::Lake
            | PlaceKind::Mountains => 6.0,
            PlaceKind::Region1 => -0.3,
            PlaceKind::Region2 => -2.0,
            PlaceKind::City => 0.0,
        };
        let bears = match how {
            NameKind::Main => 0.0,
            NameKind::Alias => -2.5,
            NameKind::Stripped => -1.5,
            NameKind::Abbreviation => 0.0,
        };
        let seat = if entry.capital { 1.0 } else { 0.0 };
        let lies = above.iter().any(|&row| lies_in(gazetteer, entry, row));
        let said = match kinds {
            [] => 0.0,
            kinds if kinds.contains(&entry.kind) => 3.0,
            kinds if kinds.iter().any(|&k| both_regions(k, entry.kind)) => 2.0,
            _ => -1.0,
        };
        let own = 1.3 * size + kind + bears + said + seat + if lies { 9.0 } else { 0.0 };
        let country = (!entry.country.is_empty())
            .then(|| entry.country.bytes().fold(0, |code, byte| code << 8 | u32::from(byte)));
        let region = if entry.kind == PlaceKind::Region1 { Some(entry.row) } else { entry.region1 };
        let narrow = matches!(entry.kind, PlaceKind::City | PlaceKind::Region2);
        let square = narrow.then(|| (entry.lat.floor() as i32, entry.lon.floor() as i32));
        Candidate { row: entry.row, own, share: 0.0, country, region, square }
    }
}

fn both_regions(a: PlaceKind, b: PlaceKind) -> bool {
    let region = |kind| matches!(kind, PlaceKind::Region1 | PlaceKind::Region2);
    region(a) && region(b)
}

/// Whether a place lies in another, by the regions and the country that its row tells.
fn lies_in(gazetteer: &Gazetteer, entry: &Entry<'_>, other: Row) -> bool {
    if entry.row == other {
        return false;
    }
    let wider = gazetteer.entry(other);
    match wider.kind {
        PlaceKind::Country => entry.country == wider.country && entry.kind != PlaceKind::Country,
        _ => entry.region1 == Some(other) || entry.region2 == Some(other),
    }
}

impl Group {
    /// Makes probabilities of the scores.
    fn share(&mut self) {
        let scores: Vec<f64> = self.candidates.iter().map(|candidate| candidate.own).collect();
        self.set(&scores);
    }

    fn weigh(&mut self, lent: &Lent) {
        let weight = self.weight();
        let mut own = Lent::default();
        own.add(self, weight);
        let scores: Vec<f64> =
            self.candidates.iter().map(|c| c.own + lent.support(c, &own)).collect();
        self.set(&scores);
    }

    fn set(&mut self, scores: &[f64]) {
        let best = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let all: f64 = scores.iter().map(|score| (score - best).exp()).sum();
        for (candidate, score) in self.candidates.iter_mut().zip(scores) {
            candidate.share = (score - best).exp() / all;
        }
    }

    fn weight(&self) -> f64 {
        1.0 + self.count.ln()
    }
}

/// What names lend to the parts of the map.
#[derive(Default)]
struct Lent {
    countries: HashMap<u32, f64, Quick>,
    regions: HashMap<Row, f64, Quick>,
    squares: HashMap<(i32, i32), f64, Quick>,
}

impl Lent {
    fn of(groups: &[Group]) -> Lent {
        let mut lent = Lent::default();
        groups.iter().for_each(|group| lent.add(group, group.weight()));
        lent
    }

    fn add(&mut self, group: &Group, weight: f64) {
        for candidate in &group.candidates {
            let share = weight * candidate.share;
            if let Some(country) = candidate.country {
                *self.countries.entry(country).or_default() += share;
            }
            if let Some(region) = candidate.region {
                *self.regions.entry(region).or_default() += share;
            }
            if let Some(square) = candidate.square {
                *self.squares.entry(square).or_default() += share;
            }
        }
    }

    /// What others than the candidate's own name lend to where it lies.
    fn support(&self, candidate: &Candidate, own: &Lent) -> f64 {
        let more = |all: Option<&f64>, own: Option<&f64>| {
            (all.copied().unwrap_or(0.0) - own.copied().unwrap_or(0.0)).max(0.0)
        };
        let country =
            candidate.country.map_or(0.0, |c| more(self.countries.get(&c), own.countries.get(&c)));
        let region =
            candidate.region.map_or(0.0, |r| more(self.regions.get(&r), own.regions.get(&r)));
        let near = candidate.square.map_or(0.0, |(lat, lon)| {
            let around = (-1..=1).flat_map(|y| (-1..=1).map(move |x| (lat + y, lon + x)));
            around.map(|s| more(self.squares.get(&s), own.squares.get(&s))).sum()
        });
        (1.2 * country.ln_1p() + 2.4 * region.ln_1p() + 2.4 * near.ln_1p()).min(MOST_SUPPORT)
    }
}
