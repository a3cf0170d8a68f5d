//! Groups of what is alike on average: the likest two are joined first, until none are like enough.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BinaryHeap};

/// Two groups and how like they are on average.
#[derive(Debug, PartialEq)]
struct Pair {
    alike: f64,
    groups: (usize, usize),
}

impl Eq for Pair {}

impl Ord for Pair {
    fn cmp(&self, other: &Pair) -> Ordering {
        // The likest first; of two equally like, the one with the first members.
        self.alike.total_cmp(&other.alike).then_with(|| other.groups.cmp(&self.groups))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Pair) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Groups so many members by how like each two are; two that are not told are not alike at all. Gives
/// the group of each, numbered in the order of their first members.
pub(super) fn groups(
    members: usize,
    alike: &BTreeMap<(usize, usize), f64>,
    enough: f64,
) -> Vec<usize> {
    // Of each group its members, and to each other group the sum over the pairs of members.
    let mut groups: Vec<Vec<usize>> = (0..members).map(|member| vec![member]).collect();
    let mut sums: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); members];
    let mut heap = BinaryHeap::new();
    for (&(a, b), &alike) in alike {
        sums[a].insert(b, alike);
        sums[b].insert(a, alike);
        heap.push(Pair { alike, groups: (a, b) });
    }
    while let Some(Pair { alike, groups: (a, b) }) = heap.pop() {
        if alike < enough {
            break;
        }
        let mean =
            |sum: f64, one: &[usize], other: &[usize]| sum / (one.len() * other.len()) as f64;
        // What was joined since stands in the heap with its new groups.
        let now = sums[a].get(&b).map(|&sum| mean(sum, &groups[a], &groups[b]));
        if now != Some(alike) {
            continue;
        }
        let moved = std::mem::take(&mut groups[b]);
        groups[a].extend(moved);
        for (other, sum) in std::mem::take(&mut sums[b]) {
            sums[other].remove(&b);
            if other != a {
                *sums[a].entry(other).or_default() += sum;
                let total = sums[a][&other];
                sums[other].insert(a, total);
            }
        }
        for (&other, &sum) in &sums[a] {
            let alike = mean(sum, &groups[a], &groups[other]);
            heap.push(Pair { alike, groups: (a.min(other), a.max(other)) });
        }
    }
    let mut group_of = vec![0; members];
    for (number, group) in groups.iter().filter(|group| !group.is_empty()).enumerate() {
        group.iter().for_each(|&member| group_of[member] = number);
    }
    group_of
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_that_is_like_a_member_alone_stays_out() {
        let alike = BTreeMap::from([((0, 1), 0.9), ((1, 2), 0.5), ((3, 4), 0.6)]);
        assert_eq!(groups(5, &alike, 0.4), [0, 0, 1, 2, 2]);
        assert_eq!(groups(5, &alike, 0.2), [0, 0, 0, 1, 1]);
        assert_eq!(groups(3, &BTreeMap::new(), 0.2), [0, 1, 2]);
    }
}
