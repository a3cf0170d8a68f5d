//! What an export could not hold: how many facts went in, what came out, why the rest did not fit.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Entry;

/// Why a fact does not fit a format.
pub type Loss = &'static str;

/// What a format makes of a fact.
#[derive(Debug, Default)]
pub struct Made {
    /// Its rows, or objects.
    pub rows: Vec<String>,
    /// What the rows could not hold.
    pub notes: Vec<Loss>,
}

impl From<String> for Made {
    fn from(row: String) -> Made {
        Made { rows: vec![row], notes: Vec::new() }
    }
}

/// The sums of an export.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many facts (or claims, or actors) went in.
    pub went_in: u64,
    /// How many of them came out.
    pub came_out: u64,
    /// How many rows or objects were written for them.
    pub rows: u64,
    /// How many were left out, by why.
    pub left_out: BTreeMap<Loss, u64>,
    /// How many came out without something, by what.
    pub came_out_without: BTreeMap<Loss, u64>,
}

impl Tally {
    /// Counts what was made of a fact.
    pub fn count(&mut self, made: &Result<Made, Loss>) {
        self.went_in += 1;
        match made {
            Ok(made) => {
                self.came_out += 1;
                self.rows += made.rows.len() as u64;
                for note in &made.notes {
                    *self.came_out_without.entry(note).or_default() += 1;
                }
            }
            Err(loss) => *self.left_out.entry(loss).or_default() += 1,
        }
    }

    /// The sums for people.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "{} went in, {} came out in {} rows",
            self.went_in, self.came_out, self.rows
        )];
        lines.extend(self.left_out.iter().map(|(why, many)| format!("{many} left out: {why}")));
        let without = self.came_out_without.iter();
        lines.extend(without.map(|(what, many)| format!("{many} came out, but: {what}")));
        lines
    }
}

/// The lines of the table of losses for one fact: fact, kind, `left out` or `without`, why.
pub fn table(entry: &Entry<'_>, made: &Result<Made, Loss>) -> String {
    let line = |what: &str, why: &str| {
        let (id, kind) = (&entry.fact.id, &entry.fact.kind);
        format!("{id}\t{kind}\t{what}\t{why}\n")
    };
    match made {
        Ok(made) => made.notes.iter().map(|note| line("without", note)).collect(),
        Err(loss) => line("left out", loss),
    }
}
