//! What a text says twice: titles printed again, leads cut short, sentences pulled out.

use std::collections::{HashMap, HashSet};

use super::traits::{End, Traits};

/// How much of a part is compared as a beginning, in bytes.
const COMPARED: usize = 240;

/// A part's words and nothing else, so that two tellings differ in words only.
pub(super) struct Key {
    /// Its first words, in lower case with single spaces.
    start: String,
    /// A hash of all of them.
    whole: u64,
    /// How many letters and digits it has.
    length: usize,
    /// Whether `start` is all of it.
    complete: bool,
    /// Whether a sign of cutting stood at its end.
    cut: bool,
}

impl Key {
    pub(super) fn of(text: &str) -> Key {
        let uncut = without_cut(text);
        let cut = uncut.len() < text.len();
        let mut start = String::new();
        let mut whole = 0xcbf2_9ce4_8422_2325_u64;
        let (mut gap, mut length) = (false, 0);
        let mut complete = true;
        for c in uncut.chars() {
            if !c.is_alphanumeric() {
                gap = whole != 0xcbf2_9ce4_8422_2325;
                continue;
            }
            length += 1;
            let space = std::mem::take(&mut gap).then_some(' ');
            for c in space.into_iter().chain(c.to_lowercase()) {
                whole = (whole ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3);
                complete &= start.len() < COMPARED;
                if complete {
                    start.push(c);
                }
            }
        }
        Key { start, whole, length, complete, cut }
    }

    /// Whether the part breaks off with a sign that there is more.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }

    /// The words, as far as they are kept.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.start.split(' ').filter(|word| !word.is_empty())
    }
}

/// The text before a sign of cutting near its end, so that "… Read more" is no part of what is
/// compared.
fn without_cut(text: &str) -> &str {
    let mut near = text.len().saturating_sub(30);
    while !text.is_char_boundary(near) {
        near += 1;
    }
    let signs = ["…", "...", "[&hellip;]"];
    let at = signs.iter().filter_map(|sign| text[near..].find(sign)).min();
    at.map_or(text, |at| &text[..near + at])
}

/// Parts that say what another part says, each with that part's place.
pub(super) struct Repeats {
    /// The place of the first part with the same words.
    pub(super) same_as: Vec<Option<usize>>,
    /// Whether the part breaks off where another goes on, or is pulled out of another.
    pub(super) partial: Vec<bool>,
}

/// Finds repetition among parts in one pass over them and one sort.
pub(super) fn find(texts: &[&str], keys: &[Key], traits: &[Traits]) -> Repeats {
    let mut firsts: HashMap<u64, usize> = HashMap::new();
    let mut same_as = vec![None; keys.len()];
    for (place, key) in keys.iter().enumerate().filter(|(_, key)| !key.start.is_empty()) {
        let first = *firsts.entry(key.whole).or_insert(place);
        same_as[place] = (first != place).then_some(first);
    }
    let mut order: Vec<usize> = firsts.into_values().collect();
    order.sort_unstable_by(|&a, &b| keys[a].start.cmp(&keys[b].start).then(a.cmp(&b)));
    let mut partial = pulled(texts, traits, keys);
    for pair in order.windows(2) {
        let (short, long) = (pair[0], pair[1]);
        let mut check = |short: usize, long: usize| {
            let look = &traits[short];
            let headline = short == 0 && look.end == End::Bare && look.lower <= look.capitals;
            partial[short] |= !headline
                && traits[long].is_prose()
                && breaks_off(&keys[short], &traits[short], &keys[long]);
        };
        check(short, long);
        check(long, short);
    }
    Repeats { same_as, partial }
}

/// Whether one part's words are the beginning of another's, and are no sentence of their own.
fn breaks_off(short: &Key, traits: &Traits, long: &Key) -> bool {
    let words = short.words().count();
    let enough = match traits.end {
        _ if short.cut => words >= 3,
        End::Cut => words >= 3,
        End::Stop => words >= 12,
        End::Open | End::Bare => words >= 6,
    };
    // Of two long parts that begin alike, the shorter one without an end is the one cut.
    let longer = if short.complete {
        long.start.len() > short.start.len()
    } else {
        (short.cut || traits.end != End::Stop) && short.length < long.length
    };
    enough && longer && long.start.starts_with(&short.start)
}

/// Lines that stand word for word inside a paragraph: a sentence pulled out of the story and set
/// large.
fn pulled(texts: &[&str], traits: &[Traits], keys: &[Key]) -> Vec<bool> {
    let mut pulled = vec![false; texts.len()];
    let candidates: Vec<usize> = (1..texts.len())
        .filter(|&i| {
            (8..=40).contains(&traits[i].words) && keys[i].complete && texts[i].len() < COMPARED
        })
        .filter(|&i| !traits[i].is_prose() || traits[i].quoted)
        .collect();
    let mut wanted: HashMap<u64, bool> = candidates
        .iter()
        .flat_map(|&i| shingles(&keys[i].start))
        .map(|hash| (hash, false))
        .collect();
    if wanted.is_empty() {
        return pulled;
    }
    let own: HashSet<usize> = candidates.iter().copied().collect();
    for (place, text) in texts.iter().enumerate() {
        if !own.contains(&place) && traits[place].is_prose() {
            let plain: String = plain_words(text);
            for hash in shingles(&plain) {
                wanted.entry(hash).and_modify(|seen| *seen = true);
            }
        }
    }
    for i in candidates {
        pulled[i] = shingles(&keys[i].start).all(|hash| wanted.get(&hash) == Some(&true));
    }
    pulled
}

fn plain_words(text: &str) -> String {
    let letters = text.chars().flat_map(char::to_lowercase);
    letters.map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect()
}

/// Hashes of every five words in a row.
fn shingles(text: &str) -> impl Iterator<Item = u64> {
    let hashes: Vec<u64> = text
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| {
            word.bytes().fold(7_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
        })
        .collect();
    let windows: Vec<u64> = hashes
        .windows(5)
        .map(|five| {
            five.iter()
                .fold(3_u64, |h, w| (h.rotate_left(13) ^ w).wrapping_mul(0x9E37_79B9_7F4A_7C15))
        })
        .collect();
    windows.into_iter()
}
