//! From arcs to a tree: sentences are what hangs together, and arcs that had to be bent cross again.

use std::collections::HashMap;

use super::scorer::MISSING;
use super::state::State;
use crate::doc::Row;
use crate::labels::{Label, Labels};

/// Between a label and the label of the head that a bent arc belongs to: `dobj||xcomp`.
const DELIMITER: &str = "||";

/// How often edges are widened at most; crossing arcs may need more than one pass.
const PASSES: usize = 12;

/// What the parser's labels mean to the tree.
#[derive(Debug)]
pub(crate) struct TreeLabels {
    root: Label,
    /// For each label of a bent arc, its own label and that of the head to look for.
    bent: HashMap<Label, (Label, Label)>,
}

impl TreeLabels {
    /// Takes a parser's labels apart.
    pub(crate) fn new(moves: &[Label], labels: &mut Labels) -> TreeLabels {
        let root = labels.add("ROOT");
        let mut bent = HashMap::new();
        for &label in moves {
            let word = labels.word(label).to_owned();
            if let Some((own, head)) = word.split_once(DELIMITER) {
                bent.insert(label, (labels.add(own), labels.add(head)));
            }
        }
        TreeLabels { root, bent }
    }
}

/// Writes a finished parse into its document's tokens: heads, labels and sentence starts.
pub(crate) fn annotate(state: &State, labels: &TreeLabels, rows: &mut [Row]) {
    let mut bent = false;
    for ((index, row), node) in rows.iter_mut().enumerate().zip(state.nodes()) {
        let rooted = node.head == MISSING;
        row.head = if rooted { index as u32 } else { node.head };
        row.dep = if rooted { labels.root } else { node.label };
        bent |= labels.bent.contains_key(&row.dep);
    }
    let mut edges = edges(rows);
    if bent {
        straighten(labels, &edges, rows);
        edges = self::edges(rows);
    }
    for row in &mut *rows {
        row.sentence_start = false;
    }
    for index in 0..rows.len() {
        if rows[index].head as usize == index {
            rows[edges[index].0 as usize].sentence_start = true;
        }
    }
}

/// For each token the first and the last that hang on it, as far as some passes reach.
fn edges(rows: &[Row]) -> Vec<(u32, u32)> {
    let mut edges: Vec<(u32, u32)> = (0..rows.len() as u32).map(|index| (index, index)).collect();
    for _ in 0..PASSES {
        for child in (0..rows.len()).chain((0..rows.len()).rev()) {
            let (left, right) = edges[child];
            let head = &mut edges[rows[child].head as usize];
            *head = (head.0.min(left), head.1.max(right));
        }
        if heads_lie_within_sentences(rows, &edges) {
            break;
        }
    }
    edges
}

/// Whether the sentences that the roots' edges make hold all their tokens' heads. A head may also be
/// the first token after: spaCy allows it, so documents may keep such a tree.
fn heads_lie_within_sentences(rows: &[Row], edges: &[(u32, u32)]) -> bool {
    let mut starts = vec![false; rows.len()];
    for (index, row) in rows.iter().enumerate() {
        if row.head as usize == index {
            starts[edges[index].0 as usize] = true;
        }
    }
    let mut start = 0;
    for end in 0..rows.len() {
        if end > 0 && starts[end] || end + 1 == rows.len() {
            let outside = |row: &Row| (row.head as usize) < start || row.head as usize > end;
            if rows[start..end].iter().any(outside) {
                return false;
            }
            start = end;
        }
    }
    true
}

/// Hangs tokens whose arc was bent on the head that their label tells of.
fn straighten(labels: &TreeLabels, edges: &[(u32, u32)], rows: &mut [Row]) {
    let (first, children) = children(rows);
    // Tokens that were hung elsewhere, by their new head.
    let mut moved: HashMap<u32, Vec<u32>> = HashMap::new();
    for index in 0..rows.len() {
        let Some(&(own, wanted)) = labels.bent.get(&rows[index].dep) else { continue };
        let mut queue = vec![rows[index].head];
        let mut next = 0;
        let mut found = None;
        while found.is_none() && next < queue.len() {
            let head = queue[next];
            next += 1;
            let old = &children[first[head as usize] as usize..first[head as usize + 1] as usize];
            let old = old.iter().filter(|&&child| rows[child as usize].head == head);
            let (left, right) = edges[head as usize];
            let new = moved.get(&head).into_iter().flatten();
            let new = new.filter(|&&child| (left..=right).contains(&child));
            let mut all: Vec<u32> = old.chain(new).copied().collect();
            all.sort_unstable();
            all.retain(|&child| {
                child != head && child as usize != index && !rows[child as usize].is_space
            });
            found = all.iter().find(|&&child| rows[child as usize].dep == wanted).copied();
            queue.append(&mut all);
        }
        if let Some(head) = found {
            rows[index].head = head;
            moved.entry(head).or_default().push(index as u32);
        }
        rows[index].dep = own;
    }
}

/// The dependents of all tokens one after another, and where those of each begin.
pub(crate) fn children(rows: &[Row]) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0u32; rows.len() + 1];
    let arcs = || rows.iter().enumerate().filter(|(index, row)| row.head as usize != *index);
    for (_, row) in arcs() {
        first[row.head as usize + 1] += 1;
    }
    for index in 1..first.len() {
        first[index] += first[index - 1];
    }
    let mut place = first.clone();
    let mut children = vec![0; first.last().copied().unwrap_or(0) as usize];
    for (index, row) in arcs() {
        let place = &mut place[row.head as usize];
        children[*place as usize] = index as u32;
        *place += 1;
    }
    (first, children)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(heads: &[u32], deps: &[Label]) -> Vec<Row> {
        let row = |(&head, &dep): (&u32, &Label)| Row { head, dep, ..Row::default() };
        heads.iter().zip(deps).map(row).collect()
    }

    #[test]
    fn edges_reach_over_crossing_arcs() {
        // 0 hangs on 3, whose root 1 stands between them.
        let rows = rows(&[3, 1, 1, 2], &[Label::EMPTY; 4]);
        assert_eq!(edges(&rows), [(0, 0), (0, 3), (0, 3), (0, 3)]);
    }

    #[test]
    fn a_bent_arc_is_hung_on_the_first_head_of_its_label() {
        let mut labels = Labels::new();
        let [own, wanted, other] = ["dobj", "xcomp", "advmod"].map(|word| labels.add(word));
        let bent = labels.add("dobj||xcomp");
        let tree = TreeLabels::new(&[own, wanted, other, bent], &mut labels);
        // "what" hangs on the root 1, but belongs to one of the verbs 3 and 4 below it.
        let mut rows = rows(&[1, 1, 1, 2, 3], &[bent, other, other, wanted, wanted]);
        let edges = edges(&rows);
        straighten(&tree, &edges, &mut rows);
        assert_eq!((rows[0].head, rows[0].dep), (3, own));
        // Where no head has the label, the arc stays as it is, without the second label.
        let mut rows = self::rows(&[1, 1, 1], &[bent, other, other]);
        straighten(&tree, &[(0, 0), (0, 2), (2, 2)], &mut rows);
        assert_eq!((rows[0].head, rows[0].dep), (1, own));
    }

    #[test]
    fn dependents_stand_in_order() {
        let rows = rows(&[2, 0, 2, 2, 0], &[Label::EMPTY; 5]);
        let (first, children) = children(&rows);
        assert_eq!(first, [0, 2, 2, 4, 4, 4]);
        assert_eq!(children, [1, 4, 0, 3]);
    }
}
