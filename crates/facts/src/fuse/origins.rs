//! Origins: which reports are copies or rewrites of one another, so that what they share counts once.

use std::collections::{BTreeMap, BTreeSet};

use atalaya_read::Hash;
use serde::Serialize;

use super::groups::Groups;
use super::input::{Report, Room};
use super::judgement::{Judgement, Reason, Verdict};
use super::statements::split;

/// Reports that go back to one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Its identifier: its smallest report's.
    pub id: String,
    /// Its reports, in the order of their identifiers.
    pub reports: Vec<String>,
}

/// The origins of a room, and which report is of which.
#[derive(Debug, Clone, Default)]
pub struct Origins {
    /// Every origin, in the order of identifiers.
    pub all: Vec<Origin>,
    /// Why reports share one.
    pub judgements: Vec<Judgement>,
    /// The origin of each report.
    pub(super) of: Vec<usize>,
}

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

/// Finds the reports that go back to one text.
pub fn origins(room: &Room) -> Origins {
    let sketches: Vec<Sketch> = room.reports.iter().map(sketch).collect();
    let mut groups = Groups::new(room.reports.len());
    let mut judgements = Vec::new();
    for (a, b) in candidates(&sketches) {
        if groups.joined(a, b) {
            continue;
        }
        if let Some(reason) = copied(&sketches[a], &sketches[b]) {
            groups.join(a, b);
            judgements.push(judgement(room, a, b, reason));
        }
    }
    gather(room, groups, judgements)
}

/// Adds to the origins the reports that tell the same facts in the same order, though in other words.
/// `told` are the facts of each report, in the order of its text.
pub(super) fn with_retold(room: &Room, origins: &Origins, told: &[Vec<usize>]) -> Origins {
    let mut groups = Groups::new(room.reports.len());
    for (at, &origin) in origins.of.iter().enumerate() {
        let first = origins.of.iter().position(|other| *other == origin).unwrap_or(at);
        groups.join(first, at);
    }
    let mut judgements = origins.judgements.clone();
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut tellers: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (report, facts) in told.iter().enumerate() {
        for &fact in facts {
            tellers.entry(fact).or_default().insert(report);
        }
    }
    for reports in tellers.values() {
        let reports: Vec<usize> = reports.iter().copied().collect();
        for (at, &a) in reports.iter().enumerate() {
            reports[at + 1..].iter().for_each(|&b| *shared.entry((a, b)).or_default() += 1);
        }
    }
    for ((a, b), _) in shared.into_iter().filter(|(_, shared)| *shared >= RETOLD) {
        let in_order = in_order(&told[a], &told[b]);
        let shorter = told[a].len().min(told[b].len());
        if in_order >= RETOLD && 2 * in_order > shorter && !groups.joined(a, b) {
            groups.join(a, b);
            let found = format!("{in_order} of {shorter} facts in the same order");
            judgements.push(judgement(room, a, b, Reason::new("a rewrite", found)));
        }
    }
    gather(room, groups, judgements)
}

/// So many facts in the same order are not told by chance, if they are more than half of a report's.
const RETOLD: usize = 6;

/// How many facts two reports tell in the same order.
fn in_order(one: &[usize], other: &[usize]) -> usize {
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

fn judgement(room: &Room, a: usize, b: usize, reason: Reason) -> Judgement {
    let (left, right) = (room.reports[a].id.clone(), room.reports[b].id.clone());
    let (left, right) = if left <= right { (left, right) } else { (right, left) };
    Judgement { left, right, verdict: Verdict::Same, reasons: vec![reason] }
}

/// The origins that groups of reports are.
fn gather(room: &Room, mut groups: Groups, mut judgements: Vec<Judgement>) -> Origins {
    judgements.sort();
    let mut all: Vec<(Origin, Vec<usize>)> = groups
        .all()
        .into_iter()
        .map(|members| {
            let mut reports: Vec<String> =
                members.iter().map(|&report| room.reports[report].id.clone()).collect();
            reports.sort();
            (Origin { id: reports[0].clone(), reports }, members)
        })
        .collect();
    all.sort_by(|(a, _), (b, _)| a.id.cmp(&b.id));
    let mut of = vec![0; room.reports.len()];
    for (number, (_, members)) in all.iter().enumerate() {
        for &report in members {
            of[report] = number;
        }
    }
    Origins { all: all.into_iter().map(|(origin, _)| origin).collect(), judgements, of }
}

/// What is kept of a report to find its copies.
struct Sketch {
    shingles: BTreeSet<u64>,
    quotations: BTreeSet<Vec<String>>,
}

fn sketch(report: &Report) -> Sketch {
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

/// Pairs of reports that share a shingle or a quotation, each once, in order.
fn candidates(sketches: &[Sketch]) -> BTreeSet<(usize, usize)> {
    let mut holders: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (report, sketch) in sketches.iter().enumerate() {
        for &shingle in &sketch.shingles {
            holders.entry(shingle).or_default().push(report);
        }
    }
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for holders in holders.values() {
        for (at, &a) in holders.iter().enumerate() {
            for &b in &holders[at + 1..] {
                *shared.entry((a, b)).or_default() += 1;
            }
        }
    }
    shared.into_iter().filter(|(_, shared)| *shared >= CHANCE).map(|(pair, _)| pair).collect()
}

/// Why two reports go back to one text, if they do.
fn copied(a: &Sketch, b: &Sketch) -> Option<Reason> {
    let shared = a.shingles.intersection(&b.shingles).count();
    let shorter = a.shingles.len().min(b.shingles.len());
    let told = format!("{shared} of {shorter} kept runs of {SHINGLE} words");
    if shared >= CHANCE && 10 * shared >= COPIED * shorter {
        return Some(Reason::new("a copy", told));
    }
    let quotations = a.quotations.intersection(&b.quotations).count();
    (quotations >= 2 && 10 * shared >= REWRITTEN * shorter)
        .then(|| Reason::new("a rewrite", format!("{quotations} quotations, {told}")))
}
