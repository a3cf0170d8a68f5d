//! Origins: which reports are copies or rewrites of one another, so that what they share counts once.

use std::collections::BTreeSet;

use atalaya_read::Hash;
use serde::{Deserialize, Serialize};

use super::input::Report;
use super::judgement::{Reason, Verdict};
use super::statements::split;
use super::web::Edge;

/// So many words in a row make a shingle.
const SHINGLE: usize = 5;

/// One shingle in so many is kept: which ones depends on their words alone, so that two reports keep
/// the same of what they share, whatever else stands in them.
const KEPT: u64 = 4;

/// How much of the shorter report must stand in the longer for the two to be copies, in tenths.
const COPIED: usize = 6;

/// How much of it makes a rewrite where quotations are shared too.
const REWRITTEN: usize = 2;

/// Fewer shared shingles than this are chance.
const CHANCE: usize = 4;

/// A quotation of so many words is not said twice by chance.
const QUOTATION: usize = 6;

/// So many facts in the same order are not told by chance, if they are more than half of a report's.
pub(super) const RETOLD: usize = 6;

/// How many facts two reports tell in the same order.
fn in_order(one: &[String], other: &[String]) -> usize {
    let mut before = vec![0; other.len() + 1];
    for fact in one {
        let mut row = vec![0; other.len() + 1];
        for (at, there) in other.iter().enumerate() {
            row[at + 1] = if fact == there { before[at] + 1 } else { row[at].max(before[at + 1]) };
        }
        before = row;
    }
    before.last().copied().unwrap_or_default()
}

/// Why two reports tell the same in the same order, if they do. `one` and `other` are the facts of each,
/// in the order of its text.
pub(super) fn retold(one: &[String], other: &[String]) -> Option<Edge> {
    let in_order = in_order(one, other);
    let shorter = one.len().min(other.len());
    (in_order >= RETOLD && 2 * in_order > shorter).then(|| {
        let found = format!("{in_order} of {shorter} facts in the same order");
        Edge::of(Verdict::Same, 0, vec![Reason::new("a rewrite", found)])
    })
}

/// What is kept of a report to find its copies.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Sketch {
    shingles: BTreeSet<u64>,
    quotations: BTreeSet<Vec<String>>,
}

impl Sketch {
    /// The blocks it is looked for in: its runs of words.
    pub(super) fn blocks(&self) -> BTreeSet<String> {
        self.shingles.iter().map(|shingle| format!("{shingle:016x}")).collect()
    }
}

pub(super) fn sketch(report: &Report) -> Sketch {
    let mut shingles = BTreeSet::new();
    // A paragraph at a time: one that was cut or moved leaves the others as they are.
    for passage in &report.passages {
        let words = split(passage);
        shingles.extend(words.windows(SHINGLE).map(hash).filter(|hash| hash % KEPT == 0));
    }
    let quoted =
        report.claims.iter().filter(|claim| claim.family == crate::claim::Family::Statement);
    let quotations = quoted.flat_map(|claim| &claim.roles).filter_map(|part| match &part.value {
        super::input::Value::Text { text } => Some(split(text)),
        _ => None,
    });
    let quotations = quotations.filter(|words| words.len() >= QUOTATION).collect();
    Sketch { shingles, quotations }
}

fn hash(words: &[String]) -> u64 {
    let hash = Hash::of(words.join(" ").as_bytes());
    u64::from_be_bytes(hash.0[..8].try_into().expect("a hash is longer than eight bytes"))
}

/// Why two reports go back to one text, if they do.
pub(super) fn copied(a: &Sketch, b: &Sketch) -> Option<Edge> {
    let why = |rule, found| Some(Edge::of(Verdict::Same, 0, vec![Reason::new(rule, found)]));
    let shared = a.shingles.intersection(&b.shingles).count();
    if shared < CHANCE {
        return None;
    }
    let shorter = a.shingles.len().min(b.shingles.len());
    let told = format!("{shared} of {shorter} kept runs of {SHINGLE} words");
    if 10 * shared >= COPIED * shorter {
        return why("a copy", told);
    }
    let quotations = a.quotations.intersection(&b.quotations).count();
    let rewritten = quotations >= 2 && 10 * shared >= REWRITTEN * shorter;
    rewritten.then(|| why("a rewrite", format!("{quotations} quotations, {told}")))?
}
