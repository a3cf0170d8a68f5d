//! Webs: what could be one stands in blocks, neighbours in a block are judged, and those judged the
//! same are one group. All of it is kept, so that what comes is judged against its neighbours alone.
//!
//! A web is a function of what stands in it: how it came there leaves no trace.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use atalaya_read::Hash;
use serde::{Deserialize, Serialize};

use super::figures::Standing;
use super::groups::Groups;
use super::judgement::{Judgement, Reason, Verdict};
use super::links::Relation;
use super::memory::{APART, Notes};

/// So many neighbours on each side are judged. In a block of more, what stands far apart in its order
/// is not compared: the order puts first what tells most.
pub(super) const NEAR: usize = 8;

/// What stands in a web.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) id: String,
    /// The blocks it stands in.
    pub(super) blocks: BTreeSet<String>,
    /// Its place in each of them.
    pub(super) order: String,
}

/// What was judged of two, if it is worth keeping.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Edge {
    pub(super) verdict: Verdict,
    /// The surest are joined first.
    pub(super) weight: i32,
    pub(super) reasons: Vec<Reason>,
    /// How the two hang together though they are not one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) relation: Option<Relation>,
    /// How they stand to each other, if they are figures, and the rule that decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) standing: Option<(Standing, Reason)>,
}

impl Edge {
    /// What was judged, with why.
    pub(super) fn of(verdict: Verdict, weight: i32, reasons: Vec<Reason>) -> Edge {
        Edge { verdict, weight, reasons, relation: None, standing: None }
    }

    fn bond(&self) -> Bond {
        let standing = self.standing.as_ref().map(|(standing, _)| *standing);
        Bond { verdict: self.verdict, weight: self.weight, relation: self.relation, standing }
    }

    /// As a judgement of the two; none if it only tells how figures stand.
    pub(super) fn judgement(&self, one: &str, other: &str) -> Option<Judgement> {
        let (left, right) = ordered(one, other);
        let told = self.verdict == Verdict::Same || self.standing.is_none();
        told.then(|| Judgement {
            left,
            right,
            verdict: self.verdict,
            reasons: self.reasons.clone(),
        })
    }
}

/// An edge without its reasons, which are hardly ever asked for. It is kept with each of the two, in few
/// letters; the whole edge is kept once.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Bond {
    #[serde(rename = "v")]
    pub(super) verdict: Verdict,
    #[serde(rename = "w")]
    pub(super) weight: i32,
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub(super) relation: Option<Relation>,
    #[serde(rename = "s", default, skip_serializing_if = "Option::is_none")]
    pub(super) standing: Option<Standing>,
}

impl Bond {
    /// Whether it tells more than that a person may want to judge: it groups, keeps apart or links.
    fn binds(&self) -> bool {
        self.verdict != Verdict::Unsure || self.hangs()
    }

    /// Whether it tells how the two hang together.
    fn hangs(&self) -> bool {
        self.relation.is_some() || self.standing.is_some()
    }
}

/// What a change has touched.
#[derive(Debug, Default)]
pub(super) struct Changed {
    /// What came or went, and that of which something is judged otherwise that groups or keeps apart.
    pub(super) touched: BTreeSet<String>,
    /// What came or went, and what hangs together with something otherwise than before.
    pub(super) hanging: BTreeSet<String>,
}

impl Changed {
    fn came_or_went(&mut self, id: &str) {
        self.touched.insert(id.to_owned());
        self.hanging.insert(id.to_owned());
    }

    /// Something else stands, or stood, between two.
    fn between(&mut self, one: &str, other: &str, bond: &Bond) {
        let ends = || [one.to_owned(), other.to_owned()];
        self.touched.extend(ends().into_iter().filter(|_| bond.binds()));
        self.hanging.extend(ends().into_iter().filter(|_| bond.hangs()));
    }
}

/// What stands where, as it is kept.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Kept {
    blocks: BTreeSet<String>,
    order: String,
}

/// Who left which block, and who came into which, each by its place there.
#[derive(Debug, Default)]
struct Moves {
    left: Vec<(String, String)>,
    entered: BTreeMap<String, BTreeSet<String>>,
}

/// Places in blocks, by the block: those that came, and what stands around them.
type Rows = BTreeMap<String, Vec<String>>;

/// A web by its name; all of it is in the notes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Web(pub(super) &'static str);

/// Judges two by their identifiers, the smaller first.
pub(super) type Judge<'j> = &'j mut dyn FnMut(&mut Notes<'_>, &str, &str) -> Option<Edge>;

impl Web {
    /// Takes out what went, puts in what came or came otherwise, and judges it against its neighbours.
    pub(super) fn change(
        self,
        notes: &mut Notes<'_>,
        gone: &BTreeSet<String>,
        come: &[Entry],
        judge: Judge<'_>,
    ) -> Changed {
        let mut changed = Changed::default();
        let mut moves = Moves::default();
        let nowhere = Kept::default();
        for id in gone {
            let before = self.kept(notes, id).unwrap_or_default();
            self.untie(notes, id, &mut changed);
            self.place(notes, id, &before, &nowhere, &mut moves);
            changed.came_or_went(id);
        }
        for entry in come {
            let before = self.kept(notes, &entry.id).unwrap_or_default();
            let now = Kept {
                blocks: entry.blocks.iter().map(|block| short(block)).collect(),
                order: entry.order.clone(),
            };
            self.untie(notes, &entry.id, &mut changed);
            self.place(notes, &entry.id, &before, &now, &mut moves);
            changed.came_or_went(&entry.id);
        }
        let mut rows = Rows::new();
        let mut met: BTreeSet<&str> = BTreeSet::new();
        for entry in come {
            for other in self.neighbours(notes, entry, &mut rows) {
                if !met.contains(other.as_str()) {
                    self.judge(notes, &entry.id, &other, judge, &mut changed);
                }
            }
            met.insert(&entry.id);
        }
        for (block, at) in &moves.left {
            for (one, other) in closed_up(notes, block, at) {
                // What was judged before of two that stayed still holds.
                if self.bond(notes, &one, &other).is_none() {
                    self.judge(notes, &one, &other, judge, &mut changed);
                }
            }
        }
        self.part(notes, rows, &moves.entered, &mut changed);
        changed
    }

    /// All that stand near one in its blocks. What stands there goes into the rows of those blocks where
    /// there is more than a new one has neighbours on one side: elsewhere nothing is out of reach.
    fn neighbours(self, notes: &mut Notes<'_>, entry: &Entry, rows: &mut Rows) -> Vec<String> {
        let at = place(&entry.order, &entry.id);
        let mut found = Vec::new();
        for block in &entry.blocks {
            let block = self.block(&short(block));
            let [before, after] = notes.around(&block, &at, NEAR);
            let near = before.into_iter().chain(after);
            let near: Vec<String> = near.collect();
            found.extend(near.iter().map(|other| id_of(other).to_owned()));
            if near.len() > NEAR {
                rows.entry(block).or_default().extend(near.into_iter().chain([at.clone()]));
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Judges two, and ties them by what is worth keeping.
    fn judge(
        self,
        notes: &mut Notes<'_>,
        one: &str,
        other: &str,
        judge: &mut dyn FnMut(&mut Notes<'_>, &str, &str) -> Option<Edge>,
        changed: &mut Changed,
    ) {
        let (one, other) = if one <= other { (one, other) } else { (other, one) };
        if let Some(edge) = judge(notes, one, other) {
            self.tie(notes, one, other, &edge);
            changed.between(one, other, &edge.bond());
        }
    }

    /// Puts one where it belongs now.
    fn place(self, notes: &mut Notes<'_>, id: &str, before: &Kept, now: &Kept, moves: &mut Moves) {
        if before == now {
            return;
        }
        let moved = before.order != now.order;
        for block in before.blocks.iter().filter(|block| moved || !now.blocks.contains(*block)) {
            let at = place(&before.order, id);
            notes.unmark(&self.block(block), &at);
            moves.left.push((self.block(block), at));
        }
        for block in now.blocks.iter().filter(|block| moved || !before.blocks.contains(*block)) {
            let at = place(&now.order, id);
            notes.mark(&self.block(block), &at);
            moves.entered.entry(self.block(block)).or_default().insert(at);
        }
        notes.set(&self.kept_at(id), Some(now).filter(|now| !now.blocks.is_empty()));
    }

    /// Takes away what was judged of two between which something came to stand, if they are no
    /// neighbours in any block now. `rows` holds what stands around those that entered.
    fn part(
        self,
        notes: &mut Notes<'_>,
        rows: Rows,
        entered: &BTreeMap<String, BTreeSet<String>>,
        changed: &mut Changed,
    ) {
        let mut pushed: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (block, mut row) in rows {
            let Some(entered) = entered.get(&block) else { continue };
            row.sort_unstable();
            row.dedup();
            for (one, other) in pushed_away(&row, entered) {
                let (one, other) = ordered(id_of(one), id_of(other));
                pushed.entry(one).or_default().insert(other);
            }
        }
        for (one, others) in pushed {
            for (other, bond) in self.bonds(notes, &one) {
                if others.contains(&other) && !self.are_neighbours(notes, &one, &other) {
                    self.cut(notes, &one, &other);
                    changed.between(&one, &other, &bond);
                }
            }
        }
    }

    /// Whether two stand near each other in some block.
    fn are_neighbours(self, notes: &mut Notes<'_>, one: &str, other: &str) -> bool {
        let ours = self.kept(notes, one).unwrap_or_default();
        let theirs = self.kept(notes, other).unwrap_or_default();
        let (at, there) = (place(&ours.order, one), place(&theirs.order, other));
        ours.blocks.intersection(&theirs.blocks).any(|block| {
            let near = notes.around(&self.block(block), &at, NEAR);
            near.iter().flatten().any(|near| *near == there)
        })
    }

    /// Takes away all that was judged of one.
    fn untie(self, notes: &mut Notes<'_>, id: &str, changed: &mut Changed) {
        for (other, bond) in self.bonds(notes, id) {
            self.cut(notes, id, &other);
            changed.between(id, &other, &bond);
        }
    }

    pub(super) fn tie(self, notes: &mut Notes<'_>, one: &str, other: &str, edge: &Edge) {
        notes.put(&self.edge_at(one, other), edge);
        notes.put(&self.bond_at(one, other), &edge.bond());
        notes.put(&self.bond_at(other, one), &edge.bond());
        notes.judged.insert(ordered(one, other), edge.judgement(one, other));
    }

    pub(super) fn cut(self, notes: &mut Notes<'_>, one: &str, other: &str) {
        notes.drop(&self.edge_at(one, other));
        notes.drop(&self.bond_at(one, other));
        notes.drop(&self.bond_at(other, one));
        notes.judged.insert(ordered(one, other), None);
    }

    /// What was judged of two, with why.
    pub(super) fn edge(self, notes: &mut Notes<'_>, one: &str, other: &str) -> Option<Edge> {
        notes.get_once(&self.edge_at(one, other))
    }

    fn bond(self, notes: &mut Notes<'_>, one: &str, other: &str) -> Option<Bond> {
        notes.get_once(&self.bond_at(one, other))
    }

    /// What was judged of one and others, in the order of their identifiers.
    pub(super) fn bonds(self, notes: &mut Notes<'_>, id: &str) -> Vec<(String, Bond)> {
        let found = notes.under(&self.bonds_at(id), usize::MAX).into_iter();
        found.filter_map(|(other, bond)| Some((other, serde_json::from_str(&bond).ok()?))).collect()
    }

    fn kept(self, notes: &mut Notes<'_>, id: &str) -> Option<Kept> {
        notes.get(&self.kept_at(id))
    }

    fn kept_at(self, id: &str) -> String {
        format!("{id} {} at", self.0)
    }

    /// Where the edge of two is kept: with the one whose identifier is smaller.
    fn edge_at(self, one: &str, other: &str) -> String {
        let (left, right) = ordered(one, other);
        format!("{left} {} edge{APART}{right}", self.0)
    }

    fn bonds_at(self, id: &str) -> String {
        format!("{id} {} bond", self.0)
    }

    fn bond_at(self, id: &str, other: &str) -> String {
        format!("{}{APART}{other}", self.bonds_at(id))
    }

    fn block(self, block: &str) -> String {
        format!("{} in {block}", self.0)
    }
}

/// Two identifiers, the smaller first.
pub(super) fn ordered(one: &str, other: &str) -> (String, String) {
    let (left, right) = if one <= other { (one, other) } else { (other, one) };
    (left.to_owned(), right.to_owned())
}

/// A block's name in few letters.
pub(super) fn short(name: &str) -> String {
    Hash::of(name.as_bytes()).to_string()[..16].to_owned()
}

/// A place in a block.
fn place(order: &str, id: &str) -> String {
    format!("{order}{APART}{id}")
}

/// Pairs between which something stood that is gone: they may be neighbours now.
fn closed_up(notes: &mut Notes<'_>, block: &str, at: &str) -> Vec<(String, String)> {
    let [before, after] = notes.around(block, at, NEAR);
    let mut pairs = Vec::new();
    for (far, one) in before.iter().enumerate() {
        let near = after.iter().take(NEAR - far);
        pairs.extend(near.map(|other| ordered(id_of(one), id_of(other))));
    }
    pairs
}

/// Those that were neighbours in a block before others entered, and are no more. Of the block's places
/// `row` holds in their order those that entered, and [`NEAR`] on each side of each: from what stood
/// before one that entered to the last that was its neighbour nothing is left out.
fn pushed_away<'r>(
    row: &'r [String],
    entered: &BTreeSet<String>,
) -> BTreeSet<(&'r String, &'r String)> {
    let stayed: Vec<bool> = row.iter().map(|at| !entered.contains(at)).collect();
    let before = |at: usize| (at.saturating_sub(NEAR)..at).filter(|&at| stayed[at]);
    let stood: BTreeSet<usize> =
        (0..row.len()).filter(|&at| !stayed[at]).flat_map(before).collect();
    let mut pushed = BTreeSet::new();
    for one in stood {
        let neighbours = (one + 1..row.len()).filter(|&other| stayed[other]).take(NEAR);
        let far = neighbours.filter(|other| other - one > NEAR);
        pushed.extend(far.map(|other| (&row[one], &row[other])));
    }
    pushed
}

/// The identifier at the end of a place in a block.
fn id_of(at: &str) -> &str {
    at.rsplit(APART).next().unwrap_or(at)
}

/// How two are tied for grouping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tie {
    /// A person said that they are one.
    Decided,
    /// They must never be one.
    Apart,
    /// They are one; the smallest number is joined first.
    Joined(i32),
}

/// The ties that a person's acts make: of several on one pair, the last one counts.
pub(super) fn decided(acts: impl Iterator<Item = (String, String, bool)>) -> Decided {
    let mut pairs: BTreeMap<(String, String), Tie> = BTreeMap::new();
    for (one, other, same) in acts {
        pairs.insert(ordered(&one, &other), if same { Tie::Decided } else { Tie::Apart });
    }
    let mut ties = Decided::new();
    for ((one, other), tie) in pairs {
        ties.entry(one.clone()).or_default().push((other.clone(), tie));
        ties.entry(other).or_default().push((one, tie));
    }
    ties
}

/// The ties of each of those on which a person decided.
pub(super) type Decided = BTreeMap<String, Vec<(String, Tie)>>;

/// Gives the ties of one.
pub(super) type Ties<'t> = &'t mut dyn FnMut(&mut Notes<'_>, &str) -> Vec<(String, Tie)>;

/// Groups by a name: which member is of which group, kept in the notes. A group is called after its
/// smallest member.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grouping(pub(super) &'static str);

/// What grouping anew has changed.
#[derive(Debug, Default)]
pub(super) struct Regrouped {
    /// Groups that are no more.
    pub(super) gone: BTreeSet<String>,
    /// Every group that was looked at, with its members, changed or not.
    pub(super) now: BTreeMap<String, Vec<String>>,
    /// Those of them that have other members than before.
    pub(super) changed: BTreeSet<String>,
    /// Members that are of another group than before, or of one for the first time.
    pub(super) moved: BTreeSet<String>,
}

impl Grouping {
    /// The group of a member.
    pub(super) fn of(self, notes: &mut Notes<'_>, id: &str) -> Option<String> {
        notes.get(&self.of_at(id))
    }

    /// The members of a group, in order.
    pub(super) fn members(self, notes: &mut Notes<'_>, group: &str) -> Vec<String> {
        notes.marked(&self.members_at(group))
    }

    /// Groups anew what was touched, what it was grouped with, and what it hangs together with now.
    pub(super) fn regroup(
        self,
        notes: &mut Notes<'_>,
        touched: &BTreeSet<String>,
        exists: &dyn Fn(&mut Notes<'_>, &str) -> bool,
        ties: Ties<'_>,
    ) -> Regrouped {
        let mut old: BTreeMap<String, String> = BTreeMap::new();
        let mut tied: BTreeMap<String, Vec<(String, Tie)>> = BTreeMap::new();
        let (mut seen, mut opened) = (BTreeSet::new(), BTreeSet::new());
        let mut waiting: VecDeque<String> = touched.iter().cloned().collect();
        while let Some(id) = waiting.pop_front() {
            if !seen.insert(id.clone()) {
                continue;
            }
            if let Some(group) = self.of(notes, &id) {
                // What it was grouped with may be without it now.
                if opened.insert(group.clone()) {
                    waiting.extend(self.members(notes, &group));
                }
                old.insert(id.clone(), group);
            }
            if !exists(notes, &id) {
                continue;
            }
            let ties = ties(notes, &id);
            let joined = ties.iter().filter(|(_, tie)| *tie != Tie::Apart);
            waiting.extend(joined.map(|(other, _)| other.clone()));
            tied.insert(id, ties);
        }
        let now = grouped(&tied);
        let mut found = Regrouped::default();
        let of: BTreeMap<&str, &str> = now
            .iter()
            .flat_map(|(group, members)| members.iter().map(|id| (id.as_str(), group.as_str())))
            .collect();
        for (id, group) in &old {
            if of.get(id.as_str()) != Some(&group.as_str()) {
                notes.unmark(&self.members_at(group), id);
                notes.drop(&self.of_at(id));
                found.changed.insert(group.clone());
            }
            if !now.contains_key(group) {
                found.gone.insert(group.clone());
            }
        }
        for (id, group) in of {
            if old.get(id).map(String::as_str) != Some(group) {
                notes.mark(&self.members_at(group), id);
                notes.put(&self.of_at(id), &group);
                found.moved.insert(id.to_owned());
                found.changed.insert(group.to_owned());
            }
        }
        found.changed.retain(|group| now.contains_key(group));
        found.now = now;
        found
    }

    fn of_at(self, id: &str) -> String {
        format!("{id} {} of", self.0)
    }

    fn members_at(self, group: &str) -> String {
        format!("{group} {} member", self.0)
    }
}

/// Joins the surest first; what must stay apart stays apart, through a third too.
fn grouped(tied: &BTreeMap<String, Vec<(String, Tie)>>) -> BTreeMap<String, Vec<String>> {
    let ids: Vec<&String> = tied.keys().collect();
    let numbers: BTreeMap<&str, usize> =
        ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let mut ties: Vec<(Tie, usize, usize)> = Vec::new();
    for (at, id) in ids.iter().enumerate() {
        for (other, tie) in &tied[*id] {
            match numbers.get(other.as_str()) {
                Some(&other) if at < other => ties.push((*tie, at, other)),
                _ => {}
            }
        }
    }
    ties.sort_unstable();
    let mut groups = Groups::new(ids.len());
    for (tie, one, other) in ties {
        match tie {
            Tie::Apart => groups.part(one, other),
            Tie::Decided | Tie::Joined(_) => groups.join(one, other),
        };
    }
    let named = |members: Vec<usize>| {
        let members: Vec<String> = members.into_iter().map(|at| ids[at].clone()).collect();
        (members[0].clone(), members)
    };
    groups.all().into_iter().map(named).collect()
}
