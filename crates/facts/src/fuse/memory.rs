//! Memory: what fusion is given, and what it keeps from one update to the next.
//!
//! Notes are texts under texts, in the order of their keys. They are derived like everything else: a
//! memory without notes is one that nothing was fused of.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::input::{Act, Report, Room};
use super::judgement::Judgement;

/// What fusion reads, and where it keeps its notes. Whoever keeps it remembers what went wrong: an
/// update goes on with what it gets, and is not to be used then.
pub trait Memory {
    /// A report as it stands now; none if it is not to be fused.
    fn report(&mut self, id: &str) -> Option<Report>;
    /// What a person decided, oldest first.
    fn acts(&mut self) -> Vec<Act>;
    /// The user's rating of outlets by name.
    fn ratings(&mut self) -> BTreeMap<String, char>;
    /// The note under a key.
    fn note(&mut self, key: &str) -> Option<String>;
    /// The note under a key, for one who keeps what it says and will not ask again.
    fn once(&mut self, key: &str) -> Option<String> {
        self.note(key)
    }
    /// Whether there is a note under a key.
    fn has(&mut self, key: &str) -> bool;
    /// Writes a note, or takes it away.
    fn keep(&mut self, key: &str, note: Option<String>);
    /// So many notes at most, whose keys lie strictly between two texts, the first ones in order.
    fn after(&mut self, from: &str, until: &str, most: usize) -> Vec<(String, String)>;
    /// The same, the last ones, in the opposite order.
    fn before(&mut self, from: &str, until: &str, most: usize) -> Vec<(String, String)>;
}

/// A memory of a whole room, for as long as it is fused.
#[derive(Debug, Default)]
pub struct Whole {
    reports: BTreeMap<String, Report>,
    acts: Vec<Act>,
    ratings: BTreeMap<String, char>,
    notes: BTreeMap<String, String>,
}

impl Whole {
    /// A memory of a room of which nothing was fused.
    pub fn of(room: &Room) -> Whole {
        let mut whole = Whole::default();
        whole.turn(room);
        whole
    }

    /// Another room in the place of the one before, with the notes on that.
    pub fn turn(&mut self, room: &Room) {
        let reports = room.reports.iter();
        self.reports = reports.map(|report| (report.id.clone(), report.clone())).collect();
        self.acts.clone_from(&room.acts);
        self.ratings.clone_from(&room.ratings);
    }

    /// Every note.
    pub fn notes(&self) -> &BTreeMap<String, String> {
        &self.notes
    }
}

impl Memory for Whole {
    fn report(&mut self, id: &str) -> Option<Report> {
        self.reports.get(id).cloned()
    }

    fn acts(&mut self) -> Vec<Act> {
        self.acts.clone()
    }

    fn ratings(&mut self) -> BTreeMap<String, char> {
        self.ratings.clone()
    }

    fn note(&mut self, key: &str) -> Option<String> {
        self.notes.get(key).cloned()
    }

    fn has(&mut self, key: &str) -> bool {
        self.notes.contains_key(key)
    }

    fn keep(&mut self, key: &str, note: Option<String>) {
        match note {
            Some(note) => self.notes.insert(key.to_owned(), note),
            None => self.notes.remove(key),
        };
    }

    fn after(&mut self, from: &str, until: &str, most: usize) -> Vec<(String, String)> {
        between(&self.notes, from, until).take(most).collect()
    }

    fn before(&mut self, from: &str, until: &str, most: usize) -> Vec<(String, String)> {
        between(&self.notes, from, until).rev().take(most).collect()
    }
}

fn between<'n>(
    notes: &'n BTreeMap<String, String>,
    from: &str,
    until: &str,
) -> impl DoubleEndedIterator<Item = (String, String)> + 'n {
    use std::ops::Bound::Excluded;
    let empty = from >= until;
    let (from, until) = if empty { ("", "") } else { (from, until) };
    let range = (Excluded(from.to_owned()), Excluded(until.to_owned()));
    let found = (!empty).then(|| notes.range(range));
    found.into_iter().flatten().map(|(key, note)| (key.clone(), note.clone()))
}

/// What stands between the parts of a key. No text of a report holds it.
pub(super) const APART: char = '\u{1}';
const PAST: char = '\u{2}';

/// A memory, read and written by what its notes mean.
pub(super) struct Notes<'m> {
    pub(super) memory: &'m mut dyn Memory,
    /// What is judged otherwise than before, by the two that were judged.
    pub(super) judged: BTreeMap<(String, String), Option<Judgement>>,
    /// Keys of which more is marked than stands around one: their first marks are not asked for again.
    full: HashSet<String>,
}

impl<'m> Notes<'m> {
    pub(super) fn of(memory: &'m mut dyn Memory) -> Notes<'m> {
        Notes { memory, judged: BTreeMap::new(), full: HashSet::new() }
    }

    /// The note under a key.
    pub(super) fn get<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        serde_json::from_str(&self.memory.note(key)?).ok()
    }

    /// The note under a key that will not be asked for again.
    pub(super) fn get_once<T: DeserializeOwned>(&mut self, key: &str) -> Option<T> {
        serde_json::from_str(&self.memory.once(key)?).ok()
    }

    pub(super) fn has(&mut self, key: &str) -> bool {
        self.memory.has(key)
    }

    /// Writes a note, or takes it away where there is nothing to write.
    pub(super) fn set(&mut self, key: &str, value: Option<&impl Serialize>) {
        match value {
            Some(value) => self.put(key, value),
            None => self.drop(key),
        }
    }

    /// Writes a note.
    pub(super) fn put(&mut self, key: &str, value: &impl Serialize) {
        let text = serde_json::to_string(value).unwrap_or_default();
        self.memory.keep(key, Some(text));
    }

    pub(super) fn drop(&mut self, key: &str) {
        self.memory.keep(key, None);
    }

    /// Marks that something belongs under a key: a note without words.
    pub(super) fn mark(&mut self, key: &str, member: &str) {
        self.memory.keep(&format!("{key}{APART}{member}"), Some(String::new()));
    }

    /// Marks it with words of its own.
    pub(super) fn mark_as(&mut self, key: &str, member: &str, words: String) {
        self.memory.keep(&format!("{key}{APART}{member}"), Some(words));
    }

    pub(super) fn unmark(&mut self, key: &str, member: &str) {
        self.memory.keep(&format!("{key}{APART}{member}"), None);
    }

    /// What belongs under a key, with its note, in order; so many at most.
    pub(super) fn under(&mut self, key: &str, most: usize) -> Marks {
        let from = format!("{key}{APART}");
        let found = self.memory.after(&from, &format!("{key}{PAST}"), most);
        under_key(&from, found)
    }

    /// What was marked under a key.
    pub(super) fn marked(&mut self, key: &str) -> Vec<String> {
        self.under(key, usize::MAX).into_iter().map(|(member, _)| member).collect()
    }

    /// The neighbours of a member under a key, nearest first: those before it, those after it; so many
    /// at most on each side.
    pub(super) fn around(&mut self, key: &str, member: &str, most: usize) -> [Vec<String>; 2] {
        let (from, until) = (format!("{key}{APART}"), format!("{key}{PAST}"));
        let at = format!("{from}{member}");
        let names = |marks: Marks| under_key(&from, marks).into_iter().map(|(member, _)| member);
        // Mostly there are no more than these, and asking once will do.
        if !self.full.contains(key) {
            let all = self.memory.after(&from, &until, 2 * most);
            if all.len() < 2 * most {
                let (before, after) = all.into_iter().partition(|(key, _)| *key < at);
                let after = names(after).filter(|other| other != member);
                return [names(before).rev().take(most).collect(), after.take(most).collect()];
            }
            self.full.insert(key.to_owned());
        }
        let before = self.memory.before(&from, &at, most);
        let after = self.memory.after(&at, &until, most);
        [names(before).collect(), names(after).collect()]
    }
}

/// What is marked under a key, with its notes.
type Marks = Vec<(String, String)>;

/// Marks by their members, where they stand by the notes' whole keys.
fn under_key(key: &str, mut found: Marks) -> Marks {
    for (whole, _) in &mut found {
        whole.drain(..key.len());
    }
    found
}
